"""How alike the posters of a year are: near twins, and how many there seem to be.

Usage: variety.py PRINT [SHEET.png] [--most-twins N] [--least N]

PRINT is the folder that `greenboard build --only print` filled. One sheet of each poster counts, the
largest. Two are compared by shape, the share of each of 6 × 8 fields that is not the sheet's
ground, its commonest colour, and by colour, twelve hues and three greys. `examples/contact_sheet/alike.rs` measures
the same way, at the same size. A near twin is alike by more than .7 in shape and
apart by less than .35 in colour; how many posters there seem to be is 1 / Σ pᵢ pⱼ sᵢⱼ with
s = shape × (1 − apart). SHEET.png shows all sheets, twins framed. Fails beyond the bounds given.
"""

import argparse
import re
import sys
from collections import Counter
from pathlib import Path

import pymupdf
from PIL import Image, ImageDraw

ACROSS, DOWN = 6, 8
NAMED = re.compile(r"^\d+-(.+?)(?:-\d{4}-\d\d-\d\d)?\.pdf$")


def sheets(folder: Path) -> dict[str, Image.Image]:
    """The largest sheet of each poster."""
    found: dict[str, tuple[float, Path]] = {}
    for path in sorted(folder.glob("*/*/*.pdf")):
        name = NAMED.match(path.name)
        if name and path.parent.name not in ("official", "large", "slips", "leaflets", "led"):
            size = pymupdf.open(path)[0].rect
            known = found.get(name[1])
            if known is None or size.width * size.height > known[0] + 1:
                found[name[1]] = (size.width * size.height, path)
    return {name: drawn(path) for name, (_, path) in found.items()}


def drawn(path: Path) -> Image.Image:
    page = pymupdf.open(path)[0]
    wide = 240 / page.rect.width
    pixels = page.get_pixmap(matrix=pymupdf.Matrix(wide, wide), alpha=False)
    return Image.frombytes("RGB", (pixels.width, pixels.height), pixels.samples)


def look(image: Image.Image) -> tuple[list[float], list[float]]:
    """The share of each field that is not the ground, and the shares of twelve hues and three greys."""
    pixels = list(image.get_flattened_data())
    width, height = image.size
    commonest = Counter(tuple(it // 8 for it in pixel) for pixel in pixels).most_common()
    most = max(count for _, count in commonest)
    ground = [it * 8 + 4 for it in max(colour for colour, count in commonest if count == most)]
    places, counts, hues = [0] * (ACROSS * DOWN), [0] * (ACROSS * DOWN), [0] * 15
    for at, pixel in enumerate(pixels):
        x, y = at % width, at // width
        cell = y * DOWN // height * ACROSS + x * ACROSS // width
        counts[cell] += 1
        places[cell] += max(abs(a - b) for a, b in zip(pixel, ground, strict=True)) > 24
        hues[hue(pixel)] += 1
    return [n / max(all, 1) for n, all in zip(places, counts, strict=True)], [n / len(pixels) for n in hues]


def hue(pixel: tuple[int, ...]) -> int:
    """One of twelve, or of three greys, as the wall rule tells them apart."""
    red, green, blue = pixel
    most = max(pixel)
    span = most - min(pixel)
    if span < 18:
        return 12 + (most >= 85) + (most >= 200)
    if red == most:
        turn = (green - blue) / span
    elif green == most:
        turn = 2 + (blue - red) / span
    else:
        turn = 4 + (red - green) / span
    return int(turn % 6 * 2) % 12


def overlap(one: list[float], other: list[float]) -> float:
    both = sum(max(a, b) for a, b in zip(one, other, strict=True))
    return sum(min(a, b) for a, b in zip(one, other, strict=True)) / both if both else 1.0


def main() -> int:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("print", type=Path)
    arguments.add_argument("sheet", type=Path, nargs="?")
    arguments.add_argument("--most-twins", type=int)
    arguments.add_argument("--least", type=float)
    given = arguments.parse_args()
    found = sheets(given.print)
    names = list(found)
    looks = [look(found[name]) for name in names]
    shapes, hues = [it[0] for it in looks], [it[1] for it in looks]
    twins: dict[str, str] = {}
    alike = 0.0
    for i, one in enumerate(names):
        for j, other in enumerate(names):
            near = overlap(shapes[i], shapes[j])
            apart = sum(abs(a - b) for a, b in zip(hues[i], hues[j], strict=True)) / 2
            alike += near * (1 - apart)
            if i != j and near > 0.7 and apart < 0.35:
                twins.setdefault(one, other)
    seem = len(names) ** 2 / alike if names else 0
    print(f"{len(names)} posters, {len(twins)} with a near twin, as many as {seem:.1f}")
    for one, other in twins.items():
        print(f"  {one} like {other}")
    if given.sheet:
        contact(found, twins).save(given.sheet)
    if given.most_twins is not None and len(twins) > given.most_twins:
        return 1
    return int(given.least is not None and seem < given.least)


def contact(found: dict[str, Image.Image], twins: dict[str, str]) -> Image.Image:
    """All sheets side by side, those with a near twin framed."""
    across = 12
    rows = -(-len(found) // across)
    sheet = Image.new("RGB", (across * 200, max(1, rows) * 280), "#808080")
    for at, (name, image) in enumerate(found.items()):
        image = image.copy()
        image.thumbnail((184, 264))
        if name in twins:
            ImageDraw.Draw(image).rectangle((0, 0, image.width - 1, image.height - 1), outline="red", width=4)
        sheet.paste(image, (at % across * 200 + 8, at // across * 280 + 8))
    return sheet


if __name__ == "__main__":
    sys.exit(main())

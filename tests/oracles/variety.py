"""How alike the posters of a year are: near twins, and how many there seem to be.

Usage: variety.py PRINT [SHEET.png] [--most-twins N] [--least N]

PRINT is the folder that `greenboard build --only print` filled. One sheet of each poster counts, the
largest. Two are compared by shape, the share of each of 6 × 8 fields that is not the sheet's
ground, and by colour, twelve hues and three greys. A near twin is alike by more than .7 in shape and
apart by less than .35 in colour; how many posters there seem to be is 1 / Σ pᵢ pⱼ sᵢⱼ with
s = shape × (1 − apart). SHEET.png shows all sheets, twins framed. Fails beyond the bounds given.
"""

import argparse
import colorsys
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


def shape(image: Image.Image) -> list[float]:
    """The share of each field that is not the ground, the colour that most of the edge has."""
    small = image.resize((ACROSS * 8, DOWN * 8), Image.Resampling.BOX)
    pixels = small.load()
    width, height = small.size
    edge = [pixels[x, y] for x in range(width) for y in (0, height - 1)]
    edge += [pixels[x, y] for y in range(height) for x in (0, width - 1)]
    ground = Counter(tuple(c // 16 for c in it) for it in edge).most_common(1)[0][0]
    far = lambda it: max(abs(c - (g * 16 + 8)) for c, g in zip(it, ground, strict=True)) > 24
    cells = [0.0] * (ACROSS * DOWN)
    for y in range(height):
        for x in range(width):
            cells[y // 8 * ACROSS + x // 8] += far(pixels[x, y]) / 64
    return cells


def colours(image: Image.Image) -> list[float]:
    """The shares of twelve hues and three greys."""
    counts = [0.0] * 15
    small = image.resize((48, 64), Image.Resampling.BOX)
    for red, green, blue in small.get_flattened_data():
        hue, light, strong = colorsys.rgb_to_hls(red / 255, green / 255, blue / 255)
        is_grey = strong * min(light, 1 - light) < 0.06
        at = 12 + min(2, int(light * 3)) if is_grey else int(hue * 12) % 12
        counts[at] += 1 / (48 * 64)
    return counts


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
    shapes = [shape(found[name]) for name in names]
    hues = [colours(found[name]) for name in names]
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

"""Draws the pictures of docs/share.md from the sample: long pictures beside each other, an article as it is
copied and as the editor leaves it, the messages and the picture beside a link.

Needs Pillow, node with the packages of tests/oracles, and Chromium.

Usage: scripts/share_pictures.py GREENBOARD
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "docs" / "images"
TODAY = "2026-12-02"
PAGES = ["notices/2026-11/bin-room-costs", "notices/2026-12/thank-volunteers", "living/toilet-leak"]
GROUND, EDGE, INK = (226, 230, 226), (190, 198, 190), (22, 40, 31)
FONT = ROOT / "themes" / "fresh" / "fonts" / "NotoSansSC-Regular.ttf"


def framed(picture: Image.Image, width: int, most: int) -> Image.Image:
    """A picture as narrow as a telephone shows it, cut where it is long."""
    height = round(picture.height * width / picture.width)
    small = picture.convert("RGB").resize((width, height), Image.LANCZOS)
    small = small.crop((0, 0, width, min(height, most)))
    ImageDraw.Draw(small).rectangle((0, 0, small.width - 1, small.height - 1), outline=EDGE)
    return small


def side_by_side(pictures: list[Image.Image], name: str) -> None:
    gap = 24
    width = sum(it.width for it in pictures) + gap * (len(pictures) + 1)
    sheet = Image.new("RGB", (width, max(it.height for it in pictures) + 2 * gap), GROUND)
    x = gap
    for picture in pictures:
        sheet.paste(picture, (x, gap))
        x += picture.width + gap
    sheet.save(OUT / name, quality=82, optimize=True)


def bubble(text: str, width: int) -> Image.Image:
    """A message as a group shows it."""
    font = ImageFont.truetype(str(FONT), 17)
    lines = []
    for line in text.strip().splitlines():
        lines.append("")
        for character in line:
            if font.getlength(lines[-1] + character) > width - 48 and character not in "，。、；：！？":
                lines.append("")
            lines[-1] += character
    picture = Image.new("RGB", (width, 32 + 27 * len(lines)), GROUND)
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((0, 0, width - 1, picture.height - 1), 10, fill="white")
    for n, line in enumerate(lines):
        draw.text((22, 14 + 27 * n), line, font=font, fill=INK)
    return picture


def main() -> None:
    program = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        share = Path(folder) / "share"
        for page in PAGES:
            command = [program, "share", "all", page, "--root", ROOT, "--out", share, "--today", TODAY, "--quiet"]
            subprocess.run(command, check=True)
        made = [next(share.glob(f"*/{page.split('/')[-1]}")) for page in PAGES]
        longs = [Image.open(sorted((it / "long").iterdir())[0]) for it in made]
        side_by_side([framed(it, 340, 1000) for it in longs], "share-long.jpg")
        seen = Path(folder) / "seen"
        article = made[2] / "wechat" / "article.html"
        subprocess.run(["node", "share.mjs", article, seen], cwd=ROOT / "tests" / "oracles", check=True)
        views = [Image.open(seen / name) for name in ("page.png", "before.png", "after.png")]
        side_by_side([framed(it, 340, 1000) for it in views], "share-wechat.jpg")
        texts = [bubble((made[1] / "message" / name).read_text("utf-8-sig"), 400) for name in ("short.txt", "long.txt")]
        cover = framed(Image.open(made[1] / "cover" / "cover.png"), 400, 400)
        side_by_side([texts[0], texts[1], cover], "share-message.jpg")


if __name__ == "__main__":
    main()

"""Draws a photo of a board for the sample's ledger: the whole board of the month in a frame before
a wall, in daylight, with the time in its Exif data. All of it is drawn; nobody's picture is used.

Usage: sample_photo.py BOARD.pdf far|near "2026-11-01 08:55:21" OUT.jpg
"""

import random
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

WIDTH, HEIGHT = 960, 720


def sheet_of(pdf: str) -> Image.Image:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "page"
        subprocess.run(["pdftoppm", "-scale-to", "1600", "-png", "-singlefile", pdf, out], check=True)
        return Image.open(f"{out}.png").convert("RGB")


def wall(noise: random.Random, far: bool) -> Image.Image:
    picture = Image.new("RGB", (WIDTH, HEIGHT), (206, 200, 188))
    draw = ImageDraw.Draw(picture)
    horizon = int(HEIGHT * (0.80 if far else 0.97))
    if far:
        draw.rectangle((0, 0, WIDTH, int(HEIGHT * 0.16)), fill=(188, 206, 219))
    for row, y in enumerate(range(int(HEIGHT * 0.16) if far else 0, horizon, 26)):
        for x in range(-60 * (row % 2) // 2, WIDTH, 60):
            shade = noise.randint(-7, 7)
            draw.rectangle((x, y, x + 58, y + 24), fill=(198 + shade, 190 + shade, 176 + shade))
    draw.rectangle((0, horizon, WIDTH, HEIGHT), fill=(140, 138, 132))
    return picture


def main() -> None:
    pdf, view, time, out = sys.argv[1:]
    noise = random.Random(f"{time} {view}")
    far = view == "far"
    sheet = sheet_of(pdf)
    if not far:
        # Two steps nearer: what hangs right of the fixed part, to be read.
        sheet = sheet.crop((int(sheet.width * 0.27), int(sheet.height * 0.10), int(sheet.width * 0.86), sheet.height))
    width = int(WIDTH * (0.62 if far else 0.94))
    height = min(int(sheet.height * width / sheet.width), int(HEIGHT * 0.92))
    sheet = sheet.resize((width, height), Image.LANCZOS)
    picture = wall(noise, far)
    left, top = (WIDTH - width) // 2, int(HEIGHT * (0.22 if far else 0.04))
    draw = ImageDraw.Draw(picture)
    shadow = Image.new("L", (WIDTH, HEIGHT), 0)
    ImageDraw.Draw(shadow).rectangle((left - 4, top + 4, left + width + 26, top + height + 28), fill=120)
    picture.paste((70, 68, 66), mask=shadow.filter(ImageFilter.GaussianBlur(10)))
    draw.rectangle((left - 14, top - 14, left + width + 14, top + height + 14), fill=(92, 96, 98))
    if far:
        for x in (left + 30, left + width - 44):
            draw.rectangle((x, top + height + 14, x + 14, int(HEIGHT * 0.88)), fill=(82, 86, 88))
    picture.paste(sheet, (left, top))
    # A hand-held camera: a little askew, a little soft, warm in the morning.
    picture = picture.rotate(noise.uniform(-1.2, 1.2), Image.BICUBIC, fillcolor=(198, 190, 176))
    picture = picture.filter(ImageFilter.GaussianBlur(0.6))
    picture = Image.blend(picture, Image.new("RGB", picture.size, (255, 214, 160)), 0.08)
    exif = Image.Exif()
    exif[0x010F] = "Greenboard"
    exif[0x0110] = "sample_photo.py"
    exif[0x0132] = time.replace("-", ":")
    exif.get_ifd(0x8769)[0x9003] = time.replace("-", ":")
    for quality in range(72, 20, -6):
        picture.save(out, quality=quality, optimize=True, exif=exif)
        if Path(out).stat().st_size < 40_000:
            break


main()

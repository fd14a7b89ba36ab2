"""Draws the pictures of docs/import.md: a Word document and a workbook as the office shows them, what
`greenboard import` says, and the page that comes of it.

Needs Pillow, LibreOffice, pdftoppm, node with the packages of tests/oracles, and Chromium.

Usage: scripts/import_pictures.py GREENBOARD
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

from share_pictures import ROOT, bubble, framed, side_by_side

OFFICE = ROOT / "tests" / "it" / "import" / "office"
SETTINGS = "format: 1\ntitle: 梧桐里\norganisation: 梧桐里社区居民委员会\nbase_url: https://a.example/\n"
TODAY = "2026-12-16"
TABLE = "---\ntitle: 公共收益\ndate: 2026-12-01\n---\n每月一公布。\n\n::表格{数据=公共收益}\n"


def as_the_office_shows(document: Path, folder: Path) -> Image.Image:
    command = ["soffice", f"-env:UserInstallation=file://{folder}/office", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", folder, document], check=True, timeout=120, capture_output=True)
    pdf = folder / f"{document.stem}.pdf"
    subprocess.run(["pdftoppm", "-r", "100", "-png", "-l", "1", "-singlefile", pdf, folder / document.stem], check=True)
    return Image.open(folder / f"{document.stem}.png")


def page(site: Path, program: Path, address: str, folder: Path, width: int = 390) -> Image.Image:
    command = [program, "build", "--only", "web", "--root", site, "--today", TODAY, "--quiet"]
    subprocess.run(command, check=True)
    [html] = (site / "public").glob(address)
    picture = folder / "page.png"
    subprocess.run(["node", "screenshot.mjs", html, picture, str(width)], cwd=ROOT / "tests" / "oracles", check=True)
    return Image.open(picture)


def main() -> None:
    program = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        site = folder / "site"
        (site / "content" / "living").mkdir(parents=True)
        (site / "greenboard.yaml").write_text(SETTINGS, encoding="utf-8")
        (site / "content" / "_index.md").write_text("---\ntitle: 梧桐里\n---\n", encoding="utf-8")
        living = site / "content" / "living" / "_index.md"
        living.write_text("---\ntitle: 绿色生活\n---\n", encoding="utf-8")
        for source, own in [("python-docx-2-official.docx", "来文.docx"), ("openpyxl-1-fees.xlsx", "公共收益.xlsx")]:
            shutil.copy(OFFICE / source, site / own)
        said = []
        for own in ["来文.docx", "公共收益.xlsx"]:
            command = [program, "import", own, "--today", TODAY]
            run = subprocess.run(command, cwd=site, check=True, capture_output=True, text=True)
            said.append("\n".join(it for it in run.stdout.splitlines() if "栏目的页面" not in it))
        (site / "content" / "living" / "fees.md").write_text(TABLE, encoding="utf-8")
        notice = page(site, program, "notices/2026-12/*/index.html", folder)
        letter = as_the_office_shows(site / "来文.docx", folder)
        side_by_side([framed(letter, 520, 680), bubble(said[0], 420), framed(notice, 340, 900)], "import-word.jpg")
        fees = page(site, program, "living/fees/index.html", folder, 760)
        sheet = as_the_office_shows(site / "公共收益.xlsx", folder).crop((60, 80, 720, 300))
        side_by_side([framed(sheet, 520, 400), bubble(said[1], 420), framed(fees, 520, 460)], "import-excel.jpg")


if __name__ == "__main__":
    main()

"""A hundred A3 posters by Greenboard, WeasyPrint and Chromium, side by side in one run.

    cargo build --release --bins --examples
    python3 -m venv /tmp/compare && /tmp/compare/bin/pip install weasyprint pillow qrcode
    apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 chromium
    /tmp/compare/bin/python benches/compare.py

Each poster has a heading, a list, a photo, a table and a QR code. Ours are fitted to their slots,
by `examples/posters.rs`: PDF and nothing else, as from the others; a whole `build --only print`,
which also plans the year, draws previews and sets the month's papers, is told beside it.
WeasyPrint sets all of them in one process, so that its start counts once; Chromium is a process a
poster, as it is used, and does twenty. CPU is that of the process and all it started; memory is
the peak of what all of them held of their own (PSS). Ours runs nine times by turns, with one thread
and with two, and the medians count, as a virtual machine's speed sways. How much two threads can
gain depends on the machine, so two processes of one thread each, side by side, show what it grants.
"""

import base64
import io
import os
import pathlib
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time

import qrcode
from PIL import Image, ImageDraw

N = 100
N_CHROMIUM = 20
N_RUNS = 9
ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "target/release/greenboard"
POSTERS = ROOT / "target/release/examples/posters"


def photo() -> bytes:
    """A photo of 1600 × 1067 pixels: coloured discs and noise, so that it does not compress away."""
    random.seed(1)
    image = Image.effect_noise((1600, 1067), 40).convert("RGB")
    draw = ImageDraw.Draw(image)
    for _ in range(60):
        x, y, r = random.randrange(1600), random.randrange(1067), random.randrange(20, 200)
        draw.ellipse((x - r, y - r, x + r, y + r), fill=tuple(random.randrange(256) for _ in range(3)))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=70)
    return out.getvalue()


def site(folder: pathlib.Path, jpeg: bytes) -> None:
    boards = folder / "content/boards"
    living = folder / "content/living"
    boards.mkdir(parents=True)
    living.mkdir(parents=True)
    topics = "".join(f"  - {{ id: t{n}, title: 话题{n} }}\n" for n in range(N))
    (folder / "greenboard.yaml").write_text(
        f"format: 1\ntitle: 测速\nbase_url: https://bench.example/\ntopics:\n{topics}"
    )
    (folder / "content/_index.md").write_text("---\ntitle: 测速\n---\n")
    (folder / "content/photo.jpg").write_bytes(jpeg)
    for board in range(N // 5):
        slots = "".join(f'  - {{ id: "{n}", at: [{n * 300}, 0], size: A3 }}\n' for n in range(5))
        (boards / f"b{board}.md").write_text(
            f"---\ntitle: {board}号栏\nsize: 1500x420mm\nrepeat_after: 0\nprint: []\nslots:\n{slots}---\n"
        )
    for n in range(N):
        (living / f"p{n}.md").write_text(
            f"---\ntitle: 第{n}张先沥水再投桶\ndate: 2026-01-01\ntopics: [t{n}]\n"
            "picture: /photo.jpg\npicture_alt: 一张照片\nposter:\n  layout: guide\n"
            f"  lead: 汤汁倒干净，袋子不漏水\n  boards: [b{n // 5}]\n---\n"
            "1. **沥干**，剩菜倒进漏网，静置一分钟。\n2. **投桶**，走到绿桶前再解开袋口。\n"
            "3. **袋子**，投进旁边的灰桶。\n\n| 时段 | 地点 |\n| --- | --- |\n"
            "| 上午 | 东门垃圾房 |\n| 下午 | 西门垃圾房 |\n"
        )


def html(n: int, jpeg: bytes) -> str:
    code = io.BytesIO()
    qrcode.make(f"https://bench.example/q/{n:07d}/").save(code)
    data = lambda kind, raw: f"data:image/{kind};base64,{base64.b64encode(raw).decode()}"
    return f"""<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{n}</title><style>
@page {{ size: 297mm 420mm; margin: 18mm }}
body {{ font-family: "Noto Sans CJK SC"; font-size: 8mm; line-height: 1.6; color: #16281f }}
h1 {{ font-size: 30mm; line-height: 1.15; margin: 0; color: #0f4a36 }}
p.lead {{ font-size: 14mm; font-weight: bold }} img.photo {{ width: 100% }}
td, th {{ border-bottom: 0.3mm solid; padding: 2mm; text-align: left }} table {{ width: 100% }}
</style><h1>第{n}张先沥水再投桶</h1><p class="lead">汤汁倒干净，袋子不漏水</p>
<img class="photo" src="{data("jpeg", jpeg)}">
<ol><li><b>沥干</b>，剩菜倒进漏网，静置一分钟。<li><b>投桶</b>，走到绿桶前再解开袋口。
<li><b>袋子</b>，投进旁边的灰桶。</ol>
<table><tr><th>时段<th>地点<tr><td>上午<td>东门垃圾房<tr><td>下午<td>西门垃圾房</table>
<img src="{data("png", code.getvalue())}" style="width: 32mm"></html>"""


def tree(pid: int) -> list[int]:
    found = [pid]
    try:
        for task in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{task}/children") as file:
                for child in file.read().split():
                    found += tree(int(child))
    except OSError:
        pass
    return found


def pss(pid: int) -> int:
    try:
        with open(f"/proc/{pid}/smaps_rollup") as file:
            return sum(int(line.split()[1]) for line in file if line.startswith("Pss:"))
    except OSError:
        return 0


def timed(command: list[str], threads: int) -> tuple[float, float]:
    """Runs ours with so many threads, and nothing beside it: CPU seconds, seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    subprocess.run(command, check=True, env=os.environ | {"RAYON_NUM_THREADS": str(threads)})
    wall = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall


def measured(commands: list[list[str]], env: dict[str, str] | None = None) -> tuple[float, float, float]:
    """Runs the commands one after another: CPU seconds, seconds, peak MiB.

    Looking at the memory takes part of a core for itself: `timed` measures speed without it.
    """
    peak = 0
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    for command in commands:
        process = subprocess.Popen(
            command, env=os.environ | (env or {}), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        done = threading.Event()

        def watch(pid: int = process.pid) -> None:
            nonlocal peak
            while not done.is_set():
                peak = max(peak, sum(pss(it) for it in tree(pid)))
                time.sleep(0.02)

        watcher = threading.Thread(target=watch)
        watcher.start()
        code = process.wait()
        done.set()
        watcher.join()
        if code != 0:
            sys.exit(f"{command[0]} failed: {code}")
    wall = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, wall, peak / 1024


def main() -> None:
    jpeg = photo()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        site(folder / "site", jpeg)
        pages = folder / "html"
        pages.mkdir()
        for n in range(N):
            (pages / f"{n}.html").write_text(html(n, jpeg))
        rows = []
        ours = [str(POSTERS), str(folder / "site")]
        side_by_side = " ".join(f"({' '.join(ours)} {folder}/side{i}) &" for i in "ab")
        both = ["bash", "-c", f"{side_by_side} wait"]
        command = [*ours, str(folder / "out")]
        runs = [(timed(command, 1), timed(command, 2), timed(both, 1)) for _ in range(N_RUNS)]
        one, two, both = (tuple(map(statistics.median, zip(*way))) for way in zip(*runs))
        for title, threads, times in (("one thread", "1", one), ("two threads", "2", two)):
            peak = measured([command], {"RAYON_NUM_THREADS": threads})[2]
            rows.append((f"Greenboard, {title}", *times, peak, N))
        build = [str(PROGRAM), "build", "--quiet", "--only", "print", "--today", "2026-11-05", "--root", str(folder / "site")]
        rows.append(("  a whole build", *measured([[*build, "--print", str(folder / "print")]], {"RAYON_NUM_THREADS": "1"}), N))
        weasy = (
            "import sys, weasyprint, pathlib\n"
            "for path in sorted(pathlib.Path(sys.argv[1]).glob('*.html')):\n"
            "    weasyprint.HTML(str(path)).write_pdf(str(path.with_suffix('.pdf')))\n"
        )
        rows.append(("WeasyPrint", *measured([[sys.executable, "-c", weasy, str(pages)]]), N))
        flags = "--headless --no-sandbox --disable-gpu --no-first-run --no-pdf-header-footer".split()
        chromium = [
            ["chromium", *flags, f"--user-data-dir={folder}/profile", f"--print-to-pdf={folder}/c{n}.pdf", f"file://{pages}/{n}.html"]
            for n in range(N_CHROMIUM)
        ]
        rows.append(("Chromium", *measured(chromium), N_CHROMIUM))
        unit = rows[0][1] / N
        print(f"{'':24} {'CPU ms a poster':>16} {'ms a poster':>12} {'peak MiB':>9} {'CPU, ours = 1':>14}")
        for title, cpu, wall, peak, n in rows:
            print(f"{title:24} {1000 * cpu / n:16.0f} {1000 * wall / n:12.0f} {peak:9.0f} {cpu / n / unit:14.1f}")
        print(f"two threads: {one[1] / two[1]:.2f} times as fast as one")
        print(f"two processes side by side: {2 * one[1] / both[1]:.2f} times as fast as one after another")


if __name__ == "__main__":
    main()

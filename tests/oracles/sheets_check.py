"""Looks at set sheets: what no reader should see.

    sheets_check.py [--site FOLDER] [--all] PDF…

Tells, a line a sheet, of letters over letters, letters off the sheet, letters on a QR code, lines
that begin or end with the wrong mark, names, figures, units and words parted by a line's end, a
and a single character on a paragraph's last line (`runt`, told only). With `--site`, the folder that
`hard_pages.py` wrote, only what stands together in the page's text counts as parted, and names are
known. Exits 1 if there is any but the last. Needs PyMuPDF.
"""

import collections
import pathlib
import re
import sys

import pymupdf

MARKS = set("，。、；：！？”’）》」』】〕…“‘（《「『【〔·—–-.,:;()~～'\"／/")
CLOSING = "，。、；：！？”’）》」』】〕…％℃"
OPENING = "“‘（《「『【〔￥"
UNSEEN = "\u2060\u200b\xa0\u00ad"
HAN = r"\u3400-\u9fff\U00020000-\U0002ffff"
UNITS = ("个工作日|工作日|个月|小时|分钟|公斤|平方米|立方米|号楼|单元|人次|元|米|日|月|年|号|时|点|分|天|户|次|名|"
         "只|台|棵|项|%|％|℃|kW|mm|cm|kg|dB|ppm|m³|m²|μg")
# What must not be parted: (pattern, name). The text between two lines is matched with a stroke.
PARTED = [(re.compile(r"[0-9][,.:]?\|[,.:]?[0-9]"), "number"),
          (re.compile(rf"[0-9]\|(?:{UNITS})"), "unit"),
          (re.compile(r"[0-9]\|[–—～-][0-9]|[0-9][–—～]\|[0-9]"), "range"),
          (re.compile(r"[A-Za-z]\|[A-Za-z]"), "word"),
          (re.compile(r"[A-Za-zμ]/\|[a-zm]|[A-Za-zμ]\|/"), "unit"),
          (re.compile(r"个\|工作日|工\|作日|工作\|日|平\|方米|平方\|米|号\|楼|小\|时(?!候)|分\|钟|公\|斤|星期\|[一二三四五六日]|周\|[一二三四五六日]"), "unit"),
          (re.compile(r"(?:\||[^0-9])[0-9]{1,2}\|[月日]|[年月]\|[0-9]{1,2}[月日]"), "date")]
FIGURE = re.compile(r"[0-9,.:]+")
LONG = re.compile(r"[!-~]{14,}")


class Letter:
    __slots__ = ("text", "x0", "y0", "x1", "y1", "base", "size")

    def __init__(self, text, box, origin, size):
        self.text, self.x0, self.x1, self.base, self.size = text, box[0], box[2], origin[1], size
        self.y0, self.y1 = origin[1] - 0.80 * size, origin[1] + 0.06 * size


def letters(page):
    for block in page.get_text("rawdict", flags=pymupdf.TEXT_PRESERVE_WHITESPACE)["blocks"]:
        for line in block.get("lines", []):
            if abs(line["dir"][1]) > 0.01:
                continue
            for span in line["spans"]:
                for char in span["chars"]:
                    if char["c"].strip() and char["c"] not in UNSEEN:
                        yield Letter(char["c"], char["bbox"], char["origin"], span["size"])


def overlaps(found, page):
    """Pairs of letters that share more than a quarter of the smaller one."""
    side = max(8, min(page.rect.width, page.rect.height) / 60)
    cells, pairs = collections.defaultdict(list), []
    found = [it for it in found if it.text not in MARKS]
    for at, it in enumerate(found):
        seen = set()
        for x in range(int(it.x0 // side), int(it.x1 // side) + 1):
            for y in range(int(it.y0 // side), int(it.y1 // side) + 1):
                for other in cells[x, y]:
                    if other in seen:
                        continue
                    seen.add(other)
                    o = found[other]
                    wide, high = min(it.x1, o.x1) - max(it.x0, o.x0), min(it.y1, o.y1) - max(it.y0, o.y0)
                    least = min((it.x1 - it.x0) * (it.y1 - it.y0), (o.x1 - o.x0) * (o.y1 - o.y0))
                    if wide > 0 and high > 0 and wide * high > 0.25 * least:
                        pairs.append(o.text + it.text)
                cells[x, y].append(at)
    return pairs


def codes(page):
    """Rectangles of QR codes, one path of very many squares, with the white round it that readers of codes need."""
    found = []
    for drawing in page.get_drawings():
        rect = drawing["rect"]
        if len(drawing["items"]) > 120 and 0.85 < rect.width / max(rect.height, 0.1) < 1.18 and drawing["fill"]:
            if max(drawing["fill"]) < 0.35 and all(item[0] in ("re", "l", "qu") for item in drawing["items"]):
                # Four modules of 41 at most.
                white = 0.09 * rect.width
                found.append(rect + (-white, -white, white, white))
    return found


def lines_of(found):
    """Lines of words: letters of one base line and size with no gap of an em, but within a spread name (孙　华)."""
    rows = collections.defaultdict(list)
    for it in found:
        rows[round(it.size, 1), round(it.base, 0)].append(it)
    lines = []
    for (size, _), row in rows.items():
        row.sort(key=lambda it: it.x0)
        found, line = [], [row[0]]
        for it in row[1:]:
            if it.x0 - line[-1].x1 > 0.9 * size:
                found.append(line)
                line = []
            line.append(it)
        found.append(line)
        for line in found:
            before = lines[-1] if lines else None
            if before and len(before) == len(line) == 1 and before[0].size == line[0].size and before[0].base == line[0].base \
                    and 0 < line[0].x0 - before[0].x1 < 1.15 * size:
                before.extend(line)
            else:
                lines.append(line)
    return lines


def text_of(line):
    return "".join(it.text for it in line)


def successive(lines):
    """Pairs of lines of one paragraph, as far as can be told."""
    by_size = collections.defaultdict(list)
    for line in lines:
        by_size[round(line[0].size, 1)].append(line)
    for size, some in by_size.items():
        some.sort(key=lambda line: (line[0].base, line[0].x0))
        for at, line in enumerate(some):
            below = [it for it in some[at + 1:] if 0.9 * size < it[0].base - line[0].base < 2.1 * size
                     and it[0].x0 < line[-1].x1 and it[-1].x1 > line[0].x0]
            if not below:
                continue
            next_one = min(below, key=lambda it: (it[0].base, it[0].x0))
            # A new paragraph indents, a list steps out; cells of a table stand apart.
            if -2.2 * size < next_one[0].x0 - line[0].x0 < 0.4 * size:
                yield line, next_one


def source_of(site, path):
    """The text of the page that a sheet is named by, without blanks; none if it is not there."""
    if site is None:
        return None
    stem = pathlib.Path(path).stem.split("-")[1]
    page = site / "content" / "hard" / f"{stem}.md"
    settings = (site / "greenboard.yaml").read_text(encoding="utf-8")
    return re.sub(r"[ \u3000*]", "", page.read_text(encoding="utf-8") + settings)


def parted(lines, names, source):
    bad = []
    for line, below in successive(lines):
        above, under = text_of(line), text_of(below)
        joint = above[-12:] + "|" + under[:12]
        if source is not None and above[-3:] + under[:3] not in source:
            continue
        # Figures under each other, farther apart than lines of one cell or not one cell together, are two.
        if FIGURE.fullmatch(above) and FIGURE.fullmatch(under):
            apart = below[0].base - line[0].base > 1.6 * line[0].size
            if apart or (source is not None and f"|{above}{under}|" not in source):
                continue
        long_word = LONG.search(above[-40:] + under[:40])
        crosses = long_word and long_word.start() < len(above[-40:]) < long_word.end()
        for pattern, kind in PARTED:
            match = pattern.search(joint)
            if match and not crosses and "|" in match.group():
                bad.append(f"{kind}:{joint}")
                break
        for cut in range(1, 4):
            for length in range(cut + 1, 5):
                if above[-cut:] + under[:length - cut] in names and len(above) >= cut:
                    # 赵建国、李兰: what ends the line must begin there too.
                    before = above[-cut - 1:-cut]
                    after = under[length - cut:length - cut + 1]
                    if (not before or before in MARKS) and (not after or after in MARKS):
                        bad.append(f"name:{joint}")
    return bad


def check(path, names, site):
    result = collections.defaultdict(list)
    document = pymupdf.open(path)
    for page in document:
        found = list(letters(page))
        # A mark that opens hangs: its left half is empty.
        left = {id(it): (it.x0 + it.x1) / 2 if it.text in OPENING else it.x0 for it in found}
        off = [it.text for it in found
               if left[id(it)] < -0.5 or it.y0 < -0.5 or it.x1 > page.rect.width + 0.5 or it.y1 > page.rect.height + 0.5]
        if off:
            result["off"].append("".join(off)[:30])
        pairs = overlaps(found, page)
        if pairs:
            result["over"].append(f"{len(pairs)}: {' '.join(pairs[:8])}")
        for code in codes(page):
            on = [it.text for it in found if it.x1 > code.x0 and it.x0 < code.x1 and it.y1 > code.y0 and it.y0 < code.y1]
            if on:
                result["code"].append("".join(on)[:30])
        lines = lines_of(found)
        for line in lines:
            text, size = text_of(line), line[0].size
            alone = not any(other is not line and abs(other[0].base - line[0].base) < 0.4 * size
                            and -0.3 * size <= line[0].x0 - other[-1].x1 < 1.3 * size for other in lines)
            if text[0] in CLOSING and len(text) > 1 and alone:
                result["start"].append(text[:8])
            alone = not any(other is not line and abs(other[0].base - line[0].base) < 0.4 * size
                            and -0.3 * size <= other[0].x0 - line[-1].x1 < 1.3 * size for other in lines)
            if text[-1] in OPENING and len(text) > 1 and alone:
                result["end"].append(text[-8:])
        result["parted"] += parted(lines, names, source_of(site, path))
        for line, below in successive(lines):
            core = text_of(below).strip(CLOSING)
            if len(core) == 1 and re.match(f"[{HAN}]", core) and len(line) > 6:
                result["runt"].append(text_of(line)[-6:] + "/" + text_of(below))
    return {key: value for key, value in result.items() if value}


def main():
    arguments, names, site, tell_all = sys.argv[1:], set(), None, False
    if "--all" in arguments:
        arguments.remove("--all")
        tell_all = True
    if "--site" in arguments:
        at = arguments.index("--site")
        site = pathlib.Path(arguments[at + 1])
        names = set((site / "names.txt").read_text(encoding="utf-8").split())
        del arguments[at:at + 2]
    total, is_bad = collections.Counter(), False
    for path in arguments:
        found = check(path, names, site)
        total.update(found.keys())
        total["sheets"] += 1
        bad = {key: value for key, value in found.items() if key != "runt"}
        is_bad |= bool(bad)
        if bad or tell_all and found:
            print(path.rsplit("/", 1)[-1], {key: value[:4] for key, value in found.items()})
    print(dict(total))
    sys.exit(is_bad)


if __name__ == "__main__":
    main()

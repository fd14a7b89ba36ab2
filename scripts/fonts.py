"""Cuts the full Noto fonts down to the characters of Chinese notices.

Called by fonts.sh, which fetches and verifies the packages. Writes the
subsets, OFL.txt and PROVENANCE.md into the output folder, and checks what
it made: family, style, weight, outlines, characters.
"""

import bz2
import hashlib
import sys
from pathlib import Path

import fontTools
from fontTools import subset
from fontTools.ttLib import TTFont

# package, file in it, name of the result, family, style, weight
FONTS = [
    ("noto-sans-sc", "400Regular/NotoSansSC_400Regular.ttf", "NotoSansSC-Regular.ttf", "Noto Sans SC", "Regular", 400),
    ("noto-sans-sc", "700Bold/NotoSansSC_700Bold.ttf", "NotoSansSC-Bold.ttf", "Noto Sans SC", "Bold", 700),
    ("noto-sans-sc", "900Black/NotoSansSC_900Black.ttf", "NotoSansSC-Black.ttf", "Noto Sans SC", "Black", 900),
    ("noto-serif-sc", "700Bold/NotoSerifSC_700Bold.ttf", "NotoSerifSC-Bold.ttf", "Noto Serif SC", "Bold", 700),
]

# Horizontal setting only: kerning, local forms, marks, and all that takes the
# air out of Chinese punctuation. A font has those of them that it has.
FEATURES = [
    "ccmp", "locl", "liga", "kern", "mark", "mkmk",
    "halt", "palt", "chws", "lnum", "pnum", "tnum", "onum", "frac",
]

# Vertical metrics, the axis table left over from the variable font, and what
# only hinted outlines need.
DROPPED = ["vhea", "vmtx", "VORG", "STAT", "prep", "cvt ", "fpgm", "hdmx", "VDMX", "LTSH", "DSIG"]

# Blocks taken whole, as far as the fonts have them.
BLOCKS = [
    (0x0020, 0x007E, "Basic Latin"),
    (0x00A0, 0x00FF, "Latin-1"),
    (0x0100, 0x017F, "Latin Extended-A"),
    (0x0384, 0x03CE, "Greek, basic"),
    (0x2010, 0x205E, "general punctuation"),
    (0x2070, 0x209C, "superscripts and subscripts"),
    (0x20A0, 0x20BF, "currency signs"),
    (0x2100, 0x214F, "letterlike symbols (℃ ℉ № ™)"),
    (0x2150, 0x218B, "number forms (Ⅰ Ⅱ ½)"),
    (0x2190, 0x21FF, "arrows"),
    (0x2460, 0x24FF, "numbers and letters in circles and brackets"),
    (0x25A0, 0x25FF, "geometric shapes"),
    (0x2776, 0x2793, "white numbers on black circles"),
    (0x3000, 0x303F, "CJK symbols and punctuation"),
    (0x3100, 0x312F, "Bopomofo"),
    (0x3220, 0x3247, "CJK in brackets"),
    (0x3251, 0x325F, "numbers 21–35 in circles"),
    (0x3280, 0x32CB, "CJK in circles, months"),
    (0x3358, 0x3370, "hours"),
    (0x3380, 0x33FE, "square units (㎡ ㎥ ㎏), days"),
    (0xFE10, 0xFE1F, "vertical forms"),
    (0xFE30, 0xFE4F, "CJK compatibility forms"),
    (0xFF01, 0xFF5E, "full-width forms"),
    (0xFFE0, 0xFFE6, "full-width signs"),
]

# Pinyin letters beyond Latin Extended-A, mathematics, and signs.
SINGLES = (
    "ǎǐǒǔǖǘǚǜǹɑɡˇˉˊˋ˙"
    "∀∂∃∅∆∇∈∉∏∑−∕√∝∞∟∠∥∧∨∩∪∫∮∴∵∶∷∽≈≌≒≠≡≤≥≦≧≪≫≮≯⊕⊙⊥⊿⌒"
    "☀☁☂☃★☆☎☏☐☑☒☺☻♀♂♠♡♢♣♤♥♦♧♨♩♪♬♭♯♻⚠⚡✂✆✈✉✌✎✏✓✔✕✖✗✘✚❀❌❗❤➔➜⬅⬆⬇⭐⭕"
)

# Without these a notice looks broken: a font that lacks one is an error.
DEMANDED = (
    "0123456789±×÷≈≤≥¥€°§©®™·—…‰“”‘’"
    "←↑→↓①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㊀■□▲△●○◆◇★☆✓"
    "℃℉㎡㎥№〇、。〈〉《》「」『』【】〔〕！（），：；？～￥"
)


def table_of_general_standard_characters(path):
    """通用规范汉字表: the characters that have the field kTGH in Unihan."""
    with bz2.open(path, "rt", encoding="utf-8") as lines:
        rows = [line.split("\t") for line in lines if "\tkTGH\t" in line]
    found = {int(row[0][2:], 16) for row in rows}
    if len(found) != 8105:
        sys.exit(f"fonts: {path} names {len(found)} characters, not 8105")
    return found


def gb2312():
    """Every character of GB 2312: what older documents can hold."""
    found = set()
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                found.add(ord(bytes([row, cell]).decode("gb2312")))
            except UnicodeDecodeError:
                pass
    return found


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def make(source, target, wanted):
    options = subset.Options()
    options.layout_features = FEATURES
    options.drop_tables += DROPPED
    options.hinting = False
    options.glyph_names = False
    options.name_IDs = list(range(0, 26))
    options.name_languages = ["*"]
    options.notdef_outline = True
    options.recalc_timestamp = False
    options.canonical_order = True
    font = subset.load_font(str(source), options)
    has = set(font.getBestCmap())
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted & has)
    cutter.subset(font)
    # The packages were made with a clock in the year 2022 or 2024.
    font["head"].modified = font["head"].created
    subset.save_font(font, str(target), options)
    font.close()


def check(path, family, style, weight, wanted_han):
    """Stops if Typst or a browser would not find the font by family and weight."""
    font = TTFont(path)
    name = font["name"]
    found_family = name.getDebugName(16) or name.getDebugName(1)
    found_style = name.getDebugName(17) or name.getDebugName(2)
    if (found_family, found_style) != (family, style):
        sys.exit(f"fonts: {path.name} calls itself {found_family} {found_style}")
    if font["OS/2"].usWeightClass != weight:
        sys.exit(f"fonts: {path.name} has weight {font['OS/2'].usWeightClass}, not {weight}")
    if "glyf" not in font or "fvar" in font:
        sys.exit(f"fonts: {path.name} is not a static TrueType font")
    has = set(font.getBestCmap())
    missing = {ord(c) for c in DEMANDED} - has
    if missing:
        sys.exit(f"fonts: {path.name} lacks {''.join(map(chr, sorted(missing)))}")
    lacking = sorted(wanted_han - has)
    features = sorted(
        {r.FeatureTag for t in ("GSUB", "GPOS") for r in font[t].table.FeatureList.FeatureRecord}
    )
    return len(has), font["maxp"].numGlyphs, lacking, features, name.getDebugName(5)


def main():
    work, unihan, out = (Path(p) for p in sys.argv[1:4])
    packages = {n: (v, h) for n, v, h in (p.split("=", 2) for p in sys.argv[4:])}

    standard = table_of_general_standard_characters(unihan)
    older = gb2312()
    wanted = standard | older | {ord(c) for c in SINGLES} | {ord(c) for c in DEMANDED}
    for first, last, _ in BLOCKS:
        wanted |= set(range(first, last + 1))

    rows = []
    for package, file, made, family, style, weight in FONTS:
        target = out / made
        make(work / package / file, target, wanted)
        count, glyphs, lacking, features, version = check(target, family, style, weight, standard)
        data = target.read_bytes()
        source = (work / package / file).read_bytes()
        rows.append((package, file, made, family, style, weight, count, glyphs, lacking, features, version, data, source))
        print(f"fonts: {made}: {len(data)} bytes, {count} characters, {glyphs} glyphs")

    licence = []
    for package, title in (("noto-sans-sc", "Noto Sans SC"), ("noto-serif-sc", "Noto Serif SC")):
        text = (work / package / "LICENSE_FONT").read_text(encoding="utf-8")
        text = "\n".join(line.rstrip() for line in text.splitlines()).strip()
        made = next(row[2] for row in rows if row[0] == package)
        own = TTFont(out / made)["name"].getDebugName(0)
        licence.append(f"{title}\nCopyright notice in the font: {own}\n{'=' * 59}\n\n{text}\n")
    (out / "OFL.txt").write_text("\n\n".join(licence), encoding="utf-8", newline="\n")

    extra = len(older - standard)
    lines = [
        "# Where these fonts come from",
        "",
        "Made by `scripts/fonts.sh`; do not edit by hand. Two runs give the same bytes.",
        "",
        "## Sources",
        "",
        "| npm package | version | sha512 (base64) | licence |",
        "| --- | --- | --- | --- |",
    ]
    for package, (version, digest) in packages.items():
        lines.append(f"| `@expo-google-fonts/{package}` | {version} | `{digest}` | fonts: OFL 1.1 |")
    lines += [
        "",
        "| file here | file in the package | its sha256 | font version |",
        "| --- | --- | --- | --- |",
    ]
    for package, file, made, *_, version, data, source in rows:
        lines.append(f"| `{made}` | `{package}: {file}` | `{sha256(source)}` | {version} |")
    lines += [
        "",
        "## What was kept",
        "",
        f"- All 8,105 characters of 通用规范汉字表 (2013): field kTGH of `Unihan_OtherMappings.txt` in Debian's",
        f"  `unicode-data`; sha256 of the sorted code points, one `U+XXXX` a line: `{sha256(chr(10).join(f'U+{c:04X}' for c in sorted(standard)).encode())}`.",
        f"- All of GB 2312 ({extra} characters more, kana and Cyrillic among them): what older documents can hold.",
        "- These blocks, as far as the fonts have them: "
        + ", ".join(f"{name} (U+{a:04X}–{b:04X})" for a, b, name in BLOCKS)
        + ".",
        "- Single signs: pinyin letters with tones, mathematics, stars, hearts, ticks and crosses (the list is in `fonts.py`).",
        "- The names 0 to 25 (1, 2, 16 and 17 decide family and style). The Reserved Font Name is “Source”, which none of the names has,",
        "  so a subset may keep its name.",
        "",
        "## What was dropped",
        "",
        "All other characters, hinting, vertical metrics and vertical features, the `STAT` table with its names, glyph names.",
        "`head.modified` is set to `head.created`: no clock.",
        "",
        "## Results",
        "",
        "| file | family | style | weight | characters | glyphs | bytes | sha256 |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for _, _, made, family, style, weight, count, glyphs, _, _, _, data, _ in rows:
        lines.append(f"| `{made}` | {family} | {style} | {weight} | {count} | {glyphs} | {len(data)} | `{sha256(data)}` |")
    lines += ["", "Features kept (a font has those that its source had):", ""]
    for _, _, made, *_, features, _, _, _ in rows:
        lines.append(f"- `{made}`: {', '.join(features)}")
    lines += ["", "Characters of 通用规范汉字表 that the source itself lacks:", ""]
    for _, _, made, _, _, _, _, _, lacking, *_ in rows:
        named = " ".join(f"{chr(c)} (U+{c:04X})" for c in lacking)
        lines.append(f"- `{made}`: {named or 'none'}")
    has = set.intersection(*(set(TTFont(out / row[2]).getBestCmap()) for row in rows))
    lines += ["", "Single signs that not all of the sources have: do not use them in layouts; draw them instead.", ""]
    lines.append(" ".join(c for c in SINGLES if ord(c) not in has))
    lines += ["", f"Tool: fonttools {fontTools.version}.", ""]
    (out / "PROVENANCE.md").write_text("\n".join(lines), encoding="utf-8", newline="\n")


main()

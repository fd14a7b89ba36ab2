#!/usr/bin/env python3
"""Builds a small site with each of many odd inputs and gives a verdict on what came of it.

usage: odd.py PROGRAM [PATTERN...]  a line for each input, then a count; exit 1 if any is at fault

right    the build went through, and the page says what its writer meant
told     a message names the file and what is odd about it
silent   neither: the page says something else, or nothing, and nobody was told
hang     no end within a minute of work
abort    ended by a signal, a panic or a fault of the system
memory   more than 1 GB at the peak

An input is text in, words out: what it must show (`shows`), what it must not (`hides`), or what
a message must hold (`told`). Where both are given either is good.
"""

import html
import io
import os
import re
import resource
import struct
import subprocess
import sys
import tempfile
import zipfile
import zlib
from pathlib import Path

TIMEOUT = 60  # seconds of work
PATIENCE = 300  # seconds by the clock, as other work may go on
MEMORY = 1_000_000  # kB
PAGE = "content/notices/2026-11/x.md"
HEAD = "---\n标题: 周六停水\n日期: 2026-11-20\n截止: 2026-11-30\n主题: [water]\n文种: 通知\n海报:\n  模板: notice\n---\n"
SITE = {
    "greenboard.yaml": "format: 1\ntitle: 小院\nbase_url: https://xiaoyuan.example/\n",
    "content/_index.md": "---\ntitle: 小院\n---\n欢迎。\n",
    "content/notices/_index.md": "---\ntitle: 通知\n---\n本月的事。\n",
    "content/boards/_index.md": "---\ntitle: 宣传栏\n---\n院里的栏。\n",
    "content/boards/gate.md": '---\ntitle: 大门宣传栏\nkind: board\nplace: 大门\nsize: 500x600mm\nrepeat_after: 0\nslots:\n  - { id: "1", at: [50, 50], size: A3 }\n---\n大门里。\n',
}
INPUTS = []


def add(name, files, shows=(), hides=(), told=None, where="public/notices/2026-11/x/index.html"):
    INPUTS.append((name, files, shows, hides, told, where))


def text(name, body, shows=(), hides=(), told=None):
    add(name, {PAGE: HEAD + body}, shows, hides, told)


def head(name, lines, shows=(), hides=(), told=None, body="正文一句。\n"):
    add(name, {PAGE: f"---\n{lines}\n文种: 通知\n---\n{body}"}, shows, hides, told)


# ---------------------------------------------------------------- lines and lists
text("1、 after a line", "请做到：\n1、关水。\n2、关灯。\n", [r"(?m)^1、关水。$|^1\.? ?关水"], [r"关水。2、"])
text("（1） lines", "（1）关水\n（2）关灯\n", [r"(?m)^.*关灯$"], [r"关水（2）"])
text("① lines", "①关水\n②关灯\n", [r"(?m)^.*关灯$"], [r"关水 ?②"])
text("一、 lines", "一、时间\n周六\n二、地点\n东门\n", [r"(?m)^二、地点"], [r"周六二、"])
text("1. without blank", "1.关水\n2.关灯\n", [r"(?m)^.*关灯$"], [r"关水 ?2\."])
text("- without blank", "-空桶\n-空瓶\n", [r"(?m)^.*空瓶$"], [r"空桶 ?-空瓶"])
text("- with a full-width blank", "-　空桶\n-　空瓶\n", [r"(?m)^.*空瓶$"], [r"空桶 ?-"])
text("•  lines", "•空桶\n•空瓶\n", [r"(?m)^.*空瓶$"], [r"空桶 ?•空瓶"])
text("● lines", "●空桶\n●空瓶\n", [r"(?m)^.*空瓶$"], [r"空桶 ?●空瓶"])
text("· lines", "· 空桶\n· 空瓶\n", [r"(?m)^.*空瓶$"], [r"空桶 ?· ?空瓶"])
text("1) lines", "1)关水\n2)关灯\n", [r"(?m)^.*关灯$"], [r"关水 ?2\)"])
text("1．full-width point", "1．关水\n2．关灯\n", [r"(?m)^.*关灯$"], [r"关水 ?2．"])
text("numbers 3 5 8", "3. 三\n5. 五\n8. 八\n", [r"<li value=\"?5|5[.、] ?五"], told=r"x\.md:\d+")
text("number 0", "0. 零\n1. 一\n", [r"start=\"?0|value=\"?0|0[.、] ?零"], told=r"x\.md:\d+")
text("nested by four blanks", "1. 甲\n    - 乙\n    - 丙\n2. 丁\n", [r"(?m)^.*丙$", r"(?m)^.*丁$"])
text("indent of four blanks", "    一段话。\n\n    又一段。\n", [r"一段话"], [r"<pre"])
text("indent by a tab", "\t一段话。\n", [r"一段话"], [r"<pre"])
text("indent by full-width blanks", "　　一段话。\n　　又一段。\n", [r"(?m)^(　　)?又一段。$"])
text("## without blank", "##怎么办\n看看。\n", [r"<h[23][^>]*>怎么办"], told=r"x\.md:\d+")
text("＃ full-width", "＃＃怎么办\n看看。\n", [r"<h[23][^>]*>怎么办"], told=r"x\.md:\d+")
text("--- under a sentence", "周六停水\n---\n请储水\n", hides=[r"<h2[^>]*>周六停水"], shows=[r"请储水"])
text("=== under a sentence", "周六停水\n===\n请储水\n", hides=[r"<h1[^>]*>周六停水</h1>\s*<p>请", r"==="], told=r"x\.md:\d+")
text("[ ] boxes", "- [] 甲\n- [√] 乙\n- [x] 丙\n", [r"checkbox|☐|task"], [r"\[\]", r"\[√\]"])
text("letters A.", "A.可回收物\nB.有害垃圾\n", [r"(?m)^B\.有害垃圾$"], [r"可回收物 ?B\."])
text("第一条", "第一条 总则\n第二条 细则\n", [r"(?m)^第二条"], [r"总则 ?第二条"])
text("time at a line's start", "开放时间：\n8.30开门\n", [r"8\.30开门"])
text("a decimal at a line's start", "水价\n3.5元每吨\n", [r"3\.5元每吨"])
# ---------------------------------------------------------------- marks
text("60*40*30", "大小60*40*30厘米。\n", [r"60[*×]40[*×]30"])
text("2*2 and 3*3", "分2*2米和3*3米两种。\n", [r"2[*×]2米和3[*×]3米"])
text("3~5 to 6~8", "3~5天，6~8人，~10元~。\n", [r"3[~～]5天，6[~～]8人"], [r"<del"])
text("_ in a name", "文件a_b_c和c_d_e。\n", [r"a_b_c和c_d_e"])
text("** beside punctuation", "**注意：**请关水。\n", [r"<strong>注意：</strong>"], [r"\*\*"])
text("full-width stars", "＊＊注意＊＊\n", [r"注意"])
text("footnotes beside each other", "分四类[^1][^2]。\n\n[^1]: 国标。\n[^2]: 市里。\n", [r"国标", r"市里"], [r">1</a></sup><sup[^>]*><a[^>]*>2<"])
text("a footnote without its text", "分四类[^9]。\n", told=r"x\.md:\d+")
text("heading in braces", "## 桶{四个}\n看。\n", [r"桶\{四个\}"], told=r"x\.md:\d+")
text("a line that begins with a colon", "电话\n: 12345\n", [r"(?m)^:? ?12345$"], told=r"x\.md:\d+")
text("a table's row too long", "|类|桶|\n|-|-|\n|电池|灯管|红桶|\n", [r"红桶"], told=r"x\.md:\d+")
text("br in a cell", "|日|时|\n|-|-|\n|周六<br>周日|9点<BR/>15点|\n", [r"周六\s*\n\s*周日|周六<br>周日"], [r"周六周日"])
text("a comment", "甲<!-- 内部：先别发 -->乙\n", [r"甲乙"], [r"先别发"])
text("an open comment", "甲\n\n<!-- 没写完\n\n乙\n", told=r"x\.md:\d+")
text("an open div", "<div class=a>\n\n甲\n", [r"</footer>"], told=None)
text("a closing div too many", "甲\n\n</div></main>\n\n乙\n", [r"</footer>", r"乙"])
text("script", "甲<script>alert(1)</script>乙\n", [r"甲.*乙"], [r"alert\(1\)"])
text("onerror", '<img src="没有.png" onerror="alert(1)">\n', hides=[r"onerror"], told=r"x\.md:\d+")
text("javascript link", "[点](javascript:alert(1))\n", hides=[r"javascript:"], told=r"x\.md:\d+")
text("raw picture that is not there", '<img src="没有.png">\n', told=r"x\.md:\d+")
text("a mail address", "写信<a@b.cn>。\n", [r"mailto:a@b\.cn"])
text("a mail address as a link", "[信](a@b.cn)\n", told=r"x\.md:\d+.*|mailto")
text("a site without https", "[网](www.a.cn)\n", told=r"https://")
text("link in full-width brackets", "见[水表]（y.md）。\n", [r"href=[^>]*y/?"], told=r"x\.md:\d+")
INPUTS[-1][1]["content/notices/2026-11/y.md"] = HEAD.replace("周六停水", "水表") + "看表。\n"
text("link to an anchor in HTML", '<a id="here"></a>甲\n\n[到](#here)\n', [r'href="?[^" >]*#here'])
text("a picture from elsewhere", "![](https://example.org/a.png)\n", told=r"x\.md:\d+")
text("left from Hugo", "{{< youtube abc >}}\n", told=r"x\.md:\d+")
text("left from Hexo", "{% asset_img a.png %}\n", told=r"x\.md:\d+")
text("[[toc]]", "[[toc]]\n\n## 甲\n看。\n", hides=[r"\[\[toc"], told=r"x\.md:\d+", shows=[r"甲"])
text("==mark==", "请==务必==关水。\n", [r"<mark>务必"], told=r"x\.md:\d+")
text("VitePress tip", "::: tip 小贴士\n关水。\n:::\n", [r"小贴士"], told=r"x\.md:\d+")
text("conflict marks", "<<<<<<< HEAD\n甲\n=======\n乙\n>>>>>>> b\n", told=r"x\.md:\d+")
text("turned direction", "请\u202e水关\u202c。\n", told=r"x\.md:\d+")
text("vertical tab", "甲\u000b乙\u000c丙\n", [r"甲\s*\n?\s*乙"], [r"\x0b", r"\x0c"])
text("zero-width blanks", "请\u200b关\u2060水\ufeff。\n", [r"请关水。"])
text("soft hyphen", "请关\u00ad水。\n", [r"请关水。"], told=r"x\.md:\d+")
text("NUL", "甲\0乙\n", [r"甲乙|甲\s*乙"], [r"\x00"], told=r"x\.md")
text("a private use sign", "请看\ue000图。\n", told=r"x\.md|海报")
text("wrong weekday", "时间：2026年12月5日（星期五）上午。\n", told=r"星期六")
text("identity number in groups", "李某 510703 19700101 2310\n", told=r"x\.md:\d+")
text("identity number over two lines", "李某 510703197001\n012310\n", told=r"x\.md:\d+", shows=())
text("a mobile number", "请打 138-0013-8000 张三\n", told=r"x\.md:\d+")
text("a very long line", "水" * 200_000 + "\n", told=r"x\.md")
text("deep quotes", ">" * 3000 + " 水\n", [r"水"], told=r"x\.md")
text("deep lists", "".join("  " * i + "- 水\n" for i in range(400)), [r"水"], told=r"x\.md")
text("many open brackets", "[" * 50_000 + "水\n", told=r"x\.md", shows=[r"水"])
text("many stars", "*a " * 30_000 + "\n", told=r"x\.md", shows=[r"a"])
text("emoji", "请关水🚰，谢谢👨‍👩‍👧。\n", told=r"x\.md|海报")
text("an unclosed code fence", "甲\n\n```\n乙\n", told=r"x\.md:\d+")
text("an unclosed block", "甲\n\n:::提示框\n乙\n", told=r"x\.md:\d+")
text("an empty page", "", told=r"x\.md")
# ---------------------------------------------------------------- front matter
head("# in a value", "标题: 停水 #3楼\n日期: 2026-11-20", [r"停水 #3楼"], told=r"x\.md:2")
head("brackets first", "标题: [紧急]周六停水\n日期: 2026-11-20", [r"\[紧急\]周六停水"], told=r"x\.md:2")
head("@ first", "标题: @全体居民\n日期: 2026-11-20", [r"@全体居民"], told=r"x\.md:2")
head("& first", "标题: &通知\n日期: 2026-11-20", [r"&通知"], told=r"x\.md:2")
head("* first", "标题: *紧急*停水\n日期: 2026-11-20", [r"\*?紧急\*?停水"], told=r"x\.md:2")
head("% first", "标题: %5的水\n日期: 2026-11-20", [r"%5的水"], told=r"x\.md:2")
head("! first", "标题: !注意\n日期: 2026-11-20", [r"!注意"], told=r"x\.md:2")
head("quotes then words", '标题: "安全"过冬\n日期: 2026-11-20', [r'"安全"过冬'], told=r"x\.md:2")
head("colon in a value", "标题: 注意: 停水\n日期: 2026-11-20", [r"注意: 停水"], told=r"x\.md:2")
head("an open quote", '标题: "停水\n日期: 2026-11-20', [r"停水"], told=r"x\.md:2")
head("- first", "标题: - 停水\n日期: 2026-11-20", [r"- 停水"], told=r"x\.md:2")
head("yes as a title", "标题: yes\n日期: 2026-11-20", [r"yes"], told=r"x\.md:2")
head("a number as a title", "标题: 2026\n日期: 2026-11-20", [r"2026"])
head("null as a title", "标题: null\n日期: 2026-11-20", [r"null"], told=r"x\.md:2")
head("a blank title", "标题: \n日期: 2026-11-20", told=r"x\.md")
head("zero-width in a key", "标\u200b题: 停水\n日期: 2026-11-20", [r"停水"], told=r"x\.md:2")
head("no-break space after a colon", "标题:\u00a0停水\n日期:\u00a02026-11-20", [r"停水"], told=r"x\.md:2")
head("full-width blank after a colon", "标题:　停水\n日期：　2026-11-20", [r"停水"], told=r"x\.md:2")
head("full-width indent", "标题: 停水\n日期: 2026-11-20\n海报:\n　　模板: notice", [r"停水"], told=r"x\.md:\d")
head("tab indent", "标题: 停水\n日期: 2026-11-20\n海报:\n\t模板: notice", [r"停水"], told=r"x\.md:\d")
head("a date with a time", "标题: 停水\n日期: 2026-11-20 08:00", [r"11月20日|2026-11-20"], told=r"x\.md:3")
head("a date with a zone", "标题: 停水\n日期: 2026-11-20T08:00:00+08:00", [r"11月20日|2026-11-20"], told=r"x\.md:3")
head("a date with slashes", "标题: 停水\n日期: 2026/11/20", [r"11月20日|2026-11-20"], told=r"x\.md:3")
head("a date that is none", "标题: 停水\n日期: 2026-11-31", told=r"x\.md:3")
head("an odd year", "标题: 停水\n日期: 2062-11-20", told=r"x\.md:3")
head("an old year", "标题: 停水\n日期: 1926-11-20", told=r"x\.md:3")
head("an end before the beginning", "标题: 停水\n日期: 2026-11-20\n截止: 2026-11-02", told=r"x\.md:\d")
head("topics by 、", "标题: 停水\n日期: 2026-11-20\n主题: 节水护水、垃圾分类", [r"停水"], told=r"x\.md:4")
head("an unknown key", "标题: 停水\n日期: 2026-11-20\n摘耍: 停", told=r"x\.md:4")
head("a key twice", "标题: 停水\n标题: 停电\n日期: 2026-11-20", told=r"x\.md:[23]")
head("size in cm", "标题: 停水\n日期: 2026-11-20\n海报:\n  模板: notice\n  尺寸: 60x90cm", [r"停水"], told=r"x\.md:\d")
head("size in 米", "标题: 停水\n日期: 2026-11-20\n海报:\n  模板: notice\n  尺寸: 0.6×0.9米", [r"停水"], told=r"x\.md:\d")
head("a layout by its Chinese name", "标题: 停水\n日期: 2026-11-20\n截止: 2026-11-30\n海报:\n  模板: 通知", [r"停水"], told=r"x\.md:\d")
head("a posting period in words", "标题: 停水\n日期: 2026-11-20\n海报:\n  模板: notice\n  公示期: 七个工作日", [r"停水"], told=r"x\.md:\d")
head("four dashes", "标题: 停水\n日期: 2026-11-20\n文种: 通知\n----", told=r"x\.md", shows=[r"停水"])
add("no front matter", {PAGE: "周六停水。\n"}, told=r"x\.md")
add("front matter never closed", {PAGE: "---\n标题: 停水\n\n周六停水。\n"}, told=r"x\.md")
add("a blank line before", {PAGE: "\n\n" + HEAD + "停水。\n"}, [r"停水。"], told=r"x\.md")
add("UTF-16", {PAGE: (HEAD + "停水。\n").encode("utf-16")}, [r"停水。"], told=r"x\.md")
add("GB18030", {PAGE: (HEAD + "停水。\n").encode("gb18030")}, [r"停水。"], told=r"x\.md")
add("half a character", {PAGE: (HEAD + "停水").encode()[:-1]}, told=r"x\.md")
add("a Word file named .md", {PAGE: b"PK\x03\x04" + bytes(range(256)) * 20}, told=r"x\.md")
add("CR line ends", {PAGE: (HEAD + "甲。\n\n乙。\n").replace("\n", "\r")}, [r"乙。"], told=r"x\.md")


# ---------------------------------------------------------------- data
def sheet(rows, extra="", cols="", styles=None, states=("visible",)):
    """A workbook of one sheet, or of as many as `states`, by hand."""
    out = io.BytesIO()
    ns = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        over = "".join(f'<Override PartName="/xl/worksheets/sheet{i+1}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>' for i in range(len(states)))
        z.writestr("[Content_Types].xml", f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>{over}</Types>')
        z.writestr("_rels/.rels", '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>')
        sheets = "".join(f'<sheet name="S{i+1}" sheetId="{i+1}" state="{s}" r:id="rId{i+1}"/>' for i, s in enumerate(states))
        z.writestr("xl/workbook.xml", f'<workbook {ns} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>{sheets}</sheets></workbook>')
        rels = "".join(f'<Relationship Id="rId{i+1}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet{i+1}.xml"/>' for i in range(len(states)))
        z.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rels}<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>')
        codes = styles or ["General"]
        fmts = "".join(f'<numFmt numFmtId="{200+i}" formatCode="{html.escape(c)}"/>' for i, c in enumerate(codes))
        xfs = "".join(f'<xf numFmtId="{200+i}" applyNumberFormat="1"/>' for i in range(len(codes)))
        z.writestr("xl/styles.xml", f'<styleSheet {ns}><numFmts count="{len(codes)}">{fmts}</numFmts><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="{len(codes)}">{xfs}</cellXfs></styleSheet>')
        body = ""
        for r, (attributes, cells) in enumerate(rows, 1):
            body += f'<row r="{r}" {attributes}>'
            for c, cell in enumerate(cells):
                name = f"{chr(65 + c)}{r}"
                if isinstance(cell, tuple):
                    body += f'<c r="{name}" s="{cell[1]}"><v>{cell[0]}</v></c>'
                elif isinstance(cell, (int, float)):
                    body += f'<c r="{name}"><v>{cell}</v></c>'
                elif cell is not None:
                    body += f'<c r="{name}" t="inlineStr"><is><t xml:space="preserve">{html.escape(cell)}</t></is></c>'
            body += "</row>"
        for i in range(len(states)):
            z.writestr(f"xl/worksheets/sheet{i+1}.xml", f'<worksheet {ns}>{cols}<sheetData>{body if i == 0 else "<row r=%s1%s><c r=%sA1%s t=%sinlineStr%s><is><t>暗页</t></is></c></row>".replace("%s", chr(34))}</sheetData>{extra}</worksheet>')
    return out.getvalue()


def table(name, data, shows=(), hides=(), told=None, file="data/t.xlsx"):
    add(name, {PAGE: HEAD + "::表格{数据=t}\n", file: data}, shows, hides, told)


table("a hidden row", sheet([("", ["名", "数"]), ('hidden="1"', ["暗行", 1]), ("", ["明行", 2])]), [r"明行"], [r"暗行"])
table("a hidden column", sheet([("", ["名", "暗列"]), ("", ["明", "密"])], cols='<cols><col min="2" max="2" width="9" hidden="1" customWidth="1"/></cols>'), [r"明"], [r"密", r"暗列"])
table("a hidden sheet", sheet([("", ["名", "数"]), ("", ["明", 2])], states=("visible", "veryHidden")), [r"明"], [r"暗页"])
table("percent", sheet([("", ["名", "率"]), ("", ["甲", (0.125, 0)])], styles=["0.0%"]), [r"12\.5%"])
table("hours over 24", sheet([("", ["名", "时"]), ("", ["甲", (1.5, 0)])], styles=["[h]:mm"]), [r"36:00"])
table("leading zeros", sheet([("", ["名", "号"]), ("", ["甲", (7, 0)])], styles=["000"]), [r"007"])
table("money", sheet([("", ["名", "元"]), ("", ["甲", (1234.5, 0)])], styles=['"¥"#,##0.00']), [r"¥ ?1,234\.50"])
table("a date", sheet([("", ["名", "日"]), ("", ["甲", (46000, 0)])], styles=['yyyy"年"m"月"d"日"']), [r"2025年12月9日"])
table("下午", sheet([("", ["名", "时"]), ("", ["甲", (0.583333333333333, 0)])], styles=['[$-804]上午/下午h"时"mm"分"']), [r"下午2时00分|14:00"])
table("merged cells", sheet([("", ["楼", "户"]), ("", ["1号楼", 3]), ("", [None, 4])], extra='<mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells>'), [r"(?s)1号楼.*1号楼|rowspan"])
table("a line break in a cell", sheet([("", ["名", "时"]), ("", ["甲", "周六\n周日"])]), [r"周六\s*\n\s*周日|周六<br"], [r"周六 ?周日"])
table("identity numbers in a table", "姓名,证号\n李某,510703197001012310\n", told=r"t\.csv", file="data/t.csv")
table("a CSV with an open quote", '名,数\n甲,"1\n乙,2\n丙,3\n', told=r"t\.csv", file="data/t.csv")
table("a CSV with columns of one name", "名,名\n甲,乙\n", told=r"t\.csv", file="data/t.csv")
table("a CSV in GB18030", "名,数\n停水,2\n".encode("gb18030"), [r"停水"], file="data/t.csv")
table("a CSV with semicolons", "名;数\n停水;2\n", [r"(?m)^停水$"], told=r"t\.csv", file="data/t.csv")
table("a spreadsheet that is none", b"PK\x03\x04 nothing", told=r"t\.xlsx")
table("an empty table", "", told=r"t\.csv|`t`", file="data/t.csv")
add("items.csv", {"content/sorting/_index.md": "---\ntitle: 分类\n---\n看。\n", "content/sorting/items.csv": "物品,类别\n旧报纸,可回收物\n"}, [r"旧报纸"], told=r"items\.csv", where="public/sorting/**/*")


# ---------------------------------------------------------------- pictures
def png(w, h, row, depth=8, colour=2, before=b"", cut=None, idat=True):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    out = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", w, h, depth, colour, 0, 0, 0)) + before
    if idat:
        packer = zlib.compressobj(9)
        data = b"".join(packer.compress(b"\0" + row) for _ in range(h)) + packer.flush()
        out += chunk(b"IDAT", data)
    out += chunk(b"IEND", b"")
    return out[:cut] if cut else out


def picture(name, file, data, shows=(r"<img",), hides=(), told=None):
    add(name, {PAGE: HEAD + f"看图。\n\n![图]({file})\n", f"content/notices/2026-11/{file}": data}, shows, hides, told)


RED = bytes([200, 30, 30]) * 400
picture("an ordinary PNG", "a.png", png(400, 300, RED))
picture("an empty picture", "a.jpg", b"", told=r"a\.jpg")
picture("half a PNG", "a.png", png(400, 300, RED, cut=120), told=r"a\.png")
picture("a PNG without data", "a.png", png(400, 300, RED, idat=False), told=r"a\.png")
picture("text named .jpg", "a.jpg", "这不是图".encode(), told=r"a\.jpg")
picture("a PNG named .jpg", "a.jpg", png(400, 300, RED), told=r"a\.jpg")
picture("a BMP", "a.bmp", b"BM" + struct.pack("<IHHIIiiHHIIiiII", 54 + 12 * 10, 0, 0, 54, 40, 4, 10, 1, 24, 0, 120, 2835, 2835, 0, 0) + bytes(120), told=r"a\.bmp")
picture("a giant PNG", "a.png", png(40_000, 40_000, bytes(5000), depth=1, colour=0), told=r"a\.png", shows=())
picture("a head of 65500² in a JPEG", "a.jpg", b"\xff\xd8\xff\xc0\x00\x11\x08\xff\xdc\xff\xdc\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01\xff\xd9", told=r"a\.jpg", shows=())
picture("a head of 65535² in a GIF", "a.gif", b"GIF89a\xff\xff\xff\xff\x80\x00\x00\0\0\0\xff\xff\xff,\0\0\0\0\xff\xff\xff\xff\x00\x02\x02D\x01\x00;", told=r"a\.gif", shows=())
_packer = zlib.compressobj(9)
_profile = b"".join(_packer.compress(bytes(1_000_000)) for _ in range(1500)) + _packer.flush()
_data = b"x\0\0" + _profile
picture("a profile that grows", "a.png", png(400, 300, RED, before=struct.pack(">I", len(_data)) + b"iCCP" + _data + struct.pack(">I", zlib.crc32(b"iCCP" + _data))), told=r"a\.png")
picture("an SVG with a script", "a.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script>alert(1)</script><rect width="9" height="9"/></svg>', told=r"a\.svg")
picture("an SVG with foreignObject", "a.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 90"><foreignObject width="90" height="90"><p xmlns="http://www.w3.org/1999/xhtml">东门</p></foreignObject></svg>', told=r"a\.svg", shows=())
picture("an SVG that doubles", "a.svg", '<?xml version="1.0"?><!DOCTYPE svg [' + "".join(f'<!ENTITY a{i+1} "&a{i};&a{i};&a{i};&a{i};&a{i};&a{i};&a{i};&a{i};&a{i};&a{i};">' for i in range(9)) + '<!ENTITY a0 "ha">]><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text>&a9;</text></svg>', told=r"a\.svg", shows=())
picture("HEIC", "a.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(99), told=r"a\.heic", shows=())
picture("a picture's name with blanks", "IMG (1) 东门.png", png(400, 300, RED), told=r"x\.md:\d+")
add("an NFD name", {PAGE: HEAD + "看图。\n\n![图](café.png)\n", "content/notices/2026-11/cafe\u0301.png": png(400, 300, RED)}, [r"<img"], told=r"x\.md")
# ---------------------------------------------------------------- hostile themes
LAYOUT = "#let data = json(\"/data.json\")\n#set page(width: 297mm, height: 420mm)\n"


def template(name, body, told=r"theme/templates/home\.html|G52[34]"):
    """A theme whose home page's template holds `body`."""
    add("theme: " + name, {"theme/templates/home.html": body}, told=told, where="public/index.html")


def layout(name, body, told=r"posters/notice\.typ|G52[34]"):
    """A theme whose layout for notices holds `body`."""
    add("layout: " + name, {"theme/posters/notice.typ": LAYOUT + body}, told=told)


def nested(n, inside):
    return "{% for i in range(end=1000) %}" * n + inside + "{% endfor %}" * n


template("a string doubled", "{% set_global a = \"xxxxxxxx\" %}{% for i in range(end=60) %}{% set_global a = a ~ a %}{% endfor %}{{ a }}")
template("a list of doubled strings", "{% set_global a = \"xxxxxxxx\" %}{% for i in range(end=60) %}{% set_global a = [a, a] %}{% endfor %}{{ a }}")
template("loops without an end", nested(8, ""))
template("loops that write", nested(8, "xxxxxxxxxxxxxxxx"))
template("loops that write into a value", "{% set a %}" + nested(8, "xxxxxxxxxxxxxxxx") + "{% endset %}{{ a }}")
template("a range of 10^18", "{% for i in range(end=1000000000000000000) %}{% endfor %}")
template("a filter that grows", "{% set_global a = \"xx\" %}{% for i in range(end=60) %}{% set_global a = a | replace(from=\"x\", to=\"xxxxxxxxxx\") %}{% endfor %}")
template("a template that includes itself", "{% include \"home.html\" %}")
template("a template that extends itself", "{% extends \"site/home.html\" %}")
template("a component that calls itself", "{% component a() %}{{<a/>}}{{<a/>}}{% endcomponent a %}{{<a/>}}")
template("100,000 brackets", "{{ " + "(" * 100_000 + "1" + ")" * 100_000 + " }}")
template("100,000 ifs", "{% if true %}" * 100_000 + "{% endif %}" * 100_000)
template("a sum of 100,000", "{{ 1" + " + 1" * 100_000 + " }}{{ nothing }}")
layout("while true", "#while true { }\n")
layout("loops without an end", "#for a in range(100000) { for b in range(100000) { for c in range(100000) { } } }\n")
layout("a function that calls itself", "#let f(x) = f(x + 1)\n#f(1)\n")
layout("two functions that call each other", "#let f(x, g) = g(x, f)\n#let g(x, f) = f(x, g)\n#f(1, g)\n")
layout("a string doubled", "#{ let a = \"xxxxxxxx\"; for i in range(60) { a = a + a }; a }\n")
layout("a string of 10^15", "#(\"x\" * 1000000000000000)\n")
layout("an array of 10^12", "#range(1000000000000).len()\n")
layout("a million boxes", "#for i in range(3000000) { box(width: 1pt, height: 1pt) }\n")
layout("100,000 brackets", "#" + "(" * 100_000 + ")" * 100_000 + "\n")
layout("100,000 blocks", "#" + "[#" * 50_000 + "a" + "]" * 50_000 + "\n")
layout("pages without an end", "#for i in range(1000000) { pagebreak() }\n")
layout("a layout that does not settle", "#let c = counter(\"x\")\n#context for i in range(c.final().first() + 1) { c.step() }\n", told=r"模板 `notice`")
add("theme: an alias that grows", {"theme/tokens.yaml": "a0: &a0 [x,x]\n" + "".join(f"a{i+1}: &a{i+1} [{','.join(['*a%d' % i] * 9)}]\n" for i in range(12))}, told=r"tokens\.yaml")
add("theme: deep tokens", {"theme/tokens.yaml": "a: " + "[" * 100_000}, told=r"tokens\.yaml")
# ---------------------------------------------------------------- hostile and huge pictures
def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def zeros(n):
    """Packs `n` zeros, a million at a time, each packed alike."""
    million = bytes(1_000_000)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = packer.compress(million) + packer.flush(zlib.Z_FULL_FLUSH)
    check = 1
    for _ in range(n // 1_000_000):
        check = zlib.adler32(million, check)
    rest = bytes(n % 1_000_000)
    return b"\x78\x9c" + piece * (n // 1_000_000) + packer.compress(rest) + packer.flush() + struct.pack(">I", zlib.adler32(rest, check))


def blank(w, h, depth=8, colour=2, before=b""):
    """A PNG of one colour, however large."""
    row = 1 + (w * depth * {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour] + 7) // 8
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", w, h, depth, colour, 0, 0, 0)) + before + chunk(b"IDAT", zeros(row * h)) + chunk(b"IEND", b"")


def svg_with(png_bytes):
    import base64
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 90"><image width="90" height="90" href="data:image/png;base64,{base64.b64encode(png_bytes).decode()}"/></svg>'


def gif(w, h, frames):
    frame = b"!\xf9\x04\x00\x01\x00\x00\x00," + struct.pack("<HHHHB", 0, 0, w, h, 0) + b"\x02\x02D\x01\x00"
    return b"GIF89a" + struct.pack("<HHBBB", w, h, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff" + frame * frames + b";"


def jpeg_head(w, h, kind=0xC0, parts=3):
    head = b"\xff\xd8\xff\xdb\x00\x43\x00" + bytes([1] * 64)
    frame = struct.pack(">BHHB", 8, h, w, parts) + b"".join(bytes([n + 1, 0x11, 0]) for n in range(parts))
    return head + bytes([0xFF, kind]) + struct.pack(">H", len(frame) + 2) + frame + b"\xff\xda" + struct.pack(">HB", 6 + 2 * parts, parts) + b"".join(bytes([n + 1, 0]) for n in range(parts)) + b"\0\x3f\0" + bytes(1000) + b"\xff\xd9"


def flat_jpeg(w, h):
    """A JPEG of one grey, in three parts: each of its blocks is the two bits of nothing."""
    table = lambda kind: b"\xff\xc4" + struct.pack(">HB", 20, kind) + bytes([1] + [0] * 15) + b"\0"
    frame = struct.pack(">BHHB", 8, h, w, 3) + b"".join(bytes([n, 0x11, 0]) for n in (1, 2, 3))
    scan = bytes([3, 1, 0, 2, 0, 3, 0, 0, 63, 0])
    blocks = 3 * -(-w // 8) * -(-h // 8)
    return (
        b"\xff\xd8\xff\xdb\x00\x43\x00" + bytes([1] * 64)
        + b"\xff\xc0" + struct.pack(">H", len(frame) + 2) + frame
        + table(0x00) + table(0x10)
        + b"\xff\xda" + struct.pack(">H", len(scan) + 2) + scan
        + bytes(blocks * 2 // 8) + b"\x3f" + b"\xff\xd9"
    )


def noise(w, h):
    """A PNG in which no two pixels are alike."""
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", w, h, 8, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(b"".join(b"\0" + os.urandom(3 * w) for _ in range(h)), 1)) + chunk(b"IEND", b"")


HUGE = r"a\.(png|jpg|gif|svg|webp)"
picture("a progressive JPEG of 65500²", "a.jpg", lambda: jpeg_head(65500, 65500, 0xC2), told=HUGE, shows=())
picture("a JPEG of 65500² and four colours", "a.jpg", lambda: jpeg_head(65500, 65500, 0xC0, 4), told=HUGE, shows=())
picture("a JPEG of 65500²", "a.jpg", lambda: jpeg_head(65500, 65500), told=HUGE, shows=())
picture("a GIF of 65535² in 1,000 frames", "a.gif", lambda: gif(65535, 65535, 1000), told=HUGE, shows=())
picture("a GIF of 4000² in 2,000 frames", "a.gif", lambda: gif(4000, 4000, 2000), told=HUGE)
picture("a PNG of 2^31 × 2^31", "a.png", lambda: b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 2**31 - 1, 2**31 - 1, 16, 6, 0, 0, 0)) + chunk(b"IDAT", zeros(1000)) + chunk(b"IEND", b""), told=HUGE, shows=())
picture("a PNG of 1 × 2^24", "a.png", lambda: blank(1, 2**24, 8, 0), told=HUGE, shows=())
picture("a profile of 1.5 GB", "a.png", lambda: blank(400, 300, before=chunk(b"iCCP", b"x\0\0" + zeros(1_500_000_000))), told=HUGE)
picture("words of 1.5 GB", "a.png", lambda: blank(400, 300, before=chunk(b"zTXt", b"x\0\0" + zeros(1_500_000_000))), told=HUGE)
picture("international words of 1.5 GB", "a.png", lambda: blank(400, 300, before=chunk(b"iTXt", b"x\0\1\0\0\0" + zeros(1_500_000_000))), told=HUGE)
picture("a WebP of 16383²", "a.webp", lambda: b"RIFF" + struct.pack("<I", 4 + 8 + 10) + b"WEBPVP8 " + struct.pack("<I", 10) + b"\x30\x01\x00\x9d\x01\x2a\xff\x3f\xff\x3f", told=HUGE, shows=())
picture("a flat JPEG of 12 MP", "a.jpg", lambda: flat_jpeg(4000, 3000), told=r"G312")
picture("a PNG of 12 MP of noise", "a.png", lambda: noise(4000, 3000), told=HUGE)
picture("a PNG of 12000²", "a.png", lambda: blank(12000, 12000), told=HUGE)
picture("a PNG of 17000² in black and white", "a.png", lambda: blank(17000, 17000, 1, 0), told=HUGE)
picture("a PNG of 17000² in an SVG", "a.svg", lambda: svg_with(blank(17000, 17000)), told=HUGE)
picture("a black and white PNG of 17000² in an SVG", "a.svg", lambda: svg_with(blank(17000, 17000, 1, 0)), told=HUGE)
picture("a profile of 1.5 GB in an SVG", "a.svg", lambda: svg_with(blank(400, 300, before=chunk(b"iCCP", b"x\0\0" + zeros(1_500_000_000)))), told=HUGE)
picture("an SVG of 100,000 groups", "a.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">' + "<g>" * 100_000 + "</g>" * 100_000 + "</svg>", told=HUGE)
picture("an SVG that uses itself", "a.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><g id="a"><use href="#b"/><use href="#b"/></g><g id="b"><use href="#a"/><rect width="9" height="9"/></g><use href="#a"/></svg>', told=HUGE)
picture("an SVG of uses that double", "a.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><defs><rect id="a0" width="9" height="9"/>' + "".join(f'<g id="a{n+1}">' + f'<use href="#a{n}"/>' * 10 + "</g>" for n in range(9)) + '</defs><use href="#a9"/></svg>', told=HUGE)
picture("an SVG with a blur of 10^9", "a.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9000000 9000000"><filter id="f" x="-1000%" y="-1000%" width="99999%" height="99999%"><feGaussianBlur stdDeviation="1000000000"/></filter><rect width="9000000" height="9000000" filter="url(#f)"/></svg>', told=HUGE)
# ---------------------------------------------------------------- links out of the site
for folder in ("static", "ledger", "content", "data", "themes", "theme", "fonts"):
    add(f"{folder} leads out of the site", {f"{folder}": Path("/usr/share/doc")}, told=rf"(?s)G116.*{folder}", where="public/index.html")
# ---------------------------------------------------------------- files
GOOD = HEAD.replace("周六停水", "另一页") + "另一页的话。\n"
add("x.md.txt", {"content/notices/2026-11/y.md.txt": GOOD}, [r"另一页的话"], told=r"y\.md\.txt", where="public/**/*")
add("x.txt", {"content/notices/2026-11/y.txt": GOOD}, [r"另一页的话"], told=r"y\.txt", where="public/**/*")
add("a Word file", {"content/notices/2026-11/y.docx": b"PK\x03\x04"}, told=r"y\.docx")
add("a copy", {PAGE: HEAD + "停水。\n", "content/notices/2026-11/x - 副本.md": HEAD + "停水。\n"}, told=r"副本")
add("con.md", {"content/notices/2026-11/con.md": GOOD}, [r"另一页的话"], told=r"con\.md", where="public/**/*")
add("a long name", {f"content/notices/2026-11/{'关于停水的通知' * 11}.md": GOOD}, [r"另一页的话"], told=r"关于停水", where="public/**/*")
add("#3楼.md", {"content/notices/2026-11/#3楼.md": GOOD}, [r"另一页的话"], told=r"#3楼", where="public/**/*")
add("a name with a question mark", {"content/notices/2026-11/停水？.md": GOOD}, [r"另一页的话"], told=r"停水", where="public/**/*")
add("a name with a percent", {"content/notices/2026-11/50%.md": GOOD}, [r"另一页的话"], told=r"50%", where="public/**/*")
add("an empty .md", {"content/notices/2026-11/y.md": ""}, told=r"y\.md")
add("README.md in a folder", {"content/notices/2026-11/README.md": GOOD}, [r"另一页的话"], told=r"README", where="public/**/*")
add("index.md in a folder", {"content/notices/2026-11/index.md": GOOD}, [r"另一页的话"], told=r"index\.md", where="public/**/*")
add("a folder named x.md", {"content/notices/2026-11/y.md/z.md": GOOD}, [r"另一页的话"], told=r"y\.md", where="public/**/*")
add("two equal titles", {PAGE: HEAD + "甲。\n", "content/notices/2026-11/y.md": HEAD + "乙。\n"}, told=r"[xy]\.md")
# ---------------------------------------------------------------- settings and boards
add("settings with a tab", {"greenboard.yaml": "format: 1\ntitle: 小院\ncontact:\n\tphone: 12345\n"}, [r"小院"], told=r"greenboard\.yaml", where="public/index.html")
add("an address without https", {"greenboard.yaml": "format: 1\ntitle: 小院\nbase_url: xiaoyuan.example\n"}, told=r"greenboard\.yaml")
add("no settings", {"greenboard.yaml": None}, told=r"greenboard\.yaml")
add("settings twice", {"greenboard.yml": "format: 1\ntitle: 别院\n"}, told=r"greenboard\.yml")
add("a board without slots", {"content/boards/b.md": "---\n标题: 西门\n类型: 宣传栏\n位置: 西门\n尺寸: 500x600mm\n---\n看。\n"}, told=r"b\.md")
add("a board of 0 mm", {"content/boards/b.md": '---\ntitle: 西门\nkind: board\nplace: 西门\nsize: 0x0mm\nslots: A3\n---\n看。\n'}, told=r"b\.md")
add("a slot outside its board", {"content/boards/b.md": '---\ntitle: 西门\nkind: board\nplace: 西门\nsize: 500x600mm\nslots:\n  - { id: "1", at: [400, 400], size: A3 }\n---\n看。\n'}, told=r"b\.md")
add("a board of a kilometre", {"content/boards/b.md": '---\ntitle: 西门\nkind: board\nplace: 西门\nsize: 1000000x1000000mm\nslots: 1 x A3\n---\n看。\n'}, told=r"b\.md")
add("a million slots", {"content/boards/b.md": '---\ntitle: 西门\nkind: board\nplace: 西门\nsize: 2000x1000mm\nslots: 1000000 x A3\n---\n看。\n'}, told=r"b\.md")
add("no home page", {"content/_index.md": None}, [r"小院"], told=r"_index\.md", where="public/index.html")
add("a calendar of nonsense", {"content/calendar.yaml": "- 你好\n- [1, 2\n"}, told=r"calendar\.yaml")
add("billion laughs", {"content/sorting/_index.md": "---\ntitle: 分类\n---\n看。\n", "content/sorting/items.yaml": "a0: &a0 [x,x]\n" + "".join(f"a{i+1}: &a{i+1} [{','.join(['*a%d' % i] * 9)}]\n" for i in range(12))}, told=r"items\.yaml")
add("deep data", {"data/t.json": "[" * 100_000, PAGE: HEAD + "停水。\n"}, told=r"t\.json")


def words(page):
    """A page's text, a line for each block, followed by its markup."""
    raw = page.read_text(encoding="utf-8", errors="replace")
    main = re.search(r"(?s)<main.*", raw)
    body = main.group(0) if main else raw
    # A summary is a line of its own, whatever it sums up.
    body = re.sub(r'(?s)<p class="?page-summary.*?</p>', "", body)
    body = re.sub(r"(?s)<(script|style)\b.*?</\1>", "", body)
    text = re.sub(r"\s*\n\s*", " ", body)
    text = re.sub(r"</?(p|li|h\d|br|div|tr|td|th|dt|dd|ul|ol|table|article|section|figure|pre|blockquote)\b[^>]*>", "\n", text)
    text = re.sub(r"<[^>]+>", "", text)
    lines = "\n".join(line.strip() for line in html.unescape(text).split("\n"))
    return lines + "\n" + body


def run(program, case):
    name, files, shows, hides, told, where = case
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for path, data in sorted({**SITE, PAGE: HEAD + "停水。\n", **files}.items()):
            if data is None or any((root / above).is_symlink() for above in Path(path).parents):
                continue
            data = data() if callable(data) else data
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(data, Path):
                target.symlink_to(data)
                continue
            target.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"))
        out = root / ".out"
        with open(out, "wb") as sink:
            child = subprocess.Popen([program, "build", "--today", "2026-11-23"], cwd=root, stdout=sink, stderr=subprocess.STDOUT, env={"PATH": os.environ["PATH"], "HOME": "/nonexistent", "NO_COLOR": "1"})
            try:
                child.wait(PATIENCE)
                hung = False
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
                hung = True
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        said = out.read_text(encoding="utf-8", errors="replace")
        pages = [p for p in root.glob(where) if p.suffix in (".html", ".json", ".txt", ".xml") and p.is_file()]
        seen = "\n".join(words(p) for p in pages)
        messages = [block for block in re.split(r"\n(?=\S+ G\d{3})", said) if re.search(r"G\d{3}", block)]
        messages = [block for block in messages if not re.search(r"G402|G421", block)]
        spoken = [block for block in messages if told and re.search(told, block)]
        message = re.search(r"G\d{3}.*", (spoken or messages or [""])[0])
        spoke = bool(spoken)
        right = child.returncode == 0 and bool(seen) and all(re.search(s, seen) for s in shows) and not any(re.search(h, seen) for h in hides)
        if hung or usage.ru_utime + usage.ru_stime > TIMEOUT:
            verdict = "hang"
        elif child.returncode not in (0, 1, 2):
            verdict = "abort"
        elif spoke:
            verdict = "told"
        elif right and (shows or hides):
            verdict = "right"
        else:
            verdict = "silent"
        return verdict, child.returncode, (message.group(0)[:90] if message else ""), usage


def main():
    program, wanted = os.path.abspath(sys.argv[1]), sys.argv[2:]
    counts = {}
    for case in INPUTS:
        if wanted and not any(re.search(pattern, case[0]) for pattern in wanted):
            continue
        # Each in a process of its own, as the system tells the greatest memory of all children.
        reader, writer = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(reader)
            verdict, code, said, usage = run(program, case)
            if usage.ru_maxrss > MEMORY and verdict in ("told", "right"):
                verdict = "memory"
            line = f"{verdict:7} {case[0]:34} rc {code}  {usage.ru_utime + usage.ru_stime:5.1f} s {usage.ru_maxrss // 1024:5} MB  {said}"
            os.write(writer, f"{verdict}\n{line}".encode())
            os._exit(0)
        os.close(writer)
        answer = b""
        while piece := os.read(reader, 65536):
            answer += piece
        os.close(reader)
        os.waitpid(pid, 0)
        verdict, line = answer.decode().split("\n", 1) if answer else ("abort", f"abort   {case[0]} (the harness)")
        counts[verdict] = counts.get(verdict, 0) + 1
        print(line, flush=True)
    total = sum(counts.values())
    print(f"{total} inputs: " + ", ".join(f"{n} {verdict}" for verdict, n in sorted(counts.items())))
    sys.exit(0 if total and total == counts.get("right", 0) + counts.get("told", 0) else 1)


main()

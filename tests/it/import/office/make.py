"""Makes the documents beside this file with the programs themselves: python-docx, openpyxl and LibreOffice.

Usage: tests/oracles/.venv/bin/python tests/it/import/office/make.py

They are kept in the repository, so that tests need neither program. Each is made as that program
makes it: its own styles, numbering, boxes and fields, which differ from Word's.
"""
import datetime
import io
import pathlib
import subprocess
import tempfile

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from PIL import Image, ImageDraw

HERE = pathlib.Path(__file__).parent


def drawn(width, height, colour, kind='PNG', turn=None):
    """A picture of one colour with a darker corner, so that a turn is seen."""
    image = Image.new('RGB', (width, height), colour)
    ImageDraw.Draw(image).rectangle([0, 0, width // 3, height // 3], fill='#223344')
    out = io.BytesIO()
    if turn:
        exif = Image.Exif()
        exif[0x0112] = turn
        exif[0x010F] = 'Phone'
        image.save(out, kind, exif=exif)
    else:
        image.save(out, kind)
    out.seek(0)
    return out


def sized(run, points, font='仿宋_GB2312', bold=None):
    run.font.size = Pt(points)
    run.font.name = font
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn('w:eastAsia'), font)
    run.font.bold = bold
    return run


def line(document, text, points=16, align=None, font='仿宋_GB2312', indent=True):
    paragraph = document.add_paragraph()
    sized(paragraph.add_run(text), points, font)
    paragraph.alignment = align
    if indent and align is None:
        paragraph.paragraph_format.first_line_indent = Pt(32)
    return paragraph


def styles(document):
    """Its own styles: title, headings, lists, quotation, caption."""
    document.add_heading('阳台种菜十问', 0)
    document.add_paragraph('梧桐里社区花友会整理。')
    document.add_heading('种什么', 1)
    document.add_paragraph('先从好活的种起：', style='Normal')
    for text in ['小葱', '生菜', '薄荷']:
        document.add_paragraph(text, style='List Bullet')
    document.add_paragraph('薄荷要单独一盆', style='List Bullet 2')
    document.add_heading('怎么浇水', 1)
    document.add_heading('夏天', 2)
    for text in ['早上浇透', '中午不浇', '傍晚看土再浇']:
        document.add_paragraph(text, style='List Number')
    document.add_heading('冬天', 2)
    document.add_paragraph('见干见湿，宁干勿湿。', style='Intense Quote')
    document.add_paragraph('一位老花农说：少浇水，多晒太阳。', style='Quote')
    table = document.add_table(rows=1, cols=3, style='Light Grid Accent 1')
    for cell, text in zip(table.rows[0].cells, ['菜', '下种', '收']):
        cell.text = text
    for row in [('小葱', '3月', '5月'), ('生菜', '9月', '11月')]:
        for cell, text in zip(table.add_row().cells, row):
            cell.text = text
    document.add_paragraph('表1 下种和收的月份', style='Caption')


def official(document):
    """An office notice without any style: sizes and places alone."""
    section = document.sections[0]
    section.footer.paragraphs[0].text = '— 1 —'
    line(document, '梧桐路街道办事处文件', 22, ALIGN.CENTER, '方正小标宋简体').runs[0].font.color.rgb = RGBColor(0xE0, 0, 0)
    line(document, '梧街办〔2026〕31号', 16, ALIGN.CENTER)
    line(document, '关于做好2027年元旦春节期间', 22, ALIGN.CENTER, '方正小标宋简体')
    line(document, '烟花爆竹禁放工作的通知', 22, ALIGN.CENTER, '方正小标宋简体')
    line(document, '各社区居委会、各物业服务企业：', indent=False)
    line(document, '为确保居民群众平安过节，现就有关事项通知如下。')
    line(document, '一、禁放范围', font='黑体')
    line(document, '街道全域，包括楼道、阳台和绿地。')
    line(document, '二、工作要求', font='黑体')
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.first_line_indent = Pt(32)
    sized(paragraph.add_run('（一）加强宣传。'), 16, '楷体_GB2312')
    sized(paragraph.add_run('12月20日前，每个单元贴一张告知书。'), 16)
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.first_line_indent = Pt(32)
    sized(paragraph.add_run('（二）加强巡查。'), 16, '楷体_GB2312')
    sized(paragraph.add_run('除夕、初五、元宵夜间，每晚20:00至次日1:00巡查，发现一起，劝阻一起，报告一起。'), 16)
    line(document, '联系人：王芳，电话：5550 0116。')
    line(document, '附件：1.禁放告知书（样式）')
    line(document, '2.巡查排班表', 16).paragraph_format.left_indent = Pt(48)
    document.add_paragraph()
    line(document, '梧桐路街道办事处', 16, ALIGN.RIGHT)
    line(document, '2026年12月15日', 16, ALIGN.RIGHT)
    line(document, '（此件公开发布）')
    paragraph = document.add_paragraph()
    paragraph.add_run().add_break(WD_BREAK.PAGE)
    line(document, '附件1', indent=False)
    line(document, '禁放告知书（样式）', 22, ALIGN.CENTER)
    line(document, '居民朋友：请不要在小区里燃放烟花爆竹。')


def tables(document):
    """Merged cells in all directions, a table in a cell, a picture in a cell."""
    title = line(document, '梧桐里社区便民服务一览表', 18, ALIGN.CENTER)
    title.runs[0].font.bold = True
    table = document.add_table(rows=7, cols=4, style='Table Grid')
    rows = [
        ['类别', '项目', '时间', ''],
        ['', '', '工作日', '周末'],
        ['生活', '理发', '每周三', '停'],
        ['', '磨刀', '每月1日', '停'],
        ['健康', '量血压', '每天上午', '上午'],
        ['咨询', '法律咨询', '每月第二个周五', ''],
        ['备注：法定节假日另行通知。', '', '', ''],
    ]
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(1, 1))
    table.cell(0, 2).merge(table.cell(0, 3))
    table.cell(2, 0).merge(table.cell(3, 0))
    table.cell(5, 2).merge(table.cell(5, 3))
    table.cell(6, 0).merge(table.cell(6, 3))
    document.add_paragraph('上面是固定的，下面是临时的：')
    outer = document.add_table(rows=2, cols=2, style='Table Grid')
    outer.cell(0, 0).text = '活动'
    outer.cell(0, 1).text = '安排'
    outer.cell(1, 0).text = '义诊'
    inner = outer.cell(1, 1).add_table(2, 2)
    for r, row in enumerate([('内科', '9:00'), ('牙科', '10:00')]):
        for c, text in enumerate(row):
            inner.cell(r, c).text = text
    pictured = document.add_table(rows=1, cols=2, style='Table Grid')
    pictured.cell(0, 0).paragraphs[0].add_run().add_picture(drawn(80, 60, '#88aa66'), width=Cm(3))
    pictured.cell(0, 1).text = '服务点在居委会一楼'


def pictures(document):
    """Pictures, one turned by its camera; header, footer, comment and author."""
    document.core_properties.author = '李强'
    document.core_properties.last_modified_by = '赵敏'
    document.sections[0].header.paragraphs[0].text = '内部传阅'
    document.add_heading('12月5日楼道清理', 0)
    paragraph = document.add_paragraph('志愿者清出旧家具')
    document.add_comment(paragraph.runs, text='数字要再核', author='李强', initials='LQ')
    paragraph.add_run('十二件。')
    document.add_picture(drawn(120, 80, '#99bbdd', 'JPEG', turn=6), width=Cm(8))
    document.paragraphs[-1].alignment = ALIGN.CENTER
    document.add_paragraph('图1 清理前的三楼', style='Caption').alignment = ALIGN.CENTER
    document.add_picture(drawn(120, 80, '#ddbb99'), width=Cm(8))
    document.paragraphs[-1]._element.find('.//' + qn('wp:docPr')).set('descr', '清理后的三楼，墙边没有东西')
    document.add_paragraph('谢谢大家。')


def looks(document):
    """Looks of words, hidden words, links, lines and pages; a page across."""
    document.add_heading('测水质记录', 0)
    paragraph = document.add_paragraph()
    paragraph.add_run('面积 25 m')
    paragraph.add_run('2').font.superscript = True
    paragraph.add_run('，含氧 O')
    paragraph.add_run('2').font.subscript = True
    paragraph.add_run('，')
    paragraph.add_run('重点').bold = True
    paragraph.add_run('，')
    paragraph.add_run('作废').font.strike = True
    paragraph.add_run('，')
    paragraph.add_run('下划线').underline = True
    paragraph.add_run('内部数据').font.hidden = True
    paragraph.add_run('。')
    paragraph = document.add_paragraph('见')
    link = OxmlElement('w:hyperlink')
    link.set(qn('r:id'), document.part.relate_to(
        'https://water.example/2026', 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink', is_external=True))
    run = OxmlElement('w:r')
    text = OxmlElement('w:t')
    text.text = '全部记录'
    run.append(text)
    link.append(run)
    paragraph._element.append(link)
    paragraph.add_run('。')
    paragraph = document.add_paragraph('第一行')
    paragraph.add_run().add_break()
    paragraph.add_run('第二行')
    paragraph.add_run('\t右边')
    red = document.add_paragraph().add_run('红字请注意')
    red.font.color.rgb = RGBColor(0xC0, 0, 0)
    section = document.add_section()
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    document.add_paragraph('横着的一页。')


def posting(document):
    """A posting notice with names in blanks, a table of money and its days."""
    line(document, '关于2026年第四季度低保名单的公示', 22, ALIGN.CENTER)
    line(document, '经个人申请、居民代表评议，拟将下列家庭纳入最低生活保障，现予公示。')
    table = document.add_table(rows=1, cols=4, style='Table Grid')
    for cell, text in zip(table.rows[0].cells, ['序号', '户主', '人数', '月保障金（元）']):
        cell.paragraphs[0].add_run(text).bold = True
        cell.paragraphs[0].alignment = ALIGN.CENTER
    for n, (name, people, money) in enumerate([('张*', 2, '1,860.00'), ('欧阳*', 1, '1,050.00'), ('李*军', 3, '2,400.00')], 1):
        for cell, text in zip(table.add_row().cells, [str(n), name, str(people), money]):
            cell.text = text
    line(document, '公示期为7个工作日（2026年12月1日至12月9日）。如有异议，请向居委会反映。')
    line(document, '联系电话：5550 0116')
    line(document, '梧桐里社区居民委员会', 16, ALIGN.RIGHT)
    line(document, '二〇二六年十二月一日', 16, ALIGN.RIGHT)


def numbers(document):
    """Numbers of an own list: 一、（一）1. begun anew by a second list."""
    numbering = document.part.numbering_part.element
    abstract = OxmlElement('w:abstractNum')
    abstract.set(qn('w:abstractNumId'), '77')
    formats = [('chineseCounting', '%1、'), ('chineseCounting', '（%2）'), ('decimal', '%3.')]
    for at, (kind, shown) in enumerate(formats):
        level = OxmlElement('w:lvl')
        level.set(qn('w:ilvl'), str(at))
        for name, value in [('w:start', '1'), ('w:numFmt', kind), ('w:lvlText', shown)]:
            child = OxmlElement(name)
            child.set(qn('w:val'), value)
            level.append(child)
        abstract.append(level)
    numbering.insert(0, abstract)
    for number in ['701', '702']:
        one = OxmlElement('w:num')
        one.set(qn('w:numId'), number)
        kind = OxmlElement('w:abstractNumId')
        kind.set(qn('w:val'), '77')
        one.append(kind)
        if number == '702':
            anew = OxmlElement('w:lvlOverride')
            anew.set(qn('w:ilvl'), '2')
            start = OxmlElement('w:startOverride')
            start.set(qn('w:val'), '1')
            anew.append(start)
            one.append(anew)
        numbering.append(one)

    def item(text, level, number='701'):
        paragraph = document.add_paragraph()
        sized(paragraph.add_run(text), 16)
        properties = paragraph._element.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = level
        properties.get_or_add_numId().val = int(number)

    line(document, '居民公约', 22, ALIGN.CENTER)
    item('邻里和睦', 0)
    item('不在夜里装修，晚上十点以后放低声音。', 1)
    item('借了公用的东西要还。', 1)
    item('梯子', 2)
    item('推车', 2)
    item('环境整洁', 0)
    item('垃圾分四类投放。', 1)
    item('大件这样约：', 1)
    item('打电话', 2, '702')
    item('贴单子', 2, '702')


# What LibreOffice writes: each a flat OpenDocument text that it makes a .docx of.
FLAT = '''<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:meta><meta:initial-creator>李强</meta:initial-creator><dc:creator>赵敏</dc:creator></office:meta>
<office:styles>
 <style:default-style style:family="paragraph"><style:text-properties fo:font-size="16pt" style:font-size-asian="16pt"/></style:default-style>
 <style:style style:name="Standard" style:family="paragraph"/>
 <style:style style:name="Title" style:family="paragraph" style:parent-style-name="Standard" style:class="chapter">
  <style:paragraph-properties fo:text-align="center"/><style:text-properties fo:font-size="22pt" style:font-size-asian="22pt" fo:font-weight="bold" style:font-weight-asian="bold"/></style:style>
 <style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph" style:parent-style-name="Standard" style:default-outline-level="1"/>
 <style:style style:name="Heading_20_2" style:display-name="Heading 2" style:family="paragraph" style:parent-style-name="Standard" style:default-outline-level="2"/>
 <style:style style:name="Frame" style:family="graphic"><style:graphic-properties draw:fill="none" draw:stroke="none" fo:border="none"/></style:style>
 <style:style style:name="Figure" style:family="paragraph" style:parent-style-name="Standard"/>
 OUTLINE
</office:styles>
<office:automatic-styles>
 <style:style style:name="C" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties fo:text-align="center"/></style:style>
 <style:style style:name="R" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties fo:text-align="end"/></style:style>
 <style:style style:name="I" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties fo:text-indent="32pt"/></style:style>
 <style:style style:name="Big" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties fo:text-align="center"/><style:text-properties fo:font-size="22pt" style:font-size-asian="22pt"/></style:style>
 <style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold" style:font-weight-asian="bold"/></style:style>
 <style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>
 <style:style style:name="Sup" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>
 <style:style style:name="Fr" style:family="graphic" style:parent-style-name="Frame"><style:graphic-properties style:wrap="none" style:horizontal-pos="center" style:horizontal-rel="paragraph"/></style:style>
 <text:list-style style:name="L1">
  <text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..." style:num-suffix="、"/>
  <text:list-level-style-number text:level="2" style:num-format="一, 二, 三, ..." style:num-prefix="（" style:num-suffix="）"/>
  <text:list-level-style-number text:level="3" style:num-format="1" style:num-suffix="."/></text:list-style>
 <text:list-style style:name="L2"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/><text:list-level-style-bullet text:level="2" text:bullet-char="◦"/></text:list-style>
</office:automatic-styles>
<office:master-styles/>
<office:body><office:text>TRACKED BODY</office:text></office:body></office:document>'''

OUTLINE = '''<text:outline-style style:name="Outline">
 <text:outline-level-style text:level="1" style:num-format="一, 二, 三, ..." style:num-suffix="、"/>
 <text:outline-level-style text:level="2" style:num-format="一, 二, 三, ..." style:num-prefix="（" style:num-suffix="）"/></text:outline-style>'''


def image_data(width, height, colour, kind='PNG', turn=None):
    import base64
    return base64.b64encode(drawn(width, height, colour, kind, turn).getvalue()).decode()


FLATS = {
    'libre-1-official': (OUTLINE, '', '''
<text:p text:style-name="C">梧街办〔2026〕33号</text:p>
<text:p text:style-name="Title">关于开展冬季消防安全<text:line-break/>大检查的通知</text:p>
<text:p>各社区居委会：</text:p>
<text:p text:style-name="I">为做好冬季防火，现将有关事项通知如下。</text:p>
<text:h text:style-name="Heading_20_1" text:outline-level="1">检查范围</text:h>
<text:p text:style-name="I">辖区内的居民楼、<text:span text:style-name="B">电动自行车棚</text:span>、沿街商铺。</text:p>
<text:h text:style-name="Heading_20_1" text:outline-level="1">检查内容</text:h>
<text:h text:style-name="Heading_20_2" text:outline-level="2">楼道</text:h>
<text:p text:style-name="I">通道畅通，灭火器在有效期内。</text:p>
<text:h text:style-name="Heading_20_2" text:outline-level="2">车棚</text:h>
<text:p text:style-name="I">面积25m<text:span text:style-name="Sup">2</text:span>以上的要有喷淋。</text:p>
<text:p text:style-name="R">梧桐路街道办事处</text:p>
<text:p text:style-name="R">2026年12月3日</text:p>'''),
    'libre-2-lists': ('', '', '''
<text:p text:style-name="Big">冬季用水提醒</text:p>
<text:list text:style-name="L1"><text:list-item><text:p>先看水管</text:p>
 <text:list><text:list-item><text:p>朝北的阳台</text:p><text:list><text:list-item><text:p>包上棉布</text:p></text:list-item><text:list-item><text:p>夜里留一线水</text:p></text:list-item></text:list></text:list-item>
 <text:list-item><text:p>楼道的水表</text:p></text:list-item></text:list></text:list-item>
 <text:list-item><text:p>再看热水器</text:p></text:list-item></text:list>
<text:p>冻住了怎么办：</text:p>
<text:list text:style-name="L2"><text:list-item><text:p>用温水慢慢浇</text:p></text:list-item><text:list-item><text:p>不用开水</text:p><text:list><text:list-item><text:p>会炸管</text:p></text:list-item></text:list></text:list-item></text:list>
<text:list text:style-name="L1" text:continue-numbering="true"><text:list-item><text:p>最后关总阀</text:p></text:list-item></text:list>'''),
    'libre-3-table': ('', '', '''
<text:p text:style-name="Big">停车位收支表</text:p>
<table:table table:name="T1"><table:table-column table:number-columns-repeated="4"/>
<table:table-header-rows><table:table-row><table:table-cell table:number-rows-spanned="2"><text:p>月份</text:p></table:table-cell><table:table-cell table:number-columns-spanned="2"><text:p>收入</text:p></table:table-cell><table:covered-table-cell/><table:table-cell table:number-rows-spanned="2"><text:p>备注</text:p></table:table-cell></table:table-row>
<table:table-row><table:covered-table-cell/><table:table-cell><text:p>临停</text:p></table:table-cell><table:table-cell><text:p>包月</text:p></table:table-cell><table:covered-table-cell/></table:table-row></table:table-header-rows>
<table:table-row><table:table-cell><text:p>10月</text:p></table:table-cell><table:table-cell><text:p>1,200.50</text:p></table:table-cell><table:table-cell><text:p>3,000.00</text:p></table:table-cell><table:table-cell table:number-rows-spanned="2"><text:p>含东门</text:p><text:p>不含西门</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell><text:p>11月</text:p></table:table-cell><table:table-cell><text:p>980.00</text:p></table:table-cell><table:table-cell><text:p>3,000.00</text:p></table:table-cell><table:covered-table-cell/></table:table-row>
<table:table-row><table:table-cell><text:p>合计</text:p></table:table-cell><table:table-cell table:number-columns-spanned="3"><text:p>8,180.50</text:p></table:table-cell><table:covered-table-cell/><table:covered-table-cell/></table:table-row></table:table>
<text:p>说明：单位为元。</text:p>'''),
    'libre-4-boxes': ('', '', '''
<text:p text:style-name="Big">新设施怎么用</text:p>
<text:p>电池回收箱在3号楼门口。<draw:frame draw:style-name="Fr" text:anchor-type="char" draw:name="框1" svg:width="8cm" draw:z-index="0"><draw:text-box fo:min-height="2cm"><text:p text:style-name="Figure"><draw:frame draw:style-name="Fr" text:anchor-type="paragraph" draw:name="图1" svg:width="7cm" svg:height="4.6cm" draw:z-index="1"><draw:image><office:binary-data>''' + image_data(120, 80, '#bbdd99') + '''</office:binary-data></draw:image></draw:frame>图<text:sequence text:ref-name="refIllustration0" text:name="Illustration" text:formula="ooow:Illustration+1" style:num-format="1">1</text:sequence>：回收箱的投口</text:p></draw:text-box></draw:frame></text:p>
<text:p>文字框里还有一句：<draw:frame draw:style-name="Fr" text:anchor-type="paragraph" draw:name="框2" svg:width="6cm" draw:z-index="2"><draw:text-box fo:min-height="1cm"><text:p>先用胶带包住两头</text:p></draw:text-box></draw:frame></text:p>
<text:p><draw:custom-shape text:anchor-type="paragraph" svg:width="5cm" svg:height="2cm" draw:z-index="3"><text:p>纽扣电池单独放</text:p><draw:enhanced-geometry xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" svg:viewBox="0 0 21600 21600" draw:type="rectangle" draw:enhanced-path="M 0 0 L 21600 0 21600 21600 0 21600 0 0 Z N"/></draw:custom-shape>下面是照片。</text:p>
<text:p><draw:frame text:anchor-type="as-char" draw:name="图2" svg:width="6cm" svg:height="4cm"><draw:image><office:binary-data>''' + image_data(120, 80, '#dd9999', 'JPEG', 6) + '''</office:binary-data></draw:image><svg:desc>一位居民在投电池</svg:desc></draw:frame></text:p>
<text:p>完。</text:p>'''),
    'libre-5-hidden': ('', '''<text:tracked-changes><text:changed-region text:id="d1"><text:deletion><office:change-info><dc:creator>李强</dc:creator><dc:date>2026-11-01T08:00:00</dc:date></office:change-info><text:p>删掉的话</text:p></text:deletion></text:changed-region><text:changed-region text:id="a1"><text:insertion><office:change-info><dc:creator>李强</dc:creator><dc:date>2026-11-01T08:00:00</dc:date></office:change-info></text:insertion></text:changed-region></text:tracked-changes>''', '''
<text:p text:style-name="Big">关于年底慰问的公告</text:p>
<text:p>慰问<text:change text:change-id="d1"/><text:change-start text:change-id="a1"/>八十岁以上的<text:change-end text:change-id="a1"/>老人<office:annotation><dc:creator>李强</dc:creator><dc:date>2026-11-01T08:00:00</dc:date><text:p>名单另附</text:p></office:annotation>。<text:span text:style-name="H">预算三万</text:span></text:p>
<text:p>凭身份证领取<text:note text:id="ftn1" text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>可以由家人代领。</text:p></text:note-body></text:note>，地点在<text:a xlink:type="simple" xlink:href="https://map.example/a">活动室</text:a><text:note text:id="ftn2" text:note-class="endnote"><text:note-citation>i</text:note-citation><text:note-body><text:p>二楼。</text:p></text:note-body></text:note>。</text:p>
<text:p>第<text:page-number text:select-page="current">1</text:page-number>页，<text:tab/>完<text:s text:c="3"/>毕。</text:p>
<text:p text:style-name="R">梧桐里社区居委会</text:p>
<text:p text:style-name="R">2026年12月10日</text:p>'''),
    'libre-6-contents': (OUTLINE, '', '''
<text:p text:style-name="Title">居民手册</text:p>
<text:table-of-content text:name="目录1"><text:table-of-content-source text:outline-level="10"><text:index-title-template>目录</text:index-title-template></text:table-of-content-source><text:index-body><text:index-title text:name="目录1_Head"><text:p>目录</text:p></text:index-title><text:p><text:a xlink:type="simple" xlink:href="#1">一、报修<text:tab/>1</text:a></text:p><text:p><text:a xlink:type="simple" xlink:href="#2">二、缴费<text:tab/>1</text:a></text:p></text:index-body></text:table-of-content>
<text:h text:style-name="Heading_20_1" text:outline-level="1"><text:bookmark text:name="b1"/>报修</text:h>
<text:p>打5550 0116，见<text:bookmark-ref text:reference-format="text" text:ref-name="b2">缴费</text:bookmark-ref>一节。</text:p>
<text:h text:style-name="Heading_20_1" text:outline-level="1"><text:bookmark-start text:name="b2"/>缴费<text:bookmark-end text:name="b2"/></text:h>
<text:p>每月25日前。</text:p>'''),
}

PAGE = '''<!doctype html><html lang="zh"><meta charset="utf-8"><title>换季穿衣</title>
<h1>换季穿衣小提示</h1><p>早晚温差大，<b>老人孩子</b>多穿一件。</p>
<h2>怎么看天气</h2><ol><li>看气温<ul><li>早上</li><li>晚上</li></ul></li><li>看风</li></ol>
<blockquote>春捂秋冻，不生杂病。</blockquote>
<table border="1"><tr><th>气温</th><th>穿什么</th></tr><tr><td>10&ndash;15&deg;C</td><td>外套<br>薄毛衣</td></tr><tr><td rowspan="2">5&deg;C 以下</td><td>羽绒服</td></tr><tr><td>帽子</td></tr></table>
<p>来自<a href="https://weather.example/">气象台</a>。</p></html>'''


def flat(name, folder):
    outline, tracked, body = FLATS[name]
    path = folder / f'{name}.fodt'
    text = FLAT.replace('OUTLINE', outline).replace('TRACKED', tracked).replace('BODY', body)
    path.write_text(text, encoding='utf-8')
    return path


def converted(path, extra=(), to='docx:MS Word 2007 XML'):
    home = f'-env:UserInstallation=file://{path.parent}/profile'
    subprocess.run(['soffice', home, '--headless', *extra, '--convert-to', to, '--outdir', str(HERE), str(path)],
                   check=True, timeout=120, stdout=subprocess.DEVNULL)


def fees(book):
    """A head of two rows, formats, rows that a filter hides, sheets that nobody sees, days from 1904."""
    book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    sheet.title = '公共收益'
    rows = [
        ['梧桐里小区2026年公共收益'],
        ['月份', '收入（元）', None, '占比', '入账日', '经办'],
        [None, '停车', '广告', None, None, None],
        ['10月', 12345.5, 800, 0.356, datetime.date(2026, 10, 31), '王芳'],
        ['11月', 9876, 0, 0.25, datetime.date(2026, 11, 30), '刘洋'],
        ['草稿', 1, 1, 1, datetime.date(2026, 1, 1), '谁'],
        ['12月', None, 1200, 1, datetime.date(2026, 12, 31), '王芳'],
    ]
    for row in rows:
        sheet.append(row)
    sheet.merge_cells('A1:F1')
    for merged in ['A2:A3', 'B2:C2', 'D2:D3', 'E2:E3', 'F2:F3']:
        sheet.merge_cells(merged)
    for row in sheet.iter_rows(min_row=4, max_row=7):
        for cell, code in zip(row, [None, '#,##0.00', '#,##0;-#,##0;"—"', '0.0%', 'yyyy"年"m"月"d"日"', None]):
            if code:
                cell.number_format = code
    sheet.column_dimensions['E'].width = 18
    sheet['B4'].comment = Comment('待核', '李强')
    sheet.auto_filter.ref = 'A3:F7'
    sheet.auto_filter.add_filter_column(0, ['10月', '11月', '12月'])
    sheet.row_dimensions[6].hidden = True
    for name, state in [('底稿', 'hidden'), ('密', 'veryHidden')]:
        other = book.create_sheet(name)
        other.append(['名字', '电话'])
        other.append(['王芳', '13800000000'])
        other.sheet_state = state


def uncounted(book):
    """Formulas whose results no program has worked out yet."""
    sheet = book.active
    sheet.append(['物料', '单价', '数量', '金额'])
    sheet.append(['扫把', 12.5, 4, '=B2*C2'])
    sheet.append(['手套', 3, 20, '=B3*C3'])


# A sheet as LibreOffice saves it: results worked out, a filter's rows, a column and a row that repeat.
FLAT_SHEET = '''<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
<office:automatic-styles>
 <number:date-style style:name="ND"><number:month/><number:text>月</number:text><number:day/><number:text>日</number:text></number:date-style>
 <number:time-style style:name="NT" number:truncate-on-overflow="false"><number:hours/><number:text>:</number:text><number:minutes number:style="long"/></number:time-style>
 <number:currency-style style:name="NM"><number:currency-symbol>¥</number:currency-symbol><number:number number:decimal-places="2" number:min-decimal-places="2" number:min-integer-digits="1" number:grouping="true"/></number:currency-style>
 <number:percentage-style style:name="NP"><number:number number:decimal-places="0" number:min-integer-digits="1"/><number:text>%</number:text></number:percentage-style>
 <number:number-style style:name="NZ"><number:number number:decimal-places="0" number:min-integer-digits="3"/></number:number-style>
 <style:style style:name="cD" style:family="table-cell" style:data-style-name="ND"/><style:style style:name="cT" style:family="table-cell" style:data-style-name="NT"/>
 <style:style style:name="cM" style:family="table-cell" style:data-style-name="NM"/><style:style style:name="cP" style:family="table-cell" style:data-style-name="NP"/>
 <style:style style:name="cZ" style:family="table-cell" style:data-style-name="NZ"/>
</office:automatic-styles>
<office:body><office:spreadsheet><table:table table:name="志愿服务">
<table:table-column table:number-columns-repeated="3"/><table:table-column table:visibility="collapse"/><table:table-column table:number-columns-repeated="5"/>
<table:table-row><table:table-cell office:value-type="string"><text:p>编号</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>活动</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>日期</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>手机</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>时长</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>花费</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>完成</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>每小时</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>成行</text:p></table:table-cell></table:table-row>
ROWS
</table:table></office:spreadsheet></office:body></office:document>'''


def service(folder):
    def row(n, name, day, phone, time, money, done, seen=''):
        return (f'<table:table-row {seen}><table:table-cell table:style-name="cZ" office:value-type="float" office:value="{n}"/>'
                f'<table:table-cell office:value-type="string"><text:p>{name}</text:p></table:table-cell>'
                f'<table:table-cell table:style-name="cD" office:value-type="date" office:date-value="{day}"/>'
                f'<table:table-cell office:value-type="string"><text:p>{phone}</text:p></table:table-cell>'
                f'<table:table-cell table:style-name="cT" office:value-type="time" office:time-value="{time}"/>'
                f'<table:table-cell table:style-name="cM" office:value-type="currency" office:currency="CNY" office:value="{money}"/>'
                f'<table:table-cell table:style-name="cP" office:value-type="percentage" office:value="{done}"/>'
                f'<table:table-cell table:style-name="cM" table:formula="of:=[.F{n + 1}]/([.E{n + 1}]*24)"/>'
                f'<table:table-cell table:formula="of:=[.G{n + 1}]=1"/></table:table-row>')
    rows = [row(1, '清河岸', '2026-11-07', '13800000001', 'PT30H30M00S', 1234.5, 1),
            row(2, '理旧书', '2026-11-14', '13800000002', 'PT02H05M00S', 0, 0.5, 'table:visibility="filter"'),
            row(3, '修水管<text:line-break/>（三号楼）', '2026-11-21', '13800000003', 'PT01H30M00S', 60, 0.75)]
    path = folder / 'libre-sheet.fods'
    path.write_text(FLAT_SHEET.replace('ROWS', ''.join(rows)), encoding='utf-8')
    return path


def main():
    for at, fill in enumerate([fees, uncounted], 1):
        book = Workbook()
        fill(book)
        book.save(HERE / f'openpyxl-{at}-{fill.__name__}.xlsx')
    for at, fill in enumerate([styles, official, tables, pictures, looks, posting, numbers], 1):
        document = Document()
        fill(document)
        document.save(HERE / f'python-docx-{at}-{fill.__name__}.docx')
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for one in FLATS:
            converted(flat(one, folder))
        page = folder / 'libre-7-page.html'
        page.write_text(PAGE, encoding='utf-8')
        converted(page, ['--infilter=HTML (StarWriter)'])
        converted(service(folder), to='xlsx:Calc MS Excel 2007 XML')


main()

//! Styles, settings and foot of a DOCX, so that who edits it changes a style and not each line.

use std::fmt::Write as _;

use super::{XML, escaped};
use crate::render::archive::paper::Paper;

/// The name space of WordprocessingML.
pub(super) const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// Pine of the theme `fresh`: titles and rules.
pub(super) const PINE: &str = "0F4A36";
/// Clay of the theme `fresh`: what is missing.
pub(super) const CLAY: &str = "B9461F";

/// A paragraph style: id, name, size in half points, weight, colour, space before and after in
/// twips, and what else belongs to its paragraphs.
struct Style {
    id: &'static str,
    name: &'static str,
    size: u32,
    bold: bool,
    colour: Option<&'static str>,
    before: u32,
    after: u32,
    more: &'static str,
}

const KEEP: &str = "<w:keepNext/>";

const STYLES: [Style; 12] = [
    style("Title", "Title", 52, true, Some(PINE), (2400, 240), ""),
    style("Kind", "Kind", 24, true, None, (0, 60), ""),
    style(
        "Heading1",
        "heading 1",
        34,
        true,
        Some(PINE),
        (360, 160),
        "<w:keepNext/><w:outlineLvl w:val=\"0\"/>",
    ),
    style(
        "Heading2",
        "heading 2",
        27,
        true,
        None,
        (280, 100),
        "<w:keepNext/><w:outlineLvl w:val=\"1\"/>",
    ),
    style(
        "Heading3",
        "heading 3",
        23,
        true,
        None,
        (200, 80),
        "<w:keepNext/><w:outlineLvl w:val=\"2\"/>",
    ),
    style("Note", "Note", 18, false, Some("4C5B53"), (0, 80), ""),
    style(
        "Caption",
        "caption",
        17,
        false,
        Some("4C5B53"),
        (40, 120),
        "",
    ),
    style("TableHead", "Table Head", 18, true, None, (20, 20), KEEP),
    style("TableText", "Table Text", 19, false, None, (20, 20), ""),
    style(
        "Gap",
        "Gap",
        20,
        false,
        Some(CLAY),
        (20, 20),
        "<w:ind w:left=\"280\" w:hanging=\"280\"/>",
    ),
    style(
        "Verbatim",
        "Verbatim",
        19,
        false,
        None,
        (0, 40),
        "<w:ind w:left=\"420\"/>",
    ),
    style(
        "Contents",
        "Contents",
        21,
        false,
        None,
        (20, 20),
        "<w:tabs><w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"9638\"/></w:tabs>",
    ),
];

const fn style(
    id: &'static str,
    name: &'static str,
    size: u32,
    bold: bool,
    colour: Option<&'static str>,
    (before, after): (u32, u32),
    more: &'static str,
) -> Style {
    Style {
        id,
        name,
        size,
        bold,
        colour,
        before,
        after,
        more,
    }
}

/// Returns `styles.xml`. Titles in 黑体, text in 宋体: what every Chinese office machine has.
pub(super) fn styles() -> String {
    let fonts = |chinese: &str| {
        format!(
            r#"<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial" w:eastAsia="{chinese}"/>"#
        )
    };
    let mut out = format!(
        "{XML}<w:styles xmlns:w=\"{W}\"><w:docDefaults><w:rPrDefault><w:rPr>{}\
         <w:sz w:val=\"21\"/><w:szCs w:val=\"21\"/><w:lang w:val=\"zh-CN\" w:eastAsia=\"zh-CN\"/>\
         </w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after=\"100\" w:line=\"320\" \
         w:lineRule=\"auto\"/></w:pPr></w:pPrDefault></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/>\
         <w:qFormat/></w:style>\
         <w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\">\
         <w:name w:val=\"Normal Table\"/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar>\
         <w:top w:w=\"20\" w:type=\"dxa\"/><w:left w:w=\"80\" w:type=\"dxa\"/>\
         <w:bottom w:w=\"20\" w:type=\"dxa\"/><w:right w:w=\"80\" w:type=\"dxa\"/></w:tblCellMar>\
         </w:tblPr></w:style>",
        fonts("宋体")
    );
    for style in &STYLES {
        let Style {
            id,
            name,
            size,
            before,
            after,
            more,
            ..
        } = style;
        let _ = write!(
            out,
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>\
             <w:basedOn w:val=\"Normal\"/><w:qFormat/><w:pPr>{}<w:spacing w:before=\"{before}\" \
             w:after=\"{after}\" w:line=\"280\" w:lineRule=\"auto\"/>{}</w:pPr><w:rPr>",
            before_spacing(more),
            after_spacing(more),
        );
        if style.bold {
            let _ = write!(out, "{}<w:b/>", fonts("黑体"));
        }
        if let Some(colour) = style.colour {
            let _ = write!(out, "<w:color w:val=\"{colour}\"/>");
        }
        let _ = write!(
            out,
            "<w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/></w:rPr></w:style>"
        );
    }
    out + "</w:styles>"
}

/// The schema wants a paragraph's properties in a fixed order: `keepNext` and `tabs` before
/// `spacing`, `ind` and `outlineLvl` behind it.
fn before_spacing(more: &str) -> &str {
    let at = more.find("<w:outlineLvl").or(more.find("<w:ind"));
    &more[..at.unwrap_or(more.len())]
}

fn after_spacing(more: &str) -> &str {
    &more[before_spacing(more).len()..]
}

/// Returns `settings.xml`: of this version of Word, so that none opens it in a mode of old.
pub(super) fn settings() -> String {
    format!(
        "{XML}<w:settings xmlns:w=\"{W}\"><w:compat><w:compatSetting w:name=\"compatibilityMode\" \
         w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat></w:settings>"
    )
}

/// Returns the foot of every page: who and what, and which page of how many.
pub(super) fn footer(paper: &Paper) -> String {
    let run = |inner: &str| format!("<w:r><w:rPr><w:sz w:val=\"17\"/></w:rPr>{inner}</w:r>");
    let field = |name: &str| {
        format!(
            "<w:fldSimple w:instr=\" {name} \">{}</w:fldSimple>",
            run("<w:t>1</w:t>")
        )
    };
    let said = escaped(&format!("{}　{}", paper.organisation, paper.title));
    let who = run(&format!("<w:t xml:space=\"preserve\">{said}</w:t>"));
    let page = run("<w:tab/><w:t xml:space=\"preserve\">第 </w:t>") + &field("PAGE");
    let of = run("<w:t xml:space=\"preserve\"> 页，共 </w:t>") + &field("NUMPAGES");
    let end = run("<w:t xml:space=\"preserve\"> 页</w:t>");
    format!(
        "{XML}<w:ftr xmlns:w=\"{W}\"><w:p><w:pPr><w:pBdr><w:top w:val=\"single\" w:sz=\"4\" \
         w:space=\"4\" w:color=\"{PINE}\"/></w:pBdr><w:tabs><w:tab w:val=\"right\" w:pos=\"9638\"/>\
         </w:tabs></w:pPr>{who}{page}{of}{end}</w:p></w:ftr>"
    )
}

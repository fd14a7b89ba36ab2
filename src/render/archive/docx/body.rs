//! The paper's own words, tables and photos in WordprocessingML.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::styles::{CLAY, PINE, W};
use super::{OFFICE, XML, escaped};
use crate::render::archive::paper::{
    Block, Cell, Heading, Number, Paper, Photo, Pictures, Table, Tone,
};

/// The width of the type area: A4 less 20 mm on each side, in twips.
const WIDTH: u32 = 9638;
/// EMU in a twip.
const EMU: u64 = 635;
/// The tallest that a photo stands, in twips: two of them with captions on a page.
const TALLEST: u64 = 4600;
/// Photos side by side.
const ABREAST: u32 = 2;

/// The pictures that the document cites, in the order of their first use.
#[derive(Debug, Default)]
pub(super) struct Images {
    pub(super) names: Vec<String>,
    drawn: usize,
}

/// Returns the id of the picture with this number.
pub(super) fn image_id(number: usize) -> String {
    format!("i{}", number + 1)
}

/// Returns `document.xml`.
pub(super) fn document(paper: &Paper, pictures: &Pictures, images: &mut Images) -> String {
    let mut writer = Writer {
        out: String::new(),
        pictures,
        images,
        bookmarks: BTreeMap::new(),
    };
    for heading in paper.headings() {
        let number = writer.bookmarks.len();
        writer.bookmarks.insert(&heading.anchor, number);
    }
    writer.front(paper);
    for block in &paper.blocks {
        writer.block(block);
    }
    format!(
        "{XML}<w:document xmlns:w=\"{W}\" xmlns:r=\"{OFFICE}\" \
         xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
         xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
         xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><w:body>{}\
         <w:sectPr><w:footerReference w:type=\"default\" r:id=\"r3\"/>\
         <w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1134\" w:right=\"1134\" \
         w:bottom=\"1134\" w:left=\"1134\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/>\
         </w:sectPr></w:body></w:document>",
        writer.out
    )
}

struct Writer<'a> {
    out: String,
    pictures: &'a Pictures,
    images: &'a mut Images,
    bookmarks: BTreeMap<&'a str, usize>,
}

impl<'a> Writer<'a> {
    fn front(&mut self, paper: &'a Paper) {
        if !paper.kind.is_empty() {
            self.paragraph(
                "Kind",
                &run(&format!("{}　{}", paper.organisation, paper.kind), ""),
            );
        }
        let near = if paper.cover {
            ""
        } else {
            "<w:spacing w:before=\"0\"/>"
        };
        self.paragraph_with("Title", near, &run(&paper.title, ""));
        for fact in &paper.facts {
            let name = run(&format!("{}　", fact.name), "<w:b/>");
            self.paragraph("Normal", &format!("{name}{}", run(&fact.value, "")));
        }
        if paper.cover {
            self.page_break();
            self.paragraph("Heading1", &run("目录", ""));
            for heading in paper.headings().filter(|heading| heading.level <= 2) {
                self.contents_line(heading);
            }
            self.page_break();
        }
    }

    fn block(&mut self, block: &'a Block) {
        match block {
            Block::Heading(heading) => {
                let number = self.bookmarks[heading.anchor.as_str()];
                let style = format!("Heading{}", heading.level.clamp(1, 3));
                let inner = format!(
                    "<w:bookmarkStart w:id=\"{number}\" w:name=\"{name}\"/>{}<w:bookmarkEnd w:id=\"{number}\"/>",
                    run(&heading.text, ""),
                    name = bookmark(number),
                );
                self.paragraph(&style, &inner);
            }
            Block::Text { text } => self.paragraph("Normal", &run(text, "")),
            Block::Note { text } => self.paragraph("Note", &run(text, "")),
            Block::Numbers { numbers } => self.numbers(numbers),
            Block::Table(table) => self.table(table),
            Block::Photos { photos } => self.photos(photos),
            Block::Gaps { lines } => {
                for line in lines {
                    self.paragraph("Gap", &run(&format!("缺　{line}"), ""));
                }
            }
            Block::Verbatim { lines } => {
                for line in lines {
                    self.paragraph("Verbatim", &run(line, ""));
                }
            }
            Block::Sign { names } => self.sign(names),
            Block::Break => self.page_break(),
        }
    }

    fn paragraph(&mut self, style: &str, inner: &str) {
        self.paragraph_with(style, "", inner);
    }

    fn paragraph_with(&mut self, style: &str, properties: &str, inner: &str) {
        let _ = write!(
            self.out,
            "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{properties}</w:pPr>{inner}</w:p>"
        );
    }

    fn page_break(&mut self) {
        self.out
            .push_str("<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>");
    }

    fn contents_line(&mut self, heading: &Heading) {
        let indent = match heading.level {
            1 => "",
            _ => "<w:ind w:left=\"420\"/>",
        };
        let weight = if heading.level == 1 { "<w:b/>" } else { "" };
        let name = bookmark(self.bookmarks[heading.anchor.as_str()]);
        let inner = format!(
            "<w:hyperlink w:anchor=\"{name}\">{}<w:r><w:tab/></w:r>{}</w:hyperlink>",
            run(&heading.text, weight),
            page_of(&name),
        );
        self.paragraph_with("Contents", indent, &inner);
    }

    fn numbers(&mut self, numbers: &[Number]) {
        let widths = shares(&vec![1; numbers.len()], WIDTH);
        self.begin_table(&widths, "");
        self.out.push_str("<w:tr>");
        for (number, width) in numbers.iter().zip(&widths) {
            let colour = if number.missing { CLAY } else { PINE };
            let large = format!("<w:b/><w:color w:val=\"{colour}\"/><w:sz w:val=\"44\"/>");
            self.begin_cell(*width, "");
            self.paragraph("TableText", &run(&number.value, &large));
            self.paragraph("TableText", &run(&number.label, ""));
            self.out.push_str("</w:tc>");
        }
        self.out.push_str("</w:tr></w:tbl>");
        self.paragraph("Note", "");
    }

    fn table(&mut self, table: &Table) {
        let columns: Vec<u32> = table.columns.iter().map(|column| column.share).collect();
        let widths = shares(&columns, WIDTH);
        self.begin_table(&widths, "7F8F86");
        self.out
            .push_str("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
        for (column, width) in table.columns.iter().zip(&widths) {
            self.begin_cell(
                *width,
                "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"DDEBE3\"/>",
            );
            self.paragraph("TableHead", &run(&column.title, ""));
            self.out.push_str("</w:tc>");
        }
        self.out.push_str("</w:tr>");
        for row in &table.rows {
            self.out.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
            for (cell, width) in row.iter().zip(&widths) {
                self.begin_cell(*width, "");
                let inner = self.cell(cell);
                self.paragraph("TableText", &inner);
                self.out.push_str("</w:tc>");
            }
            self.out.push_str("</w:tr>");
        }
        self.out.push_str("</w:tbl>");
        // Two tables without a paragraph between become one.
        self.paragraph("Note", "");
    }

    fn cell(&self, cell: &Cell) -> String {
        let properties = match cell.tone {
            Tone::Plain => String::new(),
            Tone::Strong => "<w:b/>".to_owned(),
            Tone::Missing => format!("<w:color w:val=\"{CLAY}\"/>"),
        };
        let target = cell
            .link
            .as_deref()
            .and_then(|anchor| self.bookmarks.get(anchor));
        let Some(target) = target.map(|number| bookmark(*number)) else {
            return run(&cell.text, &properties);
        };
        let inner = match cell.page {
            true => page_of(&target),
            false => run(&cell.text, &properties),
        };
        format!("<w:hyperlink w:anchor=\"{target}\">{inner}</w:hyperlink>")
    }

    fn photos(&mut self, photos: &[Photo]) {
        let widths = shares(&[1; ABREAST as usize], WIDTH);
        self.begin_table(&widths, "");
        for pair in photos.chunks(ABREAST as usize) {
            self.out.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
            for (at, width) in widths.iter().enumerate() {
                self.begin_cell(*width, "");
                match pair.get(at) {
                    Some(photo) => self.photo(photo, *width),
                    None => self.paragraph("Caption", ""),
                }
                self.out.push_str("</w:tc>");
            }
            self.out.push_str("</w:tr>");
        }
        self.out.push_str("</w:tbl>");
        self.paragraph("Note", "");
    }

    fn photo(&mut self, photo: &Photo, width: u32) {
        if let Some(picture) = self.pictures.get(&photo.name) {
            let names = &mut self.images.names;
            let number = names.iter().position(|name| *name == photo.name);
            let number = number.unwrap_or_else(|| {
                names.push(photo.name.clone());
                names.len() - 1
            });
            self.images.drawn += 1;
            let drawing = drawing(
                number,
                self.images.drawn,
                fitted(picture.size, u64::from(width) - 200),
                &photo.caption,
            );
            self.paragraph("TableText", &drawing);
        }
        self.paragraph("Caption", &run(&photo.caption, ""));
    }

    fn sign(&mut self, names: &[String]) {
        let columns = u32::try_from(names.len()).unwrap_or(1).max(1);
        let widths = shares(&vec![1; columns as usize], WIDTH);
        self.paragraph("Note", "");
        self.begin_table(&widths, "7F8F86");
        self.out
            .push_str("<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val=\"1300\"/></w:trPr>");
        for (name, width) in names.iter().zip(&widths) {
            self.begin_cell(*width, "");
            self.paragraph("TableHead", &run(name, ""));
            self.paragraph("TableText", "");
            self.paragraph("TableText", &run("　　　年　　月　　日", ""));
            self.out.push_str("</w:tc>");
        }
        self.out.push_str("</w:tr></w:tbl>");
        self.paragraph("Note", "");
    }

    /// Begins a table of these widths, with rules of the colour `rules` where it is not empty.
    fn begin_table(&mut self, widths: &[u32], rules: &str) {
        self.out.push_str("<w:tbl><w:tblPr>");
        let _ = write!(
            self.out,
            "<w:tblW w:w=\"{}\" w:type=\"dxa\"/>",
            widths.iter().sum::<u32>()
        );
        if !rules.is_empty() {
            self.out.push_str("<w:tblBorders>");
            for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
                let _ = write!(
                    self.out,
                    "<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"{rules}\"/>"
                );
            }
            self.out.push_str("</w:tblBorders>");
        }
        self.out
            .push_str("<w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>");
        for width in widths {
            let _ = write!(self.out, "<w:gridCol w:w=\"{width}\"/>");
        }
        self.out.push_str("</w:tblGrid>");
    }

    fn begin_cell(&mut self, width: u32, properties: &str) {
        let _ = write!(
            self.out,
            "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{properties}</w:tcPr>"
        );
    }
}

/// Returns a name that Word takes for a bookmark: a letter first, no signs.
fn bookmark(number: usize) -> String {
    format!("gb{number}")
}

/// Returns words with run properties; line ends in them stay.
fn run(text: &str, properties: &str) -> String {
    let mut out = String::new();
    for (at, line) in text.split('\n').enumerate() {
        let end = if at > 0 { "<w:br/>" } else { "" };
        let _ = write!(
            out,
            "<w:r><w:rPr>{properties}</w:rPr>{end}<w:t xml:space=\"preserve\">{}</w:t></w:r>",
            escaped(line)
        );
    }
    out
}

/// Returns the page of a bookmark: Word counts it when it opens the file.
fn page_of(name: &str) -> String {
    let mark = |kind: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType=\"{kind}\"{}/></w:r>",
            match kind {
                "begin" => " w:dirty=\"true\"",
                _ => "",
            }
        )
    };
    format!(
        "{}<w:r><w:instrText xml:space=\"preserve\"> PAGEREF {name} \\h </w:instrText></w:r>{}<w:r><w:t>·</w:t></w:r>{}",
        mark("begin"),
        mark("separate"),
        mark("end"),
    )
}

/// Shares `width` out; what does not divide goes to the last.
fn shares(shares: &[u32], width: u32) -> Vec<u32> {
    let total: u32 = shares.iter().sum::<u32>().max(1);
    let mut widths: Vec<u32> = shares.iter().map(|share| width * share / total).collect();
    let rest = width - widths.iter().sum::<u32>();
    if let Some(last) = widths.last_mut() {
        *last += rest;
    }
    widths
}

/// Returns width and height in EMU of a picture of `size` pixels within `width` twips.
fn fitted((wide, high): (u32, u32), width: u64) -> (u64, u64) {
    let (wide, high) = (u64::from(wide.max(1)), u64::from(high.max(1)));
    let height = width * high / wide;
    match height > TALLEST {
        true => (TALLEST * wide / high * EMU, TALLEST * EMU),
        false => (width * EMU, height * EMU),
    }
}

/// Returns a picture that stands in the line.
fn drawing(image: usize, number: usize, (cx, cy): (u64, u64), alt: &str) -> String {
    let alt = escaped(alt);
    format!(
        "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">\
         <wp:extent cx=\"{cx}\" cy=\"{cy}\"/><wp:docPr id=\"{number}\" name=\"照片{number}\" descr=\"{alt}\"/>\
         <a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">\
         <pic:pic><pic:nvPicPr><pic:cNvPr id=\"{number}\" name=\"照片{number}\"/><pic:cNvPicPr/></pic:nvPicPr>\
         <pic:blipFill><a:blip r:embed=\"{}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>\
         <pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{cx}\" cy=\"{cy}\"/></a:xfrm>\
         <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>\
         </a:graphic></wp:inline></w:drawing></w:r>",
        image_id(image)
    )
}

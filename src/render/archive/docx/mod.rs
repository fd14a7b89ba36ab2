//! A paper as DOCX, because offices edit what they hand in.
//!
//! A writer of our own: it takes the few kinds of parts that papers have, and gives the same bytes
//! for the same paper. docx-rs numbers paragraphs by a counter of the whole process, so that the
//! second paper of a run differs from the first.
//!
//! Format: ECMA-376 (Office Open XML), part 1; lengths in twentieths of a point (twips) or EMU.

mod body;
mod styles;

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::sync::Arc;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::paper::{Paper, Pictures};

/// How a file of XML begins.
const XML: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// Writes `paper` with its `pictures`; a photo that is not among them is left out.
pub fn docx(paper: &Paper, pictures: &Pictures) -> Arc<[u8]> {
    let mut images = body::Images::default();
    let document = body::document(paper, pictures, &mut images);
    let mut package = Package::default();
    package.text("[Content_Types].xml", &content_types());
    package.text(
        "_rels/.rels",
        &relations(
            &[("r1", "officeDocument", "word/document.xml")],
            Some("docProps/core.xml"),
        ),
    );
    package.text("docProps/core.xml", &core(paper));
    package.text("word/document.xml", &document);
    package.text("word/styles.xml", &styles::styles());
    package.text("word/settings.xml", &styles::settings());
    package.text("word/footer1.xml", &styles::footer(paper));
    let mut targets: Vec<(String, &str, String)> = vec![
        ("r1".into(), "styles", "styles.xml".into()),
        ("r2".into(), "settings", "settings.xml".into()),
        ("r3".into(), "footer", "footer1.xml".into()),
    ];
    for (number, name) in images.names.iter().enumerate() {
        let file = format!("media/image{}.jpg", number + 1);
        package.stored(&format!("word/{file}"), &pictures[name].bytes);
        targets.push((body::image_id(number), "image", file));
    }
    let targets: Vec<(&str, &str, &str)> = targets
        .iter()
        .map(|(id, kind, target)| (id.as_str(), *kind, target.as_str()))
        .collect();
    package.text("word/_rels/document.xml.rels", &relations(&targets, None));
    package.finish()
}

/// Writes `text` so that it may stand in XML: marks escaped, characters that XML 1.0 forbids left
/// out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' => out.push(c),
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => {}
            c => out.push(c),
        }
    }
    out
}

/// The files of a package, in order.
struct Package(ZipWriter<Cursor<Vec<u8>>>);

impl Default for Package {
    fn default() -> Self {
        Self(ZipWriter::new(Cursor::new(Vec::new())))
    }
}

impl Package {
    fn text(&mut self, path: &str, text: &str) {
        self.add(path, text.as_bytes(), CompressionMethod::Deflated);
    }

    /// Adds what is packed already.
    fn stored(&mut self, path: &str, bytes: &[u8]) {
        self.add(path, bytes, CompressionMethod::Stored);
    }

    fn add(&mut self, path: &str, bytes: &[u8], method: CompressionMethod) {
        // The default time is the first of 1980, whatever the clock says.
        let options = SimpleFileOptions::DEFAULT.compression_method(method);
        let written = self
            .0
            .start_file(path, options)
            .and_then(|()| Ok(self.0.write_all(bytes)?));
        written.expect("memory takes what is written");
    }

    fn finish(self) -> Arc<[u8]> {
        let done = self.0.finish().expect("memory takes what is written");
        done.into_inner().into()
    }
}

fn content_types() -> String {
    let mut out = format!("{XML}<Types xmlns=\"{PACKAGE}/content-types\">");
    for (ending, kind) in [
        (
            "rels",
            "application/vnd.openxmlformats-package.relationships+xml",
        ),
        ("xml", "application/xml"),
        ("jpg", "image/jpeg"),
    ] {
        let _ = write!(
            out,
            r#"<Default Extension="{ending}" ContentType="{kind}"/>"#
        );
    }
    for (part, kind) in [
        ("word/document.xml", format!("{WORD}.document.main+xml")),
        ("word/styles.xml", format!("{WORD}.styles+xml")),
        ("word/settings.xml", format!("{WORD}.settings+xml")),
        ("word/footer1.xml", format!("{WORD}.footer+xml")),
        (
            "docProps/core.xml",
            "application/vnd.openxmlformats-package.core-properties+xml".to_owned(),
        ),
    ] {
        let _ = write!(
            out,
            r#"<Override PartName="/{part}" ContentType="{kind}"/>"#
        );
    }
    out + "</Types>"
}

fn relations(targets: &[(&str, &str, &str)], core: Option<&str>) -> String {
    let mut out = format!("{XML}<Relationships xmlns=\"{PACKAGE}/relationships\">");
    for (id, kind, target) in targets {
        let _ = write!(
            out,
            r#"<Relationship Id="{id}" Type="{OFFICE}/{kind}" Target="{target}"/>"#
        );
    }
    if let Some(target) = core {
        let _ = write!(
            out,
            r#"<Relationship Id="core" Type="{PACKAGE}/relationships/metadata/core-properties" Target="{target}"/>"#
        );
    }
    out + "</Relationships>"
}

/// Names title and author; no time, which would differ from run to run.
fn core(paper: &Paper) -> String {
    format!(
        "{XML}<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title>\
         <dc:creator>{}</dc:creator><dc:language>zh-CN</dc:language></cp:coreProperties>",
        escaped(&paper.title),
        escaped(&paper.organisation),
    )
}

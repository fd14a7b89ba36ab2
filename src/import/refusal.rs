//! Files that are not brought in: of what kind they are, or what is wrong with them.

use crate::diag::{Code, Diagnostic, Words, words};
use crate::photo::Format;

/// Why a file is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refused {
    /// It is damaged.
    Broken,
    /// It ends too early.
    Cut,
    /// It unpacks to more than any document has.
    Large,
    /// Its parts lie in each other without end.
    Deep,
    /// It brings a document type, which may read other files.
    Doctype,
    /// A table claims to be wider than any table.
    Wide,
    /// A part of it wants to be written outside its folder.
    Escapes,
    /// It opens with a password.
    Locked,
}

impl Refused {
    /// Says it of the file `name`.
    pub fn of(self, name: &str) -> Diagnostic {
        let cause = match self {
            Self::Broken => words("import-broken"),
            Self::Cut => words("import-cut"),
            Self::Large => words("import-large"),
            Self::Deep => words("import-deep"),
            Self::Doctype => words("import-doctype"),
            Self::Wide => words("import-wide"),
            Self::Escapes => words("import-escapes"),
            Self::Locked => words("import-locked"),
        };
        let told = Diagnostic::new(Code::UnsafeImport);
        told.with("file", name).with("cause", cause)
    }
}

/// What a file is, by what is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A Word document.
    Docx,
    /// A workbook.
    Xlsx,
    /// A picture.
    Picture(Format),
    /// A drawing.
    Svg,
    /// A PDF.
    Pdf,
    /// A web page, or what a web page puts on the clipboard.
    Html,
    /// Words, comma-separated or not.
    Text,
    /// A kind that is not read; the key of what to do.
    Foreign(&'static str),
}

/// Tells what `bytes` are.
pub(super) fn kind(bytes: &[u8], name: &str) -> Kind {
    if let Some(format) = Format::by_mark(bytes) {
        return Kind::Picture(format);
    }
    let ending = ending(name);
    let marks: [(&[u8], &'static str); 8] = [
        (b"{\\rtf", "import-rtf"),
        (b"Rar!\x1A\x07", "import-archive"),
        (b"7z\xBC\xAF\x27\x1C", "import-archive"),
        (b"\x1F\x8B", "import-archive"),
        (b"\0\0\0\x18ftyp", "import-film"),
        (b"\0\0\0\x20ftyp", "import-film"),
        (b"\xD7\xCD\xC6\x9A", "import-metafile"),
        (b"\x01\0\0\0", "import-metafile"),
    ];
    if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return Kind::Foreign(old_office(bytes, &ending));
    }
    if let Some((_, key)) = marks.iter().find(|(mark, _)| bytes.starts_with(mark)) {
        return Kind::Foreign(key);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return package(bytes, &ending);
    }
    let head = &bytes[..bytes.len().min(4096)];
    if head.windows(5).take(1024).any(|it| it == b"%PDF-") {
        return Kind::Pdf;
    }
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let head = head.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
    if head.starts_with("mime-version:") || head.contains("\ncontent-type: multipart/related") {
        return Kind::Foreign("import-mht");
    }
    let is_svg = head.starts_with("<svg") || head.starts_with("<?xml") && head.contains("<svg");
    match () {
        () if is_svg => Kind::Svg,
        () if head.contains("<w:worddocument") || head.contains("?mso-application") => {
            Kind::Foreign("import-xml")
        }
        () if is_html(head) => Kind::Html,
        () => Kind::Text,
    }
}

/// Tells whether a text is HTML: it begins as a page does, or holds tags in pairs.
fn is_html(head: &str) -> bool {
    let starts = [
        "<!doctype html",
        "<html",
        "<meta",
        "<body",
        "<!--startfragment",
    ];
    let tags = [
        "<p", "<div", "<section", "<span", "<table", "<h1", "<h2", "<ul", "<ol", "<img", "<br",
    ];
    let is_tag = |tag: &&str| {
        let mut rest = head.match_indices(*tag);
        rest.any(|(at, tag)| head[at + tag.len()..].starts_with(['>', ' ', '/', '\n']))
    };
    starts.iter().any(|start| head.starts_with(start))
        || head.starts_with('<') && tags.iter().any(is_tag)
}

fn ending(name: &str) -> String {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    ending.to_ascii_lowercase()
}

/// Tells old office files apart, all of which are packed alike; new ones with a password too.
fn old_office(bytes: &[u8], ending: &str) -> &'static str {
    let holds = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(wide.len()).any(|it| it == wide)
    };
    match ending {
        "wps" | "wpt" => "import-wps",
        "xls" | "et" | "ett" => "import-xls",
        "ppt" | "dps" => "import-slides",
        _ if holds("EncryptedPackage") => "import-password",
        _ if holds("Workbook") => "import-xls",
        _ if holds("PowerPoint Document") => "import-slides",
        _ => "import-doc",
    }
}

/// Tells what a package holds by the names of its parts.
fn package(bytes: &[u8], ending: &str) -> Kind {
    let Ok(archive) = zip::ZipArchive::new(std::io::Cursor::new(bytes)) else {
        // One that is cut off is told so by its reader.
        return match ending {
            "xlsx" | "xlsm" | "csv" => Kind::Xlsx,
            _ => Kind::Docx,
        };
    };
    let names: Vec<String> = (archive.file_names().take(20_000))
        .filter_map(|name| Some(name.ok()?.replace('\\', "/").to_lowercase()))
        .collect();
    let below = |folder: &str| names.iter().any(|name| name.starts_with(folder));
    let has = |name: &str| names.iter().any(|it| it == name);
    match () {
        () if below("word/") => Kind::Docx,
        () if below("xl/") => Kind::Xlsx,
        () if below("ppt/") => Kind::Foreign("import-slides"),
        () if has("ofd.xml") => Kind::Foreign("import-ofd"),
        () if has("mimetype") && has("content.xml") => Kind::Foreign("import-odt"),
        () if has("meta-inf/container.xml") => Kind::Foreign("import-epub"),
        () if has("[content_types].xml") => Kind::Docx,
        () => Kind::Foreign("import-archive"),
    }
}

/// Says what is to be done with the file `name` of a kind that is not read.
pub(super) fn foreign(name: &str, key: &'static str) -> Diagnostic {
    let remedy: Words = words(key);
    let told = Diagnostic::new(Code::ForeignKind);
    told.with("file", name).with("remedy", remedy)
}

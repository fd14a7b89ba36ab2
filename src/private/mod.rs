//! Files as everyone may see them: without places, authors, remarks, earlier versions and attached
//! files.
//!
//! Bytes in, bytes and what is [`Told`] out, by what is in a file and not by its name. What
//! can be taken away without changing what is seen is taken away; what cannot, or may be meant, is
//! told before it goes out. A file that has nothing of this stays as it is, to the byte, and what is
//! made of one cleaned already is the same again.

mod boxes;
mod office;
mod pdf;
mod sound;

use std::collections::BTreeSet;
use std::sync::Arc;

pub use pdf::hidden_layers;

use crate::diag::{Words, words};
use crate::photo;

/// A file that may go out.
#[derive(Debug, Clone)]
pub struct Cleaned {
    /// What is published.
    pub bytes: Arc<[u8]>,
    /// What whoever publishes it must know.
    pub told: BTreeSet<Told>,
}

/// What whoever publishes a file must know of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Told {
    /// It opens with a password, so that nothing in it can be seen or taken away.
    Locked,
    /// It is signed; a change would break its seal.
    Signed,
    /// It is of a kind that nobody here can look into, named by its usual ending.
    Closed(&'static str),
    /// It holds these files, which nobody here has looked into.
    Holds(Vec<String>),
    /// It is damaged, so that it cannot be looked into.
    Damaged,
    /// These files were attached to it and were taken away.
    Detached(Vec<String>),
    /// Changes in it were neither accepted nor rejected; it goes out as if they were accepted.
    Revisions,
    /// Sheets or slides of it are hidden, not gone.
    Hidden(Vec<String>),
    /// It keeps values of other workbooks, or how to reach a database.
    Linked,
    /// It keeps all rows behind a pivot table.
    Pivot,
    /// Notes for the speaker.
    Notes,
    /// Macros, which name the folders of whoever wrote them.
    Macros,
    /// Blacked out words that are still there.
    Redactions,
    /// Layers of it are switched off, not gone.
    Layers(Vec<String>),
    /// It is a form that keeps what was typed apart from what is shown.
    Form,
    /// A film that says all the way where it was taken.
    Track,
}

impl Told {
    /// Tells whether it was taken away, so that readers miss it.
    pub fn is_gone(&self) -> bool {
        matches!(self, Self::Detached(_) | Self::Revisions)
    }

    /// Says it in words, and what to do.
    pub fn words(&self) -> (Words, Words) {
        let listed = |key, names: &[String]| words(key).with("names", names_of(names));
        match self {
            Self::Locked => (words("tells-locked"), words("tells-locked-do")),
            Self::Signed => (words("tells-signed"), words("tells-signed-do")),
            Self::Closed(kind) => (
                words("tells-closed").with("kind", kind),
                words("tells-closed-do"),
            ),
            Self::Holds(names) => (listed("tells-holds", names), words("tells-holds-do")),
            Self::Damaged => (words("tells-damaged"), words("tells-damaged-do")),
            Self::Detached(names) => (listed("tells-detached", names), words("tells-detached-do")),
            Self::Revisions => (words("tells-revisions"), words("tells-revisions-do")),
            Self::Hidden(names) => (listed("tells-hidden", names), words("tells-hidden-do")),
            Self::Linked => (words("tells-linked"), words("tells-linked-do")),
            Self::Pivot => (words("tells-pivot"), words("tells-pivot-do")),
            Self::Notes => (words("tells-notes"), words("tells-notes-do")),
            Self::Macros => (words("tells-macros"), words("tells-macros-do")),
            Self::Redactions => (words("tells-redactions"), words("tells-redactions-do")),
            Self::Layers(names) => (listed("tells-layers", names), words("tells-layers-do")),
            Self::Form => (words("tells-form"), words("tells-form-do")),
            Self::Track => (words("tells-track"), words("tells-track-do")),
        }
    }
}

/// Names the first few of `names`, and says where there are more.
fn names_of(names: &[String]) -> String {
    const MOST: usize = 5;
    let more = if names.len() > MOST { " …" } else { "" };
    let first: Vec<&str> = names.iter().take(MOST).map(String::as_str).collect();
    first.join(" ") + more
}

/// Returns `bytes` as everyone may see them.
pub fn cleaned(bytes: &Arc<[u8]>) -> Cleaned {
    let mut told = BTreeSet::new();
    let clean = match kind(bytes) {
        Kind::Picture => Some(photo::published(bytes)),
        Kind::Pdf => pdf::clean(bytes, &mut told).map(Arc::from),
        Kind::Package => office::clean(bytes, &mut told, 0).map(Arc::from),
        Kind::Sound => sound::clean(bytes, &mut told).map(|sound| {
            // Behind a tag may stand a file of another kind.
            let rest = cleaned(&sound.into());
            told.extend(rest.told);
            rest.bytes
        }),
        Kind::Boxes => boxes::clean(bytes, &mut told).map(Arc::from),
        Kind::Closed(kind) => {
            told.insert(Told::Closed(kind));
            None
        }
    };
    Cleaned {
        bytes: clean.unwrap_or_else(|| bytes.clone()),
        told,
    }
}

/// Returns the finished PDF `bytes` as a poster is made of it: whatever it is sealed with, only its
/// page goes on.
pub fn page(bytes: &Arc<[u8]>) -> Arc<[u8]> {
    pdf::bare(bytes).map_or_else(|| bytes.clone(), Arc::from)
}

/// What a file is to be cleaned as.
enum Kind {
    /// A photo or drawing, or words, fonts and the like, which pass.
    Picture,
    Pdf,
    /// A ZIP file, which office files are.
    Package,
    Sound,
    /// A film: boxes in boxes.
    Boxes,
    /// One that nobody here can look into.
    Closed(&'static str),
}

/// Tells the kind by the first bytes.
fn kind(bytes: &[u8]) -> Kind {
    use photo::Format;
    match Format::by_mark(bytes) {
        Some(format @ (Format::Heic | Format::Avif)) => return Kind::Closed(format.ending()),
        Some(_) => return Kind::Picture,
        None => {}
    }
    let head = bytes.get(..1024).unwrap_or(bytes);
    if head.windows(5).any(|it| it == b"%PDF-") {
        return Kind::Pdf;
    }
    let marks: [(&[u8], &'static str); 12] = [
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "doc/xls/ppt/wps"),
        (b"Rar!\x1A\x07", "rar"),
        (b"7z\xBC\xAF\x27\x1C", "7z"),
        (b"\x1F\x8B", "gz"),
        (b"BZh", "bz2"),
        (b"\xFD7zXZ\0", "xz"),
        (b"8BPS", "psd"),
        (b"\x30\x26\xB2\x75\x8E\x66\xCF\x11", "wmv/wma"),
        (b"{\\rtf", "rtf"),
        (b"AC10", "dwg"),
        (b"SQLite format 3", "db"),
        (b"!<arch>", "a"),
    ];
    if let Some((_, kind)) = marks.iter().find(|(mark, _)| bytes.starts_with(mark)) {
        return Kind::Closed(kind);
    }
    if bytes.get(257..262) == Some(b"ustar") {
        return Kind::Closed("tar");
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Kind::Package;
    }
    if sound::is_known(bytes) {
        return Kind::Sound;
    }
    if boxes::is_known(bytes) {
        return Kind::Boxes;
    }
    Kind::Picture
}

/// Returns the last part of what is a path on somebody's computer; `None` where it is none.
fn without_folders(text: &str) -> Option<&str> {
    let is_drive = |text: &str| {
        let mut chars = text.chars();
        chars.next().is_some_and(|c| c.is_ascii_alphabetic())
            && chars.next() == Some(':')
            && matches!(chars.next(), Some('\\' | '/'))
    };
    let folded = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    let is_path = folded.starts_with("file:")
        || text.starts_with("\\\\")
        || is_drive(text)
        || ["/Users/", "/home/", "/Volumes/", "/var/", "/private/"]
            .iter()
            .any(|folder| text.starts_with(folder));
    is_path.then(|| text.rsplit(['/', '\\']).next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_name_of_a_file_stays_of_a_path() {
        for path in [
            "C:\\Users\\wang\\方案.docx",
            "file:///C:/Users/wang/方案.docx",
            "\\\\server\\wang\\方案.docx",
            "/Users/wang/方案.docx",
        ] {
            assert_eq!(without_folders(path), Some("方案.docx"), "{path}");
        }
        for plain in ["https://a.example/b", "方案.docx", "a/b", "C: 项"] {
            assert_eq!(without_folders(plain), None);
        }
    }

    #[test]
    fn words_and_fonts_pass() {
        for bytes in [&b"name,age\n1,2\n"[..], b"wOF2....", b"", b"BM", b"PK"] {
            let bytes: Arc<[u8]> = bytes.into();
            let cleaned = cleaned(&bytes);
            assert!(Arc::ptr_eq(&cleaned.bytes, &bytes) && cleaned.told.is_empty());
        }
    }

    #[test]
    fn what_nobody_here_can_look_into_is_told() {
        let old: Arc<[u8]> = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1..."[..].into();
        assert_eq!(cleaned(&old).told, [Told::Closed("doc/xls/ppt/wps")].into());
    }
}

//! What comes from elsewhere, made into pages and data of a site: Word documents, workbooks, texts
//! and web pages from the clipboard, pictures, and folders of other generators.
//!
//! Bytes in, planned files out, and a list of all that did not come along, each with its place.
//! Nothing is written here and nothing overwritten: [`Brought::files`] says what is to be created,
//! [`standing`] whether something stands there already. What nobody may see is never taken: hidden
//! and deleted text, remarks, names of authors, the place where a photo was taken.

mod alone;
mod beside;
mod blanks;
mod docx;
mod escape;
mod grid;
mod html;
mod letters;
mod losses;
mod markdown;
mod model;
mod page;
mod picture;
mod place;
mod refusal;
mod scripts;
mod sheets;
mod standing;
mod text;
mod tree;
mod xml;

use std::sync::Arc;

pub use beside::Beside;
pub use standing::{Line, Standing, standing};

use crate::diag::{Code, Diagnostic, Diagnostics, Severity, SitePath, Words, words};
use crate::site::Site;
use losses::{Losses, Place};
use model::Doc;
use refusal::{Kind, Refused};

/// A file that is to be brought in.
#[derive(Debug, Clone)]
pub struct Given {
    /// Its name, for its ending and for messages.
    pub name: String,
    /// What is in it.
    pub bytes: Arc<[u8]>,
}

/// What something is to become.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum As {
    /// A notice of its month.
    Notice,
    /// Guidance that stays.
    Guide,
    /// Things that people look up.
    Items,
    /// A table of data.
    Data,
}

/// What is wished of a file.
#[derive(Debug, Clone, Copy)]
pub struct Wish<'a> {
    /// The site that it comes to.
    pub site: &'a Site,
    /// What it is to become; told by what is in it where absent.
    pub kind: Option<As>,
    /// The name of the new file without ending; spelt from the title where absent.
    pub slug: Option<&'a str>,
    /// Whether a red seal comes along.
    pub seal: bool,
}

/// A file to be created.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// Where it goes.
    pub path: SitePath,
    /// What it holds.
    pub bytes: Vec<u8>,
    /// What it is.
    pub what: Words,
    /// Whether it may be there already with any content, as a section's page may.
    pub is_frame: bool,
}

/// What came of a file.
#[derive(Debug, Default)]
pub struct Brought {
    /// The files to create: of a page it comes first, what belongs to it behind it.
    pub files: Vec<Planned>,
    /// What did not come along, and why nothing did, in the order of the document.
    pub told: Vec<Diagnostic>,
    /// Whether there is a red seal that was left out and can be taken.
    pub has_seal: bool,
}

impl Brought {
    /// Tells whether it could not be brought in.
    pub fn is_refused(&self) -> bool {
        let mut told = self.told.iter();
        told.any(|it| it.severity() == Severity::Error)
    }

    /// Returns what was told, as other stages tell it.
    pub fn diagnostics(&self) -> Diagnostics {
        self.told.iter().cloned().collect()
    }

    fn refused(told: Diagnostic) -> Self {
        Self {
            told: vec![told],
            ..Self::default()
        }
    }
}

/// The most bytes of a file that is looked at.
const LARGEST: usize = 256 << 20;

/// Makes of a file what it is to become on the site.
pub fn bring(given: &Given, wish: &Wish) -> Brought {
    bring_beside(given, wish, &|_| None)
}

/// Makes of a file what it is to become on the site, with the pictures that it names and that lie
/// beside it.
pub fn bring_beside(given: &Given, wish: &Wish, beside: Beside) -> Brought {
    let (name, bytes) = (given.name.as_str(), &*given.bytes);
    if bytes.len() > LARGEST {
        return Brought::refused(Refused::Large.of(name));
    }
    match refusal::kind(bytes, name) {
        Kind::Foreign(key) => Brought::refused(refusal::foreign(name, key)),
        Kind::Docx => match docx::read(bytes) {
            Ok(doc) => document(doc, name, wish, beside),
            Err(refused) => Brought::refused(refused.of(name)),
        },
        Kind::Html => match decoded(bytes)
            .ok_or(Refused::Broken)
            .and_then(|it| html::read(&it))
        {
            Ok(doc) => document(doc, name, wish, beside),
            Err(refused) => Brought::refused(refused.of(name)),
        },
        Kind::Xlsx => sheets::bring(bytes, "xlsx", name, wish),
        Kind::Text if name.to_lowercase().ends_with(".csv") => {
            sheets::bring(bytes, "csv", name, wish)
        }
        Kind::Text if is_markdown(name, bytes) => tree::alone(given, wish, beside),
        Kind::Text => match decoded(bytes) {
            Some(text) => document(text::read(&text), name, wish, beside),
            None => Brought::refused(refusal::foreign(name, "import-no-text")),
        },
        Kind::Picture(_) | Kind::Svg => alone::image(bytes, name, wish),
        Kind::Pdf => alone::pdf(bytes, name, wish),
    }
}

/// Tells whether a folder holds pages, and is no mere heap of documents and pictures.
pub fn is_tree(files: &[Given]) -> bool {
    files.iter().any(|it| tree::is_page(&it.name))
}

/// Tells whether a file is what programs leave behind: what an open document is locked with, what
/// systems show folders by.
pub fn is_litter(name: &str) -> bool {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let known = ["thumbs.db", "desktop.ini"];
    last.starts_with("~$") || last.starts_with('.') || known.contains(&&*last.to_lowercase())
}

/// Tells whether a file is a picture by its name.
pub fn is_picture(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    ending.is_some_and(|it| beside::PICTURES.contains(&&*it.to_lowercase()))
}

/// Makes pages of a folder of another generator; the names of its files are paths below it.
pub fn bring_folder(files: &[Given], wish: &Wish) -> Brought {
    tree::bring(files, wish)
}

fn is_markdown(name: &str, bytes: &[u8]) -> bool {
    let lower = name.to_lowercase();
    let is_named = [".md", ".markdown", ".mdx"]
        .iter()
        .any(|ending| lower.ends_with(ending));
    is_named
        || bytes.starts_with(b"---\n")
        || bytes.starts_with(b"---\r\n")
        || bytes.starts_with(b"+++\n")
}

/// Returns a text as it reads.
fn decoded(bytes: &[u8]) -> Option<String> {
    crate::read::decode(bytes).ok().map(|it| it.text)
}

/// Makes a page of a document.
fn document(mut doc: Doc, name: &str, wish: &Wish, beside: Beside) -> Brought {
    beside::fill(&mut doc, beside);
    let head = match page::head(&mut doc, name, wish.site.today) {
        Ok(head) => head,
        Err(page::Classified(mark)) => {
            let told = Diagnostic::new(Code::ClassifiedImport);
            return Brought::refused(told.with("file", name).with("mark", mark));
        }
    };
    page::captions(&mut doc);
    let is_empty =
        |block: &model::Block| matches!(block, model::Block::Paragraph(it) if it.is_empty());
    if doc.blocks.iter().all(is_empty) && head.date.is_none() && head.number.is_none() {
        let told = Diagnostic::new(Code::NothingToImport).with("file", name);
        // What was left out says why.
        let told = std::iter::once(told).chain(doc.losses.0).collect();
        return Brought {
            told,
            ..Brought::default()
        };
    }
    place::placed(doc, &head, name, wish)
}

/// Lists what of a document's pictures does not come along, and returns the others ready.
fn pictures(doc: &mut Doc, wish: &Wish, has_seal: &mut bool) -> Vec<Option<picture::Ready>> {
    let mut ready = Vec::new();
    let pictures = std::mem::take(&mut doc.pictures);
    for one in &pictures {
        let lost = |what: Words, losses: &mut Losses| losses.lost(what, &one.place);
        if let Some(address) = &one.address {
            // What lay beside the page was lost on the way.
            let key = match beside::name(address) {
                Some(_) => "import-no-neighbour",
                None => "import-far-picture",
            };
            let what = words(key).with("address", losses::near(address));
            lost(what, &mut doc.losses);
            ready.push(None);
            continue;
        }
        if picture::is_seal(one) && !wish.seal {
            *has_seal = true;
            doc.losses.0.push(seal(&one.place));
            ready.push(None);
            continue;
        }
        match picture::ready(one) {
            Ok(made) => {
                if made.is_smaller {
                    doc.losses.changed(words("import-smaller"), &one.place);
                }
                ready.push(Some(made));
            }
            Err(what) => {
                lost(what, &mut doc.losses);
                ready.push(None);
            }
        }
    }
    doc.pictures = pictures;
    ready
}

fn seal(place: &Place) -> Diagnostic {
    Diagnostic::new(Code::SealLeftOut).with("place", place.words())
}

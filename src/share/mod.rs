//! What goes out beside website and wall: to the WeChat account, to groups, to screens and to who
//! uploads the website by hand. All of it is made of the page itself, so that nothing is edited
//! twice.
//!
//! [`make`] takes what is wanted of which pages and gives files below `share/MONTH/PAGE/`, a folder
//! for each way out, and a text that says what to do with each. A page that nobody has approved is
//! refused; one that is not on the website yet, or has run out, is made and told.

mod cover;
mod led;
mod long;
mod message;
mod qr;
mod readme;
mod screen;
#[cfg(test)]
mod tests;
mod wechat;
mod words;
mod zip;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::cache::Cache;
use crate::calendar::{Cadence, Period};
use crate::diag::{Code, Diagnostic, Diagnostics, Span, Warned, nearest, words as said};
use crate::render::{Artifact, Output};
use crate::site::{Approval, Page, Site};
use crate::typeset::{Engine, Failure};
use words::Words;

/// A way out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// 公众号: an article for the WeChat editor, its pictures and covers.
    Wechat,
    /// 长图: the long picture for groups.
    Long,
    /// 群消息: two messages to be pasted.
    Message,
    /// 封面: the picture that a link shows.
    Cover,
    /// 二维码: the code of the page's address.
    Qr,
    /// 条屏: what the cards of LED strips take.
    Led,
    /// 大屏: a slide.
    Screen,
    /// 网站压缩包: the website as one file. Of the site, not of a page.
    Zip,
}

impl What {
    /// All ways out.
    pub const ALL: [Self; 8] = [
        Self::Wechat,
        Self::Long,
        Self::Message,
        Self::Cover,
        Self::Qr,
        Self::Led,
        Self::Screen,
        Self::Zip,
    ];

    /// Returns its name: the command's word and the folder that holds it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Wechat => "wechat",
            Self::Long => "long",
            Self::Message => "message",
            Self::Cover => "cover",
            Self::Qr => "qr",
            Self::Led => "led",
            Self::Screen => "screen",
            Self::Zip => "zip",
        }
    }
}

/// Of which pages something is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Of {
    /// One page: its id, or its file below the site or below `content/`.
    Page(String),
    /// All pages that are new in a month.
    Month(Period),
    /// No page: the website.
    Site,
}

/// What is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The ways out.
    pub what: BTreeSet<What>,
    /// Of which pages.
    pub of: Of,
}

impl Wanted {
    /// Tells whether the whole website is needed for it.
    pub fn needs_website(&self) -> bool {
        self.what.contains(&What::Zip)
    }
}

/// What things are made of.
pub struct Sources<'a> {
    /// The site.
    pub site: &'a Site,
    /// Sets pictures.
    pub engine: &'a Engine,
    /// What was set before.
    pub cache: &'a Cache,
    /// The website as visitors get it, where [`Wanted::needs_website`].
    pub website: &'a [Artifact],
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Made {
    /// The files.
    pub artifacts: Vec<Artifact>,
    /// The folders below `share/` whose files of ours these replace.
    pub folders: BTreeSet<String>,
    /// The ids of the pages that were shared.
    pub pages: Vec<String>,
}

/// Makes what is wanted.
pub fn make(sources: &Sources, wanted: &Wanted) -> Warned<Made> {
    let mut diagnostics = Diagnostics::default();
    let mut made = Made::default();
    let site = sources.site;
    for page in pages(site, &wanted.of, &mut diagnostics) {
        let month = month(site, &wanted.of, Some(page));
        let mut job = Job::new(sources, page, month, diagnostics);
        job.run(&wanted.what);
        made.pages.push(page.id.clone());
        made.folders.extend(job.folders);
        made.artifacts.extend(job.artifacts);
        diagnostics = job.diagnostics;
    }
    if wanted.needs_website() && !diagnostics.has_errors() {
        let month = month(site, &wanted.of, None);
        let folder = format!("{month}/{}", zip::FOLDER);
        let words = Words::of(sources.engine.theme());
        made.artifacts
            .extend(zip::website(sources, &words, &folder));
        made.folders.insert(folder);
    }
    Warned {
        value: made,
        diagnostics,
    }
}

/// Returns the pages that are wanted and may go out; says of the others why not.
fn pages<'a>(site: &'a Site, of: &Of, diagnostics: &mut Diagnostics) -> Vec<&'a Page> {
    match of {
        Of::Site => Vec::new(),
        Of::Page(name) => {
            let Some(page) = find(site, name) else {
                let ids = site.pages.iter().map(|page| page.id.as_str());
                let near = nearest(name, ids).map(str::to_owned);
                diagnostics.push(
                    Diagnostic::new(Code::NothingToShare)
                        .with("name", name)
                        .with_some("nearest", near),
                );
                return Vec::new();
            };
            if !page.is_approved() {
                let state = match page.approval {
                    Approval::Draft => "share-draft",
                    _ => "share-review",
                };
                diagnostics.push(
                    Diagnostic::new(Code::NotApprovedToShare)
                        .at(Span::file(&page.span.source))
                        .with("title", &page.title)
                        .with("state", said(state)),
                );
                return Vec::new();
            }
            vec![page]
        }
        Of::Month(month) => {
            let is_new = |page: &&Page| {
                let within = |date| month.first() <= date && date <= month.last();
                page.date.is_some_and(within) && !page.is_section && page.board.is_none()
            };
            let new: Vec<&Page> = site.pages.iter().filter(is_new).collect();
            let (ready, open): (Vec<&Page>, Vec<&Page>) =
                new.into_iter().partition(|page| page.is_approved());
            if !open.is_empty() {
                let titles = open.iter().map(|page| page.title.as_str());
                diagnostics.push(
                    Diagnostic::new(Code::LeftOutOfShare)
                        .with("titles", crate::diag::Value::first_of(6, titles)),
                );
            }
            if ready.is_empty() {
                diagnostics.push(Diagnostic::new(Code::NothingNew).with("month", month));
            }
            ready
        }
    }
}

/// Finds the page that `name` names: by its file, its id or, if only one has them, by its title or
/// its file's name without folders.
fn find<'a>(site: &'a Site, name: &str) -> Option<&'a Page> {
    let path = name.replace('\\', "/");
    let path = path.trim_start_matches("./");
    let below = path.strip_prefix("content/").unwrap_or(path);
    let of_file = |page: &&Page| page.path.as_str().strip_prefix("content/") == Some(below);
    let of_id = |page: &&Page| page.id == below || page.formerly.iter().any(|id| id == below);
    let pages = || site.pages.iter().filter(|page| !page.is_made_up());
    let short = below.strip_suffix(".md").unwrap_or(below);
    let is_called = |page: &&Page| {
        page.title == name || page.id.rsplit('/').next().is_some_and(|last| last == short)
    };
    let only = || {
        let mut called = pages().filter(is_called);
        called.next().filter(|_| called.next().is_none())
    };
    pages()
        .find(of_file)
        .or_else(|| pages().find(of_id))
        .or_else(only)
}

/// One page on its way out.
struct Job<'a> {
    site: &'a Site,
    engine: &'a Engine,
    cache: &'a Cache,
    page: &'a Page,
    words: Words,
    /// The page's address, where the website has one.
    link: Option<String>,
    /// The page's folder below `share/`.
    folder: String,
    folders: BTreeSet<String>,
    artifacts: Vec<Artifact>,
    diagnostics: Diagnostics,
}

impl<'a> Job<'a> {
    fn new(sources: &Sources<'a>, page: &'a Page, month: Period, diagnostics: Diagnostics) -> Self {
        let site = sources.site;
        Self {
            site,
            engine: sources.engine,
            cache: sources.cache,
            page,
            words: Words::of(sources.engine.theme()),
            link: crate::typeset::data::address(site, page),
            folder: folder(site, page, month),
            folders: BTreeSet::new(),
            artifacts: Vec::new(),
            diagnostics,
        }
    }

    fn run(&mut self, what: &BTreeSet<What>) {
        self.say_when();
        for what in what {
            match what {
                What::Wechat => wechat::make(self),
                What::Long => long::make(self),
                What::Message => message::make(self),
                What::Cover => cover::link(self),
                What::Qr => qr::make(self),
                What::Led => led::make(self),
                What::Screen => screen::make(self),
                What::Zip => continue,
            }
            self.folders
                .insert(format!("{}/{}", self.folder, what.name()));
        }
        readme::make(self);
    }

    /// Says that the page's address leads nowhere yet, or that the page has run out.
    fn say_when(&mut self) {
        let (page, today) = (self.page, self.site.today);
        let at = Span::file(&page.span.source);
        if let Some(date) = page.date.filter(|date| *date > today) {
            self.diagnostics.push(
                Diagnostic::new(Code::SharedEarly)
                    .at(at)
                    .with("title", &page.title)
                    .with("date", date),
            );
        } else if let Some(last) = page.expires.filter(|last| *last < today) {
            self.diagnostics.push(
                Diagnostic::new(Code::SharedLate)
                    .at(at)
                    .with("title", &page.title)
                    .with("date", last),
            );
        }
    }

    /// Adds a file of the way `what`.
    fn add(&mut self, what: What, name: &str, bytes: impl Into<Arc<[u8]>>) {
        let path = format!("{}/{}/{name}", self.folder, what.name());
        self.artifacts.push(Artifact {
            output: Output::Share,
            path,
            content: bytes.into().into(),
        });
    }

    /// Adds a text as Notepad reads it: with its mark and the line ends of Windows.
    fn add_text(&mut self, what: What, name: &str, text: &str) {
        self.add(what, name, notepad(text));
    }

    /// Says that the theme's file `sheet` failed.
    fn failed(&mut self, sheet: &str, failure: &Failure) {
        let failed = failure.diagnostic(sheet, None);
        self.diagnostics.push(failed);
    }

    /// Warns about this page.
    fn warn(&mut self, code: Code, fill: impl FnOnce(Diagnostic) -> Diagnostic) {
        let at = Span::file(&self.page.span.source);
        self.diagnostics.push(fill(Diagnostic::new(code).at(at)));
    }
}

/// Returns a text with the mark by which Windows knows UTF-8 and with its line ends.
fn notepad(text: &str) -> Vec<u8> {
    let lines = text.trim_end().replace('\n', "\r\n");
    format!("\u{FEFF}{lines}\r\n").into_bytes()
}

/// Returns the folder of a page below `share/`: the month and the page's own name; its whole id
/// where two pages have the same name.
fn folder(site: &Site, page: &Page, month: Period) -> String {
    let stem = |page: &Page| page.id.rsplit('/').next().unwrap_or_default().to_owned();
    let own = stem(page);
    let shares = |other: &&Page| !other.is_section && stem(other) == own;
    let is_known_twice = site.pages.iter().filter(shares).count() > 1 || own == zip::FOLDER;
    let name = match (page.id.is_empty(), is_known_twice) {
        (true, _) => "home".to_owned(),
        (false, true) => crate::site::file_part(&page.id),
        (false, false) => own,
    };
    format!("{month}/{name}")
}

/// Returns the month in which something goes out: the one that was asked for, or today's; of what is
/// to come its own.
fn month(site: &Site, of: &Of, page: Option<&Page>) -> Period {
    let day = page.and_then(|page| page.date).unwrap_or(site.today);
    match of {
        Of::Month(month) => *month,
        _ => Period::containing(Cadence::Month, day.max(site.today)),
    }
}

//! Stage 1: the files of a site, decoded and split.
//!
//! In: [`Inputs`], the only door to the outside. Out: the [`Tree`]: settings, Markdown files
//! with their front matter parsed, data files, pictures, the theme's files, ledger and
//! published plan. Nothing is understood here beyond encoding and YAML.

mod asset;
mod bad_yaml;
pub mod blank;
pub mod data;
mod disk;
mod encoding;
mod fields;
mod file_error;
mod fonts;
mod foreign;
mod form;
pub mod front_matter;
pub mod given;
mod inputs;
mod looks;
mod memo;
mod pasted;
mod reader;
mod seen;
mod spool;
mod strays;
mod touched;
mod tree;
mod typed;
mod unsaved;
pub mod values;
mod waiting;
mod witness;
mod words;
pub mod yaml;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use jiff::tz::TimeZone;
use rayon::prelude::*;

pub use asset::Asset;
pub use data::Listed;
pub use data::csv::parted;
pub use disk::{DiskInputs, is_passing};
pub use encoding::{Decoded, NotText, decode, edited, rewritten};
pub use fields::Fields;
pub use file_error::{BadLink, FileError, Unread};
pub use fonts::WantedFonts;
pub use form::{Form, Key, Keys};
pub use inputs::{Inputs, MemoryInputs};
pub use looks::Looks;
pub use memo::Memo;
pub use reader::{DaysAs, Reader};
pub use seen::Seen;
pub use spool::Spool;
pub use strays::{Use, looks_meant, tell_unused};
pub use touched::Touched;
pub use tree::{CONTENT, DataFile, MarkdownFile, SETTINGS, Tree};
pub use unsaved::{Laid, Unsaved};
pub use waiting::Scratch;
pub use witness::Witness;
pub use words::find_word;

use crate::diag::{Code, Diagnostic, Diagnostics, SitePath, Source, Span, Warned};
use data::Data;
use yaml::Node;

/// What reading a Markdown file gave.
#[derive(Debug, Clone)]
pub struct ReadFile {
    markdown: Markdown,
    found: Diagnostics,
}

/// Reads a site; `None` where it has no readable settings.
pub fn read(inputs: &dyn Inputs) -> Warned<Option<Tree>> {
    read_with(inputs, None)
}

/// Reads a site of which an earlier run of the same program `known` what it read: a file that
/// `inputs` vouch for is not read again.
pub fn read_with(inputs: &dyn Inputs, known: Option<&Memo<ReadFile>>) -> Warned<Option<Tree>> {
    let mut door = Door {
        inputs,
        known,
        diagnostics: Diagnostics::default(),
    };
    let value = door.tree();
    Warned {
        value,
        diagnostics: door.diagnostics,
    }
}

/// The files below `content/`.
#[derive(Default)]
struct Content {
    documents: Vec<MarkdownFile>,
    unread: BTreeSet<SitePath>,
    data: BTreeMap<SitePath, DataFile>,
    lists: Vec<Listed>,
    left: Vec<SitePath>,
    told: BTreeSet<SitePath>,
    assets: BTreeMap<SitePath, Asset>,
}

/// What a file of Markdown turned out to be.
#[derive(Debug, Clone)]
enum Markdown {
    Page(Box<MarkdownFile>),
    /// Words for those who keep the folder.
    Readme,
    Unread,
}

/// The inputs, with what went wrong while asking.
struct Door<'a> {
    inputs: &'a dyn Inputs,
    /// What was read of Markdown files before.
    known: Option<&'a Memo<ReadFile>>,
    diagnostics: Diagnostics,
}

impl Door<'_> {
    fn tree(&mut self) -> Option<Tree> {
        let path = SitePath::fixed(SETTINGS);
        if self.inputs.read(&path) == Err(FileError::Missing) {
            self.diagnostics.push(Diagnostic::new(Code::NoSettings));
            return None;
        }
        let settings = self.data_file(&path);
        let second = SitePath::fixed("greenboard.yml");
        if self.inputs.asset(&second).is_ok() {
            let copies = BTreeSet::from([second]);
            self.diagnostics
                .extend(strays::tell(Code::CopiesUnread, &copies));
        }
        let content = self.content();
        let mut theme_files = self.files("themes");
        theme_files.extend(self.files("theme"));
        theme_files.extend(self.files("fonts"));
        theme_files.extend(self.files("profiles"));
        let statics = self.assets("static");
        let values = self.values();
        let ledger_paths = self.list("ledger");
        let copies = strays::copies(&ledger_paths);
        self.diagnostics
            .extend(strays::tell(Code::LedgerCopies, &copies));
        // A folder that leads out of the site is listed as itself, and is told when it is read.
        let is_read = |path: &&SitePath| {
            path.as_str() == "ledger" || strays::is_ledger(path) && !copies.contains(path)
        };
        let is_diary = |path: &SitePath| path.is_below("ledger/work");
        let (mut ledger, mut diary) = (Vec::new(), Vec::new());
        for path in ledger_paths.iter().filter(is_read) {
            let into = if is_diary(path) {
                &mut diary
            } else {
                &mut ledger
            };
            into.extend(self.source(path));
        }
        let published = self.source_if_there("plan.lock.yaml");
        let changes = self.source_if_there("plan.changes.yaml");
        let settings = settings?;
        let today = self.inputs.today(&timezone(&settings));
        Some(Tree {
            settings,
            documents: content.documents,
            unread: content.unread,
            data: content.data,
            lists: content.lists,
            left: content.left,
            told: content.told,
            assets: content.assets,
            statics,
            theme_files,
            values,
            ledger,
            diary,
            published,
            changes,
            today,
        })
    }

    /// Reads a file that a site need not have.
    fn source_if_there(&mut self, path: &'static str) -> Option<Arc<Source>> {
        let path = SitePath::fixed(path);
        match self.inputs.read(&path) {
            Err(FileError::Missing) => None,
            _ => self.source(&path),
        }
    }

    /// Reads the files below `content/`, each as what it is.
    fn content(&mut self) -> Content {
        let mut content = Content::default();
        let paths = self.list(CONTENT);
        let copies = strays::copies(&paths);
        let is_page = |path: &SitePath| !copies.contains(path) && Use::of(path) == Use::Page;
        let (pages, paths): (Vec<_>, Vec<_>) = paths.into_iter().partition(is_page);
        self.pages(&pages, &mut content);
        for path in paths {
            if copies.contains(&path) {
                content.unread.insert(path.composed());
                continue;
            }
            match Use::of(&path) {
                Use::Page => {}
                Use::Data => match self.data_file(&path) {
                    Some(file) => {
                        content.data.insert(path, file);
                    }
                    None => {
                        content.unread.insert(path.composed());
                    }
                },
                Use::List => match self.listed(&path) {
                    Some(list) => content.lists.push(list),
                    None => {
                        content.unread.insert(path.composed());
                    }
                },
                Use::Asset => {
                    let asset = self.asset(&path);
                    content
                        .assets
                        .extend(asset.map(|asset| (path.composed(), asset)));
                }
            }
        }
        strays::place(&mut content.documents);
        content.told = (content.assets.iter())
            .filter(|(path, asset)| strays::is_page_in_text(path, asset))
            .map(|(path, _)| path.clone())
            .collect();
        self.diagnostics
            .extend(strays::tell_text_pages(&content.told, &content.documents));
        self.diagnostics
            .extend(strays::tell(Code::CopiesUnread, &copies));
        content
    }

    /// Reads Markdown files, side by side.
    fn pages(&mut self, paths: &[SitePath], content: &mut Content) {
        let (inputs, known) = (self.inputs, self.known);
        let read = paths.par_iter().map(|path| read_page(inputs, known, path));
        let read: Vec<ReadFile> = read.collect();
        if let Some(known) = known {
            known.keep_only(paths.iter());
        }
        for (path, read) in paths.iter().zip(read) {
            self.diagnostics.extend(read.found);
            match read.markdown {
                Markdown::Page(file) => content.documents.push(*file),
                Markdown::Readme => content.left.push(path.clone()),
                Markdown::Unread => {
                    content.unread.insert(path.composed());
                }
            }
        }
    }

    fn page(&mut self, path: &SitePath) -> Markdown {
        if strays::is_readme(path)
            && let Some(source) = self.source(path)
            && front_matter::split(&source.text) == Err(front_matter::Missing::Start)
        {
            return Markdown::Readme;
        }
        self.markdown_file(path)
            .map_or(Markdown::Unread, |file| Markdown::Page(Box::new(file)))
    }

    /// Reads a list that people keep as a table.
    fn listed(&mut self, path: &SitePath) -> Option<Listed> {
        let bytes = self.bytes(path)?;
        let mut found = Diagnostics::default();
        let listed = data::listed(path, &bytes, || self.source(path), &mut found);
        self.diagnostics.extend(found);
        listed
    }

    fn list(&mut self, folder: &'static str) -> Vec<SitePath> {
        match self.inputs.list(&SitePath::fixed(folder)) {
            Ok(paths) => paths,
            Err(error) => {
                self.failed(&SitePath::fixed(folder), &error);
                Vec::new()
            }
        }
    }

    fn files(&mut self, folder: &'static str) -> BTreeMap<SitePath, Arc<[u8]>> {
        let paths = self.list(folder);
        paths
            .into_iter()
            .filter_map(|path| Some((path.composed(), self.bytes(&path)?)))
            .collect()
    }

    /// Reads the files below `data/`.
    fn values(&mut self) -> Data {
        let mut values = Data::default();
        for path in self.list(data::DATA) {
            let Some(bytes) = self.bytes(&path) else {
                continue;
            };
            let mut found = Diagnostics::default();
            let source = || self.source(&path);
            data::add(&mut values, &path, &bytes, source, &mut found);
            self.diagnostics.extend(found);
        }
        values
    }

    fn bytes(&mut self, path: &SitePath) -> Option<Arc<[u8]>> {
        self.inputs
            .read(path)
            .map_err(|error| self.failed(path, &error))
            .ok()
    }

    fn assets(&mut self, folder: &'static str) -> BTreeMap<SitePath, Asset> {
        let paths = self.list(folder);
        paths
            .into_iter()
            .filter_map(|path| Some((path.clone(), self.asset(&path)?)))
            .collect()
    }

    fn asset(&mut self, path: &SitePath) -> Option<Asset> {
        self.inputs
            .asset(path)
            .map_err(|error| self.failed(path, &error))
            .ok()
    }

    fn source(&mut self, path: &SitePath) -> Option<Arc<Source>> {
        let bytes = self.bytes(path)?;
        let file = || Span::file(&Source::new(path.clone(), ""));
        match encoding::decode(&bytes) {
            Ok(decoded) => {
                if let Some(encoding) = decoded.assumed {
                    let assumed = Diagnostic::new(Code::EncodingAssumed).at(file());
                    self.diagnostics.push(assumed.with("encoding", encoding));
                }
                let source = Source::new(path.clone(), decoded.text);
                pasted::tell(&source, &mut self.diagnostics).then_some(source)
            }
            Err(encoding::NotText) => {
                self.diagnostics
                    .push(Diagnostic::new(Code::NotText).at(file()));
                None
            }
        }
    }

    fn data_file(&mut self, path: &SitePath) -> Option<DataFile> {
        let source = self.source(path)?;
        let node = self.node(&source, 0..source.text.len())?;
        Some(DataFile { source, node })
    }

    fn markdown_file(&mut self, path: &SitePath) -> Option<MarkdownFile> {
        let source = self.source(path)?;
        match front_matter::split(&source.text) {
            Ok(front_matter::Split { front, body }) => {
                let front = self.node(&source, front)?;
                Some(MarkdownFile {
                    place: path.clone(),
                    has_blanks: blank::is_in(&source.text),
                    source,
                    front: front.into(),
                    body,
                    key: None,
                })
            }
            Err(missing) => {
                let code = match missing {
                    front_matter::Missing::Start => Code::FrontMatterMissing,
                    front_matter::Missing::End => Code::FrontMatterOpen,
                };
                self.diagnostics
                    .push(Diagnostic::new(code).at(Span::file(&source)));
                None
            }
        }
    }

    fn node(&mut self, source: &Arc<Source>, range: Range<usize>) -> Option<Node> {
        yaml::parse_all(&source.text, range)
            .map_err(|errors| {
                let told = errors.iter().map(|error| error.diagnostic(source));
                told.for_each(|it| self.diagnostics.push(it));
            })
            .ok()
    }

    fn failed(&mut self, path: &SitePath, error: &FileError) {
        self.diagnostics.push(error.diagnostic(path));
    }
}

/// Reads a Markdown file, unless it is `known` already.
fn read_page(inputs: &dyn Inputs, known: Option<&Memo<ReadFile>>, path: &SitePath) -> ReadFile {
    let key = || known.and_then(|known| Some((known, inputs.key(path)?)));
    if let Some(read) = key().and_then(|(known, key)| known.find(path, key)) {
        return read;
    }
    let mut door = Door {
        inputs,
        known: None,
        diagnostics: Diagnostics::default(),
    };
    let mut markdown = door.page(path);
    // Now it may be vouched for.
    let key = key();
    if let (Markdown::Page(file), Some((_, key))) = (&mut markdown, key) {
        file.key = Some(key);
    }
    let read = ReadFile {
        markdown,
        found: door.diagnostics,
    };
    if let Some((known, key)) = key {
        known.keep(path, key, read.clone());
    }
    read
}

/// Looks the time zone up early, because it decides which day it is; `site` reports a bad one.
fn timezone(settings: &DataFile) -> TimeZone {
    let named = match &settings.node.value {
        yaml::Value::Map(entries) => entries
            .iter()
            .find(|(key, _)| matches!(key.name.as_str(), "timezone" | "时区")),
        _ => None,
    };
    let name = match named {
        Some((
            _,
            Node {
                value: yaml::Value::Scalar(name),
                ..
            },
        )) => name,
        _ => "Asia/Shanghai",
    };
    TimeZone::get(name).unwrap_or(TimeZone::UTC)
}

#[cfg(test)]
mod tests;

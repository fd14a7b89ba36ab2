//! What stage 1 gives: the files of a site, decoded and split.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;

use super::asset::Asset;
use super::data::{Data, Listed};
use super::yaml::Node;
use crate::cache::CacheKey;
use crate::diag::{SitePath, Source};

/// The settings file.
pub const SETTINGS: &str = "greenboard.yaml";
/// The folder of all content.
pub const CONTENT: &str = "content";

/// The files of a site.
#[derive(Debug)]
pub struct Tree {
    /// `greenboard.yaml`.
    pub settings: DataFile,
    /// All Markdown files below `content/`, by path.
    pub documents: Vec<MarkdownFile>,
    /// Files that could not be read, so that what cites them is not reported too.
    pub unread: BTreeSet<SitePath>,
    /// The files below `content/` that hold data and no page, by path: items and calendar.
    pub data: BTreeMap<SitePath, DataFile>,
    /// Those of them that are tables.
    pub lists: Vec<Listed>,
    /// Files below `content/` that are neither read nor to be linked to.
    pub left: Vec<SitePath>,
    /// Those of `assets` of which it was said already that they are no pages.
    pub told: BTreeSet<SitePath>,
    /// All other files below `content/`.
    pub assets: BTreeMap<SitePath, Asset>,
    /// Files below `static/`, to be copied as they are.
    pub statics: BTreeMap<SitePath, Asset>,
    /// Files below `themes/`, `theme/`, `fonts/` and `profiles/` that the site brings itself.
    pub theme_files: BTreeMap<SitePath, Arc<[u8]>>,
    /// What the files below `data/` say.
    pub values: Data,
    /// `ledger/*.yaml`, in order.
    pub ledger: Vec<Arc<Source>>,
    /// `ledger/work/*.yaml`, in order.
    pub diary: Vec<Arc<Source>>,
    /// `plan.lock.yaml`.
    pub published: Option<Arc<Source>>,
    /// `plan.changes.yaml`.
    pub changes: Option<Arc<Source>>,
    /// The day of the build in the site's time zone.
    pub today: Date,
}

/// A YAML file.
#[derive(Debug)]
pub struct DataFile {
    /// Its text.
    pub source: Arc<Source>,
    /// What it says.
    pub node: Node,
}

/// A Markdown file.
#[derive(Debug, Clone)]
pub struct MarkdownFile {
    /// Its text.
    pub source: Arc<Source>,
    /// The path that it stands for: its own, but for an `index.md`, which is its folder's page.
    pub place: SitePath,
    /// Its front matter; a preview has it in common with earlier ones.
    pub front: Arc<Node>,
    /// The bytes of the Markdown behind it.
    pub body: Range<usize>,
    /// Whether something is left to be filled in.
    pub has_blanks: bool,
    /// The key of its content, where a preview knows that.
    pub key: Option<CacheKey>,
}

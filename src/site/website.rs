//! How the website is laid out: taxonomies, addresses, lists and contents.

use std::collections::BTreeMap;

use super::markdown::RawHtml;
use crate::diag::Spanned;

/// How a site wants its website.
#[derive(Debug, Clone, Default)]
pub struct Website {
    /// How many pages a list holds before it goes on with a second page; all where absent.
    pub pagination: Option<usize>,
    /// The ways of grouping pages that the site names beside topics.
    pub taxonomies: Vec<Taxonomy>,
    /// What pages are called in addresses.
    pub slugs: Slugs,
    /// Tables of contents.
    pub contents: Contents,
    /// What becomes of raw HTML in texts.
    pub raw_html: RawHtml,
}

impl Website {
    /// Finds a taxonomy by its id.
    pub fn taxonomy(&self, id: &str) -> Option<&Taxonomy> {
        self.taxonomies.iter().find(|taxonomy| taxonomy.id == id)
    }
}

/// A way of grouping pages: 写给谁, with its terms 老人, 家长 and so on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taxonomy {
    /// Its name in addresses, and its key in front matter.
    pub id: String,
    /// Its name for people, and its other key in front matter.
    pub title: String,
    /// The terms that pages may name; any where empty.
    pub terms: Vec<Term>,
}

/// A term of a taxonomy.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Term {
    /// Its name in addresses.
    pub id: String,
    /// Its name for people.
    pub title: String,
}

/// What a page is called in its address where its file says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Slugs {
    /// As its file.
    #[default]
    File,
    /// As its title.
    Characters,
    /// As its title, spelt in Latin letters.
    Pinyin,
}

/// Tables of contents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contents {
    /// From how many headings on a page has one; never where absent.
    pub from: Option<usize>,
    /// How many levels of headings it shows: 1 to 3.
    pub levels: u8,
}

impl Default for Contents {
    fn default() -> Self {
        Self {
            from: Some(3),
            levels: 2,
        }
    }
}

/// What a page wants of the website.
#[derive(Debug, Clone, Default)]
pub struct WebWish {
    /// Its terms by the taxonomy's id, each once; topics stand apart.
    pub terms: BTreeMap<String, Vec<Term>>,
    /// The output files under which it stood before.
    pub aliases: Vec<Spanned<String>>,
    /// Whether it has a table of contents, where it says so.
    pub contents: Option<bool>,
}

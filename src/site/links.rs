//! Links and images of the texts: each leads somewhere, or is reported.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::markdown::{self, InlineKind};
use super::page::{LinkTarget, Page};
use crate::diag::{Code, Diagnostic, Diagnostics, SitePath, Span, nearest};
use crate::read::{CONTENT, Tree};

/// Resolves all links and images of all pages.
pub(super) fn resolve(pages: &mut [Page], known: &Known, diagnostics: &mut Diagnostics) {
    for page in pages {
        known.resolve_page(page, diagnostics);
    }
}

/// Everything that a link can lead to.
pub(super) struct Known<'a> {
    pages: BTreeMap<SitePath, String>,
    anchors: BTreeMap<String, BTreeSet<String>>,
    tree: &'a Tree,
}

impl<'a> Known<'a> {
    /// Knows the pages and the files of `tree`.
    pub(super) fn new(pages: &[Page], tree: &'a Tree) -> Self {
        Self {
            pages: pages
                .iter()
                .map(|page| (page.path.clone(), page.id.clone()))
                .collect(),
            anchors: pages
                .iter()
                .map(|page| (page.id.clone(), markdown::anchors(&page.body)))
                .collect(),
            tree,
        }
    }

    /// Returns the content of a file that a link leads to.
    pub(super) fn bytes(&self, path: &SitePath) -> Option<&'a [u8]> {
        let tree = self.tree;
        let found = tree.assets.get(path).or_else(|| tree.statics.get(path));
        found.map(|bytes| &**bytes)
    }

    fn resolve_page(&self, page: &mut Page, diagnostics: &mut Diagnostics) {
        let folder = page.path.parent();
        let mut images = BTreeMap::new();
        let mut links = BTreeMap::new();
        markdown::walk(&page.body, &mut |inline| {
            let at = |range: &Range<usize>| Span::new(&page.span.source, range.clone());
            match &inline.kind {
                InlineKind::Image { target, alt, .. } if !is_external(target) => {
                    match self.file(&folder, target) {
                        Some(path) => {
                            if alt.trim().is_empty() {
                                let missing =
                                    Diagnostic::new(Code::MissingAlt).at(at(&inline.range));
                                diagnostics.push(missing.with("image", target));
                            }
                            images.insert(target.clone(), path);
                        }
                        None => {
                            diagnostics.push(self.missing_image(&folder, target, at(&inline.range)))
                        }
                    }
                }
                InlineKind::Link { target, .. } if !is_external(target) => {
                    match self.link(page, &folder, target) {
                        Ok(found) => {
                            links.insert(target.clone(), found);
                        }
                        Err(diagnostic) => diagnostics.push(diagnostic.at(at(&inline.range))),
                    }
                }
                _ => {}
            }
        });
        page.images = images;
        page.links = links;
    }

    /// Finds the file behind a link of a page in `folder`.
    pub(super) fn file(&self, folder: &SitePath, target: &str) -> Option<SitePath> {
        let target = decode(target);
        let path = folder.resolve(&SitePath::fixed(CONTENT), &target)?;
        if self.tree.assets.contains_key(&path) {
            return Some(path);
        }
        let path = SitePath::fixed("static").join(target.strip_prefix('/')?)?;
        self.tree.statics.contains_key(&path).then_some(path)
    }

    fn link(&self, page: &Page, folder: &SitePath, target: &str) -> Result<LinkTarget, Diagnostic> {
        let (file, anchor) = match target.split_once('#') {
            Some((file, anchor)) => (file, Some(decode(anchor))),
            None => (target, None),
        };
        let id = if file.is_empty() {
            Some(page.id.clone())
        } else {
            self.page(folder, file)
        };
        match (id, self.file(folder, file)) {
            (Some(id), _) => {
                self.check_anchor(target, &id, anchor.as_deref())?;
                Ok(LinkTarget::Page { id, anchor })
            }
            (None, Some(path)) => Ok(LinkTarget::File(path)),
            // A page that could not be read was reported already.
            (None, None) if self.is_unread(folder, file) => Ok(LinkTarget::Page {
                id: page.id.clone(),
                anchor: None,
            }),
            (None, None) => {
                let candidates: Vec<String> = self
                    .pages
                    .keys()
                    .map(|path| relative(folder, path))
                    .collect();
                let nearest = nearest(file, candidates.iter().map(String::as_str));
                Err(Diagnostic::new(Code::BrokenLink)
                    .with("link", target)
                    .with_some("nearest", nearest))
            }
        }
    }

    fn is_unread(&self, folder: &SitePath, link: &str) -> bool {
        let path = folder.resolve(&SitePath::fixed(CONTENT), &decode(link));
        path.is_some_and(|path| self.tree.unread.contains(&path))
    }

    /// Finds the page behind a source path, also with the ending or `_index.md` left out.
    pub(super) fn page(&self, folder: &SitePath, link: &str) -> Option<String> {
        let path = folder.resolve(&SitePath::fixed(CONTENT), &decode(link))?;
        let candidates = [path.clone()]
            .into_iter()
            .chain(SitePath::new(&format!("{path}.md")))
            .chain(path.join("_index.md"));
        candidates
            .into_iter()
            .find_map(|path| self.pages.get(&path).cloned())
    }

    fn check_anchor(&self, link: &str, id: &str, anchor: Option<&str>) -> Result<(), Diagnostic> {
        let Some(anchor) = anchor.filter(|anchor| !anchor.is_empty()) else {
            return Ok(());
        };
        let anchors = &self.anchors[id];
        if anchors.contains(anchor) {
            return Ok(());
        }
        Err(Diagnostic::new(Code::BrokenAnchor)
            .with("link", link)
            .with("anchor", anchor)
            .with_some(
                "nearest",
                nearest(anchor, anchors.iter().map(String::as_str)),
            ))
    }

    fn missing_image(&self, folder: &SitePath, target: &str, at: Span) -> Diagnostic {
        let names: Vec<String> = self
            .tree
            .assets
            .keys()
            .map(|path| relative(folder, path))
            .collect();
        Diagnostic::new(Code::MissingImage)
            .at(at)
            .with("image", target)
            .with_some("nearest", nearest(target, names.iter().map(String::as_str)))
    }
}

/// Writes `path` as a link from a file of `folder`.
fn relative(folder: &SitePath, path: &SitePath) -> String {
    let from: Vec<&str> = folder
        .as_str()
        .split('/')
        .filter(|part| !part.is_empty())
        .collect();
    let to: Vec<&str> = path.as_str().split('/').collect();
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let ups = "../".repeat(from.len() - shared);
    format!("{ups}{}", to[shared..].join("/"))
}

/// Tells whether a link leaves the site: it has a scheme, or begins with `//`.
pub(super) fn is_external(target: &str) -> bool {
    let scheme = target.split_once(':').map(|(scheme, _)| scheme);
    let is_scheme = |scheme: &str| {
        scheme.len() > 1
            && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    };
    target.starts_with("//") || scheme.is_some_and(is_scheme)
}

/// Undoes `%E6%B0%B4` in links that an editor has encoded.
fn decode(link: &str) -> String {
    let bytes = link.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = |byte: u8| char::from(byte).to_digit(16);
        match (
            bytes[at],
            bytes.get(at + 1).copied().and_then(hex),
            bytes.get(at + 2).copied().and_then(hex),
        ) {
            (b'%', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                at += 3;
            }
            (byte, ..) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| link.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoded_links_are_read_as_meant() {
        assert_eq!(decode("%E6%B0%B4.md"), "水.md");
        assert_eq!(decode("100%.md"), "100%.md");
    }

    #[test]
    fn schemes_leave_the_site() {
        assert!(
            is_external("https://example.org") && is_external("tel:5550") && is_external("//x")
        );
        assert!(!is_external("../water.md") && !is_external("#a") && !is_external("水：一.md"));
    }

    #[test]
    fn links_are_written_from_the_folder_of_the_file() {
        let folder = SitePath::fixed("content/living");
        assert_eq!(
            relative(&folder, &SitePath::fixed("content/sorting/a.md")),
            "../sorting/a.md"
        );
        assert_eq!(
            relative(&folder, &SitePath::fixed("content/living/b.md")),
            "b.md"
        );
    }
}

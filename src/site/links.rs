//! Links and images of the texts: each leads somewhere, or is reported.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::about::{About, Resolved};
use super::language::{self, Name, Translation, Translations};
use super::markdown::{self, InlineKind};
use super::near;
use super::page::{LinkTarget, Page};
use super::settings::Settings;
use super::target::{decode, is_external, relative};
use crate::diag::{Code, Diagnostic, Diagnostics, SitePath, Span, words as said};
use crate::read::{Asset, CONTENT, Tree};

/// Resolves all links and images of all pages, of which `abouts` tell, translations among them;
/// those of `known` pages were resolved in an earlier run.
pub(super) fn resolve(
    pages: &mut [Page],
    abouts: &[About],
    translations: &mut Translations,
    targets: &Targets,
    known: Option<&Resolved>,
    diagnostics: &mut Diagnostics,
) {
    let sound = pages.par_iter_mut().zip(abouts).map(|(page, about)| {
        if let Some(resolved) = known.and_then(|known| known.find(page, about)) {
            *page = resolved;
            return true;
        }
        let resolution = targets.known(None).unlooked().resolve(page);
        let is_sound = resolution.found.is_empty();
        if is_sound {
            resolution.lay_into(page);
            if let Some(known) = known {
                known.keep(page, about);
            }
        }
        is_sound
    });
    let sound: Vec<bool> = sound.collect();
    // In their order, as it is looked for what was meant so many times and no more.
    let faulty = pages.iter_mut().zip(sound).filter(|(_, sound)| !sound);
    let translated = translations.iter_mut().flat_map(|(tag, own)| {
        let own = own.iter_mut();
        own.map(move |it| (Some(tag.as_str()), &mut it.page))
    });
    for (tag, page) in faulty.map(|(page, _)| (None, page)).chain(translated) {
        let mut resolution = targets.known(tag).resolve(page);
        diagnostics.extend(std::mem::take(&mut resolution.found));
        resolution.lay_into(page);
    }
}

/// What a page cites, resolved.
#[derive(Default)]
struct Resolution {
    images: BTreeMap<String, SitePath>,
    links: BTreeMap<String, LinkTarget>,
    found: Diagnostics,
}

impl Resolution {
    /// A page that cites nothing stays the one that it is copied from.
    fn lay_into(self, page: &mut Page) {
        if self.images != page.images || self.links != page.links {
            page.images = self.images;
            page.links = self.links;
        }
    }
}

/// Everything that links can lead to, in whatever language.
pub(super) struct Targets<'a> {
    /// The pages of the main language, and translations as [`language::across`] names them.
    all: Arc<Places>,
    /// The translations into each language.
    own: BTreeMap<String, Places>,
    none: Places,
    tree: &'a Tree,
    /// How often it was looked for what was meant.
    looked: AtomicUsize,
}

/// How many links that lead nowhere are compared with all that could have been meant. Where there are
/// more, a folder was lost or a whole tree came in, and nobody mends them one by one.
const LOOKED: usize = 200;

impl<'a> Targets<'a> {
    /// Knows `all` places, those of the translations, and the files of `tree`.
    pub(super) fn new(
        all: Arc<Places>,
        translations: &Translations,
        tree: &'a Tree,
        settings: &Settings,
    ) -> Self {
        let mut own = BTreeMap::new();
        for (tag, translations) in translations {
            let of_tag: &mut Places = own.entry(tag.clone()).or_default();
            for Translation { page, .. } in translations {
                let anchors = markdown::anchors(&page.body).into();
                of_tag.add(page, page.id.clone(), anchors);
                let name = Name::of(&page.path.composed(), settings).original;
                of_tag.pages.insert(name, page.id.clone());
            }
        }
        Self {
            all,
            own,
            none: Places::default(),
            tree,
            looked: AtomicUsize::new(0),
        }
    }

    /// Returns what a page in the language `tag` can lead to; of the main language where absent.
    pub(super) fn known(&self, tag: Option<&str>) -> Known<'_> {
        let own = tag.and_then(|tag| self.own.get(tag));
        Known {
            own: own.unwrap_or(&self.none),
            all: &self.all,
            tree: self.tree,
            looked: Some(&self.looked),
        }
    }
}

/// Pages by their files, their titles, and the headings of each.
#[derive(Debug, Default)]
pub(super) struct Places {
    pages: BTreeMap<SitePath, String>,
    titles: Vec<(String, SitePath)>,
    anchors: BTreeMap<String, Arc<BTreeSet<String>>>,
}

impl Places {
    /// Knows the pages of the main language, of which `abouts` tell, and translations as
    /// [`language::across`] names them.
    pub(super) fn new(
        pages: &[Page],
        abouts: &[About],
        translations: &Translations,
        settings: &Settings,
    ) -> Self {
        let mut all = Self::default();
        for (page, about) in pages.iter().zip(abouts) {
            all.add(page, page.id.clone(), about.anchors.clone());
            // `water.zh-CN.md` is `water.md` of a site in that language.
            let name = Name::of(&page.path.composed(), settings).original;
            all.pages.entry(name).or_insert_with(|| page.id.clone());
        }
        for (tag, translations) in translations {
            for Translation { page, .. } in translations {
                let anchors = markdown::anchors(&page.body).into();
                all.add(page, language::across(&page.id, tag), anchors);
            }
        }
        all
    }

    fn add(&mut self, page: &Page, id: String, anchors: Arc<BTreeSet<String>>) {
        self.pages.insert(page.path.composed(), id.clone());
        self.titles.push((page.title.clone(), page.path.clone()));
        self.anchors.insert(id, anchors);
    }
}

/// What a text cites, in Markdown or in raw HTML.
enum Cited<'a> {
    /// A link, and its words where they are known.
    Link(&'a str, String),
    /// An image, and its words for those who cannot see it.
    Image(&'a str, &'a str),
}

/// Calls `visit` with all that `page` cites, and where that stands.
fn each_cited(page: &Page, visit: &mut dyn FnMut(Cited, &Range<usize>)) {
    markdown::walk(&page.body, &mut |inline| match &inline.kind {
        InlineKind::Image { target, alt, .. } => visit(Cited::Image(target, alt), &inline.range),
        InlineKind::Link {
            target, inlines, ..
        } => visit(Cited::Link(target, markdown::plain(inlines)), &inline.range),
        _ => {}
    });
    markdown::walk_raw(&page.body, &mut |tag, range| {
        if let Some(target) = tag.attribute("src").filter(|_| tag.is("img")) {
            let alt = tag.attribute("alt").unwrap_or_default();
            visit(Cited::Image(&target, &alt), &within(page, range, &target));
        } else if let Some(target) = tag.attribute("href").filter(|_| tag.is("a")) {
            let link = Cited::Link(&target, String::new());
            visit(link, &within(page, range, &target));
        }
    });
}

/// Returns the bytes of an address in raw HTML of the bytes `range`.
fn within(page: &Page, range: &Range<usize>, address: &str) -> Range<usize> {
    let html = page.span.source.text.get(range.clone()).unwrap_or_default();
    match html.find(address).filter(|_| !address.is_empty()) {
        Some(at) => range.start + at..range.start + at + address.len(),
        None => range.clone(),
    }
}

/// Everything that a link can lead to.
pub(super) struct Known<'a> {
    /// What is written in the language of the page; a link finds it first.
    own: &'a Places,
    /// The pages of the main language, and translations as [`language::across`] names them.
    all: &'a Places,
    tree: &'a Tree,
    /// How often it was looked for what was meant; nothing where nobody is told.
    looked: Option<&'a AtomicUsize>,
}

impl Known<'_> {
    /// Looks for nothing that was meant.
    fn unlooked(self) -> Self {
        Self {
            looked: None,
            ..self
        }
    }

    /// Returns the content of a file that a link leads to.
    pub(super) fn bytes(&self, path: &SitePath) -> Option<Arc<[u8]>> {
        let tree = self.tree;
        let found = tree.assets.get(path).or_else(|| tree.statics.get(path));
        found.map(Asset::bytes)
    }

    fn resolve(&self, page: &Page) -> Resolution {
        let folder = page.path.parent();
        let Resolution {
            mut images,
            mut links,
            found: mut diagnostics,
        } = Resolution::default();
        each_cited(page, &mut |cited, range| {
            let at = Span::new(&page.span.source, range.clone());
            match cited {
                Cited::Image(target, _) if near::is_remote(target) => {
                    let remote = Diagnostic::new(Code::RemotePicture).at(at);
                    diagnostics.push(remote.with("image", target));
                }
                Cited::Image(target, alt) if !is_external(target) => {
                    match self.file(&folder, target) {
                        Some(path) => {
                            if alt.trim().is_empty() {
                                diagnostics.push(missing_words(target, at));
                            }
                            images.insert(target.to_owned(), path);
                        }
                        None => diagnostics.push(self.missing_image(&folder, target, at)),
                    }
                }
                Cited::Link(target, _) if near::is_unfit(target) => {
                    let unfit = Diagnostic::new(Code::LinkUnfit).at(at);
                    diagnostics.push(unfit.with("link", target));
                }
                Cited::Link(target, words) if target.trim().is_empty() => {
                    let empty = Diagnostic::new(Code::BrokenLink).at(at);
                    let empty = empty.with("link", format!("[{words}]()"));
                    diagnostics.push(empty.with("advice", said("link-look")));
                }
                Cited::Link(target, words) if !is_external(target) => {
                    match self.link(page, &folder, target, &words) {
                        Ok(found) => {
                            links.insert(target.to_owned(), found);
                        }
                        Err(diagnostic) => diagnostics.push(diagnostic.at(at)),
                    }
                }
                _ => {}
            }
        });
        Resolution {
            images,
            links,
            found: diagnostics,
        }
    }

    /// Finds the file behind a link of a page in `folder`.
    pub(super) fn file(&self, folder: &SitePath, target: &str) -> Option<SitePath> {
        let target = decode(target);
        let path = folder.resolve(&SitePath::fixed(CONTENT), &target)?;
        if self.tree.assets.contains_key(&path) {
            return Some(path);
        }
        let path = SitePath::fixed("static")
            .join(target.strip_prefix('/')?)?
            .composed();
        self.tree.statics.contains_key(&path).then_some(path)
    }

    fn link(
        &self,
        page: &Page,
        folder: &SitePath,
        target: &str,
        words: &str,
    ) -> Result<LinkTarget, Diagnostic> {
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
            (None, None) => Err(match near::address(target) {
                Some(meant) => Diagnostic::new(Code::AddressUnclear)
                    .with("link", target)
                    .with("meant", meant),
                None if !self.may_look() => Diagnostic::new(Code::BrokenLink)
                    .with("link", target)
                    .with("advice", said("link-look")),
                None => {
                    let all = self.all.pages.keys().map(|path| relative(folder, path));
                    let all: Vec<String> = all.collect();
                    let nearest = self.nearest(folder, target, words);
                    let advice = nearest.is_none().then(|| said("link-look"));
                    Diagnostic::new(Code::BrokenLink)
                        .with("link", target)
                        .with_some("advice", advice)
                        .meant_path(target, nearest, &all)
                }
            }),
        }
    }

    /// Tells whether it is still looked for what was meant, and counts.
    fn may_look(&self) -> bool {
        let looked = self.looked.map(|it| it.fetch_add(1, Ordering::Relaxed));
        looked.is_some_and(|looked| looked < LOOKED)
    }

    /// Returns the link that was meant by `target`, as it is written in a file of `folder`.
    fn nearest(&self, folder: &SitePath, target: &str, words: &str) -> Option<String> {
        let (file, anchor) = match target.find('#') {
            Some(at) => target.split_at(at),
            None => (target, ""),
        };
        let file = decode(file);
        let places = [self.own, self.all].into_iter();
        let path = places.into_iter().find_map(|places| {
            let own = &places.titles;
            let candidates = own.iter().map(|(title, path)| (title.as_str(), path));
            near::page(&file, words, candidates, folder)
        })?;
        Some(format!("{}{anchor}", relative(folder, path)))
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
            .chain(
                ["_index.md", "index.md", "README.md"]
                    .iter()
                    .filter_map(|it| path.join(it)),
            );
        candidates.into_iter().find_map(|path| {
            let own = self.own.pages.get(&path);
            own.or_else(|| self.all.pages.get(&path)).cloned()
        })
    }

    fn check_anchor(&self, link: &str, id: &str, anchor: Option<&str>) -> Result<(), Diagnostic> {
        let Some(anchor) = anchor.filter(|anchor| !anchor.is_empty()) else {
            return Ok(());
        };
        let own = self.own.anchors.get(id);
        let Some(anchors) = own.or_else(|| self.all.anchors.get(id)) else {
            return Ok(());
        };
        if anchors.contains(anchor) {
            return Ok(());
        }
        Err(Diagnostic::new(Code::BrokenAnchor)
            .with("link", link)
            .with("anchor", anchor)
            .meant(anchor, anchors.iter().map(String::as_str)))
    }

    fn missing_image(&self, folder: &SitePath, target: &str, at: Span) -> Diagnostic {
        let missing = Diagnostic::new(Code::MissingImage)
            .at(at)
            .with("image", target);
        if !self.may_look() {
            return missing;
        }
        let found = near::file(&decode(target), self.tree.assets.keys(), folder);
        missing.meant_path(
            target,
            found.map(|path| relative(folder, path)),
            &(self.tree.assets.keys())
                .map(|path| relative(folder, path))
                .collect::<Vec<_>>(),
        )
    }
}

/// Says that the image `target` has no words, and how they are written where it stands.
fn missing_words(target: &str, at: Span) -> Diagnostic {
    let text = &at.source.text;
    let line = text[..at.range.start].rfind('\n').map_or(0, |end| end + 1);
    let before = &text[line..at.range.start];
    let typed = &text[at.range.start..];
    let missing = Diagnostic::new(Code::MissingAlt).with("image", target);
    let missing = match typed.chars().next() {
        Some('!' | '！') => missing.with("plain", target),
        _ if typed.starts_with('<') || before.contains("<img") => missing.with("html", "<img>"),
        _ => missing.with("block", format!("src={target}")),
    };
    missing.at(at)
}

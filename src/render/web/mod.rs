//! The website: site, plan and posters into HTML, a style sheet, feed and sitemap.
//!
//! Each kind of page has a file here that makes the small values its template reads; templates,
//! style and words are the theme's. All links are relative with `index.html` spelt out, so that
//! the pages work from a disk and below any path; no page asks another host for anything. Pages
//! are made side by side, and come out ordered by path.

mod blame;
mod board;
mod build;
mod calendar;
mod changes;
mod css;
mod feed;
mod files;
mod foreign;
mod holdings;
mod home;
mod html;
mod hung;
mod job;
mod languages;
mod linked;
mod live;
mod maker;
mod neighbours;
mod notices;
mod page;
mod pages;
mod paper;
mod past;
mod picture;
mod posting;
mod quiz;
mod redirect;
mod results;
mod rotation;
mod screen;
mod screens;
mod search;
mod section;
mod share;
mod short;
mod shortcode;
mod sitemap;
mod sorting;
mod template;
mod terms;
#[cfg(test)]
mod tests;
mod timeline;
mod typing;
mod view;
mod wall;
mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

pub(crate) use html::bare_html;

use super::{Artifact, Output, links};
use crate::diag::{Diagnostic, Diagnostics, Warned};
use crate::poster::Posters;
use crate::read::Asset;
use crate::rotation::{Hanging, Plan};
use crate::site::{Page, Site};
use crate::theme::Theme;
use build::Build;
pub(in crate::render) use build::public_path;
pub use changes::{Change, Reason, Why, next_change};
use job::generated;
use languages::Languages;
pub(super) use live::Live;
use maker::Maker;
use template::Templates;
use words::Words;

/// How a website is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WebOptions {
    /// Which pages it shows.
    pub visibility: Visibility,
}

/// Which pages a website shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub enum Visibility {
    /// What is approved and has begun.
    #[default]
    Published,
    /// That, and what nobody has approved yet, with a mark on it.
    Drafts,
    /// What is approved, begun or not.
    Future,
    /// Everything, with a mark on what nobody has approved yet.
    Preview,
}

impl Visibility {
    /// Tells whether it shows what nobody has approved yet.
    pub fn shows_drafts(self) -> bool {
        matches!(self, Self::Drafts | Self::Preview)
    }

    /// Tells whether it shows what has not begun yet.
    pub fn shows_future(self) -> bool {
        matches!(self, Self::Future | Self::Preview)
    }

    /// Tells whether it shows `page` on the day `today`.
    fn shows(self, page: &Page, today: Date) -> bool {
        (self.shows_drafts() || page.is_approved())
            && (self.shows_future() || page.date.is_none_or(|date| date <= today))
    }
}

/// Makes the website.
pub fn web(
    site: &Site,
    theme: &Theme,
    plan: &Plan,
    posters: &Posters,
    options: &WebOptions,
) -> Warned<Vec<Artifact>> {
    let mut diagnostics = Diagnostics::default();
    let further = further(site, theme);
    let plan = &shown(site, plan, options.visibility);
    let all = std::iter::once(site).chain(&further);
    let mut builds = builds(all, theme, plan, posters, options);
    let mut files: BTreeMap<String, Asset> = BTreeMap::new();
    for build in &mut builds {
        let made = website(build, theme);
        diagnostics.extend(made.diagnostics);
        let made = made.value.into_iter();
        files.extend(made.map(|(path, content)| (build.place(&path), content)));
        // A template that fails does so in every language.
        if diagnostics.has_errors() {
            break;
        }
    }
    Warned {
        value: files.into_iter().map(artifact).collect(),
        diagnostics,
    }
}

fn artifact((path, content): (String, Asset)) -> Artifact {
    Artifact {
        output: Output::Web,
        path,
        content,
    }
}

/// Returns the site in its further languages.
fn further(site: &Site, theme: &Theme) -> Vec<Site> {
    languages::further(site, |language| words_in(theme, language))
}

fn words_in(theme: &Theme, language: &str) -> Words {
    Words::new(theme.phrases_in(language, "web"))
}

/// Makes the tables of each language of the website, the main one first.
fn builds<'a>(
    sites: impl IntoIterator<Item = &'a Site>,
    theme: &Theme,
    plan: &'a Plan,
    posters: &'a Posters,
    options: &WebOptions,
) -> Vec<Build<'a>> {
    let of = |site: &'a Site| {
        let words = words_in(theme, &site.settings.language);
        Build::new(site, plan, posters, words, options)
    };
    let mut builds: Vec<Build> = sites.into_iter().map(of).collect();
    let languages = Arc::new(Languages::new(&builds, generated));
    for build in &mut builds {
        build.languages = languages.clone();
    }
    builds
}

/// Returns what of `plan` the website may tell: what hangs of pages that it shows. Of a page before
/// its day whoever lists what hangs sees neither title nor address.
fn shown(site: &Site, plan: &Plan, visibility: Visibility) -> Plan {
    let is_shown = |hanging: &&Hanging| {
        let page = site.page(&hanging.poster);
        page.is_none_or(|page| visibility.shows(page, site.today))
    };
    Plan {
        hangings: plan.hangings.iter().filter(is_shown).cloned().collect(),
        planned: plan.span(),
        lost: plan.lost.clone(),
    }
}

/// Makes the website in one language; paths are counted from its own root.
fn website(build: &mut Build, theme: &Theme) -> Warned<BTreeMap<String, Asset>> {
    let mut diagnostics = Diagnostics::default();
    let mut files = BTreeMap::new();
    let templates = Templates::load(theme).map(Arc::new);
    build.templates = templates.as_ref().ok().cloned();
    let build = &*build;
    match templates {
        Ok(templates) => {
            let style = css::style_sheet(theme);
            let maker = Maker::new(build, &templates, theme, &style);
            let jobs = job::jobs(build);
            job::report_taken_addresses(build, &jobs, &mut diagnostics);
            let bytes = |(path, html): (String, String)| (path, Arc::from(html.into_bytes()));
            let make = |job| maker.make(job).map(bytes);
            let made: Vec<_> = jobs.par_iter().map(make).collect();
            for page in made {
                match page {
                    Ok((path, html)) => {
                        files.insert(path, html);
                    }
                    Err(diagnostic) => diagnostics.push(diagnostic),
                }
            }
            match listings(build, &maker) {
                Ok(listings) => files.extend(listings),
                Err(diagnostic) => diagnostics.push(diagnostic),
            }
            let (own, originals) = own_files(build, theme, style);
            diagnostics.extend(files::told(build));
            files.extend(own);
            files.retain(|path, _| !originals.contains_key(path));
            let files = files.into_iter().map(|(path, bytes)| (path, bytes.into()));
            let value = files.chain(originals).collect();
            if let Ok(mut faults) = build.faults.lock() {
                diagnostics.extend(std::mem::take(&mut *faults));
            }
            Warned { value, diagnostics }
        }
        Err(diagnostic) => Warned {
            value: BTreeMap::new(),
            diagnostics: [diagnostic].into_iter().collect(),
        },
    }
}

/// Makes what tells of all pages: feeds, sitemap, what hangs where, search.
fn listings(build: &Build, maker: &Maker) -> Result<Files, Diagnostic> {
    let mut files = Files::new();
    if search::url(build).is_some() {
        let version = search::add_index(build, &mut files);
        let (path, html) = maker.search(&version)?;
        files.insert(path, Arc::from(html.into_bytes()));
    }
    files::add_listings(build, &mut files);
    let is_main = build.site.translated_from.is_none();
    files.retain(|path, _| is_main || !WHOLE.contains(&path.as_str()));
    Ok(files)
}

/// Returns the files of theme and site; they go before what is made.
fn own_files(build: &Build, theme: &Theme, style: String) -> (Files, Originals) {
    let style = Arc::from(style.into_bytes());
    let mut files = Files::from([(css::PATH.to_owned(), style)]);
    let mut originals = Originals::new();
    files::add_files(build, theme, &mut files, &mut originals);
    if build.site.translated_from.is_none() {
        // The site may bring lines of its own.
        redirect::add_lines(build, &mut files);
    }
    (files, originals)
}

/// Files that the website has once, whatever its languages.
const WHOLE: [&str; 3] = ["robots.txt", screens::PATH, changes::PATH];

/// The files of a website by their path.
type Files = BTreeMap<String, Arc<[u8]>>;

/// Files of the site's that go out as they are, such as photos: they are read when they are wanted.
type Originals = BTreeMap<String, Asset>;

//! What the whole website and the live one are both made of.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::build::Build;
use super::engine::css;
use super::facts::languages::{self, Languages};
use super::facts::visibility::Visibility;
use super::facts::website::Facts;
use super::files::{boards, changes, given, redirects, search};
use super::job::generated;
use super::maker::Maker;
use super::output::{Files, Originals};
use super::text::words::Words;
use crate::diag::Diagnostic;
use crate::poster::Posters;
use crate::read::{Asset, Spool};
use crate::render::{Artifact, Output};
use crate::rotation::{Hanging, Plan};
use crate::site::Site;
use crate::theme::Theme;

/// How a website is made.
#[derive(Debug, Clone, Default)]
pub struct WebOptions {
    /// Which pages it shows.
    pub visibility: Visibility,
    /// Where pages wait until all are made.
    pub spool: Spool,
}

pub(super) fn artifact((path, content): (String, Asset)) -> Artifact {
    Artifact {
        output: Output::Web,
        path,
        content,
    }
}

/// Returns the site in its further languages.
pub(super) fn further(site: &Site, theme: &Theme) -> Vec<Site> {
    languages::further(site, |language| words_in(theme, language))
}

pub(super) fn words_in(theme: &Theme, language: &str) -> Words {
    Words::new(theme.phrases_in(language, "web"))
}

/// Makes the tables of each language of the website, the main one first.
pub(super) fn builds<'a>(
    sites: impl IntoIterator<Item = &'a Site>,
    theme: &Theme,
    plan: &'a Plan,
    posters: &'a Posters,
    options: &WebOptions,
) -> Vec<Build<'a>> {
    let of = |site: &'a Site| {
        let words = words_in(theme, &site.settings.language);
        Facts::new(site, plan, posters, words, options.visibility)
    };
    let mut all: Vec<Facts> = sites.into_iter().map(of).collect();
    let each = all.iter().map(|facts| {
        let files = match facts.has_languages() {
            true => generated(facts),
            false => Vec::new(),
        };
        (&**facts, &facts.words, files)
    });
    let languages = Arc::new(Languages::new(each));
    for facts in &mut all {
        facts.languages = languages.clone();
    }
    all.into_iter().map(Build::new).collect()
}

/// Returns what of `plan` the website may tell: what hangs of pages that it shows. Of a page before
/// its day whoever lists what hangs sees neither title nor address.
pub(super) fn shown(site: &Site, plan: &Plan, visibility: Visibility) -> Plan {
    let is_shown = |hanging: &&Hanging| {
        let page = site.page(&hanging.poster);
        page.is_none_or(|page| visibility.shows(page, site.today))
    };
    Plan {
        hangings: plan.hangings.iter().filter(is_shown).cloned().collect(),
        planned: plan.span(),
        lost: plan.lost.clone(),
        changed: plan.changed.clone(),
    }
}

/// Makes what tells of all pages: feeds, sitemap, what hangs where, search.
pub(super) fn listings(
    build: &Build,
    maker: &Maker,
    spool: &Spool,
) -> Result<BTreeMap<String, Asset>, Diagnostic> {
    let mut files = Files::new();
    given::add_listings(build, &mut files);
    let is_main = build.site.translated_from.is_none();
    files.retain(|path, _| is_main || !WHOLE.contains(&path.as_str()));
    let files = files.into_iter().map(|(path, bytes)| (path, bytes.into()));
    let mut listings: BTreeMap<String, Asset> = files.collect();
    if search::url(build).is_some() {
        let version = search::add_index(build, &mut |path, script| {
            listings.insert(path, spool.keep(script.into_bytes()));
        });
        let (path, html) = maker.search(&version)?;
        listings.insert(path, spool.keep(html.into_bytes()));
    }
    Ok(listings)
}

/// Returns the files of theme and site; they go before what is made.
pub(super) fn own_files(build: &Build, theme: &Theme, style: String) -> (Files, Originals) {
    let style = Arc::from(style.into_bytes());
    let mut files = Files::from([(css::PATH.to_owned(), style)]);
    let mut originals = Originals::new();
    given::add_files(build, theme, &mut files, &mut originals);
    if build.site.translated_from.is_none() {
        // The site may bring lines of its own.
        redirects::add_lines(build, &mut files);
    }
    (files, originals)
}

/// Files that the website has once, whatever its languages.
pub(super) const WHOLE: [&str; 3] = ["robots.txt", boards::PATH, changes::PATH];

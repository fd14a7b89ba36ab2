//! One notice that cannot wait, all that it takes in one folder: who hangs what where, the sheets,
//! the words for screens and for the residents' group.

use std::path::Path;
use std::sync::Arc;

use super::issue::{Issued, Target};
use super::named;
use super::open::Workspace;
use crate::calendar::{Cadence, Period};
use crate::diag::Language;
use crate::pipeline::{Alone, FindPage, Options, Outcome, Step};
use crate::read::Asset;
use crate::render::{Artifact, Output};
use crate::rotation::Hanging;
use crate::rotation::text::{self, Spoken};
use crate::site::Site;

/// What came of an urgent notice.
#[derive(Debug)]
pub struct Urgent {
    /// What was published.
    pub issued: Issued,
    /// Who hangs it where, in words; `None` where there is no such page or nothing was made.
    pub who: Option<String>,
}

impl Workspace {
    /// Gathers all that the page of a file, given from the folder `here`, takes, told in `language`
    /// or the site's. Nothing else is printed.
    pub fn urgent(
        &self,
        (here, file): (&Path, &Path),
        target: &Target,
        language: Option<Language>,
        report: &dyn Fn(Step),
    ) -> Urgent {
        let names = (self.root().to_owned(), here.to_owned(), file.to_owned());
        let find = move |site: &Site| {
            let (root, here, file) = &names;
            named::page(root, site, here, file).map(|page| page.id.clone())
        };
        let find: Arc<FindPage> = Arc::new(find);
        let options = Options {
            only: Some(Output::Print),
            alone: Some(Alone(find.clone())),
            ..Options::default()
        };
        let mut who = None;
        let issued = self.issue_as(
            &options,
            std::slice::from_ref(target),
            report,
            |mut outcome| {
                let site = outcome.site.as_ref()?;
                let page = find(site)?;
                let language = language.unwrap_or(outcome.language);
                let told = text::urgent(&Spoken { site, language }, &outcome.plan, &page);
                outcome.artifacts = artifacts(site, &outcome, &page, &told);
                who = Some(told.who);
                Some(outcome)
            },
        );
        Urgent { issued, who }
    }
}

/// Gathers the sheets of the page among what is printed, and the words.
fn artifacts(site: &Site, outcome: &Outcome, page: &str, told: &text::Urgent) -> Vec<Artifact> {
    let stem = page.rsplit('/').next().unwrap_or(page);
    let below = format!("urgent-{stem}");
    let mut found = Vec::new();
    let month = Period::containing(Cadence::Month, site.today);
    let hangs = |it: &&Hanging| it.poster == page && site.today <= it.to;
    for hanging in outcome.plan.hangings.iter().filter(hangs) {
        let folder = format!("{month}/{}/", hanging.board);
        let own = format!("{}-{stem}", hanging.slot);
        let sheets = outcome.artifacts.iter().filter(|artifact| {
            let name = artifact.path.strip_prefix(&folder);
            name.is_some_and(|name| name.starts_with(&own))
        });
        found.extend(sheets.map(|artifact| {
            let name = artifact.path.rsplit('/').next().unwrap_or_default();
            Artifact {
                output: Output::Archive,
                path: format!("{below}/{}-{name}", hanging.board),
                content: artifact.content.clone(),
            }
        }));
    }
    for (name, words) in [
        ("who.txt", &told.who),
        ("group.txt", &told.group),
        ("led.txt", &told.led),
    ] {
        found.push(Artifact {
            output: Output::Archive,
            path: format!("{below}/{name}"),
            content: bytes(words),
        });
    }
    found
}

/// Returns a text as Notepad of older Windows reads it.
fn bytes(words: &str) -> Asset {
    let text = format!("\u{FEFF}{}", words.replace('\n', "\r\n"));
    Asset::from(Arc::<[u8]>::from(text.into_bytes()))
}

//! The website: site, plan and posters into HTML, a style sheet, feed and sitemap.
//!
//! Data flows one way, from room to room: `facts`, tables made once; `view`, for each output the
//! small value that its template sees; `html` and `texts`, what authors wrote; `engine`, the theme's
//! templates and style; `files`, what is no page. `job` lists what there is to make, `maker` makes it.
//! All links are relative with `index.html` spelt out, so that
//! the pages work from a disk and below any path; no page asks another host for anything. Pages
//! are made side by side, and come out ordered by path.

mod build;
mod engine;
mod facts;
mod files;
mod html;
mod job;
mod live;
mod maker;
mod output;
mod parts;
#[cfg(test)]
mod tests;
mod text;
mod texts;
mod view;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

pub(in crate::render) use engine::css::custom_properties;
pub(crate) use html::bare_html;
pub(in crate::render) use html::escape;

use super::Artifact;
use crate::diag::{Diagnostics, Warned};
use crate::poster::Posters;
use crate::read::{Asset, Spool};
use crate::rotation::Plan;
use crate::site::Site;
use crate::theme::Theme;
use build::Build;
use engine::css;
use engine::template::Templates;
pub(in crate::render) use facts::on_web::public_path;
pub use facts::visibility::Visibility;
pub use files::changes::{Change, Reason, Why, next_change};
use files::given;
pub(super) use live::Live;
use maker::Maker;
pub use parts::WebOptions;
use parts::{artifact, builds, further, listings, own_files, shown};

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
        let made = website(build, theme, &options.spool);
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

/// Makes the website in one language; paths are counted from its own root.
fn website(build: &mut Build, theme: &Theme, spool: &Spool) -> Warned<BTreeMap<String, Asset>> {
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
            diagnostics.extend(job::taken_addresses(build, &jobs));
            let kept = |(path, html): (String, String)| (path, spool.keep(html.into_bytes()));
            let make = |job| maker.make(job).map(kept);
            let made: Vec<_> = jobs.par_iter().map(make).collect();
            for page in made {
                match page {
                    Ok((path, html)) => {
                        files.insert(path, html);
                    }
                    Err(diagnostic) => diagnostics.push(diagnostic),
                }
            }
            match listings(build, &maker, spool) {
                Ok(listings) => files.extend(listings),
                Err(diagnostic) => diagnostics.push(diagnostic),
            }
            let (own, originals) = own_files(build, theme, style);
            diagnostics.extend(given::told(build));
            files.extend(own.into_iter().map(|(path, bytes)| (path, bytes.into())));
            files.extend(originals);
            let value = files;
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

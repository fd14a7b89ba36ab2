//! The walk of a preview, which makes pages when somebody looks at them.

use std::sync::{Arc, Mutex};

use super::memory::Memory;
use super::options::{Options, Step};
use super::walk::{Walk, settled};
use crate::cache::Cache;
use crate::cancel::Cancel;
use crate::diag::{Diagnostics, Language};
use crate::read::{Inputs, Tree};
use crate::render::delivery::Tools;
use crate::render::web::WebOptions;
use crate::render::{Artifact, LivePrints, LiveWebsite, clashes, round};
use crate::site::Site;
use crate::typeset::{self, Engine};

/// What a preview has to show.
#[derive(Debug)]
pub struct Shown {
    /// The files that stand already: what the website has besides its pages.
    pub files: Vec<Artifact>,
    /// The pages, made when they are asked for.
    pub website: LiveWebsite,
    /// What is printed, made when any of it is asked for.
    pub prints: LivePrints,
}

/// Makes `prints`, so that they wait for nobody, and returns all that was wrong or worth knowing of them;
/// `None` once `cancel` is set. What a preview needed to set its sheets is forgotten.
pub fn printed(prints: &LivePrints, cancel: &Cancel) -> Option<Diagnostics> {
    let told = prints.told(cancel);
    typeset::forget();
    told.map(settled)
}

/// What came of a run for a preview.
#[derive(Debug)]
pub struct Preview {
    /// What it shows; `None` where anything was an error, or nobody wants it any more.
    pub shown: Option<Shown>,
    /// The language for messages; `None` where the site could not be read.
    pub language: Option<Language>,
    /// All that was wrong or worth knowing, but for what only a finished page or print tells.
    pub diagnostics: Diagnostics,
}

/// Walks through the stages for a preview, which makes pages when somebody looks at them. Of a file
/// that `inputs` vouch for, what `memory` has is used.
pub fn preview(
    inputs: &dyn Inputs,
    options: &Options,
    cache: &Arc<Cache>,
    memory: &Memory,
    report: &dyn Fn(Step),
) -> Preview {
    let mut walk = Walk::begin(inputs, options, cache, report);
    walk.memory = Some(memory);
    let (mut shown, mut language) = (None, None);
    if let Some(mut tree) = walk.collect(crate::read::read_with(inputs, Some(&memory.files))) {
        let (site, engine) = walk.read(&mut tree);
        language = Some(site.settings.message_language());
        shown = walk.live(&tree, site, engine, cache);
    }
    Preview {
        shown,
        language,
        diagnostics: walk.told(),
    }
}

impl Walk<'_> {
    /// Goes as far as a preview needs it: sheets are set, the website and what is printed of them wait.
    fn live(
        &mut self,
        tree: &Tree,
        site: Site,
        engine: Engine,
        cache: &Arc<Cache>,
    ) -> Option<Shown> {
        let (engine, fits, records) = self.prepare(tree, &site, engine);
        let drafts = self.drafts(&site, &engine);
        let plan = self.hang(&site, &fits, &records)?;
        if self.is_over() {
            return None;
        }
        let engine = self.designed(engine, &site, &plan);
        let posters = self.set(&site, &engine, &plan, drafts);
        if self.options.cancel.is_set() {
            return None;
        }
        (self.report)(Step::Render);
        let rounds = round::website(&site, engine.theme(), &plan, self.options.visibility);
        let site = Arc::new(site);
        let tools = Tools {
            site: &site,
            engine: &engine,
            cache: self.cache,
            spool: &self.options.spool,
        };
        let options = WebOptions {
            visibility: self.options.visibility,
            ..WebOptions::default()
        };
        let sheets = posters.clone();
        let live = LiveWebsite::new(site.clone(), &plan, sheets, rounds, &options, &tools);
        let (website, files) = self.collect(live)?;
        self.diagnostics.extend(clashes(&files));
        let prints = LivePrints {
            months: self.options.printed(site.today),
            site,
            engine,
            plan,
            posters,
            cache: cache.clone(),
            made: Mutex::default(),
        };
        let is_good = !self.diagnostics.has_errors();
        is_good.then_some(Shown {
            files,
            website,
            prints,
        })
    }
}

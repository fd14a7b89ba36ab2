//! One run on its way: each stage called with what the ones before it made.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::memory::Memory;
use super::options::{Finish, Options, Step};
use crate::cache::Cache;
use crate::calendar::Period;
use crate::diag::{Diagnostics, SitePath, Warned};
use crate::measure::Fits;
use crate::poster::{Posters, Variant, wall};
use crate::read::{Inputs, Tree};
use crate::render::archive::{self, Form, Made as Papers, Sources, Wanted};
use crate::render::delivery::{self, Tools};
use crate::render::print::{Extent, print};
use crate::render::round;
use crate::render::web::{WebOptions, web};
use crate::render::{Artifact, Output, clashes};
use crate::rotation::{Plan, Records};
use crate::share;
use crate::site::Site;
use crate::theme::Theme;
use crate::typeset::{Engine, wanted_fonts};

/// The folder of the office's scoring tables, which are filled with each year's evidence.
const TABLES: &str = "ledger/tables";

/// What the stages behind the site made.
#[derive(Default)]
pub(super) struct Made {
    pub(super) plan: Plan,
    pub(super) records: Records,
    pub(super) artifacts: Vec<Artifact>,
    pub(super) n_posters: usize,
    pub(super) paper: Option<Papers>,
    pub(super) share: Option<share::Made>,
}

/// One run on its way.
pub(super) struct Walk<'a> {
    pub(super) inputs: &'a dyn Inputs,
    pub(super) options: &'a Options,
    pub(super) cache: &'a Cache,
    pub(super) report: &'a dyn Fn(Step),
    /// What earlier runs of the same program made.
    pub(super) memory: Option<&'a Memory>,
    pub(super) diagnostics: Diagnostics,
}

impl<'a> Walk<'a> {
    pub(super) fn begin(
        inputs: &'a dyn Inputs,
        options: &'a Options,
        cache: &'a Cache,
        report: &'a dyn Fn(Step),
    ) -> Self {
        report(Step::Read);
        Self {
            inputs,
            options,
            cache,
            report,
            memory: None,
            diagnostics: Diagnostics::default(),
        }
    }

    /// Keeps what a stage had to say and passes on what it made.
    pub(super) fn collect<T>(&mut self, stage: Warned<T>) -> T {
        self.diagnostics.extend(stage.diagnostics);
        stage.value
    }

    /// Tells whether nothing more is to be made: for an error, or as nobody wants it.
    pub(super) fn is_over(&self) -> bool {
        self.diagnostics.has_errors() || self.options.cancel.is_set()
    }

    /// Goes on from the site as far as errors allow. Measuring still runs on a site with errors,
    /// so that one run tells of texts too long as well; a plan made of such a site would only
    /// mislead.
    pub(super) fn make(&mut self, tree: &Tree, site: &Site, engine: Engine) -> Made {
        let (engine, fits, records) = self.prepare(tree, site, engine);
        let drafts = self.drafts(site, &engine);
        let Some(plan) = self.hang(site, &fits, &records) else {
            return Made {
                records,
                ..Made::default()
            };
        };
        let engine = self.designed(engine, site, &plan);
        if self.is_over() || self.options.last == Some(Step::Plan) {
            return Made {
                plan,
                records,
                ..Made::default()
            };
        }
        if let Some(wanted) = &self.options.paper {
            (self.report)(Step::Render);
            let forms = self.forms(wanted);
            let sources = Sources {
                site,
                engine: &engine,
                plan: &plan,
                records: &records,
                shelf: &|path| self.inputs.read(path).ok(),
                cache: self.cache,
                forms: &forms,
            };
            let made = archive::make(&sources, wanted);
            return self.paper(plan, made);
        }
        if let Some(wanted) = &self.options.share {
            return self.share(site, &engine, &plan, wanted);
        }
        let posters = self.set(site, &engine, &plan, drafts);
        let artifacts = self.render(site, &engine, &plan, &posters);
        let n_posters = posters.n_sheets();
        if self.is_over() {
            return Made {
                plan,
                records,
                ..Made::default()
            };
        }
        Made {
            plan,
            records,
            artifacts,
            n_posters,
            ..Made::default()
        }
    }

    /// Plans, unless an error forbids it.
    pub(super) fn hang(&mut self, site: &Site, fits: &Fits, records: &Records) -> Option<Plan> {
        if self.is_over() {
            return None;
        }
        (self.report)(Step::Plan);
        Some(self.collect(crate::rotation::plan_from(site, fits, records, self.cache)))
    }

    /// Gives each poster of the plan what sets it apart from its neighbours, and says where that is not
    /// enough.
    pub(super) fn designed(&mut self, engine: Engine, site: &Site, plan: &Plan) -> Engine {
        let decided = wall::decided(site, plan, engine.theme());
        let told = wall::told(site, engine.theme(), &decided.walls);
        self.diagnostics.extend(told);
        engine.with_designs(decided.designs)
    }

    /// Sets the posters that are printed or shown, and the `drafts`.
    pub(super) fn set(
        &mut self,
        site: &Site,
        engine: &Engine,
        plan: &Plan,
        drafts: Vec<Variant>,
    ) -> Posters {
        (self.report)(Step::Posters);
        let mut wanted = self.wanted(site, plan);
        wanted.extend(drafts);
        self.collect(crate::poster::render(site, engine, &wanted, self.cache))
    }

    /// Returns the forms that were given, and for a year those that are kept to be filled each time.
    fn forms(&self, wanted: &Wanted) -> Vec<Form> {
        let mut forms = self.options.forms.clone();
        if !matches!(wanted, Wanted::Archive(_)) {
            return forms;
        }
        let kept = self.inputs.list(&SitePath::fixed(TABLES));
        for path in kept.unwrap_or_default() {
            let name = path.file_name();
            // Office programs leave such a file beside one that is open.
            let is_table = path.extension().eq_ignore_ascii_case("xlsx") && !name.starts_with("~$");
            let is_new = forms.iter().all(|form| form.name != name);
            if let Some(bytes) = (is_table && is_new)
                .then(|| self.inputs.read(&path).ok())
                .flatten()
            {
                forms.push(Form {
                    name: name.to_owned(),
                    bytes,
                    is_example: false,
                });
            }
        }
        forms
    }

    /// Passes a paper on, its files among the artifacts.
    fn paper(&mut self, plan: Plan, made: Warned<Option<Papers>>) -> Made {
        let mut paper = self.collect(made);
        if let Some(paper) = &paper {
            self.diagnostics.extend(clashes(&paper.artifacts));
        }
        let artifacts = paper
            .as_mut()
            .map(|paper| std::mem::take(&mut paper.artifacts));
        Made {
            plan,
            artifacts: artifacts
                .filter(|_| !self.diagnostics.has_errors())
                .unwrap_or_default(),
            paper,
            ..Made::default()
        }
    }

    /// Makes what goes to accounts, groups and screens; for an archive of it the website too.
    pub(super) fn share(
        &mut self,
        site: &Site,
        engine: &Engine,
        plan: &Plan,
        wanted: &share::Wanted,
    ) -> Made {
        let mut website = Vec::new();
        if self.diagnostics.has_errors() {
            return Made::default();
        }
        if wanted.needs_website() {
            let posters = self.set(site, engine, plan, Vec::new());
            (self.report)(Step::Render);
            let pages = self.website(site, engine, plan, &posters);
            website = self.delivered(pages, site, engine);
        }
        (self.report)(Step::Render);
        let sources = share::Sources {
            site,
            engine,
            cache: self.cache,
            website: &website,
        };
        let mut made = self.collect(share::make(&sources, wanted));
        let artifacts = std::mem::take(&mut made.artifacts);
        self.diagnostics.extend(clashes(&artifacts));
        Made {
            artifacts: match self.diagnostics.has_errors() {
                true => Vec::new(),
                false => artifacts,
            },
            share: Some(made),
            ..Made::default()
        }
    }

    /// Understands the site, and makes what sets sheets of its theme; what the theme cannot show is
    /// switched off.
    pub(super) fn read(&mut self, tree: &mut Tree) -> (Site, Engine) {
        let known = self.memory.map(|memory| &memory.pages);
        let mut site = self.collect(crate::site::site_with(tree, known));
        // All that they say stands in the site from now on.
        tree.documents.clear();
        let make = || {
            let mut diagnostics = Diagnostics::default();
            let theme = Theme::load(&site.settings, &tree.theme_files, &mut diagnostics);
            Warned {
                value: Engine::new(Arc::new(theme)),
                diagnostics,
            }
        };
        let made = match self.memory {
            Some(memory) => memory.engine(tree, make),
            None => make(),
        };
        let engine = self.collect(made);
        engine.theme().limit(&mut site.settings.delivery);
        let engine = engine.by(&site.settings.organisation);
        (site, engine)
    }

    /// Measures and reads what is on record.
    pub(super) fn prepare(
        &mut self,
        tree: &Tree,
        site: &Site,
        engine: Engine,
    ) -> (Engine, Fits, Records) {
        let engine = complete(engine, self.inputs, site);
        (self.report)(Step::Measure);
        let days = crate::rotation::planned_days(site.today);
        let fits = self.collect(crate::measure::measure(site, &engine, self.cache, days));
        let records = self.collect(Records::read(tree, site));
        (engine, fits, records)
    }

    fn render(
        &mut self,
        site: &Site,
        engine: &Engine,
        plan: &Plan,
        posters: &Posters,
    ) -> Vec<Artifact> {
        let mut artifacts = Vec::new();
        if self.options.cancel.is_set() {
            return artifacts;
        }
        (self.report)(Step::Render);
        if self.options.only != Some(Output::Print) {
            let website = self.website(site, engine, plan, posters);
            self.diagnostics.extend(clashes(&website));
            if self.options.cancel.is_set() {
                return artifacts;
            }
            artifacts.extend(self.delivered(website, site, engine));
        }
        if self.options.only != Some(Output::Web) && !self.options.cancel.is_set() {
            (self.report)(Step::Render);
            artifacts.extend(self.printed(site, engine, plan, posters));
        }
        self.diagnostics.extend(clashes(&artifacts));
        artifacts
    }

    /// Makes the website, with the pages that go round.
    fn website(
        &mut self,
        site: &Site,
        engine: &Engine,
        plan: &Plan,
        posters: &Posters,
    ) -> Vec<Artifact> {
        let visibility = self.options.visibility;
        let options = WebOptions {
            visibility,
            spool: self.options.spool.clone(),
        };
        let mut pages = self.collect(web(site, engine.theme(), plan, posters, &options));
        pages.extend(round::website(site, engine.theme(), plan, visibility));
        pages
    }

    fn printed(
        &mut self,
        site: &Site,
        engine: &Engine,
        plan: &Plan,
        posters: &Posters,
    ) -> Vec<Artifact> {
        let mut artifacts = Vec::new();
        let alone = self.alone(site);
        let plan = match &alone {
            Some(page) => &only(plan, page),
            None => plan,
        };
        let extent = match alone {
            Some(_) => Extent::Sheets,
            None => Extent::Month,
        };
        for month in self.options.printed(site.today) {
            let (cache, cancel) = (self.cache, &self.options.cancel);
            let printed = print(
                site,
                engine,
                (plan, posters),
                (month, extent),
                cache,
                cancel,
            );
            artifacts.extend(self.collect(printed));
        }
        artifacts
    }

    /// Makes the website ready, as far as is asked for.
    fn delivered(&mut self, website: Vec<Artifact>, site: &Site, engine: &Engine) -> Vec<Artifact> {
        let tools = Tools {
            site,
            engine,
            cache: self.cache,
            spool: &self.options.spool,
        };
        let website = match self.options.finish {
            Finish::Plain => delivery::preview(website, &tools),
            Finish::Delivered => {
                (self.report)(Step::Deliver);
                delivery::deliver(website, &tools)
            }
        };
        self.collect(website)
    }

    /// Names the posters that a preview shows although nobody has approved them.
    pub(super) fn drafts(&mut self, site: &Site, engine: &Engine) -> Vec<Variant> {
        if !self.options.visibility.shows_drafts() {
            return Vec::new();
        }
        let places = self.collect(crate::measure::drafts(site, engine, self.cache));
        let variant = |(page, board, slot)| Variant {
            page,
            board,
            slot,
            portion: None,
        };
        places.into_iter().map(variant).collect()
    }

    /// Returns the one page that is printed; an empty id where it is none of the site's.
    fn alone(&self, site: &Site) -> Option<String> {
        let alone = self.options.alone.as_ref()?;
        Some((alone.0)(site).unwrap_or_default())
    }

    /// Names the posters that are printed, and those that the website shows: what hangs now and
    /// what comes next.
    fn wanted(&self, site: &Site, plan: &Plan) -> BTreeSet<Variant> {
        let months = self.options.printed(site.today);
        let mut wanted = BTreeSet::new();
        let portions = plan.portions(site);
        let alone = self.alone(site);
        for hanging in &plan.hangings {
            if alone.as_ref().is_some_and(|page| *page != hanging.poster) {
                continue;
            }
            let Some(board) = site.board(&hanging.board) else {
                continue;
            };
            // What was approved when the plan was published may no longer be.
            if site
                .page(&hanging.poster)
                .is_some_and(|page| !page.is_approved())
            {
                continue;
            }
            let now = Period::containing(board.cadence, site.today);
            let printed = self.options.only != Some(Output::Web)
                && months
                    .iter()
                    .any(|month| month.overlaps(hanging.from, hanging.to));
            let shown = self.options.only != Some(Output::Print)
                && hanging.from <= now.next().last()
                && now.first() <= hanging.to;
            if printed || shown {
                wanted.insert(Variant::of(hanging, &portions));
            }
        }
        wanted
    }

    /// Returns what was said.
    pub(super) fn told(self) -> Diagnostics {
        settled(self.diagnostics)
    }
}

/// Makes `diagnostics` ready to be told.
pub(super) fn settled(diagnostics: Diagnostics) -> Diagnostics {
    diagnostics.map(crate::starter::without_picture).settled()
}

/// Returns the plan with one page's hangings alone.
fn only(plan: &Plan, page: &str) -> Plan {
    let mut plan = plan.clone();
    plan.hangings.retain(|it| it.poster == page);
    plan
}

/// Adds fonts of the machine where the settings want them and something is missing.
pub(super) fn complete(engine: Engine, inputs: &dyn Inputs, site: &Site) -> Engine {
    if !site.settings.machine_fonts {
        return engine;
    }
    let wanted = wanted_fonts(&engine, site);
    match wanted.is_empty() {
        true => engine,
        false => engine.with_machine_fonts(inputs.machine_fonts(&wanted)),
    }
}

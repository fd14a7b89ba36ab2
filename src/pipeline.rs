//! The whole walk: read → site → measure → plan → posters → render. The only file that knows
//! all stages.
//!
//! Nothing here touches the disk: [`run`] takes [`Inputs`] and gives artifacts in memory, which
//! [`write`](mod@crate::write) moves into place once nothing is wrong. `check` is the same walk
//! without writing.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use crate::cache::Cache;
use crate::calendar::{Cadence, Period};
use crate::cancel::Cancel;
use crate::diag::{Code, Diagnostic, Diagnostics, Language, Warned};
use crate::measure::Fits;
use crate::poster::{Posters, Variant};
use crate::read::{Inputs, Tree};
use crate::render::archive::{self, Made as Papers, Sources, Wanted};
use crate::render::delivery::{self, Tools};
use crate::render::print::print;
use crate::render::round;
use crate::render::web::{Visibility, WebOptions, web};
use crate::render::{Artifact, LiveWebsite, Output};
use crate::rotation::{Plan, Records};
use crate::share;
use crate::site::Site;
use crate::theme::Theme;
use crate::typeset::{Engine, wanted_fonts};

/// From this day of a month on, a build prints the next month too.
const NEXT_MONTH_FROM: i8 = 20;

/// What a run is asked for.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The months to print; the present one, and the next from the 20th, where empty.
    pub months: Vec<Period>,
    /// The only output to make; all where absent.
    pub only: Option<Output>,
    /// Which pages the website shows.
    pub visibility: Visibility,
    /// The last step to take; all where absent.
    pub last: Option<Step>,
    /// The paper to make in place of website and prints.
    pub paper: Option<Wanted>,
    /// The office's own form, to be filled beside a brief.
    pub form: Option<archive::Form>,
    /// What to make for accounts, groups and screens in place of website and prints.
    pub share: Option<share::Wanted>,
    /// Whether the website is made ready for visitors or left plain.
    pub finish: Finish,
    /// Looked at between the steps up to planning, and by a preview before it renders: where it is
    /// set, the run ends there and has made nothing.
    pub cancel: Cancel,
}

/// How a website leaves the walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Finish {
    /// Plain, as a preview and a check want it.
    #[default]
    Plain,
    /// Ready for visitors: small pictures, cut fonts, short files.
    Delivered,
}

/// How far a run has come, for a progress line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Reading files.
    Read,
    /// Trying which poster fits where.
    Measure,
    /// Planning.
    Plan,
    /// Setting posters.
    Posters,
    /// Making pages and sheets.
    Render,
    /// Making photos small and fonts short.
    Deliver,
    /// Writing.
    Write,
}

/// What came of a run.
#[derive(Debug)]
pub struct Outcome {
    /// The site; `None` where it could not be read.
    pub site: Option<Site>,
    /// The plan; empty where an earlier stage failed.
    pub plan: Plan,
    /// Ledger and published plan; empty where they could not be read.
    pub records: Records,
    /// The files to write; empty where anything was an error.
    pub artifacts: Vec<Artifact>,
    /// The months that were printed.
    pub months: Vec<Period>,
    /// How many different posters were set.
    pub n_posters: usize,
    /// The paper that was asked for, its files apart.
    pub paper: Option<Papers>,
    /// What was made for accounts, groups and screens, its files apart.
    pub share: Option<share::Made>,
    /// The language for messages.
    pub language: Language,
    /// All that was wrong or worth knowing.
    pub diagnostics: Diagnostics,
}

/// What a plan is made of.
#[derive(Debug)]
pub struct PlanInputs {
    /// The site.
    pub site: Site,
    /// What can be set legibly where.
    pub fits: Fits,
    /// What is on record.
    pub records: Records,
}

/// Walks as far as planning needs it: read, site, measure, records. `None` where the site could
/// not be read.
pub fn plan_inputs(
    inputs: &dyn Inputs,
    cache: &Cache,
    report: &dyn Fn(Step),
) -> Warned<Option<PlanInputs>> {
    let options = Options::default();
    let mut walk = Walk::begin(inputs, &options, cache, report);
    let tree = walk.collect(crate::read::read(inputs));
    let value = tree.map(|tree| {
        let (site, theme) = walk.read(&tree);
        let (_, fits, records) = walk.prepare(inputs, &tree, &site, theme);
        PlanInputs {
            site,
            fits,
            records,
        }
    });
    Warned {
        value,
        diagnostics: walk.diagnostics,
    }
}

/// Walks through all stages; `report` hears of each as it begins. `cache` remembers sheets from
/// run to run.
pub fn run(
    inputs: &dyn Inputs,
    options: &Options,
    cache: &Cache,
    report: &dyn Fn(Step),
) -> Outcome {
    let mut walk = Walk::begin(inputs, options, cache, report);
    let tree = walk.collect(crate::read::read(inputs));
    let Some(tree) = tree else {
        return walk.outcome(None, Made::default());
    };
    let (site, theme) = walk.read(&tree);
    let made = match &options.share {
        // Neither fits nor the plan matter to a page that goes elsewhere.
        Some(wanted) if !wanted.needs_website() => {
            let engine = engine(inputs, &site, theme);
            walk.share(&site, &engine, &Plan::default(), wanted)
        }
        _ => walk.make(&tree, &site, theme),
    };
    walk.outcome(Some(site), made)
}

/// What a preview has to show.
#[derive(Debug)]
pub struct Shown {
    /// The files that stand already: what is printed, and what the website has besides its pages.
    pub files: Vec<Artifact>,
    /// The pages, made when they are asked for.
    pub website: LiveWebsite,
}

/// What came of a run for a preview.
#[derive(Debug)]
pub struct Preview {
    /// What it shows; `None` where anything was an error, or nobody wants it any more.
    pub shown: Option<Shown>,
    /// The language for messages; `None` where the site could not be read.
    pub language: Option<Language>,
    /// All that was wrong or worth knowing, but for what only a finished page tells.
    pub diagnostics: Diagnostics,
}

/// Walks through the stages for a preview, which makes pages when somebody looks at them.
pub fn preview(
    inputs: &dyn Inputs,
    options: &Options,
    cache: &Cache,
    report: &dyn Fn(Step),
) -> Preview {
    let mut walk = Walk::begin(inputs, options, cache, report);
    let (mut shown, mut language) = (None, None);
    if let Some(tree) = walk.collect(crate::read::read(inputs)) {
        let (site, theme) = walk.read(&tree);
        language = Some(site.settings.message_language());
        shown = walk.live(&tree, site, theme);
    }
    Preview {
        shown,
        language,
        diagnostics: walk.told(),
    }
}

/// What the stages behind the site made.
#[derive(Default)]
struct Made {
    plan: Plan,
    records: Records,
    artifacts: Vec<Artifact>,
    n_posters: usize,
    paper: Option<Papers>,
    share: Option<share::Made>,
}

/// One run on its way.
struct Walk<'a> {
    inputs: &'a dyn Inputs,
    options: &'a Options,
    cache: &'a Cache,
    report: &'a dyn Fn(Step),
    diagnostics: Diagnostics,
}

impl<'a> Walk<'a> {
    fn begin(
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
            diagnostics: Diagnostics::default(),
        }
    }

    /// Keeps what a stage had to say and passes on what it made.
    fn collect<T>(&mut self, stage: Warned<T>) -> T {
        self.diagnostics.extend(stage.diagnostics);
        stage.value
    }

    /// Tells whether nothing more is to be made: for an error, or as nobody wants it.
    fn is_over(&self) -> bool {
        self.diagnostics.has_errors() || self.options.cancel.is_set()
    }

    /// Goes on from the site as far as errors allow. Measuring still runs on a site with errors,
    /// so that one run tells of texts too long as well; a plan made of such a site would only
    /// mislead.
    fn make(&mut self, tree: &Tree, site: &Site, theme: Arc<Theme>) -> Made {
        let (engine, fits, records) = self.prepare(self.inputs, tree, site, theme);
        let drafts = self.drafts(site, &engine);
        let Some(plan) = self.hang(site, &fits, &records) else {
            return Made {
                records,
                ..Made::default()
            };
        };
        if self.is_over() || self.options.last == Some(Step::Plan) {
            return Made {
                plan,
                records,
                ..Made::default()
            };
        }
        let engine = designed(engine, site, &plan);
        if let Some(wanted) = &self.options.paper {
            (self.report)(Step::Render);
            let sources = Sources {
                site,
                engine: &engine,
                plan: &plan,
                records: &records,
                shelf: &|path| self.inputs.read(path).ok(),
                cache: self.cache,
                form: self.options.form.as_ref(),
            };
            let made = archive::make(&sources, wanted);
            return self.paper(plan, made);
        }
        if let Some(wanted) = &self.options.share {
            return self.share(site, &engine, &plan, wanted);
        }
        let posters = self.set(site, &engine, &plan, drafts);
        (self.report)(Step::Render);
        let artifacts = self.render(site, &engine, &plan, &posters);
        let n_posters = posters.n_sheets();
        if self.diagnostics.has_errors() {
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
    fn hang(&mut self, site: &Site, fits: &Fits, records: &Records) -> Option<Plan> {
        if self.is_over() {
            return None;
        }
        (self.report)(Step::Plan);
        Some(self.collect(crate::rotation::plan(site, fits, records)))
    }

    /// Sets the posters that are printed or shown, and the `drafts`.
    fn set(&mut self, site: &Site, engine: &Engine, plan: &Plan, drafts: Vec<Variant>) -> Posters {
        (self.report)(Step::Posters);
        let mut wanted = self.wanted(site, plan);
        wanted.extend(drafts);
        self.collect(crate::poster::render(site, engine, &wanted, self.cache))
    }

    /// Goes as far as a preview needs it: what is printed is made, the website waits.
    fn live(&mut self, tree: &Tree, site: Site, theme: Arc<Theme>) -> Option<Shown> {
        let (engine, fits, records) = self.prepare(self.inputs, tree, &site, theme);
        let drafts = self.drafts(&site, &engine);
        let plan = self.hang(&site, &fits, &records)?;
        if self.is_over() {
            return None;
        }
        let engine = designed(engine, &site, &plan);
        let posters = self.set(&site, &engine, &plan, drafts);
        if self.options.cancel.is_set() {
            return None;
        }
        (self.report)(Step::Render);
        let printed = self.printed(&site, &engine, &plan, &posters);
        let rounds = round::website(&site, engine.theme(), &plan, self.options.visibility);
        let site = Arc::new(site);
        let tools = Tools {
            site: &site,
            engine: &engine,
            cache: self.cache,
        };
        let options = WebOptions {
            visibility: self.options.visibility,
        };
        let live = LiveWebsite::new(site.clone(), &plan, posters, rounds, &options, &tools);
        let (website, mut files) = self.collect(live)?;
        files.extend(printed);
        report_clashes(&files, &mut self.diagnostics);
        let is_good = !self.diagnostics.has_errors();
        is_good.then_some(Shown { files, website })
    }

    /// Passes a paper on, its files among the artifacts.
    fn paper(&mut self, plan: Plan, made: Warned<Option<Papers>>) -> Made {
        let mut paper = self.collect(made);
        if let Some(paper) = &paper {
            report_clashes(&paper.artifacts, &mut self.diagnostics);
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
    fn share(&mut self, site: &Site, engine: &Engine, plan: &Plan, wanted: &share::Wanted) -> Made {
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
        report_clashes(&artifacts, &mut self.diagnostics);
        Made {
            artifacts: match self.diagnostics.has_errors() {
                true => Vec::new(),
                false => artifacts,
            },
            share: Some(made),
            ..Made::default()
        }
    }

    /// Reads the site and its theme; what the theme cannot show is switched off.
    fn read(&mut self, tree: &Tree) -> (Site, Arc<Theme>) {
        let mut site = self.collect(crate::site::site(tree));
        let theme = Theme::load(&site.settings, &tree.theme_files, &mut self.diagnostics);
        theme.limit(&mut site.settings.delivery);
        (site, Arc::new(theme))
    }

    /// Measures and reads what is on record.
    fn prepare(
        &mut self,
        inputs: &dyn Inputs,
        tree: &Tree,
        site: &Site,
        theme: Arc<Theme>,
    ) -> (Engine, Fits, Records) {
        let engine = engine(inputs, site, theme);
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
        if self.options.only != Some(Output::Print) {
            let website = self.website(site, engine, plan, posters);
            report_clashes(&website, &mut self.diagnostics);
            artifacts.extend(self.delivered(website, site, engine));
        }
        if self.options.only != Some(Output::Web) {
            (self.report)(Step::Render);
            artifacts.extend(self.printed(site, engine, plan, posters));
        }
        report_clashes(&artifacts, &mut self.diagnostics);
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
        let options = WebOptions { visibility };
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
        for month in months(self.options, site.today) {
            artifacts.extend(self.collect(print(site, engine, plan, posters, month, self.cache)));
        }
        artifacts
    }

    /// Makes the website ready, as far as is asked for.
    fn delivered(&mut self, website: Vec<Artifact>, site: &Site, engine: &Engine) -> Vec<Artifact> {
        let tools = Tools {
            site,
            engine,
            cache: self.cache,
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
    fn drafts(&mut self, site: &Site, engine: &Engine) -> Vec<Variant> {
        if !self.options.visibility.shows_drafts() {
            return Vec::new();
        }
        let places = self.collect(crate::measure::drafts(site, engine, self.cache));
        let variant = |(page, board, slot)| Variant { page, board, slot };
        places.into_iter().map(variant).collect()
    }

    /// Names the posters that are printed, and those that the website shows: what hangs now and
    /// what comes next.
    fn wanted(&self, site: &Site, plan: &Plan) -> BTreeSet<Variant> {
        let months = months(self.options, site.today);
        let mut wanted = BTreeSet::new();
        for hanging in &plan.hangings {
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
                wanted.insert(Variant {
                    page: hanging.poster.clone(),
                    board: hanging.board.clone(),
                    slot: hanging.slot.clone(),
                });
            }
        }
        wanted
    }

    /// Reports files of the site that were there when the run began and gone when they were wanted:
    /// what was made without them must not go out.
    fn report_gone(&mut self, site: &Site, made: &mut Made) {
        let files = site.assets.values().chain(site.statics.values());
        let gone: Vec<Diagnostic> = files
            .filter_map(|file| file.fault().map(|unread| unread.diagnostic()))
            .collect();
        if !gone.is_empty() {
            made.artifacts.clear();
            made.paper = None;
        }
        gone.into_iter().for_each(|it| self.diagnostics.push(it));
    }

    fn outcome(mut self, site: Option<Site>, mut made: Made) -> Outcome {
        if let Some(site) = &site {
            self.report_gone(site, &mut made);
        }
        let settings = site.as_ref().map(|site| &site.settings);
        Outcome {
            language: settings
                .map(|settings| settings.message_language())
                .unwrap_or_default(),
            months: site
                .as_ref()
                .map(|site| months(self.options, site.today))
                .unwrap_or_default(),
            plan: made.plan,
            records: made.records,
            artifacts: made.artifacts,
            n_posters: made.n_posters,
            paper: made.paper,
            share: made.share,
            diagnostics: self.told(),
            site,
        }
    }

    /// Returns what was said.
    fn told(self) -> Diagnostics {
        self.diagnostics.map(crate::starter::without_picture)
    }
}

/// Gives each poster of the plan what sets it apart from its neighbours.
fn designed(engine: Engine, site: &Site, plan: &Plan) -> Engine {
    let designs = crate::poster::wall::designs(site, plan, engine.theme());
    engine.with_designs(designs)
}

/// Makes what sets sheets; with fonts of the machine where the settings want them and something is
/// missing.
fn engine(inputs: &dyn Inputs, site: &Site, theme: Arc<Theme>) -> Engine {
    let engine = Engine::new(theme).by(&site.settings.organisation);
    if !site.settings.machine_fonts {
        return engine;
    }
    let wanted = wanted_fonts(&engine, site);
    match wanted.is_empty() {
        true => engine,
        false => engine.with_machine_fonts(inputs.machine_fonts(&wanted)),
    }
}

/// Returns the months that are printed.
fn months(options: &Options, today: Date) -> Vec<Period> {
    if !options.months.is_empty() {
        return options.months.clone();
    }
    let present = Period::containing(Cadence::Month, today);
    if today.day() >= NEXT_MONTH_FROM {
        vec![present, present.next()]
    } else {
        vec![present]
    }
}

/// Reports artifacts that would overwrite each other.
fn report_clashes(artifacts: &[Artifact], diagnostics: &mut Diagnostics) {
    let mut seen: BTreeMap<(Output, &str), &Artifact> = BTreeMap::new();
    for artifact in artifacts {
        if seen
            .insert((artifact.output, &artifact.path), artifact)
            .is_some()
        {
            diagnostics.push(
                Diagnostic::new(Code::SameArtifact)
                    .with("path", &artifact.path)
                    .with("first", &artifact.path)
                    .with("second", &artifact.path),
            );
        }
    }
}

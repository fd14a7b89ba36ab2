//! A website whose pages are made when somebody asks for them, for the preview: a change costs the
//! tables and what is looked at, and no more.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;
use self_cell::self_cell;

use super::build::Build;
use super::engine::css;
use super::engine::template::Templates;
use super::files::hung;
use super::job::{self, Job};
use super::maker::Maker;
use super::parts::{WebOptions, artifact, builds, further, listings, own_files, shown};
use crate::diag::{Diagnostic, Diagnostics, Severity, Warned};
use crate::poster::Posters;
use crate::read::{Asset, Spool};
use crate::render::Artifact;
use crate::rotation::Plan;
use crate::site::Site;
use crate::theme::Theme;

/// A website that waits for questions.
pub(in crate::render) struct Live {
    held: Held,
    /// The pages by their place below the root: which language's, and which of its jobs.
    pages: FxHashMap<String, (usize, usize)>,
    /// What tells of all pages, made once somebody asks for any of it.
    listings: OnceLock<Result<BTreeMap<String, Asset>, Diagnostic>>,
}

/// What the website is made of.
struct Ground {
    site: Arc<Site>,
    further: Vec<Site>,
    theme: Arc<Theme>,
    templates: Arc<Templates>,
    plan: Plan,
    posters: Posters,
    style: String,
}

/// The tables of each language with the pages to be made of them, the main one first.
struct Tables<'a>(Vec<(Build<'a>, Vec<Job<'a>>)>);

self_cell!(
    struct Held {
        owner: Ground,
        #[not_covariant]
        dependent: Tables,
    }
);

impl Live {
    /// Prepares the website; returns it with the files that stand already, and goes before them
    /// nothing that it makes. `None` where templates cannot be read.
    pub(in crate::render) fn new(
        site: Arc<Site>,
        theme: Arc<Theme>,
        plan: &Plan,
        posters: Posters,
        options: &WebOptions,
    ) -> Warned<Option<(Self, Vec<Artifact>)>> {
        let mut diagnostics = Diagnostics::default();
        let templates = match Templates::load(&theme) {
            Ok(templates) => Arc::new(templates),
            Err(diagnostic) => {
                diagnostics.push(diagnostic);
                return Warned {
                    value: None,
                    diagnostics,
                };
            }
        };
        let ground = Ground {
            further: further(&site, &theme),
            plan: shown(&site, plan, options.visibility),
            style: css::style_sheet(&theme),
            site,
            theme,
            templates,
            posters,
        };
        let held = Held::new(ground, |ground| ground.tables(options));
        let mut files = BTreeMap::new();
        let mut pages = FxHashMap::default();
        held.with_dependent(|ground, tables| {
            for (language, (build, jobs)) in tables.0.iter().enumerate() {
                let place = |job: &Job| build.place(&job.url(build));
                let (taken, places) = rayon::join(
                    || job::taken_addresses(build, jobs),
                    || jobs.iter().map(place).collect::<Vec<_>>(),
                );
                diagnostics.extend(taken);
                pages.reserve(places.len());
                let places = places.into_iter();
                pages.extend(places.zip((0..).map(|job| (language, job))));
                let (own, originals) = own_files(build, &ground.theme, ground.style.clone());
                let own = own.into_iter().map(|(path, bytes)| (path, bytes.into()));
                let all = own.chain(originals);
                files.extend(all.map(|(path, content)| (build.place(&path), content)));
            }
        });
        pages.retain(|path, _| !files.contains_key(path));
        let live = Self {
            held,
            pages,
            listings: OnceLock::new(),
        };
        let files = files.into_iter().map(artifact).collect();
        Warned {
            value: Some((live, files)),
            diagnostics,
        }
    }

    /// Returns the site that it shows.
    pub(in crate::render) fn site(&self) -> &Site {
        &self.held.borrow_owner().site
    }

    /// Tells whether there is a page at `path`; a file that tells of all pages is none.
    pub(in crate::render) fn has_page(&self, path: &str) -> bool {
        self.pages.contains_key(path)
    }

    /// Makes what stands at `path`; `None` where nothing does.
    pub(in crate::render) fn make(&self, path: &str) -> Option<Result<Arc<[u8]>, Diagnostic>> {
        let hung = self.held.with_dependent(|ground, tables| {
            let (build, _) = tables.0.first()?;
            hung::find(path, build, &ground.posters)
        });
        if let Some(bytes) = hung {
            return Some(Ok(bytes));
        }
        let Some(&(language, job)) = self.pages.get(path) else {
            let listings = self.listings.get_or_init(|| self.listings());
            return match listings {
                Ok(files) => files.get(path).map(|file| Ok(file.bytes())),
                Err(diagnostic) => Some(Err(diagnostic.clone())),
            };
        };
        let made = self.held.with_dependent(|ground, tables| {
            let (build, jobs) = &tables.0[language];
            ground.page(build, &jobs[job])
        });
        Some(made)
    }

    fn listings(&self) -> Result<BTreeMap<String, Asset>, Diagnostic> {
        self.held.with_dependent(|ground, tables| {
            let mut all = BTreeMap::new();
            for (build, _) in &tables.0 {
                let files = listings(build, &ground.maker(build), &Spool::default())?;
                all.extend(files.into_iter().map(|(path, it)| (build.place(&path), it)));
            }
            Ok(all)
        })
    }
}

impl fmt::Debug for Live {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Live").finish_non_exhaustive()
    }
}

impl Ground {
    fn tables<'a>(&'a self, options: &WebOptions) -> Tables<'a> {
        let sites = std::iter::once(&*self.site).chain(&self.further);
        let mut builds = builds(sites, &self.theme, &self.plan, &self.posters, options);
        for build in &mut builds {
            build.templates = Some(self.templates.clone());
        }
        let with_jobs = builds.into_iter().map(|build| {
            let jobs = job::jobs(&build);
            (build, jobs)
        });
        Tables(with_jobs.collect())
    }

    fn maker<'a, 'b>(&'b self, build: &'b Build<'a>) -> Maker<'a, 'b> {
        Maker::new(build, &self.templates, &self.theme, &self.style)
    }

    fn page(&self, build: &Build, job: &Job) -> Result<Arc<[u8]>, Diagnostic> {
        let (_, html) = self.maker(build).make(job)?;
        let faults = build.faults.lock().map(|mut it| std::mem::take(&mut *it));
        let faults = faults.unwrap_or_default().sorted();
        let is_grave = |fault: &Diagnostic| fault.severity() == Severity::Error;
        match faults.into_iter().find(is_grave) {
            Some(fault) => Err(fault),
            None => Ok(Arc::from(html.into_bytes())),
        }
    }
}

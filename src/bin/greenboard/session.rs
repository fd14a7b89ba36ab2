//! What every command works with: the site's folder, the day, the terminal.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use greenboard::cache::Cache;
use greenboard::diag::{Diagnostics, Language, SitePath, Warned};
use greenboard::pipeline::{self, Options, Outcome, PlanInputs};
use greenboard::read::{DiskInputs, Inputs, SETTINGS};
use greenboard::rotation::text::Spoken;
use greenboard::site::Site;
use greenboard::write::{self, Held, Shelf, State};
use jiff::civil::Date;

use crate::args::Global;
use crate::exit::Exit;
use crate::terminal::{Terminal, Volume, rendered};
use crate::words;

/// One run of the program.
#[derive(Debug, Clone)]
pub struct Session {
    /// The site's folder.
    pub root: PathBuf,
    /// The day that stands in for today.
    pub today: Option<Date>,
    /// Where to speak.
    pub terminal: Terminal,
    /// What earlier runs made.
    pub cache: Arc<Cache>,
    /// The language that the user wants, whatever the site's.
    pub wanted: Option<Language>,
}

impl Session {
    /// Finds the site and its language.
    pub fn open(global: Global) -> Result<Self, Exit> {
        let here = std::env::current_dir().unwrap_or_default();
        let given = global.root.as_ref().map(|root| here.join(root));
        let root = given.unwrap_or_else(|| nearest_site(&here));
        let spoken = global
            .lang
            .or_else(|| language_of(&root))
            .unwrap_or_else(environment);
        let volume = match (global.json, global.quiet) {
            (true, _) => Volume::Json,
            (_, true) => Volume::Quiet,
            _ => Volume::Usual,
        };
        let session = Self {
            cache: Arc::new(Cache::with(Shelf::new(&root))),
            root,
            today: global.today,
            terminal: Terminal::new(spoken, volume),
            wanted: global.lang,
        };
        if !session.root.is_dir() {
            let shown = session.root.display().to_string();
            let missing = session.terminal.say(words::NO_FOLDER, &[&shown]);
            session.terminal.usage(&missing, &[]);
            return Err(Exit::Usage);
        }
        Ok(session)
    }

    /// Returns the site's files and the day.
    pub fn inputs(&self) -> DiskInputs {
        DiskInputs::new(&self.root, self.today)
    }

    /// Walks through all stages but the last, and speaks the site's language from then on.
    pub fn walk(&mut self, options: &Options) -> Outcome {
        let progress = self.terminal.progress();
        let options = Options {
            spool: write::spool(&self.root),
            ..options.clone()
        };
        let outcome = pipeline::run(&self.inputs(), &options, &self.cache, &|step| {
            progress.step(step)
        });
        drop(progress);
        self.speak_in(outcome.site.as_ref().map(|_| outcome.language));
        outcome
    }

    /// Walks as far as planning needs it, and speaks the site's language from then on.
    pub fn plan_inputs(&mut self) -> Warned<Option<PlanInputs>> {
        let progress = self.terminal.progress();
        let inputs =
            pipeline::plan_inputs(&self.inputs(), &self.cache, &|step| progress.step(step));
        drop(progress);
        if let Some(inputs) = &inputs.value {
            self.speak(&inputs.site);
        }
        inputs
    }

    /// Speaks the site's language from now on, unless the user wants another.
    pub fn speak(&mut self, site: &Site) {
        self.speak_in(Some(site.settings.message_language()));
    }

    /// Speaks this language from now on where it is known, unless the user wants another.
    pub fn speak_in(&mut self, language: Option<Language>) {
        let spoken = self.wanted.or(language);
        self.terminal.language = spoken.unwrap_or(self.terminal.language);
    }

    /// Returns `site` with the language in which its plan is told of.
    pub fn spoken<'s>(&self, site: &'s Site) -> Spoken<'s> {
        Spoken {
            site,
            language: self.terminal.language,
        }
    }

    /// Holds the site before what is read there leads to what is written.
    pub fn hold(&self) -> Result<Held, Exit> {
        self.announce_wait();
        write::hold(&self.root).map_err(|error| {
            let diagnostics = Diagnostics::from_iter([error]);
            let said = rendered(&diagnostics, self.terminal.language);
            self.terminal.report(&said, Some(words::ERRORS));
            self.terminal.json(&said, serde_json::json!({}));
            Exit::of(&diagnostics)
        })
    }

    /// Says so where another run of ours writes the site, before this one waits for it.
    pub fn announce_wait(&self) {
        if write::is_busy(&self.root) {
            self.terminal.line(&self.terminal.say(words::WAITING, &[]));
        }
    }

    /// Shows a folder as the user would write it: relative to where they are.
    pub fn shown(&self, folder: &Path) -> String {
        let here = std::env::current_dir().unwrap_or_default();
        match folder.strip_prefix(&here) {
            Ok(here) if here.as_os_str().is_empty() => ".".to_owned(),
            Ok(below) => below.display().to_string(),
            Err(_) => folder.display().to_string(),
        }
    }
}

/// Returns the folder of the site that `here` lies in, or `here`.
fn nearest_site(here: &Path) -> PathBuf {
    let site = here
        .ancestors()
        .find(|folder| folder.join(SETTINGS).is_file());
    site.unwrap_or(here).to_owned()
}

/// Looks the site's language up before the site is read, for what is said until then.
fn language_of(root: &Path) -> Option<Language> {
    let settings = DiskInputs::new(root, None)
        .read(&SitePath::fixed(SETTINGS))
        .ok()?;
    let text = String::from_utf8_lossy(&settings);
    let tag = text.lines().find_map(|line| {
        let (key, value) = line.split_once([':', '：'])?;
        matches!(key.trim(), "language" | "语言").then(|| value.trim().trim_matches(['"', '\'']))
    });
    // A site that says nothing is Chinese.
    Some(tag.map_or(Language::Chinese, |tag| {
        Language::from_tag(tag).unwrap_or_default()
    }))
}

/// Returns the language to speak before the arguments are understood.
pub fn spoken_before_arguments() -> Language {
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        let tag = match arg.strip_prefix("--lang") {
            Some("") => args.next(),
            Some(rest) => rest.strip_prefix('=').map(str::to_owned),
            None => None,
        };
        if let Some(language) = tag.and_then(|tag| Language::from_tag(&tag)) {
            return language;
        }
    }
    environment()
}

/// Returns the language of the user's surroundings; Chinese where they name none.
fn environment() -> Language {
    let named = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| {
            let value = std::env::var(name).ok()?;
            Language::from_tag(&value)
        });
    named.unwrap_or_default()
}

/// Returns the last line of a run with errors: which state stands in the output folders.
pub fn ending(state: State) -> words::Phrase {
    match state {
        State::Kept => words::KEPT_OLD,
        State::New => words::NEW_STANDS,
        State::HalfWay => words::HALF_WAY,
    }
}

/// Returns the state as `--json` names it.
pub fn state_name(state: State) -> &'static str {
    match state {
        State::Kept => "kept",
        State::New => "new",
        State::HalfWay => "half",
    }
}

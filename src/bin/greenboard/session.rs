//! What every command works with: the site's folder, the day, the terminal.

use std::path::Path;

use greenboard::diag::{Diagnostics, Language, Warned};
use greenboard::pipeline::{Options, Outcome, PlanInputs};
use greenboard::read::DiskInputs;
use greenboard::render::Output;
use greenboard::rotation::text::Spoken;
use greenboard::site::Site;
use greenboard::workspace::{Issued, Target, Workspace, nearest};
use greenboard::write::{Held, State};

use crate::args::Global;
use crate::exit::Exit;
use crate::terminal::{Terminal, Volume};
use crate::words;

/// One run of the program.
#[derive(Debug, Clone)]
pub struct Session {
    /// The site, and what can be done with it.
    pub workspace: Workspace,
    /// Where to speak.
    pub terminal: Terminal,
    /// The language that the user wants, whatever the site's.
    pub wanted: Option<Language>,
}

impl Session {
    /// Finds the site and its language.
    pub fn open(global: Global) -> Result<Self, Exit> {
        let here = std::env::current_dir().unwrap_or_default();
        let given = global.root.as_ref().map(|root| here.join(root));
        let root = given.unwrap_or_else(|| nearest(&here).unwrap_or(&here).to_owned());
        let volume = match (global.json, global.quiet) {
            (true, _) => Volume::Json,
            (_, true) => Volume::Quiet,
            _ => Volume::Usual,
        };
        let Ok(workspace) = Workspace::open(&root, global.today) else {
            let terminal = Terminal::new(global.lang.unwrap_or_else(environment), volume);
            let shown = root.display().to_string();
            terminal.usage(&terminal.say(words::NO_FOLDER, &[&shown]), &[]);
            return Err(Exit::Usage);
        };
        let spoken = global.lang.or_else(|| workspace.language());
        Ok(Self {
            workspace,
            terminal: Terminal::new(spoken.unwrap_or_else(environment), volume),
            wanted: global.lang,
        })
    }

    /// Returns the site's folder.
    pub fn root(&self) -> &Path {
        self.workspace.root()
    }

    /// Returns the site's files and the day.
    pub fn inputs(&self) -> DiskInputs {
        self.workspace.saved()
    }

    /// Walks through all stages but the last, and speaks the site's language from then on.
    pub fn walk(&mut self, options: &Options) -> Outcome {
        let progress = self.terminal.progress();
        let snapshot = self.workspace.snapshot();
        let outcome = snapshot.run(options, &|step| progress.step(step));
        drop(progress);
        self.speak_in(outcome.site.as_ref().map(|_| outcome.language));
        outcome
    }

    /// Runs and publishes what came of it, and speaks the site's language from then on.
    pub fn issue(&mut self, options: &Options, target: &Target) -> Issued {
        let progress = self.terminal.progress();
        let targets = std::slice::from_ref(target);
        let issued = self
            .workspace
            .issue(options, targets, &|step| progress.step(step));
        drop(progress);
        self.speak_in(issued.language);
        issued
    }

    /// Walks as far as planning needs it, and speaks the site's language from then on.
    pub fn plan_inputs(&mut self) -> Warned<Option<PlanInputs>> {
        let progress = self.terminal.progress();
        let snapshot = self.workspace.snapshot();
        let inputs = snapshot.plan_inputs(&|step| progress.step(step));
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
        let progress = self.terminal.progress();
        let held = self.workspace.hold(&|step| progress.step(step));
        drop(progress);
        held.map_err(|error| {
            let diagnostics = Diagnostics::from_iter([error]);
            let said = diagnostics.rendered(self.terminal.language);
            self.terminal.report(&said, Some(words::ERRORS));
            self.terminal.json(&said, serde_json::json!({}));
            Exit::of(&diagnostics)
        })
    }

    /// Returns where an output goes: to a folder that the user names from where they are, or to its
    /// usual one.
    pub fn target(&self, output: Output, folder: Option<&Path>) -> Target {
        let here = std::env::current_dir().unwrap_or_default();
        self.workspace
            .target(output, folder.map(|folder| here.join(folder)))
    }

    /// Finds the page of a file that the user names from where they are, from the site's folder or
    /// by its id.
    pub fn page(&self, site: &Site, file: &Path) -> Option<String> {
        let here = std::env::current_dir().unwrap_or_default();
        let page = self.workspace.page(site, &here, file);
        page.map(|page| page.id.clone())
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

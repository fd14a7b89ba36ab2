//! `greenboard import`: shows what comes of files from elsewhere, and writes what is not there yet.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::io::{IsTerminal as _, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use greenboard::diag::{Code, Diagnostic, Diagnostics, Rendered, Severity, system_words};
use greenboard::import::{
    Brought, Given, Line, Planned, Standing, Wish, bring_beside, bring_folder, is_litter,
    is_picture, is_tree, standing,
};
use greenboard::read::{FileError, given};
use greenboard::site::Site;
use greenboard::starter::is_slug;
use greenboard::workspace::Arrival;
use greenboard::write::Held;
use serde_json::json;

use crate::args::Import;
use crate::exit::Exit;
use crate::session::Session;
use crate::words;

/// How many lines that differ are shown of a file.
const DIFFERING: usize = 40;
/// The most bytes that are taken from standard input.
const PASTED: u64 = 64 << 20;

/// Runs the command.
pub fn run(session: &mut Session, args: &Import) -> Exit {
    if let Some(slug) = args.slug.as_ref().filter(|slug| !is_slug(slug)) {
        let terminal = &session.terminal;
        let hint = terminal.say(words::GIVE_SLUG, &[]);
        terminal.usage(&terminal.say(words::BAD_SLUG, &[slug]), &[hint]);
        return Exit::Usage;
    }
    let read = session.workspace.snapshot().read();
    // What is wrong in other files is no hindrance to new ones.
    let Some((_, site)) = read.value else {
        let said = read.diagnostics.rendered(session.terminal.language);
        session.terminal.report(&said, None);
        session.terminal.json(&said, json!({ "created": [] }));
        return Exit::of(&read.diagnostics);
    };
    session.speak(&site);
    let mut work = Work {
        session,
        args,
        site: &site,
        held: None,
        told: Diagnostics::default(),
        planned: Vec::new(),
        created: Vec::new(),
        taken: RefCell::default(),
    };
    let done = match args.files[..] {
        [] => work.pasted(),
        _ => args.files.iter().try_for_each(|path| work.path(path)),
    };
    match done {
        Ok(()) => work.finish(),
        Err(exit) => exit,
    }
}

struct Work<'a> {
    session: &'a Session,
    args: &'a Import,
    site: &'a Site,
    /// The site, held once something is to be written.
    held: Option<Held>,
    told: Diagnostics,
    planned: Vec<String>,
    created: Vec<String>,
    /// Pictures that came along with what names them.
    taken: RefCell<BTreeSet<PathBuf>>,
}

impl Work<'_> {
    fn pasted(&mut self) -> Result<(), Exit> {
        let terminal = &self.session.terminal;
        let stdin = std::io::stdin();
        if stdin.is_terminal() {
            terminal.usage(&terminal.say(words::IMPORT_PASTE, &[]), &[]);
            return Err(Exit::Usage);
        }
        let mut bytes = Vec::new();
        if stdin.take(PASTED).read_to_end(&mut bytes).is_err() {
            return Err(Exit::System);
        }
        self.file("", bytes.into())
    }

    fn path(&mut self, path: &Path) -> Result<(), Exit> {
        let name = path.to_string_lossy().into_owned();
        if path.is_dir() {
            return self.folder(path, &name);
        }
        match given::file(path) {
            Ok(bytes) => self.file(&name, bytes.into()),
            Err(FileError::Missing) => {
                let terminal = &self.session.terminal;
                terminal.usage(&terminal.say(words::NO_FILE, &[&name]), &[]);
                Err(Exit::Usage)
            }
            Err(error) => {
                let cause = system_words(&error.to_string());
                let told = Diagnostic::new(Code::Unreadable).with("cause", cause);
                self.tell(&[told], &name);
                Ok(())
            }
        }
    }

    fn folder(&mut self, path: &Path, name: &str) -> Result<(), Exit> {
        let failed = |error: &FileError| {
            let cause = system_words(&error.to_string());
            Diagnostic::new(Code::Unreadable).with("cause", cause)
        };
        let paths = match given::files_below(path) {
            Ok(paths) => paths,
            Err(error) => {
                self.report(failed(&error));
                return Ok(());
            }
        };
        let mut files = Vec::new();
        for one in paths {
            let below = one.strip_prefix(path).unwrap_or(&one);
            let name = below.to_string_lossy().replace('\\', "/");
            match given::file(&one) {
                Ok(bytes) => files.push(Given {
                    name,
                    bytes: Arc::from(bytes),
                }),
                Err(error) => self.report(failed(&error)),
            }
        }
        if !is_tree(&files) {
            return self.heap(name, files);
        }
        let wish = Wish {
            site: self.site,
            kind: None,
            slug: None,
            seal: self.args.seal,
        };
        let brought = bring_folder(&files, &wish);
        self.take_folder(name, &brought)
    }

    /// Takes a folder of documents and pictures one by one.
    fn heap(&mut self, name: &str, files: Vec<Given>) -> Result<(), Exit> {
        let files: Vec<Given> = (files.into_iter())
            .filter(|it| !is_litter(&it.name))
            .collect();
        if files.is_empty() {
            self.report(Diagnostic::new(Code::NothingToImport).with("file", name));
        }
        let folder = name.trim_end_matches(['/', '\\']);
        // What names pictures comes first: they go with it, and no second time alone.
        let (pictures, others): (Vec<Given>, Vec<Given>) =
            files.into_iter().partition(|it| is_picture(&it.name));
        others.into_iter().chain(pictures).try_for_each(|it| {
            let name = format!("{folder}/{}", it.name);
            if self.taken.borrow().contains(Path::new(&name)) {
                return Ok(());
            }
            self.file(&name, it.bytes)
        })
    }

    /// Shows what came of a folder, and writes it page by page.
    fn take_folder(&mut self, name: &str, brought: &Brought) -> Result<(), Exit> {
        let terminal = self.session.terminal.clone();
        terminal.line(&terminal.say(words::IMPORT_FILE, &[name]));
        self.tell(&brought.told, name);
        if brought.is_refused() {
            return Ok(());
        }
        self.planned
            .extend(brought.files.iter().map(|it| it.path.to_string()));
        let n = brought.files.len();
        if self.args.dry_run {
            for file in brought.files.iter().take(DIFFERING) {
                terminal.line(&format!("  {}", file.path));
            }
            if n > DIFFERING {
                terminal.line(&format!("  … ({n})"));
            }
            return Ok(());
        }
        let question = terminal.say(words::IMPORT_ASK_WRITE, &[]);
        if terminal.can_ask() && !terminal.confirm(&question) {
            return Ok(());
        }
        self.write(&brought.files)
    }

    fn file(&mut self, name: &str, bytes: Arc<[u8]>) -> Result<(), Exit> {
        let given = Given {
            name: name.to_owned(),
            bytes,
        };
        let mut wish = Wish {
            site: self.site,
            kind: self.args.kind.map(Into::into),
            slug: self.args.slug.as_deref(),
            seal: self.args.seal,
        };
        let taken = &self.taken;
        let beside = |near: &str| neighbour(name, near, taken);
        let mut brought = bring_beside(&given, &wish, &beside);
        let terminal = &self.session.terminal;
        if brought.has_seal && terminal.can_ask() {
            let no = terminal.say(words::NO, &[]);
            let answer = terminal.ask(&terminal.say(words::IMPORT_ASK_SEAL, &[]), &no);
            if ["y", "yes", "是", "要"].contains(&answer.to_lowercase().as_str()) {
                wish.seal = true;
                brought = bring_beside(&given, &wish, &beside);
            }
        }
        self.take(name, &brought)
    }

    /// Shows what came of a file, and writes it.
    fn take(&mut self, name: &str, brought: &Brought) -> Result<(), Exit> {
        let terminal = self.session.terminal.clone();
        let language = terminal.language;
        if !name.is_empty() {
            terminal.line(&terminal.say(words::IMPORT_FILE, &[name]));
        }
        for file in &brought.files {
            let is_there = file.is_frame && self.is_there(file);
            if !is_there {
                let what = file.what.say(language);
                let line = terminal.say(words::IMPORT_TO, &[&what, file.path.as_str()]);
                terminal.line(&format!("  {line}"));
            }
        }
        self.tell(&brought.told, name);
        if brought.is_refused() || brought.files.is_empty() {
            return Ok(());
        }
        let inputs = self.session.inputs();
        let planned = brought.files.iter().map(|it| it.path.to_string());
        self.planned.extend(planned);
        // A page that is there already keeps its pictures.
        let own = &brought.files[0];
        match standing(own, &inputs) {
            Standing::Nothing => {}
            Standing::Same => {
                self.report(Diagnostic::new(Code::ImportedBefore).with("path", &own.path));
            }
            Standing::Other(lines) => {
                self.report(Diagnostic::new(Code::ImportDiffers).with("path", &own.path));
                self.show(&lines);
                return Ok(());
            }
        }
        if self.args.dry_run {
            return Ok(());
        }
        if terminal.can_ask() && !terminal.confirm(&terminal.say(words::IMPORT_ASK_WRITE, &[])) {
            return Ok(());
        }
        self.write(&brought.files)
    }

    fn is_there(&self, file: &Planned) -> bool {
        standing(file, &self.session.inputs()) != Standing::Nothing
    }

    /// Writes files that are not there yet.
    fn write(&mut self, files: &[Planned]) -> Result<(), Exit> {
        let held = match self.held.take() {
            Some(held) => held,
            None => self.session.hold()?,
        };
        for arrival in self.session.workspace.bring_in(&held, files) {
            match arrival {
                Arrival::Created(file) => self.created.push(file.path.to_string()),
                Arrival::Differs(file, lines) => {
                    self.report(Diagnostic::new(Code::ImportDiffers).with("path", &file.path));
                    self.show(&lines);
                }
                Arrival::Failed(error) => self.report(error),
            }
        }
        self.held = Some(held);
        Ok(())
    }

    fn report(&mut self, told: Diagnostic) {
        self.tell(&[told], "");
    }

    /// Says what is told: errors as every command does, of the rest a line each, and what to do once.
    fn tell(&mut self, told: &[Diagnostic], _: &str) {
        let terminal = &self.session.terminal;
        let said: Vec<Rendered> = told.iter().map(|it| it.render(terminal.language)).collect();
        let (errors, others): (Vec<Rendered>, Vec<Rendered>) = said
            .into_iter()
            .partition(|it| it.severity == Severity::Error);
        terminal.report(&errors, None);
        if others.len() > 1 {
            let n = others.len().to_string();
            terminal.line(&format!("  {}", terminal.say(words::IMPORT_TOLD, &[&n])));
        }
        let mut hints: Vec<&String> = Vec::new();
        for it in &others {
            terminal.line(&format!("  {} {}", it.code, it.message));
            hints.extend(it.hints.iter());
        }
        let mut shown: Vec<&String> = Vec::new();
        for hint in hints {
            if !shown.contains(&hint) {
                terminal.line(&format!("  {}{hint}", terminal.say(words::HINT, &[])));
                shown.push(hint);
            }
        }
        self.told.extend(told.iter().cloned().collect());
    }

    fn show(&self, lines: &[Line]) {
        let terminal = &self.session.terminal;
        for line in lines.iter().take(DIFFERING) {
            let shown = match line {
                Line::There(n, text) => terminal.say(words::IMPORT_THERE, &[&n.to_string(), text]),
                Line::New(text) => terminal.say(words::IMPORT_NEW, &[text]),
            };
            terminal.line(&format!("    {shown}"));
        }
        if lines.len() > DIFFERING {
            let more = (lines.len() - DIFFERING).to_string();
            terminal.line(&format!(
                "    {}",
                terminal.say(words::IMPORT_MORE, &[&more])
            ));
        }
    }

    fn finish(self) -> Exit {
        let terminal = &self.session.terminal;
        let said: Vec<Rendered> = (self.told.iter())
            .map(|it| it.render(terminal.language))
            .collect();
        terminal.json(
            &said,
            json!({ "planned": self.planned, "created": self.created }),
        );
        for path in self.created.iter().take(DIFFERING) {
            let shown = self.session.shown(&self.session.root().join(path));
            terminal.line(&terminal.say(words::CREATED, &[&shown]));
        }
        if self.created.len() > DIFFERING {
            let all = self.created.len().to_string();
            terminal.line(&terminal.say(words::IMPORT_CREATED, &[&all]));
        }
        if self.args.dry_run && !self.planned.is_empty() {
            terminal.line(&terminal.say(words::IMPORT_DRY, &[]));
        }
        if !self.created.is_empty() {
            terminal.line(&terminal.say(words::IMPORT_NEXT, &[]));
        }
        Exit::of(&self.told)
    }
}

/// Reads what lies beside the file `name`, and notes that it was taken; beside what was pasted lies
/// nothing.
fn neighbour(name: &str, near: &str, taken: &RefCell<BTreeSet<PathBuf>>) -> Option<Arc<[u8]>> {
    if name.is_empty() {
        return None;
    }
    let path = Path::new(name).parent()?.join(near);
    let bytes = path.is_file().then(|| given::file(&path).ok()).flatten()?;
    taken.borrow_mut().insert(path);
    Some(bytes.into())
}

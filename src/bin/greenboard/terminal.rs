//! All that the program prints: what was made to standard output, what is wrong and how far it
//! has come to standard error.

use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};
use std::time::Duration;

use greenboard::diag::{Language, Rendered, Severity, harmless};
use greenboard::pipeline::Step;
use greenboard::write::Changed;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::{Value, json};

use crate::words::{self, Phrase};

/// How many notes are listed; they are worth knowing, not worth a screenful.
const NOTES: usize = 8;
/// From how many of one kind on, though of different words, only the first is shown with all that
/// there is to say of it.
const MANY: usize = 5;
/// How many of the others are named.
const OTHERS: usize = 10;

/// How much the user wants to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Volume {
    /// What was made and what is wrong.
    #[default]
    Usual,
    /// Only what is wrong.
    Quiet,
    /// One JSON object and nothing else.
    Json,
}

/// The user's side of the program.
#[derive(Debug, Clone)]
pub struct Terminal {
    /// The language that is spoken.
    pub language: Language,
    volume: Volume,
    /// Whether standard error takes colours.
    colours: bool,
    /// Whether somebody reads it, rather than a program.
    is_read: bool,
}

impl Terminal {
    /// Speaks `language` at `volume`, in colours where a terminal takes them.
    pub fn new(language: Language, volume: Volume) -> Self {
        let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
        Self {
            language,
            volume,
            colours: !refused && !dumb && std::io::stderr().is_terminal(),
            is_read: std::io::stderr().is_terminal(),
        }
    }

    /// Speaks before anything is known of what the user wants.
    pub fn plain(language: Language) -> Self {
        Self::new(language, Volume::Usual)
    }

    /// Returns the phrase in the language spoken.
    pub fn say(&self, phrase: Phrase, values: &[&str]) -> String {
        phrase.say(self.language, values)
    }

    /// Tells whether the user can be asked.
    pub fn can_ask(&self) -> bool {
        self.volume == Volume::Usual
            && std::io::stdin().is_terminal()
            && std::io::stderr().is_terminal()
    }

    /// Asks the user; an empty answer means `otherwise`.
    pub fn ask(&self, question: &str, otherwise: &str) -> String {
        match otherwise {
            "" => eprint(&harmless(&format!("{question} "))),
            otherwise => eprint(&harmless(&format!("{question} [{otherwise}] "))),
        }
        let mut answer = String::new();
        // Without an answer there is still the other one.
        let _ = std::io::stdin().read_line(&mut answer);
        match answer.trim() {
            "" => otherwise.to_owned(),
            answer => answer.to_owned(),
        }
    }

    /// Says a line that belongs to a question.
    pub fn aside(&self, text: &str) {
        eprint(&harmless(&format!("{text}\n")));
    }

    /// Asks a question of yes or no; an empty answer means yes.
    pub fn confirm(&self, question: &str) -> bool {
        let usual = self.say(words::YES, &[]);
        let no = ["n", "no", "否", "不", "不是", "没有", "没", "不一样"];
        let answer = self.ask(question, &usual).to_lowercase();
        !no.contains(&answer.as_str())
    }

    /// Says a line of what was done.
    pub fn line(&self, text: &str) {
        if self.volume == Volume::Usual {
            print(&harmless(&format!("{text}\n")));
        }
    }

    /// Gives what was asked for, whatever the volume, except to machines.
    pub fn result(&self, text: &str) {
        if self.volume != Volume::Json {
            print(&harmless(text));
        }
    }

    /// Says that the command was wrong.
    pub fn usage(&self, what: &str, hints: &[String]) {
        let mut text = self.painted("1;31", &self.say(words::USAGE, &[&harmless(what)]));
        text.push('\n');
        for hint in hints {
            text.push_str(&format!("  {}\n", harmless(hint)));
        }
        text.push_str(&format!("  {}\n", self.say(words::SEE_HELP, &[])));
        eprint(&text);
    }

    /// Says what is wrong, with `ending` after errors; notes go to what was made.
    pub fn report(&self, diagnostics: &[Rendered], ending: Option<Phrase>) {
        if self.volume == Volume::Json {
            return;
        }
        let grave = |d: &&Rendered| d.severity != Severity::Note;
        for kind in kinds(diagnostics.iter().filter(grave)) {
            match kind[..] {
                [first] => self.diagnostic(first),
                [first, ref others @ ..] => self.many(first, others),
                [] => {}
            }
            // Twenty messages are worked through one by one.
            if self.is_read {
                eprint("\n");
            }
        }
        let n_errors = diagnostics
            .iter()
            .filter(|d| d.severity == Severity::Error)
            .count();
        if let Some(ending) = ending.filter(|_| n_errors > 0) {
            eprint(&format!("{}\n", self.say(ending, &[&n_errors.to_string()])));
        }
        let notes: Vec<_> = diagnostics
            .iter()
            .filter(|d| d.severity == Severity::Note)
            .collect();
        for note in notes.iter().take(NOTES) {
            self.line(&self.note(note));
        }
        if notes.len() > NOTES {
            let more = (notes.len() - NOTES).to_string();
            self.line(&self.say(words::MORE_NOTES, &[&more]));
        }
    }

    /// Says one thing that is wrong.
    pub fn diagnostic(&self, diagnostic: &Rendered) {
        let (word, colour) = match diagnostic.severity {
            Severity::Error => (words::ERROR, "1;31"),
            Severity::Warning => (words::WARNING, "1;33"),
            Severity::Note => (words::NOTE, "1;36"),
        };
        let head = format!("{} {}", self.say(word, &[]), diagnostic.code);
        let mut text = self.painted(colour, &head);
        text.push_str(&format!(
            "{}{}\n",
            self.say(words::COLON, &[]),
            diagnostic.message
        ));
        if let Some(place) = place(diagnostic) {
            text.push_str(&format!("  → {}\n", self.painted("36", &place)));
        }
        for hint in &diagnostic.hints {
            text.push_str(&format!("  {}{hint}\n", self.say(words::HINT, &[])));
        }
        eprint(&text);
    }

    /// Says the first of many of one kind, and names the others in a line each.
    fn many(&self, first: &Rendered, others: &[&Rendered]) {
        self.diagnostic(first);
        let n = (others.len() + 1).to_string();
        let mut text = format!("  {}\n", self.say(words::ALIKE, &[&n]));
        for other in others.iter().take(OTHERS) {
            let place = place(other).map(|place| self.painted("36", &place));
            let message = Some(&other.message).filter(|message| **message != first.message);
            let parts = place.as_ref().into_iter().chain(message);
            let parts: Vec<&str> = parts.map(String::as_str).collect();
            text.push_str(&format!("  → {}\n", parts.join("  ")));
        }
        if others.len() > OTHERS {
            let rest = (others.len() - OTHERS).to_string();
            text.push_str(&format!("  {}\n", self.say(words::ALIKE_REST, &[&rest])));
        }
        eprint(&text);
    }

    /// Shows lines of a file as they were and as they are.
    pub fn change(&self, file: &str, change: &Changed) {
        let place = self.say(words::CHANGED_LINE, &[file, &change.line.to_string()]);
        let mut text = format!("{place}\n");
        for (sign, lines) in [("-", &change.before), ("+", &change.after)] {
            for line in lines.lines() {
                text.push_str(&format!("  {sign} {line}\n"));
            }
        }
        self.line(text.trim_end());
    }

    fn note(&self, note: &Rendered) -> String {
        let place = place(note)
            .map(|place| format!(" → {place}"))
            .unwrap_or_default();
        format!(
            "{} {}{}{}{place}",
            self.say(words::NOTE, &[]),
            note.code,
            self.say(words::COLON, &[]),
            note.message
        )
    }

    /// Gives machines one object: whether it went well, what was said, and `more`.
    pub fn json(&self, diagnostics: &[Rendered], more: Value) {
        if self.volume != Volume::Json {
            return;
        }
        let ok = diagnostics.iter().all(|d| d.severity != Severity::Error);
        let mut object = json!({ "format": 1, "ok": ok, "diagnostics": diagnostics });
        if let (Some(object), Value::Object(more)) = (object.as_object_mut(), more) {
            object.extend(more);
        }
        print(&format!("{object:#}\n"));
    }

    /// Shows how far the work has come, where somebody looks.
    pub fn progress(&self) -> Progress {
        let shown = self.volume == Volume::Usual && std::io::stderr().is_terminal();
        let target = if shown {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(None, target);
        // `wide_msg` cuts to the terminal's width.
        let style =
            ProgressStyle::with_template("{spinner} {wide_msg}").expect("the template is fixed");
        bar.set_style(style);
        if shown {
            bar.enable_steady_tick(Duration::from_millis(100));
        }
        Progress {
            bar,
            terminal: self.clone(),
        }
    }

    fn painted(&self, colour: &str, text: &str) -> String {
        if self.colours {
            format!("\u{1b}[{colour}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }
}

/// A line that tells how far the work has come; it vanishes when dropped.
pub struct Progress {
    bar: ProgressBar,
    terminal: Terminal,
}

impl Progress {
    /// Tells that `step` begins; that another run is waited for stays on the screen.
    pub fn step(&self, step: Step) {
        let terminal = &self.terminal;
        let phrase = match step {
            Step::Wait => {
                let waiting = terminal.say(words::WAITING, &[]);
                return self.bar.suspend(|| terminal.line(&waiting));
            }
            Step::Read => words::READING,
            Step::Measure => words::MEASURING,
            Step::Plan => words::PLANNING,
            Step::Posters => words::SETTING,
            Step::Render => words::RENDERING,
            Step::Deliver => words::DELIVERING,
            Step::Write => words::WRITING,
        };
        self.bar.set_message(terminal.say(phrase, &[]));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// Gathers diagnostics that say the same, and those of one kind where there are many, each at the
/// place of its first.
fn kinds<'d>(diagnostics: impl Iterator<Item = &'d Rendered>) -> Vec<Vec<&'d Rendered>> {
    let all: Vec<&Rendered> = diagnostics.collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for one in &all {
        *counts.entry(&one.code).or_default() += 1;
    }
    let are_alike = |one: &Rendered, other: &Rendered| {
        let same = (&one.message, &one.hints) == (&other.message, &other.hints);
        one.code == other.code && (same || counts[&*one.code] >= MANY)
    };
    let mut kinds: Vec<Vec<&Rendered>> = Vec::new();
    for &one in &all {
        match kinds.iter_mut().find(|kind| are_alike(kind[0], one)) {
            Some(kind) => kind.push(one),
            None => kinds.push(vec![one]),
        }
    }
    kinds
}

/// Returns `file:line:column`, as far as there is one.
fn place(diagnostic: &Rendered) -> Option<String> {
    let mut place = diagnostic.file.clone()?;
    for number in [diagnostic.line, diagnostic.column].into_iter().flatten() {
        place.push_str(&format!(":{number}"));
    }
    Some(place)
}

/// Prints to standard output. A reader that went away, as `head` does, is no fault.
fn print(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
    let _ = std::io::stdout().flush();
}

fn eprint(text: &str) {
    let _ = std::io::stderr().write_all(text.as_bytes());
}

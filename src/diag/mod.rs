//! What can go wrong, said so that a person who does not program can mend it.
//!
//! A [`Diagnostic`] carries a stable [`Code`], the place in the user's file and the words that
//! fill its message. The messages themselves stand in `catalogue.yaml`, in Chinese and in
//! English, so that no stage chooses a language. Stages collect diagnostics in [`Diagnostics`]
//! and never print.

mod catalogue;
mod code;
mod source;

pub use catalogue::{Language, Rendered};
pub use code::Code;
pub use source::{SitePath, Source, Span, Spanned};

/// How grave a diagnostic is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The build stops; the last good output stays.
    Error,
    /// The build goes on; something will look or hang wrong.
    Warning,
    /// Worth knowing; nothing is wrong.
    Note,
}

/// One thing that is wrong or worth knowing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of thing it is; decides message and severity.
    pub code: Code,
    /// Where the user wrote it, where there is such a place.
    pub at: Option<Span>,
    /// The words that fill the placeholders of the message, by name.
    pub args: Vec<(&'static str, String)>,
}

impl Diagnostic {
    /// Starts a diagnostic of the kind `code`, without a place.
    pub fn new(code: Code) -> Self {
        Self {
            code,
            at: None,
            args: Vec::new(),
        }
    }

    /// Sets the place.
    pub fn at(mut self, span: Span) -> Self {
        self.at = Some(span);
        self
    }

    /// Fills the placeholder `{name}` of the message.
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }

    /// Fills `{name}` where there is a value; a hint whose placeholder stays empty is left out.
    pub fn with_some(self, name: &'static str, value: Option<impl ToString>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// Returns how grave it is.
    pub fn severity(&self) -> Severity {
        catalogue::severity(self.code)
    }

    /// Returns message, hints and place in `language`.
    pub fn render(&self, language: Language) -> Rendered {
        catalogue::render(self, language)
    }
}

/// All diagnostics of a run, from every stage.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Adds all of `other`.
    pub fn extend(&mut self, other: Diagnostics) {
        self.0.extend(other.0);
    }

    /// Tells whether there is an error among them.
    pub fn has_errors(&self) -> bool {
        self.0
            .iter()
            .any(|diagnostic| diagnostic.severity() == Severity::Error)
    }

    /// Returns them in a fixed order, the same on every machine: by file, by place, by code,
    /// without repetition.
    pub fn sorted(mut self) -> Vec<Diagnostic> {
        self.0.sort_by(|a, b| {
            let place = |d: &Diagnostic| d.at.as_ref().map(|s| (s.path().clone(), s.range.start));
            (place(a), a.code, &a.args).cmp(&(place(b), b.code, &b.args))
        });
        self.0.dedup();
        self.0
    }

    /// Iterates in the order of reporting.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.iter()
    }

    /// Tells whether nothing was reported.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(iter: I) -> Self {
        Self(iter.into_iter().collect())
    }
}

/// A value with what there was to say about it.
#[derive(Debug, Clone)]
pub struct Warned<T> {
    /// What the stage made.
    pub value: T,
    /// What it found on the way.
    pub diagnostics: Diagnostics,
}

/// Returns the known word nearest to `word`, near enough to be what was meant.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().count();
    let limit = (length / 3).max(1);
    known
        .into_iter()
        .map(|candidate| (strsim::osa_distance(word, candidate), candidate))
        .filter(|(distance, candidate)| {
            *distance <= limit && *distance < length.max(candidate.chars().count())
        })
        .min()
        .map(|(_, candidate)| candidate)
}

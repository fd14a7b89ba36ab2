//! What can go wrong, said so that a person who does not program can mend it.
//!
//! A [`Diagnostic`] carries a stable [`Code`], the place in the user's file and the words that
//! fill its message; what a run tells in the end is [settled](Diagnostics::settled) and holds no text. The messages themselves stand in `catalogue.yaml`, in Chinese and in
//! English, so that no stage chooses a language. Stages collect diagnostics in [`Diagnostics`]
//! and never print.

mod catalogue;
mod code;
mod fix;
mod language;
mod near;
mod position;
mod source;
mod value;

pub use catalogue::Rendered;
pub use code::Code;
pub use fix::{Edit, Fix, Rename, RenderedEdit, apply};
pub use language::Language;
pub use near::{nearest, sure};
pub use position::Position;
pub use source::{SitePath, Source, Span, Spanned};
pub use value::{Fills, Value, Words, harmless, system_words, words};

/// How grave a diagnostic is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The build stops; what was there stays.
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
    pub at: Option<Position>,
    /// The words that fill the placeholders of the message, by name.
    pub args: Vec<(&'static str, Value)>,
    /// How it can be mended without asking; boxed, as few have one.
    remedy: Option<Box<Remedy>>,
}

/// How something can be mended without asking.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Remedy {
    /// One word at the place is another one.
    Swap { old: String, new: String },
    /// Changes of the file.
    Fix(Fix),
}

impl Diagnostic {
    /// Starts a diagnostic of the kind `code`, without a place.
    pub fn new(code: Code) -> Self {
        Self {
            code,
            at: None,
            args: Vec::new(),
            remedy: None,
        }
    }

    /// Sets the place.
    pub fn at(mut self, span: Span) -> Self {
        self.at = Some(span.into());
        self
    }

    /// Fills the placeholder `{name}` of the message.
    pub fn with(mut self, name: &'static str, value: impl Fills) -> Self {
        self.args.push((name, value.value()));
        self
    }

    /// Fills `{name}` where there is a value; a hint whose placeholder stays empty is left out.
    pub fn with_some(self, name: &'static str, value: Option<impl Fills>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// Says which of `known` was meant by `word`, as `{nearest}`; where there is no doubt, that is
    /// the remedy too.
    pub fn meant<'a>(
        self,
        word: &str,
        known: impl IntoIterator<Item = &'a str, IntoIter: Clone>,
    ) -> Self {
        let known = known.into_iter();
        let sure = near::sure(word, known.clone());
        let told = self.with_some("nearest", nearest(word, known));
        match sure {
            Some(new) => told.instead(word, new),
            None => told,
        }
    }

    /// Says that the path `nearest` was meant by `path`, as `{nearest}`; where none other of `known`
    /// could be, that is the remedy too.
    pub fn meant_path(self, path: &str, nearest: Option<String>, known: &[String]) -> Self {
        let could_be = |other: &&String| near::is_path(path, other);
        let mut others = known.iter().filter(could_be);
        let sure = others.next().filter(|_| others.next().is_none());
        match (sure, nearest) {
            (Some(sure), Some(nearest)) if *sure == nearest => {
                self.with("nearest", &nearest).instead(path, &nearest)
            }
            (_, nearest) => self.with_some("nearest", nearest),
        }
    }

    /// Says which of `known` was meant by `word`, with its remedy, and names the nearest of them
    /// as `{known}`.
    pub fn one_of<'a>(
        self,
        word: &str,
        known: impl IntoIterator<Item = &'a str, IntoIter: Clone>,
    ) -> Self {
        let known = known.into_iter();
        let list = Value::nearest_of(word, known.clone());
        let none = matches!(&list, Value::List { named, .. } if named.is_empty());
        self.meant(word, known)
            .with_some("known", (!none).then_some(list))
    }

    /// Says which of the program's own words `known` was meant by `word`, as [`one_of`](Self::one_of)
    /// does; in English their Chinese names are left out.
    pub fn one_of_ours<'a>(
        self,
        word: &str,
        known: impl IntoIterator<Item = &'a str, IntoIter: Clone>,
    ) -> Self {
        let known = known.into_iter();
        let all = known.clone().map(str::to_owned).collect();
        let word_of = word.to_owned();
        self.meant(word, known).with(
            "known",
            Value::Known {
                word: word_of,
                known: all,
            },
        )
    }

    /// Gives the remedy that `new` is written at the place in the stead of `old`.
    pub fn instead(mut self, old: &str, new: &str) -> Self {
        let (old, new) = (old.to_owned(), new.to_owned());
        self.remedy = Some(Box::new(Remedy::Swap { old, new }));
        self
    }

    /// Gives the remedy.
    pub fn with_fix(mut self, fix: Fix) -> Self {
        self.remedy = Some(Box::new(Remedy::Fix(fix)));
        self
    }

    /// Returns the changes that mend it without asking anybody, where there are such.
    pub fn fix(&self) -> Option<Fix> {
        match self.remedy.as_deref()? {
            Remedy::Swap { old, new } => Fix::swap(self.at.as_ref()?.span()?, old, new),
            Remedy::Fix(fix) => Some(fix.clone()),
        }
    }

    /// Lets go of the text that it is about: what is left are path, bytes, line and column, and its
    /// remedy.
    fn settled(mut self) -> Self {
        self.remedy = self.fix().map(|fix| Box::new(Remedy::Fix(fix)));
        self.at = self.at.map(Position::settled);
        self
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
            let place = |d: &Diagnostic| {
                d.at.as_ref()
                    .map(|it| (it.path().clone(), it.range().start))
            };
            (place(a), a.code, &a.args).cmp(&(place(b), b.code, &b.args))
        });
        self.0.dedup();
        self.0
    }

    /// Returns them in words, in their fixed order.
    pub fn rendered(&self, language: Language) -> Vec<Rendered> {
        let sorted = self.clone().sorted();
        sorted.iter().map(|it| it.render(language)).collect()
    }

    /// Puts what `change` makes of each in its place.
    pub fn map(self, change: impl FnMut(Diagnostic) -> Diagnostic) -> Self {
        self.0.into_iter().map(change).collect()
    }

    /// Lets go of the texts that they are about, so that they can be kept as long as anybody likes.
    pub fn settled(self) -> Self {
        self.map(Diagnostic::settled)
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

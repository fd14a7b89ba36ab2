//! Why a sheet could not be set.

use typst::diag::SourceDiagnostic;
use typst::{World, WorldExt};

use super::world::Desk;
use crate::diag::{Code, Diagnostic, Span};

/// A failure of a layout or of a picture in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What Typst says, with file and line of the theme where it knows them.
    pub cause: String,
}

impl Failure {
    pub(super) fn new(cause: String) -> Box<Self> {
        Box::new(Self { cause })
    }

    /// Takes the first of Typst's errors; the others mostly follow from it.
    pub(super) fn of_typst(desk: &Desk, errors: &[SourceDiagnostic]) -> Box<Self> {
        let mut failure = Self::of_export(errors);
        if let Some(place) = errors.first().and_then(|error| place(desk, error)) {
            failure.cause = format!("{place}: {}", failure.cause);
        }
        failure
    }

    pub(super) fn of_export(errors: &[SourceDiagnostic]) -> Box<Self> {
        let Some(error) = errors.first() else {
            return Self::new("no reason given".to_owned());
        };
        let hint = error.hints.first().map(|hint| format!(" ({})", hint.v));
        let said = format!("{}{}", error.message, hint.unwrap_or_default());
        Self::new(said.replace('`', "'"))
    }

    /// Says it of the layout `layout`, at the place where a page asks for it.
    pub fn diagnostic(&self, layout: &str, at: Option<Span>) -> Diagnostic {
        let mut failed = Diagnostic::new(Code::LayoutFailed)
            .with("layout", layout)
            .with("cause", &self.cause);
        failed.at = at.map(Into::into);
        failed
    }
}

/// Names the innermost place in a file of the theme: `posters/guide.typ:12`; `None` for files of
/// our own and for content.
fn place(desk: &Desk, error: &SourceDiagnostic) -> Option<String> {
    let id = error.span.id()?;
    let range = desk.range(error.span)?;
    let name = id.vpath().get_with_slash();
    let name = name.strip_prefix("/theme/")?;
    let line = match desk.source(id) {
        Ok(source) => source.text().get(..range.start)?.matches('\n').count() + 1,
        Err(_) => return Some(name.to_owned()),
    };
    Some(format!("{name}:{line}"))
}

//! What is still to be filled in, all of it in one message.

use std::sync::Arc;

use crate::diag::{Code, Diagnostic, Diagnostics, Source, Span, Value};
use crate::read::{Tree, blank};

/// Reports all that the site's texts leave to be filled in.
pub(super) fn report(tree: &Tree, diagnostics: &mut Diagnostics) {
    let data = tree.data.values().map(|file| &file.source);
    let documents = tree.documents.iter().filter(|file| file.has_blanks);
    let documents = documents.map(|file| &file.source);
    let sources = std::iter::once(&tree.settings.source)
        .chain(documents)
        .chain(data);
    let found: Vec<(&Arc<Source>, usize, &str)> = sources
        .flat_map(|source| blank::all(&source.text).map(move |(at, asked)| (source, at, asked)))
        .collect();
    let Some((source, at, _)) = found.first() else {
        return;
    };
    let place = |(source, at, asked): &(&Arc<Source>, usize, &str)| {
        let (line, _) = source.line_column(*at);
        let path = &source.path;
        match asked.is_empty() {
            true => format!("{path}:{line}"),
            false => format!("{path}:{line} {asked}"),
        }
    };
    diagnostics.push(
        Diagnostic::new(Code::Blanks)
            .at(Span::new(source, *at..*at))
            .with("n", found.len())
            .with("places", Value::list(found.iter().map(place))),
    );
}

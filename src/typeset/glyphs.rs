//! Characters that no font has.

use std::collections::BTreeSet;

use super::signs::{DRAWN, texts_of};
use super::{Engine, Manuscript};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::site::Settings;

/// Reports the characters of the poster that no font has, each once, where it stands in the
/// page's file.
pub fn missing_glyphs(engine: &Engine, manuscript: &Manuscript) -> Diagnostics {
    let page = manuscript.page();
    let mut seen = BTreeSet::new();
    texts_of(page)
        .chain([manuscript.text()])
        .chain(manuscript.wish().lead.as_deref())
        .chain(manuscript.wish().short.as_deref())
        .flat_map(str::chars)
        .filter(|character| is_drawn(*character) && !engine.has_glyph(*character))
        .filter(|character| !DRAWN.contains(*character))
        .filter(|character| seen.insert(*character))
        .map(|character| missing(character, place(manuscript, character)))
        .collect()
}

/// Reports the characters of the settings that no font has.
pub fn missing_in_settings(engine: &Engine, settings: &Settings) -> Diagnostics {
    let contact = &settings.contact;
    let texts = [Some(&settings.title), Some(&settings.organisation)];
    let soft = [
        &settings.city,
        &contact.phone,
        &contact.address,
        &contact.hours,
    ];
    let mut seen = BTreeSet::new();
    texts
        .into_iter()
        .chain(soft.map(Option::as_ref))
        .flatten()
        .flat_map(|text| text.chars())
        .filter(|character| is_drawn(*character) && !engine.has_glyph(*character))
        .filter(|character| seen.insert(*character))
        .map(|character| {
            let source = &settings.span.source;
            let at = source.text.find(character).unwrap_or(0);
            missing(character, Span::new(source, at..at + character.len_utf8()))
        })
        .collect()
}

/// Finds the character in the part that the poster shows, or else anywhere in the file.
fn place(manuscript: &Manuscript, character: char) -> Span {
    let source = &manuscript.page().span.source;
    let find_from = |start: usize| {
        let at = source.text.get(start..)?.find(character)? + start;
        Some(Span::new(source, at..at + character.len_utf8()))
    };
    let in_body = manuscript.text().contains(character);
    let part = manuscript.wish().part.as_ref().filter(|_| in_body);
    part.and_then(|part| find_from(part.start))
        .or_else(|| find_from(0))
        .unwrap_or_else(|| manuscript.page().title_span.clone())
}

fn missing(character: char, at: Span) -> Diagnostic {
    Diagnostic::new(Code::MissingGlyph)
        .at(at)
        .with("character", character)
        .with("unicode", format_args!("U+{:04X}", u32::from(character)))
}

/// Tells whether the character needs a glyph: spaces, joiners and selectors do not.
pub(super) fn is_drawn(character: char) -> bool {
    let invisible = matches!(
        character,
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0100}'..='\u{E01EF}'
    );
    !(invisible || character.is_whitespace() || character.is_control())
}

//! What copying and joining leave in texts and nobody means: characters that turn the direction of
//! the writing, and the marks around two versions of one passage.

use std::sync::Arc;

use crate::diag::{Code, Diagnostic, Diagnostics, Source, Span};

/// How many characters a message quotes.
const QUOTED: usize = 12;

/// Tells of both and returns whether the text can be read further: of two versions nobody knows
/// which is meant.
pub(super) fn tell(source: &Arc<Source>, diagnostics: &mut Diagnostics) -> bool {
    tell_turned(source, diagnostics);
    let Some(at) = conflict(&source.text) else {
        return true;
    };
    let place = Span::new(source, at..at + "<<<<<<<".len());
    diagnostics.push(Diagnostic::new(Code::ConflictMark).at(place));
    false
}

/// Tells whether a character turns the direction of the writing behind it.
fn turns(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn tell_turned(source: &Arc<Source>, diagnostics: &mut Diagnostics) {
    let mut turned = source.text.match_indices(turns);
    let Some((at, sign)) = turned.next() else {
        return;
    };
    let behind = source.text[at..].chars().take_while(|c| *c != '\n');
    let words: String = behind.filter(|c| !turns(*c)).take(QUOTED).collect();
    // What begins such a stretch mostly comes with what ends it.
    let others = turned
        .filter(|(_, sign)| !matches!(*sign, "\u{202C}" | "\u{2069}"))
        .count();
    let place = Span::new(source, at..at + sign.len());
    let told = Diagnostic::new(Code::TurnedText).at(place);
    diagnostics.push(
        told.with("words", words)
            .with_some("others", (others > 0).then_some(others)),
    );
}

/// Finds where the first of two versions begins: lines of seven `<`, then `=`, then `>`.
fn conflict(text: &str) -> Option<usize> {
    let mut start = None;
    let mut is_parted = false;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let is_mark = |sign: &str| {
            let rest = line.strip_prefix(&sign.repeat(7));
            rest.is_some_and(|rest| rest.trim().is_empty() || rest.starts_with(' '))
        };
        if is_mark("<") {
            (start, is_parted) = (Some(at), false);
        } else if is_mark("=") {
            is_parted = true;
        } else if is_mark(">") && is_parted && start.is_some() {
            return start;
        }
        at += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_versions_lie_between_three_lines() {
        assert_eq!(
            conflict("甲\n<<<<<<< HEAD\n乙\n=======\n丙\n>>>>>>> main\n"),
            Some(4)
        );
        assert_eq!(conflict("<<<<<<<\n乙\n=======\n丙\n>>>>>>>"), Some(0));
        for text in [
            "题\n=======\n文",
            "<<<<<<< 看这里",
            ">>>>>>> 引",
            "<<<<<<<<\n=======\n>>>>>>>",
        ] {
            assert_eq!(conflict(text), None, "{text}");
        }
    }
}

//! Words without what typing leaves in them, and as a reader of the page meets them.

use crate::import::blanks::is_blank;
use crate::import::model::{Height, Look, Piece, Run};
use crate::import::scripts::{lowered, raised};

/// Returns `text` without blanks.
pub(super) fn condensed(text: &str) -> String {
    text.chars()
        .filter(|c| !is_blank(*c) && *c != '\\')
        .collect()
}

/// Returns `text` without a number or sign at its beginning, which a list sets by itself.
pub(super) fn without_number(text: &str) -> &str {
    text.trim_start_matches(|c: char| {
        c.is_ascii_digit() || c.is_ascii_punctuation() || "、．（）·•○●◦▪".contains(c)
    })
}

/// Returns the words that a reader of the page meets.
pub(super) fn heard(pieces: &[Piece]) -> String {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(run) => text.push_str(&shown(run)),
            Piece::Ruby { base, sound } => text.extend([base.as_str(), sound]),
            Piece::Link { pieces, .. } => text.push_str(&heard(pieces)),
            Piece::Break => text.push(' '),
            _ => {}
        }
    }
    text
}

/// Returns the text of a run as it is shown: raised figures raised.
pub(super) fn shown(run: &Run) -> String {
    let own = match run.look.height {
        Height::Raised => raised(&run.text),
        Height::Lowered => lowered(&run.text),
        Height::Line => None,
    };
    own.unwrap_or_else(|| run.text.clone())
}

/// Returns the pieces without blanks at both ends of lines, gaps as one wide blank, and underlined
/// blanks as lines to write on.
pub(super) fn tidied(pieces: &[Piece]) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Text(run) => {
                let is_line =
                    run.look.underlined && run.text.chars().all(|c| is_blank(c) || c == '_');
                let text = match is_line && run.text.chars().count() > 1
                    || run.text == "\t" && run.look.underlined
                {
                    true => "_".repeat(run.text.chars().count().clamp(4, 24)),
                    false => gaps(&run.text),
                };
                let mut look = run.look;
                look.underlined &= !is_line;
                if text.trim().is_empty() {
                    look = Look {
                        height: Height::Line,
                        ..Look::default()
                    };
                }
                match out.last_mut() {
                    Some(Piece::Text(last)) if last.look == look => last.text.push_str(&text),
                    _ => out.push(Piece::Text(Run { text, look })),
                }
            }
            Piece::Link { target, pieces } => out.push(Piece::Link {
                target: target.clone(),
                pieces: tidied(pieces),
            }),
            Piece::Ruby { base, sound } => out.push(Piece::Ruby {
                base: base.trim().to_owned(),
                sound: sound.trim().to_owned(),
            }),
            other => out.push(other.clone()),
        }
    }
    trim_lines(&mut out);
    out
}

/// Writes tabs and gaps of two blanks and more as one wide blank, which stays on the page.
pub(super) fn gaps(text: &str) -> String {
    let mut out = String::new();
    let mut gap = String::new();
    for c in text.chars().chain(['\0']) {
        if c != '\0' && (is_blank(c) || c == '\u{A0}') {
            if !matches!(
                c,
                '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}'
            ) {
                gap.push(c);
            }
            continue;
        }
        let wide = gap.chars().count() > 1 || gap.contains(['\t', '\u{3000}', '\u{2003}']);
        match gap.is_empty() {
            true => {}
            // A sign of full width has its room in itself.
            false if !wide && (out.ends_with(is_sign) || is_sign(c)) => {}
            false if wide => out.push('\u{3000}'),
            false => out.push(' '),
        }
        gap.clear();
        if c != '\0' {
            out.push(c);
        }
    }
    out
}

fn is_sign(c: char) -> bool {
    "，。、；：！？（）《》“”【】〔〕「」".contains(c)
}

pub(super) fn trim_lines(pieces: &mut Vec<Piece>) {
    let ends = |piece: Option<&Piece>| piece.is_none_or(|it| matches!(it, Piece::Break));
    for at in 0..pieces.len() {
        let starts = ends(at.checked_sub(1).and_then(|at| pieces.get(at)));
        let last = ends(pieces.get(at + 1));
        if let Piece::Text(run) = &mut pieces[at] {
            if starts {
                run.text = run.text.trim_start_matches(is_blank).to_owned();
            }
            if last {
                run.text = run.text.trim_end_matches(is_blank).to_owned();
            }
        }
    }
    pieces.retain(|piece| !matches!(piece, Piece::Text(run) if run.text.is_empty()));
    while matches!(pieces.last(), Some(Piece::Break)) {
        pieces.pop();
    }
    while matches!(pieces.first(), Some(Piece::Break)) {
        pieces.remove(0);
    }
}

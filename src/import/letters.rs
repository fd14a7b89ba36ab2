//! The characters of a paragraph in a row, whatever looks part them into runs.

use std::ops::Range;

use super::model::Piece;

/// Stands for what is no text: a picture, a note, a link.
pub(super) const OTHER: char = '\u{FFFC}';

/// Returns one character for each of the text, `\n` for a forced line end, [`OTHER`] for all else.
pub(super) fn letters(pieces: &[Piece]) -> Vec<char> {
    let mut letters = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Text(run) => letters.extend(run.text.chars()),
            Piece::Break => letters.push('\n'),
            _ => letters.push(OTHER),
        }
    }
    letters
}

/// Puts `c` in the place of the character at `at`, where that is text.
pub(super) fn put(pieces: &mut [Piece], at: usize, c: char) {
    let mut start = 0;
    for piece in pieces {
        let Piece::Text(run) = piece else {
            start += 1;
            continue;
        };
        let n = run.text.chars().count();
        if (start..start + n).contains(&at) {
            let letters = run.text.chars().enumerate();
            let put = letters.map(|(i, old)| if start + i == at { c } else { old });
            run.text = put.collect();
        }
        start += n;
    }
}

/// Takes the characters at the places `gone` out, places as [`letters`] counts them; only text goes.
pub(super) fn take_out(pieces: &mut Vec<Piece>, gone: &[Range<usize>]) {
    let is_gone = |at: usize| gone.iter().any(|range| range.contains(&at));
    let mut places = 0..;
    for piece in pieces.iter_mut() {
        let Piece::Text(run) = piece else {
            places.next();
            continue;
        };
        let kept = run.text.chars().zip(&mut places);
        let kept = kept.filter(|(_, at)| !is_gone(*at));
        run.text = kept.map(|(letter, _)| letter).collect();
    }
    pieces.retain(|piece| !matches!(piece, Piece::Text(run) if run.text.is_empty()));
}

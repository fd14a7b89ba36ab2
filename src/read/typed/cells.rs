//! What the characters of a line are: keys, quotes, remarks.

use crate::read::values::is_unseen;

/// A character and its byte in the file.
pub(super) type Cell = (char, usize);

/// How long a key is at most, in characters; what is longer is a sentence.
const LONGEST_KEY: usize = 24;

/// Returns the characters of `text` that are seen; blanks of any other width are blanks.
pub(super) fn seen(text: &str, start: usize) -> Vec<Cell> {
    let mut cells: Vec<Cell> = Vec::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let before = cells.last().map(|cell| cell.0);
        match c {
            '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' => {
                cells.push((' ', start + at));
            }
            c if is_unseen(c, before) || c == '\u{c}' => {}
            c => cells.push((c, start + at)),
        }
    }
    cells
}

/// Recognises the lines that begin and end a document.
pub(super) fn is_marker(cells: &[Cell]) -> bool {
    let shown: String = cells.iter().map(|cell| cell.0).collect();
    matches!(shown.as_str(), "---" | "...")
}

/// Returns how many characters make the dash with which an entry of a list begins.
pub(super) fn dash_at(cells: &[Cell]) -> Option<usize> {
    let next = cells.get(1).map(|cell| cell.0);
    match cells.first()?.0 {
        '-' if next == Some('-') => None,
        '-' | '－' | '•' => Some(1),
        _ => None,
    }
}

/// Returns the key with which `cells` begin, and where its colon stands.
pub(super) fn key_at(cells: &[Cell]) -> Option<(&[Cell], usize)> {
    if matches!(cells.first()?.0, '"' | '\'') {
        let close = quoted_end(cells)?;
        let colon = cells.len() - trim_start(&cells[close..]).len();
        let is_colon = matches!(cells.get(colon)?.0, ':' | '：');
        return is_colon.then_some((&cells[..close], colon));
    }
    let colon = cells.iter().position(|cell| matches!(cell.0, ':' | '：'))?;
    let key = trim(&cells[..colon]);
    let inside = |c: char| c.is_alphanumeric() || is_blank(c) || "_-./×*()（）".contains(c);
    let begins = |c: char| c.is_alphanumeric() || c == '_';
    let is_key = key.first().is_some_and(|cell| begins(cell.0))
        && key.len() <= LONGEST_KEY
        && key.iter().all(|cell| inside(cell.0));
    let next = cells.get(colon + 1).map(|cell| cell.0);
    let is_tight = cells[colon].0 == ':' && next.is_some_and(|c| !is_blank(c));
    // 8:30 is a time of day, and https://… an address.
    let is_time = key.iter().all(|cell| cell.0.is_ascii_digit());
    (is_key && !(is_tight && (is_time || next == Some('/')))).then_some((key, colon))
}

/// Recognises what stands behind a key whose value is the block of lines below.
pub(super) fn is_block_header(cells: &[Cell]) -> bool {
    let end = cells[1..].iter().position(|cell| is_blank(cell.0));
    let (header, rest) = cells[1..].split_at(end.unwrap_or(cells.len() - 1));
    header
        .iter()
        .all(|cell| matches!(cell.0, '+' | '-' | '1'..='9'))
        && (trim(rest).is_empty() || is_comment(trim(rest)))
}

/// Tells whether `cells` are a remark: `#` alone, or with a blank behind it.
pub(super) fn is_comment(cells: &[Cell]) -> bool {
    cells.first().is_some_and(|cell| cell.0 == '#')
        && cells.get(1).is_none_or(|cell| is_blank(cell.0))
}

/// Returns words without a remark behind them.
pub(super) fn without_comment(cells: &[Cell]) -> &[Cell] {
    let remark = (1..cells.len()).find(|at| is_blank(cells[at - 1].0) && is_comment(&cells[*at..]));
    trim(&cells[..remark.unwrap_or(cells.len())])
}

/// Returns where a value in quotes, with which `cells` begin, ends.
pub(super) fn quoted_end(cells: &[Cell]) -> Option<usize> {
    let quote = cells.first()?.0;
    let mut at = 1;
    while let Some((c, _)) = cells.get(at) {
        let is_twice = quote == '\'' && cells.get(at + 1).is_some_and(|next| next.0 == quote);
        match *c {
            '\\' if quote == '"' => at += 2,
            c if c == quote && is_twice => at += 2,
            c if c == quote => return Some(at + 1),
            _ => at += 1,
        }
    }
    None
}

/// Tells whether a text in double quotes has no backslash but those that YAML knows; a path of
/// Windows has others.
pub(super) fn escapes_are_known(cells: &[Cell]) -> bool {
    let mut chars = cells.iter().map(|cell| cell.0);
    while let Some(c) = chars.next() {
        if c == '\\'
            && !chars
                .next()
                .is_some_and(|c| "\"\\/nt0abefrv N_LPxuU\n".contains(c))
        {
            return false;
        }
    }
    true
}

/// Tells whether words have a sign that YAML would take for something else.
pub(super) fn needs_quotes(words: &[Cell], in_flow: bool) -> bool {
    let first = words[0].0;
    let ends_there = |at: usize| words.get(at).is_none_or(|cell| is_blank(cell.0));
    "\"'[]{}*&!%@`,|>#".contains(first)
        || ("?-:".contains(first) && ends_there(1))
        || (0..words.len()).any(|at| match words[at].0 {
            ':' => ends_there(at + 1),
            '#' => at > 0 && is_blank(words[at - 1].0),
            '[' | ']' | '{' | '}' | ',' => in_flow,
            _ => false,
        })
}

pub(super) fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{3000}')
}

pub(super) fn trim_start(cells: &[Cell]) -> &[Cell] {
    let first = cells.iter().position(|cell| !is_blank(cell.0));
    &cells[first.unwrap_or(cells.len())..]
}

pub(super) fn trim(cells: &[Cell]) -> &[Cell] {
    let last = cells.iter().rposition(|cell| !is_blank(cell.0));
    trim_start(&cells[..last.map_or(0, |last| last + 1)])
}

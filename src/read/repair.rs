//! Remedies for front matter that cannot be read: few, and only where the text reads on with them.
//!
//! Each is what a person would type: a quote at the end of a value that begins with one, quotes
//! around a value that holds a sign, a blank behind a colon. It is offered where what could not be
//! read can be read with it, or at least much farther; nothing is guessed beyond that.

use std::ops::Range;
use std::sync::Arc;

use super::yaml::{self, YamlError};
use crate::diag::{Fix, Source, Span};

/// How many lines above the one where reading failed may hold the fault.
const ABOVE: usize = 60;

/// Returns the change of one line after which `source` can be read in `range`, where it failed
/// with `error`.
pub(super) fn repair(source: &Arc<Source>, range: &Range<usize>, error: &YamlError) -> Option<Fix> {
    let lines = lines(&source.text, range, error.at);
    let candidates = lines.rev().take(ABOVE).flat_map(|line| {
        let text = &source.text[line.clone()];
        changes(text).map(move |(at, new)| {
            let at = line.start + at.start..line.start + at.end;
            Fix::put(Span::new(source, at), new)
        })
    });
    let mut farther = None;
    for fix in candidates {
        match failure(source, range, &fix) {
            None => return Some(fix),
            // One fault of several: what follows is read now.
            Some(next) if next > end_of_line(&source.text, error.at) => {
                farther = farther.or(Some(fix));
            }
            Some(_) => {}
        }
    }
    farther
}

/// Returns where reading fails with `fix`, as a byte of the old text; `None` where it does not.
fn failure(source: &Source, range: &Range<usize>, fix: &Fix) -> Option<usize> {
    let text = fix.applied()?;
    let grown = text.len() - source.text.len();
    let error = yaml::parse(&text, range.start..range.end + grown).err()?;
    Some(error.at.saturating_sub(grown))
}

fn end_of_line(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    at + rest.find('\n').unwrap_or(rest.len())
}

/// Returns the lines of `range` up to the one that holds the byte `last`, without their ends.
fn lines(text: &str, range: &Range<usize>, last: usize) -> std::vec::IntoIter<Range<usize>> {
    let mut at = range.start;
    let mut lines = Vec::new();
    for line in text[range.clone()].split_inclusive('\n') {
        if at > last {
            break;
        }
        lines.push(at..at + line.trim_end().len());
        at += line.len();
    }
    lines.into_iter()
}

/// Returns what could be changed in a line: bytes of it, and what to put there.
fn changes(line: &str) -> impl Iterator<Item = (Range<usize>, String)> {
    let key = key(line);
    let value = value(line, key);
    let closed = value
        .clone()
        .and_then(|value| close(&line[value.clone()], value.end));
    let quoted = value.and_then(|value| {
        let text = quote(&line[value.clone()])?;
        Some((value, text))
    });
    [blank(line, key), closed, quoted].into_iter().flatten()
}

/// Returns the byte behind the key of a line and its colon.
fn key(line: &str) -> Option<usize> {
    let start = line.len()
        - line
            .trim_start()
            .trim_start_matches("- ")
            .trim_start()
            .len();
    let (colon, sign) = line[start..]
        .char_indices()
        .find(|(_, c)| matches!(c, ':' | '：'))?;
    let name = &line[start..start + colon];
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    (!name.is_empty() && name.trim_end().chars().all(is_word))
        .then_some(start + colon + sign.len_utf8())
}

/// Returns the bytes of a line's value.
fn value(line: &str, key: Option<usize>) -> Option<Range<usize>> {
    let rest = &line[key?..];
    let start = line.len() - rest.trim_start().len();
    (start < line.len()).then_some(start..line.len())
}

/// A blank behind the colon: `title:取暖`.
fn blank(line: &str, key: Option<usize>) -> Option<(Range<usize>, String)> {
    let behind = key?;
    let is_bare = line[..behind].ends_with(':')
        && !line[behind..].is_empty()
        && !line[behind..].starts_with([' ', '\t', '/']);
    is_bare.then(|| (behind..behind, " ".to_owned()))
}

/// A quote or bracket at the end of a value that begins with one.
fn close(value: &str, end: usize) -> Option<(Range<usize>, String)> {
    let first = value.chars().next()?;
    let missing = match first {
        '"' | '\'' if value.matches(first).count() % 2 == 1 => first,
        _ => is_open(value)?,
    };
    Some((end..end, missing.to_string()))
}

/// Returns the bracket that a value which begins with one lacks.
fn is_open(value: &str) -> Option<char> {
    let (open, close) = match value.chars().next()? {
        '[' => ('[', ']'),
        '{' => ('{', '}'),
        _ => return None,
    };
    (value.matches(open).count() > value.matches(close).count()).then_some(close)
}

/// Quotes around a value: single ones where it holds double ones.
fn quote(value: &str) -> Option<String> {
    if is_open(value).is_some() {
        return None;
    }
    match (
        value.contains('"'),
        value.contains('\\'),
        value.contains('\''),
    ) {
        (false, false, _) => Some(format!("\"{value}\"")),
        (_, _, false) => Some(format!("'{value}'")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::SitePath;

    /// Returns the text with its remedy.
    fn repaired(yaml: &str) -> Option<String> {
        let source = Source::new(SitePath::fixed("a.yaml"), yaml);
        let range = 0..yaml.len();
        let error = yaml::parse(yaml, range.clone()).expect_err("it cannot be read");
        repair(&source, &range, &error)?.applied()
    }

    #[test]
    fn a_quote_that_is_missing_is_put() {
        assert_eq!(
            repaired("title: \"停水\nkind: 通知\n").as_deref(),
            Some("title: \"停水\"\nkind: 通知\n")
        );
        assert_eq!(
            repaired("title: '停水\n").as_deref(),
            Some("title: '停水'\n")
        );
    }

    #[test]
    fn a_value_with_a_sign_gets_quotes() {
        assert_eq!(
            repaired("title: @全体居民\ndate: 2026-11-01\n").as_deref(),
            Some("title: \"@全体居民\"\ndate: 2026-11-01\n")
        );
        assert_eq!(
            repaired("title: [紧急] 停水\n").as_deref(),
            Some("title: \"[紧急] 停水\"\n")
        );
        assert_eq!(
            repaired("title: \"停水\" 通知\n").as_deref(),
            Some("title: '\"停水\" 通知'\n")
        );
        assert_eq!(
            repaired("poster:\n  lead: 时间: 9点\n").as_deref(),
            Some("poster:\n  lead: \"时间: 9点\"\n")
        );
    }

    #[test]
    fn a_blank_goes_behind_the_colon() {
        assert_eq!(
            repaired("title:停水\ndate: 2026-11-01\n").as_deref(),
            Some("title: 停水\ndate: 2026-11-01\n")
        );
    }

    #[test]
    fn one_of_two_faults_is_mended_first() {
        let once = repaired("title: @甲\nsummary: @乙\n").expect("it is mended");
        assert_eq!(
            repaired(&once).as_deref(),
            Some("title: \"@甲\"\nsummary: \"@乙\"\n")
        );
    }

    #[test]
    fn nothing_is_guessed() {
        assert_eq!(
            repaired("a: [1, 2\nb: 3\n").as_deref(),
            Some("a: [1, 2]\nb: 3\n")
        );
        assert_eq!(repaired("a: [1, {b\nc: 3\n"), None);
        assert_eq!(
            repaired("a: &x 1\nb: *x\n").as_deref(),
            Some("a: &x 1\nb: \"*x\"\n")
        );
    }
}

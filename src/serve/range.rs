//! What part of a file is asked for: films and PDFs are read in parts.

use std::ops::Range;

use axum::http::header::{HeaderMap, HeaderName, IF_NONE_MATCH, IF_RANGE, RANGE};

/// What is to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wanted {
    /// The whole file.
    All,
    /// Nothing, as it is known already.
    Nothing,
    /// These bytes; never none.
    Part(Range<u64>),
    /// Bytes that the file does not have.
    Outside,
}

/// Tells what is wanted of a file of `length` bytes that is named `tag`.
///
/// More than one part at a time is answered with the whole, as is what cannot be understood.
pub(super) fn wanted(asked: &HeaderMap, tag: &str, length: u64) -> Wanted {
    if said(asked, IF_NONE_MATCH).is_some_and(|known| names(known, tag)) {
        return Wanted::Nothing;
    }
    let is_current = asked.get(IF_RANGE).is_none_or(|known| known == tag);
    let range = said(asked, RANGE).filter(|_| is_current);
    match range.and_then(|range| range.trim().strip_prefix("bytes=")) {
        Some(range) if !range.contains(',') => part(range.trim(), length),
        _ => Wanted::All,
    }
}

fn said(asked: &HeaderMap, name: HeaderName) -> Option<&str> {
    asked.get(name)?.to_str().ok()
}

/// Tells whether the list `known` has `tag`.
fn names(known: &str, tag: &str) -> bool {
    let mut known = known.split(',').map(str::trim);
    known.any(|known| known == "*" || known.trim_start_matches("W/") == tag)
}

/// Reads `first-last`, `first-` or `-how many from the end`.
fn part(range: &str, length: u64) -> Wanted {
    let Some((first, last)) = range.split_once('-') else {
        return Wanted::All;
    };
    let part = match (number(first), number(last)) {
        (Some(first), Some(last)) if first <= last => first..last.saturating_add(1).min(length),
        (Some(first), None) if last.is_empty() => first..length,
        (None, Some(count)) if first.is_empty() => length.saturating_sub(count)..length,
        _ => return Wanted::All,
    };
    match part.is_empty() {
        true => Wanted::Outside,
        false => Wanted::Part(part),
    }
}

/// Reads digits; a number too large for anything is the largest.
fn number(digits: &str) -> Option<u64> {
    let is_number = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
    is_number.then(|| digits.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn of(headers: &[(HeaderName, &'static str)]) -> Wanted {
        let headers = headers
            .iter()
            .map(|(name, value)| (name.clone(), HeaderValue::from_static(value)));
        wanted(&headers.collect(), "\"t\"", 100)
    }

    #[test]
    fn parts_are_counted_from_either_end() {
        for (range, wanted) in [
            ("bytes=0-0", Wanted::Part(0..1)),
            ("bytes=10-19", Wanted::Part(10..20)),
            ("bytes=90-", Wanted::Part(90..100)),
            ("bytes=90-1000", Wanted::Part(90..100)),
            ("bytes=-10", Wanted::Part(90..100)),
            ("bytes=-1000", Wanted::Part(0..100)),
            ("bytes=0-99999999999999999999999", Wanted::Part(0..100)),
            ("bytes=100-", Wanted::Outside),
            ("bytes=-0", Wanted::Outside),
            ("bytes=99999999999999999999999-", Wanted::Outside),
            ("bytes=5-2", Wanted::All),
            ("bytes=0-1,5-6", Wanted::All),
            ("bytes=-", Wanted::All),
            ("bytes=a-b", Wanted::All),
            ("bytes=1", Wanted::All),
            ("lines=0-1", Wanted::All),
        ] {
            assert_eq!(of(&[(RANGE, range)]), wanted, "{range}");
        }
        assert_eq!(part("0-", 0), Wanted::Outside);
    }

    #[test]
    fn a_part_of_another_version_is_not_sent() {
        let range = (RANGE, "bytes=0-0");
        assert_eq!(
            of(&[range.clone(), (IF_RANGE, "\"t\"")]),
            Wanted::Part(0..1)
        );
        assert_eq!(of(&[range.clone(), (IF_RANGE, "\"old\"")]), Wanted::All);
        assert_eq!(of(&[(IF_NONE_MATCH, "\"old\", W/\"t\"")]), Wanted::Nothing);
        assert_eq!(of(&[range, (IF_NONE_MATCH, "\"t\"")]), Wanted::Nothing);
    }
}

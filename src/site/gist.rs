//! What a page says in a sentence or two: for messages, digests and strips.

use super::sentences::{ENDS, REASONS, ended, sentences, told};
use super::{Page, markdown};

/// The least that is said of what a page is about, before nothing is.
const LEAST: usize = 8;

fn count(text: &str) -> usize {
    text.chars().count()
}

/// Tells what a page is about in at most `room` characters: its sentence, its first sentences or clauses,
/// or the line of its poster.
pub(crate) fn about(page: &Page, room: usize) -> Option<String> {
    let gist = gist(page);
    let mut said = String::new();
    for sentence in sentences(&gist) {
        let sentence = ended(sentence);
        if count(&said) + count(&sentence) > room {
            break;
        }
        said.push_str(&sentence);
    }
    if !said.is_empty() {
        return Some(said);
    }
    let lead = page.poster.as_ref().and_then(|wish| wish.lead.as_deref());
    let first = sentences(&gist).next().unwrap_or_default();
    let cut = lead
        .filter(|lead| count(lead) <= room)
        .map(str::to_owned)
        .or_else(|| clauses(first, room));
    cut.filter(|cut| !cut.is_empty() && count(cut) >= LEAST.min(count(first)))
}

/// Returns the page's own sentence; where its file gives none, the line of its poster, as a notice's first
/// sentences only give reasons. Empty where those are all there is.
pub(crate) fn gist(page: &Page) -> String {
    let lead = page.poster.as_ref().and_then(|wish| wish.lead.as_deref());
    let summary = page.summary.as_str();
    match lead.filter(|_| summary == markdown::summary(&page.body)) {
        Some(lead) => ended(lead),
        None if summary.contains("如下") || summary.contains("现予") => sentences(summary)
            .filter_map(whole)
            .filter_map(told)
            .collect(),
        None if summary.ends_with('…') => sentences(summary).filter_map(whole).collect(),
        None => summary.to_owned(),
    }
}

/// Returns a sentence without the clause in which it was cut off; `None` where nothing is left.
fn whole(sentence: &str) -> Option<&str> {
    let Some(body) = sentence.strip_suffix('…') else {
        return Some(sentence);
    };
    let end = body.rfind(['，', '；', ','])?;
    let kept = &body[..end];
    (count(kept) >= LEAST && !REASONS.iter().any(|it| kept.starts_with(it))).then_some(kept)
}

/// Cuts a sentence behind a clause.
pub(crate) fn clauses(sentence: &str, room: usize) -> Option<String> {
    let mut cut = String::new();
    for clause in sentence.split_inclusive(['，', '；', '、', ',', ';']) {
        if count(&cut) + count(clause) > room {
            break;
        }
        cut.push_str(clause);
    }
    let cut = cut.trim_end_matches(['，', '；', '、', ',', ';']);
    // What only says by whom or why, and not what, says nothing by itself.
    let is_lead = REASONS.iter().any(|it| cut.starts_with(it)) && !cut.contains('，');
    (!cut.is_empty() && !is_lead).then(|| match cut.ends_with(ENDS) {
        true => cut.to_owned(),
        false => ended(cut),
    })
}

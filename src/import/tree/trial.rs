//! The pages read as a site is: what would be an error is taken back and counted.

use std::collections::BTreeMap;
use std::ops::Range;

use super::tally::Tally;
use crate::diag::{Code, Diagnostic, Severity, SitePath};
use crate::import::{Planned, Wish};
use crate::read::{MemoryInputs, read};
use crate::site::site;

/// How many times the pages are read.
const ROUNDS: usize = 4;

/// Mends the pages of `planned`, those that are pages.
pub(super) fn mend(planned: &mut [Planned], wish: &Wish, tally: &mut Tally) {
    for _ in 0..ROUNDS {
        let mut found: BTreeMap<SitePath, Vec<(Range<usize>, Code)>> = BTreeMap::new();
        for told in errors(planned, wish) {
            if let Some(at) = &told.at {
                found
                    .entry(at.path().clone())
                    .or_default()
                    .push((at.range(), told.code));
            }
        }
        let mut changed = false;
        for one in planned.iter_mut().filter(|it| it.path.extension() == "md") {
            let Some(errors) = found.remove(&one.path) else {
                continue;
            };
            let Ok(text) = String::from_utf8(one.bytes.clone()) else {
                continue;
            };
            let name = one
                .path
                .strip("content")
                .unwrap_or(one.path.as_str())
                .to_owned();
            let new = mended(&text, errors, &name, tally);
            changed |= new != text;
            one.bytes = new.into_bytes();
        }
        if !changed {
            return;
        }
    }
}

/// Reads the pages with the site's own settings.
fn errors(planned: &[Planned], wish: &Wish) -> Vec<Diagnostic> {
    let settings = settings(wish);
    let mut inputs = MemoryInputs::new(wish.site.today)
        .with("greenboard.yaml", settings)
        .with("content/_index.md", "---\ntitle: x\n---\n");
    // Pages that are there already can be linked to.
    for path in wish.site.assets.keys() {
        inputs.files.insert(path.clone(), b"x".as_slice().into());
    }
    for one in planned {
        inputs
            .files
            .insert(one.path.clone(), one.bytes.as_slice().into());
    }
    let tree = read(&inputs);
    let mut said = tree.diagnostics;
    if let Some(tree) = tree.value {
        said.extend(site(&tree).diagnostics);
    }
    let mut errors = said.sorted();
    errors.retain(|it| it.severity() == Severity::Error);
    errors
}

/// Writes settings with the taxonomies and topics of the site.
fn settings(wish: &Wish) -> String {
    let mut text = "format: 1\ntitle: x\n".to_owned();
    let own = &wish.site.settings.website.taxonomies;
    if !own.is_empty() {
        text.push_str("taxonomies:\n");
    }
    for it in own {
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        text.push_str(&format!(
            "  - {{ id: {}, title: {} }}\n",
            it.id,
            quoted(&it.title)
        ));
    }
    text
}

/// Takes back what is wrong in a text, from the last to the first.
fn mended(
    text: &str,
    mut errors: Vec<(Range<usize>, Code)>,
    name: &str,
    tally: &mut Tally,
) -> String {
    errors.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
    let mut out = text.to_owned();
    let mut last = usize::MAX;
    for (range, code) in errors {
        // One change of a place at a time: the others are found in the next round.
        if range.end > last || range.end > out.len() {
            continue;
        }
        let Some((at, new, key)) = change(&out, &range, code) else {
            continue;
        };
        if at.end > last {
            continue;
        }
        tally.odd(key, "", name);
        last = at.start;
        out.replace_range(at, &new);
    }
    out
}

/// Says what to put where for an error.
fn change(
    text: &str,
    range: &Range<usize>,
    code: Code,
) -> Option<(Range<usize>, String, &'static str)> {
    match code {
        Code::BrokenLink | Code::AddressUnclear | Code::LinkUnfit | Code::MissingImage => {
            let (whole, words) = link_around(text, range)?;
            let is_picture = text[..whole.start].ends_with('!');
            let start = whole.start - usize::from(is_picture);
            let key = if is_picture || code == Code::MissingImage {
                "import-tree-picture"
            } else {
                "import-tree-link"
            };
            Some((start..whole.end, words, key))
        }
        Code::BrokenAnchor => {
            let (whole, words) = link_around(text, range)?;
            let inner = &text[whole.clone()];
            let at = inner.rfind("](")?;
            let hash = inner[at..].find('#')? + at;
            let end = inner.rfind(')')?;
            if hash == at + 2 {
                return Some((whole, words, "import-tree-anchor"));
            }
            Some((
                whole.start + hash..whole.start + end,
                String::new(),
                "import-tree-anchor",
            ))
        }
        Code::BadAlias | Code::SameAlias => {
            let start = text[..range.start].rfind("\naliases:")? + 1;
            let end = text[start..].find('\n')? + start + 1;
            Some((start..end, String::new(), "import-tree-alias"))
        }
        Code::UnknownBlock | Code::BlockOpen | Code::BadBlock => {
            let start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
            let line = text[start..].lines().next()?;
            let signs = line.find("::")?;
            Some((
                start + signs..start + signs + 2,
                "\\:\\:".to_owned(),
                "import-tree-block-open",
            ))
        }
        Code::Footnote => {
            let at = text[range.start..].find("[^")? + range.start;
            Some((at..at + 1, "&#91;".to_owned(), "import-tree-note"))
        }
        _ => None,
    }
}

/// Finds the link in Markdown or HTML around a place, and its words.
fn link_around(text: &str, range: &Range<usize>) -> Option<(Range<usize>, String)> {
    let line = text[..range.start].rfind("\n\n").map_or(0, |at| at + 2);
    let end_of = text[range.end..]
        .find("\n\n")
        .map_or(text.len(), |at| at + range.end);
    let part = &text[line..end_of];
    let mut at = 0;
    while let Some(found) = part[at..].find("](") {
        let middle = at + found;
        let close = middle + 2 + part[middle + 2..].find(')')?;
        let mut depth = 0_usize;
        let open = part[..middle]
            .char_indices()
            .rev()
            .find_map(|(at, c)| match c {
                ']' => {
                    depth += 1;
                    None
                }
                '[' if depth == 0 => Some(at),
                '[' => {
                    depth -= 1;
                    None
                }
                _ => None,
            });
        if let Some(open) = open
            // A picture begins with a sign before its bracket.
            && line + open <= range.start + 1
            && range.start <= line + close
        {
            let words = part[open + 1..middle].to_owned();
            return Some((line + open..line + close + 1, words));
        }
        at = middle + 2;
    }
    None
}

//! The lines that begin and end `:::` blocks.
//!
//! Markdown knows no such lines, so each is replaced by an HTML processing instruction made of
//! marks: that ends a paragraph, stays within its list item or quotation, and comes back from
//! the parser as a block of its own. Inside code the builder puts the line back as it was.

use std::ops::Range;

use super::marked::{Edit, Marks};

/// The blocks that exist.
pub(super) const NAMES: &[&str] = &["note", "tip", "figure", "columns", "steps"];

/// One line that begins or ends a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fence {
    /// The bytes from its first colon to the end of the line.
    pub range: Range<usize>,
    /// How many colons it has.
    pub colons: usize,
    /// What stands after them; `None` ends a block.
    pub opening: Option<Opening>,
}

/// What a line that begins a block says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Opening {
    /// The name, perhaps of no block.
    pub name: String,
    /// The attributes in order.
    pub attributes: Vec<(String, String)>,
    /// Whether the line has more or other than name and attributes.
    pub is_malformed: bool,
}

/// Finds all lines of `text` that begin with three or more colons, in code too.
pub(super) fn fences(text: &str) -> Vec<Fence> {
    let mut fences = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_end();
        let prefix = container_prefix(content);
        if let Some((colons, rest)) = split_colons(&content[prefix..]) {
            fences.push(Fence {
                range: start + prefix..start + content.len(),
                colons,
                opening: (!rest.is_empty()).then(|| opening(rest)),
            });
        }
        start += line.len();
    }
    fences
}

/// Returns the edits that replace each of `fences` by its stand-in.
pub(super) fn stand_ins(fences: &[Fence], marks: Marks) -> Vec<Edit> {
    let edit = |(number, fence): (usize, &Fence)| Edit {
        range: fence.range.clone(),
        with: stand_in(number, marks),
    };
    fences.iter().enumerate().map(edit).collect()
}

/// Writes what stands for the fence of this number.
fn stand_in(number: usize, marks: Marks) -> String {
    format!("<?{0}{number}{0}?>", marks.letter)
}

/// Returns the number of the fence that `html` stands for.
pub(super) fn stands_for(html: &str, marks: Marks) -> Option<usize> {
    html.trim()
        .strip_prefix("<?")?
        .strip_prefix(marks.letter)?
        .strip_suffix("?>")?
        .strip_suffix(marks.letter)?
        .parse()
        .ok()
}

/// Puts the lines back into `text`, and takes out all other marks.
pub(super) fn restore(text: &str, original: &str, fences: &[Fence], marks: Marks) -> String {
    let mut restored = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(|c| marks.contains(c)) {
        let (before, marked) = rest.split_at(at);
        let end = marked
            .find("?>")
            .filter(|_| before.ends_with("<?"))
            .map(|end| end + 2);
        let number = end.and_then(|end| stands_for(&rest[at - 2..at + end], marks));
        let fence = number.and_then(|number| fences.get(number));
        match (end, fence) {
            (Some(end), Some(fence)) => {
                restored.push_str(&before[..at - 2]);
                restored.push_str(&original[fence.range.clone()]);
                rest = &marked[end..];
            }
            _ => {
                restored.push_str(before);
                rest = &marked[marked.chars().next().map_or(0, char::len_utf8)..];
            }
        }
    }
    restored.push_str(rest);
    restored
}

/// Returns the length of the quotation and list markers that a line begins with.
fn container_prefix(line: &str) -> usize {
    let mut rest = line;
    loop {
        rest = rest.trim_start_matches([' ', '\t', '>']);
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let marker = match (digits, rest[digits..].chars().next()) {
            (0, Some('-' | '*' | '+')) => 1,
            (1..=9, Some('.' | ')')) => digits + 1,
            _ => return line.len() - rest.len(),
        };
        if !rest[marker..].starts_with([' ', '\t']) {
            return line.len() - rest.len();
        }
        rest = &rest[marker..];
    }
}

/// Splits three or more colons off, of either width, and the space after them.
fn split_colons(text: &str) -> Option<(usize, &str)> {
    let rest = text.trim_start_matches([':', '：']);
    let colons = text[..text.len() - rest.len()].chars().count();
    (colons >= 3).then(|| (colons, rest.trim_start()))
}

fn opening(text: &str) -> Opening {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let rest = text.trim_start_matches(is_name);
    let name = text[..text.len() - rest.len()].to_owned();
    let (attributes, rest) = match rest.trim_start().strip_prefix('{') {
        Some(rest) => match attributes(rest) {
            Some(found) => found,
            None => (Vec::new(), rest),
        },
        None => (Vec::new(), rest),
    };
    Opening {
        is_malformed: name.is_empty() || !rest.trim().is_empty(),
        name,
        attributes,
    }
}

/// Reads `key=value key="some words"}` and returns what stands behind; `None` where it breaks.
#[expect(
    clippy::type_complexity,
    reason = "used in one place, and the parts are plain"
)]
fn attributes(text: &str) -> Option<(Vec<(String, String)>, &str)> {
    let mut attributes = Vec::new();
    let mut rest = text.trim_start();
    loop {
        if let Some(behind) = rest.strip_prefix('}') {
            return Some((attributes, behind));
        }
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '}' | '{' | '"'))?;
        let (key, behind) = rest.split_at(end);
        if key.is_empty() {
            return None;
        }
        let (value, behind) = match behind.strip_prefix('=') {
            Some(behind) => value(behind)?,
            None => ("", behind),
        };
        attributes.push((key.to_owned(), value.to_owned()));
        rest = behind.trim_start();
    }
}

/// Splits a value off, quoted (`"…"`, or `“…”` as a Chinese keyboard types them) or not.
fn value(text: &str) -> Option<(&str, &str)> {
    for (open, close) in [('"', '"'), ('“', '”')] {
        if let Some(behind) = text.strip_prefix(open) {
            return behind.split_once(close);
        }
    }
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, '}' | '{' | '"' | '='))?;
    (end > 0).then(|| text.split_at(end))
}

//! The lines that begin and end `:::` blocks.
//!
//! Markdown knows no such lines, so each is replaced by an HTML processing instruction made of
//! marks: that ends a paragraph, stays within its list item or quotation, and comes back from
//! the parser as a block of its own. Inside code the builder puts the line back as it was.

use std::borrow::Cow;
use std::ops::Range;

use super::Attribute;
use super::marked::Edit;

/// The blocks that exist, each with its Chinese names.
const NAMES: &[(&str, &[&str])] = &[
    ("note", &["说明"]),
    ("tip", &["小办法"]),
    ("callout", &["提示框"]),
    ("steps", &["步骤"]),
    ("columns", &["分栏"]),
    ("figure", &["图"]),
    ("gallery", &["图集"]),
    ("video", &["视频"]),
    ("attachment", &["附件"]),
    ("table", &["表格", "表"]),
    ("qr", &["二维码"]),
    ("item", &["物品"]),
    ("board", &["宣传栏"]),
    ("countdown", &["倒计时"]),
    ("timeline", &["时间线"]),
];

/// Returns the block of that name, English or Chinese.
pub(super) fn known(name: &str) -> Option<&'static str> {
    let found = NAMES
        .iter()
        .find(|(own, others)| *own == name || others.contains(&name));
    found.map(|(own, _)| *own)
}

/// Containers of VitePress, Docusaurus and others, and what people call such boxes: a box of ours
/// and its kind.
const BOXES: &[(&str, &str)] = &[
    ("info", "note"),
    // Open, as paper has it: nothing that matters is folded away.
    ("details", "note"),
    ("折叠", "note"),
    ("信息", "note"),
    ("提示", "tip"),
    ("小贴士", "tip"),
    ("success", "tip"),
    ("important", "important"),
    ("重要", "important"),
    ("要紧", "important"),
    ("warning", "warning"),
    ("警告", "warning"),
    ("注意", "warning"),
    ("当心", "warning"),
    ("danger", "caution"),
    ("caution", "caution"),
    ("危险", "caution"),
];

/// Returns all names of blocks.
pub(super) fn names() -> impl Iterator<Item = &'static str> + Clone {
    let all = |(own, others): &'static (&str, &[&str])| {
        std::iter::once(*own).chain(others.iter().copied())
    };
    NAMES.iter().flat_map(all)
}

/// One line that begins or ends a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fence {
    /// The bytes from its first colon to the end of the line.
    pub range: Range<usize>,
    /// How many colons it has.
    pub colons: usize,
    /// What stands after them; `None` ends a block.
    pub opening: Option<Opening>,
    /// Whether the line is a block by itself: `::item{name=电池}`.
    pub is_leaf: bool,
}

/// What a line that begins a block says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Opening {
    /// The name, perhaps of no block.
    pub name: String,
    /// The attributes in order, their places counted from the line's first colon.
    pub attributes: Vec<Attribute>,
    /// Whether the line has more or other than name and attributes.
    pub is_malformed: bool,
}

impl Attribute {
    /// Returns the attribute with its places counted from further ahead.
    pub(super) fn moved(&self, by: usize) -> Self {
        let moved = |range: &Range<usize>| range.start + by..range.end + by;
        Self {
            key_range: moved(&self.key_range),
            value_range: moved(&self.value_range),
            ..self.clone()
        }
    }
}

/// Finds all lines of `text` that begin with three or more colons, in code too, and those that
/// are a block by themselves.
pub(super) fn fences(text: &str) -> Vec<Fence> {
    let mut fences = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_end();
        let prefix = container_prefix(content);
        let fence = &content[prefix..];
        let (colons, rest) = split_colons(fence);
        let opening = || opening(rest, fence.len() - rest.len(), colons > 2);
        let found = match colons {
            0 | 1 => None,
            2 => Some(opening()).filter(|it| is_leaf(it, rest)).map(Some),
            _ => Some((!rest.is_empty()).then(opening)),
        };
        if let Some(opening) = found {
            fences.push(Fence {
                range: start + prefix..start + content.len(),
                colons,
                opening,
                is_leaf: colons == 2,
            });
        }
        start += line.len();
    }
    fences
}

/// Returns the edits that replace each of `fences` by its stand-in.
pub(super) fn stand_ins(fences: &[Fence], mark: char) -> Vec<Edit> {
    let edit = |(number, fence): (usize, &Fence)| Edit {
        range: fence.range.clone(),
        with: stand_in(number, mark),
    };
    fences.iter().enumerate().map(edit).collect()
}

/// Writes what stands for the fence of this number.
fn stand_in(number: usize, mark: char) -> String {
    format!("<?{mark}{number}{mark}?>")
}

/// Returns the number of the fence that `html` stands for.
pub(super) fn stands_for(html: &str, mark: char) -> Option<usize> {
    html.trim()
        .strip_prefix("<?")?
        .strip_prefix(mark)?
        .strip_suffix("?>")?
        .strip_suffix(mark)?
        .parse()
        .ok()
}

/// Puts the lines back into `text`, and takes out all other marks.
pub(super) fn restore<'a>(
    text: &'a str,
    original: &str,
    fences: &[Fence],
    mark: char,
) -> Cow<'a, str> {
    if !text.contains(mark) {
        return Cow::Borrowed(text);
    }
    let mut restored = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(mark) {
        let (before, marked) = rest.split_at(at);
        let end = marked
            .find("?>")
            .filter(|_| before.ends_with("<?"))
            .map(|end| end + 2);
        let number = end.and_then(|end| stands_for(&rest[at - 2..at + end], mark));
        let fence = number.and_then(|number| fences.get(number));
        match (end, fence) {
            (Some(end), Some(fence)) => {
                restored.push_str(&before[..at - 2]);
                restored.push_str(&original[fence.range.clone()]);
                rest = &marked[end..];
            }
            _ => {
                restored.push_str(before);
                rest = &marked[mark.len_utf8()..];
            }
        }
    }
    restored.push_str(rest);
    Cow::Owned(restored)
}

/// Returns the length of the quotation and list markers that a line begins with.
pub(super) fn container_prefix(line: &str) -> usize {
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

/// Splits the colons off, of either width, and the space after them.
fn split_colons(text: &str) -> (usize, &str) {
    let rest = text.trim_start_matches([':', '：']);
    let colons = text[..text.len() - rest.len()].chars().count();
    (colons, rest.trim_start())
}

/// Tells whether `text`, which stands after two colons, is meant as a block: it is the name of
/// one with nothing or braces behind it, or has attributes whatever its name.
fn is_leaf(opening: &Opening, text: &str) -> bool {
    let behind = text
        .get(opening.name.len()..)
        .unwrap_or_default()
        .trim_start();
    let has_braces = behind.starts_with(['{', '｛']);
    let is_known = known(&opening.name).is_some();
    !opening.attributes.is_empty() || (is_known && (has_braces || !opening.is_malformed))
}

/// Reads what stands `start` bytes after the first colon, with a title behind the name where the
/// line may have one.
fn opening(text: &str, start: usize, may_have_title: bool) -> Opening {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let rest = text.trim_start_matches(is_name);
    let name = &text[..text.len() - rest.len()];
    let braces = rest.trim_start();
    let (mut attributes, mut rest) = match braces.strip_prefix(['{', '｛']) {
        Some(rest) => match attributes(rest, start + text.len() - rest.len()) {
            Some(found) => found,
            None => (Vec::new(), rest),
        },
        None => (Vec::new(), rest),
    };
    let place = |words: &str| {
        let at = start + words.as_ptr().addr() - text.as_ptr().addr();
        at..at + words.len()
    };
    let attribute = |key: &str, value: &str, range: Range<usize>| Attribute {
        key: key.to_owned(),
        value: Some(value.to_owned()),
        key_range: range.clone(),
        value_range: range,
    };
    if may_have_title
        && !name.is_empty()
        && let Some(title) = title(rest)
    {
        attributes.push(attribute("title", title, place(title)));
        rest = "";
    }
    let kind = BOXES.iter().find(|(own, _)| may_have_title && *own == name);
    if let Some((_, kind)) = kind {
        attributes.push(attribute("kind", kind, place(name)));
    }
    Opening {
        is_malformed: name.is_empty() || !rest.trim().is_empty(),
        name: kind.map_or(name, |_| "callout").to_owned(),
        attributes,
    }
}

/// Returns the title that stands behind a name: `::: tip 小贴士`, `:::tip[小贴士]`.
fn title(rest: &str) -> Option<&str> {
    let title = rest.trim();
    let bare = title
        .strip_prefix('[')
        .and_then(|title| title.strip_suffix(']'));
    let title = bare.unwrap_or(title);
    let is_title = !title.is_empty() && !title.contains(['{', '}', '｛', '｝', '[', ']']);
    is_title.then_some(title)
}

/// Reads `key=value key="some words"}`, which stands `start` bytes after the first colon, and
/// returns what stands behind; `None` where it breaks.
fn attributes(text: &str, start: usize) -> Option<(Vec<Attribute>, &str)> {
    let at = |rest: &str| start + text.len() - rest.len();
    let mut attributes = Vec::new();
    let mut rest = text.trim_start();
    loop {
        if let Some(behind) = rest.strip_prefix(['}', '｝']) {
            return Some((attributes, behind));
        }
        let end = rest.find(|c: char| c.is_whitespace() || is_mark(c))?;
        let (key, behind) = rest.split_at(end);
        if key.is_empty() {
            return None;
        }
        let key_range = at(rest)..at(behind);
        let (value, value_range, behind) = match behind.strip_prefix(['=', '＝']) {
            Some(behind) => {
                let (value, after) = value(behind)?;
                (Some(value.to_owned()), at(behind)..at(after), after)
            }
            None => (None, key_range.clone(), behind),
        };
        attributes.push(Attribute {
            key: key.to_owned(),
            value,
            key_range,
            value_range,
        });
        rest = behind.trim_start();
    }
}

/// Tells whether a character means something between braces.
fn is_mark(c: char) -> bool {
    matches!(c, '=' | '＝' | '}' | '｝' | '{' | '｛' | '"' | '“')
}

/// Splits a value off, quoted (`"…"`, or `“…”` as a Chinese keyboard types them) or not.
fn value(text: &str) -> Option<(&str, &str)> {
    for (open, close) in [('"', '"'), ('“', '”')] {
        if let Some(behind) = text.strip_prefix(open) {
            return behind.split_once(close);
        }
    }
    // An address holds `=` too.
    let ends = |c: char| c.is_whitespace() || (is_mark(c) && c != '=');
    let end = text.find(ends)?;
    (end > 0).then(|| text.split_at(end))
}

#[cfg(test)]
mod tests;

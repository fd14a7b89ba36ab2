//! The elements that are open in raw HTML, so that each ends where it began.

use std::ops::Range;

/// Elements that have no end.
const VOID: [&str; 14] = [
    "area", "base", "basefont", "br", "col", "embed", "hr", "img", "input", "link", "meta",
    "source", "track", "wbr",
];
/// Elements whose end may be left out: the next of their kind, or the end of what holds them, ends
/// them.
const IMPLIED: [&str; 16] = [
    "caption", "colgroup", "dd", "dt", "li", "optgroup", "option", "p", "rp", "rt", "tbody", "td",
    "tfoot", "th", "thead", "tr",
];
/// Elements that a paragraph cannot hold: they end one that is open.
const ENDS_PARAGRAPH: [&str; 30] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "details",
    "dir",
    "div",
    "dl",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "ul",
];

/// An element that is open.
#[derive(Debug)]
pub(super) struct Open {
    /// Its name in small letters.
    pub name: String,
    /// The bytes of the tag that began it.
    pub at: Range<usize>,
}

/// What an end has ended.
#[derive(Debug, Default)]
pub(super) struct Ended {
    /// The end tags, innermost first.
    pub tags: String,
    /// Elements within it that had no end of their own and need one.
    pub left_open: Vec<Open>,
}

/// The elements that are open, outermost first.
#[derive(Debug, Default)]
pub(super) struct Scope {
    open: Vec<Open>,
}

impl Scope {
    /// Begins an element and returns the end tags that go before and behind its own tag; `None`
    /// where it cannot stand here: a cell outside a row would break the table around it.
    pub(super) fn begin(
        &mut self,
        name: &str,
        at: &Range<usize>,
        is_closed: bool,
    ) -> Option<(String, String)> {
        let holders = holders(name);
        if !holders.is_empty() && !holders.iter().any(|holder| self.has(holder)) {
            return None;
        }
        let mut before = String::new();
        while let Some(last) = self
            .open
            .last()
            .filter(|last| is_ended_by(&last.name, name))
        {
            before.push_str(&end_tag(&last.name));
            self.open.pop();
        }
        if VOID.contains(&name) {
            return Some((before, String::new()));
        }
        if is_closed {
            return Some((before, end_tag(name)));
        }
        self.open.push(Open {
            name: name.to_owned(),
            at: at.clone(),
        });
        Some((before, String::new()))
    }

    /// Ends the innermost element `name` and what is open within it; `None` where none is open.
    pub(super) fn end(&mut self, name: &str) -> Option<Ended> {
        let at = self.open.iter().rposition(|open| open.name == name)?;
        let mut ended = Ended::default();
        for open in self.open.drain(at..).rev() {
            ended.tags.push_str(&end_tag(&open.name));
            if open.name != name && !IMPLIED.contains(&open.name.as_str()) {
                ended.left_open.push(open);
            }
        }
        Some(ended)
    }

    /// Ends all that is open.
    pub(super) fn finish(self) -> Ended {
        let mut ended = Ended::default();
        for open in self.open.into_iter().rev() {
            ended.tags.push_str(&end_tag(&open.name));
            if !IMPLIED.contains(&open.name.as_str()) {
                ended.left_open.push(open);
            }
        }
        ended
    }

    /// Tells whether an element `name` is open.
    pub(super) fn has(&self, name: &str) -> bool {
        self.open.iter().any(|open| open.name == name)
    }

    /// Returns the name of the element that `tag` ends where it is not open here.
    pub(super) fn unbegun(&self, tag: &str) -> Option<String> {
        let name = tag.strip_prefix("</")?;
        let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-');
        let name = name[..end.unwrap_or(name.len())].to_ascii_lowercase();
        (!self.has(&name)).then_some(name)
    }
}

/// Tells whether browsers pass over an end of `name` that ends nothing, so that it is not worth
/// a word.
pub(super) fn may_end_unbegun(name: &str) -> bool {
    IMPLIED.contains(&name) || VOID.contains(&name)
}

fn end_tag(name: &str) -> String {
    format!("</{name}>")
}

/// Returns the elements of which one must be open for `name` to stand.
fn holders(name: &str) -> &'static [&'static str] {
    match name {
        "td" | "th" => &["tr"],
        "tr" => &["table", "tbody", "thead", "tfoot"],
        "caption" | "colgroup" | "tbody" | "thead" | "tfoot" => &["table"],
        "col" => &["colgroup", "table"],
        "li" => &["ul", "ol", "menu", "dir"],
        "dt" | "dd" => &["dl"],
        "rt" | "rp" => &["ruby"],
        "option" | "optgroup" => &["select"],
        _ => &[],
    }
}

/// Tells whether the open element `open` ends where `name` begins.
fn is_ended_by(open: &str, name: &str) -> bool {
    match name {
        "li" => open == "li",
        "dt" | "dd" => matches!(open, "dt" | "dd" | "p"),
        "rt" | "rp" => matches!(open, "rt" | "rp"),
        "td" | "th" => matches!(open, "td" | "th" | "p"),
        "tr" => matches!(open, "td" | "th" | "tr" | "p" | "caption" | "colgroup"),
        "tbody" | "thead" | "tfoot" => matches!(
            open,
            "td" | "th" | "tr" | "tbody" | "thead" | "tfoot" | "caption" | "colgroup" | "p"
        ),
        "option" | "optgroup" => matches!(open, "option" | "optgroup"),
        name => open == "p" && ENDS_PARAGRAPH.contains(&name),
    }
}

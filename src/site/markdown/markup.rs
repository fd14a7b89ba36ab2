//! HTML as a row of tags and texts: enough to see what it shows and to change attributes.
//!
//! Not a parser that repairs: what browsers would mend passes through as it is. Raw HTML of texts
//! is read by it, and finished pages are.

use std::borrow::Cow;

/// A piece of a page, as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// Words between tags, entities and all.
    Text(&'a str),
    /// What an element of words alone holds, such as a script.
    Raw(&'a str),
    /// What no reader sees: a remark, or `<?…?>` and `<![CDATA[…]]>`, which browsers take for one.
    Comment(&'a str),
    /// A tag.
    Tag(Tag<'a>),
}

/// A tag, from its `<` to its `>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tag<'a> {
    /// The whole tag.
    pub text: &'a str,
    /// The element's name as written; `!DOCTYPE` is one.
    pub name: &'a str,
    /// Whether it ends an element.
    pub is_end: bool,
}

impl<'a> Piece<'a> {
    /// Returns the piece as written.
    pub fn text(&self) -> &'a str {
        match self {
            Self::Text(text) | Self::Raw(text) | Self::Comment(text) => text,
            Self::Tag(tag) => tag.text,
        }
    }
}

/// What begins and ends a piece that no reader sees.
const ASIDES: [(&str, &str); 3] = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")];

/// Returns what begins and what ends the remark that `html` begins with.
pub(crate) fn aside(html: &str) -> Option<(&'static str, &'static str)> {
    let begins = |(open, _): &(&str, &str)| html.starts_with(open);
    ASIDES.into_iter().find(begins)
}

/// Elements that hold words alone, up to their end tag.
const RAW: [&str; 4] = ["script", "style", "textarea", "title"];

impl<'a> Tag<'a> {
    /// Tells whether an image is shown as its file is, without smaller versions: `data-exact`, for
    /// screens, whose pictures have their very pixels.
    pub fn is_exact(&self) -> bool {
        self.attribute("data-exact").is_some()
    }

    /// Tells whether the element is called `name`.
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// Returns the value of an attribute, its entities read.
    pub fn attribute(&self, name: &str) -> Option<Cow<'a, str>> {
        let mut attributes = self.attributes();
        let (_, value) = attributes.find(|(key, _)| key.eq_ignore_ascii_case(name))?;
        Some(unescape(value))
    }

    /// Returns the tag with its attributes changed: each of `changes` by its name, set or taken out;
    /// those it had not come last.
    pub fn with(&self, changes: &[(&str, Option<String>)]) -> String {
        let change = |name: &str| {
            changes
                .iter()
                .find(|(own, _)| own.eq_ignore_ascii_case(name))
        };
        let mut out = format!("<{}", self.name);
        let mut add = |name: &str, value: &str| {
            out.push_str(&format!(" {name}=\"{}\"", value.replace('"', "&quot;")));
        };
        for (name, value) in self.attributes().filter(|(name, _)| change(name).is_none()) {
            add(name, value);
        }
        for (name, value) in changes {
            if let Some(value) = value {
                add(name, &value.replace('&', "&amp;").replace('<', "&lt;"));
            }
        }
        let is_closed = self.text.ends_with("/>");
        out.push_str(if is_closed { "/>" } else { ">" });
        out
    }

    /// Returns names and values as written.
    pub fn attributes(&self) -> Attributes<'a> {
        let inner = self.text.trim_end_matches('>').trim_end_matches('/');
        let start = self.text.find(self.name).unwrap_or(0) + self.name.len();
        Attributes {
            rest: inner.get(start..).unwrap_or_default(),
        }
    }
}

/// The attributes of a tag.
pub(crate) struct Attributes<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.rest.trim_start();
        let length = rest.find(|c: char| c == '=' || c.is_whitespace());
        let (name, after) = rest.split_at(length.unwrap_or(rest.len()));
        if name.is_empty() {
            return None;
        }
        let Some(value) = after.trim_start().strip_prefix('=').map(str::trim_start) else {
            self.rest = after;
            return Some((name, ""));
        };
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, rest) = match quote {
            Some(quote) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            None => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
        };
        self.rest = rest;
        Some((name, value))
    }
}

/// Takes a page apart.
pub(crate) fn pieces(html: &str) -> Pieces<'_> {
    Pieces {
        rest: html,
        raw: None,
    }
}

/// The pieces of a page, one after the other; together they are the page.
pub(crate) struct Pieces<'a> {
    rest: &'a str,
    /// The element of words alone that was just opened.
    raw: Option<&'a str>,
}

impl<'a> Pieces<'a> {
    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        taken
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        if let Some(name) = self.raw.take() {
            let end = end_of_raw(self.rest, name);
            if end > 0 {
                return Some(Piece::Raw(self.take(end)));
            }
        }
        if self.rest.is_empty() {
            return None;
        }
        if let Some((_, close)) = aside(self.rest) {
            let end = self.rest.find(close);
            let end = end.map_or(self.rest.len(), |at| at + close.len());
            return Some(Piece::Comment(self.take(end)));
        }
        let Some((name, is_end)) = tag_name(self.rest) else {
            let next = memchr::memchr_iter(b'<', self.rest.as_bytes()).filter(|at| *at > 0);
            let mut starts = next.filter(|&at| {
                aside(&self.rest[at..]).is_some() || tag_name(&self.rest[at..]).is_some()
            });
            let end = starts.next().unwrap_or(self.rest.len());
            return Some(Piece::Text(self.take(end)));
        };
        let text = self.take(end_of_tag(self.rest));
        if !is_end && RAW.iter().any(|raw| raw.eq_ignore_ascii_case(name)) {
            self.raw = Some(name);
        }
        Some(Piece::Tag(Tag { text, name, is_end }))
    }
}

/// Reads the name of the tag that `html` begins with.
fn tag_name(html: &str) -> Option<(&str, bool)> {
    let inner = html.strip_prefix('<')?;
    let (inner, is_end) = match inner.strip_prefix('/') {
        Some(inner) => (inner, true),
        None => (inner, false),
    };
    let begins = |c: char| c.is_ascii_alphabetic() || (!is_end && c == '!');
    inner.chars().next().filter(|c| begins(*c))?;
    let length = inner.find(|c: char| c == '>' || c == '/' || c.is_whitespace());
    Some((&inner[..length.unwrap_or(inner.len())], is_end))
}

/// Returns the length of the tag that `html` begins with.
fn end_of_tag(html: &str) -> usize {
    let bytes = html.as_bytes();
    let mut quote = None;
    for at in memchr::memchr3_iter(b'>', b'"', b'\'', bytes) {
        match (bytes[at], quote) {
            (b'>', None) => return at + 1,
            (b'"' | b'\'', None) => quote = Some(bytes[at]),
            (c, Some(open)) if c == open => quote = None,
            _ => {}
        }
    }
    html.len()
}

/// Returns where the end tag of `name` begins.
fn end_of_raw(html: &str, name: &str) -> usize {
    let ends = html.match_indices("</").map(|(at, _)| at);
    let mut ends = ends.filter(|&at| {
        tag_name(&html[at..]).is_some_and(|(found, _)| found.eq_ignore_ascii_case(name))
    });
    ends.next().unwrap_or(html.len())
}

/// Reads the entities that pages of ours have.
pub(crate) fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let entity = after.split_once(';').filter(|(name, _)| name.len() < 8);
        match entity.and_then(|(name, after)| Some((character(name)?, after))) {
            Some((character, after)) => {
                out.push(character);
                rest = after;
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Returns the words that raw HTML shows, those of different blocks apart.
pub(crate) fn words(html: &str) -> String {
    let mut words = String::new();
    for piece in pieces(html) {
        match piece {
            Piece::Text(text) => words.push_str(&unescape(text)),
            Piece::Tag(tag) if tag.is("img") => {
                words.push_str(&tag.attribute("alt").unwrap_or_default());
            }
            Piece::Tag(tag) if !WITHIN_WORDS.iter().any(|name| tag.is(name)) => words.push('\n'),
            _ => {}
        }
    }
    let lines = words.split('\n').map(|line| line.split_whitespace());
    let lines = lines.map(|line| line.collect::<Vec<_>>().join(" "));
    lines
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

/// Elements that stand within words and set none apart.
const WITHIN_WORDS: [&str; 33] = [
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong",
    "sub", "sup", "time", "tt", "u", "var", "wbr",
];

fn character(entity: &str) -> Option<char> {
    let number = |digits: &str, base| char::from_u32(u32::from_str_radix(digits, base).ok()?);
    match entity {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => {
            let code = entity.strip_prefix('#')?;
            match code.strip_prefix(['x', 'X']) {
                Some(digits) => number(digits, 16),
                None => number(code, 10),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(html: &str) -> String {
        let told = pieces(html).map(|piece| match piece {
            Piece::Text(text) => format!("text {text:?}"),
            Piece::Raw(text) => format!("raw {text:?}"),
            Piece::Comment(text) => format!("comment {text:?}"),
            Piece::Tag(tag) if tag.is_end => format!("end {}", tag.name),
            Piece::Tag(tag) => {
                let attributes: Vec<String> = tag
                    .attributes()
                    .map(|(name, value)| format!(" {name}={value}"))
                    .collect();
                format!("tag {}{}", tag.name, attributes.concat())
            }
        });
        told.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_page_comes_apart_into_tags_and_texts() {
        let html = "<!DOCTYPE html>\n<p class=a title='x > y' hidden>1 < 2 &amp; 3<br/><!-- no -->\
                    <script src=\"a.js\">if (a<b) \"</p>\"</script></p>";
        insta::assert_snapshot!(told(html), @r#"
        tag !DOCTYPE html=
        text "\n"
        tag p class=a title=x > y hidden=
        text "1 < 2 &amp; 3"
        tag br
        comment "<!-- no -->"
        tag script src=a.js
        raw "if (a<b) \"</p>\""
        end script
        end p
        "#);
    }

    #[test]
    fn the_pieces_are_the_whole_page() {
        for html in [
            "",
            "<",
            "<a",
            "a<b",
            "</",
            "<!--",
            "<style>x",
            "<a href='",
            "<p>绿<板",
            "a<?b<![CDATA[c]]>",
        ] {
            let whole: String = pieces(html).map(|piece| piece.text()).collect();
            assert_eq!(whole, html);
        }
    }

    #[test]
    fn attributes_are_changed_and_the_rest_stays() {
        let html = "<a class=x href='b.md' title=\"it&#39;s\">";
        let Some(Piece::Tag(tag)) = pieces(html).next() else {
            panic!("it is a tag");
        };
        let to = |address: &str| tag.with(&[("href", Some(address.to_owned()))]);
        assert_eq!(
            to("../b?c&d"),
            "<a class=\"x\" title=\"it&#39;s\" href=\"../b?c&amp;d\">"
        );
        assert_eq!(
            tag.with(&[("href", None)]),
            "<a class=\"x\" title=\"it&#39;s\">"
        );
    }

    #[test]
    fn words_of_raw_html_are_those_that_it_shows() {
        let html = "<table><tr><td>周六<td><b>停</b>水 &amp; 停电</table><!-- 备注 --><img alt=图>\
                    <script>x()</script>";
        assert_eq!(words(html), "周六\n停水 & 停电\n图");
    }

    #[test]
    fn entities_are_read() {
        assert_eq!(unescape("a&amp;b&#39;&#x7eff;&no &lt"), "a&b'绿&no &lt");
    }
}

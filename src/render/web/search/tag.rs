//! Tags and character references of HTML, as far as finding visible words needs them.

/// A tag.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag {
    /// Its name in small letters.
    pub name: String,
    /// Whether it ends an element.
    pub closes: bool,
    /// Whether it ends in `/>`.
    pub self_closing: bool,
    /// Whether it has the attribute `hidden`.
    pub hidden: bool,
}

impl Tag {
    /// Reads the tag that `html` begins with; returns it and what follows.
    pub(super) fn read(html: &str) -> Option<(Self, &str)> {
        let inside = html.strip_prefix('<')?;
        let (closes, inside) = match inside.strip_prefix('/') {
            Some(inside) => (true, inside),
            None => (false, inside),
        };
        inside
            .starts_with(|c: char| c.is_ascii_alphabetic())
            .then_some(())?;
        let end = end(inside)?;
        let (text, rest) = (&inside[..end], &inside[end + 1..]);
        let named = text.find(|c: char| c.is_whitespace() || c == '/');
        let (name, attributes) = text.split_at(named.unwrap_or(text.len()));
        let tag = Self {
            name: name.to_ascii_lowercase(),
            closes,
            self_closing: attributes.ends_with('/'),
            hidden: has_attribute(attributes, "hidden"),
        };
        Some((tag, rest))
    }
}

/// Returns where the `>` stands that ends a tag; one in quotes does not.
fn end(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, character) in tag.char_indices() {
        match (quote, character) {
            (None, '>') => return Some(at),
            (None, '"' | '\'') if tag[..at].trim_end().ends_with('=') => quote = Some(character),
            (Some(open), close) if open == close => quote = None,
            _ => {}
        }
    }
    None
}

fn has_attribute(attributes: &str, wanted: &str) -> bool {
    let mut rest = attributes;
    while let Some(start) = rest.find(|c: char| !c.is_whitespace() && c != '/') {
        rest = &rest[start..];
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '/'));
        let (name, after) = rest.split_at(end.unwrap_or(rest.len()));
        if name.eq_ignore_ascii_case(wanted) {
            return true;
        }
        rest = match after.trim_start().strip_prefix('=') {
            Some(value) => after_value(value.trim_start()),
            None if name.is_empty() => &after[after.len().min(1)..],
            None => after,
        };
    }
    false
}

fn after_value(value: &str) -> &str {
    let end = match value.chars().next() {
        Some(quote @ ('"' | '\'')) => value[1..].find(quote).map(|at| at + 2),
        _ => value.find(char::is_whitespace),
    };
    &value[end.unwrap_or(value.len())..]
}

/// Returns `text` with its character references as characters: numbers, and the names that
/// people write.
pub(super) fn decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let found = rest
            .find(';')
            .and_then(|end| Some((character(&rest[1..end])?, end + 1)));
        let (character, length) = found.unwrap_or(('&', 1));
        out.push(character);
        rest = &rest[length..];
    }
    out.push_str(rest);
    out
}

fn character(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code);
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{A0}',
        "ensp" => '\u{2002}',
        "emsp" => '\u{2003}',
        "thinsp" => '\u{2009}',
        "shy" => '\u{AD}',
        "middot" => '·',
        "times" => '×',
        "deg" => '°',
        "hellip" => '…',
        "ndash" => '–',
        "mdash" => '—',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "yen" => '¥',
        "copy" => '©',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hidden(html: &str) -> bool {
        Tag::read(html).expect("it is a tag").0.hidden
    }

    #[test]
    fn an_attribute_counts_by_its_name_not_by_its_value() {
        assert!(hidden("<p class=a hidden>") && hidden("<p hidden=''>") && hidden("<P HIDDEN>"));
        assert!(!hidden("<p class=\"hidden\">") && !hidden("<p title='a > hidden'>"));
        assert!(!hidden("<p data-hidden aria-hidden='true'>") && !hidden("<br/>"));
    }

    #[test]
    fn only_letters_make_a_tag() {
        assert_eq!(Tag::read("< 3"), None);
        assert_eq!(Tag::read("<3>"), None);
        let (tag, rest) = Tag::read("</DIV >x").expect("it is a tag");
        assert_eq!((tag.name.as_str(), tag.closes, rest), ("div", true, "x"));
    }

    #[test]
    fn references_become_characters() {
        assert_eq!(
            decode("A&amp;B &#x4E2D;&#25991; &none; &"),
            "A&B 中文 &none; &"
        );
    }
}

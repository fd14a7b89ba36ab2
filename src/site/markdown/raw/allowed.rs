//! What raw HTML may do on a page: each tag is cleaned by ammonia, which knows what runs.
//!
//! Kept is what office texts need: type, tables, lists, pictures, links, places to link to, and
//! how they are set. Nothing is kept that runs, asks for input or calls another website.

use std::sync::LazyLock;

use ammonia::Builder;

use super::super::markup::{Piece, Tag, pieces};

/// Elements beside those that ammonia keeps by itself.
const ELEMENTS: [&str; 5] = ["address", "big", "font", "section", "tfoot"];
/// Attributes that any element may have.
const ATTRIBUTES: [&str; 12] = [
    "align", "bgcolor", "class", "dir", "height", "id", "lang", "role", "style", "title", "valign",
    "width",
];
/// Attributes of single elements, beside those that ammonia keeps by itself.
const OF_ELEMENTS: [(&str, &[&str]); 14] = [
    ("a", &["name", "rel", "target"]),
    ("br", &["clear"]),
    ("details", &["open"]),
    ("font", &["color", "face", "size"]),
    ("hr", &["color", "noshade"]),
    (
        "img",
        &["border", "decoding", "hspace", "loading", "vspace"],
    ),
    ("li", &["type", "value"]),
    ("ol", &["reversed", "type"]),
    ("ul", &["type"]),
    ("p", &["clear"]),
    (
        "table",
        &[
            "border",
            "bordercolor",
            "cellpadding",
            "cellspacing",
            "frame",
            "rules",
        ],
    ),
    ("td", &["nowrap"]),
    ("th", &["nowrap"]),
    ("time", &["datetime"]),
];
/// What `style` may say: how words are set, never where on the page they stand.
const STYLES: [&str; 24] = [
    "background",
    "background-color",
    "border",
    "border-collapse",
    "border-color",
    "border-style",
    "border-width",
    "color",
    "font-family",
    "font-size",
    "font-style",
    "font-weight",
    "height",
    "line-height",
    "margin-left",
    "margin-right",
    "padding",
    "text-align",
    "text-decoration",
    "text-indent",
    "vertical-align",
    "white-space",
    "width",
    "word-break",
];
/// Schemes that an address may have.
const SCHEMES: [&str; 7] = ["ftp", "http", "https", "mailto", "sms", "tel", "geo"];

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = Builder::default();
    cleaner
        .add_tags(ELEMENTS)
        .add_generic_attributes(ATTRIBUTES)
        .add_generic_attribute_prefixes(["aria-"])
        .filter_style_properties(STYLES.into_iter().collect())
        .url_schemes(SCHEMES.into_iter().collect())
        .link_rel(None);
    for (element, attributes) in OF_ELEMENTS {
        cleaner.add_tag_attributes(element, attributes.iter().copied());
    }
    cleaner
});

/// Returns `tag`, which begins an element called `name` in small letters, as it may stand; `None`
/// where it may not.
pub(super) fn clean(tag: &Tag, name: &str) -> Option<String> {
    // A part of a table alone is none to the parser.
    let around = match name {
        "caption" | "colgroup" | "thead" | "tbody" | "tfoot" => "<table>",
        "col" => "<table><colgroup>",
        "tr" => "<table><tbody>",
        "td" | "th" => "<table><tbody><tr>",
        _ => "",
    };
    let clean = CLEANER.clean(&format!("{around}{}", tag.text)).to_string();
    pieces(&clean).find_map(|piece| match piece {
        Piece::Tag(tag) if !tag.is_end && tag.is(name) => Some(tag.text.to_owned()),
        _ => None,
    })
}

/// Returns the attributes of `tag` that `clean` has lost, and `style` where it says less.
pub(super) fn taken(tag: &Tag, clean: Option<&str>) -> Vec<String> {
    let Some(Piece::Tag(clean)) = clean.and_then(|clean| pieces(clean).next()) else {
        return Vec::new();
    };
    let rules = |value: &str| value.split(';').filter(|it| !it.trim().is_empty()).count();
    let is_lost = |(name, value): &(&str, &str)| match clean.attribute(name) {
        Some(left) => name.eq_ignore_ascii_case("style") && rules(&left) < rules(value),
        None => true,
    };
    let is_name = |(name, _): &(&str, &str)| name.contains(char::is_alphanumeric);
    let names = tag.attributes().filter(is_name).filter(is_lost);
    names.map(|(name, _)| name.to_owned()).collect()
}

/// Tells whether an element called `name` may stand on a page.
pub(super) fn stands(name: &str) -> bool {
    let tag = format!("<{name}>");
    let Some(Piece::Tag(tag)) = pieces(&tag).next() else {
        return false;
    };
    clean(&tag, name).is_some()
}

/// Tells whether an element holds code and no words.
pub(super) fn is_code(name: &str) -> bool {
    name.eq_ignore_ascii_case("script") || name.eq_ignore_ascii_case("style")
}

/// Tells whether an element is the frame of a whole page, which a text within one cannot have.
pub(super) fn is_frame(name: &str) -> bool {
    let frames = ["body", "frame", "frameset", "head", "html", "plaintext"];
    name.starts_with('!') || frames.contains(&name)
}

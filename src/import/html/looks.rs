//! How elements look: by their names and by their `style`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::dom::Id;
use super::{Around, Walk};
use crate::import::model::{Align, Height, Role};

impl Walk<'_> {
    /// Returns what stands around the children of an element.
    pub(super) fn inner(&mut self, id: Id, name: &str, around: &Around) -> Around {
        let mut inner = around.clone();
        let look = &mut inner.look;
        match name {
            "b" | "strong" | "th" => look.bold = true,
            "i" | "em" | "cite" | "dfn" | "var" => look.italic = true,
            "s" | "del" | "strike" => look.struck = true,
            "u" | "ins" => look.underlined = true,
            "sup" => look.height = Height::Raised,
            "sub" => look.height = Height::Lowered,
            "code" | "kbd" | "tt" | "samp" => look.code = true,
            "pre" => {
                inner.is_pre = true;
                inner.role = Role::Code;
            }
            "blockquote" => inner.role = Role::Quote,
            "figcaption" | "caption" => inner.role = Role::Caption,
            "center" => inner.align = Align::Centre,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                inner.role = Role::Heading(name.as_bytes()[1] - b'0');
            }
            _ => {}
        }
        self.styled(id, &mut inner);
        inner
    }

    fn styled(&mut self, id: Id, inner: &mut Around) {
        let page = self.page;
        let style = |key: &str| page.style(id, key);
        if let Some(weight) = style("font-weight") {
            let heavy = weight
                .parse::<u32>()
                .map_or(weight.starts_with("bold"), |it| it >= 600);
            inner.look.bold = heavy;
        }
        if let Some(slant) = style("font-style") {
            inner.look.italic = slant == "italic" || slant == "oblique";
        }
        let line = style("text-decoration").or_else(|| style("text-decoration-line"));
        if let Some(line) = line {
            inner.look.underlined |= line.contains("underline") && page.name(id) != Some("a");
            inner.look.struck |= line.contains("line-through");
        }
        match style("vertical-align").as_deref() {
            Some("super") => inner.look.height = Height::Raised,
            Some("sub") => inner.look.height = Height::Lowered,
            _ => {}
        }
        let align = style("text-align").or_else(|| page.get(id, "align").map(str::to_lowercase));
        match align.as_deref() {
            Some("center" | "middle") => inner.align = Align::Centre,
            Some("right" | "end") => inner.align = Align::Right,
            Some("left" | "justify" | "start") => inner.align = Align::Left,
            _ => {}
        }
        if let Some(size) = style("font-size").and_then(|it| points(&it)) {
            inner.size = size;
        }
        if let Some(indent) = style("margin-left").and_then(|it| points(&it)) {
            inner.indent = indent;
        }
        let given = |key: &str| style(key).is_some_and(|it| paints(&it));
        // Word's own classes give no ground.
        let classes = page.get(id, "class").unwrap_or_default();
        let own = ["Mso", "WordSection", "Section"];
        let has_class =
            (classes.split_whitespace()).any(|it| !own.iter().any(|name| it.starts_with(name)));
        inner.has_ground |= given("background")
            || given("background-color")
            || given("background-image")
            || page.get(id, "bgcolor").is_some()
            || has_class;
        if let Some(colour) = style("color") {
            let colour: String = colour.split_whitespace().collect();
            inner.is_white = is_white(&colour);
            inner.look.on_ground = inner.is_white;
            inner.look.red = matches!(
                colour.as_str(),
                "red" | "#f00" | "#ff0000" | "#c00000" | "rgb(255,0,0)"
            );
        }
        // Word says which list and how deep.
        if let Some(list) = style("mso-list")
            && let Some(level) = list
                .split_whitespace()
                .find_map(|it| it.strip_prefix("level"))
        {
            let level: u8 = level.parse().unwrap_or(1);
            self.flush();
            self.open.mark = Some(crate::import::model::Mark {
                text: String::new(),
                is_bullet: true,
                level: level.saturating_sub(1).min(8),
            });
        }
    }
}

/// Reads a length in points.
fn points(text: &str) -> Option<f32> {
    let cut = text.find(|c: char| c.is_ascii_alphabetic() || c == '%')?;
    let (number, unit) = text.split_at(cut);
    let number: f32 = number.trim().parse().ok()?;
    Some(match unit.trim() {
        "pt" => number,
        "px" => number * 0.75,
        "em" | "rem" => number * 12.0,
        "cm" => number * 28.35,
        _ => return None,
    })
}

/// Returns the bytes that an address of `data:` holds.
pub(super) fn data(source: &str) -> Option<Vec<u8>> {
    let rest = source.strip_prefix("data:")?;
    let (head, body) = rest.split_once(',')?;
    if !head.ends_with(";base64") {
        let plain = percent_encoding::percent_decode_str(body);
        return Some(plain.collect());
    }
    let plain: String = body.chars().filter(|c| !c.is_whitespace()).collect();
    STANDARD.decode(plain.trim_end_matches('%')).ok()
}

/// Writes the number of an item in the form of its list.
pub(super) fn number(n: u32, form: char) -> String {
    let letter = |first: u8| {
        let at = u8::try_from(n.saturating_sub(1) % 26).unwrap_or(0);
        format!("{}.", char::from(first + at))
    };
    match form {
        'a' => letter(b'a'),
        'A' => letter(b'A'),
        _ => format!("{n}."),
    }
}

/// Tells whether a ground is one that white letters can be seen on.
fn paints(ground: &str) -> bool {
    let plain: String = ground.split_whitespace().collect();
    let nothing = ["", "none", "transparent", "initial", "inherit", "unset"];
    let is_clear = plain.starts_with("rgba(") && plain.ends_with(",0)");
    !nothing.contains(&&*plain) && !is_clear && !is_white(&plain)
}

/// Tells whether a colour is white to the eye.
fn is_white(colour: &str) -> bool {
    if let Some(code) = colour.strip_prefix('#') {
        let code = if code.len() >= 6 { &code[..6] } else { code };
        return matches!(code.len(), 3 | 6) && code.bytes().all(|it| it == b'f');
    }
    let inner = colour
        .strip_prefix("rgb(")
        .and_then(|it| it.strip_suffix(')'));
    colour == "white" || inner == Some("255,255,255")
}

//! The pieces of a paragraph.

use super::fields::{Field, Use};
use super::styles::{self, Words};
use super::walk::Walk;
use super::{drawing, math, paging, spoken, symbols};
use crate::diag::words;
use crate::import::losses::quoted;
use crate::import::model::{Height, Look, Paragraph, Piece, Run};
use crate::import::refusal::Refused;
use crate::import::xml::{self, Element};

/// Letters of so many points and fewer are no text that anybody reads.
const TINY: f32 = 3.0;
/// From this on in red, green and blue a colour is white to the eye.
const PALE: u8 = 0xF5;

/// Reads the children of a paragraph, or of what stands in one.
pub(super) fn walk<'s>(
    walk: &mut Walk<'s>,
    children: &'s [Element],
    words: &Words,
    to: &mut Paragraph,
) -> Result<(), Refused> {
    for child in children {
        inline(walk, child, words, to)?;
    }
    Ok(())
}

fn inline<'s>(
    walk: &mut Walk<'s>,
    element: &'s Element,
    looks: &Words,
    to: &mut Paragraph,
) -> Result<(), Refused> {
    match &*element.name {
        "r" => run(walk, element, looks, to)?,
        "ins" | "moveTo" => {
            walk.n_added += 1;
            self::walk(walk, &element.children, looks, to)?;
        }
        "del" => walk.deleted(element),
        "smartTag" | "customXml" | "sdtContent" | "dir" | "bdo" => {
            self::walk(walk, &element.children, looks, to)?;
        }
        "sdt" => {
            if let Some(content) = element.child("sdtContent")
                && !walk.is_left_out(element)
            {
                self::walk(walk, &content.children, looks, to)?;
            }
        }
        "AlternateContent" => {
            if let Some(chosen) = xml::chosen(element) {
                self::walk(walk, &chosen.children, looks, to)?;
            }
        }
        "hyperlink" => {
            let id = element.get("id");
            let target = id.and_then(|id| walk.source.relations.get(id));
            let target = target
                .filter(|it| it.is_outside)
                .map(|it| it.target.clone());
            let before = to.pieces.len();
            walk.apart = (walk.n_paragraphs, before);
            self::walk(walk, &element.children, looks, to)?;
            if let Some(target) = target {
                link(walk, target, before, to);
            }
        }
        "fldSimple" => {
            let code = element.get("instr").unwrap_or_default().to_owned();
            walk.fields.push(Field {
                code,
                ..Field::default()
            });
            separate(walk, to);
            self::walk(walk, &element.children, looks, to)?;
            end(walk, to);
        }
        "oMath" | "oMathPara" => walk.formula(element, to),
        _ => {}
    }
    Ok(())
}

/// Makes a link of the pieces from `before` on.
fn link(walk: &mut Walk, target: String, before: usize, to: &mut Paragraph) {
    let schemes = ["http://", "https://", "mailto:", "tel:"];
    let lower = target.to_ascii_lowercase();
    if !schemes.iter().any(|it| lower.starts_with(it)) {
        let place = walk.place.clone();
        walk.doc
            .losses
            .left_out(quoted("import-own-link", &target), &place);
        return;
    }
    let pieces = to.pieces.split_off(before.min(to.pieces.len()));
    // A note is a link of its own.
    let (notes, pieces): (Vec<Piece>, Vec<Piece>) =
        { pieces.into_iter() }.partition(|piece| matches!(piece, Piece::Note(_)));
    if !pieces.is_empty() {
        to.pieces.push(Piece::Link { target, pieces });
    }
    to.pieces.extend(notes);
}

fn run<'s>(
    walk: &mut Walk<'s>,
    run: &'s Element,
    around: &Words,
    to: &mut Paragraph,
) -> Result<(), Refused> {
    let properties = run.child("rPr");
    let mut looks = styles::words(properties);
    if let Some(style) = properties.and_then(|it| it.value("rStyle")) {
        looks.fill(&walk.source.styles.words(style));
    }
    // A colour of a style is only a look; one that was given to these words may say something.
    let own_colour = properties.and_then(|it| it.value("color")).is_some();
    looks.fill(around);
    looks.own_colour = own_colour;
    for child in &run.children {
        if &*child.name == "rPr" {
            continue;
        }
        if looks.hidden == Some(true) {
            field_mark(walk, child, to);
            hidden(walk, child);
            continue;
        }
        piece(walk, child, &looks, to)?;
    }
    Ok(())
}

fn hidden(walk: &mut Walk, element: &Element) {
    let text = match &*element.name {
        "t" => element.text.clone(),
        "drawing" | "pict" | "object" => spoken(element) + "□",
        _ => return,
    };
    if !text.trim().is_empty() && !is_silent(walk) {
        let place = walk.place.clone();
        walk.doc
            .losses
            .left_out(quoted("import-hidden", &text), &place);
    }
}

/// Tells whether what is met is no text: the code of a field, or a result that is left out.
fn is_silent(walk: &Walk) -> bool {
    let is_out = |field: &Field| {
        let usage = field.usage();
        !field.is_result || !matches!(usage, Use::Result | Use::Link(_) | Use::PageOf)
    };
    walk.fields.iter().any(is_out)
}

/// Follows where fields begin and end; tells whether `element` says so.
fn field_mark(walk: &mut Walk, element: &Element, to: &mut Paragraph) -> bool {
    match &*element.name {
        "fldChar" => match element.get("fldCharType") {
            Some("begin") => walk.fields.push(Field::begin(element)),
            Some("separate") => separate(walk, to),
            _ => end(walk, to),
        },
        "instrText" => {
            if let Some(field) = walk.fields.last_mut().filter(|it| !it.is_result) {
                field.code.push_str(&element.text);
            }
        }
        _ => return false,
    }
    true
}

fn separate(walk: &mut Walk, to: &Paragraph) {
    let begins = (walk.n_paragraphs, to.pieces.len());
    walk.apart = begins;
    let place = walk.place.clone();
    let Some(field) = walk.fields.last_mut() else {
        return;
    };
    field.is_result = true;
    field.begins = begins;
    if field.usage() == Use::Contents {
        walk.doc.losses.left_out(words("import-contents"), &place);
    }
}

fn end(walk: &mut Walk, to: &mut Paragraph) {
    let Some(field) = walk.fields.pop() else {
        return;
    };
    if is_silent(walk) {
        return;
    }
    let place = walk.place.clone();
    match field.usage() {
        Use::Tick => say(
            walk,
            to,
            if field.ticked == Some(true) {
                "☑"
            } else {
                "☐"
            },
            Look::default(),
        ),
        Use::Drawn(text) => {
            say(walk, to, &text, Look::default());
            walk.doc
                .losses
                .changed(quoted("import-drawn", &text), &place);
        }
        Use::Page => say(
            walk,
            to,
            paging::PAGE.encode_utf8(&mut [0; 4]),
            Look::default(),
        ),
        Use::PageOf => walk.doc.losses.changed(words("import-paper-page"), &place),
        Use::Link(target) if field.begins.0 == walk.n_paragraphs => {
            link(walk, target, field.begins.1, to);
        }
        _ => {}
    }
}

fn piece<'s>(
    walk: &mut Walk<'s>,
    element: &'s Element,
    looks: &Words,
    to: &mut Paragraph,
) -> Result<(), Refused> {
    if field_mark(walk, element, to) || is_silent(walk) {
        return Ok(());
    }
    match &*element.name {
        "t" => text(walk, &element.text, looks, to),
        "tab" | "ptab" => text(walk, "\t", looks, to),
        "br" if matches!(element.get("type"), None | Some("textWrapping")) => {
            to.pieces.push(Piece::Break);
        }
        "cr" => to.pieces.push(Piece::Break),
        "noBreakHyphen" => text(walk, "-", looks, to),
        "sym" => symbol(walk, element, looks, to),
        "ruby" => ruby(walk, element, to),
        "footnoteReference" | "endnoteReference" => note(walk, element, to),
        "drawing" => drawing::drawing(walk, element, to)?,
        "pict" => drawing::old(walk, element, to)?,
        "object" => {
            let place = walk.place.clone();
            let program = element.find("OLEObject").and_then(|it| it.get("ProgID"));
            let program = program.unwrap_or_default();
            let is_file = ["Word.", "Excel.", "Package", "WPS.", "ET."];
            let is_file = is_file.iter().any(|it| program.starts_with(it));
            let key = match is_file {
                true => "import-object-file",
                false => "import-object",
            };
            let what = quoted(key, program);
            walk.doc.losses.lost(what, &place);
        }
        "AlternateContent" => {
            if let Some(chosen) = xml::chosen(element) {
                for child in &chosen.children {
                    piece(walk, child, looks, to)?;
                }
            }
        }
        _ => {}
    }
    Ok(())
}

fn text(walk: &mut Walk, text: &str, looks: &Words, to: &mut Paragraph) {
    if looks.size.is_some_and(|size| size <= TINY) && !text.trim().is_empty() {
        let place = walk.place.clone();
        walk.doc
            .losses
            .left_out(quoted("import-tiny", text), &place);
        return;
    }
    let is_white = looks.colour.as_deref().is_some_and(is_white);
    if is_white && looks.shaded != Some(true) && !walk.is_shaded && !text.trim().is_empty() {
        let place = walk.place.clone();
        walk.doc
            .losses
            .left_out(quoted("import-white", text), &place);
        return;
    }
    let signs = looks
        .font
        .as_deref()
        .filter(|font| symbols::is_of_signs(font));
    if let Some(font) = signs {
        for c in text.chars() {
            sign(walk, font, u32::from(c), looks, to);
        }
        return;
    }
    // Signs of such a font keep their codes where the font is said elsewhere.
    let text: String = text.replace(['\n', '\r'], " ");
    shown(walk, &text, looks, to);
}

fn shown(walk: &mut Walk, text: &str, looks: &Words, to: &mut Paragraph) {
    if !text.trim().is_empty() {
        to.size = to.size.max(looks.size.unwrap_or(10.5));
    }
    let plain = ["auto", "000000"];
    let coloured = looks
        .colour
        .as_deref()
        .is_some_and(|it| looks.own_colour && !plain.contains(&it));
    let red = looks.colour.as_deref().is_some_and(is_red);
    let look = Look {
        on_ground: false,
        bold: looks.bold == Some(true),
        italic: looks.italic == Some(true),
        struck: looks.struck == Some(true),
        underlined: looks.underlined == Some(true),
        height: looks.height.unwrap_or(Height::Line),
        red,
        coloured: coloured && !walk.is_shaded && looks.shaded != Some(true),
        code: false,
    };
    say(walk, to, text, look);
}

/// Tells whether nobody sees a colour on paper: white, and what is all but white.
fn is_white(colour: &str) -> bool {
    let part = |at: usize| u8::from_str_radix(colour.get(at..at + 2)?, 16).ok();
    [0, 2, 4]
        .iter()
        .all(|at| part(*at).is_some_and(|it| it >= PALE))
}

fn is_red(colour: &str) -> bool {
    let part = |at: usize| u8::from_str_radix(colour.get(at..at + 2)?, 16).ok();
    matches!(
        (part(0), part(2), part(4)),
        (Some(170..), Some(..70), Some(..70))
    )
}

/// Adds words, to those before where they look the same and a link does not begin between.
fn say(walk: &Walk, to: &mut Paragraph, text: &str, look: Look) {
    let begins = walk.apart == (walk.n_paragraphs, to.pieces.len());
    if let Some(Piece::Text(last)) = to.pieces.last_mut()
        && last.look == look
        && !begins
    {
        last.text.push_str(text);
        return;
    }
    let text = text.to_owned();
    to.pieces.push(Piece::Text(Run { text, look }));
}

fn symbol(walk: &mut Walk, element: &Element, looks: &Words, to: &mut Paragraph) {
    let font = element.get("font").unwrap_or_default();
    let code = element
        .get("char")
        .and_then(|it| u32::from_str_radix(it, 16).ok());
    sign(walk, font, code.unwrap_or(0), looks, to);
}

fn sign(walk: &mut Walk, font: &str, code: u32, looks: &Words, to: &mut Paragraph) {
    match symbols::sign(font, code) {
        Some(sign) => shown(walk, &sign, looks, to),
        None => {
            shown(walk, "□", looks, to);
            let what = words("import-sign")
                .with("font", font)
                .with("code", format!("{code:04X}"));
            let place = walk.place.clone();
            walk.doc.losses.lost(what, &place);
        }
    }
}

fn ruby(walk: &Walk, element: &Element, to: &mut Paragraph) {
    let part = |name: &str| element.child(name).map(spoken).unwrap_or_default();
    let (base, sound) = (part("rubyBase"), part("rt"));
    match sound.trim().is_empty() {
        true => say(walk, to, &base, Look::default()),
        false => to.pieces.push(Piece::Ruby { base, sound }),
    }
}

fn note(walk: &mut Walk, element: &Element, to: &mut Paragraph) {
    let Some(id) = element.get("id").filter(|_| !walk.is_note) else {
        return;
    };
    let note = (&*element.name == "endnoteReference", id.to_owned());
    let known = walk.notes.iter().position(|it| *it == note);
    let at = known.unwrap_or(walk.notes.len());
    if known.is_none() {
        walk.notes.push(note);
    }
    to.pieces.push(Piece::Note(at));
}

impl Walk<'_> {
    /// Writes a formula on one line, and lists it.
    pub fn formula(&mut self, element: &Element, to: &mut Paragraph) {
        let text = math::line(element);
        if text.trim().is_empty() {
            return;
        }
        say(self, to, &text, Look::default());
        let place = self.place.clone();
        self.doc
            .losses
            .changed(quoted("import-formula", &text), &place);
    }
}

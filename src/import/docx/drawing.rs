//! Pictures and boxes of text, as new and as old programs write them.

use super::walk::Walk;
use crate::diag::words;
use crate::import::losses::quoted;
use crate::import::model::{Paragraph, Picture, Piece};
use crate::import::refusal::Refused;
use crate::import::xml::{Element, chosen};

/// English Metric Units in a centimetre.
const EMU: f32 = 360_000.0;
/// How many pictures a document may have.
const MOST: usize = 2_000;

/// Reads `w:drawing`.
pub(super) fn drawing<'s>(
    walk: &mut Walk<'s>,
    element: &'s Element,
    to: &mut Paragraph,
) -> Result<(), Refused> {
    let place = walk.place.clone();
    let properties = element.find("docPr");
    if properties.is_some_and(|it| matches!(it.get("hidden"), Some("1" | "true"))) {
        walk.doc
            .losses
            .left_out(words("import-hidden-picture"), &place);
        return Ok(());
    }
    let alt = properties.and_then(|it| it.get("descr").or_else(|| it.get("title")));
    let alt = alt.unwrap_or_default().to_owned();
    let size = element.find("extent").and_then(|it| {
        let side = |name: &str| Some(it.number::<f32>(name)? / EMU);
        side("cx").zip(side("cy"))
    });
    let uri = element.find("graphicData").and_then(|it| it.get("uri"));
    let uri = uri.unwrap_or_default();
    if uri.ends_with("/diagram") || uri.ends_with("/chart") || uri.contains("chartex") {
        let key = if uri.ends_with("/diagram") {
            "import-smart"
        } else {
            "import-chart"
        };
        let name = properties.and_then(|it| it.get("name")).unwrap_or_default();
        let named = if alt.is_empty() { name } else { &alt };
        walk.doc.losses.lost(quoted(key, named), &place);
        return Ok(());
    }
    let mut found = Found::default();
    gather(element, &mut found);
    let is_one = found.pictures.len() == 1;
    for picture in found.pictures {
        let own = picture.find("cNvPr").and_then(|it| it.get("descr"));
        let alt = if is_one && !alt.is_empty() {
            alt.as_str()
        } else {
            own.unwrap_or(&alt)
        };
        let Some(blip) = picture.find("blip") else {
            continue;
        };
        let crop = picture.find("srcRect");
        let side =
            |name: &str| crop.and_then(|it| it.number::<f32>(name)).unwrap_or(0.0) / 100_000.0;
        let form = picture.find("xfrm");
        let turn = form.and_then(|it| it.number::<f32>("rot")).unwrap_or(0.0);
        let quarters = (turn / 5_400_000.0).round().rem_euclid(4.0);
        let made = Picture {
            alt: alt.to_owned(),
            place: place.clone(),
            crop: [side("l"), side("t"), side("r"), side("b")],
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "0 to 3"
            )]
            quarters: quarters as u8,
            mirrored: form.is_some_and(|it| matches!(it.get("flipH"), Some("1" | "true"))),
            size: size.filter(|_| is_one),
            ..Picture::default()
        };
        let inside = blip.get("embed");
        add(walk, inside.or_else(|| blip.get("link")), made, to)?;
    }
    if found.n_shapes > 0 && found.boxes.is_empty() {
        walk.lost_shapes(found.n_shapes);
    }
    walk.boxes.extend(found.boxes);
    Ok(())
}

/// Reads `w:pict`, as programs wrote pictures before 2007 and WPS still does.
pub(super) fn old<'s>(
    walk: &mut Walk<'s>,
    element: &'s Element,
    to: &mut Paragraph,
) -> Result<(), Refused> {
    let mut found = Found::default();
    gather(element, &mut found);
    let place = walk.place.clone();
    for data in &found.data {
        let shape = element
            .children
            .iter()
            .find(|it| it.find("imagedata").is_some());
        let alt = shape.and_then(|it| it.get("alt"));
        let size = shape.and_then(|it| sides(it.get("style")?));
        let part = |name: &str| data.get(name).and_then(fraction).unwrap_or(0.0);
        let made = Picture {
            alt: alt
                .or_else(|| data.get("title"))
                .unwrap_or_default()
                .to_owned(),
            place: place.clone(),
            crop: [
                part("cropleft"),
                part("croptop"),
                part("cropright"),
                part("cropbottom"),
            ],
            size,
            ..Picture::default()
        };
        add(walk, data.get("id").or_else(|| data.get("relid")), made, to)?;
    }
    walk.boxes.extend(found.boxes);
    Ok(())
}

/// Reads a part of a whole in VML: 6554f are a tenth.
fn fraction(text: &str) -> Option<f32> {
    match text.strip_suffix('f') {
        Some(parts) => Some(parts.parse::<f32>().ok()? / 65_536.0),
        None => text.parse().ok(),
    }
}

/// Reads width and height in centimetres from a style of VML.
fn sides(style: &str) -> Option<(f32, f32)> {
    let side = |name: &str| {
        let mut all = style.split(';').filter_map(|it| it.split_once(':'));
        let (_, value) = all.find(|(key, _)| key.trim() == name)?;
        let value = value.trim();
        let cut = value.find(|c: char| c.is_ascii_alphabetic())?;
        let (number, unit) = value.split_at(cut);
        let number: f32 = number.parse().ok()?;
        Some(match unit {
            "cm" => number,
            "mm" => number / 10.0,
            "in" => number * 2.54,
            "px" => number * 2.54 / 96.0,
            _ => number * 2.54 / 72.0,
        })
    };
    side("width").zip(side("height"))
}

#[derive(Default)]
struct Found<'a> {
    pictures: Vec<&'a Element>,
    data: Vec<&'a Element>,
    boxes: Vec<&'a Element>,
    n_shapes: usize,
}

/// Finds pictures and boxes, none within another.
fn gather<'a>(element: &'a Element, found: &mut Found<'a>) {
    for child in &element.children {
        match &*child.name {
            "pic" => found.pictures.push(child),
            "imagedata" => found.data.push(child),
            "txbxContent" => found.boxes.push(child),
            "AlternateContent" => {
                if let Some(chosen) = chosen(child) {
                    gather(chosen, found);
                }
            }
            name => {
                found.n_shapes += usize::from(name == "wsp");
                gather(child, found);
            }
        }
    }
}

/// Adds a picture that the relation `id` leads to.
fn add(
    walk: &mut Walk,
    id: Option<&str>,
    mut picture: Picture,
    to: &mut Paragraph,
) -> Result<(), Refused> {
    let relation = id
        .and_then(|id| walk.source.relations.get(id))
        .filter(|_| !walk.is_note);
    let Some(relation) = relation else {
        walk.doc
            .losses
            .lost(words("import-no-picture"), &picture.place);
        return Ok(());
    };
    if walk.doc.pictures.len() >= MOST {
        return Err(Refused::Large);
    }
    let at = walk.doc.pictures.len();
    match relation.is_outside {
        true => picture.address = Some(relation.target.clone()),
        false => walk.wanted.push((at, relation.target.clone())),
    }
    walk.doc.pictures.push(picture);
    to.pieces.push(Piece::Picture(at));
    Ok(())
}

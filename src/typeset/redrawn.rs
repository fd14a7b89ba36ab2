//! A finished PDF from outside with outlines in the place of its type (转曲), drawn anew as SVG.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use hayro_svg::hayro_interpret::InterpreterSettings;
use hayro_svg::{RenderCache, SvgRenderSettings, convert};
use hayro_syntax::Pdf;
use lopdf::content::Content;
use lopdf::{Document, Object};

use super::outside::absent_fonts;

/// Returns the page of `pdf` without fonts; `None` where it has none to outline, does not carry all of them, or
/// is separated already: its inks are the shop's, and would not come through.
pub(super) fn redrawn(pdf: &[u8]) -> Option<Vec<u8>> {
    let document = Document::load_mem(pdf).ok()?;
    if !has_fonts(&document) || is_separated(&document) || !absent_fonts(pdf).is_empty() {
        return None;
    }
    let is_lacking = Arc::new(AtomicBool::new(false));
    let lacks = is_lacking.clone();
    let settings = InterpreterSettings {
        font_resolver: Arc::new(|_| None),
        cmap_resolver: Arc::new(|_| None),
        warning_sink: Arc::new(move |_| lacks.store(true, Ordering::Relaxed)),
        render_annotations: false,
    };
    let pdf = Pdf::new(pdf.to_vec()).ok()?;
    let pages = pdf.pages();
    let [page] = &pages[..] else { return None };
    let none = SvgRenderSettings {
        bg_color: [0, 0, 0, 0],
    };
    let svg = convert(page, &RenderCache::new(), &settings, &none);
    // What cannot be read whole is better left as it came.
    (!is_lacking.load(Ordering::Relaxed)).then(|| svg.into_bytes())
}

fn has_fonts(document: &Document) -> bool {
    let mut objects = document.objects.values();
    objects.any(|object| {
        let kind = object.as_dict().and_then(|it| it.get(b"Type"));
        kind.and_then(Object::as_name).is_ok_and(|it| it == b"Font")
    })
}

/// Tells whether some of it is in inks.
fn is_separated(document: &Document) -> bool {
    const INKS: [&[u8]; 3] = [b"DeviceCMYK", b"Separation", b"DeviceN"];
    fn names_inks(object: &Object) -> bool {
        match object {
            Object::Name(name) => INKS.contains(&name.as_slice()),
            Object::Array(items) => items.iter().any(names_inks),
            Object::Dictionary(dictionary) => dictionary.iter().any(|(_, it)| names_inks(it)),
            Object::Stream(stream) => {
                let four = stream.dict.get(b"N").and_then(Object::as_i64);
                four.is_ok_and(|n| n == 4) || stream.dict.iter().any(|(_, it)| names_inks(it))
            }
            _ => false,
        }
    }
    let paints_in_inks = |object: &Object| {
        let Object::Stream(stream) = object else {
            return false;
        };
        let is_picture = stream.dict.get(b"Subtype").and_then(Object::as_name);
        if is_picture.is_ok_and(|it| it == b"Image") || stream.dict.has(b"Length1") {
            return false;
        }
        let content = stream.get_plain_content();
        let content = content.and_then(|it| Content::decode(&it));
        content.is_ok_and(|content| {
            let mut operations = content.operations.iter();
            operations.any(|it| matches!(it.operator.as_str(), "k" | "K"))
        })
    };
    let mut objects = document.objects.values();
    objects.any(|object| names_inks(object) || paints_in_inks(object))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typeset::testing;

    #[test]
    fn a_page_without_fonts_or_in_inks_stays_as_it_came() {
        let bare = testing::pdf(297.0, 420.0, 1);
        assert!(redrawn(&bare).is_none());
        let mut document = Document::load_mem(&bare).expect("a PDF");
        document.add_object(lopdf::dictionary! { "Type" => "Font", "Subtype" => "Type3" });
        let write = |document: &mut Document| {
            let mut bytes = Vec::new();
            document.save_to(&mut bytes).expect("it can be written");
            bytes
        };
        let svg = redrawn(&write(&mut document)).expect("it has a font");
        let svg = String::from_utf8(svg).expect("it is text");
        assert!(svg.starts_with("<svg") && !svg.contains("<text"), "{svg}");
        let space = Object::Array(vec!["Separation".into(), "Gold".into()]);
        document.add_object(space);
        assert!(redrawn(&write(&mut document)).is_none());
    }
}

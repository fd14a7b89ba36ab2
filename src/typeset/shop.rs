//! A sheet as a print shop takes it: with bleed, crop and registration marks and a slug line.
//!
//! The sheet is the layout's own frame, so its type stays type and its tags stay tags. Typst
//! writes no BleedBox and knows no marks; both are added here.

use lopdf::{Document, Object};
use serde::Serialize;
use typst::layout::{Abs, Frame, FrameItem, GroupItem, Point};
use typst::syntax::Span;
use typst::visualize::{Curve, Geometry};
use typst_layout::{Page, PagedDocument};

use super::outlines::outlined;
use super::{Compiled, Engine, Failure, Files, Press};
use crate::site::{Millimetres, Size};

/// What stands round the sheet, and its name in the layouts' world.
const MARKS: &str = include_str!("shop.typ");
const MARKS_MAIN: &str = "/shop/main.typ";
/// The margin beyond the bleed that marks and slug line take, in mm.
const AROUND: Millimetres = 12.0;
/// Points in a millimetre.
const POINTS: f64 = 72.0 / 25.4;

/// What is printed round a sheet.
#[derive(Serialize)]
struct Marks<'a> {
    width: Millimetres,
    height: Millimetres,
    bleed: Millimetres,
    around: Millimetres,
    slug: &'a str,
    font: &'a str,
}

impl Engine {
    /// Makes a PDF for a print shop of `sheet`, which is larger than its cut size `trim` by
    /// `bleed` mm all round; `slug` names it below the cut.
    ///
    /// # Errors
    /// Where the marks cannot be set, or a picture cannot be put into a PDF.
    pub(super) fn shop(
        &self,
        sheet: &Compiled,
        trim: Size,
        bleed: Millimetres,
        slug: &str,
        press: &Press,
        (title, ident): (&str, &str),
    ) -> Result<Vec<u8>, Box<Failure>> {
        let font = self.theme().tokens.pointer("/font/sans");
        let marks = Marks {
            width: trim.width,
            height: trim.height,
            bleed,
            around: AROUND,
            slug,
            font: font
                .and_then(serde_json::Value::as_str)
                .unwrap_or("Noto Sans SC"),
        };
        let data = serde_json::to_vec(&marks).expect("only text and numbers");
        let marks = self.compile_own(MARKS_MAIN, MARKS, data, &Files::new())?;
        let mut whole = surround(sheet, &marks, press.outlines)?;
        let pdf = whole.pdf(title, ident)?;
        finished(&pdf, trim, bleed, press).map_err(|error| Failure::new(error.to_string()))
    }
}

/// Lays the page of `sheet`, cut at its bleed, under the marks.
fn surround(sheet: &Compiled, marks: &Compiled, outlines: bool) -> Result<Compiled, Box<Failure>> {
    let none = || Failure::new("no page".to_owned());
    let inner = sheet.first_page().ok_or_else(none)?;
    let outer = marks.first_page().ok_or_else(none)?;
    let size = inner.frame.size();
    let mut ground = inner.frame.clone();
    if let Some(fill) = inner.fill_or_transparent() {
        let shape = Geometry::Rect(size).filled(fill);
        ground.prepend(Point::zero(), FrameItem::Shape(shape, Span::detached()));
    }
    let mut group = GroupItem::new(ground);
    group.clip = Some(Curve::rect(size));
    let edge = Abs::mm(AROUND);
    let mut frame = Frame::hard(outer.frame.size());
    frame.push(Point::new(edge, edge), FrameItem::Group(group));
    frame.push_frame(Point::zero(), outer.frame.clone());
    if outlines {
        frame = outlined(&frame);
    }
    let page = Page {
        frame,
        ..outer.clone()
    };
    Ok(sheet.remade(PagedDocument::new(
        std::iter::once(page).collect(),
        sheet.info(),
    )))
}

/// Writes into the page of `pdf` where it is cut and how far its ground goes, and its colours in
/// the inks of `press`.
fn finished(pdf: &[u8], trim: Size, bleed: Millimetres, press: &Press) -> lopdf::Result<Vec<u8>> {
    let mut document = Document::load_mem(pdf)?;
    let edge = (AROUND + bleed) * POINTS;
    let (width, height) = (trim.width * POINTS, trim.height * POINTS);
    let rect = |out: f64| {
        let sides = [
            edge - out,
            edge - out,
            edge + width + out,
            edge + height + out,
        ];
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a PDF holds no finer numbers"
        )]
        let numbers = sides.map(|side| Object::Real(side as f32));
        Object::Array(numbers.to_vec())
    };
    let pages: Vec<_> = document.get_pages().into_values().collect();
    for id in pages {
        let page = document.get_object_mut(id)?.as_dict_mut()?;
        page.set("TrimBox", rect(0.0));
        page.set("BleedBox", rect(bleed * POINTS));
    }
    if let Some(inks) = &press.inks {
        inks.apply(&mut document)?;
    }
    let mut bytes = Vec::new();
    document.save_to(&mut bytes)?;
    Ok(bytes)
}

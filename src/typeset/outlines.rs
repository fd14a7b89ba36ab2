//! Type as outlines (转曲), for shops that cannot take fonts.

use ttf_parser::{GlyphId, OutlineBuilder};
use typst::layout::{Abs, Frame, FrameItem, Point};
use typst::syntax::Span;
use typst::text::TextItem;
use typst::visualize::{Curve, FillRule, Geometry, Shape};

/// Returns `frame` with the outlines of its glyphs in the place of its type.
pub(super) fn outlined(frame: &Frame) -> Frame {
    let mut outlined_frame = Frame::new(frame.size(), frame.kind());
    for (at, item) in frame.items() {
        let item = match item {
            FrameItem::Group(group) => {
                let mut group = group.clone();
                group.frame = outlined(&group.frame);
                FrameItem::Group(group)
            }
            FrameItem::Text(text) => FrameItem::Shape(shape(text), Span::detached()),
            other => other.clone(),
        };
        outlined_frame.push(*at, item);
    }
    outlined_frame
}

/// The glyphs of a run of type as one shape.
fn shape(text: &TextItem) -> Shape {
    let face = text.font.ttf();
    let mut pen = Pen {
        curve: Curve::new(),
        scale: text.size / f64::from(face.units_per_em()),
        origin: Point::zero(),
        last: (0.0, 0.0),
    };
    let mut cursor = Point::zero();
    for glyph in &text.glyphs {
        let offset = Point::new(glyph.x_offset.at(text.size), -glyph.y_offset.at(text.size));
        pen.origin = cursor + offset;
        face.outline_glyph(GlyphId(glyph.id), &mut pen);
        cursor += Point::new(
            glyph.x_advance.at(text.size),
            -glyph.y_advance.at(text.size),
        );
    }
    Shape {
        geometry: Geometry::Curve(pen.curve),
        fill: Some(text.fill.clone()),
        fill_rule: FillRule::NonZero,
        stroke: text.stroke.clone(),
    }
}

/// Draws glyphs, in a font's units with y upwards, on a curve with y downwards.
struct Pen {
    curve: Curve,
    /// The length of a font's unit.
    scale: Abs,
    /// Where the glyph stands.
    origin: Point,
    /// Where the pen is, in the font's units.
    last: (f32, f32),
}

impl Pen {
    fn point(&self, (x, y): (f32, f32)) -> Point {
        let offset = Point::new(self.scale * f64::from(x), self.scale * -f64::from(y));
        self.origin + offset
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.last = (x, y);
        self.curve.move_(self.point((x, y)));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.last = (x, y);
        self.curve.line(self.point((x, y)));
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        // The same bend with two handles: each two thirds of the way to the one.
        let near = |from: (f32, f32)| {
            let third = |from: f32, to: f32| from + (to - from) * 2.0 / 3.0;
            (third(from.0, x1), third(from.1, y1))
        };
        let (first, second) = (near(self.last), near((x, y)));
        self.curve_to(first.0, first.1, second.0, second.1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.last = (x, y);
        let (first, second) = (self.point((x1, y1)), self.point((x2, y2)));
        self.curve.cubic(first, second, self.point((x, y)));
    }

    fn close(&mut self) {
        self.curve.close();
    }
}

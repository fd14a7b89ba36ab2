//! What lies on a set page: runs of type, pictures, codes, and the grounds that they lie on.

use typst::layout::{Abs, Frame, FrameItem, Point, Transform};
use typst::text::TextItem;
use typst::visualize::{Color, Geometry, Image, ImageKind, Paint, Shape};
use typst_layout::Page;

use crate::site::Millimetres;

/// A rectangle on the page in mm.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rect {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

impl Rect {
    /// Returns the rectangle round the corners of what lies between `a` and `b` before `by`.
    fn of(a: Point, b: Point, by: Transform) -> Self {
        let corners = [a, b, Point::new(a.x, b.y), Point::new(b.x, a.y)];
        let corners = corners.map(|corner| corner.transform(by));
        let fold = |pick: fn(&Point) -> Abs, best: fn(f64, f64) -> f64, start: f64| {
            let sides = corners.iter().map(|corner| pick(corner).to_mm());
            sides.fold(start, best)
        };
        Self {
            left: fold(|p| p.x, f64::min, f64::INFINITY),
            top: fold(|p| p.y, f64::min, f64::INFINITY),
            right: fold(|p| p.x, f64::max, f64::NEG_INFINITY),
            bottom: fold(|p| p.y, f64::max, f64::NEG_INFINITY),
        }
    }

    /// Returns the whole of a page.
    pub(super) fn of_frame(frame: &Frame) -> Self {
        let far = Point::new(frame.width(), frame.height());
        Self::of(Point::zero(), far, Transform::identity())
    }

    pub(super) fn area(&self) -> f64 {
        (self.right - self.left).max(0.0) * (self.bottom - self.top).max(0.0)
    }

    pub(super) fn common(&self, other: &Self) -> f64 {
        let common = Self {
            left: self.left.max(other.left),
            top: self.top.max(other.top),
            right: self.right.min(other.right),
            bottom: self.bottom.min(other.bottom),
        };
        common.area()
    }

    pub(super) fn is_within(&self, other: &Self) -> bool {
        self.left >= other.left
            && self.top >= other.top
            && self.right <= other.right
            && self.bottom <= other.bottom
    }

    /// Returns what `self` and `clip` have in common.
    fn within(self, clip: Option<Self>) -> Self {
        clip.map_or(self, |clip| Self {
            left: self.left.max(clip.left),
            top: self.top.max(clip.top),
            right: self.right.min(clip.right),
            bottom: self.bottom.min(clip.bottom),
        })
    }

    pub(super) fn centre(&self) -> (f64, f64) {
        (
            f64::midpoint(self.left, self.right),
            f64::midpoint(self.top, self.bottom),
        )
    }

    pub(super) fn holds(&self, (x, y): (f64, f64)) -> bool {
        self.left <= x && x <= self.right && self.top <= y && y <= self.bottom
    }
}

/// A run of type.
pub(super) struct Run {
    pub(super) rect: Rect,
    pub(super) text: String,
    pub(super) height: Millimetres,
    /// The middles of its letters.
    pub(super) letters: Vec<(f64, f64)>,
    /// Whether a picture lies under or over some of them.
    pub(super) on_picture: bool,
    /// Its contrast with its ground, where both are plain colours.
    pub(super) contrast: Option<f64>,
}

/// A picture of pixels.
pub(super) struct Raster {
    pub(super) rect: Rect,
    pub(super) alt: String,
    pub(super) pixels: (u32, u32),
}

/// What lies on a page.
#[derive(Default)]
pub(super) struct Inventory {
    pub(super) runs: Vec<Run>,
    pub(super) rasters: Vec<Raster>,
    /// QR codes with their quiet zones, and how many modules they are wide.
    pub(super) codes: Vec<(Rect, f64)>,
    /// Grounds in the order of drawing.
    pub(super) grounds: Vec<(Rect, Ground)>,
}

/// What type may lie on.
pub(super) enum Ground {
    Plain(Color),
    Picture,
    /// A code, which has its own rule, or a fill of many colours.
    Other,
}

impl Inventory {
    /// Looks at all that lies on `page`.
    pub(super) fn of(page: &Page) -> Self {
        let mut inventory = Self::default();
        if let Some(Paint::Solid(fill)) = page.fill_or_white() {
            let whole = Rect::of_frame(&page.frame);
            inventory.grounds.push((whole, Ground::Plain(fill)));
        }
        inventory.take(&page.frame, Transform::identity(), None);
        inventory
    }

    fn take(&mut self, frame: &Frame, by: Transform, clip: Option<Rect>) {
        for (at, item) in frame.items() {
            let by = by.pre_concat(Transform::translate(at.x, at.y));
            match item {
                FrameItem::Group(group) => {
                    let by = by.pre_concat(group.transform);
                    // What is turned is a mark over the sheet and no part of its text.
                    if by.kx.is_zero() && by.ky.is_zero() {
                        let own = group.clip.as_ref().map(|curve| {
                            let bounds = curve.bbox(None);
                            Rect::of(bounds.min, bounds.max, by).within(clip)
                        });
                        self.take(&group.frame, by, own.or(clip));
                    }
                }
                FrameItem::Text(run) => self.take_run(run, by),
                FrameItem::Shape(shape, _) => self.take_shape(shape, by, clip),
                FrameItem::Image(image, size, _) => {
                    let whole = Rect::of(Point::zero(), Point::new(size.x, size.y), by);
                    self.take_image(image, whole, clip);
                }
                FrameItem::Link(..) | FrameItem::Tag(_) => {}
            }
        }
    }

    fn take_shape(&mut self, shape: &Shape, by: Transform, clip: Option<Rect>) {
        let Some(fill) = &shape.fill else {
            return;
        };
        let size = match &shape.geometry {
            Geometry::Line(to) => *to,
            Geometry::Rect(size) => size.to_point(),
            Geometry::Curve(curve) => curve.bbox(None).max,
        };
        let ground = match fill {
            Paint::Solid(colour) => Ground::Plain(colour.clone()),
            _ => Ground::Other,
        };
        let rect = Rect::of(Point::zero(), size, by).within(clip);
        self.grounds.push((rect, ground));
    }

    fn take_image(&mut self, image: &Image, whole: Rect, clip: Option<Rect>) {
        let rect = whole.within(clip);
        let modules = match image.kind() {
            ImageKind::Svg(svg) => modules(svg.data()),
            _ => None,
        };
        if let Some(modules) = modules {
            self.codes.push((rect, modules));
            self.grounds.push((rect, Ground::Other));
            return;
        }
        for run in &mut self.runs {
            run.on_picture |= run.letters.iter().any(|letter| rect.holds(*letter));
        }
        self.grounds.push((rect, Ground::Picture));
        if let ImageKind::Raster(raster) = image.kind() {
            self.rasters.push(Raster {
                rect: whole,
                alt: image.alt().unwrap_or_default().to_owned(),
                pixels: (raster.width(), raster.height()),
            });
        }
    }

    fn take_run(&mut self, run: &TextItem, by: Transform) {
        if run.text.trim().is_empty() {
            return;
        }
        let bbox = run.bbox();
        let (a, b) = (bbox.min, bbox.max);
        if !(a.x.to_mm().is_finite() && b.x.to_mm().is_finite()) {
            return;
        }
        let rect = Rect::of(a, b, by);
        let letters = letters(run, &rect, by);
        let contrast = match (&run.fill, self.ground(rect.centre())) {
            (Paint::Solid(fill), Some(Ground::Plain(ground))) => Some(contrast(fill, ground)),
            _ => None,
        };
        let on_picture =
            (letters.iter()).any(|letter| matches!(self.ground(*letter), Some(Ground::Picture)));
        self.runs.push(Run {
            rect,
            text: run.text.to_string(),
            height: run.size.to_mm(),
            letters,
            on_picture,
            contrast,
        });
    }

    /// Returns what lies uppermost at a point.
    fn ground(&self, at: (f64, f64)) -> Option<&Ground> {
        let found = self.grounds.iter().rev().find(|(rect, _)| rect.holds(at));
        found.map(|(_, ground)| ground)
    }
}

/// Returns the middles of the letters of `run`, which lies in `rect`.
fn letters(run: &TextItem, rect: &Rect, by: Transform) -> Vec<(f64, f64)> {
    let (_, middle) = rect.centre();
    let mut cursor = Abs::zero();
    let mut letters = Vec::with_capacity(run.glyphs.len());
    for glyph in &run.glyphs {
        let advance = glyph.x_advance.at(run.size);
        let at = Point::with_x(cursor + advance / 2.0).transform(by);
        if !run.text[glyph.range()].trim().is_empty() {
            letters.push((at.x.to_mm(), middle));
        }
        cursor += advance;
    }
    letters
}

/// How many modules a QR code is wide with its quiet zone, if `svg` is one: it is drawn from four
/// modules left of and above its first one.
fn modules(svg: &[u8]) -> Option<f64> {
    let head = std::str::from_utf8(svg.get(..svg.len().min(120))?).ok()?;
    let (_, rest) = head.split_once("viewBox='-4 -4 ")?;
    rest.split([' ', '\'']).next()?.parse().ok()
}

/// Returns the contrast of two colours by the formula of WCAG 2.2, from 1 to 21.
fn contrast(a: &Color, b: &Color) -> f64 {
    let luminance = |colour: &Color| {
        let rgb = colour.to_rgb();
        let linear = |channel: f32| {
            let channel = f64::from(channel);
            match channel <= 0.03928 {
                true => channel / 12.92,
                false => ((channel + 0.055) / 1.055).powf(2.4),
            }
        };
        0.2126 * linear(rgb.red) + 0.7152 * linear(rgb.green) + 0.0722 * linear(rgb.blue)
    };
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

//! A set page looked at again: what a print shop's preflight would find, and what would show that
//! a layout went wrong.

use typst::layout::{Abs, Frame, FrameItem, Point, Transform};
use typst::visualize::{Color, Geometry, ImageKind, Paint};
use typst_layout::Page;

use super::{Finding, Spot};
use crate::site::{Area, Millimetres};

/// Type nearer to the edge of what can be seen than this share of the shorter side, and 3 mm at
/// least, may be cut or hidden.
///
/// Source: print shops ask for a safe margin of 3 to 5 mm.
const SAFE_SHARE: f64 = 0.02;
const SAFE_LEAST: Millimetres = 3.0;
/// The smallest type of any sheet: the height of a character in mm.
///
/// Source: art-direction, "Legibility is judged by role".
const LEAST_TYPE: Millimetres = 3.5;
/// Contrast that large and bold type must have at least; smaller type is set in colours that have
/// more by the tokens.
///
/// Source: WCAG 2.2, 1.4.3.
const LEAST_CONTRAST: f64 = 3.0;
/// Runs may touch by this share of the smaller one: italics and brackets reach over.
const TOUCH: f64 = 0.06;
/// Resolution wanted of pictures at one metre, in dots an inch; in the hand twice that.
///
/// Source: 300 dpi in the hand; guides of Chinese print shops ask for 150 dpi at 600×800 mm and 96
/// at 1200×2000 mm, which are read from 1 and 2 m.
const DPI_AT_A_METRE: f64 = 150.0;
const DPI_MOST: f64 = 300.0;
const DPI_LEAST: f64 = 72.0;

/// The least side of a QR code's module that phones read at arm's length, in mm.
///
/// Source: QR codes are printed with modules of 0.4 mm and more where they are scanned by phones.
const LEAST_MODULE: Millimetres = 0.4;

/// A rectangle on the page in mm.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Rect {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
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

    fn area(&self) -> f64 {
        (self.right - self.left).max(0.0) * (self.bottom - self.top).max(0.0)
    }

    fn common(&self, other: &Self) -> f64 {
        let common = Self {
            left: self.left.max(other.left),
            top: self.top.max(other.top),
            right: self.right.min(other.right),
            bottom: self.bottom.min(other.bottom),
        };
        common.area()
    }

    fn is_within(&self, other: &Self) -> bool {
        self.left >= other.left
            && self.top >= other.top
            && self.right <= other.right
            && self.bottom <= other.bottom
    }

    fn holds_centre_of(&self, other: &Self) -> bool {
        let (x, y) = (
            f64::midpoint(other.left, other.right),
            f64::midpoint(other.top, other.bottom),
        );
        self.left <= x && x <= self.right && self.top <= y && y <= self.bottom
    }
}

/// A run of type.
struct Run {
    rect: Rect,
    text: String,
    height: Millimetres,
    /// Its contrast with its ground, where both are plain colours.
    contrast: Option<f64>,
}

/// A picture of pixels.
struct Raster {
    rect: Rect,
    alt: String,
    pixels: (u32, u32),
}

/// What lies on a page.
#[derive(Default)]
struct Inventory {
    runs: Vec<Run>,
    rasters: Vec<Raster>,
    /// QR codes with their quiet zones, and how many modules they are wide.
    codes: Vec<(Rect, f64)>,
    /// Grounds in the order of drawing; `None` for a picture, whose colours are not known.
    grounds: Vec<(Rect, Option<Color>)>,
}

/// Returns what is not as it must be on `page`, set for `spot`.
pub(super) fn findings(page: &Page, spot: &Spot) -> Vec<Finding> {
    let mut inventory = Inventory::default();
    if let Some(Paint::Solid(fill)) = page.fill_or_white() {
        let far = Point::new(page.frame.width(), page.frame.height());
        let whole = Rect::of(Point::zero(), far, Transform::identity());
        inventory.grounds.push((whole, Some(fill)));
    }
    inventory.take(&page.frame, Transform::identity());
    if spot.area.is_strip() {
        // It has no margins, and its lamps are looked at one by one.
        return Vec::new();
    }
    let mut findings = inventory.outside(page, spot);
    findings.extend(wrong_size(page, spot));
    findings.extend(inventory.covered_codes());
    findings.extend(inventory.overlaps());
    findings.extend(inventory.runs.iter().filter_map(|run| run.faint()));
    if let Area::Sheet { .. } = spot.area {
        findings.extend(inventory.runs.iter().filter_map(Run::tiny));
        findings.extend(inventory.fine_codes());
        let wanted = wanted_dpi(spot.distance);
        let rasters = inventory.rasters.iter();
        findings.extend(rasters.filter_map(|raster| raster.coarse(wanted)));
    }
    findings
}

/// Returns the resolution that a picture wants which is read from `distance` metres.
pub fn wanted_dpi(distance: f64) -> f64 {
    (DPI_AT_A_METRE / distance.max(0.1)).clamp(DPI_LEAST, DPI_MOST)
}

impl Inventory {
    fn take(&mut self, frame: &Frame, by: Transform) {
        for (at, item) in frame.items() {
            let by = by.pre_concat(Transform::translate(at.x, at.y));
            match item {
                FrameItem::Group(group) => {
                    let by = by.pre_concat(group.transform);
                    // What is turned is a mark over the sheet and no part of its text.
                    if by.kx.is_zero() && by.ky.is_zero() {
                        self.take(&group.frame, by);
                    }
                }
                FrameItem::Text(run) => self.take_run(run, by),
                FrameItem::Shape(shape, _) => {
                    if let Some(fill) = &shape.fill {
                        let size = match &shape.geometry {
                            Geometry::Line(to) => *to,
                            Geometry::Rect(size) => size.to_point(),
                            Geometry::Curve(curve) => curve.bbox(None).max,
                        };
                        let colour = match fill {
                            Paint::Solid(colour) => Some(colour.clone()),
                            _ => None,
                        };
                        let rect = Rect::of(Point::zero(), size, by);
                        self.grounds.push((rect, colour));
                    }
                }
                FrameItem::Image(image, size, _) => {
                    let rect = Rect::of(Point::zero(), Point::new(size.x, size.y), by);
                    self.grounds.push((rect, None));
                    if let ImageKind::Svg(svg) = image.kind()
                        && let Some(modules) = modules(svg.data())
                    {
                        self.codes.push((rect, modules));
                    }
                    if let ImageKind::Raster(raster) = image.kind() {
                        self.rasters.push(Raster {
                            rect,
                            alt: image.alt().unwrap_or_default().to_owned(),
                            pixels: (raster.width(), raster.height()),
                        });
                    }
                }
                FrameItem::Link(..) | FrameItem::Tag(_) => {}
            }
        }
    }

    fn take_run(&mut self, run: &typst::text::TextItem, by: Transform) {
        if run.text.trim().is_empty() {
            return;
        }
        let bbox = run.bbox();
        let (a, b) = (bbox.min, bbox.max);
        if !(a.x.to_mm().is_finite() && b.x.to_mm().is_finite()) {
            return;
        }
        let rect = Rect::of(a, b, by);
        let ground = self.grounds.iter().rev();
        let ground = ground.into_iter().find(|(it, _)| it.holds_centre_of(&rect));
        let contrast = match (&run.fill, ground) {
            (Paint::Solid(fill), Some((_, Some(ground)))) => Some(contrast(fill, ground)),
            _ => None,
        };
        self.runs.push(Run {
            rect,
            text: run.text.to_string(),
            height: run.size.to_mm(),
            contrast,
        });
    }

    /// Finds type that leaves what can safely be seen; the visible part is centred on the page.
    fn outside(&self, page: &Page, spot: &Spot) -> Vec<Finding> {
        let visible = spot.area.visible();
        let (width, height) = (page.frame.width().to_mm(), page.frame.height().to_mm());
        let margin = (visible.width.min(visible.height) * SAFE_SHARE).max(SAFE_LEAST);
        let safe = Rect {
            left: (width - visible.width) / 2.0 + margin,
            top: (height - visible.height) / 2.0 + margin,
            right: f64::midpoint(width, visible.width) - margin,
            bottom: f64::midpoint(height, visible.height) - margin,
        };
        let out = self.runs.iter().filter(|run| !run.rect.is_within(&safe));
        out.map(|run| Finding::Outside {
            text: run.text.clone(),
        })
        .collect()
    }

    fn covered_codes(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (code, _) in &self.codes {
            let on = |run: &&Run| run.rect.common(code) > TOUCH * run.rect.area();
            findings.extend(self.runs.iter().filter(on).map(|run| Finding::CoveredCode {
                text: run.text.clone(),
            }));
        }
        findings
    }

    fn fine_codes(&self) -> impl Iterator<Item = Finding> {
        self.codes.iter().filter_map(|(code, modules)| {
            let module = (code.right - code.left) / modules;
            (module < LEAST_MODULE).then_some(Finding::FineCode { module })
        })
    }

    fn overlaps(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (at, upper) in self.runs.iter().enumerate() {
            for lower in &self.runs[..at] {
                let smaller = upper.rect.area().min(lower.rect.area());
                if upper.rect.common(&lower.rect) > TOUCH * smaller {
                    findings.push(Finding::Overlap {
                        lower: lower.text.clone(),
                        upper: upper.text.clone(),
                    });
                }
            }
        }
        findings
    }
}

/// Finds a layout that sets a sheet of its own size; 0.1 mm are nothing.
fn wrong_size(page: &Page, spot: &Spot) -> Option<Finding> {
    let (width, height) = (page.frame.width().to_mm(), page.frame.height().to_mm());
    let size = spot.area.size();
    let more = 2.0 * spot.look.bleed;
    let off = (width - size.width - more)
        .abs()
        .max((height - size.height - more).abs());
    (off > 0.1).then_some(Finding::Size { width, height })
}

/// How many modules a QR code is wide with its quiet zone, if `svg` is one: it is drawn from four
/// modules left of and above its first one.
fn modules(svg: &[u8]) -> Option<f64> {
    let head = std::str::from_utf8(svg.get(..svg.len().min(120))?).ok()?;
    let (_, rest) = head.split_once("viewBox='-4 -4 ")?;
    rest.split([' ', '\'']).next()?.parse().ok()
}

impl Run {
    fn faint(&self) -> Option<Finding> {
        let contrast = self.contrast.filter(|it| *it < LEAST_CONTRAST)?;
        Some(Finding::Faint {
            text: self.text.clone(),
            contrast,
        })
    }

    fn tiny(&self) -> Option<Finding> {
        (self.height < LEAST_TYPE - 0.05).then(|| Finding::Tiny {
            text: self.text.clone(),
            height: self.height,
        })
    }
}

impl Raster {
    fn coarse(&self, wanted: f64) -> Option<Finding> {
        let inches = (
            (self.rect.right - self.rect.left) / 25.4,
            (self.rect.bottom - self.rect.top) / 25.4,
        );
        let dpi = (f64::from(self.pixels.0) / inches.0).min(f64::from(self.pixels.1) / inches.1);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a sheet has some thousand pixels a side"
        )]
        let pixels = |inches: f64| (inches * wanted).ceil() as u32;
        // A tenth less is seen by nobody.
        (dpi < 0.9 * wanted).then(|| Finding::Coarse {
            alt: self.alt.clone(),
            pixels: self.pixels,
            wanted: (pixels(inches.0), pixels(inches.1)),
            dpi,
        })
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Language;
    use crate::site::{Light, Size};
    use crate::typeset::{Files, Look, testing};

    /// Sets `text` as an A4 of its own and looks it over, read from one metre.
    fn found(text: &str, files: &Files) -> Vec<String> {
        let size = Size::new(210.0, 297.0);
        let spot = Spot {
            area: Area::Sheet {
                size,
                visible: size,
            },
            distance: 1.0,
            light: Light::Good,
            glass: false,
            look: Look::default(),
        };
        let page = "#set page(width: 210mm, height: 297mm, margin: 0mm)\n\
                    #set text(font: \"Noto Sans SC\", size: 10mm)\n\
                    #let at(x, y, body) = place(top + left, dx: x, dy: y, body)\n";
        let text = format!("{page}{text}");
        let compiled = testing::engine().compile_own("/test.typ", &text, Vec::new(), files);
        let compiled = compiled.unwrap_or_else(|failure| panic!("{failure:?}"));
        let findings = compiled.findings(&spot);
        findings
            .iter()
            .map(|it| it.words().say(Language::Chinese))
            .collect()
    }

    #[test]
    fn a_sound_sheet_has_no_findings() {
        let text = "#at(20mm, 20mm)[标题]\n#at(20mm, 32mm)[正文]";
        assert!(found(text, &Files::new()).is_empty());
    }

    #[test]
    fn type_that_went_wrong_is_found() {
        let said = |text| found(text, &Files::new()).join("\n");
        assert_eq!(
            said("#at(1mm, 20mm)[边上]"),
            "“边上”离边太近，会被裁掉或压住"
        );
        assert_eq!(
            said("#at(20mm, 20mm)[上]\n#at(20mm, 24mm)[下]"),
            "“下”叠在“上”上"
        );
        assert_eq!(
            said(
                "#at(20mm, 20mm, rect(width: 50mm, height: 20mm, fill: rgb(\"#E9A23B\")))\n\
                  #at(24mm, 24mm, text(fill: white)[淡])"
            ),
            "“淡”和底色太接近，对比度只有 2.2"
        );
        assert_eq!(
            said("#at(20mm, 20mm, text(size: 3mm)[小])"),
            "“小”只有 3.0 毫米高"
        );
    }

    #[test]
    fn codes_that_cannot_be_scanned_are_found() {
        let code = |width: &str| {
            format!(
                "#at(20mm, 20mm, image(bytes(\"<svg xmlns='http://www.w3.org/2000/svg' \
                 viewBox='-4 -4 33 33'><path d='M0 0h25v25H0z'/></svg>\"), format: \"svg\", \
                 width: {width}, alt: \"码\"))"
            )
        };
        let said = |text: &str| found(text, &Files::new()).join("\n");
        assert_eq!(said(&code("33mm")), "");
        assert_eq!(
            said(&code("9.9mm")),
            "二维码太小，一个小方块只有 0.30 毫米，扫不出来"
        );
        let covered = format!("{}\n#at(48mm, 30mm)[扫码]", code("33mm"));
        assert_eq!(said(&covered), "“扫码”压住了二维码或它四周的白边");
    }

    #[test]
    fn a_sheet_of_another_size_than_its_slot_is_found() {
        let said = found(
            "#set page(width: 200mm)\n#at(20mm, 20mm)[标题]",
            &Files::new(),
        );
        assert_eq!(said, ["纸面是 200.0×297.0 mm，和版面的尺寸不一样"]);
    }

    #[test]
    fn a_picture_of_few_pixels_is_coarse_where_it_is_large() {
        let raster = crate::typeset::raster::Raster {
            rgba: vec![0; 4 * 600 * 400],
            size: (600, 400),
        };
        let png = raster.png().unwrap_or_else(|failure| panic!("{failure:?}"));
        let files = Files::from([("/a.png".to_owned(), png.bytes.into())]);
        let at = |width| {
            let text = format!("#image(\"/a.png\", width: {width}mm, alt: \"楼\")");
            found(&text, &files)
        };
        assert!(at(100).is_empty());
        assert_eq!(at(200), ["“楼”每英寸只有 76 点"]);
    }

    #[test]
    fn the_farther_a_picture_is_seen_the_fewer_pixels_it_wants() {
        let wanted = [0.3, 1.0, 1.5, 5.0].map(wanted_dpi);
        assert_eq!(wanted, [300.0, 150.0, 100.0, 72.0]);
    }
}

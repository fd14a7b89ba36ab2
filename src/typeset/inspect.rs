//! A set page looked at again: what a print shop's preflight would find, and what would show that
//! a layout went wrong.

use typst_layout::Page;

use super::inventory::{Inventory, Raster, Rect, Run};
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

/// Returns what is not as it must be on `page`, set for `spot`.
pub(super) fn findings(page: &Page, spot: &Spot) -> Vec<Finding> {
    let inventory = Inventory::of(page);
    if spot.area.is_strip() {
        // It has no margins, and its lamps are looked at one by one.
        return Vec::new();
    }
    let mut findings = inventory.outside(page, spot);
    findings.extend(wrong_size(page, spot));
    findings.extend(inventory.covered_codes());
    findings.extend(inventory.overlaps());
    findings.extend(inventory.on_pictures());
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

/// Returns the letters on `page` that lie on letters, on pictures, on codes, or off the paper.
pub(super) fn collisions(page: &Page) -> Vec<Finding> {
    let inventory = Inventory::of(page);
    let paper = Rect::of_frame(&page.frame);
    let off = inventory
        .runs
        .iter()
        .filter(|run| !run.rect.is_within(&paper));
    let off = off.map(|run| Finding::Outside {
        text: run.text.clone(),
    });
    let mut findings: Vec<_> = off.collect();
    findings.extend(inventory.covered_codes());
    findings.extend(inventory.overlaps());
    findings.extend(inventory.on_pictures());
    findings
}

/// Returns the resolution that a picture wants which is read from `distance` metres.
fn wanted_dpi(distance: f64) -> f64 {
    (DPI_AT_A_METRE / distance.max(0.1)).clamp(DPI_LEAST, DPI_MOST)
}

impl Inventory {
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

    fn on_pictures(&self) -> impl Iterator<Item = Finding> {
        let runs = self.runs.iter().filter(|run| run.on_picture);
        runs.map(|run| Finding::OnPicture {
            text: run.text.clone(),
        })
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
            design: None,
            portion: None,
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
            "“淡”和底色太接近，看不清（对比度只有 2.2）"
        );
        assert_eq!(
            said("#at(20mm, 20mm, text(size: 3mm)[小])"),
            "“小”只有 3.0 毫米高"
        );
    }

    #[test]
    fn letters_on_pictures_and_under_them_are_found() {
        let svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'>\
                   <path d='M0 0h1v1H0z'/></svg>";
        let files = Files::from([("/a.svg".to_owned(), svg.as_bytes().into())]);
        let picture = "#at(60mm, 20mm, image(\"/a.svg\", width: 40mm, height: 40mm))\n";
        let said = |text: &str| found(text, &files).join("\n");
        // Half of the number lies on it.
        let number = "#at(30mm, 30mm)[0931-5550转8]\n";
        let wanted = "“0931-5550转8”压在图上，看不清";
        assert_eq!(said(&format!("{picture}{number}")), wanted);
        assert_eq!(said(&format!("{number}{picture}")), wanted);
        // A panel lies between.
        let panel = "#at(30mm, 28mm, rect(width: 80mm, height: 16mm, fill: white))\n";
        assert_eq!(said(&format!("{picture}{panel}{number}")), "");
        // What is cut off of a picture covers nothing.
        let cut = "#at(60mm, 20mm, box(width: 40mm, height: 8mm, clip: true, \
                   image(\"/a.svg\", width: 40mm, height: 40mm)))\n";
        assert_eq!(said(&format!("{cut}{number}")), "");
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
        assert_eq!(said, ["纸面是 200.0×297.0 毫米，和版面的尺寸不一样"]);
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

//! How colours become inks.
//!
//! Black and greys are printed with black ink alone, so that small type stays sharp where plates do not quite
//! meet; the rest by the shop's profile, or as the theme says, or else by a model of coated offset.

use std::collections::BTreeMap;
use std::sync::Arc;

use moxcms::{ColorProfile, Layout, RenderingIntent, TransformExecutor, TransformOptions};
use serde_json::Value;

use crate::site::{Printing, Profile};

/// How far apart the channels of a grey may be, of 255.
const GREY: u8 = 14;
/// Below it in all channels, of 255, the type of a ground is black on paper.
const DARK: u8 = 96;

/// Shares of cyan, magenta, yellow and black, 0 to 1.
pub(super) type Cmyk = [f32; 4];

/// How colours become inks.
pub(super) struct Inks {
    /// The theme's colours, by RGB.
    table: BTreeMap<[u8; 3], Cmyk>,
    pub(super) profile: Option<Separation>,
}

/// The shop's profile at work.
pub(super) struct Separation {
    pub(super) name: String,
    pub(super) bytes: Arc<[u8]>,
    transform: Arc<dyn TransformExecutor<u8> + Send + Sync>,
}

impl Separation {
    fn new(profile: &Profile) -> Option<Self> {
        let rgb = ColorProfile::new_srgb();
        let transform = |rendering_intent| {
            let options = TransformOptions {
                rendering_intent,
                ..TransformOptions::default()
            };
            // Four channels of eight bits, whatever they are called.
            rgb.create_transform_8bit(Layout::Rgb, &profile.colours, Layout::Rgba, options)
        };
        let transform = transform(RenderingIntent::RelativeColorimetric)
            .or_else(|_| transform(RenderingIntent::Perceptual))
            .ok()?;
        Some(Self {
            name: profile.name.clone(),
            bytes: profile.bytes.clone(),
            transform,
        })
    }
}

impl Inks {
    pub(super) fn new(printing: &Printing, tokens: &Value) -> Self {
        let mut table = BTreeMap::new();
        gather(&tokens["cmyk"], &tokens["color"], &mut table);
        gather(&tokens["cmyk"]["topic"], &tokens["topic"], &mut table);
        let grounds = tokens["grounds"].as_object();
        for ground in grounds.into_iter().flat_map(|grounds| grounds.values()) {
            let colour = |name: &str| ground[name].as_str().and_then(hex);
            if ground["shade"] == "white" {
                // White paper stays white: its tint on a screen takes no ink.
                table.extend(colour("base").map(|base| (base, [0.0; 4])));
            }
            let dark = colour("ink").filter(|ink| ink.iter().all(|share| *share < DARK));
            table.extend(dark.map(|ink| (ink, [0.0, 0.0, 0.0, 1.0])));
        }
        let profile = printing.profile.as_ref().and_then(Separation::new);
        Self { table, profile }
    }

    /// Returns the inks of a colour.
    pub(super) fn of(&self, rgb: [u8; 3]) -> Cmyk {
        if rgb == MARKS {
            return [1.0; 4];
        }
        let told = self.table.get(&rgb).copied();
        let black_alone = told.filter(|[c, m, y, _]| c + m + y == 0.0);
        if let Some(black) = black_alone.or_else(|| grey(rgb)) {
            return black;
        }
        let by_profile = self.profile.as_ref().and_then(|profile| {
            let mut inks = [0; 4];
            profile.transform.transform(&rgb, &mut inks).ok()?;
            Some(inks.map(|ink| f32::from(ink) / 255.0))
        });
        by_profile.or(told).unwrap_or_else(|| separated(rgb))
    }
}

/// Gathers the leaves of `inks`, in percent, under the colours of the same names.
fn gather(inks: &Value, colours: &Value, table: &mut BTreeMap<[u8; 3], Cmyk>) {
    let Some(inks) = inks.as_object() else { return };
    for (name, inks) in inks {
        let colour = &colours[name];
        let shares: Option<Vec<f32>> = inks.as_array().map(|list| {
            let shares = list.iter().filter_map(Value::as_f64);
            #[expect(clippy::cast_possible_truncation, reason = "a share of ink")]
            shares.map(|percent| (percent / 100.0) as f32).collect()
        });
        match (shares.as_deref(), colour.as_str().and_then(hex)) {
            (Some(&[c, m, y, k]), Some(rgb)) => {
                table.insert(rgb, [c, m, y, k]);
            }
            _ => gather(inks, colour, table),
        }
    }
}

/// Reads `#16281F`.
fn hex(text: &str) -> Option<[u8; 3]> {
    let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let [_, r, g, b] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
    Some([r, g, b])
}

/// White, greys and black are printed with black alone.
fn grey(rgb: [u8; 3]) -> Option<Cmyk> {
    let (least, most) = (rgb.iter().min()?, rgb.iter().max()?);
    // A light tint is a colour however near its channels are.
    let is_grey = least == most || (most - least <= GREY && *most < 128);
    is_grey.then(|| [0.0, 0.0, 0.0, 1.0 - f32::from(*most) / 255.0])
}

/// How much of a colour's darkness black ink takes.
const BLACK: f32 = 0.85;
/// What the marks round a sheet are drawn in, see shop.typ: on a press, in all inks.
const MARKS: [u8; 3] = [0, 1, 2];
/// What paper looks like under none and all of cyan, magenta and yellow, cyan changing slowest.
///
/// Source: the solids and overprints of coated offset (ISO 12647-2), in sRGB, rounded.
const SOLIDS: [[f32; 3]; 8] = [
    [255.0, 255.0, 255.0],
    [255.0, 237.0, 0.0],
    [230.0, 0.0, 126.0],
    [227.0, 6.0, 19.0],
    [0.0, 158.0, 224.0],
    [0.0, 150.0, 64.0],
    [49.0, 39.0, 131.0],
    [54.0, 52.0, 47.0],
];

/// Tells what dots of the shares `inks` of cyan, magenta and yellow look like, 0 to 1, by
/// Neugebauer's model: dots fall on each other by chance.
fn printed(inks: [f32; 3]) -> [f32; 3] {
    let mut seen = [0.0; 3];
    for (at, solid) in SOLIDS.iter().enumerate() {
        let share = |ink: usize| match at >> (2 - ink) & 1 {
            1 => inks[ink],
            _ => 1.0 - inks[ink],
        };
        let area = share(0) * share(1) * share(2);
        for (seen, solid) in seen.iter_mut().zip(solid) {
            *seen += area * solid / 255.0;
        }
    }
    seen
}

/// Finds inks that look like `rgb`: black for most of its darkness, and step by step the others
/// for the hue that is left.
fn separated(rgb: [u8; 3]) -> Cmyk {
    let wanted = rgb.map(|share| f32::from(share) / 255.0);
    let k = BLACK * (1.0 - wanted.into_iter().fold(0.0, f32::max));
    let wanted = wanted.map(|share| share / (1.0 - k));
    let mut inks = wanted.map(|share| 1.0 - share);
    for _ in 0..60 {
        let seen = printed(inks);
        for (at, ink) in inks.iter_mut().enumerate() {
            *ink = (*ink + 0.5 * (seen[at] - wanted[at])).clamp(0.0, 1.0);
        }
    }
    let [c, m, y] = inks;
    [c, m, y, k]
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn inks() -> Inks {
        let tokens = json!({
            "color": { "ink": "#16281F", "bin": { "food": "#1F7A43" } },
            "cmyk": { "ink": [0, 0, 0, 100], "bin": { "food": [85, 25, 95, 12] } },
        });
        Inks::new(&Printing::default(), &tokens)
    }

    #[test]
    fn black_and_greys_take_black_ink_alone() {
        let inks = inks();
        assert_eq!(inks.of([0x16, 0x28, 0x1F]), [0.0, 0.0, 0.0, 1.0]);
        assert_eq!(inks.of([0; 3]), [0.0, 0.0, 0.0, 1.0]);
        assert_eq!(inks.of(MARKS), [1.0; 4]);
        assert_eq!(inks.of([255; 3]), [0.0; 4]);
        assert_eq!(inks.of([51, 51, 51])[..3], [0.0; 3]);
    }

    #[test]
    fn white_paper_takes_no_ink_and_its_type_black_alone() {
        let tokens = json!({ "grounds": {
            "sun": { "shade": "white", "base": "#FBF8F0", "ink": "#231A10" },
            "coral": { "shade": "bright", "base": "#F2957A", "ink": "#2A120C" },
            "teal": { "shade": "dark", "base": "#13626C", "ink": "#FFFFFF" },
        } });
        let inks = Inks::new(&Printing::default(), &tokens);
        assert_eq!(inks.of([0xFB, 0xF8, 0xF0]), [0.0; 4]);
        for ink in [[0x23, 0x1A, 0x10], [0x2A, 0x12, 0x0C]] {
            assert_eq!(inks.of(ink), [0.0, 0.0, 0.0, 1.0]);
        }
        assert_ne!(inks.of([0xF2, 0x95, 0x7A]), [0.0; 4]);
        assert_eq!(inks.of([255; 3]), [0.0; 4]);
    }

    #[test]
    fn colours_are_the_themes_or_share_their_grey() {
        let inks = inks();
        assert_eq!(inks.of([0x1F, 0x7A, 0x43]), [0.85, 0.25, 0.95, 0.12]);
        // A print's cyan is bluer than a screen's: teal takes some yellow.
        let [c, m, y, _] = inks.of([0x2B, 0x74, 0x81]);
        assert!(c > 0.5 && y > 0.05 && m < 0.2, "{c} {m} {y}");
        // Never more ink than paper takes.
        let most = [[1, 0, 0], [30, 2, 60], [200, 10, 11]].map(|rgb| inks.of(rgb).iter().sum());
        assert!(most.iter().all(|sum: &f32| *sum <= 3.0), "{most:?}");
    }

    #[test]
    fn the_shops_profile_separates_what_is_not_black() {
        let bytes = crate::typeset::testing::grey_press();
        let printing = Printing {
            cmyk: true,
            profile: Some(Profile {
                name: "灰".into(),
                colours: ColorProfile::new_from_slice(&bytes)
                    .expect("it is one")
                    .into(),
                bytes: bytes.into(),
            }),
            ..Printing::default()
        };
        let inks = Inks::new(&printing, &json!({}));
        assert!(inks.profile.is_some(), "the profile is not understood");
        let [c, m, y, k] = inks.of([0xE9, 0xA2, 0x3B]);
        assert_eq!([c, m, y], [0.0; 3]);
        // Lightness 72 of 100.
        assert!((k - 0.28).abs() < 0.05, "{k}");
    }
}

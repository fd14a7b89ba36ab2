//! What a print shop's press asks for beyond marks: its inks, and type as outlines.
//!
//! Layouts are set in RGB, for screens and office printers. For a press the colours of a finished
//! PDF are written anew: black and greys with black ink alone, so that small type stays sharp
//! where plates do not quite meet; the rest by the shop's profile, or as the theme says, or
//! else by a model of coated offset. Photos stay RGB: the shop's own workflow separates them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};
use moxcms::{ColorProfile, Layout, RenderingIntent, TransformExecutor, TransformOptions};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::engine::add;
use crate::site::{Printing, Profile};

/// How far apart the channels of a grey may be, of 255.
const GREY: u8 = 14;
/// Below it in all channels, of 255, the type of a ground is black on paper.
const DARK: u8 = 96;

/// What the shop asks for.
pub struct Press {
    /// Whether type becomes outlines (转曲).
    pub(super) outlines: bool,
    pub(super) inks: Option<Inks>,
    /// Names what the settings say of it; the theme's colours are in the engine's name.
    pub(super) fingerprint: [u8; 32],
}

impl Press {
    /// Makes the press of the settings, with the theme's own `tokens` for its colours.
    pub fn new(printing: &Printing, tokens: &Value) -> Self {
        let inks = printing.cmyk.then(|| Inks::new(printing, tokens));
        let mut digest = Sha256::new();
        add(
            &mut digest,
            &[u8::from(printing.outlines), u8::from(printing.cmyk)],
        );
        if printing.cmyk {
            let profile = printing.profile.as_ref();
            add(
                &mut digest,
                profile.map_or(&[], |profile| profile.bytes.as_ref()),
            );
        }
        Self {
            outlines: printing.outlines,
            inks,
            fingerprint: digest.finalize().into(),
        }
    }
}

/// Shares of cyan, magenta, yellow and black, 0 to 1.
type Cmyk = [f32; 4];

/// How colours become inks.
pub(super) struct Inks {
    /// The theme's colours, by RGB.
    table: BTreeMap<[u8; 3], Cmyk>,
    profile: Option<Separation>,
}

/// The shop's profile at work.
struct Separation {
    name: String,
    bytes: Arc<[u8]>,
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
    fn new(printing: &Printing, tokens: &Value) -> Self {
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

    fn of(&self, rgb: [u8; 3]) -> Cmyk {
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

    /// Writes the colours of `document` in inks, and names the shop's profile as what they are
    /// meant for.
    ///
    /// # Errors
    /// Where the PDF is not as our own are.
    pub(super) fn apply(&self, document: &mut Document) -> lopdf::Result<()> {
        for (id, spaces) in painted(document)? {
            let stream = document.get_object_mut(id)?.as_stream_mut()?;
            let mut content = Content::decode(&stream.get_plain_content()?)?;
            self.rewrite(&mut content.operations, &spaces);
            stream.set_plain_content(content.encode()?);
            stream.compress()?;
        }
        blend_in_inks(document);
        if let Some(profile) = &self.profile {
            let mut dictionary = Dictionary::new();
            dictionary.set("N", 4);
            let mut stream = Stream::new(dictionary, profile.bytes.to_vec());
            stream.compress()?;
            let stream = document.add_object(stream);
            let mut intent = Dictionary::new();
            intent.set("Type", "OutputIntent");
            intent.set("S", "GTS_PDFX");
            let name = || Object::string_literal(profile.name.clone());
            intent.set("OutputConditionIdentifier", name());
            intent.set("Info", name());
            intent.set("DestOutputProfile", stream);
            let catalog = document.catalog_mut()?;
            catalog.set("OutputIntents", vec![intent.into()]);
        }
        Ok(())
    }

    /// Puts inks in the place of colours of `spaces`, the names of RGB and grey spaces.
    fn rewrite(&self, operations: &mut Vec<Operation>, spaces: &BTreeSet<Vec<u8>>) {
        // What colours to fill and to stroke with are numbers of.
        let mut ours = [false; 2];
        let mut saved = Vec::new();
        operations.retain_mut(|operation| {
            let strokes = operation
                .operator
                .starts_with(|c: char| c.is_ascii_uppercase());
            match operation.operator.as_str() {
                "q" => saved.push(ours),
                "Q" => ours = saved.pop().unwrap_or_default(),
                "cs" | "CS" => {
                    let name = operation
                        .operands
                        .first()
                        .and_then(|name| name.as_name().ok());
                    let is_ours = name.is_some_and(|name| spaces.contains(name));
                    ours[usize::from(strokes)] = is_ours;
                    return !is_ours;
                }
                "sc" | "SC" | "scn" | "SCN" if ours[usize::from(strokes)] => {
                    self.ink(operation, strokes);
                }
                "rg" | "RG" | "g" | "G" => self.ink(operation, strokes),
                _ => {}
            }
            true
        });
    }

    fn ink(&self, operation: &mut Operation, strokes: bool) {
        let shares: Vec<f32> = operation
            .operands
            .iter()
            .filter_map(|operand| operand.as_float().ok())
            .collect();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 0 and 255"
        )]
        let byte = |share: f32| (share.clamp(0.0, 1.0) * 255.0).round() as u8;
        let rgb = match *shares.as_slice() {
            [grey] => [byte(grey); 3],
            [r, g, b] => [byte(r), byte(g), byte(b)],
            _ => return,
        };
        let inks = self.of(rgb).map(Object::Real);
        *operation = Operation::new(if strokes { "K" } else { "k" }, inks.to_vec());
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

/// Finds the streams that paint in `document`, each with its names of RGB and grey spaces.
/// Masks are left out: their greys are no colours.
fn painted(document: &Document) -> lopdf::Result<Vec<(ObjectId, BTreeSet<Vec<u8>>)>> {
    let mut found = Vec::new();
    for page in document.get_pages().into_values() {
        let page_dictionary = document.get_dictionary(page)?;
        let spaces = spaces(document, page_dictionary);
        for content in document.get_page_contents(page) {
            found.push((content, spaces.clone()));
        }
    }
    let masks: BTreeSet<ObjectId> = document.objects.values().filter_map(mask).collect();
    for (id, object) in &document.objects {
        let Object::Stream(stream) = object else {
            continue;
        };
        let is_form = matches!(
            stream.dict.get(b"Subtype").and_then(Object::as_name),
            Ok(b"Form")
        );
        let is_tiling = matches!(
            stream.dict.get(b"PatternType").and_then(Object::as_i64),
            Ok(1)
        );
        if (is_form || is_tiling) && !masks.contains(id) {
            found.push((*id, spaces(document, &stream.dict)));
        }
    }
    Ok(found)
}

/// Makes the groups of `document` blend in inks: in one of RGB, black ink alone would come out as a
/// mixture of all four. The groups of masks keep theirs, as their greys are no colours.
fn blend_in_inks(document: &mut Document) {
    let masks: BTreeSet<ObjectId> = document.objects.values().filter_map(mask).collect();
    for (id, object) in &mut document.objects {
        let dictionary = match object {
            Object::Stream(stream) => &mut stream.dict,
            Object::Dictionary(dictionary) => dictionary,
            _ => continue,
        };
        let group = dictionary.get_mut(b"Group").and_then(Object::as_dict_mut);
        if let Ok(group) = group
            && group.has(b"CS")
            && !masks.contains(id)
        {
            group.set("CS", "DeviceCMYK");
        }
    }
}

/// The form that a graphics state masks with.
fn mask(object: &Object) -> Option<ObjectId> {
    let mask = object.as_dict().ok()?.get(b"SMask").ok()?;
    mask.as_dict().ok()?.get(b"G").ok()?.as_reference().ok()
}

/// The names of spaces of three channels or one in the resources of `owner`.
fn spaces(document: &Document, owner: &Dictionary) -> BTreeSet<Vec<u8>> {
    let below = |dictionary: &Dictionary, key: &[u8]| {
        let object = dictionary.get(key).ok()?;
        let (_, object) = document.dereference(object).ok()?;
        object.as_dict().ok().cloned()
    };
    let named = below(owner, b"Resources").and_then(|it| below(&it, b"ColorSpace"));
    let channels = |space: &Object| {
        let (_, space) = document.dereference(space).ok()?;
        let [kind, profile, ..] = space.as_array().ok()?.as_slice() else {
            return None;
        };
        (kind.as_name().ok()? == b"ICCBased").then_some(())?;
        let (_, profile) = document.dereference(profile).ok()?;
        profile.as_stream().ok()?.dict.get(b"N").ok()?.as_i64().ok()
    };
    let named = named.unwrap_or_default();
    let ours = named
        .iter()
        .filter(|(_, space)| matches!(channels(space), Some(1 | 3)));
    ours.map(|(name, _)| name.clone()).collect()
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
    fn colours_are_written_anew_and_others_left() {
        let mut operations = Content::decode(
            b"q /c0 cs 0.08627451 0.15686275 0.12156863 scn 0 0 9 9 re f Q /P cs /p0 scn 1 G",
        )
        .expect("it is PDF")
        .operations;
        inks().rewrite(&mut operations, &BTreeSet::from([b"c0".to_vec()]));
        let text = Content { operations }.encode().expect("it can be written");
        let text = String::from_utf8(text).expect("it is text");
        let words: Vec<_> = text.split_whitespace().collect();
        assert_eq!(
            words.join(" "),
            "q 0.0 0.0 0.0 1.0 k 0 0 9 9 re f Q /P cs /p0 scn 0.0 0.0 0.0 0.0 K"
        );
    }

    #[test]
    fn groups_blend_in_inks_and_masks_as_they_did() {
        let form = || {
            let group = lopdf::dictionary! { "S" => "Transparency", "CS" => "DeviceRGB" };
            Stream::new(lopdf::dictionary! { "Group" => group }, Vec::new())
        };
        let mut document = Document::new();
        let (plain, masking) = (document.add_object(form()), document.add_object(form()));
        let state = lopdf::dictionary! { "SMask" => lopdf::dictionary! { "G" => masking } };
        document.add_object(state);
        blend_in_inks(&mut document);
        let space = |id| {
            let form = document.get_object(id).and_then(Object::as_stream);
            let group = form.and_then(|form| form.dict.get(b"Group"));
            let group = group.and_then(Object::as_dict).expect("it has one");
            let space = group.get(b"CS").and_then(Object::as_name);
            space.expect("it has one").to_vec()
        };
        assert_eq!(space(plain), b"DeviceCMYK");
        assert_eq!(space(masking), b"DeviceRGB");
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
        let press = Press::new(&printing, &json!({}));
        let inks = press.inks.expect("it prints in inks");
        assert!(inks.profile.is_some(), "the profile is not understood");
        let [c, m, y, k] = inks.of([0xE9, 0xA2, 0x3B]);
        assert_eq!([c, m, y], [0.0; 3]);
        // Lightness 72 of 100.
        assert!((k - 0.28).abs() < 0.05, "{k}");
    }
}

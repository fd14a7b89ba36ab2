//! Reading how posters are printed and what that costs.

use std::collections::BTreeMap;
use std::sync::Arc;

use moxcms::{ColorProfile, DataColorSpace};

use crate::area::Size;
use crate::diag::{Code, SitePath, words};
use crate::read::yaml::Value;
use crate::read::{Fields, Form::*, Keys, values};
use crate::site::settings::{Material, Prices, Printing, Profile};

/// The files beside the content that a site brings.
pub(super) type SiteFiles = BTreeMap<SitePath, Arc<[u8]>>;

/// The keys of `print:`.
pub(super) const PRINT: Keys = &[
    ("paper", &["纸张"], Text),
    ("overlap", &["搭接"], Number),
    ("bleed", &["出血"], Number),
    ("material", &["材料"], Text),
    ("colour", &["颜色"], Text),
    ("profile", &["特性文件"], Text),
    ("outlines", &["转曲"], Flag),
    ("picture_bleed", &["图片出血"], Number),
    ("prices", &["价格"], Numbers),
    ("funds", &["经费来源"], Text),
    ("budget", &["每月预算"], Text),
];
const PAPERS: &[(&str, u8)] = &[("A3", 3), ("A4", 4)];
const MATERIALS: &[(&str, Material)] = &[
    ("board", Material::Board),
    ("板", Material::Board),
    ("roll", Material::Roll),
    ("卷", Material::Roll),
];
/// Whether colours become inks.
const COLOURS: &[(&str, bool)] = &[
    ("rgb", false),
    ("cmyk", true),
    ("RGB", false),
    ("CMYK", true),
    ("四色", true),
];
/// What the price of a square metre is called.
const SQUARE_METRE: [&str; 3] = ["square_metre", "每平方米", "平方米"];

/// Reads how posters are printed.
pub(super) fn printing(fields: &Fields, site_files: &SiteFiles) -> Printing {
    let default = Printing::default();
    let Some(print) = fields.fields("print", PRINT) else {
        return default;
    };
    let paper = print.word("paper", PAPERS).and_then(Size::iso_a);
    Printing {
        paper: paper.unwrap_or(default.paper),
        overlap: print
            .length("overlap", 0.0..=40.0, 1.0)
            .unwrap_or(default.overlap),
        bleed: (print.length("bleed", 0.0..=20.0, 1.0)).unwrap_or(default.bleed),
        material: print.word("material", MATERIALS).unwrap_or_default(),
        cmyk: print.word("colour", COLOURS).unwrap_or_default(),
        profile: profile(&print, site_files),
        picture_bleed: print
            .length("picture_bleed", 0.0..=20.0, 1.0)
            .unwrap_or_default(),
        outlines: print.flag("outlines").unwrap_or_default(),
        prices: prices(&print),
        funds: print.text("funds").map(|text| text.value),
        budget: print.parsed("budget", words("yuan-a-month"), "300", values::fen),
    }
}

/// Reads the profile of a press: a file below `profiles/` that knows four inks.
fn profile(print: &Fields, site_files: &SiteFiles) -> Option<Profile> {
    let text = print.text("profile")?;
    let path = SitePath::new(&text.value);
    let bytes = path.as_ref().and_then(|path| site_files.get(path));
    let parsed = bytes.map(|bytes| ColorProfile::new_from_slice(bytes));
    let cause = match parsed {
        None => words("no-such-file"),
        Some(Err(_)) => words("no-icc"),
        Some(Ok(parsed)) if parsed.color_space != DataColorSpace::Cmyk => words("no-cmyk"),
        Some(Ok(parsed))
            if parsed.lut_b_to_a_colorimetric.is_none()
                && parsed.lut_b_to_a_perceptual.is_none() =>
        {
            words("no-output-profile")
        }
        Some(Ok(parsed)) => {
            let name = text.value.rsplit('/').next().unwrap_or_default();
            let name = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
            return bytes.map(|bytes| Profile {
                name: name.to_owned(),
                bytes: bytes.clone(),
                colours: Arc::new(parsed),
            });
        }
    };
    (print.reader()).report(Code::BadProfile, &text.span.range, |d| {
        d.with("path", &text.value).with("cause", cause)
    });
    None
}

/// Reads `prices: { A4: 1, A3: 2, square_metre: 40 }`, in yuan. Where a site names its own sheets,
/// only these have a price of their own; all else goes by the square metre.
fn prices(print: &Fields) -> Prices {
    let mut prices = Prices::default();
    let Some(node) = print.node("prices") else {
        return prices;
    };
    let example = "{ A4: 1, A3: 2, square_metre: 40 }";
    let Value::Map(entries) = &node.value else {
        print.bad_value("prices", &node.range, "…", words("sizes-and-yuan"), example);
        return prices;
    };
    let (mut sheets, mut square_metre): (Vec<(Size, i64)>, Option<i64>) = (Vec::new(), None);
    for (key, node) in entries {
        let Some(text) = print.scalar(&key.name, node) else {
            continue;
        };
        let price = values::fen(&text);
        if price.is_none() {
            print.bad_value(&key.name, &node.range, &text.value, words("yuan"), "1.5");
        }
        let price = price.unwrap_or_default();
        let is_known = if SQUARE_METRE.contains(&key.name.as_str()) {
            square_metre.replace(price).is_some()
        } else if let Some(size) = values::size(&key.name) {
            let known = sheets.iter().any(|(sheet, _)| sheet.is_same_sheet(&size));
            sheets.push((upright(size), price));
            known
        } else {
            let expected = words("size-or-square-metre");
            print.bad_value("prices", &key.range, &key.name, expected, "A3");
            false
        };
        if is_known {
            (print.reader()).report(Code::RepeatedKey, &key.range, |d| d.with("key", &key.name));
        }
    }
    if !sheets.is_empty() {
        prices.sheets = sheets;
    }
    prices.square_metre = square_metre.unwrap_or(prices.square_metre);
    prices
}

fn upright(size: Size) -> Size {
    Size::new(size.width.min(size.height), size.width.max(size.height))
}

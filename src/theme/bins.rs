//! Bins as the site's city has them, laid over the theme's: `sorting.bins:` in the settings.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::site::{Bin, BinLook, Colour};

/// The least contrast of a bin's type and icon with the paper in the dark, as that of the theme's.
const IN_THE_DARK: f64 = 7.0;

/// Puts the city's colours into the tokens: as a ground, as type on light and on dark paper, and in
/// the inks of a press.
pub(super) fn paint(tokens: &mut Value, looks: &BTreeMap<Bin, BinLook>) {
    let dark = tokens["dark"]["paper"].as_str().and_then(Colour::from_hex);
    let colours = looks
        .iter()
        .filter_map(|(bin, look)| Some((bin, look.colour?)));
    for (bin, colour) in colours {
        if tokens["color"]["bin-ground"][bin.key()] == colour.hex().as_str() {
            continue;
        }
        let mut put = |path: [&str; 2], value: Value| {
            let part = tokens.get_mut(path[0]).and_then(|it| it.get_mut(path[1]));
            if let Some(part) = part.and_then(Value::as_object_mut) {
                part.insert(bin.key().to_owned(), value);
            }
        };
        put(["color", "bin"], colour.hex().into());
        put(["color", "bin-ground"], colour.hex().into());
        put(["cmyk", "bin"], json!(inks(colour)));
        if let Some(dark) = dark {
            put(["dark", "bin"], lightened(colour, dark).hex().into());
        }
    }
}

/// Puts the city's names into the words of the site's own language.
pub(super) fn name(phrases: &mut Value, looks: &BTreeMap<Bin, BinLook>) {
    let names = phrases
        .get_mut("web")
        .and_then(|it| it.get_mut("bin_names"));
    let Some(names) = names.and_then(Value::as_object_mut) else {
        return;
    };
    for (bin, look) in looks {
        if let Some(name) = &look.name {
            names.insert(bin.key().to_owned(), name.as_str().into());
        }
    }
}

/// Mixes white into a colour until it can be read on `ground`.
fn lightened(colour: Colour, ground: Colour) -> Colour {
    let mixed = |white: u16| {
        let part = |part: u8| {
            let mixed = (u16::from(part) * (20 - white) + 255 * white) / 20;
            u8::try_from(mixed).unwrap_or(u8::MAX)
        };
        Colour(colour.0.map(part))
    };
    let mut steps = (0..=20).map(mixed);
    let readable = steps.find(|mixed| mixed.contrast(ground) >= IN_THE_DARK);
    readable.unwrap_or(Colour::WHITE)
}

/// Returns cyan, magenta, yellow and black in percent, with as much black as there can be: a dark
/// ground in few inks dries before it smears.
fn inks(colour: Colour) -> [u16; 4] {
    let [red, green, blue] = colour.0.map(u16::from);
    let most = red.max(green).max(blue).max(1);
    let ink = |part: u16| (most - part) * 100 / most;
    [ink(red), ink(green), ink(blue), (255 - most) * 100 / 255]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looks(colour: &str) -> BTreeMap<Bin, BinLook> {
        let look = BinLook {
            name: Some("干垃圾".to_owned()),
            colour: Colour::from_word(colour),
        };
        BTreeMap::from([(Bin::Residual, look)])
    }

    #[test]
    fn a_bin_wears_the_citys_colour_and_name() {
        let mut tokens = json!({
            "color": { "bin": { "residual": "#4A4F54" }, "bin-ground": { "residual": "#4A4F54" } },
            "cmyk": { "bin": { "residual": [0, 0, 0, 82] } },
            "dark": { "paper": "#12201A", "bin": { "residual": "#B3BAC0" } },
        });
        paint(&mut tokens, &looks("黑"));
        assert_eq!(tokens["color"]["bin"]["residual"], "#26292C");
        assert_eq!(tokens["color"]["bin-ground"]["residual"], "#26292C");
        assert_eq!(tokens["cmyk"]["bin"]["residual"], json!([13, 6, 0, 82]));
        let mut phrases = json!({ "web": { "bin_names": { "residual": "其他垃圾" } } });
        name(&mut phrases, &looks("黑"));
        assert_eq!(phrases["web"]["bin_names"]["residual"], "干垃圾");
    }

    #[test]
    fn every_colour_can_be_read_in_the_dark_too() {
        let dark = Colour([0x12, 0x20, 0x1A]);
        for word in ["蓝", "红", "绿", "灰", "黑", "棕", "黄"] {
            let colour = Colour::from_word(word).expect("it is a colour");
            let ratio = lightened(colour, dark).contrast(dark);
            assert!(ratio >= IN_THE_DARK, "{word}: {ratio:.1}");
        }
    }
}

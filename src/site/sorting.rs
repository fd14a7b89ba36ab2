//! What goes into which bin.

use std::collections::BTreeMap;

use crate::city;
use crate::diag::Span;
use crate::read::values::fold;

/// Where a thing goes: one of the four bins of GB/T 19095-2019, or a collection by appointment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Bin {
    /// 可回收物, blue.
    Recyclable,
    /// 有害垃圾, red.
    Hazardous,
    /// 厨余垃圾, green.
    Food,
    /// 其他垃圾, grey.
    Residual,
    /// 大件垃圾: furniture and the like, fetched by appointment.
    Bulky,
    /// 装修垃圾: rubble and the like, fetched by appointment.
    Renovation,
}

impl Bin {
    /// The four bins in the order in which they always stand.
    pub const FOUR: [Bin; 4] = [Bin::Recyclable, Bin::Hazardous, Bin::Food, Bin::Residual];

    /// All destinations.
    pub const ALL: [Bin; 6] = [
        Bin::Recyclable,
        Bin::Hazardous,
        Bin::Food,
        Bin::Residual,
        Bin::Bulky,
        Bin::Renovation,
    ];

    /// Returns the name by the national standard.
    pub fn name(self) -> &'static str {
        match self {
            Bin::Recyclable => "可回收物",
            Bin::Hazardous => "有害垃圾",
            Bin::Food => "厨余垃圾",
            Bin::Residual => "其他垃圾",
            Bin::Bulky => "大件垃圾",
            Bin::Renovation => "装修垃圾",
        }
    }

    /// Returns the name in file names, CSS classes and data.
    pub fn key(self) -> &'static str {
        match self {
            Bin::Recyclable => "recyclable",
            Bin::Hazardous => "hazardous",
            Bin::Food => "food",
            Bin::Residual => "residual",
            Bin::Bulky => "bulky",
            Bin::Renovation => "renovation",
        }
    }

    /// Returns what cities call it besides the standard's name, each with the city.
    pub fn city_names(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let own = move |city: &'static city::City| {
            let name = city
                .bin_name(self.name())
                .filter(|name| *name != self.name());
            Some((city.name.as_str(), name?))
        };
        city::cities().filter_map(own)
    }

    /// Tells whether `city` has a bin called `word`, as far as its names are known: a name that
    /// other cities alone use is none there.
    pub fn is_called_in(word: &str, city: &str) -> bool {
        let knows = |bin: &Bin| bin.city_names().any(|(it, _)| city.starts_with(it));
        let is_elsewhere = |bin: &Bin| {
            let mut called = bin
                .city_names()
                .filter(|(_, name)| *name == word)
                .peekable();
            called.peek().is_some() && !called.any(|(it, _)| city.starts_with(it))
        };
        !(Self::ALL.iter().any(knows) && Self::ALL.iter().any(is_elsewhere))
    }

    /// Understands the standard's names, whole or as people shorten them, the cities' and the keys.
    pub fn from_word(word: &str) -> Option<Self> {
        let word = fold(word);
        Self::ALL.into_iter().find(|bin| {
            let short = bin.name().trim_end_matches(['物', '垃', '圾']);
            word == bin.name()
                || word == short
                || word == bin.key()
                || bin.city_names().any(|(_, name)| name == word)
        })
    }
}

/// What a city calls a bin and how it looks there: `sorting.bins:` in the settings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BinLook {
    /// Its name in the site's language, where it is not the standard's.
    pub name: Option<String>,
    /// Its colour, where it is not the theme's.
    pub colour: Option<Colour>,
}

/// A colour that white type can be read on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub [u8; 3]);

/// The least contrast of type with its ground: WCAG 2.2 AA.
const READABLE: f64 = 4.5;

impl Colour {
    /// White.
    pub const WHITE: Colour = Colour([255; 3]);

    /// The colours of bins by their names: the standard's as the theme has them, and those that
    /// cities use besides, all dark enough for white type.
    const NAMED: [(&'static [&'static str], Colour); 7] = [
        (&["蓝", "blue"], Colour([0x1F, 0x5F, 0xA8])),
        (&["红", "red"], Colour([0xC2, 0x28, 0x1D])),
        (&["绿", "green"], Colour([0x1F, 0x7A, 0x43])),
        (&["灰", "grey", "gray"], Colour([0x4A, 0x4F, 0x54])),
        (&["黑", "black"], Colour([0x26, 0x29, 0x2C])),
        (&["棕", "褐", "咖啡", "brown"], Colour([0x6B, 0x4A, 0x2B])),
        (&["黄", "yellow"], Colour([0x8A, 0x61, 0x00])),
    ];

    /// Understands a name, with or without 色, or `#RRGGBB`; `None` too where white type on it
    /// could not be read.
    pub fn from_word(word: &str) -> Option<Self> {
        let bare = word.strip_suffix('色').unwrap_or(word);
        let named = Self::NAMED.iter().find(|(names, _)| names.contains(&bare));
        let colour = named
            .map(|(_, colour)| *colour)
            .or_else(|| Self::from_hex(word))?;
        (colour.contrast(Self::WHITE) >= READABLE).then_some(colour)
    }

    /// Understands `#RRGGBB`.
    pub fn from_hex(word: &str) -> Option<Self> {
        let digits = word.strip_prefix('#').filter(|it| it.len() == 6)?;
        let number = u32::from_str_radix(digits, 16).ok()?;
        let [_, red, green, blue] = number.to_be_bytes();
        Some(Self([red, green, blue]))
    }

    /// Writes it as `#RRGGBB`.
    pub fn hex(self) -> String {
        let [red, green, blue] = self.0;
        format!("#{red:02X}{green:02X}{blue:02X}")
    }

    /// Returns the contrast with another colour, from 1 to 21, by the formula of WCAG 2.2.
    pub fn contrast(self, other: Self) -> f64 {
        let (one, other) = (self.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|part| {
            let part = f64::from(part) / 255.0;
            match part <= 0.04045 {
                true => part / 12.92,
                false => ((part + 0.055) / 1.055).powf(2.4),
            }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

/// A thing that people look up.
#[derive(Debug, Clone)]
pub struct SortingItem {
    /// Its name.
    pub name: String,
    /// Where it goes.
    pub bin: Bin,
    /// Its other names.
    pub also: Vec<String>,
    /// What to do with it first.
    pub first: Option<String>,
    /// Why it goes there.
    pub why: Option<String>,
    /// What cities that sort it otherwise call its bin, by city.
    pub cities: BTreeMap<String, String>,
    /// Whether it is among the most mistaken.
    pub common_mistake: bool,
    /// Where it is written.
    pub span: Span,
}

impl SortingItem {
    /// Tells whether `name` is its name or one of its other names.
    pub fn is_called(&self, name: &str) -> bool {
        self.name == name || self.also.iter().any(|other| other == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_city_calls_bins_as_its_rule_does() {
        let food: Vec<_> = Bin::Food.city_names().collect();
        assert_eq!(food, [("上海", "湿垃圾"), ("杭州", "易腐垃圾")]);
        assert!(Bin::is_called_in("湿垃圾", "上海市"));
        assert!(Bin::is_called_in("厨余垃圾", "上海市"));
        assert!(!Bin::is_called_in("易腐垃圾", "上海市"));
        // Nothing is known to be wrong there.
        assert!(Bin::is_called_in("湿垃圾", "明州市"));
    }

    #[test]
    fn every_colour_of_a_bin_carries_white_type() {
        for (names, colour) in Colour::NAMED {
            let ratio = colour.contrast(Colour::WHITE);
            assert!(ratio >= READABLE, "{names:?}: {ratio:.1}");
        }
        assert_eq!(Colour::from_word("棕色"), Colour::from_word("brown"));
        assert_eq!(
            Colour::from_word("#336699").map(Colour::hex).as_deref(),
            Some("#336699")
        );
        for word in ["#FFEE00", "#12345", "彩", ""] {
            assert_eq!(Colour::from_word(word), None, "{word}");
        }
        // Every colour that a city's file names is one of these.
        for city in city::cities().chain([city::national()]) {
            for colour in Bin::FOUR
                .iter()
                .filter_map(|bin| city.bin_colour(bin.name()))
            {
                assert!(
                    Colour::from_word(colour).is_some(),
                    "{}: {colour}",
                    city.name
                );
            }
        }
    }
}

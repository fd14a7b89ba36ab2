//! What goes into which bin.

use std::collections::BTreeMap;

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
    ///
    /// Source: the cities' own rules (上海市生活垃圾管理条例 2019; 杭州市生活垃圾管理条例 2019).
    pub fn city_names(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Bin::Food => &[("上海", "湿垃圾"), ("杭州", "易腐垃圾")],
            Bin::Residual => &[("上海", "干垃圾")],
            _ => &[],
        }
    }

    /// Tells whether `city` has a bin called `word`, as far as its names are known: a name that
    /// other cities alone use is none there.
    pub fn is_called_in(word: &str, city: &str) -> bool {
        let knows = |bin: &Bin| bin.city_names().iter().any(|(it, _)| city.starts_with(it));
        let is_elsewhere = |bin: &Bin| {
            let names = bin.city_names();
            let here = |it: &&(&str, &str)| city.starts_with(it.0);
            names.iter().any(|(_, name)| *name == word)
                && !names.iter().filter(here).any(|(_, name)| *name == word)
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
                || bin.city_names().iter().any(|(_, name)| *name == word)
        })
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

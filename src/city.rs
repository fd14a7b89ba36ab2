//! What is known of how cities sort: `cities/*.yaml`, one file a city, each line with its source.
//!
//! What has no source is absent and never guessed; whoever reads it says 以本市目录为准. Bins go by
//! the national standard's names here, as the site's own types stand above.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::Date;
use rust_embed::Embed;
use serde::Deserialize;

/// The files.
#[derive(Embed)]
#[folder = "cities/"]
struct Files;

/// The file of what holds where a city's own says nothing.
const NATIONAL: &str = "全国";

/// What is known of a city.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct City {
    /// Its name without 市, such as 杭州.
    #[serde(rename = "city")]
    pub name: String,
    /// The day on which the sources were read.
    pub read: Date,
    /// Names and colours of its bins.
    pub bins: Vec<BinLine>,
    /// The rule that it sorts by.
    pub law: Option<Law>,
    /// How large things are handed in.
    pub bulky: Option<Line>,
    /// Where residents ask and complain.
    pub hotline: Option<Hotline>,
    /// Things of its list.
    #[serde(default)]
    pub items: Vec<ItemLine>,
    /// What the names of sources stand for.
    pub sources: BTreeMap<String, String>,
}

/// How sure a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub enum Sure {
    /// Read in the source.
    #[default]
    A,
    /// General knowledge that does not change.
    B,
}

/// What a bin is called or what colour it has.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BinLine {
    /// What the standard calls it.
    pub of: String,
    /// What the city calls it.
    pub name: Option<String>,
    /// Its colour, in a word.
    pub colour: Option<String>,
    /// How sure that is.
    #[serde(default)]
    pub sure: Sure,
    /// Where it is read.
    pub source: String,
}

/// A rule of the city.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Law {
    /// Its whole title.
    pub title: String,
    /// 地方性法规 or 政府规章.
    pub kind: String,
    /// The day on which it came into force.
    pub since: Date,
    /// How it was amended, in words.
    pub amended: Option<String>,
    /// How sure that is.
    #[serde(default)]
    pub sure: Sure,
    /// Where it is read.
    pub source: String,
}

impl Law {
    /// Returns the title with its day, such as 《…条例》（2021年3月1日起施行）.
    pub fn cited(&self) -> String {
        let (year, month, day) = (self.since.year(), self.since.month(), self.since.day());
        let amended = self.amended.as_ref();
        let amended = amended.map_or_else(String::new, |how| format!("，{how}"));
        let title = &self.title;
        format!("《{title}》（{year}年{month}月{day}日起施行{amended}）")
    }
}

/// A sentence with its source.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// What it says, without a full stop.
    pub text: String,
    /// Where it is read.
    pub source: String,
}

/// A number to call.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hotline {
    /// The number.
    pub number: String,
    /// How sure that is.
    #[serde(default)]
    pub sure: Sure,
    /// Where it is read.
    pub source: String,
}

/// A thing and the bin that the city's list names.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemLine {
    /// Its name in the list of the sample.
    pub name: String,
    /// The bin, as the city calls it.
    pub bin: String,
    /// Where it is read.
    pub source: String,
}

impl City {
    /// Returns what the city calls the bin that the standard calls `standard`.
    pub fn bin_name(&self, standard: &str) -> Option<&str> {
        let mut own = self.bins.iter().filter(|line| line.of == standard);
        own.find_map(|line| line.name.as_deref())
    }

    /// Returns the colour of that bin, in a word.
    pub fn bin_colour(&self, standard: &str) -> Option<&str> {
        let mut own = self.bins.iter().filter(|line| line.of == standard);
        own.find_map(|line| line.colour.as_deref())
    }

    /// Returns the number that residents call with questions and complaints.
    pub fn hotline(&self) -> Option<&str> {
        self.hotline.as_ref().map(|it| it.number.as_str())
    }

    /// Returns the source of each line.
    #[cfg(test)]
    fn cited(&self) -> impl Iterator<Item = &str> {
        let bins = self.bins.iter().map(|line| &line.source);
        let items = self.items.iter().map(|line| &line.source);
        let law = self.law.iter().map(|law| &law.source);
        let bulky = self.bulky.iter().map(|line| &line.source);
        let hotline = self.hotline.iter().map(|line| &line.source);
        let all = bins.chain(items).chain(law).chain(bulky).chain(hotline);
        all.map(String::as_str)
    }
}

/// Returns all cities that something is known of, by name.
pub fn cities() -> impl Iterator<Item = &'static City> {
    ALL.iter().filter(|city| city.name != NATIONAL)
}

/// Finds a city by its name, with or without 市 and what follows it.
pub fn find(name: &str) -> Option<&'static City> {
    cities().find(|city| name.starts_with(&city.name))
}

/// Returns what holds everywhere.
///
/// # Panics
/// Never: a test reads every file.
pub fn national() -> &'static City {
    let mut all = ALL.iter();
    all.find(|city| city.name == NATIONAL)
        .expect("its file is in the binary")
}

static ALL: LazyLock<Vec<City>> = LazyLock::new(|| {
    let mut names: Vec<_> = Files::iter().collect();
    names.sort();
    let city = |name: std::borrow::Cow<'static, str>| {
        let file = Files::get(&name).expect("its name was just listed");
        let text = String::from_utf8_lossy(&file.data).into_owned();
        serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("cities/{name}: {error}"))
    };
    names.into_iter().map(city).collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_city_is_found_by_its_name() {
        for name in ["杭州", "杭州市", "杭州市西湖区"] {
            assert_eq!(find(name).map(|city| &*city.name), Some("杭州"), "{name}");
        }
        assert!(find("明州市").is_none());
        assert!(find("全国").is_none());
        assert_eq!(cities().count(), 14);
    }

    #[test]
    fn each_line_has_its_source_and_no_source_goes_unused() {
        for city in ALL.iter() {
            let known: Vec<&str> = city.sources.keys().map(String::as_str).collect();
            for source in city.cited() {
                assert!(known.contains(&source), "{}: {source}", city.name);
            }
            let unused = known
                .iter()
                .filter(|name| !city.cited().any(|it| it == **name));
            let unused: Vec<_> = unused.filter(|name| **name != "标准").collect();
            assert!(unused.is_empty(), "{}: {unused:?}", city.name);
        }
    }

    #[test]
    fn rules_are_called_by_their_true_titles() {
        let cited = |name: &str| {
            find(name)
                .and_then(|city| city.law.as_ref())
                .map(Law::cited)
        };
        assert_eq!(
            cited("上海").as_deref(),
            Some(
                "《上海市生活垃圾管理条例》（2019年7月1日起施行，修改后的条文2026年8月15日起施行）"
            )
        );
        assert_eq!(
            cited("武汉").as_deref(),
            Some("《武汉市生活垃圾分类管理办法》（2020年7月1日起施行）")
        );
        for city in cities() {
            let law = city.law.as_ref().expect("it has one");
            let kind = if law.title.ends_with("条例") {
                "地方性法规"
            } else {
                "政府规章"
            };
            assert_eq!(law.kind, kind, "{}", law.title);
            assert!(law.title.starts_with(&city.name), "{}", law.title);
        }
    }

    #[test]
    fn nothing_speaks_of_fines() {
        for name in Files::iter() {
            let file = Files::get(&name).expect("it was listed");
            let text = String::from_utf8_lossy(&file.data);
            assert!(!text.contains('罚') && !text.contains("万元"), "{name}");
        }
    }
}

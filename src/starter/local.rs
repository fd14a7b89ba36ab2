//! What a new site says of its city: how bins are called and look, by which rule, which things go
//! where.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::NewFile;
use crate::city::{City, find, national};
use crate::diag::SitePath;
use crate::site::{Bin, Colour};

/// The list of things.
const ITEMS: &str = "content/sorting/items.yaml";
/// The page about how the city sorts.
const PAGE: &str = "content/sorting/city.md";
/// The colours by which the sample's texts call the bins.
const SAMPLE_COLOURS: [(Bin, &str); 4] = [
    (Bin::Recyclable, "蓝"),
    (Bin::Hazardous, "红"),
    (Bin::Food, "绿"),
    (Bin::Residual, "灰"),
];
/// What a city is called where nobody says.
const SOME: &str = "本市";

/// What is known of the community's city.
pub(super) struct Local {
    /// Its name as given.
    name: Option<String>,
    /// What is known of it.
    city: Option<&'static City>,
}

impl Local {
    /// Looks a city up.
    pub(super) fn new(name: Option<&str>) -> Self {
        Self {
            name: name.map(str::to_owned),
            city: name.and_then(find),
        }
    }

    fn called(&self) -> &str {
        self.name.as_deref().unwrap_or(SOME)
    }

    fn bin_name(&self, bin: Bin) -> &str {
        let own = self.city.and_then(|city| city.bin_name(bin.name()));
        own.unwrap_or(bin.name())
    }

    fn bin_colour(&self, bin: Bin) -> &str {
        let own = self.city.and_then(|city| city.bin_colour(bin.name()));
        own.or_else(|| national().bin_colour(bin.name()))
            .unwrap_or("灰")
    }

    /// Names the rule in a sentence, where it is known.
    fn law(&self) -> String {
        let law = self.city.and_then(|city| city.law.as_ref());
        law.map_or_else(String::new, |law| format!("按《{}》分。", law.title))
    }

    /// Returns what stands for `{{…}}`.
    pub(super) fn values(&self) -> [(&'static str, String); 5] {
        let city = match &self.name {
            Some(name) => format!("city: {name}"),
            None => "# city: 城市名".to_owned(),
        };
        let mut bins = String::new();
        for bin in Bin::FOUR {
            let name = match self.bin_name(bin) {
                own if own == bin.name() => String::new(),
                own => format!(", name: {own}"),
            };
            let colour = self.bin_colour(bin);
            let _ = writeln!(
                bins,
                "    - {{ of: {}{name}, colour: {colour} }}",
                bin.name()
            );
        }
        let hotline = national().hotline();
        let hotline = hotline.map(|number| format!("找不到该管的部门，打 {number}。"));
        [
            ("city", self.called().to_owned()),
            ("city_line", city),
            ("law", self.law()),
            ("bins", bins),
            ("hotline", hotline.unwrap_or_default()),
        ]
    }

    /// Puts the city's names and colours into a text, and its list into the list of things.
    pub(super) fn adapted(&self, path: &SitePath, text: String) -> String {
        let mut text = match path.as_str() == ITEMS {
            true => self.items(&text),
            false => text,
        };
        for (bin, sample) in SAMPLE_COLOURS {
            let own = self.bin_colour(bin);
            text = text.replace(&format!("{sample}桶"), &format!("{own}桶"));
            text = text.replace(bin.name(), self.bin_name(bin));
        }
        if self.bin_name(Bin::Food) != Bin::Food.name() {
            // Short for 厨余垃圾.
            text = text.replace("厨余", self.bin_name(Bin::Food));
        }
        text
    }

    /// Paints the bins of a picture in the city's colours.
    pub(super) fn painted(&self, svg: &str) -> String {
        let mut svg = svg.to_owned();
        for (bin, sample) in SAMPLE_COLOURS {
            let of = |word| Colour::from_word(word).map(Colour::hex);
            if let Some((sample, own)) = of(sample).zip(of(self.bin_colour(bin))) {
                svg = svg.replace(&sample, &own);
            }
        }
        svg
    }

    /// Leaves of things that cities sort otherwise those that the city's own list names.
    fn items(&self, text: &str) -> String {
        let mut kept = String::with_capacity(text.len());
        let mut lines = text.lines().peekable();
        while let Some(line) = lines.next() {
            let Some(name) = line.strip_prefix("- name: ") else {
                kept.push_str(line);
                kept.push('\n');
                continue;
            };
            let keys: Vec<&str> =
                std::iter::from_fn(|| lines.next_if(|line| line.starts_with("  "))).collect();
            if let Some(keys) = self.item(name, &keys) {
                let _ = writeln!(kept, "{line}\n{}", keys.join("\n"));
            }
        }
        kept
    }

    /// Returns what is said of a thing here: as in the sample, or with the bin of the city's list
    /// and without the sample's reason for another one. What other cities do is no verdict here.
    fn item(&self, name: &str, keys: &[&str]) -> Option<Vec<String>> {
        let sample = keys.iter().find_map(|key| key.strip_prefix("  bin: "))?;
        let mut listed = self.city.into_iter().flat_map(|city| &city.items);
        let own = listed.find(|item| item.name == name);
        if own.is_none() && is_divided(name, sample, keys) {
            return None;
        }
        let other = own.filter(|own| Bin::from_word(&own.bin) != Bin::from_word(sample));
        let is_kept = |key: &&&str| {
            let is_reason = key.starts_with("  do:") || key.starts_with("  why:");
            !(key.starts_with("  cities:") || other.is_some() && is_reason)
        };
        let said = |key: &&str| match other.filter(|_| key.starts_with("  bin: ")) {
            Some(other) => format!("  bin: {}", other.bin),
            None => (*key).to_owned(),
        };
        Some(keys.iter().filter(is_kept).map(said).collect())
    }

    /// Writes the page about how the city sorts, with where each line comes from in its head.
    pub(super) fn page(&self) -> NewFile {
        let called = self.called();
        let known = self.city.into_iter().chain([national()]);
        let mut sources = String::new();
        for city in known {
            for (name, what) in &city.sources {
                let _ = writeln!(sources, "#   {name}：{what}（{}读）", city.read);
            }
        }
        let mut rows = String::new();
        for bin in Bin::FOUR {
            let colour = self.city.and_then(|city| city.bin_colour(bin.name()));
            let colour = match colour {
                Some(colour) => format!("{colour}色"),
                None => format!("{}色（国家标准）", self.bin_colour(bin)),
            };
            let _ = writeln!(
                rows,
                "| {} | {} | {colour} |",
                bin.name(),
                self.bin_name(bin)
            );
        }
        let law = self.city.and_then(|city| city.law.as_ref());
        let law = match law {
            Some(law) => format!("{}，是{}。条文以现行的文本为准。", law.cited(), law.kind),
            None => format!(
                "按{called}公布的管理规定和分类目录分；规定叫什么、哪天起施行，查到以后写在这里。"
            ),
        };
        let bulky = self.city.and_then(|city| city.bulky.as_ref());
        let bulky = match bulky {
            Some(line) => format!("{}。", line.text),
            None => {
                format!("四个桶都不收。怎么约、放哪里，以{called}的规定为准，先问社区或者物业。")
            }
        };
        let text = format!(
            "---\ntitle: {called}怎么分\n# 出处，网页上看不到；没有查到的没有写：\n{sources}topics: [sorting]\nsummary: 四个桶在{called}叫什么、什么颜色，按什么规定分，大件垃圾怎么办。\norder: 5\n---\n\
             一样东西投哪个桶，以{called}公布的分类目录为准。这里写的和目录不一样的，听目录的。\n\n\
             ## 桶的叫法和颜色\n\n| 国家标准 | {called} | 桶 |\n| --- | --- | --- |\n{rows}\n桶的颜色各小区新旧不一，看桶上的字最准。\n\n\
             ## 按什么分\n\n{law}\n\n## 大件垃圾\n\n{bulky}\n"
        );
        NewFile {
            path: SitePath::fixed(PAGE),
            bytes: Cow::Owned(text.into_bytes()),
        }
    }
}

/// Tells whether cities are known to sort a thing otherwise than the sample, or may.
fn is_divided(name: &str, bin: &str, keys: &[&str]) -> bool {
    /// Things of which the lists that were read contradict each other, or are out of date.
    const DOUBTFUL: [&str; 2] = ["粽叶", "保健品"];
    let sample = Bin::from_word(bin);
    let differs = |word: &str| Bin::from_word(word) != sample;
    let mut cities = crate::city::cities().flat_map(|city| &city.items);
    let said = keys.iter().find_map(|key| key.strip_prefix("  cities: {"));
    let said = said.unwrap_or_default().trim_matches([' ', '}']);
    let mut said = said.split(", ").filter_map(|it| it.split_once(": "));
    DOUBTFUL.contains(&name)
        || cities.any(|item| item.name == name && differs(&item.bin))
        || said.any(|(_, word)| differs(word))
}

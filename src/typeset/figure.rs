//! The figure of a page that a sheet may set as large as a picture: 26℃, 137户.

use serde::Serialize;

use crate::site::{Page, PosterWish};

/// What is counted; longer ones first.
const UNITS: [&str; 44] = [
    "平方米",
    "立方米",
    "万元",
    "公斤",
    "分钟",
    "小时",
    "人次",
    "公里",
    "厘米",
    "毫米",
    "个月",
    "周岁",
    "km",
    "kg",
    "kW",
    "mm",
    "cm",
    "℃",
    "%",
    "％",
    "户",
    "件",
    "元",
    "天",
    "人",
    "次",
    "升",
    "米",
    "棵",
    "度",
    "只",
    "桶",
    "种",
    "步",
    "样",
    "本",
    "盏",
    "吨",
    "克",
    "秒",
    "倍",
    "折",
    "楼",
    "年",
];
/// The most characters of a figure that is still taken in at a glance.
const MOST: usize = 6;

/// A number with what it counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BigFigure {
    /// The number, as written.
    pub value: String,
    /// What it counts.
    pub unit: Option<String>,
}

impl BigFigure {
    /// Returns the figure that the page asks for; or the first in its title, its lead, or its
    /// figures.
    pub fn of(page: &Page, wish: &PosterWish) -> Option<Self> {
        if let Some(asked) = &wish.figure {
            return Some(Self::asked(asked));
        }
        let texts = [Some(page.title.as_str()), wish.lead.as_deref()];
        let told = texts.into_iter().flatten().find_map(Self::found);
        told.or_else(|| {
            let figure = page.figures.first()?;
            let is_short = figure.value.chars().count() <= MOST;
            is_short.then(|| Self {
                value: figure.value.clone(),
                unit: figure.unit.clone(),
            })
        })
    }

    /// Reads a figure as its writer gives it: what follows the digits is the unit.
    fn asked(text: &str) -> Self {
        let text = text.trim();
        let end = text.find(|it: char| !is_figure(it)).unwrap_or(text.len());
        let (value, unit) = match end {
            0 => (text, ""),
            _ => text.split_at(end),
        };
        let unit = unit.trim();
        Self {
            value: value.to_owned(),
            unit: (!unit.is_empty()).then(|| unit.to_owned()),
        }
    }

    /// Finds the first number of `text` that counts something.
    fn found(text: &str) -> Option<Self> {
        let mut rest = text;
        while let Some(start) = rest.find(|it: char| it.is_ascii_digit()) {
            let before = rest[..start].chars().next_back();
            let number = &rest[start..];
            let end = number
                .find(|it: char| !is_figure(it))
                .unwrap_or(number.len());
            let value = number[..end].trim_end_matches(['.', ',']);
            let after = number[value.len()..].trim_start();
            let unit = UNITS.iter().find(|unit| after.starts_with(**unit));
            let is_part =
                before.is_some_and(|it| it.is_ascii_alphabetic() || "第年月-–:".contains(it));
            let is_place = after.starts_with("号") || after.starts_with("年") && value.len() == 4;
            let unit = unit.filter(|unit| !is_part && !is_place && **unit != "楼");
            if let Some(unit) = unit.filter(|_| value.chars().count() <= MOST) {
                return Some(Self {
                    value: value.to_owned(),
                    unit: Some((*unit).to_owned()),
                });
            }
            rest = &number[end..];
        }
        None
    }
}

fn is_figure(character: char) -> bool {
    character.is_ascii_digit() || matches!(character, '.' | ',' | '–')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<(String, String)> {
        BigFigure::found(text).map(|it| (it.value, it.unit.unwrap_or_default()))
    }

    #[test]
    fn a_number_with_its_unit_is_a_figure() {
        let some = |value: &str, unit: &str| Some((value.to_owned(), unit.to_owned()));
        assert_eq!(found("空调调到26℃"), some("26", "℃"));
        assert_eq!(found("修好 137 户漏水"), some("137", "户"));
        assert_eq!(found("花了9.6万元，四项都列明"), some("9.6", "万元"));
        assert_eq!(found("每天少开2,040公斤"), some("2,040", "公斤"));
    }

    #[test]
    fn days_places_and_names_are_none() {
        assert_eq!(found("2026年11月3日停水"), None);
        assert_eq!(found("26号楼屋面更换"), None);
        assert_eq!(found("第3次清理，PM2.5监测"), None);
        assert_eq!(found("打12345"), None);
    }

    #[test]
    fn a_figure_is_as_its_writer_gives_it() {
        let asked = |text| BigFigure::asked(text);
        assert_eq!(asked("26℃").unit.as_deref(), Some("℃"));
        assert_eq!(asked("137 户").unit.as_deref(), Some("户"));
        assert_eq!((asked("零").value.as_str(), asked("零").unit), ("零", None));
    }
}

//! Pages in, what is found out; and how much a first search fetches.

use super::index::{Doc, files};
use super::stream::{Stream, fold};
use super::visible::Visible;
use std::collections::BTreeMap;

/// The index as the script reads it.
struct Index {
    files: BTreeMap<String, String>,
    /// Where each page ends.
    ends: Vec<usize>,
    pairs: Vec<(char, char)>,
}

impl Index {
    fn of(docs: &[Doc]) -> Self {
        let files: BTreeMap<String, String> = files(docs).into_iter().collect();
        let catalogue: serde_json::Value = serde_json::from_str(&files["index"]).expect("JSON");
        let lengths = numbers(catalogue["docs"].as_str().expect("text"));
        let mut end = 0;
        let ends = lengths.chunks(5).map(|doc| {
            end += doc[..4].iter().sum::<usize>();
            end
        });
        let ends = ends.collect();
        let pairs: Vec<char> = catalogue["pairs"].as_str().expect("text").chars().collect();
        Self {
            files,
            ends,
            pairs: pairs.chunks(2).map(|pair| (pair[0], pair[1])).collect(),
        }
    }

    fn file_of(&self, pair: (char, char)) -> Option<String> {
        let at = self.pairs.partition_point(|first| *first <= pair);
        Some(format!("w{}", at.checked_sub(1)?))
    }

    /// Returns where a pair stands.
    fn places(&self, (first, second): (char, char)) -> Vec<usize> {
        let Some(file) = self.file_of((first, second)) else {
            return Vec::new();
        };
        let groups: Vec<String> = serde_json::from_str(&self.files[&file]).expect("a list");
        let group = groups.chunks(2).find(|group| group[0].starts_with(first));
        let mut rest = group.map_or("", |group| group[1].as_str());
        while let Some(other) = rest.chars().next() {
            let (distances, after) = rest[other.len_utf8()..]
                .split_once('.')
                .expect("a full stop");
            if other == second {
                let mut place = 0;
                let places = numbers(distances).into_iter().map(|distance| {
                    place += distance;
                    place
                });
                return places.collect();
            }
            rest = after;
        }
        Vec::new()
    }

    /// Returns the pages that hold a phrase of two or more characters.
    fn find(&self, phrase: &str) -> Vec<usize> {
        let phrase: Vec<char> = phrase.chars().map(fold).collect();
        let pairs = phrase.windows(2).enumerate();
        let starts = pairs.map(|(at, pair)| -> Vec<usize> {
            let places = self.places((pair[0], pair[1]));
            places
                .iter()
                .filter_map(|place| place.checked_sub(at))
                .collect()
        });
        let starts = starts.reduce(|a, b| a.into_iter().filter(|it| b.contains(it)).collect());
        let mut pages: Vec<usize> = starts
            .unwrap_or_default()
            .iter()
            .map(|&place| self.ends.partition_point(|&end| end <= place))
            .collect();
        pages.dedup();
        pages
    }

    /// Returns how many bytes a first search for a phrase fetches at most: the catalogue, the
    /// files of its pairs, and eight files of titles and of text.
    fn fetched(&self, phrase: &str) -> usize {
        let phrase: Vec<char> = phrase.chars().collect();
        let mut wanted: Vec<String> = phrase
            .chunks(2)
            .filter_map(|pair| self.file_of((pair[0], *pair.get(1)?)))
            .collect();
        wanted.sort();
        wanted.dedup();
        let longest = |kind: char| {
            let files = self.files.iter().filter(|(name, _)| name.starts_with(kind));
            files.map(|(_, data)| data.len()).max().unwrap_or(0)
        };
        let pairs: usize = wanted.iter().map(|name| self.files[name].len()).sum();
        self.files["index"].len() + pairs + 8 * (longest('t') + longest('p'))
    }
}

fn numbers(text: &str) -> Vec<usize> {
    let (mut out, mut number, mut shift) = (Vec::new(), 0, 0);
    for digit in text.bytes() {
        let value = match digit {
            b'A'..=b'Z' => digit - b'A',
            b'a'..=b'z' => digit - b'a' + 26,
            b'0'..=b'9' => digit - b'0' + 52,
            b'-' => 62,
            _ => 63,
        };
        number += usize::from(value & 31) << shift;
        shift += 5;
        if value < 32 {
            out.push(number);
            (number, shift) = (0, 0);
        }
    }
    out
}

fn doc(text: &[&str]) -> Doc {
    Doc {
        url: "living/tap/index.html".into(),
        title: "关紧水龙头".into(),
        label: "绿色生活".into(),
        weight: 8,
        visible: Visible {
            title: vec!["关紧水龙头".into()],
            text: text.iter().map(ToString::to_string).collect(),
            ..Visible::default()
        },
    }
}

/// Numbers that look like chance and are the same each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % bound
    }

    /// Returns a character of 3,000, frequent ones as frequent as in Chinese: the first makes up
    /// a thirty-seventh, the `n`th `6 / (6 + n)` of that.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "small numbers"
    )]
    fn character(&mut self) -> char {
        let part = self.below(1 << 20) as f64 / f64::from(1 << 20);
        let rank = 6.0 * (3006.0_f64 / 6.0).powf(part) - 6.0;
        char::from_u32(0x4E00 + rank as u32).unwrap_or('一')
    }

    fn text(&mut self, length: usize) -> String {
        (0..length).map(|_| self.character()).collect()
    }
}

#[test]
fn a_phrase_finds_the_pages_that_hold_it_and_no_others() {
    let docs = [
        doc(&["充电电池投红桶。", "干电池", "投灰桶"]),
        doc(&["ＰＥＴ 瓶和 LED 18 W 的灯"]),
        doc(&["电", "池"]),
    ];
    let index = Index::of(&docs);
    assert_eq!(index.find("电池"), [0]);
    assert_eq!(index.find("电池投"), [0], "not from one block to the next");
    assert_eq!(index.find("池投灰"), [0usize; 0]);
    assert_eq!(index.find("pet瓶"), [1]);
    assert_eq!(index.find("led"), [1]);
    assert_eq!(index.find("18w"), [0usize; 0]);
    assert_eq!(index.find("水龙头"), [0, 1, 2]);
    assert_eq!(index.find("第6期"), [0usize; 0]);
}

#[test]
fn what_is_found_is_what_a_scan_finds() {
    let mut chance = Chance(5);
    let texts: Vec<String> = (0..60).map(|_| chance.text(300)).collect();
    let docs: Vec<Doc> = texts.iter().map(|text| doc(&[text])).collect();
    let index = Index::of(&docs);
    for _ in 0..200 {
        let (page, length) = (chance.below(60), 2 + chance.below(7));
        let from = chance.below(300 - length);
        let there: String = texts[page].chars().skip(from).take(length).collect();
        let made = chance.text(length);
        for phrase in [there, made] {
            let scan: Vec<usize> = (0..60).filter(|&at| texts[at].contains(&phrase)).collect();
            assert_eq!(index.find(&phrase), scan, "{phrase}");
        }
    }
}

#[test]
fn pairs_that_begin_with_one_character_lie_side_by_side() {
    let docs: Vec<Doc> = (0..40).map(|at| doc(&[&Chance(at).text(500)])).collect();
    let index = Index::of(&docs);
    assert!(index.pairs.is_sorted() && index.pairs.len() > 5);
}

#[test]
fn a_first_search_of_a_thousand_pages_fetches_less_than_200_kilobytes() {
    let mut chance = Chance(9);
    // Every page says what the site is about ten times.
    let mut page = || (0..10).map(|_| chance.text(121) + "垃圾分类").collect();
    let texts: Vec<String> = (0..1000).map(|_| page()).collect();
    let docs: Vec<Doc> = texts.iter().map(|text| doc(&[text])).collect();
    let index = Index::of(&docs);
    let most = (0..1000).map(|page| {
        let phrase: String = texts[page].chars().skip(page % 600 + 110).take(8).collect();
        index.fetched(&phrase)
    });
    // The script, the page and the sorting items, not compressed, take 75,000 more.
    let most = most.max().unwrap_or(0);
    assert!(most < 120_000, "{most} bytes");
}

#[test]
fn a_row_of_characters_is_cut_with_what_stands_around() {
    let mut stream = Stream::default();
    stream.push("甲 乙");
    assert_eq!(stream.shown(0, 9), "甲\t乙\n");
}

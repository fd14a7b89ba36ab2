//! Pages in, what the lists of the index say of them out, and what a change touches. How the
//! script reads them is tested in a browser, by `tests/oracles/search.mjs`.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::date;

use super::index::Doc;
use super::index::files;
use super::text::shown;
use super::words::Words;

fn doc(at: usize, text: &[String]) -> Doc {
    Doc {
        url: format!("living/p{at}/index.html"),
        label: "绿色生活".into(),
        weight: 3,
        date: Some(
            date(2026, 1, 1).saturating_add(jiff::Span::new().days(i64::try_from(at).unwrap_or(0))),
        ),
        words: Words {
            title: format!("关紧水龙头{at}"),
            headings: Vec::new(),
            text: text.to_vec(),
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

    /// Returns a sentence of 3,000 characters, frequent ones as frequent as in Chinese: the first
    /// makes up a thirty-seventh, the `n`th `6 / (6 + n)` of that.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "small numbers"
    )]
    fn sentence(&mut self) -> String {
        let mut character = || {
            let part = self.below(1 << 20) as f64 / f64::from(1 << 20);
            let rank = 6.0 * (3006.0_f64 / 6.0).powf(part) - 6.0;
            char::from_u32(0x4E00 + rank as u32).unwrap_or('一')
        };
        (0..24).map(|_| character()).chain(['。']).collect()
    }

    /// Returns the paragraphs of a page, 1,250 characters in all.
    fn text(&mut self) -> Vec<String> {
        let mut paragraph = || (0..5).map(|_| self.sentence()).collect();
        (0..10).map(|_| paragraph()).collect()
    }
}

type Site = Vec<(usize, Vec<String>)>;

fn site(count: usize) -> Site {
    let mut chance = Chance(9);
    (0..count).map(|at| (at, chance.text())).collect()
}

fn made(site: &Site) -> BTreeMap<String, String> {
    index(site.iter().map(|(at, text)| doc(*at, text)).collect())
}

fn index(docs: Vec<Doc>) -> BTreeMap<String, String> {
    let mut made = BTreeMap::new();
    files(docs, &mut |name, data| {
        made.insert(name, data);
    });
    made
}

/// Returns the names of the files that two indexes have unlike.
fn changed(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> Vec<String> {
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let differ = names
        .into_iter()
        .filter(|name| before.get(*name) != after.get(*name));
    differ.cloned().collect()
}

#[test]
fn the_words_of_a_page_lie_by_its_address() {
    let text = ["干电池。".to_owned(), shown("LED 灯")];
    let made = made(&vec![(0, text.to_vec())]);
    let words = made.iter().find(|(name, _)| name.starts_with('t'));
    let (_, words) = words.expect("the page has words");
    insta::assert_snapshot!(words, @r#"[["living/p0/index.html","绿色生活",3,"关紧水龙头0","","干电池。\nLED\t灯"]]"#);
}

#[test]
fn a_sentence_touches_its_own_lists() {
    let mut site = site(1000);
    let before = made(&site);
    site[300].1[4].insert_str(0, "请把纸箱拆平再捆好。");
    let after = made(&site);
    let changed = changed(&before, &after);
    assert!(changed.len() <= 24, "{changed:?}");
}

#[test]
fn a_title_touches_its_own_lists() {
    let site = site(1000);
    let before = made(&site);
    let mut docs: Vec<Doc> = site.iter().map(|(at, text)| doc(*at, text)).collect();
    docs[300].words.title = "夜里关紧水龙头".into();
    let after = index(docs);
    let changed = changed(&before, &after);
    assert!(changed.len() <= 18, "{changed:?}");
}

#[test]
fn the_newest_pages_stand_apart() {
    let mut site = site(1000);
    let before = made(&site);
    site.push((1000, Chance(77).text()));
    let changed = changed(&before, &made(&site));
    // Its lists, its words, and the catalogue.
    assert!(changed.len() <= 18, "{changed:?}");
    assert!(
        !changed.iter().any(|name| name.starts_with('w')),
        "{changed:?}"
    );
}

#[test]
fn what_is_withdrawn_leaves_nothing_behind() {
    let mut site = site(40);
    let before = made(&site);
    site.insert(3, (99, vec!["撤下来的话。".to_owned()]));
    assert_ne!(made(&site), before);
    site.remove(3);
    assert_eq!(made(&site), before);
}

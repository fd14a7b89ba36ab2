//! Where the words of a Chinese text begin and end, and what kind each is.
//!
//! The likeliest way to part a text by how common its words are. The words are those of jieba
//! (`scripts/words.py`), looked up where they lie in the binary, so that nothing is loaded.

use std::sync::LazyLock;

/// Written by `scripts/words.py`, which tells the form.
static TABLES: &[u8] = include_bytes!("words.bin");
/// The tables of words by their length.
static BY_LENGTH: LazyLock<Vec<Table>> = LazyLock::new(tables);
/// The longest word, in characters.
const LONGEST: usize = 8;
/// The natural logarithm of how often all words together were counted.
const ALL: f64 = 17.91;
/// In the table: steps of the logarithm in one.
const STEPS: f64 = 16.0;

/// A word of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word {
    /// How many characters it has.
    pub(super) length: usize,
    /// The first letter of its part of speech by jieba, such as `n` or `v`; `x` where it is not known.
    pub(super) part: char,
}

/// Parts `text` into words; what is no Chinese is parted into single characters. `own` are words
/// that are known beside those of the dictionary.
pub(super) fn words(text: &[char], own: &[&str]) -> Vec<Word> {
    let mut best = vec![
        (
            0.0,
            Word {
                length: 0,
                part: 'x'
            }
        );
        text.len() + 1
    ];
    for from in (0..text.len()).rev() {
        let mut choice = (f64::NEG_INFINITY, best[from].1);
        for length in 1..=LONGEST.min(text.len() - from) {
            let known = found(&text[from..from + length], own);
            let (common, part) = match (known, length) {
                (Some(known), _) => known,
                (None, 1) => (0.0, 'x'),
                (None, _) => continue,
            };
            let score = common - ALL + best[from + length].0;
            if score > choice.0 {
                choice = (score, Word { length, part });
            }
        }
        best[from] = choice;
    }
    let mut words = Vec::new();
    let mut at = 0;
    while let Some((_, word)) = best.get(at).filter(|(_, word)| word.length > 0) {
        words.push(*word);
        at += word.length;
    }
    words
}

/// Looks a word up: the logarithm of how common it is, and its part of speech.
fn found(word: &[char], own: &[&str]) -> Option<(f64, char)> {
    let mut key = [0; 2 * LONGEST];
    for (unit, character) in key.chunks_exact_mut(2).zip(word) {
        unit.copy_from_slice(&u16::try_from(*character).ok()?.to_be_bytes());
    }
    let known = BY_LENGTH.get(word.len() - 1);
    let known = known.and_then(|table| table.find(&key[..2 * word.len()]));
    if word.len() > 1 && own.iter().any(|it| it.chars().eq(word.iter().copied())) {
        // As common as any word that people talk of.
        let part = known.map_or('n', |(_, part)| part);
        return Some((known.map_or(0.0, |it| it.0).max(9.0), part));
    }
    known
}

/// The words of one length.
struct Table {
    records: &'static [u8],
    length: usize,
}

/// Parts the binary's bytes into the tables of words of one character, of two, and so on.
fn tables() -> Vec<Table> {
    let mut rest = TABLES;
    let table = |length: usize| {
        let (count, records) = rest.split_first_chunk::<4>()?;
        let bytes = u32::from_be_bytes(*count) as usize * (2 * length + 2);
        let (records, behind) = records.split_at_checked(bytes)?;
        rest = behind;
        Some(Table { records, length })
    };
    (1..=LONGEST).map_while(table).collect()
}

impl Table {
    /// Looks up a word, given in units of UTF-16, the higher byte first.
    fn find(&self, key: &[u8]) -> Option<(f64, char)> {
        let size = 2 * self.length + 2;
        let (mut low, mut high) = (0, self.records.len() / size);
        while low < high {
            let middle = usize::midpoint(low, high);
            let record = &self.records[middle * size..(middle + 1) * size];
            let (word, rest) = record.split_at(size - 2);
            match word.cmp(key) {
                std::cmp::Ordering::Equal => {
                    return Some((f64::from(rest[0]) / STEPS, char::from(rest[1])));
                }
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parted(text: &str) -> String {
        let characters: Vec<char> = text.chars().collect();
        let mut at = 0;
        let words = words(&characters, &["厨余"]).into_iter().map(|word| {
            let chosen: String = characters[at..at + word.length].iter().collect();
            at += word.length;
            format!("{chosen}{}", word.part)
        });
        words.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_text_is_parted_into_its_likeliest_words() {
        assert_eq!(parted("电动车电池不进楼"), "电动车n 电池n 不d 进v 楼n");
        assert_eq!(parted("居民委员会厨余垃圾"), "居民n 委员会n 厨余n 垃圾n");
        assert_eq!(parted("用App扫"), "用p Ax px px 扫v");
        assert!(parted("𠮷野家").starts_with("𠮷x "));
        assert_eq!(parted(""), "");
    }
}

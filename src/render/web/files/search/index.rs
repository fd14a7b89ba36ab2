//! The index: which pages hold each character and each two that follow each other.
//!
//! A page has a number made of its address alone, its *bucket*; pages may share one. For each
//! *key* (a character, or a pair) the index lists the buckets that hold it, and whoever searches
//! intersects the lists of a phrase, reads the words of what is left, and shows what holds the
//! phrase. A pair is listed with its *clock*: the place in its sentence, counted from a number made
//! of the sentence's beginning, so that of pages that hold all pairs of a phrase few are left that
//! do not hold them side by side.
//!
//! Nothing here counts over more than a sentence: one that changes touches its own keys and no
//! others. Lists lie in files by a number made of their key, and are found there by another one,
//! so that the characters themselves need not be told; two keys of one number share a list, which
//! lets through what is then read in vain. A page that comes touches nearly all files of its part,
//! therefore the newest pages are a *part* of their own, of few files; it is merged into the base
//! when it is full. All of this follows from the pages alone.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde_json::json;

use super::bits::Bits;
use super::text::searched;
use super::words::Words;

/// How many pages there are to a file of the base.
const PAGES_A_FILE: usize = 2;
/// The fewest and the most files of the base.
const FILES: (usize, usize) = (8, 1024);
/// How many files the newest pages have.
const FRESH_FILES: usize = 16;
/// How many of the newest pages stand apart before they are merged into the base.
const FRESH_PAGES: usize = 16;
/// How many files are made at once, which bounds the memory.
const AT_ONCE: usize = 256;
/// The second character of a key that has one alone.
const NONE: char = '\0';
/// How many characters of a sentence tell it from others.
const BEGINNING: usize = 6;
/// The hours of the clock.
const HOURS: u32 = 32;
/// What ends a sentence, so that the clock starts anew behind it.
const ENDS: [char; 6] = ['。', '；', ';', '!', '?', '.'];
/// How many times a key is said that is said often.
const OFTEN: usize = 3;
/// The bits of the number by which a list is found in its file; the last tells pairs apart.
const CODE: u32 = 17;

/// A page as it is indexed.
#[derive(Debug)]
pub(in crate::render::web) struct Doc {
    /// Its output file.
    pub url: String,
    /// What kind of page it is, in a word or two.
    pub label: String,
    /// What a hit on it is worth beside the same hit on another page: 1 to 3.
    pub weight: u8,
    /// When it came, where it says so.
    pub date: Option<jiff::civil::Date>,
    /// Its words.
    pub words: Words,
}

/// Hands the files of the index to `take`, each by its name with the data that it hands over as JSON.
pub(in crate::render::web) fn files(mut docs: Vec<Doc>, take: &mut dyn FnMut(String, String)) {
    docs.sort_by(|a, b| (a.date, &a.url).cmp(&(b.date, &b.url)));
    let buckets = (2 * docs.len()).next_power_of_two();
    let docs: Vec<(u32, Doc)> = docs
        .into_iter()
        .map(|doc| (hash(doc.url.chars()) & (buckets as u32 - 1), doc))
        .collect();
    let dated = docs.iter().filter(|(_, doc)| doc.date.is_some()).count();
    let (base, fresh) = docs.split_at(docs.len() - dated % FRESH_PAGES);
    let count = (base.len() / PAGES_A_FILE).next_power_of_two();
    let parts = [
        ("w", base, count.clamp(FILES.0, FILES.1)),
        ("n", fresh, FRESH_FILES),
    ];
    let catalogue = json!({
        "buckets": buckets,
        "parts": parts.map(|(name, _, files)| (name, files)),
        "weights": weights(&docs, buckets),
    });
    take("index".to_owned(), catalogue.to_string());
    for (name, docs, count) in parts {
        lists(docs, name, count, buckets, take);
    }
    texts(&docs).for_each(|(name, data)| take(name, data));
}

/// Returns the most that a page of each bucket weighs, two bits each.
fn weights(docs: &[(u32, Doc)], buckets: usize) -> String {
    let mut most = vec![0; buckets];
    for (bucket, doc) in docs {
        let most = &mut most[*bucket as usize];
        *most = doc.weight.max(*most);
    }
    let mut bits = Bits::default();
    most.iter().for_each(|&most| bits.plain(most.into(), 2));
    bits.end()
}

/// Returns the words of each bucket: address, label, weight, title, headings, and text.
fn texts(docs: &[(u32, Doc)]) -> impl Iterator<Item = (String, String)> {
    let mut by_bucket: BTreeMap<u32, Vec<&Doc>> = BTreeMap::new();
    for (bucket, doc) in docs {
        by_bucket.entry(*bucket).or_default().push(doc);
    }
    by_bucket.into_iter().map(|(bucket, mut docs)| {
        docs.sort_by(|a, b| a.url.cmp(&b.url));
        let text = |doc: &&Doc| {
            let words = &doc.words;
            let (headings, text) = (words.headings.join("\n"), words.text.join("\n"));
            json!([doc.url, doc.label, doc.weight, words.title, headings, text])
        };
        let data = docs.iter().map(text).collect::<serde_json::Value>();
        (format!("t{bucket}"), data.to_string())
    })
}

/// A key that stands somewhere: from the top its code, its bucket, its class in three bits, and its
/// hour in five, so that numbers in their order are lists in theirs.
type Posting = u64;

/// Returns what tells postings of a key in a bucket from others.
fn place(posting: Posting) -> u64 {
    posting >> 8
}

fn bucket(posting: Posting) -> u32 {
    place(posting) as u32
}

fn code(posting: Posting) -> u32 {
    (posting >> 40) as u32
}

/// Hands the files of a part to `take` by their name.
fn lists(
    docs: &[(u32, Doc)],
    name: &str,
    count: usize,
    buckets: usize,
    take: &mut dyn FnMut(String, String),
) {
    let spans: Vec<usize> = (0..count).step_by(AT_ONCE).collect();
    let span = |from: usize| {
        let mut files = vec![Vec::new(); AT_ONCE.min(count - from)];
        for (bucket, doc) in docs {
            add(doc, *bucket, &mut files, (from, count));
        }
        let written = files.into_iter().map(|postings| file(postings, buckets));
        let data = written.enumerate();
        data.map(|(at, data)| (format!("{name}{}", from + at), json!(data).to_string()))
            .collect::<Vec<_>>()
    };
    // As many at once as are worked at side by side.
    for spans in spans.chunks(rayon::current_num_threads()) {
        let made: Vec<_> = spans.par_iter().map(|&from| span(from)).collect();
        let made = made.into_iter().flatten();
        made.for_each(|(name, data)| take(name, data));
    }
}

/// Adds the postings of a page to those of `files`, of which the first has the number `from` among
/// `count`.
fn add(doc: &Doc, bucket: u32, files: &mut [Vec<Posting>], (from, count): (usize, usize)) {
    keys(&doc.words, |key, class, hour| {
        let number = hash(key);
        // As it is a power of two, this is what is left of a division.
        let file = (number as usize & (count - 1)).wrapping_sub(from);
        if let Some(file) = files.get_mut(file) {
            let code = number >> (32 - CODE) & !1 | u32::from(key[1] != NONE);
            let place = u64::from(code) << 32 | u64::from(bucket);
            file.push(place << 8 | u64::from(class << 5 | hour));
        }
    });
}

/// Calls `take` with each key of a page, its class as far as its place makes it, and its hour; the
/// second character of a single one is [`NONE`].
fn keys(words: &Words, mut take: impl FnMut([char; 2], u32, u32)) {
    let title = std::iter::once((&words.title, 3));
    let headings = words.headings.iter().map(|block| (block, 2));
    let text = words.text.iter().map(|block| (block, 0));
    let mut characters: Vec<char> = Vec::new();
    for (block, class) in title.chain(headings).chain(text) {
        characters.clear();
        characters.extend(searched(block));
        let mut at = 0;
        for sentence in characters.split_inclusive(|character| ENDS.contains(character)) {
            let begins = sentence.iter().take(BEGINNING).copied();
            let mut hours = hash(begins);
            for &first in sentence {
                let hour = hours % HOURS;
                hours = hours.wrapping_add(1);
                at += 1;
                // Nobody searches for white space.
                if first == ' ' {
                    continue;
                }
                take([first, NONE], class, 0);
                if let Some(&second) = characters.get(at).filter(|&&second| second != ' ') {
                    take([first, second], class, hour);
                }
            }
        }
    }
}

/// Writes a file: how many lists it has, and for each how far its code is from the one before, how
/// many buckets it has, and these.
fn file(mut postings: Vec<Posting>, buckets: usize) -> String {
    postings.sort_unstable();
    let lists = || postings.chunk_by(|&a, &b| code(a) == code(b));
    let count = lists().count();
    let low = low_bits(count, 1 << CODE);
    let mut bits = Bits::default();
    bits.gamma(count as u32 + 1);
    let mut next = 0;
    for list in lists() {
        bits.rice(code(list[0]) - next, low);
        next = code(list[0]) + 1;
        write_list(list, buckets, &mut bits);
    }
    bits.end()
}

/// Writes how many buckets a list has, and for each how far it is from the one before, its class
/// and, of a pair, its hours.
fn write_list(list: &[Posting], buckets: usize, bits: &mut Bits) {
    let places = || list.chunk_by(|&a, &b| place(a) == place(b));
    let count = places().count();
    let low = low_bits(count, buckets);
    bits.gamma(count as u32);
    let mut next = 0;
    for same in places() {
        let last = same[same.len() - 1];
        bits.rice(bucket(last) - next, low);
        next = bucket(last) + 1;
        let often = u32::from(same.len() >= OFTEN);
        bits.ones(often.max((last >> 5) as u32 & 3), 3);
        if code(last) & 1 == 1 {
            write_hours(same, bits);
        }
    }
}

/// Returns for how many bits most distances have room of `count` numbers below `bound`.
fn low_bits(count: usize, bound: usize) -> u32 {
    let (count, mut low) = (count.max(1), 0);
    while count << (low + 1) <= bound * 7 / 10 {
        low += 1;
    }
    low
}

/// Writes up to three hours each by itself, more as the whole clock.
fn write_hours(same: &[Posting], bits: &mut Bits) {
    let hour = |posting: &Posting| *posting as u32 % HOURS;
    let clock = same.iter().fold(0, |clock: u32, it| clock | 1 << hour(it));
    let count = clock.count_ones();
    bits.ones(count.min(4) - 1, 3);
    match count {
        1 => bits.plain(clock.ilog2(), 5),
        2..=3 => (0..HOURS)
            .filter(|hour| clock >> hour & 1 == 1)
            .for_each(|hour| bits.plain(hour, 5)),
        _ => bits.plain(clock, HOURS),
    }
}

/// Returns a number made of characters; the script makes the same of them.
fn hash(characters: impl IntoIterator<Item = char>) -> u32 {
    characters.into_iter().fold(0, |hash, character| {
        let mixed = (hash ^ u32::from(character)).wrapping_mul(0x9E37_79B1);
        mixed ^ (mixed >> 15)
    })
}

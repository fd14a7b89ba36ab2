//! The index: where every pair of characters stands, in small files.
//!
//! All visible words stand in one [`Stream`]. For each two characters that follow each other the
//! index holds their places; a phrase stands where its pairs stand side by side, so that what is
//! found is exactly what is there, and only the pairs of the phrase are fetched. Pairs are cut
//! into files in the order of their characters, and the catalogue names the first pair of each:
//! one look tells which file to fetch, and all pairs that begin with one character lie together.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::number;
use super::stream::{END, Stream};
use super::visible::Visible;

/// How long a file of pairs grows, in bytes; a single pair may be longer.
const PAIRS: usize = 6 * 1024;
/// How many places a file of text holds.
const TEXT: usize = 1200;
/// How far a file of text reaches back, so that words stand in their context.
const BEFORE: usize = 24;
/// How far it reaches on.
const BEYOND: usize = 72;
/// How many pages a file of titles and addresses holds.
const CARDS: usize = 16;

/// A page as it is indexed.
#[derive(Debug)]
pub(super) struct Doc {
    /// Its output file.
    pub url: String,
    /// Its title in the results.
    pub title: String,
    /// What kind of page it is, in a word or two.
    pub label: String,
    /// What a hit on it is worth beside the same hit on another page.
    pub weight: usize,
    /// Its words.
    pub visible: Visible,
}

/// Returns the files of the index by their name, each with the data that it hands over as JSON.
pub(super) fn files(docs: &[Doc]) -> Vec<(String, String)> {
    let mut stream = Stream::default();
    let mut lengths = String::new();
    for doc in docs {
        let shown = &doc.visible;
        for zone in [&shown.title, &shown.headings, &shown.text, &shown.links] {
            let from = stream.len();
            zone.iter().for_each(|block| stream.push(block));
            number::write(stream.len() - from, &mut lengths);
        }
        number::write(doc.weight, &mut lengths);
    }
    let (first_pairs, pairs) = pairs(&stream);
    let catalogue = json!({
        "docs": lengths,
        "pairs": first_pairs,
        "text": [TEXT, BEFORE],
        "cards": CARDS,
    });
    let texts = texts(&stream).map(|text| json!(text).to_string());
    let cards = docs.chunks(CARDS).map(cards);
    let mut files = vec![("index".to_owned(), catalogue.to_string())];
    files.extend(numbered("w", pairs.into_iter()));
    files.extend(numbered("t", texts));
    files.extend(numbered("p", cards));
    files
}

fn numbered(
    kind: &str,
    data: impl Iterator<Item = String>,
) -> impl Iterator<Item = (String, String)> {
    data.enumerate()
        .map(move |(at, data)| (format!("{kind}{at}"), data))
}

fn cards(docs: &[Doc]) -> String {
    let cards = docs
        .iter()
        .map(|doc| json!([doc.title, doc.url, doc.label]));
    Value::from_iter(cards).to_string()
}

fn texts(stream: &Stream) -> impl Iterator<Item = String> {
    let starts = (0..stream.len()).step_by(TEXT);
    starts.map(|from| stream.shown(from.saturating_sub(BEFORE), from + TEXT + BEYOND))
}

/// Returns the first pair of each file, all in one text, and the files: `[first character,
/// entries, …]`, where an entry is a second character, the distances from place to place, and a
/// full stop.
fn pairs(stream: &Stream) -> (String, Vec<String>) {
    let mut first_pairs = String::new();
    let mut files = Vec::new();
    let mut groups: Vec<(char, String)> = Vec::new();
    let mut length = 0;
    for (first, mut places) in places_by_character(stream) {
        // Places come in their order and a stable sort leaves them so.
        places.sort_by_key(|&place| stream.at(place as usize + 1));
        for places in places.chunk_by(|&a, &b| second(stream, a) == second(stream, b)) {
            if length >= PAIRS {
                files.push(file(&mut groups));
                length = 0;
            }
            let second = second(stream, places[0]);
            if groups.is_empty() {
                first_pairs.extend([first, second]);
            }
            if groups.last().is_none_or(|(last, _)| *last != first) {
                groups.push((first, String::new()));
                length += 10;
            }
            let (_, entries) = groups.last_mut().expect("one was just added");
            let before = entries.len();
            entry(second, places, entries);
            length += entries.len() - before;
        }
    }
    if !groups.is_empty() {
        files.push(file(&mut groups));
    }
    (first_pairs, files)
}

fn second(stream: &Stream, place: u32) -> char {
    stream.at(place as usize + 1)
}

fn entry(second: char, places: &[u32], out: &mut String) {
    out.push(second);
    let mut last = 0;
    for &place in places {
        number::write((place - last) as usize, out);
        last = place;
    }
    out.push('.');
}

fn file(groups: &mut Vec<(char, String)>) -> String {
    let groups = std::mem::take(groups);
    let both = |(first, entries): (char, String)| [json!(first), json!(entries)];
    Value::from_iter(groups.into_iter().flat_map(both)).to_string()
}

/// Returns where each character stands that a phrase can begin with.
fn places_by_character(stream: &Stream) -> BTreeMap<char, Vec<u32>> {
    let mut places: BTreeMap<char, Vec<u32>> = BTreeMap::new();
    for (place, character) in (0u32..).zip(stream.folded()) {
        if character != END && character != ' ' {
            places.entry(character).or_default().push(place);
        }
    }
    places
}

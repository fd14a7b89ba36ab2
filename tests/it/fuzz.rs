//! The fuzzers' targets (`fuzz/`), run for a moment over their corpora: nothing may panic, hang or
//! break what `greenboard::fuzz` asks for.
//!
//! `GREENBOARD_FUZZ_SECONDS=600` runs each for ten minutes. A case that fails is made smaller, and
//! belongs into `fuzz/corpus/`.

use std::cell::Cell;
use std::path::Path;
use std::time::{Duration, Instant};

use greenboard::fuzz::TARGETS;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};

/// How many cases a short run has at most.
const MOST: u64 = 2000;

/// The longest that a case may take, on a machine that has much else to do.
const LONGEST: Duration = Duration::from_secs(20);

/// What means something to one of the readers.
const WORDS: &[&str] = &[
    "---\n",
    "\n",
    "\n\n",
    "  ",
    "\t",
    ": ",
    "- ",
    "#",
    "> ",
    "| ",
    "|---|",
    "```",
    "~~~",
    ":::",
    ":::tip\n",
    "<!-- ",
    " -->",
    "<!-- poster -->",
    "<b>",
    "</p>",
    "<script>",
    "<img src=x onerror=y>",
    "<a id=\"a\">",
    "&lt;",
    "[^1]",
    "[^1]: ",
    "[[",
    "]](",
    "![",
    "](a.png)",
    "**",
    "*",
    "_",
    "`",
    "~~",
    "\\",
    "$",
    "{.c}",
    "{#a}",
    "（1）",
    "1. ",
    "1、",
    "①",
    "一、",
    "“",
    "”",
    "《",
    "。",
    "\u{3000}",
    "\u{200b}",
    "\u{feff}",
    "\u{202e}",
    "\u{2801}",
    "\u{1F600}",
    "'",
    "\"",
    "{",
    "}",
    "[",
    "]",
    "&a ",
    "*a ",
    "!!str ",
    "|\n",
    ">-\n",
    "? ",
    "%YAML 1.2",
    "~",
    "null",
    "true",
    "0",
    "-1",
    "1e999",
    "99999999999999999999",
    "2026-02-30",
    "2026-11-05",
    "0000-00-00",
    "9999-12-31",
    "NaN",
    ".inf",
    "title: ",
    "标题: ",
    "date: ",
    "poster:\n  ",
    "kind: 公示\n",
    "from: ",
    "to: ",
    "stages:\n  - ",
    "topics: [",
    "board:\n",
    "name: ",
    "bin: ",
    "厨余垃圾",
    "also: [",
    "format: 1\n",
    "events:\n- {v: 1, id: a, kind: hung, ",
    "board: east, slot: \"1\", ",
    "of: a, ",
    "kind: removed, ",
    "kind: corrected, ",
    "<c r=\"A1\" t=\"s\"><v>0</v></c>",
    "<c r=\"XFD1048576\"><v>1</v></c>",
    "<row r=\"1\">",
    "<mergeCell ref=\"A1:ZZ9999\"/>",
    "t=\"inlineStr\"",
    "<f>1/0</f>",
    "s=\"1\"",
    "formatCode=\"",
    "[h]:mm",
];

/// A change of a text.
#[derive(Debug, Clone)]
enum Change {
    Insert(Index, Index),
    Byte(Index, u8),
    Delete(Index, Index),
    Repeat(Index, Index, u8),
    Splice(Index, Index, Index, Index),
}

fn change() -> impl Strategy<Value = Change> {
    let at = any::<Index>;
    prop_oneof![
        4 => (at(), at()).prop_map(|(at, word)| Change::Insert(at, word)),
        1 => (at(), any::<u8>()).prop_map(|(at, byte)| Change::Byte(at, byte)),
        2 => (at(), at()).prop_map(|(from, to)| Change::Delete(from, to)),
        1 => (at(), at(), 2..40_u8).prop_map(|(from, to, times)| Change::Repeat(from, to, times)),
        2 => (at(), at(), at(), at()).prop_map(|(at, other, from, to)| Change::Splice(at, other, from, to)),
    ]
}

fn range(from: &Index, to: &Index, length: usize) -> std::ops::Range<usize> {
    let (from, to) = (from.index(length + 1), to.index(length + 1));
    from.min(to)..from.max(to)
}

fn changed(mut text: Vec<u8>, changes: &[Change], seeds: &[Vec<u8>]) -> Vec<u8> {
    for change in changes {
        match change {
            Change::Insert(at, word) => {
                let at = at.index(text.len() + 1);
                text.splice(at..at, WORDS[word.index(WORDS.len())].bytes());
            }
            Change::Byte(at, byte) if !text.is_empty() => {
                let at = at.index(text.len());
                text[at] = *byte;
            }
            Change::Byte(..) => {}
            Change::Delete(from, to) => {
                text.drain(range(from, to, text.len()));
            }
            Change::Repeat(from, to, times) => {
                let range = range(from, to, text.len());
                let part = text[range.clone()].repeat((*times).into());
                let room = 20_000_usize.saturating_sub(text.len());
                text.splice(range.end..range.end, part.into_iter().take(room));
            }
            Change::Splice(at, other, from, to) => {
                let other = &seeds[other.index(seeds.len())];
                let part = other[range(from, to, other.len())].to_vec();
                let at = at.index(text.len() + 1);
                text.splice(at..at, part);
            }
        }
    }
    text
}

fn seeds(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz/corpus")
        .join(target);
    let files = walkdir::WalkDir::new(folder).sort_by_file_name();
    let files = files
        .into_iter()
        .filter_map(Result::ok)
        .filter(|it| it.file_type().is_file());
    let seeds: Vec<_> = files
        .map(|it| std::fs::read(it.path()).expect("a seed can be read"))
        .collect();
    assert!(!seeds.is_empty(), "{target} has no corpus");
    seeds
}

/// Tells whether a case takes long once more: a busy machine makes any seem slow.
fn is_slow(target: fn(&[u8]), text: &[u8]) -> bool {
    let begun = Instant::now();
    target(text);
    begun.elapsed() > LONGEST
}

fn fuzz(name: &str) {
    let (_, target) = TARGETS
        .iter()
        .find(|(it, _)| *it == name)
        .expect("it is a target");
    let seeds = seeds(name);
    for seed in &seeds {
        target(seed);
    }
    let seconds = std::env::var("GREENBOARD_FUZZ_SECONDS")
        .ok()
        .and_then(|it| it.parse().ok());
    let end = Instant::now() + Duration::from_secs(seconds.unwrap_or(2));
    let config = Config {
        cases: 50,
        failure_persistence: None,
        ..Config::default()
    };
    let rng = match seconds {
        Some(_) => TestRunner::new(config.clone()).new_rng(),
        None => TestRng::deterministic_rng(RngAlgorithm::ChaCha),
    };
    let mut runner = TestRunner::new_with_rng(config.clone(), rng);
    let case = (any::<Index>(), prop::collection::vec(change(), 1..12));
    let n_runs = Cell::new(0_u64);
    // The same cases on every machine, however fast.
    let most = if seconds.is_some() { u64::MAX } else { MOST };
    while Instant::now() < end && n_runs.get() < most {
        // A runner that has had its cases runs no more.
        let mut batch = TestRunner::new_with_rng(config.clone(), runner.new_rng());
        let result = batch.run(&case, |(seed, changes)| {
            // Slow cases would carry a batch far beyond its time.
            if Instant::now() >= end {
                return Ok(());
            }
            let text = changed(seeds[seed.index(seeds.len())].clone(), &changes, &seeds);
            let begun = Instant::now();
            n_runs.set(n_runs.get() + 1);
            let done = std::panic::catch_unwind(|| target(&text));
            let shown = || String::from_utf8_lossy(&text).into_owned();
            match done {
                Err(_) => Err(TestCaseError::fail(format!("{:?}", shown()))),
                Ok(()) if begun.elapsed() > LONGEST && is_slow(*target, &text) => {
                    Err(TestCaseError::fail(format!("slow: {:?}", shown())))
                }
                Ok(()) => Ok(()),
            }
        });
        if let Err(error) = result {
            panic!("{name} after {} runs: {error}", n_runs.get());
        }
    }
    assert!(n_runs.get() >= 50, "only {} runs", n_runs.get());
    println!("{name}: {} runs", n_runs.get());
}

#[test]
fn front_matter_of_any_kind_is_read_or_refused() {
    fuzz("front_matter");
}

#[test]
fn any_text_makes_whole_pages() {
    fuzz("html");
}

#[test]
fn any_text_makes_a_poster_s_tree() {
    fuzz("poster");
}

#[test]
fn any_list_of_items_is_read_or_refused() {
    fuzz("items");
}

#[test]
fn any_workbook_is_read_or_refused() {
    fuzz("xlsx");
}

#[test]
fn any_ledger_is_read_or_refused() {
    fuzz("ledger");
}

#[test]
fn any_file_is_cleaned_or_told() {
    fuzz("private");
}

#[test]
fn any_file_from_elsewhere_is_brought_in_or_refused() {
    fuzz("import");
}

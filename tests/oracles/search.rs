//! A browser searches the sample and a thousand pages, and a scan of the built HTML agrees; what
//! an edit of one of a thousand pages rewrites is counted.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use super::{TODAY, asks, public, root};

/// How many phrases are asked of the sample.
const PHRASES: &str = "500";
/// How many of a thousand pages, where each takes a second: the first hundred on a page of its own.
const PHRASES_OF_MANY: &str = "150";
/// What a first search may fetch, in bytes.
const MOST: &str = "200000";

#[test]
fn search_finds_in_the_sample_what_a_scan_of_its_pages_finds() {
    asks(
        Command::new("node")
            .arg("search.mjs")
            .arg(public())
            .args([PHRASES, MOST, "things"]),
    );
}

#[test]
fn search_finds_among_a_thousand_pages_what_a_scan_finds() {
    let site = TempDir::new().expect("a temporary folder can be made");
    write_site(site.path(), 1000);
    build(site.path());
    let said = asks(
        Command::new("node")
            .arg("search.mjs")
            .arg(site.path().join("public"))
            .args([PHRASES_OF_MANY, MOST]),
    );
    // How much a first search fetched, for those who run this with `--nocapture`.
    println!("{said}");
}

#[test]
fn an_edit_of_one_of_a_thousand_pages_rewrites_few_files() {
    let site = TempDir::new().expect("a temporary folder can be made");
    write_site(site.path(), 1000);
    build(site.path());
    let page = site.path().join("content/living/p500.md");
    let text = std::fs::read_to_string(&page).expect("the page is there");
    let edited = |file: &Path, text: &str| {
        let before = files(site.path());
        std::fs::write(file, text).expect("written");
        build(site.path());
        let after = files(site.path());
        let differ = |path: &&PathBuf| before.get(*path) != after.get(*path);
        let changed: Vec<PathBuf> = after.keys().filter(differ).cloned().collect();
        println!("{}: {changed:?}", changed.len());
        changed.len()
    };
    let sentence = format!(
        "{}请把纸箱拆平捆好，放在一楼门厅的架子边上。\n",
        text.trim_end()
    );
    assert!(edited(&page, &sentence) <= 60, "a sentence");
    let title = sentence.replacen("title: ", "title: 夜里", 1);
    // The lists that show it, its neighbours, feeds, and at most fifty.
    assert!(edited(&page, &title) <= 60, "a title");
    let new = text.replace("date: 2026-01-01", "date: 2026-11-20");
    let path = site.path().join("content/living/new.md");
    // Some twenty of the search, feeds, lists, neighbours, fonts.
    assert!(edited(&path, &new) <= 60, "a new page");
}

/// Builds the website of `site`.
fn build(site: &Path) {
    let status = Command::new(env!("CARGO_BIN_EXE_greenboard"))
        .args(["build", "--quiet", "--only", "web", "--today", TODAY])
        .args(["--root".as_ref(), site.as_os_str()])
        .status()
        .expect("the program runs");
    assert!(status.success(), "the thousand pages do not build");
}

/// Returns the files of the website by their paths.
fn files(site: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = walkdir::WalkDir::new(site.join("public")).into_iter();
    let files = entries.map(|entry| entry.expect("listed").into_path());
    files
        .filter(|path| path.is_file())
        .map(|path| {
            let bytes = std::fs::read(&path).expect("read");
            let below = path.strip_prefix(site).expect("it lies in the site");
            (below.to_owned(), bytes)
        })
        .collect()
}

/// Writes a site of `count` pages of about 1,250 characters each and the sample's sorting items.
fn write_site(site: &Path, count: usize) {
    let put = |path: &str, text: &str| {
        let file = site.join(path);
        std::fs::create_dir_all(file.parent().expect("it lies in a folder")).expect("made");
        std::fs::write(file, text).expect("written");
    };
    put("greenboard.yaml", "format: 1\ntitle: 千页\n");
    put("content/_index.md", "---\ntitle: 千页\n---\n欢迎。\n");
    put(
        "content/living/_index.md",
        "---\ntitle: 绿色生活\n---\n做法。\n",
    );
    let items = std::fs::read_to_string(root().join("content/sorting/items.yaml"));
    put(
        "content/sorting/items.yaml",
        &items.expect("the sample has items"),
    );
    put(
        "content/sorting/_index.md",
        "---\ntitle: 垃圾分类\n---\n分类。\n",
    );
    let sentences = sentences();
    let mut chance = Chance(7);
    for at in 0..count {
        put(
            &format!("content/living/p{at}.md"),
            &page(&sentences, &mut chance),
        );
    }
}

/// Returns the sentences of the sample's guides, without markup.
fn sentences() -> Vec<String> {
    let folder = std::fs::read_dir(root().join("content/living")).expect("the sample is there");
    let mut files: Vec<_> = folder.map(|entry| entry.expect("listed").path()).collect();
    files.sort();
    let texts = files
        .iter()
        .filter_map(|file| std::fs::read_to_string(file).ok());
    texts
        .flat_map(|text| {
            let body = text.splitn(3, "---").nth(2).unwrap_or_default().to_owned();
            let plain = body.replace(['*', '#', '[', ']', '>', '`', '|', '<', '!'], "");
            let own: Vec<String> = plain.split(['。', '\n']).map(str::to_owned).collect();
            own
        })
        .filter(|sentence| sentence.chars().count() > 8 && !sentence.contains(['(', ':']))
        .collect()
}

/// Returns a page: half of its sentences are the sample's, half are pieces of them put together
/// anew, so that pages share words and differ in phrases as real ones do.
fn page(sentences: &[String], chance: &mut Chance) -> String {
    let mut text = format!(
        "---\ntitle: {}\ndate: 2026-01-01\ntopics: [water]\n---\n",
        chance.made(sentences, 10)
    );
    let mut length = 0;
    while length < 1250 {
        let sentence = match chance.below(2) {
            0 => sentences[chance.below(sentences.len())].clone(),
            _ => chance.made(sentences, 18),
        };
        length += sentence.chars().count();
        let end = if chance.below(4) == 0 {
            "。\n\n"
        } else {
            "。"
        };
        write!(text, "{sentence}{end}").expect("a text takes all");
    }
    text
}

/// Numbers that look like chance and are the same each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from(self.0 >> 33).unwrap_or(0) % bound
    }

    /// Returns some `length` characters: pieces of one to three of random sentences.
    fn made(&mut self, sentences: &[String], length: usize) -> String {
        let mut out = String::new();
        while out.chars().count() < length {
            let from: Vec<char> = sentences[self.below(sentences.len())].chars().collect();
            let start = self.below(from.len() - 3);
            let piece = &from[start..start + 1 + self.below(3)];
            out.extend(piece.iter().filter(|c| c.is_alphanumeric()));
        }
        out
    }
}

//! The preview after many edits: whatever was changed, every address shows what a fresh build makes.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use greenboard::cache::Cache;
use greenboard::pipeline::{self, Options};
use greenboard::read::DiskInputs;
use greenboard::render::Output;
use greenboard::render::web::Visibility;
use tempfile::TempDir;

use super::preview::Preview;
use super::{TODAY, root};

/// How long a change may take to show on a machine that does much else.
const PATIENCE: Duration = Duration::from_secs(60);

/// A chance that is the same in every run.
struct Chance(u64);

impl Chance {
    /// Returns a number below `n`.
    fn below(&mut self, n: usize) -> usize {
        // Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n as u64) as usize
    }

    fn of<'t, T>(&mut self, all: &'t [T]) -> &'t T {
        &all[self.below(all.len())]
    }
}

/// A copy of the sample that is edited.
struct Site {
    folder: TempDir,
    chance: Chance,
    number: usize,
}

impl Site {
    fn new(seed: u64) -> Self {
        let folder = TempDir::new().expect("a temporary folder can be made");
        for name in [
            "content",
            "data",
            "ledger",
            "greenboard.yaml",
            "plan.lock.yaml",
        ] {
            copy(&root().join(name), &folder.path().join(name));
        }
        Self {
            folder,
            chance: Chance(seed),
            number: 0,
        }
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().expect("it has one")).expect("made");
        std::fs::write(path, text).expect("written");
    }

    /// Replaces the first `from` of a file.
    fn replace(&self, path: &str, from: &str, to: &str) {
        let text = std::fs::read_to_string(self.path(path)).expect("it is text");
        self.put(path, &text.replacen(from, to, 1));
    }

    /// Returns the pages of a folder.
    fn pages(&self, folder: &str) -> Vec<String> {
        let pages = self.named(folder, "md").into_iter();
        pages.filter(|path| !path.ends_with("_index.md")).collect()
    }

    /// Returns the files of a folder whose names end so.
    fn named(&self, folder: &str, ending: &str) -> Vec<String> {
        let all = walkdir::WalkDir::new(self.path(folder)).sort_by_file_name();
        let files = all
            .into_iter()
            .map(|entry| entry.expect("it is there").into_path());
        let named = files.filter(|path| path.extension().is_some_and(|own| own == ending));
        let below = |path: PathBuf| {
            let below = path
                .strip_prefix(self.folder.path())
                .expect("it lies there");
            below.to_string_lossy().into_owned()
        };
        named.map(below).collect()
    }

    /// Edits something, by chance; returns what.
    fn edit(&mut self) -> String {
        self.number += 1;
        let number = self.number;
        let page = self.chance.of(&self.pages("content/living")).clone();
        let new = format!("content/living/new-{number}.md");
        let text = format!(
            "---\ntitle: 新的一页{number}\ndate: 2026-11-0{}\ntopics: [water]\nposter:\n  layout: guide\n  \
             lead: 第{number}页\n---\n1. **看一看**第{number}次。\n2. **听一听**。\n",
            number % 9 + 1
        );
        match self.chance.below(13) {
            0 | 1 => {
                let old = std::fs::read_to_string(self.path(&page)).expect("it is text");
                self.put(
                    &page,
                    &format!("{}\n\n又添一句{number}。\n", old.trim_end()),
                );
                format!("a sentence in {page}")
            }
            2 => {
                self.replace(&page, "title: ", "title: 又");
                format!("the title of {page}")
            }
            3 | 4 => {
                self.put(&new, &text);
                format!("{new} made")
            }
            5 => {
                std::fs::rename(self.path(&page), self.path(&new)).expect("renamed");
                format!("{page} renamed {new}")
            }
            6 => {
                std::fs::remove_file(self.path(&page)).expect("removed");
                format!("{page} removed")
            }
            7 => {
                self.put("theme/static/y.css", &format!("/* {number} */\n"));
                self.put("theme/static/x.txt", &number.to_string());
                "the theme".to_owned()
            }
            8 => {
                self.replace("greenboard.yaml", "title: ", "title: 新");
                "the title of the site".to_owned()
            }
            9 => {
                self.put(
                    &format!("static/file-{}.txt", number % 3),
                    &number.to_string(),
                );
                "a file".to_owned()
            }
            10 => {
                self.replace("content/sorting/items.yaml", "name: ", "name: 大");
                "a sorting item".to_owned()
            }
            11 => {
                let pictures = self.named("content", "svg");
                let (from, to) = (self.chance.of(&pictures), self.chance.of(&pictures));
                let picture = std::fs::read(self.path(from)).expect("read");
                std::fs::write(self.path(to), picture).expect("written");
                format!("the picture {to}")
            }
            _ => {
                let board = self.chance.of(&self.pages("content/boards")).clone();
                self.replace(&board, "place: ", "place: 新");
                format!("the place of {board}")
            }
        }
    }

    /// Returns all files.
    fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let all = walkdir::WalkDir::new(self.folder.path());
        let entries = all.into_iter().map(|entry| entry.expect("it is there"));
        let files = entries.filter(|entry| entry.file_type().is_file());
        let own = files.filter(|entry| !entry.path().starts_with(self.path(".greenboard")));
        own.map(|entry| {
            let bytes = std::fs::read(entry.path()).expect("read");
            (entry.into_path(), bytes)
        })
        .collect()
    }

    /// Undoes what was edited since all files were as in `before`.
    fn undo(&self, before: &BTreeMap<PathBuf, Vec<u8>>) {
        let now = self.files();
        for path in now.keys().filter(|path| !before.contains_key(*path)) {
            std::fs::remove_file(path).expect("removed");
        }
        for (path, bytes) in before
            .iter()
            .filter(|(path, bytes)| now.get(*path) != Some(bytes))
        {
            std::fs::write(path, bytes).expect("written");
        }
    }

    /// Makes the whole of what a preview shows, anew; `None` where an error forbids it.
    fn fresh(&self, cache: &Cache) -> Option<BTreeMap<String, Vec<u8>>> {
        let today = TODAY.parse().expect("it is a day");
        let inputs = DiskInputs::new(self.folder.path(), Some(today));
        let options = Options {
            visibility: Visibility::Preview,
            ..Options::default()
        };
        let made = pipeline::run(&inputs, &options, cache, &|_| ());
        let place = |output, path: &str| match output {
            Output::Print => format!("print/{path}"),
            Output::Web | Output::Archive | Output::Share => path.to_owned(),
        };
        let files = made.artifacts.iter();
        let files = files.map(|it| (place(it.output, &it.path), it.bytes().to_vec()));
        (!made.diagnostics.has_errors()).then(|| files.collect())
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.expect("the sample can be listed");
        let to = match entry.path().strip_prefix(from) {
            Ok(below) if !below.as_os_str().is_empty() => to.join(below),
            _ => to.to_owned(),
        };
        match entry.file_type().is_dir() {
            true => std::fs::create_dir_all(to).expect("made"),
            false => drop(std::fs::copy(entry.path(), to).expect("copied")),
        }
    }
}

/// Returns what the preview shows at `path`, without what it adds to pages.
fn shown(port: &str, path: &str) -> Vec<u8> {
    let mut stream = TcpStream::connect(format!("127.0.0.1:{port}")).expect("it answers");
    let path: String = path.bytes().map(|byte| format!("%{byte:02x}")).collect();
    let request = format!("GET /{path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).expect("sent");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("it answers");
    let find = |text: &[u8], what: &str| {
        text.windows(what.len())
            .position(|part| part == what.as_bytes())
    };
    let body = find(&answer, "\r\n\r\n").map_or(0, |at| at + 4);
    let mut body = answer.split_off(body);
    let last = "reload.js\" defer></script>\n";
    let added = find(
        &body,
        "<script type=\"application/json\" id=\"greenboard-shown\">",
    );
    if let (Some(start), Some(end)) = (added, find(&body, last)) {
        body.drain(start..end + last.len());
    }
    body
}

/// Makes `n` edits, and looks at all addresses after each.
fn edited(n: usize, seed: u64) {
    let mut site = Site::new(seed);
    let preview = Preview::of(site.folder.path());
    let cache = Cache::default();
    let mut good = 0;
    for at in 0..n {
        if at > 0 && at % 50 == 0 {
            println!("{at} edits, {good} of them good");
        }
        let before = site.files();
        let what = site.edit();
        let fresh = site.fresh(&cache);
        good += usize::from(fresh.is_some());
        // What was broken is mended, and the last good state shows all the while.
        let fresh = fresh.or_else(|| {
            site.undo(&before);
            site.fresh(&cache)
        });
        let fresh = fresh.expect("it was good before");
        let start = Instant::now();
        for (path, bytes) in &fresh {
            while shown(preview.port(), path) != *bytes {
                assert!(start.elapsed() < PATIENCE, "after {what}: {path} is stale");
                std::thread::sleep(Duration::from_millis(50));
            }
        }
    }
    assert!(good * 2 > n, "only {good} of {n} edits left a good site");
}

#[test]
fn after_each_of_some_edits_the_preview_shows_what_a_fresh_build_makes() {
    edited(12, 1);
}

#[test]
#[ignore = "an hour or two"]
fn after_each_of_a_thousand_edits_the_preview_shows_what_a_fresh_build_makes() {
    edited(1000, 7);
}

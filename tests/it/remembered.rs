//! What a preview remembers from run to run: it reads what changed and no more, and shows what a
//! run without memory shows.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use greenboard::cache::{Cache, CacheKey};
use greenboard::diag::{Language, SitePath};
use greenboard::pipeline::{Memory, Options, preview};
use greenboard::read::{Asset, DiskInputs, FileError, Inputs, Seen, Touched, WantedFonts, Witness};
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;

use crate::test_site::TestSite;

const TODAY: Date = date(2026, 11, 10);
/// After this a file's times vouch for it.
const SETTLED: Duration = Duration::from_millis(2100);
const PAGES: [&str; 4] = [
    "index.html",
    "living/index.html",
    "living/tap/index.html",
    "living/lamp/index.html",
];

/// Inputs that count the pages that are read.
struct Counting<'a> {
    inputs: Witness<'a, DiskInputs>,
    names: Mutex<Vec<String>>,
}

impl Inputs for Counting<'_> {
    fn list(&self, dir: &SitePath) -> Result<Vec<SitePath>, FileError> {
        self.inputs.list(dir)
    }

    fn read(&self, file: &SitePath) -> Result<Arc<[u8]>, FileError> {
        if file.extension() == "md" {
            self.names.lock().expect("it holds").push(file.to_string());
        }
        self.inputs.read(file)
    }

    fn key(&self, file: &SitePath) -> Option<CacheKey> {
        self.inputs.key(file)
    }

    fn asset(&self, file: &SitePath) -> Result<Asset, FileError> {
        self.inputs.asset(file)
    }

    fn today(&self, timezone: &TimeZone) -> Date {
        self.inputs.today(timezone)
    }

    fn machine_fonts(&self, wanted: &WantedFonts) -> Vec<Arc<[u8]>> {
        self.inputs.machine_fonts(wanted)
    }
}

/// A site, with what a preview of it remembers.
struct Previewed {
    site: TestSite,
    seen: Seen,
    memory: Memory,
    cache: Arc<Cache>,
}

/// What a run showed: its pages, what it said, and which Markdown files it read.
struct Shown {
    pages: BTreeMap<&'static str, Vec<u8>>,
    said: Vec<String>,
    read: Vec<String>,
}

impl Previewed {
    fn new(site: TestSite) -> Self {
        Self {
            site,
            seen: Seen::default(),
            memory: Memory::default(),
            cache: Arc::default(),
        }
    }

    fn run(&self, seen: &Seen, memory: &Memory) -> Shown {
        let inputs = Counting {
            inputs: Witness::of(DiskInputs::new(self.site.root(), Some(TODAY)), seen),
            names: Mutex::default(),
        };
        let options = Options::default();
        let preview = preview(&inputs, &options, &self.cache, memory, &|_| ());
        let website = preview.shown.map(|shown| shown.website);
        let made = |path: &&'static str| {
            let bytes = website.as_ref()?.make(path)?.ok()?;
            Some((*path, bytes.to_vec()))
        };
        let diagnostics = preview.diagnostics.sorted();
        let mut read = inputs.names.into_inner().expect("it holds");
        read.sort();
        Shown {
            pages: PAGES.iter().filter_map(made).collect(),
            said: (diagnostics.iter())
                .map(|it| format!("{:?}", it.render(Language::Chinese)))
                .collect(),
            read,
        }
    }

    /// Shows the site as it is now, and returns which Markdown files were read for it.
    #[track_caller]
    fn read_again(&self) -> Vec<String> {
        let shown = self.run(&self.seen, &self.memory);
        let fresh = self.run(&Seen::default(), &Memory::default());
        assert_eq!(shown.said, fresh.said);
        assert!(shown.pages == fresh.pages, "they show something else");
        let fails = fresh.said.iter().any(|it| it.contains("severity: Error"));
        assert_eq!(fresh.pages.is_empty(), fails, "{:?}", fresh.said);
        shown.read
    }
}

#[test]
fn a_preview_reads_what_changed_and_shows_what_a_fresh_one_shows() {
    let lamp =
        "---\ntitle: 随手关灯\ndate: 2026-01-01\ntopics: [energy]\n---\n晚上最后走的人关灯。\n";
    let path = "content/living/lamp.md";
    let site = TestSite::minimal();
    site.put(path, lamp);
    std::thread::sleep(SETTLED);
    let previewed = Previewed::new(site);
    let site = &previewed.site;
    let nothing: [String; 0] = [];
    assert_eq!(previewed.read_again().len(), 6);
    assert_eq!(previewed.read_again(), nothing);
    // As long as before, and within the time in which its times do not vouch for it.
    for word in ["夜里", "早上", "夜里"] {
        site.put(path, lamp.replace("晚上", word));
        assert_eq!(previewed.read_again(), [path]);
    }
    // What a page is read with counts as well: settings, the theme, the names of pictures.
    let settings = site.read("greenboard.yaml");
    site.put(
        "greenboard.yaml",
        settings.replace("小院", "大院") + "raw_html: keep\n",
    );
    previewed.read_again();
    site.put("theme/i18n/zh-CN.yaml", "web:\n  kind_reminder: 请留意\n");
    previewed.read_again();
    site.put(path, format!("{lamp}\n![灯](lamp.png)\n"));
    std::thread::sleep(SETTLED);
    assert_eq!(previewed.read_again(), [path]);
    let picture = include_bytes!("../../src/photo/samples/original.png");
    site.put("content/living/lamp.png", picture);
    assert_eq!(previewed.read_again(), nothing);
    // The size of a picture stands on the page; a drawing is none that a photo is.
    std::thread::sleep(SETTLED);
    previewed.read_again();
    let larger = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='4'/>";
    for bytes in [larger.as_bytes(), b"", picture] {
        site.put("content/living/lamp.png", bytes);
        assert_eq!(previewed.read_again(), nothing);
    }
    site.remove(path);
    assert_eq!(previewed.read_again(), nothing);
}

/// A page's links are what they were while all that they can lead to is.
#[test]
fn links_of_a_page_that_stays_follow_what_they_lead_to() {
    let site = TestSite::minimal();
    let tap = site.read("content/living/tap.md");
    let lamp = "---\ntitle: 随手关灯\ndate: 2026-01-01\nitems: [电池]\n---\n";
    let linked = "看[水龙头](tap.md#检查)和[表](list.txt)。\n\n::item{name=电池}\n";
    site.put("content/living/tap.md", format!("{tap}\n## 检查\n"));
    site.put("content/living/lamp.md", format!("{lamp}{linked}"));
    site.put("content/living/list.txt", "一");
    std::thread::sleep(SETTLED);
    let previewed = Previewed::new(site);
    let site = &previewed.site;
    previewed.read_again();
    let items = "- name: 电池\n  bin: 有害垃圾\n";
    let changes: [(&str, Option<String>); 8] = [
        ("content/living/tap.md", Some(format!("{tap}\n## 查看\n"))),
        ("content/living/tap.md", Some(format!("{tap}\n## 检查\n"))),
        ("content/living/list.txt", None),
        ("content/sorting/items.yaml", Some(items.to_owned())),
        ("content/living/list.txt", Some("二".to_owned())),
        ("content/living/tap.md", None),
        ("content/sorting/items.yaml", None),
        (
            "content/living/tap.md",
            Some(tap.replace("title: ", "title: 新的")),
        ),
    ];
    for (path, text) in changes {
        match text {
            Some(text) => site.put(path, text),
            None => site.remove(path),
        }
        previewed.read_again();
    }
}

/// Whoever watches a site vouches for what no event told of.
#[test]
fn what_nobody_touched_is_not_looked_at_until_anything_may_have_been() {
    let site = TestSite::minimal();
    let (tap, lamp) = ("content/living/tap.md", "content/living/lamp.md");
    site.put(
        lamp,
        "---\ntitle: 随手关灯\ntopics: [energy]\n---\n关灯。\n",
    );
    std::thread::sleep(SETTLED);
    let previewed = Previewed::new(site);
    let site = &previewed.site;
    previewed.read_again();
    let shows = |text: &str| {
        let shown = previewed.run(&previewed.seen, &previewed.memory);
        let all: Vec<u8> = shown.pages.into_values().flatten().collect();
        String::from_utf8_lossy(&all).contains(text)
    };
    let told = |path: &str, names| previewed.seen.forget(&Touched::at(path.as_ref(), names));
    site.edit(lamp, "关灯。", "熄灯。");
    previewed.seen.forget(&Touched::nothing());
    assert!(shows("关灯。") && !shows("熄灯。"));
    told(lamp, false);
    assert!(shows("熄灯。"));
    // A file that came is seen once names are told of, and so is one that went with its folder.
    site.put(
        "content/living/air.md",
        "---\ntitle: 开窗\ntopics: [energy]\n---\n通风。\n",
    );
    told(tap, false);
    assert!(!shows("开窗"));
    told("content/living/air.md", true);
    assert!(shows("开窗"));
    std::thread::sleep(SETTLED);
    previewed.read_again();
    let moved = site.root().join("content/living");
    std::fs::rename(&moved, site.root().join("away")).expect("moved");
    site.put(
        lamp,
        "---\ntitle: 随手关灯\ntopics: [energy]\n---\n天亮关灯。\n",
    );
    told("content/living", true);
    assert!(shows("天亮关灯。") && !shows("开窗"));
    // What nobody told of is found as soon as all is looked at.
    site.edit(lamp, "天亮", "天黑");
    previewed.seen.forget(&Touched::Anything);
    assert!(shows("天黑关灯。"));
}

//! The library without the program: a site opened, unsaved text laid over it, changes made and taken
//! back, two sites in one process.

use std::collections::BTreeMap;
use std::path::Path;

use greenboard::cancel::Cancel;
use greenboard::diag::{Code, SitePath};
use greenboard::pipeline::{Finish, Options, Outcome, Step};
use greenboard::render::Output;
use greenboard::workspace::{Affected, How, Request, Workspace};
use greenboard::write::State;
use jiff::civil::date;

use crate::test_site::TestSite;

const TAP: &str = "content/living/tap.md";

fn open(site: &TestSite) -> Workspace {
    Workspace::open(site.root(), Some(date(2026, 11, 10))).expect("the folder is there")
}

fn path(path: &str) -> SitePath {
    SitePath::new(path).expect("it stays below the site")
}

fn website() -> Options {
    Options {
        only: Some(Output::Web),
        ..Options::default()
    }
}

/// Returns the pages of a run as text; it must have gone well.
#[track_caller]
fn pages(outcome: &Outcome) -> BTreeMap<String, String> {
    let errors = outcome.diagnostics.has_errors();
    assert!(!errors, "{:?}", outcome.diagnostics);
    let pages = outcome.artifacts.iter();
    let pages = pages.filter(|it| it.path.ends_with(".html"));
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    pages
        .map(|it| (it.path.clone(), text(&it.bytes())))
        .collect()
}

#[test]
fn unsaved_text_shows_in_a_run_and_not_on_the_disk() {
    let site = TestSite::minimal();
    let before = site.files("content");
    let mut workspace = open(&site);
    let text = site.read(TAP).replace("拧紧", "轻轻拧紧");
    workspace.overlay(path(TAP), Some(&text));
    let typed = workspace.snapshot();
    let new = "---\ntitle: 修马桶\ntopics: [water]\n---\n换一个皮碗。\n";
    workspace.overlay(path("content/living/flush.md"), Some(new));
    workspace.overlay(path(TAP), None);
    let later = workspace.snapshot();
    workspace.take_off(&path(TAP));
    workspace.take_off(&path("content/living/flush.md"));

    let typed = pages(&typed.run(&website(), &|_| {}));
    assert!(typed["living/tap/index.html"].contains("轻轻拧紧"));
    assert!(!typed.contains_key("living/flush/index.html"));
    let later = pages(&later.run(&website(), &|_| {}));
    assert!(later["living/flush/index.html"].contains("换一个皮碗"));
    assert!(!later.contains_key("living/tap/index.html"));
    let saved = pages(&workspace.snapshot().run(&website(), &|_| {}));
    assert!(!saved["living/tap/index.html"].contains("轻轻拧紧"));
    assert!(site.files("content") == before);
}

/// A file as Windows writes it, with remarks and a key that no program of ours knows.
const FILE: &str = "\u{feff}---\r\n# 谁写的：王芳\r\ntitle:   停水   # 短一点\r\nx_own: 1\r\ndate: 2026-11-10\r\n---\r\n停水一天。\r\n";

#[test]
fn what_is_saved_keeps_all_else_and_is_taken_back_to_the_byte() {
    let unmarked = FILE.trim_start_matches('\u{feff}');
    let gb18030 = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
    let utf8 = |text: &str| text.as_bytes().to_vec();
    let unix = unmarked.replace("\r\n", "\n");
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    type Encode<'a> = &'a dyn Fn(&str) -> Vec<u8>;
    let files: [(&str, Encode); 4] = [
        (FILE, &utf8),
        (unmarked, &gb18030),
        (&unix, &utf8),
        (FILE, &utf16),
    ];
    for (text, encode) in files {
        let file = "content/living/off.md";
        let site = TestSite::minimal().write(file, encode(text));
        let mut workspace = open(&site);
        let held = workspace.hold(&|_| {}).expect("nobody else has it");
        // As an editor has it: without mark, lines ended by `\n`.
        let typed = unix.replace("停水一天", "停水两天\n水箱今晚接满");
        workspace.overlay(path(file), Some(&typed));
        workspace.save(&held, &path(file)).expect("saved");
        assert!(workspace.is_saved());
        let end = if text.contains('\r') { "\r\n" } else { "\n" };
        let wanted = text.replace("停水一天", &format!("停水两天{end}水箱今晚接满"));
        assert!(site.files("content")["living/off.md"] == encode(&wanted));
        let undone = workspace.undo(&held).expect("nobody changed it");
        assert_eq!(undone, [path(file)]);
        assert!(site.files("content")["living/off.md"] == encode(text));
        assert_eq!(workspace.undo(&held).expect("nothing is left"), []);
        // What is saved then is another change.
        workspace.overlay(path(file), Some(&typed));
        workspace.save(&held, &path(file)).expect("saved");
        assert_eq!(workspace.undo(&held).expect("undone"), [path(file)]);
        assert!(site.files("content")["living/off.md"] == encode(text));
    }
}

#[test]
fn what_somebody_else_changed_is_left_alone() {
    let site = TestSite::minimal();
    let mut workspace = open(&site);
    let held = workspace.hold(&|_| {}).expect("nobody else has it");
    workspace.overlay(path(TAP), Some("---\ntitle: 水\n---\n水。\n"));
    site.edit(TAP, "拧紧", "关紧");
    let theirs = site.read(TAP);
    let refused = workspace.save(&held, &path(TAP)).expect_err("it changed");
    assert_eq!(refused.code, Code::ChangedSince);
    assert!(!workspace.is_saved() && site.read(TAP) == theirs);

    workspace.take_off(&path(TAP));
    for (file, text) in [
        (TAP, "---\ntitle: 水\n---\n水。\n"),
        ("content/a.md", "a\n"),
    ] {
        workspace.overlay(path(file), Some(text));
        workspace.save(&held, &path(file)).expect("saved");
    }
    site.put("content/a.md", "b\n");
    let refused = workspace.undo(&held).expect_err("it changed");
    assert_eq!(
        refused.iter().map(|it| it.code).collect::<Vec<_>>(),
        [Code::ChangedSince]
    );
    // All of it or nothing.
    assert_eq!(site.read(TAP), "---\ntitle: 水\n---\n水。\n");
    site.put("content/a.md", "a\n");
    let undone = workspace.undo(&held).expect("it is as it was left");
    assert_eq!(undone, [path(TAP), path("content/a.md")]);
    assert_eq!(site.read(TAP), theirs);
    assert!(!site.root().join("content/a.md").exists());
}

/// A file that staff keep themselves, with a remark, as Notepad writes it.
const MINE: &str = "format: 1\r\n# 自己写的\r\nchanges:\r\n- {kind: off, poster: living/tap, from: 2026-10-01, to: 2026-10-02}\r\n";

#[test]
fn commands_are_taken_back_one_by_one() {
    let page = "---\r\n# 注释\r\ntitel: 停电\r\ntopics: [watre]\r\n---\r\n停。\r\n";
    let site = TestSite::minimal()
        .write("content/living/power.md", page)
        .write("content/living/gas.md.txt", "---\ntitle: 停气\n---\n停。\n")
        .write("plan.changes.yaml", MINE);
    let sources = |site: &TestSite| -> BTreeMap<String, Vec<u8>> {
        let mut files = site.files(".");
        files.retain(|path, _| !path.starts_with(".greenboard") && path != "a.docx");
        files
    };
    let commands: [&[&str]; 5] = [
        &["check", "--fix"],
        &["new", "notice", "冬季取暖安全", "--topic", "water"],
        &["plan", "--publish"],
        &["change", "off", "living/tap", "--to", "2026-12-31"],
        &["import", "guide.html"],
    ];
    site.put("guide.html", "<h1>节水</h1><p>随手关水。</p>");
    let mut states = vec![sources(&site)];
    for args in commands {
        let run = site.run(args);
        assert_eq!(run.code, 0, "{args:?} {}{}", run.stdout, run.stderr);
        assert!(
            sources(&site) != states[states.len() - 1],
            "{args:?} did nothing"
        );
        states.push(sources(&site));
    }
    let mine = site.read("plan.changes.yaml");
    let added = mine.strip_prefix(MINE).expect("what was there stays");
    assert!(
        added.starts_with("- {kind: off") && added.ends_with("}\r\n"),
        "{added}"
    );
    for (args, state) in commands.iter().zip(&states).rev() {
        let run = site.run(&["undo"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let now = sources(&site);
        let differ = now.keys().filter(|path| now.get(*path) != state.get(*path));
        assert!(now == *state, "{args:?} {:?}", differ.collect::<Vec<_>>());
    }
    let run = site.run(&["undo"]);
    assert_eq!((run.code, run.stdout.trim()), (0, "没有能收回的改动"));
}

/// What was taken back by half, as a power cut leaves it, is taken back as a whole.
#[test]
fn an_undo_that_was_cut_short_is_gone_on_with() {
    let site = TestSite::minimal();
    let before = site.files("content");
    let workspace = open(&site);
    let mut typing = workspace.clone();
    let held = workspace.hold(&|_| {}).expect("nobody else has it");
    for file in ["content/a.md", "content/b.md"] {
        typing.overlay(path(file), Some("一\n"));
        typing.save(&held, &path(file)).expect("saved");
    }
    drop(held);
    let after = site.files("content");
    let held = workspace.hold(&|_| {}).expect("nobody else has it");
    assert_eq!(workspace.undo(&held).expect("undone").len(), 2);
    // The last line says that all is done.
    let record = site.read(".greenboard/edits/000002.jsonl");
    let cut: Vec<&str> = record.lines().take(2).collect();
    site.put(".greenboard/edits/000002.jsonl", cut.join("\n"));
    site.put("content/b.md", &after["b.md"]);
    assert_eq!(
        workspace.undo(&held).expect("undone"),
        [path("content/b.md")]
    );
    assert!(site.files("content") == before);
}

#[test]
fn what_a_change_affects_is_what_a_build_rewrites() {
    let site = TestSite::minimal();
    site.build();
    let mut workspace = open(&site);
    let before = workspace.snapshot();
    let text = site.read(TAP).replace("听一听", "常听一听");
    workspace.overlay(path(TAP), Some(&text));
    let options = Options {
        finish: Finish::Delivered,
        ..Options::default()
    };
    let affected = before.affects(&workspace.snapshot(), &options, &|_| {});
    let affected = affected.value.expect("both go well");
    let named = |output, file: &str, how| Affected {
        output,
        path: file.to_owned(),
        how,
    };
    assert!(affected.contains(&named(Output::Web, "living/tap/index.html", How::Changes)));
    let earlier = [site.files("public"), site.files("print")];
    assert!(affected.len() < earlier[0].len() / 2);
    let held = workspace.hold(&|_| {}).expect("nobody else has it");
    workspace.save(&held, &path(TAP)).expect("saved");
    drop(held);
    site.build();
    let later = [site.files("public"), site.files("print")];
    for (n, output) in [Output::Web, Output::Print].into_iter().enumerate() {
        let own = affected.iter().filter(|it| it.output == output);
        let paths = earlier[n].keys().chain(later[n].keys());
        let mut differing: Vec<&String> = paths
            .filter(|it| earlier[n].get(*it) != later[n].get(*it))
            .collect();
        differing.sort();
        differing.dedup();
        assert_eq!(own.map(|it| &it.path).collect::<Vec<_>>(), differing);
    }
}

#[test]
fn work_that_nobody_wants_ends_and_is_not_published() {
    let site = TestSite::minimal();
    site.build();
    let before = site.files("public");
    let mut workspace = open(&site);
    workspace.overlay(
        path("content/_index.md"),
        Some("---\ntitle: 别的\n---\n别的。\n"),
    );
    let targets = [Output::Web, Output::Print].map(|output| workspace.target(output, None));
    let steps = [
        Step::Read,
        Step::Measure,
        Step::Plan,
        Step::Posters,
        Step::Render,
        Step::Deliver,
    ];
    for last in steps {
        let options = Options {
            finish: Finish::Delivered,
            cancel: Cancel::default(),
            ..Options::default()
        };
        let mut seen = std::sync::Mutex::new(Vec::new());
        let outcome = workspace.snapshot().run(&options, &|step| {
            seen.lock().expect("it is whole").push(step);
            if step == last {
                options.cancel.set();
            }
        });
        assert!(
            outcome.is_cancelled && outcome.artifacts.is_empty(),
            "{last:?}"
        );
        assert_eq!(seen.get_mut().expect("it is whole").last(), Some(&last));
        let published = workspace.publish(&outcome, &targets, &|_| {});
        assert_eq!(published.value.state, State::Kept);
    }
    assert!(site.files("public") == before);
}

/// Builds with the library, and returns what stands in the folders.
fn built(root: &Path) -> (State, Vec<String>) {
    let workspace = Workspace::open(root, Some(date(2026, 11, 10))).expect("it is there");
    let targets = [Output::Web, Output::Print].map(|output| workspace.target(output, None));
    let request = Request {
        options: Options::default(),
        targets: targets.to_vec(),
        language: None,
    };
    let built = workspace.build(&request, &|_| {});
    let told = built.told.expect("it goes well");
    let messages = told.messages.iter().map(|it| it.message.clone());
    (built.state, messages.collect())
}

#[test]
fn two_sites_in_one_process_give_what_each_gives_alone() {
    let chinese = || {
        TestSite::minimal().write(
            "content/living/bare.md",
            "---\ntitle: 没有日期\n---\n一句。\n",
        )
    };
    let english = || {
        TestSite::minimal()
            .write(
                "greenboard.yaml",
                "format: 1\ntitle: Court\nlanguage: en\ntheme: plain\ntimezone: Europe/London\n",
            )
            .write(
                "content/living/tap.md",
                "---\ntitle: Close the tap\ntopics: [water]\nposter:\n  layout: guide\n  lead: Before you leave\n---\n1. **Turn** each tap.\n2. **Listen** for drops.\n",
            )
    };
    let alone: Vec<_> = [chinese(), english()]
        .into_iter()
        .map(|site| {
            let said = built(site.root());
            (said, site.files("public"), site.files("print"))
        })
        .collect();
    for _ in 0..2 {
        let sites = [chinese(), english()];
        let said: Vec<_> = std::thread::scope(|scope| {
            let runs: Vec<_> = sites
                .iter()
                .map(|site| scope.spawn(|| built(site.root())))
                .collect();
            runs.into_iter()
                .map(|run| run.join().expect("it ends"))
                .collect()
        });
        for ((said, site), alone) in said.into_iter().zip(&sites).zip(&alone) {
            assert_eq!(said, alone.0);
            assert!(site.files("public") == alone.1);
            assert!(site.files("print") == alone.2);
        }
    }
}

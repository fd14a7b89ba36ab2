//! Building: what comes out, that it is the same everywhere, and that nothing is lost.

use std::collections::BTreeMap;
use std::time::SystemTime;

use greenboard::cache::Cache;
use greenboard::pipeline::{self, Options};
use greenboard::read::DiskInputs;

use crate::test_site::{TestSite, program};

#[test]
fn one_command_makes_site_posters_and_plan() {
    let site = TestSite::minimal();
    let run = site.run(&["build"]);
    assert_eq!((run.code, run.messages()), (0, ""));
    let files = site.files("");
    for path in [
        "public/index.html",
        "public/living/tap/index.html",
        "public/boards/gate/index.html",
        "public/rotation/index.html",
        "public/404.html",
        "public/atom.xml",
        "public/sitemap.xml",
        "public/robots.txt",
        "print/2026-11/gate/overview.pdf",
        "print/2026-11/gate/1-tap.pdf",
    ] {
        assert!(
            files.contains_key(path),
            "{path} is missing among {:?}",
            files.keys()
        );
    }
    assert!(
        site.main_of("boards/gate/index.html")
            .contains("关紧水龙头")
    );
}

#[test]
fn a_screen_shows_a_long_notice_in_pictures_one_after_the_other() {
    let words = "物业核对居民交来的水表读数，有出入的当面说明，费用多退少补。".repeat(14);
    let site = TestSite::minimal()
        .write("content/notices/_index.md", "---\ntitle: 通知\n---\n")
        .write(
            "content/notices/costs.md",
            format!(
                "---\ntitle: 水费核对结果公示\ndate: 2026-11-02\nkind: 公示\nposter:\n  layout: notice\n  \
                 boards: [led]\n  posting: 2026-11-02 至 2026-12-31\n---\n{words}\n"
            ),
        )
        .write(
            "content/boards/led.md",
            "---\ntitle: 广场屏\nkind: screen\nplace: 广场\nsize: 1920x1080\nwidth: 3200mm\n\
             distance: 6\nseconds: 9\nslots: 3\n---\n广场上。\n",
        );
    let run = site.run(&["build"]);
    assert_eq!(run.code, 0, "{}", run.messages());
    let files = site.files("");
    let text = |path: &str| String::from_utf8_lossy(&files[path]).into_owned();
    let slides = text("public/boards/led/screen/slides.js");
    let n = (2..=3)
        .find(|n| slides.contains(&format!("第1/{n}张")))
        .unwrap_or_else(|| panic!("it takes several: {slides}"));
    // In their order, each as long as it takes to read.
    let at = |k: usize| slides.find(&format!("水费核对结果公示（第{k}/{n}张）"));
    let places: Vec<_> = (1..=n).map(at).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted());
    assert_eq!(slides.matches("\"seconds\"").count(), 1 + n, "{slides}");
    let page = text("public/boards/led/screen/index.html");
    assert_eq!(page.matches("data-seconds=").count(), 1 + n);
    assert_eq!(text("public/boards.json").matches("\"of\": ").count(), n);
    for k in 1..=n {
        assert!(files.contains_key(&format!("print/2026-11/led/{k}-costs.png")));
    }
}

#[test]
fn a_poster_has_its_slots_size_and_its_own_fonts() {
    let site = TestSite::minimal();
    site.build();
    let pdf =
        lopdf::Document::load(site.root().join("print/2026-11/gate/1-tap.pdf")).expect("a PDF");
    let pages = pdf.get_pages();
    assert_eq!(pages.len(), 1);
    let page = pdf
        .get_dictionary(pages[&1])
        .expect("the page is a dictionary");
    let media = page
        .get(b"MediaBox")
        .and_then(lopdf::Object::as_array)
        .expect("it has a size");
    let points: Vec<f32> = media
        .iter()
        .map(|side| side.as_float().expect("a number"))
        .collect();
    let millimetres = |points: f32| points * 25.4 / 72.0;
    assert!((millimetres(points[2]) - 297.0).abs() < 0.1, "{points:?}");
    assert!((millimetres(points[3]) - 420.0).abs() < 0.1, "{points:?}");
    let fonts: Vec<String> = pdf
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok())
        .filter_map(|dict| dict.get(b"FontName").and_then(lopdf::Object::as_name).ok())
        .map(|name| String::from_utf8_lossy(name).into_owned())
        .collect();
    assert!(!fonts.is_empty());
    for font in fonts {
        let subset = font.split_once('+').is_some_and(|(tag, _)| tag.len() == 6);
        assert!(
            subset && font.contains("Noto"),
            "{font} is not a subset of ours"
        );
    }
}

#[test]
fn two_builds_anywhere_are_the_same_to_the_byte() {
    let here = TestSite::minimal();
    let there = TestSite::minimal();
    let run = |site: &TestSite, variables: &[(&str, &str)]| {
        let run = site.run_with(&["build"], variables);
        assert_eq!(run.code, 0, "{}", run.stderr);
    };
    run(
        &here,
        &[
            ("TZ", "Asia/Shanghai"),
            ("LANG", "zh_CN.UTF-8"),
            ("RAYON_NUM_THREADS", "1"),
        ],
    );
    run(
        &there,
        &[
            ("TZ", "America/Los_Angeles"),
            ("LANG", "C"),
            ("RAYON_NUM_THREADS", "4"),
        ],
    );
    for folder in ["public", "print"] {
        assert!(
            here.files(folder) == there.files(folder),
            "{folder} differs"
        );
    }
}

/// What runs for a community must not lean on what another one's build left in the process.
#[test]
fn two_sites_in_one_process_do_not_meet() {
    let green = TestSite::minimal();
    let other = TestSite::minimal()
        .write("greenboard.yaml", "format: 1\ntitle: Yard\nlanguage: en\n")
        .write("theme/posters/guide.typ", "#set page(fill: red)\n= Ours\n")
        .write(
            "content/living/tap.md",
            "---\ntitle: Tap\ndate: 2026-01-01\n---\nText.\n",
        );
    let made = |site: &TestSite, cache: &Cache| {
        let today = "2026-11-10".parse().expect("it is a day");
        let inputs = DiskInputs::new(site.root(), Some(today));
        let outcome = pipeline::run(&inputs, &Options::default(), cache, &|_| ());
        assert!(!outcome.artifacts.is_empty(), "{:?}", outcome.diagnostics);
        let files = outcome.artifacts.into_iter();
        files
            .map(|it| (format!("{:?} {}", it.output, it.path), it.bytes().to_vec()))
            .collect::<BTreeMap<_, _>>()
    };
    let alone = [&green, &other].map(|site| made(site, &Cache::default()));
    let cache = Cache::default();
    let together = std::thread::scope(|scope| {
        let runs = [&green, &other].map(|site| {
            let (made, cache) = (&made, &cache);
            scope.spawn(move || made(site, cache))
        });
        runs.map(|run| run.join().expect("it ends"))
    });
    assert!(alone == together);
}

#[test]
fn what_did_not_change_keeps_its_time() {
    let site = TestSite::minimal();
    site.build();
    let time = |path: &str| -> SystemTime {
        let file = site.root().join(path);
        std::fs::metadata(file)
            .and_then(|data| data.modified())
            .expect("the file has a time")
    };
    let (guide, page) = (
        time("print/2026-11/gate/1-tap.pdf"),
        time("public/index.html"),
    );
    site.edit("content/_index.md", "欢迎。", "欢迎回家。");
    site.build();
    assert_eq!(time("print/2026-11/gate/1-tap.pdf"), guide);
    assert_ne!(time("public/index.html"), page);
}

#[test]
fn a_page_that_goes_takes_its_files_along_and_leaves_those_of_others() {
    let site = TestSite::minimal().write(
        "content/living/drip.md",
        "---\ntitle: 听滴水\ndate: 2026-01-01\ntopics: [water]\n---\n夜里听一听。\n",
    );
    site.build();
    site.put("public/google123.html", "mine");
    assert!(site.files("public").contains_key("living/drip/index.html"));
    site.remove("content/living/drip.md");
    site.build();
    let files = site.files("public");
    assert!(!files.contains_key("living/drip/index.html"));
    assert_eq!(files["google123.html"], b"mine");
}

#[test]
fn one_month_leaves_the_others_alone() {
    let site = TestSite::minimal();
    site.build();
    let november = site.files("print/2026-11");
    let run = site.run(&["build", "--month", "2026-12"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(site.files("print/2026-11") == november);
    assert!(!site.files("print/2026-12").is_empty());
}

#[test]
fn the_next_month_is_printed_from_the_twentieth() {
    let site = TestSite::minimal();
    for (today, printed) in [("2026-11-19", false), ("2026-11-20", true)] {
        let run = site.run(&["build", "--today", today]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert_eq!(!site.files("print/2026-12").is_empty(), printed, "{today}");
    }
}

#[test]
fn files_from_notepad_are_read() {
    let site = TestSite::minimal();
    let (guide, _, _) = encoding_rs::GB18030.encode(
        "---\r\n标题：修水管\r\n日期：2026年11月1日\r\n主题：节水护水\r\n---\r\n先关总阀。\r\n",
    );
    site.put("content/living/pipe.md", guide);
    let run = site.run(&["build"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(
        run.messages().contains("GB18030") && run.messages().contains("content/living/pipe.md")
    );
    assert!(
        site.main_of("living/pipe/index.html")
            .contains("先关总阀。")
    );
}

#[test]
fn content_is_never_run() {
    let site = TestSite::minimal();
    let harmless = "1. #panic() $a$ @ref {{ site.title }} {% include \"x\" %} // ok";
    site.edit("content/living/tap.md", "1. **拧紧**每个水龙头。", harmless);
    site.build();
    let page = site.main_of("living/tap/index.html");
    assert!(
        page.contains("#panic() $a$ @ref {{ site.title }} {% include"),
        "{page}"
    );
}

#[test]
fn an_overview_tells_what_follows_within_the_month() {
    let site = TestSite::minimal().write(
        "content/notices/drill.md",
        "---\ntitle: 消防演练\ndate: 2026-11-01\nexpires: 2026-11-10\nkind: 通知\ntopics: [air]\nposter:\n  layout: notice\n  lead: 十号上午听警报下楼\n---\n听到警报走楼梯，不坐电梯。\n",
    );
    site.build();
    let overview = lopdf::Document::load(site.root().join("print/2026-11/gate/overview.pdf"));
    let text = overview
        .expect("a PDF")
        .extract_text(&[1])
        .expect("it has text");
    let text: String = text.split_whitespace().collect();
    assert!(
        text.contains("消防演练") && text.contains("关紧水龙头"),
        "{text}"
    );
}

#[test]
fn raw_html_never_vanishes_from_a_poster_unsaid() {
    let site = TestSite::minimal();
    site.edit(
        "content/living/tap.md",
        "1. **拧紧**每个水龙头。",
        "1. <u>拧紧</u>每个水龙头。",
    );
    let run = site.run(&["check"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(
        run.messages().contains("G208") && run.messages().contains("tap.md:9"),
        "{}",
        run.stderr
    );
}

#[test]
fn folders_that_hold_something_else_are_refused() {
    let site = TestSite::minimal();
    for folder in [".", "content", "content/living", "/"] {
        let run = site.run(&["build", "--public", folder]);
        assert_eq!(run.code, 1, "{folder}: {}", run.stderr);
        assert!(run.messages().contains("G601"), "{folder}: {}", run.stderr);
    }
    assert!(site.root().join("content/living/tap.md").exists());
}

#[test]
fn exit_codes_tell_whose_fault_it_is() {
    let site = TestSite::minimal();
    assert_eq!(site.run(&["check"]).code, 0);
    assert_eq!(site.run(&["bulid"]).code, 2);
    assert_eq!(site.run(&["build", "--month", "十二月"]).code, 2);
    site.edit("content/living/tap.md", "topics:", "topcs:");
    assert_eq!(site.run(&["check"]).code, 1);
    assert_eq!(TestSite::empty().run(&["build"]).code, 1);
}

#[test]
fn machines_get_json_and_nothing_else() {
    let site = TestSite::minimal();
    site.edit("content/living/tap.md", "topics:", "topcs:");
    let run = site.run(&["check", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(json["ok"], false);
    assert_eq!(json["diagnostics"][0]["code"], "G107");
    assert_eq!(json["diagnostics"][0]["file"], "content/living/tap.md");
    assert_eq!(json["diagnostics"][0]["line"], 4);
}

#[test]
fn messages_follow_the_language_of_the_site() {
    let site = TestSite::minimal();
    site.edit("content/living/tap.md", "topics:", "topcs:");
    assert!(site.run(&["check"]).messages().contains("G107"));
    assert!(
        site.run(&["check", "--lang", "en"])
            .messages()
            .contains("unknown key")
    );
    site.edit(
        "greenboard.yaml",
        "title: 小院",
        "title: Yard\nlanguage: en",
    );
    assert!(site.run(&["check"]).messages().contains("unknown key"));
}

#[test]
fn a_new_site_builds_without_a_warning() {
    let site = TestSite::empty();
    let run = site.run(&[
        "init",
        "新家园",
        "--name",
        "石榴园社区",
        "--city",
        "明州市",
        "--phone",
        "0571-87654321",
        "--address",
        "花园路3号",
        "--hours",
        "工作日 9:00–17:00",
        "--bulky-phone",
        "96123",
    ]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let root = site.root().join("新家园");
    site.edit(
        "新家园/content/boards/board.md",
        "【待填：宣传栏在哪里】",
        "北门里",
    );
    let built = program(&root)
        .args(["build", "--today", "2026-11-10"])
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&built.stderr).into_owned();
    assert!(built.status.success(), "{said}");
    assert!(!said.contains("警告"), "{said}");
    let home = std::fs::read_to_string(root.join("public/index.html")).expect("a home page");
    assert!(home.contains("石榴园社区") && !home.contains("梧桐里"));
}

#[test]
fn new_files_pass_the_check() {
    let site = TestSite::minimal();
    for kind in ["notice", "guide", "board", "campaign"] {
        let run = site.run(&["new", kind, "冬季取暖安全"]);
        assert_eq!(run.code, 0, "{kind}: {}", run.stderr);
    }
    let run = site.run(&["check"]);
    assert_eq!((run.code, run.messages()), (0, ""));
    assert_eq!(
        site.run(&["new", "guide", "冬季取暖安全"]).code,
        1,
        "nothing is overwritten"
    );
}

#[test]
fn a_build_says_when_the_website_changes_by_itself() {
    let site = TestSite::minimal();
    site.put(
        "content/living/soon.md",
        "---\ntitle: 快了\ndate: 2026-11-14\n---\n字。\n",
    );
    let run = site.run(&["build", "--only", "web", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(json["next_change"]["date"], "2026-11-14");
    assert_eq!(json["next_change"]["reasons"][0]["why"], "starts");
    assert_eq!(json["next_change"]["reasons"][0]["id"], "living/soon");
    // Its title is not on the web yet, so the public file tells the day alone.
    assert_eq!(site.read("public/next-change.txt"), "2026-11-14\n");
    let run = site.run(&["build", "--only", "web"]);
    assert!(
        run.stdout
            .contains("网站下一次自己变：2026-11-14（《快了》开始），到那天再生成一次"),
        "{}",
        run.stdout
    );
}

#[test]
fn drafts_and_pages_to_come_are_built_on_request_alone() {
    let site = TestSite::minimal();
    for (name, front) in [("soon", "date: 2026-11-14"), ("idea", "status: draft")] {
        site.put(
            &format!("content/living/{name}.md"),
            format!("---\ntitle: {name}\n{front}\n---\n字。\n"),
        );
    }
    let built = |args: &[&str]| {
        let run = site.run(&[&["build", "--only", "web"], args].concat());
        assert_eq!(run.code, 0, "{}", run.stderr);
        let is_there = |name: &&str| site.root().join(format!("public/living/{name}")).exists();
        let there: Vec<&str> = ["soon", "idea"].into_iter().filter(is_there).collect();
        (there.join(" "), run.stdout.contains("不要放到网上"))
    };
    assert_eq!(built(&[]), (String::new(), false));
    assert_eq!(built(&["--drafts"]), ("idea".into(), true));
    assert_eq!(built(&["--future"]), ("soon".into(), true));
    assert_eq!(built(&["--drafts", "--future"]), ("soon idea".into(), true));
}

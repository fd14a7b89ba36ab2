//! A new site is the community's: nothing of the sample's own is in it, and what is not known yet
//! is told and neither published nor printed.

use std::collections::BTreeSet;
use std::io::Read as _;
use std::path::Path;

use crate::test_site::{Run, TestSite, program};

/// Words of the sample that stand in none of its data, only in its texts.
const TOLD: &[&str] = &[
    "澜州",
    "梧桐",
    "梧社居",
    "临河",
    "河沿",
    "东门",
    "西门",
    "图书角",
    "党群服务中心",
    "中心广场",
    "实验小学",
    "许静",
    "老何",
    "一号垃圾房",
    "1号垃圾房",
    "wutongli",
    "Wutong",
];

/// Returns all that the sample says of its own people, places, shops, days and telephones.
fn fiction() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &Path| std::fs::read_to_string(path).expect("it is text");
    let mut words: BTreeSet<String> = TOLD.iter().map(|word| (*word).to_owned()).collect();
    let settings = read(&root.join("greenboard.yaml"));
    // `- { name: 周海宁, role: …` and `  address: …`.
    for line in settings.lines() {
        let value = |key: &str| {
            let rest = line.split_once(key)?.1;
            Some(rest.split(", ").next().unwrap_or(rest).trim().to_owned())
        };
        words.extend(value("{ name: "));
        words.extend(value("  address: "));
        words.extend(value("  hours: "));
    }
    let files = walkdir::WalkDir::new(root.join("content")).into_iter();
    let files = files.map(|entry| entry.expect("it can be listed").into_path());
    let is_text = |path: &std::path::PathBuf| {
        let ending = path.extension().unwrap_or_default();
        ending == "md" || ending == "yaml"
    };
    for path in files.filter(is_text) {
        let text = read(&path);
        words.extend(telephones(&text));
        let is_board = path.to_string_lossy().contains("boards");
        for line in text.lines().filter(|_| is_board) {
            let key = ["place: ", "address: ", "keeper: "];
            let value = key.iter().find_map(|key| line.strip_prefix(key));
            words.extend(value.map(str::to_owned));
        }
        if path.ends_with("calendar.yaml") || path.to_string_lossy().contains("notices") {
            words.extend(days(&text));
        }
    }
    assert!(words.len() > 100, "{words:?}");
    words
}

/// Finds numbers such as 5550 0116.
fn telephones(text: &str) -> Vec<String> {
    let digits = |text: &str| text.len() == 4 && text.bytes().all(|it| it.is_ascii_digit());
    let words: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).collect();
    let pairs = words
        .windows(2)
        .filter(|pair| digits(pair[0]) && digits(pair[1]));
    let pairs = pairs.map(|pair| pair.join(" "));
    pairs
        .filter(|number| text.contains(number.as_str()))
        .collect()
}

/// Finds dates such as 2026-11-21.
fn days(text: &str) -> Vec<String> {
    let found = text
        .match_indices("2026-")
        .filter_map(|(at, _)| text.get(at..at + 10));
    let is_day = |day: &&str| day.bytes().all(|it| it.is_ascii_digit() || it == b'-');
    found.filter(is_day).map(str::to_owned).collect()
}

/// Returns a file's text; of a package, the text of all that lies in it.
fn readable(name: &str, bytes: &[u8]) -> String {
    let mut text = String::from_utf8_lossy(bytes).into_owned();
    if name.ends_with(".xlsx") || name.ends_with(".docx") {
        let mut package = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a package");
        for number in 0..package.len() {
            let mut part = Vec::new();
            let mut file = package.by_index(number).expect("it is listed");
            file.read_to_end(&mut part).expect("it can be read");
            text.push_str(&String::from_utf8_lossy(&part));
        }
    }
    text
}

fn run(site: &TestSite, args: &[&str]) -> Run {
    let output = program(&site.root().join("新家园"))
        .args(args)
        .args(["--today", "2027-03-10"])
        .output();
    Run::from(output.expect("it runs"))
}

fn begun(more: &[&str]) -> TestSite {
    let site = TestSite::empty();
    let begin = [
        "init",
        "新家园",
        "--name",
        "石榴园社区",
        "--today",
        "2027-03-10",
    ];
    let made = site.run(&[&begin, more].concat());
    assert_eq!(made.code, 0, "{}", made.stderr);
    site
}

#[test]
fn nothing_of_the_sample_is_left_in_a_new_site() {
    let fiction = fiction();
    for city in ["上海市", "明州市"] {
        let site = begun(&["--city", city]);
        let files = |folder: &str| site.files(&format!("新家园/{folder}"));
        let sources = files("content");
        let mut all: Vec<_> = sources.iter().collect();
        let (archive, website, print);
        if city == "上海市" {
            for args in [
                &["build"][..],
                &["plan", "2027-03", "--publish"],
                &["post", "2027-03", "--by", "王芳"],
                &["report", "--month", "2027-03"],
                &["archive", "2027"],
            ] {
                let run = run(&site, args);
                assert_eq!(run.code, 0, "{args:?}: {}", run.stderr);
            }
            (archive, website, print) = (files("archive"), files("public"), files("print"));
            for made in [&archive, &website, &print] {
                assert!(!made.is_empty());
                all.extend(made);
            }
        }
        let settings = site.read("新家园/greenboard.yaml").into_bytes();
        let name = "greenboard.yaml".to_owned();
        all.push((&name, &settings));
        for (name, bytes) in all {
            let text = readable(name, bytes);
            let left: Vec<&String> = fiction
                .iter()
                .filter(|it| text.contains(it.as_str()))
                .collect();
            assert!(left.is_empty(), "{city}, {name}: {left:?}");
        }
        // No rule but the city's own, no fee, no day but that on which the site begins.
        for (name, bytes) in &sources {
            // A comment names where a line of the city was read.
            let text = String::from_utf8_lossy(bytes);
            let text: String = text.lines().filter(|line| !line.starts_with('#')).collect();
            let known = ["上海市生活垃圾管理条例", "《生活垃圾分类标志》"];
            let text = known.iter().fold(text, |text, it| text.replace(it, ""));
            for sign in ["条例", "办法》", "公示期", "元/", "2025-", "2028-"] {
                assert!(!text.contains(sign), "{city}, {name}: {sign}");
            }
        }
    }
}

#[test]
fn a_blank_is_told_and_neither_published_nor_printed() {
    let site = begun(&["--city", "杭州市", "--phone", "0571-87654321"]);
    let check = run(&site, &["check"]);
    assert_eq!(check.code, 0, "{}", check.stderr);
    let messages = check.messages().to_owned();
    assert_eq!(messages.matches("G521").count(), 1, "{messages}");
    for place in [
        "greenboard.yaml:33 社区地址",
        "greenboard.yaml:35 办公时间",
        "content/boards/board.md:6 宣传栏在哪里",
        "content/sorting/sofa-pickup.md:18 大件预约电话",
    ] {
        assert!(messages.contains(place), "{place}: {messages}");
    }
    assert_eq!(run(&site, &["build"]).code, 0);
    let made = [site.files("新家园/public"), site.files("新家园/print")];
    for (name, bytes) in made.iter().flatten() {
        assert!(!readable(name, bytes).contains("待填"), "{name}");
        assert!(!name.contains("sofa-pickup"), "{name}");
    }
    // Once it is filled in, the page is there.
    let page = "新家园/content/sorting/sofa-pickup.md";
    let filled = site.read(page).replace("【待填：大件预约电话】", "96123");
    site.put(page, filled);
    assert_eq!(run(&site, &["build", "--only", "web"]).code, 0);
    let shown = site.read("新家园/public/sorting/sofa-pickup/index.html");
    assert!(shown.contains("96123"), "{shown}");
}

#[test]
fn a_site_without_guidance_builds() {
    let site = begun(&["--empty", "--city", "西安市"]);
    let built = run(&site, &["build"]);
    assert_eq!(built.code, 0, "{}", built.stderr);
    let files = site.files("新家园/content");
    assert!(files.len() < 12, "{:?}", files.keys());
    assert!(
        site.read("新家园/greenboard.yaml")
            .contains("of: 其他垃圾, colour: 灰")
    );
}

#[test]
fn what_is_no_telephone_is_refused() {
    let site = TestSite::empty();
    let made = site.run(&["init", "新家园", "--phone", "打我手机"]);
    assert_eq!(made.code, 2, "{}", made.stderr);
    assert!(
        made.messages().contains("不像电话号码"),
        "{}",
        made.messages()
    );
}

#[test]
fn a_bin_has_the_citys_name_and_colour_everywhere() {
    let site = TestSite::minimal();
    site.edit(
        "greenboard.yaml",
        "title: 小院\n",
        "title: 小院\nsorting: { bins: [{ of: 厨余垃圾, name: 湿垃圾, colour: 棕 }] }\n",
    );
    let items = "- { name: 果皮, bin: 湿垃圾 }\n- { name: 旧报纸, bin: 可回收物 }\n";
    site.put("content/sorting/items.yaml", items);
    site.put(
        "content/sorting/_index.md",
        "---\ntitle: 垃圾分类\n---\n分。\n",
    );
    site.build();
    let guide = site.main_of("sorting/guide/index.html");
    assert!(
        guide.contains("湿垃圾") && !guide.contains("厨余垃圾"),
        "{guide}"
    );
    for page in ["sorting/quiz/index.html", "sorting/food/index.html"] {
        let page = site.main_of(page);
        assert!(
            page.contains("湿垃圾") && !page.contains("厨余垃圾"),
            "{page}"
        );
    }
    let styles = site.files("public/assets");
    let styles: String = styles
        .values()
        .map(|it| String::from_utf8_lossy(it))
        .collect();
    let styles = styles.to_uppercase();
    assert!(
        styles.contains("--COLOR-BIN-GROUND-FOOD:#6B4A2B"),
        "no brown"
    );
    site.edit("greenboard.yaml", "colour: 棕", "colour: \"#FFEE00\"");
    let run = site.run(&["check"]);
    assert_eq!(run.code, 1);
    assert!(run.messages().contains("白字看得清"), "{}", run.messages());
}

#[test]
fn a_list_of_things_that_is_gone_is_told_once() {
    let site = TestSite::minimal();
    site.edit(
        "content/living/tap.md",
        "topics:",
        "items: [果皮, 旧报纸]\ntopics:",
    );
    let run = site.run(&["check"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    insta::assert_snapshot!(run.messages(), @"
    警告 G522：没有 content/sorting/items.yaml，1 篇内容里写的物品都查不到，海报上就没有这些物品
      → content/living/tap.md:4:9
      提示：要用分类查询，把这个文件放回来；不用了，把这些内容的 items 那一行删掉
    ");
}

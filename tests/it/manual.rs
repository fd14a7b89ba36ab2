//! The manual is true: every command that `docs/` and the two READMEs print is run as it stands.
//!
//! Commands in a block of `sh` are run one by one, those in running text too where they hold more
//! than a name. Each gets a site of its own, small, with the boards, people and pages that the
//! manual's examples name, so that the order of the examples does not matter.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Stdio;

use crate::test_site::{Run, TestSite, program};

/// A day on which the manual's examples (next month is December 2026) make sense.
const TODAY: &str = "2026-11-23";
/// A day on which the change-over of December 2026 is over.
const LATER: &str = "2026-12-20";
/// The folder of photos in the examples, as PowerShell takes it.
const PHOTOS: &str = "D:\\照片\\十二月换栏";

/// A command of the manual and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Printed {
    file: String,
    line: String,
}

/// Finds what the manual prints to be typed.
fn printed() -> Vec<Printed> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<_> = std::fs::read_dir(root.join("docs"))
        .expect("the manual is there")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect();
    files.push(root.join("README.zh-CN.md"));
    files.sort();
    let mut found = BTreeSet::new();
    for path in files {
        let text = std::fs::read_to_string(&path).expect("it can be read");
        let file = path.file_name().expect("it has a name").to_string_lossy();
        let mut block = None;
        for line in text.lines() {
            match (line.strip_prefix("```"), block) {
                (Some(language), None) => block = Some(language),
                (Some(_), Some(_)) => block = None,
                (None, Some("sh")) if line.contains("greenboard ") => {
                    found.insert((file.to_string(), line.trim().to_owned()));
                }
                (None, Some(_)) => {}
                (None, None) => found.extend(
                    line.split('`')
                        .skip(1)
                        .step_by(2)
                        .filter(|code| code.starts_with("greenboard "))
                        .map(|code| (file.to_string(), code.to_owned())),
                ),
            }
        }
    }
    found
        .into_iter()
        .map(|(file, line)| Printed { file, line })
        .collect()
}

/// A site that has all that the manual's examples name.
fn site() -> TestSite {
    let board = |title: &str| {
        format!(
            "---\ntitle: {title}\nkind: board\nplace: {title}\nsize: 1300x600mm\nrepeat_after: 0\n\
             slots: 3 x A3\n---\n在院里。\n"
        )
    };
    let guide = |title: &str, topic: &str| {
        format!(
            "---\ntitle: {title}\ndate: 2025-11-01\ntopics: [{topic}]\nposter:\n  layout: guide\n\
             ---\n1. **看一看**有没有亮着的灯。\n2. **关一关**走廊的灯。\n"
        )
    };
    let site = TestSite::minimal()
        .write("content/boards/east-gate.md", board("东门宣传栏"))
        .write("content/boards/west-gate.md", board("西门宣传栏"))
        .write("content/living/toilet-leak.md", guide("五分钟查马桶漏水", "water"))
        .write("content/living/lamp.md", guide("随手关灯", "energy"))
        .write("content/living/bus.md", guide("短途不开车", "travel"))
        .write("content/living/leaves.md", guide("落叶留在树下", "trees"))
        .write("content/notices/_index.md", "---\ntitle: 通知\n---\n本月的事。\n")
        .write("content/campaigns/_index.md", "---\ntitle: 集中宣传\n---\n一年的事。\n")
        .write("content/sorting/_index.md", "---\ntitle: 分类\n---\n怎么分。\n")
        .write(
            "content/notices/2026-12/gas.md",
            "---\ntitle: 周六停气\ndate: 2026-11-23\nexpires: 2026-12-12\nkind: 通知\ntopics: [air]\n\
             poster:\n  layout: notice\n  priority: 3\n---\n12日8:00到17:00停气，换管道。\n",
        );
    site.remove("content/boards/gate.md");
    site.edit(
        "greenboard.yaml",
        "format: 1\n",
        "format: 1\npeople:\n  - { name: 王芳, role: 宣传员 }\n  - { name: 李敏, role: 接手的人 }\n",
    );
    foreign(&site);
    std::fs::create_dir_all(site.root().join(PHOTOS)).expect("the folder is made");
    site
}

/// Puts the files there that the manual brings in.
fn foreign(site: &TestSite) {
    let document = "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>\
        <w:p><w:r><w:t>关于冬季取暖安全的通知</w:t></w:r></w:p><w:p><w:r><w:t>请查烟道。</w:t></w:r></w:p></w:body></w:document>";
    let parts = [("word/document.xml".to_owned(), document.as_bytes().to_vec())];
    site.put("来文.docx", crate::import::packed(&parts));
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let head = sheet.write_row(0, 0, ["名称", "类别"]);
    let row = head.and_then(|sheet| sheet.write_row(1, 0, ["大骨头", "其他垃圾"]));
    row.expect("it can be filled");
    site.put(
        "物品清单.xlsx",
        book.save_to_buffer().expect("it can be saved"),
    );
    let mut form = rust_xlsxwriter::Workbook::new();
    let sheet = form.add_worksheet();
    sheet.write(0, 0, "填报单位").expect("it can be filled");
    let form = form.save_to_buffer().expect("it can be saved");
    site.put("街道月报.xlsx", &form);
    site.put("评分表.xlsx", &form);
    let photo = image::RgbImage::from_pixel(40, 30, image::Rgb([90, 120, 60]));
    let mut jpeg = std::io::Cursor::new(Vec::new());
    photo
        .write_to(&mut jpeg, image::ImageFormat::Jpeg)
        .expect("written");
    site.put("楼道.jpg", jpeg.into_inner());
    site.put("文章.html", "<p>周六大扫除</p><p>带上扫把。</p>");
    site.put("粘贴.txt", "周六大扫除\n带上扫把。\n");
    site.put(
        "老网站/content/posts/a.md",
        "---\ntitle: 甲\ntags: [a]\n---\n字。\n",
    );
}

/// The arguments as PowerShell and a shell read them alike: parted by blanks.
fn arguments(line: &str) -> Vec<&str> {
    line.split_whitespace().skip(1).collect()
}

/// Tells whether running text names a command or an option and does not print it to be typed.
fn is_a_name(arguments: &[&str]) -> bool {
    match arguments {
        [one] => !one.starts_with("--"),
        [_, option] => ["--correct", "--on"].contains(option),
        _ => false,
    }
}

fn run(site: &TestSite, today: &str, arguments: &[&str]) -> Run {
    let mut all = arguments.to_vec();
    all.extend(["--today", today]);
    site.run(&all)
}

/// Does first what an example takes for done.
fn prepare(site: &TestSite, arguments: &[&str]) -> &'static str {
    let entered = arguments.contains(&"--correct") || arguments.contains(&"--lost");
    if entered {
        let first = run(site, LATER, &["post", "2026-12", "--by", "王芳"]);
        assert_eq!(first.code, 0, "{}{}", first.stdout, first.stderr);
    }
    match arguments {
        ["post", "2026-11", ..] => TODAY,
        ["post", file, ..] if file.ends_with(".txt") => {
            from_phone(site, file);
            LATER
        }
        ["post", file, ..] if file.ends_with(".csv") => {
            site.put(
                "content/boards/led.md",
                "---\ntitle: 电子屏\nkind: screen\nplace: 广场\nsize: 1920x1080\nwidth: 3200mm\n\
                 slots: [{ id: \"1\" }]\n---\n在广场。\n",
            );
            site.put(file, "日期,文件名,播放次数\n2026-11-24,lamp.png,400\n");
            LATER
        }
        ["post", ..] => LATER,
        ["archive", ..] => {
            let hung = run(site, TODAY, &["post", "2026-11", "--by", "王芳"]);
            assert_eq!(hung.code, 0, "{}{}", hung.stdout, hung.stderr);
            TODAY
        }
        _ => TODAY,
    }
}

/// Saves what a phone sends that has all ticked on 1 December.
fn from_phone(site: &TestSite, file: &str) {
    let built = run(site, TODAY, &["build", "--month", "2026-12"]);
    assert_eq!(built.code, 0, "{}{}", built.stdout, built.stderr);
    let page = site.read("print/2026-12/round-2026-12-01.html");
    let data = page.split("id=\"data\">").nth(1).expect("it holds data");
    let data = data.split("</script>").next().expect("they end");
    let data: serde_json::Value = serde_json::from_str(data).expect("it is JSON");
    let boards = data["boards"].as_array().expect("there are boards");
    let board = |board: &serde_json::Value| {
        let slots = board["slots"].as_array().expect("there are slots");
        let places = &board["places"];
        let up = |slot: &serde_json::Value| {
            let said = serde_json::json!({ "yes": [places[0]["id"]] });
            serde_json::json!({
                "slot": slot["slot"], "job": "up", "key": slot["up"]["key"], "said": said,
            })
        };
        let with_new = slots.iter().filter(|slot| !slot["up"].is_null());
        let slots: Vec<_> = with_new.map(up).collect();
        serde_json::json!({ "board": board["id"], "slots": slots })
    };
    let boards: Vec<_> = boards.iter().map(board).collect();
    let round = serde_json::json!({
        "site": data["site"], "day": data["day"], "on": data["day"], "id": "0a1b2c-1",
        "by": "王芳", "boards": boards,
    });
    let json = round.to_string();
    let sum = crc32fast::hash(json.as_bytes());
    site.put(file, format!("greenboard-round 1 {sum:08x}\n{json}\n"));
}

/// Starts the preview and waits until it says where it is.
fn serves(site: &TestSite, arguments: &[&str]) -> bool {
    let mut child = program(site.root())
        .args(arguments)
        .args(["--port", "0", "--today", TODAY])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let lines = BufReader::new(child.stdout.take().expect("it is piped")).lines();
    let told = lines
        .map_while(Result::ok)
        .any(|line| line.contains("http://127.0.0.1:"));
    let _ = child.kill();
    let _ = child.wait();
    told
}

#[test]
fn every_command_of_the_manual_works_as_printed() {
    let mut faults = Vec::new();
    let all = printed();
    assert!(all.len() > 60, "only {} commands were found", all.len());
    let mut done = BTreeSet::new();
    for Printed { file, line } in all {
        if !line.starts_with("greenboard ") || !done.insert(line.clone()) {
            continue;
        }
        let arguments = arguments(&line);
        if is_a_name(&arguments) {
            let help = site_free(&[arguments[0], "--help"]);
            let option = arguments.get(1).copied().unwrap_or_default();
            if help.code != 0 || !help.stdout.contains(option) {
                faults.push(format!("{file}: {line}: no such command or option"));
            }
            continue;
        }
        let site = if arguments[0] == "init" {
            TestSite::empty()
        } else {
            site()
        };
        if arguments[0] == "serve" {
            if !serves(&site, &arguments) {
                faults.push(format!("{file}: {line}: does not serve"));
            }
            continue;
        }
        let today = prepare(&site, &arguments);
        let came = run(&site, today, &arguments);
        if came.code != 0 {
            faults.push(format!(
                "{file}: {line}: exit {}\n{}{}",
                came.code, came.stdout, came.stderr
            ));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Runs the program outside of any site.
fn site_free(arguments: &[&str]) -> Run {
    TestSite::empty().run(arguments)
}

/// The line for a host's timetable, as a shell runs it: builds on the day of the change, and not
/// before.
#[test]
fn the_line_for_a_timetable_builds_on_the_day_of_the_change() {
    let website = include_str!("../../docs/website.md");
    let line = website
        .lines()
        .find(|line| line.contains("next-change.txt") && line.contains("|| greenboard build"))
        .expect("the manual has it");
    let site = site();
    site.build();
    let folder = Path::new(env!("CARGO_BIN_EXE_greenboard"))
        .parent()
        .expect("it lies in a folder");
    let shell = |change: &str| {
        site.put("public/next-change.txt", change);
        site.put(
            "content/living/lamp.md",
            site.read("content/living/lamp.md")
                .replace("看一看", "瞧一瞧"),
        );
        let path = format!("{}:/usr/bin:/bin", folder.display());
        let status = std::process::Command::new("sh")
            .args(["-c", line])
            .current_dir(site.root())
            .env_clear()
            .env("PATH", path)
            .env("HOME", "/nonexistent")
            .status()
            .expect("a shell runs");
        assert!(status.success());
        site.read("public/living/lamp/index.html")
            .contains("瞧一瞧")
    };
    assert!(!shell("2999-01-01\n"), "nothing is due before that day");
    assert!(shell("2000-01-01\n"), "the day has come");
}

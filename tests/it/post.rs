//! The ledger through the program: what was hung, photos, corrections, and a power cut.

mod photos;

use std::collections::BTreeMap;
use std::io::Cursor;
use std::process::Stdio;
use std::time::{Duration, Instant};

use insta::assert_snapshot;

use crate::test_site::{Run, TestSite, program};

/// A site of three boards, one of them with two slots, that names its people.
fn site() -> TestSite {
    let site = TestSite::minimal();
    site.edit(
        "content/boards/gate.md",
        "size: 500x600mm",
        "order: 1\nsize: 500x600mm",
    );
    let board = |title: &str, order: usize| {
        format!(
            "---\ntitle: {title}\nkind: board\nplace: {title}\norder: {order}\nsize: 900x600mm\n\
             repeat_after: 0\nkeeper: 赵敏\nslots:\n  - {{ id: \"1\", at: [50, 50], size: A3 }}\n  \
             - {{ id: \"2\", at: [500, 50], size: A3 }}\n---\n在院里。\n"
        )
    };
    let guide = |title: &str, topic: &str| {
        format!(
            "---\ntitle: {title}\ndate: 2026-01-01\ntopics: [{topic}]\nposter:\n  layout: guide\n\
             ---\n1. **看一看**有没有亮着的灯。\n2. **关一关**走廊的灯。\n"
        )
    };
    site.write("content/boards/yard.md", board("院里的栏", 2))
        .write("content/living/lamp.md", guide("随手关灯", "energy"))
}

/// A JPEG that tells when it was taken.
pub fn photo(shade: u8, time: &str) -> Vec<u8> {
    photo_of("2026:11:02", shade, time)
}

fn photo_of(day: &str, shade: u8, time: &str) -> Vec<u8> {
    let picture = image::RgbImage::from_pixel(16, 12, image::Rgb([shade, 90, 60]));
    let mut jpeg = Cursor::new(Vec::new());
    picture
        .write_to(&mut jpeg, image::ImageFormat::Jpeg)
        .expect("a picture can be written");
    // One tag, 0x0132 DateTime, in a TIFF of 26 bytes and the text behind them.
    let mut exif =
        b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x32\0\x02\0\0\0\x14\0\0\0\x1a\0\0\0\0".to_vec();
    exif.extend(format!("{day} {time}\0").bytes());
    let length = u16::try_from(exif.len() + 2).expect("short").to_be_bytes();
    let jpeg = jpeg.into_inner();
    [&jpeg[..2], &[0xFF, 0xE1], &length, &exif, &jpeg[2..]].concat()
}

#[track_caller]
fn done(run: Run) -> String {
    assert_eq!(run.code, 0, "{}\n{}", run.stdout, run.stderr);
    run.stdout
}

/// Shortens hashes, which change with every word of the pages.
fn without_hashes(text: &str) -> String {
    let mut shown = String::new();
    let mut word = String::new();
    for c in text.chars().chain(['\n']) {
        if c.is_ascii_hexdigit() {
            word.push(c);
            continue;
        }
        let hash = word.len() == 16;
        shown.push_str(if hash { "HASH" } else { &word });
        word.clear();
        shown.push(c);
    }
    shown.trim_end().replace("\"HASH\"", "HASH")
}

#[test]
fn what_was_hung_is_entered_once() {
    let site = site();
    assert_snapshot!(done(site.run(&["post", "2026-11", "--by", "陈立"])), @"
    记进 ledger/2026-11.yaml：3 行
      大门宣传栏 第1格 随手关灯，2026-11-01 起
      院里的栏 第1格 关紧水龙头，2026-11-01 起
      院里的栏 第2格 随手关灯，2026-11-01 起
    ");
    assert_snapshot!(without_hashes(&site.read("ledger/2026-11.yaml")), @r#"
    format: 1
    events:
    - {v: 1, id: "2026-11-01/gate/1", kind: hung, board: gate, slot: "1", poster: living/lamp, from: 2026-11-01, to: 2026-11-30, by: 陈立, text: HASH}
    - {v: 1, id: "2026-11-01/yard/1", kind: hung, board: yard, slot: "1", poster: living/tap, from: 2026-11-01, to: 2026-11-30, by: 陈立, text: HASH}
    - {v: 1, id: "2026-11-01/yard/2", kind: hung, board: yard, slot: "2", poster: living/lamp, from: 2026-11-01, to: 2026-11-30, by: 陈立, text: HASH}
    "#);
    let before = site.files("ledger");
    assert_snapshot!(done(site.run(&["post", "2026-11", "--by", "陈立"])), @"
    没有要加的：这些台账里都有了，或者还没到日子
    3 格台账里已经有了
    ");
    assert!(before == site.files("ledger"), "the ledger was touched");
    // The text as it hung lies beside it, whatever becomes of the page.
    let text = site.read("content/living/tap.md");
    let kept = before.values().filter(|bytes| **bytes == text.as_bytes());
    assert_eq!(kept.count(), 1);
    site.build();
}

#[test]
fn what_differed_is_said_and_corrected() {
    let site = site();
    let except = "--except=院里的栏/1=关紧水龙头";
    let args = [
        "post",
        "2026-11",
        "--by",
        "陈立",
        "--on",
        "2026-11-03",
        except,
        "--except",
        "yard/2=-",
    ];
    assert_snapshot!(done(site.run(&args)), @"
    记进 ledger/2026-11.yaml：3 行
      大门宣传栏 第1格 随手关灯，2026-11-03 起
      院里的栏 第1格 关紧水龙头，2026-11-03 起
      院里的栏 第2格 没有挂 随手关灯
    ");
    let id = "2026-11-03/yard/1";
    let correct = [
        "post",
        "--correct",
        id,
        "--poster",
        "living/lamp",
        "--by",
        "陈立",
    ];
    assert_snapshot!(done(site.run(&correct)), @"
    记进 ledger/2026-11.yaml：1 行
      院里的栏 第1格 随手关灯，2026-11-03 起
    ");
    let until = [
        "post",
        "--correct",
        id,
        "--until",
        "2026-11-08",
        "--by",
        "陈立",
    ];
    assert_snapshot!(done(site.run(&until)), @"
    记进 ledger/2026-11.yaml：1 行
      取下 2026-11-10/corrected，最后一天 2026-11-08
    ");
    let lost = ["post", "--lost", "living/tap=2", "--by", "陈立"];
    assert_snapshot!(done(site.run(&lost)), @"
    记进 ledger/2026-11.yaml：1 行
      少了 关紧水龙头，2 张
    ");
    assert_snapshot!(without_hashes(&site.read("ledger/2026-11.yaml")), @r#"
    format: 1
    events:
    - {v: 1, id: "2026-11-03/gate/1", kind: hung, board: gate, slot: "1", poster: living/lamp, from: 2026-11-03, to: 2026-11-30, by: 陈立, text: HASH}
    - {v: 1, id: "2026-11-03/yard/1", kind: hung, board: yard, slot: "1", poster: living/tap, from: 2026-11-03, to: 2026-11-30, by: 陈立, text: HASH}
    - {v: 1, id: "2026-11-03/yard/2", kind: missed, board: yard, slot: "2", poster: living/lamp, from: 2026-11-03, to: 2026-11-30, by: 陈立}
    - {v: 1, id: "2026-11-10/corrected", kind: corrected, of: "2026-11-03/yard/1", board: yard, slot: "1", poster: living/lamp, from: 2026-11-03, to: 2026-11-30, by: 陈立, text: HASH}
    - {v: 1, id: "2026-11-10/corrected-2", kind: removed, of: "2026-11-10/corrected", to: 2026-11-08, by: 陈立}
    - {v: 1, id: "2026-11-10/lost/living/tap", kind: lost, poster: living/tap, copies: 2, on: 2026-11-10, by: 陈立}
    "#);
    assert_snapshot!(done(site.run(&["status", "--on", "2026-11-05"])), @"
    2026-11-05

    大门宣传栏 (gate)
      1  随手关灯  11-03–11-30  台账 2026-11-03/gate/1  陈立

    院里的栏 (yard)
      1  随手关灯  11-03–11-08  台账 2026-11-10/corrected-2  陈立
      2  随手关灯  11-03–11-30  没有挂，台账记了
    ");
    assert_snapshot!(done(site.run(&["status", "--on", "2026-11-09", "--board", "yard"])), @"
    2026-11-09

    院里的栏 (yard)
      1  没有记录
      2  随手关灯  11-03–11-30  没有挂，台账记了
    ");
}

#[test]
fn what_is_wrong_is_told_and_nothing_written() {
    let site = site();
    let settings = site.read("greenboard.yaml");
    site.put(
        "greenboard.yaml",
        format!("{settings}people:\n  - name: 陈立\n  - name: 赵敏\n"),
    );
    site.put("notes.jpg", "今天挂了三张");
    let said = |args: &[&str]| {
        let run = site.run(&[&["post"], args].concat());
        assert!(!site.root().join("ledger").exists(), "{args:?}");
        format!("{}\n{}", run.code, run.messages())
    };
    assert_snapshot!(said(&["2026-11", "--by", "陈立", "--board", "gat"]), @"
    2
    用法错误：没有 `gat` 这块宣传栏
      是不是想写 `gate`？
      可以写：gate, yard
      看用法：greenboard --help
    ");
    assert_snapshot!(said(&["2026-11", "--by", "陈力"]), @"
    2
    用法错误：`people` 里没有 `陈力` 这个人
      是不是想写 `陈立`？
      可以写：陈立, 赵敏
      看用法：greenboard --help
    ");
    assert_snapshot!(said(&["2026-11"]), @"
    2
    用法错误：缺少 --by
      例如 --by 赵敏
      看用法：greenboard --help
    ");
    assert_snapshot!(said(&["2026-11", "--by", "陈立", "--except", "gate/1=living/tab"]), @"
    2
    用法错误：没有 `living/tab` 这张宣传品
      是不是想写 `living/tap`？
      看用法：greenboard --help
    ");
    assert_snapshot!(said(&["2026-11", "--by", "陈立", "--except", "gate/7=living/tap"]), @"
    2
    用法错误：大门宣传栏没有第 `7` 格
      可以写：1
      看用法：greenboard --help
    ");
    assert_snapshot!(said(&["2026-11", "--by", "陈立", "--photo", "gate=notes.jpg"]), @"
    1
    错误 G422：`notes.jpg` 不是能用的照片
      提示：要 JPG、PNG、WebP 或 HEIC 照片；用手机或相机的原图，不要用截图、压缩包或 Word 文件
    共 1 处错误。
    ");
    assert_snapshot!(said(&["2026-11", "--by", "陈立", "--photo", "gate=none.jpg"]), @"
    2
    用法错误：没有 `none.jpg` 这个文件
      看用法：greenboard --help
    ");
    assert_snapshot!(said(&["2026-11", "--by", "陈立", "--on", "2026-11-20"]), @"
    2
    用法错误：2026-11-20 还没到
      看用法：greenboard --help
    ");
    assert_snapshot!(said(&["2026-12", "--by", "陈立"]), @"
    2
    用法错误：2026-12 还没有开始；提前挂的，用 --on 写明哪天
      看用法：greenboard --help
    ");
    assert_snapshot!(said(&["--correct", "nothing", "--never", "--by", "陈立"]), @"
    2
    用法错误：台账里没有编号 `nothing`
      看用法：greenboard --help
    ");
}

#[test]
fn how_things_stand_is_told() {
    let site = site();
    done(site.run(&["post", "2026-11", "--by", "陈立", "--board", "gate"]));
    assert_snapshot!(done(site.run(&["status"])), @"
    大门宣传栏 (gate)
      1  随手关灯  11-01–11-30  已挂

    院里的栏 (yard)
      1  关紧水龙头  11-01–11-30  安排，台账还没有记
      2  随手关灯    11-01–11-30  安排，台账还没有记

    该记台账的
      院里的栏  第1、2格，2026-11-01 起  greenboard post 2026-11 --board yard --by 姓名
    ");
    let json = done(site.run(&["status", "--json", "--board", "yard"]));
    let json: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    assert_eq!(json["overdue"][0]["board"], "yard");
}

#[test]
fn lines_that_came_twice_are_told_and_taken_out_of_the_way() {
    let site = site();
    done(site.run(&["post", "2026-11", "--by", "陈立"]));
    let ledger = site.read("ledger/2026-11.yaml");
    let first = ledger.lines().nth(2).expect("a line").to_owned();
    site.put("ledger/2026-11.yaml", format!("{ledger}{first}\n"));
    let checked = site.run(&["check"]);
    assert_eq!(checked.code, 0, "{}", checked.stderr);
    assert!(checked.stderr.contains("G425"), "{}", checked.stderr);
    done(site.run(&["post", "--by", "陈立", "--lost", "living/tap=1"]));
    let repaired = done(site.run(&["ledger", "--repair"]));
    assert!(repaired.contains("第 6 行"), "{repaired}");
    let text = site.read("ledger/2026-11.yaml");
    assert!(text.contains(&format!("\n# {first}\n")), "{text}");
    assert!(!site.run(&["check"]).stderr.contains("G425"));
    assert_snapshot!(done(site.run(&["ledger", "--repair"])), @"台账里没有编号重复的行");
}

#[test]
fn a_copy_of_the_ledger_is_named_and_not_read() {
    let site = site();
    done(site.run(&["post", "2026-11", "--by", "陈立"]));
    let ledger = site.read("ledger/2026-11.yaml");
    site.put("ledger/2026-11（王芳的冲突副本）.yaml", &ledger);
    let checked = site.run(&["check"]);
    assert_eq!(checked.code, 0, "{}", checked.stderr);
    let told = checked.stderr;
    assert!(
        told.contains("G426") && told.contains("冲突副本") && !told.contains("G425"),
        "{told}"
    );
}

#[test]
fn two_runs_at_once_enter_once() {
    let site = site();
    let start = || {
        let mut command = program(site.root());
        command
            .args(["post", "2026-11", "--by", "陈立", "--today", "2026-11-10"])
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command.spawn().expect("the program runs")
    };
    let mut runs = [start(), start()];
    for run in &mut runs {
        assert!(run.wait().expect("it ends").success());
    }
    let ledger = site.read("ledger/2026-11.yaml");
    assert_eq!(ledger.matches("\n- ").count(), 3, "{ledger}");
}

/// Names what a run left half-done: `None` where all is whole.
fn half_done(files: &BTreeMap<String, Vec<u8>>, before: &str, after: &str) -> Option<String> {
    for (name, bytes) in files {
        let shown = name.rsplit('/').next().unwrap_or(name);
        if shown.starts_with('.') {
            // Hidden from everyone, and swept by the next run.
            continue;
        }
        if shown == "2026-11.yaml" {
            let text = String::from_utf8_lossy(bytes);
            if text != before && text != after {
                return Some(format!("{name}:\n{text}"));
            }
        } else {
            let named = shown.split('.').next().unwrap_or_default();
            if !greenboard::digest::digest(bytes).starts_with(named) {
                return Some(name.clone());
            }
        }
    }
    None
}

#[cfg(unix)]
#[test]
fn a_power_cut_leaves_every_line_whole_or_absent() {
    let site = site();
    let before = "format: 1\nevents:\n# 手写的备注\n- {v: 1, id: a, kind: hung, board: old, slot: \"1\", poster: living/tap, from: 2026-10-01, to: 2026-10-31}\n";
    for number in 0..4 {
        // Large enough for a write to be cut in two.
        let mut bytes = photo(number, &format!("09:0{number}:00"));
        bytes.resize(400_000, number);
        site.put(&format!("photos/{number}.jpg"), bytes);
    }
    let start = || {
        for folder in ["texts", "photos"] {
            let _ = std::fs::remove_dir_all(site.root().join("ledger").join(folder));
        }
        site.put("ledger/2026-11.yaml", before);
        let args = [
            "post",
            "2026-11",
            "--by",
            "陈立",
            "--photos",
            "photos",
            "--today",
            "2026-11-10",
        ];
        let mut command = program(site.root());
        command
            .args(args)
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let child = command.spawn().expect("the program runs");
        // Writing begins with the texts; before that nothing can be harmed.
        let texts = site.root().join("ledger/texts");
        while !texts.exists() {
            std::thread::sleep(Duration::from_micros(50));
        }
        child
    };
    let mut child = start();
    let begun = Instant::now();
    assert!(child.wait().expect("it ends").success());
    let writing = begun.elapsed();
    let after = site.read("ledger/2026-11.yaml");
    assert!(after.starts_with(before) && after.lines().count() > before.lines().count());
    let mut n_cut = 0;
    for moment in 0..50 {
        let mut child = start();
        std::thread::sleep(writing * moment / 50);
        child.kill().expect("it is ours");
        n_cut += usize::from(!child.wait().expect("it ends").success());
        let half = half_done(&site.files("ledger"), before, &after);
        assert_eq!(half, None, "cut at {moment}/50 of {writing:?}");
    }
    assert!(n_cut > 10, "only {n_cut} of 50 runs were cut short");
    // The next run finds everything in order.
    done(site.run(&["post", "2026-11", "--by", "陈立", "--photos", "photos"]));
    assert_eq!(site.read("ledger/2026-11.yaml"), after);
}

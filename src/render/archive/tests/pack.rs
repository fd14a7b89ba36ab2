//! The pack of an inspection: what lies in it, in which order, and that it is whole.

use insta::assert_snapshot;

use super::*;

#[test]
fn the_index_comes_first_in_the_order_of_numbers() {
    let text = Files::new(OCTOBER).made(&Wanted::Archive(Some(2026))).text;
    let index = text
        .split("一、指标索引")
        .nth(1)
        .expect("there is an index");
    let index = index.split("\n指标 1.1\n").next().unwrap_or_default();
    assert_snapshot!(index.trim_start(), @"
    有台账的期数/应换 1/11，挂出（格次） 2，照片（张） 0，公示通知（件） 1，经常性工作（次） 1/4，缺项 17
    指标  有哪些材料                                                              缺项
    1.1   2篇内容（创建绿色社区、楼道粉刷费用）；3个阶段（组织实施、自查申请等）  缺3项
    1.2   1个阶段（制定方案）                                                     齐
    2.1   1块宣传栏（东门宣传栏）                                                 缺12项
    2.3   1篇内容（五分钟查马桶漏水）                                             齐
    3.1   1项经常性工作（河道巡查）                                               缺1项
    4.1   1项数据（满意率92%，276/300）                                           齐
    4.2   1项数据（绿化覆盖率31%）                                                缺1项
    ");
}

#[test]
fn what_was_planned_stands_beside_what_hung() {
    let missed = "- {v: 1, id: d, kind: missed, board: gate, slot: \"2\", poster: living/lamp, from: 2026-10-17, to: 2026-10-31, by: 陈立}\n";
    let planned = "format: 1\nhangings:\n- {board: gate, slot: \"1\", from: 2026-10-01, to: 2026-10-31, poster: living/lamp}\n";
    let files = Files::new(&format!("{OCTOBER}{missed}")).with("plan.lock.yaml", planned);
    let text = files.made(&Wanted::Archive(Some(2026))).text;
    let october = text
        .split("\n2026年10月\n")
        .nth(1)
        .expect("the period is there");
    let table: Vec<&str> = october.lines().take(4).collect();
    assert_snapshot!(table.join("\n"), @"
    版面  安排          挂出                        日期          更换人  照片
    1     楼道灯换声控  五分钟查马桶漏水            10月1日—31日  陈立    0
    2     楼道灯换声控  没有挂                      —             —       —
    2     楼道灯换声控  楼道粉刷费用；注：被风刮走  10月9日—13日  陈立    0
    ");
}

#[test]
fn the_manifest_lists_every_file_with_its_hash() {
    let made = with_keepsakes(&photo()).made(&Wanted::Archive(Some(2026)));
    let manifest = String::from_utf8(file(&made, "manifest.txt").to_vec()).expect("text");
    let listed: BTreeMap<&str, &str> = manifest
        .lines()
        .map(|line| line.split_once("  ").expect("hash and path"))
        .map(|(hash, path)| (path, hash))
        .collect();
    for artifact in &made.artifacts {
        let path = artifact
            .path
            .strip_prefix("2026/")
            .expect("in the year's folder");
        match path {
            "manifest.txt" => assert!(!listed.contains_key(path)),
            path => assert_eq!(
                listed[path],
                crate::digest::digest(artifact.bytes()),
                "{path}"
            ),
        }
    }
    assert_eq!(listed.len() + 1, made.artifacts.len());
    let originals = String::from_utf8(file(&made, "originals.txt").to_vec()).expect("text");
    let hash = crate::digest::digest(photo());
    assert_eq!(
        originals,
        format!("{hash}  ledger/photos/2026-10/{hash}.jpg\n")
    );
}

#[test]
fn what_the_diary_says_and_attaches_is_in_the_pack() {
    let day = "format: 1\nactivities:\n- {day: 2026-10-18, title: 旧物交换, sheet: s.pdf}\n";
    let files = with_keepsakes(&photo())
        .with("ledger/work/2026-10.yaml", day)
        .with("ledger/work/files/s.pdf", "%PDF-1.4");
    let made = files.made(&Wanted::Archive(Some(2026)));
    assert_eq!(file(&made, "ledger/work/2026-10.yaml"), day.as_bytes());
    assert_eq!(file(&made, "ledger/work/files/s.pdf"), b"%PDF-1.4");
    let originals = String::from_utf8(file(&made, "originals.txt").to_vec()).expect("text");
    assert!(
        originals.contains("  ledger/work/files/s.pdf\n"),
        "{originals}"
    );
}

#[test]
fn the_same_files_give_the_same_bytes() {
    for wanted in [
        Wanted::Archive(Some(2026)),
        october(),
        Wanted::Handover(None),
    ] {
        let once = with_keepsakes(&photo()).made(&wanted).artifacts;
        let again = with_keepsakes(&photo()).made(&wanted).artifacts;
        for (a, b) in once.iter().zip(&again) {
            assert!(
                (&a.path, a.bytes()) == (&b.path, b.bytes()),
                "{} differs",
                a.path
            );
        }
        assert_eq!(once.len(), again.len());
    }
}

#[test]
fn screen_readers_can_read_every_pdf() {
    for wanted in [
        Wanted::Archive(Some(2026)),
        october(),
        Wanted::Handover(None),
    ] {
        let made = with_keepsakes(&photo()).made(&wanted);
        let pdf = file(&made, ".pdf");
        let claims = pdf.windows(7).any(|bytes| bytes == b"pdfuaid");
        assert!(claims, "{wanted:?} is no PDF/UA");
    }
}

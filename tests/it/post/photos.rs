//! Photos of a change-over: whose board each shows, and what it proves.

use insta::assert_snapshot;

use super::{done, photo, photo_of, site};

#[test]
fn photos_of_a_walk_go_to_their_boards() {
    let site = site();
    // Taken in the order of the walk, named otherwise.
    site.put("photos/d.jpg", photo(1, "09:00:00"));
    site.put("photos/c.jpg", photo(2, "09:00:20"));
    site.put("photos/b.jpg", photo(3, "09:07:00"));
    site.put("photos/a.jpg", photo(4, "09:07:30"));
    let args = ["post", "2026-11", "--by", "陈立", "--photos", "photos"];
    assert_snapshot!(done(site.run(&args)), @"
    照片 大门宣传栏 ← d.jpg c.jpg
    照片 院里的栏 ← b.jpg a.jpg
    记进 ledger/2026-11.yaml：3 行
      大门宣传栏 第1格 随手关灯，2026-11-01 起
      院里的栏 第1格 关紧水龙头，2026-11-01 起
      院里的栏 第2格 随手关灯，2026-11-01 起
    ");
    let ledger = site.read("ledger/2026-11.yaml");
    assert_eq!(ledger.matches("far:").count(), 3, "{ledger}");
    let kept: Vec<Vec<u8>> = site.files("ledger/photos").into_values().collect();
    let given: Vec<Vec<u8>> = site.files("photos").into_values().collect();
    assert!(
        given.iter().all(|photo| kept.contains(photo)),
        "not as they came"
    );
    // Photos that come later are entered by themselves; those that were are not again.
    site.put("late.jpg", photo(9, "10:00:00"));
    let late = [
        "post",
        "2026-11",
        "--by",
        "陈立",
        "--photo",
        "gate=late.jpg",
    ];
    assert_snapshot!(done(site.run(&late)), @"
    照片 大门宣传栏 ← late.jpg
    记进 ledger/2026-11.yaml：1 行
      大门宣传栏 的照片，2026-11-02
    3 格台账里已经有了
    ");
    assert_snapshot!(done(site.run(&late)), @"
    照片 大门宣传栏 ← late.jpg
    没有要加的：这些台账里都有了，或者还没到日子
    3 格台账里已经有了
    ");
}

#[test]
fn photos_that_do_not_come_out_even_are_not_guessed() {
    let site = site();
    site.put("photos/a.jpg", photo(1, "09:00:00"));
    site.put("photos/b.jpg", photo(2, "09:07:00"));
    site.put("photos/c.jpg", photo(3, "09:07:20"));
    let args = ["post", "2026-11", "--by", "陈立", "--photos", "photos"];
    let run = site.run(&args);
    assert_eq!(run.code, 1, "{}", run.stdout);
    assert_snapshot!(run.messages(), @"
    错误 G424：3 张照片分不准是 2 块栏的哪一块
      提示：每块栏拍一张，或者远近各一张，数目就对得上
      提示：自己写明：--photo gate=a.jpg --photo yard=b.jpg --photo yard=c.jpg
    共 1 处错误。
    ");
    assert!(!site.root().join("ledger").exists());
}

#[test]
fn a_photo_from_before_proves_nothing() {
    let site = site();
    site.put("photos/a.jpg", photo_of("2026:10:28", 1, "09:00:00"));
    site.put("photos/b.jpg", photo(2, "09:07:00"));
    site.put("photos/c.jpg", photo(3, "09:14:20"));
    let args = ["post", "2026-11", "--by", "陈立", "--photos", "photos"];
    let run = site.run(&args);
    assert_eq!(run.code, 1, "{}", run.stdout);
    assert_snapshot!(run.messages(), @"
    错误 G430：这几张照片是 2026-10-28 以前拍的，那时候这些都还没有挂：a.jpg
      提示：其实那天就换了的，写明是哪天：--on 2026-10-28
      提示：不是这次换栏的，从文件夹里拿出来再记
      提示：想留作那一天的照片，写明是哪块栏：--photo gate=a.jpg
    共 1 处错误。
    ");
    assert!(!site.root().join("ledger").exists());
    // Named, it is kept as what was seen on its own day.
    let root = site.root();
    std::fs::rename(root.join("photos/a.jpg"), root.join("old.jpg")).expect("it is there");
    let named = [&args[..], &["--photo", "gate=old.jpg"]].concat();
    assert_snapshot!(done(site.run(&named)), @"
    照片 大门宣传栏 ← old.jpg
    照片 院里的栏 ← b.jpg c.jpg
    记进 ledger/2026-11.yaml：4 行
      大门宣传栏 第1格 随手关灯，2026-11-01 起
      院里的栏 第1格 关紧水龙头，2026-11-01 起
      院里的栏 第2格 随手关灯，2026-11-01 起
      大门宣传栏 的照片，2026-10-28
    ");
    let ledger = site.read("ledger/2026-11.yaml");
    let of_gate = |kind: &str| {
        let mut lines = ledger.lines().filter(|line| line.contains("board: gate"));
        lines.find(|line| line.contains(kind)).map(str::to_owned)
    };
    let hung = of_gate("kind: hung").expect("it was hung");
    assert!(!hung.contains(".jpg"), "{hung}");
    let seen = of_gate("kind: seen").expect("it was seen");
    assert!(seen.contains("on: 2026-10-28"), "{seen}");
}

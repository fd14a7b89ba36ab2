//! What an inspector would miss, and what is no gap.

use insta::assert_snapshot;

use super::*;

#[test]
fn every_gap_is_named() {
    assert_snapshot!(Files::new(OCTOBER).gaps(), @"
    公示期不足（1项）
    公示期不足的，按规定重新公示。
    序号 指标 缺什么
    1 1.1 《楼道粉刷费用》在东门宣传栏：公示期10月9日—16日，10月14日起没有挂，少3天

    整期没有台账（10项）
    当时确实挂过的，用 greenboard post 补记，例如 greenboard post 2026-06 --board east-gate；没有换的，如实写明。网站那时候还没有开始用的，在 greenboard.yaml 里写从哪天起：rotation: { begins: 2026-10-01 }。
    序号 指标 缺什么
    2 2.1 东门宣传栏：2026年1月没有台账
    3 2.1 东门宣传栏：2026年2月没有台账
    4 2.1 东门宣传栏：2026年3月没有台账
    5 2.1 东门宣传栏：2026年4月没有台账
    6 2.1 东门宣传栏：2026年5月没有台账
    7 2.1 东门宣传栏：2026年6月没有台账
    8 2.1 东门宣传栏：2026年7月没有台账
    9 2.1 东门宣传栏：2026年8月没有台账
    10 2.1 东门宣传栏：2026年9月没有台账
    11 2.1 东门宣传栏：2026年11月没有台账

    阶段没有证明（2项）
    在这个阶段写上 done 和 proof。
    序号 指标 缺什么
    12 1.1 创建绿色社区：“组织实施”10月19日完成，没有写证明
    13 1.1 创建绿色社区：“自查申请”应在10月31日前完成，没有完成也没有证明

    次数不够（1项）
    做过的，补上日期和证明；没做的，写明原因。
    序号 指标 缺什么
    14 3.1 河道巡查：10月1日—31日应做2次，做了1次

    没有照片（1项）
    还挂着的，现在补拍；已经取下的，写明没有照片。
    序号 指标 缺什么
    15 2.1 东门宣传栏：10月1日、10月9日挂的2张没有照片

    台账不全（1项）
    用更正行补上：greenboard post --correct。
    序号 指标 缺什么
    16 2.1 东门宣传栏：2026年10月版面1、2没有留下当时的文字

    数据没有依据（1项）
    在 figures 里补上 numerator、denominator、source。
    序号 指标 缺什么
    17 4.2 绿化覆盖率：31%，没有分子、分母和出处
    ");
}

#[test]
fn what_is_proved_is_no_gap() {
    let gaps = with_keepsakes(&photo()).gaps();
    assert!(!gaps.contains("照片"), "{gaps}");
    assert!(!gaps.contains("原文") && !gaps.contains("文字"), "{gaps}");
}

#[test]
fn a_photo_that_was_changed_or_is_gone_is_named() {
    let changed = with_keepsakes(b"no photo").gaps();
    assert!(changed.contains("内容和记账时的哈希不一样"), "{changed}");
    let line = "- {v: 1, id: a, kind: hung, board: gate, slot: \"1\", poster: living/leak, \
        from: 2026-10-01, to: 2026-10-31, by: 陈立, photos: [\"near:gone.jpg\"]}\n";
    let gone = Files::new(line).gaps();
    assert!(
        gone.contains("照片 ledger/photos/2026-10/gone.jpg：文件不在"),
        "{gone}"
    );
}

#[test]
fn a_year_without_ledger_is_refused_and_a_month_says_so() {
    let year = Files::new(OCTOBER).make(&Wanted::Archive(Some(2025)));
    assert!(year.value.is_none());
    assert_snapshot!(lines(year.diagnostics).trim(), @"error G431 台账里没有 2025 年的记录，做不出迎检材料 [台账里有这些年：2026; 先把挂过的记上：greenboard post 2026-11 --by 姓名]");
    let none = Files::new("").make(&Wanted::Archive(None));
    assert!(none.value.is_none());
    assert_snapshot!(lines(none.diagnostics).trim(), @"error G431 台账里没有 2026 年的记录，做不出迎检材料 [先把挂过的记上：greenboard post 2026-11 --by 姓名]");
    let month = Files::new(OCTOBER).make(&Wanted::Report(Period::parse("2026-09")));
    assert!(month.value.is_some());
    assert_snapshot!(lines(month.diagnostics).trim(), @"warning G432 台账里没有2026年9月的记录；月报照出，这个月按“没有台账”写 [挂过的先记上再出：greenboard post 2026-09 --by 姓名]");
}

#[test]
fn months_before_a_site_began_are_no_gap() {
    let settings = format!("{SETTINGS}rotation: {{ begins: 2026-10-01 }}\n");
    let gaps = Files::new(OCTOBER).with("greenboard.yaml", settings).gaps();
    assert!(
        !gaps.contains("2026年9月") && gaps.contains("2026年10月"),
        "{gaps}"
    );
    assert!(Files::new(OCTOBER).gaps().contains("2026年9月"));
    // Stages and rounds before are none either.
    let settings = format!("{SETTINGS}rotation: {{ begins: 2026-11-20 }}\n");
    let gaps = Files::new(OCTOBER).with("greenboard.yaml", settings).gaps();
    assert!(!gaps.contains("自查申请"), "{gaps}");
}

#[test]
fn a_board_with_nothing_new_for_too_long_is_named() {
    let line = |id: &str, from: &str, to: &str, slot: &str| {
        format!(
            "- {{v: 1, id: {id}, kind: hung, board: gate, slot: \"{slot}\", poster: living/leak, from: {from}, to: {to}, by: 陈立}}\n"
        )
    };
    let lines =
        line("a", "2026-06-01", "2026-10-31", "1") + &line("b", "2026-11-01", "2026-11-30", "2");
    let gaps = Files::new(&lines).gaps();
    assert!(
        gaps.contains("东门宣传栏：6月1日换过以后，到11月1日才换，153天"),
        "{gaps}"
    );
    let never = format!("{SETTINGS}rotation: {{ renew: 0 }}\n");
    let gaps = Files::new(&lines).with("greenboard.yaml", never).gaps();
    assert!(!gaps.contains("153天"), "{gaps}");
}

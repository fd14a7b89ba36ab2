//! What other programs are given for tiny sites.

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx, open_workbook_from_rs};
use insta::assert_snapshot;
use jiff::civil::Date;
use serde_json::json;

use super::*;
use crate::calendar::Period;
use crate::rotation::{Carriage, Hanging, Origin, Plan};
use crate::site::{Fen, Site};
use crate::typeset::testing::TestSite;

const NOVEMBER: Period = Period::Month {
    year: 2026,
    month: 11,
};

/// The gate, a window of three places and a leak that hangs on both in turn.
fn site() -> Site {
    let windows = "---\ntitle: 楼道橱窗\nkind: window\nplace: 各单元\norder: 3\nsize: 400x540mm\n\
        distance: 1\nkeeper: 何志远\nslots:\n  - { id: \"1\", at: [51, 70], size: A3, visible: 277x400mm }\n\
        places:\n  - { id: a, title: 一单元 }\n  - { id: b, title: 二单元 }\n  - { id: c, title: 三单元 }\n---\n";
    let notice = "date: 2026-11-03\nkind: 公示\nposter: { layout: notice, posting: 2026-11-03 to 2026-11-12 }";
    TestSite::with_gate()
        .file("content/boards/windows.md", windows)
        .page(
            "leak",
            "topics: [water]\nposter: { layout: guide }",
            "滴一滴色素。",
        )
        .page("costs", notice, "桶站费用。")
        .build()
}

fn plan() -> Plan {
    let hanging = |board: &str, slot: &str, from: (i8, i8), to: (i8, i8), poster: &str| Hanging {
        board: board.into(),
        slot: slot.into(),
        from: Date::constant(2026, from.0, from.1),
        to: Date::constant(2026, to.0, to.1),
        poster: poster.into(),
        origin: Origin::Planned,
    };
    Plan {
        hangings: vec![
            hanging("gate", "1", (10, 1), (10, 31), "living/leak"),
            hanging("gate", "1", (11, 3), (11, 12), "living/costs"),
            hanging("gate", "2", (11, 1), (11, 30), "living/leak"),
            hanging("windows", "1", (11, 1), (11, 30), "living/leak"),
        ],
        planned: None,
        lost: Vec::new(),
        changed: Default::default(),
    }
}

/// Shows the events as a person would list them.
fn listed(site: &Site, names: bool) -> String {
    let plan = plan();
    let carriage = Carriage::new(site, &plan);
    let deeds = Deeds {
        site,
        carriage: &carriage,
    };
    let reader = Reader {
        names,
        shows: &|_| true,
    };
    let show = |event: ics::Event| {
        let text = event.text.replace('\n', " / ");
        format!("{}..{} {}: {text}\n", event.first, event.last, event.title)
    };
    events(&deeds, &reader).into_iter().map(show).collect()
}

#[test]
fn the_calendar_says_what_changes_where() {
    assert_snapshot!(listed(&site(), true), @"
    2026-10-01..2026-10-01 更换：东门宣传栏: 挂上 第1格 五分钟查马桶漏水：新印
    2026-11-01..2026-11-01 更换：东门宣传栏: 取下 第1格 五分钟查马桶漏水：移到楼道橱窗第1格 / 挂上 第2格 五分钟查马桶漏水：新印
    2026-11-01..2026-11-01 更换：楼道橱窗: 挂上 第1格 五分钟查马桶漏水：移自东门宣传栏第1格（1份）；新印（2份） / 管理人：何志远
    2026-11-03..2026-11-03 更换：东门宣传栏: 挂上 第1格 五分钟查马桶漏水：新印
    2026-11-03..2026-11-12 公示：五分钟查马桶漏水: 桶站费用。
    2026-11-13..2026-11-13 更换：东门宣传栏: 取下 第1格 五分钟查马桶漏水：不再用
    ");
}

#[test]
fn the_website_s_calendar_names_nobody() {
    assert!(!listed(&site(), false).contains("何志远"));
}

#[test]
fn the_order_counts_sheets_and_money() {
    let (site, plan) = (site(), plan());
    let carriage = Carriage::new(&site, &plan);
    let deeds = Deeds {
        site: &site,
        carriage: &carriage,
    };
    let order = order(&deeds, NOVEMBER);
    let show = |line: &Line| {
        let places = deeds.joined(&line.places, line.copies);
        format!(
            "{:?} {} {} {}×{} = {}: {places}\n",
            line.maker,
            line.size,
            line.kind.poster,
            line.copies,
            yuan(line.price),
            yuan(line.sum())
        )
    };
    let mut shown: String = order.lines.iter().map(show).collect();
    shown += &yuan(order.total);
    assert_snapshot!(shown, @"
    Shop A2 living/leak 1×15 = 15: 东门宣传栏第2格
    Office A3 living/costs 1×2 = 2: 东门宣传栏第1格
    Office A3 living/leak 2×2 = 4: 楼道橱窗第1格（2份）
    21
    ");
    assert_eq!(
        [0, 5, 150, 1_200].map(|fen: Fen| yuan(fen)),
        ["0", "0.05", "1.50", "12"]
    );
}

/// Reads a sheet back: a line a row, cells parted by bars.
fn sheet(bytes: &[u8], name: &str) -> String {
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).expect("it opens");
    let range = book.worksheet_range(name).expect("it has the sheet");
    let cell = |cell: &Data| cell.to_string().replace('\n', "⏎");
    let row = |row: &[Data]| row.iter().map(cell).collect::<Vec<_>>().join("|");
    range.rows().map(row).collect::<Vec<_>>().join("\n")
}

fn book() -> Vec<u8> {
    let (site, plan) = (site(), plan());
    let carriage = Carriage::new(&site, &plan);
    let deeds = Deeds {
        site: &site,
        carriage: &carriage,
    };
    let tokens = json!({ "color": { "pine": "#0F4A36" } });
    workbook(&deeds, &plan, NOVEMBER, &tokens)
}

#[test]
fn the_workbook_reads_back_as_the_plan() {
    let book = book();
    let year = sheet(&book, "全年一览");
    let columns = |line: &str| {
        let cells: Vec<&str> = line.split('|').collect();
        [&cells[..2], &cells[11..]].concat().join("|")
    };
    let year: Vec<String> = year.lines().skip(1).map(columns).collect();
    assert_snapshot!(year.join("\n"), @"
    宣传栏|版面|2026年10月|2026年11月
    集中宣传|||
    东门宣传栏|1|五分钟查马桶漏水|11月3日 五分钟查马桶漏水
    |2|—|五分钟查马桶漏水
    |3|党建|党建
    楼道橱窗|1|—|五分钟查马桶漏水
    ");
    assert_snapshot!(sheet(&book, "按宣传栏"), @"
    按宣传栏||||||||||
    宣传栏|版面|期|挂上|最后一天|宣传品|类别|主题|尺寸|份数|来源
    东门宣传栏|1|2026年10月|46296|46326|五分钟查马桶漏水||节水护水|A3|1|安排
    东门宣传栏|2|2026年11月|46327|46356|五分钟查马桶漏水||节水护水|A2|1|安排
    东门宣传栏|1|2026年11月|46329|46338|五分钟查马桶漏水|公示||A3|1|安排
    楼道橱窗|1|2026年11月|46327|46356|五分钟查马桶漏水||节水护水|A3|3|安排
    ");
    assert_snapshot!(sheet(&book, "按宣传品"), @"
    按宣传品|||||||
    宣传品|类别|主题|挂几次|几块栏|印几份|挂在哪里|文件
    五分钟查马桶漏水|公示||1|1|1|东门宣传栏第1格 11月3日–11月12日|content/living/costs.md
    五分钟查马桶漏水||节水护水|3|2|4|东门宣传栏第1格 10月1日–10月31日；东门宣传栏第2格 11月1日–11月30日；楼道橱窗第1格 11月1日–11月30日|content/living/leak.md
    ");
    assert_snapshot!(sheet(&book, "打印清单"), @"
    打印清单　2026年11月|||||||
    谁印|尺寸|材料、工艺|宣传品|挂在哪里|份数|单价（元）|金额（元）
    送店|A2||五分钟查马桶漏水|东门宣传栏第2格|1|15|15
    办公室|A3||五分钟查马桶漏水|东门宣传栏第1格|1|2|2
    办公室|A3||五分钟查马桶漏水|楼道橱窗第1格（2份）|2|2|4
    合计|||||4||21
    ");
}

#[test]
fn the_same_plan_gives_the_same_workbook() {
    assert!(book() == book());
}

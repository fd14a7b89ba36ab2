//! Lines in, what hung and what was wrong out.

mod entries;

use insta::assert_snapshot;

use super::*;
use crate::diag::{Language, SitePath};

fn read(lines: &str) -> String {
    let path = SitePath::fixed("ledger/2026-10.yaml");
    let source = Source::new(path, format!("{HEAD}{lines}"));
    let mut diagnostics = Diagnostics::default();
    let events = parse(&source, &mut diagnostics);
    let hung = hangings(&events, &mut diagnostics);
    let hung = hung.iter().map(|hung| {
        format!(
            "{}/{} {}..{} {}\n",
            hung.board, hung.slot, hung.from, hung.to, hung.poster
        )
    });
    let said = diagnostics.sorted();
    let said = said.iter().map(|diagnostic| {
        let said = diagnostic.render(Language::Chinese);
        format!(
            "{} 第{}行 {}\n",
            said.code,
            said.line.unwrap_or(0),
            said.message
        )
    });
    hung.chain(said).collect()
}

const FIRST: &str = "- {v: 1, id: a, kind: hung, board: east, slot: \"1\", poster: living/tap, from: 2026-10-01, to: 2026-10-31, by: 陈立, photos: [ab12, cd34]}\n";

#[test]
fn lines_follow_each_other_to_what_hung() {
    assert_snapshot!(read(FIRST), @"east/1 2026-10-01..2026-10-31 living/tap");
    assert_snapshot!(read(&format!("{FIRST}\
        - {{v: 1, id: b, kind: corrected, of: a, board: east, slot: \"2\", poster: living/tap, from: 2026-10-02, to: 2026-10-31}}\n\
        - {{v: 1, id: c, kind: removed, of: b, to: 2026-10-19, note: 被风刮坏}}\n\
        - {{v: 1, id: d, kind: hung, board: gone, slot: \"1\", poster: gone/too, from: 2026-10-01, to: 2026-10-31}}\n")), @"
    east/2 2026-10-02..2026-10-19 living/tap
    gone/1 2026-10-01..2026-10-31 gone/too
    ");
    assert_snapshot!(read(&format!("{FIRST}- {{v: 1, id: b, kind: removed, of: a}}\n")), @"");
}

#[test]
fn a_bad_line_is_named_and_spoils_no_other() {
    assert_snapshot!(read(&format!("- {{v: 1, id: x, kind: hung\n\
        {FIRST}\n# 备注\n\
        - {{v: 1, id: y, kind: hung, board: east, slot: \"2\", poster: p, from: 2026-10-32, to: 2026-10-31}}\n\
        - {{v: 1, id: y, kind: hung, board: east, slot: \"2\", poster: p, from: 2026-10-30, to: 2026-10-01}}\n\
        - {{v: 2, id: y, kind: hung}}\n\
        - {{v: 1, id: y, kind: hanged}}\n\
        - {{v: 1, id: y, kind: hung, borad: east}}\n\
        今天挂了三张\n")), @"
    east/1 2026-10-01..2026-10-31 living/tap
    G404 第3行 台账这一行有问题：这一行不完整，或者括号、引号没有配对
    G404 第7行 台账这一行有问题：`from: 2026-10-32` 不是日期
    G404 第8行 台账这一行有问题：最后一天 2026-10-01 早于第一天 2026-10-30
    G404 第9行 台账这一行有问题：`v` 应当是 1，更新的版本这个程序还不认识
    G404 第10行 台账这一行有问题：`kind: hanged` 应当是其中之一：hung、corrected、removed、missed、seen、absent、lost
    G404 第11行 台账这一行有问题：不认识 `borad`
    G404 第12行 台账这一行有问题：每一行应当写成 `- {v: 1, id: …}`
    ");
}

#[test]
fn a_line_that_contradicts_another_is_named() {
    assert_snapshot!(read(&format!("{FIRST}\
        - {{v: 1, id: b, kind: hung, board: east, slot: \"1\", poster: p, from: 2026-10-20, to: 2026-11-30}}\n\
        - {{v: 1, id: c, kind: removed, of: nothing}}\n\
        - {{v: 1, id: d, kind: removed, of: a, to: 2026-09-01}}\n")), @"
    east/1 2026-10-01..2026-10-31 living/tap
    G404 第4行 台账这一行有问题：east第1格在 2026-10-20 还挂着 `living/tap`；先补一行 kind: removed，写明它哪天取下
    G404 第5行 台账这一行有问题：前面没有编号为 `nothing` 的一行
    G404 第6行 台账这一行有问题：取下的日子 2026-09-01 早于挂上的日子 2026-10-01
    ");
}

fn events(lines: &str) -> Vec<Event> {
    let path = SitePath::fixed("ledger/2026-10.yaml");
    let source = Source::new(path, format!("{HEAD}{lines}"));
    let mut diagnostics = Diagnostics::default();
    let events = parse(&source, &mut diagnostics);
    assert!(!diagnostics.has_errors(), "{diagnostics:?}");
    events
}

fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

const OCTOBER: &str = "\
- {v: 1, id: a, kind: hung, board: east, slot: \"1\", poster: living/tap, from: 2026-10-01, to: 2026-10-31, by: 陈立, text: \"0a1b\", photos: [\"far:f.jpg\", \"near:n.jpg\"]}
- {v: 1, id: b, kind: hung, board: east, slot: \"2\", poster: living/lamps, from: 2026-10-01, to: 2026-10-31, by: 陈立, photos: [\"far:f.jpg\"]}
- {v: 1, id: c, kind: missed, board: east, slot: \"3\", poster: living/bins, from: 2026-10-01, to: 2026-10-31, by: 陈立}
- {v: 1, id: d, kind: corrected, of: b, board: east, slot: \"2\", poster: living/bus, from: 2026-10-03, to: 2026-10-31, by: 吴姐}
- {v: 1, id: e, kind: removed, of: a, to: 2026-10-19, by: 陈立, note: \"被风刮坏：\\\"撕裂\\\"\"}
- {v: 1, id: f, kind: seen, board: east, on: 2026-10-20, by: 陈立, photos: [\"far:g.jpg\", \"far:f.jpg\"]}
- {v: 1, id: g, kind: lost, poster: living/tap, size: A3, copies: 2, on: 2026-10-20, by: 陈立, note: 被风刮坏}
- {v: 1, id: h, kind: lost, poster: living/bus, board: east, copies: 1, on: 2026-10-21}
- {v: 1, id: i, kind: removed, of: h}
";

#[test]
fn a_line_is_written_as_it_is_read() {
    let events = events(OCTOBER);
    assert_eq!(events.len(), 9);
    let written: String = events.iter().map(|event| event.line() + "\n").collect();
    let plain = |text: &str| text.replace("[\"", "[").replace('"', "");
    assert_eq!(plain(&written), plain(OCTOBER));
    let again = super::tests::events(&written);
    let deeds = |events: &[Event]| events.iter().map(|e| e.deed.clone()).collect::<Vec<_>>();
    assert_eq!(deeds(&again), deeds(&events));
}

#[test]
fn what_somebody_types_stays_one_line_and_reads_back() {
    let mut event = events(OCTOBER).remove(0);
    event.note = Some("两行\n- {v: 1}, \"引号\" \\ # 井号".into());
    event.by = Some("null".into());
    let line = event.line();
    assert!(!line.contains('\n'), "{line}");
    let again = events(&format!("{line}\n")).remove(0);
    assert_eq!(
        again.note.as_deref(),
        Some("两行 - {v: 1}, \"引号\" \\ # 井号")
    );
    assert_eq!(again.by.as_deref(), Some("null"));
    assert_eq!(again.photos, event.photos);
}

#[test]
fn what_hung_is_answered_for_any_day() {
    let history = history(&events(OCTOBER), &mut Diagnostics::default());
    let on = |date: &str| {
        let hung = hung_on(&history, "east", day(date)).into_iter();
        let hung = hung.map(|record| {
            let by = record.by.as_deref().unwrap_or_default();
            format!("{}:{} {by}", record.hung.slot, record.hung.poster)
        });
        hung.collect::<Vec<_>>().join(", ")
    };
    assert_eq!(on("2026-09-30"), "");
    assert_eq!(on("2026-10-01"), "1:living/tap 陈立");
    assert_eq!(on("2026-10-03"), "1:living/tap 陈立, 2:living/bus 吴姐");
    assert_eq!(on("2026-10-19"), "1:living/tap 陈立, 2:living/bus 吴姐");
    assert_eq!(on("2026-10-20"), "2:living/bus 吴姐");
    assert_eq!(on("2026-11-01"), "");
    assert!(hung_on(&history, "west", day("2026-10-03")).is_empty());
}

#[test]
fn what_nobody_took_down_is_still_on_the_wall() {
    let lines = format!(
        "{OCTOBER}- {{v: 1, id: j, kind: hung, board: east, slot: \"1\", poster: living/bins, from: 2026-11-05, to: 2026-11-30}}\n"
    );
    let history = history(&events(&lines), &mut Diagnostics::default());
    let open = |date: &str| {
        let open = open_on(&history, day(date)).into_iter();
        let open = open.map(|record| format!("{}:{}", record.hung.slot, record.hung.poster));
        open.collect::<Vec<_>>().join(", ")
    };
    assert_eq!(open("2026-10-19"), "1:living/tap, 2:living/bus");
    assert_eq!(open("2026-11-03"), "2:living/bus");
    assert_eq!(open("2026-12-24"), "1:living/bins, 2:living/bus");
}

#[test]
fn what_is_lost_and_what_was_photographed_is_told() {
    let events = events(OCTOBER);
    assert_eq!(
        lost(&events),
        [Lost {
            poster: "living/tap".into(),
            board: None,
            slot: None,
            size: Some("A3".into()),
            copies: 2,
            on: day("2026-10-20"),
        }]
    );
    assert_eq!(missed(&events)[0].poster, "living/bins");
    let found = photos(&events, "east", day("2026-10-01"), day("2026-10-31"));
    let found: Vec<String> = found
        .iter()
        .map(|(event, photo)| {
            let view = photo.view.map(View::word).unwrap_or_default();
            format!("{} {view} {}", event.id, photo.path)
        })
        .collect();
    assert_snapshot!(found.join("\n"), @"
    a far ledger/photos/2026-10/f.jpg
    a near ledger/photos/2026-10/n.jpg
    f far ledger/photos/2026-10/g.jpg
    ");
}

#[test]
fn lines_of_other_kinds_that_are_wrong_are_named() {
    assert_snapshot!(read("\
- {v: 1, id: a, kind: lost, poster: living/tap, copies: 两, on: 2026-10-20}
- {v: 1, id: b, kind: lost, poster: living/tap, copies: 0, on: 2026-10-20}
- {v: 1, id: c, kind: seen, board: east}
- {v: 1, id: d, kind: seen, board: east, on: 2026-10-20, photos: [../../x.jpg, \"side:x.jpg\"]}
- {v: 1, id: e, kind: lost, poster: living/tap, copies: 1, on: 2026-10-20}
- {v: 1, id: f, kind: removed, of: e, to: 2026-10-20}
"), @"
    G404 第3行 台账这一行有问题：`copies: 两` 应当是张数，例如 2
    G404 第4行 台账这一行有问题：`copies: 0` 应当是张数，例如 2
    G404 第5行 台账这一行有问题：缺 `on`
    G404 第6行 台账这一行有问题：照片 `../../x.jpg` 应当写成 far:文件名 或 near:文件名
    G404 第8行 台账这一行有问题：`e` 记的不是挂上的海报
    ");
}

#[test]
fn of_lines_of_one_id_the_first_counts() {
    let other = "- {v: 1, id: a, kind: hung, board: east, slot: \"2\", poster: living/lamp, from: 2026-10-01, to: 2026-10-31}\n";
    assert_snapshot!(read(&format!("{FIRST}{FIRST}{other}")), @"
    east/1 2026-10-01..2026-10-31 living/tap
    G425 第4行 台账这一行和 ledger/2026-10.yaml 第 3 行编号相同（a），只算前面那一行
    G425 第5行 台账这一行和 ledger/2026-10.yaml 第 3 行编号相同（a），只算前面那一行
    ");
}

/// Repairs lines; gives what was done and the new text.
fn repaired(lines: &str) -> String {
    let path = SitePath::fixed("ledger/2026-10.yaml");
    let source = Source::new(path, format!("{HEAD}{lines}"));
    let (repairs, texts) = repair(&[source]);
    let done = repairs
        .iter()
        .map(|repair| format!("{} {} {:?}\n", repair.line, repair.id, repair.change));
    done.chain(texts.into_values()).collect()
}

#[test]
fn repeated_lines_get_out_of_the_way_and_no_word_is_lost() {
    let same_slot = FIRST.replace("living/tap", "living/lamp");
    let other_slot = same_slot.replace("\"1\"", "\"2\"");
    let corrected = "- {v: 1, id: b, kind: corrected, of: a, board: east, slot: \"1\", poster: living/lamp, from: 2026-10-01, to: 2026-10-31}\n";
    assert_snapshot!(repaired(&format!("{FIRST}# 备注\n{FIRST}{same_slot}{other_slot}{corrected}")), @r#"
    5 a Repeated
    6 a Contradicting
    7 a Renamed("a-2")
    format: 1
    events:
    - {v: 1, id: a, kind: hung, board: east, slot: "1", poster: living/tap, from: 2026-10-01, to: 2026-10-31, by: 陈立, photos: [ab12, cd34]}
    # 备注
    # - {v: 1, id: a, kind: hung, board: east, slot: "1", poster: living/tap, from: 2026-10-01, to: 2026-10-31, by: 陈立, photos: [ab12, cd34]}
    # - {v: 1, id: a, kind: hung, board: east, slot: "1", poster: living/lamp, from: 2026-10-01, to: 2026-10-31, by: 陈立, photos: [ab12, cd34]}
    - {v: 1, id: a-2, kind: hung, board: east, slot: "2", poster: living/lamp, from: 2026-10-01, to: 2026-10-31, by: 陈立, photos: [ab12, cd34]}
    - {v: 1, id: b, kind: corrected, of: a, board: east, slot: "1", poster: living/lamp, from: 2026-10-01, to: 2026-10-31}
    "#);
    assert_snapshot!(repaired(&format!("{FIRST}{corrected}")), @"");
    // What is mended needs no mending.
    let text = repaired(&format!("{FIRST}{FIRST}{other_slot}"));
    let lines = text.split_once(HEAD).expect("the text follows").1;
    assert_eq!(repaired(lines), "");
}

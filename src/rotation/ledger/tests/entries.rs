//! What was hung in, new lines out.

use std::collections::BTreeMap;

use insta::assert_snapshot;

use super::*;
use crate::calendar::Period;
use crate::rotation::plan::Plan;
use crate::rotation::testing::{date, plan_of, site};
use crate::site::Site;

const SITE: &str = "board east 3 slots
     board led 1 slots week screen
     poster bins sorting
     poster lamps energy
     poster taps water
     poster doors air";

/// What November left in the ledger of the eastern board.
const NOVEMBER: &str = "\
- {v: 1, id: n1, kind: hung, board: east, slot: \"1\", poster: bins, from: 2026-11-01, to: 2026-11-30, by: 陈立}
- {v: 1, id: n2, kind: hung, board: east, slot: \"2\", poster: doors, from: 2026-11-01, to: 2026-12-31, by: 陈立}
";

/// A site on a day, with a plan: lines of `board/slot from..to poster`.
fn planned(today: &str, plan: &str) -> (Site, Plan) {
    let (site, _) = site(&format!("today {today}\n{SITE}"));
    (site, plan_of(plan))
}

const DECEMBER: &str = "\
east/1 2026-12-01..2026-12-31 lamps
east/2 2026-12-01..2026-12-31 taps
east/3 2026-12-01..2026-12-14 bins
east/3 2026-12-15..2026-12-31 doors
led/1 2026-11-30..2026-12-06 bins
led/1 2026-12-07..2026-12-13 lamps";

/// Enters with words such as `on=2026-12-03`, `board=east`, `east/3=taps` and `photo=east:ab`;
/// returns the new lines, and what was said.
fn entered(today: &str, lines: &str, words: &str) -> String {
    let (site, plan) = planned(today, DECEMBER);
    let old = events(lines);
    let mut request = Request {
        period: Period::parse("2026-12").expect("a period"),
        boards: site.boards.iter().collect(),
        on: None,
        planned: None,
        only: None,
        by: "赵敏".into(),
        note: None,
        except: Vec::new(),
        photos: BTreeMap::new(),
        taken: BTreeMap::new(),
        texts: BTreeMap::from([("taps".to_owned(), "0f1e".to_owned())]),
    };
    for word in words.split_whitespace() {
        let (key, value) = word.split_once('=').expect("a word");
        match (key, key.split_once('/')) {
            ("on", _) => request.on = Some(date(value)),
            ("board", _) => request.boards.retain(|board| board.id == value),
            ("photo", _) => {
                let (board, name) = value.split_once(':').expect("a photo");
                let path = photo_path(&file_of(request.period.first()), name);
                request.photos.entry(board.into()).or_default().push(Photo {
                    view: Some(View::Far),
                    place: None,
                    path: path.expect("a name"),
                });
            }
            (_, Some((board, slot))) => request.except.push(Exception {
                board: board.into(),
                slot: slot.into(),
                poster: (value != "-").then(|| value.to_owned()),
            }),
            _ => panic!("cannot read `{word}`"),
        }
    }
    let mut diagnostics = Diagnostics::default();
    let entry = enter(&site, &plan, &old, &request, &mut diagnostics);
    // New lines never contradict each other or the old ones.
    let mut all = old.clone();
    all.extend(entry.events.iter().cloned());
    let mut wrong = Diagnostics::default();
    history(&all, &mut wrong);
    assert!(wrong.is_empty(), "{wrong:?}");
    let again = enter(&site, &plan, &all, &request, &mut Diagnostics::default());
    assert!(
        !diagnostics.is_empty() || again.events.is_empty(),
        "a second time adds {:?}",
        again.events
    );
    let mut text: Vec<String> = entry.events.iter().map(Event::line).collect();
    for diagnostic in diagnostics.sorted() {
        let said = diagnostic.render(Language::Chinese);
        text.push(format!("{} {}", said.code, said.message));
        text.extend(said.hints);
    }
    text.push(format!("{}: {} known", entry.file, entry.known));
    text.join("\n").replace("{v: 1, id: ", "{")
}

#[test]
fn what_was_hung_as_planned_is_entered_as_planned() {
    assert_snapshot!(entered("2026-12-08", NOVEMBER, ""), @r#"
    - {"2026-12-01/east/1", kind: hung, board: east, slot: "1", poster: lamps, from: 2026-12-01, to: 2026-12-31, by: 赵敏}
    - {"2026-12-01/east/2/removed", kind: removed, of: n2, to: 2026-11-30, by: 赵敏}
    - {"2026-12-01/east/2", kind: hung, board: east, slot: "2", poster: taps, from: 2026-12-01, to: 2026-12-31, by: 赵敏, text: "0f1e"}
    - {"2026-12-01/east/3", kind: hung, board: east, slot: "3", poster: bins, from: 2026-12-01, to: 2026-12-14, by: 赵敏}
    - {"2026-11-30/led/1", kind: hung, board: led, slot: "1", poster: bins, from: 2026-11-30, to: 2026-12-06, by: 赵敏}
    - {"2026-12-07/led/1", kind: hung, board: led, slot: "1", poster: lamps, from: 2026-12-07, to: 2026-12-13, by: 赵敏}
    ledger/2026-12.yaml: 0 known
    "#);
}

#[test]
fn a_late_change_over_says_how_long_the_old_sheets_hung() {
    assert_snapshot!(entered("2026-12-08", NOVEMBER, "on=2026-12-03 board=east"), @r#"
    - {"2026-12-03/east/1/removed", kind: removed, of: n1, to: 2026-12-02, by: 赵敏}
    - {"2026-12-03/east/1", kind: hung, board: east, slot: "1", poster: lamps, from: 2026-12-03, to: 2026-12-31, by: 赵敏}
    - {"2026-12-03/east/2/removed", kind: removed, of: n2, to: 2026-12-02, by: 赵敏}
    - {"2026-12-03/east/2", kind: hung, board: east, slot: "2", poster: taps, from: 2026-12-03, to: 2026-12-31, by: 赵敏, text: "0f1e"}
    - {"2026-12-03/east/3", kind: hung, board: east, slot: "3", poster: bins, from: 2026-12-03, to: 2026-12-14, by: 赵敏}
    ledger/2026-12.yaml: 0 known
    "#);
}

#[test]
fn a_change_over_on_the_eve_counts_from_the_eve() {
    assert_snapshot!(entered("2026-12-01", NOVEMBER, "on=2026-11-30 board=east"), @r#"
    - {"2026-11-30/east/1/removed", kind: removed, of: n1, to: 2026-11-29, by: 赵敏}
    - {"2026-11-30/east/1", kind: hung, board: east, slot: "1", poster: lamps, from: 2026-11-30, to: 2026-12-31, by: 赵敏}
    - {"2026-11-30/east/2/removed", kind: removed, of: n2, to: 2026-11-29, by: 赵敏}
    - {"2026-11-30/east/2", kind: hung, board: east, slot: "2", poster: taps, from: 2026-11-30, to: 2026-12-31, by: 赵敏, text: "0f1e"}
    - {"2026-11-30/east/3", kind: hung, board: east, slot: "3", poster: bins, from: 2026-11-30, to: 2026-12-14, by: 赵敏}
    ledger/2026-12.yaml: 0 known
    "#);
}

#[test]
fn only_what_differed_is_said() {
    assert_snapshot!(entered("2026-12-08", NOVEMBER, "board=east east/1=doors east/2=- east/3=-"), @r#"
    - {"2026-12-01/east/1", kind: hung, board: east, slot: "1", poster: doors, from: 2026-12-01, to: 2026-12-31, by: 赵敏}
    - {"2026-12-01/east/2/removed", kind: removed, of: n2, to: 2026-11-30, by: 赵敏}
    - {"2026-12-01/east/2", kind: missed, board: east, slot: "2", poster: taps, from: 2026-12-01, to: 2026-12-31, by: 赵敏}
    - {"2026-12-01/east/3", kind: missed, board: east, slot: "3", poster: bins, from: 2026-12-01, to: 2026-12-14, by: 赵敏}
    ledger/2026-12.yaml: 0 known
    "#);
}

#[test]
fn a_sheet_that_stayed_hangs_on_under_its_own_name() {
    assert_snapshot!(entered("2026-12-08", NOVEMBER, "board=east east/2=doors east/1=bins on=2026-12-02"), @r#"
    - {"2026-12-02/east/1/removed", kind: removed, of: n1, to: 2026-12-01, by: 赵敏}
    - {"2026-12-02/east/1", kind: hung, board: east, slot: "1", poster: bins, from: 2026-12-02, to: 2026-12-31, by: 赵敏}
    - {"2026-12-02/east/3", kind: hung, board: east, slot: "3", poster: bins, from: 2026-12-02, to: 2026-12-14, by: 赵敏}
    ledger/2026-12.yaml: 1 known
    "#);
}

#[test]
fn what_has_nothing_in_its_place_came_down_on_its_last_day() {
    let hung = "- {v: 1, id: d3, kind: hung, board: led, slot: \"1\", poster: doors, from: 2026-12-14, to: 2026-12-16}
- {v: 1, id: n4, kind: hung, board: east, slot: \"4\", poster: taps, from: 2026-11-20, to: 2026-11-30}
";
    assert_snapshot!(entered("2026-12-20", hung, "board=led on=2026-12-18"), @r#"
    - {"2026-12-17/led/1/removed", kind: removed, of: d3, to: 2026-12-16, by: 赵敏}
    ledger/2026-12.yaml: 0 known
    "#);
    // Late by two days: it hung until somebody came.
    let late = entered("2026-12-20", hung, "board=east on=2026-12-02");
    assert!(late.contains("of: n4, to: 2026-12-01"), "{late}");
}

#[test]
fn photos_go_with_the_newest_lines_or_stand_alone() {
    assert_snapshot!(entered("2026-12-20", NOVEMBER, "board=east photo=east:a.jpg"), @r#"
    - {"2026-12-01/east/1", kind: hung, board: east, slot: "1", poster: lamps, from: 2026-12-01, to: 2026-12-31, by: 赵敏}
    - {"2026-12-01/east/2/removed", kind: removed, of: n2, to: 2026-11-30, by: 赵敏}
    - {"2026-12-01/east/2", kind: hung, board: east, slot: "2", poster: taps, from: 2026-12-01, to: 2026-12-31, by: 赵敏, text: "0f1e"}
    - {"2026-12-01/east/3", kind: hung, board: east, slot: "3", poster: bins, from: 2026-12-01, to: 2026-12-14, by: 赵敏}
    - {"2026-12-15/east/3", kind: hung, board: east, slot: "3", poster: doors, from: 2026-12-15, to: 2026-12-31, by: 赵敏, photos: ["far:a.jpg"]}
    ledger/2026-12.yaml: 0 known
    "#);
    let hung = "- {v: 1, id: d1, kind: hung, board: led, slot: \"1\", poster: bins, from: 2026-11-30, to: 2026-12-06}
- {v: 1, id: d2, kind: hung, board: led, slot: \"1\", poster: lamps, from: 2026-12-07, to: 2026-12-13}
";
    assert_snapshot!(entered("2026-12-08", hung, "board=led photo=led:a.jpg photo=led:b.jpg"), @r#"
    - {"2026-12-08/led/seen", kind: seen, board: led, on: 2026-12-08, by: 赵敏, photos: ["far:a.jpg", "far:b.jpg"]}
    ledger/2026-12.yaml: 2 known
    "#);
}

#[test]
fn what_the_ledger_has_otherwise_is_a_correction_not_an_entry() {
    let hung = "- {v: 1, id: 2026-12-01/east/1, kind: hung, board: east, slot: \"1\", poster: lamps, from: 2026-12-01, to: 2026-12-31}\n";
    assert_snapshot!(entered("2026-12-08", hung, "board=east east/1=doors"), @r#"
    - {"2026-12-01/east/2", kind: hung, board: east, slot: "2", poster: taps, from: 2026-12-01, to: 2026-12-31, by: 赵敏, text: "0f1e"}
    - {"2026-12-01/east/3", kind: hung, board: east, slot: "3", poster: bins, from: 2026-12-01, to: 2026-12-14, by: 赵敏}
    G421 台账里，east第1格从 2026-12-01 起挂的是 `lamps`《lamps》，和这次要记的对不上
    记错了就更正：greenboard post --correct 2026-12-01/east/1 --poster doors --by 姓名
    后来换下的，用 --on 写明换的那一天
    ledger/2026-12.yaml: 0 known
    "#);
    assert_snapshot!(entered("2026-12-08", hung, "board=east east/1=-"), @r#"
    - {"2026-12-01/east/2", kind: hung, board: east, slot: "2", poster: taps, from: 2026-12-01, to: 2026-12-31, by: 赵敏, text: "0f1e"}
    - {"2026-12-01/east/3", kind: hung, board: east, slot: "3", poster: bins, from: 2026-12-01, to: 2026-12-14, by: 赵敏}
    G421 台账里，east第1格从 2026-12-01 起挂的是 `lamps`《lamps》，和这次要记的对不上
    记错了就更正：greenboard post --correct 2026-12-01/east/1 --never --by 姓名
    后来换下的，用 --on 写明换的那一天
    ledger/2026-12.yaml: 0 known
    "#);
}

fn corrected(lines: &str, id: &str, correction: Correction) -> String {
    let hand = Hand {
        day: date("2026-12-09"),
        by: "赵敏",
        note: Some("看照片改的".into()),
    };
    match correct(&events(lines), id, correction, &hand) {
        Ok(entry) => format!("{}\n{}", entry.events[0].line(), entry.file),
        Err(Refusal::Contradicts(wrong)) => {
            let wrong = wrong.sorted().into_iter();
            let said = wrong.map(|wrong| wrong.render(Language::Chinese).message);
            said.collect::<Vec<_>>().join("\n")
        }
        Err(refusal) => format!("{refusal:?}"),
    }
}

#[test]
fn a_line_is_corrected_by_a_new_one() {
    let poster = |id: &str| Correction::Poster(id.into(), Some("ab".into()));
    assert_snapshot!(corrected(NOVEMBER, "n1", poster("taps")), @r#"
    - {v: 1, id: "2026-12-09/corrected", kind: corrected, of: n1, board: east, slot: "1", poster: taps, from: 2026-11-01, to: 2026-11-30, by: 赵敏, text: ab, note: 看照片改的}
    ledger/2026-10.yaml
    "#);
    assert_snapshot!(corrected(NOVEMBER, "n1", Correction::Never), @r#"
    - {v: 1, id: "2026-12-09/corrected", kind: removed, of: n1, by: 赵敏, note: 看照片改的}
    ledger/2026-10.yaml
    "#);
    assert_snapshot!(corrected(NOVEMBER, "n2", Correction::Until(date("2026-12-04"))), @r#"
    - {v: 1, id: "2026-12-09/corrected", kind: removed, of: n2, to: 2026-12-04, by: 赵敏, note: 看照片改的}
    ledger/2026-10.yaml
    "#);
    // An older line stands for the newest about the same hanging.
    let moved = format!("{NOVEMBER}- {{v: 1, id: n3, kind: removed, of: n1, to: 2026-11-20}}\n");
    assert_snapshot!(corrected(&moved, "n1", poster("taps")), @r#"
    - {v: 1, id: "2026-12-09/corrected", kind: corrected, of: n3, board: east, slot: "1", poster: taps, from: 2026-11-01, to: 2026-11-20, by: 赵敏, text: ab, note: 看照片改的}
    ledger/2026-10.yaml
    "#);
    let missed = "- {v: 1, id: m, kind: missed, board: east, slot: \"3\", poster: bins, from: 2026-11-01, to: 2026-11-30}\n";
    assert_snapshot!(corrected(missed, "m", poster("taps")), @r#"
    - {v: 1, id: "2026-12-09/corrected", kind: corrected, of: m, board: east, slot: "3", poster: taps, from: 2026-11-01, to: 2026-11-30, by: 赵敏, text: ab, note: 看照片改的}
    ledger/2026-10.yaml
    "#);
}

#[test]
fn a_correction_that_cannot_be_is_refused() {
    let poster = Correction::Poster("taps".into(), None);
    assert_snapshot!(corrected(NOVEMBER, "n9", poster.clone()), @"Unknown");
    let lost = "- {v: 1, id: l, kind: lost, poster: taps, copies: 1, on: 2026-11-01}\n";
    assert_snapshot!(corrected(lost, "l", poster), @"Spent");
    assert_snapshot!(corrected(lost, "l", Correction::Never), @r#"
    - {v: 1, id: "2026-12-09/corrected", kind: removed, of: l, by: 赵敏, note: 看照片改的}
    ledger/2026-10.yaml
    "#);
    assert_snapshot!(corrected(NOVEMBER, "n1", Correction::Until(date("2026-10-04"))), @"台账这一行有问题：取下的日子 2026-10-04 早于挂上的日子 2026-11-01");
    let next = format!(
        "{NOVEMBER}- {{v: 1, id: d, kind: hung, board: east, slot: \"1\", poster: taps, from: 2026-12-01, to: 2026-12-31}}\n"
    );
    assert_snapshot!(corrected(&next, "n1", Correction::Until(date("2026-12-04"))), @"台账这一行有问题：east第1格在 2026-12-01 还挂着 `bins`；先补一行 kind: removed，写明它哪天取下");
    let void = format!("{NOVEMBER}- {{v: 1, id: n3, kind: removed, of: n1}}\n");
    assert_snapshot!(corrected(&void, "n1", Correction::Never), @"台账这一行有问题：`n1` 已经更正或取下过");
}

#[test]
fn losses_are_counted_in_the_month_in_which_they_are_written() {
    let hand = Hand {
        day: date("2026-12-09"),
        by: "赵敏",
        note: None,
    };
    let loss = Lost {
        poster: "taps".into(),
        board: None,
        slot: None,
        size: Some("A3".into()),
        copies: 2,
        on: date("2026-12-08"),
    };
    let entry = lose(&[], vec![loss.clone(), loss], &hand);
    let lines: Vec<String> = entry.events.iter().map(Event::line).collect();
    assert_snapshot!(lines.join("\n"), @r#"
    - {v: 1, id: "2026-12-08/lost/taps", kind: lost, poster: taps, size: A3, copies: 2, on: 2026-12-08, by: 赵敏}
    - {v: 1, id: "2026-12-08/lost/taps-2", kind: lost, poster: taps, size: A3, copies: 2, on: 2026-12-08, by: 赵敏}
    "#);
    assert_eq!(entry.file.as_str(), "ledger/2026-12.yaml");
}

//! What is proposed, published, put in between and explained, shown on tiny sites.

use std::fmt::Write as _;

use insta::assert_snapshot;

use super::testing::{date, site};
use super::{
    Hanging, Origin, Published, Records, Wish, brief, check, insertion, plan, proposal, published,
    text, why,
};
use crate::calendar::Period;
use crate::diag::{Code, Diagnostics, SitePath, Source};
use crate::measure::Fits;
use crate::site::Site;

/// Returns records of a site that has published these hangings.
fn published(site: &Site, hangings: &[Hanging]) -> Records {
    let file = Source::new(SitePath::fixed(published::PATH), published::write(hangings));
    let mut diagnostics = Diagnostics::default();
    let published = published::read(&file, site, &mut diagnostics);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    Records {
        published: Some(published),
        ..Records::default()
    }
}

fn month(text: &str) -> Option<Period> {
    Some(Period::parse(text).expect("a period"))
}

/// What hangs from `today` on, whoever decided it.
fn to_come(site: &Site, hangings: &[Hanging]) -> Vec<Hanging> {
    let later = hangings.iter().filter(|it| it.to >= site.today);
    let plain = |hanging: &Hanging| Hanging {
        origin: Origin::Planned,
        ..hanging.clone()
    };
    later.map(plain).collect()
}

#[test]
fn what_comes_too_late_for_a_published_plan_is_no_error() {
    let before = "today 2026-11-10
         board east 1 slots repeat=1
         poster bins sorting
         poster lamps energy
         poster taps water
         poster doors air";
    let (old, fits) = site(before);
    let proposed = proposal(&old, &fits, &Records::default(), Wish::AsItIs(None)).value;
    let (new, fits) = site(&format!("{before}\nposter soap pests everywhere"));
    let planned = plan(&new, &fits, &published(&new, &proposed.published));
    assert!(
        !planned.diagnostics.has_errors(),
        "{:?}",
        planned.diagnostics
    );
}

#[test]
fn what_was_published_is_carried_out() {
    let (site, fits) = site(
        "today 2026-11-10
         board east 2 slots repeat=1
         board led 2 slots week screen repeat=1
         poster bins sorting
         poster lamps energy
         poster taps water
         poster doors air
         poster flue air from=2026-12-05 to=2026-12-20 everywhere",
    );
    let proposed = proposal(&site, &fits, &Records::default(), Wish::AsItIs(None)).value;
    assert!(
        proposed.changes.is_empty() && proposed.n_kept == 0,
        "{proposed:?}"
    );
    let records = published(&site, &proposed.published);
    let carried_out = plan(&site, &fits, &records).value;
    assert_eq!(
        to_come(&site, &carried_out.hangings),
        to_come(&site, &proposed.plan.hangings)
    );
    let again = proposal(&site, &fits, &records, Wish::AsItIs(None)).value;
    assert_eq!(again.changes, [], "nothing new, nothing to change");
    assert_eq!(
        again.published,
        records.published.expect("it is published").hangings
    );
}

/// A community of four boards and 60 guides, planned for a year.
fn community(more: &str) -> (Site, Fits) {
    let mut text = String::from("today 2026-05-20\n");
    for board in 0..4 {
        writeln!(text, "board b{board} 6 slots").expect("a text takes all");
    }
    for number in 0..60 {
        let (topic, priority) = (number % 8, number % 4);
        writeln!(text, "poster p{number:02} t{topic} priority={priority}").expect("a text");
    }
    site(&(text + more))
}

#[test]
fn five_notices_more_leave_the_past_and_most_of_the_year_as_published() {
    let (before, fits) = community("");
    let first = proposal(&before, &fits, &Records::default(), Wish::AsItIs(None)).value;
    let notices = "poster n1 t1 from=2026-06-03 to=2026-06-28 everywhere
         poster n2 t2 from=2026-07-01 to=2026-07-31 boards=b1 priority=3
         poster n3 t3 from=2026-08-10 to=2026-09-20 boards=b3 everywhere
         poster n4 t4 posting=2026-09-01..2026-09-10 boards=b2
         poster n5 t5 from=2026-11-01 to=2026-11-30 priority=3 everywhere";
    let (after, fits) = community(notices);
    let records = published(&after, &first.published);
    let next = proposal(&after, &fits, &records, Wish::AsItIs(None)).value;
    let past = |hangings: &[Hanging]| -> Vec<Hanging> {
        let begun = hangings.iter().filter(|it| it.from <= after.today);
        begun.cloned().collect()
    };
    assert_eq!(past(&next.published), past(&first.published));
    let to_come = first.published.len() - past(&first.published).len();
    assert!(
        next.n_kept * 100 >= to_come * 85,
        "{} of {to_come} kept",
        next.n_kept
    );
    assert_eq!(check::breaches(&after, &fits, &next.plan), [""; 0]);
    assert_eq!(check::unmet(&after, &fits, &next.plan), []);
    let shown = text::proposal(&text::Spoken::of(&after), &next, false);
    assert!(shown.starts_with("和定稿不同的：\n"), "{shown}");
    assert!(shown.contains("《n5》"), "{shown}");
}

const LOCKED: &str = "- {board: east, slot: \"1\", from: 2026-11-01, to: 2026-11-30, poster: taps}
- {board: east, slot: \"2\", from: 2026-11-01, to: 2026-11-30, poster: alarm}
- {board: east, slot: \"1\", from: 2026-12-01, to: 2026-12-31, poster: bins}
- {board: east, slot: \"2\", from: 2026-12-01, to: 2026-12-31, poster: lamps}
- {board: west, slot: \"1\", from: 2026-11-01, to: 2026-11-30, poster: doors}
- {board: west, slot: \"1\", from: 2026-12-01, to: 2026-12-31, poster: taps}
";
const TWO_BOARDS: &str = "today 2026-11-10
     board east 2 slots repeat=1
     board west 1 slots repeat=1
     poster bins sorting
     poster lamps energy priority=2
     poster taps water
     poster doors air
     poster alarm fire from=2026-11-01 to=2026-11-30 everywhere boards=east
     ";

fn locked(more: &str) -> (Site, Fits, Records) {
    let (site, fits) = site(&format!("{TWO_BOARDS}{more}"));
    let file = SitePath::fixed(published::PATH);
    let source = Source::new(file, format!("format: 1\nhangings:\n{LOCKED}"));
    let mut diagnostics = Diagnostics::default();
    let published: Published = published::read(&source, &site, &mut diagnostics);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let records = Records {
        published: Some(published),
        ..Records::default()
    };
    (site, fits, records)
}

#[test]
fn a_guide_that_is_put_in_between_moves_the_one_sheet_that_is_worth_least() {
    let (site, fits, records) = locked("poster gas fire2 priority=3 boards=east");
    let found = insertion(&site, &fits, &records, "gas")
        .value
        .expect("it has room");
    assert_snapshot!(text::insertion(&text::Spoken::of(&site), &found), @"
    east第1格  《gas》 11-10–11-30，取下《taps》
    新挂 1 处，为它取下 1 张，别的都不动
    ");
    assert_snapshot!(published::write(&found.published), @r#"
    format: 1
    hangings:
    - {board: east, slot: "1", from: 2026-11-01, to: 2026-11-09, poster: taps}
    - {board: east, slot: "1", from: 2026-11-10, to: 2026-11-30, poster: gas}
    - {board: east, slot: "1", from: 2026-12-01, to: 2026-12-31, poster: bins}
    - {board: east, slot: "2", from: 2026-11-01, to: 2026-11-30, poster: alarm}
    - {board: east, slot: "2", from: 2026-12-01, to: 2026-12-31, poster: lamps}
    - {board: west, slot: "1", from: 2026-11-01, to: 2026-11-30, poster: doors}
    - {board: west, slot: "1", from: 2026-12-01, to: 2026-12-31, poster: taps}
    "#);
    let again = published(&site, &found.published);
    let carried_out = plan(&site, &fits, &again).value;
    let on = |day| -> Vec<&str> {
        let hangs = |it: &&Hanging| it.board == "east" && it.from <= day && day <= it.to;
        let hangings = carried_out.hangings.iter().filter(hangs);
        hangings.map(|hanging| hanging.poster.as_str()).collect()
    };
    assert_eq!(on(date("2026-11-09")), ["taps", "alarm"]);
    assert_eq!(on(date("2026-11-15")), ["gas", "alarm"]);
}

#[test]
fn what_is_published_gives_way_where_the_plan_had_made_room_already() {
    let (site, fits, records) =
        locked("poster gas fire2 posting=2026-11-16..2026-12-08 boards=east priority=3");
    let found = insertion(&site, &fits, &records, "gas").value;
    let found = found.expect("it has room");
    assert!(found.hangings[0].was_planned, "{found:?}");
    // Reading it anew finds no two sheets in one slot.
    let again = published(&site, &found.published);
    let planned = plan(&site, &fits, &again);
    assert!(
        !planned.diagnostics.has_errors(),
        "{:?}",
        planned.diagnostics
    );
    let slot = &found.hangings[0].hanging.slot;
    let east = found
        .published
        .iter()
        .filter(|it| it.board == "east" && it.slot == *slot);
    let mut days: Vec<_> = east.map(|it| (it.from, it.to)).collect();
    days.sort_unstable();
    assert!(days.windows(2).all(|it| it[0].1 < it[1].0), "{days:?}");
}

#[test]
fn an_urgent_notice_finds_no_room_where_all_must_hang() {
    let (site, fits, records) = locked(
        "poster gas fire2 from=2026-11-12 to=2026-11-20 everywhere boards=west
         poster flood water2 posting=2026-11-09..2026-11-18 boards=west",
    );
    let mut records = records;
    let flood = "- {board: west, slot: \"1\", from: 2026-11-09, to: 2026-11-18, poster: flood}\n";
    let published = records.published.as_mut().expect("it is published");
    published.hangings.retain(|it| it.board == "east");
    let source = Source::new(
        SitePath::fixed(published::PATH),
        format!("format: 1\nhangings:\n{flood}"),
    );
    let more = published::read(&source, &site, &mut Diagnostics::default());
    published.hangings.extend(more.hangings);
    let found = insertion(&site, &fits, &records, "gas")
        .value
        .expect("it has days");
    assert_snapshot!(text::insertion(&text::Spoken::of(&site), &found), @"
    west挂不上：放得下它的格子都挂着非挂不可的
    新挂 0 处，为它取下 0 张，别的都不动
    ");
}

#[test]
fn every_cell_is_explained() {
    let (site, fits, records) = locked("");
    let reasons = |board: usize, slot: usize, period: &str| {
        let board = &site.boards[board];
        let period = Period::parse(period).expect("a period");
        let why = why(&site, &fits, &records, (board, &board.slots[slot]), period);
        text::why(&text::Spoken::of(&site), &why)
    };
    let told = [(0, 1, "2026-11"), (0, 1, "2026-12"), (1, 0, "2026-03")]
        .map(|(board, slot, period)| reasons(board, slot, period));
    assert_snapshot!(told.concat(), @"
    east第2格，2026年11月
      11-01–11-30  《alarm》：定稿里是它
    east第2格，2026年12月
      12-01–12-31  《lamps》：定稿里是它
        得分：优先级 +8，头一回挂 +6，不空着 +1000，照原来的定稿 +38
        没选《bins》：离它在这块栏上的那一次太近（12-01–12-31）
        没选《doors》：离它在这块栏上的那一次太近（01-01–01-31）
        没选《taps》：离它在这块栏上的那一次太近（11-01–11-30）
    west第1格，2026年3月
      这一期没有排：已经过去，或者不在排的日子里
    ");
}

#[test]
fn a_month_says_what_it_asks_for() {
    let (site, fits, records) = locked(
        "campaign water 2027-01-07..2027-01-20
         poster swap travel from=2026-12-10 to=2027-01-08",
    );
    let proposed = proposal(&site, &fits, &records, Wish::AsItIs(month("2027-01"))).value;
    let january = Period::parse("2027-01").expect("a period");
    let shown = text::brief(
        &text::Spoken::of(&site),
        &brief(&site, &fits, &proposed.plan, january),
    );
    assert_snapshot!(shown, @"
    新海报不够的
      east  要挂 2 张，新的只有 1 张；没挂过的还有：air 1
    这个月的日子
      01-15  腊八节
    集中宣传
      01-07–01-20  campaign-water
    挂到这一天为止
      01-08  swap
    ");
}

#[test]
fn a_month_is_published_by_itself() {
    let (site, fits, records) = locked("poster alert t9 from=2027-01-05 to=2027-01-20 everywhere");
    let proposed = proposal(&site, &fits, &records, Wish::AsItIs(month("2027-01"))).value;
    let old = records.published.expect("it is published").hangings;
    let kept = old
        .iter()
        .filter(|it| {
            // The last of them hang on where nothing else may.
            let stays = |new: &&Hanging| new.to >= it.to && new.from == it.from;
            let same = |new: &Hanging| (&new.board, &new.poster) == (&it.board, &it.poster);
            proposed.published.iter().filter(stays).any(same)
        })
        .count();
    assert_eq!(kept, old.len(), "other months stay");
    let new = proposed
        .published
        .iter()
        .filter(|it| it.from >= date("2027-01-01"));
    assert!(new.count() > 0);
    assert_snapshot!(text::proposal(&text::Spoken::of(&site), &proposed, false), @"
    这些都还没有定稿。定下来照着做：同一条命令加上 --publish
    从今天起要印 4 张，8 元
    没有更好的排法了
    ");
}

#[test]
fn a_poster_for_two_boards_hangs_on_two_or_is_refused() {
    let boards = "board east 1 slots\nboard west 1 slots\nposter bins sorting at_least=2\n";
    let refused = |text: &str| {
        let (site, fits) = site(text);
        let planned = plan(&site, &fits, &Records::default());
        planned
            .diagnostics
            .iter()
            .any(|it| it.code == Code::CannotHang)
    };
    assert!(!refused(boards));
    let full = "poster gas fire posting=2026-01-01..2027-02-28 boards=west\n";
    assert!(refused(&format!("{boards}{full}")));
}

#[test]
fn a_gap_between_what_is_settled_is_filled() {
    let (site, fits) = site(
        "today 2026-11-10
         board east 1 slots repeat=1
         poster bins sorting
         poster lamps energy
         poster taps water
         poster costs neighbours posting=2026-11-02..2026-11-08 boards=east",
    );
    let hanging = |from: &str, to: &str, poster: &str| Hanging {
        board: "east".into(),
        slot: "1".into(),
        from: date(from),
        to: date(to),
        poster: poster.into(),
        origin: Origin::Planned,
    };
    let settled = [
        hanging("2026-11-02", "2026-11-08", "costs"),
        hanging("2026-12-01", "2026-12-31", "bins"),
    ];
    let planned = plan(&site, &fits, &published(&site, &settled)).value;
    let mut november = planned.hangings.iter();
    // From today on: on the 9th, which is gone, nobody hung anything.
    let filled = november.find(|it| it.from == date("2026-11-10"));
    assert_eq!(
        filled.map(|it| it.to),
        Some(date("2026-11-30")),
        "{planned:?}"
    );
}

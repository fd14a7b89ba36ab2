//! Which copies go where, on tiny sites with plans made by hand.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use insta::assert_snapshot;
use proptest::prelude::*;

use super::*;
use crate::rotation::ledger::Lost;
use crate::rotation::testing::{date, plan_of, site};

/// Shows all change-overs of `plan` on the site of `text`.
fn shown(text: &str, plan: &str) -> String {
    let (site, _) = site(text);
    let plan = plan_of(plan);
    let carriage = Carriage::new(&site, &plan);
    let spot = |number: usize| {
        let hanging = carriage.stays[number].hanging;
        format!("{}/{}", hanging.board, hanging.slot)
    };
    let mut shown = String::new();
    for change in &carriage.changes {
        let extra = if change.is_extra() { " extra" } else { "" };
        writeln!(shown, "{} {}{extra}", change.day, change.board.id).expect("a text takes all");
        for &number in &change.down {
            let stay = &carriage.stays[number];
            let onward = stay.onward.iter().map(|(onward, n)| match onward {
                Onward::Moved(to) => format!("{n} to {}", spot(*to)),
                Onward::Kept(to) => format!("{n} kept for {}", spot(*to)),
                Onward::Done => format!("{n} done"),
            });
            let onward: Vec<_> = onward.collect();
            let (slot, poster) = (&stay.hanging.slot, &stay.hanging.poster);
            writeln!(shown, "  - {slot} {poster}: {}", onward.join(", ")).expect("it does");
        }
        for &number in &change.up {
            let stay = &carriage.stays[number];
            let sources = stay.sources.iter().map(|(source, n)| match source {
                Source::Moved(from) => format!("{n} from {}", spot(*from)),
                Source::Stored(from) => format!("{n} stored since {}", spot(*from)),
                Source::Received => format!("{n} received"),
                Source::Printed => format!("{n} new"),
                Source::Missing => format!("{n} missing"),
            });
            let sources: Vec<_> = sources.collect();
            let (slot, poster) = (&stay.hanging.slot, &stay.hanging.poster);
            writeln!(shown, "  + {slot} {poster}: {}", sources.join(", ")).expect("it does");
        }
        if !change.stays.is_empty() {
            let stays: Vec<_> = change.stays.iter().map(|&number| spot(number)).collect();
            writeln!(shown, "  = {}", stays.join(", ")).expect("it does");
        }
    }
    shown
}

#[test]
fn copies_wander_from_board_to_board_and_through_the_store() {
    let text = "board east 2 slots
         board west 1 slots
         poster bins sorting
         poster lamps energy
         poster taps water";
    let plan = "east/1 2026-01-01..2026-01-31 bins
         east/2 2026-01-01..2026-02-28 taps
         west/1 2026-01-01..2026-01-31 lamps
         east/1 2026-02-01..2026-02-28 lamps
         west/1 2026-02-01..2026-02-28 bins
         east/1 2026-04-01..2026-04-30 taps";
    assert_snapshot!(shown(text, plan), @"
    2026-01-01 east
      + 1 bins: 1 new
      + 2 taps: 1 new
    2026-01-01 west
      + 1 lamps: 1 new
    2026-02-01 east
      - 1 bins: 1 to west/1
      + 1 lamps: 1 from west/1
      = east/2
    2026-02-01 west
      - 1 lamps: 1 to east/1
      + 1 bins: 1 from east/1
    2026-03-01 east
      - 1 lamps: 1 done
      - 2 taps: 1 kept for east/1
    2026-03-01 west
      - 1 bins: 1 done
    2026-04-01 east
      + 1 taps: 1 stored since east/2
    ");
}

#[test]
fn what_hangs_on_is_not_touched_and_a_notice_within_a_period_is_an_extra_way() {
    let text = "board east 2 slots
         poster bins sorting
         poster taps water
         poster swap neighbours";
    let plan = "east/1 2026-01-01..2026-01-31 bins
         east/2 2026-01-01..2026-01-13 taps
         east/2 2026-01-14..2026-02-10 swap
         east/1 2026-02-01..2026-02-28 bins";
    assert_snapshot!(shown(text, plan), @"
    2026-01-01 east
      + 1 bins: 1 new
      + 2 taps: 1 new
    2026-01-14 east extra
      - 2 taps: 1 done
      + 2 swap: 1 new
      = east/1
    2026-02-11 east extra
      - 2 swap: 1 done
      = east/1
    ");
}

#[test]
fn a_window_takes_a_copy_a_place_and_a_screen_takes_none() {
    let text = "board windows 1 slots places=16
         board east 1 slots
         board led 1 slots screen
         poster bins sorting";
    let plan = "windows/1 2026-01-01..2026-01-31 bins
         led/1 2026-01-01..2026-02-28 bins
         east/1 2026-02-01..2026-02-28 bins";
    assert_snapshot!(shown(text, plan), @"
    2026-01-01 windows
      + 1 bins: 16 new
    2026-01-01 led
      + 1 bins: 
    2026-02-01 windows
      - 1 bins: 1 to east/1, 15 done
    2026-02-01 east
      + 1 bins: 1 from windows/1
    ");
}

#[test]
fn a_keeper_carries_copies_on_rather_than_back() {
    let boards = "board a 1 slots\nboard b 1 slots\nboard c 1 slots\nboard d 1 slots\nposter p t";
    let plan = "a/1 2026-01-01..2026-01-31 p
         c/1 2026-01-01..2026-01-31 p
         b/1 2026-02-01..2026-02-28 p
         d/1 2026-02-01..2026-02-28 p";
    let shown = shown(boards, plan);
    assert!(shown.contains("- 1 p: 1 to b/1"), "{shown}");
    assert!(shown.contains("- 1 p: 1 to d/1"), "{shown}");
}

#[test]
fn what_came_from_outside_is_used_and_what_lacks_is_named() {
    let (mut site, _) = site("board windows 1 slots places=3\nboard east 1 slots\nposter p t");
    let wish = site.pages[0].poster.as_mut().expect("it is a poster");
    wish.received = Some(2);
    let plan = plan_of("windows/1 2026-01-01..2026-01-31 p\neast/1 2026-02-01..2026-02-28 p");
    let carriage = Carriage::new(&site, &plan);
    let sources = |number: usize| carriage.stays[number].sources.clone();
    assert_eq!(sources(0), [(Source::Received, 2), (Source::Missing, 1)]);
    let year = (date("2026-01-01"), date("2026-12-31"));
    assert_eq!(carriage.prints(year.0, year.1), []);
    assert_eq!(carriage.missing(year.0, year.1)[0].copies, 1);
}

/// Boards of one to three slots and one to four places, and hangings of one to three months.
fn any_plan() -> impl Strategy<Value = (String, String)> {
    let boards = prop::collection::vec((1..3_usize, 1..4_usize, prop::bool::weighted(0.1)), 1..5);
    let months = prop::collection::vec(
        (0..5_usize, 0..3_usize, 0..4_usize, 1..28_i8, 1..70_i32),
        1..40,
    );
    (boards, months).prop_map(|(boards, hangings)| {
        let mut text = String::new();
        for (number, (slots, places, screen)) in boards.iter().enumerate() {
            let kind = if *screen { "screen" } else { "" };
            writeln!(text, "board b{number} {slots} slots places={places} {kind}")
                .expect("it does");
        }
        for poster in 0..4 {
            writeln!(text, "poster p{poster} t{poster}").expect("it does");
        }
        let mut plan = String::new();
        let mut next: BTreeMap<(usize, usize), Date> = BTreeMap::new();
        for (board, slot, poster, gap, days) in hangings {
            let board = board % boards.len();
            let slot = slot % boards[board].0;
            let from = next.entry((board, slot)).or_insert(date("2026-01-01"));
            // Now and then a slot is empty for some days.
            if gap > 14 {
                *from = from.saturating_add(i64::from(gap).days());
            }
            let to = from.saturating_add(i64::from(days).days());
            writeln!(plan, "b{board}/{} {from}..{to} p{poster}", slot + 1).expect("it does");
            *from = to.saturating_add(1.day());
        }
        (text, plan)
    })
}

proptest! {
    #![proptest_config(crate::rotation::testing::tried(300))]

    #[test]
    fn sheets_are_conserved_and_no_more_printed_than_hang_at_once((text, plan) in any_plan()) {
        let (site, _) = site(&text);
        let plan = plan_of(&plan);
        let carriage = Carriage::new(&site, &plan);
        let stays = &carriage.stays;
        for (number, stay) in stays.iter().enumerate() {
            prop_assert_eq!(stay.sources.iter().map(|(_, n)| n).sum::<usize>(), stay.copies);
            prop_assert_eq!(stay.onward.iter().map(|(_, n)| n).sum::<usize>(), stay.copies);
            for &(onward, n) in &stay.onward {
                let (to, as_source) = match onward {
                    Onward::Moved(to) => (to, Source::Moved(number)),
                    Onward::Kept(to) => (to, Source::Stored(number)),
                    Onward::Done => continue,
                };
                prop_assert!(stays[to].sources.contains(&(as_source, n)));
                prop_assert!(stays[to].kind == stay.kind && stay.to < stays[to].from());
                prop_assert_eq!(stay.down() == stays[to].from(), onward == Onward::Moved(to));
            }
            let used = stay.sources.iter().filter(|(source, _)| matches!(source, Source::Moved(_) | Source::Stored(_)));
            for &(source, n) in used {
                let (Source::Moved(from) | Source::Stored(from)) = source else { continue };
                let onward = |&(onward, m): &(Onward, usize)| {
                    m == n && (onward == Onward::Moved(number) || onward == Onward::Kept(number))
                };
                prop_assert!(stays[from].onward.iter().any(onward));
            }
        }
        // What hangs on a day, counted from the plan alone.
        let first = stays.iter().map(Stay::from).min().expect("something hangs");
        let last = stays.iter().map(|stay| stay.to).max().expect("something hangs");
        let printed = carriage.prints(first, last);
        for poster in ["p0", "p1", "p2", "p3"] {
            let mut peak = 0;
            for day in first.series(1.day()).take_while(|day| *day <= last) {
                let hangs = plan.hangings.iter().filter(|it| it.poster == poster && it.from <= day && day <= it.to);
                let sheets = hangs.map(|it| {
                    let board = site.board(&it.board).expect("it is there");
                    if board.kind == BoardKind::Screen { 0 } else { board.places.len() }
                });
                peak = peak.max(sheets.sum());
            }
            let of_poster = printed.iter().filter(|print| print.kind.poster == poster);
            prop_assert_eq!(of_poster.map(|print| print.copies).sum::<usize>(), peak);
        }
        // Whatever goes up or comes down is on exactly one sheet.
        let mut told = BTreeSet::new();
        for change in &carriage.changes {
            for &number in &change.up {
                prop_assert!(told.insert((number, true)) && stays[number].from() == change.day);
            }
            for &number in &change.down {
                prop_assert!(told.insert((number, false)) && stays[number].down() == change.day);
            }
        }
        let ends = stays.iter().filter(|stay| stay.down() <= last).count();
        prop_assert_eq!(told.len(), stays.len() + ends);
    }
}

#[test]
fn what_was_lost_is_printed_again() {
    let (site, _) = site("board east 1 slots\nboard west 1 slots\nposter bins sorting");
    let printed = |lost: Vec<Lost>, month: u8| {
        let plan = Plan {
            lost,
            ..plan_of(
                "east/1 2026-03-01..2026-03-31 bins
                 west/1 2026-05-01..2026-05-31 bins",
            )
        };
        let carriage = Carriage::new(&site, &plan);
        let days = |day: u8| date(&format!("2026-{month:02}-{day:02}"));
        let prints = carriage.prints(days(1), days(30));
        prints.iter().map(|print| print.copies).sum::<usize>()
    };
    let months = |lost: &[&str]| {
        let lost = lost.iter().map(|on| Lost {
            poster: "bins".into(),
            board: None,
            slot: None,
            size: Some("A3".into()),
            copies: 1,
            on: date(on),
        });
        let lost: Vec<Lost> = lost.collect();
        [3, 4, 5].map(|month| printed(lost.clone(), month))
    };
    assert_eq!(months(&[]), [1, 0, 0]);
    assert_eq!(
        months(&["2026-03-10"]),
        [2, 0, 0],
        "the one that hung is replaced"
    );
    assert_eq!(
        months(&["2026-04-10"]),
        [1, 0, 1],
        "the one in the store is gone"
    );
}

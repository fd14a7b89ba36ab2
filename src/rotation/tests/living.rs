//! A published plan lives: newcomers get in, urgent ones before all, and what gave way is back.

use super::super::testing::{plan, site};
use super::super::{Fits, Hanging, Origin, Plan, Published, Records, Site, check, instructions};
use crate::diag::{Diagnostics, SitePath, Source};

/// Plans the site of `text` as it was on its day, publishes all, and plans it again with `more`.
fn after_publishing(text: &str, more: &str) -> (Site, Fits, Plan, Plan) {
    let (first_site, fits) = site(text);
    let first = plan(&first_site, &fits, &Records::default()).value;
    let published = |hanging: &Hanging| Hanging {
        origin: Origin::Published,
        ..hanging.clone()
    };
    let records = Records {
        published: Some(Published {
            hangings: first.hangings.iter().map(published).collect(),
            ..Published::default()
        }),
        ..Records::default()
    };
    let (site, fits) = site(&format!("{text}\n{more}"));
    let second = plan(&site, &fits, &records);
    assert_eq!(check::breaches(&site, &fits, &second.value), [""; 0]);
    (site, fits, first, second.value)
}

/// What a poster hangs on, as `board/slot from..to`.
fn spots(plan: &Plan, poster: &str) -> Vec<String> {
    let of_poster = plan.of_poster(poster);
    let shown = of_poster.map(|it| format!("{}/{} {}..{}", it.board, it.slot, it.from, it.to));
    shown.collect()
}

/// What hangs in a slot in a month.
fn slot(plan: &Plan, board: &str, slot: &str, month: &str) -> Vec<String> {
    let here = plan.hangings.iter().filter(|it| {
        let days = it.from.to_string() <= format!("{month}-31")
            && format!("{month}-01") <= it.to.to_string();
        it.board == board && it.slot == slot && days
    });
    here.map(|it| format!("{}..{} {}", it.from, it.to, it.poster))
        .collect()
}

const YARD: &str = "today 2026-11-20
     board east 2 slots repeat=1
     board west 2 slots repeat=1
     poster bins sorting priority=0
     poster lamps energy priority=2
     poster taps water priority=2
     poster doors air priority=2
     poster trees trees priority=2
     poster bus travel priority=2";

#[test]
fn an_urgent_notice_hangs_on_every_board_and_what_gave_way_is_back() {
    let (_, _, before, after) = after_publishing(
        YARD,
        "poster gas air from=2026-12-05 to=2026-12-07 priority=3",
    );
    let spots = spots(&after, "gas");
    assert_eq!(spots.len(), 2, "{spots:?}");
    for spot in &spots {
        let (place, days) = spot.split_once(' ').expect("a place");
        assert_eq!(days, "2026-12-05..2026-12-07");
        let (board, number) = place.split_once('/').expect("a slot");
        let gave_way = slot(&before, board, number, "2026-12");
        let poster = gave_way[0].rsplit(' ').next().expect("a poster");
        assert_eq!(
            slot(&after, board, number, "2026-12"),
            [
                format!("2026-12-01..2026-12-04 {poster}"),
                "2026-12-05..2026-12-07 gas".to_owned(),
                format!("2026-12-08..2026-12-31 {poster}"),
            ]
        );
    }
    // Nothing else moves.
    let same = before.hangings.iter().filter(|it| {
        let as_published = Hanging {
            origin: Origin::Published,
            ..(*it).clone()
        };
        after.hangings.contains(&as_published)
    });
    assert_eq!(same.count(), before.hangings.len() - spots.len());
}

#[test]
fn a_board_that_holds_posting_periods_does_not_stop_the_others() {
    let (_, _, _, after) = after_publishing(
        "today 2026-11-20
         board east 1 slots
         board west 1 slots
         poster costs neighbours posting=2026-11-20..2026-12-10 boards=east
         poster taps water",
        "poster gas air from=2026-11-20 to=2026-11-22 urgent everywhere",
    );
    assert_eq!(spots(&after, "gas"), ["west/1 2026-11-20..2026-11-22"]);
    let costs = spots(&after, "costs");
    assert_eq!(costs, ["east/1 2026-11-20..2026-12-10"]);
}

#[test]
fn urgency_outranks_what_goes_everywhere_and_a_topic_stops_no_notice() {
    let (site, fits) = site(
        "today 2026-11-20
         board east 1 slots
         poster flue air from=2026-11-01 to=2026-11-30 everywhere
         poster gas air from=2026-11-20 to=2026-11-22 priority=3",
    );
    let plan = plan(&site, &fits, &Records::default()).value;
    assert_eq!(
        slot(&plan, "east", "1", "2026-11"),
        [
            "2026-11-01..2026-11-19 flue",
            "2026-11-20..2026-11-22 gas",
            "2026-11-23..2026-11-30 flue"
        ]
    );
}

#[test]
fn five_notices_more_hang_in_a_published_year() {
    let (site, fits, before, after) = after_publishing(
        YARD,
        "poster n0 air from=2026-12-03 to=2026-12-28 priority=0
         poster n1 water from=2026-12-10 to=2026-12-30 priority=1
         poster n2 sorting from=2026-12-01 to=2026-12-31 priority=2
         poster n3 trees from=2027-01-04 to=2027-01-31 priority=3
         poster n4 travel posting=2026-12-08..2026-12-17",
    );
    for notice in ["n0", "n1", "n2", "n3", "n4"] {
        assert!(!spots(&after, notice).is_empty(), "{notice} hangs");
    }
    assert_eq!(check::unmet(&site, &fits, &after), []);
    // The weakest gives way first.
    let bins = |plan: &Plan| spots(plan, "bins").len();
    let lamps = |plan: &Plan| spots(plan, "lamps").join(" ");
    assert!(bins(&before) == 0 || !lamps(&after).is_empty());
}

#[test]
fn a_change_costs_more_the_nearer_its_day() {
    let boards = |from: &str, to: &str| {
        let more = format!("poster late travel from={from} to={to} priority=0");
        let text = YARD.replace("priority=0", "priority=2");
        let (_, _, _, after) = after_publishing(&text, &more);
        spots(&after, "late").len()
    };
    assert_eq!(boards("2026-11-20", "2026-11-29"), 1, "today");
    assert_eq!(boards("2027-01-02", "2027-01-28"), 2, "in six weeks");
}

#[test]
fn guides_hang_in_their_season() {
    let (site, fits) = site(
        "board east 1 slots repeat=0
         poster flue air priority=3 season=10-15~03-15
         poster screens pests priority=3 season=4月到10月
         poster taps water priority=0
         poster bins sorting priority=0
         campaign air 2026-07-01..2026-07-31",
    );
    let plan = plan(&site, &fits, &Records::default()).value;
    for hanging in plan.of_poster("flue") {
        assert!(
            ![4, 5, 6, 7, 8, 9].contains(&hanging.from.month()),
            "{hanging:?}"
        );
    }
    for hanging in plan.of_poster("screens") {
        assert!((4..=10).contains(&hanging.from.month()), "{hanging:?}");
    }
    assert!(plan.of_poster("flue").count() > 0 && plan.of_poster("screens").count() > 0);
}

#[test]
fn what_hangs_stays_where_nothing_else_may_hang() {
    let (site, fits) = site(
        "today 2026-11-23
         board gate 2 slots
         poster taps water
         poster lamps energy",
    );
    let plan = plan(&site, &fits, &Records::default()).value;
    let shown = [
        slot(&plan, "gate", "1", "2026-12"),
        slot(&plan, "gate", "2", "2026-12"),
    ];
    assert_eq!(shown.concat().len(), 2, "{shown:?}");
    assert_eq!(
        plan.planned.map(|it| it.0.to_string()),
        Some("2026-11-01".into())
    );
    assert_eq!(check::breaches(&site, &fits, &plan), [""; 0]);
}

#[test]
fn a_notice_everywhere_leaves_the_guides_of_its_topic() {
    let (site, fits) = site(
        "board east 2 slots repeat=0
         poster bins sorting
         poster hours sorting from=2026-03-01 to=2026-03-31 everywhere",
    );
    let plan = plan(&site, &fits, &Records::default()).value;
    let march = [
        slot(&plan, "east", "1", "2026-03"),
        slot(&plan, "east", "2", "2026-03"),
    ];
    let march = march.concat().join(" ");
    assert!(march.contains("hours") && march.contains("bins"), "{march}");
}

/// Plans a site whose staff changed their minds.
fn changed(text: &str, lines: &str) -> Plan {
    let (site, fits) = site(text);
    let file = Source::new(
        SitePath::fixed(instructions::PATH),
        format!("format: 1\nchanges:\n{lines}"),
    );
    let mut diagnostics = Diagnostics::default();
    let changes = instructions::read(&file, &site, &mut diagnostics);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let records = Records {
        changes,
        ..Records::default()
    };
    let plan = plan(&site, &fits, &records).value;
    assert_eq!(check::breaches(&site, &fits, &plan), [""; 0]);
    plan
}

#[test]
fn a_pin_holds_whatever_else_is_urgent() {
    let plan = changed(
        "today 2026-11-20
         board east 1 slots repeat=1
         poster bins sorting priority=3
         poster taps water priority=0
         poster gas air from=2026-12-05 to=2026-12-07 urgent",
        "- {kind: pin, poster: taps, board: east, slot: \"1\", from: 2026-12-03, to: 2026-12-20}",
    );
    let december = slot(&plan, "east", "1", "2026-12");
    assert!(
        december.contains(&"2026-12-03..2026-12-20 taps".to_owned()),
        "{december:?}"
    );
}

#[test]
fn what_is_off_hangs_nowhere_and_a_closed_board_is_left_alone() {
    let plan = changed(
        "today 2026-11-20
         board east 1 slots repeat=0
         board west 1 slots repeat=0
         poster bins sorting priority=3
         poster taps water priority=0
         poster flue air from=2026-12-01 to=2026-12-31 everywhere",
        "- {kind: off, poster: bins, from: 2027-01-01, to: 2027-01-31}
- {kind: closed, board: west, from: 2026-12-05, to: 2026-12-20, note: 换玻璃}",
    );
    for hanging in plan.of_poster("bins") {
        assert!(hanging.to.year() < 2027, "{hanging:?}");
    }
    let closed = slot(&plan, "west", "1", "2026-12");
    for line in &closed {
        assert!(
            !(line.as_str() < "2026-12-20" && line[12..22] > *"2026-12-05"),
            "{closed:?}"
        );
    }
    // Once the board is in use again it hangs there, too.
    let flue = [
        "east/1 2026-12-01..2026-12-31",
        "west/1 2026-12-21..2026-12-31",
    ];
    assert_eq!(spots(&plan, "flue"), flue);
}

#[test]
fn a_line_is_read_as_it_was_written() {
    let (site, _) = site("today 2026-11-20\nboard east 1 slots\nposter taps water");
    let line = "- {kind: pin, poster: taps, board: east, slot: \"1\", from: 2026-12-01, to: 2026-12-31, by: 王芳, note: \"说是:要\"}\n";
    let text = format!("format: 1\nchanges:\n{line}");
    let file = Source::new(SitePath::fixed(instructions::PATH), text.clone());
    let mut diagnostics = Diagnostics::default();
    let read = instructions::read(&file, &site, &mut diagnostics);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    assert_eq!(instructions::line(&read[0]), line);
    assert_eq!(instructions::with_line(None, &read[0]), text);
    assert_eq!(
        instructions::with_line(Some("format: 1\nchanges: []\n"), &read[0]),
        text
    );
}

/// Where slots are few, each notice has one board before another has its second.
#[test]
fn no_notice_hangs_nowhere_while_another_hangs_everywhere() {
    let text = "board east 2 slots repeat=0
         board west 2 slots repeat=0
         poster bins sorting
         poster lamps energy
         poster a pests from=2026-04-01 to=2026-04-30
         poster b water from=2026-04-01 to=2026-04-30
         poster c air from=2026-04-03 to=2026-04-20
         poster d green from=2026-04-05 to=2026-04-12 priority=0";
    let (site, fits) = site(text);
    let plan = plan(&site, &fits, &Records::default()).value;
    assert_eq!(check::breaches(&site, &fits, &plan), [""; 0]);
    let hangs = |poster| spots(&plan, poster).len();
    // What matters less than all others makes none of them go.
    assert_eq!((hangs("a"), hangs("b"), hangs("c")), (1, 2, 1));
    assert_eq!(hangs("d"), 0);
}

/// Once a board is in use again a notice that is still current hangs there; for some days before it
/// nothing new goes up.
#[test]
fn a_notice_is_back_when_a_board_is_in_use_again() {
    let text = "today 2026-11-20
         board east 1 slots repeat=0
         poster bins sorting
         poster lamps energy
         poster fair news from=2026-12-01 to=2026-12-31";
    let closed = "- {kind: closed, board: east, from: 2026-12-05, to: 2026-12-20}\n";
    let plan = changed(text, closed);
    let december = slot(&plan, "east", "1", "2026-12");
    assert_eq!(
        december.last().map(String::as_str),
        Some("2026-12-21..2026-12-31 fair")
    );
    assert!(
        !december.iter().any(|it| it.starts_with("2026-12-01")),
        "{december:?}"
    );
}

#[test]
fn a_posting_period_on_a_board_out_of_use_is_told_as_that() {
    let (site, fits) = site(
        "today 2026-11-20
         board east 2 slots repeat=0
         poster bins sorting
         poster costs news posting=2026-12-07..2026-12-14 boards=east",
    );
    let line = "- {kind: closed, board: east, from: 2026-12-05, to: 2026-12-20}\n";
    let text = format!("format: 1\nchanges:\n{line}");
    let file = Source::new(SitePath::fixed(instructions::PATH), text);
    let records = Records {
        changes: instructions::read(&file, &site, &mut Diagnostics::default()),
        ..Records::default()
    };
    let told = plan(&site, &fits, &records).diagnostics;
    let said: Vec<String> = told
        .iter()
        .map(|it| it.render(crate::diag::Language::Chinese).message)
        .collect();
    let refused = said.iter().find(|it| it.contains("挂不上"));
    assert!(refused.is_some_and(|it| it.contains("停用")), "{said:?}");
}

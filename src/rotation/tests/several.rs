//! Notices on several sheets: side by side, for the same days, or not at all.

use insta::assert_snapshot;

use super::only;
use crate::diag::{Diagnostics, SitePath, Source};
use crate::rotation::instructions::{Instruction, Kind};
use crate::rotation::testing::{date, plan, plan_of, plan_text, show, site};
use crate::rotation::{
    Carriage, Hanging, Origin, Plan, Published, Records, insertion, ledger, text,
};

#[test]
fn a_notice_of_two_sheets_hangs_in_two_slots_side_by_side() {
    let plan = plan_text(
        "board east 3 slots repeat=1
         poster bins sorting
         poster lamps energy
         poster taps water
         poster costs neighbours posting=2026-03-09..2026-03-18
         several costs east 2",
    );
    assert_snapshot!(only(&plan, &["2026-03"]), @"2026-03 east 9:costs:18, 9:costs:18 19:bins, taps");
}

#[test]
fn a_notice_of_three_pictures_is_shown_in_turn_in_the_order_of_a_screens_slots() {
    let text = "board led 11 slots screen repeat=1
         poster a neighbours posting=2026-03-01..2026-03-31
         poster costs neighbours posting=2026-03-09..2026-03-18
         several costs led 3";
    let plan = plan_text(text);
    assert_snapshot!(only(&plan, &["2026-03"]), @"2026-03 led a, 9:costs:18, 9:costs:18, 9:costs:18, -, -, -, -, -, -, -");
    // By their place in the file and not by their names: 9, 10, 11.
    let (site, _) = site(text);
    let plan = plan_of(
        "led/10 2026-03-09..2026-03-18 costs
         led/11 2026-03-09..2026-03-18 costs
         led/9 2026-03-09..2026-03-18 costs",
    );
    let portions = plan.portions(&site);
    let which = |it| portions.of(it).map(|it| (it.number, it.of));
    let which: Vec<_> = plan.hangings.iter().map(which).collect();
    assert_eq!(which, [Some((2, 3)), Some((3, 3)), Some((1, 3))]);
    assert!(
        Carriage::new(&site, &plan)
            .stays
            .iter()
            .all(|it| it.copies == 0)
    );
}

#[test]
fn a_screen_without_so_many_pictures_in_a_row_says_so() {
    let plan = plan_text(
        "board led 3 slots screen repeat=1
         poster a neighbours posting=2026-03-01..2026-03-31
         poster costs neighbours posting=2026-03-09..2026-03-18
         several costs led 3",
    );
    assert_snapshot!(only(&plan, &["2026-03"]), @"
    2026-03 led a, -, -
    G401 “costs”要在2026年3月挂上led，但是挂不上：一个画面排不下，要 3 个画面连着放，那几天没有连着的 3 个都空出来
    ");
}

#[test]
fn a_guide_of_two_sheets_hangs_a_month_in_each_year() {
    let plan = plan_text(
        "today 2026-03-01
         board east 3 slots repeat=1
         poster bins sorting
         poster taps water from=2024-04-01
         several taps east 2",
    );
    assert_snapshot!(only(&plan, &["2026-04"]), @"2026-04 east taps, taps, -");
}

#[test]
fn what_may_move_makes_room_for_several_sheets() {
    let plan = plan_text(
        "board east 3 slots repeat=1
         poster a neighbours posting=2026-03-01..2026-03-31
         poster costs neighbours posting=2026-03-09..2026-03-18
         poster taps water
         several costs east 2",
    );
    assert_snapshot!(only(&plan, &["2026-03"]), @"2026-03 east a, 9:costs:18, 9:costs:18");
}

#[test]
fn several_sheets_hang_whole_or_not_at_all() {
    let plan = plan_text(
        "board east 2 slots repeat=1
         poster a neighbours posting=2026-03-01..2026-03-31
         poster costs neighbours posting=2026-03-09..2026-03-18
         several costs east 2",
    );
    assert_snapshot!(only(&plan, &["2026-03"]), @"
    2026-03 east a, -
    G401 “costs”要在2026年3月挂上east，但是挂不上：一张排不下，要 2 张挨着挂，挨着的 2 格在那几天没有都空出来
    ");
}

/// Plans the site of `text` with `costs` published in these slots of the board east.
fn with_costs_in(text: &str, slots: &[&str]) -> String {
    let (site, fits) = site(text);
    let on_record = |slot: &&str| Hanging {
        board: "east".into(),
        slot: (*slot).into(),
        from: date("2026-03-09"),
        to: date("2026-03-18"),
        poster: "costs".into(),
        origin: Origin::Published,
    };
    let records = Records {
        published: Some(Published {
            hangings: slots.iter().map(on_record).collect(),
            gone: Vec::new(),
        }),
        ..Records::default()
    };
    let planned = plan(&site, &fits, &records);
    only(&show(&site, &fits, &planned), &["2026-03"])
}

#[test]
fn a_published_notice_that_lost_a_sheet_is_planned_anew_as_a_whole() {
    let text = "today 2026-03-02
         board east 4 slots repeat=1
         poster costs neighbours posting=2026-03-09..2026-03-18
         several costs east 2";
    assert_snapshot!(with_costs_in(text, &["3"]), @"2026-03 east 9:costs:18, 9:costs:18, -, -");
}

#[test]
fn a_sheet_that_was_not_hung_is_asked_for_again() {
    let text = "today 2026-03-11
         board east 4 slots repeat=1
         poster costs neighbours posting=2026-03-09..2026-03-18
         several costs east 2";
    let (site, fits) = site(text);
    let hung = "format: 1\nevents:\n- {v: 1, id: a, kind: hung, board: east, slot: \"2\", \
                poster: costs, from: 2026-03-09, to: 2026-03-18}\n";
    let file = Source::new(SitePath::new("ledger/a.yaml").expect("a path"), hung);
    let records = Records {
        ledger: ledger::parse(&file, &mut Diagnostics::default()),
        ..Records::default()
    };
    let planned = plan(&site, &fits, &records);
    let shown = show(&site, &fits, &planned);
    assert_snapshot!(only(&shown, &["2026-03"]), @"2026-03 east 11:costs:18, 9:costs:18, -, -");
}

#[test]
fn a_notice_that_became_short_leaves_its_second_slot() {
    let text = "today 2026-03-02
         board east 2 slots repeat=1
         poster costs neighbours posting=2026-03-09..2026-03-18";
    assert_snapshot!(with_costs_in(text, &["1", "2"]), @"2026-03 east 9:costs:18, -");
}

#[test]
fn what_must_hang_comes_before_several_sheets_that_may() {
    let plan = plan_text(
        "board east 2 slots repeat=1
         poster a neighbours from=2026-03-01 to=2026-03-31
         poster b neighbours from=2026-03-01 to=2026-03-31 everywhere
         several a east 2",
    );
    assert_snapshot!(only(&plan, &["2026-03"]), @"2026-03 east b, -");
}

#[test]
fn a_published_notice_of_two_sheets_keeps_its_slots() {
    let text = "today 2026-03-02
         board east 4 slots repeat=1
         poster bins sorting
         poster costs neighbours posting=2026-03-09..2026-03-18
         several costs east 2";
    assert_snapshot!(with_costs_in(text, &["3", "4"]), @"2026-03 east bins, -, 9:costs:18, 9:costs:18");
}

/// What is published from 1 to 31 March, by slots of the board east.
fn published(slots: &[(&str, &str)]) -> Records {
    let hanging = |(slot, poster): &(&str, &str)| Hanging {
        board: "east".into(),
        slot: (*slot).into(),
        from: date("2026-03-01"),
        to: date("2026-03-31"),
        poster: (*poster).into(),
        origin: Origin::Published,
    };
    Records {
        published: Some(Published {
            hangings: slots.iter().map(hanging).collect(),
            gone: Vec::new(),
        }),
        ..Records::default()
    }
}

const FULL: &str = "today 2026-03-11
     board east 3 slots repeat=1
     poster bins sorting
     poster lamps energy
     poster taps water
     poster costs neighbours from=2026-03-11 to=2026-03-18
     several costs east 2";

#[test]
fn an_urgent_notice_of_two_sheets_gets_two_slots_side_by_side() {
    let (mut site, fits) = site(FULL);
    // By itself it is worth no change of what is published.
    site.settings.rotation.weights.notice = 0;
    let records = published(&[("1", "bins"), ("2", "lamps"), ("3", "taps")]);
    let found = insertion(&site, &fits, &records, "costs").value;
    let found = found.expect("it has days left");
    assert_snapshot!(text::insertion(&text::Spoken::of(&site), &found), @"
    east第1格  《costs》 03-11–03-18，取下《bins》
    east第2格  《costs》 03-11–03-18，取下《lamps》
    新挂 2 处，为它取下 2 张，别的都不动
    ");
    let lock = found.published.iter().map(|it| {
        let Hanging {
            slot,
            from,
            to,
            poster,
            ..
        } = it;
        format!("{slot} {from}..{to} {poster}")
    });
    assert_snapshot!(lock.collect::<Vec<_>>().join("\n"), @"
    1 2026-03-01..2026-03-10 bins
    1 2026-03-11..2026-03-18 costs
    2 2026-03-01..2026-03-10 lamps
    2 2026-03-11..2026-03-18 costs
    3 2026-03-01..2026-03-31 taps
    ");
    // Asked once more, it is there.
    let records = Records {
        published: Some(Published {
            hangings: found.published,
            gone: Vec::new(),
        }),
        ..Records::default()
    };
    let again = insertion(&site, &fits, &records, "costs").value;
    let again = again.expect("it has days left");
    assert_eq!(again.hangings.len(), 2);
    assert!(again.hangings.iter().all(|it| it.was_planned));
}

#[test]
fn an_urgent_notice_that_grew_takes_what_it_wants_beside_its_sheet() {
    let (site, fits) = site(FULL);
    let mut records = published(&[("1", "bins"), ("2", "lamps"), ("3", "costs")]);
    if let Some(published) = &mut records.published {
        published.hangings[2].from = date("2026-03-09");
        published.hangings[2].to = date("2026-03-18");
    }
    let found = insertion(&site, &fits, &records, "costs").value;
    let found = found.expect("it has days left");
    assert_snapshot!(text::insertion(&text::Spoken::of(&site), &found), @"
    east第2格  《costs》 03-11–03-18，取下《lamps》
    新挂 1 处，为它取下 1 张，别的都不动
    ");
}

#[test]
fn a_posting_that_grew_while_it_hangs_pushes_an_evergreen_aside() {
    let (site, fits) = site(
        "today 2026-03-11
         board east 2 slots repeat=1
         poster bins sorting
         poster costs neighbours posting=2026-03-09..2026-03-18
         several costs east 2",
    );
    let mut records = published(&[("1", "bins"), ("2", "costs")]);
    if let Some(published) = &mut records.published {
        published.hangings[1].from = date("2026-03-09");
        published.hangings[1].to = date("2026-03-18");
    }
    let planned = plan(&site, &fits, &records);
    let shown = show(&site, &fits, &planned);
    assert_snapshot!(only(&shown, &["2026-03"]), @"
    2026-03 east bins:10 11:costs:18 19:bins, 9:costs:18
    G412 “costs”从 2026-03-11 挂到 2026-03-18，加在原来的安排中间：east第1格（先取下《bins》，2026-03-19 挂回去）
    ");
}

/// Plans `text` with the poster `costs` pinned in a slot of the board east.
fn pinned(text: &str, slot: &str) -> String {
    let (site, fits) = site(text);
    let records = Records {
        changes: vec![Instruction {
            kind: Kind::Pin,
            poster: Some("costs".into()),
            board: Some("east".into()),
            slot: Some(slot.into()),
            from: date("2026-03-09"),
            to: date("2026-03-18"),
            by: None,
            note: None,
            span: None,
        }],
        ..Records::default()
    };
    let planned = plan(&site, &fits, &records);
    only(&show(&site, &fits, &planned), &["2026-03"])
}

#[test]
fn where_one_sheet_is_pinned_the_others_hang_beside_it() {
    let text = "today 2026-03-02
         board east 4 slots repeat=1
         poster costs neighbours posting=2026-03-09..2026-03-18
         several costs east 2";
    assert_snapshot!(pinned(text, "3"), @"2026-03 east -, 9:costs:18, 9:costs:18, -");
    let full = "today 2026-03-02
         board east 2 slots repeat=1
         poster a neighbours posting=2026-03-01..2026-03-31
         poster costs neighbours posting=2026-03-09..2026-03-18
         several costs east 2";
    assert_snapshot!(pinned(full, "2"), @"
    2026-03 east a, 9:costs:18
    G401 “costs”要在2026年3月挂上east，但是挂不上：一张排不下，要 2 张挨着挂，挨着的 2 格在那几天没有都空出来
    G414 《costs》钉在east第2格，可是那一格放不下它，或者它不挂那里
    ");
}

#[test]
fn one_slot_holds_now_the_one_sheet_and_now_the_other() {
    let (site, _) = site(
        "board east 3 slots repeat=1
         poster costs neighbours posting=2026-03-09..2026-03-18
         several costs east 2",
    );
    let mut plan = plan_of(
        "east/1 2026-03-01..2026-03-05 costs
         east/2 2026-03-01..2026-03-05 costs
         east/2 2026-03-06..2026-03-20 costs
         east/3 2026-03-08..2026-03-18 costs",
    );
    // It hung: the second sheet was late.
    for hanging in &mut plan.hangings {
        hanging.origin = Origin::Ledger;
    }
    let portions = plan.portions(&site);
    let which = |hanging| portions.of(hanging).map(|it| (it.number, it.of));
    let which: Vec<_> = plan.hangings.iter().map(which).collect();
    assert_eq!(
        which,
        [Some((1, 2)), Some((2, 2)), Some((1, 2)), Some((2, 2))]
    );
    // Another sheet hangs in the slot, so that somebody has to change it.
    let carriage = Carriage::new(&site, &plan);
    assert_eq!(carriage.stays.len(), 4);
    let prints = carriage.prints(date("2026-03-01"), date("2026-03-31"));
    assert_eq!(
        prints.iter().map(|it| it.copies).collect::<Vec<_>>(),
        [1, 1]
    );
}

#[test]
fn the_one_sheet_of_a_notice_that_grew_comes_down_for_a_new_one() {
    let (site, _) = site(
        "board east 2 slots repeat=1
         poster costs neighbours posting=2026-03-09..2026-03-18
         several costs east 2",
    );
    // On the 11th it took two.
    let mut plan = plan_of(
        "east/1 2026-03-09..2026-03-18 costs
         east/2 2026-03-11..2026-03-18 costs",
    );
    let prints = |plan: &Plan| {
        let carriage = Carriage::new(&site, plan);
        let prints = carriage.prints(date("2026-03-10"), date("2026-03-31"));
        let prints = prints.iter().map(|it| it.kind.portion.map(|it| it.number));
        let changes = carriage.within(date("2026-03-11"), date("2026-03-11"));
        let moved = changes.map(|it| (it.down.len(), it.up.len(), it.stays.len()));
        (prints.collect::<Vec<_>>(), moved.collect::<Vec<_>>())
    };
    let anew = (vec![Some(1), Some(2)], vec![(1, 2, 0)]);
    for origin in [Origin::Planned, Origin::Published] {
        plan.hangings[0].origin = origin;
        assert_eq!(prints(&plan), anew);
    }
    // By the ledger it hangs: with the text of today it is the first of the two, and the second was late.
    plan.hangings[0].origin = Origin::Ledger;
    assert_eq!(prints(&plan), (vec![Some(2)], vec![(0, 1, 1)]));
    plan.changed = [("east".into(), "1".into(), date("2026-03-09"))].into();
    assert_eq!(prints(&plan), anew);
}

#[test]
fn only_the_sheet_that_was_torn_is_printed_again() {
    let (site, _) = site(
        "board east 2 slots repeat=1
         poster costs neighbours posting=2026-03-09..2026-03-18
         several costs east 2",
    );
    let mut plan = plan_of(
        "east/1 2026-03-09..2026-03-18 costs
         east/2 2026-03-09..2026-03-18 costs",
    );
    plan.lost.push(ledger::Lost {
        poster: "costs".into(),
        board: Some("east".into()),
        slot: Some("2".into()),
        size: None,
        copies: 1,
        on: date("2026-03-11"),
    });
    let carriage = Carriage::new(&site, &plan);
    let prints = carriage.prints(date("2026-03-01"), date("2026-03-31"));
    let prints = prints
        .iter()
        .map(|it| (it.kind.portion.map(|it| it.number), it.copies));
    assert_eq!(prints.collect::<Vec<_>>(), [(Some(1), 1), (Some(2), 2)]);
}

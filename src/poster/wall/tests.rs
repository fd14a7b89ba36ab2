//! The wall rule on small walls.

use jiff::civil::{Date, date};

use super::solve::cheapest;
use super::{Fault, Hung, HungSheet, Manner, designs};
use crate::rotation::{Hanging, Origin, Plan};
use crate::site::Site;
use crate::typeset::testing::{TestSite, fresh};
use crate::typeset::{Design, Ground, Shade};

#[test]
fn neighbours_differ_where_there_is_a_choice() {
    let wish = vec![(0, 0), (1, 1), (2, 2)];
    let wishes = [wish.clone(), wish.clone(), wish.clone(), Vec::new()];
    let found = cheapest(&wishes, &[(0, 1), (1, 2)], 10, &|_| 0);
    assert_eq!(found, [Some(0), Some(1), Some(0), None]);
    let found = cheapest(&wishes, &[(0, 1), (1, 2), (0, 2)], 10, &|_| 0);
    assert_eq!(found, [Some(0), Some(1), Some(2), None]);
}

#[test]
fn what_is_wanted_of_the_whole_counts() {
    let wish = vec![(0, 0), (1, 1)];
    let one_of_each = |chosen: &[Option<u8>]| if chosen.contains(&Some(1)) { 0 } else { 5 };
    assert_eq!(
        cheapest(&[wish.clone(), wish], &[], 10, &one_of_each),
        [Some(0), Some(1)]
    );
}

#[test]
fn what_hangs_already_stays() {
    let wish = vec![(0, 0), (1, 3)];
    assert_eq!(
        cheapest(&[vec![(0, 0)], wish], &[(0, 1)], 10, &|_| 0),
        [Some(0), Some(1)]
    );
}

#[test]
fn twelve_sheets_of_many_grounds_are_quick() {
    let wishes: Vec<Vec<(u8, u32)>> = (0..12u32)
        .map(|sheet| {
            (0..14u8)
                .map(|name| (name, (u32::from(name) * 7 + sheet * 5) % 9))
                .collect()
        })
        .collect();
    let near: Vec<_> = (0..11)
        .map(|at| (at, at + 1))
        .chain((0..6).map(|at| (at, at + 6)))
        .collect();
    let found = cheapest(&wishes, &near, 32, &|_| 0);
    assert!(near.iter().all(|(a, b)| found[*a] != found[*b]));
}

/// A page in a slot of the gate for a month.
fn hangs(poster: &str, slot: &str, from: Date, origin: Origin) -> Hanging {
    Hanging {
        board: "gate".to_owned(),
        slot: slot.to_owned(),
        from,
        to: from.last_of_month(),
        poster: format!("living/{poster}"),
        origin,
    }
}

fn site() -> Site {
    let guide = "topics: [water]\nposter: { layout: guide }";
    let public = "kind: 公示\ndate: 2026-11-01\nobjections: 居委会\n\
        poster: { layout: notice, posting: 2026-11-03 to 2026-11-12 }";
    let steps = "1. 看。\n2. 等。";
    TestSite::with_gate()
        .page("leak", guide, steps)
        .page("tap", guide, steps)
        .page("bath", guide, steps)
        .page("costs", public, "花了九万元。")
        .build()
}

fn made(site: &Site, hangings: &[Hanging]) -> Vec<(String, Design)> {
    let plan = Plan {
        hangings: hangings.to_vec(),
        ..Plan::default()
    };
    let designs = designs(site, &plan, fresh().theme());
    designs
        .into_iter()
        .map(|((page, _), design)| (page, design))
        .collect()
}

#[test]
fn neighbours_share_neither_skeleton_nor_ground_and_one_is_dark_and_one_bright() {
    let day = date(2026, 11, 1);
    let hangings = [
        hangs("leak", "1", day, Origin::Planned),
        hangs("tap", "2", day, Origin::Planned),
    ];
    let found = made(&site(), &hangings);
    let [(_, one), (_, other)] = &found[..] else {
        panic!("{found:?}");
    };
    assert!(one.skeleton != other.skeleton && one.ground != other.ground);
    let grounds = Ground::all(&fresh().theme().tokens);
    let mut shades = [one, other].map(|it| grounds[usize::from(it.ground)].shade);
    shades.sort_unstable();
    assert_eq!(shades, [Shade::Bright, Shade::Dark]);
}

#[test]
fn official_notices_stay_on_white_paper() {
    let hangings = [hangs("costs", "1", date(2026, 11, 1), Origin::Planned)];
    let found = made(&site(), &hangings);
    let grounds = Ground::all(&fresh().theme().tokens);
    let [(_, design)] = &found[..] else {
        panic!("{found:?}");
    };
    assert!(grounds[usize::from(design.ground)].is_quiet());
    let skeleton = &fresh().theme().skeletons()[usize::from(design.skeleton)];
    assert!(super::offer::OFFICIAL.contains(&skeleton.as_str()));
}

#[test]
fn what_hung_keeps_its_design_whatever_is_planned() {
    let site = site();
    let hung = hangs("leak", "1", date(2026, 11, 1), Origin::Ledger);
    let before = made(&site, std::slice::from_ref(&hung));
    let later = date(2026, 12, 1);
    let all = [
        hung,
        hangs("leak", "1", later, Origin::Planned),
        hangs("tap", "2", later, Origin::Planned),
        hangs("bath", "2", date(2027, 1, 1), Origin::Planned),
    ];
    let after = made(&site, &all);
    assert_eq!(after.len(), 3);
    let of = |found: &[(String, Design)]| found.iter().find(|it| it.0 == "living/leak").cloned();
    assert_eq!(of(&before), of(&after));
}

#[test]
fn nothing_is_said_of_shades_beside_a_finished_file_whose_colours_nobody_knows() {
    let theme = fresh().theme();
    let grounds = Ground::all(&theme.tokens);
    let white = grounds.iter().position(|it| it.shade == Shade::White);
    let sheet = |page: &str, skeleton: u8, manner: Manner| HungSheet {
        page: page.to_owned(),
        slot: page.to_owned(),
        design: (manner == Manner::Free).then(|| Design {
            skeleton,
            ground: white
                .and_then(|at| u8::try_from(at).ok())
                .expect("one is white"),
        }),
        skeletons: Vec::new(),
        grounds: Vec::new(),
        is_settled: false,
        manner,
        layout: "guide".to_owned(),
    };
    let faults_beside = |manner: Manner| {
        let hung = Hung {
            board: "gate".to_owned(),
            from: date(2026, 11, 1),
            to: date(2026, 11, 30),
            sheets: vec![
                sheet("leak", 0, Manner::Free),
                sheet("tap", 1, Manner::Free),
                sheet("brought", 0, manner),
            ],
            near: Vec::new(),
            glass: false,
        };
        hung.faults(theme)
    };
    let own = faults_beside(Manner::Plain);
    assert_eq!(own, [Fault::White(3), Fault::NoDark, Fault::NoBright]);
    assert_eq!(faults_beside(Manner::Finished), [Fault::White(2)]);
}

//! Rules that hold on random sites, whatever the order of files and however much was published.

use std::fmt::Write as _;

use proptest::prelude::*;

use crate::calendar::{Cadence, Period};
use crate::diag::{Code, Diagnostics, Language, SitePath, Source};
use crate::rotation::ledger::{self, Event};
use crate::rotation::testing::{date, plan, site};
use crate::rotation::{Hanging, Origin, Published, Records, Wish, check, proposal};

/// One random poster's line.
pub(super) fn any_poster(number: usize) -> impl Strategy<Value = String> {
    let day = 1..=28_u32;
    let when = prop_oneof![
        5 => Just(String::new()),
        2 => (1..=12_u32, day.clone(), 1..=70_i64).prop_map(|(month, day, days)| {
            let (from, to) = from_to(month, day, days);
            format!("from={from} to={to}")
        }),
        1 => (1..=12_u32, day.clone(), 3..=20_i64).prop_map(|(month, day, days)| {
            let (from, to) = from_to(month, day, days);
            format!("posting={from}..{to}")
        }),
        1 => (1..=12_u32, day).prop_map(|(month, day)| format!("from=2026-{month:02}-{day:02}")),
    ];
    let everywhere = prop_oneof![6 => Just(""), 1 => Just("everywhere"), 1 => Just("boards=b0")];
    (0..6_usize, when, everywhere, 0..4_u8).prop_map(move |(topic, when, everywhere, priority)| {
        let topic = if topic == 0 {
            "-".to_owned()
        } else {
            format!("t{topic}")
        };
        format!("poster p{number:02} {topic} {when} {everywhere} priority={priority}")
    })
}

fn from_to(month: u32, day: u32, days: i64) -> (jiff::civil::Date, jiff::civil::Date) {
    let from = date(&format!("2026-{month:02}-{day:02}"));
    (from, from + jiff::ToSpan::days(days - 1))
}

pub(super) fn any_site() -> impl Strategy<Value = Vec<String>> {
    let board = (
        1..5_usize,
        prop::sample::select(vec!["", "fortnight", "week screen"]),
        0..4_u8,
    );
    let boards = prop::collection::vec(board, 1..4).prop_map(|boards| {
        let line = |(at, (slots, kind, repeat)): (usize, (usize, &str, u8))| {
            format!("board b{at} {slots} slots {kind} repeat={repeat} fixed=4")
        };
        boards.into_iter().enumerate().map(line).collect::<Vec<_>>()
    });
    let posters = (1..18_usize).prop_flat_map(|n| (0..n).map(any_poster).collect::<Vec<_>>());
    let misfit = (0..18_usize, 0..3_usize, 1..5_usize)
        .prop_map(|(poster, board, slot)| format!("misfit p{poster:02} b{board} {slot}"));
    let misfits = prop::collection::vec(misfit, 0..25);
    let several = (0..18_usize, 0..3_usize, 2..4_usize)
        .prop_map(|(poster, board, n)| format!("several p{poster:02} b{board} {n}"));
    let several = prop::collection::vec(several, 0..4);
    let today = (1..=12_u32).prop_map(|month| vec![format!("today 2026-{month:02}-10")]);
    let all = (boards, posters, misfits, several, today);
    all.prop_map(|(boards, posters, misfits, several, today)| {
        [
            today,
            boards,
            posters,
            misfits,
            several,
            vec!["campaign t1 2026-04-01..2026-04-30".into()],
        ]
        .concat()
    })
}

proptest! {
    #![proptest_config(crate::rotation::testing::tried(300))]

    /// A topic serves a board in `repeat_after + 1` periods running as often as it has guides,
    /// and at most once in each; so many slots can be filled, and must be, for ever.
    #[test]
    fn no_slot_is_empty_where_guides_suffice(
        guides in prop::collection::vec(prop::collection::vec(0..4_u8, 1..6), 1..9),
        repeat in 0..4_usize,
        screen in prop::bool::ANY,
    ) {
        let window = repeat + 1;
        let supply: usize = guides.iter().map(|topic| topic.len().min(window)).sum();
        let slots = supply / window;
        prop_assume!(slots > 0);
        let kind = if screen { "week screen" } else { "" };
        let mut text = format!("board east {slots} slots {kind} repeat={repeat}\ncampaign t0 2026-04-01..2026-05-15\n");
        for (topic, priorities) in guides.iter().enumerate() {
            for (guide, priority) in priorities.iter().enumerate() {
                writeln!(text, "poster p{topic}{guide} t{topic} priority={priority}").expect("a text takes all");
            }
        }
        let (site, fits) = site(&text);
        let plan = plan(&site, &fits, &Records::default()).value;
        prop_assert_eq!(check::empty_slots(&site, &plan), []);
    }
}

proptest! {
    #![proptest_config(crate::rotation::testing::tried(400))]

    #[test]
    fn no_hard_rule_is_ever_broken(lines in any_site()) {
        let (site, fits) = site(&lines.join("\n"));
        let planned = plan(&site, &fits, &Records::default());
        prop_assert_eq!(check::breaches(&site, &fits, &planned.value), [""; 0]);
        let refused: Vec<(String, String)> = planned
            .diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.code == Code::CannotHang)
            .map(|diagnostic| {
                let word = |name| diagnostic.args.iter().find(|(known, _)| *known == name);
                let word = |name| {
                    let value = word(name).map(|(_, value)| value.say(Language::Chinese));
                    value.unwrap_or_default()
                };
                (word("poster"), word("board"))
            })
            .collect();
        for (poster, board) in check::unmet(&site, &fits, &planned.value) {
            let page = site.page(&poster).expect("a page");
            let posting = page.notice.as_ref().and_then(|notice| notice.posting);
            let past = posting.map(|posting| posting.last).or(page.expires);
            let past = past.is_some_and(|last| last < site.today);
            let said = refused.iter().any(|(known, at)| {
                *known == poster && (*at == board || posting.is_some())
            });
            prop_assert!(past || said, "{} on {} unmet in silence", poster, board);
        }
    }

    #[test]
    fn shuffled_input_gives_an_equal_plan(
        (lines, shuffled) in any_site().prop_flat_map(|lines| {
            (Just(lines.clone()), Just(lines).prop_shuffle())
        })
    ) {
        let (one, fits) = site(&lines.join("\n"));
        let (mut other, other_fits) = site(&shuffled.join("\n"));
        for board in &mut other.boards {
            board.order = one.board(&board.id).expect("the same boards").order;
        }
        other.pages.reverse();
        let plan_of_one = plan(&one, &fits, &Records::default()).value;
        let plan_of_other = plan(&other, &other_fits, &Records::default()).value;
        prop_assert_eq!(plan_of_one, plan_of_other);
    }

    #[test]
    fn a_plan_published_in_part_is_kept_and_breaks_no_rule(lines in any_site(), part in 0..7_usize) {
        let (site, fits) = site(&lines.join("\n"));
        let first = plan(&site, &fits, &Records::default()).value;
        let mut hangings = first.hangings.clone();
        let mut at = 0;
        hangings.retain(|_| { at += 1; at % 7 < part });
        for hanging in &mut hangings {
            hanging.origin = Origin::Published;
        }
        let records = Records {
            ledger: Vec::new(),
            published: Some(Published { hangings: hangings.clone(), ..Published::default() }),
            diary: crate::rotation::diary::Diary::default(),
            changes: Vec::new(),
        };
        let second = plan(&site, &fits, &records).value;
        prop_assert_eq!(check::breaches(&site, &fits, &second), [""; 0]);
        // What is published stays but for what must hang.
        for old in &hangings {
            let gave_way = second.hangings.iter().any(|it| {
                let place = it.board == old.board && it.slot == old.slot;
                it.origin == Origin::Planned && place && it.from <= old.to && old.from <= it.to
            });
            // It may hang on for longer.
            let stays = second.hangings.iter().any(|it| {
                it.to >= old.to && *it == Hanging { to: it.to, ..old.clone() }
            });
            prop_assert!(gave_way || stays, "{old:?}");
        }
    }
}

proptest! {
    #![proptest_config(crate::rotation::testing::tried(60))]

    /// What is planned and published, all of it or a month, stays what it was, and so does the
    /// rest; with a ledger of what hung so far, or without one.
    #[test]
    fn publishing_moves_nothing(
        lines in any_site(),
        month in prop::option::of(0..3_i32),
        has_ledger in prop::bool::ANY,
    ) {
        let (site, fits) = site(&lines.join("\n"));
        let month = month.map(|ahead| {
            let day = site.today + jiff::ToSpan::months(ahead);
            Period::containing(Cadence::Month, day)
        });
        let first = crate::rotation::plan(&site, &fits, &Records::default()).value;
        let hung = first.hangings.iter().filter(|it| has_ledger && it.from <= site.today);
        let before = Records {
            ledger: ledger_of(hung),
            ..Records::default()
        };
        let proposed = proposal(&site, &fits, &before, Wish::AsItIs(month)).value;
        let records = Records {
            published: Some(Published { hangings: proposed.published, ..Published::default() }),
            ..before
        };
        let to_come = |hangings: &[Hanging]| -> Vec<Hanging> {
            let later = hangings.iter().filter(|it| site.today <= it.to);
            later.map(|it| Hanging { origin: Origin::Planned, ..it.clone() }).collect()
        };
        let after = crate::rotation::plan(&site, &fits, &records).value;
        prop_assert_eq!(to_come(&after.hangings), to_come(&proposed.plan.hangings));
    }
}

/// Returns a ledger that says of each that it hung.
fn ledger_of<'a>(hung: impl Iterator<Item = &'a Hanging>) -> Vec<Event> {
    let mut text = String::from("format: 1\nevents:\n");
    for (n, it) in hung.enumerate() {
        writeln!(
            text,
            "- {{v: 1, id: e{n}, kind: hung, board: {}, slot: \"{}\", poster: {}, from: {}, to: {}}}",
            it.board, it.slot, it.poster, it.from, it.to
        )
        .expect("a text takes all");
    }
    if text.ends_with("events:\n") {
        return Vec::new();
    }
    let file = Source::new(SitePath::fixed("ledger/2026-01.yaml"), text);
    let mut diagnostics = Diagnostics::default();
    let events = ledger::parse(&file, &mut diagnostics);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    events
}

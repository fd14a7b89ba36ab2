//! Random edits of published plans: no rule is broken, and what changed has its reason.

use proptest::prelude::*;

use super::properties::any_site;
use crate::measure::Fits;
use crate::rotation::instructions::{Instruction, Kind};
use crate::rotation::testing::{date, plan, site};
use crate::rotation::{Hanging, Origin, Published, Records, check};
use crate::site::Site;

/// One late page: urgent, a notice or a public notice.
pub(super) fn any_late() -> impl Strategy<Value = (u8, i64, i64, u8)> {
    (0..4_u8, 0..60_i64, 1..30_i64, 0..4_u8)
}

/// One line of the changes, by numbers.
pub(super) type AnyChange = (u8, usize, usize, usize, i64, i64);

/// One line of the changes, by numbers.
pub(super) fn any_change() -> impl Strategy<Value = AnyChange> {
    (
        0..3_u8,
        0..18_usize,
        0..3_usize,
        1..5_usize,
        0..60_i64,
        1..40_i64,
    )
}

/// Returns the lines of late pages.
pub(super) fn late_lines(site: &Site, late: &[(u8, i64, i64, u8)]) -> Vec<String> {
    let day = |ahead: i64| site.today + jiff::ToSpan::days(ahead);
    let line = |(n, (kind, ahead, days, priority)): (usize, &(u8, i64, i64, u8))| {
        let (from, to) = (day(*ahead), day(ahead + days));
        match kind {
            0 => format!("poster z{n} t1 from={from} to={to} urgent"),
            1 => format!("poster z{n} t2 posting={from}..{to}"),
            2 => format!("poster z{n} t1 from={from} to={to} everywhere"),
            _ => format!("poster z{n} t3 from={from} to={to} priority={priority}"),
        }
    };
    late.iter().enumerate().map(line).collect()
}

/// Returns what staff decide otherwise, where there are such a poster and slot.
pub(super) fn instruction(
    site: &Site,
    fits: &Fits,
    (kind, poster, board, slot, ahead, days): &AnyChange,
) -> Option<Instruction> {
    let board = format!("b{board}");
    let poster = format!("p{poster:02}");
    let known =
        site.page(&poster)?.poster.is_some() && fits.fits(&poster, &board, &slot.to_string());
    let slot = known.then(|| slot.to_string())?;
    let kind = [Kind::Pin, Kind::Off, Kind::Closed][usize::from(*kind)];
    let day = |ahead: i64| site.today + jiff::ToSpan::days(ahead);
    Some(Instruction {
        kind,
        poster: (kind != Kind::Closed).then_some(poster),
        board: Some(board),
        slot: (kind != Kind::Off).then_some(slot),
        from: day(*ahead),
        to: day(ahead + days),
        by: None,
        note: None,
        span: None,
    })
}

proptest! {
    #![proptest_config(crate::rotation::testing::tried(200))]

    #[test]
    fn edits_after_publishing_break_no_rule_and_move_nothing_without_reason(
        lines in any_site(),
        late in prop::collection::vec(any_late(), 0..4),
        changes in prop::collection::vec(any_change(), 0..3),
    ) {
        let (before, fits) = site(&lines.join("\n"));
        let first = plan(&before, &fits, &Records::default()).value;
        let published: Vec<Hanging> = first
            .hangings
            .iter()
            .map(|it| Hanging { origin: Origin::Published, ..it.clone() })
            .collect();
        let lines: Vec<String> = (lines.iter().cloned()).chain(late_lines(&before, &late)).collect();
        let (after, fits) = site(&lines.join("\n"));
        let changes = changes.iter().filter_map(|it| instruction(&after, &fits, it));
        let changes: Vec<Instruction> = changes.collect();
        let records = Records {
            published: Some(Published { hangings: published.clone(), ..Published::default() }),
            changes: changes.clone(),
            ..Records::default()
        };
        let second = plan(&after, &fits, &records).value;
        prop_assert_eq!(check::breaches(&after, &fits, &second), [""; 0]);
        for old in &published {
            // It may hang on for longer.
            let stays = second.hangings.iter().any(|it| {
                it.to >= old.to && *it == Hanging { to: it.to, ..old.clone() }
            });
            if old.to < date("2026-01-01") || stays {
                continue;
            }
            let meets = |from, to| old.from <= to && from <= old.to;
            let by_page = second.hangings.iter().any(|it| {
                it.poster.starts_with('z') && it.board == old.board && it.slot == old.slot && meets(it.from, it.to)
            });
            let by_staff = changes.iter().any(|it| {
                it.board.as_ref() == Some(&old.board) && meets(it.from, it.to)
            });
            prop_assert!(by_page || by_staff, "{old:?} moved without a reason");
        }
    }
}

//! The sample community: no error and no warning in any month, and a plan that breaks no rule.

use std::path::Path;

use greenboard::cache::Cache;
use greenboard::calendar::{Cadence, Period};
use greenboard::diag::{Diagnostics, Severity};
use greenboard::measure::{Fits, measure};
use greenboard::read::{DiskInputs, read};
use greenboard::rotation::{self, Plan, Records};
use greenboard::site::{Page, Site, site};
use greenboard::theme::Theme;
use greenboard::typeset::Engine;
use jiff::civil::Date;

/// The sample as it is understood on `today`, with its fits and its plan.
struct Planned {
    site: Site,
    fits: Fits,
    plan: Plan,
    diagnostics: Diagnostics,
}

fn planned(today: Date, cache: &Cache) -> Planned {
    let inputs = DiskInputs::new(Path::new(env!("CARGO_MANIFEST_DIR")), Some(today));
    let tree = read(&inputs);
    let mut diagnostics = tree.diagnostics;
    let tree = tree.value.expect("the sample has settings");
    let understood = site(&tree);
    diagnostics.extend(understood.diagnostics);
    let site = understood.value;
    let theme = Theme::load(&site.settings, &tree.theme_files, &mut diagnostics);
    let engine = Engine::new(theme.into());
    let fits = measure(&site, &engine, cache, rotation::planned_days(today));
    diagnostics.extend(fits.diagnostics);
    let fits = fits.value;
    let records = Records::read(&tree, &site);
    diagnostics.extend(records.diagnostics);
    let plan = rotation::plan(&site, &fits, &records.value);
    diagnostics.extend(plan.diagnostics);
    Planned {
        site,
        fits,
        plan: plan.value,
        diagnostics,
    }
}

#[test]
fn any_month_of_three_years_is_without_error_and_warning() {
    let cache = Cache::default();
    let mut month = Period::containing(Cadence::Month, Date::constant(2026, 1, 1));
    while month.first() < Date::constant(2029, 1, 1) {
        let Planned {
            diagnostics,
            site,
            fits,
            plan,
        } = planned(month.first(), &cache);
        let grave = |severity: Severity| severity != Severity::Note;
        let said: Vec<_> = diagnostics.iter().filter(|d| grave(d.severity())).collect();
        assert!(said.is_empty(), "{month}: {said:#?}");
        assert_eq!(
            rotation::check::breaches(&site, &fits, &plan),
            Vec::<String>::new(),
            "{month}"
        );
        month = month.next();
    }
}

/// Recomputes the hard rules from the hangings alone, with none of the planner's code.
#[test]
fn the_plan_for_2026_breaks_no_hard_rule() {
    let Planned {
        site, fits, plan, ..
    } = planned(Date::constant(2026, 11, 23), &Cache::default());
    assert!(
        plan.hangings.len() > 150,
        "{} hangings",
        plan.hangings.len()
    );
    for hanging in &plan.hangings {
        let page = site.page(&hanging.poster).expect("its page exists");
        let board = site.board(&hanging.board).expect("its board exists");
        let slot = board.slot(&hanging.slot).expect("its slot exists");
        let wish = page.poster.as_ref().expect("it is a poster");
        let what = format!("{hanging:?}");
        assert!(hanging.from <= hanging.to, "{what}: days in order");
        assert!(slot.fixed.is_none(), "{what}: a fixed slot is touched");
        assert!(
            fits.fits(&page.id, &board.id, &slot.id),
            "{what}: it does not fit"
        );
        assert!(
            wish.boards.is_empty() || wish.boards.iter().any(|id| id.value == board.id),
            "{what}: wrong board"
        );
        assert!(
            page.date.is_none_or(|date| date <= hanging.from),
            "{what}: before its time"
        );
        // What did hang may have come down late; nobody plans it so.
        let hung = hanging.origin == rotation::Origin::Ledger;
        assert!(
            hung || page.expires.is_none_or(|last| hanging.to <= last),
            "{what}: after its last day"
        );
        for other in plan
            .hangings
            .iter()
            .filter(|other| *other != hanging && other.board == hanging.board)
        {
            let together = other.from <= hanging.to && hanging.from <= other.to;
            assert!(
                !(together && other.slot == hanging.slot),
                "{what} and {other:?} share a slot"
            );
            assert!(
                !(together && other.poster == hanging.poster),
                "{what} hangs twice"
            );
            let other_page = site.page(&other.poster).expect("its page exists");
            let exempt = !is_guide(page) || !is_guide(other_page);
            let same_topic = page.topic().is_some() && page.topic() == other_page.topic();
            assert!(
                !(together && same_topic && !exempt),
                "{what} and {other:?} share a topic"
            );
            if other.poster == hanging.poster && hanging.to < other.from {
                let left = Period::containing(board.cadence, hanging.to);
                let between = (0..=board.repeat_after).scan(left, |period, _| {
                    *period = period.next();
                    Some(*period)
                });
                let soonest = between.last().expect("there is a next period").first();
                assert!(soonest <= other.from, "{what} returns too soon: {other:?}");
            }
        }
    }
}

/// Tells whether a page is no notice: nothing ends it within two months.
fn is_guide(page: &Page) -> bool {
    let span = page.date.zip(page.last_day());
    !page.is_public_notice() && span.is_none_or(|(from, to)| (to - from).get_days() >= 62)
}

/// Public notices hang for the whole of their posting period on a board that they name.
#[test]
fn posting_periods_are_kept_to_the_day() {
    let Planned { site, plan, .. } = planned(Date::constant(2026, 11, 23), &Cache::default());
    let mut n_notices = 0;
    for page in &site.pages {
        let posting = page.notice.as_ref().and_then(|notice| notice.posting);
        let Some((posting, _)) = posting.zip(page.poster.as_ref()) else {
            continue;
        };
        let covers = plan
            .of_poster(&page.id)
            .any(|hanging| hanging.from <= posting.first && posting.last <= hanging.to);
        assert!(
            covers,
            "{} does not hang from {} to {}",
            page.id, posting.first, posting.last
        );
        n_notices += 1;
    }
    assert!(n_notices >= 8, "only {n_notices} public notices");
}

/// A month without notices of its own is carried by evergreens: no slot stays empty. What is past
/// is not planned any more, for the sample keeps a ledger.
#[test]
fn evergreens_carry_the_boards_where_there_are_no_notices() {
    let Planned { site, plan, .. } = planned(Date::constant(2028, 3, 1), &Cache::default());
    for board in &site.boards {
        let to_come = |period: &Period| period.last() >= site.today;
        for period in plan.periods(&site, &board.id).into_iter().filter(to_come) {
            for slot in board.free_slots() {
                let hangs = plan.in_period(&board.id, &slot.id, period).next().is_some();
                assert!(
                    hangs,
                    "{} slot {} is empty in {period}",
                    board.title, slot.id
                );
            }
        }
    }
}

//! Plans mended after a change: by the rules, within the price, each move with its reason, and
//! nothing moves where nothing changed.

use std::cell::RefCell;
use std::io::Write as _;
use std::time::Instant;

use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use super::edits::{AnyChange, any_change, any_late, instruction, late_lines};
use super::properties::{any_poster, any_site};
use crate::diag::Diagnostics;
use crate::measure::Fits;
use crate::rotation::anneal::{self, Effort};
use crate::rotation::instructions::{Instruction, Kind};
use crate::rotation::replan::mended;
use crate::rotation::testing::{FEW, date, site, tried};
use crate::rotation::{
    Hanging, Origin, Published, Reason, Records, Replanned, Standing, check, replan,
};
use crate::site::Site;

/// How many months are tried, where `GREENBOARD_MONTHS` does not say.
const MONTHS: u32 = 8;

/// Tells a measure to whoever runs the test.
fn say(line: &str) {
    writeln!(std::io::stdout(), "{line}").expect("somebody listens");
}

/// Publishes what a plan holds of the next weeks.
fn published(site: &Site, standing: &Standing) -> Published {
    let soon = site.today + jiff::ToSpan::days(30);
    let hangings = standing.plan.hangings.iter().filter(|it| it.from <= soon);
    let hangings = hangings.map(|it| Hanging {
        origin: Origin::Published,
        ..it.clone()
    });
    Published {
        hangings: hangings.collect(),
        ..Published::default()
    }
}

/// A site after a change, its records, and how it stood.
struct Edited {
    site: Site,
    fits: Fits,
    records: Records,
    standing: Standing,
}

type Late = Vec<(u8, i64, i64, u8)>;

/// Plans and publishes, where it is to be, and edits; checks on the way that nothing moves before.
fn edited(
    lines: &[String],
    (late, changes, gone): (&Late, &[AnyChange], usize),
    (is_published, effort): (bool, Effort),
) -> Result<Edited, TestCaseError> {
    let (before, fits) = site(&lines.join("\n"));
    let mut records = Records::default();
    let mut standing = Standing::with_effort(&before, &fits, &records, effort).value;
    if is_published {
        records.published = Some(published(&before, &standing));
        standing = Standing::with_effort(&before, &fits, &records, effort).value;
    }
    let still = replan(&before, &fits, &records, &standing).value;
    prop_assert_eq!(&still.moved, &[]);
    prop_assert_eq!(still.points, 0);
    prop_assert!(still.runner_up.is_none());
    let is_gone = |line: &&String| line.starts_with(&format!("poster p{gone:02} "));
    let kept = lines.iter().filter(|line| !is_gone(line)).cloned();
    let lines: Vec<String> = kept.chain(late_lines(&before, late)).collect();
    let (site, fits) = site(&lines.join("\n"));
    let changes = changes
        .iter()
        .filter_map(|it| instruction(&site, &fits, it));
    records.changes = changes.collect();
    Ok(Edited {
        site,
        fits,
        records,
        standing,
    })
}

impl Edited {
    fn replan(&self) -> Replanned {
        replan(&self.site, &self.fits, &self.records, &self.standing).value
    }

    /// Checks what was mended: the rules, the reasons, the choice that was closest, and that
    /// mending once more moves nothing.
    fn check(&self, mended: &Replanned) -> Result<(), TestCaseError> {
        let plan = &mended.standing.plan;
        prop_assert_eq!(check::breaches(&self.site, &self.fits, plan), [""; 0]);
        self.check_staff(mended)?;
        let again = replan(&self.site, &self.fits, &self.records, &mended.standing).value;
        prop_assert_eq!(&again.moved, &[]);
        let is_reason = |it: &&crate::rotation::Moved| it.reason != Reason::Follows;
        let n_reasons = mended.moved.iter().filter(is_reason).count();
        prop_assert!(
            mended.moved.is_empty() || n_reasons > 0,
            "moved without a reason: {:?}",
            mended.moved
        );
        if let Some(second) = &mended.runner_up {
            let it = &second.chosen;
            let mut hangs = plan.of_poster(&it.poster);
            let place = (&it.board, &it.slot);
            prop_assert!(hangs.any(|own| (&own.board, &own.slot) == place), "{it:?}");
            prop_assert!(second.instead != it.poster);
        }
        Ok(())
    }

    /// Checks that what staff took off hangs nowhere, and nothing where a slot is out of use, but
    /// for what they pinned later.
    fn check_staff(&self, mended: &Replanned) -> Result<(), TestCaseError> {
        for (at, it) in self.records.changes.iter().enumerate() {
            let later = &self.records.changes[at..];
            if later.iter().any(|it| it.kind == Kind::Pin) {
                continue;
            }
            let offends = |hanging: &&Hanging| {
                let here = it.board.as_ref() == Some(&hanging.board)
                    && it.slot.as_ref().is_none_or(|slot| *slot == hanging.slot)
                    && it.poster.as_ref().is_none_or(|id| *id == hanging.poster);
                here && hanging.from <= it.to && it.from <= hanging.to
            };
            let offends = mended.standing.plan.hangings.iter().find(offends);
            prop_assert!(offends.is_none(), "{offends:?} in spite of {it:?}");
        }
        Ok(())
    }

    /// Checks that whatever moves pays its price.
    fn check_price(&self) -> Result<(), TestCaseError> {
        let none = &mut Diagnostics::default();
        let (_, solution) = mended(&self.site, &self.fits, &self.records, &self.standing, none);
        let (puzzle, choice) = (&solution.solved.puzzle, &solution.solved.assignment);
        let objective = |plan| anneal::score(&puzzle.instance, plan).objective;
        prop_assert!(objective(choice) >= objective(&puzzle.start), "at a loss");
        Ok(())
    }

    fn anew(&self) -> Standing {
        Standing::new(&self.site, &self.fits, &self.records).value
    }

    /// Returns what a plan made anew has more than the mended one, in percent.
    fn loss(&self, mended: &Replanned) -> f64 {
        let (anew, ours) = (self.anew().points(), mended.standing.points());
        100.0 * (anew - ours) as f64 / anew.abs().max(1) as f64
    }
}

proptest! {
    #![proptest_config(tried(200))]

    #[test]
    fn a_plan_that_stands_is_mended_by_the_rules(
        lines in any_site(),
        late in prop::collection::vec(any_late(), 0..3),
        changes in prop::collection::vec(any_change(), 0..3),
        gone in 0..40_usize,
        is_published in any::<bool>(),
    ) {
        let edited = edited(&lines, (&late, &changes, gone), (is_published, FEW))?;
        edited.check(&edited.replan())?;
    }
}

/// One site with a month's work on it: some boards, and more posters than have room.
fn any_large_site() -> impl Strategy<Value = Vec<String>> {
    let board = (3..6_usize, 0..4_u8);
    let boards = prop::collection::vec(board, 3..9).prop_map(|boards| {
        let boards = boards.into_iter().enumerate();
        let line = |(at, (slots, repeat))| format!("board b{at} {slots} slots repeat={repeat}");
        boards.map(line).collect::<Vec<_>>()
    });
    let posters = (30..60_usize).prop_flat_map(|n| (0..n).map(any_poster).collect::<Vec<_>>());
    let misfit = (0..60_usize, 0..8_usize, 1..6_usize)
        .prop_map(|(poster, board, slot)| format!("misfit p{poster:02} b{board} {slot}"));
    let misfits = prop::collection::vec(misfit, 0..40);
    let today = (1..=12_u32).prop_map(|month| vec![format!("today 2026-{month:02}-10")]);
    let all = (today, boards, posters, misfits);
    all.prop_map(|(today, boards, posters, misfits)| [today, boards, posters, misfits].concat())
}

/// Shows a plan, a line a hanging.
fn shown(standing: &Standing) -> String {
    let line = |it: &Hanging| {
        let Hanging {
            board,
            slot,
            from,
            to,
            poster,
            origin,
        } = it;
        format!("{board}/{slot} {from}..{to} {poster} {origin:?}")
    };
    let lines: Vec<String> = standing.plan.hangings.iter().map(line).collect();
    lines.join("\n")
}

/// What the months came to.
#[derive(Default)]
struct Sums {
    milliseconds: Vec<f64>,
    /// Of months without new notices.
    loss: Vec<f64>,
    moved: Vec<f64>,
    points: Vec<f64>,
    /// By reason, how often.
    reasons: [usize; 4],
    /// The month that lost most: how much, and what it was made of.
    worst: Option<(f64, String)>,
}

impl Sums {
    fn tell(&self) {
        let told = |name: &str, of: &[f64]| {
            let most = of.iter().copied().fold(f64::MIN, f64::max);
            let mean = of.iter().sum::<f64>() / of.len().max(1) as f64;
            say(&format!("{name:14} mean {mean:8.3}, most {most:8.3}"));
        };
        say(&format!("{} months", self.moved.len()));
        told("milliseconds", &self.milliseconds);
        told("% lost", &self.loss);
        told("moved", &self.moved);
        told("points", &self.points);
        let [staff, notices, unfit, follows] = self.reasons;
        say(&format!(
            "reasons: {staff} staff, {notices} notices, {unfit} unfit, {follows} follow"
        ));
        if let Some((loss, month)) = &self.worst {
            say(&format!("{loss:.3} % lost, the most, in\n{month}"));
        }
    }

    fn lost(&mut self, loss: f64, month: impl FnOnce() -> String) {
        self.loss.push(loss);
        if self.worst.as_ref().is_none_or(|(most, _)| loss > *most) {
            self.worst = Some((loss, month()));
        }
    }

    fn add(&mut self, mended: &Replanned, milliseconds: f64) {
        self.milliseconds.push(milliseconds);
        self.moved.push(mended.moved.len() as f64);
        self.points.push(mended.points as f64);
        for moved in &mended.moved {
            let at = match moved.reason {
                Reason::Staff => 0,
                Reason::Notice(_) => 1,
                Reason::Unfit => 2,
                Reason::Follows => 3,
            };
            self.reasons[at] += 1;
        }
    }
}

/// Months with edits after publishing. `GREENBOARD_MONTHS=200 cargo test --release --lib
/// edited_months` tries two hundred, and tells times and losses.
#[test]
fn edited_months_break_no_rule_and_lose_little() {
    let wanted = std::env::var("GREENBOARD_MONTHS").ok();
    let wanted = wanted.and_then(|n| n.parse().ok());
    let months = wanted.unwrap_or(MONTHS);
    let sums = RefCell::new(Sums::default());
    let late = prop::collection::vec(any_late(), 0..3);
    let change = (
        0..3_u8,
        0..60_usize,
        0..8_usize,
        1..6_usize,
        0..60_i64,
        1..40_i64,
    );
    let changes = prop::collection::vec(change, 1..4);
    let all = (any_large_site(), late, changes, 0..80_usize);
    let tried = TestRunner::new(tried(months)).run(&all, |(lines, late, changes, gone)| {
        let edited = edited(&lines, (&late, &changes, gone), (true, Effort::Quick))?;
        let begin = Instant::now();
        let mended = edited.replan();
        let milliseconds = begin.elapsed().as_secs_f64() * 1e3;
        edited.check(&mended)?;
        edited.check_price()?;
        let mut sums = sums.borrow_mut();
        sums.add(&mended, milliseconds);
        // Planned anew, a notice takes more boards from guides than one that comes late.
        if late.is_empty() {
            sums.lost(edited.loss(&mended), || {
                let changes = &edited.records.changes;
                let (ours, anew) = (mended.standing.points(), edited.anew().points());
                format!(
                    "{}\n{ours} points, {anew} anew, before {}\nwithout p{gone:02}\n{changes:#?}\n{}\nanew\n{}\nbefore\n{}",
                    lines.join("\n"),
                    edited.standing.points(),
                    shown(&mended.standing),
                    shown(&edited.anew()),
                    shown(&edited.standing),
                )
            });
        }
        Ok(())
    });
    if wanted.is_some() {
        sums.borrow().tell();
    }
    assert!(tried.is_ok(), "{tried:?}");
    let losses = &sums.borrow().loss;
    let mean = losses.iter().sum::<f64>() / losses.len().max(1) as f64;
    assert!(mean < 2.0, "{mean} % lost");
}

/// Measures a site as large as M of the benchmarks: 20 boards of six slots, twelve months, 180
/// guides and notices. `cargo test --release --lib a_large_site -- --ignored`.
#[test]
#[ignore = "it measures"]
fn a_large_site_is_mended_in_a_moment() {
    let mut lines = vec!["today 2026-03-10".to_owned()];
    lines.extend((0..20).map(|n| format!("board b{n} 6 slots repeat=3")));
    let when = |n: usize| match n % 6 {
        0..5 => String::new(),
        _ => format!("from=2026-{0:02}-05 to=2026-{0:02}-25", 1 + n % 12),
    };
    let poster = |n: usize| {
        format!(
            "poster p{n:02} t{} {} priority={}",
            n % 11,
            when(n),
            n * 7 % 4
        )
    };
    lines.extend((0..180).map(poster));
    let (before, fits) = site(&lines.join("\n"));
    let records = Records::default();
    let begin = Instant::now();
    let standing = Standing::new(&before, &fits, &records).value;
    let n = standing.plan.hangings.len();
    say(&format!(
        "anew {:.0} ms, {n} hangings",
        begin.elapsed().as_secs_f64() * 1e3
    ));
    let early = lines.join("\n");
    lines.push("poster z1 t1 from=2026-04-02 to=2026-04-08 urgent".to_owned());
    let told = |name: &str, edited: &Edited| {
        let begin = Instant::now();
        let mended = edited.replan();
        let milliseconds = begin.elapsed().as_secs_f64() * 1e3;
        edited.check(&mended).expect("the rules hold");
        say(&format!(
            "{name}: {milliseconds:.0} ms, {} moved, {} points, {:.3} % lost, {:?}",
            mended.moved.len(),
            mended.points,
            edited.loss(&mended),
            mended.runner_up,
        ));
    };
    let edited = |text: &str, changes: Vec<Instruction>| {
        let (site, fits) = site(text);
        Edited {
            site,
            fits,
            records: Records {
                changes,
                ..Records::default()
            },
            standing: standing.clone(),
        }
    };
    told("urgent", &edited(&lines.join("\n"), Vec::new()));
    told("nothing", &edited(&early, Vec::new()));
    // One poster that hangs on the board, and one that does not.
    let hangs = |n: &usize| {
        let poster = format!("p{n:02}");
        let mut hangings = standing.plan.of_poster(&poster);
        hangings.any(|it| it.board == "b3" && it.to > date("2026-04-10"))
    };
    let there = (0..180).find(hangs).expect("something hangs");
    let elsewhere = (0..180).find(|n| !hangs(n)).expect("not all hang");
    for (name, kind, poster) in [
        ("pin", 0, elsewhere),
        ("off", 1, there),
        ("closed", 2, there),
    ] {
        let change = instruction(&before, &fits, &(kind, poster, 3, 2, 30, 60));
        told(name, &edited(&early, change.into_iter().collect()));
    }
}

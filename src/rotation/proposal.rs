//! What is proposed before anything is published: the plan, what it changes in the published one,
//! and what the change costs.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::anneal::Effort;
use super::carry::Carriage;
use super::facts::POINT;
use super::{Aim, Hanging, Origin, Plan, Records, agreed, plan};
use crate::calendar::Period;
use crate::diag::{Diagnostics, Warned};
use crate::measure::Fits;
use crate::site::{Fen, Site};

/// What to propose: for a period, or for all planned days to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// The plan that is carried out.
    AsItIs(Option<Period>),
    /// What is published for days to come may change where that pays.
    Anew(Option<Period>),
}

/// A plan to be published, beside the published one.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// What would hang.
    pub plan: Plan,
    /// What `plan.lock.yaml` would hold, in its order.
    pub published: Vec<Hanging>,
    /// What would change in the published plan.
    pub changes: Vec<Change>,
    /// How many published hangings of days to come stay as they are.
    pub n_kept: usize,
    /// How many hangings are published for the first time, in periods without any so far.
    pub n_new: usize,
    /// What is still to be printed if the published plan is carried out and planned on.
    pub before: Printing,
    /// What is to be printed if this is published.
    pub after: Printing,
    /// How good the choice of evergreens is.
    pub quality: Quality,
}

/// A change in the published plan: in a slot, what was to hang and what would.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What was published; `None` where the slot was free.
    pub before: Option<Hanging>,
    /// What is proposed; `None` where the slot becomes free.
    pub after: Option<Hanging>,
}

impl Change {
    /// Returns what tells of board and slot.
    pub fn hanging(&self) -> &Hanging {
        let either = self.after.as_ref().or(self.before.as_ref());
        either.expect("a change has a before or an after")
    }
}

/// Sheets to be printed and their price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Printing {
    /// How many sheets.
    pub sheets: usize,
    /// What they cost.
    pub price: Fen,
}

/// How good a choice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quality {
    /// The sum of all points.
    pub points: i64,
    /// No choice has more.
    pub at_most: i64,
    /// What was gained by priority, first shows and what is kept, costs not counted.
    pub gained: i64,
}

impl Quality {
    /// Returns how much better the best choice may be at most, in percent of what was gained.
    ///
    /// The bound weighs each rule by itself: with few boards it lies far above what can be
    /// reached, see [`Quality::is_loose`].
    pub fn gap(&self) -> i64 {
        let more = (self.at_most - self.points).max(0);
        let gained = self.gained.max(1);
        more.saturating_mul(100).saturating_add(gained - 1) / gained
    }

    /// Tells whether the bound is loose: it tells next to nothing of the choice.
    pub fn is_loose(&self) -> bool {
        self.gap() > MOST_TELLING
    }
}

/// A bound that allows for more percent than that tells next to nothing.
const MOST_TELLING: i64 = 40;

/// Proposes what to publish for a period, or for all planned days to come: the plan that is
/// carried out as it is, or with what is published chosen anew. Outside the period the published
/// plan stays.
pub fn proposal(site: &Site, fits: &Fits, records: &Records, wish: Wish) -> Warned<Proposal> {
    let mut diagnostics = Diagnostics::default();
    let (aim, period) = match wish {
        Wish::AsItIs(period) => (Aim::CarryOut, period),
        Wish::Anew(period) => (Aim::Anew(period), period),
    };
    let (problem, solution) = agreed::solved(
        site,
        fits,
        records,
        (aim, Effort::Quick.into()),
        &mut diagnostics,
    );
    super::report(site, fits, &problem, &solution, &mut diagnostics);
    let proposed = Plan {
        lost: super::lost(site, records),
        changed: super::changed(site, records),
        ..solution.plan.clone()
    };
    let scope = Scope {
        today: site.today,
        period,
        is_first: records.ledger.is_empty() && records.published.is_none(),
    };
    let is_published = |hanging: &&Hanging| hanging.origin == Origin::Published;
    let old: Vec<&Hanging> = (problem.kept.iter())
        .chain(problem.recorded.iter().filter(is_published))
        .filter(|hanging| scope.holds(hanging))
        .collect();
    let new: Vec<&Hanging> = proposed
        .hangings
        .iter()
        .filter(|hanging| hanging.origin != Origin::Ledger && scope.holds(hanging))
        .collect();
    let is_first = |it: &Hanging| !was_published(site, &old, it);
    let compared = compare(&old, &new, is_first);
    // Publishing nothing is the other choice; a site without a published plan has none.
    let carried_on = match (&records.published, wish) {
        (Some(_), Wish::Anew(_)) => plan(site, fits, records).value,
        _ => proposed.clone(),
    };
    // On boards of which nothing is known nothing hangs, whatever is supposed to have hung.
    let to_print = |plan: &Plan| match problem.has_records {
        true => printing(site, plan, site.today),
        false => printing(site, &to_come(plan, site.today), problem.first),
    };
    let value = Proposal {
        published: lock(records, &old, &new),
        changes: compared.changes,
        n_kept: compared.n_kept,
        n_new: compared.n_new,
        before: to_print(&carried_on),
        after: to_print(&proposed),
        quality: Quality {
            points: solution.solved.objective / POINT,
            at_most: solution.solved.bound() / POINT,
            gained: solution.solved.gained() / POINT,
        },
        plan: proposed,
    };
    Warned { value, diagnostics }
}

/// Returns what hangs otherwise from today on in another plan, but for periods of a board in which
/// nothing hung.
pub fn changes(site: &Site, before: &Plan, after: &Plan) -> Vec<Change> {
    changes_but(site, (before, after), |old, it| {
        !was_published(site, old, it)
    })
}

/// Returns all that hangs otherwise from today on in another plan.
pub(super) fn all_changes(site: &Site, before: &Plan, after: &Plan) -> Vec<Change> {
    changes_but(site, (before, after), |_, _| false)
}

fn changes_but(
    site: &Site,
    (before, after): (&Plan, &Plan),
    is_first: impl Fn(&[&Hanging], &Hanging) -> bool,
) -> Vec<Change> {
    let (before, after) = (to_come(before, site.today), to_come(after, site.today));
    let old: Vec<&Hanging> = before.hangings.iter().collect();
    let new: Vec<&Hanging> = after.hangings.iter().collect();
    compare(&old, &new, |it| is_first(&old, it)).changes
}

/// Which hangings may be published anew.
struct Scope {
    today: Date,
    period: Option<Period>,
    /// Whether nothing at all is on record: what hangs until then is published along.
    is_first: bool,
}

impl Scope {
    fn holds(&self, hanging: &Hanging) -> bool {
        let within = |period: Period| match self.is_first {
            true => hanging.from <= period.last(),
            false => period.overlaps(hanging.from, hanging.to),
        };
        hanging.to >= self.today && self.period.is_none_or(within)
    }
}

/// Returns what the published plan holds once `new` has taken the place of `old`.
fn lock(records: &Records, old: &[&Hanging], new: &[&Hanging]) -> Vec<Hanging> {
    let before = records.published.iter().flat_map(|plan| &plan.hangings);
    let same = |a: &Hanging, b: &Hanging| key(a) == key(b);
    // What hangs on longer than was published takes the place of its own line.
    let longer = |line: &Hanging| {
        let mut new = new.iter();
        new.any(|it| it.from == line.from && share(line, it))
    };
    let mut lock: Vec<Hanging> = before
        .filter(|line| !old.iter().any(|other| same(line, other)) && !longer(line))
        .chain(new.iter().copied())
        .map(|hanging| Hanging {
            origin: Origin::Published,
            ..hanging.clone()
        })
        .collect();
    lock.sort();
    lock.dedup();
    lock
}

/// What makes two hangings the same, whoever decided them.
fn key(hanging: &Hanging) -> (&str, &str, Date, Date, &str) {
    let Hanging {
        board,
        slot,
        from,
        to,
        poster,
        ..
    } = hanging;
    (board, slot, *from, *to, poster)
}

struct Compared {
    changes: Vec<Change>,
    n_kept: usize,
    n_new: usize,
}

/// Compares what was published with what is proposed, slot by slot. What is planned for the first
/// time is no change.
fn compare(old: &[&Hanging], new: &[&Hanging], is_first: impl Fn(&Hanging) -> bool) -> Compared {
    let known: BTreeSet<_> = old.iter().map(|hanging| key(hanging)).collect();
    let wanted: BTreeSet<_> = new.iter().map(|hanging| key(hanging)).collect();
    let gone: Vec<&Hanging> = (old.iter().copied())
        .filter(|hanging| !wanted.contains(&key(hanging)))
        .collect();
    let come: Vec<&Hanging> = (new.iter().copied())
        .filter(|hanging| !known.contains(&key(hanging)))
        .collect();
    let mut compared = Compared {
        changes: Vec::new(),
        n_kept: wanted.intersection(&known).count(),
        n_new: 0,
    };
    let mut paired: BTreeSet<usize> = BTreeSet::new();
    for hanging in come {
        let before = (gone.iter().enumerate())
            .find(|(at, other)| !paired.contains(at) && share(hanging, other))
            .map(|(at, other)| (at, (*other).clone()));
        if before.is_none() && is_first(hanging) {
            compared.n_new += 1;
            continue;
        }
        paired.extend(before.iter().map(|(at, _)| *at));
        compared.changes.push(Change {
            before: before.map(|(_, other)| other),
            after: Some(hanging.clone()),
        });
    }
    for (at, hanging) in gone.into_iter().enumerate() {
        if !paired.contains(&at) {
            compared.changes.push(Change {
                before: Some(hanging.clone()),
                after: None,
            });
        }
    }
    let place = |change: &Change| {
        let hanging = change.hanging();
        (hanging.from, hanging.board.clone(), hanging.slot.clone())
    };
    compared.changes.sort_by_cached_key(place);
    compared
}

/// Tells whether two hangings share slot and day.
fn share(a: &Hanging, b: &Hanging) -> bool {
    a.board == b.board && a.slot == b.slot && a.from <= b.to && b.from <= a.to
}

/// Tells whether anything was published for the period of the board in which `hanging` begins.
fn was_published(site: &Site, old: &[&Hanging], hanging: &Hanging) -> bool {
    let Some(board) = site.board(&hanging.board) else {
        return false;
    };
    let period = Period::containing(board.cadence, hanging.from);
    old.iter()
        .any(|other| other.board == board.id && period.overlaps(other.from, other.to))
}

/// Returns the plan without what is over by `today`.
fn to_come(plan: &Plan, today: Date) -> Plan {
    let mut rest = plan.clone();
    rest.hangings.retain(|hanging| today <= hanging.to);
    rest
}

/// Counts what is still to be printed from a day on.
fn printing(site: &Site, plan: &Plan, from: Date) -> Printing {
    let last = plan.span().map_or(site.today, |(_, last)| last);
    let prints = Carriage::new(site, plan).prints(from, last);
    let prices = &site.settings.printing.prices;
    let price = |print: &super::carry::Print| {
        let copies = Fen::try_from(print.copies).unwrap_or(Fen::MAX);
        prices.of(&print.kind.format.size()).saturating_mul(copies)
    };
    Printing {
        sheets: prints.iter().map(|print| print.copies).sum(),
        price: prints.iter().map(price).sum(),
    }
}

//! What hangs where while a plan is being made, and what may be added.

use std::collections::BTreeMap;

use super::Origin;
use super::facts::{BoardFacts, Day, PeriodFacts, PosterFacts};
use super::problem::Problem;

/// The number of a poster whose page is gone; history may cite such.
const GONE: usize = usize::MAX;

/// One poster in one slot for some days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sheet {
    pub(super) from: Day,
    pub(super) to: Day,
    /// The poster's number.
    pub(super) poster: usize,
    pub(super) origin: Origin,
}

/// One board with what hangs on it.
#[derive(Debug, Clone)]
pub(super) struct Wall {
    /// By slot, in the order of days. The last row holds what is on record in slots that the
    /// plan may not fill, or that are gone.
    rows: Vec<Vec<Sheet>>,
    /// By poster, the numbers of the first and last period of each hanging.
    history: Vec<Vec<(i32, i32)>>,
}

/// Topics of notices, each with on how many days.
pub(super) type Notices = Vec<(String, Day)>;

/// Why a poster may not hang somewhere for some days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It hangs there, or came down too short a time ago, or will hang too soon again.
    Repeats,
    /// Staff said that it does not hang there.
    Off,
    /// That poster of the same topic hangs there in the same period.
    Topic(usize),
}

impl Wall {
    /// Starts with what is on record.
    pub(super) fn new(problem: &Problem, facts: &BoardFacts) -> Self {
        let mut wall = Self {
            rows: vec![Vec::new(); facts.slots.len() + 1],
            history: vec![Vec::new(); problem.posters.len()],
        };
        for hanging in &problem.recorded {
            if hanging.board != facts.board.id {
                continue;
            }
            let row = facts
                .slots
                .iter()
                .position(|slot| slot.slot.id == hanging.slot);
            let sheet = Sheet {
                from: super::facts::day_number(hanging.from),
                to: super::facts::day_number(hanging.to),
                poster: problem.poster(&hanging.poster).unwrap_or(GONE),
                origin: hanging.origin,
            };
            wall.put(facts, row.unwrap_or(facts.slots.len()), sheet);
        }
        wall.close(problem, facts);
        wall
    }

    /// Takes slots that are out of use, by what cannot be moved.
    fn close(&mut self, problem: &Problem, facts: &BoardFacts) {
        for (slot, from, to) in problem.closed(facts) {
            for (row, own) in facts.slots.iter().enumerate() {
                if slot.is_some_and(|slot| slot != own.slot.id) {
                    continue;
                }
                for (from, to) in self.gaps(row, from, to) {
                    let block = Sheet {
                        from,
                        to,
                        poster: GONE,
                        origin: Origin::Planned,
                    };
                    self.put(facts, row, block);
                }
            }
        }
    }

    /// Tells whether every slot that takes the poster is out of use on one of the days.
    pub(super) fn is_closed(&self, facts: &BoardFacts, poster: usize, from: Day, to: Day) -> bool {
        let blocked = |row: usize| {
            let mut sheets = self.in_slot(row, from, to).iter();
            sheets.any(|sheet| sheet.poster == GONE && sheet.origin == Origin::Planned)
        };
        let mut rows = (0..facts.slots.len()).filter(|&row| facts.slots[row].takes[poster]);
        let mut runs = facts.runs_of(poster);
        rows.all(blocked) && runs.all(|run| run.rows.iter().any(|row| blocked(*row)))
    }

    /// Hangs `sheet` in the slot `row`.
    pub(super) fn put(&mut self, facts: &BoardFacts, row: usize, sheet: Sheet) {
        let at = self.rows[row].partition_point(|other| other.from < sheet.from);
        self.rows[row].insert(at, sheet);
        if let Some(history) = self.history.get_mut(sheet.poster) {
            history.push((facts.ordinal(sheet.from), facts.ordinal(sheet.to)));
        }
    }

    /// Takes `sheet` out of the slot `row`.
    pub(super) fn take(&mut self, facts: &BoardFacts, row: usize, sheet: Sheet) {
        self.rows[row].retain(|other| *other != sheet);
        if let Some(history) = self.history.get_mut(sheet.poster) {
            let span = (facts.ordinal(sheet.from), facts.ordinal(sheet.to));
            if let Some(at) = history.iter().position(|known| *known == span) {
                history.remove(at);
            }
        }
    }

    /// Returns the sheets in the slot `row` that hang on one of the days.
    pub(super) fn in_slot(&self, row: usize, from: Day, to: Day) -> &[Sheet] {
        let row = &self.rows[row];
        // Sheets of a slot do not overlap, unless history itself is at odds; then some are
        // missed here and nothing worse.
        let start = row.partition_point(|sheet| sheet.to < from);
        let end = row.partition_point(|sheet| sheet.from <= to);
        row.get(start..end).unwrap_or(&[])
    }

    /// Returns all sheets that hang on one of the days, slot by slot.
    pub(super) fn on(&self, from: Day, to: Day) -> impl Iterator<Item = (usize, Sheet)> {
        (0..self.rows.len())
            .flat_map(move |row| self.in_slot(row, from, to).iter().map(move |s| (row, *s)))
    }

    /// Returns everything with its slot.
    pub(super) fn all(&self) -> impl Iterator<Item = (usize, Sheet)> {
        let rows = self.rows.iter().enumerate();
        rows.flat_map(|(row, sheets)| sheets.iter().map(move |sheet| (row, *sheet)))
    }

    /// Returns the days of `from..=to` on which the slot `row` is free.
    pub(super) fn gaps(&self, row: usize, from: Day, to: Day) -> Vec<(Day, Day)> {
        let mut gaps = Vec::new();
        let mut start = from;
        for sheet in self.in_slot(row, from, to) {
            if start < sheet.from {
                gaps.push((start, sheet.from - 1));
            }
            start = start.max(sheet.to.saturating_add(1));
        }
        if start <= to {
            gaps.push((start, to));
        }
        gaps
    }

    /// Tells whether the slot is free on all of the days.
    pub(super) fn is_free(&self, row: usize, from: Day, to: Day) -> bool {
        self.in_slot(row, from, to).is_empty()
    }

    /// Returns the periods in which the poster hung or will hang.
    pub(super) fn history(&self, poster: usize) -> &[(i32, i32)] {
        &self.history[poster]
    }

    /// Tells whether the poster may hang in the periods `first..=last` without returning too
    /// soon or being on the board twice.
    pub(super) fn may_return(
        &self,
        facts: &BoardFacts,
        poster: usize,
        (first, last): (i32, i32),
    ) -> bool {
        let apart = |&(from, to): &(i32, i32)| {
            first > to.saturating_add(facts.repeat_after)
                || from > last.saturating_add(facts.repeat_after)
        };
        self.history[poster].iter().all(apart)
    }

    /// Says why a poster may not be added to the board for the days; slots are another matter.
    pub(super) fn refusal(
        &self,
        problem: &Problem,
        facts: &BoardFacts,
        poster: usize,
        (from, to): (Day, Day),
    ) -> Option<Refusal> {
        let barred = self.barred(problem, facts, poster, (from, to));
        if barred.is_some() || problem.posters[poster].exempt {
            return barred;
        }
        // A topic is taken for whole periods, so sheets beside these days count too.
        self.topic_on(problem, poster, facts.whole_periods(from, to))
    }

    /// Says why a poster may not hang on just these days, with other sheets of its topic before
    /// or after them.
    pub(super) fn clash(
        &self,
        problem: &Problem,
        facts: &BoardFacts,
        poster: usize,
        (from, to): (Day, Day),
    ) -> Option<Refusal> {
        let barred = self.barred(problem, facts, poster, (from, to));
        barred.or_else(|| self.topic_on(problem, poster, (from, to)))
    }

    /// Tells whether a sheet that stood in a slot has to go, for what else hangs on the board now.
    /// What stood with it in its slot, of the same poster, is the same sheet, before and after what
    /// it gave way to; and so is what is on record next to it.
    pub(super) fn turns_out(
        &self,
        problem: &Problem,
        facts: &BoardFacts,
        (row, sheet): (usize, Sheet),
    ) -> bool {
        let days = (sheet.from, sheet.to);
        let periods = |it: &Sheet| (facts.ordinal(it.from), facts.ordinal(it.to));
        let own = periods(&sheet);
        let apart = |other: &Sheet| {
            let (other, least) = (periods(other), facts.repeat_after);
            own.0 > other.1.saturating_add(least) || other.0 > own.1.saturating_add(least)
        };
        let mut others = self.all().filter(|(_, it)| it.poster == sheet.poster);
        let returns = others.any(|(of, other)| {
            let is_next = other.to + 1 == sheet.from || sheet.to + 1 == other.from;
            let is_near = other.origin == Origin::Planned || is_next;
            let is_same = of == row && is_near;
            !is_same && !facts.takes_several(sheet.poster) && !apart(&other)
        });
        returns
            || problem.is_off(facts, sheet.poster, sheet.from, sheet.to)
            || self.topic_on(problem, sheet.poster, days).is_some()
    }

    /// Says what keeps a poster off the board on these days, whatever else hangs there.
    fn barred(
        &self,
        problem: &Problem,
        facts: &BoardFacts,
        poster: usize,
        (from, to): (Day, Day),
    ) -> Option<Refusal> {
        if problem.is_off(facts, poster, from, to) {
            return Some(Refusal::Off);
        }
        let span = (facts.ordinal(from), facts.ordinal(to));
        (!self.may_return(facts, poster, span)).then_some(Refusal::Repeats)
    }

    /// Finds another sheet of the poster's topic on one of the days.
    fn topic_on(
        &self,
        problem: &Problem,
        poster: usize,
        (from, to): (Day, Day),
    ) -> Option<Refusal> {
        let wanted = &problem.posters[poster];
        self.on(from, to)
            .filter_map(|(_, sheet)| problem.posters.get(sheet.poster).zip(Some(sheet.poster)))
            .find(|(other, number)| same_topic(wanted, other) && *number != poster)
            .map(|(_, number)| Refusal::Topic(number))
    }

    /// Returns the topics of the notices that hang on one of the days, each with on how many.
    pub(super) fn notices(&self, problem: &Problem, (from, to): (Day, Day)) -> Notices {
        let mut topics: BTreeMap<&str, Day> = BTreeMap::new();
        for (_, sheet) in self.on(from, to) {
            let notice = problem.posters.get(sheet.poster).filter(|it| it.exempt);
            if let Some(topic) = notice.and_then(|it| it.page.topic()) {
                let days = sheet.to.min(to) - sheet.from.max(from) + 1;
                *topics.entry(topic).or_default() += days;
            }
        }
        let topics = topics.into_iter();
        topics
            .map(|(topic, days)| (topic.to_owned(), days))
            .collect()
    }

    /// Tells whether records say what hung or shall hang in the slot in the period. Such a slot
    /// is left as it is but for what must hang.
    pub(super) fn is_recorded(&self, row: usize, period: &PeriodFacts) -> bool {
        let sheets = self.in_slot(row, period.first, period.last);
        sheets.iter().any(|sheet| sheet.origin != Origin::Planned)
    }

    /// Tells whether anything on record began on the board in the period.
    pub(super) fn has_records(&self, period: &PeriodFacts) -> bool {
        self.on(period.first, period.last)
            .any(|(_, sheet)| sheet.origin != Origin::Planned && period.first <= sheet.from)
    }
}

/// Tells whether two posters may not hang on one board in one period.
pub(super) fn same_topic(a: &PosterFacts, b: &PosterFacts) -> bool {
    a.topic == b.topic && !a.exempt && !b.exempt
}

impl BoardFacts<'_> {
    /// Returns the first day of the period that holds `from` and the last of that with `to`.
    pub(super) fn whole_periods(&self, from: Day, to: Day) -> (Day, Day) {
        use super::facts::{date, day_number};
        use crate::calendar::Period;
        let cadence = self.board.cadence;
        (
            day_number(Period::containing(cadence, date(from)).first()),
            day_number(Period::containing(cadence, date(to)).last()),
        )
    }
}

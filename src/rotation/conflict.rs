//! The smallest conflict: of all that must hang on a board, the fewest that cannot hang together.
//!
//! A person can act on "these three must hang here in March and there are two slots"; a list of
//! everything that hangs helps nobody. The set is made small by leaving out one poster after the
//! other as long as the rest still cannot hang together, which ends with a set of which none can
//! be left out.

use super::Origin;
use super::facts::{BoardFacts, Day, Demand};
use super::problem::{Must, Problem};
use super::wall::{Wall, same_topic};

/// How many placings are tried before a set counts as impossible.
const TRIES: u32 = 20_000;

/// Returns the posters of the smallest conflict that keeps `must` off its board, itself left out;
/// `None` where all that must hang there could hang together.
pub(super) fn smallest(problem: &Problem, wall: &Wall, must: Must) -> Option<Vec<usize>> {
    let facts = &problem.boards[must.board];
    let room = Room {
        problem,
        facts,
        wall,
    };
    let mut set = room.demands(must);
    // What did not find a place either is left out first: what hangs is what stands in the way.
    set.sort_by_key(|wanted| room.hangs(wanted));
    if room.all_fit(&set) {
        return None;
    }
    let mut at = 0;
    while at < set.len() {
        let mut fewer = set.clone();
        let left_out = fewer.remove(at);
        if left_out.poster == must.poster || room.all_fit(&fewer) {
            at += 1;
        } else {
            set = fewer;
        }
    }
    let fewer: Vec<Wanted> = without(&set, must.poster);
    // Where the others are at odds by themselves, this poster is not to blame.
    room.all_fit(&fewer)
        .then(|| fewer.iter().map(|wanted| wanted.poster).collect())
}

fn without(set: &[Wanted], poster: usize) -> Vec<Wanted> {
    let others = set.iter().filter(|wanted| wanted.poster != poster);
    others.copied().collect()
}

/// A poster and its days.
#[derive(Debug, Clone, Copy)]
struct Wanted {
    poster: usize,
    from: Day,
    to: Day,
}

/// The slots of a board, with what is on record in them.
struct Room<'a> {
    problem: &'a Problem<'a>,
    facts: &'a BoardFacts<'a>,
    wall: &'a Wall,
}

impl Room<'_> {
    /// Returns what must hang on the board on days that `must` shares, that poster among them.
    fn demands(&self, must: Must) -> Vec<Wanted> {
        let mut set = Vec::new();
        for (number, poster) in self.problem.posters.iter().enumerate() {
            if poster.demand != Demand::Every && number != must.poster {
                continue;
            }
            let takes = self.facts.slots.iter().any(|slot| slot.takes[number]);
            let Some((from, to)) = self.problem.fixed_days(poster).filter(|_| takes) else {
                continue;
            };
            let (first, last) = self.facts.whole_periods(must.from, must.to);
            if from <= last && first <= to && !self.is_recorded(number, from, to) {
                set.push(Wanted {
                    poster: number,
                    from,
                    to,
                });
            }
        }
        set
    }

    fn hangs(&self, wanted: &Wanted) -> bool {
        let mut sheets = self.wall.on(wanted.from, wanted.to);
        sheets.any(|(_, sheet)| sheet.poster == wanted.poster)
    }

    fn is_recorded(&self, poster: usize, from: Day, to: Day) -> bool {
        let mut sheets = self.wall.on(from, to);
        sheets.any(|(_, sheet)| sheet.poster == poster && sheet.origin != Origin::Planned)
    }

    /// Tells whether all of them can hang together.
    fn all_fit(&self, set: &[Wanted]) -> bool {
        let mut placed = Vec::new();
        let mut tries = TRIES;
        self.place(set, &mut placed, &mut tries)
    }

    fn place(&self, rest: &[Wanted], placed: &mut Vec<(usize, Wanted)>, tries: &mut u32) -> bool {
        let Some((first, rest)) = rest.split_first() else {
            return true;
        };
        if placed.iter().any(|(_, other)| self.clash(first, other)) {
            return false;
        }
        for row in 0..self.facts.slots.len() {
            if *tries == 0 {
                return false;
            }
            *tries -= 1;
            if self.is_free(row, first, placed) {
                placed.push((row, *first));
                if self.place(rest, placed, tries) {
                    return true;
                }
                placed.pop();
            }
        }
        false
    }

    fn is_free(&self, row: usize, wanted: &Wanted, placed: &[(usize, Wanted)]) -> bool {
        let recorded = self.wall.in_slot(row, wanted.from, wanted.to);
        let mut recorded = recorded
            .iter()
            .filter(|sheet| sheet.origin != Origin::Planned);
        let meets = |(other_row, other): &(usize, Wanted)| {
            *other_row == row && wanted.from <= other.to && other.from <= wanted.to
        };
        self.facts.slots[row].takes[wanted.poster]
            && recorded.next().is_none()
            && !placed.iter().any(meets)
    }

    /// Tells whether two posters share topic and period.
    fn clash(&self, a: &Wanted, b: &Wanted) -> bool {
        let posters = &self.problem.posters;
        let (first, last) = self.facts.whole_periods(a.from, a.to);
        same_topic(&posters[a.poster], &posters[b.poster]) && b.from <= last && first <= b.to
    }
}

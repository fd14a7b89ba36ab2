//! Why this poster hangs here and not another: every candidate of a cell with what it would gain,
//! term by term, or the rule that forbids it.

use super::facts::{Facts, Held, NONE, Spot};
use super::instance::{Instance, ItemNo, TopicNo};
use super::score::Parts;
use super::state::State;

/// A candidate of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// The item.
    pub item: ItemNo,
    /// What it gains in the cell against leaving the cell empty, all else as planned; or why it
    /// may not hang there. The gain is to the unit what [`score`](super::score()) says of the
    /// two plans; so the best choice not taken lacks, against the one taken, the difference of
    /// the two gains.
    pub gain: Result<Parts, Refusal>,
}

/// Why an item may not hang in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Not on these days.
    Days,
    /// It hangs on the board in this period, the nearest one, which is too near or the same.
    Repeat(i32),
    /// Another item of its topic hangs on the board in the period.
    Topic(TopicNo),
}

/// Explains some cells of a plan: for each all items that its place takes, in their order.
///
/// # Panics
/// As [`solve`](super::solve()).
#[must_use]
pub fn explain(instance: &Instance, plan: &[Option<ItemNo>], cells: &[usize]) -> Vec<Vec<Choice>> {
    let facts = Facts::new(instance);
    let mut state = State::with(&facts, plan);
    let mut spot_of = vec![0; plan.len()];
    for (at, &cell) in facts.cells.iter().enumerate() {
        spot_of[cell as usize] = at;
    }
    let explained = cells.iter().map(|&cell| {
        let takes = &instance.places[instance.cells[cell].place].takes;
        let at = spot_of[cell];
        let shown = state.take(at);
        let held = Held::new(
            instance,
            instance.cells[cell].board,
            instance.cells[cell].period,
        );
        let choices = takes.iter().map(|&item| Choice {
            item,
            gain: gain(&state, at, &held, item),
        });
        let choices = choices.collect();
        if shown != NONE {
            state.put(at, shown);
        }
        choices
    });
    explained.collect()
}

fn gain(state: &State, at: usize, held: &Held, item: ItemNo) -> Result<Parts, Refusal> {
    let facts = state.facts;
    let spot = &facts.spots[at];
    if let Some(refusal) = refusal(state, spot, held, item) {
        return Err(refusal);
    }
    Ok(Parts {
        value: facts.value(spot, item),
        first_show: state.first_show(spot, item),
        topic_excess: state.topic_gain(spot, facts.topics[item as usize]),
        empty: spot.empty,
        printing: state.printing_gain(spot, item),
        coverage: state.coverage_gain(spot, item),
        keep: state.keep(spot, item),
        share: state.share_gain(spot, facts.topics[item as usize], i64::from(spot.days)),
    })
}

fn refusal(state: &State, spot: &Spot, held: &Held, item: ItemNo) -> Option<Refusal> {
    let facts = state.facts;
    if facts.instance.values[spot.span as usize][item as usize].is_none() {
        return Some(Refusal::Days);
    }
    let too_near = state.hangs_of(spot.board as usize, item as usize) & facts.near(spot);
    let decided = (0..128).filter(|period| too_near >> period & 1 == 1);
    let of_item = held.items.iter().filter(|held| held.0 == item);
    let near = decided.chain(of_item.map(|held| held.1));
    let period = spot.period as i32;
    if let Some(nearest) = near.min_by_key(|other| (other.abs_diff(period), *other)) {
        return Some(Refusal::Repeat(nearest));
    }
    let topic = facts.topics[item as usize];
    let taken = held.topics.contains(&topic) || !state.is_topic_free(spot, topic);
    taken.then_some(Refusal::Topic(topic))
}

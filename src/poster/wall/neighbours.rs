//! Which sheets of a board a passer-by sees as neighbours.

use crate::site::Slot;

/// Slots farther apart than this share of the smaller one's side are no neighbours.
const NEAR: f64 = 0.35;

/// Which slots lie beside or over each other with little between: pairs of their places in `slots`.
pub(super) fn neighbours(slots: &[&Slot]) -> Vec<(usize, usize)> {
    let near = |a: &Slot, b: &Slot| {
        let (one, other) = (a.area.size(), b.area.size());
        let apart =
            |from: f64, length: f64, to: f64, more: f64| (to - from - length).max(from - to - more);
        let across = apart(a.at.0, one.width, b.at.0, other.width);
        let down = apart(a.at.1, one.height, b.at.1, other.height);
        let wide = NEAR * one.width.min(other.width);
        let high = NEAR * one.height.min(other.height);
        (across < wide && down < 0.0) || (down < high && across < 0.0)
    };
    let mut pairs = Vec::new();
    for (at, slot) in slots.iter().enumerate() {
        let others = slots.iter().enumerate().skip(at + 1);
        pairs.extend(
            others
                .filter(|(_, it)| near(slot, it))
                .map(|(to, _)| (at, to)),
        );
    }
    pairs
}

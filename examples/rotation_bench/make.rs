//! Makes instances as large as one likes, with the proportions of S and M: half of the posters
//! evergreen, a third for a season of some months, the rest campaigns of a month or less; a fifth
//! of the boards large; a third of everything for one audience.

use super::format::{Bench, BenchBoard, BenchItem, Cov};

/// How many topics there are.
const TOPICS: u32 = 10;

/// How many audiences there are.
const AUDIENCES: u64 = 3;

/// Makes an instance, the same on every machine.
pub fn make(boards: usize, periods: usize, items: usize) -> Bench {
    let mut dice = Dice(20_261_123);
    Bench {
        periods,
        repeat_after: 3,
        boards: (0..boards).map(|_| board(&mut dice)).collect(),
        items: (0..items).map(|_| item(&mut dice, periods)).collect(),
        first_show: 15,
        lam: 12,
        empty: 100,
        print: vec![10, 20, 40],
        // A board of six slots shows a topic so often if it shows all alike, and half as much
        // again.
        hi: (periods * 6 * 3 / 2) as u32 / TOPICS,
    }
}

fn board(dice: &mut Dice) -> BenchBoard {
    BenchBoard {
        cls: if dice.below(5) == 0 { 2 } else { 1 },
        slots: 6,
        aud: dice.below(AUDIENCES) as i64,
    }
}

fn item(dice: &mut Dice, periods: usize) -> BenchItem {
    let (kind, length) = match dice.below(6) {
        0..3 => ("ever", periods),
        3..5 => ("season", (2 + dice.below(3) as usize) * periods / 12),
        _ => ("camp", periods / 12),
    };
    let length = length.clamp(1, periods);
    let a = dice.below((periods - length + 1) as u64) as usize;
    let e = a + length - 1;
    let is_dated = length < periods;
    let peak = (a..=e).filter(|_| is_dated && dice.below(2) == 0).collect();
    BenchItem {
        topic: dice.below(TOPICS.into()) as u32,
        size: if dice.below(5) == 0 { 2 } else { 1 },
        a,
        e,
        pri: 1 + dice.below(5) as i64,
        cov: coverage(dice, kind),
        kind: kind.to_owned(),
        peak,
        aud: match dice.below(2) {
            0 => -1,
            _ => dice.below(AUDIENCES) as i64,
        },
    }
}

fn coverage(dice: &mut Dice, kind: &str) -> Option<Cov> {
    match dice.below(10) {
        0..4 if kind == "camp" => Some(Cov::Word("all".to_owned())),
        0..2 => Some(Cov::Showings(1 + dice.below(5) as u32)),
        _ => None,
    }
}

/// A generator of its own (xorshift64*), so that an instance stays what it is whatever becomes
/// of the solver.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) % n
    }
}

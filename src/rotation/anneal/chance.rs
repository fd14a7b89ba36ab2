//! Numbers that look random and are the same on every machine, and logarithms in whole numbers.

/// A generator: splitmix64, whose state is a counter and whose output is the counter well mixed.
#[derive(Debug, Clone)]
pub(super) struct Chance(u64);

impl Chance {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    #[inline]
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Returns two numbers of 32 bits.
    #[inline]
    pub(super) fn two(&mut self) -> (u32, u32) {
        let both = self.next();
        ((both >> 32) as u32, both as u32)
    }
}

/// Picks a number below `n` by 32 random bits.
#[inline]
pub(super) fn below(random: u32, n: usize) -> usize {
    ((u64::from(random) * n as u64) >> 32) as usize
}

/// How many answers [`Losses`] has.
const N_LOSSES: usize = 4096;

/// Bits behind the point of an answer of [`Losses`].
pub(super) const LOSS_BITS: u32 = 16;

/// How much loss to bear: the table of −ln u for u evenly spread between 0 and 1.
///
/// Annealing takes a loss d at temperature T with the chance e^(−d/T), which is to say whenever
/// d ≤ T·(−ln u). A table in whole numbers rounds the same on every machine; a mathematical
/// library does not.
#[derive(Debug)]
pub(super) struct Losses(Vec<i64>);

impl Losses {
    pub(super) fn new() -> Self {
        // u = (2k + 1) / 2N lies in the middle of its step, so that it is never 0.
        let top = (2 * N_LOSSES).ilog2();
        let loss = |k: usize| ln_of_power(top) - ln(2 * k as u64 + 1);
        Self((0..N_LOSSES).map(loss).collect())
    }

    /// Picks a loss for temperature 1, in 2^−[`LOSS_BITS`].
    #[inline]
    pub(super) fn pick(&self, random: u32) -> i64 {
        self.0[random as usize % N_LOSSES]
    }
}

/// ln 2 in 2^−32.
const LN_2: u64 = 2_977_044_472;

fn ln_of_power(power: u32) -> i64 {
    ((u64::from(power) * LN_2) >> (32 - LOSS_BITS)) as i64
}

/// Returns ln n in 2^−[`LOSS_BITS`], by squaring: each squaring of the mantissa yields one more
/// bit of the binary logarithm.
fn ln(n: u64) -> i64 {
    let whole = n.ilog2();
    let mut mantissa = (n << 31) >> whole;
    let mut log2 = u64::from(whole);
    for _ in 0..20 {
        mantissa = (mantissa * mantissa) >> 31;
        let bit = mantissa >> 32;
        mantissa >>= bit;
        log2 = log2 << 1 | bit;
    }
    ((u128::from(log2) * u128::from(LN_2)) >> (20 + 32 - LOSS_BITS)) as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithms_are_right_to_four_digits() {
        for n in [1_u32, 2, 3, 10, 4095, 8191] {
            let exact = f64::from(n).ln() * 65_536.0;
            let ours = ln(n.into()) as f64;
            assert!((ours - exact).abs() < 3.0, "{n}: {ours} {exact}");
        }
    }

    #[test]
    fn losses_average_the_temperature() {
        let losses = Losses::new();
        let mean = losses.0.iter().sum::<i64>() / N_LOSSES as i64;
        assert!((mean - (1 << LOSS_BITS)).abs() < 20, "{mean}");
    }
}

//! Whole numbers as bits, and bits as text: six a character, the first the highest.

/// The digits, by their value.
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/// The bits of a digit.
const WIDTH: u32 = 6;

/// Bits in the making.
#[derive(Debug, Default)]
pub(in crate::render::web) struct Bits {
    out: String,
    /// What has not filled a digit yet, and how many bits that is.
    open: u64,
    count: u32,
}

impl Bits {
    /// Writes the lowest `width` bits of `number`, which has no others.
    pub(in crate::render::web) fn plain(&mut self, number: u32, width: u32) {
        self.open = self.open << width | u64::from(number);
        self.count += width;
        while self.count >= WIDTH {
            self.count -= WIDTH;
            let digit = self.open >> self.count & ((1 << WIDTH) - 1);
            self.out.push(char::from(DIGITS[digit as usize]));
        }
    }

    /// Writes `number` as so many ones and a zero; the zero is left out where there are `most`.
    pub(in crate::render::web) fn ones(&mut self, number: u32, most: u32) {
        for _ in 0..number / WIDTH {
            self.plain((1 << WIDTH) - 1, WIDTH);
        }
        let rest = number % WIDTH;
        self.plain((1 << rest) - 1, rest);
        if number < most {
            self.plain(0, 1);
        }
    }

    /// Writes a number of which small ones are the likeliest by far, from 1 on: Elias's gamma.
    pub(in crate::render::web) fn gamma(&mut self, number: u32) {
        let width = number.ilog2();
        self.ones(width, u32::MAX);
        self.plain(number - (1 << width), width);
    }

    /// Writes a number of which most are below two to the power of `low`: Rice's code.
    pub(in crate::render::web) fn rice(&mut self, number: u32, low: u32) {
        self.ones(number >> low, u32::MAX);
        self.plain(number & ((1 << low) - 1), low);
    }

    /// Returns the text, its last digit filled up with zeros.
    pub(in crate::render::web) fn end(mut self) -> String {
        if self.count > 0 {
            self.plain(0, WIDTH - self.count);
        }
        self.out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl Fn(&mut Bits)) -> String {
        let mut bits = Bits::default();
        write(&mut bits);
        bits.end()
    }

    #[test]
    fn numbers_are_written_by_their_likelihood() {
        assert_eq!(written(|bits| bits.plain(0b10_1101, 6)), "t");
        assert_eq!(written(|bits| bits.plain(1, 1)), "g", "filled up");
        assert_eq!(written(|bits| bits.gamma(1)), "A");
        assert_eq!(written(|bits| bits.gamma(5)), "y", "110 01, filled up");
        assert_eq!(written(|bits| bits.rice(5, 2)), "k", "10 01");
        assert_eq!(written(|bits| bits.ones(3, 3)), "4");
        assert_eq!(written(|bits| bits.ones(13, 99)), "__g");
    }
}

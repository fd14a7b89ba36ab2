//! Whole numbers as text: five bits a character, smallest first, and a sixth bit where the
//! number goes on. Places and lengths are written so; the script reads them back.

/// The digits, by their value.
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/// The bits of a digit that count.
const BITS: usize = 5;

/// Appends `number`.
pub(super) fn write(number: usize, out: &mut String) {
    let mut rest = number;
    loop {
        let low = rest & ((1 << BITS) - 1);
        rest >>= BITS;
        let more = usize::from(rest > 0) << BITS;
        out.push(char::from(DIGITS[low | more]));
        if rest == 0 {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(number: usize) -> String {
        let mut out = String::new();
        write(number, &mut out);
        out
    }

    #[test]
    fn small_numbers_are_short() {
        assert_eq!(written(0), "A");
        assert_eq!(written(31), "f");
        assert_eq!(written(32), "gB");
        assert_eq!(written(1_250_000), "w2kmB");
    }
}

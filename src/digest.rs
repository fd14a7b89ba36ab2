//! SHA-256 in hexadecimal digits: names and checks that follow from content.

use sha2::{Digest, Sha256};

/// Returns the SHA-256 of `bytes`, 64 hexadecimal digits.
pub fn digest(bytes: impl AsRef<[u8]>) -> String {
    hex(&Sha256::digest(bytes))
}

/// Returns the first `digits` of the SHA-256 of `bytes`, an even number, for names.
pub(crate) fn short(bytes: impl AsRef<[u8]>, digits: usize) -> String {
    hex(&Sha256::digest(bytes)[..digits / 2])
}

/// Writes `bytes` in lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    base16ct::lower::encode_string(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_from_content() {
        // The example of FIPS 180-4.
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(digest("abc"), abc);
        assert_eq!(short("abc", 8), abc[..8]);
        assert_eq!(hex(&[0, 10, 255]), "000aff");
    }
}

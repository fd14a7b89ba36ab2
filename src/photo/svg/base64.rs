//! Pictures that stand within a drawing as text (`data:image/png;base64,…`).

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Returns kind and content of a picture's address; `None` where it is broken or no picture.
pub(super) fn data(address: &str) -> Option<(String, Vec<u8>)> {
    let (head, content) = address.strip_prefix("data:")?.split_once(',')?;
    let mut parts = head.split(';').map(str::trim);
    let kind = parts.next()?.to_ascii_lowercase();
    let is_base64 = parts.any(|part| part.eq_ignore_ascii_case("base64"));
    kind.starts_with("image/").then_some(())?;
    let bytes = match is_base64 {
        true => decode(content)?,
        false => percent_encoding::percent_decode_str(content).collect(),
    };
    Some((kind, bytes))
}

/// Writes the picture `bytes` as an address.
pub(super) fn address(kind: &str, bytes: &[u8]) -> String {
    let mut out = format!("data:{kind};base64,");
    for group in bytes.chunks(3) {
        let mut three = [0; 3];
        three[..group.len()].copy_from_slice(group);
        let all = u32::from_be_bytes([0, three[0], three[1], three[2]]);
        for place in 0..4 {
            let digit = (all >> (18 - 6 * place)) & 0x3F;
            match place <= group.len() {
                true => out.push(char::from(DIGITS[digit as usize])),
                false => out.push('='),
            }
        }
    }
    out
}

fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut held, mut n_bits) = (0_u32, 0);
    for byte in text.bytes().filter(|byte| !byte.is_ascii_whitespace()) {
        if byte == b'=' {
            break;
        }
        let digit = DIGITS.iter().position(|it| *it == byte)?;
        held = held << 6 | u32::try_from(digit).ok()?;
        n_bits += 6;
        if n_bits >= 8 {
            n_bits -= 8;
            bytes.push((held >> n_bits).to_le_bytes()[0]);
            held &= (1 << n_bits) - 1;
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_come_back_as_they_went_in() {
        for bytes in [&b""[..], b"a", b"ab", b"abc", &[0xFB, 0xFF, 0, 7]] {
            let written = address("image/png", bytes);
            let read = data(&written);
            assert_eq!(
                read,
                Some(("image/png".to_owned(), bytes.to_vec())),
                "{written}"
            );
        }
        assert_eq!(address("image/png", b"a"), "data:image/png;base64,YQ==");
        assert_eq!(data("data:text/html;base64,YQ=="), None);
        assert_eq!(
            data("data:image/svg+xml,%3Csvg/%3E"),
            Some(("image/svg+xml".to_owned(), b"<svg/>".to_vec()))
        );
    }
}

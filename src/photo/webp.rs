//! What WebP files are made of.

/// Returns the chunks of a WebP up to its end or where it was cut off.
pub(super) fn chunks(bytes: &[u8]) -> impl Iterator<Item = ([u8; 4], &[u8])> {
    let mut rest = bytes.get(12..).unwrap_or_default();
    std::iter::from_fn(move || {
        let kind = rest.get(..4)?.try_into().ok()?;
        let length = u32::from_le_bytes(rest.get(4..8)?.try_into().ok()?);
        let length = usize::try_from(length).ok()?;
        let content = rest.get(8..8_usize.checked_add(length)?)?;
        // A chunk of odd length is followed by an empty byte.
        rest = rest.get(8 + length + length % 2..).unwrap_or_default();
        Some((kind, content))
    })
}

/// Tells whether the file ends before its head says.
pub(super) fn is_cut(bytes: &[u8]) -> bool {
    let length = bytes.get(4..8).and_then(|it| it.try_into().ok());
    let length = length.map(u32::from_le_bytes);
    length.is_none_or(|length| (bytes.len() as u64) < u64::from(length & !1) + 8)
}

/// Tells whether it is a moving picture.
pub(super) fn is_moving(bytes: &[u8]) -> bool {
    chunks(bytes)
        .filter(|(kind, _)| kind == b"ANMF")
        .nth(1)
        .is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(chunks: &[(&[u8], &[u8])]) -> Vec<u8> {
        let mut body = b"WEBP".to_vec();
        for (kind, content) in chunks {
            body.extend(*kind);
            body.extend(
                u32::try_from(content.len())
                    .expect("it is short")
                    .to_le_bytes(),
            );
            body.extend(*content);
            body.extend(vec![0; content.len() % 2]);
        }
        let length = u32::try_from(body.len())
            .expect("it is short")
            .to_le_bytes();
        [b"RIFF", &length[..], &body].concat()
    }

    #[test]
    fn frames_are_counted_and_an_early_end_is_seen() {
        let moving = file(&[(b"VP8X", &[2; 10]), (b"ANMF", b"a"), (b"ANMF", b"bc")]);
        assert!(is_moving(&moving) && !is_cut(&moving));
        assert!(is_cut(&moving[..moving.len() - 2]));
        assert!(!is_moving(&file(&[(b"VP8X", &[2; 10]), (b"ANMF", b"a")])));
    }
}

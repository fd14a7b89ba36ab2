//! What GIF files are made of.

/// What a GIF holds.
struct Walk {
    n_frames: usize,
    /// Whether it ends as it must.
    has_end: bool,
    /// The file without remarks.
    clean: Vec<u8>,
}

/// Returns width and height in pixels.
pub(super) fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    let &[w1, w2, h1, h2] = bytes.get(6..10)? else {
        return None;
    };
    let side = |bytes| u32::from(u16::from_le_bytes(bytes));
    Some((side([w1, w2]), side([h1, h2]))).filter(|size| size.0 > 0 && size.1 > 0)
}

/// Returns the file without comments and data of applications; `None` where it is cut off.
pub(super) fn clean(bytes: &[u8]) -> Option<Vec<u8>> {
    let walk = walk(bytes);
    walk.has_end.then_some(walk.clean)
}

/// Tells whether the file ends early.
pub(super) fn is_cut(bytes: &[u8]) -> bool {
    !walk(bytes).has_end
}

/// Tells whether it is a moving picture.
pub(super) fn is_moving(bytes: &[u8]) -> bool {
    walk(bytes).n_frames > 1
}

fn walk(bytes: &[u8]) -> Walk {
    let mut walk = Walk {
        n_frames: 0,
        has_end: false,
        clean: Vec::with_capacity(bytes.len()),
    };
    let _ = step_through(bytes, &mut walk);
    walk
}

/// Walks block by block; `None` where the file is cut off.
fn step_through(bytes: &[u8], walk: &mut Walk) -> Option<()> {
    let mut at = 13 + table(*bytes.get(10)?);
    walk.clean.extend(bytes.get(..at)?);
    loop {
        let from = at;
        let mut is_kept = true;
        match bytes.get(at)? {
            // An extension; the second byte says of what kind.
            0x21 => {
                let content = bytes.get(at + 3..at + 14).unwrap_or_default();
                is_kept = match bytes.get(at + 1)? {
                    0xFE => false,
                    // How often it is repeated is said by an application too.
                    0xFF => content == b"NETSCAPE2.0" || content == b"ANIMEXTS1.0",
                    _ => true,
                };
                at = behind_blocks(bytes, at + 2)?;
            }
            0x2C => {
                walk.n_frames += 1;
                let head = at + 10 + table(*bytes.get(at + 9)?);
                at = behind_blocks(bytes, head + 1)?;
            }
            0x3B => {
                walk.clean.push(0x3B);
                walk.has_end = true;
                return Some(());
            }
            _ => return None,
        }
        if is_kept {
            walk.clean.extend(bytes.get(from..at)?);
        }
    }
}

/// Returns the length of the colour table that the flags tell of.
fn table(flags: u8) -> usize {
    match flags & 0x80 {
        0 => 0,
        _ => 3 << ((flags & 7) + 1),
    }
}

fn behind_blocks(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let length = usize::from(*bytes.get(at)?);
        at += 1 + length;
        if length == 0 {
            return Some(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &[u8] = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xFF\xFF\xFF";
    const FRAME: &[u8] = b"\x2C\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0";

    #[test]
    fn remarks_go_and_frames_are_counted() {
        let remark = b"\x21\xFE\x05GPS 1\0".as_slice();
        let xmp = b"\x21\xFF\x0BXMP DataXMP\x03gps\0".as_slice();
        let again = b"\x21\xFF\x0BNETSCAPE2.0\x03\x01\0\0\0".as_slice();
        let file = [HEAD, again, remark, FRAME, xmp, FRAME, b"\x3B"].concat();
        assert!(is_moving(&file) && !is_cut(&file));
        let expected = [HEAD, again, FRAME, FRAME, b"\x3B"].concat();
        assert_eq!(clean(&file), Some(expected));
        assert!(is_cut(&file[..file.len() - 9]));
        assert!(!is_moving(&[HEAD, FRAME, b"\x3B"].concat()));
    }
}

//! Which way up a photo is, by its Exif data, however much else in them is damaged.
//!
//! Phones and editors write tags that point outside the file, or count more tags than there are.
//! Viewers look for the one tag that they need and pass over the rest; so do we.

use super::{Format, jpeg, png, webp};

/// How Exif data begin in a JPEG, and in some WebPs.
const MARK: &[u8] = b"Exif\0\0";
/// Orientation.
const TAG: u16 = 0x0112;

/// Returns which way up the photo `bytes` is, 1 to 8 as Exif counts.
pub fn orientation(bytes: &[u8]) -> Option<u16> {
    let plain = |block: &[u8]| of_block(block.strip_prefix(MARK).unwrap_or(block));
    match Format::by_mark(bytes)? {
        Format::Jpeg => jpeg::segments(bytes)
            .filter(|(marker, _)| *marker == jpeg::APP1)
            .find_map(|(_, content)| of_block(content.strip_prefix(MARK)?)),
        Format::Png => png::chunks(bytes)
            .filter(|chunk| chunk.kind == *b"eXIf")
            .find_map(|chunk| plain(chunk.content)),
        Format::Webp => webp::chunks(bytes)
            .filter(|(kind, _)| kind == b"EXIF")
            .find_map(|(_, content)| plain(content)),
        Format::Tiff => of_block(bytes),
        Format::Heic | Format::Avif | Format::Gif | Format::Bmp => None,
    }
}

/// Looks through the first directory of a TIFF structure.
fn of_block(block: &[u8]) -> Option<u16> {
    let is_little = match block.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let bytes: [u8; 2] = block.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(match is_little {
            true => u16::from_le_bytes(bytes),
            false => u16::from_be_bytes(bytes),
        })
    };
    let long = |at: usize| {
        let (first, second) = (u32::from(short(at)?), u32::from(short(at + 2)?));
        Some(match is_little {
            true => first | second << 16,
            false => first << 16 | second,
        })
    };
    let directory = usize::try_from(long(4)?).ok()?;
    let n_tags = usize::from(short(directory)?);
    let at = |number: usize| directory + 2 + 12 * number;
    // A count that is too large ends with the block.
    let entry = (0..n_tags)
        .map(at)
        .take_while(|at| at + 12 <= block.len())
        .find(|at| short(*at) == Some(TAG))?;
    let turned = match short(entry + 2)? {
        // SHORT, LONG; some write a BYTE.
        3 => short(entry + 8)?,
        4 => u16::try_from(long(entry + 8)?).ok()?,
        1 => u16::from(*block.get(entry + 8)?),
        _ => return None,
    };
    (1..=8).contains(&turned).then_some(turned)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A block of tags, each as type, count and value.
    fn block(is_little: bool, n_tags: u16, tags: &[(u16, u16, u32, [u8; 4])]) -> Vec<u8> {
        let short = |n: u16| match is_little {
            true => n.to_le_bytes(),
            false => n.to_be_bytes(),
        };
        let long = |n: u32| match is_little {
            true => n.to_le_bytes(),
            false => n.to_be_bytes(),
        };
        let mut block = if is_little { b"II*\0" } else { b"MM\0*" }.to_vec();
        block.extend(long(8));
        block.extend(short(n_tags));
        for (tag, kind, count, value) in tags {
            block.extend(short(*tag));
            block.extend(short(*kind));
            block.extend(long(*count));
            block.extend(value);
        }
        block
    }

    const OUTSIDE: (u16, u16, u32, [u8; 4]) = (0x010F, 2, 90_000, [0xFF, 0xFF, 0xFF, 0x7F]);

    #[test]
    fn a_damaged_tag_does_not_cost_the_orientation() {
        let little = block(true, 2, &[OUTSIDE, (TAG, 3, 1, [6, 0, 0, 0])]);
        assert_eq!(of_block(&little), Some(6));
        let big = block(false, 2, &[OUTSIDE, (TAG, 3, 1, [0, 8, 0, 0])]);
        assert_eq!(of_block(&big), Some(8));
        // More tags are counted than there are, and the directory behind them is cut off.
        let counted = block(true, 700, &[(TAG, 4, 1, [3, 0, 0, 0])]);
        assert_eq!(of_block(&counted), Some(3));
    }

    #[test]
    fn nonsense_is_no_orientation() {
        assert_eq!(
            of_block(&block(true, 1, &[(TAG, 3, 1, [9, 0, 0, 0])])),
            None
        );
        assert_eq!(of_block(b"II*\0\xFF\xFF\xFF\xFF"), None);
        assert_eq!(of_block(b"II*\0"), None);
    }

    #[test]
    fn the_second_exif_segment_counts_where_the_first_says_nothing() {
        let segment = |content: &[u8]| {
            let content = [MARK, content].concat();
            let length = u16::try_from(content.len() + 2).expect("it is short");
            [&[0xFF, jpeg::APP1][..], &length.to_be_bytes(), &content].concat()
        };
        let first = segment(&block(true, 1, &[OUTSIDE]));
        let second = segment(&block(false, 1, &[(TAG, 3, 1, [0, 6, 0, 0])]));
        let photo = [&[0xFF, 0xD8][..], &first, &second, &[0xFF, 0xD9]].concat();
        assert_eq!(orientation(&photo), Some(6));
    }
}

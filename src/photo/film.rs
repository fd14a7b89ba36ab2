//! A film (MP4, MOV) without what a phone writes into it: place, device, remarks.
//!
//! The film's own data lie at places that tables name by number, so nothing may move: boxes that
//! tell something are emptied where they stand and renamed to free room.

/// Boxes that hold other boxes, on the way to those that tell something.
const HOLDING: [&[u8]; 2] = [b"moov", b"trak"];
/// Boxes that tell something.
const TELLING: [&[u8]; 3] = [b"udta", b"meta", b"uuid"];
/// The name of room that nobody uses.
const FREE: &[u8] = b"free";

/// Returns the film without what it tells; `None` where it is none.
pub(super) fn clean(bytes: &[u8]) -> Option<Vec<u8>> {
    (bytes.get(4..8) == Some(b"ftyp")).then_some(())?;
    let mut film = bytes.to_vec();
    empty(&mut film);
    Some(film)
}

fn empty(mut boxes: &mut [u8]) {
    while let Some((head, length)) = measure(boxes) {
        let (this, rest) = boxes.split_at_mut(length);
        let name = &this[4..8];
        if TELLING.contains(&name) {
            this[4..8].copy_from_slice(FREE);
            this[head..].fill(0);
        } else if HOLDING.contains(&name) {
            empty(&mut this[head..]);
        }
        boxes = rest;
    }
}

/// Returns the length of the head of the first box and of the whole box; `None` where there is
/// none, or more than there is.
fn measure(boxes: &[u8]) -> Option<(usize, usize)> {
    let number = |range: std::ops::Range<usize>| {
        let digits = boxes.get(range)?;
        Some(
            digits
                .iter()
                .fold(0_u64, |all, byte| all << 8 | u64::from(*byte)),
        )
    };
    let (head, length) = match number(0..4)? {
        // It reaches to the end.
        0 => (8, boxes.len() as u64),
        // Longer than the usual four bytes can say.
        1 => (16, number(8..16)?),
        length => (8, length),
    };
    let length = usize::try_from(length).ok()?;
    (head <= length && length <= boxes.len()).then_some((head, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn a_box(name: &[u8], content: &[u8]) -> Vec<u8> {
        let length = u32::try_from(8 + content.len()).expect("it is short");
        [&length.to_be_bytes(), name, content].concat()
    }

    #[test]
    fn a_film_keeps_its_pictures_in_place_and_loses_what_it_tells() {
        let place = a_box(b"udta", &a_box(b"\xA9xyz", b"+39.9042+116.4074/"));
        let track = a_box(
            b"trak",
            &[a_box(b"tkhd", b"1"), a_box(b"meta", b"Phone 9")].concat(),
        );
        let film = [
            a_box(b"ftyp", b"isom"),
            a_box(b"moov", &[place, track].concat()),
            a_box(b"mdat", b"udta pictures"),
        ]
        .concat();
        let clean = clean(&film).expect("it is a film");
        assert_eq!(clean.len(), film.len());
        let holds = |mark: &[u8]| clean.windows(mark.len()).any(|part| part == mark);
        assert!(!holds(b"39.9042") && !holds(b"Phone") && holds(b"tkhd"));
        assert!(clean.ends_with(b"udta pictures"));
        // One that is cut off stays as far as it can be read.
        assert!(super::clean(&film[..film.len() - 3]).is_some());
        assert_eq!(super::clean(b"no film"), None);
    }
}

//! Films (MP4, MOV, Matroska, WebM) without what a phone writes into them: place, device, time,
//! remarks.
//!
//! What is seen lies at places that tables name by number, so nothing may move: what tells something
//! is emptied where it stands and renamed to free room.

mod matroska;

use std::collections::BTreeSet;

use super::Told;

/// Boxes that hold other boxes, on the way to those that tell something.
const HOLDING: [&[u8]; 3] = [b"moov", b"trak", b"mdia"];
/// Boxes that tell something; free room may hold what was there before.
const TELLING: [&[u8]; 5] = [b"udta", b"meta", b"uuid", b"free", b"skip"];
/// Boxes that begin with the time when they were made and last changed.
const TIMED: [&[u8]; 3] = [b"mvhd", b"tkhd", b"mdhd"];
/// How the tracks begin that tell all the way where a film was taken.
const TRACKS: [&[u8]; 4] = [b"mebx", b"gpmd", b"camm", b"rtmd"];
/// The name of room that nobody uses.
const FREE: &[u8] = b"free";

/// Tells whether `bytes` begin as a film does.
pub(super) fn is_known(bytes: &[u8]) -> bool {
    let name = bytes.get(4..8);
    matches!(name, Some(b"ftyp" | b"moov" | b"mdat" | b"wide")) || matroska::is_one(bytes)
}

/// Returns the film without what it tells; `None` where it stays as it is.
pub(super) fn clean(bytes: &[u8], told: &mut BTreeSet<Told>) -> Option<Vec<u8>> {
    let mut film = bytes.to_vec();
    match matroska::is_one(bytes) {
        true => matroska::empty(&mut film),
        false => empty(&mut film, told),
    }
    (film != bytes).then_some(film)
}

/// Returns a picture of JPEG 2000 without what it tells; `None` where it is none.
pub(super) fn without_remarks(bytes: &[u8]) -> Option<Vec<u8>> {
    (bytes.get(4..8) == Some(b"jP  ")).then_some(())?;
    let mut picture = bytes.to_vec();
    let mut rest = &mut picture[..];
    while let Some((head, length)) = measure(rest) {
        let (this, behind) = rest.split_at_mut(length);
        if matches!(&this[4..8], b"xml " | b"uuid" | b"uinf") {
            set_free(this, head);
        }
        rest = behind;
    }
    Some(picture)
}

fn set_free(this: &mut [u8], head: usize) {
    this[4..8].copy_from_slice(FREE);
    this[head..].fill(0);
}

fn empty(mut boxes: &mut [u8], told: &mut BTreeSet<Told>) {
    while let Some((head, length)) = measure(boxes) {
        let (this, rest) = boxes.split_at_mut(length);
        let name = &this[4..8];
        if TELLING.contains(&name) {
            set_free(this, head);
        } else if HOLDING.contains(&name) {
            empty(&mut this[head..], told);
        } else if name == b"minf" {
            let is_track = |mark: &[u8]| TRACKS.contains(&mark);
            if this.windows(4).take(4096).any(is_track) {
                told.insert(Told::Track);
            }
        } else if TIMED.contains(&name) {
            let width = if this.get(head) == Some(&1) { 16 } else { 8 };
            if let Some(times) = this.get_mut(head + 4..head + 4 + width) {
                times.fill(0);
            }
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

    fn cleaned(film: &[u8]) -> (Vec<u8>, BTreeSet<Told>) {
        let mut told = BTreeSet::new();
        let clean = clean(film, &mut told);
        (clean.unwrap_or_else(|| film.to_vec()), told)
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
            a_box(
                b"moov",
                &[place, a_box(b"mvhd", b"\0\0\0\0 WHEN12 rest"), track].concat(),
            ),
            a_box(b"mdat", b"udta pictures"),
        ]
        .concat();
        let (clean, told) = cleaned(&film);
        assert!(told.is_empty());
        assert_eq!(clean.len(), film.len());
        let holds = |mark: &[u8]| clean.windows(mark.len()).any(|part| part == mark);
        assert!(!holds(b"39.9042") && !holds(b"Phone") && !holds(b"WHEN") && holds(b"tkhd"));
        assert!(clean.ends_with(b"udta pictures"));
        assert_eq!(cleaned(&clean).0, clean);
        // One that is cut off stays as far as it can be read.
        cleaned(&film[..film.len() - 3]);
    }

    #[test]
    fn a_film_that_says_its_way_is_told() {
        let samples = a_box(
            b"minf",
            &a_box(
                b"stbl",
                &a_box(b"stsd", b"\0\0\0\0\0\0\0\x01\0\0\0\x10gpmd"),
            ),
        );
        let film = [
            a_box(b"ftyp", b"isom"),
            a_box(b"moov", &a_box(b"trak", &a_box(b"mdia", &samples))),
        ]
        .concat();
        assert_eq!(cleaned(&film).1, [Told::Track].into());
    }
}

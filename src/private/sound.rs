//! Sound (MP3, AAC, WAV, FLAC, Ogg) and AVI films: without titles, names, places and pictures.

use std::collections::BTreeSet;

use super::Told;

/// Pieces of RIFF files that tell something; room that nobody uses may hold what was there before.
const TELLING: [&[u8]; 14] = [
    b"bext", b"iXML", b"axml", b"_PMX", b"XMP ", b"id3 ", b"ID3 ", b"IDIT", b"ISBJ", b"cart",
    b"DISP", b"JUNK", b"PAD ", b"exif",
];
/// The block of a FLAC file that says how it sounds, and the one that says where to seek.
const KEPT_OF_FLAC: [u8; 2] = [0, 3];

/// Tells whether `bytes` are sound, by how they begin or, of MP3, by their first frame.
pub(super) fn is_known(bytes: &[u8]) -> bool {
    is_riff(bytes) || is_mpeg(bytes) || bytes.starts_with(b"fLaC") || bytes.starts_with(b"OggS")
}

fn is_riff(bytes: &[u8]) -> bool {
    bytes.starts_with(b"RIFF") && matches!(bytes.get(8..12), Some(b"WAVE" | b"AVI "))
}

/// Layer III, and AAC in its frames; Layer I begins as texts in UTF-16 do.
fn is_mpeg(bytes: &[u8]) -> bool {
    bytes.starts_with(b"ID3")
        || matches!(
            bytes,
            [
                0xFF,
                0xFB | 0xFA | 0xF3 | 0xF2 | 0xE3 | 0xE2 | 0xF1 | 0xF9,
                ..
            ]
        )
}

/// Returns the sound alone; `None` where it stays as it is.
pub(super) fn clean(bytes: &[u8], told: &mut BTreeSet<Told>) -> Option<Vec<u8>> {
    let Some(sound) = sound(bytes) else {
        told.insert(Told::Damaged);
        return None;
    };
    (sound != bytes).then_some(sound)
}

/// Returns the sound alone; `None` where it is broken.
fn sound(bytes: &[u8]) -> Option<Vec<u8>> {
    if is_riff(bytes) {
        return Some(riff(bytes));
    }
    if bytes.starts_with(b"OggS") {
        return ogg(bytes);
    }
    let bytes = without_tags(bytes);
    match bytes.starts_with(b"fLaC") {
        true => flac(bytes),
        false => Some(bytes.to_vec()),
    }
}

/// Takes tags off both ends: ID3 before, APE, Lyrics3 and ID3 behind.
fn without_tags(mut bytes: &[u8]) -> &[u8] {
    while let [b'I', b'D', b'3', _, _, flags, a, b, c, d, ..] = *bytes {
        let size = [a, b, c, d]
            .iter()
            .fold(0, |all, byte| all << 7 | usize::from(byte & 0x7F));
        let foot = if flags & 0x10 != 0 { 10 } else { 0 };
        bytes = bytes.get(10 + size + foot..).unwrap_or_default();
    }
    loop {
        let at = bytes.len();
        let behind = |n: usize| at.checked_sub(n).and_then(|from| bytes.get(from..));
        let ape = behind(32).filter(|it| it.starts_with(b"APETAGEX"));
        let kept = if behind(128).is_some_and(|it| it.starts_with(b"TAG")) {
            at - 128
        } else if let Some(foot) = ape {
            let size = foot[12..16]
                .iter()
                .rev()
                .fold(0, |all, byte| all << 8 | usize::from(*byte));
            // The head, where there is one, is not counted.
            let head = if foot[23] & 0x80 != 0 { 32 } else { 0 };
            at.saturating_sub(size.max(32) + head)
        } else if behind(9) == Some(b"LYRICS200") {
            let size = behind(15).and_then(|it| std::str::from_utf8(&it[..6]).ok()?.parse().ok());
            at.saturating_sub(size.unwrap_or(0_usize) + 15)
        } else {
            return bytes;
        };
        bytes = &bytes[..kept];
    }
}

/// Empties the pieces that tell something where they stand, for an index names places.
fn riff(bytes: &[u8]) -> Vec<u8> {
    let mut out = bytes.to_vec();
    empty(&mut out[12..]);
    out
}

fn empty(mut pieces: &mut [u8]) {
    while pieces.len() >= 8 {
        let size = [pieces[4], pieces[5], pieces[6], pieces[7]];
        let size = usize::try_from(u32::from_le_bytes(size)).unwrap_or(usize::MAX);
        let end = size.saturating_add(8).min(pieces.len());
        let (this, rest) = pieces.split_at_mut(end);
        let is_list = &this[..4] == b"LIST";
        let tells = TELLING.contains(&&this[..4]) || is_list && this.get(8..12) == Some(b"INFO");
        if tells {
            this[..4].copy_from_slice(b"JUNK");
            this[8..].fill(0);
        } else if is_list && matches!(this.get(8..12), Some(b"hdrl" | b"strl" | b"odml")) {
            empty(&mut this[12..]);
        }
        // A piece of odd length is followed by a byte that means nothing.
        pieces = rest.get_mut(size % 2..).unwrap_or_default();
    }
}

/// Leaves out blocks that tell something; seek tables count from the first frame, so that all may
/// move.
fn flac(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut blocks = Vec::new();
    let mut at = 4;
    loop {
        let &[kind, a, b, c] = bytes.get(at..at + 4)? else {
            return None;
        };
        let size = [a, b, c]
            .iter()
            .fold(0, |all, byte| all << 8 | usize::from(*byte));
        let block = bytes.get(at..at + 4 + size)?;
        if KEPT_OF_FLAC.contains(&(kind & 0x7F)) {
            blocks.push(block);
        }
        at += 4 + size;
        if kind & 0x80 != 0 {
            break;
        }
    }
    let mut out = b"fLaC".to_vec();
    let n = blocks.len();
    // What does not say how it sounds is none.
    (n > 0).then_some(())?;
    for (number, block) in blocks.into_iter().enumerate() {
        let last = if number + 1 == n { 0x80 } else { 0 };
        out.push(block[0] & 0x7F | last);
        out.extend(&block[1..]);
    }
    out.extend(&bytes[at..]);
    Some(out)
}

/// Empties the remarks of Vorbis and Opus where they stand: their pages begin the file.
fn ogg(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = bytes.to_vec();
    let mut at = 0;
    let mut is_within = false;
    while let Some(head) = bytes
        .get(at..at + 27)
        .filter(|head| head.starts_with(b"OggS"))
    {
        let n = usize::from(head[26]);
        let laces = bytes.get(at + 27..at + 27 + n)?;
        let from = at + 27 + n;
        let end = from + laces.iter().map(|lace| usize::from(*lace)).sum::<usize>();
        bytes.get(from..end)?;
        // A packet ends with the first lace that is not full.
        let first_end = laces.iter().position(|lace| *lace < 255);
        let taken = first_end.map_or(n, |last| last + 1);
        let packet_end = from
            + laces[..taken]
                .iter()
                .map(|lace| usize::from(*lace))
                .sum::<usize>();
        let packet = &mut out[from..packet_end];
        if is_within {
            packet.fill(0);
        } else {
            let head = match &*packet {
                it if it.starts_with(b"\x03vorbis") => Some(7),
                it if it.starts_with(b"OpusTags") => Some(8),
                _ => None,
            };
            if let Some(head) = head {
                packet[head..].fill(0);
                // No maker, no remarks, and the bit that ends a Vorbis packet.
                if let Some(bit) = packet.get_mut(head + 8) {
                    *bit = 1;
                }
                is_within = true;
            }
        }
        let was_within = is_within;
        is_within = is_within && first_end.is_none();
        if was_within {
            out[at + 22..at + 26].fill(0);
            let sum = checksum(&out[at..end]);
            out[at + 22..at + 26].copy_from_slice(&sum.to_le_bytes());
        }
        at = end;
    }
    Some(out)
}

/// The sum of a page of Ogg: CRC-32 with the polynomial 04C11DB7, from the highest bit.
fn checksum(page: &[u8]) -> u32 {
    page.iter().fold(0, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte) << 24, |sum, _| {
            let over = if sum & 0x8000_0000 == 0 {
                0
            } else {
                0x04C1_1DB7
            };
            sum << 1 ^ over
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clean(bytes: &[u8]) -> Option<Vec<u8>> {
        super::clean(bytes, &mut BTreeSet::new())
    }

    const FRAME: &[u8] = b"\xFF\xFB\x90\x64 sound";

    fn piece(name: &[u8], content: &[u8]) -> Vec<u8> {
        let size = u32::try_from(content.len()).expect("it is short");
        let pad = vec![0; content.len() % 2];
        [name, &size.to_le_bytes(), content, &pad].concat()
    }

    #[test]
    fn mp3_loses_its_tags_at_both_ends() {
        let before = b"ID3\x04\0\0\0\0\0\x06author";
        let ape = [
            &b"APETAGEX\xD0\x07\0\0\x2A\0\0\0\x01\0\0\0\0\0\0\x80\0\0\0\0\0\0\0\0"[..],
            b"author-ape",
            b"APETAGEX\xD0\x07\0\0\x2A\0\0\0\x01\0\0\0\0\0\0\x80\0\0\0\0\0\0\0\0",
        ]
        .concat();
        let mut behind = b"TAGauthor-1".to_vec();
        behind.resize(128, 0);
        let file = [before, FRAME, &ape, &behind].concat();
        assert_eq!(clean(&file).as_deref(), Some(FRAME));
        assert_eq!(clean(FRAME), None);
        assert!(!is_known(b"\xFF\xFEt\0e\0x\0t\0"), "a text in UTF-16");
    }

    #[test]
    fn wav_keeps_its_sound_in_place() {
        let info = piece(
            b"LIST",
            &[b"INFO", &*piece(b"IART", b"author-wav")].concat(),
        );
        let pieces = [
            piece(b"fmt ", b"0123456789abcdef"),
            piece(b"data", b"sound"),
            info,
            piece(b"bext", b"author-bext"),
        ]
        .concat();
        let file = piece(b"RIFF", &[b"WAVE", &*pieces].concat());
        let sound = clean(&file).expect("it tells something");
        assert_eq!(sound.len(), file.len());
        assert_eq!(sound[..50], file[..50], "the sound stays");
        assert!(!sound.windows(6).any(|it| it == b"author"));
        assert_eq!(clean(&sound), None);
    }

    #[test]
    fn flac_keeps_how_it_sounds() {
        let file = [
            b"fLaC\0\0\0\x02ab",
            &b"\x04\0\0\x06author"[..],
            b"\x86\0\0\x03gps",
            b"frames",
        ]
        .concat();
        assert_eq!(
            clean(&file).as_deref(),
            Some(&b"fLaC\x80\0\0\x02abframes"[..])
        );
    }

    #[test]
    fn ogg_keeps_its_pages_and_their_sums() {
        let page = |packet: &[u8]| {
            let size = u8::try_from(packet.len()).expect("it is short");
            let mut page = [
                b"OggS\0\0\0\0\0\0\0\0\0\0\x01\0\0\0\0\0\0\0\0\0\0\0\x01",
                &[size][..],
                packet,
            ]
            .concat();
            let sum = checksum(&page);
            page[22..26].copy_from_slice(&sum.to_le_bytes());
            page
        };
        let file = [
            page(b"OpusHead"),
            page(b"OpusTags\x06\0\0\0author\x01\0\0\0\x03\0\0\0gps"),
            page(b"sound"),
        ]
        .concat();
        let sound = clean(&file).expect("it tells something");
        let empty = page(b"OpusTags\0\0\0\0\0\0\0\0\x01\0\0\0\0\0\0\0\0\0\0\0\0");
        assert_eq!(sound, [page(b"OpusHead"), empty, page(b"sound")].concat());
    }
}

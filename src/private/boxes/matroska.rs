//! Matroska and WebM films: without titles, names, days and attached files.
//!
//! Format: RFC 8794 (EBML), RFC 9559 (Matroska).

/// The elements that hold those that tell something: the segment, its information, its tracks, a
/// track.
const HOLDING: [u32; 4] = [0x1853_8067, 0x1549_A966, 0x1654_AE6B, 0xAE];
/// Title, day, own file and those before and behind it, the name of a track, attached files, tags;
/// room that nobody uses may hold what was there before.
const TELLING: [u32; 9] = [
    0x7BA9,
    0x4461,
    0x7384,
    0x003C_83AB,
    0x003E_83BB,
    0x536E,
    0x1941_A469,
    0x1254_C367,
    VOID,
];
/// Room that nobody uses.
const VOID: u32 = 0xEC;

/// Tells whether `bytes` begin as such a film does.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\x1A\x45\xDF\xA3")
}

/// Empties what tells something, where it stands.
pub(super) fn empty(film: &mut [u8]) {
    let mut at = 0;
    while let Some((id, head, size)) = element(&film[at..]) {
        // One that does not say how long it is holds what follows.
        let is_open = size.is_none();
        let length = size.map_or(head, |size| head.saturating_add(size));
        let end = at.saturating_add(length).min(film.len());
        if TELLING.contains(&id) && !is_open {
            let width = head - id_width(id);
            void(&mut film[at..end], id_width(id), width);
        } else if HOLDING.contains(&id) || is_open {
            at += head;
            continue;
        }
        at = end;
    }
}

/// Makes room that nobody uses of the whole element, the width of whose id and size are given.
fn void(element: &mut [u8], id: usize, size: usize) {
    element[id + size..].fill(0);
    if id == 1 {
        return;
    }
    // The id becomes shorter, so the room becomes longer by as much.
    let length = element.len();
    element[0] = 0xEC;
    let width = if length < 100 { 1 } else { 8 };
    let content = (length - 1).saturating_sub(width) as u64;
    let mut digits = content.to_be_bytes();
    digits[8 - width] |= 1 << (8 - width);
    let Some(place) = element.get_mut(1..=width) else {
        return;
    };
    place.copy_from_slice(&digits[8 - width..]);
    element[1 + width..].fill(0);
}

fn id_width(id: u32) -> usize {
    match id {
        0..=0xFF => 1,
        0x100..=0xFFFF => 2,
        0x1_0000..=0xFF_FFFF => 3,
        _ => 4,
    }
}

/// Reads the head of an element: its id, how long the head is and how long its content, where it
/// says so.
fn element(bytes: &[u8]) -> Option<(u32, usize, Option<usize>)> {
    let id_width = bytes.first()?.leading_zeros() as usize + 1;
    let id = bytes.get(..id_width).filter(|_| id_width <= 4)?;
    let id = id.iter().fold(0, |all, byte| all << 8 | u32::from(*byte));
    let first = *bytes.get(id_width)?;
    let width = first.leading_zeros() as usize + 1;
    let digits = bytes
        .get(id_width..id_width + width)
        .filter(|_| width <= 8)?;
    let size = digits
        .iter()
        .fold(0_u64, |all, byte| all << 8 | u64::from(*byte));
    let most = (1_u64 << (7 * width)) - 1;
    let size = size & most;
    let size = (size != most).then(|| usize::try_from(size).unwrap_or(usize::MAX));
    Some((id, id_width + width, size))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn element_of(id: &[u8], content: &[u8]) -> Vec<u8> {
        let size = u8::try_from(content.len()).expect("it is short");
        [id, &[0x40, size], content].concat()
    }

    #[test]
    fn titles_tags_and_attached_files_are_emptied_where_they_stand() {
        let long = [b"author".as_slice(), &[b'x'; 150]].concat();
        let info = element_of(
            b"\x15\x49\xA9\x66",
            &[
                element_of(b"\x7B\xA9", b"author-title"),
                element_of(b"\x4D\x80", b"Lavf"),
            ]
            .concat(),
        );
        let cluster = element_of(b"\x1F\x43\xB6\x75", b"\x7B\xA9\x82pictures");
        let segment = [
            b"\x18\x53\x80\x67\x01\xFF\xFF\xFF\xFF\xFF\xFF\xFF".to_vec(),
            info,
            cluster,
            element_of(b"\x12\x54\xC3\x67", &long),
            element_of(b"\x19\x41\xA4\x69", b"author-file"),
        ]
        .concat();
        let film = [element_of(b"\x1A\x45\xDF\xA3", b"webm"), segment].concat();
        let mut clean = film.clone();
        empty(&mut clean);
        let holds = |mark: &[u8]| clean.windows(mark.len()).any(|it| it == mark);
        assert!(clean.len() == film.len() && !holds(b"author"));
        assert!(holds(b"\x7B\xA9\x82pictures") && holds(b"Lavf"));
        // What is there can still be walked through to its end.
        let mut again = clean.clone();
        empty(&mut again);
        assert_eq!(again, clean);
    }
}

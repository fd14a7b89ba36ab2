//! A JPEG file without what it tells beside its picture.

use img_parts::jpeg::{Jpeg, JpegSegment, markers};

use super::{exif_of, orientation};

/// How a segment with a part of a colour profile begins.
const PROFILE: &[u8] = b"ICC_PROFILE\0";

/// Returns the file without metadata, previews and what hangs behind the picture; `None` where it
/// is broken.
pub(super) fn clean(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut jpeg = Jpeg::from_bytes(bytes.to_vec().into()).ok()?;
    let turned = orientation(bytes).filter(|turned| *turned != 1);
    jpeg.segments_mut().retain(belongs_to_picture);
    if let Some(turned) = turned {
        let exif = [b"Exif\0\0", exif_of(turned).as_slice()].concat();
        let exif = JpegSegment::new_with_contents(markers::APP1, exif.into());
        jpeg.segments_mut().insert(0, exif);
    }
    let mut clean = jpeg.encoder().bytes().to_vec();
    clean.truncate(end(&clean)?);
    Some(clean)
}

/// Tells whether the picture needs a segment: APP0 (density), APP14 (colour model) and the colour
/// profile in APP2 do, unlike all other notes of applications.
fn belongs_to_picture(segment: &JpegSegment) -> bool {
    match segment.marker() {
        markers::APP0 | markers::APP14 => true,
        markers::APP2 => segment.contents().starts_with(PROFILE),
        markers::COM => false,
        marker => !(markers::APP1..=markers::APP15).contains(&marker),
    }
}

/// Returns where the picture ends. A phone may hang a film behind it.
fn end(bytes: &[u8]) -> Option<usize> {
    let mut at = 2;
    loop {
        let &[0xFF, marker] = bytes.get(at..at + 2)? else {
            // The data of a scan.
            at += 1;
            continue;
        };
        at += match marker {
            markers::EOI => return Some(at + 2),
            // A byte of data, a restart, a filler.
            0x00 | 0x01 | 0xD0..=0xD7 => 2,
            0xFF => 1,
            _ => {
                let length = bytes.get(at + 2..at + 4)?;
                2 + usize::from(u16::from_be_bytes([length[0], length[1]]))
            }
        };
    }
}

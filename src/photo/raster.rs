//! What is wrong with a picture of pixels, as far as its head and its end tell.

use super::{Fault, Format, MOST_PIXELS, MOST_WHOLE, gif, jpeg, png, size, webp};

/// Finds out why the picture `bytes`, written as `format`, cannot be used; `None` where nothing is
/// seen to be wrong.
pub(super) fn fault(format: Format, bytes: &[u8]) -> Option<Fault> {
    match format {
        Format::Heic | Format::Avif => return Some(Fault::Format(format)),
        Format::Jpeg => return jpeg::fault(bytes),
        Format::Bmp if bmp_is_cut(bytes) => return Some(Fault::Cut),
        _ => {}
    }
    let Some(size) = size(bytes) else {
        return Some(match format {
            Format::Tiff | Format::Bmp => Fault::Broken("unknown kind".to_owned()),
            _ => Fault::Cut,
        });
    };
    let most = match format {
        Format::Png if !png::is_interlaced(bytes) => MOST_PIXELS,
        _ => MOST_WHOLE,
    };
    if u64::from(size.0) * u64::from(size.1) > most {
        return Some(Fault::TooLarge { size, most });
    }
    match format {
        Format::Png => png::fault(bytes),
        Format::Gif => gif::is_cut(bytes).then_some(Fault::Cut),
        Format::Webp => webp::is_cut(bytes).then_some(Fault::Cut),
        _ => None,
    }
}

/// Tells whether a BMP ends before the length that its head tells, or before its first pixel.
fn bmp_is_cut(bytes: &[u8]) -> bool {
    let number = |at: usize| {
        let number = bytes.get(at..at + 4)?.try_into().ok()?;
        usize::try_from(u32::from_le_bytes(number)).ok()
    };
    let ends = number(2).is_some_and(|length| bytes.len() < length);
    ends || number(10).is_none_or(|first| bytes.len() <= first)
}

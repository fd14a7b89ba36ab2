//! Why a picture cannot be used, as far as its head and its end tell.

use super::{Format, MOST_PIXELS, MOST_WHOLE, gif, jpeg, png, size, svg, webp};

/// Why a picture cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The file holds nothing.
    Empty,
    /// The file ends before the picture does.
    Cut,
    /// It is damaged, or no picture; in the decoder's words.
    Broken(String),
    /// It has more pixels than can be decoded.
    TooLarge {
        /// Width and height that it says it has.
        size: (u32, u32),
        /// About how many pixels one of its kind may have.
        most: u64,
    },
    /// A format that neither browsers nor printing take.
    Format(Format),
    /// A kind of JPEG that hardly anything reads.
    Rare,
}

impl From<String> for Fault {
    fn from(cause: String) -> Self {
        Self::Broken(cause)
    }
}

/// Finds out why the picture `bytes` cannot be used; `None` where nothing is seen to be wrong.
pub fn fault(bytes: &[u8]) -> Option<Fault> {
    if bytes.is_empty() {
        return Some(Fault::Empty);
    }
    let Some(format) = Format::by_mark(bytes) else {
        return svg::fault(bytes);
    };
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn giants_are_refused_by_their_head() {
        let gif = b"GIF89a\xFF\xFF\xFF\xFF\0\0\0;";
        assert_eq!(
            fault(gif),
            Some(Fault::TooLarge {
                size: (65_535, 65_535),
                most: MOST_WHOLE
            })
        );
    }

    #[test]
    fn what_is_no_picture_says_so() {
        assert_eq!(fault(b""), Some(Fault::Empty));
        assert!(matches!(fault(b"<html>404</html>"), Some(Fault::Broken(_))));
        let heic = b"\0\0\0\x18ftypheic\0\0\0\0";
        assert_eq!(fault(heic), Some(Fault::Format(Format::Heic)));
    }
}

//! The size of a picture, read from its first bytes, so that a page keeps room for it.

/// Returns width and height in CSS pixels of an SVG, PNG, JPEG, GIF or WebP file; `None` where
/// the file does not say.
pub(super) fn dimensions(bytes: &[u8]) -> Option<(u32, u32)> {
    png(bytes)
        .or_else(|| jpeg(bytes))
        .or_else(|| gif(bytes))
        .or_else(|| webp(bytes))
        .or_else(|| svg(bytes))
        .filter(|&(width, height)| width > 0 && height > 0)
}

fn png(bytes: &[u8]) -> Option<(u32, u32)> {
    let header = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n")?.get(4..16)?;
    let number = |at: usize| Some(u32::from_be_bytes(header.get(at..at + 4)?.try_into().ok()?));
    header.starts_with(b"IHDR").then_some(())?;
    Some((number(4)?, number(8)?))
}

/// Walks the segments to the frame header.
fn jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut at = bytes.starts_with(b"\xff\xd8").then_some(2)?;
    loop {
        let &[0xff, marker, high, low] = bytes.get(at..at + 4)? else {
            return None;
        };
        // C4, C8 and CC share the range of frame headers but are none.
        if (0xc0..=0xcf).contains(&marker) && !matches!(marker, 0xc4 | 0xc8 | 0xcc) {
            let size = bytes.get(at + 5..at + 9)?;
            let pair = |at: usize| u32::from(u16::from_be_bytes([size[at], size[at + 1]]));
            return Some((pair(2), pair(0)));
        }
        at += 2 + usize::from(u16::from_be_bytes([high, low]));
    }
}

fn gif(bytes: &[u8]) -> Option<(u32, u32)> {
    let size = bytes.strip_prefix(b"GIF8")?.get(2..6)?;
    let pair = |at: usize| u32::from(u16::from_le_bytes([size[at], size[at + 1]]));
    Some((pair(0), pair(2)))
}

fn webp(bytes: &[u8]) -> Option<(u32, u32)> {
    let body = bytes
        .strip_prefix(b"RIFF")?
        .get(4..)?
        .strip_prefix(b"WEBP")?;
    let byte = |at: usize| body.get(at).copied().map(u32::from);
    match body.get(..4)? {
        b"VP8X" => {
            let three = |at| Some(1 + byte(at)? + (byte(at + 1)? << 8) + (byte(at + 2)? << 16));
            Some((three(12)?, three(15)?))
        }
        b"VP8 " => {
            let pair = |at| Some((byte(at)? + (byte(at + 1)? << 8)) & 0x3fff);
            Some((pair(14)?, pair(16)?))
        }
        b"VP8L" => {
            let bits = byte(9)? + (byte(10)? << 8) + (byte(11)? << 16) + (byte(12)? << 24);
            Some(((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1))
        }
        _ => None,
    }
}

/// Reads `width` and `height`, else the `viewBox`, of the root element.
fn svg(bytes: &[u8]) -> Option<(u32, u32)> {
    let text = std::str::from_utf8(bytes).ok()?;
    let start = text.find("<svg")?;
    let tag = &text[start..start + text[start..].find('>')?];
    let length = |name: &str| {
        let value = attribute(tag, name)?;
        let number = value.strip_suffix("px").unwrap_or(value);
        number.parse::<f64>().ok()
    };
    let given = length("width").zip(length("height"));
    let (width, height) = given.or_else(|| {
        let mut numbers = attribute(tag, "viewBox")?
            .split([' ', ','])
            .filter(|part| !part.is_empty())
            .map(str::parse::<f64>);
        let mut next = || numbers.next()?.ok();
        let (_, _) = (next()?, next()?);
        Some((next()?, next()?))
    })?;
    Some((width.round() as u32, height.round() as u32))
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let mut from = 0;
    loop {
        let at = from + tag[from..].find(name)?;
        let rest = tag[at + name.len()..].trim_start();
        let before = tag[..at].ends_with(char::is_whitespace);
        match rest.strip_prefix('=').map(str::trim_start) {
            Some(value) if before => {
                let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
                return value[1..].split(quote).next();
            }
            _ => from = at + name.len(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vector_pictures_say_their_size_in_either_way() {
        let boxed = b"<?xml version='1.0'?><svg xmlns='x' viewBox='0 0 240 180.4'><g/></svg>";
        assert_eq!(dimensions(boxed), Some((240, 180)));
        let sized = b"<svg stroke-width=\"2\" width=\"24px\" height=\"30\" viewBox=\"0 0 1 1\">";
        assert_eq!(dimensions(sized), Some((24, 30)));
        assert_eq!(dimensions(b"<svg width=\"100%\" height=\"100%\">"), None);
    }

    #[test]
    fn png_and_jpeg_headers_are_read() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x02\x80\0\0\x01\xe0\x08\x06";
        assert_eq!(dimensions(png), Some((640, 480)));
        let jpeg = b"\xff\xd8\xff\xe0\0\x04ab\xff\xc0\0\x11\x08\x01\xe0\x02\x80\x03";
        assert_eq!(dimensions(jpeg), Some((640, 480)));
    }

    #[test]
    fn cut_and_foreign_files_have_no_size() {
        for bytes in [
            &b""[..],
            b"%PDF-1.7",
            b"\x89PNG\r\n\x1a\n\0",
            b"\xff\xd8\xff",
            b"RIFF",
        ] {
            assert_eq!(dimensions(bytes), None);
        }
    }
}

//! Pictures on their way to the site: upright, cut as they were cut, no larger than print needs,
//! without what a phone writes into them.

use std::sync::Arc;

use image::DynamicImage;

use super::model::Picture;
use crate::diag::{Words, words};
use crate::photo::{self, Fault, Format};

/// The longest side in pixels that is kept: A3 at 240 dots an inch.
const LONGEST: u32 = 4000;
/// The width in pixels at which a seal is looked for.
const SEEN: u32 = 160;

/// A picture that may go on the site.
#[derive(Debug)]
pub(super) struct Ready {
    /// The ending of its file.
    pub ending: &'static str,
    /// Its file.
    pub bytes: Vec<u8>,
    /// Whether it was made smaller.
    pub is_smaller: bool,
}

/// Makes a picture ready.
///
/// # Errors
/// Why it cannot go on the site, in words.
pub(super) fn ready(picture: &Picture) -> Result<Ready, Words> {
    let bytes = &picture.bytes;
    if is_metafile(bytes) {
        return Err(words("import-no-metafile"));
    }
    let format = Format::by_mark(bytes);
    let size = photo::size(bytes);
    let is_whole = picture.crop.iter().all(|side| side.abs() < 0.002);
    let is_upright = picture.quarters == 0 && !picture.mirrored;
    let stands = matches!(photo::orientation(bytes), None | Some(1));
    let is_small = size.is_none_or(|(width, height)| width.max(height) <= LONGEST);
    if let Some(fault) = photo::fault(bytes) {
        return Err(said(&fault));
    }
    let plain = matches!(
        format,
        None | Some(Format::Jpeg | Format::Png | Format::Webp | Format::Gif)
    );
    let moves = photo::is_moving(bytes);
    if plain && (is_whole && is_upright && stands && is_small || moves || format.is_none()) {
        let clean = photo::published(&Arc::from(bytes.as_slice()));
        let ending = format.map_or("svg", Format::ending);
        return Ok(Ready {
            ending,
            bytes: clean.to_vec(),
            is_smaller: false,
        });
    }
    let (width, height) = photo::upright(bytes, size.unwrap_or((1, 1)));
    let longest = width.max(height);
    let wanted = match longest > LONGEST {
        true => u64::from(width) * u64::from(LONGEST) / u64::from(longest),
        false => u64::from(width),
    };
    let wanted = u32::try_from(wanted).unwrap_or(LONGEST).max(1);
    let pixels = photo::pixels(bytes, wanted).map_err(|fault| said(&fault))?;
    let turned = turned(cut(pixels, picture.crop), picture);
    let drawn = format == Some(Format::Png) && turned.width().max(turned.height()) < 2000;
    let bytes = match drawn {
        true => as_png(&turned),
        false => photo::encoded(turned).map_err(|fault| said(&fault))?,
    };
    let ending = Format::by_mark(&bytes).map_or("png", Format::ending);
    Ok(Ready {
        ending,
        bytes,
        is_smaller: longest > LONGEST,
    })
}

/// Writes a drawing without loss.
fn as_png(picture: &DynamicImage) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    // Memory takes what is written.
    let _ = picture.write_to(&mut bytes, image::ImageFormat::Png);
    bytes.into_inner()
}

fn cut(picture: DynamicImage, [left, top, right, bottom]: [f32; 4]) -> DynamicImage {
    let (width, height) = (picture.width(), picture.height());
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a part of a side"
    )]
    let part = |side: f32, of: u32| (f64::from(side.clamp(0.0, 0.98)) * f64::from(of)) as u32;
    let (x, y) = (part(left, width), part(top, height));
    let width = width.saturating_sub(x + part(right, width)).max(1);
    let height = height.saturating_sub(y + part(bottom, height)).max(1);
    picture.crop_imm(x, y, width, height)
}

fn turned(picture: DynamicImage, as_said: &Picture) -> DynamicImage {
    let picture = match as_said.mirrored {
        true => picture.fliph(),
        false => picture,
    };
    match as_said.quarters {
        1 => picture.rotate90(),
        2 => picture.rotate180(),
        3 => picture.rotate270(),
        _ => picture,
    }
}

fn said(fault: &Fault) -> Words {
    match fault {
        Fault::Format(Format::Heic | Format::Avif) => words("import-no-heic"),
        Fault::TooLarge { .. } => words("import-no-giant"),
        Fault::Empty | Fault::Cut => words("import-no-whole"),
        _ => words("import-no-known"),
    }
}

/// Tells whether it is a drawing of Windows, which browsers do not show.
fn is_metafile(bytes: &[u8]) -> bool {
    let is_enhanced = bytes.get(40..44) == Some(b" EMF");
    let is_old = bytes.starts_with(b"\xD7\xCD\xC6\x9A") || bytes.starts_with(b"\x01\0\x09\0\0\x03");
    // Packed ones, and those of a Mac.
    is_enhanced || is_old || bytes.starts_with(b"\x1F\x8B")
}

/// Tells whether a picture looks like a seal: about square, the size of one, and red on nothing.
pub(super) fn is_seal(picture: &Picture) -> bool {
    let (width, height) = match (picture.size, photo::size(&picture.bytes)) {
        (Some(size), _) => size,
        (None, Some((width, height))) => (width as f32 / 60.0, height as f32 / 60.0),
        _ => return false,
    };
    let is_square = (0.75..1.34).contains(&(width / height.max(0.01)));
    let is_of_size = picture.size.is_none() || (2.0..7.5).contains(&width);
    if !is_square || !is_of_size || Format::by_mark(&picture.bytes).is_none() {
        return false;
    }
    let Ok(pixels) = photo::pixels(&picture.bytes, SEEN) else {
        return false;
    };
    let pixels = cut(pixels, picture.crop).into_rgba8();
    let (mut red, mut ink) = (0_u32, 0_u32);
    for pixel in pixels.pixels() {
        let [r, g, b, alpha] = pixel.0.map(i32::from);
        let is_paper = alpha < 60 || r.min(g).min(b) > 205;
        if is_paper {
            continue;
        }
        ink += 1;
        red += u32::from(r > g + 45 && r > b + 45);
    }
    let all = pixels.width() * pixels.height();
    // A ring, a star and characters; one that is all red is asked about too.
    ink * 50 > all && red * 100 > ink * 85
}

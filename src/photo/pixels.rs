//! The picture of a photo: upright, in the colours of the web.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageReader, Limits};
use moxcms::{ColorProfile, Layout, TransformOptions};

use super::orientation;

/// The most memory that one picture may take, so that a small file cannot fill the machine.
const MOST_BYTES: u64 = 1 << 30;

/// Returns the picture as it is to be seen.
///
/// # Errors
/// Where the file is broken or of no known kind, in the decoder's words.
pub fn pixels(bytes: &[u8]) -> Result<DynamicImage, String> {
    // A decoder that stumbles over a broken file must not end the program.
    catch_unwind(AssertUnwindSafe(|| decoded(bytes))).unwrap_or_else(|_| Err("panic".to_owned()))
}

fn decoded(bytes: &[u8]) -> Result<DynamicImage, String> {
    let failed = |error: image::ImageError| error.to_string();
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|error| error.to_string())?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_BYTES);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(failed)?;
    let profile = decoder.icc_profile().ok().flatten();
    let mut picture = eight_bits(DynamicImage::from_decoder(decoder).map_err(failed)?);
    if let Some(profile) = profile {
        to_web_colours(&mut picture, &profile);
    }
    if let Some(turned) = turned(bytes) {
        picture.apply_orientation(turned);
    }
    Ok(picture)
}

/// Returns width and height as the photo is to be seen, of those that its file says.
pub fn upright(bytes: &[u8], (width, height): (u32, u32)) -> (u32, u32) {
    match orientation(bytes) {
        Some(5..=8) => (height, width),
        _ => (width, height),
    }
}

fn turned(bytes: &[u8]) -> Option<Orientation> {
    Orientation::from_exif(u8::try_from(orientation(bytes)?).ok()?)
}

fn eight_bits(picture: DynamicImage) -> DynamicImage {
    match picture.color().has_alpha() {
        true => DynamicImage::ImageRgba8(picture.into_rgba8()),
        false => DynamicImage::ImageRgb8(picture.into_rgb8()),
    }
}

/// Takes the colours from the space of `profile`, such as a phone's Display P3, to sRGB. A profile
/// that is not understood leaves them as they are.
fn to_web_colours(picture: &mut DynamicImage, profile: &[u8]) {
    let Ok(profile) = ColorProfile::new_from_slice(profile) else {
        return;
    };
    let (layout, pixels): (_, &mut [u8]) = match picture {
        DynamicImage::ImageRgb8(pixels) => (Layout::Rgb, &mut *pixels),
        DynamicImage::ImageRgba8(pixels) => (Layout::Rgba, &mut *pixels),
        _ => return,
    };
    let web = ColorProfile::new_srgb();
    let options = TransformOptions::default();
    if let Ok(transform) = profile.create_transform_8bit(layout, &web, layout, options) {
        let source = pixels.to_vec();
        // Where it fails, nothing was written.
        let _ = transform.transform(&source, pixels);
    }
}

#[cfg(test)]
mod tests {
    use image::{Rgb, RgbImage};

    use super::*;

    #[test]
    fn a_broken_photo_says_so() {
        assert!(pixels(b"\xFF\xD8\xFF\xE0 no photo").is_err());
        assert!(pixels(b"").is_err());
    }

    #[test]
    fn a_turned_photo_stands_upright() {
        let mut lying = RgbImage::from_pixel(32, 16, Rgb([255, 255, 255]));
        (0..8).for_each(|y| (0..8).for_each(|x| lying.put_pixel(x, y, Rgb([0, 0, 0]))));
        let photo = crate::photo::testing::phone_photo_of(&lying);
        let picture = pixels(&photo).expect("it is a photo").into_rgb8();
        assert_eq!((picture.width(), picture.height()), (16, 32));
        // Turned by a quarter to the right, the corner above left comes to the right.
        assert!(picture.get_pixel(12, 3).0[0] < 60 && picture.get_pixel(3, 3).0[0] > 200);
        assert_eq!(upright(&photo, (32, 16)), (16, 32));
    }
}

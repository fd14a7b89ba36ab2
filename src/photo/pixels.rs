//! The picture of a photo: upright, in the colours of the web, as small as it is wanted.
//!
//! Whatever a file claims, decoding it takes no more than about [`MOST_MEMORY`](super::MOST_MEMORY):
//! giants are decoded at a part of their size, or refused by their head.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use image::metadata::Orientation;
use image::{DynamicImage, GrayImage, ImageDecoder, ImageReader, Limits, Rgb, RgbImage, RgbaImage};
use moxcms::{ColorProfile, Layout, TransformOptions};
use pic_scale::{ImageStore, ImageStoreMut, ResamplingFunction, Scaler, WorkloadStrategy};

use super::jpeg::{self, Pixels};
use super::{Fault, Format, MOST_MEMORY, orientation, png, raster, size};

/// A PNG of more pixels is read row by row.
const WHOLE_PNG: u64 = 36_000_000;
/// So many of them are kept at most.
const KEPT: u64 = 64_000_000;

/// Returns the picture as it is to be seen, `width` pixels wide or as wide as it is.
///
/// # Errors
/// Where the file is broken, too large or of no known kind.
pub fn pixels(bytes: &[u8], width: u32) -> Result<DynamicImage, Fault> {
    let fault = match Format::by_mark(bytes) {
        _ if bytes.is_empty() => Some(Fault::Empty),
        format => format.and_then(|format| raster::fault(format, bytes)),
    };
    if let Some(fault) = fault {
        return Err(fault);
    }
    // A decoder that stumbles over a broken file must not end the program.
    let decoded = catch_unwind(AssertUnwindSafe(|| decoded(bytes, width)));
    decoded.unwrap_or_else(|_| Err(Fault::Broken("panic".to_owned())))
}

/// Returns width and height as the photo is to be seen, of those that its file says.
pub fn upright(bytes: &[u8], (width, height): (u32, u32)) -> (u32, u32) {
    match orientation(bytes) {
        Some(5..=8) => (height, width),
        _ => (width, height),
    }
}

/// Returns about how many bytes it takes to decode `bytes` for a picture `width` pixels wide.
pub fn memory(bytes: &[u8], width: u32) -> u64 {
    let Some(size) = size(bytes) else {
        return 0;
    };
    match jpeg::Frame::of(bytes) {
        Some(frame) => frame.memory(frame.scale(lying(bytes, size, width))),
        None => (u64::from(size.0) * u64::from(size.1) * 7).min(MOST_MEMORY),
    }
}

/// Returns `picture` at the width `width`, its proportions kept.
pub fn smaller(picture: DynamicImage, width: u32) -> Result<DynamicImage, String> {
    let size = (picture.width(), picture.height());
    scaled(picture, (width, height_at(width, size)))
}

fn height_at(width: u32, (whole, height): (u32, u32)) -> u32 {
    let height = u64::from(height) * u64::from(width) / u64::from(whole.max(1));
    u32::try_from(height).unwrap_or(1).max(1)
}

/// Returns the size of the picture as it lies in its file, of one that is upright `width` wide.
fn lying(bytes: &[u8], size: (u32, u32), width: u32) -> (u32, u32) {
    let standing = upright(bytes, size);
    let width = width.clamp(1, standing.0.max(1));
    upright(bytes, (width, height_at(width, standing)))
}

fn decoded(bytes: &[u8], width: u32) -> Result<DynamicImage, Fault> {
    let size = size(bytes).ok_or_else(|| Fault::Broken("no size".to_owned()))?;
    let wanted = lying(bytes, size, width);
    let (read, profile) = match Format::by_mark(bytes) {
        Some(Format::Jpeg) => jpeg::decode(bytes, wanted)?,
        Some(Format::Png) if area(size) > WHOLE_PNG && !png::is_interlaced(bytes) => {
            let reduced = png::reduced(bytes, squares(size, wanted) as usize)?;
            (Pixels::Light(reduced), png::profile(bytes))
        }
        _ => whole(bytes)?,
    };
    let mut picture = match read {
        Pixels::Light(picture) => {
            let mut picture = eight_bits(scaled(eight_bits_a_channel(picture), wanted)?);
            if let Some(profile) = profile {
                to_web_colours(&mut picture, &profile);
            }
            picture
        }
        Pixels::Ink(ink) => of_ink(&resampled(&ink, wanted, Fourth::Ink)?, profile),
    };
    if let Some(turned) = turned(bytes) {
        picture.apply_orientation(turned);
    }
    Ok(picture)
}

/// Chooses how many pixels in a row become one before the better filter takes over: as few as leave
/// twice what is `wanted`, or as memory takes.
fn squares((width, height): (u32, u32), wanted: (u32, u32)) -> u32 {
    let by = (width / (2 * wanted.0)).min(height / (2 * wanted.1)).max(1);
    let is_small = |by: &u32| area((width / by, height / by)) <= KEPT;
    (by..).find(is_small).unwrap_or(by)
}

fn area((width, height): (u32, u32)) -> u64 {
    u64::from(width) * u64::from(height)
}

/// Decodes what can only be decoded as a whole.
fn whole(bytes: &[u8]) -> Result<(Pixels, Option<Vec<u8>>), Fault> {
    let failed = |error: image::ImageError| match error {
        image::ImageError::Limits(_) => too_large(bytes),
        error => Fault::Broken(error.to_string()),
    };
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|error| Fault::Broken(error.to_string()))?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(failed)?;
    if decoder.total_bytes() > MOST_MEMORY {
        return Err(too_large(bytes));
    }
    let profile = decoder.icc_profile().ok().flatten();
    let picture = DynamicImage::from_decoder(decoder).map_err(failed)?;
    Ok((Pixels::Light(picture), profile))
}

fn too_large(bytes: &[u8]) -> Fault {
    Fault::TooLarge {
        size: size(bytes).unwrap_or_default(),
        // Eight bytes a pixel are the most.
        most: MOST_MEMORY / 8,
    }
}

fn turned(bytes: &[u8]) -> Option<Orientation> {
    Orientation::from_exif(u8::try_from(orientation(bytes)?).ok()?)
}

/// Returns the picture with a byte for each channel that it has.
fn eight_bits_a_channel(picture: DynamicImage) -> DynamicImage {
    match picture {
        DynamicImage::ImageLuma8(_) | DynamicImage::ImageRgb8(_) | DynamicImage::ImageRgba8(_) => {
            picture
        }
        DynamicImage::ImageLuma16(_) => DynamicImage::ImageLuma8(picture.into_luma8()),
        picture => eight_bits(picture),
    }
}

fn eight_bits(picture: DynamicImage) -> DynamicImage {
    match picture.color().has_alpha() {
        true => DynamicImage::ImageRgba8(picture.into_rgba8()),
        false => DynamicImage::ImageRgb8(picture.into_rgb8()),
    }
}

/// Brings `picture` to `size`; one that is smaller already stays as it is.
fn scaled(picture: DynamicImage, size: (u32, u32)) -> Result<DynamicImage, String> {
    if picture.width() <= size.0 || picture.height() < size.1 {
        return Ok(picture);
    }
    match picture {
        DynamicImage::ImageRgba8(pixels) => {
            resampled(&pixels, size, Fourth::Opacity).map(DynamicImage::ImageRgba8)
        }
        DynamicImage::ImageLuma8(grey) => {
            let (width, height) = (side(grey.width()), side(grey.height()));
            let source = ImageStore::<u8, 1>::borrow(&grey, width, height);
            let source = source.map_err(|error| error.to_string())?;
            let mut target = ImageStoreMut::<u8, 1>::alloc(side(size.0), side(size.1));
            scaler()
                .plan_planar_resampling(source.size(), target.size())
                .and_then(|plan| plan.resample(&source, &mut target))
                .map_err(|error| error.to_string())?;
            let pixels = GrayImage::from_raw(size.0, size.1, target.as_bytes().to_vec());
            let pixels = pixels.map(DynamicImage::ImageLuma8);
            pixels.ok_or_else(|| "too few pixels".to_owned())
        }
        picture => {
            let pixels = picture.into_rgb8();
            let (width, height) = (side(pixels.width()), side(pixels.height()));
            let source = ImageStore::<u8, 3>::borrow(&pixels, width, height);
            let source = source.map_err(|error| error.to_string())?;
            let mut target = ImageStoreMut::<u8, 3>::alloc(side(size.0), side(size.1));
            scaler()
                .plan_rgb_resampling(source.size(), target.size())
                .and_then(|plan| plan.resample(&source, &mut target))
                .map_err(|error| error.to_string())?;
            let pixels = RgbImage::from_raw(size.0, size.1, target.as_bytes().to_vec());
            let pixels = pixels.map(DynamicImage::ImageRgb8);
            pixels.ok_or_else(|| "too few pixels".to_owned())
        }
    }
}

/// What the fourth channel is.
enum Fourth {
    /// How far one sees through.
    Opacity,
    /// Black ink.
    Ink,
}

fn resampled(pixels: &RgbaImage, size: (u32, u32), fourth: Fourth) -> Result<RgbaImage, String> {
    let is_opacity = matches!(fourth, Fourth::Opacity);
    if pixels.width() <= size.0 || pixels.height() < size.1 {
        return Ok(pixels.clone());
    }
    let source = ImageStore::<u8, 4>::borrow(pixels, side(pixels.width()), side(pixels.height()));
    let source = source.map_err(|error| error.to_string())?;
    let mut target = ImageStoreMut::<u8, 4>::alloc(side(size.0), side(size.1));
    scaler()
        .plan_rgba_resampling(source.size(), target.size(), is_opacity)
        .and_then(|plan| plan.resample(&source, &mut target))
        .map_err(|error| error.to_string())?;
    RgbaImage::from_raw(size.0, size.1, target.as_bytes().to_vec())
        .ok_or_else(|| "too few pixels".to_owned())
}

fn side(length: u32) -> usize {
    length as usize
}

fn scaler() -> Scaler {
    Scaler::new(ResamplingFunction::CatmullRom)
        .set_workload_strategy(WorkloadStrategy::PreferQuality)
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

/// Returns what amounts of ink look like: by the press that `profile` describes, or else as
/// browsers guess.
fn of_ink(ink: &RgbaImage, profile: Option<Vec<u8>>) -> DynamicImage {
    let (width, height) = ink.dimensions();
    let mut light = RgbImage::new(width, height);
    let press = profile.and_then(|profile| ColorProfile::new_from_slice(&profile).ok());
    let web = ColorProfile::new_srgb();
    let options = TransformOptions::default();
    let transform = press.and_then(|press| {
        press
            .create_transform_8bit(Layout::Rgba, &web, Layout::Rgb, options)
            .ok()
    });
    let done = transform.is_some_and(|transform| transform.transform(ink, &mut light).is_ok());
    if !done {
        for (light, ink) in light.pixels_mut().zip(ink.pixels()) {
            let [colours @ .., black] = ink.0.map(|amount| u16::from(255 - amount));
            *light = Rgb(colours.map(|colour| (colour * black / 255) as u8));
        }
    }
    DynamicImage::ImageRgb8(light)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_photo_says_so() {
        assert!(pixels(b"\xFF\xD8\xFF\xE0 no photo", 9).is_err());
        assert_eq!(pixels(b"", 9), Err(Fault::Empty));
    }

    #[test]
    fn a_turned_photo_stands_upright() {
        let mut lying = RgbImage::from_pixel(32, 16, Rgb([255, 255, 255]));
        (0..8).for_each(|y| (0..8).for_each(|x| lying.put_pixel(x, y, Rgb([0, 0, 0]))));
        let photo = crate::photo::testing::phone_photo_of(&lying);
        let picture = pixels(&photo, 99).expect("it is a photo").into_rgb8();
        assert_eq!((picture.width(), picture.height()), (16, 32));
        // Turned by a quarter to the right, the corner above left comes to the right.
        assert!(picture.get_pixel(12, 3).0[0] < 60 && picture.get_pixel(3, 3).0[0] > 200);
        assert_eq!(upright(&photo, (32, 16)), (16, 32));
        let small = pixels(&photo, 8).expect("it is a photo");
        assert_eq!((small.width(), small.height()), (8, 16));
    }
}

//! Pictures as the typesetter takes them: in a format that it reads rightly, no larger than print
//! needs.

use std::sync::Arc;

use image::DynamicImage;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};

use super::{Fault, Format, jpeg, pixels, raster, size, upright};

/// The most pixels that paper needs: more than A3 at 300 dots an inch, or 90 cm at 170, which is
/// twice as fine as anyone sees from a metre away.
const MOST: u64 = 24_000_000;
/// How finely photos are kept, of 100.
const QUALITY: u8 = 92;

/// Returns the picture `bytes`, written as `format`, as the typesetter takes it.
///
/// # Errors
/// Where it cannot be used.
pub(super) fn for_paper(format: Format, bytes: &Arc<[u8]>) -> Result<Arc<[u8]>, Fault> {
    if let Some(fault) = raster::fault(format, bytes) {
        return Err(fault);
    }
    match size(bytes) {
        Some(size) if !is_taken(format, bytes) => shrunk(bytes, size).map(Arc::from),
        _ => Ok(bytes.clone()),
    }
}

/// Tells whether the typesetter takes the picture `bytes`, written as `format`, as it is.
pub(super) fn is_taken(format: Format, bytes: &[u8]) -> bool {
    let Some((width, height)) = size(bytes) else {
        return true;
    };
    let is_plain = match format {
        Format::Jpeg => jpeg::Frame::of(bytes).is_some_and(|frame| frame.is_plain()),
        Format::Png | Format::Webp | Format::Gif => true,
        Format::Bmp | Format::Tiff | Format::Heic | Format::Avif => false,
    };
    is_plain && u64::from(width) * u64::from(height) <= MOST
}

/// Returns a picture of a format that browsers do not show in one that they do.
///
/// # Errors
/// Where it cannot be decoded.
pub(super) fn as_known(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let size = size(bytes).ok_or_else(|| Fault::Broken("unknown kind".to_owned()))?;
    shrunk(bytes, size)
}

/// Writes the picture anew with as many pixels as paper needs.
fn shrunk(bytes: &[u8], size: (u32, u32)) -> Result<Vec<u8>, Fault> {
    let (width, height) = upright(bytes, size);
    let n_pixels = f64::from(width) * f64::from(height);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a part of a width"
    )]
    let width = (f64::from(width) * (MOST as f64 / n_pixels).sqrt().min(1.0)) as u32;
    encoded(pixels(bytes, width)?)
}

/// Writes photos as JPEG, and what is grey or can be seen through as PNG.
///
/// # Errors
/// Where it cannot be written.
pub fn encoded(picture: DynamicImage) -> Result<Vec<u8>, Fault> {
    let mut file = Vec::new();
    let picture = match picture {
        DynamicImage::ImageRgb8(_) if is_grey(&picture) => {
            DynamicImage::ImageLuma8(picture.into_luma8())
        }
        picture => picture,
    };
    let done = match picture {
        DynamicImage::ImageRgb8(_) => {
            picture.write_with_encoder(JpegEncoder::new_with_quality(&mut file, QUALITY))
        }
        picture => {
            let (fast, filter) = (CompressionType::Fast, FilterType::Adaptive);
            picture.write_with_encoder(PngEncoder::new_with_quality(&mut file, fast, filter))
        }
    };
    done.map(|()| file)
        .map_err(|error| Fault::Broken(error.to_string()))
}

/// Tells whether it is one of black type on white paper.
fn is_grey(picture: &DynamicImage) -> bool {
    let (pixels, _) = picture.as_bytes().as_chunks::<3>();
    let mut pixels = pixels.iter();
    pixels.all(|[red, green, blue]| red == green && green == blue)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use image::{ImageFormat, Rgb, RgbImage};

    use super::*;

    fn written(picture: &RgbImage, format: ImageFormat) -> Arc<[u8]> {
        let mut file = Cursor::new(Vec::new());
        picture
            .write_to(&mut file, format)
            .expect("memory takes any picture");
        file.into_inner().into()
    }

    #[test]
    fn scans_of_old_formats_become_what_browsers_show() {
        let photo = RgbImage::from_fn(40, 30, |x, _| Rgb([x as u8 * 6, 90, 30]));
        let page = RgbImage::from_fn(40, 30, |x, _| Rgb([x as u8 * 6; 3]));
        for format in [ImageFormat::Bmp, ImageFormat::Tiff] {
            let known =
                |picture| Format::by_mark(&super::super::published(&written(picture, format)));
            assert_eq!(known(&photo), Some(Format::Jpeg));
            assert_eq!(known(&page), Some(Format::Png));
        }
    }

    #[test]
    fn paper_gets_what_it_can_show() {
        let small = written(&RgbImage::new(40, 30), ImageFormat::Png);
        let same = crate::photo::for_paper(&small).expect("it is whole");
        assert!(Arc::ptr_eq(&small, &same));
        let giant = written(&RgbImage::new(9000, 5000), ImageFormat::Png);
        let less = crate::photo::for_paper(&giant).expect("it is whole");
        assert_eq!(size(&less), Some((6572, 3651)));
        assert_eq!(
            crate::photo::for_paper(&Arc::from(&b""[..])),
            Err(Fault::Empty)
        );
    }
}

//! Pixels as a file.

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{DynamicImage, ExtendedColorType, ImageEncoder};

/// As sharp as a photo on a page need be, 0 to 100.
const WEBP_QUALITY: f32 = 72.0;
/// The same for JPEG.
const JPEG_QUALITY: u8 = 82;

/// A format, and what it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Photos.
    Webp,
    /// Drawings, type and screens.
    DrawnWebp,
    /// Photos for old browsers.
    Jpeg,
    /// Drawings for old browsers.
    Png,
}

/// Whether a format may leave out what hardly anyone sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Loss {
    None,
    Some,
}

impl Kind {
    /// Returns what tells it from others in a key.
    pub fn name(self) -> &'static [u8] {
        match self {
            Self::Webp => b"photo as webp",
            Self::DrawnWebp => b"drawing as webp",
            Self::Jpeg => b"photo as jpeg",
            Self::Png => b"drawing as png",
        }
    }

    /// Encodes `picture`, which has eight bits a channel.
    ///
    /// # Errors
    /// Where the encoder refuses, in its words.
    pub fn encode(self, picture: &DynamicImage) -> Result<Vec<u8>, String> {
        match self {
            Self::Webp => webp(picture, Loss::Some),
            Self::DrawnWebp => {
                let (lossy, whole) = (webp(picture, Loss::Some)?, webp(picture, Loss::None)?);
                Ok(if whole.len() <= lossy.len() {
                    whole
                } else {
                    lossy
                })
            }
            Self::Jpeg => jpeg(picture),
            Self::Png => png(picture),
        }
    }
}

fn webp(picture: &DynamicImage, loss: Loss) -> Result<Vec<u8>, String> {
    let (width, height) = (picture.width(), picture.height());
    let is_lossless = loss == Loss::None;
    let encoded = match picture.color().has_alpha() {
        true => {
            let pixels = picture.to_rgba8();
            let encoder = webp::Encoder::from_rgba(&pixels, width, height);
            encoder.encode_simple(is_lossless, WEBP_QUALITY)
        }
        false => {
            let pixels = picture.to_rgb8();
            let encoder = webp::Encoder::from_rgb(&pixels, width, height);
            encoder.encode_simple(is_lossless, WEBP_QUALITY)
        }
    };
    encoded
        .map(|file| file.to_vec())
        .map_err(|error| format!("{error:?}"))
}

fn jpeg(picture: &DynamicImage) -> Result<Vec<u8>, String> {
    let mut file = Vec::new();
    let pixels = picture.to_rgb8();
    JpegEncoder::new_with_quality(&mut file, JPEG_QUALITY)
        .encode(
            &pixels,
            picture.width(),
            picture.height(),
            ExtendedColorType::Rgb8,
        )
        .map_err(|error| error.to_string())?;
    Ok(file)
}

fn png(picture: &DynamicImage) -> Result<Vec<u8>, String> {
    let mut file = Vec::new();
    PngEncoder::new_with_quality(&mut file, CompressionType::Default, FilterType::Adaptive)
        .write_image(
            picture.as_bytes(),
            picture.width(),
            picture.height(),
            picture.color().into(),
        )
        .map_err(|error| error.to_string())?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use image::{Rgb, RgbImage, Rgba, RgbaImage};

    use super::*;

    #[test]
    fn every_format_holds_the_picture() {
        let picture = DynamicImage::ImageRgb8(RgbImage::from_fn(64, 48, |x, _| {
            Rgb([u8::try_from(x * 4).unwrap_or(0), 90, 30])
        }));
        let encoded = |kind: Kind| kind.encode(&picture).expect("it can be encoded");
        for kind in [Kind::Webp, Kind::DrawnWebp, Kind::Jpeg, Kind::Png] {
            let file = encoded(kind);
            let read = crate::photo::pixels(&file, u32::MAX)
                .expect("it can be read")
                .to_rgb8();
            assert_eq!(read.dimensions(), (64, 48));
            let [red, green, _] = read.get_pixel(40, 20).0;
            assert!(
                red.abs_diff(160) < 12 && green.abs_diff(90) < 12,
                "{kind:?}"
            );
            assert_eq!(file, encoded(kind), "equal pixels, equal bytes");
        }
    }

    #[test]
    fn what_can_be_seen_through_stays_so() {
        let clear = DynamicImage::ImageRgba8(RgbaImage::from_pixel(8, 8, Rgba([9, 9, 9, 0])));
        for kind in [Kind::Webp, Kind::DrawnWebp, Kind::Png] {
            let file = kind.encode(&clear).expect("it can be encoded");
            let read = crate::photo::pixels(&file, u32::MAX)
                .expect("it can be read")
                .to_rgba8();
            assert_eq!(read.get_pixel(4, 4).0[3], 0, "{kind:?}");
        }
    }
}

//! Photos as one maker's telephones write them (HEIC): decoded as a whole, so that they can be kept as
//! JPEG. Browsers do not show them and printing does not take them.

use std::panic::{AssertUnwindSafe, catch_unwind};

use heic_rs::context::Context;
use heic_rs::{DecodeOptions, Error};
use image::{DynamicImage, RgbImage};

use super::pixels::to_web_colours;
use super::{Fault, MOST_WHOLE};

/// Decodes the photo `bytes`, upright, in the colours of the web.
///
/// # Errors
/// Where it is broken, too large, or written in a way that is not known.
pub fn heic(bytes: &[u8]) -> Result<DynamicImage, Fault> {
    // A decoder that stumbles over a broken file must not end the program.
    let decoded = catch_unwind(AssertUnwindSafe(|| decoded(bytes)));
    decoded.unwrap_or_else(|_| Err(Fault::Broken("panic".to_owned())))
}

fn decoded(bytes: &[u8]) -> Result<DynamicImage, Fault> {
    let failed = |error: Error| match error {
        Error::PixelLimit { .. } => Fault::TooLarge {
            size: heic_rs::probe(bytes).map_or((0, 0), |it| (it.width, it.height)),
            most: MOST_WHOLE,
        },
        error => Fault::Broken(error.to_string()),
    };
    let options = DecodeOptions::default().with_max_pixels(Some(MOST_WHOLE));
    let read = heic_rs::decode(bytes, &options).map_err(failed)?;
    let picture = RgbImage::from_raw(read.width, read.height, read.data);
    let picture = picture.ok_or_else(|| Fault::Broken("too few pixels".to_owned()))?;
    let mut picture = DynamicImage::ImageRgb8(picture);
    let context = Context::open(bytes).map_err(failed)?;
    let properties = context.props(context.meta.primary).map_err(failed)?;
    if let Some(profile) = context.icc(&properties) {
        to_web_colours(&mut picture, profile);
    }
    Ok(picture)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Drawn by libheif: 48 by 32, red at the left, blue at the right, turned a quarter to the right by
    /// its own box.
    const TURNED: &[u8] = include_bytes!("samples/turned.heic");

    #[test]
    fn it_is_decoded_upright() {
        let picture = heic(TURNED).expect("it is whole").into_rgb8();
        assert_eq!(picture.dimensions(), (32, 48));
        let [red, _, blue] = picture.get_pixel(16, 4).0;
        assert!(red > 180 && blue < 80, "{red} {blue}");
        let [red, _, blue] = picture.get_pixel(16, 44).0;
        assert!(red < 80 && blue > 180, "{red} {blue}");
    }

    #[test]
    fn broken_ones_are_told_at_any_cut() {
        for cut in (0..TURNED.len()).step_by(7) {
            let _ = heic(&TURNED[..cut]);
            let mut wrong = TURNED.to_vec();
            wrong[cut] ^= 0xFF;
            let _ = heic(&wrong);
        }
        assert!(matches!(heic(&TURNED[..90]), Err(Fault::Broken(_))));
    }
}

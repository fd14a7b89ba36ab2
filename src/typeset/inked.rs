//! A drawn sheet as a picture for a print shop: in inks where its press prints in inks, with the shop's profile.

use jpeg_encoder::{ColorType, Encoder, PixelDensity as Density};
use tiff::encoder::{Compression, Predictor, Rational, TiffEncoder, colortype};
use tiff::tags::{ResolutionUnit, Tag};

use super::inks::Inks;
use super::raster::Raster;
use super::{Failure, Press};

/// Letters on plain grounds show no blocks from here on.
const QUALITY: u8 = 92;

/// The form of a picture for a shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Small, not quite true.
    Jpeg,
    /// True to the pixel.
    Tiff,
}

impl Form {
    /// Returns the ending of its files.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Tiff => "tif",
        }
    }
}

impl Raster {
    /// Encodes it for the shop; the file says that so many pixels are printed `per_inch`.
    ///
    /// # Errors
    /// Where the picture is too large for the form.
    pub(super) fn for_shop(
        &self,
        form: Form,
        per_inch: u16,
        press: &Press,
    ) -> Result<Vec<u8>, Box<Failure>> {
        let made = match (form, &press.inks) {
            (Form::Jpeg, None) => return self.jpeg(per_inch),
            (Form::Jpeg, Some(inks)) => self.jpeg_in(inks, per_inch),
            (Form::Tiff, inks) => self.tiff(inks.as_ref(), per_inch),
        };
        made.map_err(Failure::new)
    }

    fn jpeg_in(&self, inks: &Inks, per_inch: u16) -> Result<Vec<u8>, String> {
        let side = |length: u32| u16::try_from(length).map_err(|error| error.to_string());
        let (width, height) = (side(self.size.0)?, side(self.size.1)?);
        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(&mut bytes, QUALITY);
        encoder.set_optimized_huffman_tables(true);
        encoder.set_density(Density::dpi(per_inch));
        if let Some(profile) = &inks.profile {
            let added = encoder.add_icc_profile(&profile.bytes);
            added.map_err(|error| error.to_string())?;
        }
        let written = encoder.encode(&inks.pixels(&self.rgba), width, height, ColorType::Cmyk);
        written.map_err(|error| error.to_string())?;
        Ok(bytes)
    }

    fn tiff(&self, inks: Option<&Inks>, per_inch: u16) -> Result<Vec<u8>, String> {
        let mut file = std::io::Cursor::new(Vec::new());
        let mut write = || {
            // What every shop's program reads.
            let mut encoder = TiffEncoder::new(&mut file)?
                .with_compression(Compression::Lzw)
                .with_predictor(Predictor::Horizontal);
            let (width, height) = self.size;
            let resolution = Rational {
                n: u32::from(per_inch),
                d: 1,
            };
            match inks {
                Some(inks) => {
                    let mut image = encoder.new_image::<colortype::CMYK8>(width, height)?;
                    image.resolution(ResolutionUnit::Inch, resolution);
                    if let Some(profile) = &inks.profile {
                        let profile: &[u8] = &profile.bytes;
                        image.encoder().write_tag(Tag::IccProfile, profile)?;
                    }
                    image.write_data(&inks.pixels(&self.rgba))
                }
                None => {
                    let mut image = encoder.new_image::<colortype::RGB8>(width, height)?;
                    image.resolution(ResolutionUnit::Inch, resolution);
                    image.write_data(&self.rgb())
                }
            }
        };
        write().map_err(|error: tiff::TiffError| error.to_string())?;
        Ok(file.into_inner())
    }
}

/// How many colours are remembered while the pixels of a picture are read.
const KNOWN: usize = 1 << 14;

impl Inks {
    /// Returns the inks of opaque pixels, four bytes a pixel.
    fn pixels(&self, rgba: &[u8]) -> Vec<u8> {
        let mut inked = Vec::with_capacity(rgba.len());
        let mut known: Vec<Option<([u8; 3], [u8; 4])>> = vec![None; KNOWN];
        let (pixels, _) = rgba.as_chunks::<4>();
        for run in pixels.chunk_by(|a, b| a == b) {
            let [r, g, b, _] = run[0];
            let rgb = [r, g, b];
            let hash = u32::from_be_bytes([0, r, g, b]).wrapping_mul(0x9E37_79B1) >> 18;
            let place = &mut known[hash as usize % KNOWN];
            let inks = match place {
                Some((known, inks)) if *known == rgb => *inks,
                _ => {
                    let inks = self.bytes(rgb);
                    *place = Some((rgb, inks));
                    inks
                }
            };
            for _ in run {
                inked.extend(inks);
            }
        }
        inked
    }

    fn bytes(&self, rgb: [u8; 3]) -> [u8; 4] {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 0 and 255"
        )]
        self.of(rgb).map(|share| (share * 255.0).round() as u8)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use tiff::decoder::{Decoder, DecodingResult};

    use super::*;
    use crate::site::Printing;

    /// A black pixel, a white one, and one of the theme's own.
    fn drawn() -> Raster {
        let pixels = [[0, 0, 0, 255], [255; 4], [0x1F, 0x7A, 0x43, 255]];
        Raster {
            rgba: pixels.concat(),
            size: (3, 1),
        }
    }

    fn press(cmyk: bool) -> Press {
        let tokens = json!({
            "color": { "food": "#1F7A43" },
            "cmyk": { "food": [85, 25, 95, 12] },
        });
        let printing = Printing {
            cmyk,
            ..Printing::default()
        };
        Press::new(&printing, &tokens)
    }

    fn samples(bytes: Vec<u8>) -> (tiff::ColorType, Vec<u8>) {
        let mut decoder = Decoder::new(std::io::Cursor::new(bytes)).expect("a TIFF");
        let kind = decoder.colortype().expect("it has one");
        let per_inch = decoder.get_tag_u32(Tag::ResolutionUnit);
        assert_eq!(per_inch.expect("it says so"), 2);
        match decoder.read_image().expect("it was just written") {
            DecodingResult::U8(samples) => (kind, samples),
            _ => (kind, Vec::new()),
        }
    }

    #[test]
    fn a_tiff_holds_the_inks_of_its_press() {
        let inked = drawn().for_shop(Form::Tiff, 300, &press(true));
        let (kind, inks) = samples(inked.expect("it is small"));
        assert_eq!(kind, tiff::ColorType::CMYK(8));
        assert_eq!(inks, [0, 0, 0, 255, 0, 0, 0, 0, 217, 64, 242, 31]);
        let plain = drawn().for_shop(Form::Tiff, 300, &press(false));
        let (kind, light) = samples(plain.expect("it is small"));
        assert_eq!(kind, tiff::ColorType::RGB(8));
        assert_eq!(light, [0, 0, 0, 255, 255, 255, 0x1F, 0x7A, 0x43]);
    }

    #[test]
    fn a_jpeg_of_a_press_has_four_channels() {
        let channels = |cmyk| {
            let bytes = drawn().for_shop(Form::Jpeg, 300, &press(cmyk));
            let bytes = bytes.expect("it is small");
            // The frame's head: its length, depth, height and width go before the number.
            let frame = bytes.windows(2).position(|it| it == [0xFF, 0xC0]);
            bytes[frame.expect("it has one") + 9]
        };
        assert_eq!((channels(true), channels(false)), (4, 3));
    }
}

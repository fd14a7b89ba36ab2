//! JPEG files: without what they tell beside their picture, and decoded, giants at a part of
//! their size.

use std::io::Cursor;

use image::{DynamicImage, GrayImage, RgbImage, RgbaImage};
use img_parts::jpeg::{Jpeg, JpegSegment, markers};
use jpeg_decoder::{Decoder, PixelFormat};

use super::{Fault, MOST_MEMORY, MOST_PIXELS};

/// The marker of notes such as Exif.
pub(super) const APP1: u8 = 0xE1;
/// How a segment with a part of a colour profile begins.
const PROFILE: &[u8] = b"ICC_PROFILE\0";

/// Returns the file without metadata but the Exif block `exif`, without previews and what hangs
/// behind the picture; `None` where it is broken.
pub(super) fn clean(bytes: &[u8], exif: Option<Vec<u8>>) -> Option<Vec<u8>> {
    let mut jpeg = Jpeg::from_bytes(bytes.to_vec().into()).ok()?;
    jpeg.segments_mut().retain(belongs_to_picture);
    if let Some(exif) = exif {
        let exif = [b"Exif\0\0", exif.as_slice()].concat();
        let exif = JpegSegment::new_with_contents(markers::APP1, exif.into());
        jpeg.segments_mut().insert(0, exif);
    }
    let mut clean = jpeg.encoder().bytes().to_vec();
    clean.truncate(end(&clean)?);
    Some(clean)
}

/// Tells whether the picture needs a segment: APP0 (density), APP14 (colour model) and the colour
/// profile in APP2 do, unlike all other notes of applications.
fn belongs_to_picture(segment: &JpegSegment) -> bool {
    match segment.marker() {
        markers::APP0 | markers::APP14 => true,
        markers::APP2 => segment.contents().starts_with(PROFILE),
        markers::COM => false,
        marker => !(markers::APP1..=markers::APP15).contains(&marker),
    }
}

/// Returns where the picture ends; `None` where the file ends before it. A phone may hang a film
/// behind it.
fn end(bytes: &[u8]) -> Option<usize> {
    let mut at = 2;
    loop {
        let &[0xFF, marker] = bytes.get(at..at + 2)? else {
            // The data of a scan.
            at += 1;
            continue;
        };
        at += match marker {
            markers::EOI => return Some(at + 2),
            // A byte of data, a restart, a filler.
            0x00 | 0x01 | 0xD0..=0xD7 => 2,
            0xFF => 1,
            _ => {
                let length = bytes.get(at + 2..at + 4)?;
                2 + usize::from(u16::from_be_bytes([length[0], length[1]]))
            }
        };
    }
}

/// Returns the segments before the data of the picture, each by its marker; the head of the first
/// scan is the last of them.
pub(super) fn segments(bytes: &[u8]) -> impl Iterator<Item = (u8, &[u8])> {
    let mut at = Some(2);
    std::iter::from_fn(move || {
        let mut from = at?;
        while bytes.get(from..from + 2)? == [0xFF, 0xFF] {
            from += 1;
        }
        let &[0xFF, marker, high, low] = bytes.get(from..from + 4)? else {
            return None;
        };
        let end = from + 2 + usize::from(u16::from_be_bytes([high, low]));
        at = (marker != markers::SOS).then_some(end);
        Some((marker, bytes.get(from + 4..end)?))
    })
}

/// What the head of a JPEG says of its picture.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Frame {
    /// Width and height in pixels.
    pub size: (u32, u32),
    /// The way of coding, by the marker of the frame.
    marker: u8,
    /// Bits a sample.
    bits: u8,
    /// How often each channel is sampled, across and down.
    channels: Vec<(u64, u64)>,
    /// How many channels the first scan holds.
    in_first_scan: usize,
}

impl Frame {
    /// Reads the head.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        if !bytes.starts_with(&[0xFF, 0xD8]) {
            return None;
        }
        let mut frame = None;
        for (marker, content) in segments(bytes) {
            match marker {
                // C4, C8 and CC share the range of frames but are none.
                0xC0..=0xCF if !matches!(marker, 0xC4 | 0xC8 | 0xCC) => {
                    let &[bits, h1, h2, w1, w2, n, ref channels @ ..] = content else {
                        return None;
                    };
                    let (channels, _) = channels.as_chunks::<3>();
                    let sampled = |channel: &[u8; 3]| {
                        (u64::from(channel[1] >> 4), u64::from(channel[1] & 0xF))
                    };
                    frame = Some(Self {
                        size: (
                            u32::from(u16::from_be_bytes([w1, w2])),
                            u32::from(u16::from_be_bytes([h1, h2])),
                        ),
                        marker,
                        bits,
                        channels: channels.iter().take(n.into()).map(sampled).collect(),
                        in_first_scan: 0,
                    });
                }
                markers::SOS => {
                    frame.as_mut()?.in_first_scan = usize::from(*content.first()?);
                    return frame;
                }
                _ => {}
            }
        }
        None
    }

    /// Says what of the head cannot be decoded.
    fn fault(&self) -> Option<Fault> {
        let is_sampled =
            |&(across, down): &(u64, u64)| (1..=4).contains(&across) && (1..=4).contains(&down);
        match self.marker {
            _ if self.size.0 == 0 || self.size.1 == 0 => Some(Fault::Broken("0×0".to_owned())),
            0xC0..=0xC2 if self.bits == 8 => {
                let is_known = matches!(self.channels.len(), 1 | 3 | 4)
                    && self.channels.iter().all(is_sampled);
                (!is_known).then(|| Fault::Broken("channels".to_owned()))
            }
            // Lossless, hierarchical, arithmetic, or more bits than screens show.
            _ => Some(Fault::Rare),
        }
        .or_else(|| {
            let too_large = self.pixels() > MOST_PIXELS || self.memory(1) > MOST_MEMORY;
            too_large.then(|| Fault::TooLarge {
                size: self.size,
                most: MOST_PIXELS.min(self.pixels() * MOST_MEMORY / self.memory(1).max(1)),
            })
        })
    }

    fn pixels(&self) -> u64 {
        u64::from(self.size.0) * u64::from(self.size.1)
    }

    /// Tells whether the decoder that Typst has reads it rightly: it takes every first scan for one
    /// of all channels.
    pub fn is_plain(&self) -> bool {
        let is_whole = self.marker == 0xC2 || self.in_first_scan == self.channels.len();
        is_whole && self.channels.len() != 4
    }

    /// Returns about how many bytes decoding takes where each block of 8 pixels in a row becomes
    /// `scale` pixels.
    pub fn memory(&self, scale: u64) -> u64 {
        let most = |side: fn(&(u64, u64)) -> u64| self.channels.iter().map(side).max().unwrap_or(1);
        let (across, down) = (most(|it| it.0).max(1), most(|it| it.1).max(1));
        let (width, height) = (u64::from(self.size.0), u64::from(self.size.1));
        let units = width.div_ceil(8 * across) * height.div_ceil(8 * down);
        let blocks: u64 = self.channels.iter().map(|it| units * it.0 * it.1).sum();
        let kept = if self.marker == 0xC2 { 128 * blocks } else { 0 };
        let (wide, high) = self.scaled(scale);
        let n_channels = self.channels.len() as u64;
        kept + blocks * scale * scale + u64::from(wide) * u64::from(high) * n_channels
    }

    /// Returns the size where each block of 8 pixels in a row becomes `scale` pixels.
    fn scaled(&self, scale: u64) -> (u32, u32) {
        let side = |side: u32| u32::try_from((u64::from(side) * scale).div_ceil(8)).unwrap_or(side);
        (side(self.size.0), side(self.size.1))
    }

    /// Chooses how small to decode it for a picture of the size `wanted`: at least a quarter larger,
    /// so that the last step is left to a better filter, yet within memory. Of a photo decoded at
    /// half its size nobody can tell the difference (48 dB).
    pub fn scale(&self, wanted: (u32, u32)) -> u64 {
        let serves = |scale: &u64| {
            let (wide, high) = self.scaled(*scale);
            wide / 5 * 4 >= wanted.0 && high / 5 * 4 >= wanted.1
        };
        let mut scale = [1, 2, 4].into_iter().find(serves).unwrap_or(8);
        while scale > 1 && self.memory(scale) > MOST_MEMORY {
            scale /= 2;
        }
        scale
    }
}

/// What is wrong with a JPEG as far as its head and end tell.
pub(super) fn fault(bytes: &[u8]) -> Option<Fault> {
    match Frame::of(bytes) {
        Some(frame) => frame
            .fault()
            .or_else(|| end(bytes).is_none().then_some(Fault::Cut)),
        None => Some(Fault::Cut),
    }
}

/// A decoded JPEG.
pub(super) enum Pixels {
    /// Light.
    Light(DynamicImage),
    /// Amounts of cyan, magenta, yellow and black ink.
    Ink(RgbaImage),
}

/// Decodes a JPEG for a picture of the size `wanted`, and returns its colour profile.
pub(super) fn decode(
    bytes: &[u8],
    wanted: (u32, u32),
) -> Result<(Pixels, Option<Vec<u8>>), String> {
    let failed = |error: jpeg_decoder::Error| error.to_string();
    let frame = Frame::of(bytes).ok_or("no frame")?;
    let (wide, high) = frame.scaled(frame.scale(wanted));
    let side = |side: u32| u16::try_from(side).map_err(|error| error.to_string());
    let mut decoder = Decoder::new(Cursor::new(bytes));
    let (width, height) = decoder.scale(side(wide)?, side(high)?).map_err(failed)?;
    let (width, height) = (u32::from(width), u32::from(height));
    let data = decoder.decode().map_err(failed)?;
    let pixels = match decoder.info().map(|info| info.pixel_format) {
        Some(PixelFormat::L8) => GrayImage::from_raw(width, height, data).map(light),
        Some(PixelFormat::RGB24) => RgbImage::from_raw(width, height, data).map(light),
        Some(PixelFormat::CMYK32) => RgbaImage::from_raw(width, height, data).map(Pixels::Ink),
        _ => None,
    };
    let pixels = pixels.ok_or("too few pixels")?;
    Ok((pixels, decoder.icc_profile()))
}

fn light(picture: impl Into<DynamicImage>) -> Pixels {
    Pixels::Light(picture.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::photo::{for_paper, pixels};

    /// A picture of 72 by 56 pixels in a file of the kind `name`.
    macro_rules! sample {
        ($name:literal) => {
            &include_bytes!(concat!("samples/", $name))[..]
        };
    }

    /// How like two pictures are, in dB: 30 is hard to tell apart.
    fn likeness(one: &RgbImage, other: &RgbImage) -> f64 {
        assert_eq!(one.dimensions(), other.dimensions());
        let squares = one.as_raw().iter().zip(other.as_raw());
        let squares = squares.map(|(a, b)| f64::from(a.abs_diff(*b)).powi(2));
        let mean = squares.sum::<f64>() / one.as_raw().len() as f64;
        10.0 * (255.0_f64.powi(2) / mean.max(1e-9)).log10()
    }

    #[test]
    fn all_kinds_are_decoded_as_another_decoder_does() {
        let original = image::load_from_memory(sample!("original.png"));
        let original = original.expect("it is whole").to_rgb8();
        let mut grey = original.clone();
        for pixel in grey.pixels_mut() {
            let [red, green, blue] = pixel.0.map(f64::from);
            let light = (0.299 * red + 0.587 * green + 0.114 * blue).round() as u8;
            pixel.0 = [light; 3];
        }
        for (name, file) in [
            ("420", sample!("420.jpg")),
            ("422", sample!("422.jpg")),
            ("444", sample!("444.jpg")),
            ("grey", sample!("grey.jpg")),
            ("progressive", sample!("progressive.jpg")),
            ("restarts", sample!("restarts.jpg")),
            ("cmyk", sample!("cmyk.jpg")),
        ] {
            let ours = pixels(file, 72).expect("it is whole").to_rgb8();
            let wanted = if name == "grey" { &grey } else { &original };
            assert!(
                likeness(&ours, wanted) > 30.0,
                "{name}: {}",
                likeness(&ours, wanted)
            );
            let other = image::load_from_memory(file)
                .expect("it is whole")
                .to_rgb8();
            assert!(
                likeness(&ours, &other) > 30.0,
                "{name}: {}",
                likeness(&ours, &other)
            );
        }
    }

    #[test]
    fn a_scan_a_channel_is_decoded_and_printed_rightly() {
        let original = image::load_from_memory(sample!("original.png"));
        let original = original.expect("it is whole").to_rgb8();
        let file = sample!("scan-a-channel.jpg");
        let ours = pixels(file, 72).expect("it is whole").to_rgb8();
        assert!(likeness(&ours, &original) > 30.0);
        // The typesetter's own decoder shows the file that it gets as we do.
        let printed = for_paper(&file.into()).expect("it is whole");
        let printed = image::load_from_memory(&printed)
            .expect("it is whole")
            .to_rgb8();
        assert!(likeness(&printed, &original) > 30.0);
    }

    #[test]
    fn arithmetic_coding_is_refused() {
        assert_eq!(fault(sample!("arithmetic.jpg")), Some(Fault::Rare));
    }

    #[test]
    fn a_part_of_the_size_looks_the_same() {
        let small = pixels(sample!("444.jpg"), 9)
            .expect("it is whole")
            .to_rgb8();
        let whole = pixels(sample!("444.jpg"), 72).expect("it is whole");
        let shrunk = crate::photo::smaller(whole, 9)
            .expect("it is smaller")
            .to_rgb8();
        assert!(
            likeness(&small, &shrunk) > 28.0,
            "{}",
            likeness(&small, &shrunk)
        );
    }

    fn head(marker: u8, size: (u16, u16), sampled: &[u8]) -> Vec<u8> {
        let n = u8::try_from(sampled.len()).expect("a few");
        let mut frame = vec![8];
        frame.extend(size.1.to_be_bytes());
        frame.extend(size.0.to_be_bytes());
        frame.push(n);
        for (id, sampled) in sampled.iter().enumerate() {
            frame.extend([u8::try_from(id).expect("a few"), *sampled, 0]);
        }
        let segment = |marker: u8, content: &[u8]| {
            let length = u16::try_from(content.len() + 2).expect("it is short");
            [&[0xFF, marker][..], &length.to_be_bytes(), content].concat()
        };
        let scan = [&[n][..], &vec![0; 2 * usize::from(n) + 3]].concat();
        let mut file = vec![0xFF, 0xD8];
        file.extend(segment(marker, &frame));
        file.extend(segment(markers::SOS, &scan));
        file.extend([0xFF, 0xD9]);
        file
    }

    #[test]
    fn giants_are_decoded_small_or_refused_by_their_head() {
        let frame = |marker, size| Frame::of(&head(marker, size, &[0x22, 0x11, 0x11]));
        let scan = frame(0xC0, (20_000, 14_000)).expect("it is a head");
        assert_eq!(scan.fault(), None);
        assert_eq!(scan.scale((1600, 1120)), 1);
        assert!(scan.memory(1) < 30_000_000);
        // Decoding a progressive one takes all its blocks at a time.
        let progressive = frame(0xC2, (20_000, 14_000)).expect("it is a head");
        assert!(
            matches!(progressive.fault(), Some(Fault::TooLarge { most, .. }) if most > 90_000_000)
        );
        let giant = frame(0xC0, (65_000, 65_000)).expect("it is a head");
        assert!(matches!(giant.fault(), Some(Fault::TooLarge { .. })));
        let phone = frame(0xC0, (4000, 3000)).expect("it is a head");
        assert_eq!(phone.scale((1600, 1200)), 4);
        assert_eq!(phone.scale((2400, 1800)), 8);
    }

    #[test]
    fn kinds_that_nobody_shows_are_told_from_broken_ones() {
        assert_eq!(fault(&head(0xC9, (8, 8), &[0x11])), Some(Fault::Rare));
        assert_eq!(fault(&head(0xC3, (8, 8), &[0x11])), Some(Fault::Rare));
        assert_eq!(fault(&head(0xC0, (8, 8), &[0x11])), None);
        let whole = head(0xC0, (8, 8), &[0x11]);
        assert_eq!(fault(&whole[..whole.len() - 2]), Some(Fault::Cut));
        assert_eq!(fault(&whole[..9]), Some(Fault::Cut));
    }
}

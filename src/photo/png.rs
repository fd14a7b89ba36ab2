//! What PNG files are made of, and giant ones made smaller row by row.

use std::io::{Cursor, Read};

use flate2::read::ZlibDecoder;
use image::{DynamicImage, GrayAlphaImage, GrayImage, RgbImage, RgbaImage};

use super::Fault;

/// How a PNG begins.
const MARK: &[u8] = b"\x89PNG\r\n\x1a\n";
/// No colour profile is larger: those of presses have 2 MB.
const MOST_PROFILE: u64 = 16 << 20;
/// The most memory beside the rows.
const MOST_ASIDE: usize = 64 << 20;

/// A part of a PNG.
pub(super) struct Chunk<'a> {
    /// What it is.
    pub kind: [u8; 4],
    /// What it holds.
    pub content: &'a [u8],
}

/// Returns the whole chunks of a PNG up to its end or where it was cut off.
pub(super) fn chunks(bytes: &[u8]) -> impl Iterator<Item = Chunk<'_>> {
    let mut rest = bytes.strip_prefix(MARK).unwrap_or_default();
    std::iter::from_fn(move || {
        let length = u32::from_be_bytes(rest.get(..4)?.try_into().ok()?);
        let end = usize::try_from(length).ok()?.checked_add(12)?;
        let chunk = Chunk {
            kind: rest.get(4..8)?.try_into().ok()?,
            content: rest.get(8..end)?.get(..end - 12)?,
        };
        rest = &rest[end..];
        Some(chunk)
    })
}

/// Returns width and height in pixels.
pub(super) fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    let head = chunks(bytes).next().filter(|head| head.kind == *b"IHDR")?;
    let side = |at: usize| {
        Some(u32::from_be_bytes(
            head.content.get(at..at + 4)?.try_into().ok()?,
        ))
    };
    let size = (side(0)?, side(4)?);
    (size.0 > 0 && size.1 > 0).then_some(size)
}

/// What is wrong with a PNG as far as its chunks tell.
pub(super) fn fault(bytes: &[u8]) -> Option<Fault> {
    let mut has_end = false;
    for chunk in chunks(bytes) {
        match &chunk.kind {
            b"iCCP" if !is_profile_sane(chunk.content) => {
                return Some(Fault::Broken("iCCP: too large".to_owned()));
            }
            b"IEND" => has_end = true,
            _ => {}
        }
    }
    (!has_end).then_some(Fault::Cut)
}

/// Tells whether a packed profile stays small when it is unpacked.
fn is_profile_sane(content: &[u8]) -> bool {
    // Its name, a zero, the method of packing.
    let name = content.iter().position(|byte| *byte == 0).unwrap_or(0);
    let packed = content.get(name + 2..).unwrap_or_default();
    let unpacked = ZlibDecoder::new(packed).take(MOST_PROFILE + 1);
    let size = std::io::copy(&mut { unpacked }, &mut std::io::sink());
    size.is_ok_and(|size| size <= MOST_PROFILE)
}

/// Tells whether it is a moving picture.
pub(super) fn is_moving(bytes: &[u8]) -> bool {
    let number = |content: &[u8]| Some(u32::from_be_bytes(content.get(..4)?.try_into().ok()?));
    chunks(bytes).any(|chunk| {
        chunk.kind == *b"acTL" && number(chunk.content).is_some_and(|n_frames| n_frames > 1)
    })
}

/// Tells whether its rows come in several passes.
pub(super) fn is_interlaced(bytes: &[u8]) -> bool {
    let head = chunks(bytes).next();
    head.is_some_and(|head| head.content.get(12) == Some(&1))
}

/// Decodes a PNG to the means of squares of `by` times `by` pixels, a row at a time.
pub(super) fn reduced(bytes: &[u8], by: usize) -> Result<DynamicImage, String> {
    let failed = |error: png::DecodingError| error.to_string();
    let limits = png::Limits { bytes: MOST_ASIDE };
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), limits);
    decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::STRIP_16);
    let mut reader = decoder.read_info().map_err(failed)?;
    let channels = reader.output_color_type().0.samples();
    let (width, height) = (reader.info().width as usize, reader.info().height as usize);
    let by = by.min(width).min(height).max(1);
    let (wide, high) = (width / by, height / by);
    let mut means = Vec::with_capacity(wide * high * channels);
    let mut sums = vec![0_u32; wide * channels];
    let mut n_rows = 0;
    while let Some(row) = reader.next_row().map_err(failed)? {
        let squares = row.data().chunks_exact(channels * by).take(wide);
        for (sum, square) in sums.chunks_exact_mut(channels).zip(squares) {
            for pixel in square.chunks_exact(channels) {
                for (sum, value) in sum.iter_mut().zip(pixel) {
                    *sum += u32::from(*value);
                }
            }
        }
        n_rows += 1;
        if n_rows % by == 0 {
            let area = u32::try_from(by * by).map_err(|error| error.to_string())?;
            let mean = |sum: &u32| u8::try_from((sum + area / 2) / area).unwrap_or(u8::MAX);
            means.extend(sums.iter().map(mean));
            sums.fill(0);
        }
    }
    means.truncate(wide * high * channels);
    let size = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    let (wide, high) = (size(wide), size(high));
    let picture = match channels {
        1 => GrayImage::from_raw(wide, high, means).map(DynamicImage::from),
        2 => GrayAlphaImage::from_raw(wide, high, means).map(DynamicImage::from),
        3 => RgbImage::from_raw(wide, high, means).map(DynamicImage::from),
        _ => RgbaImage::from_raw(wide, high, means).map(DynamicImage::from),
    };
    picture.ok_or_else(|| "too few rows".to_owned())
}

/// Returns the colour profile of a PNG.
pub(super) fn profile(bytes: &[u8]) -> Option<Vec<u8>> {
    let chunk = chunks(bytes).find(|chunk| chunk.kind == *b"iCCP")?;
    let name = chunk.content.iter().position(|byte| *byte == 0)?;
    let mut profile = Vec::new();
    let packed = chunk.content.get(name + 2..)?;
    let unpacked = ZlibDecoder::new(packed).take(MOST_PROFILE);
    { unpacked }.read_to_end(&mut profile).ok()?;
    Some(profile)
}

#[cfg(test)]
mod tests {
    use image::{ExtendedColorType, ImageEncoder};

    use super::*;

    fn drawing() -> Vec<u8> {
        let mut file = Vec::new();
        let pixels: Vec<u8> = (0..6 * 4)
            .map(|n| if n % 2 == 0 { 0 } else { 200 })
            .collect();
        image::codecs::png::PngEncoder::new(&mut file)
            .write_image(&pixels, 6, 4, ExtendedColorType::L8)
            .expect("memory takes any picture");
        file
    }

    #[test]
    fn a_giant_is_read_as_the_means_of_its_squares() {
        let small = reduced(&drawing(), 2).expect("it is whole");
        assert_eq!((small.width(), small.height()), (3, 2));
        assert!(small.to_luma8().pixels().all(|pixel| pixel.0 == [100]));
    }

    #[test]
    fn a_file_that_ends_early_and_a_profile_that_grows_are_faults() {
        let file = drawing();
        assert_eq!(fault(&file), None);
        assert_eq!(fault(&file[..file.len() - 12]), Some(Fault::Cut));
        let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        std::io::copy(&mut std::io::repeat(0).take(40 << 20), &mut packer).expect("it is packed");
        let packed = packer.finish().expect("it is packed");
        let content = [b"bomb\0\0", packed.as_slice()].concat();
        let length = u32::try_from(content.len()).expect("it is short");
        let chunk = [&length.to_be_bytes()[..], b"iCCP", &content, &[0; 4]].concat();
        let bomb = [&file[..33], &chunk, &file[33..]].concat();
        assert!(matches!(fault(&bomb), Some(Fault::Broken(_))));
    }
}

//! Drawn pixels as a small PNG.
//!
//! A poster has few colours and their mixtures at the edges of letters, so 256 of them show it
//! as it is in a third of the bytes. A photo has far more and is left as it is.

use std::collections::BTreeMap;

use super::Failure;

/// A colour, without transparency.
type Rgb = [u8; 3];

/// The most colours of a PNG with a palette.
const PALETTE: usize = 256;
/// How many of the most frequent colours are kept exactly: grounds, type and rules.
const EXACT: usize = 96;
/// More colours than this are a photo's or a drawing's with soft transitions.
const FLAT: usize = 12_000;

/// Encodes `rgba`, rows of opaque pixels.
pub(super) fn png(rgba: &[u8], (width, height): (u32, u32)) -> Result<Vec<u8>, Box<Failure>> {
    let pixels: Vec<Rgb> = rgba
        .chunks_exact(4)
        .map(|pixel| [pixel[0], pixel[1], pixel[2]])
        .collect();
    let mut counts: BTreeMap<Rgb, u32> = BTreeMap::new();
    // Most pixels are as the one before, so whole runs are looked up.
    for run in pixels.chunk_by(Rgb::eq) {
        *counts.entry(run[0]).or_default() += u32::try_from(run.len()).unwrap_or(u32::MAX);
    }
    let encoded = if counts.len() > FLAT {
        encode(&pixels.concat(), None, (width, height))
    } else {
        let (palette, index) = palette(&counts);
        let mut indices = Vec::with_capacity(pixels.len());
        for run in pixels.chunk_by(Rgb::eq) {
            indices.resize(indices.len() + run.len(), index[&run[0]]);
        }
        encode(&indices, Some(palette.concat()), (width, height))
    };
    encoded.map_err(|error| Failure::new(error.to_string()))
}

fn encode(
    data: &[u8],
    palette: Option<Vec<u8>>,
    (width, height): (u32, u32),
) -> Result<Vec<u8>, png::EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Balanced);
    match palette {
        Some(palette) => {
            encoder.set_color(png::ColorType::Indexed);
            // Neighbouring numbers of a palette mean nothing, so differences do not help.
            encoder.set_filter(png::Filter::NoFilter);
            encoder.set_palette(palette);
        }
        None => encoder.set_color(png::ColorType::Rgb),
    }
    let mut writer = encoder.write_header()?;
    writer.write_image_data(data)?;
    writer.finish()?;
    Ok(bytes)
}

/// Chooses at most 256 colours and says which stands for each: the most frequent for
/// themselves, the others in groups of near ones (median cut).
fn palette(counts: &BTreeMap<Rgb, u32>) -> (Vec<Rgb>, BTreeMap<Rgb, u8>) {
    let mut colours: Vec<(Rgb, u32)> = counts.iter().map(|(rgb, n)| (*rgb, *n)).collect();
    colours.sort_by_key(|(rgb, n)| (std::cmp::Reverse(*n), *rgb));
    let n_exact = match colours.len() <= PALETTE {
        true => colours.len(),
        false => EXACT,
    };
    let others = colours.split_off(n_exact);
    let mut groups: Vec<Vec<(Rgb, u32)>> = colours.into_iter().map(|it| vec![it]).collect();
    groups.extend(cut(others, PALETTE - n_exact));
    let mut palette = Vec::new();
    let mut index = BTreeMap::new();
    for (at, group) in groups.iter().enumerate() {
        palette.push(mean(group));
        let at = u8::try_from(at).expect("a palette has at most 256 colours");
        index.extend(group.iter().map(|(rgb, _)| (*rgb, at)));
    }
    (palette, index)
}

/// Cuts `colours` into at most `n` groups, always the widest group at its middle.
fn cut(colours: Vec<(Rgb, u32)>, n: usize) -> Vec<Vec<(Rgb, u32)>> {
    if colours.is_empty() {
        return Vec::new();
    }
    let mut groups = vec![colours];
    while groups.len() < n {
        let widths = groups.iter().map(|group| widest(group));
        let Some((at, (width, channel))) = widths.enumerate().max_by_key(|(_, width)| *width)
        else {
            break;
        };
        if width == 0 {
            break;
        }
        let mut group = groups.swap_remove(at);
        group.sort_by_key(|(rgb, _)| (rgb[channel], *rgb));
        let upper = group.split_off(group.len() / 2);
        groups.extend([group, upper]);
    }
    groups
}

/// Returns the greatest difference within the group, and the channel that has it.
fn widest(group: &[(Rgb, u32)]) -> (u8, usize) {
    let width = |channel: usize| {
        let values = group.iter().map(|(rgb, _)| rgb[channel]);
        let (low, high) = values.fold((u8::MAX, u8::MIN), |(low, high), value| {
            (low.min(value), high.max(value))
        });
        high.saturating_sub(low)
    };
    let widths = (0..3).map(|channel| (width(channel), channel));
    widths.max().expect("there are three channels")
}

/// Returns the mean colour by number of pixels.
fn mean(group: &[(Rgb, u32)]) -> Rgb {
    let total: u64 = group.iter().map(|(_, n)| u64::from(*n)).sum();
    [0, 1, 2].map(|channel| {
        let sum: u64 = group
            .iter()
            .map(|(rgb, n)| u64::from(rgb[channel]) * u64::from(*n))
            .sum();
        u8::try_from((sum + total / 2) / total.max(1)).unwrap_or(u8::MAX)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Encodes and reads back.
    fn through(pixels: &[Rgb], size: (u32, u32)) -> (png::ColorType, Vec<Rgb>) {
        let rgba: Vec<u8> = pixels
            .iter()
            .flat_map(|p| [p[0], p[1], p[2], 255])
            .collect();
        let bytes = super::png(&rgba, size).unwrap_or_else(|failure| panic!("{failure:?}"));
        let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
        decoder.set_transformations(png::Transformations::IDENTITY);
        let mut reader = decoder.read_info().expect("it was just written");
        let kind = reader.info().color_type;
        let palette = reader.info().palette.clone();
        let mut data = vec![0; reader.output_buffer_size().expect("it is small")];
        reader.next_frame(&mut data).expect("it was just written");
        let read = match palette {
            Some(palette) => data
                .iter()
                .map(|at| {
                    palette[usize::from(*at) * 3..][..3]
                        .try_into()
                        .expect("three")
                })
                .collect(),
            None => data
                .chunks(3)
                .map(|p| p.try_into().expect("three"))
                .collect(),
        };
        (kind, read)
    }

    #[test]
    fn few_colours_come_back_exactly() {
        let pixels: Vec<Rgb> = (0..200).map(|n| [n, 255 - n, 7]).collect();
        assert_eq!(
            through(&pixels, (20, 10)),
            (png::ColorType::Indexed, pixels)
        );
    }

    #[test]
    fn of_many_colours_the_frequent_stay_and_others_move_little() {
        let mut pixels = vec![[247, 245, 238]; 1000];
        pixels.extend((0..100_u8).flat_map(|a| (0..10).map(move |b| [a, 100 + b, 200 - a])));
        let (kind, read) = through(&pixels, (100, 20));
        assert_eq!(kind, png::ColorType::Indexed);
        assert_eq!(read[..1000], pixels[..1000]);
        let moved = pixels.iter().zip(&read).flat_map(|(a, b)| a.iter().zip(b));
        assert!(moved.map(|(a, b)| a.abs_diff(*b)).max() <= Some(8));
    }

    #[test]
    fn a_photo_keeps_its_colours() {
        let pixels: Vec<Rgb> = (0..20_000_u32)
            .map(|n| [n.to_le_bytes()[0], n.to_le_bytes()[1], 0])
            .collect();
        assert_eq!(through(&pixels, (200, 100)), (png::ColorType::Rgb, pixels));
    }
}

//! Drawn pixels as a small PNG.
//!
//! A poster has few colours and their mixtures at the edges of letters, so 256 of them show it
//! as it is in a third of the bytes. A photo has far more and is left as it is.

use image::ExtendedColorType;
use image::codecs::jpeg::{JpegEncoder, PixelDensity};

use super::Failure;

/// A colour, without transparency.
type Rgb = [u8; 3];

/// Letters on plain grounds show no blocks from here on.
const JPEG_QUALITY: u8 = 90;
/// The most colours of a PNG with a palette.
const PALETTE: usize = 256;
/// How many of the most frequent colours are kept exactly: grounds, type and rules.
const EXACT: usize = 96;
/// More colours than this are a photo's or a drawing's with soft transitions.
const FLAT: usize = 12_000;

/// A picture, drawn and encoded.
pub struct Png {
    /// The file.
    pub bytes: Vec<u8>,
    /// Width and height in pixels.
    pub size: (u32, u32),
}

/// A picture, drawn.
pub(super) struct Raster {
    /// Rows of opaque pixels: red, green, blue and 255.
    pub rgba: Vec<u8>,
    /// Width and height in pixels.
    pub size: (u32, u32),
}

impl Raster {
    /// Encodes it in few bytes.
    ///
    /// # Errors
    /// Where the picture is too large for the format.
    pub fn png(&self) -> Result<Png, Box<Failure>> {
        let Some(runs) = Runs::of(&self.rgba) else {
            return self.full_colour_png();
        };
        let (palette, index) = palette(&runs.colours.known);
        self.encoded(&runs.indices(&index), Some(palette.concat()))
    }

    /// Encodes it fast, with all its colours.
    ///
    /// # Errors
    /// Where the picture is too large for the format.
    pub fn full_colour_png(&self) -> Result<Png, Box<Failure>> {
        self.encoded(&self.rgb(), None)
    }

    fn encoded(&self, data: &[u8], palette: Option<Vec<u8>>) -> Result<Png, Box<Failure>> {
        let encoded = encode(data, palette, self.size);
        let bytes = encoded.map_err(|error| Failure::new(error.to_string()))?;
        Ok(Png {
            bytes,
            size: self.size,
        })
    }

    /// Encodes it as a JPEG that says how large it is printed: `per_inch` pixels in an inch.
    ///
    /// # Errors
    /// Where the picture is too large for the format.
    pub fn jpeg(&self, per_inch: u16) -> Result<Vec<u8>, Box<Failure>> {
        self.jpeg_of(JPEG_QUALITY, per_inch)
    }

    /// Encodes it as a JPEG of `quality`, of 100.
    ///
    /// # Errors
    /// Where the picture is too large for the format.
    pub fn jpeg_of(&self, quality: u8, per_inch: u16) -> Result<Vec<u8>, Box<Failure>> {
        let rgb = self.rgb();
        let mut bytes = Vec::new();
        let mut encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
        encoder.set_pixel_density(PixelDensity::dpi(per_inch));
        let (width, height) = self.size;
        encoder
            .encode(&rgb, width, height, ExtendedColorType::Rgb8)
            .map_err(|error| Failure::new(error.to_string()))?;
        Ok(bytes)
    }

    /// Returns its pixels without the fourth byte.
    pub(super) fn rgb(&self) -> Vec<u8> {
        let (pixels, _) = self.rgba.as_chunks::<4>();
        let mut rgb = vec![0; 3 * pixels.len()];
        let (places, _) = rgb.as_chunks_mut::<3>();
        for (place, pixel) in places.iter_mut().zip(pixels) {
            *place = [pixel[0], pixel[1], pixel[2]];
        }
        rgb
    }

    /// Returns it at a third of its width and height, each pixel the mean of nine.
    pub fn third(&self) -> Self {
        let (width, height) = (self.size.0 / 3, self.size.1 / 3);
        let stride = 4 * self.size.0 as usize;
        let mut rgba = Vec::with_capacity(4 * (width * height) as usize);
        let mut columns = vec![0_u16; stride];
        for rows in self.rgba.chunks_exact(3 * stride) {
            let (above, rest) = rows.split_at(stride);
            let (middle, below) = rest.split_at(stride);
            let three = above.iter().zip(middle).zip(below);
            for (sum, ((above, middle), below)) in columns.iter_mut().zip(three) {
                *sum = u16::from(*above) + u16::from(*middle) + u16::from(*below);
            }
            for sums in columns.as_chunks::<12>().0 {
                let mean = |channel: usize| {
                    let sum = sums[channel] + sums[channel + 4] + sums[channel + 8];
                    u8::try_from((sum + 4) / 9).unwrap_or(u8::MAX)
                };
                rgba.extend([mean(0), mean(1), mean(2), u8::MAX]);
            }
        }
        Self {
            rgba,
            size: (width, height),
        }
    }
}

/// A picture as runs of one colour: most pixels are as the one before.
struct Runs {
    colours: Colours,
    /// Numbers of colours, each with how many pixels have it.
    runs: Vec<(usize, usize)>,
}

impl Runs {
    /// Finds the runs; `None` where there are too many colours for a palette.
    fn of(rgba: &[u8]) -> Option<Self> {
        let mut colours = Colours::new();
        let mut runs: Vec<(usize, usize)> = Vec::new();
        let (pixels, _) = rgba.as_chunks::<4>();
        for run in pixels.chunk_by(|a, b| a == b) {
            let [red, green, blue, _] = run[0];
            let number = colours.number([red, green, blue])?;
            colours.known[number].1 += u32::try_from(run.len()).unwrap_or(u32::MAX);
            runs.push((number, run.len()));
        }
        Some(Self { colours, runs })
    }

    /// Returns a byte a pixel: what `index` has for the number of its colour.
    fn indices(&self, index: &[u8]) -> Vec<u8> {
        let mut indices = Vec::with_capacity(self.runs.iter().map(|(_, length)| length).sum());
        for (number, length) in &self.runs {
            indices.resize(indices.len() + length, index[*number]);
        }
        indices
    }
}

/// The colours of a picture, numbered in the order in which they first appear.
struct Colours {
    known: Vec<(Rgb, u32)>,
    /// Where each is known: its number and one, at its place or the next free one.
    places: Vec<u16>,
}

/// The number of places: enough more than [`FLAT`] that most are found at once.
const PLACES: usize = 1 << 15;

impl Colours {
    fn new() -> Self {
        Self {
            known: Vec::new(),
            places: vec![0; PLACES],
        }
    }

    /// Returns the colour's number; `None` where it is one too many.
    fn number(&mut self, rgb: Rgb) -> Option<usize> {
        let packed = u32::from_be_bytes([0, rgb[0], rgb[1], rgb[2]]);
        // Knuth's multiplicative hash: the upper bits of a product with 2³² / φ.
        let mut at = (packed.wrapping_mul(0x9E37_79B9) >> 17) as usize;
        loop {
            match self.places[at] {
                0 => break,
                held if self.known[usize::from(held) - 1].0 == rgb => {
                    return Some(usize::from(held) - 1);
                }
                _ => at = (at + 1) % PLACES,
            }
        }
        if self.known.len() >= FLAT {
            return None;
        }
        self.known.push((rgb, 0));
        self.places[at] = u16::try_from(self.known.len()).expect("FLAT is less than 2¹⁶");
        Some(self.known.len() - 1)
    }
}

fn encode(
    data: &[u8],
    palette: Option<Vec<u8>>,
    (width, height): (u32, u32),
) -> Result<Vec<u8>, png::EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_depth(png::BitDepth::Eight);
    match palette {
        Some(palette) => {
            // Level 6 makes it a tenth smaller and takes twice as long.
            encoder.set_deflate_compression(png::DeflateCompression::Level(3));
            encoder.set_color(png::ColorType::Indexed);
            // Neighbouring numbers of a palette mean nothing, so differences do not help.
            encoder.set_filter(png::Filter::NoFilter);
            encoder.set_palette(palette);
        }
        None => {
            // A photo's noise does not get much smaller, however long one tries.
            encoder.set_compression(png::Compression::Fast);
            encoder.set_color(png::ColorType::Rgb);
        }
    }
    let mut writer = encoder.write_header()?;
    writer.write_image_data(data)?;
    writer.finish()?;
    Ok(bytes)
}

/// A colour, how many pixels have it, and its number.
type Counted = (Rgb, u32, usize);

/// Chooses at most 256 colours and says, by the colours' numbers, which stands for each: the
/// most frequent for themselves, the others in groups of near ones (median cut).
fn palette(known: &[(Rgb, u32)]) -> (Vec<Rgb>, Vec<u8>) {
    let numbered = known.iter().enumerate();
    let mut colours: Vec<Counted> = numbered.map(|(at, (rgb, n))| (*rgb, *n, at)).collect();
    let by_frequency = |(rgb, n, _): &Counted| (std::cmp::Reverse(*n), *rgb);
    let others = match colours.len() <= PALETTE {
        true => Vec::new(),
        false => {
            colours.select_nth_unstable_by_key(EXACT, by_frequency);
            colours.split_off(EXACT)
        }
    };
    colours.sort_unstable_by_key(by_frequency);
    let n_exact = colours.len();
    let mut groups: Vec<Vec<Counted>> = colours.into_iter().map(|it| vec![it]).collect();
    groups.extend(cut(others, PALETTE - n_exact));
    let mut palette = Vec::new();
    let mut index = vec![0; known.len()];
    for (at, group) in groups.iter().enumerate() {
        palette.push(mean(group));
        let at = u8::try_from(at).expect("a palette has at most 256 colours");
        for (_, _, number) in group {
            index[*number] = at;
        }
    }
    (palette, index)
}

/// Cuts `colours` into at most `n` groups, always the widest group at its middle.
fn cut(colours: Vec<Counted>, n: usize) -> Vec<Vec<Counted>> {
    if colours.is_empty() {
        return Vec::new();
    }
    let with_width = |group: Vec<Counted>| (widest(&group), group);
    let mut groups = vec![with_width(colours)];
    while groups.len() < n {
        let widths = groups.iter().map(|(widest, _)| *widest).enumerate();
        let Some((at, (width, channel))) = widths.max_by_key(|(_, widest)| *widest) else {
            break;
        };
        if width == 0 {
            break;
        }
        let (_, mut group) = groups.swap_remove(at);
        // Which half a colour falls into matters, not its place there.
        let middle = group.len() / 2;
        group.select_nth_unstable_by_key(middle, |(rgb, ..)| (rgb[channel], *rgb));
        let upper = group.split_off(middle);
        groups.extend([with_width(group), with_width(upper)]);
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

/// Returns the greatest difference within the group, and the channel that has it.
fn widest(group: &[Counted]) -> (u8, usize) {
    let width = |channel: usize| {
        let values = group.iter().map(|(rgb, ..)| rgb[channel]);
        let (low, high) = values.fold((u8::MAX, u8::MIN), |(low, high), value| {
            (low.min(value), high.max(value))
        });
        high.saturating_sub(low)
    };
    let widths = (0..3).map(|channel| (width(channel), channel));
    widths.max().expect("there are three channels")
}

/// Returns the mean colour by number of pixels.
fn mean(group: &[Counted]) -> Rgb {
    let total: u64 = group.iter().map(|(_, n, _)| u64::from(*n)).sum();
    [0, 1, 2].map(|channel| {
        let sum: u64 = group
            .iter()
            .map(|(rgb, n, _)| u64::from(rgb[channel]) * u64::from(*n))
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
        let raster = Raster { rgba, size };
        let png = raster.png().unwrap_or_else(|failure| panic!("{failure:?}"));
        let mut decoder = png::Decoder::new(std::io::Cursor::new(png.bytes));
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

    #[test]
    fn a_third_is_the_mean_of_nine_and_drops_what_is_over() {
        let row = [
            [0, 90, 255, 255],
            [9, 90, 255, 255],
            [0, 90, 255, 255],
            [7; 4],
        ];
        let raster = Raster {
            rgba: row.concat().repeat(3),
            size: (4, 3),
        };
        let third = raster.third();
        assert_eq!((third.size, third.rgba), ((1, 1), vec![3, 90, 255, 255]));
    }
}

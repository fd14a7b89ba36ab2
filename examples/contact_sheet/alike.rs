//! How alike sheets look: a figure for a wall of them.
//!
//! Two sheets are alike as far as what is not ground lies in the same places (a grid of 6 × 8 cells)
//! and their hues are the same (twelve hues and three greys). `tests/oracles/variety.py` measures the same
//! way.

use greenboard::typeset::{HUES, hue};
use image::RgbImage;

const COLUMNS: usize = 6;
const ROWS: usize = 8;
/// How wide a sheet is when it is looked at, in pixels.
const WIDTH: u32 = 240;
/// Twins share this much of their places, and differ by no more than this in hue.
const TWIN_PLACES: f64 = 0.7;
const TWIN_HUES: f64 = 0.35;

/// What of a sheet is compared.
pub struct Look {
    /// The share of each cell that is not ground.
    places: Vec<f64>,
    /// The share of each hue and grey.
    hues: Vec<f64>,
}

/// What a wall of sheets amounts to.
pub struct Variety {
    /// How many there are.
    pub sheets: usize,
    /// How many have a near twin.
    pub twins: usize,
    /// To how many wholly unlike sheets they amount: one over the mean likeness.
    pub effective: f64,
}

impl Look {
    pub fn of(png: &[u8]) -> Self {
        let picture = image::load_from_memory(png)
            .expect("it was just drawn")
            .into_rgb8();
        let height = (WIDTH * picture.height() + picture.width() / 2) / picture.width().max(1);
        let picture = image::imageops::thumbnail(&picture, WIDTH, height.max(1));
        let ground = ground(&picture);
        let (width, height) = (picture.width() as usize, picture.height() as usize);
        let mut places = vec![0.0; COLUMNS * ROWS];
        let mut counts = vec![0.0; COLUMNS * ROWS];
        let mut hues = vec![0.0; HUES + 3];
        for (x, y, pixel) in picture.enumerate_pixels() {
            let cell = y as usize * ROWS / height * COLUMNS + x as usize * COLUMNS / width;
            counts[cell] += 1.0;
            let apart = (0..3).map(|at| pixel[at].abs_diff(ground[at])).max();
            if apart.is_some_and(|apart| apart > 24) {
                places[cell] += 1.0;
            }
            hues[hue(pixel.0)] += 1.0;
        }
        let all = (width * height) as f64;
        hues.iter_mut().for_each(|it| *it /= all);
        let cells = places.iter_mut().zip(&counts);
        cells.for_each(|(it, count)| *it /= f64::max(*count, 1.0));
        Self { places, hues }
    }

    /// How far two sheets have what is not ground in the same places.
    fn shared(&self, other: &Self) -> f64 {
        let pairs = || self.places.iter().zip(&other.places);
        let least: f64 = pairs().map(|(a, b)| a.min(*b)).sum();
        let most: f64 = pairs().map(|(a, b)| a.max(*b)).sum();
        least / most.max(1e-9)
    }

    /// How far their hues differ.
    fn apart(&self, other: &Self) -> f64 {
        let pairs = self.hues.iter().zip(&other.hues);
        pairs.map(|(a, b)| (a - b).abs()).sum::<f64>() / 2.0
    }
}

/// Compares all with all.
pub fn variety(looks: &[Look]) -> Variety {
    let mut sum = 0.0;
    let mut twins = 0;
    for (at, one) in looks.iter().enumerate() {
        let mut has_twin = false;
        for (to, other) in looks.iter().enumerate() {
            let (shared, apart) = (one.shared(other), one.apart(other));
            sum += shared * (1.0 - apart);
            has_twin |= at != to && shared > TWIN_PLACES && apart < TWIN_HUES;
        }
        twins += usize::from(has_twin);
    }
    let n = looks.len() as f64;
    Variety {
        sheets: looks.len(),
        twins,
        effective: n * n / sum.max(1e-9),
    }
}

/// The commonest colour, in steps of eight.
fn ground(picture: &RgbImage) -> [u8; 3] {
    let mut counts = std::collections::BTreeMap::new();
    for pixel in picture.pixels() {
        *counts.entry(pixel.0.map(|it| it / 8)).or_insert(0_u32) += 1;
    }
    let most = counts.into_iter().max_by_key(|(_, count)| *count);
    most.map_or([0; 3], |(colour, _)| colour.map(|it| it * 8 + 4))
}

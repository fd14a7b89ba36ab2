//! Pictures as the editor takes them: JPEGs under a megabyte, drawings drawn.

use std::io::Cursor;
use std::sync::Arc;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, Rgb, RgbImage};

use super::super::{Job, qr};
use crate::cache::{Cache, CacheKey};
use crate::diag::SitePath;
use crate::photo;
use crate::site::Site;
use crate::typeset::Engine;
use crate::typeset::data::Qr;

/// How wide a picture is at most, in pixels: sharp on every telephone.
const WIDTH: u32 = 1080;
/// How large a file is at most, in bytes.
const MOST: usize = 1_000_000;
/// The qualities that are tried.
const QUALITIES: [u8; 4] = [90, 85, 78, 70];
/// Pixels a module of a code.
const MODULE: usize = 8;

/// A picture with its number to be.
pub(super) struct Drawn {
    /// A JPEG.
    pub bytes: Vec<u8>,
    /// Width and height in pixels.
    pub size: (u32, u32),
    /// Whether it is a drawing, which says as much when it is small.
    pub is_drawing: bool,
}

pub(super) struct Drawer<'a> {
    site: &'a Site,
    engine: &'a Engine,
    cache: &'a Cache,
}

impl<'a> Drawer<'a> {
    pub fn new(job: &Job<'a>) -> Self {
        Self {
            site: job.site,
            engine: job.engine,
            cache: job.cache,
        }
    }

    /// Draws a file of the site; `None` where it cannot be, which was said when the site was read.
    pub fn file(&self, path: &SitePath, alt: &str) -> Option<Drawn> {
        let asset = self.site.assets.get(path);
        let bytes = asset.or_else(|| self.site.statics.get(path))?.bytes();
        let width = WIDTH.to_string();
        let key = CacheKey::of(&[b"wechat picture", width.as_bytes(), &bytes]);
        let jpeg = self.cache.bytes(key, || self.jpeg(&bytes, alt).ok_or(()));
        let is_drawing = photo::Format::by_mark(&bytes).is_none() && !bytes.starts_with(b"%PDF");
        drawn(jpeg.ok()?.to_vec(), is_drawing)
    }

    fn jpeg(&self, bytes: &Arc<[u8]>, alt: &str) -> Option<Vec<u8>> {
        match photo::Format::by_mark(bytes) {
            Some(_) => encoded(&on_white(photo::pixels(bytes, WIDTH).ok()?)),
            None => self.engine.drawing(bytes, alt, WIDTH).ok(),
        }
    }

    /// Draws the code of an address.
    pub fn code(&self, url: String) -> Option<Drawn> {
        let code = Qr::to(url, false)?;
        let png = qr::png(&code, MODULE).ok()?;
        let picture = image::load_from_memory(&png).ok()?;
        drawn(encoded(&picture.into_rgb8())?, false)
    }
}

fn drawn(bytes: Vec<u8>, is_drawing: bool) -> Option<Drawn> {
    let reader = image::ImageReader::with_format(Cursor::new(&bytes), image::ImageFormat::Jpeg);
    let size = reader.into_dimensions().ok()?;
    Some(Drawn {
        bytes,
        size,
        is_drawing,
    })
}

/// Lays a picture that can be seen through on white.
fn on_white(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let seen = picture.into_rgba8();
    RgbImage::from_fn(seen.width(), seen.height(), |x, y| {
        let [red, green, blue, alpha] = seen.get_pixel(x, y).0;
        let over = |channel: u8| {
            let sum = u32::from(channel) * u32::from(alpha) + 255 * (255 - u32::from(alpha));
            u8::try_from(sum / 255).unwrap_or(u8::MAX)
        };
        Rgb([over(red), over(green), over(blue)])
    })
}

/// Encodes it in the best quality that the editor takes.
fn encoded(picture: &RgbImage) -> Option<Vec<u8>> {
    let mut last = None;
    for quality in QUALITIES {
        let mut bytes = Vec::new();
        let encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
        picture.write_with_encoder(encoder).ok()?;
        let fits = bytes.len() <= MOST;
        last = Some(bytes);
        if fits {
            break;
        }
    }
    last
}

//! A finished sheet.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Compiled, Failure, Finding, FitReport, Spot};
use crate::cache::{self, Cache, CacheKey};
use crate::site::{Area, Size};

/// The width of a preview in pixels: twice what a web page shows beside its text.
pub const PREVIEW_WIDTH: u32 = 720;
/// The same for previews that are wider than high.
pub const PREVIEW_WIDTH_LANDSCAPE: u32 = 1080;

/// A poster as it leaves the press.
#[derive(Debug)]
pub struct Sheet {
    /// The PDF: one page of the whole size.
    pub pdf: Arc<[u8]>,
    /// The visible part as a PNG.
    pub preview: Arc<[u8]>,
    /// The preview's size in pixels.
    pub preview_px: (u32, u32),
    /// The preview at a third of its size, for overviews.
    pub thumbnail: Arc<[u8]>,
    /// A screen's PNG at its own pixels.
    pub screen: Option<Arc<[u8]>>,
    /// The whole size in mm.
    pub size: Size,
    /// How the text fitted; `None` for a finished file.
    pub fit: Option<FitReport>,
    /// What is not as it must be; nothing of a finished file but its resolution.
    pub findings: Vec<Finding>,
    /// The key of what went in.
    pub key: CacheKey,
}

impl Sheet {
    pub(super) fn new(
        compiled: &mut Compiled,
        title: &str,
        spot: &Spot,
        fit: Option<FitReport>,
        key: CacheKey,
    ) -> Result<Self, Box<Failure>> {
        // A text that does not fit may run on; whoever asked is told by `fit`.
        if compiled.n_pages() != 1 && fit.as_ref().is_none_or(|fit| fit.fits) {
            let cause = format!("{} pages instead of one", compiled.n_pages());
            return Err(Failure::new(cause));
        }
        let area = &spot.area;
        let visible = area.visible();
        let width = match visible.is_landscape() {
            true => PREVIEW_WIDTH_LANDSCAPE,
            false => PREVIEW_WIDTH,
        };
        let drawn = compiled.draw(area, width)?;
        let (preview, thumbnail) = (drawn.png()?, drawn.third().full_colour_png()?);
        let screen = match *area {
            Area::Sheet { .. } => None,
            Area::Screen { width_px, .. } => Some(compiled.png(area, width_px)?.bytes.into()),
        };
        Ok(Self {
            pdf: compiled.pdf(title, &key.short())?.into(),
            preview: preview.bytes.into(),
            preview_px: preview.size,
            thumbnail: thumbnail.bytes.into(),
            screen,
            size: area.size(),
            findings: compiled.findings(spot),
            fit,
            key,
        })
    }

    /// Returns the sheet under `key`, or makes it with `make`.
    ///
    /// # Errors
    /// Those of `make`.
    pub(super) fn cached(
        cache: &Cache,
        key: CacheKey,
        make: impl Fn() -> Result<Self, Box<Failure>>,
    ) -> Result<Self, Box<Failure>> {
        let packed = cache.bytes(key, || make().map(|sheet| sheet.packed()))?;
        Self::unpacked(&packed, key).map_or_else(make, Ok)
    }

    fn packed(&self) -> Vec<u8> {
        let packed = Packed {
            pdf: &self.pdf,
            preview: &self.preview,
            preview_px: self.preview_px,
            thumbnail: &self.thumbnail,
            screen: self.screen.as_deref(),
            size: self.size,
            fit: self.fit.clone(),
            findings: self.findings.clone(),
        };
        cache::packed(&packed).expect("only text, numbers and lists of them")
    }

    fn unpacked(packed: &[u8], key: CacheKey) -> Option<Self> {
        let packed: Packed = cache::unpacked(packed)?;
        Some(Self {
            pdf: packed.pdf.into(),
            preview: packed.preview.into(),
            preview_px: packed.preview_px,
            thumbnail: packed.thumbnail.into(),
            screen: packed.screen.map(Arc::from),
            size: packed.size,
            fit: packed.fit,
            findings: packed.findings,
            key,
        })
    }
}

/// A sheet as the cache keeps it.
#[derive(Serialize, Deserialize)]
struct Packed<'a> {
    pdf: &'a [u8],
    preview: &'a [u8],
    preview_px: (u32, u32),
    thumbnail: &'a [u8],
    screen: Option<&'a [u8]>,
    size: Size,
    fit: Option<FitReport>,
    findings: Vec<Finding>,
}

//! A finished sheet.

use std::sync::Arc;

use super::{Compiled, Failure, Finding, FitReport, Name, Spot};
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
    /// The name of what went in.
    pub name: Name,
}

impl Sheet {
    pub(super) fn new(
        compiled: &mut Compiled,
        title: &str,
        spot: &Spot,
        fit: Option<FitReport>,
        name: Name,
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
            pdf: compiled.pdf(title, &name.short())?.into(),
            preview: preview.bytes.into(),
            preview_px: preview.size,
            thumbnail: thumbnail.bytes.into(),
            screen,
            size: area.size(),
            findings: compiled.findings(spot),
            fit,
            name,
        })
    }

    /// Returns how many bytes it holds.
    pub(super) fn weight(&self) -> usize {
        let screen = self.screen.as_ref().map_or(0, |screen| screen.len());
        self.pdf.len() + self.preview.len() + self.thumbnail.len() + screen
    }
}

//! The QR code of a page's short address.

use jiff::civil::Date;
use qrcode::{Color, EcLevel, QrCode};
use serde::Serialize;

use crate::site::{Page, Site};

/// A QR code: rows of `0` and `1` without a quiet zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Qr {
    /// Modules a side.
    pub size: usize,
    /// The rows.
    pub modules: Vec<String>,
    /// What it says.
    pub url: String,
}

impl Qr {
    /// Makes the code of the page's short address; behind glass it forgives more.
    ///
    /// `None` where the site has no address or the page never will be public.
    pub fn of(site: &Site, page: &Page, glass: bool) -> Option<Self> {
        let base = site.settings.base_url.as_deref()?;
        if !page.is_public(Date::MAX) {
            return None;
        }
        Self::to(
            format!("{}/q/{}/", base.trim_end_matches('/'), page.short_id),
            glass,
        )
    }

    /// Makes the code of an address; behind glass it forgives more.
    ///
    /// `None` where the address is longer than any code can hold.
    pub fn to(url: String, glass: bool) -> Option<Self> {
        let level = if glass { EcLevel::Q } else { EcLevel::M };
        let code = QrCode::with_error_correction_level(&url, level).ok()?;
        let size = code.width();
        let modules = code.into_colors();
        let row = |row: &[Color]| row.iter().map(|module| module.select('1', '0')).collect();
        Some(Self {
            size,
            modules: modules.chunks(size).map(row).collect(),
            url,
        })
    }
}

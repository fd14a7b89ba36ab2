//! The QR code of a page's address.

use fast_qr::{ECL, QRBuilder};
use jiff::civil::Date;
use serde::Serialize;

use crate::site::address::pretty;
use crate::site::{Page, Site};

/// Returns the page's short address, or its own where the website has no short ones; `None` where
/// the site has no address or the page never will be public.
pub fn address(site: &Site, page: &Page) -> Option<String> {
    let base = site.settings.base_url.as_deref()?;
    if !page.is_public(Date::MAX) {
        return None;
    }
    let path = match site.settings.delivery.short_addresses {
        true => format!("q/{}/", page.short_id),
        false => pretty(&page.url),
    };
    Some(format!("{}/{path}", base.trim_end_matches('/')))
}

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
    /// Makes the code of the page's short address, or of its own where the website has no short
    /// ones; behind glass it forgives more.
    ///
    /// `None` where the site has no address or the page never will be public.
    pub fn of(site: &Site, page: &Page, glass: bool) -> Option<Self> {
        Self::to(address(site, page)?, glass)
    }

    /// Makes the code of an address; behind glass it forgives more.
    ///
    /// `None` where the address is longer than any code can hold.
    pub fn to(url: String, glass: bool) -> Option<Self> {
        let level = if glass { ECL::Q } else { ECL::M };
        let code = QRBuilder::new(url.as_str()).ecl(level).build().ok()?;
        let row = |row: usize| {
            code[row]
                .iter()
                .map(|it| if it.value() { '1' } else { '0' })
        };
        Some(Self {
            size: code.size,
            modules: (0..code.size).map(|at| row(at).collect()).collect(),
            url,
        })
    }
}

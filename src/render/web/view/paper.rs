//! What a page says at its foot once it is printed: its short address and the QR code of it.

use serde::Serialize;

use crate::render::web::facts::on_web::OnWeb;
use crate::site::Page;
use crate::typeset::data::Qr;

/// A short address, to be typed and to be scanned.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(in crate::render::web) struct Short {
    /// The address.
    address: String,
    /// Modules a side.
    size: usize,
    /// The dark modules as strokes of one unit, row by row.
    path: String,
}

impl Short {
    /// Returns the short address of `page`, where the website has an address and the page stays
    /// public.
    pub(in crate::render::web) fn of(on_web: &OnWeb, page: &Page) -> Option<Self> {
        let qr = Qr::of(on_web.site, page, false)?;
        Some(Self {
            path: strokes(&qr.modules),
            size: qr.size,
            address: qr.url,
        })
    }
}

/// Returns rows of `0` and `1` as the path of an SVG: one stroke for each run of dark modules.
fn strokes(rows: &[String]) -> String {
    let mut path = String::new();
    for (y, row) in rows.iter().enumerate() {
        let mut pen = None;
        let mut x = 0;
        for run in row.as_bytes().chunk_by(|a, b| a == b) {
            if run[0] == b'1' {
                path.push_str(&match pen {
                    None => format!("M{x} {y}.5h{}", run.len()),
                    Some(end) => format!("m{} 0h{}", x - end, run.len()),
                });
                pen = Some(x + run.len());
            }
            x += run.len();
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_run_of_dark_modules_is_a_stroke() {
        let rows = ["1101".to_owned(), "0000".to_owned(), "0110".to_owned()];
        assert_eq!(strokes(&rows), "M0 0.5h2m1 0h1M1 2.5h2");
    }
}

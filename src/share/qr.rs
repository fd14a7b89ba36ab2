//! The code of the page's address, as a picture and as a drawing.

use super::{Job, What};
use crate::diag::Code;
use crate::typeset::data::Qr;

/// Modules of white around it, as the standard wants them.
const QUIET: usize = 4;
/// Pixels a module: at 300 dots an inch a usual code is 3 cm wide.
const PIXELS: usize = 12;

pub(super) fn make(job: &mut Job) {
    let code = job.link.clone().and_then(|link| Qr::to(link, false));
    let Some(code) = code else {
        return job.warn(Code::NoAddressToShare, |d| d);
    };
    match png(&code, PIXELS) {
        Ok(png) => job.add(What::Qr, "qr.png", png),
        Err(_) => return job.warn(Code::NoAddressToShare, |d| d),
    }
    job.add(What::Qr, "qr.svg", svg(&code).into_bytes());
}

/// Draws the code in black on white.
pub(super) fn png(code: &Qr, pixels: usize) -> Result<Vec<u8>, png::EncodingError> {
    let side = (code.size + 2 * QUIET) * pixels;
    let mut data = vec![255_u8; side * side];
    for (y, x) in dark(code) {
        let (top, left) = ((y + QUIET) * pixels, (x + QUIET) * pixels);
        for row in data.chunks_exact_mut(side).skip(top).take(pixels) {
            row[left..left + pixels].fill(0);
        }
    }
    let side = u32::try_from(side).unwrap_or(u32::MAX);
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, side, side);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&data)?;
    writer.finish()?;
    Ok(bytes)
}

/// Draws the code as an SVG, a millimetre a module.
fn svg(code: &Qr) -> String {
    let side = code.size + 2 * QUIET;
    let mut path = String::new();
    for (y, x) in dark(code) {
        path.push_str(&format!("M{} {}h1v1h-1z", x + QUIET, y + QUIET));
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{side}mm\" height=\"{side}mm\" \
         viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\">\
         <path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path d=\"{path}\"/></svg>\n"
    )
}

/// Returns row and column of each dark module.
fn dark(code: &Qr) -> impl Iterator<Item = (usize, usize)> {
    let rows = code.modules.iter().enumerate();
    rows.flat_map(|(y, row)| {
        let modules = row.bytes().enumerate();
        modules
            .filter(|(_, it)| *it == b'1')
            .map(move |(x, _)| (y, x))
    })
}

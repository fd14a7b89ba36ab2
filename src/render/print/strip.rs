//! What the controller of a strip (条屏) takes: a bitmap of its lamps, and the words as text.

use std::io::Cursor;

use super::{Job, month_day};
use crate::diag::Diagnostics;
use crate::render::Artifact;
use crate::site::Board;

/// How light a pixel must be for its lamp to be on, of 255.
const ON: u8 = 110;
/// How long the header of a bitmap of two colours is, in bytes.
const HEADER: usize = 62;

/// Returns a bitmap and a text for each poster on `board`, where it is a strip.
pub(super) fn strip(job: &Job, board: &Board, _: &mut Diagnostics) -> Vec<Artifact> {
    let mut artifacts = Vec::new();
    for (hanging, name) in job.names(board) {
        let slot = board.slot(&hanging.slot);
        if !slot.is_some_and(|slot| slot.area.is_strip()) {
            continue;
        }
        let poster = job.poster(hanging);
        let picture = poster.and_then(|poster| lamps(poster.screen.as_ref()?));
        if let Some((width, lamps)) = picture {
            let bitmap = bitmap(width, &lamps);
            artifacts.push(job.artifact(board, &format!("{name}.bmp"), &bitmap.into()));
        }
        if let Some(words) = words(job, &hanging.poster) {
            artifacts.push(job.artifact(board, &format!("{name}.txt"), &words.into_bytes().into()));
        }
    }
    artifacts
}

/// Reads a screen's PNG: how many lamps are in a row, and which are on.
fn lamps(png: &[u8]) -> Option<(usize, Vec<bool>)> {
    let picture = image::ImageReader::with_format(Cursor::new(png), image::ImageFormat::Png);
    let picture = picture.decode().ok()?.into_luma8();
    let width = usize::try_from(picture.width()).ok()?;
    let lamps = picture.into_raw().into_iter().map(|light| light >= ON);
    Some((width, lamps.collect()))
}

/// Writes a BMP of one bit a pixel, black and white, row by row from below.
///
/// Source: BITMAPFILEHEADER and BITMAPINFOHEADER of Windows 3.
fn bitmap(width: usize, lamps: &[bool]) -> Vec<u8> {
    let rows = lamps.chunks(width);
    // Rows fill whole words of four bytes.
    let row_bytes = width.div_ceil(32) * 4;
    let height = rows.len();
    let mut file = Vec::with_capacity(HEADER + row_bytes * height);
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX).to_le_bytes();
    file.extend(b"BM");
    file.extend(number(HEADER + row_bytes * height));
    file.extend([0; 4]);
    file.extend(number(HEADER));
    file.extend(number(40));
    file.extend(number(width));
    file.extend(number(height));
    // One plane of one bit, not compressed.
    file.extend([1, 0, 1, 0, 0, 0, 0, 0]);
    file.extend(number(row_bytes * height));
    // 72 dpi; two colours.
    file.extend(number(2835));
    file.extend(number(2835));
    file.extend(number(2));
    file.extend(number(2));
    file.extend([0, 0, 0, 0, 255, 255, 255, 0]);
    for row in rows.rev() {
        let mut bytes = vec![0_u8; row_bytes];
        for (at, _) in row.iter().enumerate().filter(|(_, on)| **on) {
            bytes[at / 8] |= 0x80 >> (at % 8);
        }
        file.extend(bytes);
    }
    file
}

/// What scrolls by: title, lead, when and where, who speaks. One line, with the mark by which the
/// programs of controllers know UTF-8, and the line end of Windows.
fn words(job: &Job, page: &str) -> Option<String> {
    let page = job.site.page(page)?;
    let lead = page.poster.as_ref().and_then(|wish| wish.lead.as_deref());
    let event = page.event.as_ref();
    let day = event.map(|event| month_day(event.date, job.site.settings.message_language()));
    let parts = [
        Some(page.title.as_str()),
        lead,
        day.as_deref(),
        event.and_then(|event| event.time.as_deref()),
        event.and_then(|event| event.place.as_deref()),
        Some(job.site.settings.organisation.as_str()),
    ];
    let parts: Vec<&str> = parts.into_iter().flatten().collect();
    Some(format!("\u{FEFF}{}\r\n", parts.join("　")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bitmap_has_a_bit_for_each_lamp() {
        let lamps = [true, false, true, false, false, true];
        let bitmap = bitmap(3, &lamps);
        assert_eq!(bitmap.len(), HEADER + 2 * 4);
        assert_eq!(&bitmap[..2], b"BM");
        // The lower row comes first.
        assert_eq!(bitmap[HEADER], 0b0010_0000);
        assert_eq!(bitmap[HEADER + 4], 0b1010_0000);
    }
}

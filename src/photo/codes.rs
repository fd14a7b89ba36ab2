//! The QR codes that a photo shows.

use rqrr::PreparedImage;

/// How wide a photo is looked at. A code of 3 cm must fill some 130 pixels of it, four a module: on
/// a sheet that fills a third of a telephone's photo it does, on a whole board it does not.
const WIDTHS: [u32; 2] = [4000, 2000];

/// Returns what the QR codes in a photo say; none where it has none that can be read.
pub fn codes(bytes: &[u8]) -> Vec<String> {
    WIDTHS
        .into_iter()
        .map(|width| read(bytes, width))
        .find(|found| !found.is_empty())
        .unwrap_or_default()
}

fn read(bytes: &[u8], width: u32) -> Vec<String> {
    let Ok(picture) = super::pixels(bytes, width) else {
        return Vec::new();
    };
    let grey = picture.into_luma8();
    let (width, height) = grey.dimensions();
    let (Ok(width), Ok(height)) = (usize::try_from(width), usize::try_from(height)) else {
        return Vec::new();
    };
    let grey = grey.into_raw();
    let mut image =
        PreparedImage::prepare_from_greyscale(width, height, |x, y| grey[y * width + x]);
    let grids = image.detect_grids();
    let read = grids.into_iter().filter_map(|grid| grid.decode().ok());
    read.map(|(_, text)| text).collect()
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use image::{GrayImage, ImageFormat, Luma};

    use super::*;

    #[test]
    fn a_code_in_a_photo_is_read() {
        let code = fast_qr::QRBuilder::new("https://wutongli.example/q/zaqgzcd/")
            .build()
            .expect("it is short");
        // Somewhere on a grey wall, three pixels a module.
        let photo = GrayImage::from_fn(1600, 1200, |x, y| {
            let at = |n: u32, from: u32| n.checked_sub(from).map(|n| n as usize / 3);
            let module = at(x, 700).zip(at(y, 500));
            let quiet = (690..700 + 3 * code.size as u32 + 10).contains(&x)
                && (490..500 + 3 * code.size as u32 + 10).contains(&y);
            match module.filter(|(x, y)| *x < code.size && *y < code.size) {
                Some((x, y)) if code[y][x].value() => Luma([40]),
                _ if quiet => Luma([230]),
                _ => Luma([170]),
            }
        });
        let mut bytes = Vec::new();
        let mut file = Cursor::new(&mut bytes);
        photo
            .write_to(&mut file, ImageFormat::Jpeg)
            .expect("it is written");
        assert_eq!(codes(&bytes), ["https://wutongli.example/q/zaqgzcd/"]);
        assert!(codes(b"no photo").is_empty());
    }
}

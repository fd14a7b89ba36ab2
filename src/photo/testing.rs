//! Photos for tests, as phones make them. The tests of the whole program take this file too.

use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, Rgb, RgbImage};

/// The latitude in these photos: 39°54′15″ as three fractions. No file that is published may have
/// it.
pub const LATITUDE: [u8; 24] = [
    0, 0, 0, 39, 0, 0, 0, 1, 0, 0, 0, 54, 0, 0, 0, 1, 0, 0, 0, 15, 0, 0, 0, 1,
];

/// Makes a photo of that size, all colours in it.
pub fn phone_photo(width: u32, height: u32) -> Vec<u8> {
    let shade = |n: u32| u8::try_from(n % 256).unwrap_or(0);
    phone_photo_of(&RgbImage::from_fn(width, height, |x, y| {
        Rgb([shade(x / 3), shade(y / 2), shade((x + y) / 5)])
    }))
}

/// Writes `pixels` as a phone does that was held upright: the file lies on its side, the place
/// stands in Exif and XMP, and in a film behind the picture.
pub fn phone_photo_of(pixels: &RgbImage) -> Vec<u8> {
    let mut jpeg = Vec::new();
    let (width, height) = pixels.dimensions();
    JpegEncoder::new_with_quality(&mut jpeg, 90)
        .encode(pixels, width, height, ExtendedColorType::Rgb8)
        .expect("memory takes any picture");
    let xmp = b"http://ns.adobe.com/xap/1.0/\0<x exif:GPSLatitude=\"39,54.25N\"/>";
    let exif = [b"Exif\0\0".as_slice(), &exif()].concat();
    let photo = with_app1(&with_app1(&jpeg, xmp), &exif);
    let film = [b"ftypmp42 GPSLatitude".as_slice(), &LATITUDE].concat();
    [photo, film].concat()
}

fn with_app1(jpeg: &[u8], content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).expect("it is short");
    let head = [&[0xFF, 0xE1][..], &length.to_be_bytes()].concat();
    [&jpeg[..2], &head, content, &jpeg[2..]].concat()
}

/// An Exif block of two tags, Orientation (a quarter to the right) and GPSInfo, which leads to
/// GPSLatitudeRef and GPSLatitude.
fn exif() -> Vec<u8> {
    let mut block = b"MM\0\x2a\0\0\0\x08\0\x02".to_vec();
    block.extend(b"\x01\x12\0\x03\0\0\0\x01\0\x06\0\0");
    block.extend(b"\x88\x25\0\x04\0\0\0\x01\0\0\0\x26\0\0\0\0");
    block.extend(b"\0\x02\0\x01\0\x02\0\0\0\x02N\0\0\0");
    block.extend(b"\0\x02\0\x05\0\0\0\x03\0\0\0\x44\0\0\0\0");
    block.extend(LATITUDE);
    block
}

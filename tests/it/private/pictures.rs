//! Pictures with marks.

use std::io::Cursor;

use super::films::piece;
use crate::photos::testing::phone_photo;

/// A photo of a telephone with all that others write into one.
pub(super) fn jpeg() -> Vec<u8> {
    let photo = phone_photo(64, 48);
    let segment = |marker: u8, content: &[u8]| {
        let length = u16::try_from(content.len() + 2).expect("it is short");
        [&[0xFF, marker][..], &length.to_be_bytes(), content].concat()
    };
    [
        &photo[..2],
        &segment(0xFE, b"mark-comment"),
        &segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\x0Amark-iptc"),
        &segment(0xE2, b"MPF\0mark-mpf"),
        &segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0mark-xmp"),
        &photo[2..],
        b"mark-behind",
    ]
    .concat()
}

pub(super) fn png() -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, 2, 2);
    encoder.set_color(png::ColorType::Rgb);
    encoder
        .add_text_chunk("Author".into(), "mark-text".into())
        .expect("text");
    encoder
        .add_ztxt_chunk("Comment".into(), "mark-ztxt".into())
        .expect("text");
    encoder
        .add_itxt_chunk("XML:com.adobe.xmp".into(), "mark-itxt".into())
        .expect("text");
    let mut writer = encoder.write_header().expect("a head");
    writer
        .write_chunk(png::chunk::ChunkType(*b"eXIf"), b"MM\0\x2amark-exif")
        .expect("a chunk");
    writer
        .write_chunk(png::chunk::ChunkType(*b"tIME"), b"mark-ti")
        .expect("a chunk");
    writer.write_image_data(&[9; 12]).expect("pixels");
    writer.finish().expect("an end");
    [&out[..], b"mark-behind"].concat()
}

pub(super) fn gif() -> Vec<u8> {
    [
        &b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xFF\xFF\xFF\x21\xFE\x0Amark-commt\0"[..],
        b"\x21\xFF\x0BXMP DataXMP\x08mark-xmp\0\x2C\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0\x3Bmark-behind",
    ]
    .concat()
}

pub(super) fn webp() -> Vec<u8> {
    let picture = image::RgbImage::from_pixel(8, 8, image::Rgb([9, 99, 199]));
    let mut out = Cursor::new(Vec::new());
    picture
        .write_to(&mut out, image::ImageFormat::WebP)
        .expect("memory");
    let out = out.into_inner();
    let whole = [
        &b"WEBP"[..],
        &piece(b"VP8X", &[0x0C, 0, 0, 0, 7, 0, 0, 7, 0, 0]),
        &out[12..],
        &piece(b"EXIF", b"MM\0\x2amark-exif"),
        &piece(b"XMP ", b"mark-xmp"),
    ]
    .concat();
    piece(b"RIFF", &whole)
}

pub(super) fn svg() -> Vec<u8> {
    "<svg xmlns='http://www.w3.org/2000/svg' xmlns:inkscape='http://www.inkscape.org/namespaces/inkscape' \
     xmlns:sodipodi='http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd' viewBox='0 0 30 20' \
     sodipodi:docname='mark-name.svg' inkscape:export-filename='/home/mark-user/a.png'>\
     <!-- mark-comment --><metadata>mark-metadata</metadata>\
     <sodipodi:namedview inkscape:window-x='mark-view'/>\
     <rect width='30' height='20' fill='#23764A' inkscape:label='mark-label'/>\
     <text x='1' y='9'>seen-svg</text></svg>"
        .into()
}

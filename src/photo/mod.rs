//! Photos without what they tell of their maker: place, time, camera, comments.
//!
//! A phone writes where a picture was taken into it. Nothing that is published or printed may
//! carry that. The picture's own data pass through untouched; only which way up it is stays.
//!
//! What proves that a poster hung is kept as it came from the camera: [`Format`] tells whether a
//! file is a photo at all, [`taken`] when it was taken, [`share`] whose board it shows.

mod codes;
mod dimensions;
mod exif;
mod fault;
mod gif;
mod glance;
mod jpeg;
mod paper;
mod pixels;
mod png;
mod raster;
mod shots;
mod svg;
#[cfg(test)]
pub mod testing;
mod webp;

use std::io::Cursor;
use std::sync::Arc;

use img_parts::ImageEXIF;
use img_parts::png::Png;
use img_parts::webp::WebP;
use jiff::civil::DateTime;

pub use self::exif::orientation;
pub use codes::codes;
pub use fault::Fault;
pub use glance::Glance;
pub use paper::encoded;
pub use pixels::{memory, pixels, smaller, upright};
pub use shots::{Guess, Shared, Shot, share};
pub use svg::{Remarks, remarks};

/// The most pixels of a picture that can be decoded in parts: a plan of 20,000 by 16,000.
const MOST_PIXELS: u64 = 320_000_000;
/// The most pixels of one that can only be decoded as a whole.
const MOST_WHOLE: u64 = 64_000_000;
/// About the most memory in bytes that decoding a picture may take.
const MOST_MEMORY: u64 = 320 << 20;

/// How a picture is written in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `.jpg`.
    Jpeg,
    /// `.png`.
    Png,
    /// `.webp`.
    Webp,
    /// `.gif`.
    Gif,
    /// `.heic`, as telephones of one maker write it.
    Heic,
    /// `.avif`.
    Avif,
    /// `.tif`, as scanners write it.
    Tiff,
    /// `.bmp`, as old programs write it.
    Bmp,
}

impl Format {
    /// Finds the format of a photo by what is in it; `None` where the file is none, or no whole
    /// one as far as its head tells.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let format = Self::by_mark(bytes)?;
        let is_one = match format {
            Self::Jpeg | Self::Png => size(bytes).is_some(),
            Self::Webp | Self::Heic => true,
            Self::Avif | Self::Tiff | Self::Gif | Self::Bmp => false,
        };
        is_one.then_some(format)
    }

    /// Finds the format by the first bytes alone.
    pub fn by_mark(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
            return Some(Self::Jpeg);
        }
        if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            return Some(Self::Png);
        }
        if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
            return Some(Self::Webp);
        }
        if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") {
            return Some(Self::Gif);
        }
        if bytes.starts_with(b"II*\0") || bytes.starts_with(b"MM\0*") {
            return Some(Self::Tiff);
        }
        // A text may begin with BM; the length of the second head follows in few ways.
        let head = bytes.get(14..18).filter(|_| bytes.starts_with(b"BM"));
        if head.is_some_and(|head| matches!(head, [12 | 40 | 52 | 56 | 64 | 108 | 124, 0, 0, 0])) {
            return Some(Self::Bmp);
        }
        let brands: [&[u8]; 8] = [
            b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1",
        ];
        let boxed = bytes.get(4..8) == Some(b"ftyp");
        let brand = bytes.get(8..12).filter(|_| boxed)?;
        if brand == b"avif" || brand == b"avis" {
            return Some(Self::Avif);
        }
        brands.contains(&brand).then_some(Self::Heic)
    }

    /// Returns the ending of its files.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Webp => "webp",
            Self::Gif => "gif",
            Self::Heic => "heic",
            Self::Avif => "avif",
            Self::Tiff => "tif",
            Self::Bmp => "bmp",
        }
    }
}

/// Tells whether the picture moves: it has more frames than one.
pub fn is_moving(bytes: &[u8]) -> bool {
    match Format::by_mark(bytes) {
        Some(Format::Gif) => gif::is_moving(bytes),
        Some(Format::Png) => png::is_moving(bytes),
        Some(Format::Webp) => webp::is_moving(bytes),
        _ => false,
    }
}

/// Returns when a photo was taken, by the clock of the camera, as its Exif data say.
pub fn taken(bytes: &[u8]) -> Option<DateTime> {
    let exif = ::exif::Reader::new()
        .continue_on_error(true)
        .read_from_container(&mut Cursor::new(bytes))
        .or_else(|error| error.distill_partial_result(|_| {}))
        .ok()?;
    let tags = [
        ::exif::Tag::DateTimeOriginal,
        ::exif::Tag::DateTimeDigitized,
        ::exif::Tag::DateTime,
    ];
    tags.into_iter().find_map(|tag| {
        let field = exif.get_field(tag, ::exif::In::PRIMARY)?;
        let ::exif::Value::Ascii(texts) = &field.value else {
            return None;
        };
        let time = ::exif::DateTime::from_ascii(texts.first()?).ok()?;
        let part = |number: u8| i8::try_from(number).ok();
        DateTime::new(
            i16::try_from(time.year).ok()?,
            part(time.month)?,
            part(time.day)?,
            part(time.hour)?,
            part(time.minute)?,
            part(time.second)?,
            0,
        )
        .ok()
    })
}

/// Finds out why the picture `bytes` cannot be used; `None` where nothing is seen to be wrong.
pub fn fault(bytes: &[u8]) -> Option<Fault> {
    match Format::by_mark(bytes) {
        _ if bytes.is_empty() => Some(Fault::Empty),
        Some(format) => raster::fault(format, bytes),
        None => svg::fault(bytes),
    }
}

/// Returns the picture or drawing `bytes` as the typesetter takes it.
///
/// # Errors
/// Where it cannot be used.
pub fn for_paper(bytes: &Arc<[u8]>) -> Result<Arc<[u8]>, Fault> {
    match Format::by_mark(bytes) {
        Some(format) => paper::for_paper(format, bytes),
        None => fault(bytes).map_or_else(|| Ok(bytes.clone()), Err),
    }
}

/// Returns the JPEG `bytes` with the time of its taking in it, as its only data beside the picture;
/// `None` where it is broken. Which way up it is goes too: a page that shrank it has turned it.
pub fn with_time(bytes: &[u8], taken: DateTime) -> Option<Vec<u8>> {
    // One tag, 0x0132 DateTime: its text stands behind a TIFF of 26 bytes.
    let mut exif = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x32\0\x02\0\0\0\x14\0\0\0\x1a\0\0\0\0".to_vec();
    exif.extend(taken.strftime("%Y:%m:%d %H:%M:%S\0").to_string().bytes());
    jpeg::clean(bytes, Some(exif))
}

/// Returns a picture as everyone may see it: without what it tells of its maker, and in a
/// format that browsers and printing take. Files of other kinds, and pictures that are broken, stay
/// as they are.
pub fn published(bytes: &Arc<[u8]>) -> Arc<[u8]> {
    if let Some(Format::Bmp | Format::Tiff) = Format::by_mark(bytes) {
        return paper::as_known(bytes).map_or_else(|_| bytes.clone(), Arc::from);
    }
    match svg::clean(bytes) {
        Some(clean) => clean.into(),
        None => without_metadata(bytes),
    }
}

/// Returns the photo `bytes` without metadata, whatever its name says it is; files of other kinds,
/// and photos that are broken, as they are.
pub fn without_metadata(bytes: &Arc<[u8]>) -> Arc<[u8]> {
    match cleaned(bytes) {
        Some(clean) if *clean != **bytes => clean.into(),
        _ => bytes.clone(),
    }
}

fn cleaned(bytes: &[u8]) -> Option<Vec<u8>> {
    match Format::by_mark(bytes)? {
        Format::Jpeg => jpeg::clean(bytes, turned(bytes)),
        Format::Png => clean_png(bytes),
        Format::Webp => clean_webp(bytes),
        Format::Gif => gif::clean(bytes),
        Format::Heic | Format::Avif | Format::Tiff | Format::Bmp => None,
    }
}

/// Returns width and height in pixels as the file says them, whichever way up it is.
pub fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    match Format::by_mark(bytes)? {
        Format::Jpeg => return jpeg::Frame::of(bytes).map(|frame| frame.size),
        Format::Png => return png::size(bytes),
        Format::Gif => return gif::size(bytes),
        _ => {}
    }
    let reader = image::ImageReader::new(Cursor::new(bytes));
    reader.with_guessed_format().ok()?.into_dimensions().ok()
}

fn clean_png(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut png = Png::from_bytes(bytes.to_vec().into()).ok()?;
    // Those that the picture is drawn with; what else there is tells something, or nothing.
    let drawn = [
        *b"IHDR", *b"PLTE", *b"tRNS", *b"cHRM", *b"gAMA", *b"iCCP", *b"sBIT", *b"sRGB", *b"cICP",
        *b"bKGD", *b"pHYs", *b"IDAT", *b"acTL", *b"fcTL", *b"fdAT", *b"IEND",
    ];
    png.chunks_mut()
        .retain(|chunk| drawn.contains(&chunk.kind()));
    png.set_exif(turned(bytes).map(Into::into));
    Some(png.encoder().bytes().to_vec())
}

fn clean_webp(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut webp = WebP::from_bytes(bytes.to_vec().into()).ok()?;
    webp.remove_chunks_by_id(*b"XMP ");
    webp.set_exif(turned(bytes).map(Into::into));
    Some(webp.encoder().bytes().to_vec())
}

/// Returns the Exif block that a photo keeps: which way up it is, where it does not lie so.
fn turned(bytes: &[u8]) -> Option<Vec<u8>> {
    let turned = orientation(bytes).filter(|turned| *turned != 1);
    turned.map(exif_of)
}

/// Writes the smallest Exif block: one tag, 0x0112 Orientation, a SHORT.
fn exif_of(orientation: u16) -> Vec<u8> {
    let mut block = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01".to_vec();
    block.extend(orientation.to_be_bytes());
    block.extend([0, 0, 0, 0, 0, 0]);
    block
}

#[cfg(test)]
mod tests {
    use img_parts::jpeg::markers;

    use super::*;

    /// A JPEG of one pixel with Exif (turned, with a place), XMP and a comment.
    fn phone_photo() -> Vec<u8> {
        let segment = |marker: u8, content: &[u8]| {
            let length = u16::try_from(content.len() + 2)
                .expect("it is short")
                .to_be_bytes();
            [&[0xFF, marker][..], &length, content].concat()
        };
        let mut exif = b"Exif\0\0".to_vec();
        exif.extend(exif_of(6));
        exif.extend(b"GPSLatitude 39.9042");
        let scan = [
            &segment(markers::SOS, &[1, 1, 0, 0, 63, 0])[..],
            &[0x12, 0x34],
        ]
        .concat();
        [
            &[0xFF, 0xD8][..],
            &segment(markers::APP1, &exif),
            &segment(markers::APP1, b"http://ns.adobe.com/xap/1.0/\0<gps/>"),
            &segment(markers::COM, b"GPS by phone"),
            &segment(markers::SOF0, &[8, 0, 1, 0, 1, 1, 1, 0x11, 0]),
            &scan,
            &[0xFF, 0xD9],
        ]
        .concat()
    }

    #[test]
    fn a_phone_photo_keeps_its_turn_and_loses_its_place() {
        let photo: Arc<[u8]> = phone_photo().into();
        assert_eq!(orientation(&photo), Some(6));
        let clean = without_metadata(&photo);
        assert_eq!(orientation(&clean), Some(6));
        let text = String::from_utf8_lossy(&clean);
        assert!(!text.contains("GPS") && !text.contains("adobe"), "{text}");
        assert!(
            clean.windows(2).any(|pair| pair == [0x12, 0x34]),
            "the picture's data stay"
        );
    }

    #[test]
    fn a_photo_can_be_given_its_time() {
        let taken_at = DateTime::constant(2026, 12, 1, 9, 5, 0, 0);
        let photo = with_time(&phone_photo(), taken_at).expect("it is whole");
        assert_eq!(taken(&photo), Some(taken_at));
        assert_eq!(Format::of(&photo), Some(Format::Jpeg));
        assert!(!String::from_utf8_lossy(&photo).contains("GPS"));
    }

    #[test]
    fn what_follows_a_photo_in_its_file_goes() {
        // Phones hang a film, or the other eye's photo, behind the picture; each with its place.
        let photo = [phone_photo(), b"ftypmp42 GPS 39.9042".to_vec()].concat();
        let clean = without_metadata(&photo.into());
        assert!(clean.ends_with(&[0x12, 0x34, 0xFF, 0xD9]));
    }

    #[test]
    fn a_photo_is_told_by_what_is_in_it() {
        let heic = b"\0\0\0\x18ftypheic".as_slice();
        let marks = [(heic, Format::Heic), (b"\0\0\0\x18ftypavif", Format::Avif)];
        for (bytes, format) in marks {
            assert_eq!(Format::by_mark(bytes), Some(format));
        }
        assert_eq!(Format::by_mark(b"II*\0\x08"), Some(Format::Tiff));
        let bmp = b"BM\x36\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0";
        assert_eq!(Format::by_mark(bmp), Some(Format::Bmp));
        assert_eq!(Format::by_mark(b"BMI is a measure of the body"), None);
        assert_eq!(Format::by_mark(b"no photo"), None);
        let bytes: Arc<[u8]> = b"no photo".to_vec().into();
        assert_eq!(without_metadata(&bytes), bytes);
    }

    #[test]
    fn giants_are_refused_by_their_head() {
        let gif = b"GIF89a\xFF\xFF\xFF\xFF\0\0\0;";
        assert_eq!(
            fault(gif),
            Some(Fault::TooLarge {
                size: (65_535, 65_535),
                most: MOST_WHOLE
            })
        );
    }

    #[test]
    fn what_is_no_picture_says_so() {
        assert_eq!(fault(b""), Some(Fault::Empty));
        assert!(matches!(fault(b"<html>404</html>"), Some(Fault::Broken(_))));
        let heic = b"\0\0\0\x18ftypheic\0\0\0\0";
        assert_eq!(fault(heic), Some(Fault::Format(Format::Heic)));
    }
}

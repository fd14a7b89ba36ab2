//! The office edition as its printer takes it: black with black toner alone, greys, and pictures in greys too.

use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageFormat};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::Failure;
use super::brush::Paint;
use super::paint::{channels, repaint};

/// How true photos stay.
const QUALITY: u8 = 88;

/// Returns the finished PDF `pdf` without colours.
///
/// # Errors
/// Where the PDF is not as our own are.
pub fn greyed(pdf: &[u8]) -> Result<Vec<u8>, Box<Failure>> {
    let write = || {
        let mut document = Document::load_mem(pdf)?;
        repaint(&mut document, &Greys)?;
        grey_pictures(&mut document);
        let mut bytes = Vec::new();
        document.save_to(&mut bytes)?;
        lopdf::Result::Ok(bytes)
    };
    write().map_err(|error| Failure::new(error.to_string()))
}

/// Black toner and what it leaves of the paper.
struct Greys;

impl Paint for Greys {
    fn space(&self) -> &'static str {
        "DeviceGray"
    }

    fn operator(&self) -> [&'static str; 2] {
        ["g", "G"]
    }

    fn shares(&self, rgb: [u8; 3]) -> Vec<f32> {
        vec![f32::from(grey(rgb)) / 255.0]
    }
}

/// How light a colour is, 0 to 255.
fn grey([r, g, b]: [u8; 3]) -> u8 {
    // Of BT.709; thousandths, so that the same comes out everywhere.
    let sum = 213 * u32::from(r) + 715 * u32::from(g) + 72 * u32::from(b);
    u8::try_from((sum + 500) / 1000).unwrap_or(u8::MAX)
}

/// Turns the pictures of three channels into such of one; what cannot be read stays as it is.
fn grey_pictures(document: &mut Document) {
    let pictures: Vec<(ObjectId, Stream)> = document
        .objects
        .iter()
        .filter_map(|(id, object)| Some((*id, object.as_stream().ok()?)))
        .filter(|(_, stream)| is_coloured(document, &stream.dict))
        .map(|(id, stream)| (id, stream.clone()))
        .collect();
    for (id, stream) in pictures {
        if let Some(grey) = grey_picture(&stream) {
            document.objects.insert(id, Object::Stream(grey));
        }
    }
}

/// Tells whether it is a picture of three channels of eight bits.
fn is_coloured(document: &Document, picture: &Dictionary) -> bool {
    let is = |key: &[u8], wanted: &[u8]| {
        let name = picture.get(key).and_then(Object::as_name);
        name.is_ok_and(|name| name == wanted)
    };
    let space = picture.get(b"ColorSpace");
    let bits = picture.get(b"BitsPerComponent").and_then(Object::as_i64);
    is(b"Subtype", b"Image")
        && bits.is_ok_and(|bits| bits == 8)
        && space.is_ok_and(|space| channels(document, space) == Some(3))
}

fn grey_picture(picture: &Stream) -> Option<Stream> {
    let side = |key: &[u8]| u32::try_from(picture.dict.get(key).ok()?.as_i64().ok()?).ok();
    let (width, height) = (side(b"Width")?, side(b"Height")?);
    let filters = picture.filters().unwrap_or_default();
    let is_jpeg = filters == [b"DCTDecode".as_slice()];
    let rgb = if is_jpeg {
        let photo =
            image::load_from_memory_with_format(&picture.content, ImageFormat::Jpeg).ok()?;
        photo.into_rgb8().into_raw()
    } else {
        picture.get_plain_content().ok()?
    };
    let (pixels, rest) = rgb.as_chunks::<3>();
    let n = usize::try_from(u64::from(width) * u64::from(height)).ok()?;
    if pixels.len() != n || !rest.is_empty() {
        return None;
    }
    let greys: Vec<u8> = pixels.iter().map(|pixel| grey(*pixel)).collect();
    let mut dictionary = picture.dict.clone();
    dictionary.set("ColorSpace", "DeviceGray");
    dictionary.remove(b"DecodeParms");
    dictionary.remove(b"Filter");
    if !is_jpeg {
        let mut made = Stream::new(dictionary, greys);
        made.compress().ok()?;
        return Some(made);
    }
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY)
        .encode(&greys, width, height, ExtendedColorType::L8)
        .ok()?;
    dictionary.set("Filter", "DCTDecode");
    Some(Stream::new(dictionary, bytes).with_compression(false))
}

#[cfg(test)]
mod tests {
    use lopdf::dictionary;

    use super::*;

    #[test]
    fn colours_are_as_light_as_they_were() {
        assert_eq!(grey([0; 3]), 0);
        assert_eq!(grey([255; 3]), 255);
        assert_eq!(
            [[255, 0, 0], [0, 255, 0], [0, 0, 255]].map(grey),
            [54, 182, 18]
        );
    }

    #[test]
    fn pictures_lose_their_colours_and_keep_their_masks() {
        let mut document = Document::new();
        let picture = |space: &str, content: Vec<u8>| {
            let dictionary = dictionary! {
                "Type" => "XObject", "Subtype" => "Image", "Width" => 2, "Height" => 1,
                "BitsPerComponent" => 8, "ColorSpace" => space,
            };
            Stream::new(dictionary, content)
        };
        let coloured = document.add_object(picture("DeviceRGB", vec![255, 0, 0, 0, 0, 255]));
        let mask = document.add_object(picture("DeviceGray", vec![7, 8]));
        grey_pictures(&mut document);
        let plain = |id| {
            let stream = document.get_object(id).and_then(Object::as_stream);
            stream
                .and_then(Stream::get_plain_content)
                .expect("it is one")
        };
        assert_eq!(plain(coloured), [54, 18]);
        assert_eq!(plain(mask), [7, 8]);
    }
}

//! Finished files from outside: their form and size.

use std::collections::BTreeSet;
use std::sync::Arc;

use hayro_syntax::{LoadPdfError, Pdf};
use lopdf::{Dictionary, Document, Object};

use crate::diag::{SitePath, Words, words};
use crate::photo::{self, Fault};
use crate::private;
use crate::read::Asset;
use crate::site::{Area, Size};

/// How far a finished file may be from its slot's size, in mm.
const TOLERANCE: f64 = 1.0;
/// How far the proportions of a screen may be from its picture's, as a share.
const SCREEN_TOLERANCE: f64 = 0.01;
/// Points in an inch, millimetres in an inch.
const POINT: f64 = 25.4 / 72.0;

/// A finished file that can be used.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Outside {
    /// A PDF of one page.
    Pdf {
        /// The page as it is shown, in mm.
        size: Size,
    },
    /// A picture; its size on paper is the slot's if the proportions are.
    Picture {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
    },
}

/// What a finished file is, found out once.
pub(super) struct Received {
    pub(super) form: Result<Outside, OutsideError>,
    /// The fonts that it uses and does not carry.
    absent_fonts: Vec<String>,
}

impl Received {
    /// Looks at the file `path`.
    pub(super) fn of(path: &SitePath, file: &Asset) -> Arc<Self> {
        let look = |bytes: &Arc<[u8]>| {
            let form = Outside::read(path, bytes);
            let absent_fonts = match form {
                Ok(Outside::Pdf { .. }) => absent_fonts(bytes),
                _ => Vec::new(),
            };
            Self { form, absent_fonts }
        };
        file.fact(look)
            .unwrap_or_else(|| Arc::new(look(&Arc::default())))
    }
}

/// Why a finished file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutsideError {
    /// Its ending is of no form that we take.
    UnknownForm,
    /// It is not there.
    Missing,
    /// It is damaged.
    Damaged,
    /// It has more pixels than can be taken: about so many million.
    TooLarge(u64),
    /// It opens with a password only.
    Locked,
    /// It has another number of pages than one.
    Pages(usize),
    /// These layers of it are switched off, and would be printed.
    Layers(Vec<String>),
}

impl OutsideError {
    /// Says it in words.
    pub fn words(&self) -> Words {
        match self {
            Self::UnknownForm => words("unknown-form"),
            Self::Missing => words("no-such-file"),
            Self::Damaged => words("damaged"),
            Self::Locked => words("locked"),
            Self::Pages(n) => words("pages-not-one").with("n", n),
            Self::Layers(names) => words("layers-off").with("names", names.join(" ")),
            Self::TooLarge(millions) => words("too-large").with("n", millions),
        }
    }
}

impl Outside {
    /// Reads form and size of `bytes`, the file `path`.
    ///
    /// # Errors
    /// Where it is no PDF of one page, JPG or PNG that can be opened.
    pub fn read(path: &SitePath, bytes: &Arc<[u8]>) -> Result<Self, OutsideError> {
        match path.extension().to_ascii_lowercase().as_str() {
            "pdf" => read_pdf(bytes),
            "jpg" | "jpeg" | "png" => read_picture(bytes),
            _ => Err(OutsideError::UnknownForm),
        }
    }

    /// Tells whether it can be used for `area` as it is: not turned, not cut, not stretched.
    pub fn fits(&self, area: &Area) -> bool {
        let whole = area.size();
        let (width, height) = match *self {
            Self::Pdf { size } => (size.width, size.height),
            Self::Picture { width, height } => (f64::from(width), f64::from(height)),
        };
        match (self, area) {
            (Self::Pdf { .. }, Area::Sheet { .. }) => {
                (width - whole.width).abs() <= TOLERANCE
                    && (height - whole.height).abs() <= TOLERANCE
            }
            (Self::Picture { .. }, Area::Sheet { .. }) => {
                (height * whole.width / width - whole.height).abs() <= TOLERANCE
            }
            (_, Area::Screen { .. }) => {
                (height * whole.width / (width * whole.height) - 1.0).abs() <= SCREEN_TOLERANCE
            }
        }
    }
}

impl std::fmt::Display for Outside {
    /// Writes `210×297 mm` or `3508×4961 px`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Pdf { size } => write!(f, "{:.0}×{:.0} mm", size.width, size.height),
            Self::Picture { width, height } => write!(f, "{width}×{height} px"),
        }
    }
}

fn read_pdf(bytes: &Arc<[u8]>) -> Result<Outside, OutsideError> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(_) => OutsideError::Locked,
        LoadPdfError::Invalid => OutsideError::Damaged,
    })?;
    let hidden = private::hidden_layers(bytes);
    if !hidden.is_empty() {
        return Err(OutsideError::Layers(hidden));
    }
    let pages = pdf.pages();
    match &pages[..] {
        [page] => {
            let (width, height) = page.render_dimensions();
            let size = Size::new(f64::from(width) * POINT, f64::from(height) * POINT);
            Ok(Outside::Pdf { size })
        }
        pages => Err(OutsideError::Pages(pages.len())),
    }
}

/// Returns the names of fonts that the finished PDF `file` uses and does not carry: a shop's machine
/// sets others in their place.
pub fn fonts_left_out(path: &SitePath, file: &Asset) -> Vec<String> {
    Received::of(path, file).absent_fonts.clone()
}

/// Returns the names of fonts that the PDF `bytes` uses and does not carry.
pub(super) fn absent_fonts(bytes: &[u8]) -> Vec<String> {
    let Ok(document) = Document::load_mem(bytes) else {
        return Vec::new();
    };
    let mut names: BTreeSet<String> = BTreeSet::new();
    for object in document.objects.values() {
        let Ok(font) = object.as_dict() else { continue };
        let is = |key: &[u8], words: &[&[u8]]| {
            let word = font.get(key).and_then(Object::as_name);
            word.is_ok_and(|word| words.contains(&word))
        };
        // A Type 3 font is drawn in the file, a composite one names the font that is.
        if !is(b"Type", &[b"Font"]) || is(b"Subtype", &[b"Type3", b"Type0"]) {
            continue;
        }
        let descriptor = font.get(b"FontDescriptor");
        let descriptor = descriptor.and_then(|it| document.dereference(it)?.1.as_dict());
        let carried = |descriptor: &Dictionary| {
            let files: [&[u8]; 3] = [b"FontFile", b"FontFile2", b"FontFile3"];
            files.iter().any(|key| descriptor.has(key))
        };
        if !descriptor.is_ok_and(carried) {
            let name = font.get(b"BaseFont").and_then(Object::as_name);
            names.insert(String::from_utf8_lossy(name.unwrap_or(b"?")).into_owned());
        }
    }
    names.into_iter().collect()
}

fn read_picture(bytes: &Arc<[u8]>) -> Result<Outside, OutsideError> {
    match photo::fault(bytes) {
        None => {}
        Some(Fault::TooLarge { most, .. }) => return Err(OutsideError::TooLarge(most / 1_000_000)),
        Some(_) => return Err(OutsideError::Damaged),
    }
    let size = photo::size(bytes).ok_or(OutsideError::Damaged)?;
    let (width, height) = photo::upright(bytes, size);
    Ok(Outside::Picture { width, height })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typeset::testing;

    const A3: Area = Area::Sheet {
        size: Size::new(297.0, 420.0),
        visible: Size::new(277.0, 400.0),
    };

    fn read(name: &str, bytes: &[u8]) -> Result<Outside, OutsideError> {
        Outside::read(&SitePath::new(name).unwrap(), &Arc::from(bytes))
    }

    #[test]
    fn a_pdf_of_the_slots_size_fits_it_and_no_other() {
        let outside = read("a.pdf", &testing::pdf(297.4, 420.0, 1)).unwrap();
        assert_eq!(outside.to_string(), "297×420 mm");
        assert!(outside.fits(&A3));
        let turned = read("a.pdf", &testing::pdf(420.0, 297.0, 1)).unwrap();
        assert!(!turned.fits(&A3));
    }

    #[test]
    fn fonts_that_a_pdf_does_not_carry_are_named() {
        let mut document = Document::load_mem(&testing::pdf(297.0, 420.0, 1)).expect("a PDF");
        let mut font = Dictionary::new();
        font.set("Type", "Font");
        font.set("Subtype", "TrueType");
        font.set("BaseFont", "SimHei");
        document.add_object(font);
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).expect("it can be written");
        assert_eq!(absent_fonts(&bytes), ["SimHei"]);
        assert!(absent_fonts(&testing::pdf(297.0, 420.0, 1)).is_empty());
    }

    #[test]
    fn what_cannot_be_used_says_why() {
        let two_pages = read("a.pdf", &testing::pdf(297.0, 420.0, 2));
        assert_eq!(two_pages, Err(OutsideError::Pages(2)));
        assert_eq!(read("a.pdf", b"no pdf"), Err(OutsideError::Damaged));
        assert_eq!(read("a.png", b"no png"), Err(OutsideError::Damaged));
        assert_eq!(read("a.docx", b""), Err(OutsideError::UnknownForm));
    }
}

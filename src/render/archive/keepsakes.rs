//! What lies beside the ledger: photos as they came from the camera, and the texts as they hung.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use image::DynamicImage;
use image::codecs::jpeg::JpegEncoder;
use jiff::civil::DateTime;
use rayon::prelude::*;

use super::paper::{Picture, Pictures};
use crate::diag::SitePath;
use crate::digest::digest;
use crate::photo;
use crate::rotation::diary::FILES;
use crate::rotation::ledger::{Event, text_path};

/// The longer side of a photo as it is printed, in pixels: 6 cm at 300 dpi, as three of them stand
/// side by side. A year has hundreds, all held in memory while the PDF is made.
const LONGEST: u32 = 709;
/// How finely photos are printed, of 100.
const QUALITY: u8 = 78;

/// Gives the bytes of a file of the ledger's folder; `None` where it cannot be read.
pub type Shelf<'a> = &'a (dyn Fn(&SitePath) -> Option<Arc<[u8]>> + Sync);

/// What lies beside the ledger and is cited by its lines.
#[derive(Debug, Default)]
pub struct Keepsakes {
    /// The photos by path.
    pub photos: BTreeMap<SitePath, Kept>,
    /// What the diary attaches, by path.
    pub attached: BTreeMap<SitePath, Kept>,
    /// The texts by hash.
    pub texts: BTreeMap<String, Text>,
}

/// A photo of the ledger.
#[derive(Debug)]
pub struct Kept {
    /// Whether it is there, whole and a photo.
    pub state: State,
    /// SHA-256 of the file.
    pub hash: String,
    /// When it was taken, by the camera's clock.
    pub taken: Option<DateTime>,
    /// The copy for print.
    pub copy: Option<Picture>,
}

/// A text of the ledger.
#[derive(Debug)]
pub struct Text {
    /// Whether it is there and whole.
    pub state: State,
    /// The page's file as it was.
    pub text: String,
    /// SHA-256 of the file.
    pub hash: String,
}

/// How a file of the ledger is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// As it was put there.
    Whole,
    /// Its content is not what its name says.
    Changed,
    /// It is there, but is no photo or no text.
    Unreadable,
    /// It is not there.
    Missing,
}

impl Keepsakes {
    /// Looks at all that `events` cite and the diary attaches, and makes copies for print of the
    /// photos.
    pub fn collect<'e>(
        events: impl Iterator<Item = &'e Event>,
        attached: &[&SitePath],
        shelf: Shelf,
    ) -> Self {
        let mut photos: BTreeSet<&SitePath> = BTreeSet::new();
        let mut texts: BTreeSet<&str> = BTreeSet::new();
        for event in events {
            photos.extend(event.photos.iter().map(|photo| &photo.path));
            texts.extend(event.text.as_deref());
        }
        let photos: Vec<&SitePath> = photos.into_iter().collect();
        let photos: Vec<(SitePath, Kept)> = photos
            .par_iter()
            .map(|path| ((*path).clone(), kept(path, shelf(path).as_deref())))
            .collect();
        let as_attached = |path: &&SitePath| {
            let bytes = shelf(path);
            let kept = kept(path, bytes.as_deref());
            let state = match bytes {
                None => State::Missing,
                // Its name says nothing of what is in it.
                Some(_) => State::Whole,
            };
            ((*path).clone(), Kept { state, ..kept })
        };
        let text = |hash: &str| {
            let bytes = text_path(hash).and_then(|path| shelf(&path));
            (hash.to_owned(), as_text(hash, bytes.as_deref()))
        };
        Self {
            photos: photos.into_iter().collect(),
            attached: attached.par_iter().map(as_attached).collect(),
            texts: texts.into_iter().map(text).collect(),
        }
    }

    /// Returns the copies for print by the name that papers cite them by.
    pub fn pictures(&self) -> Pictures {
        let copy = |(path, kept): (&SitePath, &Kept)| Some((name(path), kept.copy.clone()?));
        let all = self.photos.iter().chain(&self.attached);
        all.filter_map(copy).collect()
    }
}

/// Returns the name by which papers cite the copy of a photo.
pub(super) fn name(path: &SitePath) -> String {
    if let Some(below) = path.strip(FILES) {
        return below.replace('/', "-");
    }
    path.file_name().to_owned()
}

fn kept(path: &SitePath, bytes: Option<&[u8]>) -> Kept {
    let Some(bytes) = bytes else {
        return Kept {
            state: State::Missing,
            hash: String::new(),
            taken: None,
            copy: None,
        };
    };
    let hash = digest(bytes);
    let copy = copy(bytes);
    let state = match (is_named_by(path.stem(), &hash), &copy) {
        (false, _) => State::Changed,
        // A camera's own format that cannot be printed is no fault of the photo.
        (true, None) if photo::Format::of(bytes) == Some(photo::Format::Heic) => State::Whole,
        (true, None) => State::Unreadable,
        (true, Some(_)) => State::Whole,
    };
    Kept {
        state,
        hash,
        taken: photo::taken(bytes),
        copy,
    }
}

fn as_text(name: &str, bytes: Option<&[u8]>) -> Text {
    let found = bytes.map(|bytes| (digest(bytes), std::str::from_utf8(bytes)));
    let (state, text, hash) = match found {
        None => (State::Missing, "", String::new()),
        Some((hash, _)) if !is_named_by(name, &hash) => (State::Changed, "", hash),
        Some((hash, Err(_))) => (State::Unreadable, "", hash),
        Some((hash, Ok(text))) => (State::Whole, text, hash),
    };
    Text {
        state,
        text: text.to_owned(),
        hash,
    }
}

/// Tells whether a file's name is the beginning of its hash; one of other names, put there by
/// hand, says nothing about its content.
fn is_named_by(stem: &str, hash: &str) -> bool {
    let is_hash = stem.len() >= 12 && stem.bytes().all(|byte| byte.is_ascii_hexdigit());
    !is_hash || hash.starts_with(&stem.to_ascii_lowercase())
}

/// Makes the copy for print: upright, small, without the camera's data. The original stays as it
/// is.
fn copy(bytes: &[u8]) -> Option<Picture> {
    let (width, height) = photo::upright(bytes, photo::size(bytes)?);
    let longer = width.max(height).max(1);
    let width = u64::from(width) * u64::from(longer.min(LONGEST)) / u64::from(longer);
    let small = photo::pixels(bytes, u32::try_from(width).unwrap_or(LONGEST)).ok()?;
    let small = DynamicImage::ImageRgb8(small.to_rgb8());
    let mut file = Vec::new();
    small
        .write_with_encoder(JpegEncoder::new_with_quality(&mut file, QUALITY))
        .ok()?;
    Some(Picture {
        size: (small.width(), small.height()),
        bytes: file.into(),
    })
}

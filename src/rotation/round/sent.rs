//! What a phone sent, read and checked for its form.

use std::collections::BTreeMap;

use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use jiff::civil::{Date, DateTime};
use serde::Deserialize;

use crate::diag::{Words, words};
use crate::digest::short;
use crate::site::Site;

/// How the head begins.
pub const MARK: &str = "greenboard-round";
/// The newest version of the format that this program knows.
pub const VERSION: u32 = 1;
/// Why a sheet was not hung, as the page offers it.
pub const REASONS: [&str; 5] = ["closed", "short", "spoilt", "taken", "other"];

/// The largest file in bytes: 300 photos as the page makes them.
const MOST_BYTES: usize = 96 << 20;
/// The most photos of one file, and the most bytes of one photo.
const MOST_PHOTOS: usize = 300;
const MOST_PHOTO: usize = 3 << 20;
/// The longest name of a person, in characters.
const LONGEST_NAME: usize = 40;

/// What a phone sent.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Round {
    /// Which site's page it was; see [`site_key`].
    pub site: String,
    /// The planned day of the change-over.
    pub day: Date,
    /// The day on which it was done.
    pub on: Date,
    /// The phone's own number of it, and of how often it was sent: `a1b2c3d4e5f6-1`.
    pub id: String,
    /// Who did it.
    pub by: String,
    /// Board by board.
    pub boards: Vec<OnBoard>,
}

/// What was done on one board.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OnBoard {
    /// The board's id.
    pub board: String,
    /// Slot by slot.
    #[serde(default)]
    pub slots: Vec<Said>,
    /// The photos, in the order of taking.
    #[serde(default)]
    pub photos: Vec<Taken>,
}

/// What was said of one sheet of a slot.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Said {
    /// The slot's id.
    pub slot: String,
    /// What was to be done with it.
    pub job: Job,
    /// The poster's key; see [`poster_key`].
    pub key: String,
    /// The places by what was answered there: `yes`, why not, or what is wrong.
    pub said: BTreeMap<String, Vec<String>>,
}

/// What was to be done with a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Job {
    /// It came down.
    Down,
    /// It went up.
    Up,
    /// It stays.
    Stays,
}

/// A photo.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Taken {
    /// The place that it shows.
    pub place: String,
    /// When it was taken, by the phone's clock.
    pub taken: DateTime,
    /// The JPEG, in base64.
    pub jpeg: String,
}

/// Names the site in a page and what comes back from it, so that no other site's is taken for it.
pub fn site_key(site: &Site) -> String {
    let settings = &site.settings;
    short(settings.base_url.as_deref().unwrap_or(&settings.title), 8)
}

/// Names a poster in a page, which may not tell the titles of all: digits of the hash of its id.
pub fn poster_key(poster: &str) -> String {
    short(poster, 8)
}

/// Reads a file or a message.
///
/// # Errors
/// Says why it is none, or is not whole.
pub fn parse(bytes: &[u8]) -> Result<Round, Words> {
    if bytes.len() > MOST_BYTES {
        return Err(words("round-large").with("most", MOST_BYTES >> 20));
    }
    let text = String::from_utf8_lossy(bytes);
    let start = text.find(MARK).ok_or_else(|| words("round-none"))?;
    let rest = text[start + MARK.len()..].trim_start();
    if rest.contains(&format!("{MARK} ")) {
        return Err(words("round-several"));
    }
    let (version, rest) = word(rest);
    match version.parse::<u32>() {
        Ok(VERSION) => {}
        Ok(newer) if newer > VERSION => return Err(words("round-newer")),
        _ => return Err(words("round-cut")),
    }
    let (sum, rest) = word(rest);
    let json = match rest.starts_with('{') {
        true => rest.trim_end().as_bytes().to_vec(),
        false => from_message(rest).ok_or_else(|| words("round-cut"))?,
    };
    if format!("{:08x}", crc32fast::hash(&json)) != sum {
        return Err(words("round-cut"));
    }
    let round: Round = serde_json::from_slice(&json).map_err(|_| words("round-form"))?;
    match within_bounds(&round) {
        true => Ok(round),
        false => Err(words("round-bounds")),
    }
}

/// Parts the first word off.
fn word(text: &str) -> (&str, &str) {
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    (&text[..end], text[end..].trim_start())
}

/// Reads the base64 of a message up to its full stop; programs may have broken its line.
fn from_message(text: &str) -> Option<Vec<u8>> {
    let (packed, _) = text.split_once('.')?;
    let packed: String = packed.split_whitespace().collect();
    BASE64_URL_SAFE_NO_PAD.decode(packed).ok()
}

/// Tells whether names and numbers are such as the page makes.
fn within_bounds(round: &Round) -> bool {
    let is_plain = |text: &str| !text.chars().any(char::is_control);
    let n_photos: usize = round.boards.iter().map(|board| board.photos.len()).sum();
    let mut photos = round.boards.iter().flat_map(|board| &board.photos);
    let id = round.id.as_str();
    let is_id = |c: char| c.is_ascii_alphanumeric() || c == '-';
    (1..=LONGEST_NAME).contains(&round.by.trim().chars().count())
        && is_plain(&round.by)
        && (3..=40).contains(&id.len())
        && id.chars().all(is_id)
        && n_photos <= MOST_PHOTOS
        && photos.all(|photo| photo.jpeg.len() <= MOST_PHOTO / 3 * 4)
}

/// Returns the bytes of a photo, with the time of its taking in them; `None` where it is no whole
/// JPEG.
pub(super) fn picture(taken: &Taken) -> Option<Vec<u8>> {
    let bytes = BASE64_STANDARD.decode(&taken.jpeg).ok()?;
    let is_whole = crate::photo::Format::of(&bytes) == Some(crate::photo::Format::Jpeg)
        && crate::photo::fault(&bytes).is_none();
    is_whole
        .then(|| crate::photo::with_time(&bytes, taken.taken))
        .flatten()
}

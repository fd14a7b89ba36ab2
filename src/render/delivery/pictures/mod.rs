//! Smaller versions of the pictures that pages show, as WebP.
//!
//! A photo comes in three widths, so that a telephone loads a small one; drawings and screens (PNG)
//! in five, without loss where that is smaller. All are upright, in the colours of the web, and
//! tell nothing of where they were taken. They take the place of the file itself, unless a link
//! leads to it or something else than a page calls for it. Moving pictures stay as they are.

mod check;
mod encode;
mod gate;
mod mentions;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use image::DynamicImage;

pub(super) use check::check;
use encode::Kind;
use gate::Gate;
pub(super) use mentions::{mentioned, mentions, readdressed};

use super::references::PageReferences;
use super::{Files, Originals, Tools};
use crate::cache::CacheKey;
use crate::diag::Diagnostics;
use crate::photo::{self, Fault, Format};
use crate::read::Asset;

/// The widths of photos in pixels: a telephone, a column of text at double density, the most.
const PHOTO_WIDTHS: [u32; 3] = [480, 960, MOST_WIDTH];
/// The widths of drawings, posters among them, which stand small beside each other.
const DRAWING_WIDTHS: [u32; 5] = [240, 400, 720, 1080, MOST_WIDTH];
/// No picture of a page is wider.
const MOST_WIDTH: u32 = 1600;
/// What shows the picture where nothing chooses is no wider, if there is such a one.
const USUAL_WIDTH: u32 = 960;
/// Nor higher: WebP holds no more than 16,383 rows.
const MOST_HEIGHT: u64 = 16_000;
/// Where the smaller versions lie below the website's root.
pub(super) const FOLDER: &str = "assets/pictures";

/// A picture in several versions.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Picture {
    /// Width and height as it is to be seen.
    pub size: (u32, u32),
    /// The files and their widths, the narrowest first.
    pub files: Vec<(String, u32)>,
}

impl Picture {
    /// Returns the file for those who do not choose.
    pub fn usual(&self) -> &str {
        let usual = self.files.iter().rfind(|(_, width)| *width <= USUAL_WIDTH);
        usual.or(self.files.first()).map_or("", |(file, _)| file)
    }
}

/// Makes the versions of all pictures that pages show; gives them by the file that pages call.
pub(super) fn make(
    files: &mut Files,
    originals: &Originals,
    pages: &BTreeMap<String, PageReferences>,
    tools: &Tools,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<String, Picture> {
    let shown: BTreeSet<&String> = pages.values().flat_map(|page| &page.pictures).collect();
    let shown: Vec<&String> = shown.into_iter().collect();
    let gate = Gate::default();
    let run = |path: &&String| {
        let job = Job::new(path, &bytes(path, files, originals)?)?;
        Some(job.run(tools, &gate))
    };
    let done = tools.engine.each(&shown, run);
    let mut pictures = BTreeMap::new();
    for (path, done) in shown.into_iter().zip(done) {
        match done {
            Some(Ok(versions)) => {
                pictures.insert(path.clone(), versions.picture);
                files.extend(versions.files);
            }
            Some(Err(fault)) => diagnostics.push(check::refused(tools.site, path, &fault)),
            None => {}
        }
    }
    pictures
}

/// Returns what the file `path` holds.
fn bytes(path: &str, files: &Files, originals: &Originals) -> Option<Arc<[u8]>> {
    let original = || originals.get(path).map(Asset::bytes);
    files.get(path).cloned().or_else(original)
}

/// Takes the files of `pictures` away whose versions stand for them; those that something still
/// calls for, by one of the names `called`, come small, and those that links lead to stay as they
/// are.
pub(super) fn settle(
    (files, originals): (&mut Files, &mut Originals),
    pictures: &BTreeMap<String, Picture>,
    pages: &BTreeMap<String, PageReferences>,
    called: &BTreeSet<String>,
    tools: &Tools,
) {
    let linked: BTreeSet<&String> = pages.values().flat_map(|page| &page.linked).collect();
    let alone = pictures.keys().filter(|path| !linked.contains(path));
    for path in alone {
        if !called.contains(&mentions::name(path)) {
            files.remove(path);
            originals.remove(path);
            continue;
        }
        let bytes = bytes(path, files, originals);
        let job = bytes.and_then(|bytes| Job::new(path, &bytes));
        // What could not be made small was reported when its versions were made.
        if let Some(Ok(Some(file))) = job.map(|job| job.fallback(tools)) {
            originals.remove(path);
            files.insert(path.clone(), file);
        }
    }
}

/// A picture to be made smaller.
struct Job {
    path: String,
    bytes: Arc<[u8]>,
    /// The key of its bytes.
    key: CacheKey,
    format: Format,
    size: (u32, u32),
}

/// What came of a picture.
struct Versions {
    picture: Picture,
    files: Files,
}

impl Job {
    /// Takes a file up; `None` where it is no picture that can be made smaller.
    fn new(path: &str, bytes: &Arc<[u8]>) -> Option<Self> {
        let format = Format::by_mark(bytes)?;
        let is_photo = matches!(format, Format::Jpeg | Format::Png | Format::Webp);
        if !is_photo || photo::is_moving(bytes) {
            return None;
        }
        Some(Self {
            path: path.to_owned(),
            key: CacheKey::of(&[bytes]),
            bytes: bytes.clone(),
            format,
            size: photo::upright(bytes, photo::size(bytes)?),
        })
    }

    fn run(&self, tools: &Tools, gate: &Gate) -> Result<Versions, Fault> {
        let kind = match self.format {
            Format::Png => Kind::DrawnWebp,
            _ => Kind::Webp,
        };
        let widths: Vec<u32> = self.widths().into_iter().rev().collect();
        let mut ladder = Ladder::new(&self.bytes, &widths, gate);
        let mut files = Files::new();
        let mut versions = Vec::new();
        let short = &self.key.short()[..8];
        let name = name(&self.path);
        // The widest first: each is made of the one before.
        for &width in &widths {
            let file = format!("{FOLDER}/{name}-{width}.{short}.webp");
            let bytes = self.version(kind, width, tools, || ladder.down_to(width))?;
            files.insert(file.clone(), bytes);
            versions.push((file, width));
        }
        versions.reverse();
        let picture = Picture {
            size: self.size,
            files: versions,
        };
        Ok(Versions { picture, files })
    }

    /// Makes what takes the file's place for those who know nothing else; `None` where it can stay.
    fn fallback(&self, tools: &Tools) -> Result<Option<Arc<[u8]>>, Fault> {
        let is_turned = photo::orientation(&self.bytes).is_some_and(|turned| turned != 1);
        let width = self.most_width();
        if width == self.size.0 && !is_turned {
            return Ok(None);
        }
        let kind = match self.format {
            Format::Png => Kind::Png,
            Format::Webp => Kind::Webp,
            _ => Kind::Jpeg,
        };
        let file = self.version(kind, width, tools, || photo::pixels(&self.bytes, width));
        file.map(Some)
    }

    /// Returns the widths, the last its own or the most there is; one that is hardly narrower than
    /// that is left out.
    fn widths(&self) -> Vec<u32> {
        let most = self.most_width();
        let steps: &[u32] = match self.format {
            Format::Png => &DRAWING_WIDTHS,
            _ => &PHOTO_WIDTHS,
        };
        let narrower = steps.iter().filter(|&&step| step + step / 5 < most);
        narrower.copied().chain([most]).collect()
    }

    fn most_width(&self) -> u32 {
        let (width, height) = self.size;
        let by_height = u64::from(width) * MOST_HEIGHT / u64::from(height.max(1));
        let by_height = u32::try_from(by_height).unwrap_or(MOST_WIDTH).max(1);
        width.min(MOST_WIDTH).min(by_height)
    }

    /// Makes one version, or takes it from an earlier build.
    fn version(
        &self,
        kind: Kind,
        width: u32,
        tools: &Tools,
        pixels: impl FnOnce() -> Result<DynamicImage, Fault>,
    ) -> Result<Arc<[u8]>, Fault> {
        let key = CacheKey::of(&[kind.name(), &width.to_le_bytes(), &self.key.0]);
        tools.cache.bytes(key, || Ok(kind.encode(&pixels()?)?))
    }
}

/// A picture that becomes smaller step by step, decoded once where it is wanted at all.
struct Ladder<'a> {
    bytes: &'a [u8],
    /// The steps still to be taken, the widest first.
    steps: &'a [u32],
    gate: &'a Gate,
    step: Option<DynamicImage>,
}

impl<'a> Ladder<'a> {
    fn new(bytes: &'a [u8], steps: &'a [u32], gate: &'a Gate) -> Self {
        Self {
            bytes,
            steps,
            gate,
            step: None,
        }
    }

    /// Returns the picture at `width`, which is one of the steps and no wider than that before. None
    /// is left out, so that its pixels are the same whichever of them is wanted.
    fn down_to(&mut self, width: u32) -> Result<DynamicImage, Fault> {
        while let Some((&next, left)) = self.steps.split_first().filter(|(next, _)| **next >= width)
        {
            self.step = Some(match self.step.take() {
                Some(step) if step.width() > next => photo::smaller(step, next)?,
                Some(step) => step,
                None => {
                    let _turn = self.gate.enter(photo::memory(self.bytes, next));
                    photo::pixels(self.bytes, next)?
                }
            });
            self.steps = left;
        }
        Ok(self.step.clone().expect("there is a step of that width"))
    }
}

/// Returns what of a file's name can stand in any address.
fn name(path: &str) -> String {
    let file = path.rsplit('/').next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let plain = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let name: String = stem.chars().filter(plain).collect();
    match name.is_empty() {
        true => "picture".to_owned(),
        false => name.to_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(format: Format, size: (u32, u32)) -> Job {
        Job {
            path: "a.jpg".to_owned(),
            bytes: Arc::from(&b""[..]),
            key: CacheKey::of(&[]),
            format,
            size,
        }
    }

    #[test]
    fn no_version_is_wider_than_the_photo() {
        let widths = |format, size| job(format, size).widths();
        assert_eq!(widths(Format::Jpeg, (4000, 3000)), [480, 960, 1600]);
        assert_eq!(widths(Format::Jpeg, (1000, 750)), [480, 1000]);
        assert_eq!(widths(Format::Jpeg, (300, 200)), [300]);
        assert_eq!(widths(Format::Png, (720, 1018)), [240, 400, 720]);
        // Long pictures, as phones stitch them.
        assert_eq!(widths(Format::Jpeg, (1000, 40_000)), [400]);
    }

    #[test]
    fn who_does_not_choose_gets_a_middle_one() {
        let picture = |widths: &[u32]| Picture {
            size: (1, 1),
            files: widths
                .iter()
                .map(|width| (width.to_string(), *width))
                .collect(),
        };
        assert_eq!(picture(&[480, 960, 1600]).usual(), "960");
        assert_eq!(picture(&[240, 400, 720, 1080]).usual(), "720");
        assert_eq!(picture(&[1100]).usual(), "1100");
    }

    #[test]
    fn names_are_plain() {
        assert_eq!(name("a/东门 IMG_1.JPG"), "img_1");
        assert_eq!(name("绿板.jpg"), "picture");
    }
}

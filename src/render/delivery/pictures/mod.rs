//! Smaller versions of the photos that pages show, in formats that weigh less.
//!
//! A photo comes in three widths as AVIF and WebP, so that a telephone loads a small one; who
//! knows neither gets the photo itself, at most 1,600 pixels wide. Drawings and screens (PNG) come
//! as WebP alone, which keeps them without loss where that is smaller. All are upright, in the
//! colours of the web, and tell nothing of where they were taken.

mod check;
mod encode;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use image::DynamicImage;
use image::imageops::FilterType;
use rayon::prelude::*;

pub(super) use check::check;
use encode::Kind;

use super::seen::Seen;
use super::{Files, Tools, hash};
use crate::diag::Diagnostics;
use crate::photo::{self, Format};

/// The widths of photos in pixels: a telephone, a column of text at double density, the most.
const PHOTO_WIDTHS: [u32; 3] = [480, 960, MOST_WIDTH];
/// The widths of drawings, posters among them, which stand small beside each other.
const DRAWING_WIDTHS: [u32; 5] = [240, 400, 720, 1080, MOST_WIDTH];
/// No picture of a page is wider.
const MOST_WIDTH: u32 = 1600;
/// Nor higher: WebP holds no more than 16,383 rows.
const MOST_HEIGHT: u64 = 16_000;
/// Where the smaller versions lie below the website's root.
pub(super) const FOLDER: &str = "assets/pictures";

/// A picture in several versions.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Picture {
    /// Width and height as it is to be seen.
    pub size: (u32, u32),
    /// What there is beside the file itself, best first.
    pub sources: Vec<Source>,
}

/// A picture in one format.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Source {
    /// The kind of content, such as `image/webp`.
    pub mime: &'static str,
    /// The files and their widths.
    pub files: Vec<(String, u32)>,
}

/// Makes the versions of all pictures that pages show; gives them by the file that pages call.
pub(super) fn make(
    files: &mut Files,
    pages: &BTreeMap<String, Seen>,
    tools: &Tools,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<String, Picture> {
    let shown: BTreeSet<&String> = pages.values().flat_map(|page| &page.pictures).collect();
    let linked: BTreeSet<&String> = pages.values().flat_map(|page| &page.linked).collect();
    let jobs: Vec<Job> = shown
        .into_iter()
        .filter_map(|path| Job::new(path, files.get(path)?, linked.contains(path)))
        .collect();
    let done: Vec<_> = jobs.par_iter().map(|job| job.run(tools)).collect();
    let mut pictures = BTreeMap::new();
    for (job, done) in jobs.iter().zip(done) {
        match done {
            Ok(versions) => {
                pictures.insert(job.path.clone(), versions.picture);
                files.extend(versions.files);
            }
            Err(cause) => diagnostics.push(check::broken(tools.site, &job.path, &cause)),
        }
    }
    pictures
}

/// A picture to be made smaller.
struct Job {
    path: String,
    bytes: Arc<[u8]>,
    format: Format,
    size: (u32, u32),
    /// Whether a link leads to the file, so that somebody wants it whole.
    is_linked: bool,
}

/// What came of a picture.
struct Versions {
    picture: Picture,
    files: Files,
}

impl Job {
    /// Takes a file up; `None` where it is no photo that can be made smaller.
    fn new(path: &str, bytes: &Arc<[u8]>, is_linked: bool) -> Option<Self> {
        let format = Format::by_mark(bytes)?;
        if !matches!(format, Format::Jpeg | Format::Png | Format::Webp) {
            return None;
        }
        Some(Self {
            path: path.to_owned(),
            bytes: bytes.clone(),
            format,
            size: photo::upright(bytes, photo::size(bytes)?),
            is_linked,
        })
    }

    fn run(&self, tools: &Tools) -> Result<Versions, String> {
        let mut pixels = None;
        let mut files = Files::new();
        let mut sources = Vec::new();
        let short = hash(&[&self.bytes], 8);
        let name = name(&self.path);
        for kind in self.kinds() {
            let mut versions = Vec::new();
            for width in self.widths() {
                let file = format!("{FOLDER}/{name}-{width}.{short}.{}", kind.ending());
                files.insert(
                    file.clone(),
                    self.version(*kind, width, &mut pixels, tools)?,
                );
                versions.push((file, width));
            }
            sources.push(Source {
                mime: kind.mime(),
                files: versions,
            });
        }
        if let Some(kind) = self.fallback() {
            let width = self.most_width();
            let file = self.version(kind, width, &mut pixels, tools)?;
            files.insert(self.path.clone(), file);
        }
        let picture = Picture {
            size: self.size,
            sources,
        };
        Ok(Versions { picture, files })
    }

    /// Returns the formats beside the file's own.
    fn kinds(&self) -> &'static [Kind] {
        match self.format {
            Format::Png => &[Kind::DrawnWebp],
            _ => &[Kind::Avif, Kind::Webp],
        }
    }

    /// Returns the format of what takes the file's place; `None` where it can stay.
    fn fallback(&self) -> Option<Kind> {
        let is_turned = photo::orientation(&self.bytes).is_some_and(|turned| turned != 1);
        if self.is_linked || (self.most_width() == self.size.0 && !is_turned) {
            return None;
        }
        Some(match self.format {
            Format::Png => Kind::Png,
            Format::Webp => Kind::Webp,
            _ => Kind::Jpeg,
        })
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
        pixels: &mut Option<DynamicImage>,
        tools: &Tools,
    ) -> Result<Arc<[u8]>, String> {
        let version = kind.version();
        let parts = [
            b"picture".as_slice(),
            version.as_bytes(),
            &width.to_le_bytes(),
            &self.bytes,
        ];
        tools.made.get(&parts, || {
            let whole = match pixels {
                Some(pixels) => pixels,
                None => pixels.insert(photo::pixels(&self.bytes)?),
            };
            match width == whole.width() {
                true => kind.encode(whole),
                false => kind.encode(&scaled(whole, width)),
            }
        })
    }
}

fn scaled(whole: &DynamicImage, width: u32) -> DynamicImage {
    let height = u64::from(whole.height()) * u64::from(width) / u64::from(whole.width());
    let height = u32::try_from(height).unwrap_or(1).max(1);
    whole.resize_exact(width, height, FilterType::CatmullRom)
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
            format,
            size,
            is_linked: false,
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
    fn names_are_plain() {
        assert_eq!(name("a/东门 IMG_1.JPG"), "img_1");
        assert_eq!(name("绿板.jpg"), "picture");
    }
}

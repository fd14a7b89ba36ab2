//! The pictures of a page, for what is set of it. Which they are is told at a glance; their bytes are
//! read once something is set, as a preview finds most sheets set already.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use sha2::{Digest, Sha256};

use super::Files;
use super::engine::add;
use crate::cache::CacheKey;
use crate::diag::SitePath;
use crate::photo::{self, Glance};
use crate::private;
use crate::read::Asset;
use crate::site::Site;

/// Where pictures lie in the layouts' world.
const PICTURES: &str = "/assets/";
/// Where a finished file lies there, without its ending.
const FINISHED: &str = "/outside/file";
const PDF: &str = "pdf";
/// The ending of a picture that is written anew: by its first bytes Typst finds out as what.
const WRITTEN: &str = "picture";

/// The pictures of a page by their paths in the layouts' world.
#[derive(Debug, Default)]
pub(crate) struct Pictures {
    named: BTreeMap<String, Asset>,
    ready: OnceLock<Files>,
}

impl Pictures {
    /// Holds the one finished file `asset`.
    pub(super) fn finished(asset: &Asset) -> Self {
        let glance = asset.glance();
        let ending = match glance.format {
            Some(_) => ending(&glance),
            None => PDF,
        };
        Self {
            named: BTreeMap::from([(format!("{FINISHED}.{ending}"), asset.clone())]),
            ready: OnceLock::new(),
        }
    }

    /// Returns the path of the first of them in the layouts' world.
    pub(super) fn first(&self) -> Option<&str> {
        self.named.keys().next().map(String::as_str)
    }

    /// Adds a picture of the site and returns its path in the layouts' world; `None` where it cannot
    /// be used, which `site` has said.
    pub(super) fn add(&mut self, site: &Site, path: &SitePath) -> Option<String> {
        let asset = site.assets.get(path)?;
        let glance = asset.glance();
        if glance.fault.is_some() || asset.fault().is_some() {
            return None;
        }
        let ending = ending(&glance);
        let said = path.extension().to_ascii_lowercase();
        let name = match said == ending || (said == "jpeg" && ending == "jpg") {
            true => format!("{PICTURES}{path}"),
            // Typst goes by the ending, which says something else than the file is.
            false => format!("{PICTURES}{path}.{ending}"),
        };
        self.named.insert(name.clone(), asset.clone());
        Some(name)
    }

    /// Returns what each of them tells at a glance.
    pub(super) fn glances(&self) -> impl Iterator<Item = (&str, Arc<Glance>)> {
        let named = self.named.iter();
        named.map(|(path, asset)| (path.as_str(), asset.glance()))
    }

    /// Returns a key of them all.
    pub(super) fn key(&self) -> CacheKey {
        let mut digest = Sha256::new();
        for (path, asset) in &self.named {
            add(&mut digest, path.as_bytes());
            add(&mut digest, &asset.key().0);
        }
        CacheKey(digest.finalize().into())
    }

    /// Returns them as the typesetter takes them, read when they are first wanted.
    pub(super) fn files(&self) -> &Files {
        self.ready.get_or_init(|| {
            let named = self.named.iter();
            let ready =
                |(path, asset): (&String, &Asset)| (path.clone(), for_paper(path, asset.bytes()));
            named.map(ready).collect()
        })
    }
}

/// Returns the ending by which the typesetter knows what a file is.
fn ending(glance: &Glance) -> &'static str {
    match glance.format {
        Some(_) if !glance.is_taken => WRITTEN,
        Some(format) => format.ending(),
        None if glance.is_pdf => PDF,
        None => "svg",
    }
}

/// Returns the picture at `path` as the typesetter takes it.
fn for_paper(path: &str, bytes: Arc<[u8]>) -> Arc<[u8]> {
    // Some programs write a line of their own before a PDF.
    if bytes.starts_with(b"%PDF") || path.strip_prefix(FINISHED).is_some_and(|it| it == ".pdf") {
        return private::page(&bytes);
    }
    // What is damaged within fails when it is set, and is named then.
    photo::for_paper(&bytes).unwrap_or(bytes)
}

/// Returns the picture's path in the site, of that in the layouts' world.
pub(super) fn picture_of<'a>(site: &Site, path: &'a str) -> &'a str {
    let path = path.strip_prefix(PICTURES).unwrap_or(path);
    let is_there = |path: &str| SitePath::new(path).is_some_and(|it| site.assets.contains_key(&it));
    match path.rsplit_once('.') {
        Some((shorter, _)) if !is_there(path) => shorter,
        _ => path,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::photo::testing::phone_photo;
    use crate::typeset::outside::Received;
    use crate::typeset::testing::{TestSite, pdf};

    /// Returns a file that counts how often it is read, and the count.
    fn counted(path: &SitePath, bytes: &Arc<[u8]>) -> (Asset, Arc<AtomicUsize>) {
        let loads = Arc::new(AtomicUsize::new(0));
        let (counted, bytes) = (loads.clone(), bytes.clone());
        let asset = Asset::deferred(path.clone(), move || {
            counted.fetch_add(1, Ordering::Relaxed);
            Ok(bytes.clone())
        });
        (asset, loads)
    }

    #[test]
    fn a_finished_file_that_was_seen_is_not_read_again_until_it_is_set() {
        let sheet: Arc<[u8]> = pdf(297.0, 420.0, 1).into();
        let path = SitePath::fixed("content/notices/water.pdf");
        let (asset, loads) = counted(&path, &sheet);
        let looked_at = || {
            let received = Received::of(&path, &asset);
            let pictures = Pictures::finished(&asset);
            (received.form.clone(), pictures.key(), pictures)
        };
        let (form, key, _) = looked_at();
        assert_eq!(form.expect("it is one").to_string(), "297×420 mm");
        let seen = loads.load(Ordering::Relaxed);
        let (_, again, pictures) = looked_at();
        assert_eq!((again, loads.load(Ordering::Relaxed)), (key, seen));
        assert_eq!(pictures.first(), Some("/outside/file.pdf"));
        assert_eq!(pictures.files().len(), 1);
        assert_eq!(loads.load(Ordering::Relaxed), seen + 1);
    }

    #[test]
    fn a_picture_that_was_seen_is_not_read_again_until_something_is_set() {
        let photo: Arc<[u8]> = phone_photo(40, 30).into();
        let path = SitePath::fixed("content/living/tap.jpg");
        let mut site = TestSite::with_gate().file(path.as_str(), &photo).build();
        let (asset, loads) = counted(&path, &photo);
        site.assets.insert(path.clone(), asset);
        let gathered = || {
            let mut pictures = Pictures::default();
            let name = pictures.add(&site, &path);
            assert_eq!(name.as_deref(), Some("/assets/content/living/tap.jpg"));
            (pictures.key(), pictures)
        };
        let (key, _) = gathered();
        let seen = loads.load(Ordering::Relaxed);
        let (again, pictures) = gathered();
        assert_eq!((again, loads.load(Ordering::Relaxed)), (key, seen));
        assert_eq!(pictures.files().values().next(), Some(&photo));
        assert_eq!(loads.load(Ordering::Relaxed), seen + 1);
    }

    #[test]
    fn a_picture_is_named_by_what_it_is() {
        let drawing = "<svg xmlns='http://www.w3.org/2000/svg' width='4' height='4'/>";
        let scan = image::DynamicImage::new_rgb8(4, 4);
        let mut bmp = std::io::Cursor::new(Vec::new());
        scan.write_to(&mut bmp, image::ImageFormat::Bmp)
            .expect("written");
        let site = TestSite::with_gate()
            .file("content/a.png", drawing)
            .file("content/b.bmp", bmp.into_inner())
            .file("content/c.jpeg", phone_photo(4, 3))
            .file("content/d.jpg", "none")
            .build();
        let mut pictures = Pictures::default();
        let mut name = |path| pictures.add(&site, &SitePath::fixed(path));
        assert_eq!(
            name("content/a.png").as_deref(),
            Some("/assets/content/a.png.svg")
        );
        assert_eq!(
            name("content/b.bmp").as_deref(),
            Some("/assets/content/b.bmp.picture")
        );
        assert_eq!(
            name("content/c.jpeg").as_deref(),
            Some("/assets/content/c.jpeg")
        );
        assert_eq!(name("content/d.jpg"), None);
        let back = picture_of(&site, "/assets/content/b.bmp.picture");
        assert_eq!(back, "content/b.bmp");
    }
}

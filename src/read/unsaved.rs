//! Texts that nobody has saved yet, laid over the files of a site.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{Asset, FileError, Inputs, WantedFonts};
use crate::cache::CacheKey;
use crate::diag::SitePath;

/// What files are to hold, whatever they hold; `None` for one that is not to be there.
pub type Laid = BTreeMap<SitePath, Option<Arc<[u8]>>>;

/// Inputs with other files laid over them.
#[derive(Debug, Clone)]
pub struct Unsaved<I> {
    below: I,
    laid: Laid,
}

impl<I: Inputs> Unsaved<I> {
    /// Lays `laid` over what `below` gives.
    pub fn over(below: I, laid: Laid) -> Self {
        Self { below, laid }
    }

    /// Returns what is laid over a file, if anything is.
    fn of(&self, file: &SitePath) -> Option<Result<Arc<[u8]>, FileError>> {
        let laid = self.laid.get(file)?;
        Some(laid.clone().ok_or(FileError::Missing))
    }
}

impl<I: Inputs> Inputs for Unsaved<I> {
    fn list(&self, dir: &SitePath) -> Result<Vec<SitePath>, FileError> {
        let mut paths = self.below.list(dir)?;
        paths.retain(|path| !self.laid.contains_key(path));
        let laid = self.laid.iter().filter(|(_, bytes)| bytes.is_some());
        let laid = laid.map(|(path, _)| path);
        paths.extend(laid.filter(|path| path.is_below(dir.as_str())).cloned());
        paths.sort();
        Ok(paths)
    }

    fn read(&self, file: &SitePath) -> Result<Arc<[u8]>, FileError> {
        self.of(file).unwrap_or_else(|| self.below.read(file))
    }

    fn asset(&self, file: &SitePath) -> Result<Asset, FileError> {
        match self.of(file) {
            Some(bytes) => bytes.map(Asset::held),
            None => self.below.asset(file),
        }
    }

    fn key(&self, file: &SitePath) -> Option<CacheKey> {
        match self.of(file) {
            Some(bytes) => bytes.ok().map(|bytes| CacheKey::of(&[&bytes])),
            None => self.below.key(file),
        }
    }

    fn place(&self, file: &SitePath) -> Option<PathBuf> {
        let is_laid = self.laid.contains_key(file);
        self.below.place(file).filter(|_| !is_laid)
    }

    fn today(&self, timezone: &TimeZone) -> Date {
        self.below.today(timezone)
    }

    fn machine_fonts(&self, wanted: &WantedFonts) -> Vec<Arc<[u8]>> {
        self.below.machine_fonts(wanted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::MemoryInputs;

    #[test]
    fn what_is_laid_over_files_stands_for_them() {
        let day = jiff::civil::date(2026, 11, 10);
        let below = MemoryInputs::new(day)
            .with("a/1.md", "1")
            .with("a/2.md", "2");
        let path = |path| SitePath::new(path).expect("it is one");
        let laid = [
            (path("a/1.md"), None),
            (path("a/2.md"), Some(Arc::from(&b"two"[..]))),
            (path("a/3.md"), Some(Arc::from(&b"three"[..]))),
            (path("b/4.md"), Some(Arc::from(&b"four"[..]))),
        ];
        let inputs = Unsaved::over(below, laid.into());
        let listed = inputs.list(&path("a")).expect("listed");
        assert_eq!(listed, [path("a/2.md"), path("a/3.md")]);
        assert_eq!(inputs.read(&path("a/1.md")), Err(FileError::Missing));
        assert_eq!(&*inputs.read(&path("a/2.md")).expect("read"), b"two");
        assert!(inputs.asset(&path("b/4.md")).is_ok());
    }
}

//! Typst's view of the files: the theme, and those of one sheet.

use std::collections::BTreeMap;
use std::num::NonZeroU16;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, World};

use super::engine::Engine;

/// What one sheet can see: nothing but the theme and its own files, and no clock.
pub(super) struct Desk<'a> {
    pub(super) engine: &'a Engine,
    pub(super) main: FileId,
    /// A main file that is not the theme's.
    pub(super) own_main: Option<Source>,
    pub(super) files: BTreeMap<NonZeroU16, Bytes>,
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.engine.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.engine.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if let Some(source) = self.own_main.as_ref().filter(|source| source.id() == id) {
            return Ok(source.clone());
        }
        self.engine.source(id).ok_or_else(|| not_found(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let key = id.into_raw();
        let file = self.files.get(&key).or_else(|| self.engine.files.get(&key));
        file.cloned().ok_or_else(|| not_found(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.engine.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        // A sheet must not depend on the day on which it is set.
        None
    }
}

fn not_found(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_with_slash().into())
}

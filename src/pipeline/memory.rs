//! What a preview remembers from run to run, so that it reads and understands what changed.

use std::fmt;
use std::sync::Mutex;

use crate::cache::CacheKey;
use crate::diag::{Diagnostics, Warned};
use crate::read::{Memo, ReadFile, Tree};
use crate::site::KnownPages;
use crate::typeset::Engine;

/// What earlier runs read and made.
#[derive(Default)]
pub struct Memory {
    pub(super) files: Memo<ReadFile>,
    pub(super) pages: KnownPages,
    /// What sets sheets, under the key of all that the theme is loaded from.
    engine: Mutex<Option<(CacheKey, Engine)>>,
}

impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Memory").finish_non_exhaustive()
    }
}

impl Memory {
    /// Returns what sets sheets, as `make` makes it of the settings and the theme's files; where
    /// there was nothing to tell of it, the last run's while these are the same.
    pub(super) fn engine(
        &self,
        tree: &Tree,
        make: impl FnOnce() -> Warned<Engine>,
    ) -> Warned<Engine> {
        let mut parts = vec![tree.settings.source.text.as_bytes()];
        for (path, bytes) in &tree.theme_files {
            parts.extend([path.as_str().as_bytes(), bytes]);
        }
        let key = CacheKey::of(&parts);
        let mut last = self.engine.lock().ok();
        if let Some(Some((known, engine))) = last.as_deref()
            && *known == key
        {
            return Warned {
                value: engine.clone(),
                diagnostics: Diagnostics::default(),
            };
        }
        let made = make();
        if let Some(last) = last.as_deref_mut() {
            let is_fine = made.diagnostics.is_empty();
            *last = is_fine.then(|| (key, made.value.clone()));
        }
        made
    }
}

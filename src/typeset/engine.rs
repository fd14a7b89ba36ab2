//! What all sheets of a run share.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU16;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use sha2::{Digest, Sha256};
use typst::foundations::Bytes;
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt};

use crate::theme::Theme;

/// Where the theme's files stand in the layouts' world.
const THEME: &str = "/theme";
/// Folders of the theme that only the website reads.
const WEB_ONLY: [&str; 3] = ["templates/", "static/", "i18n/"];
/// The stack of a thread that sets a poster; deeply nested layouts need more than usual.
const STACK: usize = 16 << 20;

/// Library, fonts and theme, ready for any number of sheets at a time.
pub struct Engine {
    pub(super) library: LazyHash<Library>,
    pub(super) book: LazyHash<FontBook>,
    pub(super) fonts: Vec<Font>,
    pub(super) sources: BTreeMap<NonZeroU16, Source>,
    pub(super) files: BTreeMap<NonZeroU16, Bytes>,
    theme: Arc<Theme>,
    fingerprint: [u8; 32],
    /// The characters that some font has.
    characters: BTreeSet<u32>,
}

impl Engine {
    /// Makes an engine that sets with the layouts and fonts of `theme`, and no other fonts, so
    /// that a machine with none gives the same sheets.
    pub fn new(theme: Arc<Theme>) -> Self {
        let mut sources = BTreeMap::new();
        let mut files = BTreeMap::new();
        let mut fingerprint = Sha256::new();
        let for_print = |path: &&String| !WEB_ONLY.iter().any(|folder| path.starts_with(folder));
        for path in theme.files.keys().filter(for_print) {
            let bytes = &theme.files[path];
            add(&mut fingerprint, path.as_bytes());
            add(&mut fingerprint, bytes);
            let Some(id) = file_id(&format!("{THEME}/{path}")) else {
                continue;
            };
            if let (true, Ok(text)) = (path.ends_with(".typ"), std::str::from_utf8(bytes)) {
                sources.insert(id.into_raw(), Source::new(id, text.to_owned()));
            }
            files.insert(id.into_raw(), Bytes::new(bytes.clone()));
        }
        let fonts: Vec<Font> = theme
            .below("fonts")
            .filter(|(path, _)| is_font(path))
            .flat_map(|(_, bytes)| Font::iter(Bytes::new(bytes.clone())))
            .collect();
        let covered = fonts.iter().flat_map(|font| font.info().coverage.iter());
        let characters = covered.collect();
        Self {
            characters,
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            sources,
            files,
            theme,
            fingerprint: fingerprint.finalize().into(),
        }
    }

    /// Returns the theme that it sets with.
    pub fn theme(&self) -> &Theme {
        &self.theme
    }

    /// Returns a digest of all that layouts can read of the theme.
    pub fn fingerprint(&self) -> &[u8; 32] {
        &self.fingerprint
    }

    /// Tells whether some font has `character`.
    pub fn has_glyph(&self, character: char) -> bool {
        self.characters.contains(&u32::from(character))
    }

    /// Returns the layout's main file in the layouts' world.
    pub fn layout_path(layout: &str) -> String {
        format!("{THEME}/posters/{layout}.typ")
    }

    /// Returns a file of the theme, such as `boards/overview.typ`, in the layouts' world.
    pub fn theme_path(path: &str) -> String {
        format!("{THEME}/{path}")
    }

    /// Applies `work` to all `items`, one thread an item, and returns the results in their order.
    ///
    /// Not rayon's `map`: its workers would take up a second poster while they wait within one,
    /// on the same stack. Typst itself uses rayon within a poster.
    pub fn each<T: Sync, R: Send>(&self, items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
        let next = AtomicUsize::new(0);
        let run = || {
            let mut done = Vec::new();
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(item) = items.get(at) else {
                    return done;
                };
                done.push((at, work(item)));
            }
        };
        let n_threads = rayon::current_num_threads().min(items.len());
        let mut done: Vec<(usize, R)> = std::thread::scope(|scope| {
            let spawn = || {
                std::thread::Builder::new()
                    .stack_size(STACK)
                    .spawn_scoped(scope, run)
                    .expect("the system grants a thread")
            };
            let threads: Vec<_> = (0..n_threads).map(|_| spawn()).collect();
            threads
                .into_iter()
                .flat_map(|thread| match thread.join() {
                    Ok(done) => done,
                    Err(panic) => std::panic::resume_unwind(panic),
                })
                .collect()
        });
        done.sort_by_key(|(at, _)| *at);
        done.into_iter().map(|(_, result)| result).collect()
    }
}

/// Returns Typst's name of `path`; `None` for a path that its file system cannot hold.
pub(super) fn file_id(path: &str) -> Option<FileId> {
    let path = VirtualPath::new(path).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// Adds `bytes` to a digest so that the borders between pieces count.
pub(super) fn add(digest: &mut Sha256, bytes: &[u8]) {
    digest.update((bytes.len() as u64).to_le_bytes());
    digest.update(bytes);
}

fn is_font(path: &str) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    ["ttf", "otf", "ttc", "otc"]
        .iter()
        .any(|known| ending.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use crate::typeset::testing;

    #[test]
    fn work_comes_back_in_the_order_of_its_items() {
        let items: Vec<usize> = (0..50).collect();
        let doubled = testing::engine().each(&items, |item| item * 2);
        assert_eq!(doubled, (0..50).map(|n| n * 2).collect::<Vec<_>>());
    }

    #[test]
    fn the_fonts_of_the_theme_are_known() {
        let engine = testing::engine();
        assert!(engine.has_glyph('梧'));
        assert!(!engine.has_glyph('\u{1F600}'));
    }
}

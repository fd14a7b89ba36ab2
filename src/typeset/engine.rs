//! What all sheets of a run share.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU16;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use sha2::{Digest, Sha256};
use ttf_parser::{Face, name_id};
use typst::foundations::Bytes;
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt};

use super::Spot;
use super::design::{Designs, sheet_size};
use super::known::Known;
use super::told::Told;
use crate::site::{Board, Slot};
use crate::theme::{Theme, ThemeFile};

/// Where the theme's files stand in the layouts' world.
const THEME: &str = "/theme";
/// Folders of the theme that only the website reads.
const WEB_ONLY: [&str; 3] = ["templates/", "static/", "i18n/"];
/// The theme's list of words that titles keep whole.
const WORDS: &str = "posters/lib/words.txt";
/// The stack of a thread that sets a poster; deeply nested layouts need more than usual.
const STACK: usize = 16 << 20;

/// Library, fonts and theme, ready for any number of sheets at a time. What a copy costs is little:
/// all that is large it has in common with the first.
#[derive(Clone)]
pub struct Engine {
    pub(super) library: Arc<LazyHash<Library>>,
    pub(super) book: Arc<LazyHash<FontBook>>,
    pub(super) fonts: Arc<Vec<Font>>,
    sources: Arc<BTreeMap<NonZeroU16, OnceLock<Source>>>,
    pub(super) files: Arc<BTreeMap<NonZeroU16, Bytes>>,
    theme: Arc<Theme>,
    is_brought: bool,
    fingerprint: [u8; 32],
    /// Skeletons and grounds of pages on sheets.
    designs: Designs,
    /// Who sets: the organisation, never a person.
    pub(super) author: Option<String>,
    /// The characters that some font has.
    characters: Arc<BTreeSet<u32>>,
    /// What Typst calls the families of the fonts, by every name that these give themselves, in
    /// small letters.
    families: Arc<BTreeMap<String, String>>,
    /// What was reckoned of texts and addresses.
    pub(super) known: Arc<Known>,
    /// What every sheet is told of the theme.
    pub(super) told: Arc<Told>,
}

/// Returns the list of words that titles in a theme keep whole.
pub fn words_of(theme: &Theme) -> &str {
    let words = theme.files.get(WORDS);
    let words = words.and_then(|bytes| std::str::from_utf8(bytes).ok());
    words.unwrap_or_default()
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
            put(&format!("{THEME}/{path}"), bytes, &mut sources, &mut files);
        }
        for (path, bytes) in parents(&theme) {
            add(&mut fingerprint, path.as_bytes());
            add(&mut fingerprint, bytes);
            put(&path, bytes, &mut sources, &mut files);
        }
        // Of two fonts that would do equally, Typst takes the first: the site's own.
        let is_font = |(path, _): &(&str, &ThemeFile)| is_font(path);
        let mut files_of_fonts: Vec<_> = theme.below("fonts").filter(is_font).collect();
        files_of_fonts.sort_by_key(|(_, file)| matches!(file, ThemeFile::BuiltIn(_)));
        let fonts = files_of_fonts.into_iter().map(|(_, file)| file.clone());
        let fonts: Vec<Font> = fonts.flat_map(|it| Font::iter(Bytes::new(it))).collect();
        let mut engine = Self {
            characters: Arc::default(),
            families: Arc::default(),
            library: LazyHash::new(Library::default()).into(),
            book: LazyHash::new(FontBook::new()).into(),
            fonts: Arc::default(),
            sources: sources.into(),
            files: files.into(),
            known: Arc::default(),
            told: Told::of(&theme).into(),
            is_brought: theme.is_brought(),
            theme,
            fingerprint: fingerprint.finalize().into(),
            author: None,
            designs: Designs::new(),
        };
        engine.add_fonts(fonts);
        engine
    }

    /// Returns a layout, parsed once it is wanted: all of them parsed take 20 MB.
    pub(super) fn source(&self, id: FileId) -> Option<Source> {
        let source = self.sources.get(&id.into_raw())?;
        let text = std::str::from_utf8(self.files.get(&id.into_raw())?).ok()?;
        let parsed = source.get_or_init(|| Source::new(id, text.to_owned()));
        Some(parsed.clone())
    }

    /// Adds fonts of the machine behind the others, which are taken only where these have not what
    /// is wanted.
    pub fn with_machine_fonts(mut self, files: Vec<Arc<[u8]>>) -> Self {
        let mut fingerprint = Sha256::new();
        add(&mut fingerprint, &self.fingerprint);
        files.iter().for_each(|file| add(&mut fingerprint, file));
        self.fingerprint = fingerprint.finalize().into();
        let fonts = files.into_iter().map(Bytes::new);
        self.add_fonts(fonts.flat_map(Font::iter).collect());
        self
    }

    /// Names `organisation` as the author of all that is set.
    pub fn by(mut self, organisation: &str) -> Self {
        let mut fingerprint = Sha256::new();
        add(&mut fingerprint, &self.fingerprint);
        add(&mut fingerprint, organisation.as_bytes());
        self.fingerprint = fingerprint.finalize().into();
        self.author = Some(organisation.to_owned()).filter(|author| !author.is_empty());
        self
    }

    /// Sets pages on sheets as their designs say; others as their ids do.
    pub fn with_designs(self, designs: Designs) -> Self {
        Self { designs, ..self }
    }

    /// Describes `slot` of `board` for the page of this id, with its design there.
    pub fn spot(&self, page: &str, board: &Board, slot: &Slot) -> Spot {
        let key = (page.to_owned(), sheet_size(slot.area.size()));
        Spot {
            design: self.designs.get(&key).copied(),
            ..Spot::of(board, slot)
        }
    }

    fn add_fonts(&mut self, fonts: Vec<Font>) {
        let characters = Arc::make_mut(&mut self.characters);
        let families = Arc::make_mut(&mut self.families);
        for font in &fonts {
            characters.extend(font.info().coverage.iter());
            for name in names(font) {
                let known = families.entry(name);
                known.or_insert_with(|| font.info().family.clone());
            }
        }
        Arc::make_mut(&mut self.fonts).extend(fonts);
        self.book = LazyHash::new(FontBook::from_fonts(self.fonts.iter())).into();
    }

    /// Returns the theme that it sets with.
    pub fn theme(&self) -> &Arc<Theme> {
        &self.theme
    }

    /// Names the file `main` of the layouts' world where the site brings any part of the theme.
    pub(super) fn brought(&self, main: &str) -> Option<String> {
        let path = main.strip_prefix(THEME)?.trim_start_matches('/');
        let file = self.is_brought.then(|| self.theme.brought(path));
        file.map(|file| file.unwrap_or_else(|| path.to_owned()))
    }

    /// Returns the theme's list of words that titles keep whole.
    pub(super) fn words(&self) -> &str {
        words_of(&self.theme)
    }

    /// Returns a digest of all that layouts can read of the theme.
    pub fn fingerprint(&self) -> &[u8; 32] {
        &self.fingerprint
    }

    /// Tells whether some font has `character`.
    pub fn has_glyph(&self, character: char) -> bool {
        self.characters.contains(&u32::from(character))
    }

    /// Returns what Typst calls the family that goes by `name` in any language; `None` where no font
    /// has it.
    pub fn family(&self, name: &str) -> Option<&str> {
        let family = self.families.get(&name.trim().to_lowercase());
        family.map(String::as_str)
    }

    /// Returns all names of families, in small letters.
    pub fn families(&self) -> impl Iterator<Item = &str> {
        self.families.keys().map(String::as_str)
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
    /// Not rayon's `map`: its workers would take up a second poster while they wait within one, on
    /// the same stack. Typst itself uses rayon within a poster, so each thread is a pool of its own
    /// and hands nothing over to others: less waiting and less memory at the same speed.
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
        let n_cores = rayon::current_num_threads();
        let n_threads = n_cores.min(items.len());
        let alone = || {
            rayon::ThreadPoolBuilder::new()
                .num_threads(n_cores / n_threads)
                .stack_size(STACK)
                .build_scoped(rayon::ThreadBuilder::run, |pool| pool.install(run))
                .expect("the system grants a thread")
        };
        let mut done: Vec<(usize, R)> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..n_threads).map(|_| scope.spawn(alone)).collect();
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

/// Returns the files for print of each theme that another lies over, under its qualified name, such
/// as `/themes/fresh/posters/lib.typ`: what a child imports where it changes a part of one.
fn parents(theme: &Theme) -> impl Iterator<Item = (String, &ThemeFile)> {
    let parents = theme
        .layers
        .split_last()
        .map_or(&[][..], |(_, parents)| parents);
    let for_print = |path: &str| {
        let others = WEB_ONLY.iter().copied().chain(["fonts/"]);
        !others.into_iter().any(|folder| path.starts_with(folder))
    };
    parents.iter().flat_map(move |layer| {
        let files = layer.files.iter().filter(move |(path, _)| for_print(path));
        files.map(|(path, bytes)| (format!("/themes/{}/{path}", layer.name), bytes))
    })
}

/// Puts a file into the layouts' world.
fn put(
    path: &str,
    bytes: &ThemeFile,
    sources: &mut BTreeMap<NonZeroU16, OnceLock<Source>>,
    files: &mut BTreeMap<NonZeroU16, Bytes>,
) {
    let Some(id) = file_id(path) else {
        return;
    };
    if path.ends_with(".typ") && std::str::from_utf8(bytes).is_ok() {
        sources.insert(id.into_raw(), OnceLock::new());
    }
    files.insert(id.into_raw(), Bytes::new(bytes.clone()));
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

/// Returns all names of a font's family, such as FangSong and 仿宋, in small letters.
fn names(font: &Font) -> Vec<String> {
    let of_family = [name_id::FAMILY, name_id::TYPOGRAPHIC_FAMILY];
    let face = Face::parse(font.data(), font.index());
    let records = face.iter().flat_map(|face| face.names());
    records
        .filter(|record| of_family.contains(&record.name_id))
        .filter_map(|record| record.to_string())
        .chain([font.info().family.clone()])
        .map(|name| name.to_lowercase())
        .collect()
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

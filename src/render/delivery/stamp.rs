//! Names that change with what is in a file, so that browsers may keep it for good.

use std::collections::{BTreeMap, BTreeSet};

use super::references::PageReferences;
use super::{ASSETS, Files, hash};

/// The new names of files by their old ones.
pub(super) type Stamps = BTreeMap<String, String>;

/// Files in which other files may be called by name.
const CALLING: [&str; 5] = ["css", "js", "json", "webmanifest", "xml"];

/// Renames the style sheets, scripts and icons of the theme that pages call: `fresh.js` becomes
/// `fresh.1a2b3c4d.js`. One that any script or list calls by its name keeps it.
pub(super) fn rename(files: &mut Files, pages: &BTreeMap<String, PageReferences>) -> Stamps {
    let called: BTreeSet<&String> = pages.values().flat_map(|page| &page.called).collect();
    let mut stamps = Stamps::new();
    for path in called.into_iter().filter(|path| path.starts_with(ASSETS)) {
        if let Some(name) = new_name(path, files) {
            stamps.insert(path.clone(), name);
        }
    }
    for (old, new) in &stamps {
        if let Some(bytes) = files.remove(old) {
            files.insert(new.clone(), bytes);
        }
    }
    stamps
}

fn new_name(path: &str, files: &Files) -> Option<String> {
    let bytes = files.get(path)?;
    let (stem, ending) = path.rsplit_once('.')?;
    let name = path.rsplit('/').next()?;
    (!is_called(name, path, files)).then(|| format!("{stem}.{}.{ending}", hash(&[bytes], 8)))
}

/// Tells whether a file besides pages calls the file `name`.
fn is_called(name: &str, path: &str, files: &Files) -> bool {
    let calling = files.iter().filter(|(other, _)| {
        let ending = other.rsplit_once('.').map_or("", |(_, ending)| ending);
        *other != path && CALLING.contains(&ending)
    });
    let name = memchr::memmem::Finder::new(name);
    let mut texts = calling.map(|(_, bytes)| bytes);
    texts.any(|text| name.find(text).is_some())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn files_are_renamed_unless_a_script_calls_them() {
        let file = |path: &str, text: &str| (path.to_owned(), Arc::from(text.as_bytes()));
        let mut files = Files::from([
            file("assets/style.css", "p{}"),
            file("assets/slides.js", "fetch('x')"),
            file("assets/worker.js", "var all = ['slides.js'];"),
            file("own.js", "1"),
        ]);
        let called = [
            "assets/style.css",
            "assets/slides.js",
            "own.js",
            "assets/gone.js",
        ];
        let references = PageReferences {
            called: called.map(str::to_owned).into(),
            ..PageReferences::default()
        };
        let pages = BTreeMap::from([("index.html".to_owned(), references)]);
        let stamps = rename(&mut files, &pages);
        insta::assert_compact_debug_snapshot!(stamps, @r#"{"assets/style.css": "assets/style.d76ad8e3.css"}"#);
        assert!(files.contains_key("assets/slides.js") && !files.contains_key("assets/style.css"));
    }
}

//! Files that a further language has in common with the main one: each stands once.

use super::stamp::Stamps;
use super::{ASSETS, Files};
use crate::site::Site;

/// Takes out the theme's files of further languages that are the main language's to the byte.
/// Returns the main one's path by that of each.
pub(super) fn take_out(files: &mut Files, site: &Site) -> Stamps {
    let mut shared = Stamps::new();
    for language in &site.settings.languages {
        let folder = format!("{}/", language.tag);
        let theirs = files.iter().filter_map(|(path, bytes)| {
            let main = path.strip_prefix(&folder)?;
            let is_same = main.starts_with(ASSETS) && files.get(main) == Some(bytes);
            is_same.then(|| (path.clone(), main.to_owned()))
        });
        shared.extend(theirs.collect::<Vec<_>>());
    }
    files.retain(|path, _| !shared.contains_key(path));
    shared
}

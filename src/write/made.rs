//! What took long to make, kept among our own notes for the next build.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::Arc;

use super::files;

/// Makes the folder `folder` of the site `root`, which is ours alone, hold the files of `made`:
/// those with bytes are new, the others are there already, and what is not named goes.
///
/// # Errors
/// Where the system refuses; nothing is lost but time.
pub fn keep_made(
    root: &Path,
    folder: &str,
    made: &BTreeMap<String, Option<Arc<[u8]>>>,
) -> io::Result<()> {
    let _lock = files::lock(root)?;
    let folder = root.join(folder);
    if made.is_empty() {
        return files::clear(&folder);
    }
    files::make_folder(&folder)?;
    for (name, bytes) in made {
        if let Some(bytes) = bytes {
            files::stage(&folder.join(name), bytes)?;
        }
    }
    for name in files::names(&folder)? {
        if !made.contains_key(&name) {
            files::remove(&folder.join(name))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    #[test]
    fn what_is_new_comes_what_is_used_stays_and_what_is_not_goes() {
        let site = TempDir::new().expect("a temporary folder can be made");
        let made = |files: &[(&str, Option<&str>)]| {
            let file = |(name, text): &(&str, Option<&str>)| {
                (
                    (*name).to_owned(),
                    text.map(|text| Arc::from(text.as_bytes())),
                )
            };
            let made = files.iter().map(file).collect();
            keep_made(site.path(), ".greenboard/made", &made).expect("the disk is free");
            files::names(&site.path().join(".greenboard/made")).unwrap_or_default()
        };
        assert_eq!(made(&[("a", Some("1")), ("b", Some("2"))]), ["a", "b"]);
        assert_eq!(made(&[("b", None), ("c", Some("3"))]), ["b", "c"]);
        assert!(made(&[]).is_empty());
    }
}

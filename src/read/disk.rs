//! Inputs on the disk, with the theme of the binary beneath.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use walkdir::WalkDir;

use super::fonts::{self, WantedFonts};
use super::{Asset, BadLink, FileError, Inputs};
use crate::diag::SitePath;

/// How many bytes room is made for before any is read.
const AT_ONCE: usize = 1 << 30;

/// A site's folder on the disk.
#[derive(Debug, Clone)]
pub struct DiskInputs {
    root: PathBuf,
    today: Option<Date>,
}

impl DiskInputs {
    /// Reads below `root`; `today` stands in for the clock's day where it is given.
    pub fn new(root: &Path, today: Option<Date>) -> Self {
        Self {
            root: root.to_owned(),
            today,
        }
    }

    fn site_path(&self, path: &Path) -> Result<SitePath, FileError> {
        let relative = path.strip_prefix(&self.root).unwrap_or(path);
        let bad = || FileError::BadName(relative.to_string_lossy().into_owned());
        let text = relative.to_str().ok_or_else(bad)?.replace('\\', "/");
        SitePath::new(&text).ok_or_else(bad)
    }

    /// Tells whether what `path` leads to lies in the site: content must not reach other files.
    fn holds(&self, path: &Path) -> bool {
        let whole = |path: &Path| path.canonicalize().ok();
        let root = whole(&self.root);
        root.zip(whole(path))
            .is_some_and(|(root, path)| path.starts_with(root))
    }

    /// Finds the first link on the way from the site to `path`.
    fn link_in<'a>(&self, path: &'a Path) -> Option<&'a Path> {
        let way = path.ancestors().take_while(|it| *it != self.root);
        way.filter(|it| it.is_symlink()).last()
    }

    /// Says why a file that is there, or was listed, cannot be followed.
    fn bad_link(&self, path: &Path) -> Option<BadLink> {
        let link = self.link_in(path)?;
        let to = link
            .read_link()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        Some(match path.canonicalize() {
            Err(_) => BadLink::Nowhere(to),
            Ok(_) if !self.holds(path) => BadLink::Outside(to),
            Ok(path) if path.is_dir() => BadLink::Circle(to),
            Ok(_) => return None,
        })
    }
}

impl Inputs for DiskInputs {
    fn list(&self, dir: &SitePath) -> Result<Vec<SitePath>, FileError> {
        let folder = self.root.join(dir.as_str());
        if !folder.is_dir() {
            return Ok(Vec::new());
        }
        let mut paths = Vec::new();
        let mut walk = WalkDir::new(&folder).follow_links(true).into_iter();
        while let Some(entry) = walk.next() {
            match entry {
                Ok(entry) => {
                    let is_folder = entry.file_type().is_dir();
                    let is_passing = entry.depth() > 0 && is_passing(entry.file_name());
                    let leaves = entry.path_is_symlink() && !self.holds(entry.path());
                    if is_folder && (is_passing || leaves) {
                        walk.skip_current_dir();
                    }
                    if !is_passing && (leaves || !is_folder) {
                        paths.push(self.site_path(entry.path())?);
                    }
                }
                // A link that leads nowhere, or round in a circle.
                Err(error) => match error.path().and_then(|path| self.link_in(path)) {
                    Some(path) => paths.push(self.site_path(path)?),
                    None => return Err(FileError::Other(error.to_string())),
                },
            }
        }
        paths.sort();
        Ok(paths)
    }

    fn read(&self, file: &SitePath) -> Result<Arc<[u8]>, FileError> {
        let path = self.root.join(file.as_str());
        if let Some(bad) = self.bad_link(&path) {
            return Err(FileError::Link(bad));
        }
        whole(&path).map_err(|error| failed(&error))
    }

    fn asset(&self, file: &SitePath) -> Result<Asset, FileError> {
        let path = self.root.join(file.as_str());
        if let Some(bad) = self.bad_link(&path) {
            return Err(FileError::Link(bad));
        }
        // What may not be read is said now.
        File::open(&path).map_err(|error| failed(&error))?;
        let load = move || whole(&path).map_err(|error| failed(&error));
        Ok(Asset::deferred(file.clone(), load))
    }

    fn place(&self, file: &SitePath) -> Option<PathBuf> {
        Some(self.root.join(file.as_str()))
    }

    #[expect(clippy::disallowed_methods, reason = "this is the door in")]
    fn today(&self, timezone: &TimeZone) -> Date {
        self.today.unwrap_or_else(|| {
            jiff::Timestamp::now()
                .to_zoned_datetime(timezone.clone())
                .date()
        })
    }

    fn machine_fonts(&self, wanted: &WantedFonts) -> Vec<Arc<[u8]>> {
        fonts::of_machine(wanted)
    }
}

/// Reads a file to its end, at once to where its bytes stay: of a film, a copy takes as much again.
#[expect(clippy::disallowed_methods, reason = "this is the door in")]
fn whole(path: &Path) -> io::Result<Arc<[u8]>> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    let Some(length) = usize::try_from(length).ok().filter(|it| *it <= AT_ONCE) else {
        // It may not fit at all, which this says instead of ending the program.
        return std::fs::read(path).map(Arc::from);
    };
    let mut bytes: Arc<[u8]> = std::iter::repeat_n(0, length).collect();
    let room = Arc::get_mut(&mut bytes).expect("nobody else has it yet");
    let filled = fill(&mut file, room)?;
    // Somebody writes it meanwhile, or the system does not know how long it is.
    let mut more = Vec::new();
    file.read_to_end(&mut more)?;
    match filled == length && more.is_empty() {
        true => Ok(bytes),
        false => Ok([&bytes[..filled], &more].concat().into()),
    }
}

/// Reads into `room` until it is full or nothing comes any more; returns how much came.
fn fill(from: &mut impl Read, room: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < room.len() {
        match from.read(&mut room[filled..]) {
            Ok(0) => break,
            Ok(n) => filled += n,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

fn failed(error: &io::Error) -> FileError {
    match error.kind() {
        io::ErrorKind::NotFound => FileError::Missing,
        _ => FileError::Other(error.to_string()),
    }
}

/// Tells whether a name is one that editors, offices and systems make for themselves or for a
/// moment, as `.git`, `~$文档.docx` and `Thumbs.db` are: no build reads such a file.
pub fn is_passing(name: &std::ffi::OsStr) -> bool {
    let name = name.to_string_lossy().to_lowercase();
    let ends = ["~", ".tmp", ".swp", ".swx", ".part", ".crdownload", ".bak"];
    name.starts_with('.')
        || name.starts_with("~$")
        || name.starts_with('#') && name.ends_with('#')
        || matches!(&*name, "thumbs.db" | "desktop.ini")
        || ends.iter().any(|end| name.ends_with(end))
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a test's own files")]
    fn a_file_is_read_to_its_end_whatever_length_the_system_tells() {
        let folder = tempfile::tempdir().expect("a folder");
        for text in ["", "绿板"] {
            let path = folder.path().join("a.md");
            std::fs::write(&path, text).expect("written");
            assert_eq!(*whole(&path).expect("it is there"), *text.as_bytes());
        }
        // The system says of its own tables that they are empty.
        let table = Path::new("/proc/self/status");
        assert!(!table.exists() || !whole(table).expect("it is there").is_empty());
        let mut room = [0; 8];
        assert_eq!(fill(&mut &b"short"[..], &mut room).expect("read"), 5);
        assert!(whole(folder.path()).is_err());
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a test's own files")]
    fn links_are_followed_within_the_site_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().join("site");
        for (path, text) in [
            ("site/content/a.md", "a"),
            ("site/shared/b.md", "b"),
            ("site/shared/deep/c.md", "c"),
            ("else/d.md", "d"),
            ("site/content/~$a.md", ""),
            ("site/content/#3楼.md", ""),
        ] {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            std::fs::write(path, text).expect("written");
        }
        for (to, link) in [
            ("../shared/b.md", "b.md"),
            ("../shared/deep", "deep"),
            ("../../else", "else"),
            ("../../else/d.md", "d.md"),
            ("gone.md", "gone.md"),
            ("../content", "round"),
        ] {
            symlink(to, root.join("content").join(link)).expect("linked");
        }
        let inputs = DiskInputs::new(&root, None);
        let paths = inputs.list(&SitePath::fixed("content")).expect("listed");
        let told = paths.iter().map(|path| match inputs.read(path) {
            Ok(bytes) => format!("{path} {}", String::from_utf8_lossy(&bytes)),
            Err(error) => format!("{path} {error:?}"),
        });
        insta::assert_snapshot!(told.collect::<Vec<_>>().join("\n"), @r#"
        content/#3楼.md 
        content/a.md a
        content/b.md b
        content/d.md Link(Outside("../../else/d.md"))
        content/deep/c.md c
        content/else Link(Outside("../../else"))
        content/gone.md Link(Nowhere("gone.md"))
        content/round Link(Circle("../content"))
        "#);
    }
}

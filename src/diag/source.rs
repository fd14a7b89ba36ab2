//! Files as the user wrote them, and places in them.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// The path of a file below the site's folder: relative, with `/`, without `.` or `..`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SitePath(Arc<str>);

impl SitePath {
    /// Makes a path from `path`, which is relative and uses `/`; `.` and empty parts vanish.
    ///
    /// Returns `None` where `..` would leave the site.
    pub fn new(path: &str) -> Option<Self> {
        let mut parts: Vec<&str> = Vec::new();
        for part in path.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                part => parts.push(part),
            }
        }
        Some(Self(parts.join("/").into()))
    }

    /// Makes a path from a literal of the program itself.
    ///
    /// # Panics
    /// Where the literal leaves the site.
    pub fn fixed(path: &'static str) -> Self {
        Self::new(path).expect("a literal path stays below the site")
    }

    /// Returns the path with letters and their accents as one character each: a Mac parts them, and
    /// nobody sees the difference.
    pub fn composed(&self) -> Self {
        match is_nfc(&self.0) {
            true => self.clone(),
            false => Self(self.0.nfc().collect::<String>().into()),
        }
    }

    /// Returns the path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the folder that holds this file; the site itself is the empty path.
    pub fn parent(&self) -> SitePath {
        let cut = self.0.rfind('/').unwrap_or(0);
        Self(self.0[..cut].into())
    }

    /// Returns the last part of the path.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or("")
    }

    /// Returns the file's name without its ending.
    pub fn stem(&self) -> &str {
        let name = self.file_name();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// Returns the ending without its dot, or the empty text.
    pub fn extension(&self) -> &str {
        self.file_name()
            .rsplit_once('.')
            .map_or("", |(_, ending)| ending)
    }

    /// Resolves `link`, written in a file of the folder `self`, to a composed path; a leading `/`
    /// starts at `root`.
    pub fn resolve(&self, root: &SitePath, link: &str) -> Option<SitePath> {
        match link.strip_prefix('/') {
            Some(rest) => root.join(rest),
            None => self.join(link),
        }
        .map(|path| path.composed())
    }

    /// Appends `rest`; `None` where it would leave the site.
    pub fn join(&self, rest: &str) -> Option<SitePath> {
        Self::new(&format!("{}/{rest}", self.0))
    }

    /// Tells whether this file lies below `folder`.
    pub fn is_below(&self, folder: &str) -> bool {
        self.strip(folder).is_some()
    }

    /// Returns the part of the path below `folder`.
    pub fn strip(&self, folder: &str) -> Option<&str> {
        self.0.strip_prefix(folder)?.strip_prefix('/')
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl serde::Serialize for SitePath {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// A text file of the site, decoded: UTF-8, lines ended by `\n`, without a byte order mark.
#[derive(PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Source {
    /// Where it lies.
    pub path: SitePath,
    /// Its text; all byte offsets of [`Span`]s count in it.
    pub text: String,
}

impl Source {
    /// Holds `text` as the content of `path`.
    pub fn new(path: SitePath, text: impl Into<String>) -> Arc<Self> {
        Arc::new(Self {
            path,
            text: text.into(),
        })
    }

    /// Returns line and column of a byte offset, both from 1, the column in characters.
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let offset = self.text.floor_char_boundary(offset.min(self.text.len()));
        let before = &self.text[..offset];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        (
            before.matches('\n').count() + 1,
            before[line_start..].chars().count() + 1,
        )
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Source({})", self.path)
    }
}

/// A range of bytes in a file.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Span {
    /// The file.
    pub source: Arc<Source>,
    /// The bytes of its text.
    pub range: Range<usize>,
}

impl Span {
    /// Names the bytes `range` of `source`.
    pub fn new(source: &Arc<Source>, range: Range<usize>) -> Self {
        Self {
            source: source.clone(),
            range,
        }
    }

    /// Names the file as a whole, shown as its first line.
    pub fn file(source: &Arc<Source>) -> Self {
        Self::new(source, 0..0)
    }

    /// Returns the file's path.
    pub fn path(&self) -> &SitePath {
        &self.source.path
    }

    /// Returns line and column of the start, from 1.
    pub fn line_column(&self) -> (usize, usize) {
        self.source.line_column(self.range.start)
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{:?}", self.source.path, self.range)
    }
}

/// A value with the place where the user wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

impl<T> std::ops::Deref for Spanned<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

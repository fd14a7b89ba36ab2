//! What changed of a site's files, as far as somebody knows who watches them.

use std::collections::BTreeSet;
use std::path::Path;

use crate::diag::SitePath;

/// What changed of a site's files since a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Touched {
    /// Anything may have, as nobody watched or not all was heard.
    Anything,
    /// Nothing else did.
    Only {
        /// Files that hold something else; folders whose files came, went or changed names.
        paths: BTreeSet<SitePath>,
        /// Whether files or folders came, went or changed names.
        names: bool,
    },
}

impl Touched {
    /// Nothing did.
    pub fn nothing() -> Self {
        Self::Only {
            paths: BTreeSet::new(),
            names: false,
        }
    }

    /// The file at `path` below the site holds something else; with `names`, it or what lies below
    /// it came, went or changed its name.
    pub fn at(path: &Path, names: bool) -> Self {
        let path = path.to_str().map(|path| path.replace('\\', "/"));
        // A name that is none in a site is a matter for whoever lists its folder.
        let path = path.and_then(|path| SitePath::new(&path));
        path.map_or(Self::Anything, |path| Self::Only {
            paths: BTreeSet::from([path]),
            names,
        })
    }

    /// Adds what changed besides.
    pub fn add(&mut self, other: Self) {
        match (&mut *self, other) {
            (
                Self::Only { paths, names },
                Self::Only {
                    paths: more,
                    names: other,
                },
            ) => {
                paths.extend(more);
                *names |= other;
            }
            _ => *self = Self::Anything,
        }
    }
}

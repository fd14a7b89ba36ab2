//! Why a file could not be had.

use std::fmt;

use crate::diag::{Code, Diagnostic, SitePath, Source, Span, system_words};

/// Why a file could not be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileError {
    /// It is not there.
    Missing,
    /// The path cannot be used on every machine; the text is the path.
    BadName(String),
    /// It is a link, or lies behind one, that cannot be followed.
    Link(BadLink),
    /// Anything else, in the system's words.
    Other(String),
}

/// Why a link of the file system cannot be followed; the text is where it leads, as it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BadLink {
    /// It leads out of the site.
    Outside(String),
    /// It leads to what is not there.
    Nowhere(String),
    /// It leads to a folder that holds it.
    Circle(String),
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("not found"),
            Self::BadName(name) => write!(f, "{name}"),
            Self::Link(BadLink::Outside(to) | BadLink::Nowhere(to) | BadLink::Circle(to)) => {
                write!(f, "link to {to}")
            }
            Self::Other(cause) => f.write_str(cause),
        }
    }
}

impl FileError {
    /// Returns the message for it where the file is `path`.
    pub fn diagnostic(&self, path: &SitePath) -> Diagnostic {
        let told = match self {
            Self::BadName(name) => Diagnostic::new(Code::BadPath)
                .with("path", name)
                .with("raw", name),
            Self::Link(BadLink::Outside(to)) => bad_link("outside", to),
            Self::Link(BadLink::Nowhere(to)) => bad_link("nowhere", to),
            Self::Link(BadLink::Circle(to)) => bad_link("circle", to),
            Self::Missing | Self::Other(_) => {
                Diagnostic::new(Code::Unreadable).with("cause", system_words(&self.to_string()))
            }
        };
        told.at(Span::file(&Source::new(path.clone(), "")))
    }
}

fn bad_link(name: &'static str, to: &str) -> Diagnostic {
    Diagnostic::new(Code::BadFileLink).with(name, to)
}

/// A file of the site that was there when it was listed and cannot be read now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// The file.
    pub path: SitePath,
    /// Why it cannot be read.
    pub cause: FileError,
}

impl Unread {
    /// Returns the message for it.
    pub fn diagnostic(&self) -> Diagnostic {
        self.cause.diagnostic(&self.path)
    }
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.cause)
    }
}

impl std::error::Error for Unread {}

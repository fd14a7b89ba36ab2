//! Stage 6: site, plan and posters into artifacts in memory.
//!
//! Renderers borrow what came before and return bytes with a path; [`write`](crate::write)
//! puts them on the disk.

pub mod archive;
pub mod delivery;
pub mod export;
pub(crate) mod led;
mod live;
pub mod print;
pub mod web;

use std::sync::Arc;

pub use live::LiveWebsite;

use crate::read::Asset;
use crate::site::Settings;

/// Which output folder an artifact belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Output {
    /// `public/`: the website.
    Web,
    /// `print/`: what goes to the printer and the wall.
    Print,
    /// `archive/`: what is handed in.
    Archive,
    /// `share/`: what goes to accounts, groups and screens.
    Share,
}

/// A file to be written.
#[derive(Debug, Clone)]
pub struct Artifact {
    /// The output folder.
    pub output: Output,
    /// The path below it, with `/`.
    pub path: String,
    /// The content, read when it is wanted where it is a file of the site's as it is.
    pub content: Asset,
}

impl Artifact {
    /// Returns its bytes.
    pub fn bytes(&self) -> Arc<[u8]> {
        self.content.bytes()
    }
}

/// Returns the whole address of the website's file `url`, where the website has an address.
fn address(settings: &Settings, url: &str) -> Option<String> {
    let base = settings.base_url.as_deref()?;
    Some(web::below(base, &web::pretty(url)))
}

/// Returns the host of the website, where it has an address.
fn host(settings: &Settings) -> Option<&str> {
    let rest = settings.base_url.as_deref()?.split_once("://")?.1;
    let host = rest.split(['/', ':']).next();
    host.filter(|host| !host.is_empty())
}

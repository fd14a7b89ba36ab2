//! What `init` and `new` hand to a user: a site with the sample's guidance and none of its fiction,
//! and new files to fill in.
//!
//! Pure: files come out as values, and [`write::create`](crate::write::create) puts them where
//! none is yet. The sample travels in the binary, as the files that it consists of; the theme
//! does not go along, because a theme that was copied never gets better.

mod dropped;
mod form;
mod local;
mod manual;
mod own;
mod sample;
mod slug;

use std::borrow::Cow;

pub use dropped::without_picture;
pub(crate) use form::scalar;
pub use form::{FormError, Kind, Wish, files};
pub use manual::MANUAL;
pub use sample::{Community, empty, sample};
pub use slug::is_slug;

use crate::diag::SitePath;

/// A file to create.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    /// Where it goes.
    pub path: SitePath,
    /// What it says.
    pub bytes: Cow<'static, [u8]>,
}

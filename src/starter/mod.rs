//! What `init` and `new` hand to a user: a site with the sample's guidance and none of its fiction,
//! and new files to fill in.
//!
//! Pure: files come out as values, and [`write::create`](crate::write::create) puts them where
//! none is yet. The sample travels in the binary, as the files that it consists of; the theme
//! does not go along, because a theme that was copied never gets better.

mod community;
mod dropped;
mod form;
mod local;
mod manual;
mod new_file;
mod own;
mod sample;
mod slug;

pub use community::Community;
pub use dropped::without_picture;
pub(crate) use form::scalar;
pub use form::{FormError, Kind, Wish, files};
pub use manual::MANUAL;
pub use new_file::NewFile;
pub use sample::{empty, sample};
pub use slug::is_slug;

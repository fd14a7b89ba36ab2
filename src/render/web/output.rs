//! What the website in one language is made into.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::read::Asset;

/// The files of a website by their path.
pub(super) type Files = BTreeMap<String, Arc<[u8]>>;

/// Files of the site's that go out as they are, such as photos: they are read when they are wanted.
pub(super) type Originals = BTreeMap<String, Asset>;

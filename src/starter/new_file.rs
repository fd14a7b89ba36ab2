//! A file that a user is handed.

use std::borrow::Cow;

use crate::diag::SitePath;

/// A file to create.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    /// Where it goes.
    pub path: SitePath,
    /// What it says.
    pub bytes: Cow<'static, [u8]>,
}

//! Words of the theme, and text as it is typed and sought.

pub(super) mod fold;
pub(super) mod typing;
pub(super) mod words;

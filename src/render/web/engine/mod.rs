//! Templates and style of the theme, and what is done to the HTML that came out.

pub(super) mod blame;
pub(super) mod css;
pub(super) mod foreign;
pub(super) mod template;

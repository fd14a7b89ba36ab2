//! Texts of pages as HTML, with their `:::` blocks and what search engines read of them.

pub(super) mod article;
mod blocks;
mod holder;
pub(super) mod linked;
mod views;

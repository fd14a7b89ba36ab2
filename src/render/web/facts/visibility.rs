//! Which pages a website shows.

use jiff::civil::Date;

use crate::site::Page;

/// Which pages a website shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub enum Visibility {
    /// What is approved and has begun.
    #[default]
    Published,
    /// That, and what nobody has approved yet, with a mark on it.
    Drafts,
    /// What is approved, begun or not.
    Future,
    /// Everything, with a mark on what nobody has approved yet.
    Preview,
}

impl Visibility {
    /// Tells whether it shows what nobody has approved yet.
    pub fn shows_drafts(self) -> bool {
        matches!(self, Self::Drafts | Self::Preview)
    }

    /// Tells whether it shows what has not begun yet.
    pub fn shows_future(self) -> bool {
        matches!(self, Self::Future | Self::Preview)
    }

    /// Tells whether it shows `page` on the day `today`.
    pub(in crate::render) fn shows(self, page: &Page, today: Date) -> bool {
        (self.shows_drafts() || page.is_approved())
            && (self.shows_future() || page.date.is_none_or(|date| date <= today))
    }
}

//! What a website has beside its pages: feeds, calendar, sitemap, search, and the files of theme
//! and site.

pub(super) mod boards;
pub(super) mod changes;
pub(super) mod feed;
pub(super) mod given;
pub(super) mod hung;
pub(super) mod redirects;
pub(super) mod search;
pub(super) mod sitemap;

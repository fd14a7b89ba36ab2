//! Feeds: what is new on the website, in each section and under each term, as Atom and as
//! JSON Feed.
//!
//! Ids and dates come from content alone: a feed made tomorrow from the same pages is the same.

mod atom;
mod entry;
mod feeds;
mod json;

pub(in crate::render::web) use feeds::{
    FeedLink, add, links_of, links_of_section, links_of_site, newest_day,
};

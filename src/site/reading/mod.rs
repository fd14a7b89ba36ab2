//! Front matter and data files into typed values, one file a kind.

mod address;
mod arrangement;
mod bins;
mod board;
mod calendar;
mod campaign;
mod context;
mod delivery;
mod duty;
mod event;
mod figure;
mod filing;
mod indicator;
mod items;
mod keys;
mod languages;
mod notice;
mod page;
mod people;
mod place;
mod poster;
mod posting;
mod posting_rules;
mod printing;
mod privacy;
mod schema;
mod season;
mod settings;
mod slots;
mod terms;
#[cfg(test)]
mod tests;
mod topics;
mod translation;
mod website;
mod weekday;

pub(super) use board::{BoardFile, read_board};
pub(super) use calendar::read_calendar;
pub(super) use context::Context;
pub(super) use items::{ItemList, check_items, read_items};
pub(super) use page::{PageFile, home, read_page};
pub(super) use privacy::{Private, check_source as check_privacy, private};
pub use schema::{Schema, schema};
pub(super) use settings::read_settings;
pub(super) use translation::{Originals, read_translation};

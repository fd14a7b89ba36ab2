//! The plan for other programs: a calendar, a workbook, a list for screens. One file a format.
//!
//! Exporters take values and return bytes; where the bytes lie is said by those who print
//! ([`print`](super::print)) or make the website ([`web`](super::web)).

mod calendar;
mod deeds;
mod ics;
mod order;
mod xlsx;

pub(super) use calendar::{Reader, events};
pub(super) use deeds::{Deeds, numbers};
pub(super) use ics::write as ics;
pub(super) use order::{Line, Maker, funds, order, yuan};
pub(super) use xlsx::workbook;

#[cfg(test)]
mod tests;

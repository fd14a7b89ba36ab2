//! For each output the small value that its template sees, made from the facts.

pub(super) mod board;
pub(super) mod calendar;
pub(super) mod card;
pub(super) mod home;
pub(super) mod languages;
pub(super) mod neighbours;
pub(super) mod notices;
pub(super) mod page;
pub(super) mod pager;
pub(super) mod paper;
pub(super) mod past;
pub(super) mod posting;
pub(super) mod quiz;
pub(super) mod redirect;
pub(super) mod results;
pub(super) mod rotation;
pub(super) mod screen;
pub(super) mod section;
pub(super) mod share;
pub(super) mod short;
pub(super) mod sorting;
pub(super) mod terms;
pub(super) mod timeline;
pub(super) mod values;
pub(super) mod wall;

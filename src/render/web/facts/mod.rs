//! Tables made once from site, plan and posters: what is on the web, where it lies, and in which
//! lists it stands.

pub(super) mod guides;
pub(super) mod languages;
pub(super) mod listing;
pub(super) mod lists;
pub(super) mod neighbours;
pub(super) mod on_web;
pub(super) mod pictures;
pub(super) mod terms;
pub(super) mod visibility;
pub(super) mod walls;
pub(super) mod website;

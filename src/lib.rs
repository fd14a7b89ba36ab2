//! Greenboard: Markdown in; a community's website, notice-board posters and rotation plan out.
pub mod area;
pub mod calendar;
pub mod diag;
pub mod measure;
pub mod pipeline;
pub mod poster;
pub mod read;
pub mod render;
pub mod rotation;
pub mod serve;
pub mod site;
pub mod theme;
pub mod typeset;
pub mod write;

//! Greenboard (绿板): Markdown in; a community's website, notice-board posters and rotation
//! plan out.
//!
//! # The walk
//!
//! Data flows one way. Each stage is a module with one entry function that takes values and
//! gives values; what was wrong travels beside them as [`diag::Diagnostics`], and a run reports
//! all of it together.
//!
//! | stage | in | out |
//! | --- | --- | --- |
//! | [`read`] | [`read::Inputs`], the only door in | a tree of decoded files |
//! | [`site`] | the tree | [`site::Site`]: pages, sections, boards, items, calendar |
//! | [`theme`] | the tree | [`theme::Theme`]: templates, layouts, tokens, phrases |
//! | [`measure`] | site and theme | [`measure::Fits`]: what can be set legibly where |
//! | [`rotation`] | site, fits, ledger and published plan | [`rotation::Plan`]: what hangs where and when |
//! | [`poster`] | site, theme and plan | [`poster::Posters`], each rendered once |
//! | [`render`] | all of these | [`render::Artifact`]s in memory |
//! | [`import`] | files from elsewhere and the site | planned files, and what is lost |
//! | [`share`] | site, theme and website | artifacts for accounts, groups and screens |
//! | [`write`](mod@write) | artifacts | files, the only door out |
//!
//! [`pipeline`] is the only module that knows all stages; [`workspace`] stands above it and
//! [`write`](mod@write) and holds what can be done with a site: build, plan, change, publish. [`area`], [`cache`], [`diag`], [`digest`], [`guard`],
//! [`calendar`], [`city`], [`photo`], [`private`] and [`spelling`] stand below them, [`typeset`]
//! (Typst) below those that set type, and [`serve`] and the
//! program `greenboard` above: the program has arguments, a terminal and an exit code, and nothing
//! can be done in it that a [`workspace::Workspace`] cannot do. Nothing looks upward; a test checks it.
//!
//! # What is absent by design
//!
//! - No stage reads the clock: today enters by [`read::Inputs::today`] and never reaches a
//!   poster or a feed. Equal inputs give equal bytes on every machine.
//! - No network, no shell, no file outside the site: content is data. The one exception is fonts of
//!   the machine, where the settings ask for them. Markdown reaches Typst as
//!   a document tree in JSON and templates never see article text as a template.
//! - No hash maps where order shows: collections are ordered, diagnostics sorted.
//! - No printing below the program, no exit below `main`.
//!
//! # Where to begin
//!
//! Reading [`pipeline::run`] from top to bottom tells the whole story. A new key of a page
//! begins in `site/reading`, a new layout in `themes/fresh/posters`, a new message in
//! `diag/catalogue.yaml`.

pub mod area;
pub mod cache;
pub mod calendar;
pub mod cancel;
pub mod city;
pub mod diag;
pub mod digest;
#[doc(hidden)]
pub mod fuzz;
pub mod guard;
pub mod import;
pub mod measure;
pub mod photo;
pub mod pipeline;
pub mod poster;
pub mod private;
pub mod read;
pub mod render;
pub mod rotation;
pub mod serve;
pub mod share;
pub mod site;
pub mod spelling;
pub mod starter;
pub mod theme;
pub mod typeset;
pub mod workspace;
pub mod write;

//! Stage 6: site, plan and posters into artifacts in memory.
//!
//! Renderers borrow what came before and return bytes with a path; [`write`](crate::write)
//! puts them on the disk.

pub mod archive;
mod artifact;
mod days;
pub mod delivery;
pub mod export;
pub(crate) mod led;
mod links;
mod live;
pub mod print;
pub(crate) mod round;
pub mod web;
pub(crate) mod whole;

pub(crate) use artifact::clashes;
pub use artifact::{Artifact, Output};
use links::{address, host};
pub use live::{LivePrints, LiveWebsite};

//! Stage 4: which poster hangs where and when.
//!
//! In: a [`Problem`] made of site, fits, ledger and published plan. Out: a [`Plan`]. Pure: no
//! clock, no I/O; equal inputs give an equal plan on every machine.

mod plan;

pub use plan::{Hanging, Origin, Plan};

//! Work that nobody waits for any more.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Tells a run on its way, from another thread, that nobody wants its outcome any more.
///
/// Whoever works looks at it between two steps; what was made by then stays in the cache.
#[derive(Debug, Clone, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Wishes that the work end.
    pub fn set(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Takes the wish back, for the next work.
    pub fn clear(&self) {
        self.0.store(false, Ordering::Relaxed);
    }

    /// Tells whether the work may end.
    pub fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

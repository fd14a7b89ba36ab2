//! How many pictures are decoded at a time: as many as memory takes, and always one.

use std::sync::{Condvar, Mutex, PoisonError};

/// About the most memory in bytes for all that are decoded at a time.
const MOST: u64 = 400 << 20;

/// Lets pictures in as long as there is memory.
#[derive(Default)]
pub(super) struct Gate {
    taken: Mutex<u64>,
    left: Condvar,
}

/// A picture's stay; it ends when this is dropped.
pub(super) struct Turn<'a> {
    gate: &'a Gate,
    bytes: u64,
}

impl Gate {
    /// Waits until there are `bytes`. Whoever stays must not wait for anything that comes after.
    pub fn enter(&self, bytes: u64) -> Turn<'_> {
        let taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let is_full = |taken: &mut u64| *taken > 0 && *taken + bytes > MOST;
        let taken = self.left.wait_while(taken, is_full);
        *taken.unwrap_or_else(PoisonError::into_inner) += bytes;
        Turn { gate: self, bytes }
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut taken = self
            .gate
            .taken
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        *taken -= self.bytes;
        self.gate.left.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn giants_come_one_by_one_and_none_waits_for_ever() {
        let (gate, inside, most) = (Gate::default(), AtomicUsize::new(0), AtomicUsize::new(0));
        let visit = || {
            let _turn = gate.enter(MOST + 1);
            most.fetch_max(inside.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            std::thread::yield_now();
            inside.fetch_sub(1, Ordering::SeqCst);
        };
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(visit);
            }
        });
        assert_eq!(most.into_inner(), 1);
    }
}

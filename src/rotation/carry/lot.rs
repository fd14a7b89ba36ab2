//! Copies between two stays.

/// Copies that hang nowhere.
pub(super) struct Lot {
    /// Where they hung last; `None` for what came from outside.
    pub(super) stay: Option<usize>,
    pub(super) n: usize,
}

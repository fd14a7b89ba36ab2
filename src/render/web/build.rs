//! What the website in one language is made with: its tables, the cards made of them, and its
//! templates.

use std::ops::Deref;
use std::sync::{Arc, Mutex};

use super::engine::template::Templates;
use super::facts::website::Facts;
use super::view::card::Cards;
use crate::diag::Diagnostics;

/// All that the pages of one language are made with.
pub(super) struct Build<'a> {
    facts: Arc<Facts<'a>>,
    pub cards: Cards<'a>,
    /// What pages and the `:::` blocks of texts are shown by; none until the theme is loaded.
    pub templates: Option<Arc<Templates>>,
    /// What the blocks of texts had to say.
    pub faults: Mutex<Diagnostics>,
}

impl<'a> Build<'a> {
    pub(super) fn new(facts: Facts<'a>) -> Self {
        let facts = Arc::new(facts);
        Self {
            cards: Cards::new(&facts),
            facts,
            templates: None,
            faults: Mutex::default(),
        }
    }
}

impl<'a> Deref for Build<'a> {
    type Target = Facts<'a>;

    fn deref(&self) -> &Facts<'a> {
        &self.facts
    }
}

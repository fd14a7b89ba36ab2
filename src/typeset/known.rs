//! What was reckoned of texts and addresses, for as long as an engine lives: codes and the ways in
//! which titles break are much of what a page costs that did not change, and a preview makes all
//! pages ready at each save.

use std::sync::Arc;

use quick_cache::sync::Cache;

use super::lines::{self, Ways};
use super::qr::Qr;

/// How many of each are kept: the posters of a large site, twice over.
const MOST: usize = 4_000;

/// What was reckoned.
pub(super) struct Known {
    /// By address and whether it hangs behind glass.
    codes: Cache<(String, bool), Option<Arc<Qr>>>,
    /// By text and the bytes at which its writer wants it broken.
    ways: Cache<(String, Vec<usize>), Arc<Ways>>,
}

impl Default for Known {
    fn default() -> Self {
        Self {
            codes: Cache::new(MOST),
            ways: Cache::new(MOST),
        }
    }
}

impl Known {
    /// Returns the code of an address; see [`Qr::to`].
    pub(super) fn code(&self, address: String, glass: bool) -> Option<Arc<Qr>> {
        let key = (address, glass);
        if let Some(code) = self.codes.get(&key) {
            return code;
        }
        let code = Qr::to(key.0.clone(), glass).map(Arc::new);
        self.codes.insert(key, code.clone());
        code
    }

    /// Returns the ways to break a text; see [`lines::ways`]. The words of an engine are always the same.
    pub(super) fn ways(&self, text: &str, words: &str, asked: &[usize]) -> Arc<Ways> {
        let key = (text.to_owned(), asked.to_vec());
        if let Some(ways) = self.ways.get(&key) {
            return ways;
        }
        let ways = Arc::new(lines::ways(text, &lines::lexicon(words), asked));
        self.ways.insert(key, ways.clone());
        ways
    }
}

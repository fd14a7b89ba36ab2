//! What had an equal and what had none, counted over all files.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Code, Diagnostic, Value, words};

/// How many files a message names.
const NAMED: usize = 4;

/// Counts.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// The file that is being read.
    pub file: String,
    /// Keys of front matter that were understood.
    pub n_keys: usize,
    /// Blocks and marks that were understood.
    pub n_blocks: usize,
    /// Containers that are open in the file: whether their ends stay.
    pub open: Vec<bool>,
    /// By the phrase and what it names: in which files.
    odd: BTreeMap<(&'static str, String), BTreeSet<String>>,
}

impl Tally {
    /// Counts a thing without an equal, by a phrase that names `what`.
    pub fn odd(&mut self, key: &'static str, what: &str, file: &str) {
        let files = self.odd.entry((key, what.to_owned())).or_default();
        files.insert(file.to_owned());
    }

    /// Counts one in the file that is being read.
    pub fn here(&mut self, key: &'static str, what: &str) {
        let file = self.file.clone();
        self.odd(key, what, &file);
    }

    /// Says all, the most frequent first.
    pub fn finish(self) -> Vec<Diagnostic> {
        let mut all: Vec<_> = self.odd.into_iter().collect();
        all.sort_by_key(|(_, files)| std::cmp::Reverse(files.len()));
        let told = |((key, what), files): ((&'static str, String), BTreeSet<String>)| {
            let remedy = match key {
                "import-tree-terms" => words("import-tree-terms-do"),
                "import-tree-link" | "import-tree-picture" => words("import-tree-link-do"),
                "import-tree-password" => words("import-tree-password-do"),
                _ => words("import-tree-do"),
            };
            Diagnostic::new(Code::NoEqual)
                .with("what", words(key).with("what", what))
                .with("n", files.len())
                .with("files", Value::first_of(NAMED, files))
                .with("remedy", remedy)
        };
        all.into_iter().map(told).collect()
    }
}

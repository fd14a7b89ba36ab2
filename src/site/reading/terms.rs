//! Reading a page's terms of the taxonomies that the site names.

use std::collections::BTreeMap;

use crate::diag::Code;
use crate::read::Fields;
use crate::site::address;
use crate::site::website::{Slugs, Taxonomy, Term, Website};

/// Reads the terms by taxonomy, each once; reports those outside a taxonomy's own list, and
/// those of which no address can be made.
pub(super) fn terms(fields: &Fields, website: &Website) -> BTreeMap<String, Vec<Term>> {
    let mut all = BTreeMap::new();
    for taxonomy in &website.taxonomies {
        let mut own: Vec<Term> = Vec::new();
        for text in fields.texts(&taxonomy.id) {
            let known = taxonomy.terms.iter();
            let term = if taxonomy.terms.is_empty() {
                free(&text, website.slugs)
            } else {
                known.clone().find(|term| is_called(term, &text)).cloned()
            };
            match term {
                Some(term) if own.iter().any(|other| other.id == term.id) => {}
                Some(term) => own.push(term),
                None if taxonomy.terms.is_empty() => {
                    fields.reader().report(Code::NoSlug, &text.span.range, |d| {
                        d.with("text", &text.value)
                    });
                }
                None => fields.unknown_word(&taxonomy.title, &text, names(taxonomy)),
            }
        }
        if !own.is_empty() {
            all.insert(taxonomy.id.clone(), own);
        }
    }
    all
}

fn is_called(term: &Term, word: &str) -> bool {
    term.id == word || term.title == word
}

fn names(taxonomy: &Taxonomy) -> impl Iterator<Item = &str> + Clone {
    taxonomy.terms.iter().map(|term| term.title.as_str())
}

/// Makes a term of a word of the writer's own.
fn free(word: &str, slugs: Slugs) -> Option<Term> {
    Some(Term {
        id: address::slug(word, slugs)?,
        title: word.to_owned(),
    })
}

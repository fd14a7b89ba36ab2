//! Old addresses: each leads to one page, and to none that stands there itself.

use std::collections::BTreeMap;

use super::page::Page;
use crate::diag::{Code, Diagnostic, Diagnostics, SitePath};

/// Reports old addresses at which a page stands, or that two pages claim.
pub(super) fn report_clashes(pages: &[Page], diagnostics: &mut Diagnostics) {
    if pages.iter().all(|page| page.web.aliases.is_empty()) {
        return;
    }
    // Windows and macOS keep one file for two names that differ in case only.
    let mut taken: BTreeMap<String, &SitePath> = pages
        .iter()
        .map(|page| (page.url.to_lowercase(), &page.path))
        .collect();
    for page in pages {
        for alias in &page.web.aliases {
            if let Some(other) = taken.insert(alias.to_lowercase(), &page.path) {
                diagnostics.push(
                    Diagnostic::new(Code::SameAlias)
                        .at(alias.span.clone())
                        .with("alias", &alias.value)
                        .with("other", other),
                );
            }
        }
    }
}

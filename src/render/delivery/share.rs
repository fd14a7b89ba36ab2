//! The pictures that stand beside a page's title where somebody passes its address on.
//!
//! The page says which picture it wants and what its title is; the theme's sheet sets it.

use std::collections::BTreeMap;

use super::references::{PageReferences, Share};
use super::{Files, Tools};
use crate::diag::{Diagnostic, Diagnostics};
use crate::typeset::{Failure, ShareCard};

/// The theme's sheet, for messages.
const SHEET: &str = "sheets/share";

/// Makes the pictures that pages ask for.
pub(super) fn make(
    files: &mut Files,
    pages: &BTreeMap<String, PageReferences>,
    tools: &Tools,
    diagnostics: &mut Diagnostics,
) {
    let wanted: BTreeMap<&str, &Share> = pages
        .values()
        .filter_map(|page| page.share.as_ref())
        .filter(|share| !files.contains_key(&share.picture))
        .map(|share| (share.picture.as_str(), share))
        .collect();
    let jobs: Vec<_> = wanted.into_iter().collect();
    let set = |(_, share): &(&str, &Share)| picture(share, tools);
    for ((path, _), made) in jobs.iter().zip(tools.engine.each(&jobs, set)) {
        match made {
            Ok(png) => {
                files.insert((*path).to_owned(), png);
            }
            Err(failure) => {
                let failed: Diagnostic = failure.diagnostic(SHEET, None);
                // All fail for one reason.
                return diagnostics.push(failed);
            }
        }
    }
}

fn picture(share: &Share, tools: &Tools) -> Result<std::sync::Arc<[u8]>, Box<Failure>> {
    let card = ShareCard {
        title: &share.title,
        site: &share.site,
        section: &share.section,
        topic: topic(&share.picture),
        language: &tools.site.settings.language,
    };
    let setting = tools.engine.share(&card);
    tools
        .cache
        .bytes(setting.key(), || setting.png().map(|png| png.bytes))
}

/// Returns the topic that a picture's name begins with.
fn topic(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('-').map_or("", |(topic, _)| topic)
}

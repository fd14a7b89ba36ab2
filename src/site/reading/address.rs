//! Reading what a page is called in its address, and the addresses that it had before.

use crate::diag::{Code, Spanned};
use crate::read::Fields;
use crate::site::address;
use crate::site::settings::Settings;
use crate::site::website::Slugs;

/// Returns what the site calls a page of that title in its address; `None` for the file's name.
/// Reports a title of which nothing can stand there.
pub(super) fn of_title(fields: &Fields, title: &str, slugs: Slugs) -> Option<String> {
    if slugs == Slugs::File || title.is_empty() {
        return None;
    }
    let slug = address::slug(title, slugs);
    if slug.is_none() {
        let range = fields.span("title").range;
        fields
            .reader()
            .report(Code::NoSlug, &range, |d| d.with("text", title));
    }
    slug
}

/// Reads `aliases:`, reporting those that are no address of this website.
pub(super) fn aliases(fields: &Fields, settings: &Settings) -> Vec<Spanned<String>> {
    let base = settings.base_url.as_deref();
    let mut aliases: Vec<Spanned<String>> = Vec::new();
    for text in fields.texts("aliases") {
        match address::former(&text, base) {
            Some(file) if aliases.iter().any(|other| other.value == file) => {}
            Some(file) => aliases.push(Spanned {
                value: file,
                span: text.span,
            }),
            None => fields
                .reader()
                .report(Code::BadAlias, &text.span.range, |d| {
                    d.with("alias", &text.value)
                }),
        }
    }
    aliases
}

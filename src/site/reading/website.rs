//! Reading what the settings say of the website: taxonomies, addresses, lists and contents.

use super::keys;
use crate::diag::{Code, words};
use crate::read::{Fields, Form::*, Keys};
use crate::site::markdown::RawHtml;
use crate::site::website::{Contents, Slugs, Taxonomy, Term, Website};

/// The keys of an entry of `taxonomies:`.
pub(super) const TAXONOMY: Keys = &[
    ("id", &["编号"], Text),
    ("title", &["名称", "标题"], Text),
    ("terms", &["词", "条目"], Maps(TERM)),
];
const TERM: Keys = &[("id", &["编号"], Text), ("title", &["名称", "标题"], Text)];
/// The keys of `toc:`.
pub(super) const TOC: Keys = &[
    ("show", &["显示"], Flag),
    ("from", &["几个起"], Whole),
    ("levels", &["层数"], Whole),
];
const SLUGS: &[(&str, Slugs)] = &[
    ("file", Slugs::File),
    ("文件名", Slugs::File),
    ("characters", Slugs::Characters),
    ("汉字", Slugs::Characters),
    ("pinyin", Slugs::Pinyin),
    ("拼音", Slugs::Pinyin),
];
const RAW_HTML: &[(&str, RawHtml)] = &[
    ("clean", RawHtml::Clean),
    ("清理", RawHtml::Clean),
    ("keep", RawHtml::Keep),
    ("保留", RawHtml::Keep),
];
/// The most pages that a list holds.
const MOST: i64 = 500;

/// Reads them out of the settings.
pub(super) fn website(fields: &Fields) -> Website {
    Website {
        pagination: pagination(fields).flatten(),
        taxonomies: taxonomies(fields),
        slugs: fields.word("slugs", SLUGS).unwrap_or_default(),
        contents: contents(fields),
        raw_html: fields.word("raw_html", RAW_HTML).unwrap_or_default(),
    }
}

/// Reads `pagination:`; `Some(None)` where it says that lists are not cut.
pub(super) fn pagination(fields: &Fields) -> Option<Option<usize>> {
    let length = fields.integer("pagination", 0..=MOST)?;
    Some(usize::try_from(length).ok().filter(|length| *length > 0))
}

fn contents(fields: &Fields) -> Contents {
    let usual = Contents::default();
    let Some(own) = fields.fields("toc", TOC) else {
        return usual;
    };
    let from = own.integer("from", 1..=50);
    let from = from.and_then(|from| usize::try_from(from).ok());
    let levels = own.integer("levels", 1..=3);
    Contents {
        from: from
            .or(usual.from)
            .filter(|_| own.flag("show").unwrap_or(true)),
        levels: levels
            .and_then(|levels| u8::try_from(levels).ok())
            .unwrap_or(usual.levels),
    }
}

fn taxonomies(fields: &Fields) -> Vec<Taxonomy> {
    let mut taxonomies: Vec<Taxonomy> = Vec::new();
    for own in fields.list("taxonomies", TAXONOMY) {
        let id = name(&own, "readers");
        let title = own.required_text("title", words("example-taxonomy"));
        let terms = terms(&own);
        let Some((id, title)) = id.zip(title) else {
            continue;
        };
        let taken = |word: &str| {
            let known = |other: &Taxonomy| other.id == word || other.title == word;
            keys::is_key(word) || taxonomies.iter().any(known)
        };
        if let Some((key, word)) = [("id", &id), ("title", &title.value)]
            .into_iter()
            .find(|(_, word)| taken(word))
        {
            let range = own.span(key).range;
            own.reader()
                .report(Code::TaxonomyTaken, &range, |d| d.with("name", word));
            continue;
        }
        taxonomies.push(Taxonomy {
            id,
            title: title.value,
            terms,
        });
    }
    taxonomies
}

/// Reads the terms of a taxonomy, each once.
pub(super) fn terms(fields: &Fields) -> Vec<Term> {
    let mut terms: Vec<Term> = Vec::new();
    for own in fields.list("terms", TERM) {
        let id = name(&own, "elders");
        let title = own.required_text("title", words("example-term"));
        let Some((id, title)) = id.zip(title) else {
            continue;
        };
        let other = (terms.iter()).find(|term| term.id == id || term.title == title.value);
        if let Some(other) = other {
            own.reader().report(Code::SameId, &own.range, |d| {
                d.with("id", &id).with("other", &other.title)
            });
            continue;
        }
        terms.push(Term {
            id,
            title: title.value,
        });
    }
    terms
}

/// Reads an id that stands in addresses.
fn name(fields: &Fields, example: &str) -> Option<String> {
    if fields.node("id").is_none() {
        fields.missing("id", format!("id: {example}"));
    }
    fields.parsed("id", words("an-id"), example, |id| {
        let usable = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        (id.starts_with(|c: char| c.is_ascii_lowercase()) && id.chars().all(usable))
            .then(|| id.to_owned())
    })
}

//! Reading the further languages of the website: `languages:` in the settings.

use super::topics::{TOPIC, defined_topics};
use super::website::{TAXONOMY, terms};
use crate::diag::{Code, Fills, Spanned, words};
use crate::read::yaml::{Node, Value};
use crate::read::{Fields, Form::*, Keys};
use crate::site::settings::FurtherLanguage;
use crate::site::website::{Taxonomy, Term};

/// The keys of a language.
pub(super) const LANGUAGE: Keys = &[
    ("tag", &["代码"], Text),
    ("title", &["标题", "网站名"], Text),
    ("organisation", &["单位"], Text),
    ("description", &["简介"], Text),
    ("city", &["城市"], Text),
    ("address", &["地址"], Text),
    ("hours", &["时间"], Text),
    ("topics", &["话题"], Maps(TOPIC)),
    ("taxonomies", &["分类法"], Maps(TAXONOMY)),
];

/// Reads the further languages: tags, or mappings of a tag and what the site is called. `known` are
/// the taxonomies that may be named.
pub(super) fn languages(fields: &Fields, main: &str, known: &[Taxonomy]) -> Vec<FurtherLanguage> {
    let entries: Vec<&Node> = match fields.node("languages") {
        None => Vec::new(),
        Some(Node {
            value: Value::List(items),
            ..
        }) => items.iter().collect(),
        Some(one) => vec![one],
    };
    let mut languages: Vec<FurtherLanguage> = Vec::new();
    for entry in entries {
        let Some(language) = language(fields, entry, known) else {
            continue;
        };
        let is_same = |tag: &str| tag.eq_ignore_ascii_case(&language.tag);
        let other = match languages.iter().any(|known| is_same(&known.tag)) {
            true => Some(words("languages-before").value()),
            false => is_same(main).then(|| "language".value()),
        };
        match other {
            Some(other) => fields.reader().report(Code::SameId, &entry.range, |d| {
                d.with("id", &language.tag).with("other", other)
            }),
            None => languages.push(language),
        }
    }
    languages
}

fn language(fields: &Fields, entry: &Node, known: &[Taxonomy]) -> Option<FurtherLanguage> {
    if !matches!(entry.value, Value::Map(_)) {
        let tag = fields.scalar("languages", entry)?;
        return Some(named(valid(fields, tag)?));
    }
    let own = Fields::open(fields.reader(), entry, "languages", LANGUAGE)?;
    let tag = own.required_text("tag", "tag: en")?;
    let plain = |key| own.text(key).map(|text| text.value);
    Some(FurtherLanguage {
        title: plain("title"),
        organisation: plain("organisation"),
        description: plain("description"),
        city: plain("city"),
        address: plain("address"),
        hours: plain("hours"),
        topics: defined_topics(&own, &[]),
        taxonomies: taxonomies(&own, known),
        ..named(valid(&own, tag)?)
    })
}

/// Reads what taxonomies of the site, and their terms, are called in this language.
fn taxonomies(fields: &Fields, known: &[Taxonomy]) -> Vec<Taxonomy> {
    let taxonomy = |own: &Fields| {
        let id = own.required_text("id", "id: readers")?;
        let ids = known.iter().map(|it| it.id.as_str());
        let Some(original) = known.iter().find(|it| it.id == id.value) else {
            own.unknown_word("taxonomies", &id, ids);
            return None;
        };
        let title = own.text("title").map(|title| title.value);
        let terms = terms(own);
        let ids = original.terms.iter().map(|term| term.id.as_str());
        let is_strange = |term: &&Term| !ids.clone().any(|id| id == term.id);
        for term in terms
            .iter()
            .filter(is_strange)
            .filter(|_| !original.terms.is_empty())
        {
            let value = term.id.clone();
            let span = own.span("terms");
            own.unknown_word(&original.title, &Spanned { value, span }, ids.clone());
        }
        Some(Taxonomy {
            title: title.unwrap_or_else(|| original.title.clone()),
            id: id.value,
            terms,
        })
    };
    let all = fields.list("taxonomies", TAXONOMY);
    all.iter().filter_map(taxonomy).collect()
}

/// A tag is a folder of the website and a part of file names.
fn valid(fields: &Fields, tag: Spanned<String>) -> Option<Spanned<String>> {
    let part = |part: &str| {
        (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric())
    };
    let begins = tag.value.split('-').next().unwrap_or_default();
    let usable = begins.len() >= 2
        && begins.chars().all(|c| c.is_ascii_alphabetic())
        && tag.value.split('-').all(part);
    if !usable {
        fields.bad_value(
            "languages",
            &tag.span.range,
            &tag.value,
            words("language-tag"),
            "languages: [en, zh-Hant]",
        );
    }
    usable.then_some(tag)
}

fn named(tag: Spanned<String>) -> FurtherLanguage {
    FurtherLanguage {
        tag: tag.value,
        title: None,
        organisation: None,
        description: None,
        city: None,
        address: None,
        hours: None,
        topics: Vec::new(),
        taxonomies: Vec::new(),
        span: tag.span,
    }
}

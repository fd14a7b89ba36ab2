//! Reading a translation: the words of a page in another language.
//!
//! All but words follows from the original: days, topics, places in lists. A translation that was
//! copied from its original may repeat these; where it contradicts them, that is reported, and
//! the original counts.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::context::Context;
use super::keys::keys_of;
use super::page::{PageFile, approval, own_keys, picture, read_page};
use super::place::{Kind, Location, url};
use super::{address, campaign, event, figure, poster, privacy};
use crate::diag::{Code, Diagnostics, SitePath, Span, nearest, words};
use crate::read::yaml::{Node, Value};
use crate::read::{Fields, Keys, MarkdownFile, Reader};
use crate::site::given::Picture;
use crate::site::language::{Name, Translation};
use crate::site::markdown;
use crate::site::page::{Page, PageContent};
use crate::site::settings::Settings;
use crate::site::website::WebWish;

/// Keys whose values are words, or hold some: these are the translation's own.
const WORDS: [&str; 15] = [
    "title",
    "summary",
    "picture",
    "picture_alt",
    "slug",
    "status",
    "signed",
    "objections",
    "place",
    "event",
    "stages",
    "figures",
    "duties",
    "poster",
    "header",
];

/// The pages of the main language by their path without ending, each with its file.
pub(in crate::site) struct Originals<'a> {
    by_path: BTreeMap<String, (&'a Page, &'a MarkdownFile)>,
    documents: BTreeMap<String, &'a MarkdownFile>,
}

impl<'a> Originals<'a> {
    pub(in crate::site) fn new(
        pages: &'a [Page],
        documents: &'a [MarkdownFile],
        settings: &Settings,
    ) -> Self {
        let name = |file: &MarkdownFile| stem(&Name::of(&file.place, settings).original);
        let by_file: BTreeMap<&SitePath, &MarkdownFile> = documents
            .iter()
            .map(|file| (&file.source.path, file))
            .collect();
        let with_file = |page: &'a Page| {
            let file = by_file.get(&page.path)?;
            Some((name(file), (page, *file)))
        };
        Self {
            by_path: pages.iter().filter_map(with_file).collect(),
            documents: documents
                .iter()
                .map(|file| (stem(&file.place), file))
                .collect(),
        }
    }
}

/// Returns a path without its ending.
fn stem(path: &SitePath) -> String {
    let text = path.as_str();
    let text = text.rsplit_once('.').map_or(text, |(stem, _)| stem);
    text.nfc().collect()
}

/// Reads `file`, which says in the language `tag` what `path` says in the main one. A file
/// without such an original is a page of that language alone.
pub(in crate::site) fn read_translation(
    file: &MarkdownFile,
    path: &SitePath,
    tag: &str,
    originals: &Originals,
    ctx: &Context,
) -> (Option<Translation>, Diagnostics) {
    let name = stem(path);
    if let Some((page, original)) = originals.by_path.get(&name) {
        let reader = Reader::with_days(&file.source, ctx.settings.days_as(ctx.today));
        let read = translation(&reader, file, tag, (page, original), ctx);
        return (read, reader.finish());
    }
    let (read, mut diagnostics) = read_page(file, path, ctx);
    // An original that could not be understood was reported already.
    if !originals.documents.contains_key(&name) {
        let folder = |path: &str| path.rsplit_once('/').map(|(folder, _)| folder.to_owned());
        let beside = originals.by_path.keys();
        let beside = beside.filter(|other| folder(other) == folder(&name));
        let nearest = nearest(&name, beside.map(String::as_str));
        let alone = crate::diag::Diagnostic::new(Code::NoOriginal)
            .at(Span::file(&file.source))
            .with("file", path.file_name())
            .with("tag", tag)
            .with_some("nearest", nearest.map(|name| file_name(name, path)));
        diagnostics.push(alone);
    }
    let read = read.map(|PageFile { mut page, .. }| {
        page.language = tag.to_owned();
        page.poster = None;
        page.board = None;
        Translation { page, place: None }
    });
    (read, diagnostics)
}

fn file_name(stem: &str, like: &SitePath) -> String {
    let name = stem.rsplit_once('/').map_or(stem, |(_, name)| name);
    format!("{name}.{}", like.extension())
}

fn translation(
    reader: &Reader,
    file: &MarkdownFile,
    tag: &str,
    (page, original): (&Page, &MarkdownFile),
    ctx: &Context,
) -> Option<Translation> {
    let place = Location::of(&Name::of(&original.place, ctx.settings).original);
    let keys = keys_of(&place.kind);
    let own = own_keys(ctx.settings);
    let fields = Fields::open_with(reader, &file.front, words("front-matter"), keys, &own)?;
    report_contradictions(&fields, &original.front, keys);
    let title = fields.required_text("title", "title: Checking for leaks")?;
    let (own_title, title_breaks) = super::page::broken(&title.value);
    let mut diagnostics = Diagnostics::default();
    let mut body = markdown::parse(&file.source, file.body.clone(), &mut diagnostics);
    // What of the text a poster shows is the original's business.
    let _ = poster::take_part(&mut body);
    let raw = ctx.settings.website.raw_html;
    markdown::settle(&mut body, &file.source, raw, &mut diagnostics);
    for diagnostic in diagnostics.sorted() {
        reader.push(diagnostic);
    }
    privacy::check(reader, ctx.settings);
    let plain = |key| fields.text(key).map(|text| text.value);
    let own_url = fields
        .node("slug")
        .map(|_| url(&fields, &place, &own_title, ctx.settings.website.slugs));
    let status = approval(&fields, &file.source.text, &place.kind);
    let page = PageContent {
        path: file.source.path.clone(),
        url: own_url.unwrap_or_else(|| page.url.clone()),
        language: tag.to_owned(),
        title: own_title,
        title_breaks,
        summary: plain("summary").unwrap_or_else(|| markdown::summary(&body)),
        picture: picture_in(&fields, page.picture.as_ref(), ctx),
        approval: page.approval.min(status),
        web: web_wish(&fields, tag, page, ctx.settings),
        body: body.into(),
        images: BTreeMap::new(),
        links: BTreeMap::new(),
        span: Span::file(&file.source),
        title_span: title.span,
        ..(**page).clone()
    };
    let mut page = Page::from(page);
    lay_words(&mut page, &fields);
    let place = match place.kind {
        Kind::Board => plain("place"),
        Kind::Page | Kind::Section => None,
    };
    Some(Translation { page, place })
}

/// Returns what a translation wants of the website: the original's terms, its own old addresses,
/// counted from its language's root.
fn web_wish(fields: &Fields, tag: &str, original: &Page, settings: &Settings) -> WebWish {
    let mut aliases = address::aliases(fields, settings);
    let folder = format!("{tag}/");
    for alias in &mut aliases {
        if let Some(below) = alias.value.strip_prefix(&folder) {
            alias.value = below.to_owned();
        }
    }
    WebWish {
        aliases,
        contents: fields.flag("toc").or(original.web.contents),
        terms: original.web.terms.clone(),
    }
}

/// Returns the picture of the translation's own, or the original's with the words of this one.
fn picture_in(fields: &Fields, original: Option<&Picture>, ctx: &Context) -> Option<Picture> {
    if fields.node("picture").is_some() {
        return picture(fields, ctx, "picture", "picture_alt");
    }
    let alt = fields.text("picture_alt").map(|text| text.value);
    let original = original?;
    Some(Picture {
        file: original.file.clone(),
        alt: alt.unwrap_or_else(|| original.alt.clone()),
        focus: original.focus,
    })
}

/// Lays the words of notice, event, poster, stages, figures and duties over the original's; lists
/// one by one in their order.
fn lay_words(page: &mut Page, fields: &Fields) {
    if let Some(notice) = &mut page.notice {
        lay(&mut notice.signed, fields, "signed");
        lay(&mut notice.objections, fields, "objections");
    }
    if let Some((event, own)) = page.event.as_mut().zip(fields.fields("event", event::KEYS)) {
        lay(&mut event.time, &own, "time");
        lay(&mut event.place, &own, "place");
    }
    if let Some((wish, own)) = page
        .poster
        .as_mut()
        .zip(fields.fields("poster", poster::KEYS))
    {
        lay(&mut wish.lead, &own, "lead");
        lay(&mut wish.short, &own, "short");
    }
    if let Some(campaign) = &mut page.campaign {
        let stages = fields.list("stages", campaign::STAGE);
        for (stage, own) in campaign.stages.iter_mut().zip(&stages) {
            lay_text(&mut stage.title, own, "title");
            lay(&mut stage.text, own, "text");
            lay(&mut stage.proof, own, "proof");
        }
    }
    let figures = fields.list("figures", figure::FIGURE);
    for (figure, own) in page.figures.iter_mut().zip(&figures) {
        lay_text(&mut figure.label, own, "label");
        lay(&mut figure.unit, own, "unit");
        lay(&mut figure.source, own, "source");
        lay(&mut figure.target, own, "target");
    }
    let duties = fields.list("duties", super::duty::DUTY);
    for (duty, own) in page.duties.iter_mut().zip(&duties) {
        lay_text(&mut duty.title, own, "title");
    }
}

fn lay(under: &mut Option<String>, fields: &Fields, key: &'static str) {
    if let Some(text) = fields.text(key) {
        *under = Some(text.value);
    }
}

fn lay_text(under: &mut String, fields: &Fields, key: &'static str) {
    if let Some(text) = fields.text(key) {
        *under = text.value;
    }
}

/// Reports keys by which a translation says other than its original, and lists whose entries are
/// not as many.
fn report_contradictions(fields: &Fields, original: &Node, keys: Keys) {
    let named = |name: &str, others: &[&str]| {
        let Value::Map(entries) = &original.value else {
            return None;
        };
        let is_it = |key: &str| key == name || others.contains(&key);
        let found = entries.iter().find(|(key, _)| is_it(&key.name));
        found.map(|(_, node)| node)
    };
    for (name, others, _) in keys {
        let Some(own) = fields.node(name) else {
            continue;
        };
        let theirs = named(name, others).map_or(&Value::Null, |node| &node.value);
        let agrees = match WORDS.contains(name) {
            true => as_many(&own.value, theirs),
            false => same(&own.value, theirs),
        };
        if !agrees {
            let report = |d: crate::diag::Diagnostic| d.with("key", name);
            let code = Code::TranslationDiffers;
            fields.reader().report(code, &own.range, report);
        }
    }
}

/// Tells whether two lists have as many entries; values of another form are not compared.
fn as_many(own: &Value, theirs: &Value) -> bool {
    match (own, theirs) {
        (Value::List(own), Value::List(theirs)) => own.len() == theirs.len(),
        (Value::List(own), _) => own.is_empty(),
        _ => true,
    }
}

/// Tells whether two values say the same, wherever they stand.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::List(a), Value::List(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(&a.value, &b.value))
        }
        (Value::Map(a), Value::Map(b)) => {
            a.len() == b.len()
                && a.iter()
                    .zip(b)
                    .all(|((a, x), (b, y))| a.name == b.name && same(&x.value, &y.value))
        }
        (a, b) => a == b,
    }
}

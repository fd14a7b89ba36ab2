//! Linked data for search engines: what a page is, as JSON-LD in the words of schema.org.
//!
//! A data block is not executed, so a strict content security policy permits it. Whole addresses
//! are part of most of it: where the website has none, only what needs no address is said.

use serde_json::{Map, Value, json};

use crate::render::web::facts::on_web::OnWeb;
use crate::render::web::facts::on_web::public_path;
use crate::render::web::facts::website::Facts;
use crate::render::web::html::targets::{Base, PageTargets};
use crate::render::web::html::{self, escape};
use crate::render::web::view::values::LinkView;
use crate::site::markdown::{Block, BlockKind, Document, plain, plain_text};
use crate::site::{Event, Page};

const CONTEXT: &str = "https://schema.org";
/// The layout whose headings are questions.
const QUESTIONS: &str = "qa";

/// Returns the data of a page of content, to be set into a script element as it is.
pub(in crate::render::web) fn of_page(
    page: &Page,
    crumbs: &[LinkView],
    facts: &Facts,
) -> Option<String> {
    let mut graph = Vec::new();
    if page.id.is_empty() {
        graph.push(website(facts));
    } else {
        graph.extend(breadcrumbs(&page.title, crumbs, facts));
    }
    if !page.is_section && page.board.is_none() {
        graph.push(article(page, facts));
    }
    graph.extend(page.event.as_ref().map(|it| event(page, it, facts)));
    graph.extend(questions(page, facts));
    written(graph)
}

/// Returns the data of a list that the program makes.
pub(in crate::render::web) fn of_list(
    title: &str,
    crumbs: &[LinkView],
    facts: &Facts,
) -> Option<String> {
    written(breadcrumbs(title, crumbs, facts).into_iter().collect())
}

/// Writes the data; `<` could end the element that it stands in.
fn written(graph: Vec<Value>) -> Option<String> {
    if graph.is_empty() {
        return None;
    }
    let json = json!({ "@context": CONTEXT, "@graph": graph }).to_string();
    let json = json.replace('<', "\\u003c").replace('>', "\\u003e");
    Some(json.replace('&', "\\u0026"))
}

/// Says who speaks.
fn publisher(on_web: &OnWeb) -> Value {
    let settings = &on_web.site.settings;
    let mut own = object("Organization", &settings.organisation);
    put(&mut own, "url", on_web.base_url());
    put(&mut own, "telephone", settings.contact.phone.as_deref());
    put(&mut own, "address", settings.contact.address.as_deref());
    own.into()
}

fn website(on_web: &OnWeb) -> Value {
    let settings = &on_web.site.settings;
    let mut own = object("WebSite", &settings.title);
    put(&mut own, "url", on_web.base_url());
    put(&mut own, "inLanguage", Some(&*settings.language));
    let description = Some(&*settings.description).filter(|it| !it.is_empty());
    put(&mut own, "description", description);
    own.insert("publisher".into(), publisher(on_web));
    own.into()
}

/// Says the way from the home page; `None` where the website has no address.
fn breadcrumbs(title: &str, crumbs: &[LinkView], facts: &Facts) -> Option<Value> {
    let root = facts.base_url()?;
    let home = (facts.words.get("home").to_owned(), Some(root.to_owned()));
    let way = crumbs.iter().map(|crumb| {
        let url = crumb.url.strip_suffix("index.html").unwrap_or(&crumb.url);
        (crumb.title.clone(), Some(format!("{root}{url}")))
    });
    let all = std::iter::once(home)
        .chain(way)
        .chain([(title.to_owned(), None)]);
    let items: Vec<Value> = all
        .enumerate()
        .map(|(at, (name, url))| {
            let mut item = object("ListItem", &name);
            item.insert("position".into(), (at + 1).into());
            put(&mut item, "item", url.as_deref());
            item.into()
        })
        .collect();
    Some(json!({ "@type": "BreadcrumbList", "itemListElement": items }))
}

fn article(page: &Page, facts: &Facts) -> Value {
    let mut own = Map::new();
    own.insert("@type".into(), "Article".into());
    own.insert("headline".into(), page.title.as_str().into());
    put(&mut own, "description", Some(&*page.summary));
    let date = page.date.map(|date| date.to_string());
    put(&mut own, "datePublished", date.as_deref());
    let expires = page.expires.map(|date| date.to_string());
    put(&mut own, "expires", expires.as_deref());
    put(&mut own, "inLanguage", Some(&*facts.site.settings.language));
    put(&mut own, "image", picture(page, facts).as_deref());
    let url = facts.absolute(&page.url);
    put(&mut own, "mainEntityOfPage", url.as_deref());
    let topics: Vec<&str> = facts.terms.of(page).map(|shelf| shelf.title).collect();
    let topics = (!topics.is_empty()).then(|| topics.join(","));
    put(&mut own, "keywords", topics.as_deref());
    own.insert("author".into(), publisher(facts));
    own.insert("publisher".into(), publisher(facts));
    own.into()
}

fn event(page: &Page, event: &Event, on_web: &OnWeb) -> Value {
    let settings = &on_web.site.settings;
    let mut own = object("Event", &page.title);
    put(&mut own, "description", Some(&*page.summary));
    put(&mut own, "startDate", Some(&*event.date.to_string()));
    let until = event.until.unwrap_or(event.date).to_string();
    put(&mut own, "endDate", Some(&*until));
    let status = format!("{CONTEXT}/EventScheduled");
    put(&mut own, "eventStatus", Some(&*status));
    let mode = format!("{CONTEXT}/OfflineEventAttendanceMode");
    put(&mut own, "eventAttendanceMode", Some(&*mode));
    let place = event.place.as_deref();
    let mut location = object("Place", place.unwrap_or(&settings.organisation));
    let address = place.or(settings.contact.address.as_deref());
    put(&mut location, "address", address);
    own.insert("location".into(), location.into());
    put(&mut own, "image", picture(page, on_web).as_deref());
    put(&mut own, "url", on_web.absolute(&page.url).as_deref());
    own.insert("organizer".into(), publisher(on_web));
    own.into()
}

fn picture(page: &Page, on_web: &OnWeb) -> Option<String> {
    on_web.absolute(public_path(&page.picture.as_ref()?.file))
}

/// Says the questions of a page of the layout `qa` with their answers: the headings of what its
/// poster shows, or of the whole page.
fn questions(page: &Page, facts: &Facts) -> Option<Value> {
    let wish = page.poster.as_ref()?;
    if wish.layout.as_ref()?.value != QUESTIONS {
        return None;
    }
    let is_shown = |block: &&Block| {
        let part = wish.part.as_ref();
        part.is_none_or(|part| part.start <= block.range.start && block.range.end <= part.end)
    };
    let mut pairs: Vec<(String, Vec<Block>)> = Vec::new();
    for block in page.body.blocks.iter().filter(is_shown) {
        match (&block.kind, pairs.last_mut()) {
            (BlockKind::Heading { inlines, .. }, _) => pairs.push((plain(inlines), Vec::new())),
            (_, Some((_, answer))) => answer.push(block.clone()),
            (_, None) => {}
        }
    }
    let entries: Vec<Value> = pairs
        .into_iter()
        .map(|(question, answer)| {
            let mut entry = object("Question", &question);
            let answer = json!({ "@type": "Answer", "text": said(page, answer, facts) });
            entry.insert("acceptedAnswer".into(), answer);
            entry.into()
        })
        .collect();
    let page = json!({ "@type": "FAQPage", "mainEntity": entries });
    (!entries.is_empty()).then_some(page)
}

/// Returns an answer as HTML, or as its words where links would lead nowhere.
fn said(page: &Page, blocks: Vec<Block>, facts: &Facts) -> String {
    let answer = Document {
        blocks,
        footnotes: Vec::new(),
    };
    match facts.base_url() {
        Some(root) => {
            let base = Base::Absolute(root);
            let targets = PageTargets {
                on_web: facts,
                page,
                base,
            };
            html::render(&answer, &targets, &facts.words).html
        }
        None => escape(&plain_text(&answer)),
    }
}

fn object(kind: &str, name: &str) -> Map<String, Value> {
    let mut own = Map::new();
    own.insert("@type".into(), kind.into());
    own.insert("name".into(), name.into());
    own
}

fn put(object: &mut Map<String, Value>, key: &str, value: Option<&str>) {
    if let Some(value) = value {
        object.insert(key.into(), value.into());
    }
}

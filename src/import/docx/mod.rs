//! Word documents (DOCX, as Word, WPS and LibreOffice write them) as they look.
//!
//! What the program shows is read, with the numbers that it sets. What nobody may see, hidden and
//! deleted text, remarks, names, is left out and listed; so are headers and footers. Bounds are in
//! [`package`] and [`xml`](super::xml): what goes beyond them is refused.

mod body;
mod drawing;
mod fields;
mod inlines;
mod math;
mod numbers;
mod package;
mod paging;
mod styles;
mod symbols;
mod tables;
mod walk;

use super::losses::{Losses, Place, counted, quoted};
use super::model::Doc;
use super::refusal::Refused;
use super::xml::Element;
use crate::diag::words;
use crate::photo;
use numbers::Numbers;
use package::Package;
use styles::Styles;
use walk::{Source, Walk};

/// How much is kept of a picture that cannot be used, to tell what it is.
const HEAD: usize = 256;

/// Reads a document.
///
/// # Errors
/// Where it is damaged or dangerous.
pub(super) fn read(bytes: &[u8]) -> Result<Doc, Refused> {
    let mut package = Package::open(bytes)?;
    let top = package.relations("")?;
    let main = top.values().find(|it| it.kind == "officeDocument");
    let main = main.map_or_else(|| "word/document.xml".to_owned(), |it| it.target.clone());
    let relations = package.relations(&main)?;
    let part = |kind: &str, package: &mut Package| {
        let found = relations
            .values()
            .find(|it| it.kind == kind && !it.is_outside);
        found.map_or(Ok(None), |it| package.xml(&it.target))
    };
    let styles = part("styles", &mut package)?;
    let numbers = part("numbering", &mut package)?;
    let source = Source {
        styles: styles.as_ref().map(Styles::read).unwrap_or_default(),
        footnotes: part("footnotes", &mut package)?,
        endnotes: part("endnotes", &mut package)?,
        relations: relations.clone(),
    };
    let document = package.xml(&main)?.ok_or(Refused::Broken)?;
    let body = document.child("body").ok_or(Refused::Broken)?;
    let numbers = numbers.as_ref().map(Numbers::read).unwrap_or_default();
    let mut walk = Walk::new(&source, numbers);
    let mut blocks = walk.blocks(&body.children)?;
    blocks.extend(walk.last());
    let (mut doc, wanted) = walk.finish(blocks)?;
    drop(document);
    for (at, part) in wanted {
        // Of a picture that is not there, or cannot be unpacked, its fault is told later.
        let mut bytes = package.bytes(&part).ok().flatten().unwrap_or_default();
        if photo::fault(&bytes).is_some() {
            bytes.truncate(HEAD);
        }
        doc.pictures[at].bytes = bytes;
    }
    tell_surroundings(&mut package, &source, &top_target(&top), &mut doc.losses)?;
    Ok(doc)
}

fn top_target(top: &std::collections::BTreeMap<String, package::Relation>) -> String {
    let core = top.values().find(|it| it.kind == "core-properties");
    core.map_or_else(|| "docProps/core.xml".to_owned(), |it| it.target.clone())
}

/// Lists what stands around the text: headers, footers, remarks, who wrote it.
fn tell_surroundings(
    package: &mut Package,
    source: &Source,
    core: &str,
    losses: &mut Losses,
) -> Result<(), Refused> {
    let mut told: Vec<String> = Vec::new();
    for relation in source.relations.values() {
        let (key, place) = match relation.kind.as_str() {
            "header" => ("import-header", "import-at-header"),
            "footer" => ("import-footer", "import-at-footer"),
            _ => continue,
        };
        let Some(part) = package.xml(&relation.target)? else {
            continue;
        };
        let text = spoken(&part);
        let plain: String = text.chars().filter(|c| c.is_alphabetic()).collect();
        if !plain.is_empty() && !told.contains(&plain) {
            losses.left_out(quoted(key, &text), &Place::Part(place));
            told.push(plain);
        }
    }
    let comments = source.relations.values().find(|it| it.kind == "comments");
    if let Some(part) = comments
        .map(|it| package.xml(&it.target))
        .transpose()?
        .flatten()
    {
        let n = part
            .children
            .iter()
            .filter(|it| &*it.name == "comment")
            .count();
        if n > 0 {
            losses.left_out(counted("import-comments", n), &Place::Whole);
        }
    }
    if let Some(part) = package.xml(core)? {
        let named = ["creator", "lastModifiedBy"]
            .iter()
            .filter_map(|it| part.child(it));
        if { named }.any(|it| !it.text.trim().is_empty()) {
            losses.left_out(words("import-author"), &Place::Whole);
        }
    }
    Ok(())
}

/// Returns all words in `element`, those of fields' results among them.
fn spoken(element: &Element) -> String {
    let mut text = String::new();
    element.each(&mut |it| {
        match &*it.name {
            "t" => text.push_str(&it.text),
            "p" if !text.is_empty() => text.push(' '),
            _ => {}
        }
        true
    });
    text
}

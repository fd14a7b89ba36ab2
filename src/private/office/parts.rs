//! Which parts of an office file are what, by their names.

use std::collections::BTreeSet;

use super::Form;
use crate::private::Told;

/// Folders whose parts only tell: who wrote, what was said, which printer was there, what was before.
const TELLING: [&str; 14] = [
    "docProps/",
    "customXml/",
    "xl/comments",
    "xl/threadedComments/",
    "xl/persons/",
    "xl/revisions/",
    "xl/printerSettings/",
    "ppt/comments/",
    "ppt/changesInfos/",
    "ppt/printerSettings/",
    "ppt/threadedComments/",
    "Thumbnails/",
    "Versions/",
    "word/printerSettings/",
];
/// Parts that only tell, wherever they lie.
const NAMES: [&str; 11] = [
    "comments.xml",
    "commentsExtended.xml",
    "commentsIds.xml",
    "commentsExtensible.xml",
    "people.xml",
    "commentAuthors.xml",
    "authors.xml",
    "revisionInfo.xml",
    "meta.xml",
    "VersionList.xml",
    "docMetadata.xml",
];

/// Tells whether the part only tells something.
pub(super) fn is_telling(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or(name);
    TELLING.iter().any(|folder| name.starts_with(folder))
        || NAMES.contains(&last)
        || (name.starts_with("docMetadata/") && name.ends_with(".xml"))
}

/// Tells whether the part is of a signature.
pub(super) fn is_seal(name: &str) -> bool {
    name.starts_with("_xmlsignatures/")
        || name == "META-INF/documentsignatures.xml"
        || name.ends_with("/Signatures.xml")
}

/// Tells whether the part is a picture, film or sound.
pub(super) fn is_picture(name: &str) -> bool {
    name.contains("/media/") || name.starts_with("Pictures/") || name.contains("/Res/")
}

/// Tells whether the part is a file of its own.
pub(super) fn is_package(name: &str) -> bool {
    name.contains("/embeddings/") && !name.ends_with(".rels")
}

/// Tells whether the part is XML.
pub(super) fn is_xml(name: &str) -> bool {
    [".xml", ".rels", ".vml"]
        .iter()
        .any(|ending| name.ends_with(ending))
}

/// Returns the part whose relations the list `name` holds; `None` where it is no such list.
pub(super) fn source_of(name: &str) -> Option<String> {
    let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
    let file = file.strip_suffix(".rels")?;
    let folder = folder.strip_suffix("_rels")?;
    Some(format!("{folder}{file}"))
}

/// Returns the part that `target` is, as the part `source` calls it.
pub(super) fn resolved(source: &str, target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_owned();
    }
    let mut parts: Vec<&str> = source.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Tells of parts that stay.
pub(super) fn tell(form: Form, names: &[String], told: &mut BTreeSet<Told>) {
    let has = |folder: &str| names.iter().any(|name| name.starts_with(folder));
    if has("xl/externalLinks/") || has("xl/connections.xml") {
        told.insert(Told::Linked);
    }
    if has("xl/pivotCache/pivotCacheRecords") {
        told.insert(Told::Pivot);
    }
    if has("ppt/notesSlides/") {
        told.insert(Told::Notes);
    }
    if names.iter().any(|name| name.ends_with("vbaProject.bin")) || has("Basic/") {
        told.insert(Told::Macros);
    }
    let attached = names
        .iter()
        .filter(|name| form == Form::Ofd && name.contains("/Attachs/"));
    let attached: Vec<String> = attached.cloned().collect();
    if !attached.is_empty() {
        told.insert(Told::Holds(attached));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_call_each_other_by_paths() {
        assert_eq!(
            source_of("word/_rels/document.xml.rels").as_deref(),
            Some("word/document.xml")
        );
        assert_eq!(source_of("_rels/.rels").as_deref(), Some(""));
        assert_eq!(source_of("word/document.xml"), None);
        assert_eq!(
            resolved("xl/worksheets/sheet1.xml", "../comments1.xml"),
            "xl/comments1.xml"
        );
        assert_eq!(resolved("xl/workbook.xml", "/xl/a.xml"), "xl/a.xml");
        assert_eq!(resolved("", "docProps/app.xml"), "docProps/app.xml");
    }
}

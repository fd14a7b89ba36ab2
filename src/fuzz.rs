//! What strangers' bytes may meet, for the fuzzers of `fuzz/` and the short run of `tests/it`: each
//! function takes any bytes and fails where the program would have done something that it never may.

use std::io::{Cursor, Write as _};

use jiff::civil::Date;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::diag::{Diagnostics, Language};
use crate::import::{Given, Wish, bring};
use crate::read::{MemoryInputs, Tree, read};
use crate::render::web;
use crate::rotation::{Records, ledger};
use crate::site::markdown::{BlockKind, Document, plain_text, walk_blocks};
use crate::site::{Site, site};
use crate::typeset;

/// What a target does with bytes.
pub type Entry = fn(&[u8]);

/// All targets by their names.
pub const TARGETS: [(&str, Entry); 8] = [
    ("front_matter", front_matter),
    ("html", html),
    ("poster", poster),
    ("items", items),
    ("xlsx", xlsx),
    ("ledger", ledger_file),
    ("private", private),
    ("import", import),
];

const SETTINGS: &str = "format: 1\ntitle: 绿板\norganisation: 梧桐里社区居民委员会\n\
    base_url: https://a.example/\ncontact: { phone: 5550 0116, address: 梧桐路18号 }\n";
const BOARD: &str =
    "---\ntitle: 东门\nboard:\n  kind: posters\n  slots:\n    - { id: 1, size: A3 }\n---\n";
/// What stands between the parts of a workbook that is written out as text.
const PART: &str = "\n%%\n";
/// The parts of a workbook, in the order in which [`xlsx`] takes them.
const PARTS: [&str; 4] = [
    "xl/worksheets/sheet1.xml",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
    "xl/workbook.xml",
];

/// A whole page, front matter first.
pub fn front_matter(data: &[u8]) {
    site_with(&[("content/a.md", data)]);
}

/// A page's text, as HTML: well nested, no id twice, no script.
pub fn html(data: &[u8]) {
    let Some((text, site)) = page(data, "---\ntitle: 一\n---\n") else {
        return;
    };
    let Some(page) = site.page("a") else { return };
    check_figures(&text, &page.body);
    check_html(&web::bare_html(&page.body));
}

/// A page's text, as the tree that a poster is set from.
pub fn poster(data: &[u8]) {
    let front = "---\ntitle: 一\nposter: { layout: guide }\n---\n";
    let Some((_, site)) = page(data, front) else {
        return;
    };
    let Some(page) = site.page("a") else { return };
    let Some(wish) = &page.poster else { return };
    let (tree, _) = typeset::poster_part(&site, page, wish);
    walk_blocks(&tree, &mut |block| {
        let is_html = matches!(block.kind, BlockKind::Html { .. });
        assert!(!is_html, "raw HTML on a poster");
    });
    serde_json::to_string(&tree).expect("the tree is plain data");
}

/// A list of things that people look up.
pub fn items(data: &[u8]) {
    site_with(&[("content/items.yaml", data)]);
}

/// A workbook, as it is, or its parts as text with a mark between.
pub fn xlsx(data: &[u8]) {
    let packed;
    let file = match data.starts_with(b"PK") {
        true => data,
        false => {
            packed = packed_workbook(&String::from_utf8_lossy(data));
            &packed
        }
    };
    site_with(&[("data/a.xlsx", file), ("content/items.xlsx", file)]);
}

/// A file of the ledger, and the same as the published plan.
pub fn ledger_file(data: &[u8]) {
    let files = [
        ("ledger/2026-10.yaml", data),
        ("plan.lock.yaml", data),
        ("content/boards/east/_index.md", BOARD.as_bytes()),
    ];
    let Some((tree, site)) = site_with(&files) else {
        return;
    };
    let records = Records::read(&tree, &site);
    say(records.diagnostics);
    let mut diagnostics = Diagnostics::default();
    ledger::history(&records.value.ledger, &mut diagnostics);
    say(diagnostics);
}

/// A file that is published: what is made of a clean one is the same again.
pub fn private(data: &[u8]) {
    let once = crate::private::cleaned(&data.into());
    let twice = crate::private::cleaned(&once.bytes);
    assert!(once.bytes == twice.bytes, "cleaned twice, it is another");
}

/// A file from elsewhere: its pages are read without a word of what could not be told before. Text is
/// the main part of a DOCX, or what it is.
pub fn import(data: &[u8]) {
    let Some((_, site)) = site_with(&[]) else {
        return;
    };
    let is_part = data.starts_with(b"<w:document");
    let file = match is_part {
        true => packed(&[("word/document.xml", data)]),
        false => data.to_vec(),
    };
    let given = Given {
        name: "a.docx".to_owned(),
        bytes: file.into(),
    };
    let wish = Wish {
        site: &site,
        kind: None,
        slug: None,
        seal: false,
    };
    let brought = bring(&given, &wish);
    say(brought.diagnostics());
    for file in &brought.files {
        assert!(
            file.path.is_below("content") || file.path.is_below("data"),
            "{}",
            file.path
        );
    }
    let pages = brought
        .files
        .iter()
        .map(|it| (it.path.as_str(), it.bytes.as_slice()));
    let pages: Vec<(&str, &[u8])> = pages.collect();
    site_with(&pages);
}

/// Packs parts.
fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in parts {
        let start = zip.start_file(*path, SimpleFileOptions::DEFAULT);
        let done = start.and_then(|()| Ok(zip.write_all(bytes)?));
        done.expect("memory takes what is written");
    }
    zip.finish()
        .expect("memory takes what is written")
        .into_inner()
}

/// Reads a site of `files`, and says all that is said of it.
fn site_with(files: &[(&str, &[u8])]) -> Option<(Tree, Site)> {
    let mut inputs = MemoryInputs::new(Date::constant(2026, 11, 5))
        .with("greenboard.yaml", SETTINGS)
        .with("content/_index.md", "---\ntitle: 绿板\n---\n");
    for (path, bytes) in files {
        inputs = inputs.with(path, bytes);
    }
    let tree = read(&inputs);
    say(tree.diagnostics);
    let tree = tree.value?;
    let site = site(&tree);
    say(site.diagnostics);
    Some((tree, site.value))
}

/// Reads a site of one page with the text `data` behind `front`.
fn page(data: &[u8], front: &str) -> Option<(String, Site)> {
    let text = String::from_utf8_lossy(data).into_owned();
    let file = format!("{front}{text}");
    let (_, site) = site_with(&[("content/a.md", file.as_bytes())])?;
    Some((text, site))
}

/// Writes every message, which fails where it names a place that is not there.
fn say(diagnostics: Diagnostics) {
    for diagnostic in diagnostics.sorted() {
        for language in [Language::Chinese, Language::English] {
            let said = diagnostic.render(language).message;
            assert!(!said.contains('\u{1b}'), "a message commands the terminal");
        }
    }
}

/// In a text of plain words every figure stays, in its order.
fn check_figures(text: &str, body: &Document) {
    let is_plain = |c: char| c.is_ascii_digit() || matches!(c, '一'..='龥' | '，' | '。' | '\n');
    let is_list = |line: &str| line.starts_with(|c: char| c.is_ascii_digit());
    if !text.chars().all(is_plain) || text.lines().any(is_list) {
        return;
    }
    let figures = |text: &str| -> String { text.chars().filter(char::is_ascii_digit).collect() };
    assert_eq!(figures(&plain_text(body)), figures(text));
}

/// Elements without an end.
const VOID: [&str; 8] = ["area", "br", "col", "hr", "img", "input", "source", "wbr"];

/// Checks that elements end in the order in which they began, that no id stands twice and that
/// nothing runs.
fn check_html(html: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut ids = std::collections::BTreeSet::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = &comment[comment.find("-->").expect("a comment ends") + 3..];
            continue;
        }
        let (tag, behind) = tag(rest);
        rest = behind;
        let name_end = tag.find(|c: char| c.is_whitespace() || c == '/' && !tag.starts_with('/'));
        let name = &tag[..name_end.unwrap_or(tag.len())];
        if let Some(name) = name.strip_prefix('/') {
            assert_eq!(
                open.pop(),
                Some(name),
                "an end without a beginning in {html:?}"
            );
            continue;
        }
        assert!(name != "script" && name != "style", "<{name}> in {html:?}");
        for (key, value) in attributes(&tag[name.len()..]) {
            assert!(!key.starts_with("on"), "{key} in {html:?}");
            let address = value.trim_start().to_ascii_lowercase();
            assert!(
                !address.starts_with("javascript:"),
                "{key} runs in {html:?}"
            );
            let is_once = key != "id" || ids.insert(value);
            assert!(is_once, "the id {value:?} twice in {html:?}");
        }
        if !VOID.contains(&name) && !tag.ends_with('/') {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?} never ends in {html:?}");
}

/// Splits a tag, without its first sign, from what follows it.
fn tag(text: &str) -> (&str, &str) {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (None, '>') => return (&text[..at], &text[at + 1..]),
            (None, '"' | '\'') => quote = Some(c),
            (Some(mark), c) if c == mark => quote = None,
            _ => {}
        }
    }
    panic!("a tag never ends: <{text}");
}

/// Returns the attributes of a tag, all of which we write in quotes.
fn attributes(mut tag: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    while let Some((key, behind)) = tag.split_once("=\"") {
        let (value, behind) = behind.split_once('"').expect("a value ends");
        let key = key.rsplit(char::is_whitespace).next().unwrap_or(key);
        found.push((key, value));
        tag = behind;
    }
    found
}

/// Packs the parts of a workbook that are written out in `text`.
fn packed_workbook(text: &str) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |path: &str, text: &str| {
        let start = zip.start_file(path, SimpleFileOptions::DEFAULT);
        let done = start.and_then(|()| Ok(zip.write_all(text.as_bytes())?));
        done.expect("memory takes what is written");
    };
    put("xl/_rels/workbook.xml.rels", RELATIONS);
    let given: Vec<&str> = text.split(PART).collect();
    for (at, path) in PARTS.into_iter().enumerate() {
        let part = given.get(at).copied().filter(|part| !part.is_empty());
        if let Some(part) = part.or((at == 3).then_some(WORKBOOK)) {
            put(path, part);
        }
    }
    zip.finish()
        .expect("memory takes what is written")
        .into_inner()
}

const RELATIONS: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
    <Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
    <Relationship Id=\"r2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings\" Target=\"sharedStrings.xml\"/>\
    <Relationship Id=\"r3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/>\
    </Relationships>";
const WORKBOOK: &str = "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">\
    <sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>";

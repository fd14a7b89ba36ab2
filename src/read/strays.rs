//! What each file below `content/` is for, and those that look meant and are not read.

use std::collections::{BTreeMap, BTreeSet};

use super::front_matter;
use crate::diag::{Code, Diagnostic, Diagnostics, Fix, Rename, SitePath, Source, Span, Value};
use crate::read::{Asset, CONTENT, MarkdownFile, encoding};

/// How many files a message names.
const NAMED: usize = 12;

/// What a file below `content/` is read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// A page, or a board.
    Page,
    /// The calendar or the items, as YAML or JSON.
    Data,
    /// The items as a table.
    List,
    /// A picture, a file to take away, or nothing.
    Asset,
}

impl Use {
    /// Tells by a file's path.
    pub fn of(path: &SitePath) -> Self {
        let ending = path.extension().to_ascii_lowercase();
        if matches!(&*ending, "md" | "markdown") {
            return Self::Page;
        }
        let below = path.strip(CONTENT).unwrap_or_default();
        let stem = below.rsplit_once('.').map_or(below, |(stem, _)| stem);
        match (stem, &*ending) {
            ("calendar" | "sorting/items", "yaml" | "yml") => Self::Data,
            ("sorting/items", "json") => Self::Data,
            ("sorting/items", "csv" | "xlsx" | "xls" | "et" | "ods" | "numbers") => Self::List,
            _ => Self::Asset,
        }
    }
}

/// Tells whether a file that nothing uses looks as if its writer meant it to be seen: a text, a
/// document, a table, or a list that lies in the wrong folder.
pub fn looks_meant(path: &SitePath) -> bool {
    const ENDINGS: [&str; 22] = [
        "txt", "text", "doc", "docx", "docm", "wps", "wpt", "rtf", "odt", "pages", "mdx", "xls",
        "xlsx", "et", "ods", "csv", "tsv", "ppt", "pptx", "dps", "lnk", "url",
    ];
    let ending = path.extension().to_ascii_lowercase();
    let is_list =
        matches!(&*ending, "yaml" | "yml" | "json") && matches!(path.stem(), "items" | "calendar");
    is_list || ENDINGS.contains(&&*ending)
}

/// Tells of the files of one kind in one message; of none where there are none.
pub(super) fn tell(code: Code, files: &BTreeSet<SitePath>) -> Diagnostics {
    told(code, files).into_iter().collect()
}

fn told(code: Code, files: &BTreeSet<SitePath>) -> Option<Diagnostic> {
    let first = files.first()?;
    let list = Value::first_of(NAMED, files);
    let told = Diagnostic::new(code).at(Span::file(&Source::new(first.clone(), "")));
    Some(told.with("files", list))
}

/// Tells of pages whose names end in `.txt`; those that no page speaks of may lose that.
pub(super) fn tell_text_pages(
    files: &BTreeSet<SitePath>,
    documents: &[MarkdownFile],
) -> Diagnostics {
    let is_spoken_of =
        |name: &str| (documents.iter()).any(|document| document.source.text.contains(name));
    let rename = |from: &SitePath| {
        let stem = from.as_str().len() - ".txt".len();
        let (stem, _) = from.as_str().split_at(stem);
        let is_page = stem.to_ascii_lowercase().ends_with(".md");
        let to = SitePath::new(&format!("{stem}{}", if is_page { "" } else { ".md" }))?;
        let from = from.clone();
        (!is_spoken_of(from.file_name())).then_some(Rename { from, to })
    };
    let renames: Vec<Rename> = files.iter().filter_map(rename).collect();
    let told = told(Code::TextNotPage, files);
    let with_fix = |told: Diagnostic| match renames.is_empty() {
        true => told,
        false => told.with_fix(Fix {
            edits: Vec::new(),
            renames,
        }),
    };
    told.map(with_fix).into_iter().collect()
}

/// Tells of files that nothing uses.
pub fn tell_unused(files: &BTreeSet<SitePath>) -> Diagnostics {
    tell(Code::FilesUnused, files)
}

/// Tells whether a text is a page but for its ending: `停水.md.txt`, or front matter in a `.txt`.
pub(super) fn is_page_in_text(path: &SitePath, asset: &Asset) -> bool {
    let name = path.file_name().to_ascii_lowercase();
    let Some(stem) = name.strip_suffix(".txt") else {
        return false;
    };
    stem.ends_with(".md")
        || encoding::decode(&asset.bytes())
            .is_ok_and(|text| front_matter::split(&text.text).is_ok())
}

/// Gives each `index.md` and `README.md` the place that other programs give it: the page of its
/// folder, or the section's own page where there are other pages below.
pub(super) fn place(documents: &mut [MarkdownFile]) {
    if !documents.iter().any(|it| named_for_folder(&it.place)) {
        return;
    }
    let paths: BTreeSet<SitePath> = documents.iter().map(|it| it.place.clone()).collect();
    for file in documents {
        file.place = placed(&file.place, &paths).unwrap_or_else(|| file.place.clone());
    }
}

/// Tells whether a page is called as other programs call the page of its folder.
fn named_for_folder(path: &SitePath) -> bool {
    let name = path.file_name().split('.').next().unwrap_or_default();
    is_index(name) || name.eq_ignore_ascii_case("readme")
}

fn is_index(name: &str) -> bool {
    name.eq_ignore_ascii_case("index")
}

fn placed(path: &SitePath, paths: &BTreeSet<SitePath>) -> Option<SitePath> {
    let (name, ending) = path.file_name().split_once('.')?;
    if !named_for_folder(path) {
        return None;
    }
    let folder = path.parent();
    let in_folder = |other: &&SitePath| other.is_below(folder.as_str());
    let beside = || {
        paths
            .iter()
            .filter(in_folder)
            .filter(|it| it.parent() == folder)
    };
    let stem_of = |other: &SitePath| {
        other
            .file_name()
            .split('.')
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    let comes_first = |other: &SitePath| {
        let stem = stem_of(other);
        stem == "_index" || !is_index(name) && is_index(&stem)
    };
    if beside().any(comes_first) {
        return None;
    }
    let others = paths
        .iter()
        .filter(in_folder)
        .any(|it| it.parent() != folder || stem_of(it) != name);
    let whole = folder
        .parent()
        .join(&format!("{}.{ending}", folder.file_name()))?;
    match folder.as_str() == CONTENT || others || paths.contains(&whole) {
        true => folder.join(&format!("_index.{ending}")),
        false => Some(whole),
    }
}

/// Tells whether a file is what a folder's keepers read first.
pub(super) fn is_readme(path: &SitePath) -> bool {
    path.stem().eq_ignore_ascii_case("readme")
}

/// Finds the files that are copies of others beside them and would be read too.
pub(super) fn copies(paths: &[SitePath]) -> BTreeSet<SitePath> {
    let read = paths
        .iter()
        .filter(|path| Use::of(path) == Use::Page || is_list(path) || is_ledger(path));
    let mut folders: BTreeMap<(&str, String), BTreeSet<&str>> = BTreeMap::new();
    for path in read.clone() {
        let folder = path.as_str().len() - path.file_name().len();
        let place = (
            &path.as_str()[..folder],
            path.extension().to_ascii_lowercase(),
        );
        folders.entry(place).or_default().insert(path.stem());
    }
    let is_copy = |path: &&SitePath| {
        let folder = path.as_str().len() - path.file_name().len();
        let place = (
            &path.as_str()[..folder],
            path.extension().to_ascii_lowercase(),
        );
        let beside = &folders[&place];
        let stem = path.stem();
        let of_end = |(at, _): (usize, char)| {
            is_copy_mark(&stem[at..]) && beside.contains(stem[..at].trim_end())
        };
        let of_start = ["副本", "复件", "Copy of"]
            .iter()
            .filter_map(|mark| stem.strip_prefix(mark));
        stem.char_indices().skip(1).any(of_end)
            || of_start.map(strip_gap).any(|rest| beside.contains(rest))
    };
    // Names that look the same and are written with other bytes, as a Mac writes them.
    let all: BTreeSet<&SitePath> = paths.iter().collect();
    let is_twin = |path: &&SitePath| {
        let composed = path.composed();
        composed != **path && all.contains(&composed)
    };
    let twins = paths.iter().filter(is_twin);
    read.filter(is_copy).chain(twins).cloned().collect()
}

/// Tells whether a file is one of the ledger's.
pub(super) fn is_ledger(path: &SitePath) -> bool {
    path.is_below("ledger") && matches!(path.extension(), "yaml" | "yml")
}

fn is_list(path: &SitePath) -> bool {
    let stem = path.stem();
    path.is_below(CONTENT)
        && (stem.starts_with("items") || stem.starts_with("calendar"))
        && matches!(path.extension(), "yaml" | "yml" | "csv" | "xlsx" | "json")
}

/// What stands between a name and what is put behind it.
const GAPS: [char; 7] = [' ', '-', '_', '.', '（', '(', '—'];

fn strip_gap(text: &str) -> &str {
    text.trim_start_matches(GAPS)
}

/// Tells whether what follows a file's name is what systems and cloud folders put behind the
/// name of a copy: ` - 副本 (2)`, `(1)`, ` copy`, ` (小王的冲突副本 2026-11-01)`.
fn is_copy_mark(rest: &str) -> bool {
    // Asked of each character of each name: nearly none can begin such a mark.
    if !rest.starts_with(GAPS) && !rest.starts_with(['副', '复']) {
        return false;
    }
    let lower = rest.to_lowercase();
    let words = strip_gap(&lower);
    let is_apart = words.len() < lower.len();
    let counts = |more: &str| {
        more.chars()
            .all(|c| c.is_ascii_digit() || matches!(c, ' ' | '(' | ')' | '（' | '）' | '-' | '_'))
    };
    let begins = |marks: &[&str]| {
        marks
            .iter()
            .any(|it| words.strip_prefix(it).is_some_and(counts))
    };
    let number = words.trim_end_matches([')', '）']);
    let is_number = lower.trim_start().starts_with(['(', '（'])
        && (1..=2).contains(&number.len())
        && number.bytes().all(|byte| byte.is_ascii_digit());
    let is_clash = words.contains("冲突")
        && ["副本", "文件", "版本"].iter().any(|it| words.contains(it))
        || words.contains("conflicted copy")
        || words.starts_with("sync-conflict")
        || words.starts_with("desktop-")
        || words.starts_with("laptop-");
    begins(&["副本", "复件"]) || is_apart && (is_number || is_clash || begins(&["copy", "备份"]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> SitePath {
        SitePath::new(text).expect("a test's own path")
    }

    #[test]
    fn copies_are_known_beside_their_originals() {
        let copied = [
            "停水 - 副本.md",
            "停水 - 副本 (2).md",
            "停水副本.md",
            "副本 停水.md",
            "停水 - Copy.md",
            "停水 copy.md",
            "停水(1).md",
            "停水 (2).md",
            "停水（1）.md",
            "停水 (小王的冲突副本 2026-11-01).md",
            "停水(冲突文件_小王_2026-11-01).md",
            "停水 (Li's conflicted copy 2026-11-01).md",
            "停水.sync-conflict-20261101-101500-ABCDEFG.md",
            "停水-DESKTOP-4F2K9Q1.md",
        ];
        let own = [
            "停水.md",
            "停水2.md",
            "停水通知.md",
            "停水（2026）.md",
            "停水-第二天.md",
            "停水-copyright.md",
            "停水-conflict-zone.md",
            "停水副本说明.md",
            "停水.en.md",
            "停电(1).md",
        ];
        let all: Vec<SitePath> = copied
            .iter()
            .chain(&own)
            .map(|name| path(&format!("content/a/{name}")))
            .collect();
        let found = copies(&all);
        for name in copied {
            assert!(
                found.contains(&path(&format!("content/a/{name}"))),
                "{name}"
            );
        }
        for name in own {
            assert!(
                !found.contains(&path(&format!("content/a/{name}"))),
                "{name}"
            );
        }
        let twins = ["content/a/caf\u{e9}.jpg", "content/a/cafe\u{301}.jpg"].map(path);
        assert_eq!(copies(&twins), BTreeSet::from([twins[1].clone()]));
        let lists = [
            path("content/sorting/items.yaml"),
            path("content/sorting/items - 副本.yaml"),
        ];
        assert_eq!(copies(&lists).len(), 1);
    }

    #[test]
    fn only_files_with_a_meaning_are_read() {
        for (file, meaning) in [
            ("content/a.md", Use::Page),
            ("content/calendar.yaml", Use::Data),
            ("content/sorting/items.json", Use::Data),
            ("content/sorting/items.csv", Use::List),
            ("content/files/compose.yml", Use::Asset),
            ("content/items.yaml", Use::Asset),
            ("content/a.txt", Use::Asset),
        ] {
            assert_eq!(Use::of(&path(file)), meaning, "{file}");
        }
        let meant = ["content/a.docx", "content/items.yaml", "content/a.TXT"].map(path);
        assert!(meant.iter().all(looks_meant));
        assert!(
            !looks_meant(&path("content/files/compose.yml"))
                && !looks_meant(&path("content/a.jpg"))
        );
    }

    #[test]
    fn an_index_is_its_folders_page() {
        let placed_of = |file: &str, others: &[&str]| {
            let file = path(file);
            let paths = others
                .iter()
                .map(|it| path(it))
                .chain([file.clone()])
                .collect();
            placed(&file, &paths).map_or("itself".to_owned(), |it| it.to_string())
        };
        for (file, others, expected) in [
            ("content/a/index.md", &[][..], "content/a.md"),
            (
                "content/a/index.en.md",
                &["content/a/index.md"],
                "content/a.en.md",
            ),
            (
                "content/a/README.md",
                &["content/a/b.md"],
                "content/a/_index.md",
            ),
            (
                "content/a/index.md",
                &["content/a/b/c.md"],
                "content/a/_index.md",
            ),
            (
                "content/a/index.md",
                &["content/a.md"],
                "content/a/_index.md",
            ),
            ("content/index.md", &[], "content/_index.md"),
            ("content/a/index.md", &["content/a/_index.md"], "itself"),
            ("content/a/README.md", &["content/a/index.md"], "itself"),
            ("content/a/b.md", &[], "itself"),
        ] {
            assert_eq!(placed_of(file, others), expected, "{file} {others:?}");
        }
    }

    #[test]
    fn pages_in_texts_are_known() {
        let known = |name: &str, text: &str| {
            is_page_in_text(&path(name), &Asset::held(text.as_bytes().into()))
        };
        assert!(known("content/a.md.txt", "无"));
        assert!(known("content/a.txt", "---\ntitle: 停水\n---\n停。\n"));
        assert!(!known("content/a.txt", "停水。"));
        assert!(!known("content/a.md", "---\n---\n"));
    }
}

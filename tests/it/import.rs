//! What comes from elsewhere: Word documents, workbooks, pasted texts, pictures and folders of other
//! generators, each with what is expected of it beside it.
//!
//! A document is a folder of its parts in `import/docx/`, packed here; `import/office/` holds what
//! LibreOffice, python-docx and openpyxl wrote, made by its `make.py`; a folder of another generator lies in
//! `import/trees/`. `expected.md` says what comes of it: the files, then what is told. With
//! `GREENBOARD_EXPECT=1` it is written anew; read it before you keep it.

mod books;
mod hostile;
mod kinds;
mod way;

use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};

use greenboard::diag::Language;
use greenboard::import::{Brought, Given, Wish, bring, bring_folder};
use greenboard::pipeline::{self, Options, Step};
use greenboard::read::{MemoryInputs, read};
use greenboard::site::{Site, site};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const SETTINGS: &str =
    "format: 1\ntitle: 小院\norganisation: 梧桐里社区居民委员会\nbase_url: https://a.example/\n";

/// An empty site.
pub fn empty() -> MemoryInputs {
    let today = "2026-11-29".parse().expect("a test's own day");
    MemoryInputs::new(today)
        .with("greenboard.yaml", SETTINGS)
        .with("content/_index.md", "---\ntitle: 小院\n---\n欢迎。\n")
}

/// Reads a site.
pub fn read_site(inputs: &MemoryInputs) -> Site {
    let tree = read(inputs).value.expect("it has settings");
    site(&tree).value
}

/// Says what came of a file: the pages and tables, then what is told.
pub fn told(brought: &Brought) -> String {
    let mut out = String::new();
    for file in brought.files.iter().filter(|file| !is_section(file)) {
        out.push_str(&format!(
            "==> {} ({})\n",
            file.path,
            file.what.say(Language::Chinese)
        ));
        if matches!(file.path.extension(), "md" | "csv") {
            out.push_str(&String::from_utf8_lossy(&file.bytes));
        }
    }
    for one in &brought.told {
        let said = one.render(Language::Chinese);
        out.push_str(&format!("! {} {}\n", said.code, said.message));
    }
    out
}

/// Tells whether a file is only the page of a section above.
fn is_section(file: &greenboard::import::Planned) -> bool {
    file.is_frame && file.path.file_name() == "_index.md"
}

/// Compares with what is expected.
fn expect(folder: &Path, told: &str) {
    expect_in(&folder.join("expected.md"), told);
}

fn expect_in(path: &Path, told: &str) {
    if std::env::var_os("GREENBOARD_EXPECT").is_some() {
        std::fs::write(path, told).expect("written");
    }
    let expected = std::fs::read_to_string(path).unwrap_or_default();
    assert!(told == expected, "{}:\n{told}", path.display());
}

fn folders(name: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/it/import")
        .join(name);
    let mut all: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the cases are there")
        .map(|entry| entry.expect("it can be listed").path())
        .filter(|path| path.is_dir())
        .collect();
    all.sort();
    all
}

/// Returns the files below a folder by their paths in it.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name();
    let files = entries
        .into_iter()
        .filter_map(Result::ok)
        .filter(|it| it.file_type().is_file());
    let file = |it: walkdir::DirEntry| {
        let name = it
            .path()
            .strip_prefix(folder)
            .expect("it lies below")
            .to_string_lossy()
            .replace('\\', "/");
        (name, std::fs::read(it.path()).expect("read"))
    };
    files
        .map(file)
        .filter(|(name, _)| name != "expected.md")
        .collect()
}

/// Packs parts as a document.
pub fn packed(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(name, SimpleFileOptions::DEFAULT)
            .expect("begun");
        zip.write_all(bytes).expect("written");
    }
    zip.finish().expect("packed").into_inner()
}

/// Brings a file in.
pub fn brought(name: &str, bytes: Vec<u8>, site: &Site) -> Brought {
    let wish = Wish {
        site,
        kind: None,
        slug: None,
        seal: false,
    };
    let given = Given {
        name: name.to_owned(),
        bytes: bytes.into(),
    };
    bring(&given, &wish)
}

/// Returns what is wrong with a site of what was brought in, but for `allowed` codes.
pub fn wrong(brought: &Brought, allowed: &[&str], whole: bool) -> Vec<String> {
    let mut inputs = empty();
    for file in &brought.files {
        inputs = inputs.with(file.path.as_str(), &file.bytes);
    }
    let options = Options {
        last: (!whole).then_some(Step::Read),
        ..Options::default()
    };
    let cache = greenboard::cache::Cache::default();
    let outcome = pipeline::run(&inputs, &options, &cache, &|_| {});
    let said = outcome.diagnostics.sorted();
    let all = said.iter().map(|it| it.render(Language::Chinese));
    let grave = all.filter(|it| it.severity != greenboard::diag::Severity::Note);
    grave
        .filter(|it| !allowed.contains(&&*it.code))
        .map(|it| format!("{} {} {:?}", it.code, it.message, it.hints))
        .collect()
}

#[test]
fn documents_become_pages_as_staff_would_write_them() {
    let site = read_site(&empty());
    let folders = folders("docx");
    assert_eq!(folders.len(), 30);
    for folder in folders {
        let name = folder
            .file_name()
            .expect("it has one")
            .to_string_lossy()
            .into_owned();
        let brought = brought(&format!("{name}.docx"), packed(&files(&folder)), &site);
        expect(&folder, &told(&brought));
        // Words for pictures, and the last day of a notice, are the author's to give.
        let wrong = wrong(&brought, &["G218", "G408"], false);
        assert!(
            brought.is_refused() || wrong.is_empty(),
            "{name}: {wrong:#?}"
        );
    }
}

#[test]
fn documents_of_other_programs_become_pages() {
    let site = read_site(&empty());
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/import/office");
    let documents = files(&folder);
    let documents = documents
        .iter()
        .filter(|(name, _)| name.ends_with(".docx") || name.ends_with(".xlsx"));
    let mut n = 0;
    for (name, bytes) in documents {
        let brought = brought(name, bytes.clone(), &site);
        expect_in(&folder.join(name).with_extension("md"), &told(&brought));
        let wrong = wrong(&brought, &["G218", "G408"], false);
        assert!(wrong.is_empty(), "{name}: {wrong:#?}");
        n += 1;
    }
    assert_eq!(n, 17);
}

#[test]
fn folders_of_other_generators_build_without_an_error() {
    let site = read_site(&empty());
    let folders = folders("trees");
    assert_eq!(folders.len(), 12);
    for folder in folders {
        let given: Vec<Given> = files(&folder)
            .into_iter()
            .map(|(name, bytes)| Given {
                name,
                bytes: bytes.into(),
            })
            .collect();
        let wish = Wish {
            site: &site,
            kind: None,
            slug: None,
            seal: false,
        };
        let brought = bring_folder(&given, &wish);
        expect(&folder, &told(&brought));
        let wrong = wrong(&brought, &["G218", "G219"], false);
        let errors: Vec<&String> = wrong.iter().filter(|it| !is_warning(it)).collect();
        assert!(errors.is_empty(), "{}: {errors:#?}", folder.display());
    }
}

/// Tells whether a message is of those that do not stop a build.
fn is_warning(message: &str) -> bool {
    let code = message.split(' ').next().unwrap_or_default();
    let all = greenboard::diag::Code::ALL.iter();
    let found = all.clone().find(|it| it.id() == code);
    found.is_some_and(|code| {
        greenboard::diag::Diagnostic::new(*code).severity() != greenboard::diag::Severity::Error
    })
}

#[test]
fn what_is_pasted_becomes_a_page() {
    let site = read_site(&empty());
    for folder in folders("pasted") {
        let own = files(&folder);
        let (name, bytes) = own.into_iter().next().expect("it has a file");
        let brought = brought(&name, bytes, &site);
        expect(&folder, &told(&brought));
        let wrong = wrong(&brought, &["G218", "G408"], false);
        assert!(wrong.is_empty(), "{}: {wrong:#?}", folder.display());
    }
}

//! Rules of the code base that no compiler checks.

mod circles;
mod imports;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use greenboard::diag::Code;

use circles::circles;
use imports::Imports;

/// The stages and what they stand on, in the order in which data flows.
const ORDER: &[&str] = &[
    "digest",
    "diag",
    "cancel",
    "cache",
    "guard",
    "area",
    "spelling",
    "city",
    "photo",
    "private",
    "read",
    "calendar",
    "site",
    "theme",
    "typeset",
    "measure",
    "rotation",
    "poster",
    "render",
    "share",
    "write",
    "starter",
    "import",
    "pipeline",
    "workspace",
    "serve",
    "fuzz",
];

/// Folders whose own file holds what the files in them import, and imports them.
const FACES: &[&str] = &[
    "src/bin/greenboard/post",
    "src/diag",
    "src/import",
    "src/import/docx",
    "src/import/html",
    "src/import/page",
    "src/import/sheets",
    "src/import/tree",
    "src/measure",
    "src/photo",
    "src/private",
    "src/private/office",
    "src/read/data",
    "src/read/typed",
    "src/read/values",
    "src/render/archive/docx",
    "src/render/archive/pack",
    "src/render/archive/xlsx",
    "src/render/delivery",
    "src/render/delivery/pictures",
    "src/render/print",
    "src/rotation",
    "src/rotation/anneal/bound",
    "src/rotation/carry",
    "src/rotation/ledger",
    "src/rotation/ledger/entry",
    "src/rotation/status",
    "src/rotation/text",
    "src/serve",
    "src/share",
    "src/share/message",
    "src/share/wechat",
    "src/site",
    "src/site/markdown/raw",
    "src/site/reading/items",
    "src/site/shortcode",
    "src/theme",
    "src/write",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(folder: &str) -> Vec<(PathBuf, String)> {
    let files = walkdir::WalkDir::new(root().join(folder)).sort_by_file_name();
    files
        .into_iter()
        .map(|entry| entry.expect("the source tree can be listed").into_path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "rs"))
        .filter(|path| {
            !path
                .components()
                .any(|part| part.as_os_str() == "node_modules")
        })
        .map(|path| {
            let text = std::fs::read_to_string(&path).expect("a source file is text");
            (
                path.strip_prefix(root())
                    .expect("it lies below the root")
                    .to_owned(),
                text,
            )
        })
        .collect()
}

#[test]
fn every_file_says_what_it_is_for() {
    for folder in ["src", "tests", "benches"] {
        for (path, text) in rust_files(folder) {
            assert!(
                text.starts_with("//! "),
                "{} does not begin with `//! `",
                path.display()
            );
        }
    }
}

#[test]
fn no_stage_imports_a_later_one() {
    let imports = Imports::read(root());
    let rank = |file: &str| {
        let room = file
            .split('/')
            .nth(1)
            .unwrap_or_default()
            .trim_end_matches(".rs");
        let rank = ORDER.iter().position(|known| *known == room);
        assert!(
            rank.is_some() || ["lib", "bin"].contains(&room),
            "{room} has no rank in ORDER"
        );
        rank
    };
    for (by, of) in imports.between_files() {
        if let (Some(own), Some(other)) = (rank(by), rank(of)) {
            assert!(other <= own, "{by} must not know {of}");
        }
    }
}

#[test]
fn nothing_imports_in_circles() {
    let imports = Imports::read(root());
    let found = circles_but_for(&imports, FACES);
    assert!(
        found.is_empty(),
        "import one another:\n{}",
        found.join("\n")
    );
    let is_free = |folder: &&&str| {
        let others: Vec<&str> = FACES.iter().copied().filter(|it| it != *folder).collect();
        circles_but_for(&imports, &others).is_empty()
    };
    let free: Vec<&&str> = FACES.iter().filter(is_free).collect();
    assert!(
        free.is_empty(),
        "free of circles, to be named no more: {free:?}"
    );
}

/// Returns the circles that are none of a folder's own file, for the folders `faces`.
fn circles_but_for(imports: &Imports, faces: &[&str]) -> Vec<String> {
    let edges = imports.between_files();
    let known =
        |by: &str, of: &str| faces.contains(&face(of)) && by.starts_with(&format!("{}/", face(of)));
    let rest = edges
        .iter()
        .filter(|(by, of)| !known(by, of))
        .copied()
        .collect();
    circles(&rest).into_iter().collect()
}

/// Returns the folder whose own file `file` is.
fn face(file: &str) -> &str {
    let file = file.trim_end_matches(".rs");
    file.strip_suffix("/mod").unwrap_or(file)
}

#[test]
fn only_write_touches_the_disk_and_only_the_program_prints() {
    let writing = [
        "fs::write",
        "File::create",
        "fs::remove",
        "fs::rename",
        "OpenOptions",
        "create_dir",
    ];
    let printing = [
        "println!",
        "eprintln!",
        "print!(",
        "eprint!(",
        "process::exit",
        "dbg!",
    ];
    for (path, text) in rust_files("src") {
        let path = path.to_string_lossy().replace('\\', "/");
        let code = imports::code(&text);
        if !path.starts_with("src/write/") && !path.contains("/tests") {
            for word in writing {
                assert!(!code.contains(word), "{path} uses {word}");
            }
        }
        if !path.starts_with("src/bin/") {
            for word in printing {
                assert!(!code.contains(word), "{path} uses {word}");
            }
        }
    }
}

#[test]
fn every_code_is_in_the_guide_and_used() {
    let guide =
        std::fs::read_to_string(root().join("docs/messages.md")).expect("the guide is there");
    let sources: String = rust_files("src")
        .into_iter()
        .filter(|(path, _)| !path.ends_with("diag/code.rs"))
        .map(|(_, text)| text)
        .collect();
    for code in Code::ALL {
        assert!(
            guide.contains(&format!("## {}", code.id())),
            "docs/messages.md lacks {}",
            code.id()
        );
        assert!(
            sources.contains(&format!("Code::{code:?}")),
            "nothing reports {code:?}"
        );
    }
}

#[test]
fn every_phrase_of_a_message_is_said() {
    let phrases = std::fs::read_to_string(root().join("src/diag/words.yaml")).expect("it is there");
    let sources: String = rust_files("src")
        .into_iter()
        .map(|(_, text)| text)
        .collect();
    let keys = phrases.lines().filter(|line| !line.starts_with([' ', '#']));
    for key in keys.map(|line| line.trim_end_matches(':').trim_matches('"')) {
        assert!(
            sources.contains(&format!("\"{key}\"")),
            "nothing says `{key}`"
        );
    }
}

/// What cargo-deny would check, without the network that its advisories want: licences are on
/// the list of deny.toml, and nothing is used that was given up or fetches.
#[test]
fn dependencies_are_licensed_and_not_given_up() {
    // Not yaml-rust and bincode 1, which are given up as well: Typst itself brings them with
    // syntect, whose own tables they read.
    const GIVEN_UP: [&str; 3] = ["serde_yml", "failure", "openssl-sys"];
    let deny = std::fs::read_to_string(root().join("deny.toml")).expect("deny.toml is there");
    let allow = deny
        .split("allow = [")
        .nth(1)
        .and_then(|rest| rest.split(']').next());
    let allow: BTreeSet<&str> = allow
        .expect("deny.toml has a list of licences")
        .split('"')
        .skip(1)
        .step_by(2)
        .collect();
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--offline", "--locked"])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    let metadata: serde_json::Value =
        serde_json::from_slice(&output.stdout).expect("cargo metadata prints JSON");
    let fits = |licence: &str| {
        let licence = licence.replace(['(', ')'], "").replace('/', " OR ");
        licence.split(" OR ").any(|choice| {
            choice
                .split(" AND ")
                .all(|part| allow.contains(part.trim()))
        })
    };
    for package in metadata["packages"].as_array().expect("there are packages") {
        let name = package["name"].as_str().unwrap_or_default();
        let licence = package["license"].as_str().unwrap_or("none");
        assert!(
            fits(licence) || licence.contains("Apache-2.0"),
            "{name} is under {licence}"
        );
        assert!(
            !GIVEN_UP.contains(&name),
            "{name} was given up by its makers"
        );
        let source = package["source"].as_str().unwrap_or("registry");
        assert!(source.starts_with("registry"), "{name} comes from {source}");
    }
}

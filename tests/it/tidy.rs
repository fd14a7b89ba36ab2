//! Rules of the code base that no compiler checks.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use greenboard::diag::Code;

/// The stages and what they stand on, in the order in which data flows.
const ORDER: &[&str] = &[
    "diag", "digest", "cache", "guard", "area", "spelling", "city", "photo", "private", "read",
    "calendar", "site", "theme", "typeset", "measure", "rotation", "poster", "render", "share",
    "write", "starter", "import", "pipeline", "serve", "fuzz",
];

/// Uses that look backward on purpose: `file ⇒ module`, each with its reason.
const EXCEPTIONS: &[(&str, &str)] = &[];

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
    let rank = |module: &str| ORDER.iter().position(|known| *known == module);
    for (path, text) in rust_files("src") {
        let Some(first) = path.components().nth(1) else {
            continue;
        };
        let module = first
            .as_os_str()
            .to_string_lossy()
            .trim_end_matches(".rs")
            .to_owned();
        let Some(own) = rank(&module) else {
            assert!(
                ["lib", "bin"].contains(&module.as_str()),
                "{module} has no rank in ORDER"
            );
            continue;
        };
        for (index, line) in text.lines().enumerate() {
            let code = line.trim_start();
            if code.starts_with("//") {
                continue;
            }
            // What stands behind a file's tests may look anywhere.
            if code.starts_with("#[cfg(test)]") {
                break;
            }
            for used in code.split("crate::").skip(1) {
                let used: String = used
                    .chars()
                    .take_while(|c| c.is_ascii_lowercase() || *c == '_')
                    .collect();
                let allowed = EXCEPTIONS.contains(&(path.to_str().unwrap_or_default(), &used));
                if let Some(other) = rank(&used) {
                    assert!(
                        other <= own || allowed,
                        "{}:{}: `{module}` must not know `{used}`",
                        path.display(),
                        index + 1
                    );
                }
            }
        }
    }
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
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
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

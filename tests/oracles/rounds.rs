//! A change-over of sixteen windows, from the page on a phone to the evidence for the inspector.

use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

use super::{asks, public};

/// Runs the program in the site on 2026-12-02.
fn greenboard(site: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_greenboard"));
    command
        .current_dir(site)
        .args(args)
        .args(["--today", "2026-12-02"]);
    command.output().expect("the program runs")
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&[&output.stdout[..], &output.stderr].concat()).into_owned()
}

/// Copies what staff wrote and recorded of the sample.
pub(super) fn copy_sample(site: &Path) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for part in ["content", "data", "ledger"] {
        for entry in walkdir::WalkDir::new(root.join(part)) {
            let entry = entry.expect("it can be listed");
            let below = entry.path().strip_prefix(root).expect("it lies below");
            match entry.file_type().is_dir() {
                true => std::fs::create_dir_all(site.join(below)).expect("made"),
                false => drop(std::fs::copy(entry.path(), site.join(below)).expect("copied")),
            }
        }
    }
    for file in ["greenboard.yaml", "plan.lock.yaml"] {
        std::fs::copy(root.join(file), site.join(file)).expect("copied");
    }
}

#[test]
fn sixteen_windows_are_changed_with_a_phone_and_the_book_is_right() {
    let folder = TempDir::new().expect("a temporary folder can be made");
    let out = folder.path();
    asks(
        Command::new("node")
            .arg("round.mjs")
            .arg(public())
            .args(["2026-12-01", "windows"])
            .arg(out),
    );
    let site = out.join("site");
    copy_sample(&site);
    let file = std::fs::read(out.join("round.txt")).expect("the phone saved it");
    let post = |name: &str, bytes: &[u8]| {
        let path = out.join(name);
        std::fs::write(&path, bytes).expect("written");
        greenboard(&site, &["post", path.to_str().expect("a plain path")])
    };
    let ledger = site.join("ledger/2026-12.yaml");
    let refused = |output: &Output, code: &str| {
        assert_eq!(output.status.code(), Some(1), "{}", text(output));
        assert!(text(output).contains(code), "{}", text(output));
    };

    refused(&post("cut.txt", &file[..file.len() / 2]), "G427");
    let forged = String::from_utf8_lossy(&file).replacen("\"8-1\"", "\"8-2\"", 1);
    refused(&post("forged.txt", forged.as_bytes()), "G427");
    assert!(!ledger.exists(), "nothing was entered");

    let entered = post("whole.txt", &file);
    assert!(entered.status.success(), "{}", text(&entered));
    let book = std::fs::read_to_string(&ledger).expect("it was written");
    assert_eq!(book.matches("kind: hung").count(), 1, "{book}");
    assert_eq!(book.matches("kind: lost").count(), 1, "{book}");
    assert_eq!(book.matches("kind: absent").count(), 2, "{book}");
    for part in [
        "place: \"8-1\"",
        "note: 打不开",
        "place: \"8-2\"",
        "note: 回执里没有打钩",
    ] {
        assert!(book.contains(part), "{part}: {book}");
    }
    let photos = std::fs::read_dir(site.join("ledger/photos/2026-12")).expect("photos are kept");
    assert_eq!(photos.count(), 3);

    refused(&post("twice.txt", &file), "G428");
    let message = std::fs::read(out.join("message.txt")).expect("the phone wrote it");
    let again = post("message.txt", &message);
    assert!(again.status.success(), "{}", text(&again));
    assert_eq!(std::fs::read_to_string(&ledger).expect("it stays"), book);

    let archive = greenboard(&site, &["archive", "2026"]);
    assert!(archive.status.success(), "{}", text(&archive));
    let pdf = site.join("archive/2026/evidence.pdf");
    let words = Command::new("pdftotext").arg(&pdf).arg("-").output();
    let words = text(&words.expect("pdftotext runs")).replace(['\n', ' '], "");
    for part in [
        "有的点位没有挂",
        "8号楼1单元（打不开）",
        "8号楼2单元（回执里没有打钩）",
    ] {
        assert!(words.contains(part), "{part}");
    }
}

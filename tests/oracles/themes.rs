//! The sample in both themes, as a browser shows it, with and without the elder-friendly switch.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use tempfile::TempDir;

use crate::{PAGE_KINDS, TODAY, asks, public, root};

/// The website of the sample in the theme `plain`, built once for all tests.
static PLAIN: LazyLock<TempDir> = LazyLock::new(|| {
    let site = TempDir::new().expect("a temporary folder can be made");
    for name in [
        "content",
        "data",
        "ledger",
        "greenboard.yaml",
        "plan.lock.yaml",
    ] {
        copy(&root().join(name), &site.path().join(name));
    }
    let settings = site.path().join("greenboard.yaml");
    let text = std::fs::read_to_string(&settings).expect("the sample has settings");
    assert!(text.contains("\ntheme: fresh\n"));
    let text = text.replace("\ntheme: fresh\n", "\ntheme: plain\n");
    std::fs::write(&settings, text).expect("written");
    let status = Command::new(env!("CARGO_BIN_EXE_greenboard"))
        .args(["build", "--quiet", "--only", "web", "--today", TODAY])
        .args(["--root".as_ref(), site.path().as_os_str()])
        .status()
        .expect("the program runs");
    assert!(
        status.success(),
        "the sample does not build in the theme plain"
    );
    site
});

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.expect("the sample can be listed");
        let below = entry.path().strip_prefix(from).expect("it lies below");
        let target = match below.as_os_str().is_empty() {
            true => to.to_owned(),
            false => to.join(below),
        };
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(target).expect("made");
        } else {
            std::fs::copy(entry.path(), target).expect("copied");
        }
    }
}

pub(super) fn plain() -> PathBuf {
    PLAIN.path().join("public")
}

/// Has axe judge one page of each kind, all in one browser.
#[track_caller]
fn is_accessible(website: &Path) {
    let pages = PAGE_KINDS.map(|page| website.join(page));
    for page in &pages {
        assert!(page.exists(), "{} is gone", page.display());
    }
    asks(
        Command::new("node")
            .arg("axe.mjs")
            .arg("--widths=375,1280")
            .arg("--schemes=light,dark,light+elder")
            .args(&pages),
    );
    // Only colours are different then, and these pages have all of them.
    let colourful = [
        "index.html",
        "sorting/guide/index.html",
        PAGE_KINDS[7],
        PAGE_KINDS[8],
    ];
    asks(
        Command::new("node")
            .arg("axe.mjs")
            .args(["--widths=1280", "--schemes=dark+elder"])
            .args(colourful.map(|page| website.join(page))),
    );
}

#[test]
fn every_page_kind_is_accessible_in_every_view_of_the_theme_fresh() {
    is_accessible(&public());
}

#[test]
fn every_page_kind_is_accessible_in_every_view_of_the_theme_plain() {
    is_accessible(&plain());
}

#[test]
fn nothing_moves_while_a_page_loads() {
    for website in [public(), plain()] {
        asks(
            Command::new("node")
                .arg("shift.mjs")
                .arg(website)
                .args(PAGE_KINDS),
        );
    }
}

#[test]
fn all_pages_of_the_theme_plain_are_valid_html_css_and_svg() {
    asks(Command::new("node").arg("html_check.mjs").arg(plain()));
}

#[test]
fn the_elder_friendly_switch_works_by_keyboard_and_is_remembered() {
    for website in [public(), plain()] {
        asks(
            Command::new("node")
                .arg("elder.mjs")
                .arg(website.join("index.html"))
                .arg(website.join("sorting/guide/index.html")),
        );
    }
}

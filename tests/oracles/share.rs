//! What goes to accounts and groups: a browser copies each article and strips what the editor strips, and
//! long pictures stay readable after WeChat has shrunk them.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use super::{TODAY, asks, root};

/// A notice with a table, a posting notice, a guide, a campaign, a month, an activity.
const PAGES: [&str; 6] = [
    "notices/2026-11/flue-check",
    "notices/2026-11/bin-room-costs",
    "living/year-end-cleaning",
    "campaigns/winter-pest",
    "notices/2026-12/december",
    "notices/2026-11/saturday-sweep",
];

/// Shares `page` of the sample; returns its folder.
fn share(page: &str, out: &Path) -> PathBuf {
    let status = Command::new(env!("CARGO_BIN_EXE_greenboard"))
        .args(["share", "all", page, "--quiet", "--today", TODAY])
        .args(["--root".as_ref(), root().as_os_str()])
        .args(["--out".as_ref(), out.as_os_str()])
        .status();
    assert!(status.expect("the program runs").success(), "{page}");
    let name = page.rsplit('/').next().unwrap_or_default();
    let months = std::fs::read_dir(out).expect("something was made");
    let folders = months.map(|month| month.expect("listed").path().join(name));
    folders
        .into_iter()
        .find(|folder| folder.is_dir())
        .unwrap_or_else(|| panic!("{page}: no folder"))
}

#[test]
fn articles_are_copied_and_lose_nothing_in_the_editor() {
    let out = TempDir::new().expect("a temporary folder can be made");
    for page in PAGES {
        let folder = share(page, out.path());
        asks(
            Command::new("node")
                .arg("share.mjs")
                .arg(folder.join("wechat/article.html")),
        );
    }
}

#[test]
fn the_code_of_a_long_picture_is_read_after_it_was_shrunk() {
    let out = TempDir::new().expect("a temporary folder can be made");
    for page in PAGES {
        let folder = share(page, out.path()).join("long");
        let parts = std::fs::read_dir(&folder).expect("it was made");
        let mut parts: Vec<PathBuf> = parts.map(|part| part.expect("listed").path()).collect();
        parts.sort();
        let last = image::open(parts.last().expect("there is one")).expect("it is a picture");
        let mut shrunk = Vec::new();
        // As large as WeChat leaves it, in about its quality.
        let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut shrunk, 40);
        last.to_rgb8()
            .write_with_encoder(encoder)
            .expect("memory takes it");
        let file = out.path().join("shrunk.jpg");
        std::fs::write(&file, shrunk).expect("written");
        let read = asks(Command::new("zbarimg").args(["-q", "--raw"]).arg(&file));
        assert!(read.contains("/q/"), "{page}: {read}");
    }
}

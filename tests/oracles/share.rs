//! What goes to accounts and groups: a browser copies each article and strips what the editor strips,
//! long pictures stay readable after WeChat has shrunk them, and what went out comes in again whole.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use greenboard::diag::{Diagnostics, SitePath, Source};
use greenboard::import::{Given, Wish, bring};
use greenboard::read::{MemoryInputs, read};
use greenboard::site::{markdown, site};
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

/// Returns the sentences of a page's text, without blanks; pictures go by themselves.
fn sentences(page: &str) -> Vec<String> {
    let lines = page.trim_start_matches('\u{feff}').lines();
    let lines = lines.filter(|line| !line.starts_with("!["));
    let text: String = lines.flat_map(|line| [line, "\n"]).collect();
    let front = text
        .strip_prefix("---\n")
        .and_then(|rest| rest.find("\n---\n"));
    let start = front.map_or(0, |end| end + "---\n\n---\n".len());
    let source = Source::new(SitePath::fixed("page.md"), text);
    let range = start..source.text.len();
    let read = markdown::parse(&source, range, &mut Diagnostics::default());
    let plain = markdown::plain_text(&read);
    let parts = plain.split(['\n', '。', '！', '？', '；']).map(bare);
    parts.filter(|it| !it.is_empty()).collect()
}

/// Returns words without blanks, and without the marks of links: `[1]`.
fn bare(text: &str) -> String {
    let signs = |c: &char| !c.is_whitespace() && !"■·".contains(*c);
    let mut out = String::new();
    for part in text.split_inclusive('[') {
        let rest = match out.ends_with('[') {
            true => part.trim_start_matches(|c: char| c.is_ascii_digit()),
            false => part,
        };
        match rest.strip_prefix(']').filter(|_| rest.len() < part.len()) {
            Some(rest) => {
                out.pop();
                out.extend(rest.chars().filter(signs));
            }
            None => out.extend(part.chars().filter(signs)),
        }
    }
    out
}

/// Imports `bytes`; returns the words of the page that comes of it.
fn imported(name: &str, bytes: Vec<u8>) -> String {
    let today = TODAY.parse().expect("it is a day");
    let inputs = MemoryInputs::new(today)
        .with("greenboard.yaml", "format: 1\ntitle: 小院\n")
        .with("content/_index.md", "---\ntitle: 小院\n---\n");
    let site = site(&read(&inputs).value.expect("it has settings")).value;
    let wish = Wish {
        site: &site,
        kind: None,
        slug: None,
        seal: false,
    };
    let given = Given {
        name: name.to_owned(),
        bytes: Arc::from(bytes),
    };
    let brought = bring(&given, &wish);
    assert!(!brought.is_refused(), "{name}: {:?}", brought.told);
    let page = String::from_utf8_lossy(&brought.files[0].bytes).into_owned();
    sentences(&page).concat()
}

/// Returns those sentences of `page` that `words` lack.
fn lost(page: &str, words: &str) -> Vec<String> {
    let all = sentences(page);
    assert!(all.len() > 3, "there is something to lose: {page}");
    let gone = all.into_iter().filter(|it| !words.contains(it.as_str()));
    gone.collect()
}

#[test]
fn an_article_comes_in_again_with_every_sentence() {
    let out = TempDir::new().expect("a temporary folder can be made");
    let mut gone = Vec::new();
    for page in PAGES {
        let file = share(page, out.path()).join("wechat/article.html");
        let words = imported("文章.html", std::fs::read(file).expect("it was made"));
        let text = std::fs::read_to_string(root().join(format!("content/{page}.md")));
        let lost = lost(&text.expect("the sample has it"), &words);
        gone.extend(lost.into_iter().map(|it| format!("{page}: {it}")));
    }
    assert!(gone.is_empty(), "{gone:#?}");
}

#[test]
fn texts_in_the_archive_s_document_come_in_again_with_every_sentence() {
    let out = TempDir::new().expect("a temporary folder can be made");
    let status = Command::new(env!("CARGO_BIN_EXE_greenboard"))
        .args(["archive", "2026", "--quiet", "--today", TODAY])
        .args(["--root".as_ref(), root().as_os_str()])
        .args(["--out".as_ref(), out.path().as_os_str()])
        .status();
    assert!(status.expect("the program runs").success());
    let document = std::fs::read(out.path().join("2026/evidence.docx"));
    let words = imported("迎检材料.docx", document.expect("it was made"));
    let texts = std::fs::read_dir(root().join("ledger/texts")).expect("it is there");
    let mut texts: Vec<PathBuf> = texts.map(|it| it.expect("listed").path()).collect();
    texts.sort();
    let mut gone = Vec::new();
    for path in &texts {
        let text = std::fs::read_to_string(path).expect("it is text");
        gone.extend(lost(&text, &words));
    }
    assert!(texts.len() >= 6 && gone.is_empty(), "{gone:#?}");
}

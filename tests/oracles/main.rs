//! Programs that no one here wrote judge the sample: a browser with axe, html-validate, the Nu
//! checker, qpdf, poppler and zbar.
//!
//! Slow, so in a target of its own. `tests/run` installs the judges; where one is missing the
//! test fails, because a judge that is not asked has not agreed.

#![expect(
    clippy::disallowed_methods,
    reason = "tests make sites where they like"
)]

mod edits;
mod hard;
mod kills;
mod odd;
mod preview;
mod print;
mod private;
mod rotation;
mod rounds;
mod search;
mod share;
mod texts;
mod themes;
mod wall;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use calamine::{Data, Reader, Xlsx, open_workbook};
use jiff::ToSpan;
use jiff::civil::Date;
use tempfile::TempDir;

/// The day of the build: in a month full of notices, late enough to print the next one too.
const TODAY: &str = "2026-11-23";
/// The address that the sample's settings give.
const BASE_URL: &str = "https://wutongli.example/";

/// One page of each kind.
const PAGE_KINDS: [&str; 33] = [
    "index.html",
    "r/2026-12-01/index.html",
    "living/index.html",
    "living/toilet-leak/index.html",
    "living/lamp-choice/index.html",
    "living/meter-reading/index.html",
    "living/year-end-cleaning/index.html",
    "notices/index.html",
    "notices/2026-11/index.html",
    "notices/2026-11/bin-room-costs/index.html",
    "campaigns/green-community-2026/index.html",
    "boards/index.html",
    "boards/east-gate/index.html",
    "boards/windows/index.html",
    "boards/led/index.html",
    "boards/led/screen/index.html",
    "calendar/index.html",
    "notices/public/index.html",
    "rotation/index.html",
    "sorting/index.html",
    "sorting/four-bins/index.html",
    "sorting/guide/index.html",
    "sorting/quiz/index.html",
    "search/index.html",
    "notices/page/2/index.html",
    "topics/index.html",
    "topics/water/index.html",
    "readers/elders/index.html",
    "en/index.html",
    "en/notices/index.html",
    "en/boards/east-gate/index.html",
    "zh-Hant/living/flue/index.html",
    "404.html",
];

/// The sample, built once for all tests.
static SAMPLE: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = TempDir::new().expect("a temporary folder can be made");
    let out = |name: &str| folder.path().join(name);
    let status = Command::new(env!("CARGO_BIN_EXE_greenboard"))
        .args(["build", "--quiet", "--today", TODAY])
        .args(["--root".as_ref(), root().as_os_str()])
        .args(["--public".as_ref(), out("public").as_os_str()])
        .args(["--print".as_ref(), out("print").as_os_str()])
        .status()
        .expect("the program runs");
    assert!(status.success(), "the sample does not build");
    folder
});

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn oracles() -> PathBuf {
    root().join("tests/oracles")
}

fn public() -> PathBuf {
    SAMPLE.path().join("public")
}

/// Runs a judge; its verdict must be good.
#[track_caller]
fn asks(command: &mut Command) -> String {
    let output = command
        .current_dir(oracles())
        .output()
        .unwrap_or_else(|error| {
            panic!("{command:?} cannot be run ({error}); tests/run installs it")
        });
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let complained = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}\n{said}\n{complained}");
    said
}

/// Whether `path` lies in a folder called `name`.
fn lies_in(path: &Path, name: &str) -> bool {
    path.components().any(|part| part.as_os_str() == name)
}

/// Returns every printed file but those to be glued together, and what holds others again.
fn posters() -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(SAMPLE.path().join("print")).sort_by_file_name();
    let files = entries
        .into_iter()
        .filter_map(Result::ok)
        .map(|entry| entry.into_path());
    let is_sheet = |path: &PathBuf| {
        let again = ["tiles", "batch"].iter().any(|it| lies_in(path, it));
        !again && path.extension().is_some_and(|ending| ending == "pdf")
    };
    files.filter(is_sheet).collect()
}

/// Beside the four scores: nothing moves while a page loads, and the home page weighs less than
/// 200 KB, fonts and pictures included. The pages come with their own security policy.
#[test]
#[ignore = "measures time, so it wants the machine alone: cargo test --release --test oracles -- --ignored"]
fn pages_are_fast_and_sound_for_lighthouse_in_light_and_dark_on_phone_and_desk() {
    asks(
        Command::new("node")
            .arg("lighthouse.mjs")
            .arg(public())
            .arg("index.html")
            .arg("living/toilet-leak/index.html")
            .arg("sorting/guide/index.html")
            .arg("boards/east-gate/index.html"),
    );
}

#[test]
fn all_pages_are_valid_html_css_and_svg() {
    asks(Command::new("node").arg("html_check.mjs").arg(public()));
}

#[test]
fn every_link_and_image_resolves() {
    asks(
        Command::new("python3")
            .args(["links.py", "--base", BASE_URL])
            .arg(public()),
    );
}

#[test]
fn the_feeds_are_well_formed() {
    let files = walkdir::WalkDir::new(public()).sort_by_file_name();
    let files = files.into_iter().filter_map(Result::ok);
    let is_feed = |name: &std::ffi::OsStr| name == "atom.xml" || name == "feed.json";
    let feeds: Vec<PathBuf> = files
        .filter(|entry| is_feed(entry.file_name()))
        .map(|entry| entry.into_path())
        .collect();
    // The website's, and some of sections and topics.
    assert!(feeds.len() > 20, "{feeds:?}");
    asks(
        Command::new(oracles().join(".venv/bin/python"))
            .arg("feed_check.py")
            .args(feeds),
    );
}

/// Two parsers that share nothing read both calendars, and find in the printed one each day on
/// which a board changes, as the plan's own hangings say.
#[test]
fn the_calendars_are_sound_and_equal_the_plan() {
    let python = oracles().join(".venv/bin/python");
    let printed = SAMPLE.path().join("print/2026-11/calendar.ics");
    let translated = public().join("en/calendar.ics");
    for calendar in [public().join("calendar.ics"), translated, printed.clone()] {
        asks(Command::new(&python).arg("ics_check.py").arg(&calendar));
        asks(Command::new("node").arg("ics_check.mjs").arg(&calendar));
    }
    let events = asks(Command::new(&python).arg("ics_events.py").arg(&printed));
    let read: BTreeSet<&str> = events
        .lines()
        .filter(|line| line.contains("更换："))
        .collect();
    assert_eq!(read, changes().iter().map(String::as_str).collect());
}

/// Returns the days on which boards change, as `day ..= day title`, counted from the hangings that
/// the workbook lists.
fn changes() -> BTreeSet<String> {
    let book = SAMPLE.path().join("print/2026-11/plan.xlsx");
    let mut book: Xlsx<_> = open_workbook(book).expect("the workbook opens");
    let hangings = book.worksheet_range("按宣传栏").expect("it has the sheet");
    let day = |cell: &Data| match cell {
        Data::DateTime(day) => day.as_f64() as i64,
        other => panic!("{other} is no day"),
    };
    let rows: Vec<_> = hangings
        .rows()
        .skip(2)
        .map(|row| {
            (
                row[0].to_string(),
                row[1].to_string(),
                day(&row[3]),
                day(&row[4]),
                row[5].to_string(),
            )
        })
        .collect();
    let last = rows.iter().map(|row| row.3).max().expect("something hangs");
    let mut days = BTreeSet::new();
    for (board, slot, from, to, poster) in &rows {
        let same = |other: &&(String, String, i64, i64, String)| {
            (&other.0, &other.1, &other.4) == (board, slot, poster)
        };
        if !rows.iter().filter(same).any(|other| other.3 + 1 == *from) {
            days.insert((*from, board));
        }
        if *to < last && !rows.iter().filter(same).any(|other| other.2 == *to + 1) {
            days.insert((*to + 1, board));
        }
    }
    // Spreadsheets count days from the end of 1899.
    let epoch = Date::constant(1899, 12, 30);
    let said = days.into_iter().map(|(day, board)| {
        let day = epoch.saturating_add(day.days());
        format!("{day} {day} 更换：{board}")
    });
    said.collect()
}

#[test]
fn every_sheet_is_a_sound_pdf_with_embedded_subset_fonts() {
    let sheets = posters();
    assert!(sheets.len() > 20, "only {} sheets", sheets.len());
    for sheet in sheets {
        asks(Command::new("qpdf").arg("--check").arg(&sheet));
        // A leaflet has a front and a back; large print, what is stamped and the office's own lists
        // have as many pages as they take.
        let name = sheet.file_name().unwrap_or_default().to_string_lossy();
        let list = ["order.pdf", "walk.pdf"].contains(&&*name) || name.starts_with("changeover");
        let is_long = ["leaflets", "large", "official"]
            .iter()
            .any(|folder| lies_in(&sheet, folder));
        if !is_long && !list {
            let info = asks(Command::new("pdfinfo").arg(&sheet));
            let pages = info.lines().find(|line| line.starts_with("Pages:"));
            assert!(pages.is_some_and(|line| line.ends_with(" 1")), "{info}");
        }
        let fonts = asks(Command::new("pdffonts").arg(&sheet));
        for font in fonts.lines().skip(2) {
            let columns: Vec<&str> = font.split_whitespace().rev().collect();
            // From the right: object id (2), uni, sub, emb.
            let (sub, emb) = (columns[3], columns[4]);
            assert_eq!((emb, sub), ("yes", "yes"), "{}: {font}", sheet.display());
            assert!(!font.contains("Type 3"), "{}: {font}", sheet.display());
        }
    }
}

#[test]
fn qr_codes_lead_to_their_pages() {
    let shots = TempDir::new().expect("a temporary folder can be made");
    let mut read = 0;
    for sheet in posters().iter().filter(|path| lies_in(path, "2026-11")) {
        let name = sheet.file_name().unwrap_or_default().to_string_lossy();
        let list = ["header.pdf", "order.pdf", "walk.pdf", "year.pdf"];
        if name.starts_with("overview") || list.contains(&&*name) {
            continue;
        }
        let outside = sheet.to_string_lossy().contains("fire-safety-winter");
        if outside || lies_in(sheet, "led") {
            continue;
        }
        let shot = shots.path().join("sheet");
        asks(
            Command::new("pdftoppm")
                .args(["-r", "100", "-png", "-singlefile"])
                .arg(sheet)
                .arg(&shot),
        );
        let urls = asks(
            Command::new("zbarimg")
                .args(["--quiet", "--raw"])
                .arg(shot.with_extension("png")),
        );
        // Leaflets carry the code of their page several times.
        for url in urls.lines() {
            let path = url
                .strip_prefix(BASE_URL)
                .unwrap_or_else(|| panic!("{}: {url}", sheet.display()));
            // A place on the page follows.
            let path = path.split('#').next().unwrap_or_default();
            assert!(
                public().join(path).join("index.html").exists(),
                "{}: {url}",
                sheet.display()
            );
        }
        read += 1;
    }
    assert!(read >= 10, "only {read} codes were read");
}

#[test]
fn the_preview_follows_every_change_in_a_real_browser() {
    let site = TempDir::new().expect("a temporary folder can be made");
    asks(
        Command::new("node")
            .arg("serve.mjs")
            .arg(env!("CARGO_BIN_EXE_greenboard"))
            .arg(site.path()),
    );
}

#[test]
fn a_screen_runs_from_a_host_from_a_disk_and_without_network() {
    let copy = TempDir::new().expect("a temporary folder can be made");
    for entry in walkdir::WalkDir::new(public())
        .into_iter()
        .filter_map(Result::ok)
    {
        let below = entry.path().strip_prefix(public()).expect("it lies below");
        let to = copy.path().join(below);
        match entry.file_type().is_dir() {
            true => std::fs::create_dir_all(to).expect("made"),
            false => drop(std::fs::copy(entry.path(), to).expect("copied")),
        }
    }
    asks(
        Command::new("node")
            .arg("screen.mjs")
            .arg(copy.path())
            .args(["boards/led/screen", TODAY])
            .arg(copy.path().join("record.csv")),
    );
    // What the page recorded goes into the ledger.
    let site = copy.path().join("site");
    rounds::copy_sample(&site);
    let output = Command::new(env!("CARGO_BIN_EXE_greenboard"))
        .current_dir(&site)
        .args(["post", "../record.csv", "--board", "led", "--by", "孙国平"])
        .args(["--today", TODAY])
        .output()
        .expect("the program runs");
    assert!(output.status.success(), "{output:?}");
    let book = std::fs::read_to_string(site.join("ledger/2026-11.yaml")).expect("it is there");
    assert!(
        book.contains("note: \"播放记录：84和洁厕灵分开放"),
        "{book}"
    );
}

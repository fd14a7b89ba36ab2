//! What happens to the files: build after build, with others' files among ours.

#![expect(
    clippy::disallowed_methods,
    reason = "tests look at and spoil the files themselves"
)]

mod sources;
mod turning;

use std::fs;
use std::time::SystemTime;

use insta::assert_snapshot;
use tempfile::TempDir;

use super::*;
use crate::diag::{Code, Language, SitePath};
use crate::read::{Asset, FileError};

/// A site's folder into which builds write.
struct Site(TempDir);

impl Site {
    fn new() -> Self {
        let folder = TempDir::new().expect("a temporary folder can be made");
        fs::create_dir(folder.path().join("content")).expect("made");
        Self(folder)
    }

    fn root(&self) -> &Path {
        self.0.path()
    }

    fn held(&self) -> Held {
        hold(self.root()).expect("the disk is free")
    }

    fn put(&self, path: &str, content: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().expect("it has one")).expect("made");
        fs::write(path, content).expect("written");
    }

    fn time(&self, path: &str) -> SystemTime {
        let data = fs::metadata(self.root().join(path)).expect("it is there");
        data.modified().expect("it has a time")
    }

    /// Builds `files` into `public/`; gives the report, what was said, and what lies there.
    fn build(&self, files: &[(&str, &str)]) -> String {
        self.build_below(files, &Scope::Whole)
    }

    fn build_below(&self, files: &[(&str, &str)], scope: &Scope) -> String {
        let wanted = Replacement {
            scope: scope.clone(),
            ..public()
        };
        let done = replace(self.root(), &[wanted], &artifacts(files));
        let mut text = match done.value.reports.as_slice() {
            [] => "nothing\n".to_owned(),
            reports => reports.iter().map(summary).collect(),
        };
        for diagnostic in done.diagnostics.sorted() {
            let shown = diagnostic.render(Language::English);
            text.push_str(&format!("{} {}\n", shown.code, shown.message));
        }
        text + &self.listing("public")
    }

    fn listing(&self, folder: &str) -> String {
        let files = walkdir::WalkDir::new(self.root().join(folder)).sort_by_file_name();
        let mut text = String::new();
        for entry in files.into_iter().filter_map(Result::ok) {
            let path = entry
                .path()
                .strip_prefix(self.root())
                .expect("it lies below");
            if entry.file_type().is_file() {
                let content = fs::read_to_string(entry.path()).expect("text");
                text.push_str(&format!("{}: {content}\n", path.display()));
            } else if entry.depth() > 0 {
                text.push_str(&format!("{}/\n", path.display()));
            }
        }
        text
    }

    /// Begins a build of `public/` and `print/` and stops it at `moment`, as a power cut would.
    fn cut_short(&self, files: &[(&str, &str)], moment: Moment) {
        let artifacts = both(&artifacts(files));
        let manifest = Manifest::read(self.root()).expect("readable");
        let mut diagnostics = Diagnostics::default();
        let parts: Vec<Part> = [public(), print()]
            .iter()
            .map(|wanted| {
                let own = of(wanted.output, &artifacts);
                compare(self.root(), wanted, &own, &manifest, &mut diagnostics).expect("readable")
            })
            .collect();
        let after = parts
            .iter()
            .map(|part| (part.key.clone(), part.after.clone()));
        let mut turn = Turn::begin(self.root(), &parts, after.collect(), &mut diagnostics)
            .expect("the disk is fine");
        if moment >= Moment::Staged {
            turn.stage(self.root(), &parts).expect("the disk is fine");
        }
        if moment >= Moment::Turned {
            turn.carry_out().expect("the disk is fine");
        }
        if moment >= Moment::Rescued {
            let settled = turn.settle(self.root(), &mut diagnostics);
            settled.expect("the disk is fine");
        }
        if moment == Moment::Rescued {
            // The manifest comes after the record.
            manifest::save(self.root(), "manifest.json", &manifest).expect("the disk is fine");
        }
    }

    /// Builds `files` into `public/` and `print/`; gives what lies there and what was said.
    fn build_both(&self, files: &[(&str, &str)]) -> String {
        let wanted = [public(), print()];
        let done = replace(self.root(), &wanted, &both(&artifacts(files)));
        self.said(&done.diagnostics) + &self.listing("public") + &self.listing("print")
    }

    fn said(&self, diagnostics: &Diagnostics) -> String {
        let sorted = diagnostics.clone().sorted();
        let shown = sorted.iter().map(|it| it.render(Language::English));
        shown
            .map(|it| format!("{} {}\n", it.code, it.message))
            .collect()
    }

    /// Returns the names in the site's folder and in the notes.
    fn names(&self) -> String {
        let names = |folder: &str| {
            let entries = std::fs::read_dir(self.root().join(folder)).expect("it is there");
            let name = |entry: std::io::Result<std::fs::DirEntry>| {
                entry
                    .expect("it can be read")
                    .file_name()
                    .to_string_lossy()
                    .into_owned()
            };
            let mut names: Vec<String> = entries.map(name).collect();
            names.sort();
            names
        };
        [names("."), names(".greenboard")].concat().join(" ")
    }

    fn refusal(&self, folder: &str) -> Option<Code> {
        check_folder(self.root(), Output::Web, Path::new(folder))
            .err()
            .map(|refused| refused.code)
    }
}

/// A moment at which a build is killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Moment {
    Begun,
    Staged,
    Turned,
    Rescued,
    Settled,
}

fn public() -> Replacement<'static> {
    Replacement {
        output: Output::Web,
        folder: Path::new("public"),
        scope: Scope::Whole,
    }
}

fn print() -> Replacement<'static> {
    Replacement {
        output: Output::Print,
        folder: Path::new("print"),
        scope: Scope::Whole,
    }
}

fn summary(report: &WriteReport) -> String {
    let WriteReport {
        written,
        unchanged,
        removed,
    } = report;
    format!("+{written} ={unchanged} -{removed}\n")
}

/// Returns the artifacts once for the web and once for print.
fn both(artifacts: &[Artifact]) -> Vec<Artifact> {
    let printed = artifacts.iter().cloned().map(|artifact| Artifact {
        output: Output::Print,
        ..artifact
    });
    artifacts.iter().cloned().chain(printed).collect()
}

fn artifacts(files: &[(&str, &str)]) -> Vec<Artifact> {
    let artifact = |(path, content): &(&str, &str)| Artifact {
        output: Output::Web,
        path: (*path).to_owned(),
        content: Asset::held(content.as_bytes().into()),
    };
    files.iter().map(artifact).collect()
}

#[test]
fn what_changed_is_written_and_what_went_is_removed() {
    let site = Site::new();
    assert_snapshot!(site.build(&[("index.html", "home"), ("a/index.html", "a"), ("b/index.html", "b")]), @"
    +3 =0 -0
    public/a/
    public/a/index.html: a
    public/b/
    public/b/index.html: b
    public/index.html: home
    ");
    let before = site.time("public/index.html");
    assert_snapshot!(site.build(&[("index.html", "home"), ("b/index.html", "B"), ("c.css", "c")]), @"
    +2 =1 -1
    public/b/
    public/b/index.html: B
    public/c.css: c
    public/index.html: home
    ");
    assert_eq!(site.time("public/index.html"), before);
    assert_eq!(
        site.names(),
        ".greenboard content public lock manifest.json writing"
    );
}

#[test]
fn a_build_that_changes_nothing_touches_nothing() {
    let site = Site::new();
    site.build(&[("index.html", "home")]);
    let before = site.time(".greenboard/manifest.json");
    assert_snapshot!(site.build(&[("index.html", "home")]), @"
    +0 =1 -0
    public/index.html: home
    ");
    assert_eq!(site.time(".greenboard/manifest.json"), before);
}

#[test]
fn the_manifest_reads_like_this() {
    let site = Site::new();
    site.build(&[("b.html", "b"), ("a.html", "a")]);
    assert_snapshot!(fs::read_to_string(site.root().join(".greenboard/manifest.json")).expect("it is there"), @r#"
    {
      "format": 1,
      "folders": {
        "public": {
          "a.html": "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb",
          "b.html": "3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d"
        }
      }
    }
    "#);
}

#[test]
fn files_of_others_stay_and_are_named() {
    let site = Site::new();
    site.build(&[("index.html", "home"), ("a/index.html", "a")]);
    site.put("public/mine.html", "mine");
    site.put("public/a/mine.txt", "mine");
    site.put("public/old/x/y.txt", "mine");
    site.put("public/.nojekyll", "");
    assert_snapshot!(site.build(&[("index.html", "home")]), @"
    +0 =1 -1
    G602 `public/a/mine.txt` was not made by Greenboard; it was kept
    G602 `public/mine.html` was not made by Greenboard; it was kept
    G602 `public/old/` was not made by Greenboard; it was kept
    public/.nojekyll: 
    public/a/
    public/a/mine.txt: mine
    public/index.html: home
    public/mine.html: mine
    public/old/
    public/old/x/
    public/old/x/y.txt: mine
    ");
}

#[test]
fn equal_bytes_are_adopted_where_the_notes_are_lost() {
    let site = Site::new();
    site.build(&[("index.html", "home"), ("a.html", "a")]);
    fs::remove_dir_all(site.root().join(".greenboard")).expect("removed");
    let before = site.time("public/index.html");
    assert_snapshot!(site.build(&[("index.html", "home"), ("a.html", "a")]), @"
    +0 =2 -0
    public/a.html: a
    public/index.html: home
    ");
    assert_eq!(site.time("public/index.html"), before);
    assert_snapshot!(site.build(&[("index.html", "home")]), @"
    +0 =1 -1
    public/index.html: home
    ");
}

#[test]
fn nothing_is_written_where_somebody_elses_file_is_in_the_way() {
    let site = Site::new();
    site.build(&[("index.html", "home")]);
    site.put("public/a.html", "mine");
    site.put("public/b", "a file, not a folder");
    assert_snapshot!(site.build(&[("index.html", "new"), ("a.html", "a"), ("b/index.html", "b")]), @"
    nothing
    G606 `public/a.html` was not made by Greenboard and stands where a file must go; nothing was written
    public/a.html: mine
    public/b: a file, not a folder
    public/index.html: home
    ");
}

#[test]
fn what_somebody_made_of_our_file_is_kept() {
    let site = Site::new();
    site.build(&[("index.html", "home"), ("a.html", "a")]);
    site.put("public/index.html", "home, mended by hand");
    site.put("public/a.html", "a, mended by hand");
    assert_snapshot!(site.build(&[("index.html", "new home")]), @"
    +1 =0 -0
    G602 `public/a.html` was not made by Greenboard; it was kept
    G607 `public/index.html` was changed by hand; that version was moved to `.greenboard/kept/870263ef-index.html` and a new one put here
    public/a.html: a, mended by hand
    public/index.html: new home
    ");
    assert_snapshot!(site.listing(".greenboard/kept"), @".greenboard/kept/870263ef-index.html: home, mended by hand");
}

#[test]
fn files_and_folders_change_places() {
    let site = Site::new();
    site.build(&[("a", "file"), ("b/x", "x"), ("b/y", "y")]);
    assert_snapshot!(site.build(&[("a/x", "x"), ("b", "file")]), @"
    +2 =0 -3
    public/a/
    public/a/x: x
    public/b: file
    ");
    site.put("public/a/mine", "mine");
    assert_snapshot!(site.build(&[("a", "file"), ("b", "file")]), @"
    nothing
    G606 `public/a/mine` was not made by Greenboard and stands where a file must go; nothing was written
    public/a/
    public/a/mine: mine
    public/a/x: x
    public/b: file
    ");
}

#[test]
fn one_month_leaves_the_others() {
    let site = Site::new();
    let below = |month: &str| Scope::Below(BTreeSet::from([month.to_owned()]));
    site.build_below(
        &[("2026-11/a", "1"), ("2026-11/b", "1"), ("year", "1")],
        &below("2026-11"),
    );
    site.build_below(&[("2026-12/a", "1"), ("year", "2")], &below("2026-12"));
    assert_snapshot!(site.build_below(&[("2026-11/a", "2"), ("year", "3")], &below("2026-11")), @"
    +2 =0 -1
    public/2026-11/
    public/2026-11/a: 2
    public/2026-12/
    public/2026-12/a: 1
    public/year: 3
    ");
    assert_snapshot!(site.build_below(&[("2026-12/a", "2"), ("year", "3")], &below("2026-12")), @"
    +1 =1 -0
    public/2026-11/
    public/2026-11/a: 2
    public/2026-12/
    public/2026-12/a: 2
    public/year: 3
    ");
}

#[test]
fn paths_that_clash_or_lead_away_are_refused() {
    let site = Site::new();
    assert_snapshot!(site.build(&[("A.html", "1"), ("a.html", "2"), ("x", "1"), ("X/y", "2")]), @"
    nothing
    G605 two things want to be written to `a.html`: A.html and a.html
    G605 two things want to be written to `x`: x and X/y
    ");
    assert_snapshot!(site.build(&[("../content/a", "1"), ("/tmp/a", "2"), ("aux.html", "3")]), @"
    nothing
    G115 the name `../content/a` cannot be used
    G115 the name `/tmp/a` cannot be used
    G115 the name `aux.html` cannot be used
    ");
    assert_eq!(site.listing("content"), "");
}

#[test]
fn folders_that_hold_something_else_are_refused() {
    let site = Site::new();
    site.put("file", "x");
    for folder in [
        ".",
        "",
        "..",
        "/",
        "content",
        "data",
        "print",
        "archive/x",
        "content/new",
        "themes",
        "static/x",
        "ledger",
        ".greenboard/x",
        "public/../content",
        "new/../content",
        "file",
    ] {
        assert_eq!(site.refusal(folder), Some(Code::RefusedOutput), "{folder}");
    }
    for folder in ["public", "out/web", "contents", "../public-of-this-test"] {
        assert_eq!(site.refusal(folder), None, "{folder}");
    }
    let home = std::env::home_dir().expect("there is one");
    assert!(check_folder(site.root(), Output::Web, &home).is_err());
    assert!(check_apart(site.root(), Path::new("out"), Path::new("out/print")).is_err());
    assert!(check_apart(site.root(), Path::new("public"), Path::new("print")).is_ok());
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_out_of_the_output() {
    use std::os::unix::fs::symlink;
    let site = Site::new();
    site.put("content/a.md", "precious");
    symlink("content", site.root().join("public")).expect("linked");
    assert_eq!(site.refusal("public"), Some(Code::RefusedOutput));
    fs::remove_file(site.root().join("public")).expect("removed");
    fs::create_dir(site.root().join("public")).expect("made");
    symlink("../content", site.root().join("public/a")).expect("linked");
    symlink("../content/a.md", site.root().join("public/b")).expect("linked");
    assert_snapshot!(site.build(&[("a/a.md", "ours"), ("b", "ours")]), @"
    nothing
    G606 `public/a` was not made by Greenboard and stands where a file must go; nothing was written
    public/a/
    public/b/
    ");
    assert_eq!(site.listing("content"), "content/a.md: precious\n");
}

#[test]
fn notes_that_cannot_be_kept_are_reported_before_anything_is_written() {
    let site = Site::new();
    site.put(".greenboard", "a file, not a folder");
    let said = site.build(&[("index.html", "home")]);
    assert!(
        said.contains("G603") && !said.contains("index.html"),
        "{said}"
    );
}

#[test]
fn a_file_of_the_site_that_is_gone_by_now_stops_everything() {
    let site = Site::new();
    site.build(&[("index.html", "home")]);
    let path = SitePath::fixed("content/a.jpg");
    let gone = Asset::deferred(path, || Err(FileError::Missing));
    let mut wanted = artifacts(&[("index.html", "new"), ("a.jpg", "")]);
    wanted[1].content = gone;
    let done = replace(site.root(), &[public()], &wanted);
    let said = done.diagnostics.sorted();
    let at = said[0].at.as_ref().map(|at| at.path().as_str());
    assert_eq!(
        (said[0].code, at),
        (Code::Unreadable, Some("content/a.jpg"))
    );
    assert_snapshot!(site.listing("public"), @"public/index.html: home");
}

//! What happens to the files: build after build, with others' files among ours.

#![expect(
    clippy::disallowed_methods,
    reason = "tests look at and spoil the files themselves"
)]

use std::fs;
use std::time::SystemTime;

use insta::assert_snapshot;
use tempfile::TempDir;

use super::*;
use crate::diag::{Code, Language, SitePath};

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
        let artifacts = artifacts(files);
        let done = replace(
            self.root(),
            Output::Web,
            Path::new("public"),
            &artifacts,
            scope,
        );
        let WriteReport {
            written,
            unchanged,
            removed,
        } = done.value;
        let mut text = format!("+{written} ={unchanged} -{removed}\n");
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

    /// Begins a build and stops it after `steps` steps, as a power cut would.
    fn cut_short(&self, files: &[(&str, &str)], steps: usize) {
        let artifacts = artifacts(files);
        let artifacts: Vec<&Artifact> = artifacts.iter().collect();
        let mut diagnostics = Diagnostics::default();
        let public = Path::new("public");
        let job = Job::prepare(
            self.root(),
            public,
            &artifacts,
            &Scope::Whole,
            &mut diagnostics,
        );
        let job = job.expect("nothing is in the way");
        job.carry_out(steps).expect("the disk is fine");
    }

    fn refusal(&self, folder: &str) -> Option<Code> {
        check_folder(self.root(), Path::new(folder))
            .err()
            .map(|refused| refused.code)
    }
}

fn artifacts(files: &[(&str, &str)]) -> Vec<Artifact> {
    let artifact = |(path, content): &(&str, &str)| Artifact {
        output: Output::Web,
        path: (*path).to_owned(),
        bytes: content.as_bytes().into(),
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
    assert!(!site.root().join(".greenboard/stage").exists());
    assert!(!site.root().join(".greenboard/intent.json").exists());
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
    +0 =0 -0
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
    +0 =0 -0
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
fn a_build_cut_short_anywhere_is_healed_by_the_next() {
    let first = [
        ("a.html", "1"),
        ("b.html", "1"),
        ("c.html", "1"),
        ("d", "1"),
    ];
    let second = [
        ("a.html", "2"),
        ("b.html", "2"),
        ("d/x", "2"),
        ("e.html", "2"),
    ];
    let third = [("a.html", "3"), ("b.html", "1"), ("d/x", "2")];
    for steps in 0..=6 {
        let site = Site::new();
        site.build(&first);
        site.cut_short(&second, steps);
        for content in site
            .listing("public")
            .lines()
            .filter_map(|line| line.split_once(": "))
        {
            assert!(["1", "2"].contains(&content.1), "{content:?} is not whole");
        }
        let healed = site.build(&third);
        let (report, healed) = healed.split_once('\n').expect("a report comes first");
        assert_eq!(
            healed, "public/a.html: 3\npublic/b.html: 1\npublic/d/\npublic/d/x: 2\n",
            "after {steps} steps: {report}"
        );
    }
}

#[test]
fn a_month_cut_short_stays_ours_while_another_is_built() {
    let site = Site::new();
    site.build(&[("2026-11/a", "1")]);
    site.cut_short(&[("2026-11/a", "2")], 1);
    let december = Scope::Below(BTreeSet::from(["2026-12".to_owned()]));
    site.build_below(&[("2026-12/a", "1")], &december);
    assert_snapshot!(site.build(&[("2026-11/a", "3"), ("2026-12/a", "1")]), @"
    +1 =1 -0
    public/2026-11/
    public/2026-11/a: 3
    public/2026-12/
    public/2026-12/a: 1
    ");
}

#[test]
fn paths_that_clash_or_lead_away_are_refused() {
    let site = Site::new();
    assert_snapshot!(site.build(&[("A.html", "1"), ("a.html", "2"), ("x", "1"), ("X/y", "2")]), @"
    +0 =0 -0
    G605 two things want to be written to `a.html`: A.html and a.html
    G605 two things want to be written to `x`: x and X/y
    ");
    assert_snapshot!(site.build(&[("../content/a", "1"), ("/tmp/a", "2"), ("aux.html", "3")]), @"
    +0 =0 -0
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
    assert!(check_folder(site.root(), &home).is_err());
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
    +0 =0 -0
    G606 `public/a` was not made by Greenboard and stands where a file must go; nothing was written
    public/a/
    public/b/
    ");
    assert_eq!(site.listing("content"), "content/a.md: precious\n");
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_reported() {
    use std::os::unix::fs::PermissionsExt;
    let site = Site::new();
    site.build(&[("index.html", "home"), ("a/b.html", "1")]);
    let folder = site.root().join("public/a");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).expect("set");
    let root_may_all = fs::write(folder.join("probe"), "").is_ok();
    let said = site.build(&[("index.html", "home"), ("a/b.html", "2")]);
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).expect("set");
    if !root_may_all {
        assert!(
            said.contains("G603") && said.contains("public/a/b.html: 1"),
            "{said}"
        );
        let healed = site.build(&[("index.html", "home"), ("a/b.html", "2")]);
        assert!(healed.starts_with("+1 =1 -0\n"), "{healed}");
    }
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
fn a_new_file_is_never_written_over_another() {
    let site = Site::new();
    let path = SitePath::fixed("content/notices/2026-12/heat.md");
    assert_eq!(create(site.root(), &path, b"one"), Ok(()));
    let again = create(site.root(), &path, b"two").map_err(|error| error.code);
    assert_eq!(again, Err(Code::AlreadyThere));
    let below = SitePath::fixed("content/notices/2026-12/heat.md/x.md");
    let below = create(site.root(), &below, b"two").map_err(|error| error.code);
    assert_eq!(below, Err(Code::CannotWrite));
    assert_snapshot!(site.listing("content"), @"
    content/notices/
    content/notices/2026-12/
    content/notices/2026-12/heat.md: one
    ");
}

#[test]
fn lines_are_added_and_the_earlier_ones_stay() {
    let site = Site::new();
    let path = SitePath::fixed("ledger/2026-10.yaml");
    let add = |path: &SitePath, lines: &[&str]| {
        let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        append_lines(site.root(), path, "events:\n", &lines).map_err(|error| error.code)
    };
    assert_eq!(add(&path, &[]), Ok(()));
    assert!(!site.root().join("ledger").exists());
    add(&path, &["- one"]).expect("added");
    add(&path, &["- two", "- three"]).expect("added");
    site.put("ledger/2026-11.yaml", "- 手写的一行，没有换行");
    add(&SitePath::fixed("ledger/2026-11.yaml"), &["- 三"]).expect("added");
    assert_snapshot!(site.listing("ledger"), @"
    ledger/2026-10.yaml: events:
    - one
    - two
    - three

    ledger/2026-11.yaml: - 手写的一行，没有换行
    - 三
    ");
}

#[test]
fn lines_are_not_added_to_a_file_of_another_encoding() {
    let site = Site::new();
    let path = SitePath::fixed("ledger/2026-10.yaml");
    fs::create_dir(site.root().join("ledger")).expect("made");
    let gb = b"- \xb3\xc2\xc1\xa2\n";
    fs::write(site.root().join(path.as_str()), gb).expect("written");
    let refused = append_lines(site.root(), &path, "", &["- 陈立".into()]);
    assert_eq!(
        refused.map_err(|error| error.code),
        Err(Code::LedgerEncoding)
    );
    assert_eq!(fs::read(site.root().join(path.as_str())).expect("read"), gb);
}

#[test]
fn what_a_killed_run_left_beside_the_ledger_goes() {
    let site = Site::new();
    let path = SitePath::fixed("ledger/2026-10.yaml");
    site.put("ledger/.2026-10.yaml.417-0.tmp", "- ha");
    site.put("ledger/.mine.tmp", "somebody's");
    append_lines(site.root(), &path, "", &["- one".into()]).expect("added");
    assert_snapshot!(site.listing("ledger"), @"
    ledger/.mine.tmp: somebody's
    ledger/2026-10.yaml: - one
    ");
}

#[test]
fn bytes_are_kept_once_and_never_changed() {
    let site = Site::new();
    let path = SitePath::fixed("ledger/photos/2026-10/ab12.jpg");
    assert_eq!(keep(site.root(), &path, b"photo"), Ok(()));
    let before = site.time("ledger/photos/2026-10/ab12.jpg");
    assert_eq!(keep(site.root(), &path, b"photo"), Ok(()));
    assert_eq!(site.time("ledger/photos/2026-10/ab12.jpg"), before);
    let other = keep(site.root(), &path, b"other").map_err(|error| error.code);
    assert_eq!(other, Err(Code::AlreadyThere));
    assert_snapshot!(site.listing("ledger"), @"
    ledger/photos/
    ledger/photos/2026-10/
    ledger/photos/2026-10/ab12.jpg: photo
    ");
}

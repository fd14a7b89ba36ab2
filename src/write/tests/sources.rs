//! New source files, and lines added to the ledger.

use super::*;
use crate::diag::SitePath;

#[test]
fn a_new_file_is_never_written_over_another() {
    let site = Site::new();
    let path = SitePath::fixed("content/notices/2026-12/heat.md");
    assert_eq!(create(&site.held(), &path, b"one"), Ok(()));
    let again = create(&site.held(), &path, b"two").map_err(|error| error.code);
    assert_eq!(again, Err(Code::AlreadyThere));
    let below = SitePath::fixed("content/notices/2026-12/heat.md/x.md");
    let below = create(&site.held(), &below, b"two").map_err(|error| error.code);
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
        append_lines(&site.held(), path, "events:\n", &lines).map_err(|error| error.code)
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
    let refused = append_lines(&site.held(), &path, "", &["- 陈立".into()]);
    assert_eq!(
        refused.map_err(|error| error.code),
        Err(Code::LedgerEncoding)
    );
    assert_eq!(fs::read(site.root().join(path.as_str())).expect("read"), gb);
}

#[test]
fn what_a_killed_run_left_half_written_goes() {
    let site = Site::new();
    let path = SitePath::fixed("ledger/2026-10.yaml");
    site.put(".greenboard/writing/417-2026-10.yaml", "- ha");
    append_lines(&site.held(), &path, "", &["- one".into()]).expect("added");
    assert_snapshot!(site.listing("ledger"), @"ledger/2026-10.yaml: - one");
    drop(site.held());
    assert_eq!(site.names(), ".greenboard content ledger lock");
}

#[test]
fn bytes_are_kept_once_and_never_changed() {
    let site = Site::new();
    let path = SitePath::fixed("ledger/photos/2026-10/ab12.jpg");
    assert_eq!(keep(&site.held(), &path, b"photo"), Ok(()));
    let before = site.time("ledger/photos/2026-10/ab12.jpg");
    assert_eq!(keep(&site.held(), &path, b"photo"), Ok(()));
    assert_eq!(site.time("ledger/photos/2026-10/ab12.jpg"), before);
    let other = keep(&site.held(), &path, b"other").map_err(|error| error.code);
    assert_eq!(other, Err(Code::AlreadyThere));
    assert_snapshot!(site.listing("ledger"), @"
    ledger/photos/
    ledger/photos/2026-10/
    ledger/photos/2026-10/ab12.jpg: photo
    ");
}

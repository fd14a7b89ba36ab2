//! What users get wrong: a Chinese message with file and line, exit 1, the last good output
//! untouched.

mod boards;
mod front;
mod lists;
mod notices;
mod posters;
mod texts;

use crate::test_site::TestSite;

/// Builds a good site, spoils it, and returns what a second build says.
#[track_caller]
fn message_after(spoil: impl FnOnce(&TestSite)) -> String {
    let site = TestSite::minimal();
    site.build();
    let before = (site.files("public"), site.files("print"));
    spoil(&site);
    let run = site.run(&["build"]);
    assert_eq!(run.code, 1, "{}\n{}", run.stdout, run.stderr);
    assert!(
        before == (site.files("public"), site.files("print")),
        "the old output was touched"
    );
    run.messages().to_owned()
}

/// Spoils a good site in a way that does not stop it, and returns what a build says.
#[track_caller]
fn warning_after(spoil: impl FnOnce(&TestSite)) -> String {
    let site = TestSite::minimal();
    spoil(&site);
    let run = site.run(&["build"]);
    assert_eq!(run.code, 0, "{}\n{}", run.stdout, run.stderr);
    run.messages().to_owned()
}

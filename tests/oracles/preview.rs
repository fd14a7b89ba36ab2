//! The preview under attack, and pages in a browser that keep to their own policy.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use super::{PAGE_KINDS, TODAY, asks, public, root};
use crate::themes::plain;

/// A running preview; ended when dropped.
pub(crate) struct Preview {
    child: Child,
    url: String,
}

impl Preview {
    pub(crate) fn of(site: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_greenboard"))
            .args(["serve", "--port", "0", "--today", TODAY, "--root"])
            .arg(site)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let mut lines = BufReader::new(child.stdout.take().expect("it is piped")).lines();
        let told = lines.by_ref().map_while(Result::ok).find_map(|line| {
            let at = line.find("http://127.0.0.1:")?;
            Some(line[at..].trim().to_owned())
        });
        // The pipe must be read to its end, or the program would wait.
        std::thread::spawn(move || lines.for_each(drop));
        Self {
            child,
            url: told.expect("it says where it is"),
        }
    }

    pub(crate) fn port(&self) -> &str {
        let port = self.url.trim_end_matches('/').rsplit(':').next();
        port.expect("it has one")
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Treats a preview badly, in the `manner` that `hostile_http.py` knows.
fn attacked(manner: &[&str]) {
    let site = TempDir::new().expect("a temporary folder can be made");
    let put = |path: &str, bytes: &[u8]| {
        let path = site.path().join(path);
        std::fs::create_dir_all(path.parent().expect("it has one")).expect("made");
        std::fs::write(path, bytes).expect("written");
    };
    put("greenboard.yaml", "format: 1\ntitle: 小院\n".as_bytes());
    put(
        "content/_index.md",
        "---\ntitle: 小院\n---\n欢迎。\n".as_bytes(),
    );
    put("static/large.bin", &vec![7; 40_000_000]);
    let preview = Preview::of(site.path());
    // Python opens more files than a shell usually allows.
    let script = "ulimit -n 8192; exec python3 hostile_http.py \"$@\"";
    asks(
        Command::new("bash")
            .args(["-c", script, "bash", preview.port()])
            .arg(preview.child.id().to_string())
            .args(manner),
    );
}

#[test]
fn the_preview_bears_a_hostile_crowd() {
    attacked(&["20", "2000", "busy"]);
}

#[test]
#[ignore = "ten minutes, and it measures time, so it wants the machine alone"]
fn the_preview_bears_a_hostile_crowd_for_long() {
    attacked(&["600", "2000"]);
}

#[test]
fn no_page_is_refused_what_it_needs_by_its_own_policy() {
    let preview = Preview::of(root());
    for (website, preview) in [(public(), preview.url.as_str()), (plain(), "-")] {
        asks(
            Command::new("node")
                .arg("policy.mjs")
                .arg(website)
                .arg(preview)
                .args(PAGE_KINDS),
        );
    }
}

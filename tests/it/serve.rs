//! The preview: each change shows within two seconds, nothing stale, the last good site stays.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use crate::test_site::{TestSite, program};

/// How long a change may take to show.
const PATIENCE: Duration = Duration::from_secs(2);

/// A running preview; ended when dropped.
struct Preview {
    child: Child,
    port: u16,
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Preview {
    fn of(site: &TestSite) -> Self {
        let mut child = program(site.root())
            .args(["serve", "--port", "0", "--today", "2026-11-10"])
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("the program starts");
        let mut lines = BufReader::new(child.stdout.take().expect("it is piped")).lines();
        let port = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| {
                let (_, rest) = line.split_once("http://127.0.0.1:")?;
                rest.chars()
                    .take_while(char::is_ascii_digit)
                    .collect::<String>()
                    .parse()
                    .ok()
            })
            .expect("it says where it is");
        // The pipe must be read to its end, or the program would wait.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, port }
    }

    /// Asks for a page; gives its status and text.
    fn get(&self, path: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it answers");
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        )
        .expect("sent");
        let mut answer = String::new();
        stream
            .read_to_string(&mut answer)
            .expect("it answers in UTF-8");
        let status = answer
            .split(' ')
            .nth(1)
            .and_then(|code| code.parse().ok())
            .expect("a status");
        (
            status,
            answer
                .split_once("\r\n\r\n")
                .map(|(_, body)| body.to_owned())
                .unwrap_or_default(),
        )
    }

    /// Waits until the answer to `path` is as wished.
    #[track_caller]
    fn wait_for(&self, path: &str, wish: impl Fn(u16, &str) -> bool) {
        let start = Instant::now();
        loop {
            let (status, body) = self.get(path);
            if wish(status, &body) {
                return;
            }
            assert!(
                start.elapsed() < PATIENCE,
                "{path} is stale: {status}\n{body}"
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

#[test]
fn edit_rename_delete_break_and_mend_show_within_two_seconds() {
    let site = TestSite::minimal();
    let preview = Preview::of(&site);
    preview.wait_for("/living/tap/index.html", |status, body| {
        status == 200 && body.contains("拧紧")
    });

    site.edit("content/living/tap.md", "拧紧", "关紧");
    preview.wait_for("/living/tap/index.html", |_, body| {
        body.contains("关紧</strong>")
    });

    let (from, to) = ("content/living/tap.md", "content/living/faucet.md");
    std::fs::rename(site.root().join(from), site.root().join(to)).expect("renamed");
    preview.wait_for("/living/faucet/index.html", |status, _| status == 200);
    preview.wait_for("/living/tap/index.html", |status, _| status == 404);
    preview.wait_for("/living/index.html", |_, body| {
        !body.contains("tap/index.html")
    });

    site.edit(to, "topics:", "topcs:");
    preview.wait_for("/living/faucet/index.html", |status, body| {
        status == 200 && body.contains("关紧</strong>") && body.contains("G107")
    });

    site.edit(to, "topcs:", "topics:");
    preview.wait_for("/living/faucet/index.html", |_, body| {
        !body.contains("G107")
    });

    site.remove(to);
    preview.wait_for("/living/faucet/index.html", |status, _| status == 404);
}

#[test]
fn the_boards_are_drawn_as_they_will_hang() {
    let site = TestSite::minimal();
    let preview = Preview::of(&site);
    let (status, page) = preview.get("/_boards/");
    assert_eq!(status, 200);
    assert!(page.contains("<h1>11月的宣传栏</h1>"), "{page}");
    assert!(page.contains("viewBox=\"0 0 500 600\""), "{page}");
    assert!(
        page.contains("<a href=\"/living/tap/index.html\"><image"),
        "{page}"
    );
    assert_eq!(preview.get("/_boards/2026-12/").0, 200);
    assert_eq!(preview.get("/_boards/2027-12/").0, 404);
    // It follows a change, and no website has it.
    site.edit("content/boards/gate.md", "大门宣传栏", "正门宣传栏");
    preview.wait_for("/_boards/", |_, page| page.contains("<h2>正门宣传栏</h2>"));
    site.build();
    let public = site.files("public");
    assert!(!public.keys().any(|path| path.contains("_boards")));
}

#[test]
fn nothing_outside_the_site_is_served() {
    let site = TestSite::minimal();
    let preview = Preview::of(&site);
    for path in [
        "/../greenboard.yaml",
        "/%2e%2e/greenboard.yaml",
        "/greenboard.yaml",
        "/content/_index.md",
    ] {
        assert_eq!(preview.get(path).0, 404, "{path}");
    }
}

//! A preview as a browser meets it: a real server, a folder that changes, a builder of little
//! wit that makes one page a file.

#![expect(
    clippy::disallowed_methods,
    reason = "tests change the files themselves"
)]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::*;
use crate::diag::SitePath;
use crate::read::{Asset, Spool};
use crate::render::Output;

/// How long a change may take to show.
const PATIENCE: Duration = Duration::from_secs(2);

struct Site {
    folder: TempDir,
    builds: Arc<AtomicUsize>,
}

impl Site {
    fn new() -> Self {
        let folder = TempDir::new().expect("a temporary folder can be made");
        fs::create_dir(folder.path().join("content")).expect("made");
        let builds = Arc::new(AtomicUsize::new(0));
        Self { folder, builds }
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().expect("it has one")).expect("made");
        fs::write(path, text).expect("written");
    }

    fn preview(&self) -> Preview {
        let root = self.folder.path().to_owned();
        let options = Options {
            root: root.clone(),
            port: 0,
            rest: || {},
        };
        let builds = self.builds.clone();
        let build = move |_: &Touched, _: &Cancel, show: &mut dyn FnMut(Built)| {
            builds.fetch_add(1, Ordering::SeqCst);
            show(build(&root));
            true
        };
        start(&options, build).expect("it starts")
    }
}

/// Makes `content/x.md` to `x.html`, and fails of a file that says `broken`.
fn build(root: &Path) -> Built {
    let mut artifacts = vec![
        artifact("index.html", "<body>home</body>"),
        artifact("404.html", "lost"),
    ];
    let mut messages = Vec::new();
    for folder in ["content", "static"] {
        let files = walkdir::WalkDir::new(root.join(folder)).sort_by_file_name();
        for entry in files.into_iter().filter_map(Result::ok) {
            let Ok(text) = fs::read_to_string(entry.path()) else {
                continue;
            };
            assert!(!text.contains("panic"), "a fault of the program");
            if text.contains("broken") {
                let bad = Diagnostic::new(Code::UnknownKey).with("key", "标提");
                messages.push(bad.render(Language::Chinese));
            }
            let name = entry
                .path()
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy();
            artifacts.push(artifact(
                &format!("{name}.html"),
                &format!("<body>{text}</body>"),
            ));
        }
    }
    let all: Vec<(String, Arc<[u8]>)> = artifacts
        .iter()
        .map(|it| (it.path.clone(), it.bytes()))
        .collect();
    Built {
        artifacts: messages.is_empty().then_some(artifacts),
        pages: None,
        version: format!("{all:?}"),
        messages,
        language: Language::Chinese,
        spool: Spool::default(),
    }
}

fn artifact(path: &str, text: &str) -> Artifact {
    Artifact {
        output: Output::Web,
        path: path.to_owned(),
        content: Asset::held(text.as_bytes().into()),
    }
}

/// Sends a request and returns the whole answer.
fn ask(preview: &Preview, request: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", preview.port())).expect("it answers");
    write!(
        stream,
        "{request}\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    )
    .expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("text comes back");
    answer
}

fn get(preview: &Preview, path: &str) -> String {
    ask(preview, &format!("GET {path} HTTP/1.1"))
}

/// Waits until the answer to `path` is as wished.
#[track_caller]
fn wait_for(preview: &Preview, path: &str, wish: impl Fn(&str) -> bool) {
    let start = Instant::now();
    loop {
        let answer = get(preview, path);
        if wish(&answer) {
            return;
        }
        assert!(start.elapsed() < PATIENCE, "{path} is stale: {answer}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Listens for events and returns each version as it comes.
fn events(preview: &Preview) -> impl Iterator<Item = String> {
    let mut stream = TcpStream::connect(("127.0.0.1", preview.port())).expect("it answers");
    stream.set_read_timeout(Some(PATIENCE)).expect("set");
    write!(
        stream,
        "GET /_greenboard/events HTTP/1.1\r\nHost: localhost\r\n\r\n"
    )
    .expect("sent");
    let lines = BufReader::new(stream).lines().map_while(Result::ok);
    lines.filter_map(|line| Some(line.strip_prefix("data: ")?.to_owned()))
}

#[test]
fn every_change_shows_and_nothing_is_stale() {
    let site = Site::new();
    site.put("content/a.md", "one");
    let preview = site.preview();
    assert!(get(&preview, "/a.html").contains("one"));
    site.put("content/a.md", "two");
    wait_for(&preview, "/a.html", |answer| answer.contains("two"));
    let content = site.folder.path().join("content");
    fs::rename(content.join("a.md"), content.join("b.md")).expect("renamed");
    wait_for(&preview, "/b.html", |answer| answer.contains("200 OK"));
    wait_for(&preview, "/a.html", |answer| {
        answer.contains("404 Not Found") && answer.contains("lost")
    });
    site.put("content/new/folder/c.md", "three");
    wait_for(&preview, "/c.html", |answer| answer.contains("three"));
    fs::remove_dir_all(content.join("new")).expect("removed");
    wait_for(&preview, "/c.html", |answer| answer.contains("404"));
}

#[test]
fn a_newer_change_ends_the_build_under_way_but_not_two_in_a_row() {
    let site = Site::new();
    site.put("content/water.md", "old");
    let root = site.folder.path().to_owned();
    let (begun, begins) = channel();
    let options = Options {
        root: root.clone(),
        port: 0,
        rest: || {},
    };
    let slow = move |_: &Touched, cancel: &Cancel, show: &mut dyn FnMut(Built)| {
        let _ = begun.send(());
        let start = Instant::now();
        while fs::read_to_string(root.join("content/water.md")).is_ok_and(|it| it == "slow") {
            if cancel.is_set() || start.elapsed() > PATIENCE {
                return false;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        show(build(&root));
        true
    };
    let preview = start(&options, slow).expect("it starts");
    begins.recv().expect("the first build");
    site.put("content/water.md", "slow");
    begins.recv_timeout(PATIENCE).expect("a build of it");
    let start = Instant::now();
    site.put("content/air.md", "new");
    begins.recv_timeout(PATIENCE).expect("one of both");
    assert!(
        start.elapsed() < PATIENCE,
        "the slow one was not waited for"
    );
    // This one is not ended by what comes next, or nothing would ever show.
    site.put("content/earth.md", "newer");
    assert!(begins.recv_timeout(Duration::from_millis(200)).is_err());
    site.put("content/water.md", "clear");
    wait_for(&preview, "/water.html", |answer| answer.contains("clear"));
    wait_for(&preview, "/earth.html", |answer| answer.contains("newer"));
}

#[test]
fn a_build_is_told_what_changed_and_all_is_looked_at_once_events_rest() {
    let site = Site::new();
    site.put("content/a.md", "one");
    let root = site.folder.path().to_owned();
    let (told, tells) = channel();
    let options = Options {
        root: root.clone(),
        port: 0,
        rest: || {},
    };
    let telling = move |touched: &Touched, _: &Cancel, show: &mut dyn FnMut(Built)| {
        let _ = told.send(touched.clone());
        show(build(&root));
        true
    };
    let _preview = start(&options, telling).expect("it starts");
    let next = || tells.recv_timeout(PATIENCE).expect("a build");
    assert_eq!(next(), Touched::Anything);
    site.put("content/a.md", "two");
    // Some systems tell of a change in several events, of which a build may have missed some.
    let mut first = next();
    while let Ok(more) = tells.recv_timeout(Duration::from_millis(200)) {
        first.add(more);
    }
    let Touched::Only { paths, .. } = first else {
        panic!("only one file changed");
    };
    assert_eq!(
        paths.into_iter().collect::<Vec<_>>(),
        [SitePath::fixed("content/a.md")]
    );
    assert_eq!(next(), Touched::Anything);
    assert!(tells.recv_timeout(Duration::from_millis(1500)).is_err());
}

#[test]
fn what_stands_shows_while_the_rest_is_made_and_what_is_wrong_with_that_comes_over_it() {
    let site = Site::new();
    site.put("content/a.md", "good");
    let root = site.folder.path().to_owned();
    let (goes_on, waits) = channel::<()>();
    let options = Options {
        root: root.clone(),
        port: 0,
        rest: || {},
    };
    let two_steps = move |touched: &Touched, _: &Cancel, show: &mut dyn FnMut(Built)| {
        let built = build(&root);
        show(built.clone());
        let is_change = matches!(touched, Touched::Only { .. });
        if is_change && waits.recv_timeout(PATIENCE).is_ok() {
            let bad = Diagnostic::new(Code::UnknownKey).with("key", "标提");
            show(Built {
                artifacts: None,
                messages: vec![bad.render(Language::Chinese)],
                ..built
            });
        }
        true
    };
    let preview = start(&options, two_steps).expect("it starts");
    site.put("content/a.md", "better");
    wait_for(&preview, "/a.html", |answer| {
        answer.contains("better") && !answer.contains("G107")
    });
    goes_on.send(()).expect("it waits");
    wait_for(&preview, "/a.html", |answer| {
        answer.contains("better") && answer.contains("G107")
    });
}

#[test]
fn folders_that_come_later_are_watched_too() {
    let site = Site::new();
    let preview = site.preview();
    site.put("static/s.txt", "first");
    wait_for(&preview, "/s.html", |answer| answer.contains("first"));
    site.put("static/s.txt", "second");
    wait_for(&preview, "/s.html", |answer| answer.contains("second"));
    fs::remove_dir_all(site.folder.path().join("static")).expect("removed");
    wait_for(&preview, "/s.html", |answer| answer.contains("404"));
    site.put("static/s.txt", "third");
    wait_for(&preview, "/s.html", |answer| answer.contains("third"));
    site.put("static/s.txt", "fourth");
    wait_for(&preview, "/s.html", |answer| answer.contains("fourth"));
}

#[test]
fn the_last_good_site_stays_with_the_message_over_it() {
    let site = Site::new();
    site.put("content/a.md", "good");
    let preview = site.preview();
    site.put("content/a.md", "broken");
    wait_for(&preview, "/a.html", |answer| {
        answer.contains("good") && answer.contains("G107") && answer.contains("200 OK")
    });
    site.put("content/a.md", "mended");
    wait_for(&preview, "/a.html", |answer| {
        answer.contains("mended") && !answer.contains("G107")
    });
    site.put("content/a.md", "panic");
    wait_for(&preview, "/a.html", |answer| {
        answer.contains("mended")
            && answer.contains("G901")
            && answer.contains("a fault of the program")
    });
    site.put("content/a.md", "well again");
    wait_for(&preview, "/a.html", |answer| answer.contains("well again"));
}

#[test]
fn a_site_that_is_broken_from_the_first_says_so() {
    let site = Site::new();
    site.put("content/a.md", "broken");
    let preview = site.preview();
    let answer = get(&preview, "/a.html");
    assert!(
        answer.starts_with("HTTP/1.1 503") && answer.contains("G107"),
        "{answer}"
    );
    site.put("content/a.md", "mended");
    wait_for(&preview, "/a.html", |answer| answer.contains("mended"));
}

#[test]
fn browsers_are_told_of_what_changed_and_of_nothing_else() {
    let site = Site::new();
    site.put("content/a.md", "one");
    let preview = site.preview();
    let mut versions = events(&preview);
    let first = versions.next().expect("a page is greeted");
    assert!(get(&preview, "/a.html").contains(&first));
    site.put("content/a.md", "two");
    let second = versions.next().expect("it is told");
    assert_ne!(second, first);
    wait_for(&preview, "/a.html", |answer| answer.contains(&second));
    // Saved without a change: the same version, so no page reloads.
    site.put("content/a.md", "two");
    assert_eq!(versions.next().as_ref(), Some(&second));
}

#[test]
fn files_of_editors_and_outputs_build_nothing() {
    let site = Site::new();
    let preview = site.preview();
    for path in [
        "public/index.html",
        "content/.a.md.swp",
        "content/a.md~",
        ".greenboard/x",
    ] {
        site.put(path, "x");
    }
    std::thread::sleep(Duration::from_millis(400));
    assert_eq!(site.builds.load(Ordering::SeqCst), 1);
    drop(preview);
}

#[test]
fn heads_tags_and_strangers_are_answered_rightly() {
    let site = Site::new();
    let preview = site.preview();
    let head = ask(&preview, "HEAD /index.html HTTP/1.1");
    assert!(head.contains("200 OK") && !head.contains("home"), "{head}");
    for said in [
        "cache-control: no-store",
        "content-security-policy: frame-ancestors 'self'",
        "cross-origin-opener-policy: same-origin",
        "cross-origin-resource-policy: same-origin",
        "x-content-type-options: nosniff",
        "content-type: text/html; charset=utf-8",
    ] {
        assert!(head.contains(said), "{said}: {head}");
    }
    let tag = head
        .lines()
        .find_map(|line| line.strip_prefix("etag: "))
        .expect("there is a tag");
    let again = ask(
        &preview,
        &format!("GET /index.html HTTP/1.1\r\nIf-None-Match: {tag}"),
    );
    assert!(again.starts_with("HTTP/1.1 304"), "{again}");
    assert!(ask(&preview, "POST /index.html HTTP/1.1\r\nContent-Length: 0").contains("405"));
    let ask = |request: &str| {
        let mut stream = TcpStream::connect(("127.0.0.1", preview.port())).expect("it answers");
        write!(stream, "{request}\r\nConnection: close\r\n\r\n").expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("text comes back");
        answer
    };
    let (own, other) = (
        "GET / HTTP/1.1\r\nHost: localhost",
        "GET / HTTP/1.1\r\nHost: evil.example",
    );
    assert!(ask(own).starts_with("HTTP/1.1 200"));
    assert!(ask(other).starts_with("HTTP/1.1 403"));
    assert!(ask("GET / HTTP/1.1").starts_with("HTTP/1.1 400"));
    assert!(ask(&format!("{own}\r\nSec-Fetch-Site: cross-site")).starts_with("HTTP/1.1 403"));
}

#[test]
fn a_part_of_a_file_is_sent_as_it_was_asked_for() {
    let site = Site::new();
    let preview = site.preview();
    let ask = |range: &str| {
        ask(
            &preview,
            &format!("GET /404.html HTTP/1.1\r\nRange: {range}"),
        )
    };
    let part = ask("bytes=1-2");
    assert!(part.starts_with("HTTP/1.1 206"), "{part}");
    assert!(part.contains("content-range: bytes 1-2/"), "{part}");
    assert!(part.ends_with("\r\n\r\nos"), "{part}");
    // Over the border between the page and what the preview adds.
    assert!(ask("bytes=2-5").ends_with("st<s"));
    assert!(ask("bytes=-1").ends_with("\r\n\r\n\n"));
    let outside = ask("bytes=100000-");
    assert!(outside.starts_with("HTTP/1.1 416"), "{outside}");
    assert!(outside.contains("content-range: bytes */"), "{outside}");
}

#[test]
fn a_body_of_any_length_is_not_waited_for() {
    let site = Site::new();
    let preview = site.preview();
    let get = "GET /index.html HTTP/1.1\r\nContent-Length: 100000000000000";
    assert!(ask(&preview, get).contains("200 OK"));
    let get = "GET /index.html HTTP/1.1\r\nTransfer-Encoding: chunked";
    assert!(ask(&preview, get).contains("200 OK"));
    let post = "POST /index.html HTTP/1.1\r\nContent-Length: 100000000000000";
    let answer = ask(&preview, post);
    assert!(
        answer.contains("405") && answer.contains("allow: GET, HEAD"),
        "{answer}"
    );
}

#[test]
fn heads_without_an_end_and_crowds_keep_nobody_out() {
    let site = Site::new();
    let preview = site.preview();
    let connect = || TcpStream::connect(("127.0.0.1", preview.port())).expect("it answers");
    let mut endless = connect();
    let mut answer = Vec::new();
    let line = format!("X: {}\r\n", "x".repeat(1000));
    let head = format!("GET / HTTP/1.1\r\n{}", line.repeat(1000));
    // The server may hang up before all is sent.
    let _ = endless.write_all(head.as_bytes());
    let _ = endless.read_to_end(&mut answer);
    let answer = String::from_utf8_lossy(&answer);
    assert!(
        answer.is_empty() || answer.starts_with("HTTP/1.1 431"),
        "{answer}"
    );
    let crowd: Vec<TcpStream> = (0..300).map(|_| connect()).collect();
    let start = Instant::now();
    assert!(get(&preview, "/index.html").contains("home"));
    assert!(start.elapsed() < PATIENCE);
    drop(crowd);
}

#[test]
fn those_who_do_not_read_stop_nobody() {
    let site = Site::new();
    site.put("content/large.md", &"x".repeat(40 << 20));
    let preview = site.preview();
    let mut deaf: Vec<TcpStream> = Vec::new();
    for _ in 0..20 {
        let mut stream = TcpStream::connect(("127.0.0.1", preview.port())).expect("it answers");
        let request = "GET /large.html HTTP/1.1\r\nHost: localhost\r\n\r\n";
        stream.write_all(request.as_bytes()).expect("sent");
        deaf.push(stream);
    }
    let start = Instant::now();
    assert!(get(&preview, "/index.html").contains("home"));
    assert!(start.elapsed() < PATIENCE);
}

#[test]
fn a_port_that_is_taken_is_passed_over() {
    let taken = TcpListener::bind(("127.0.0.1", 0)).expect("one is free");
    let port = taken.local_addr().expect("it has one").port();
    // The last ports have none after them.
    if port < u16::MAX {
        let listener = listen(port).expect("another is free");
        assert_ne!(listener.local_addr().expect("it has one").port(), port);
    }
}

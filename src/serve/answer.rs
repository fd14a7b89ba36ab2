//! From an address to the bytes of a page.

use std::ops::Range;

use axum::body::{Body, Bytes};
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::{Response, StatusCode};
use futures_util::stream;
use memchr::memmem;
use percent_encoding::percent_decode_str;
use serde_json::json;

use super::range::{Wanted, wanted};
use super::shown::{Content, Found, Shown};
use crate::diag::Language;

/// Where browsers listen for changes.
pub(super) const EVENTS: &str = "/_greenboard/events";

const RELOAD_JS: &str = include_str!("reload.js");
const OVERLAY_CSS: &str = include_str!("overlay.css");
const WAITING_HTML: &str = include_str!("waiting.html");
const HTML: &str = "text/html; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";
/// How far from a page's begin and end its tags are looked for, in bytes.
const NEAR: u64 = 64 << 10;

/// What a browser gets.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    /// The status.
    status: StatusCode,
    /// The kind of content.
    mime: &'static str,
    /// The content, in pieces: what lies in memory is not copied for a reader, what waits is read
    /// as it is sent.
    body: Vec<Content>,
    /// What names the content.
    tag: String,
    /// Where else to look.
    location: Option<String>,
}

/// Answers the request for `address`, a path as it was sent.
pub(super) fn answer(shown: &Shown, address: &str) -> Answer {
    match address {
        "/_greenboard/reload.js" => return ours(shown, mime("a.js"), RELOAD_JS),
        "/_greenboard/overlay.css" => return ours(shown, mime("a.css"), OVERLAY_CSS),
        _ => {}
    }
    if !shown.is_built || !shown.has_site() {
        return waiting(shown);
    }
    let Some(path) = decode(address) else {
        return lost(shown);
    };
    let path = path.trim_start_matches('/');
    let index = match path {
        "" => "index.html".to_owned(),
        folder if folder.ends_with('/') => format!("{folder}index.html"),
        file => match shown.find(file) {
            Found::File(found) if mime(file) != HTML => {
                let (content, tag) = found.read();
                return Answer {
                    status: StatusCode::OK,
                    mime: mime(file),
                    body: vec![content],
                    tag,
                    location: None,
                };
            }
            Found::Nothing => {
                let folder = shown.find(&format!("{file}/index.html"));
                return match folder {
                    Found::Nothing => lost(shown),
                    Found::File(_) | Found::Failed(..) => moved(address),
                };
            }
            page => return self::page(shown, page),
        },
    };
    self::page(shown, shown.find(&index))
}

/// Answers with a page, or why there is none.
fn page(shown: &Shown, found: Found) -> Answer {
    match found {
        Found::File(file) => {
            let (page, tag) = file.read();
            with_state(StatusCode::OK, shown, &page, &tag)
        }
        Found::Failed(problem, earlier) => {
            // Its own fault lies over it, as those of the whole site do.
            let mut shown = shown.clone();
            shown.problems.push(*problem);
            earlier.map_or_else(|| waiting(&shown), |file| page(&shown, Found::File(file)))
        }
        Found::Nothing => lost(shown),
    }
}

/// Answers with a page that waits for one that goes well.
fn waiting(shown: &Shown) -> Answer {
    let page = Bytes::from_static(WAITING_HTML.as_bytes()).into();
    with_state(StatusCode::SERVICE_UNAVAILABLE, shown, &page, "waiting")
}

impl Answer {
    /// Returns what is sent to one who asked with `asked`: all of it, the part that was asked
    /// for, or nothing where it is known already.
    pub(super) fn to(self, asked: &HeaderMap) -> Response<Body> {
        let length = self.body.iter().map(Content::length).sum();
        let tag = format!("\"{}\"", self.tag);
        let mut response = Response::new(Body::empty());
        let mut say = |name: HeaderName, value: &str| {
            if let Ok(value) = HeaderValue::from_str(value) {
                response.headers_mut().insert(name, value);
            }
        };
        say(header::CONTENT_TYPE, self.mime);
        say(header::ETAG, &tag);
        say(header::ACCEPT_RANGES, "bytes");
        if let Some(location) = &self.location {
            say(header::LOCATION, location);
        }
        let is_ok = self.status == StatusCode::OK;
        let part = match wanted(asked, &tag, length) {
            Wanted::Nothing if is_ok => {
                *response.status_mut() = StatusCode::NOT_MODIFIED;
                return response;
            }
            Wanted::Outside if is_ok => {
                say(header::CONTENT_RANGE, &format!("bytes */{length}"));
                *response.status_mut() = StatusCode::RANGE_NOT_SATISFIABLE;
                return response;
            }
            Wanted::Part(part) if is_ok => {
                let (first, last) = (part.start, part.end - 1);
                say(
                    header::CONTENT_RANGE,
                    &format!("bytes {first}-{last}/{length}"),
                );
                *response.status_mut() = StatusCode::PARTIAL_CONTENT;
                part
            }
            _ => {
                *response.status_mut() = self.status;
                0..length
            }
        };
        let size = HeaderValue::from(part.end - part.start);
        response.headers_mut().insert(header::CONTENT_LENGTH, size);
        let pieces = cut(self.body, part).into_iter();
        *response.body_mut() = Body::from_stream(stream::iter(pieces.flat_map(Content::read)));
        response
    }
}

/// Returns the part of `pieces` that lies in `part`, counted in bytes over all of them.
fn cut(pieces: Vec<Content>, part: Range<u64>) -> Vec<Content> {
    let mut start = 0;
    let cut = pieces.into_iter().map(|piece| {
        let length = piece.length();
        let within = |at: u64| at.saturating_sub(start).min(length);
        let piece = piece.part(within(part.start)..within(part.end));
        start += length;
        piece
    });
    cut.filter(|piece| piece.length() > 0).collect()
}

/// Answers with a file of the preview's own.
fn ours(shown: &Shown, mime: &'static str, text: &'static str) -> Answer {
    Answer {
        status: StatusCode::OK,
        mime,
        body: vec![Bytes::from_static(text.as_bytes()).into()],
        tag: format!("{}-{}", env!("CARGO_PKG_VERSION"), shown.version),
        location: None,
    }
}

/// Sends a browser to the folder's own address, where relative links work.
fn moved(address: &str) -> Answer {
    Answer {
        status: StatusCode::FOUND,
        mime: TEXT,
        body: Vec::new(),
        tag: "moved".to_owned(),
        location: Some(format!("{address}/")),
    }
}

/// Answers with the site's own page for what is not there. It is made for no place in
/// particular, so its links are told to start at the top.
fn lost(shown: &Shown) -> Answer {
    const HEAD: &str = "<head>";
    let Found::File(file) = shown.find("404.html") else {
        return Answer {
            status: StatusCode::NOT_FOUND,
            mime: TEXT,
            body: vec![Bytes::from_static(b"404").into()],
            tag: "404".to_owned(),
            location: None,
        };
    };
    let (page, tag) = file.read();
    let start = page.part(0..page.length().min(NEAR)).whole();
    let head = memmem::find(&start, HEAD.as_bytes());
    let mut answer = with_state(StatusCode::NOT_FOUND, shown, &page, &tag);
    if let Some(at) = head.map(|at| (at + HEAD.len()) as u64) {
        let first = answer.body[0].clone();
        let (before, after) = (first.part(0..at), first.part(at..first.length()));
        let base = Bytes::from_static(b"<base href=\"/\">");
        answer.body.splice(..1, [before, base.into(), after]);
    }
    answer
}

/// Adds to a page what lets it reload and show what is wrong; the files themselves stay as they
/// are.
fn with_state(status: StatusCode, shown: &Shown, page: &Content, tag: &str) -> Answer {
    let length = page.length();
    let near = length.saturating_sub(NEAR);
    let end = page.part(near..length).whole();
    let at = memmem::rfind(&end, b"</body>").map_or(length, |at| near + at as u64);
    let added = format!(
        "<script type=\"application/json\" id=\"greenboard-shown\">{}</script>\n\
         <script src=\"/_greenboard/reload.js\" defer></script>\n",
        state(shown)
    );
    Answer {
        status,
        mime: HTML,
        body: vec![
            page.part(0..at),
            Bytes::from(added).into(),
            page.part(at..length),
        ],
        tag: format!("{tag}-{}", shown.version),
        location: None,
    }
}

/// Returns what `reload.js` works from.
fn state(shown: &Shown) -> String {
    let language = match shown.language {
        Language::Chinese => "zh-CN",
        Language::English => "en",
    };
    let state = json!({
        "version": shown.version,
        "language": language,
        "problems": shown.problems,
        // Whether there is a last good site to look at meanwhile.
        "site": shown.has_site(),
    });
    // So that no word of a message can end the element that holds it.
    state.to_string().replace('<', "\\u003c")
}

/// Undoes the percent signs of an address; `None` where it is no path of ours.
fn decode(address: &str) -> Option<String> {
    let path = percent_decode_str(address).decode_utf8().ok()?;
    let is_plain = path.starts_with('/')
        && !path.contains(['\\', '\0'])
        && !path.split('/').any(|part| part == "..");
    is_plain.then(|| path.into_owned())
}

/// Returns the kind of content by a file's ending.
fn mime(path: &str) -> &'static str {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    match ending.to_ascii_lowercase().as_str() {
        "html" | "htm" => HTML,
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        "txt" | "md" => TEXT,
        "csv" => "text/csv; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "webmanifest" => "application/manifest+json; charset=utf-8",
        "svg" => "image/svg+xml; charset=utf-8",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "pdf" => "application/pdf",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "mp3" => "audio/mpeg",
        "wasm" => "application/wasm",
        "zip" => "application/zip",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use insta::assert_snapshot;

    use super::*;
    use crate::diag::{Code, Diagnostic};
    use crate::read::{Asset, Spool};
    use crate::render::{Artifact, Output};
    use crate::serve::{Built, Pages};

    fn built(files: &[(&str, &str)]) -> Built {
        let artifact = |(path, text): &(&str, &str)| {
            let (output, path) = match path.strip_prefix("print/") {
                Some(path) => (Output::Print, path),
                None => (Output::Web, *path),
            };
            Artifact {
                output,
                path: path.to_owned(),
                content: Asset::held(text.as_bytes().into()),
            }
        };
        Built {
            artifacts: Some(files.iter().map(artifact).collect()),
            pages: None,
            version: "1".to_owned(),
            messages: Vec::new(),
            language: Language::Chinese,
            spool: Spool::default(),
        }
    }

    fn shown(files: &[(&str, &str)]) -> Shown {
        let mut shown = Shown::after(&Shown::default(), built(files));
        "v1".clone_into(&mut shown.version);
        shown
    }

    /// Makes `a.html` as often as it is asked, but fails while `b` is its text.
    #[derive(Debug)]
    struct OnePage(&'static str, AtomicUsize);

    impl Pages for OnePage {
        fn make(&self, path: &str) -> Option<Result<Asset, Diagnostic>> {
            self.1.fetch_add(1, Ordering::Relaxed);
            (path == "a.html").then(|| match self.0 {
                "b" => Err(Diagnostic::new(Code::UnknownKey).with("key", "x")),
                text => Ok(Asset::held(text.as_bytes().into())),
            })
        }
    }

    #[test]
    fn a_page_is_made_when_it_is_asked_for_and_one_that_fails_leaves_the_last() {
        let after = |before: &Shown, text| {
            let page = Arc::new(OnePage(text, AtomicUsize::new(0)));
            let built = Built {
                pages: Some(page.clone()),
                ..built(&[("a.css", "css")])
            };
            (Shown::after(before, built), page)
        };
        let (first, page) = after(&Shown::default(), "one");
        assert!(told(&first, "/a.css").ends_with("css"));
        assert_eq!(page.1.load(Ordering::Relaxed), 0);
        for _ in 0..2 {
            assert!(told(&first, "/a.html").contains("one"));
        }
        assert_eq!(page.1.load(Ordering::Relaxed), 1);
        let (second, _) = after(&first, "b");
        let last = told(&second, "/a.html");
        assert!(last.contains("one") && last.contains("G107"), "{last}");
        let (third, _) = after(&second, "two");
        let mended = told(&third, "/a.html");
        assert!(
            mended.contains("two") && !mended.contains("G107"),
            "{mended}"
        );
        // Where none was good, the page that waits says what is wrong.
        let (bad, _) = after(&Shown::default(), "b");
        let waiting = told(&bad, "/a.html");
        assert!(
            waiting.starts_with("503") && waiting.contains("G107"),
            "{waiting}"
        );
    }

    fn told(shown: &Shown, url: &str) -> String {
        let Answer {
            status,
            mime,
            body,
            location,
            ..
        } = answer(shown, url);
        let status = status.as_u16();
        let body = body.iter().map(Content::whole).collect::<Vec<_>>().concat();
        let body = String::from_utf8_lossy(&body).into_owned();
        let location = location.map(|to| format!(" → {to}")).unwrap_or_default();
        format!("{status} {mime}{location}\n{body}")
    }

    #[test]
    fn addresses_lead_to_files() {
        let shown = shown(&[
            ("index.html", "home"),
            ("居务/index.html", "居务"),
            ("a.css", "css"),
            ("404.html", "<head></head>lost"),
            ("print/2026-11/a.pdf", "pdf"),
        ]);
        for (url, wanted) in [
            ("/", "200 text/html; charset=utf-8\nhome"),
            ("/index.html", "200 text/html; charset=utf-8\nhome"),
            ("/a.css", "200 text/css; charset=utf-8\ncss"),
            ("/%E5%B1%85%E5%8A%A1/", "200 text/html; charset=utf-8\n居务"),
            (
                "/%E5%B1%85%E5%8A%A1",
                "302 text/plain; charset=utf-8 → /%E5%B1%85%E5%8A%A1/\n",
            ),
            ("/print/2026-11/a.pdf", "200 application/pdf\npdf"),
            (
                "/print/",
                "404 text/html; charset=utf-8\n<head><base href=\"/\"></head>lost",
            ),
            ("/../a.css", "404"),
            ("/%2e%2e/a.css", "404"),
            ("/..%5ca.css", "404"),
            ("/%zz", "404"),
            ("/%ff", "404"),
        ] {
            let told = told(&shown, url);
            assert!(told.starts_with(wanted), "{url}: {told}");
        }
    }

    #[test]
    fn pages_carry_what_reloads_them_and_what_is_wrong() {
        let mut shown = shown(&[("index.html", "<body>\n<p>home</p>\n</body>")]);
        let bad = Diagnostic::new(Code::UnknownKey).with("key", "</script><b>");
        shown.problems = vec![bad.render(Language::Chinese)];
        assert_snapshot!(told(&shown, "/"), @r#"
        200 text/html; charset=utf-8
        <body>
        <p>home</p>
        <script type="application/json" id="greenboard-shown">{"version":"v1","language":"zh-CN","problems":[{"code":"G107","severity":"error","message":"不认识 `\u003c/script>\u003cb>` 这一项","hints":[]}],"site":true}</script>
        <script src="/_greenboard/reload.js" defer></script>
        </body>
        "#);
    }

    #[test]
    fn before_the_first_good_build_a_page_explains() {
        let told = told(&Shown::default(), "/living/tap/");
        assert!(told.starts_with("503 text/html") && told.contains("reload.js"));
    }
}

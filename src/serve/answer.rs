//! From an address to the bytes of a page; pure.

use std::sync::Arc;

use serde_json::json;
use sha2::{Digest, Sha256};

use super::shown::{Shown, short};
use crate::diag::Language;

/// Where browsers listen for changes.
pub(super) const EVENTS: &str = "/_greenboard/events";

const RELOAD_JS: &str = include_str!("reload.js");
const OVERLAY_CSS: &str = include_str!("overlay.css");
const WAITING_HTML: &str = include_str!("waiting.html");
const HTML: &str = "text/html; charset=utf-8";

/// What a browser gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    /// The status.
    pub status: u16,
    /// The kind of content.
    pub mime: &'static str,
    /// The content.
    pub body: Arc<[u8]>,
    /// Where else to look.
    pub location: Option<String>,
}

/// Answers the request for `url`, which begins with `/` and may have a query.
pub(super) fn answer(shown: &Shown, url: &str) -> Answer {
    let address = url.split(['?', '#']).next().unwrap_or_default();
    match address {
        "/_greenboard/reload.js" => return file(200, mime("a.js"), RELOAD_JS.as_bytes()),
        "/_greenboard/overlay.css" => return file(200, mime("a.css"), OVERLAY_CSS.as_bytes()),
        _ => {}
    }
    if !shown.is_built || shown.files.is_empty() {
        return page(503, shown, WAITING_HTML.as_bytes());
    }
    let Some(path) = decode(address) else {
        return lost(shown);
    };
    let path = path.trim_start_matches('/');
    let index = match path {
        "" => "index.html".to_owned(),
        folder if folder.ends_with('/') => format!("{folder}index.html"),
        file => match shown.files.get(file) {
            Some(bytes) if mime(file) == HTML => return page(200, shown, bytes),
            Some(bytes) => return file_of(200, mime(file), bytes.clone()),
            None => {
                let is_folder = shown.files.contains_key(&format!("{file}/index.html"));
                return if is_folder {
                    moved(address)
                } else {
                    lost(shown)
                };
            }
        },
    };
    match shown.files.get(&index) {
        Some(bytes) => page(200, shown, bytes),
        None => lost(shown),
    }
}

/// Names a content, for browsers that ask whether it changed.
pub(super) fn tag(body: &[u8]) -> String {
    short(&Sha256::digest(body))
}

fn file(status: u16, mime: &'static str, body: &[u8]) -> Answer {
    file_of(status, mime, body.into())
}

fn file_of(status: u16, mime: &'static str, body: Arc<[u8]>) -> Answer {
    Answer {
        status,
        mime,
        body,
        location: None,
    }
}

/// Sends a browser to the folder's own address, where relative links work.
fn moved(address: &str) -> Answer {
    Answer {
        location: Some(format!("{address}/")),
        ..file(302, "text/plain; charset=utf-8", b"")
    }
}

/// Answers with the site's own page for what is not there. It is made for no place in
/// particular, so its links are told to start at the top.
fn lost(shown: &Shown) -> Answer {
    let Some(bytes) = shown.files.get("404.html") else {
        return file(404, "text/plain; charset=utf-8", b"404");
    };
    let text = String::from_utf8_lossy(bytes);
    page(
        404,
        shown,
        text.replacen("<head>", "<head><base href=\"/\">", 1)
            .as_bytes(),
    )
}

/// Adds to a page what lets it reload and show what is wrong; the files themselves stay as they
/// are.
fn page(status: u16, shown: &Shown, bytes: &[u8]) -> Answer {
    let text = String::from_utf8_lossy(bytes);
    let at = text.rfind("</body>").unwrap_or(text.len());
    let added = format!(
        "<script type=\"application/json\" id=\"greenboard-shown\">{}</script>\n\
         <script src=\"/_greenboard/reload.js\" defer></script>\n",
        state(shown)
    );
    let html = [&text[..at], &added, &text[at..]].concat();
    file(status, HTML, html.as_bytes())
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
        "site": !shown.files.is_empty(),
    });
    // So that no word of a message can end the element that holds it.
    state.to_string().replace('<', "\\u003c")
}

/// Undoes the percent signs of an address; `None` where it is no path of ours.
fn decode(address: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let digit = |byte: u8| char::from(byte).to_digit(16);
                let (high, low) = (digit(rest.next()?)?, digit(rest.next()?)?);
                u8::try_from(high * 16 + low).ok()?
            }
            byte => byte,
        });
    }
    let path = String::from_utf8(bytes).ok()?;
    let is_plain = path.starts_with('/')
        && !path.contains(['\\', '\0'])
        && !path.split('/').any(|part| part == "..");
    is_plain.then_some(path)
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
        "txt" | "md" => "text/plain; charset=utf-8",
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
    use std::collections::BTreeMap;

    use insta::assert_snapshot;

    use super::*;

    fn shown(files: &[(&str, &str)]) -> Shown {
        let files: BTreeMap<String, Arc<[u8]>> = files
            .iter()
            .map(|(path, text)| ((*path).to_owned(), text.as_bytes().into()))
            .collect();
        Shown {
            files: Arc::new(files),
            version: "v1".to_owned(),
            is_built: true,
            ..Shown::default()
        }
    }

    fn told(shown: &Shown, url: &str) -> String {
        let Answer {
            status,
            mime,
            body,
            location,
        } = answer(shown, url);
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
            ("/index.html?x=1", "200 text/html; charset=utf-8\nhome"),
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
        use crate::diag::{Code, Diagnostic};
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

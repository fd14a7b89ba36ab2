//! Who is answered: this machine's own pages, and nobody else's.
//!
//! A draft is nobody's business until it is published. A page of another site that is open in
//! the same browser must therefore not read the preview: not under a name of its own that leads
//! here, not by a script, a picture, a frame or the stream of events. What a browser says of
//! where a request comes from cannot be set by a page.

use axum::http::header::{HOST, HeaderMap, HeaderName, HeaderValue, ORIGIN};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode};

use super::answer::EVENTS;

/// What every answer says: no other site may hold it, frame it, or guess what it is.
pub(super) const GUARDS: [(HeaderName, HeaderValue); 5] = [
    guard("cache-control", "no-store"),
    guard("content-security-policy", "frame-ancestors 'self'"),
    guard("cross-origin-opener-policy", "same-origin"),
    guard("cross-origin-resource-policy", "same-origin"),
    guard("x-content-type-options", "nosniff"),
];

const fn guard(name: &'static str, value: &'static str) -> (HeaderName, HeaderValue) {
    (
        HeaderName::from_static(name),
        HeaderValue::from_static(value),
    )
}

/// Tells with what status a request is turned away, if it is.
pub(super) fn refusal(request: &Parts) -> Option<StatusCode> {
    let mut hosts = request.headers.get_all(HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else {
        return Some(StatusCode::BAD_REQUEST);
    };
    let Ok(host) = host.to_str() else {
        return Some(StatusCode::BAD_REQUEST);
    };
    // A proxy is asked with the whole address; it must not name another host than the header.
    let asked = request.uri.authority().map(|authority| authority.as_str());
    if !is_this_machine(host) || !asked.is_none_or(is_this_machine) {
        return Some(StatusCode::FORBIDDEN);
    }
    if !matches!(request.method, Method::GET | Method::HEAD) {
        return Some(StatusCode::METHOD_NOT_ALLOWED);
    }
    let is_ours = is_own_origin(&request.headers, host)
        && (is_own_page(&request.headers)
            || request.uri.path() != EVENTS && is_visit(&request.headers));
    (!is_ours).then_some(StatusCode::FORBIDDEN)
}

/// Tells whether `host`, with or without a port, is a name of this machine that no one else can
/// let lead here.
fn is_this_machine(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|digit| digit.is_ascii_digit()) => name,
        _ => host,
    };
    matches!(name, "127.0.0.1" | "[::1]") || name.eq_ignore_ascii_case("localhost")
}

/// Tells whether no other origin asks; browsers name it where a script does.
fn is_own_origin(headers: &HeaderMap, host: &str) -> bool {
    let mut origins = headers.get_all(ORIGIN).iter();
    origins.all(|origin| {
        let origin = origin.to_str().ok();
        origin.and_then(|origin| origin.strip_prefix("http://")) == Some(host)
    })
}

/// Tells whether the preview's own page asks, or a person; older browsers do not say.
/// Another port of this machine is another program, so `same-site` is not enough.
fn is_own_page(headers: &HeaderMap) -> bool {
    let site = said(headers, "sec-fetch-site");
    matches!(site, None | Some("same-origin" | "none"))
}

/// Tells whether a person follows a link from elsewhere in a window of its own.
fn is_visit(headers: &HeaderMap) -> bool {
    said(headers, "sec-fetch-mode") == Some("navigate")
        && said(headers, "sec-fetch-dest") == Some("document")
}

fn said<'a>(headers: &'a HeaderMap, name: &'static str) -> Option<&'a str> {
    headers
        .get(name)
        .map(|value| value.to_str().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    /// Returns the status that a request is turned away with, 200 where it is not.
    fn status(method: &str, url: &str, headers: &[(&str, &str)]) -> u16 {
        let mut request = Request::builder().method(method).uri(url);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let (parts, ()) = request.body(()).expect("it is a request").into_parts();
        refusal(&parts).map_or(200, |status| status.as_u16())
    }

    #[test]
    fn only_this_machines_names_are_answered() {
        for host in [
            "localhost",
            "localhost:1111",
            "LocalHost:1",
            "127.0.0.1:80",
            "[::1]:1111",
        ] {
            assert_eq!(status("GET", "/", &[("host", host)]), 200, "{host}");
        }
        for host in [
            "evil.example",
            "evil.example:1111",
            "localhost.evil.example",
            "localhost.",
            "a@localhost",
            "127.0.0.1.evil.example",
            "",
        ] {
            assert_eq!(status("GET", "/", &[("host", host)]), 403, "{host}");
        }
        assert_eq!(status("GET", "/", &[]), 400);
        let two = [("host", "localhost"), ("host", "evil.example")];
        assert_eq!(status("GET", "/", &two), 400);
        let host = [("host", "localhost")];
        assert_eq!(status("GET", "http://evil.example/", &host), 403);
        assert_eq!(status("GET", "http://localhost/", &host), 200);
        assert_eq!(status("POST", "/", &host), 405);
    }

    #[test]
    fn other_sites_get_nothing_but_visitors() {
        let asked = |url: &str, headers: &[(&str, &str)]| {
            let host = ("host", "localhost:1111");
            status("GET", url, &[&[host], headers].concat())
        };
        let site = |site| ("sec-fetch-site", site);
        let (script, visit) = (("sec-fetch-dest", "script"), ("sec-fetch-mode", "navigate"));
        let (page, frame) = (("sec-fetch-dest", "document"), ("sec-fetch-dest", "iframe"));
        assert_eq!(asked("/a.js", &[site("same-origin"), script]), 200);
        assert_eq!(asked("/a.js", &[site("cross-site"), script]), 403);
        assert_eq!(asked("/a.js", &[site("same-site"), script]), 403);
        assert_eq!(asked("/", &[site("none"), visit, page]), 200);
        assert_eq!(asked("/", &[site("cross-site"), visit, page]), 200);
        assert_eq!(asked("/", &[site("cross-site"), visit, frame]), 403);
        assert_eq!(asked("/", &[site("same-origin"), visit, frame]), 200);
        assert_eq!(asked(EVENTS, &[site("same-origin")]), 200);
        assert_eq!(asked(EVENTS, &[site("cross-site"), visit, page]), 403);
        assert_eq!(asked("/", &[("origin", "http://localhost:1111")]), 200);
        for origin in ["http://localhost:2222", "https://evil.example", "null"] {
            assert_eq!(asked("/", &[("origin", origin)]), 403, "{origin}");
        }
    }
}

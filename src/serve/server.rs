//! Answering browsers, on threads of its own.

use std::io::{self, Cursor};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use tiny_http::{Header, Method, Request, Response};

use super::answer::{Answer, EVENTS, answer};
use super::events::Listeners;
use super::shown::Stage;

/// How many requests are answered at a time; a browser opens six connections.
const WORKERS: usize = 6;
/// How often pages that are gone are looked for.
const PING: Duration = Duration::from_secs(10);

/// The threads that answer; they end when this is dropped.
pub(super) struct Server {
    http: Arc<tiny_http::Server>,
    listeners: Listeners,
    ended: Arc<AtomicBool>,
    workers: Vec<JoinHandle<()>>,
}

impl Server {
    /// Answers what comes in by `listener` with what `stage` shows.
    pub(super) fn start(
        listener: TcpListener,
        stage: Stage,
        listeners: Listeners,
    ) -> io::Result<Self> {
        let http = tiny_http::Server::from_listener(listener, None).map_err(io::Error::other)?;
        let http = Arc::new(http);
        let ended = Arc::new(AtomicBool::new(false));
        let worker = |_| {
            let (http, stage) = (http.clone(), stage.clone());
            let (listeners, ended) = (listeners.clone(), ended.clone());
            std::thread::spawn(move || {
                while !ended.load(Ordering::Relaxed) {
                    match http.recv_timeout(PING) {
                        Ok(Some(request)) => respond(request, &stage, &listeners),
                        Ok(None) => listeners.ping(),
                        Err(_) => break,
                    }
                }
            })
        };
        let workers = (0..WORKERS).map(worker).collect();
        Ok(Self {
            http,
            listeners,
            ended,
            workers,
        })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
        self.listeners.close();
        for _ in &self.workers {
            self.http.unblock();
        }
        for worker in self.workers.drain(..) {
            let _ = worker.join();
        }
    }
}

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Server").finish_non_exhaustive()
    }
}

/// Answers one request. A browser that went away meanwhile is nobody's fault.
fn respond(request: Request, stage: &Stage, listeners: &Listeners) {
    let shown = stage.now();
    if !is_for_us(header(&request, "Host")) {
        let _ = request.respond(Response::empty(403));
        return;
    }
    if !matches!(request.method(), Method::Get | Method::Head) {
        let _ = request.respond(Response::empty(405));
        return;
    }
    if request.url() == EVENTS && *request.method() == Method::Get {
        return listeners.add(request.into_writer(), &shown.version);
    }
    let Answer {
        status,
        mime,
        body,
        location,
    } = answer(&shown, request.url());
    let tag = format!("\"{}\"", super::answer::tag(&body));
    let known = header(&request, "If-None-Match").is_some_and(|known| known.contains(&tag));
    let headers = [
        ("Content-Type", Some(mime.to_owned())),
        ("Cache-Control", Some("no-store".to_owned())),
        ("X-Content-Type-Options", Some("nosniff".to_owned())),
        ("ETag", Some(tag)),
        ("Location", location),
    ];
    let headers = headers
        .into_iter()
        .filter_map(|(name, value)| Header::from_bytes(name, value?).ok())
        .collect();
    if known && status == 200 {
        let _ = request.respond(Response::new(
            304.into(),
            headers,
            io::empty(),
            Some(0),
            None,
        ));
        return;
    }
    let length = body.len();
    let response = Response::new(
        status.into(),
        headers,
        Cursor::new(body),
        Some(length),
        None,
    );
    // Of known length, so no chunks are wanted.
    let _ = request.respond(response.with_chunked_threshold(usize::MAX));
}

fn header<'a>(request: &'a Request, name: &'static str) -> Option<&'a str> {
    let mut headers = request.headers().iter();
    headers
        .find(|header| header.field.equiv(name))
        .map(|header| header.value.as_str())
}

/// Tells whether a request names this machine: a page from elsewhere that lets its own name lead
/// here must not read drafts.
fn is_for_us(host: Option<&str>) -> bool {
    let Some(host) = host else { return true };
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|digit| digit.is_ascii_digit()) => name,
        _ => host,
    };
    matches!(name, "localhost" | "127.0.0.1" | "[::1]")
}

#[cfg(test)]
mod tests {
    use super::is_for_us;

    #[test]
    fn only_this_machines_names_are_answered() {
        for host in ["localhost", "localhost:1111", "127.0.0.1:80", "[::1]:1111"] {
            assert!(is_for_us(Some(host)), "{host}");
        }
        for host in [
            "evil.example",
            "evil.example:1111",
            "localhost.evil.example",
        ] {
            assert!(!is_for_us(Some(host)), "{host}");
        }
    }
}

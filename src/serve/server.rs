//! Answering browsers, on a thread of its own.
//!
//! One thread, and no wait for anybody: the files lie in memory. What is bounded: the size of a
//! head and the time for it, how long a reader may keep us, and how many connections there are.
//! Where one more comes, one makes room: of those that keep us waiting the one that got something
//! longest ago, so that a flood of them keeps nobody out who has asked; of those who wait for us only where there
//! are no others. No body is ever read.

use std::convert::Infallible;
use std::io;
use std::net::TcpListener;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::{self, Next};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::future;
use futures_util::stream::{self, Stream};
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::{oneshot, watch};
use tokio::time::{Instant, sleep, timeout};

use super::answer::{EVENTS, answer};
use super::gate::{GUARDS, refusal};
use super::paced::{LastSent, Paced};
use super::shown::Shown;

/// How many connections are held; a browser opens six.
const CONNECTIONS: usize = 192;
/// How many pages are made at once.
const MAKERS: usize = 2;
/// How many may wait to be let in.
const WAITING: i32 = 1024;
/// How large the head of a request may be.
const HEAD: usize = 32 * 1024;
/// How long a head may take, and a connection may be silent before the next one.
const HEAD_TIME: Duration = Duration::from_secs(10);
/// How often an open page is told that the preview is still there, to find those that are gone.
const PING: Duration = Duration::from_secs(10);
/// How long nobody is let in where the system gives no more connections.
const PAUSE: Duration = Duration::from_millis(50);

/// What is shown, as those who answer see it.
type Stage = watch::Receiver<Arc<Shown>>;

/// The thread that answers; it ends when this is dropped.
pub(super) struct Server {
    end: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Answers what comes in by `listener` with what `stage` shows.
    pub(super) fn start(listener: TcpListener, stage: Stage) -> io::Result<Self> {
        listener.set_nonblocking(true)?;
        // Where a system does not want it, a crowd keeps others waiting for a second.
        let _ = socket2::SockRef::from(&listener).listen(WAITING);
        let runtime = Builder::new_current_thread()
            .enable_io()
            .enable_time()
            .max_blocking_threads(MAKERS)
            .build()?;
        let listener = {
            let _inside = runtime.enter();
            tokio::net::TcpListener::from_std(listener)?
        };
        let (end, ended) = oneshot::channel();
        let run = move |runtime: Runtime| {
            let router = router(stage);
            runtime.block_on(future::select(pin!(let_in(&listener, &router)), ended));
        };
        let thread = std::thread::Builder::new().name("preview".into());
        Ok(Self {
            end: Some(end),
            thread: Some(thread.spawn(move || run(runtime))?),
        })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The runtime takes all its connections along.
        drop(self.end.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Server").finish_non_exhaustive()
    }
}

fn router(stage: Stage) -> Router {
    Router::new()
        .route(EVENTS, get(events))
        .fallback(file)
        .layer(middleware::from_fn(guarded))
        .with_state(stage)
}

/// A connection that is held.
struct Held {
    last: LastSent,
    /// Whether it has asked and waits for its answer.
    asked: Arc<AtomicBool>,
    task: tokio::task::JoinHandle<()>,
}

impl Held {
    /// The one for which this is least makes room first.
    fn worth(&self) -> (bool, u64) {
        (self.asked.load(Ordering::Relaxed), self.last.when())
    }
}

/// Lets in whoever comes, for ever.
async fn let_in(listener: &tokio::net::TcpListener, router: &Router) {
    let start = Instant::now();
    let mut held: Vec<Held> = Vec::new();
    loop {
        let came = listener.accept().await;
        held.retain(|one| !one.task.is_finished());
        if held.len() >= CONNECTIONS || came.is_err() {
            let least = (0..held.len()).min_by_key(|&at| held[at].worth());
            if let Some(least) = least {
                held.swap_remove(least).task.abort();
            }
        }
        let Ok((stream, _)) = came else {
            sleep(PAUSE).await;
            continue;
        };
        let last = LastSent::default();
        last.is_now(start);
        let asked = Arc::new(AtomicBool::new(false));
        let stream = Paced::new(stream, start, last.clone());
        let task = tokio::spawn(converse(stream, router.clone(), asked.clone()));
        held.push(Held { last, asked, task });
        // Who has asked already is answered before the next one comes in.
        tokio::task::yield_now().await;
    }
}

/// Answers what is asked by one connection, and notes when it has `asked`. One that breaks off is
/// nobody's fault.
async fn converse(stream: Paced, router: Router, asked: Arc<AtomicBool>) {
    let router = TowerToHyperService::new(router);
    let service = service_fn(move |request| {
        asked.store(true, Ordering::Relaxed);
        let (answer, asked) = (router.call(request), asked.clone());
        async move {
            let answer = answer.await;
            asked.store(false, Ordering::Relaxed);
            answer
        }
    });
    let _ = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .max_buf_size(HEAD)
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

/// Turns away who is not to be answered, and adds to every answer what guards it.
async fn guarded(request: Request, next: Next) -> Response {
    let (parts, _) = request.into_parts();
    let mut response = match refusal(&parts) {
        Some(status) => status.into_response(),
        None => next.run(Request::from_parts(parts, Body::empty())).await,
    };
    for (name, value) in GUARDS {
        response.headers_mut().insert(name, value);
    }
    if response.status() == StatusCode::METHOD_NOT_ALLOWED {
        let methods = axum::http::HeaderValue::from_static("GET, HEAD");
        response.headers_mut().insert("allow", methods);
    }
    response
}

/// Answers with a file.
async fn file(State(stage): State<Stage>, request: Request) -> Response {
    let shown = stage.borrow().clone();
    let address = request.uri().path().to_owned();
    // A page may have to be made, which must not keep others waiting.
    let answer = tokio::task::spawn_blocking(move || answer(&shown, &address)).await;
    match answer {
        Ok(answer) => answer.to(request.headers()),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// Tells a page what is shown, at once, in case it was loaded before, and whenever that changes.
async fn events(
    State(mut stage): State<Stage>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    stage.mark_changed();
    Sse::new(stream::unfold(stage, async |mut stage| {
        let event = match timeout(PING, stage.changed()).await {
            Ok(Ok(())) => {
                let version = stage.borrow_and_update().version.clone();
                Event::default().event("shown").data(version)
            }
            // The preview ends.
            Ok(Err(_)) => return None,
            Err(_) => Event::default().comment("here"),
        };
        Some((Ok(event), stage))
    }))
}

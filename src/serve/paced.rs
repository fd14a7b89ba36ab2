//! A connection that does not wait for ever for one who does not read.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep, sleep};

/// How long a reader may take nothing at all.
const STALL: Duration = Duration::from_secs(15);
/// How many bytes a second a reader must take over all, where it is waited for.
const PACE: u64 = 16 * 1024;

/// When something was last sent, in milliseconds since the server began.
#[derive(Debug, Clone, Default)]
pub(super) struct LastSent(Arc<AtomicU64>);

impl LastSent {
    /// Tells when.
    pub(super) fn when(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    /// Notes that it is now, `start` being when the server began.
    pub(super) fn is_now(&self, start: Instant) {
        let now = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.0.store(now, Ordering::Relaxed);
    }
}

/// A stream that fails where its reader is too slow.
pub(super) struct Paced {
    stream: TcpStream,
    /// When the server began.
    start: Instant,
    last: LastSent,
    sent: u64,
    /// How long the reader was waited for, but for the wait under way.
    waited: Duration,
    wait: Option<Wait>,
}

/// A wait for a reader.
struct Wait {
    since: Instant,
    end: Pin<Box<Sleep>>,
}

impl Paced {
    /// Paces `stream`.
    pub(super) fn new(stream: TcpStream, start: Instant, last: LastSent) -> Self {
        Self {
            stream,
            start,
            last,
            sent: 0,
            waited: Duration::ZERO,
            wait: None,
        }
    }

    /// Judges what came of sending.
    fn judge(
        &mut self,
        context: &mut Context<'_>,
        sent: Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        if let Poll::Ready(sent) = sent {
            if let Some(wait) = self.wait.take() {
                self.waited += wait.since.elapsed();
            }
            self.sent += sent.as_ref().map_or(0, |sent| *sent as u64);
            self.last.is_now(self.start);
            return Poll::Ready(sent);
        }
        let allowed = STALL + Duration::from_secs(self.sent / PACE);
        let left = allowed.saturating_sub(self.waited).min(STALL);
        let wait = self.wait.get_or_insert_with(|| Wait {
            since: Instant::now(),
            end: Box::pin(sleep(left)),
        });
        ready!(wait.end.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncWrite for Paced {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let sent = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.judge(context, sent)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let sent = Pin::new(&mut self.stream).poll_write_vectored(context, pieces);
        self.judge(context, sent)
    }

    // Without it a whole file would be copied for each reader.
    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

impl AsyncRead for Paced {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

//! The browsers that listen for changes, by server-sent events.

use std::fmt;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

/// What tells a browser that events follow. Written by hand: the server would chunk it.
const HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n\
    Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n";

type Listener = Box<dyn Write + Send>;

/// All open pages.
#[derive(Clone, Default)]
pub(super) struct Listeners(Arc<Mutex<Vec<Listener>>>);

impl Listeners {
    /// Adds a page and tells it what is shown now, in case it was loaded before.
    pub(super) fn add(&self, mut listener: Listener, version: &str) {
        let greeted = listener
            .write_all(HEAD.as_bytes())
            .and_then(|()| send(&mut listener, version));
        if greeted.is_ok() {
            self.all().push(listener);
        }
    }

    /// Tells all pages what is shown now; those that are gone are forgotten.
    pub(super) fn tell(&self, version: &str) {
        self.all()
            .retain_mut(|listener| send(listener, version).is_ok());
    }

    /// Sends what no page heeds, to find those that are gone.
    pub(super) fn ping(&self) {
        self.all().retain_mut(|listener| {
            let sent = listener.write_all(b": here\n\n");
            sent.and_then(|()| listener.flush()).is_ok()
        });
    }

    /// Ends all connections.
    pub(super) fn close(&self) {
        self.all().clear();
    }

    fn all(&self) -> std::sync::MutexGuard<'_, Vec<Listener>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Listeners {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Listeners({})", self.all().len())
    }
}

fn send(listener: &mut Listener, version: &str) -> io::Result<()> {
    write!(listener, "event: shown\ndata: {version}\n\n")?;
    listener.flush()
}

//! Faults of the program itself: said in words with a request to report them, exit 3.

use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind};
use std::sync::{Mutex, PoisonError};

use greenboard::diag::{Code, Diagnostic, Language};

use crate::exit::Exit;
use crate::terminal::Terminal;
use crate::words;

/// What the last panic said, and where.
static LAST: Mutex<String> = Mutex::new(String::new());

/// Keeps what panics say, instead of printing it in the program's words.
pub fn remember() {
    std::panic::set_hook(Box::new(|info| {
        *LAST.lock().unwrap_or_else(PoisonError::into_inner) = described(info);
    }));
}

/// Runs `work`; a panic in it becomes a message.
pub fn catch(language: Language, work: impl FnOnce() -> Exit) -> Exit {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        let cause = LAST.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let fault = Diagnostic::new(Code::OwnFault).with("cause", cause);
        Terminal::plain(language).diagnostic(&fault.render(language));
        Exit::System
    })
}

/// Ends the program where a theme's template takes too long or too much, before anything is written.
#[expect(
    clippy::disallowed_methods,
    reason = "what cannot be stopped ends with the program alone"
)]
pub fn guard(terminal: Terminal) {
    greenboard::guard::watch(move |found| {
        let said = [found.render(terminal.language)];
        terminal.report(&said, Some(words::KEPT_OLD));
        terminal.json(&said, serde_json::json!({}));
        std::process::exit(1);
    });
}

fn described(info: &PanicHookInfo) -> String {
    let payload = info.payload();
    let text = payload.downcast_ref::<&str>().copied();
    let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    let place = info
        .location()
        .map(|at| format!("{}:{}", at.file(), at.line()));
    [text, place.as_deref()]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ")
}

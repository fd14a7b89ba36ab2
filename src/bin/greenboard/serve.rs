//! `greenboard serve`: the preview in the browser.

use std::cell::RefCell;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Instant;

use greenboard::cancel::Cancel;
use greenboard::diag::{Rendered, Severity};
use greenboard::pipeline::{self, Options};
use greenboard::read::Touched;
use greenboard::render::web::Visibility;
use greenboard::serve::{self, Built, Live};
use greenboard::workspace::Remembered;
use greenboard::write;

use crate::args::Serve;
use crate::exit::Exit;
use crate::memory;
use crate::session::Session;
use crate::terminal::Terminal;
use crate::words;

/// Runs the command until Ctrl-C.
pub fn run(session: Session, args: &Serve) -> Exit {
    let terminal = session.terminal.clone();
    // What a killed build left half done in the output folders does not wait for the next build.
    let healed = write::heal(session.root())
        .diagnostics
        .rendered(terminal.language);
    healed
        .iter()
        .for_each(|message| terminal.diagnostic(message));
    let options = serve::Options {
        root: session.root().to_owned(),
        port: args.port,
        rest: memory::give_back,
    };
    let (sender, ended) = channel();
    // Without a handler the system ends the program just as well, only less politely.
    let _ = ctrlc::set_handler(move || {
        let _ = sender.send(());
    });
    let preview = match serve::start(&options, builder(session, args.visibility())) {
        Ok(preview) => preview,
        Err(error) => {
            let cause = error.to_string();
            terminal.usage(&terminal.say(words::NO_PREVIEW, &[&cause]), &[]);
            return Exit::System;
        }
    };
    let url = preview.url();
    terminal.result(&format!("{}\n", terminal.say(words::PREVIEW, &[&url])));
    terminal.line(&terminal.say(words::BOARDS_AT, &[&format!("{url}_boards/")]));
    terminal.line(&terminal.say(words::STOP, &[]));
    if args.open {
        open(&url);
    }
    // The sender lives in the handler, so this ends with Ctrl-C alone.
    let _ = ended.recv();
    drop(preview);
    terminal.line(&terminal.say(words::ENDED, &[]));
    Exit::Done
}

/// Returns what builds the site for the preview and tells the terminal of it.
fn builder(
    session: Session,
    visibility: Visibility,
) -> impl Fn(&Touched, &Cancel, &mut dyn FnMut(Built)) -> bool + Send + 'static {
    let remembered = Remembered::default();
    let last = RefCell::new(String::new());
    move |touched, cancel, show| {
        let options = Options {
            visibility,
            cancel: cancel.clone(),
            ..Options::default()
        };
        let start = Instant::now();
        memory::hold_back();
        let mut session = session.clone();
        let progress = session.terminal.progress();
        let snapshot = session.workspace.snapshot();
        let (preview, version) =
            snapshot.preview(&options, &remembered, touched, &|step| progress.step(step));
        drop(progress);
        if preview.shown.is_none() && cancel.is_set() {
            return false;
        }
        // All was looked at once more, and it is as it was shown.
        if last.replace(version.clone()) == version && *touched == Touched::Anything {
            return true;
        }
        session.speak_in(preview.language);
        let terminal = &session.terminal;
        let mut built = Built {
            artifacts: None,
            pages: None,
            version,
            messages: preview.diagnostics.rendered(terminal.language),
            language: terminal.language,
            spool: write::spool(session.root()),
        };
        tell(terminal, &built.messages);
        let Some(shown) = preview.shown else {
            show(built);
            return true;
        };
        let seconds = format!("{:.1}", start.elapsed().as_secs_f64());
        terminal.line(&terminal.say(words::UPDATED, &[&seconds]));
        let live = Arc::new(Live {
            website: shown.website,
            prints: shown.prints,
        });
        show(Built {
            artifacts: Some(shown.files),
            pages: Some(live.clone()),
            ..built.clone()
        });
        let Some(told) = pipeline::printed(&live.prints, cancel) else {
            return true;
        };
        let mut more = told.rendered(terminal.language);
        more.retain(|message| !built.messages.contains(message));
        tell(terminal, &more);
        if told.has_errors() {
            built.messages.extend(more);
            show(built);
        }
        true
    }
}

/// Tells what somebody should know of at once.
fn tell(terminal: &Terminal, messages: &[Rendered]) {
    let grave = messages.iter().filter(|it| it.severity != Severity::Note);
    grave.for_each(|message| terminal.diagnostic(message));
}

/// Opens the address in the user's browser; where that fails, the address is on the screen.
fn open(url: &str) {
    let (program, args): (&str, &[&str]) = if cfg!(target_os = "windows") {
        ("rundll32", &["url.dll,FileProtocolHandler"])
    } else if cfg!(target_os = "macos") {
        ("open", &[])
    } else {
        ("xdg-open", &[])
    };
    let _ = Command::new(program)
        .args(args)
        .arg(url)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
}

//! `greenboard serve`: the preview in the browser.

use std::cell::RefCell;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Instant;

use greenboard::cancel::Cancel;
use greenboard::diag::Severity;
use greenboard::pipeline::Options;
use greenboard::read::Touched;
use greenboard::render::web::Visibility;
use greenboard::serve::{self, Built, Pages};
use greenboard::workspace::Remembered;
use greenboard::write;

use crate::args::Serve;
use crate::exit::Exit;
use crate::memory;
use crate::session::Session;
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
) -> impl Fn(&Touched, &Cancel) -> Option<Built> + Send + 'static {
    let remembered = Remembered::default();
    let last = RefCell::new(String::new());
    move |touched, cancel| {
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
            return None;
        }
        session.speak_in(preview.language);
        let terminal = &session.terminal;
        let messages = preview.diagnostics.rendered(terminal.language);
        // All was looked at once more, and it is as it was told.
        let is_news = last.replace(version.clone()) != version || *touched != Touched::Anything;
        let grave = messages.iter().filter(|m| m.severity != Severity::Note);
        grave
            .filter(|_| is_news)
            .for_each(|message| terminal.diagnostic(message));
        if preview.shown.is_some() && is_news {
            let seconds = format!("{:.1}", start.elapsed().as_secs_f64());
            terminal.line(&terminal.say(words::UPDATED, &[&seconds]));
        }
        let (artifacts, pages) = preview.shown.map(|it| (it.files, it.website)).unzip();
        Some(Built {
            artifacts,
            pages: pages.map(|pages| Arc::new(pages) as Arc<dyn Pages>),
            version,
            messages,
            language: terminal.language,
            spool: write::spool(session.root()),
        })
    }
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

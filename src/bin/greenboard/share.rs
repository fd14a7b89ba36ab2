//! `greenboard share`: a page for the WeChat account, for groups and for screens.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use greenboard::pipeline::{Finish, Options};
use greenboard::render::Output;
use greenboard::share::{Of, Wanted, What};

use crate::args::Share;
use crate::exit::Exit;
use crate::papers::finish;
use crate::session::Session;
use crate::words;

/// Runs the command.
pub fn run(session: &mut Session, args: &Share) -> Exit {
    let Some(wanted) = wanted(session, args) else {
        let which = session.terminal.say(words::SHARE_WHICH, &[]);
        session.terminal.usage(&which, &[]);
        return Exit::Usage;
    };
    let target = session.target(Output::Share, args.folder.as_deref());
    let options = Options {
        share: Some(wanted),
        finish: Finish::Delivered,
        ..Options::default()
    };
    let issued = session.issue(&options, &target);
    let files = issued.files(&target);
    let exit = finish(session, &issued, &files);
    if exit == Exit::Done && !files.is_empty() {
        let terminal = &session.terminal;
        terminal.line(&terminal.say(words::SHARED, &[]));
        let folders = files.iter().filter_map(|file| {
            let mut parts = file.strip_prefix(&target.folder).ok()?.iter();
            Some(Path::new(parts.next()?).join(parts.next()?))
        });
        for below in folders.collect::<BTreeSet<PathBuf>>() {
            terminal.line(&format!("  {}", session.shown(&target.folder.join(below))));
        }
    }
    exit
}

/// Returns what is asked for; `None` where it does not say of which page.
fn wanted(session: &Session, args: &Share) -> Option<Wanted> {
    let named = What::ALL.into_iter().find(|what| what.name() == args.what);
    let what = match named {
        Some(what) => BTreeSet::from([what]),
        // The website belongs to no page.
        None if args.month.is_some() => BTreeSet::from(What::ALL),
        None => What::ALL
            .into_iter()
            .filter(|it| *it != What::Zip)
            .collect(),
    };
    let of = match (args.month, &args.page) {
        (Some(month), _) => Of::Month(month),
        (None, Some(page)) => Of::Page(below_site(session, page)),
        (None, None) if named == Some(What::Zip) => Of::Site,
        (None, None) => return None,
    };
    Some(Wanted { what, of })
}

/// Returns the name of a page as it is below the site, where it is a file's path from here.
fn below_site(session: &Session, page: &str) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    let file = here.join(page);
    let below = file.strip_prefix(session.root()).ok();
    let below = below.filter(|_| file.is_file() && Path::new(page).extension().is_some());
    below.map_or_else(
        || page.to_owned(),
        |below| below.to_string_lossy().into_owned(),
    )
}

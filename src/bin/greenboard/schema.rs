//! `greenboard schema`: what staff write, described for editors.

use greenboard::site::{self, Taxonomy};

use crate::args::Schema;
use crate::exit::Exit;
use crate::session::Session;

/// Runs the command.
pub fn run(session: &Session, args: &Schema) -> Exit {
    let known = site::Schema::ALL
        .into_iter()
        .find(|(name, _)| *name == args.of);
    if let Some((_, of)) = known {
        let schema = site::schema(of, &taxonomies(session));
        session.terminal.result(&format!("{schema:#}\n"));
    }
    Exit::Done
}

/// Returns the site's own taxonomies, whose names are keys of its pages; none outside a site.
fn taxonomies(session: &Session) -> Vec<Taxonomy> {
    let read = session.workspace.snapshot().read().value;
    read.map(|(_, site)| site.settings.website.taxonomies)
        .unwrap_or_default()
}

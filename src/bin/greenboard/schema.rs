//! `greenboard schema`: what staff write, described for editors.

use greenboard::site;

use crate::args::Schema;
use crate::exit::Exit;
use crate::session::Session;

/// Runs the command.
pub fn run(session: &Session, args: &Schema) -> Exit {
    let known = site::Schema::ALL
        .into_iter()
        .find(|(name, _)| *name == args.of);
    if let Some((_, of)) = known {
        session
            .terminal
            .result(&format!("{:#}\n", site::schema(of)));
    }
    Exit::Done
}

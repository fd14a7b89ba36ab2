//! `greenboard init`: a site of one's own.

use greenboard::diag::Diagnostics;
use greenboard::read::{Inputs as _, blank};
use greenboard::starter::{Community, MANUAL, NewFile, empty, sample};
use greenboard::workspace::found;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::json;

use crate::args::Init;
use crate::exit::Exit;
use crate::session::Session;
use crate::words::{self, Phrase};

/// Runs the command.
pub fn run(session: &Session, args: &Init) -> Exit {
    let terminal = &session.terminal;
    let here = std::env::current_dir().unwrap_or_default();
    let folder = here.join(&args.folder);
    let community = community(session, args);
    if let Some((phrase, value)) = refused(&community) {
        terminal.usage(&terminal.say(phrase, &[value]), &[]);
        return Exit::Usage;
    }
    let files = match args.empty {
        true => empty(&community, today(session)),
        false => sample(&community, today(session)),
    };
    let shown = session.shown(&folder);
    let refused = found(&folder, &shown, &files).err();
    let diagnostics: Diagnostics = refused.into_iter().collect();
    let said = diagnostics.rendered(terminal.language);
    terminal.report(&said, None);
    let n_blanks = blanks(&files);
    terminal.json(
        &said,
        json!({ "folder": shown, "files": files.len(), "blanks": n_blanks }),
    );
    let exit = Exit::of(&diagnostics);
    if exit == Exit::Done {
        say_what_came(session, &community, &shown, files.len(), n_blanks);
    }
    exit
}

fn say_what_came(
    session: &Session,
    community: &Community,
    shown: &str,
    n_files: usize,
    n_blanks: usize,
) {
    let terminal = &session.terminal;
    let name = community.name.as_deref().unwrap_or(shown);
    let n_files = n_files.to_string();
    terminal.line(&terminal.say(words::INIT_DONE, &[name, shown, &n_files]));
    let city = community.city.as_deref();
    if let Some(city) = city.filter(|city| greenboard::city::find(city).is_none()) {
        terminal.line(&terminal.say(words::INIT_CITY, &[city]));
    }
    if n_blanks > 0 {
        terminal.line(&terminal.say(words::INIT_BLANKS, &[&n_blanks.to_string()]));
    }
    terminal.line(&terminal.say(words::INIT_MANUAL, &[MANUAL]));
    terminal.line(&terminal.say(words::INIT_NEXT, &[shown]));
}

/// Returns the first value that cannot be one, with what to say of it.
fn refused(community: &Community) -> Option<(Phrase, &str)> {
    let names = [&community.name, &community.city];
    let bad_name = |name: &&str| !Community::is_name(name);
    let bad_name = names
        .into_iter()
        .flatten()
        .map(String::as_str)
        .find(bad_name);
    let phones = [&community.phone, &community.property, &community.bulky];
    let bad_phone = |phone: &&str| !Community::is_phone(phone);
    let bad_phone = phones
        .into_iter()
        .flatten()
        .map(String::as_str)
        .find(bad_phone);
    let name = bad_name.map(|name| (words::BAD_NAME, name));
    name.or_else(|| bad_phone.map(|phone| (words::BAD_PHONE, phone)))
}

/// Counts what is left to be filled in.
fn blanks(files: &[NewFile]) -> usize {
    let of = |file: &NewFile| blank::all(&String::from_utf8_lossy(&file.bytes)).count();
    files.iter().map(of).sum()
}

/// Returns the day of a new site, whose settings are not there to name a time zone.
fn today(session: &Session) -> Date {
    let zone = TimeZone::get("Asia/Shanghai").unwrap_or(TimeZone::UTC);
    session.inputs().today(&zone)
}

/// Asks for what was not given, where somebody can answer.
fn community(session: &Session, args: &Init) -> Community {
    let terminal = &session.terminal;
    let asked = |given: &Option<String>, question: Phrase| match given {
        Some(given) => Some(given.clone()),
        None if terminal.can_ask() => {
            let answer = terminal.ask(&terminal.say(question, &[]), "");
            Some(answer).filter(|answer| !answer.is_empty())
        }
        None => None,
    };
    let name = asked(&args.name, words::ASK_NAME);
    let city = asked(&args.city, words::ASK_CITY);
    if terminal.can_ask() {
        terminal.aside(&terminal.say(words::ASK_LATER, &[]));
    }
    Community {
        name,
        city,
        url: args.url.clone(),
        phone: asked(&args.phone, words::ASK_PHONE),
        address: asked(&args.address, words::ASK_ADDRESS),
        hours: asked(&args.hours, words::ASK_HOURS),
        property: asked(&args.property_phone, words::ASK_PROPERTY),
        bulky: asked(&args.bulky_phone, words::ASK_BULKY),
    }
}

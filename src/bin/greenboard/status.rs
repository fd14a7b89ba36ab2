//! `greenboard status`: how things stand, and what hung on any day.

use greenboard::diag::{Diagnostics, Severity};
use greenboard::pipeline::{Options, Outcome, Step};
use greenboard::rotation::status::{self, Known, Told};
use greenboard::rotation::{Hanging, Origin, Records, ledger};
use jiff::civil::Date;
use serde_json::{Value, json};

use crate::args::Status;
use crate::exit::Exit;
use crate::post::boards;
use crate::session::Session;
use crate::words;

/// Runs the command.
pub fn run(session: &mut Session, args: &Status) -> Exit {
    let done = match args.on {
        Some(day) => on_day(session, args, day),
        None => today(session, args),
    };
    match done {
        Ok(exit) | Err(exit) => exit,
    }
}

/// Tells how things stand today.
fn today(session: &mut Session, args: &Status) -> Result<Exit, Exit> {
    let outcome = planned(session);
    let said = errors(&outcome.diagnostics).rendered(session.terminal.language);
    session.terminal.report(&said, Some(words::ERRORS));
    let exit = Exit::of(&outcome.diagnostics);
    let Some(site) = &outcome.site else {
        session.terminal.json(&said, json!({}));
        return Err(exit);
    };
    let boards = boards(session, site, &args.board)?;
    let status = status::status(site, &outcome.plan, &outcome.records);
    let terminal = &session.terminal;
    terminal.json(&said, as_json(&status));
    terminal.result(&status::text(&session.spoken(site), &status, &boards));
    Ok(exit)
}

/// Answers what hung on a day: the ledger does; the plan only where it says nothing.
fn on_day(session: &mut Session, args: &Status, day: Date) -> Result<Exit, Exit> {
    let read = session.workspace.snapshot().read();
    // Mistakes in pages change nothing of what hung.
    let Some((tree, site)) = read.value else {
        let said = read.diagnostics.rendered(session.terminal.language);
        session.terminal.report(&said, None);
        session.terminal.json(&said, json!({}));
        return Err(Exit::of(&read.diagnostics));
    };
    session.speak(&site);
    let read = Records::read(&tree, &site);
    let mut wrong = read.diagnostics;
    let records = read.value;
    ledger::history(&records.ledger, &mut wrong);
    let said = wrong.rendered(session.terminal.language);
    session.terminal.report(&said, None);
    let boards = boards(session, &site, &args.board)?;
    let future: Vec<Hanging> = if day > site.today {
        planned(session).plan.hangings
    } else {
        status::published(&records).to_vec()
    };
    let mut known = status::hung(&site, &records, &future, day);
    if !args.board.is_empty() {
        known.retain(|known| boards.iter().any(|board| board.id == known.board));
    }
    let told: Vec<Value> = known.iter().map(known_json).collect();
    let terminal = &session.terminal;
    terminal.json(&said, json!({ "on": day.to_string(), "hung": told }));
    terminal.result(&status::hung_text(&session.spoken(&site), &known, day));
    Ok(Exit::of(&wrong))
}

fn planned(session: &mut Session) -> Outcome {
    let options = Options {
        last: Some(Step::Plan),
        ..Options::default()
    };
    session.walk(&options)
}

/// Returns the errors alone: notes about empty slots belong to `plan`.
fn errors(diagnostics: &Diagnostics) -> Diagnostics {
    let errors = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity() == Severity::Error);
    errors.cloned().collect()
}

fn known_json(known: &Known) -> Value {
    let Known {
        board,
        slot,
        portion,
        told,
    } = known;
    match told {
        Told::Hung(record) => json!({
            "board": board, "slot": slot, "told": "ledger",
            "poster": record.hung.poster,
            "from": record.hung.from.to_string(), "to": record.hung.to.to_string(),
            "id": record.id, "by": record.by, "text": record.text,
            "photos": record.photos.iter().map(|photo| photo.path.as_str()).collect::<Vec<_>>(),
            "sheet": portion,
        }),
        Told::Missed(hung) => json!({
            "board": board, "slot": slot, "told": "missed",
            "poster": hung.poster,
            "from": hung.from.to_string(), "to": hung.to.to_string(),
        }),
        Told::Planned(hanging) => json!({
            "board": board, "slot": slot, "told": "plan",
            "poster": hanging.poster,
            "from": hanging.from.to_string(), "to": hanging.to.to_string(),
            "sheet": portion,
        }),
        Told::Nothing => json!({ "board": board, "slot": slot, "told": null }),
    }
}

fn as_json(status: &status::Status) -> Value {
    let should = status.should.iter().map(|should| {
        let hanging = should.hanging.as_ref();
        json!({
            "board": should.board, "slot": should.slot,
            "poster": hanging.map(|h| &h.poster),
            "from": hanging.map(|h| h.from.to_string()),
            "to": hanging.map(|h| h.to.to_string()),
            "sheet": should.portion,
            "told": hanging.map(|h| match h.origin {
                _ if should.missed => "missed",
                Origin::Ledger => "ledger",
                Origin::Published => "published",
                Origin::Planned => "plan",
            }),
        })
    });
    let overdue = status.overdue.iter().map(|late| {
        json!({
            "board": late.board, "period": late.period.to_string(),
            "since": late.since.to_string(), "slots": late.slots, "published": late.published,
        })
    });
    let ends = |ends: &[status::RunOut]| -> Vec<Value> {
        let ends = ends.iter().map(|end| {
            json!({
                "board": end.board, "slot": end.slot, "poster": end.poster,
                "last": end.last.to_string(), "sheet": end.portion,
            })
        });
        ends.collect()
    };
    let stages = status.stages.iter().map(|late| {
        json!({
            "page": late.page, "title": late.title, "due": late.due.to_string(), "who": late.who,
        })
    });
    let duties = status.duties.iter().map(|late| {
        json!({
            "page": late.page, "title": late.title, "rounds": late.n_rounds,
            "from": late.round.0.to_string(), "to": late.round.1.to_string(),
            "done": late.done, "times": late.times, "who": late.who,
        })
    });
    json!({
        "on": status.day.to_string(),
        "should": should.collect::<Vec<_>>(),
        "overdue": overdue.collect::<Vec<_>>(),
        "run_out": ends(&status.run_out),
        "ending": ends(&status.ending),
        "stages": stages.collect::<Vec<_>>(),
        "duties": duties.collect::<Vec<_>>(),
    })
}

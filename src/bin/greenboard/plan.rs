//! `greenboard plan`: what is proposed to hang where and when, what it changes, and publishing it.

use std::path::Path;

use greenboard::calendar::{Cadence, Period};
use greenboard::diag::{Diagnostics, SitePath};
use greenboard::pipeline::PlanInputs;
use greenboard::read::CONTENT;
use greenboard::rotation::{self, Hanging, published, text};
use greenboard::site::Site;
use greenboard::write::{Held, publish};
use serde_json::{Value, json};

use crate::args::Plan;
use crate::exit::Exit;
use crate::session::Session;
use crate::terminal::rendered;
use crate::words::{self, Phrase};

/// Runs the command.
pub fn run(session: &mut Session, args: &Plan) -> Exit {
    let held = match args.publish.then(|| session.hold()).transpose() {
        Ok(held) => held,
        Err(exit) => return exit,
    };
    let inputs = session.plan_inputs();
    let mut diagnostics = inputs.diagnostics;
    let Some(inputs) = inputs.value else {
        return told(session, &diagnostics, json!({}), "");
    };
    if diagnostics.has_errors() {
        return told(session, &diagnostics, json!({ "hangings": [] }), "");
    }
    match (&args.insert, &args.why) {
        (Some(file), _) => insert(session, &inputs, held.as_ref(), file, &mut diagnostics),
        (_, Some(slot)) => why(session, &inputs, args, slot, &mut diagnostics),
        _ => propose(session, &inputs, args, held.as_ref(), &mut diagnostics),
    }
}

/// Shows the proposal; publishes it where that was asked for.
fn propose(
    session: &Session,
    inputs: &PlanInputs,
    args: &Plan,
    held: Option<&Held>,
    diagnostics: &mut Diagnostics,
) -> Exit {
    let PlanInputs {
        site,
        fits,
        records,
    } = inputs;
    let wish = match args.anew {
        true => rotation::Wish::Anew(args.period),
        false => rotation::Wish::AsItIs(args.period),
    };
    let proposed = rotation::proposal(site, fits, records, wish);
    diagnostics.extend(proposed.diagnostics);
    let proposal = proposed.value;
    let hangs = |period: Period| {
        let mut all = proposal.plan.hangings.iter();
        all.any(|hanging| period.overlaps(hanging.from, hanging.to))
    };
    if let Some(period) = args.period
        && let Some(days) = proposal.plan.planned
        && !period.overlaps(days.0, days.1)
        && !hangs(period)
    {
        let shown = text::outside(&session.spoken(site), period, days);
        return told(session, diagnostics, json!({ "hangings": [] }), &shown);
    }
    let mut shown = match args.period {
        Some(period) => text::period(&session.spoken(site), &proposal.plan, period),
        None => text::year(&session.spoken(site), &proposal.plan),
    };
    let shares = rotation::shares::shares(site, &proposal.plan);
    if args.period.is_none() {
        shown.push_str(&text::shares(&session.spoken(site), &shares));
    }
    let is_month = |period: &Period| period.cadence() == Cadence::Month;
    if let Some(month) = args.period.filter(is_month) {
        let brief = rotation::brief(site, fits, &proposal.plan, month);
        shown.push_str(&text::brief(&session.spoken(site), &brief));
    }
    shown.push_str(&text::proposal(
        &session.spoken(site),
        &proposal,
        held.is_some(),
    ));
    let hangings: Vec<Value> = (proposal.plan.hangings.iter())
        .filter(|hanging| {
            (args.period).is_none_or(|period| period.overlaps(hanging.from, hanging.to))
        })
        .map(as_json)
        .collect();
    let more = json!({
        "hangings": hangings,
        "changes": proposal.changes.iter().map(|change| json!({
            "before": change.before.as_ref().map(as_json),
            "after": change.after.as_ref().map(as_json),
        })).collect::<Vec<_>>(),
        "kept": proposal.n_kept,
        "new": proposal.n_new,
        "print": { "sheets": proposal.after.sheets, "fen": proposal.after.price },
        "shares": shares.topics.iter().map(|share| json!({
            "topic": share.topic,
            "percent": share.percent,
        })).collect::<Vec<_>>(),
        "points": proposal.quality.points,
        "at_most": proposal.quality.at_most,
        "gap_percent": proposal.quality.gap(),
    });
    let exit = told(session, diagnostics, more, &shown);
    match held {
        Some(held) if exit == Exit::Done => write(session, held, inputs, &proposal.published),
        _ => exit,
    }
}

/// Finds room for an urgent page; publishes the plan with it where that was asked for.
fn insert(
    session: &Session,
    inputs: &PlanInputs,
    held: Option<&Held>,
    file: &Path,
    diagnostics: &mut Diagnostics,
) -> Exit {
    let PlanInputs {
        site,
        fits,
        records,
    } = inputs;
    let page = page_of(session, inputs, file);
    let found = page.as_deref().map(|page| {
        let found = rotation::insertion(site, fits, records, page);
        diagnostics.extend(found.diagnostics);
        found.value
    });
    let Some(Some(insertion)) = found else {
        return refused(
            session,
            words::NO_SUCH_PAGE,
            &file.display().to_string(),
            &[],
        );
    };
    let more = json!({
        "hangings": insertion.hangings.iter().map(|inserted| json!({
            "hanging": as_json(&inserted.hanging),
            "instead_of": inserted.instead_of.iter().map(as_json).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "refused": insertion.refused.iter().map(|(board, _)| board).collect::<Vec<_>>(),
    });
    let shown = text::insertion(&session.spoken(site), &insertion);
    let exit = told(session, diagnostics, more, &shown);
    if insertion.hangings.is_empty() || !insertion.refused.is_empty() {
        session
            .terminal
            .line(&session.terminal.say(words::NO_ROOM, &[]));
        return Exit::Content;
    }
    match held {
        Some(held) => write(session, held, inputs, &insertion.published),
        None => exit,
    }
}

/// Tells why a slot shows what it shows in the period that was asked for, or the present one.
fn why(
    session: &Session,
    inputs: &PlanInputs,
    args: &Plan,
    slot: &str,
    diagnostics: &mut Diagnostics,
) -> Exit {
    let PlanInputs {
        site,
        fits,
        records,
    } = inputs;
    let found = slot.split_once('/').and_then(|(board, slot)| {
        let board = site.board(board)?;
        Some((board, board.slot(slot)?))
    });
    let Some((board, slot)) = found else {
        let example = (site.boards.first())
            .and_then(|board| Some(format!("{}/{}", board.id, board.free_slots().next()?.id)));
        let example = example.unwrap_or_else(|| "east-gate/1".to_owned());
        let hint = session.terminal.say(words::SLOT_EXAMPLE, &[&example]);
        return refused(session, words::NO_SUCH_SLOT, slot, &[hint]);
    };
    let period = (args.period).unwrap_or_else(|| Period::containing(board.cadence, site.today));
    let reasons = rotation::why(site, fits, records, (board, slot), period);
    let shown = text::why(&session.spoken(site), &reasons);
    told(session, diagnostics, json!({ "why": shown }), &shown)
}

/// Finds the page of a file that the user names from where they are, from the site's folder or
/// by its id.
pub fn page_of(session: &Session, inputs: &PlanInputs, file: &Path) -> Option<String> {
    page_in(session, &inputs.site, file)
}

/// Finds the page of a file in a site.
pub fn page_in(session: &Session, site: &Site, file: &Path) -> Option<String> {
    let here = std::env::current_dir().unwrap_or_default();
    let absolute = here.join(file);
    let below = absolute.strip_prefix(&session.root).unwrap_or(file);
    let path = below.to_string_lossy().replace('\\', "/");
    let of_file = |path: &SitePath| site.pages.iter().find(|page| page.path == *path);
    let page = SitePath::new(&path)
        .and_then(|path| of_file(&path))
        .or_else(|| SitePath::new(&format!("{CONTENT}/{path}")).and_then(|path| of_file(&path)))
        .or_else(|| site.pages.iter().find(|page| page.id == path));
    page.map(|page| page.id.clone())
}

fn as_json(hanging: &Hanging) -> Value {
    json!({
        "board": hanging.board,
        "slot": hanging.slot,
        "from": hanging.from.to_string(),
        "to": hanging.to.to_string(),
        "poster": hanging.poster,
    })
}

/// Reports what is wrong, then what was asked for.
fn told(session: &Session, diagnostics: &Diagnostics, more: Value, shown: &str) -> Exit {
    let terminal = &session.terminal;
    let said = rendered(diagnostics, terminal.language);
    terminal.report(&said, Some(words::ERRORS));
    terminal.json(&said, more);
    terminal.result(shown);
    Exit::of(diagnostics)
}

fn refused(session: &Session, phrase: Phrase, what: &str, hints: &[String]) -> Exit {
    let said = session.terminal.say(phrase, &[what]);
    session.terminal.usage(&said, hints);
    Exit::Usage
}

/// Writes the published plan.
fn write(session: &Session, held: &Held, inputs: &PlanInputs, hangings: &[Hanging]) -> Exit {
    let terminal = &session.terminal;
    let before = inputs.records.published.as_ref();
    let before = before.map_or(&[][..], |plan| &plan.hangings);
    let new = hangings.iter().filter(|it| !before.contains(it)).count();
    let path = SitePath::fixed(published::PATH);
    match publish(held, &path, published::write(hangings).as_bytes()) {
        Ok(earlier) => {
            let (new, all) = (new.to_string(), hangings.len().to_string());
            let said = terminal.say(words::PUBLISHED, &[&new, &all, published::PATH]);
            terminal.line(&said);
            if let Some(earlier) = earlier {
                terminal.line(&terminal.say(words::EARLIER_PLAN, &[earlier.as_str()]));
            }
            Exit::Done
        }
        Err(error) => {
            let mut diagnostics = Diagnostics::default();
            diagnostics.push(error);
            told(session, &diagnostics, json!({}), "")
        }
    }
}

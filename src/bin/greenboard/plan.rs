//! `greenboard plan`: what is proposed to hang where and when, what it changes, and publishing it.

use std::path::Path;

use greenboard::calendar::Period;
use greenboard::diag::Diagnostics;
use greenboard::pipeline::PlanInputs;
use greenboard::rotation::{self, Hanging, published, text};
use greenboard::workspace::{Proposed, propose as propose_plan, publish_plan};
use greenboard::write::Held;
use serde_json::{Value, json};

use crate::args::Plan;
use crate::exit::Exit;
use crate::session::Session;
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
    let site = &inputs.site;
    let proposed = propose_plan(inputs, args.period, args.anew);
    diagnostics.extend(proposed.diagnostics);
    let Proposed {
        proposal,
        shares,
        brief,
        outside,
    } = proposed.value;
    if let Some((period, days)) = args.period.zip(outside) {
        let shown = text::outside(&session.spoken(site), period, days);
        return told(session, diagnostics, json!({ "hangings": [] }), &shown);
    }
    let mut shown = match args.period {
        Some(period) => text::period(&session.spoken(site), &proposal.plan, period),
        None => text::year(&session.spoken(site), &proposal.plan),
    };
    if args.period.is_none() {
        shown.push_str(&text::shares(&session.spoken(site), &shares));
    }
    if let Some(brief) = &brief {
        shown.push_str(&text::brief(&session.spoken(site), brief));
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
    let page = session.page(site, file);
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
    let said = diagnostics.rendered(terminal.language);
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
    match publish_plan(held, inputs, hangings) {
        Ok(plan) => {
            let (new, all) = (plan.n_new.to_string(), plan.n_all.to_string());
            let said = terminal.say(words::PUBLISHED, &[&new, &all, published::PATH]);
            terminal.line(&said);
            if let Some(earlier) = plan.earlier {
                terminal.line(&terminal.say(words::EARLIER_PLAN, &[earlier.as_str()]));
            }
            Exit::Done
        }
        Err(error) => told(session, &Diagnostics::from_iter([error]), json!({}), ""),
    }
}

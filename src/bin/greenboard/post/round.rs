//! What a phone sent from a round, into the ledger: read, shown, held against the site, entered.

use std::path::Path;

use greenboard::diag::{Code, Diagnostic, Diagnostics};
use greenboard::pipeline::{Options, Outcome, Step};
use greenboard::read::given;
use greenboard::rotation::ledger::{self, Request};
use greenboard::rotation::round::{self, Judged, Round};
use greenboard::site::Site;
use greenboard::workspace::{Pictures, walked};

use super::{Exit, Post, Session, photos, record, refuse, usable, usage, words};

/// Enters what the file or the message at `path` says.
pub fn run(session: &mut Session, args: &Post, path: &Path) -> Result<Exit, Exit> {
    let path = std::env::current_dir().unwrap_or_default().join(path);
    let bytes = given::file(&path).map_err(|_| {
        let what = words::NO_FILE;
        usage(
            session,
            &session.terminal.say(what, &[&session.shown(&path)]),
            &[],
        )
    })?;
    let round = round::parse(&bytes).map_err(|cause| {
        let bad = Diagnostic::new(Code::BadRound).with("cause", cause);
        refuse(session, &[bad].into_iter().collect())
    })?;
    let options = Options {
        last: Some(Step::Plan),
        ..Options::default()
    };
    let mut outcome = session.walk(&options);
    let can_ask = session.terminal.can_ask();
    if can_ask {
        let site = usable(session, &outcome)?;
        let judged = judged(session, site, &outcome, &round)?;
        show(session, &round, &judged);
        if !session
            .terminal
            .confirm(&session.terminal.say(words::ASK_ROUND, &[]))
        {
            return Ok(Exit::Done);
        }
    }
    // Nobody waits for the answers of another: what was asked is looked at once more.
    let held = session.hold()?;
    outcome = session.walk(&options);
    let site = usable(session, &outcome)?;
    let judged = judged(session, site, &outcome, &round)?;
    if !can_ask {
        show(session, &round, &judged);
    }
    let by = args.by.as_deref().unwrap_or(&round.by);
    let by = super::by(session, site, Some(by), &judged.boards)?;
    let mut request = round::request(&outcome.plan, &round, &judged, by);
    request.note.clone_from(&args.note);
    let pictures = pictures(session, (site, &outcome), args, &judged, &request)?;
    let workspace = &session.workspace;
    let kept = workspace.keep(site, &outcome.plan, &mut request, pictures);
    let language = site.settings.message_language();
    let reason = |answer: Option<&str>| words::reason(answer).say(language, &[]);
    let mut wrong = Diagnostics::default();
    let events = &outcome.records.ledger;
    let parts = (&round, &judged, &request);
    let entry = round::enter(site, &outcome.plan, events, parts, &reason, &mut wrong);
    if wrong.has_errors() {
        return Err(refuse(session, &wrong));
    }
    Ok(record(session, &held, site, &entry, &kept))
}

/// Holds the round against ledger, site and plan; warns, or refuses.
fn judged<'a>(
    session: &Session,
    site: &'a Site,
    outcome: &Outcome,
    round: &Round,
) -> Result<Judged<'a>, Exit> {
    if let Some(event) = round::earlier(&outcome.records.ledger, round) {
        let source = &event.span.source;
        let (line, _) = source.line_column(event.span.range.start);
        let twice = Diagnostic::new(Code::RoundTwice)
            .with("file", &source.path)
            .with("line", line);
        return Err(refuse(session, &[twice].into_iter().collect()));
    }
    let judged = round::judge(site, &outcome.plan, round);
    if judged.diagnostics.has_errors() {
        return Err(refuse(session, &judged.diagnostics));
    }
    let said = judged.diagnostics.rendered(session.terminal.language);
    for warning in &said {
        session.terminal.diagnostic(warning);
    }
    Ok(judged.value)
}

/// Says who did what, and in how many of its places.
fn show(session: &Session, round: &Round, judged: &Judged) {
    let terminal = &session.terminal;
    let (day, on) = (round.day.to_string(), round.on.to_string());
    terminal.line(&terminal.say(words::ROUND_HEAD, &[&round.by, &day, &on]));
    for board in &judged.boards {
        let marks = judged.marks.iter().filter(|mark| mark.board.id == board.id);
        let marks: Vec<_> = marks.filter(|mark| mark.job != round::Job::Stays).collect();
        let has_new = marks.iter().any(|mark| mark.job == round::Job::Up);
        let done = |place: &str| {
            let mut counted = marks
                .iter()
                .filter(|mark| !has_new || mark.job == round::Job::Up);
            !marks.is_empty() && counted.all(|mark| mark.done().any(|done| done == place))
        };
        let n = board.places.iter().filter(|place| done(&place.id)).count();
        let photos = judged.photos.iter().filter(|photo| photo.0.id == board.id);
        let (n, of) = (n.to_string(), board.places.len().to_string());
        let n_photos = photos.count().to_string();
        let values = [board.title.as_str(), &n, &of, &n_photos];
        terminal.line(&format!("  {}", terminal.say(words::ROUND_BOARD, &values)));
    }
}

/// Returns the photos of the file, and those that the command names besides.
fn pictures(
    session: &Session,
    (site, outcome): (&Site, &Outcome),
    args: &Post,
    judged: &Judged,
    request: &Request,
) -> Result<Pictures, Exit> {
    let file = ledger::file_of(request.period.first());
    let walked = walked(site, &outcome.plan, request, &judged.boards);
    let mut pictures = photos::gather(session, site, args, &walked, &file)?;
    pictures.add_of_round(judged, &file, site.today);
    Ok(pictures)
}

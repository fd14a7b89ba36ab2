//! `greenboard new`: a file to fill in, where it belongs.

use greenboard::diag::{Diagnostics, Language};
use greenboard::site::Site;
use greenboard::starter::{FormError, Kind, NewFile, Wish, files};
use serde_json::json;

use crate::args::New;
use crate::exit::Exit;
use crate::session::Session;
use crate::words;

/// Runs the command.
pub fn run(session: &mut Session, args: &New) -> Exit {
    let read = session.workspace.snapshot().read();
    // What is wrong in other files is no hindrance to a new one.
    let Some((_, site)) = read.value else {
        return finish(session, &read.diagnostics, &[], args);
    };
    let topic = match topic(session, &site, args) {
        Ok(topic) => topic,
        Err(exit) => return exit,
    };
    let wish = Wish {
        kind: args.kind.into(),
        title: &args.title,
        slug: args.slug.as_deref(),
        topic: &topic,
        date: args.date.unwrap_or(site.today),
        order: site
            .boards
            .iter()
            .map(|board| board.order)
            .max()
            .unwrap_or(0)
            + 1,
        language: site.settings.message_language(),
    };
    let made = match files(&wish) {
        Ok(made) => made,
        Err(error) => return refuse(session, error, args),
    };
    let held = match session.hold() {
        Ok(held) => held,
        Err(exit) => return exit,
    };
    let created = session.workspace.create(&held, made);
    finish(session, &created.diagnostics, &created.value, args)
}

/// Finds the topic that was given; asks for a guide's where somebody can answer.
fn topic(session: &Session, site: &Site, args: &New) -> Result<String, Exit> {
    let terminal = &session.terminal;
    let topics = &site.settings.topics;
    let names: Vec<String> = topics
        .iter()
        .map(|topic| format!("{} {}", topic.id, topic.title))
        .collect();
    let first = topics.first().map_or("sorting", |topic| topic.id.as_str());
    let separator = match terminal.language {
        Language::Chinese => "、",
        Language::English => ", ",
    };
    let named = match &args.topic {
        Some(topic) => topic.clone(),
        None if Kind::from(args.kind) == Kind::Guide && terminal.can_ask() => terminal.ask(
            &terminal.say(words::ASK_TOPIC, &[&names.join(separator)]),
            first,
        ),
        None => first.to_owned(),
    };
    match greenboard::site::topic::find(topics, &named) {
        Some(topic) => Ok(topic.id.clone()),
        None => {
            let what = terminal.say(words::BAD_VALUE, &["--topic", &named]);
            terminal.usage(
                &what,
                &[terminal.say(words::ONE_OF, &[&names.join(separator)])],
            );
            Err(Exit::Usage)
        }
    }
}

fn refuse(session: &Session, error: FormError, args: &New) -> Exit {
    let terminal = &session.terminal;
    let what = match error {
        FormError::BadSlug => {
            terminal.say(words::BAD_SLUG, &[args.slug.as_deref().unwrap_or_default()])
        }
        FormError::NoSlug => terminal.say(words::NO_SLUG, &[]),
    };
    terminal.usage(&what, &[terminal.say(words::GIVE_SLUG, &[])]);
    Exit::Usage
}

fn finish(session: &Session, diagnostics: &Diagnostics, created: &[NewFile], args: &New) -> Exit {
    let terminal = &session.terminal;
    let said = diagnostics.rendered(terminal.language);
    terminal.report(&said, None);
    let paths: Vec<&str> = created.iter().map(|file| file.path.as_str()).collect();
    terminal.json(&said, json!({ "created": paths }));
    let exit = Exit::of(diagnostics);
    for path in &paths {
        let shown = session.shown(&session.root().join(path));
        terminal.line(&terminal.say(words::CREATED, &[&shown]));
    }
    if exit == Exit::Done {
        let next = match args.kind.into() {
            Kind::Board => words::NEW_BOARD_NEXT,
            Kind::Theme => words::NEW_THEME_NEXT,
            _ => words::NEW_NEXT,
        };
        terminal.line(&terminal.say(next, &[]));
    }
    exit
}

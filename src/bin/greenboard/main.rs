//! The program `greenboard`: arguments in, one command run, an exit code out.
//!
//! It holds no knowledge of its own: each command asks the library and lets [`terminal`] say
//! what came of it. Nothing else prints, and only [`main`] ends the program.

mod args;
mod build;
mod change;
mod check;
mod command;
mod exit;
mod fault;
mod import;
mod init;
mod ledger;
mod memory;
mod new;
mod papers;
mod plan;
mod post;
mod schema;
mod serve;
mod session;
mod share;
mod status;
mod terminal;
mod undo;
mod urgent;
mod usage;
mod values;
mod words;

use std::process::ExitCode;

use args::Command;
use exit::Exit;
use session::Session;

#[global_allocator]
static MEMORY: memory::Watched = memory::Watched;

fn main() -> ExitCode {
    fault::remember();
    let spoken = session::spoken_before_arguments();
    let exit = match command::parse(spoken) {
        Ok(args) => fault::catch(spoken, || run(args)),
        Err(refused) => refused.show(spoken),
    };
    exit.into()
}

/// Runs the command; without one, builds.
fn run(args: args::Args) -> Exit {
    let command = args.command.unwrap_or_default();
    let mut session = match Session::open(args.global) {
        Ok(session) => session,
        Err(exit) => return exit,
    };
    fault::guard(session.terminal.clone());
    match command {
        Command::Build(args) => build::run(&mut session, &args),
        Command::Check(args) => check::run(&mut session, &args),
        Command::Plan(args) => plan::run(&mut session, &args),
        Command::Urgent(args) => urgent::run(&mut session, &args),
        Command::Change(args) => change::run(&mut session, &args),
        Command::Post(args) => post::run(&mut session, &args),
        Command::Ledger(args) => ledger::run(&mut session, &args),
        Command::Status(args) => status::run(&mut session, &args),
        Command::Serve(args) => serve::run(session, &args),
        Command::Init(args) => init::run(&session, &args),
        Command::New(args) => new::run(&mut session, &args),
        Command::Import(args) => import::run(&mut session, &args),
        Command::Undo(_) => undo::run(&session),
        Command::Schema(args) => schema::run(&session, &args),
        Command::Report(args) => papers::report(&mut session, &args),
        Command::Archive(args) => papers::archive(&mut session, &args),
        Command::Handover(args) => papers::handover(&mut session, &args),
        Command::Share(args) => share::run(&mut session, &args),
    }
}

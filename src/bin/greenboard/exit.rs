//! How the program ends.

use std::process::ExitCode;

use greenboard::diag::{Code, Diagnostics, Severity};

/// Whose turn it is when the program has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Nobody's: done.
    Done,
    /// The author's: something in the content is wrong.
    Content,
    /// The user's: the command is wrong.
    Usage,
    /// The system's, or the program's own fault.
    System,
}

impl Exit {
    /// Judges what was reported.
    pub fn of(diagnostics: &Diagnostics) -> Self {
        let errors = diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity() == Severity::Error);
        let mut exit = Self::Done;
        for error in errors {
            match error.code {
                Code::CannotWrite | Code::HalfTurned | Code::OwnFault => return Self::System,
                _ => exit = Self::Content,
            }
        }
        exit
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(match exit {
            Exit::Done => 0,
            Exit::Content => 1,
            Exit::Usage => 2,
            Exit::System => 3,
        })
    }
}

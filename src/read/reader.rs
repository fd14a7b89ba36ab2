//! A file that is being read, and what is wrong in it.

use std::cell::RefCell;
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::diag::{Code, Diagnostic, Diagnostics, Source, Span};

/// A file being read and where its mistakes are gathered.
#[derive(Debug)]
pub struct Reader {
    /// The file.
    pub source: Arc<Source>,
    /// What its days are read by.
    pub days: DaysAs,
    diagnostics: RefCell<Diagnostics>,
}

/// What days in a file are read by.
#[derive(Debug, Clone, Default)]
pub struct DaysAs {
    /// The zone on whose days moments fall; none where the file's days are those of everywhere.
    pub zone: Option<TimeZone>,
    /// The day of the build, by which a year looks odd.
    pub today: Option<Date>,
}

impl Reader {
    /// Starts reading `source`.
    pub fn new(source: &Arc<Source>) -> Self {
        Self {
            source: source.clone(),
            days: DaysAs::default(),
            diagnostics: RefCell::default(),
        }
    }

    /// Starts reading `source`, whose days are read by `days`.
    pub fn with_days(source: &Arc<Source>, days: DaysAs) -> Self {
        Self {
            days,
            ..Self::new(source)
        }
    }

    /// Reports a mistake of the kind `code` at `range`.
    pub fn report(
        &self,
        code: Code,
        range: &Range<usize>,
        fill: impl FnOnce(Diagnostic) -> Diagnostic,
    ) {
        let diagnostic = Diagnostic::new(code).at(self.span(range));
        self.diagnostics.borrow_mut().push(fill(diagnostic));
    }

    /// Adds what somebody else found in this file.
    pub fn push(&self, diagnostic: Diagnostic) {
        self.diagnostics.borrow_mut().push(diagnostic);
    }

    /// Names the bytes `range` of the file.
    pub fn span(&self, range: &Range<usize>) -> Span {
        Span::new(&self.source, range.clone())
    }

    /// Ends reading and gives what was reported.
    pub fn finish(self) -> Diagnostics {
        self.diagnostics.into_inner()
    }
}

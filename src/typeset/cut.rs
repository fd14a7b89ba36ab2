//! How much of a poster's words must go.

use super::{FitReport, Part, WideTable};
use crate::diag::Diagnostic;

/// What is cut of a text is told in steps of so many characters; of a title exactly.
const STEP: usize = 5;
/// How many characters name the place where room ran out.
const FROM_LENGTH: usize = 8;

/// What must go for a poster to fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    /// How many characters, about.
    pub characters: usize,
    /// Of which words.
    pub part: Part,
    /// The first of them that found no room.
    pub from: String,
    /// The table that takes so much room because it is too wide.
    pub table: Option<WideTable>,
}

impl Cut {
    /// Reckons it from the share of `text` that `report` says is too much.
    pub(super) fn of(text: &str, report: &FitReport) -> Self {
        let characters: Vec<char> = text.chars().collect();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a share of a length"
        )]
        let over = (report.overflow.clamp(0.0, 1.0) * characters.len() as f64).ceil() as usize;
        let over = over.max(1);
        let start = characters.len().saturating_sub(over);
        Self {
            characters: match report.part {
                Part::Body => over.next_multiple_of(STEP),
                Part::Title | Part::Lead => over,
            },
            part: report.part,
            from: characters[start..].iter().take(FROM_LENGTH).collect(),
            table: report.table,
        }
    }

    /// Fills a message in: `cut`, and the place by the name of the part, so that only the hint
    /// of that part shows; `columns` and how many `fit` where a table is too wide.
    pub fn tell(&self, diagnostic: Diagnostic) -> Diagnostic {
        let place = match self.part {
            Part::Body => "from",
            Part::Title => "title_from",
            Part::Lead => "lead_from",
        };
        diagnostic
            .with("cut", self.characters)
            .with(place, &self.from)
            .with_some("columns", self.table.map(|table| table.columns))
            .with_some("fit", self.table.map(|table| table.fit))
    }
}

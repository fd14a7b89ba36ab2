//! How much of a poster's words must go.

use super::{FitReport, Part, WideTable};
use crate::diag::{Diagnostic, Value, Words, words};

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

    /// Adds what must go beside it, which shows only once this is gone.
    pub(super) fn and(&mut self, more: Cut, text: &str) {
        self.characters += more.characters;
        let length = text.chars().count();
        let start = length.saturating_sub(self.characters);
        self.from = text.chars().skip(start).take(FROM_LENGTH).collect();
    }

    fn words(&self, n_cuts: usize) -> Words {
        let key = match (self.part, n_cuts) {
            (Part::Body, 1) => "cut",
            (Part::Body, _) => "cut-body",
            (Part::Title, _) => "cut-title",
            (Part::Lead, _) => "cut-lead",
        };
        words(key).with("n", self.characters)
    }
}

/// Where a poster's text may be shortened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// Between the marks of its page.
    Part,
    /// The page has no marks: the poster shows all of it.
    All,
}

/// Fills a message in: `cuts`, all that must go, and the place of each by the name of its part, so
/// that only the hints of these parts show; `columns` and how many `fit` where a table is too wide.
pub fn tell(cuts: &[Cut], shown: Shown, diagnostic: Diagnostic) -> Diagnostic {
    let all = Value::list(cuts.iter().map(|cut| cut.words(cuts.len())));
    cuts.iter().fold(diagnostic.with("cuts", all), |told, cut| {
        let place = match (cut.part, shown) {
            (Part::Body, Shown::Part) => "from",
            (Part::Body, Shown::All) => "whole_from",
            (Part::Title, _) => "title_from",
            (Part::Lead, _) => "lead_from",
        };
        told.with(place, &cut.from)
            .with_some("columns", cut.table.map(|table| table.columns))
            .with_some("fit", cut.table.map(|table| table.fit))
    })
}

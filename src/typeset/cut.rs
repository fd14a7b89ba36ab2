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

    /// Says all of them.
    pub fn list(cuts: &[Self]) -> Value {
        Value::list(cuts.iter().map(|cut| cut.words(cuts.len())))
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

/// A sentence is named by so many of its first characters.
const NAMED: usize = 12;
/// Sentences to leave out are named up to so many: beyond them the text wants writing anew.
const MOST_SENTENCES: usize = 3;

/// Names sentences of `text` that can go so that it is `over` characters shorter: the fewest, as little more
/// than that as can be, and none that tells a day, a number or a telephone, nor the first. `None` where
/// there are no such few.
pub(super) fn sentences(text: &str, over: usize) -> Option<Value> {
    let all = text
        .split_inclusive(['。', '！', '？', '\n'])
        .map(str::trim);
    let tells =
        |it: &&str| it.contains(|c: char| c.is_numeric() || "一二三四五六七八九十".contains(c));
    let free = all
        .skip(1)
        .filter(|it| it.ends_with(['。', '！', '？']) && !tells(it));
    let mut free: Vec<(usize, &str)> = free.map(|it| (it.chars().count(), it)).collect();
    free.sort_by_key(|(length, _)| *length);
    let mut chosen = Vec::new();
    let mut left = over;
    while left > 0 && chosen.len() < MOST_SENTENCES && !free.is_empty() {
        // The shortest that is enough, else the longest.
        let enough = free.iter().position(|(length, _)| *length >= left);
        let (length, sentence) = free.remove(enough.unwrap_or(free.len() - 1));
        left = left.saturating_sub(length);
        chosen.push(sentence);
    }
    let name = |it: &str| match it.chars().count() > NAMED {
        true => format!("“{}……”", it.chars().take(NAMED).collect::<String>()),
        false => format!("“{it}”"),
    };
    (left == 0).then(|| Value::list(chosen.into_iter().map(name)))
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
    let diagnostic = diagnostic.with("cuts", Cut::list(cuts));
    cuts.iter().fold(diagnostic, |told, cut| {
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

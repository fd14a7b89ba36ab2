//! What every sheet is told of its theme, written out once: the data of hundreds of sheets holds it.

use serde_json::Value;
use serde_json::value::{RawValue, to_raw_value};

use crate::theme::Theme;

/// The part of a theme's words that sheets are told.
const PART: &str = "poster";

/// What a theme says, as JSON.
pub(super) struct Told {
    /// Its tokens.
    pub(super) tokens: Box<RawValue>,
    /// Those of the office edition.
    pub(super) office_tokens: Box<RawValue>,
    /// Its words.
    pub(super) phrases: Box<RawValue>,
    /// Its words where the code leads elsewhere.
    pub(super) phrases_elsewhere: Box<RawValue>,
}

impl Told {
    pub(super) fn of(theme: &Theme) -> Self {
        let phrases = theme.phrases_of(PART);
        let mut elsewhere = phrases.clone();
        if let Some(other) = phrases.get("scan_other") {
            elsewhere["scan"] = other.clone();
        }
        Self {
            tokens: raw(&theme.tokens),
            office_tokens: raw(&theme.office_tokens),
            phrases: raw(&phrases),
            phrases_elsewhere: raw(&elsewhere),
        }
    }
}

fn raw(value: &Value) -> Box<RawValue> {
    to_raw_value(value).expect("only text, numbers and lists of them")
}

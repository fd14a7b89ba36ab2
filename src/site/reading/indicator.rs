//! Reading the inspector's numbers of indicators, such as `2.3`.

use crate::diag::{Code, Spanned, words};
use crate::read::{Fields, values};

/// How deep an inspector's list is numbered at most.
const DEPTH: usize = 4;

/// Reads `indicator: [2.3, 4.1]` of a page, each number once.
pub(super) fn list(fields: &Fields) -> Vec<String> {
    let mut numbers = Vec::new();
    for text in fields.texts("indicator") {
        let number = checked(fields, &text);
        numbers.extend(number.filter(|number| !numbers.contains(number)));
    }
    numbers
}

/// Reads `indicator: 2.3` of a stage, a duty or a figure.
pub(super) fn one(fields: &Fields) -> Option<String> {
    checked(fields, &fields.text("indicator")?)
}

fn checked(fields: &Fields, text: &Spanned<String>) -> Option<String> {
    let plain: String = text.chars().map(values::half_width).collect();
    let plain = plain.trim();
    let part = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts = plain.split('.');
    if parts.clone().count() <= DEPTH && parts.clone().all(part) {
        return Some(plain.to_owned());
    }
    fields
        .reader()
        .report(Code::BadValue, &text.span.range, |d| {
            d.with("key", "indicator")
                .with("value", &text.value)
                .with("expected", words("indicator"))
                .with("example", "2.3")
        });
    None
}

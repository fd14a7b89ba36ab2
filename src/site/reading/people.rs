//! Reading who is in charge.

use crate::diag::{Code, Value, sure};
use crate::read::Fields;
use crate::site::settings::Settings;

/// What stands between two names.
const BETWEEN: [char; 5] = ['、', '，', ',', '/', '；'];

/// Reads a name, or several; where the site lists its people, others are mistakes.
pub(super) fn person(fields: &Fields, key: &'static str, settings: &Settings) -> Option<String> {
    let text = fields.text(key)?;
    let known = || settings.people.iter().map(|person| person.name.as_str());
    let names = text.split(BETWEEN).map(str::trim);
    for name in names.filter(|name| !name.is_empty()) {
        if settings.people.is_empty() || known().any(|person| person == name) {
            continue;
        }
        (fields.reader()).report(Code::UnknownPerson, &text.span.range, |d| {
            d.with("person", name)
                // Two people may have names that share a character: only what sounds alike is a slip,
                // and even then nobody but the writer knows.
                .with_some("nearest", sure(name, known()))
                .with("known", Value::nearest_of(name, known()))
        });
    }
    Some(text.value)
}

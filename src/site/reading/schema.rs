//! JSON Schemas of what staff write, for editors that complete keys and mark mistakes.
//!
//! Made from the very lists of keys that reading goes by, so that they cannot differ.

use serde_json::{Map, Value, json};

use super::keys::keys_of;
use super::place::Kind;
use super::{calendar, items, settings};
use crate::read::{Form, Keys};
use crate::site::website::Taxonomy;

/// What a schema describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Schema {
    /// `greenboard.yaml`.
    Settings,
    /// A page's front matter.
    Page,
    /// The front matter of an `_index.md`.
    Section,
    /// A board's front matter.
    Board,
    /// `items.yaml`.
    Items,
    /// `calendar.yaml`.
    Calendar,
}

impl Schema {
    /// All schemas with their names.
    pub const ALL: [(&'static str, Schema); 6] = [
        ("settings", Schema::Settings),
        ("page", Schema::Page),
        ("section", Schema::Section),
        ("board", Schema::Board),
        ("items", Schema::Items),
        ("calendar", Schema::Calendar),
    ];
}

/// Returns a schema by the draft of 2020-12; pages may also have the keys of `taxonomies`.
pub fn schema(of: Schema, taxonomies: &[Taxonomy]) -> Value {
    let mut schema = match of {
        Schema::Settings => mapping(settings::KEYS),
        Schema::Page => mapping(keys_of(&Kind::Page)),
        Schema::Section => mapping(keys_of(&Kind::Section)),
        Schema::Board => mapping(keys_of(&Kind::Board)),
        Schema::Items => json!({ "type": "array", "items": mapping(items::KEYS) }),
        Schema::Calendar => mapping(calendar::KEYS),
    };
    if matches!(of, Schema::Page | Schema::Section | Schema::Board) {
        for name in taxonomies.iter().flat_map(|it| [&it.id, &it.title]) {
            schema["properties"][name] = value(Form::Texts);
        }
    }
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
    schema
}

fn mapping(keys: Keys) -> Value {
    let names = keys.iter().flat_map(|(name, others, form)| {
        std::iter::once(name)
            .chain(others.iter())
            .map(move |name| ((*name).to_owned(), value(*form)))
    });
    json!({
        "type": "object",
        "properties": names.collect::<Map<String, Value>>(),
        "additionalProperties": false,
    })
}

fn value(form: Form) -> Value {
    match form {
        Form::Text => json!({ "type": ["string", "number"] }),
        Form::Texts => json!({
            "anyOf": [
                { "type": ["string", "number"] },
                { "type": "array", "items": { "type": ["string", "number"] } },
            ],
        }),
        Form::Day => json!({
            "type": "string",
            "pattern": r"^\d{4}(-|/|\.|年)\d{1,2}(-|/|\.|月)\d{1,2}日?$",
        }),
        Form::LastDay => json!({
            "type": "string",
            "pattern": r"^(\d{4}(-|/|\.|年)\d{1,2}(-|/|\.|月)\d{1,2}日?|常年|长期|never)$",
        }),
        Form::Whole => json!({ "type": "integer" }),
        Form::Number => json!({ "type": "number" }),
        Form::Flag => json!({ "enum": [true, false, "是", "否"] }),
        Form::Map(keys) => mapping(keys),
        Form::Maps(keys) => json!({ "type": "array", "items": mapping(keys) }),
        Form::DaysOr(keys) => {
            let one = json!({ "anyOf": [value(Form::Day), mapping(keys)] });
            json!({ "anyOf": [one, { "type": "array", "items": one }] })
        }
        Form::TextsOr(keys) => {
            let one = json!({ "anyOf": [value(Form::Text), mapping(keys)] });
            json!({ "anyOf": [one, { "type": "array", "items": one }] })
        }
        Form::Numbers => json!({
            "type": "object",
            "additionalProperties": { "type": ["number", "string"] },
        }),
        Form::Free => json!(true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_s_schema_knows_both_names_of_a_key_and_no_others() {
        let own = Taxonomy {
            id: "readers".into(),
            title: "写给谁".into(),
            terms: Vec::new(),
        };
        let page = schema(Schema::Page, &[own]);
        assert_eq!(page["additionalProperties"], false);
        for name in ["date", "日期"] {
            assert_eq!(page["properties"][name], value(Form::Day));
        }
        assert_eq!(
            page["properties"]["海报"]["properties"]["优先级"],
            value(Form::Whole)
        );
        assert_eq!(page["properties"]["写给谁"], value(Form::Texts));
        assert!(page["properties"].get("slots").is_none());
        assert!(
            schema(Schema::Board, &[])["properties"]
                .get("slots")
                .is_some()
        );
    }
}

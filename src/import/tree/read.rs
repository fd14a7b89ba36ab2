//! Front matter as it is written: in YAML, TOML or JSON.

use serde_json::{Map, Value};

/// Parts a text into its front matter and its body; the front matter is `None` where it cannot be read.
pub(super) fn parted(text: &str) -> (Option<Map<String, Value>>, &str) {
    let text = text.trim_start_matches('\u{feff}');
    for (sign, read) in [
        ("---", yaml as fn(&str) -> Option<Map<String, Value>>),
        ("+++", toml),
        (";;;", json),
    ] {
        let Some(rest) = text.trim_start().strip_prefix(sign) else {
            continue;
        };
        let Some(rest) = rest.trim_start_matches([' ', '\t']).strip_prefix('\n') else {
            continue;
        };
        let mut at = 0;
        for line in rest.split_inclusive('\n') {
            if line.trim_end() == sign {
                return (read(&rest[..at]), &rest[at + line.len()..]);
            }
            at += line.len();
        }
    }
    // Hexo lets the first line away.
    let end = text.find("\n---\n").filter(|_| !text.starts_with('#'));
    if let Some(end) = end
        && let Some(front) = yaml(&text[..end + 1])
        && front.contains_key("title")
    {
        return (Some(front), &text[end + 5..]);
    }
    (Some(Map::new()), text)
}

fn object(value: Value) -> Option<Map<String, Value>> {
    match value {
        Value::Object(map) => Some(map),
        Value::Null => Some(Map::new()),
        _ => None,
    }
}

/// Reads YAML, as far as it is any: tabs and bare colons are forgiven.
fn yaml(text: &str) -> Option<Map<String, Value>> {
    let text = text.replace('\t', "  ");
    let read = |text: &str| serde_yaml::from_str::<Value>(text).ok().and_then(object);
    read(&text).or_else(|| {
        // A title with a colon in it wants quotes.
        let quoted = |line: &str| match line.split_once(": ") {
            Some((key, value))
                if !line.starts_with([' ', '-', '#'])
                    && value.contains([':', '@', '%', '`', '#', '[', '"'])
                    && !value.starts_with('[')
                    && !value.starts_with('{') =>
            {
                format!(
                    "{key}: {}\n",
                    Value::from(value.trim().trim_matches(['"', '\'']))
                )
            }
            _ => format!("{line}\n"),
        };
        read(&text.lines().map(quoted).collect::<String>())
    })
}

fn toml(text: &str) -> Option<Map<String, Value>> {
    let table: toml::Table = text.parse().ok()?;
    let value = of_toml(toml::Value::Table(table));
    object(value)
}

fn of_toml(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => text.into(),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(flag) => flag.into(),
        toml::Value::Datetime(day) => day.to_string().into(),
        toml::Value::Array(list) => list.into_iter().map(of_toml).collect(),
        toml::Value::Table(table) => {
            let entries = table.into_iter().map(|(key, value)| (key, of_toml(value)));
            Value::Object(entries.collect())
        }
    }
}

fn json(text: &str) -> Option<Map<String, Value>> {
    serde_json::from_str(&format!("{{{text}}}"))
        .ok()
        .and_then(object)
}

//! A data file as a table.

use serde_json::{Map, Value};

use super::plain::Plain;
use crate::diag::{self, Code, Diagnostic, Spanned, Words};
use crate::site::markdown::{Alignment, Block, BlockKind, Inline};

/// Makes a table of the value of the data file `name`; of all columns, or of those that `columns`
/// lists as `品名、单价` or, with another head, `品名=物品、单价=元`.
///
/// # Errors
/// Where the value is no list of rows, or a column is not there.
pub(super) fn table(
    value: &Value,
    name: &Spanned<String>,
    columns: Option<&Spanned<String>>,
    plain: &Plain,
) -> Result<Block, Box<Diagnostic>> {
    let rows = rows(value, name)?;
    let all = keys(&rows);
    let columns: Vec<(&str, &str)> = match columns {
        None => all.iter().map(|key| (*key, *key)).collect(),
        Some(chosen) => chosen_of(chosen, &all)?,
    };
    let cell = |row: &Map<String, Value>, key: &str| words(row.get(key).unwrap_or(&Value::Null));
    let column_of = |key: &str| rows.iter().map(|row| cell(row, key)).collect::<Vec<_>>();
    let alignment = |(key, _): &(&str, &str)| match are_numbers(&column_of(key)) {
        true => Alignment::Right,
        false => Alignment::None,
    };
    let set = |text: String| -> Vec<Inline> {
        let mut inlines = Vec::new();
        for (at, line) in text.lines().enumerate() {
            inlines.extend((at > 0).then(|| plain.line_break()));
            inlines.extend((!line.is_empty()).then(|| plain.text(line)));
        }
        inlines
    };
    let line = |row: &&Map<String, Value>| {
        let cells = columns.iter().map(|(key, _)| set(cell(row, key)));
        cells.collect::<Vec<_>>()
    };
    Ok(plain.block(BlockKind::Table {
        alignments: columns.iter().map(alignment).collect(),
        head: columns
            .iter()
            .map(|(_, head)| set((*head).to_owned()))
            .collect(),
        rows: rows.iter().map(line).collect(),
    }))
}

fn rows<'a>(
    value: &'a Value,
    name: &Spanned<String>,
) -> Result<Vec<&'a Map<String, Value>>, Box<Diagnostic>> {
    let refuse = |what: Words, example: Option<String>| {
        let none = Diagnostic::new(Code::NoTable)
            .at(name.span.clone())
            .with("name", &name.value)
            .with("what", what);
        Box::new(none.with_some("example", example))
    };
    let list = match value {
        Value::Array(list) if !list.is_empty() => list,
        Value::Array(_) => return Err(refuse(diag::words("no-rows"), None)),
        Value::Object(entries) => {
            let sheet = entries.iter().find(|(_, value)| value.is_array());
            let example = sheet.map(|(sheet, _)| format!("{}.{sheet}", name.value));
            return Err(refuse(diag::words("no-list-of-rows"), example));
        }
        _ => return Err(refuse(diag::words("no-list-of-rows"), None)),
    };
    let row = |value: &'a Value| {
        let row = value.as_object();
        row.ok_or_else(|| refuse(diag::words("no-row"), None))
    };
    list.iter().map(row).collect()
}

/// Returns the columns in the order in which rows name them.
fn keys<'a>(rows: &[&'a Map<String, Value>]) -> Vec<&'a str> {
    let mut keys: Vec<&str> = Vec::new();
    for key in rows.iter().flat_map(|row| row.keys()) {
        if !keys.contains(&key.as_str()) {
            keys.push(key);
        }
    }
    keys
}

/// Reads which columns are wanted, each with its head.
fn chosen_of<'a>(
    chosen: &'a Spanned<String>,
    all: &[&'a str],
) -> Result<Vec<(&'a str, &'a str)>, Box<Diagnostic>> {
    let parts = chosen.split(['、', ',', '，']).map(str::trim);
    let column = |part: &'a str| {
        let (key, head) = part.split_once(['=', '＝']).unwrap_or((part, part));
        match all.contains(&key.trim()) {
            true => Ok((key.trim(), head.trim())),
            false => Err(Box::new(
                Diagnostic::new(Code::UnknownWord)
                    .at(chosen.span.clone())
                    .with("key", "columns")
                    .with("value", key)
                    .one_of(key, all.iter().copied()),
            )),
        }
    };
    parts.filter(|part| !part.is_empty()).map(column).collect()
}

fn words(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(true) => "✓".to_owned(),
        Value::Bool(false) => String::new(),
        Value::Array(items) => items.iter().map(words).collect::<Vec<_>>().join("、"),
        other => other.to_string(),
    }
}

/// Tells whether a column holds figures, which stand on the right.
fn are_numbers(cells: &[String]) -> bool {
    let is_number = |cell: &String| {
        let plain = cell.replace(',', "");
        plain
            .trim_start_matches(['¥', '￥', '-'])
            .trim_end_matches('%')
            .parse::<f64>()
            .is_ok()
    };
    let mut written = cells.iter().filter(|cell| !cell.is_empty()).peekable();
    written.peek().is_some() && written.all(is_number)
}

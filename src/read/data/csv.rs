//! CSV as a list of rows. Cells stay as they are written: `0.80` is no `0.8`, and `0571` no `571`.

use serde_json::Value;

use super::rows::Head;
use super::{Fault, Place};

/// Reads CSV whose first line is the head; separated by commas, tabs or semicolons, as the head is.
pub(super) fn read(text: &str) -> Result<Value, Fault> {
    let text_start = text.len() - text.trim_start_matches('\u{feff}').len();
    let text = &text[text_start..];
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator(text))
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut head = None;
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| {
            let at = error.position().map_or(0, |position| position.byte());
            Fault::parser(Place::Byte(byte(at)), &error)
        })?;
        let at = record.position().map_or(0, |position| position.byte());
        let place = |_| Place::Byte(text_start + byte(at));
        let cells = record.iter();
        match &head {
            None => {
                head = Some(Head::new(
                    cells.map(|it| Some(it.to_owned())).collect(),
                    place,
                )?)
            }
            Some(head) => {
                let cells = cells
                    .map(|it| Value::String(it.trim().to_owned()))
                    .collect();
                rows.extend(Head::row(head, cells, place)?);
            }
        }
    }
    Ok(Value::Array(rows))
}

fn byte(at: u64) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}

/// Returns what stands between the cells of the head.
fn separator(text: &str) -> u8 {
    let head = text.lines().next().unwrap_or_default();
    [b',', b'\t', b';']
        .into_iter()
        .max_by_key(|&mark| {
            (
                head.bytes().filter(|&byte| byte == mark).count(),
                mark == b',',
            )
        })
        .unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_says_what_stands_between_cells() {
        assert_eq!(separator("甲,乙\n"), b',');
        assert_eq!(separator("甲\t乙\n"), b'\t');
        assert_eq!(separator("甲;乙\n"), b';');
        assert_eq!(separator("甲"), b',');
    }
}

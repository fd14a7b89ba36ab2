//! XLSX as lists of rows: one sheet is a list, several are a mapping from their names.
//!
//! Cells are read one after another, so that one that stands ten thousand columns away costs no
//! memory.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{DataRef, ExcelDateTime, Reader, Xlsx};
use serde_json::{Map, Value};

use super::rows::Head;
use super::{Fault, Place};
use crate::diag;

/// How far a table may reach.
const MOST_ROWS: u32 = 100_000;
const MOST_COLUMNS: u32 = 500;

/// The cells of a sheet by row and column, both from 0.
type Cells = BTreeMap<u32, BTreeMap<u32, Value>>;

/// Reads a workbook.
pub(super) fn read(bytes: &[u8]) -> Result<Value, Fault> {
    let mut book =
        Xlsx::new(Cursor::new(bytes)).map_err(|error| Fault::parser(Place::Byte(0), error))?;
    let mut sheets = Map::new();
    for name in book.sheet_names() {
        let cells = cells(&mut book, &name)?;
        if !cells.is_empty() {
            sheets.insert(name.clone(), table(&name, cells)?);
        }
    }
    match sheets.len() {
        0 => Ok(Value::Array(Vec::new())),
        1 => Ok(sheets
            .into_iter()
            .map(|(_, rows)| rows)
            .next()
            .unwrap_or_default()),
        _ => Ok(Value::Object(sheets)),
    }
}

fn cells(book: &mut Xlsx<Cursor<&[u8]>>, sheet: &str) -> Result<Cells, Fault> {
    let broken = |error| Fault::parser(cell(sheet, 0, 0), error);
    let mut reader = book.worksheet_cells_reader(sheet).map_err(broken)?;
    let mut cells = Cells::new();
    while let Some(found) = reader.next_cell().map_err(broken)? {
        let (row, column) = found.get_position();
        let value = match found.get_value() {
            DataRef::Empty => continue,
            DataRef::String(text) if text.trim().is_empty() => continue,
            DataRef::SharedString(text) if text.trim().is_empty() => continue,
            DataRef::Int(number) => (*number).into(),
            DataRef::Float(number) => of_number(*number),
            DataRef::String(text) => text.trim().into(),
            DataRef::SharedString(text) => text.trim().into(),
            DataRef::Bool(flag) => (*flag).into(),
            DataRef::DateTime(time) => of_time(time).into(),
            DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.as_str().into(),
            DataRef::Error(error) => {
                let advice = diag::words("data-formula").with("error", error);
                return Err(Fault::told(cell(sheet, row, column), advice));
            }
        };
        if row >= MOST_ROWS || column >= MOST_COLUMNS {
            let advice = diag::words("data-many-cells");
            return Err(Fault::told(cell(sheet, row, column), advice));
        }
        cells.entry(row).or_default().insert(column, value);
    }
    Ok(cells)
}

/// Makes rows of a sheet's cells; its first row with words is the head.
fn table(sheet: &str, mut cells: Cells) -> Result<Value, Fault> {
    let widest = cells.values().filter_map(|row| row.last_key_value());
    let width = widest.map(|(column, _)| column + 1).max().unwrap_or(0);
    let place =
        |row: u32| move |column: usize| cell(sheet, row, u32::try_from(column).unwrap_or(u32::MAX));
    let Some((row, head)) = cells.pop_first() else {
        return Ok(Value::Array(Vec::new()));
    };
    let head = (0..width)
        .map(|column| head.get(&column).map(words))
        .collect();
    let head = Head::new(head, place(row))?;
    let mut rows = Vec::with_capacity(cells.len());
    for (row, mut found) in cells {
        let cells = (0..width).map(|column| found.remove(&column).unwrap_or_default());
        rows.extend(head.row(cells.collect(), place(row))?);
    }
    Ok(Value::Array(rows))
}

fn words(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn of_number(number: f64) -> Value {
    // Excel knows no whole numbers; what looks like one is one.
    if number.fract() == 0.0 && number.abs() < 9e15 {
        return Value::from(number as i64);
    }
    Value::from(number)
}

/// Writes a date, a time of day or both.
fn of_time(time: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, ..) = time.to_ymd_hms_milli();
    let clock = format!("{hour:02}:{minute:02}");
    let date = format!("{year}-{month:02}-{day:02}");
    match time.as_f64() {
        value if value < 1.0 || time.is_duration() => clock,
        value if value.fract() == 0.0 => date,
        _ => format!("{date} {clock}"),
    }
}

/// Names a cell as the office program does: `价目 B3`.
fn cell(sheet: &str, row: u32, column: u32) -> Place {
    let mut letters = String::new();
    let mut rest = column + 1;
    while rest > 0 {
        let letter = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.insert(0, char::from(b'A' + letter));
        rest = (rest - 1) / 26;
    }
    Place::Cell {
        row: usize::try_from(row).unwrap_or(0) + 1,
        name: format!("{sheet} {letters}{}", row + 1),
    }
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::{ExcelDateTime as Time, Format, Formula, Workbook};

    use super::*;

    fn book(fill: impl FnOnce(&mut Workbook)) -> Vec<u8> {
        let mut book = Workbook::new();
        fill(&mut book);
        book.save_to_buffer().expect("a small workbook")
    }

    #[test]
    fn one_sheet_is_a_list_and_two_are_named() {
        let fill = |name: &'static str| {
            move |book: &mut Workbook| {
                let sheet = book.add_worksheet().set_name(name).expect("a name");
                let day = Format::new().set_num_format("yyyy-mm-dd");
                sheet.write(0, 0, "物品").expect("written");
                sheet.write(0, 1, "元").expect("written");
                sheet.write(0, 2, "日期").expect("written");
                sheet.write(1, 0, "旧沙发").expect("written");
                sheet.write(1, 1, 30.5).expect("written");
                let date = Time::from_ymd(2026, 11, 1).expect("a day");
                sheet.write_with_format(1, 2, &date, &day).expect("written");
                sheet.write(3, 0, "柜").expect("written");
                sheet.write(3, 1, 50).expect("written");
            }
        };
        let one = read(&book(fill("价目"))).expect("it is read");
        insta::assert_snapshot!(one, @r#"[{"物品":"旧沙发","元":30.5,"日期":"2026-11-01"},{"物品":"柜","元":50,"日期":null}]"#);
        let two = book(|book| {
            fill("甲")(book);
            fill("乙")(book);
        });
        let two = read(&two).expect("it is read");
        assert_eq!(two["乙"], one);
    }

    #[test]
    fn a_cell_that_is_wrong_is_named() {
        let wrong = |fill: fn(&mut rust_xlsxwriter::Worksheet)| {
            let bytes = book(|book| {
                let sheet = book.add_worksheet().set_name("价目").expect("a name");
                sheet.write(0, 0, "物品").expect("written");
                fill(sheet);
            });
            let fault = read(&bytes).expect_err("it is wrong");
            let Place::Cell { row, name } = fault.place else {
                return "no cell".to_owned();
            };
            format!(
                "{row} {name} {}",
                fault
                    .advice
                    .map_or_else(String::new, |advice| advice.say(diag::Language::Chinese))
            )
        };
        insta::assert_snapshot!(wrong(|sheet| {
            sheet.write(2, 0, Formula::new("=1/0").set_result("#DIV/0!")).expect("written");
        }), @"3 价目 A3 这一格的公式出错了（#DIV/0!），改对再存");
        insta::assert_snapshot!(wrong(|sheet| {
            sheet.write(1, 27, "字").expect("written");
        }), @"2 价目 AB2 这一列没有表头，在第一行写上");
        insta::assert_snapshot!(wrong(|sheet| {
            sheet.write(1, 16_000, "字").expect("written");
        }), @"2 价目 WQK2 表太大：最多 10 万行、500 列；看看远处是不是误填了字");
    }
}

//! Three tables by which communities are inspected, as examples to begin with: their structure in our
//! own words, for points and wording are the office's that sends the real one.

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
    XlsxError,
};
use serde::Deserialize;

use super::book::Form;

/// Heads and widths of the columns.
const COLUMNS: [(&str, f64); 10] = [
    ("编号", 7.0),
    ("指标内容", 40.0),
    ("分值", 6.0),
    ("评分方法", 24.0),
    ("自评分", 7.0),
    ("扣分原因", 18.0),
    ("佐证材料", 40.0),
    ("缺项", 30.0),
    ("责任人", 9.0),
    ("整改期限", 12.0),
];
/// How many Chinese characters the column of what is asked has room for in a line.
const LINE: usize = 18;
/// A4 by Excel's numbers.
const A4: u8 = 9;

#[derive(Deserialize)]
struct Table {
    name: String,
    letter: String,
    note: String,
    groups: Vec<Group>,
}

#[derive(Deserialize)]
struct Group {
    title: String,
    /// What is asked, and how it is looked at.
    items: Vec<(String, String)>,
}

fn tables() -> Vec<Table> {
    serde_yaml::from_str(include_str!("public.yaml")).expect("the tables are written well")
}

/// Returns the names of the tables.
pub fn names() -> Vec<String> {
    tables().into_iter().map(|table| table.name).collect()
}

/// Returns the table of that name, empty.
pub fn public(name: &str) -> Option<Form> {
    let table = tables().into_iter().find(|table| table.name == name)?;
    let bytes = workbook(&table).expect("a table has few rows");
    Some(Form {
        name: format!("{}评分表.xlsx", table.name),
        bytes: bytes.into(),
        is_example: true,
    })
}

fn workbook(table: &Table) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // The writer would take the clock's time.
    let made = ExcelDateTime::from_ymd(2026, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let sheet = book.add_worksheet();
    sheet.set_name(&table.name)?;
    fill(sheet, table)?;
    book.save_to_buffer()
}

fn fill(sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    let cell = Format::new()
        .set_border(FormatBorder::Thin)
        .set_align(FormatAlign::Top)
        .set_text_wrap();
    let head = cell
        .clone()
        .set_bold()
        .set_background_color(Color::RGB(0x00DD_EBE3));
    let title = Format::new().set_bold().set_font_size(16);
    let note = Format::new()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_font_color(Color::RGB(0x0060_6060));
    let last = 9;
    let name = format!("{}评分表（示例）", table.name);
    sheet.merge_range(0, 0, 0, last, &name, &title)?;
    sheet.merge_range(1, 0, 1, last, &table.note, &note)?;
    sheet.set_row_height(1, 32)?;
    for (column, (text, width)) in (0u16..).zip(COLUMNS) {
        sheet.write_with_format(2, column, text, &head)?;
        sheet.set_column_width(column, width)?;
    }
    let mut row = 3;
    for (part, group) in (1..).zip(&table.groups) {
        sheet.merge_range(row, 0, row, last, &group.title, &head)?;
        row += 1;
        for (number, (asked, method)) in (1..).zip(&group.items) {
            let number = format!("{}{part}.{number}", table.letter);
            for column in 0..=last {
                sheet.write_blank(row, column, &cell)?;
            }
            sheet.write_with_format(row, 0, number, &cell)?;
            sheet.write_with_format(row, 1, asked, &cell)?;
            sheet.write_with_format(row, 3, method, &cell)?;
            if asked.chars().count() > LINE {
                sheet.set_row_height(row, 30)?;
            }
            row += 1;
        }
    }
    sheet.set_freeze_panes(3, 2)?;
    sheet.set_landscape();
    sheet.set_paper_size(A4);
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(2, 2)?;
    Ok(())
}

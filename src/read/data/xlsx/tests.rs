//! What workbooks say, and what is said of them.

use rust_xlsxwriter::{ExcelDateTime as Time, Format, Formula, Workbook, Worksheet, XlsxError};

use super::*;
use crate::diag::Language;

/// Writes what a sheet holds.
type Fill = fn(&mut Worksheet) -> Result<(), XlsxError>;

/// Makes a workbook of sheets.
fn book(sheets: &[(&str, Fill)]) -> Vec<u8> {
    let mut book = Workbook::new();
    for (name, fill) in sheets {
        let sheet = book.add_worksheet().set_name(*name).expect("a name");
        fill(sheet).expect("written");
    }
    book.save_to_buffer().expect("a small workbook")
}

/// Tells what a workbook says, and what is to be said of it.
fn told(bytes: &[u8]) -> String {
    match read(bytes) {
        Ok(found) => {
            let notes = found
                .notes
                .iter()
                .map(|(code, args)| format!("\n{code:?} {}", said(args)));
            found.value.to_string() + &notes.collect::<String>()
        }
        Err(fault) => format!("{:?} {}", fault.place, said(&fault.args)),
    }
}

/// Says the words of a message, each with its name.
fn said(args: &Args) -> String {
    let said = |(name, value): &(&str, Said)| format!("{name}: {}", value.say(Language::Chinese));
    args.iter().map(said).collect::<Vec<_>>().join(", ")
}

fn prices(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let day = Format::new().set_num_format("yyyy-mm-dd");
    sheet.write_row(0, 0, ["物品", "元", "日期"])?;
    sheet.write(1, 0, "旧沙发")?.write(1, 1, 30.5)?;
    sheet.write_with_format(1, 2, &Time::from_ymd(2026, 11, 1)?, &day)?;
    sheet.write(3, 0, "柜")?.write(3, 1, 50)?;
    Ok(())
}

#[test]
fn one_sheet_is_a_list_and_two_are_named() {
    let one = told(&book(&[("价目", prices)]));
    insta::assert_snapshot!(one, @r#"[{"物品":"旧沙发","元":30.5,"日期":"2026-11-01"},{"物品":"柜","元":50,"日期":null}]"#);
    let two = read(&book(&[("甲", prices), ("乙", prices)])).expect("it is read");
    assert_eq!(two.value["乙"].to_string(), one);
    assert_eq!(two.tables[1], (Some("乙".to_owned()), vec![1, 3]));
}

#[test]
fn what_is_hidden_is_not_read_and_said() {
    let fill = |sheet: &mut Worksheet| {
        prices(sheet)?;
        sheet
            .write_row(0, 3, ["号码", "备注"])?
            .write_row(1, 3, ["110101", "好"])?;
        sheet
            .write(2, 0, "已搬走")?
            .write(2, 1, Formula::new("=1/0").set_result("#DIV/0!"))?;
        sheet.set_column_hidden(3)?.set_row_hidden(2)?;
        Ok(())
    };
    let inner = |sheet: &mut Worksheet| {
        sheet.write(0, 0, "内部")?;
        sheet.set_hidden(true);
        Ok(())
    };
    let deep = |sheet: &mut Worksheet| {
        sheet.write(0, 0, "更深")?;
        sheet.set_very_hidden(true);
        Ok(())
    };
    insta::assert_snapshot!(told(&book(&[("价目", fill), ("底稿", inner), ("底稿2", deep)])), @r#"
    [{"物品":"旧沙发","元":30.5,"日期":"2026-11-01","备注":"好"},{"物品":"柜","元":50,"日期":null,"备注":null}]
    HiddenData places: 底稿、底稿2、价目 3、价目 D
    "#);
}

#[test]
fn merged_cells_are_filled_and_titles_taken_off() {
    let fill = |sheet: &mut Worksheet| {
        let plain = Format::new();
        sheet.merge_range(0, 0, 0, 3, "收费一览表", &plain)?;
        sheet.merge_range(1, 0, 2, 0, "楼", &plain)?;
        sheet.merge_range(1, 1, 1, 2, "时间", &plain)?;
        sheet.merge_range(1, 3, 2, 3, "元", &plain)?;
        sheet.write_row(2, 1, ["上午", "下午"])?;
        sheet.merge_range(3, 0, 4, 0, "1号楼", &plain)?;
        sheet.write_row(3, 1, ["9点", "2点"])?.write(3, 3, 5)?;
        sheet.write_row(4, 1, ["10点", "3点"])?.write(4, 3, 6)?;
        sheet.merge_range(5, 0, 5, 3, "注：节假日不收", &plain)?;
        Ok(())
    };
    insta::assert_snapshot!(told(&book(&[("价目", fill)])), @r#"
    [{"楼":"1号楼","时间·上午":"9点","时间·下午":"2点","元":5},{"楼":"1号楼","时间·上午":"10点","时间·下午":"3点","元":6},{"楼":"注：节假日不收","时间·上午":null,"时间·下午":null,"元":null}]
    TableTitle title: 收费一览表
    "#);
}

#[test]
fn cells_read_as_they_show() {
    let fill = |sheet: &mut Worksheet| {
        let format = |code: &str| Format::new().set_num_format(code);
        sheet.write_row(0, 0, ["号", "率", "时长", "价", "写", "查", "说"])?;
        sheet.write_with_format(1, 0, 7, &format("000"))?;
        sheet.write_with_format(1, 1, 0.35, &format("0%"))?;
        sheet.write_with_format(1, 2, 1.25, &format("[h]:mm"))?;
        sheet.write_with_format(1, 3, 30, &Format::new().set_num_format_index(8))?;
        sheet.write_with_format(1, 4, 12.5, &format("[DBNum2][$RMB]General"))?;
        sheet.write(1, 5, true)?;
        sheet.write(1, 6, "先约\n再搬")?;
        Ok(())
    };
    insta::assert_snapshot!(told(&book(&[("价目", fill)])), @r#"
    [{"号":"007","率":"35%","时长":"30:00","价":"¥30.00","写":12.5,"查":"TRUE","说":"先约\n再搬"}]
    BareNumber cells: 价目 E2 ([DBNum2][$RMB]General)
    "#);
}

#[test]
fn a_part_of_a_day_among_times_is_a_time() {
    let fill = |sheet: &mut Worksheet| {
        let clock = Format::new().set_num_format("h:mm");
        sheet.write_row(0, 0, ["项", "时", "比"])?;
        sheet.write(1, 0, "开")?.write(1, 2, 0.25)?;
        sheet.write_with_format(1, 1, 0.25, &clock)?;
        sheet.write(2, 0, "关")?.write(2, 1, 7.0 / 12.0)?;
        Ok(())
    };
    insta::assert_snapshot!(told(&book(&[("价目", fill)])), @r#"
    [{"项":"开","时":"6:00","比":0.25},{"项":"关","时":"14:00","比":null}]
    GuessedTime cells: 价目 B3
    "#);
}

#[test]
fn a_cell_that_is_wrong_is_named() {
    let errors = |sheet: &mut Worksheet| {
        sheet.write(0, 0, "物品")?;
        sheet.write(2, 0, Formula::new("=1/0").set_result("#DIV/0!"))?;
        sheet.write(4, 0, Formula::new("=NA()").set_result("#N/A"))?;
        Ok(())
    };
    let headless = |sheet: &mut Worksheet| {
        sheet.write(0, 0, "物品")?.write(1, 27, "字")?;
        Ok(())
    };
    let far = |sheet: &mut Worksheet| {
        sheet.write(0, 0, "物品")?.write(1, 16_000, "字")?;
        Ok(())
    };
    insta::assert_snapshot!(told(&book(&[("价目", errors)])), @r##"Cell { row: 3, name: "价目 A3" } errors: A3 (#DIV/0!)、A5 (#N/A)"##);
    insta::assert_snapshot!(told(&book(&[("价目", headless)])), @r#"Cell { row: 2, name: "价目 AB2" } headless: AB"#);
    insta::assert_snapshot!(told(&book(&[("价目", far)])), @r#"Cell { row: 2, name: "价目 WQK2" } most_rows: 100000, most_columns: 500"#);
}

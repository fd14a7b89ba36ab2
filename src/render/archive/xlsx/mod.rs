//! The evidence as a workbook: one sheet a kind of thing, to be sorted, filtered and edited.

mod ledger;
mod work;

use std::sync::Arc;

use jiff::civil::Date;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
    XlsxError,
};

use super::copies;
use super::keepsakes::Keepsakes;
use super::kept::Evidence;
use super::words::money;
use ledger::{hung, index, photos};
use work::{activities, duties, figures, notices, problems, stages};

/// Pine and clay of the theme `fresh`.
const PINE: u32 = 0x000F_4A36;
const CLAY: u32 = 0x00B9_461F;
const DEW: u32 = 0x00DD_EBE3;
/// A4 by Excel's numbers.
const A4: u8 = 9;

/// A cell.
enum Value {
    Text(String),
    Number(f64),
    Day(Date),
    /// What is missing, in words.
    Missing(String),
    Empty,
}

/// Writes the workbook.
///
/// # Errors
/// Where a sheet takes no more rows; a year of one community has far fewer.
pub fn xlsx(evidence: &Evidence, keepsakes: &Keepsakes) -> Result<Arc<[u8]>, XlsxError> {
    let mut book = Workbook::new();
    // The writer would take the clock's time.
    let made = ExcelDateTime::from_ymd(u16::try_from(evidence.from.year()).unwrap_or(2000), 1, 1)?;
    let organisation = &evidence.site.settings.organisation;
    let properties = DocProperties::new()
        .set_title(format!("{}年度环境宣传工作档案", evidence.from.year()))
        .set_author(organisation)
        .set_company(organisation)
        .set_creation_datetime(&made);
    book.set_properties(&properties);
    let sheets = [
        index(evidence),
        hung(evidence),
        notices(evidence),
        stages(evidence),
        duties(evidence),
        figures(evidence),
        activities(evidence),
        problems(evidence),
        topics(evidence),
        places(evidence),
        prints(evidence),
        gaps(evidence),
        photos(evidence, keepsakes),
    ];
    let foot = format!(
        "&L{}　{}&R第 &P 页，共 &N 页",
        plain(organisation),
        evidence.from.year()
    );
    for sheet in sheets {
        sheet.write(book.add_worksheet(), &foot)?;
    }
    Ok(book.save_to_buffer()?.into())
}

/// `&` begins a command in heads and feet.
fn plain(text: &str) -> String {
    text.replace('&', "＆")
}

/// One sheet.
struct Sheet {
    name: &'static str,
    /// Heads and widths in characters.
    columns: Vec<(String, f64)>,
    rows: Vec<Vec<Value>>,
}

impl Sheet {
    fn new(name: &'static str, columns: &[(&str, u8)]) -> Self {
        let columns = columns.iter();
        Self {
            name,
            columns: columns
                .map(|(title, width)| ((*title).to_owned(), f64::from(*width)))
                .collect(),
            rows: Vec::new(),
        }
    }

    fn row<const N: usize>(&mut self, row: [Value; N]) {
        self.rows.push(row.into());
    }

    fn write(self, sheet: &mut Worksheet, foot: &str) -> Result<(), XlsxError> {
        let cell = Format::new()
            .set_border(FormatBorder::Hair)
            .set_align(FormatAlign::Top)
            .set_text_wrap();
        let head = Format::new()
            .set_bold()
            .set_border(FormatBorder::Thin)
            .set_background_color(Color::RGB(DEW))
            .set_font_color(Color::RGB(PINE))
            .set_align(FormatAlign::VerticalCenter)
            .set_text_wrap();
        let day = cell.clone().set_num_format("yyyy-mm-dd");
        let missing = cell.clone().set_font_color(Color::RGB(CLAY)).set_bold();
        sheet.set_name(self.name)?;
        for (column, (title, width)) in (0..).zip(&self.columns) {
            sheet.set_column_width(column, *width)?;
            sheet.write_string_with_format(0, column, title, &head)?;
        }
        for (row, cells) in (1..).zip(&self.rows) {
            for (column, value) in (0..).zip(cells) {
                match value {
                    Value::Text(text) => {
                        sheet.write_string_with_format(row, column, text, &cell)?
                    }
                    Value::Missing(text) => {
                        sheet.write_string_with_format(row, column, text, &missing)?
                    }
                    Value::Number(number) => {
                        sheet.write_number_with_format(row, column, *number, &cell)?
                    }
                    Value::Day(date) => {
                        sheet.write_datetime_with_format(row, column, excel_day(*date)?, &day)?
                    }
                    Value::Empty => sheet.write_blank(row, column, &cell)?,
                };
            }
        }
        sheet.set_freeze_panes(1, 1)?;
        let last_column = u16::try_from(self.columns.len()).unwrap_or(u16::MAX) - 1;
        let last_row = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        sheet.autofilter(0, 0, last_row.max(1), last_column)?;
        sheet
            .set_paper_size(A4)
            .set_landscape()
            .set_print_fit_to_pages(1, 0);
        sheet.set_repeat_rows(0, 0)?;
        sheet.set_footer(foot);
        sheet.set_header(format!("&L{}", self.name));
        Ok(())
    }
}

fn excel_day(date: Date) -> Result<ExcelDateTime, XlsxError> {
    let part = |number: i8| u8::try_from(number).unwrap_or(1);
    let year = u16::try_from(date.year()).unwrap_or(1900);
    ExcelDateTime::from_ymd(year, part(date.month()), part(date.day()))
}

fn text(text: impl Into<String>) -> Value {
    match text.into() {
        text if text.is_empty() => Value::Empty,
        text => Value::Text(text),
    }
}

fn count(n: usize) -> Value {
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
    Value::Number(n as f64)
}

fn or_missing(said: Option<&str>, otherwise: &str) -> Value {
    said.map_or_else(|| Value::Missing(otherwise.to_owned()), text)
}

fn topics(evidence: &Evidence) -> Sheet {
    let mut sheet = Sheet::new("主题覆盖", &[("主题", 18)]);
    for month in evidence.months() {
        sheet
            .columns
            .push((format!("{}月", month.first().month()), 7.0));
    }
    sheet.columns.push(("合计".to_owned(), 8.0));
    for topic in &evidence.topics {
        let sum: usize = topic.months.iter().sum();
        let months = topic.months.iter().map(|n| match n {
            0 => Value::Empty,
            n => count(*n),
        });
        let sum = match sum {
            0 => Value::Missing("没有".to_owned()),
            n => count(n),
        };
        let row = std::iter::once(text(topic.title))
            .chain(months)
            .chain([sum]);
        sheet.rows.push(row.collect());
    }
    sheet
}

fn places(evidence: &Evidence) -> Sheet {
    let columns = [
        ("主题", 18),
        ("宣传栏", 18),
        ("地点", 28),
        ("处数", 8),
        ("种数", 8),
        ("期次", 8),
        ("张次", 8),
    ];
    let mut sheet = Sheet::new("主题点位", &columns);
    for it in super::places::counted(evidence) {
        sheet.row([
            text(it.topic),
            text(it.board),
            text(it.place),
            count(it.spots),
            count(it.posters),
            count(it.times),
            count(it.times * it.spots),
        ]);
    }
    sheet
}

fn prints(evidence: &Evidence) -> Sheet {
    let mut sheet = Sheet::new(
        "印制",
        &[
            ("月份", 14),
            ("尺寸", 16),
            ("宣传品（种）", 14),
            ("张数", 10),
            ("费用（元）", 14),
            ("说明", 30),
        ],
    );
    for month in evidence.months() {
        let (first, last) = (month.first(), month.last().min(evidence.until()));
        for copies in copies::printed(evidence.site, evidence.plan, first, last) {
            #[expect(
                clippy::cast_precision_loss,
                reason = "sums of money are far below 2^53"
            )]
            let yuan = copies.cost as f64 / 100.0;
            sheet.row([
                text(month.title()),
                text(copies.size.to_string()),
                count(copies.posters),
                count(copies.sheets),
                Value::Number(yuan),
                text(format!("按台账推算，{}", money(copies.cost))),
            ]);
        }
    }
    sheet
}

fn gaps(evidence: &Evidence) -> Sheet {
    let mut sheet = Sheet::new(
        "缺项",
        &[
            ("序号", 7),
            ("类别", 16),
            ("指标", 10),
            ("日期", 12),
            ("在哪里", 28),
            ("缺什么", 44),
            ("怎么补", 40),
        ],
    );
    for (at, gap) in evidence.gaps.iter().enumerate() {
        let numbers: Vec<&str> = gap.indicators.iter().map(String::as_str).collect();
        sheet.row([
            count(at + 1),
            text(gap.kind.name()),
            text(numbers.join("、")),
            Value::Day(gap.at),
            text(&gap.place),
            Value::Missing(gap.what.clone()),
            text(gap.kind.remedy()),
        ]);
    }
    sheet
}

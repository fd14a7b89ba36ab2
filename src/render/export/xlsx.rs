//! `plan.xlsx`: the plan for offices, who work in spreadsheets. The same plan gives the same
//! bytes: the time of creation is the month that it is made for.

mod boards;
mod looks;
mod order;
mod posters;
mod year;

use jiff::civil::Date;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};
use serde_json::Value;

use super::deeds::Deeds;
use crate::calendar::Period;
use crate::rotation::{Plan, Portions};
use crate::site::Fen;
use looks::Looks;

/// ISO A3 and A4, as spreadsheets number papers.
const A3: u8 = 8;
const A4: u8 = 9;

/// Returns the workbook of `plan`, with the print order of `month`.
pub(in crate::render) fn workbook(
    deeds: &Deeds,
    plan: &Plan,
    month: Period,
    tokens: &Value,
) -> Vec<u8> {
    let book = Book {
        deeds,
        plan,
        portions: plan.portions(deeds.site),
        month,
        looks: Looks::new(tokens),
    };
    // Texts longer than a cell holds are cut where they are written; nothing else can fail.
    book.write().unwrap_or_default()
}

/// The workbook, a sheet a file beside this one.
struct Book<'a> {
    deeds: &'a Deeds<'a>,
    plan: &'a Plan,
    portions: Portions,
    month: Period,
    looks: Looks,
}

impl Book<'_> {
    fn write(&self) -> Result<Vec<u8>, XlsxError> {
        let mut workbook = Workbook::new();
        let made = self.month.first();
        let created = ExcelDateTime::from_ymd(year_of(made), month_of(made), 1)?;
        let settings = &self.deeds.site.settings;
        workbook.set_properties(
            &DocProperties::new()
                .set_title(&settings.title)
                .set_author(&settings.organisation)
                .set_company(&settings.organisation)
                .set_creation_datetime(&created),
        );
        self.year(workbook.add_worksheet())?;
        self.boards(workbook.add_worksheet())?;
        self.posters(workbook.add_worksheet())?;
        self.order(workbook.add_worksheet())?;
        workbook.save_to_buffer()
    }

    fn pick<'t>(&self, chinese: &'t str, english: &'t str) -> &'t str {
        self.deeds.pick(chinese, english)
    }

    /// Sets up a sheet: its name, its columns' widths and heads in the row `head`, and paper.
    fn begin(
        &self,
        sheet: &mut Worksheet,
        name: &str,
        title: &str,
        columns: &[(&str, f64)],
    ) -> Result<(), XlsxError> {
        sheet.set_name(name)?;
        sheet.write_with_format(0, 0, title, &self.looks.title)?;
        sheet.set_row_height(0, 30)?;
        for (column, (head, width)) in (0..).zip(columns) {
            sheet.set_column_width(column, *width)?;
            sheet.write_with_format(1, column, *head, &self.looks.head)?;
        }
        sheet.set_row_height(1, 22)?;
        sheet.set_landscape();
        sheet.set_print_fit_to_pages(1, 0);
        sheet.set_margins(0.4, 0.4, 0.5, 0.5, 0.3, 0.3);
        sheet.set_repeat_rows(0, 1)?;
        sheet.set_footer("&C&P / &N");
        Ok(())
    }

    /// Returns the first and last day that the workbook tells of: from this year's first on.
    fn span(&self) -> (Date, Date) {
        let first = self.month.first().first_of_year();
        match self.plan.span() {
            Some((_, last)) => (first, last.max(self.month.last())),
            None => (first, self.month.last()),
        }
    }

    fn topic(&self, poster: &str) -> String {
        let page = self.deeds.site.page(poster);
        let Some(id) = page.and_then(|page| page.topic()) else {
            return String::new();
        };
        let mut topics = self.deeds.site.settings.topics.iter();
        let topic = topics.find(|topic| topic.id == id);
        topic.map_or_else(|| id.to_owned(), |topic| topic.title.clone())
    }

    fn day(&self, day: Date) -> String {
        match self.deeds.is_chinese() {
            false => day.strftime("%-d %b").to_string(),
            true => format!("{}月{}日", day.month(), day.day()),
        }
    }

    fn period(&self, period: Period) -> String {
        match self.deeds.is_chinese() {
            false => period.to_string(),
            true => period.title(),
        }
    }
}

/// A number of sheets; so few that a spreadsheet holds them exactly.
fn whole(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Yuan, for a cell.
#[expect(
    clippy::cast_precision_loss,
    reason = "money here is far below 2^53 fen"
)]
fn money(fen: Fen) -> f64 {
    fen as f64 / 100.0
}

/// Yuan, as the result of a formula.
fn plain(fen: Fen) -> String {
    money(fen).to_string()
}

fn year_of(day: Date) -> u16 {
    u16::try_from(day.year()).unwrap_or(1900)
}

fn month_of(day: Date) -> u8 {
    day.month().unsigned_abs()
}

fn date(day: Date) -> Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::from_ymd(year_of(day), month_of(day), day.day().unsigned_abs())
}

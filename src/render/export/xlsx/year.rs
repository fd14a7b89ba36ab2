//! 全年一览: the year at a glance.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::super::deeds::numbers;
use super::{A3, Book};
use crate::calendar::{Cadence, Period};
use crate::site::{Approval, Board, Slot};

/// Columns' widths, in figures of the workbook's type.
const SLOT_WIDTH: f64 = 12.0;
const MONTH_WIDTH: f64 = 17.0;
/// The height of a line of 10 pt, in pt.
const LINE: f64 = 15.0;

/// How many lines a text takes in a column. Not every program works that out when it opens a
/// workbook, and merged cells take none into account.
fn n_lines(text: &str, width: f64) -> f64 {
    let lines = |line: &str| (cells(line) / (width - 1.0)).ceil().max(1.0);
    text.split('\n').map(lines).sum::<f64>().max(1.0)
}

/// How wide a line is: a Chinese character takes two figures.
fn cells(line: &str) -> f64 {
    let wide = line.chars().map(|it| if it.is_ascii() { 1.0 } else { 2.0 });
    wide.sum()
}

impl Book<'_> {
    /// 全年一览: a row a slot, a column a month.
    pub(super) fn year(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let (first, last) = self.span();
        let months = Period::overlapping(Cadence::Month, first, last);
        let names: Vec<String> = months.iter().map(|month| self.period(*month)).collect();
        let mut columns = vec![
            (self.pick("宣传栏", "Board"), 16.0),
            (self.pick("版面", "Slot"), SLOT_WIDTH),
        ];
        columns.extend(names.iter().map(|name| (name.as_str(), MONTH_WIDTH)));
        let name = self.pick("全年一览", "Year");
        let title = format!("{}　{name}", self.deeds.site.settings.title);
        self.begin(sheet, name, &title, &columns)?;
        sheet.set_paper_size(A3);
        sheet.set_freeze_panes(3, 2)?;
        self.campaigns(sheet, &months)?;
        let mut row = 3;
        for board in &self.deeds.site.boards {
            let start = row;
            let mut numbers = numbers(board);
            for slot in &board.slots {
                let number = numbers.remove(slot.id.as_str()).unwrap_or_default();
                let label = match &slot.title {
                    Some(title) => format!("{number} {title}"),
                    None => number,
                };
                sheet.write_with_format(row, 0, &board.title, &self.looks.label)?;
                sheet.write_with_format(row, 1, &label, &self.looks.label)?;
                let mut height = n_lines(&label, SLOT_WIDTH);
                for (column, month) in (2..).zip(&months) {
                    let look = match *month == self.month {
                        true => &self.looks.now,
                        false => &self.looks.text,
                    };
                    let text = self.cell(board, slot, *month);
                    height = height.max(n_lines(&text, MONTH_WIDTH));
                    sheet.write_with_format(row, column, &text, look)?;
                }
                sheet.set_row_height(row, height * LINE)?;
                row += 1;
            }
            if row > start + 1 {
                sheet.merge_range(start, 0, row - 1, 0, &board.title, &self.looks.label)?;
            }
        }
        Ok(())
    }

    /// The campaigns of each month, below its name.
    fn campaigns(&self, sheet: &mut Worksheet, months: &[Period]) -> Result<(), XlsxError> {
        let label = self.pick("集中宣传", "Campaigns");
        sheet.merge_range(2, 0, 2, 1, label, &self.looks.label)?;
        let mut most_lines = 1.0_f64;
        for (column, month) in (2..).zip(months) {
            let pages = self.deeds.site.pages.iter();
            let titles: Vec<&str> = pages
                .filter(|page| page.approval != Approval::Draft)
                .filter(|page| {
                    let campaign = page.campaign.as_ref();
                    campaign.is_some_and(|it| month.overlaps(it.from, it.to))
                })
                .map(|page| page.title.as_str())
                .collect();
            let text = titles.join("\n");
            most_lines = most_lines.max(n_lines(&text, MONTH_WIDTH));
            sheet.write_with_format(2, column, text, &self.looks.label)?;
        }
        sheet.set_row_height(2, most_lines * LINE)?;
        Ok(())
    }

    /// What hangs in a slot in a month, a line a poster, with the day where it is not the first.
    fn cell(&self, board: &Board, slot: &Slot, month: Period) -> String {
        if let Some(fixed) = &slot.fixed {
            return fixed.clone();
        }
        let mut lines: Vec<String> = Vec::new();
        for hanging in self.plan.in_period(&board.id, &slot.id, month) {
            let title = self.deeds.title(&hanging.poster);
            let line = match hanging.from <= month.first() {
                true => title.to_owned(),
                false => format!("{} {title}", self.day(hanging.from)),
            };
            lines.push(line);
        }
        match lines.is_empty() {
            true => "—".to_owned(),
            false => lines.join("\n"),
        }
    }
}

//! `plan.xlsx`: the plan for offices, who work in spreadsheets. The same plan gives the same
//! bytes: the time of creation is the month that it is made for.

use jiff::civil::Date;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Workbook,
    Worksheet, XlsxError,
};
use serde_json::Value;

use super::deeds::{Deeds, numbers};
use super::order::{Line, Maker, order};
use crate::calendar::{Cadence, Period};
use crate::rotation::{Hanging, Origin, Plan};
use crate::site::{Approval, Board, Fen, Slot};

/// What Chinese offices have; others show a similar one in its place.
const FONT: &str = "微软雅黑";
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
        month,
        looks: Looks::new(tokens),
    };
    // Texts longer than a cell holds are cut where they are written; nothing else can fail.
    book.write().unwrap_or_default()
}

/// The formats of cells.
struct Looks {
    title: Format,
    head: Format,
    label: Format,
    text: Format,
    centred: Format,
    now: Format,
    notice: Format,
    quiet: Format,
    day: Format,
    number: Format,
    money: Format,
    total: Format,
    total_money: Format,
}

impl Looks {
    fn new(tokens: &Value) -> Self {
        let colour = |name: &str, other: u32| {
            let hex = tokens.pointer(&format!("/color/{name}"));
            let hex = hex.and_then(Value::as_str).unwrap_or_default();
            let number = u32::from_str_radix(hex.trim_start_matches('#'), 16);
            Color::RGB(number.unwrap_or(other))
        };
        let (ink, pine) = (colour("ink", 0x0016_281F), colour("pine", 0x000F_4A36));
        let (dew, line) = (colour("dew", 0x00DD_EBE3), colour("line", 0x00C9_D3CB));
        let plain = Format::new()
            .set_font_name(FONT)
            .set_font_size(10)
            .set_font_color(ink)
            .set_align(FormatAlign::Top);
        let text = plain
            .clone()
            .set_text_wrap()
            .set_border(FormatBorder::Thin)
            .set_border_color(line);
        let centred = text.clone().set_align(FormatAlign::Center);
        let total = text.clone().set_bold().set_background_color(dew);
        Self {
            title: plain
                .clone()
                .set_bold()
                .set_font_size(16)
                .set_font_color(pine),
            head: centred
                .clone()
                .set_bold()
                .set_font_color(colour("on-pine", 0x00FF_FFFF))
                .set_background_color(pine)
                .set_align(FormatAlign::VerticalCenter),
            label: text
                .clone()
                .set_bold()
                .set_background_color(dew)
                .set_align(FormatAlign::VerticalCenter),
            now: text
                .clone()
                .set_background_color(colour("paper", 0x00F7_F5EE)),
            notice: text.clone().set_bold().set_font_color(pine),
            quiet: plain
                .set_font_size(9)
                .set_font_color(colour("soft", 0x004C_5B53)),
            day: centred.clone().set_num_format("yyyy-mm-dd"),
            number: text
                .clone()
                .set_num_format("0")
                .set_align(FormatAlign::Right),
            money: text
                .clone()
                .set_num_format("0.00")
                .set_align(FormatAlign::Right),
            total_money: total
                .clone()
                .set_num_format("0.00")
                .set_align(FormatAlign::Right),
            total,
            centred,
            text,
        }
    }
}

struct Book<'a> {
    deeds: &'a Deeds<'a>,
    plan: &'a Plan,
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

    /// 全年一览: a row a slot, a column a month.
    fn year(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let (first, last) = self.span();
        let months = Period::overlapping(Cadence::Month, first, last);
        let names: Vec<String> = months.iter().map(|month| self.period(*month)).collect();
        let mut columns = vec![
            (self.pick("宣传栏", "Board"), 16.0),
            (self.pick("版面", "Slot"), 12.0),
        ];
        columns.extend(names.iter().map(|name| (name.as_str(), 17.0)));
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
                for (column, month) in (2..).zip(&months) {
                    let look = match *month == self.month {
                        true => &self.looks.now,
                        false => &self.looks.text,
                    };
                    let text = self.cell(board, slot, *month);
                    sheet.write_with_format(row, column, &text, look)?;
                }
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
            sheet.write_with_format(2, column, titles.join("\n"), &self.looks.label)?;
        }
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

    /// 按宣传栏: a row a hanging.
    fn boards(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let name = self.pick("按宣传栏", "Boards");
        let columns = [
            (self.pick("宣传栏", "Board"), 18.0),
            (self.pick("版面", "Slot"), 14.0),
            (self.pick("期", "Period"), 18.0),
            (self.pick("挂上", "From"), 12.0),
            (self.pick("最后一天", "To"), 12.0),
            (self.pick("宣传品", "Poster"), 34.0),
            (self.pick("类别", "Kind"), 8.0),
            (self.pick("主题", "Topic"), 12.0),
            (self.pick("尺寸", "Size"), 13.0),
            (self.pick("份数", "Copies"), 7.0),
            (self.pick("来源", "Decided by"), 8.0),
        ];
        self.begin(sheet, name, name, &columns)?;
        sheet.set_paper_size(A4);
        sheet.set_freeze_panes(2, 0)?;
        let mut row = 2;
        for board in &self.deeds.site.boards {
            let mut hangings: Vec<&Hanging> = self.plan.hangings.iter().collect();
            hangings.retain(|hanging| hanging.board == board.id);
            let slot = |hanging: &Hanging| {
                let mut slots = board.slots.iter();
                slots.position(|slot| slot.id == hanging.slot)
            };
            hangings.sort_by_key(|hanging| (hanging.from, slot(hanging)));
            for hanging in hangings {
                self.hanging(sheet, row, board, hanging)?;
                row += 1;
            }
        }
        sheet.autofilter(1, 0, row.saturating_sub(1).max(1), 10)?;
        Ok(())
    }

    fn hanging(
        &self,
        sheet: &mut Worksheet,
        row: u32,
        board: &Board,
        hanging: &Hanging,
    ) -> Result<(), XlsxError> {
        let looks = &self.looks;
        let slot = board.slot(&hanging.slot);
        let mut numbers = numbers(board);
        let number = numbers.remove(hanging.slot.as_str());
        let number = number.unwrap_or_else(|| hanging.slot.clone());
        let label = match slot.and_then(|slot| slot.title.as_ref()) {
            Some(title) => format!("{number} {title}"),
            None => number,
        };
        let page = self.deeds.site.page(&hanging.poster);
        let notice = page.and_then(|page| page.notice.as_ref());
        let period = Period::containing(board.cadence, hanging.from);
        sheet.write_with_format(row, 0, &board.title, &looks.text)?;
        sheet.write_with_format(row, 1, label, &looks.text)?;
        sheet.write_with_format(row, 2, self.period(period), &looks.text)?;
        sheet.write_with_format(row, 3, &date(hanging.from)?, &looks.day)?;
        sheet.write_with_format(row, 4, &date(hanging.to)?, &looks.day)?;
        let title = self.deeds.title(&hanging.poster);
        let look = if notice.is_some() {
            &looks.notice
        } else {
            &looks.text
        };
        sheet.write_with_format(row, 5, title, look)?;
        let kind = notice.map_or("", |notice| notice.kind.name());
        sheet.write_with_format(row, 6, kind, &looks.centred)?;
        sheet.write_with_format(row, 7, self.topic(&hanging.poster), &looks.centred)?;
        let size = slot.map(|slot| slot.area.size().to_string());
        sheet.write_with_format(row, 8, size.unwrap_or_default(), &looks.centred)?;
        sheet.write_with_format(row, 9, whole(copies(board)), &looks.number)?;
        let origin = match hanging.origin {
            Origin::Ledger => self.pick("已挂", "hung"),
            Origin::Published => self.pick("定稿", "published"),
            Origin::Planned => self.pick("安排", "planned"),
        };
        sheet.write_with_format(row, 10, origin, &looks.centred)?;
        Ok(())
    }

    /// 按宣传品: a row a poster, those that hang nowhere too.
    fn posters(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let name = self.pick("按宣传品", "Posters");
        let columns = [
            (self.pick("宣传品", "Poster"), 34.0),
            (self.pick("类别", "Kind"), 8.0),
            (self.pick("主题", "Topic"), 12.0),
            (self.pick("挂几次", "Times"), 8.0),
            (self.pick("几块栏", "Boards"), 8.0),
            (self.pick("印几份", "Printed"), 8.0),
            (self.pick("挂在哪里", "Where"), 70.0),
            (self.pick("文件", "File"), 30.0),
        ];
        self.begin(sheet, name, name, &columns)?;
        sheet.set_paper_size(A4);
        sheet.set_freeze_panes(2, 1)?;
        let (first, last) = self.span();
        let prints = self.deeds.carriage.prints(first, last);
        let mut row = 2;
        for page in &self.deeds.site.pages {
            let hangings: Vec<&Hanging> = self.plan.of_poster(&page.id).collect();
            if hangings.is_empty() && (page.poster.is_none() || page.approval != Approval::Approved)
            {
                continue;
            }
            let looks = &self.looks;
            let notice = page.notice.as_ref();
            let mut boards: Vec<&str> = hangings.iter().map(|it| it.board.as_str()).collect();
            boards.sort_unstable();
            boards.dedup();
            let printed = prints.iter().filter(|it| it.kind.poster == page.id);
            let printed: usize = printed.map(|print| print.copies).sum();
            let look = if notice.is_some() {
                &looks.notice
            } else {
                &looks.text
            };
            sheet.write_with_format(row, 0, &page.title, look)?;
            let kind = notice.map_or("", |notice| notice.kind.name());
            sheet.write_with_format(row, 1, kind, &looks.centred)?;
            sheet.write_with_format(row, 2, self.topic(&page.id), &looks.centred)?;
            sheet.write_with_format(row, 3, whole(hangings.len()), &looks.number)?;
            sheet.write_with_format(row, 4, whole(boards.len()), &looks.number)?;
            sheet.write_with_format(row, 5, whole(printed), &looks.number)?;
            sheet.write_with_format(row, 6, self.places(&hangings), &looks.text)?;
            sheet.write_with_format(row, 7, page.path.as_str(), &looks.text)?;
            row += 1;
        }
        sheet.autofilter(1, 0, row.saturating_sub(1).max(1), 7)?;
        Ok(())
    }

    /// Where and when a poster hangs, in the order of days.
    fn places(&self, hangings: &[&Hanging]) -> String {
        let mut hangings = hangings.to_vec();
        hangings.sort_by(|a, b| (a.from, &a.board, &a.slot).cmp(&(b.from, &b.board, &b.slot)));
        let place = |hanging: &&Hanging| {
            let board = self.deeds.site.board(&hanging.board);
            let (title, number) = match board {
                Some(board) => {
                    let mut numbers = numbers(board);
                    let number = numbers.remove(hanging.slot.as_str());
                    (&board.title, number.unwrap_or_default())
                }
                None => (&hanging.board, hanging.slot.clone()),
            };
            let days = format!("{}–{}", self.day(hanging.from), self.day(hanging.to));
            match self.pick("中", "") {
                "" => format!("{title}, slot {number}: {days}"),
                _ => format!("{title}第{number}格 {days}"),
            }
        };
        let places: Vec<String> = hangings.iter().map(place).collect();
        match places.is_empty() {
            true => self.pick("没有排上", "nowhere").to_owned(),
            false => places.join(self.pick("；", "; ")),
        }
    }

    /// 打印清单: what is printed in the month, with sums that follow when numbers are changed.
    fn order(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let order = order(self.deeds, self.month);
        let name = self.pick("打印清单", "Order");
        let columns = [
            (self.pick("谁印", "Printed by"), 10.0),
            (self.pick("尺寸", "Size"), 13.0),
            (self.pick("宣传品", "Poster"), 36.0),
            (self.pick("挂在哪里", "Where"), 50.0),
            (self.pick("份数", "Copies"), 8.0),
            (self.pick("单价（元）", "Price (yuan)"), 11.0),
            (self.pick("金额（元）", "Sum (yuan)"), 11.0),
        ];
        let title = format!("{name}　{}", self.period(self.month));
        self.begin(sheet, name, &title, &columns)?;
        sheet.set_paper_size(A4);
        sheet.set_freeze_panes(2, 0)?;
        let mut row = 2;
        for line in &order.lines {
            self.order_line(sheet, row, line)?;
            row += 1;
        }
        let looks = &self.looks;
        let copies: usize = order.lines.iter().map(|line| line.copies).sum();
        if row > 2 {
            sheet.merge_range(row, 0, row, 3, self.pick("合计", "Total"), &looks.total)?;
            let sum = |column: char, result: String| {
                Formula::new(format!("=SUM({column}3:{column}{row})")).set_result(result)
            };
            sheet.write_with_format(row, 4, sum('E', copies.to_string()), &looks.total)?;
            sheet.write_with_format(row, 5, "", &looks.total)?;
            let total = sum('G', plain(order.total));
            sheet.write_with_format(row, 6, total, &looks.total_money)?;
            row += 1;
        }
        if let Some(budget) = order.budget {
            let label = self.pick("本月经费", "Budget of the month");
            sheet.merge_range(row, 0, row, 5, label, &looks.total)?;
            sheet.write_with_format(row, 6, money(budget), &looks.total_money)?;
            row += 1;
        }
        if let Some(funds) = order.funds {
            let label = format!("{}{funds}", self.pick("经费来源：", "Funds: "));
            sheet.write_with_format(row, 0, label, &looks.quiet)?;
            row += 1;
        }
        for line in &order.missing {
            let title = self.deeds.title(line.poster);
            let lacks = match self.pick("中", "") {
                "" => format!("Missing, to be asked for: {title}, {} copies", line.copies),
                _ => format!("还缺，要向上级要：{title} {}份", line.copies),
            };
            sheet.write_with_format(row, 0, lacks, &looks.quiet)?;
            row += 1;
        }
        Ok(())
    }

    fn order_line(&self, sheet: &mut Worksheet, row: u32, line: &Line) -> Result<(), XlsxError> {
        let looks = &self.looks;
        let maker = match line.maker {
            Maker::Shop => self.pick("送店", "shop"),
            Maker::Office => self.pick("办公室", "office"),
        };
        let copies: usize = line.places.iter().map(|(_, n)| n).sum();
        sheet.write_with_format(row, 0, maker, &looks.centred)?;
        sheet.write_with_format(row, 1, line.size.to_string(), &looks.centred)?;
        sheet.write_with_format(row, 2, self.deeds.title(line.poster), &looks.text)?;
        let places = self.deeds.joined(&line.places, copies);
        sheet.write_with_format(row, 3, places, &looks.text)?;
        sheet.write_with_format(row, 4, whole(line.copies), &looks.number)?;
        sheet.write_with_format(row, 5, money(line.price), &looks.money)?;
        let at = row + 1;
        let sum = Formula::new(format!("=E{at}*F{at}")).set_result(plain(line.sum()));
        sheet.write_with_format(row, 6, sum, &looks.money)?;
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
        match self.pick("中", "") {
            "" => day.strftime("%-d %b").to_string(),
            _ => format!("{}月{}日", day.month(), day.day()),
        }
    }

    fn period(&self, period: Period) -> String {
        match self.pick("中", "") {
            "" => period.to_string(),
            _ => period.title(),
        }
    }
}

fn copies(board: &Board) -> usize {
    match board.kind {
        crate::site::BoardKind::Screen => 0,
        _ => board.places.len(),
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

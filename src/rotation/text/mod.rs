//! The plan as text for the terminal, in columns that Chinese does not break.

mod brief;
mod proposal;
mod urgent;
mod why;

use jiff::civil::Date;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

pub use brief::brief;
pub use proposal::{changes, insertion, outside, proposal, yuan};
pub use urgent::{Urgent, urgent};
pub use why::why;

use super::plan::{Hanging, Origin, Plan};
use super::portions::Portions;
use super::shares::Shares;
use crate::calendar::Period;
use crate::diag::Language;
use crate::site::{Board, Site, Slot};

/// A site, and the language in which its plan is told of: the user may want another than its own.
#[derive(Debug, Clone, Copy)]
pub struct Spoken<'a> {
    /// The site.
    pub site: &'a Site,
    /// The language.
    pub language: Language,
}

impl<'a> Spoken<'a> {
    /// Tells of `site` in its own language.
    pub fn of(site: &'a Site) -> Self {
        Self {
            site,
            language: site.settings.message_language(),
        }
    }
}

impl std::ops::Deref for Spoken<'_> {
    type Target = Site;

    fn deref(&self) -> &Site {
        self.site
    }
}

/// How wide a table of the year may be, in columns of the terminal.
const WIDEST: usize = 100;

/// The narrowest that it makes a cell for that.
const NARROWEST: usize = 10;

/// The widest cell of a period's table.
const WIDEST_CELL: usize = 20;

/// Shows the planned days: for each board a line a period and a column a slot.
pub fn year(site: &Spoken, plan: &Plan) -> String {
    let mut text = String::new();
    for board in &site.boards {
        let slots: Vec<&Slot> = board.free_slots().collect();
        let mut rows = vec![heading(site, &slots)];
        // The periods' names are no wider than a year and a week or half a month.
        let rest = WIDEST.saturating_sub("  2026-01a".len());
        let cell_width = (rest / slots.len().max(1)).saturating_sub(2);
        for period in plan.periods(site, &board.id) {
            let cell = |slot: &&Slot| {
                let hangings = plan.in_period(&board.id, &slot.id, period);
                let titles: Vec<&str> = hangings.map(|hanging| title(site, hanging)).collect();
                match titles[..] {
                    [] => "—".to_owned(),
                    _ => titles.join("→"),
                }
            };
            let cells = std::iter::once(period.to_string()).chain(slots.iter().map(cell));
            rows.push(cells.collect());
        }
        text.push_str(&format!("{} ({})\n", board.title, board.id));
        text.push_str(&columns(&rows, cell_width.max(NARROWEST)));
        text.push('\n');
    }
    text
}

/// Shows how much of the walls each topic has, quarter by quarter.
pub fn shares(site: &Spoken, shares: &Shares) -> String {
    if shares.topics.is_empty() {
        return String::new();
    }
    let say = |chinese, english| in_language(site, chinese, english);
    let quarter = |(year, n): &(i16, i8)| match say("zh", "en") {
        "zh" => format!("{year}年{n}季度"),
        _ => format!("{year} Q{n}"),
    };
    let heading = std::iter::once(say("主题", "topic").to_owned());
    let mut rows = vec![heading.chain(shares.quarters.iter().map(quarter)).collect()];
    for share in &shares.topics {
        let percent = share.percent.iter().map(|n| format!("{n}%"));
        rows.push(
            std::iter::once(share.topic.clone())
                .chain(percent)
                .collect(),
        );
    }
    let title = say("各主题占的天数", "Days on the walls by topic");
    format!("{title}\n{}\n", table(&rows))
}

/// Shows one period: for each board a line a hanging, by slot and day.
pub fn period(site: &Spoken, plan: &Plan, period: Period) -> String {
    let mut text = String::new();
    let portions = plan.portions(site);
    for board in &site.boards {
        let mut rows = Vec::new();
        for slot in &board.slots {
            rows.extend(lines(site, (plan, &portions), board, slot, period));
        }
        text.push_str(&format!("{} ({})\n", board.title, board.id));
        text.push_str(&table(&rows));
        text.push('\n');
    }
    text
}

fn heading(site: &Spoken, slots: &[&Slot]) -> Vec<String> {
    let first = match site.language {
        Language::Chinese => "期",
        Language::English => "period",
    };
    let names = slots.iter().map(|slot| name(slot));
    std::iter::once(first.to_owned()).chain(names).collect()
}

pub(super) fn name(slot: &Slot) -> String {
    match &slot.title {
        Some(title) => format!("{} {title}", slot.id),
        None => slot.id.clone(),
    }
}

/// Returns the lines of one slot in one period.
fn lines(
    site: &Spoken,
    (plan, portions): (&Plan, &Portions),
    board: &Board,
    slot: &Slot,
    period: Period,
) -> Vec<Vec<String>> {
    let chinese = site.language == Language::Chinese;
    if slot.fixed.is_some() {
        let fixed = if chinese { "固定" } else { "fixed" };
        return vec![vec![name(slot), fixed.into()]];
    }
    let has_ledger = plan.hangings.iter().any(|it| it.origin == Origin::Ledger);
    let mut lines: Vec<Vec<String>> = plan
        .in_period(&board.id, &slot.id, period)
        .map(|hanging| {
            let sheet = portions.of(hanging).map(|it| it.words(site.language));
            let cells = [
                name(slot),
                days(hanging.from, hanging.to),
                title(site, hanging).to_owned(),
                state(hanging, (has_ledger, site.today), chinese).to_owned(),
            ];
            cells.into_iter().chain(sheet).collect()
        })
        .collect();
    if lines.is_empty() {
        lines.push(vec![name(slot), "—".into()]);
    }
    lines
}

/// Returns the words in the language that is spoken.
fn in_language<'t>(site: &Spoken, chinese: &'t str, english: &'t str) -> &'t str {
    match site.language {
        Language::Chinese => chinese,
        Language::English => english,
    }
}

/// Returns the days, a single one once.
fn days(first: Date, last: Date) -> String {
    match first == last {
        true => short(first),
        false => format!("{}–{}", short(first), short(last)),
    }
}

pub(super) fn short(day: Date) -> String {
    format!("{:02}-{:02}", day.month(), day.day())
}

/// Says who decided that it hangs, in the words of the status; of what should hang by today, whether
/// the ledger of a site that keeps one says so.
pub(super) fn state(
    hanging: &Hanging,
    (has_ledger, today): (bool, Date),
    chinese: bool,
) -> &'static str {
    let is_due = has_ledger && hanging.from <= today;
    match (hanging.origin, is_due, chinese) {
        (Origin::Ledger, _, true) => "已挂",
        (Origin::Ledger, _, false) => "hung",
        (Origin::Published, true, true) => "定稿，台账还没有记",
        (Origin::Published, true, false) => "published, not entered",
        (Origin::Published, false, true) => "定稿",
        (Origin::Published, false, false) => "published",
        (Origin::Planned, true, true) => "安排，台账还没有记",
        (Origin::Planned, true, false) => "planned, not entered",
        (Origin::Planned, false, _) => "",
    }
}

/// Returns the poster's title, or its id where its page is gone.
fn title<'a>(site: &'a Spoken, hanging: &'a Hanging) -> &'a str {
    site.page(&hanging.poster)
        .map_or(&hanging.poster, |page| &page.title)
}

/// Sets rows in columns, two spaces apart, none too wide.
fn table(rows: &[Vec<String>]) -> String {
    columns(rows, WIDEST_CELL)
}

/// Sets rows in columns, two spaces apart, none wider than `widest`.
pub(super) fn columns(rows: &[Vec<String>], widest: usize) -> String {
    let n_columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        let widths = rows
            .iter()
            .filter_map(|row| row.get(column))
            .map(|cell| cell.width());
        widths.max().unwrap_or(0).min(widest)
    };
    let widths: Vec<usize> = (0..n_columns).map(width).collect();
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (cell, &width) in row.iter().zip(&widths) {
            let cell = cut(cell, width);
            line.push_str("  ");
            line.push_str(&cell);
            line.push_str(&" ".repeat(width - cell.width()));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// Cuts `text` to `width` columns, with an ellipsis where something was cut.
fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = 0;
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used >= width {
            break;
        }
        kept.push(c);
    }
    kept.push('…');
    kept
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::rotation::testing::site;
    use crate::rotation::{Records, plan};

    #[test]
    fn chinese_stands_in_columns() {
        let (mut site, fits) = site(
            "board east 2 slots fixed=3 repeat=0
             board led 1 slots week screen repeat=0
             poster bins sorting
             poster taps water from=2026-03-10 to=2026-03-31",
        );
        site.boards[0].title = "东门宣传栏".into();
        site.boards[0].slots[0].title = Some("左上".into());
        site.boards[0].slots[1].fixed = Some("党建".into());
        for page in &mut site.pages {
            page.title = match page.id.as_str() {
                "bins" => "四个桶各收什么，一张图看懂".into(),
                _ => "查漏水".into(),
            };
        }
        let plan = plan(&site, &fits, &Records::default()).value;
        let year = year(&Spoken::of(&site), &plan);
        assert_snapshot!(year.lines().take(5).collect::<Vec<_>>().join("\n"), @"
        东门宣传栏 (east)
          期       1 左上
          2026-01  四个桶各收什么，一张图看懂
          2026-02  四个桶各收什么，一张图看懂
          2026-03  四个桶各收什么，一张图看懂→查漏水
        ");
        let march = Period::parse("2026-03").expect("a period");
        assert_snapshot!(period(&Spoken::of(&site), &plan, march), @"
        东门宣传栏 (east)
          1 左上  03-01–03-09  四个桶各收什么，一…
          1 左上  03-10–03-31  查漏水
          2       固定

        led (led)
          1  02-23–03-01  四个桶各收什么，一…
          1  03-02–03-09  四个桶各收什么，一…
          1  03-10–03-31  查漏水
        ");
    }
}

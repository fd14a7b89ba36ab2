//! Work as tables: a year's duties, and a month's plan in steps.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{Table, day, tell_rows};
use crate::diag::{SitePath, words};
use crate::import::losses::Losses;
use crate::import::{Planned, Wish, place};
use crate::starter;

pub(super) const WHAT: [&str; 9] = [
    "工作",
    "工作内容",
    "工作事项",
    "事项",
    "任务",
    "名称",
    "项目",
    "内容",
    "例行工作",
];
pub(super) const OFTEN: [&str; 6] = ["频次", "周期", "频率", "多久一次", "开展频次", "每"];
pub(super) const DUE: [&str; 9] = [
    "截止",
    "截止时间",
    "截止日期",
    "完成时间",
    "完成时限",
    "时间",
    "日期",
    "时限",
    "完成日期",
];
pub(super) const STEP: [&str; 10] = [
    "阶段",
    "步骤",
    "工作内容",
    "工作",
    "事项",
    "任务",
    "活动",
    "活动内容",
    "内容",
    "主题",
];
const WHO: [&str; 6] = ["负责人", "责任人", "牵头人", "承办人", "经办人", "责任单位"];
const TIMES: [&str; 2] = ["次数", "几次"];
const FROM: [&str; 3] = ["开始", "开始时间", "起始日期"];
const TO: [&str; 3] = ["结束", "结束时间", "结束日期"];
const TEXT: [&str; 6] = ["具体内容", "要求", "工作要求", "具体要求", "备注", "说明"];
/// Heads of columns that only count the rows.
const COUNTS: [&str; 5] = ["序号", "编号", "no", "no.", "id"];
const WHERE: [&str; 3] = ["地点", "活动地点", "位置"];

/// Tells whether most rows say a day.
pub(super) fn has_days(table: &Table) -> bool {
    let column = table.column(&DUE);
    let cells = table
        .rows
        .iter()
        .map(|row| table.cell(row, column))
        .filter(|it| !it.is_empty());
    let today = Date::constant(2026, 1, 1);
    let (known, all) = cells.fold((0, 0), |(known, all), cell| {
        (
            known + usize::from(day(cell, None, today).is_some()),
            all + 1,
        )
    });
    all > 0 && known * 5 >= all * 3
}

/// Tells whether a plan could hold most of what the columns say; a list of what was done has more.
pub(super) fn holds_most(table: &Table) -> bool {
    let used = [&DUE[..], &STEP, &WHO, &TEXT, &WHERE].map(|names| table.column(names));
    let n_used = used.iter().flatten().collect::<BTreeSet<_>>().len();
    n_used * 2 >= table.head.len() - counting(table)
}

/// Counts the columns that only count the rows.
fn counting(table: &Table) -> usize {
    let is_count = |head: &&String| COUNTS.contains(&super::plain(head).as_str());
    table.head.iter().filter(is_count).count()
}

/// Reads how often: the key of the span and how many times in it.
fn often(text: &str) -> Option<(&'static str, u32)> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let spans = [
        ("季", "quarter"),
        ("周", "week"),
        ("星期", "week"),
        ("月", "month"),
        ("年", "year"),
    ];
    let (at, span) = spans.iter().find_map(|(word, key)| {
        // 每半年 and 每两周 have no name.
        let at = text.find(word)?;
        let before = &text[..at];
        let odd = ["半", "两", "双", "隔", "2", "3"]
            .iter()
            .any(|it| before.contains(it));
        (!odd).then_some((at + word.len(), *key))
    })?;
    let rest: String = text[at..]
        .trim_start_matches("度")
        .chars()
        .filter(|c| c.is_ascii_digit() || "一二三四五六七八九十两".contains(*c))
        .collect();
    let rest = rest.replace('两', "二");
    let times = rest
        .parse()
        .ok()
        .or_else(|| crate::read::values::chinese(&rest))
        .unwrap_or(1);
    (1..=366).contains(&times).then_some((span, times))
}

/// Plans a page of duties.
pub(super) fn duties(table: &Table, title: &str, wish: &Wish, losses: &mut Losses) -> Vec<Planned> {
    let [what, span, who, times, from, to] =
        [&WHAT[..], &OFTEN, &WHO, &TIMES, &FROM, &TO].map(|names| table.column(names));
    let (mut list, mut odd) = (String::new(), Vec::new());
    let year = year(title);
    for row in &table.rows {
        let name = table.cell(row, what);
        if name.is_empty() {
            continue;
        }
        let Some((every, n)) = often(table.cell(row, span)) else {
            odd.push(name.to_owned());
            continue;
        };
        let n = table
            .cell(row, times)
            .trim_end_matches('次')
            .parse()
            .unwrap_or(n);
        list.push_str(&format!(
            "  - title: {}\n    every: {every}\n",
            starter::scalar(name)
        ));
        if n != 1 {
            list.push_str(&format!("    times: {n}\n"));
        }
        let person = table.cell(row, who);
        if !person.is_empty() {
            list.push_str(&format!("    who: {}\n", starter::scalar(person)));
        }
        for (key, column) in [("from", from), ("to", to)] {
            if let Some(day) = day(table.cell(row, column), year, wish.site.today) {
                list.push_str(&format!("    {key}: {day}\n"));
            }
        }
    }
    tell_rows(losses, "import-odd-spans", &odd);
    unused(table, &[what, span, who, times, from, to], losses);
    let first = year
        .and_then(|year| Date::new(year, 1, 1).ok())
        .unwrap_or(wish.site.today);
    let front = format!("date: {first}\nduties:\n{list}");
    page(title, &front, "import-is-duties", list.is_empty(), wish)
}

/// Plans a page of a work in steps.
pub(super) fn plan(table: &Table, title: &str, wish: &Wish, losses: &mut Losses) -> Vec<Planned> {
    let [due, step, who, text, at] =
        [&DUE[..], &STEP, &WHO, &TEXT, &WHERE].map(|names| table.column(names));
    let (mut list, mut odd) = (String::new(), Vec::new());
    let year = year(title);
    let mut days = Vec::new();
    for row in &table.rows {
        let name = table.cell(row, step);
        if name.is_empty() {
            continue;
        }
        let Some(day) = day(table.cell(row, due), year, wish.site.today) else {
            odd.push(name.to_owned());
            continue;
        };
        days.push(day);
        let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        list.push_str(&format!(
            "  - title: {}\n    due: {day}\n",
            starter::scalar(&one_line(name))
        ));
        let person = table.cell(row, who);
        if !person.is_empty() {
            list.push_str(&format!(
                "    who: {}\n",
                starter::scalar(&one_line(person))
            ));
        }
        let said = [
            table.cell(row, at),
            table.cell(row, text.filter(|it| Some(*it) != step)),
        ];
        let said: Vec<String> = said
            .iter()
            .filter(|it| !it.is_empty())
            .map(|it| one_line(it))
            .collect();
        if !said.is_empty() {
            list.push_str(&format!(
                "    text: {}\n",
                starter::scalar(&said.join("，"))
            ));
        }
    }
    tell_rows(losses, "import-odd-days", &odd);
    unused(table, &[due, step, who, text, at], losses);
    let first = days.iter().min().copied().unwrap_or(wish.site.today);
    let front = format!("date: {}\nstages:\n{list}", first.min(wish.site.today));
    page(title, &front, "import-is-plan", list.is_empty(), wish)
}

fn unused(table: &Table, used: &[Option<usize>], losses: &mut Losses) {
    let unused = (0..table.head.len())
        .filter(|at| {
            !used.contains(&Some(*at)) && !COUNTS.contains(&super::plain(&table.head[*at]).as_str())
        })
        .map(|at| table.head[at].clone());
    tell_rows(losses, "import-unused-columns", &unused.collect::<Vec<_>>());
}

fn year(title: &str) -> Option<i16> {
    let at = title.find("20")?;
    title.get(at..at + 4)?.parse().ok()
}

fn page(title: &str, front: &str, key: &'static str, is_empty: bool, wish: &Wish) -> Vec<Planned> {
    let slug = wish
        .slug
        .map_or_else(|| place::slug(title, title), str::to_owned);
    let path = SitePath::new(&format!("content/campaigns/{slug}.md"));
    let Some(path) = path.filter(|_| !is_empty) else {
        return Vec::new();
    };
    let text = format!("---\ntitle: {}\n{front}---\n", starter::scalar(title));
    vec![Planned {
        path,
        bytes: text.into_bytes(),
        what: words(key).with("title", title),
        is_frame: false,
    }]
}

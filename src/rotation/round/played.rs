//! What a screen showed, by the records that its player keeps: a table with a line a showing, or one
//! a file and day with how often.
//!
//! What was shown is told by the names of files, which the program gave them or staff did: the name
//! holds the poster's own, or its title. A name that means none of the board's posters is told, and a
//! poster that was to be on the screen and was not shown that day too.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::diag::{Language, Words, words};
use crate::read::{parted, values};
use crate::rotation::Portions;
use crate::rotation::ledger::{Deed, Entry, Event, file_of, new_event};
use crate::rotation::plan::Plan;
use crate::site::{Board, Site};
use crate::typeset::Portion;

/// Heads of the column that says when.
const WHEN: [&str; 10] = [
    "播放时间",
    "开始时间",
    "播放日期",
    "日期",
    "时间",
    "start",
    "started",
    "date",
    "time",
    "day",
];
/// Heads of the column that says what.
const WHAT: [&str; 12] = [
    "节目名称",
    "素材名称",
    "文件名",
    "文件名称",
    "节目",
    "素材",
    "文件",
    "内容",
    "file",
    "name",
    "media",
    "item",
];
/// Heads of the column that says how often.
const TIMES: [&str; 5] = ["播放次数", "次数", "count", "times", "plays"];
/// More lines than a screen can show in a year.
const MOST_LINES: usize = 5_000_000;

/// What a screen showed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Played {
    /// By day and poster, how often; of several pictures all of them.
    pub days: BTreeMap<Date, BTreeMap<String, u64>>,
    /// Names that mean none of the board's posters.
    pub unknown: BTreeSet<String>,
}

/// Reads a player's table, of tabs, commas or semicolons.
///
/// # Errors
/// Says why it is none.
pub fn played(text: &str, site: &Site, plan: &Plan, board: &Board) -> Result<Played, Words> {
    let mut lines = text.trim_start_matches('\u{feff}').lines().take(MOST_LINES);
    let (mark, columns) = lines
        .by_ref()
        .take(20)
        .find_map(head)
        .ok_or_else(|| words("played-none"))?;
    let mut played = Played::default();
    let mut named: BTreeMap<(Date, &str), BTreeMap<String, u64>> = BTreeMap::new();
    for line in lines {
        let cells = parted(line, mark);
        let cell = |column: usize| cells.get(column).map_or("", String::as_str);
        let (Some(day), name) = (values::date(cell(columns.when)), cell(columns.what)) else {
            continue;
        };
        if name.is_empty() {
            continue;
        }
        if day > site.today {
            return Err(words("played-later").with("day", day));
        }
        let times = columns
            .times
            .map_or(Some(1), |column| cell(column).parse().ok());
        match poster(name, day, site, plan, board) {
            Some(poster) => {
                let names = named.entry((day, poster)).or_default();
                *names.entry(name.to_owned()).or_default() += times.unwrap_or(0);
            }
            None => drop(played.unknown.insert(name.to_owned())),
        }
    }
    let portions = plan.portions(site);
    for ((day, poster), names) in named {
        let shown = played.days.entry(day).or_default();
        if let Some(times) = times(&names, n_pictures(plan, &portions, board, (poster, day))) {
            shown.insert(poster.to_owned(), times);
        }
    }
    match played.days.is_empty() && played.unknown.is_empty() {
        true => Err(words("played-none")),
        false => Ok(played),
    }
}

/// Returns in how many pictures the board was to show the poster that day.
fn n_pictures(
    plan: &Plan,
    portions: &Portions,
    board: &Board,
    (poster, day): (&str, Date),
) -> usize {
    let here = plan.hangings.iter().filter(|it| {
        (it.board.as_str(), it.poster.as_str()) == (&board.id, poster)
            && it.from <= day
            && day <= it.to
    });
    let of = here.filter_map(|it| portions.of(it)).map(|it| it.of);
    of.max().unwrap_or(1)
}

/// Returns how often a poster of `of` pictures was shown whole, by how often each file was; `None` where one of
/// its pictures never was.
fn times(names: &BTreeMap<String, u64>, of: usize) -> Option<u64> {
    let is_one = |name: &str| {
        let mut which = (1..=of).map(|number| Portion { number, of });
        let says = |it: Portion| {
            name.contains(&it.words(Language::Chinese))
                || name.contains(&it.words(Language::English))
        };
        name.starts_with(|c: char| c.is_ascii_digit()) || which.any(says)
    };
    if of < 2 || names.len() == 1 && !names.keys().any(|name| is_one(name)) {
        return Some(names.values().sum());
    }
    let mut counts: Vec<u64> = names.values().copied().collect();
    counts.sort_unstable_by(|a, b| b.cmp(a));
    counts.get(of - 1).copied()
}

struct Columns {
    when: usize,
    what: usize,
    times: Option<usize>,
}

/// Understands a line as the head: what stands between cells, and which column is what.
fn head(line: &str) -> Option<(char, Columns)> {
    ['\t', ',', ';', '，'].into_iter().find_map(|mark| {
        let cells = parted(line, mark);
        let heads: Vec<String> = cells.iter().map(|cell| cell.to_lowercase()).collect();
        let find = |names: &[&str]| {
            let mut names = names.iter();
            names.find_map(|name| heads.iter().position(|head| head == name))
        };
        let columns = Columns {
            when: find(&WHEN)?,
            what: find(&WHAT)?,
            times: find(&TIMES),
        };
        Some((mark, columns))
    })
}

/// Finds the poster that a file's name means: of those that the plan has on the board that day, or
/// else at any time, the one whose name or title it holds; the longest counts.
fn poster<'p>(
    name: &str,
    day: Date,
    site: &Site,
    plan: &'p Plan,
    board: &Board,
) -> Option<&'p str> {
    let meant = |poster: &&str| {
        let slug = poster.rsplit('/').next().unwrap_or(poster);
        let title = site.page(poster).map_or("", |page| page.title.as_str());
        let longest = [slug, title]
            .into_iter()
            .filter(|it| !it.is_empty() && name.contains(it));
        longest.map(str::len).max()
    };
    let on_board = || plan.hangings.iter().filter(|it| it.board == board.id);
    let that_day = on_board().filter(|it| it.from <= day && day <= it.to);
    let best = |posters: &mut dyn Iterator<Item = &'p str>| {
        let meant = posters.filter_map(|poster| Some((meant(&poster)?, poster)));
        meant.max().map(|(_, poster)| poster)
    };
    best(&mut that_day.map(|it| it.poster.as_str()))
        .or_else(|| best(&mut on_board().map(|it| it.poster.as_str())))
}

/// Returns a line a day for the ledger, but for days that have one of the same words. `file` names
/// what the record is kept as.
pub fn entry(
    played: &Played,
    events: &[Event],
    parts: (&Site, &Plan, &Board),
    by: &str,
    file: &str,
) -> Entry {
    let (_, _, board) = parts;
    let last = played.days.keys().last().copied().unwrap_or(Date::MIN);
    let mut entry = Entry {
        file: file_of(last.first_of_month()),
        events: Vec::new(),
        known: 0,
    };
    for (day, shown) in &played.days {
        let note = note(*day, shown, parts, file);
        let id = format!("{day}/{}/played", board.id);
        let of_day = || events.iter().filter(|event| event.id.starts_with(&id));
        if of_day().any(|event| event.note.as_deref() == Some(&note)) {
            entry.known += 1;
            continue;
        }
        let id = match of_day().count() {
            0 => id,
            n => format!("{id}-{}", n + 1),
        };
        let deed = Deed::Seen {
            board: board.id.clone(),
            on: *day,
        };
        let event = new_event(id, deed, by, None, Some(note), &entry.file);
        entry.events.push(event);
    }
    entry
}

/// Says what was shown on a day, and what was to be and was not.
fn note(
    day: Date,
    shown: &BTreeMap<String, u64>,
    (site, plan, board): (&Site, &Plan, &Board),
    file: &str,
) -> String {
    let title = |poster: &str| {
        site.page(poster)
            .map_or(poster, |page| &page.title)
            .to_owned()
    };
    let said = shown
        .iter()
        .map(|(poster, n)| format!("{}{n}次", title(poster)));
    let mut note = format!("播放记录：{}", said.collect::<Vec<_>>().join("、"));
    let missing = missing(day, shown, plan, board);
    if !missing.is_empty() {
        let missing: Vec<String> = missing.into_iter().map(title).collect();
        note.push_str(&format!("；没有播放：{}", missing.join("、")));
    }
    format!("{note}（{file}）")
}

/// Returns what the plan has on the screen that day and was not shown.
pub fn missing<'p>(
    day: Date,
    shown: &BTreeMap<String, u64>,
    plan: &'p Plan,
    board: &Board,
) -> BTreeSet<&'p str> {
    let due = plan.hangings.iter().filter(|it| {
        it.board == board.id && it.from <= day && day <= it.to && !shown.contains_key(&it.poster)
    });
    due.map(|it| it.poster.as_str()).collect()
}

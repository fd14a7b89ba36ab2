//! What is proposed, as text: changes, printing, how good it is.

use jiff::civil::Date;

use super::{Spoken, days, in_language, title};
use crate::calendar::Period;
use crate::rotation::proposal::{Change, Printing, Proposal, Quality};
use crate::rotation::{Hanging, Hindrance, Inserted, Insertion};
use crate::site::Fen;

/// Shows what changes in the published plan and what that costs; `settled` where it is being
/// published.
pub fn proposal(site: &Spoken, proposal: &Proposal, settled: bool) -> String {
    let say = |chinese, english| in_language(site, chinese, english);
    let mut text = String::new();
    let Proposal {
        changes,
        n_kept,
        n_new,
        before,
        after,
        quality,
        ..
    } = proposal;
    if !changes.is_empty() {
        text.push_str(say("和定稿不同的：", "Other than published:"));
        text.push('\n');
        for change in changes {
            text.push_str(&format!("  {}\n", line(site, change)));
        }
    }
    text.push_str(&match n_kept + changes.len() {
        // Where nothing is left to decide there is nothing to settle.
        0 if settled || *n_new == 0 => String::new(),
        0 => say(
            "这些都还没有定稿。定下来照着做：同一条命令加上 --publish\n",
            "None of this is published yet. To settle it, add --publish\n",
        )
        .to_owned(),
        _ => match (say("zh", "en"), changes.len()) {
            ("zh", n) => format!("定稿里照旧 {n_kept} 处，改 {n} 处，新排 {n_new} 处\n"),
            (_, n) => format!("{n_kept} kept as published, {n} changed, {n_new} new\n"),
        },
    });
    text.push_str(&format!(
        "{} {}",
        say("从今天起要印", "To print from today:"),
        printing(site, *after)
    ));
    if before != after {
        text.push_str(&format!(
            "{}{}{}",
            say("（照原来的定稿是 ", " (as published: "),
            printing(site, *before),
            say("）", ")")
        ));
    }
    text.push('\n');
    if *n_new > 0 {
        text.push_str(&how_good(site, quality));
    }
    text
}

/// Says that a period lies outside the days from `first` to `last` that are planned.
pub fn outside(site: &Spoken, period: Period, (first, last): (Date, Date)) -> String {
    let is_early = period.last() < first;
    match (in_language(site, "zh", "en"), is_early) {
        ("zh", true) => format!("{period} 没有记录，现在从 {first} 排起\n"),
        ("zh", false) => format!("{period} 还没有排到，现在排到 {last}；近了再看\n"),
        (_, true) => format!("{period}: no records; the plan begins on {first}\n"),
        (_, false) => format!("{period} is not planned yet; the plan ends on {last}\n"),
    }
}

fn how_good(site: &Spoken, quality: &Quality) -> String {
    let gap = quality.gap();
    let short = quality.at_most - quality.points;
    match (in_language(site, "zh", "en"), quality.is_loose()) {
        ("zh", _) if gap == 0 => "没有更好的排法了\n".to_owned(),
        ("zh", false) => format!("离最好的排法至多差 {gap}%\n"),
        ("zh", true) => {
            format!("离最好的排法至多差 {short} 分；栏少，这个数算得宽\n")
        }
        (_, false) => format!("At most {gap}% from the best possible\n"),
        (_, true) => format!(
            "At most {short} points from the best possible, a loose bound with few boards\n"
        ),
    }
}

/// Shows what hangs otherwise, a line a slot.
pub fn changes(site: &Spoken, changes: &[Change]) -> String {
    if changes.is_empty() {
        return in_language(site, "安排没有变\n", "Nothing moves\n").to_owned();
    }
    let lines = changes
        .iter()
        .map(|change| format!("  {}\n", line(site, change)));
    lines.collect()
}

/// Shows where an urgent notice hangs and what moves for it.
pub fn insertion(site: &Spoken, insertion: &Insertion) -> String {
    let say = |chinese, english| in_language(site, chinese, english);
    let mut text = String::new();
    for inserted in &insertion.hangings {
        text.push_str(&inserted_line(site, inserted));
    }
    for (board, hindrance) in &insertion.refused {
        let board = site.board(board).map_or(board.as_str(), |it| &it.title);
        let why = match hindrance {
            Hindrance::NoSlot => say("没有一格放得下它", "no slot takes it"),
            Hindrance::Taken => say(
                "放得下它的格子都挂着非挂不可的",
                "its slots hold what must hang",
            ),
            Hindrance::Off => say("改动里写了不挂", "it is taken off there"),
            Hindrance::Repeats => say("它刚在这块栏挂过", "it hung there a short time ago"),
            Hindrance::Topic => say(
                "同主题的一张这一期非挂不可",
                "another of its topic must hang then",
            ),
        };
        text.push_str(&format!("{board}{}{why}\n", say("挂不上：", ": ")));
    }
    let moved: usize = (insertion.hangings.iter())
        .map(|inserted| inserted.instead_of.len())
        .sum();
    let n = insertion.hangings.len();
    let all_planned = n > 0 && insertion.hangings.iter().all(|it| it.was_planned);
    text.push_str(&match (say("zh", "en"), all_planned) {
        ("zh", true) => format!("安排里有它，{n} 处，不用再找位置\n"),
        ("zh", false) => format!("新挂 {n} 处，为它取下 {moved} 张，别的都不动\n"),
        (_, true) => format!("Planned already on {n}, nothing to find\n"),
        (_, false) => format!("Hung on {n}, {moved} taken down for it, nothing else moves\n"),
    });
    text
}

fn inserted_line(site: &Spoken, inserted: &Inserted) -> String {
    let say = |chinese, english| in_language(site, chinese, english);
    let mut line = format!(
        "{}  {}",
        place(site, &inserted.hanging),
        what(site, &inserted.hanging)
    );
    if inserted.was_planned {
        line.push_str(say("（本来就排在这里）", " (planned there already)"));
    }
    for other in &inserted.instead_of {
        line.push_str(&format!(
            "{}{}",
            say("，取下", ", instead of "),
            quoted(site, other)
        ));
    }
    line.push('\n');
    line
}

fn line(site: &Spoken, change: &Change) -> String {
    let say = |chinese, english| in_language(site, chinese, english);
    let place = place(site, change.hanging());
    match (&change.before, &change.after) {
        (Some(before), Some(after)) => {
            format!("{place}  {} → {}", what(site, before), what(site, after))
        }
        (None, Some(after)) => format!("{place}  {}{}", say("加挂 ", "+ "), what(site, after)),
        (Some(before), None) => format!("{place}  {}{}", say("不挂 ", "− "), what(site, before)),
        (None, None) => place,
    }
}

fn place(site: &Spoken, hanging: &Hanging) -> String {
    let board = site.board(&hanging.board);
    let board = board.map_or(hanging.board.as_str(), |board| &board.title);
    match in_language(site, "zh", "en") {
        "zh" => format!("{board}第{}格", hanging.slot),
        _ => format!("{board}, slot {}", hanging.slot),
    }
}

fn what(site: &Spoken, hanging: &Hanging) -> String {
    format!(
        "{} {}",
        quoted(site, hanging),
        days(hanging.from, hanging.to)
    )
}

fn quoted(site: &Spoken, hanging: &Hanging) -> String {
    match in_language(site, "zh", "en") {
        "zh" => format!("《{}》", title(site, hanging)),
        _ => format!("“{}”", title(site, hanging)),
    }
}

fn printing(site: &Spoken, printing: Printing) -> String {
    let Printing { sheets, price } = printing;
    match in_language(site, "zh", "en") {
        "zh" => format!("{sheets} 张，{} 元", yuan(price)),
        _ => format!("{sheets} sheets, {} yuan", yuan(price)),
    }
}

/// Writes a price in yuan, with 分 only where there are any.
pub fn yuan(price: Fen) -> String {
    match price % 100 {
        0 => (price / 100).to_string(),
        fen => format!("{}.{fen:02}", price / 100),
    }
}

//! What the calendar holds: change-overs, posting periods, activities, campaigns with their
//! stages, and duties that come round.

use super::deeds::Deeds;
use super::ics::{Alarm, Event};
use crate::render::address;
use crate::rotation::carry::{ChangeOver, Source, Stay};
use crate::site::{Approval, Duty, Every, Page, Stage};

/// Who reads a calendar.
pub(in crate::render) struct Reader<'a> {
    /// Whether they may see the names of keepers and people in charge.
    pub names: bool,
    /// Whether they may see what is on a page.
    pub shows: &'a dyn Fn(&Page) -> bool,
}

/// Returns all events in the order of days.
pub(in crate::render) fn events(deeds: &Deeds, reader: &Reader) -> Vec<Event> {
    let mut events: Vec<Event> = deeds
        .carriage
        .changes
        .iter()
        .map(|change| change_over(deeds, reader, change))
        .collect();
    let pages = deeds.site.pages.iter();
    let told = pages.filter(|page| page.approval != Approval::Draft && (reader.shows)(page));
    for page in told {
        of_page(deeds, reader, page, &mut events);
    }
    events.sort_by(|a, b| (a.first, a.last, a.kind, &a.of).cmp(&(b.first, b.last, b.kind, &b.of)));
    events
}

/// An event of `page` without more than its title and address.
fn event(deeds: &Deeds, page: &Page, kind: &'static str, category: &str) -> Event {
    Event {
        kind,
        of: page.id.clone(),
        first: deeds.site.today,
        last: deeds.site.today,
        title: page.title.clone(),
        text: page.summary.clone(),
        place: None,
        url: address(&deeds.site.settings, &page.url),
        category: category.to_owned(),
        alarm: None,
    }
}

fn change_over(deeds: &Deeds, reader: &Reader, change: &ChangeOver) -> Event {
    let board = change.board;
    let stays = &deeds.carriage.stays;
    let mut lines: Vec<String> = Vec::new();
    for &number in &change.down {
        let stay = &stays[number];
        let onward = deeds.joined(&deeds.onward(stay), stay.copies);
        lines.push(line(deeds, deeds.pick("取下", "down"), stay, &onward));
    }
    for &number in &change.up {
        let stay = &stays[number];
        let sources = deeds.joined(&deeds.sources(stay), stay.copies);
        let moved = |&(source, _): &(Source, usize)| matches!(source, Source::Moved(_));
        let deed = match stay.copies > 0 && stay.sources.iter().all(moved) {
            true => deeds.pick("移来", "move here"),
            false => deeds.pick("挂上", "up"),
        };
        lines.push(line(deeds, deed, stay, &sources));
    }
    if let Some(keeper) = board.keeper.as_ref().filter(|_| reader.names) {
        lines.push(format!("{}{keeper}", deeds.pick("管理人：", "keeper: ")));
    }
    let page = deeds.site.page(&board.page);
    Event {
        kind: "change",
        of: format!("{}\n{}", board.id, change.day),
        first: change.day,
        last: change.day,
        title: format!("{}{}", deeds.pick("更换：", "Change: "), board.title),
        text: lines.join("\n"),
        place: Some(board.place.clone()),
        url: page.and_then(|page| address(&deeds.site.settings, &page.url)),
        category: deeds.pick("更换", "Change-over").to_owned(),
        alarm: None,
    }
}

/// A line such as `取下 第3格 五分钟查马桶漏水：移到西门宣传栏第2格`.
fn line(deeds: &Deeds, deed: &str, stay: &Stay, ways: &str) -> String {
    let slot = deeds.slot(stay);
    let title = deeds.name(stay.kind());
    match ways.is_empty() {
        true => format!("{deed} {slot} {title}"),
        false => format!("{deed} {slot} {title}{}{ways}", deeds.pick("：", ": ")),
    }
}

fn of_page(deeds: &Deeds, reader: &Reader, page: &Page, events: &mut Vec<Event>) {
    if let Some(posting) = page.notice.as_ref().and_then(|notice| notice.posting) {
        let category = deeds.pick("公示", "Posting period");
        let event = event(deeds, page, "posting", category);
        events.push(Event {
            first: posting.first,
            last: posting.last,
            title: format!("{}{}", deeds.pick("公示：", "Posting: "), page.title),
            alarm: Some(Alarm {
                days_before_last: 1,
            }),
            ..event
        });
    }
    if let Some(takes_place) = &page.event {
        let event = event(deeds, page, "event", deeds.pick("活动", "Activity"));
        let when = takes_place.time.iter().cloned();
        events.push(Event {
            first: takes_place.date,
            last: takes_place.until.unwrap_or(takes_place.date),
            place: takes_place.place.clone(),
            text: when
                .chain([event.text.clone()])
                .collect::<Vec<_>>()
                .join("\n"),
            ..event
        });
    }
    if let Some(campaign) = &page.campaign {
        let category = deeds.pick("集中宣传", "Campaign");
        events.push(Event {
            first: campaign.from,
            last: campaign.to,
            ..event(deeds, page, "campaign", category)
        });
        for stage in &campaign.stages {
            events.push(of_stage(deeds, reader, page, stage));
        }
    }
    for duty in &page.duties {
        rounds(deeds, reader, page, duty, events);
    }
}

fn of_stage(deeds: &Deeds, reader: &Reader, page: &Page, stage: &Stage) -> Event {
    let mut lines = vec![page.title.clone()];
    lines.extend(stage.text.clone());
    if let Some(who) = stage.who.as_ref().filter(|_| reader.names) {
        lines.push(format!("{}{who}", deeds.pick("负责人：", "in charge: ")));
    }
    let done = match stage.done {
        Some(_) => deeds.pick("（已完成）", " (done)"),
        None => "",
    };
    let due = deeds.pick("截止：", "Due: ");
    Event {
        of: format!("{}\n{}", page.id, stage.title),
        first: stage.due,
        last: stage.due,
        title: format!("{due}{}{done}", stage.title),
        text: lines.join("\n"),
        alarm: stage.done.is_none().then_some(Alarm {
            days_before_last: 7,
        }),
        ..event(deeds, page, "stage", deeds.pick("工作计划", "Work plan"))
    }
}

/// Adds the last day of each round of a duty in the planned years.
fn rounds(deeds: &Deeds, reader: &Reader, page: &Page, duty: &Duty, events: &mut Vec<Event>) {
    let today = deeds.site.today;
    let mut lines = vec![page.title.clone()];
    if let Some(who) = duty.who.as_ref().filter(|_| reader.names) {
        lines.push(format!("{}{who}", deeds.pick("负责人：", "in charge: ")));
    }
    let span = match duty.every {
        Every::Week => deeds.pick("本周", "this week"),
        Every::Month => deeds.pick("本月", "this month"),
        Every::Quarter => deeds.pick("本季度", "this quarter"),
        Every::Year => deeds.pick("今年", "this year"),
    };
    let title = match deeds.is_chinese() {
        true => format!("{}（{span}{}次）", duty.title, duty.times),
        false => format!("{}: {} times {span}", duty.title, duty.times),
    };
    for (from, to) in duty.rounds(today.year()) {
        events.push(Event {
            of: format!("{}\n{}\n{from}", page.id, duty.title),
            first: to,
            last: to,
            title: title.clone(),
            text: lines.join("\n"),
            // Every week is too often to be reminded of.
            alarm: (duty.every != Every::Week).then_some(Alarm {
                days_before_last: 3,
            }),
            ..event(deeds, page, "duty", deeds.pick("日常工作", "Duty"))
        });
    }
}

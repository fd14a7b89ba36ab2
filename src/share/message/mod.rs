//! The message for groups: what, when, where, whom to call, and the address; a short one that is
//! read in passing and a longer one.

mod details;

use jiff::civil::Date;

use super::{Job, What};
use crate::diag::Code;
use crate::site::{Page, gist};

/// How many characters the short message has at most, the address among them.
const SHORT: usize = 120;
/// And the long one.
const LONG: usize = 300;

pub(super) fn make(job: &mut Job) {
    for (name, most) in [("short.txt", SHORT), ("long.txt", LONG)] {
        let text = text(job, most);
        if count(&text) > most {
            job.warn(Code::LongMessage, |d| {
                d.with("count", count(&text)).with("most", most)
            });
        }
        job.add_text(What::Message, name, &text);
    }
}

/// Counts characters as the group does: line ends too.
fn count(text: &str) -> usize {
    text.chars().count()
}

/// Writes the message with at most `most` characters, as far as what must be said allows it: what it
/// is about, when and where, in the long one what the text says, whom to call, the address.
fn text(job: &Job, most: usize) -> String {
    let words = &job.words;
    let title = match most == SHORT {
        true => bare_title(job.page),
        false => &job.page.title,
    };
    let head = words.fill("message_head", &[("title", title)]);
    let facts = facts(job, most == LONG);
    let mut foot = Vec::new();
    foot.extend(call(job));
    if let Some(link) = &job.link {
        foot.push(words.fill("message_more", &[("link", link)]));
    }
    let fixed = std::iter::once(&head).chain(&facts).chain(&foot);
    // Each line ends, and so will those that are filled in.
    let mut room = most.saturating_sub(fixed.map(|line| count(line) + 1).sum());
    let about = gist::about(job.page, room);
    room = room.saturating_sub(about.as_ref().map_or(0, |about| count(about) + 1));
    let details = match most == LONG {
        true => details::details(job, about.as_deref().unwrap_or(""), room + 1),
        false => Vec::new(),
    };
    let parts = [
        vec![head],
        about.into_iter().collect(),
        facts,
        details,
        foot,
    ];
    parts.concat().join("\n")
}

/// Returns the title without the name of who signs before it: in a short message it takes the room of
/// what it is about.
fn bare_title(page: &Page) -> &str {
    let signed = page.notice.as_ref().and_then(|it| it.signed.as_deref());
    let bare = signed.and_then(|who| page.title.strip_prefix(who));
    bare.filter(|bare| bare.starts_with("关于"))
        .unwrap_or(&page.title)
}

/// Says when and where.
fn facts(job: &Job, is_long: bool) -> Vec<String> {
    let (page, words, year) = (job.page, &job.words, job.site.today.year());
    let mut facts = Vec::new();
    if let Some(event) = &page.event {
        let mut when = match event.until {
            Some(until) => words.span(event.date, until, year),
            None => words.day_of_week(event.date, year),
        };
        if let Some(time) = &event.time {
            when = words.fill("day_time", &[("day", &when), ("time", time)]);
        }
        facts.push(words.fill("message_when", &[("when", &when)]));
        let place = event.place.as_deref();
        facts.extend(place.map(|place| words.fill("message_where", &[("where", place)])));
    }
    if let Some(campaign) = &page.campaign {
        let when = words.span(campaign.from, campaign.to, year);
        let key = match page.event {
            // What opens it is another day.
            Some(_) => "message_campaign",
            None => "message_when",
        };
        facts.push(words.fill(key, &[("when", &when)]));
        if is_long {
            facts.extend(next_stage(job));
        }
    }
    let posting = page.notice.as_ref().and_then(|notice| notice.posting);
    if let Some(posting) = posting {
        let when = words.span(posting.first, posting.last, year);
        facts.push(words.fill("message_posting", &[("when", &when)]));
    }
    facts
}

/// Says which stage of a campaign is due next.
fn next_stage(job: &Job) -> Option<String> {
    let today = job.site.today;
    let stages = &job.page.campaign.as_ref()?.stages;
    let is_open = |due: Date| today <= due;
    let stage = stages
        .iter()
        .find(|stage| stage.done_by(today).is_none() && is_open(stage.due))?;
    let day = job.words.day(stage.due, today.year());
    Some(
        job.words
            .fill("message_stage", &[("day", &day), ("stage", &stage.title)]),
    )
}

/// Says whom to call: who takes objections, or the committee.
fn call(job: &Job) -> Option<String> {
    let notice = job.page.notice.as_ref();
    if let Some(who) = notice.and_then(|notice| notice.objections.as_deref()) {
        return Some(job.words.fill("message_objections", &[("who", who)]));
    }
    let phone = job.site.settings.contact.phone.as_deref()?;
    Some(job.words.fill("message_call", &[("phone", phone)]))
}

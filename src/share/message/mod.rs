//! The message for groups: what, when, where, whom to call, and the address; a short one that is
//! read in passing and a longer one.

mod details;

use jiff::civil::Date;

use super::{Job, What};
use crate::diag::Code;

/// How many characters the short message has at most, the address among them.
const SHORT: usize = 120;
/// And the long one.
const LONG: usize = 300;
/// The least that is said of what it is about, before nothing is.
const LEAST: usize = 8;

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
    let head = words.fill("message_head", &[("title", &job.page.title)]);
    let facts = facts(job, most == LONG);
    let mut foot = Vec::new();
    foot.extend(call(job));
    if let Some(link) = &job.link {
        foot.push(words.fill("message_more", &[("link", link)]));
    }
    let fixed = std::iter::once(&head).chain(&facts).chain(&foot);
    // Each line ends, and so will those that are filled in.
    let mut room = most.saturating_sub(fixed.map(|line| count(line) + 1).sum());
    let about = about(job, room);
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
    } else if let Some(campaign) = &page.campaign {
        let when = words.span(campaign.from, campaign.to, year);
        facts.push(words.fill("message_when", &[("when", &when)]));
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

/// Tells what it is about in at most `room` characters: the page's sentence, its first sentences or
/// clauses, or the line of its poster.
fn about(job: &Job, room: usize) -> Option<String> {
    let page = job.page;
    let mut said = String::new();
    for sentence in sentences(&page.summary) {
        let sentence = ended(sentence);
        if count(&said) + count(&sentence) > room {
            break;
        }
        said.push_str(&sentence);
    }
    if !said.is_empty() {
        return Some(said);
    }
    let lead = page.poster.as_ref().and_then(|wish| wish.lead.as_deref());
    let first = sentences(&page.summary).next().unwrap_or_default();
    let cut = lead
        .filter(|lead| count(lead) <= room)
        .map(str::to_owned)
        .or_else(|| clauses(first, room));
    cut.filter(|cut| !cut.is_empty() && count(cut) >= LEAST.min(count(first)))
}

/// What ends a sentence.
const ENDS: [char; 5] = ['。', '！', '？', '!', '?'];

/// Parts a text into sentences, each with its end.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(ENDS)
        .map(str::trim)
        .filter(|it| !it.is_empty())
}

/// Ends a sentence where it has no end of its own: a heading, an item of a list.
fn ended(sentence: &str) -> String {
    let is_chinese = sentence
        .chars()
        .any(|c| ('\u{3400}'..='\u{9FFF}').contains(&c));
    let body = sentence.trim_end_matches(['；', '，', '、', '：', ';', ',', ':']);
    match body.ends_with(ENDS) || body.ends_with(['.', '…', '”', '）']) {
        true => format!("{body}{}", if is_chinese { "" } else { " " }),
        false => format!("{body}{}", if is_chinese { "。" } else { ". " }),
    }
}

/// Cuts a sentence behind a clause.
fn clauses(sentence: &str, room: usize) -> Option<String> {
    let mut cut = String::new();
    for clause in sentence.split_inclusive(['，', '；', '、', ',', ';']) {
        if count(&cut) + count(clause) > room {
            break;
        }
        cut.push_str(clause);
    }
    let cut = cut.trim_end_matches(['，', '；', '、', ',', ';']);
    // What only says by whom or why, and not what, says nothing by itself.
    let leads = ["经", "为", "根据", "按照", "因", "由于", "鉴于", "如果"];
    let is_lead = leads.iter().any(|it| cut.starts_with(it)) && !cut.contains('，');
    (!cut.is_empty() && !is_lead).then(|| match cut.ends_with(ENDS) {
        true => cut.to_owned(),
        false => ended(cut),
    })
}

//! The message for groups: what, when, where, whom to call, and the address; a short one that is
//! read in passing and a longer one.

mod details;

use jiff::civil::Date;

use super::{Job, What};
use crate::diag::Code;
use crate::site::{Page, markdown};

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

/// Tells what it is about in at most `room` characters: the page's sentence, its first sentences or
/// clauses, or the line of its poster.
fn about(job: &Job, room: usize) -> Option<String> {
    let page = job.page;
    let gist = gist(page);
    let mut said = String::new();
    for sentence in sentences(&gist) {
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
    let first = sentences(&gist).next().unwrap_or_default();
    let cut = lead
        .filter(|lead| count(lead) <= room)
        .map(str::to_owned)
        .or_else(|| clauses(first, room));
    cut.filter(|cut| !cut.is_empty() && count(cut) >= LEAST.min(count(first)))
}

/// Returns the page's own sentence; where its file gives none, the line of its poster, as a notice's first
/// sentences only give reasons.
pub(super) fn gist(page: &Page) -> String {
    let lead = page.poster.as_ref().and_then(|wish| wish.lead.as_deref());
    match lead.filter(|_| page.summary == markdown::summary(&page.body)) {
        Some(lead) => ended(lead),
        None if page.summary.contains("如下") || page.summary.contains("现予") => {
            sentences(&page.summary).filter_map(told).collect()
        }
        None => page.summary.clone(),
    }
}

/// What clauses begin with that only say by whom or why.
const REASONS: [&str; 8] = ["经", "为", "根据", "按照", "因", "由于", "鉴于", "如果"];
/// What clauses begin with that only announce what follows.
const ANNOUNCES: [&str; 6] = ["现将", "现就", "现予", "现公示", "现公告", "特此"];

/// Ends a sentence without the clauses that promise what a message leaves out: 已达到标准，现将名单公示如下。
/// is 已达到标准。 `None` where nothing is left but by whom or why.
fn told(sentence: &str) -> Option<String> {
    let is_promise = |clause: &str| {
        clause.ends_with("如下") || ANNOUNCES.iter().any(|it| clause.starts_with(it))
    };
    let body = sentence.trim_end_matches(['。', '：', ':']);
    let clauses: Vec<&str> = body.split('，').collect();
    let kept = clauses.iter().rposition(|clause| !is_promise(clause));
    let kept = kept.map_or(0, |at| at + 1);
    if kept == clauses.len() {
        return Some(ended(sentence));
    }
    let last = clauses[..kept].last()?;
    let is_reason = REASONS.iter().any(|it| last.starts_with(it));
    (!is_reason).then(|| ended(&clauses[..kept].join("，")))
}

/// Tells whether clauses only say by whom or why.
fn is_reason(clauses: &str) -> bool {
    REASONS.iter().any(|it| clauses.starts_with(it)) && clauses.ends_with('，')
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
    let is_lead = REASONS.iter().any(|it| cut.starts_with(it)) && !cut.contains('，');
    (!cut.is_empty() && !is_lead).then(|| match cut.ends_with(ENDS) {
        true => cut.to_owned(),
        false => ended(cut),
    })
}

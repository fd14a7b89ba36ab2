//! What the long message says of the text: whole sentences, and items of lists a line each, in their
//! order, as many as there is room for. Of a month it says its days.

use super::super::Job;
use super::super::words::Words;
use super::count;
use crate::site::markdown::summary;
use crate::site::markdown::{Block, BlockKind, Inline, InlineKind, ListItem, plain};
use crate::site::sentences::{announces, is_reason, sentences, told};
use crate::site::{Page, ShortcodeKind};
use crate::typeset::data::{MarkKind, MonthData};

/// A line that addresses somebody is no longer than that.
const ADDRESS: usize = 12;
/// From so many items on, and where each has no more than so many characters, a list is a listing: a
/// part of it says nothing.
const LISTING: usize = 8;
const ENTRY: usize = 16;

/// Returns lines of at most `room` characters in all, their ends among them; what `said` holds is
/// not said again.
pub(super) fn details(job: &Job, said: &str, room: usize) -> Vec<String> {
    let mut lines = Lines {
        page: job.page,
        said: said.to_owned(),
        room,
        lines: Vec::new(),
        words: &job.words,
        is_linked: job.link.is_some(),
        heading: None,
    };
    if !days(job, &mut lines) {
        let part = job.page.poster.as_ref().and_then(|wish| wish.part.clone());
        let blocks = &job.page.body.blocks;
        let of_part = |block: &&Block| {
            part.as_ref()
                .is_none_or(|part| part.start <= block.range.start && block.range.end <= part.end)
        };
        let shown: Vec<&Block> = blocks.iter().filter(of_part).collect();
        let is_whole = match shown.is_empty() {
            true => blocks.iter().all(|block| lines.block(block)),
            false => shown.into_iter().all(|block| lines.block(block)),
        };
        // Of clauses that go on nobody takes the first for all.
        let ends_in_clause = |line: &String| line.starts_with('（') || line.contains("：（");
        if !is_whole && lines.lines.last().is_some_and(ends_in_clause) {
            lines.heading = None;
            lines.add("……".to_owned());
        }
    }
    lines.lines
}

/// Adds the days of a month, where the page is one; tells whether it is.
fn days(job: &Job, lines: &mut Lines) -> bool {
    let wish = job.page.poster.as_ref();
    let layout = wish.and_then(|wish| wish.layout.as_ref());
    let is_month = layout.is_some_and(|layout| layout.value == "month");
    let Some(date) = job.page.date.filter(|_| is_month) else {
        return false;
    };
    let month = MonthData::of(job.site, date);
    for day in month.days {
        let own = day
            .marks
            .iter()
            .filter(|mark| mark.kind != MarkKind::Observance);
        let marks: Vec<String> = own
            .map(|mark| {
                let ends = match mark.kind {
                    MarkKind::Posting => job.words.ending("posting_ends", &mark.title),
                    _ => "",
                };
                let time = mark
                    .time
                    .as_deref()
                    .map_or(String::new(), |time| format!(" {time}"));
                format!("{}{ends}{time}", mark.title)
            })
            .collect();
        let date = jiff::civil::Date::new(day.date.year, day.date.month, day.date.day);
        let (Ok(date), false) = (date, marks.is_empty()) else {
            continue;
        };
        let name = job.words.day(date, date.year());
        if !lines.add(format!("{name} {}", marks.join("；"))) {
            break;
        }
    }
    true
}

struct Lines<'a> {
    page: &'a Page,
    said: String,
    room: usize,
    lines: Vec<String>,
    words: &'a Words,
    /// Whether the address of the page follows.
    is_linked: bool,
    /// The heading over what comes next.
    heading: Option<String>,
}

impl Lines<'_> {
    /// Tells whether a sentence that was said is all that `sentence` decides; what else it says are its
    /// reasons.
    fn is_told_by(&self, sentence: &str) -> bool {
        let body = sentence.trim_end_matches('。');
        let mut said = sentences(&self.said).map(|it| it.trim_end_matches('。'));
        said.any(|it| {
            let before = body.strip_suffix(it).filter(|_| count(it) >= ADDRESS);
            before.is_some_and(is_reason)
        })
    }

    /// Returns what stands before the next line: the heading over it.
    fn prefix(&self) -> String {
        let Some(heading) = &self.heading else {
            return String::new();
        };
        match heading.ends_with(['：', ':', '？', '?', '！', '!']) {
            true => heading.clone(),
            false if heading.is_ascii() => format!("{heading}: "),
            false => format!("{heading}："),
        }
    }

    /// Returns how many characters the next line may have.
    fn room(&self) -> usize {
        let taken = count(&self.prefix()) + 1;
        self.room.saturating_sub(taken)
    }

    /// Adds a line; tells whether there was room.
    fn add(&mut self, line: String) -> bool {
        if count(&line) > self.room() {
            return false;
        }
        let line = self.prefix() + &line;
        self.heading = None;
        self.room -= count(&line) + 1;
        self.said.push_str(&line);
        self.lines.push(line);
        true
    }

    /// Adds what a block says; tells whether there was room for all of it. Tables and pictures need
    /// the page round them.
    fn block(&mut self, block: &Block) -> bool {
        match &block.kind {
            BlockKind::Paragraph { inlines } if inlines.iter().all(is_picture) => true,
            BlockKind::Paragraph { inlines } => self.paragraph(&plain(inlines)),
            BlockKind::Heading { inlines, .. } => {
                self.heading = Some(without_ordinal(plain(inlines).trim()).to_owned());
                true
            }
            BlockKind::Directive { .. } if !self.is_text(block) => true,
            BlockKind::List {
                start,
                typed,
                items,
                ..
            } => {
                if *typed && items.first().is_some_and(|it| self.restarts(&item_of(it))) {
                    return false;
                }
                let mut numbers = start.unwrap_or(1)..;
                let lines = items.iter().map(|item| {
                    let number = item.number.or(numbers.next()).unwrap_or(1);
                    let mark = match (typed, start) {
                        (true, _) => String::new(),
                        (_, Some(_)) => format!("{number}. "),
                        (_, None) => "· ".to_owned(),
                    };
                    format!("{mark}{}", item_of(item))
                });
                self.list(lines.collect())
            }
            BlockKind::Directive { blocks, .. } => self.directive(block, blocks),
            BlockKind::Quote { blocks } | BlockKind::Alert { blocks, .. } => {
                blocks.iter().all(|block| self.block(block))
            }
            _ => true,
        }
    }

    /// Adds the items of a list. Of one that is cut its end says how many there are; a cut listing of
    /// names or things says nothing, so that none of it is begun.
    fn list(&mut self, lines: Vec<String>) -> bool {
        let all: usize = lines.iter().map(|line| count(line) + 1).sum();
        if all <= self.room() + 1 {
            return lines.into_iter().all(|line| self.add(line));
        }
        let n = lines.len().to_string();
        if lines.len() > LISTING && lines.iter().all(|line| count(line) <= ENTRY) {
            if self.is_linked {
                self.add(self.words.fill("message_listed", &[("n", &n)]));
            }
            return false;
        }
        let rest = self.words.fill("message_items", &[("n", &n)]);
        let mut has_any = false;
        for line in lines {
            if count(&line) + 1 + count(&rest) > self.room() {
                break;
            }
            has_any |= self.add(line);
        }
        if has_any {
            self.add(rest);
        }
        false
    }

    /// Adds what a box or steps say. A box's title goes before its first words: alone it says nothing.
    fn directive(&mut self, block: &Block, blocks: &[Block]) -> bool {
        let page = self.page;
        let Some(code) = page.shortcodes.get(&block.range.start) else {
            return blocks.iter().all(|block| self.block(block));
        };
        let own = blocks.get(code.own.clone()).unwrap_or_default();
        let is_box = matches!(code.kind, ShortcodeKind::Callout(_));
        if let (Some(title), Some((first, rest))) =
            (code.title.as_deref().filter(|_| is_box), own.split_first())
            && let BlockKind::Paragraph { inlines } = &first.kind
        {
            let colon = if title.is_ascii() { ": " } else { "：" };
            return self.paragraph(&format!("{title}{colon}{}", plain(inlines)))
                && rest.iter().all(|block| self.block(block));
        }
        own.iter().all(|block| self.block(block))
    }

    /// Tells whether clauses begin anew, （一） after （一）: they need the heading over them.
    fn restarts(&self, text: &str) -> bool {
        if self.heading.is_some() {
            return false;
        }
        let mark = text.split_once('）').map(|(mark, _)| mark);
        let mark = mark.filter(|mark| mark.starts_with('（') && count(mark) <= 3);
        mark.is_some_and(|mark| self.lines.iter().any(|line| line.starts_with(mark)))
    }

    /// Tells whether a block that is laid out in its own way holds text, and no pictures, codes or
    /// dates that need the page round them.
    fn is_text(&self, block: &Block) -> bool {
        let code = self.page.shortcodes.get(&block.range.start);
        code.is_none_or(|code| {
            matches!(
                code.kind,
                ShortcodeKind::Callout(_) | ShortcodeKind::Steps | ShortcodeKind::Columns
            )
        })
    }

    /// Adds as many sentences of a paragraph as there is room for, as one line.
    fn paragraph(&mut self, text: &str) -> bool {
        let text = text.trim();
        // 各位居民、各楼组长： is an address; 12月起各楼道清理的时间安排为： is none.
        let is_call = text.contains('各')
            && !text.contains(|c: char| c.is_ascii_digit() || "。的".contains(c));
        let most = if is_call { 4 * ADDRESS } else { ADDRESS };
        let is_address = text.ends_with(['：', ':']) && count(text) <= most;
        if is_address {
            return true;
        }
        let is_announcement = announces(text);
        // The page's own sentence gives the decision; what led to it is for the page.
        let has_own = self.page.summary != summary(&self.page.body);
        if is_announcement && has_own && !self.said.is_empty() {
            return true;
        }
        if self.restarts(text) {
            return false;
        }
        let mut line = String::new();
        let mut is_whole = true;
        let told: Vec<String> = sentences(text).filter_map(told).collect();
        // Of what announces the rest the last sentence decides, those before it give reasons.
        let skipped = match is_announcement {
            true => told.len().saturating_sub(1),
            false => 0,
        };
        for sentence in told.into_iter().skip(skipped) {
            if self.said.contains(sentence.trim_end_matches('。')) || self.is_told_by(&sentence) {
                continue;
            }
            if count(&line) + count(&sentence) > self.room() {
                is_whole = false;
                break;
            }
            line.push_str(&sentence);
        }
        // The heading of a clause says nothing without the clause.
        let is_bare = !is_whole && line.starts_with(['（', '(']) && count(&line) < 2 * ADDRESS;
        if !line.is_empty() && !is_bare {
            self.add(line);
        }
        is_whole
    }
}

/// Returns a heading without its number: some of them head what a message leaves out.
fn without_ordinal(heading: &str) -> &str {
    let is_ordinal = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let rest = heading.trim_start_matches(is_ordinal);
    match rest.strip_prefix(['、', '.', '．']) {
        Some(text)
            if rest.len() < heading.len() && !text.starts_with(|c: char| c.is_ascii_digit()) =>
        {
            text.trim_start()
        }
        _ => heading,
    }
}

fn is_picture(inline: &Inline) -> bool {
    match &inline.kind {
        InlineKind::Image { .. } => true,
        InlineKind::Text { text } => text.trim().is_empty(),
        _ => false,
    }
}

/// Returns the words of an item's first paragraph.
fn item_of(item: &ListItem) -> String {
    let words = item.blocks.iter().find_map(|block| match &block.kind {
        BlockKind::Paragraph { inlines } => Some(plain(inlines)),
        _ => None,
    });
    let words = words.unwrap_or_default();
    words.trim().trim_end_matches(['；', ';', '。']).to_owned()
}

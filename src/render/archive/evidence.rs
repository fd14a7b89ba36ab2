//! What a span of days left behind, gathered from site, plan and ledger: what was planned, what
//! hung, what proves it, and what is missing.
//!
//! Pure: the papers and the workbook only give it a form. Nothing is guessed: what no line of the
//! ledger says counts as missing, however likely it is.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::gap::Gap;
use super::gaps;
use super::indicators;
use super::keepsakes::Keepsakes;
use super::kept::{BoardKept, Evidence, Line, NoticeKept, PeriodKept, TopicKept, Wording, title};
use super::manuscripts;
use super::work;
use crate::calendar::{Cadence, Period};
use crate::diag::{Diagnostics, Language};
use crate::rotation::ledger::{self, Deed, Event, Hung, Record};
use crate::rotation::{Hanging, Plan, Portions, Records};
use crate::site::{Board, Page, Site};
use crate::typeset::Portion;

/// Gathers what the days `from..=to` left behind. Lines of the ledger that contradict others were
/// reported when the plan was made, and are left out here.
pub fn gather<'a>(
    site: &'a Site,
    plan: &'a Plan,
    records: &'a Records,
    keepsakes: &Keepsakes,
    (from, to): (Date, Date),
) -> Evidence<'a> {
    let events = &records.ledger;
    let history = ledger::history(events, &mut Diagnostics::default());
    let missed = ledger::missed(events);
    let within = |hung: &Hung| hung.from <= to && from <= hung.to;
    let planned = (records.published.as_ref()).map_or(&[][..], |it| &it.hangings);
    let titles = gone(site, &history, keepsakes);
    let gatherer = Gatherer {
        site,
        titles: &titles,
        portions: Portions::new(site, planned),
        events,
        history: &history,
        missed: &missed,
        planned,
        until: to.min(site.today),
        // What the site does not know of was before its time.
        from: site
            .settings
            .rotation
            .begins
            .map_or(from, |begins| begins.max(from)),
    };
    let boards = gatherer.boards();
    let notices = gatherer.notices(to);
    let hung: Vec<Record> = history
        .iter()
        .filter(|record| within(&record.hung))
        .cloned()
        .collect();
    let mut evidence = Evidence {
        site,
        titles,
        plan,
        portions: plan.portions(site),
        from,
        to,
        topics: topics(site, &hung, from, to),
        campaigns: work::campaigns(site, &hung, from, to),
        duties: work::duties(site, from, to),
        figures: work::figures(site, from, to),
        diary: records.diary.within(from, to),
        records: hung,
        boards,
        notices,
        wordings: BTreeMap::new(),
        indicators: Vec::new(),
        gaps: Vec::new(),
    };
    evidence.gaps = gaps::find(&evidence, events, keepsakes);
    evidence.indicators = indicators::gather(&evidence);
    evidence
}

impl Evidence<'_> {
    /// Takes the office's scoring tables for what is asked: all of their numbers are indicators, and
    /// one for which there is nothing is a gap.
    pub fn follow(&mut self, wordings: BTreeMap<String, Wording>) {
        if wordings.is_empty() {
            return;
        }
        self.wordings = wordings;
        self.indicators = indicators::gather(self);
        let bare = self.indicators.iter().filter(|it| {
            let is_asked = self.wordings.contains_key(&it.number);
            is_asked && it.kinds().is_empty()
        });
        let gaps: Vec<Gap> = bare.map(|it| gaps::bare(self, it)).collect();
        self.gaps.extend(gaps);
        gaps::sort(&mut self.gaps);
        self.indicators = indicators::gather(self);
    }
}

/// What is gathered from.
struct Gatherer<'a, 'h> {
    site: &'a Site,
    titles: &'h BTreeMap<String, String>,
    events: &'a [Event],
    history: &'h [Record],
    missed: &'h [Hung],
    planned: &'h [Hanging],
    /// Which of several sheets of what was planned.
    portions: Portions,
    from: Date,
    /// The last day that is not still to come.
    until: Date,
}

impl<'a> Gatherer<'a, '_> {
    fn boards(&self) -> Vec<BoardKept<'a>> {
        let known = self.site.boards.iter().map(|board| BoardKept {
            id: board.id.clone(),
            title: board.title.clone(),
            board: Some(board),
            periods: self.periods(&board.id, Some(board)),
        });
        let within =
            |record: &&Record| record.hung.from <= self.until && self.from <= record.hung.to;
        let gone: BTreeSet<&str> = self
            .history
            .iter()
            .filter(within)
            .map(|record| record.hung.board.as_str())
            .filter(|id| self.site.board(id).is_none())
            .collect();
        let gone = gone.into_iter().map(|id| BoardKept {
            id: id.to_owned(),
            title: id.to_owned(),
            board: None,
            periods: self.periods(id, None),
        });
        known.chain(gone).collect()
    }

    fn periods(&self, id: &str, board: Option<&'a Board>) -> Vec<PeriodKept<'a>> {
        if self.until < self.from {
            return Vec::new();
        }
        let cadence = board.map_or(Cadence::Month, |board| board.cadence);
        let periods = Period::overlapping(cadence, self.from, self.until);
        let kept = |period: Period| PeriodKept {
            period,
            lines: self.lines(id, board, period),
            notes: self.notes(id, period),
            photos: ledger::photos(
                self.events,
                id,
                period.first().max(self.from),
                period.last().min(self.until),
            ),
        };
        periods.into_iter().map(kept).collect()
    }

    /// Returns the remarks of days on which a board was only looked at.
    fn notes(&self, id: &str, period: Period) -> Vec<(Date, String)> {
        let seen = self.events.iter().filter_map(|event| match &event.deed {
            Deed::Seen { board, on } if board == id && period.overlaps(*on, *on) => {
                Some((*on, event.note.clone()?))
            }
            _ => None,
        });
        let mut notes: Vec<_> = seen.collect();
        notes.sort();
        notes
    }

    /// Returns the slots of a board, then those that only the ledger knows.
    fn lines(&self, id: &str, board: Option<&Board>, period: Period) -> Vec<Line> {
        let slots = board.into_iter().flat_map(Board::free_slots);
        let mut names: Vec<(String, String)> = slots
            .map(|slot| (slot.id.clone(), slot_name(&slot.id, slot.title.as_deref())))
            .collect();
        let hung: Vec<&Record> = self
            .history
            .iter()
            .filter(|record| record.hung.board == id)
            .filter(|record| period.overlaps(record.hung.from, record.hung.to))
            .collect();
        for record in &hung {
            if names.iter().all(|(slot, _)| *slot != record.hung.slot) {
                names.push((record.hung.slot.clone(), slot_name(&record.hung.slot, None)));
            }
        }
        let mut lines = Vec::new();
        for (slot, name) in names {
            let (planned, missed) = self.planned(id, &slot, period);
            let line = |hung| Line {
                slot: slot.clone(),
                name: name.clone(),
                planned: planned.clone(),
                hung,
                missed,
            };
            let mut here = hung
                .iter()
                .filter(|record| record.hung.slot == slot)
                .peekable();
            // What did not hang has a line of its own beside what hung in the rest of the period.
            if here.peek().is_none() || missed {
                lines.push(line(None));
            }
            lines.extend(here.map(|record| line(Some((*record).clone()))));
        }
        lines
    }

    /// Returns the titles of what was planned for a slot: by the published plan and by the lines
    /// that say that it did not hang; and whether there are such lines.
    fn planned(&self, board: &str, slot: &str, period: Period) -> (Vec<String>, bool) {
        let here =
            |b: &str, s: &str, from, to| b == board && s == slot && period.overlaps(from, to);
        let missed: Vec<&Hung> = self
            .missed
            .iter()
            .filter(|hung| here(&hung.board, &hung.slot, hung.from, hung.to))
            .collect();
        let planned = self
            .planned
            .iter()
            .filter(|it| here(&it.board, &it.slot, it.from, it.to))
            .map(|it| (it.from, it.poster.as_str()));
        let missed_too = missed.iter().map(|hung| (hung.from, hung.poster.as_str()));
        let all: BTreeSet<(Date, &str)> = planned.chain(missed_too).collect();
        let titles = all.into_iter().map(|(day, page)| {
            let portion = self.portions.at(board, slot, page, day);
            Portion::behind(
                portion,
                title(self.site, self.titles, page),
                Language::Chinese,
            )
        });
        (titles.collect(), !missed.is_empty())
    }

    fn notices(&self, to: Date) -> Vec<NoticeKept<'a>> {
        let kept = |page: &'a Page| {
            let notice = page.notice.as_ref()?;
            let posting = notice.posting?;
            let within = posting.first <= to && self.from <= posting.last;
            within.then(|| NoticeKept {
                page,
                notice,
                posting,
                records: self
                    .history
                    .iter()
                    .filter(|record| record.hung.poster == page.id)
                    .cloned()
                    .collect(),
            })
        };
        let mut notices: Vec<_> = self.site.pages.iter().filter_map(kept).collect();
        notices.sort_by_key(|kept| (kept.posting.first, &kept.page.id));
        notices
    }
}

/// Returns the titles of pages that hung and are gone, from the texts that were kept.
fn gone(site: &Site, history: &[Record], keepsakes: &Keepsakes) -> BTreeMap<String, String> {
    let hung = history
        .iter()
        .filter(|it| site.page(&it.hung.poster).is_none());
    let titled = hung.filter_map(|it| {
        let text = keepsakes.texts.get(it.text.as_ref()?)?;
        Some((it.hung.poster.clone(), manuscripts::title(&text.text)?))
    });
    titled.collect()
}

/// Names a slot as staff do: 第3格（中左下）.
pub(super) fn slot_name(id: &str, title: Option<&str>) -> String {
    let number = id.bytes().all(|byte| byte.is_ascii_digit());
    match (number, title) {
        (true, Some(title)) => format!("{id} {title}"),
        (true, None) => id.to_owned(),
        (false, Some(title)) => title.to_owned(),
        (false, None) => id.to_owned(),
    }
}

/// Counts posters hung by topic and month, those of no topic left out.
fn topics<'a>(site: &'a Site, records: &[Record], from: Date, to: Date) -> Vec<TopicKept<'a>> {
    let months = Period::overlapping(Cadence::Month, from, to);
    let mut counts: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for record in records {
        let topic = site.page(&record.hung.poster).and_then(Page::topic);
        let month = months
            .iter()
            .position(|month| month.overlaps(record.hung.from, record.hung.from));
        if let Some((topic, month)) = topic.zip(month) {
            counts.entry(topic).or_insert_with(|| vec![0; months.len()])[month] += 1;
        }
    }
    let kept = |topic: &'a crate::site::topic::Topic| TopicKept {
        id: &topic.id,
        title: &topic.title,
        months: counts
            .get(topic.id.as_str())
            .cloned()
            .unwrap_or_else(|| vec![0; months.len()]),
    };
    site.settings.topics.iter().map(kept).collect()
}

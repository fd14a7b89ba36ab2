//! Finding gaps: boards and periods, notices, campaigns, duties, figures, files.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;

use super::keepsakes::{Keepsakes, State};
use super::kept::{BoardKept, Evidence, Indicator, NoticeKept, PeriodKept};
use super::words::{day, span};
use crate::rotation::ledger::{self, Event, Record};
use crate::site::{BoardKind, Page};

use super::gap::{Gap, GapKind};
use super::renewal;

/// Finds all gaps, ordered by kind, day and place.
pub(in crate::render::archive) fn find(
    evidence: &Evidence,
    events: &[Event],
    keepsakes: &Keepsakes,
) -> Vec<Gap> {
    let mut finder = Finder {
        evidence,
        gaps: Vec::new(),
    };
    for board in &evidence.boards {
        finder.board(board, events);
    }
    for notice in &evidence.notices {
        finder.notice(notice);
    }
    finder.campaigns();
    finder.duties();
    finder.figures();
    finder.diary();
    finder.files(keepsakes);
    finder.gaps.extend(renewal::find(evidence));
    let mut gaps = finder.gaps;
    sort(&mut gaps);
    gaps
}

/// Orders gaps by kind, day and place.
pub(in crate::render::archive) fn sort(gaps: &mut [Gap]) {
    gaps.sort_by(|a, b| (a.kind, a.at, &a.place, &a.what).cmp(&(b.kind, b.at, &b.place, &b.what)));
}

/// Returns the gap of an indicator of the office's table for which there is nothing.
pub(in crate::render::archive) fn bare(evidence: &Evidence, indicator: &Indicator) -> Gap {
    let asked = indicator.wording.as_ref().map(|it| it.asked.as_str());
    let asked = asked.filter(|asked| !asked.is_empty());
    Gap {
        kind: GapKind::Indicator,
        at: evidence.from,
        place: format!("指标{}", indicator.number),
        what: format!("{}，没有材料", asked.unwrap_or("评分表里有这一条")),
        indicators: BTreeSet::from([indicator.number.clone()]),
        board: None,
        page: None,
    }
}

struct Finder<'e, 'a> {
    evidence: &'e Evidence<'a>,
    gaps: Vec<Gap>,
}

impl Finder<'_, '_> {
    fn today(&self) -> Date {
        self.evidence.site.today
    }

    fn gap(&mut self, kind: GapKind, at: Date, place: &str, what: String) -> &mut Gap {
        self.gaps.push(Gap {
            kind,
            at,
            place: place.to_owned(),
            what,
            indicators: BTreeSet::new(),
            board: None,
            page: None,
        });
        let last = self.gaps.len() - 1;
        &mut self.gaps[last]
    }

    /// Returns the indicators of a board's page.
    fn of_board(&self, id: &str) -> BTreeSet<String> {
        let site = self.evidence.site;
        let page = site.board(id).and_then(|board| site.page(&board.page));
        page.map_or_else(BTreeSet::new, |page| numbers(page, None))
    }

    fn board(&mut self, board: &BoardKept, events: &[Event]) {
        let indicators = self.of_board(&board.id);
        for period in &board.periods {
            let from = self.gaps.len();
            self.period(board, period);
            self.photos(board, period, events);
            self.lines(board, period);
            self.places(board, period, events);
            for gap in &mut self.gaps[from..] {
                gap.board = Some(board.id.clone());
                gap.indicators.extend(indicators.iter().cloned());
            }
        }
    }

    fn period(&mut self, board: &BoardKept, period: &PeriodKept) {
        let first = period.period.first().max(self.evidence.from);
        // The day of the change-over is not over yet.
        if first >= self.today() || period.lines.is_empty() {
            return;
        }
        let place = board.title.clone();
        let title = period.period.title();
        let bare: Vec<_> = period
            .lines
            .iter()
            .filter(|line| line.hung.is_none())
            .collect();
        if bare.len() == period.lines.len() && bare.iter().all(|line| !line.missed) {
            self.gap(GapKind::Period, first, &place, format!("{title}没有台账"));
            return;
        }
        for line in bare {
            let what = match (line.missed, &line.planned[..]) {
                (true, planned) => {
                    format!(
                        "{title}版面{}：台账写明没有挂（安排的是{}）",
                        line.name,
                        planned.join("、")
                    )
                }
                (false, []) => format!("{title}版面{}没有台账", line.name),
                (false, planned) => {
                    format!(
                        "{title}版面{}没有台账（安排的是{}）",
                        line.name,
                        planned.join("、")
                    )
                }
            };
            self.gap(GapKind::Slot, first, &place, what);
        }
    }

    /// Finds what was hung and never photographed. A screen shows its files by itself: nobody
    /// goes there to change it, and nobody is asked for a photo.
    fn photos(&mut self, board: &BoardKept, period: &PeriodKept, events: &[Event]) {
        if board.board.is_some_and(|it| it.kind == BoardKind::Screen) {
            return;
        }
        let (from, to) = (self.evidence.from, self.evidence.to);
        let mut bare: BTreeMap<Date, usize> = BTreeMap::new();
        for record in period.lines.iter().filter_map(|line| line.hung.as_ref()) {
            let at = record.hung.from;
            let begun = period.period.overlaps(at, at) && from <= at && at <= to;
            let seen = || ledger::photos(events, &board.id, at, period.period.last());
            if begun && record.photos.is_empty() && seen().is_empty() {
                *bare.entry(at).or_default() += 1;
            }
        }
        let Some(at) = bare.keys().next().copied() else {
            return;
        };
        let n: usize = bare.values().sum();
        let days: Vec<String> = bare.keys().map(|at| day(*at)).collect();
        let what = format!("{}挂的{n}张没有照片", days.join("、"));
        self.gap(GapKind::Photo, at, &board.title, what);
    }

    fn lines(&mut self, board: &BoardKept, period: &PeriodKept) {
        let begun = |record: &&Record| period.period.overlaps(record.hung.from, record.hung.from);
        let records: Vec<&Record> = period
            .lines
            .iter()
            .filter_map(|line| line.hung.as_ref())
            .filter(begun)
            .collect();
        for (lacks, what) in [
            (lacks_name as fn(&Record) -> bool, "没有写谁挂的"),
            (lacks_text, "没有留下当时的文字"),
        ] {
            let bare: Vec<&str> = records
                .iter()
                .filter(|record| lacks(record))
                .map(|record| record.hung.slot.as_str())
                .collect();
            if let Some(at) = records.iter().find(|it| lacks(it)).map(|it| it.hung.from) {
                let said = format!("{}版面{}{what}", period.period.title(), bare.join("、"));
                self.gap(GapKind::Line, at, &board.title, said);
            }
        }
    }

    /// Finds the places that went without what was hung in the others, from when to when and why.
    fn places(&mut self, board: &BoardKept, period: &PeriodKept, events: &[Event]) {
        let (from, to) = (self.evidence.from, self.evidence.to);
        let mut found: BTreeMap<(Date, String), Vec<String>> = BTreeMap::new();
        for gone in ledger::absent(events) {
            let on = gone.what.on;
            if gone.what.board != board.id
                || !period.period.overlaps(on, on)
                || on < from
                || to < on
            {
                continue;
            }
            let mut places = board.board.into_iter().flat_map(|board| &board.places);
            let place = places.find(|place| place.id == gone.what.place);
            let place = place.map_or(gone.what.place.as_str(), |place| &place.title);
            let until = gone.last.map(|last| format!("，{}补上", day(next(last))));
            let why = gone.note.unwrap_or_default();
            let title = self.evidence.title(&gone.what.poster);
            let what = format!("版面{}《{title}》", gone.what.slot);
            let said = format!("{place}（{why}{}）", until.unwrap_or_default());
            found.entry((on, what)).or_default().push(said);
        }
        for ((on, what), places) in found {
            let said = format!("{}起{what}没有挂：{}", day(on), places.join("、"));
            self.gap(GapKind::Place, on, &board.title, said);
        }
    }

    /// Finds the days of a posting period on which a notice did not hang: on each board that its
    /// page names, or on any.
    fn notice(&mut self, kept: &NoticeKept) {
        let last = match self.today().yesterday() {
            Ok(yesterday) => kept.posting.last.min(yesterday),
            Err(_) => return,
        };
        if last < kept.posting.first {
            return;
        }
        let wish = kept.page.poster.as_ref();
        let named: Vec<&str> = wish.map_or_else(Vec::new, |wish| {
            wish.boards.iter().map(|id| id.value.as_str()).collect()
        });
        let boards: Vec<Option<&str>> = match named.is_empty() {
            true => vec![None],
            false => named.into_iter().map(Some).collect(),
        };
        for board in boards {
            let bare = bare_days(kept, board, kept.posting.first, last);
            let (Some(first), Some(end)) = (bare.first(), bare.last()) else {
                continue;
            };
            let whole = bare.len() == days(kept.posting.first, last).count();
            let period = span(kept.posting.first, kept.posting.last);
            let what = if whole {
                format!("公示期{period}，台账里没有挂过")
            } else if *end == last && is_row(&bare) {
                format!(
                    "公示期{period}，{}起没有挂，少{}天",
                    day(*first),
                    bare.len()
                )
            } else if *first == kept.posting.first && is_row(&bare) {
                format!(
                    "公示期{period}，到{}才挂，少{}天",
                    day(after(*end)),
                    bare.len()
                )
            } else {
                format!("公示期{period}，中间有{}天没有挂", bare.len())
            };
            let place = match board {
                Some(board) => {
                    format!(
                        "《{}》在{}",
                        kept.page.title,
                        self.evidence.board_title(board)
                    )
                }
                None => format!("《{}》", kept.page.title),
            };
            let indicators = numbers(kept.page, None);
            let gap = self.gap(GapKind::Notice, *first, &place, what);
            gap.page = Some(kept.page.id.clone());
            gap.board = board.map(str::to_owned);
            gap.indicators = indicators;
        }
    }

    fn campaigns(&mut self) {
        let today = self.today();
        let evidence = self.evidence;
        let begins = evidence.site.settings.rotation.begins;
        let is_early = |day: Date| begins.is_some_and(|begins| day < begins);
        for kept in &evidence.campaigns {
            let page = kept.page;
            let begun =
                kept.campaign.from.max(self.evidence.from) < today && !is_early(kept.campaign.to);
            if begun && kept.n_hung == 0 && kept.campaign.pulls_any() {
                let what = format!(
                    "{}里没有挂过相关内容",
                    span(kept.campaign.from, kept.campaign.to)
                );
                let gap = self.gap(GapKind::Campaign, kept.campaign.from, &page.title, what);
                gap.indicators = numbers(page, None);
                gap.page = Some(page.id.clone());
            }
            for stage in &kept.campaign.stages {
                let within = self.evidence.from <= stage.due && stage.due <= self.evidence.to;
                let is_over = stage.due < today && !is_early(stage.due);
                if !within || !is_over || stage.proof.is_some() {
                    continue;
                }
                let what = match stage.done.filter(|done| *done <= today) {
                    Some(done) => format!("“{}”{}完成，没有写证明", stage.title, day(done)),
                    None => format!(
                        "“{}”应在{}前完成，没有完成也没有证明",
                        stage.title,
                        day(stage.due)
                    ),
                };
                let indicators = numbers(page, stage.indicator.as_ref());
                let gap = self.gap(GapKind::Stage, stage.due, &page.title, what);
                gap.indicators = indicators;
                gap.page = Some(page.id.clone());
            }
        }
    }

    fn duties(&mut self) {
        let today = self.today();
        let evidence = self.evidence;
        for kept in &evidence.duties {
            let indicators = numbers(kept.page, kept.duty.indicator.as_ref());
            for round in &kept.rounds {
                if round.to >= today || round.done >= round.required {
                    continue;
                }
                let what = format!(
                    "{}应做{}次，做了{}次",
                    span(round.from, round.to),
                    round.required,
                    round.done
                );
                let gap = self.gap(GapKind::Duty, round.from, &kept.duty.title, what);
                gap.indicators.clone_from(&indicators);
                gap.page = Some(kept.page.id.clone());
            }
        }
    }

    fn figures(&mut self) {
        let evidence = self.evidence;
        for kept in &evidence.figures {
            let figure = kept.figure;
            let is_share = figure.value.trim().ends_with(['%', '％']);
            let counted = figure.numerator.is_some() && figure.denominator.is_some();
            let what = match (is_share && !counted, figure.source.is_none()) {
                (false, false) => continue,
                (true, true) => "没有分子、分母和出处",
                (true, false) => "没有分子和分母",
                (false, true) => "没有出处",
            };
            let indicators = numbers(kept.page, figure.indicator.as_ref());
            let at = kept.page.date.unwrap_or(self.evidence.from);
            let what = format!("{}，{what}", figure.value);
            let gap = self.gap(GapKind::Figure, at, &figure.label, what);
            gap.indicators = indicators;
            gap.page = Some(kept.page.id.clone());
        }
    }

    /// Finds activities without photos, counts without sources, and what was not mended in time.
    fn diary(&mut self) {
        let evidence = self.evidence;
        let until = evidence.until();
        for it in &evidence.diary.activities {
            let mut found = Vec::new();
            if it.photos.is_empty() {
                found.push((GapKind::Photo, "没有照片"));
            }
            if it.came.is_some() && it.source.is_none() && it.sheet.is_none() {
                found.push((GapKind::Figure, "人数没有出处，也没有签到表"));
            }
            for (kind, what) in found {
                let said = format!("{}的活动，{what}", day(it.day));
                let gap = self.gap(kind, it.day, &it.title, said);
                gap.indicators.extend(it.indicator.clone());
            }
        }
        for it in &evidence.diary.counts {
            let is_bare = it.is_share() && it.share.is_none();
            let what = match (is_bare, it.source.is_none()) {
                (false, false) => continue,
                (true, true) => "没有分子、分母和出处",
                (true, false) => "没有分子和分母",
                (false, true) => "没有出处",
            };
            let said = format!("{}，{what}", it.said());
            let gap = self.gap(GapKind::Figure, it.day, &it.label, said);
            gap.indicators.extend(it.indicator.clone());
        }
        for it in &evidence.diary.problems {
            let is_done = it.done.is_some_and(|done| done <= until);
            let Some(due) = it.due.filter(|due| *due < until && !is_done) else {
                continue;
            };
            let who = it.who.as_deref().map(|who| format!("，责任人{who}"));
            let said = format!("期限{}{}", day(due), who.unwrap_or_default());
            let gap = self.gap(GapKind::Problem, it.day, &it.title, said);
            gap.indicators.extend(it.indicator.clone());
        }
    }

    fn files(&mut self, keepsakes: &Keepsakes) {
        let at = self.evidence.from;
        let photos = keepsakes
            .photos
            .iter()
            .map(|(path, kept)| (path.to_string(), kept.state, "照片"));
        let texts = keepsakes
            .texts
            .iter()
            .map(|(hash, text)| (format!("ledger/texts/{hash}.md"), text.state, "文字"));
        let attached = keepsakes.attached.iter();
        let attached = attached.map(|(path, kept)| (path.to_string(), kept.state, "附件"));
        let all: Vec<_> = photos.chain(texts).chain(attached).collect();
        for (path, state, name) in all {
            let what = match state {
                State::Whole => continue,
                State::Changed => "内容和记账时的哈希不一样",
                State::Unreadable => "打不开",
                State::Missing => "文件不在",
            };
            self.gap(
                GapKind::File,
                at,
                &format!("{name} {path}"),
                what.to_owned(),
            );
        }
    }
}

fn numbers(page: &Page, own: Option<&String>) -> BTreeSet<String> {
    super::indicators::numbers(page, own).into_iter().collect()
}

fn lacks_name(record: &Record) -> bool {
    record.by.is_none()
}

fn lacks_text(record: &Record) -> bool {
    record.text.is_none()
}

fn days(first: Date, last: Date) -> impl Iterator<Item = Date> {
    first.series(1.day()).take_while(move |date| *date <= last)
}

fn bare_days(kept: &NoticeKept, board: Option<&str>, first: Date, last: Date) -> Vec<Date> {
    let hung_on = |date: &Date| {
        kept.records.iter().any(|record| {
            board.is_none_or(|board| board == record.hung.board)
                && record.hung.from <= *date
                && *date <= record.hung.to
        })
    };
    days(first, last).filter(|date| !hung_on(date)).collect()
}

fn is_row(days: &[Date]) -> bool {
    days.windows(2).all(|pair| after(pair[0]) == pair[1])
}

fn after(date: Date) -> Date {
    date.tomorrow().unwrap_or(date)
}

fn next(day: Date) -> Date {
    day.saturating_add(1.day())
}

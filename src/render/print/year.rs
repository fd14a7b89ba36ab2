//! The year as a wall poster: what hangs on which board in which month, with campaigns,
//! environmental days, holidays and change-overs.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;

use super::Job;
use crate::calendar::{Cadence, Period};
use crate::diag::Diagnostics;
use crate::render::Artifact;
use crate::rotation::carry::Stay;
use crate::site::{Approval, Board, BoardKind};
use crate::typeset::Files;
use crate::typeset::data::SiteData;

/// The theme's file.
const LAYOUT: &str = "sheets/year.typ";
/// The version of its data.
const VERSION: u32 = 1;
/// So many days off that follow each other are holidays, and not a weekend.
const HOLIDAYS: i32 = 3;

#[derive(Serialize)]
struct YearData<'a> {
    version: u32,
    language: &'a str,
    tokens: &'a Value,
    phrases: Value,
    site: SiteData<'a>,
    year: i16,
    /// How many days it has.
    days: i32,
    months: Vec<MonthData>,
    /// Holidays, in days from the year's first.
    off: Vec<SpanData>,
    campaigns: Vec<CampaignData<'a>>,
    boards: Vec<BoardData<'a>>,
    /// The topics that hang, for the key.
    topics: Vec<TopicData<'a>>,
}

#[derive(Serialize)]
struct MonthData {
    month: i8,
    /// Days from the year's first to its first, and how many it has.
    start: i32,
    days: i8,
    /// Days on which some board changes.
    changes: Vec<i8>,
    marks: Vec<MarkData>,
}

/// An environmental or local day.
#[derive(Serialize)]
struct MarkData {
    title: String,
    day: i8,
    /// The last day where it is several: month and day.
    until: Option<(i8, i8)>,
    tentative: bool,
}

#[derive(Serialize)]
struct SpanData {
    from: i32,
    to: i32,
    label: String,
}

#[derive(Serialize)]
struct CampaignData<'a> {
    title: &'a str,
    topic: Option<&'a str>,
    from: i32,
    to: i32,
    lane: usize,
}

#[derive(Serialize)]
struct BoardData<'a> {
    title: &'a str,
    kind: &'static str,
    places: usize,
    /// How often it changes: `month`, `fortnight` or `week`.
    cadence: &'static str,
    rows: Vec<RowData<'a>>,
    /// For a board that changes every week: the posters of each month, each once.
    cells: Vec<Vec<PosterData<'a>>>,
}

#[derive(Serialize)]
struct RowData<'a> {
    number: String,
    title: Option<&'a str>,
    size: String,
    bars: Vec<BarData<'a>>,
}

#[derive(Serialize)]
struct BarData<'a> {
    from: i32,
    to: i32,
    #[serde(flatten)]
    poster: PosterData<'a>,
}

#[derive(Serialize, PartialEq, Clone, Copy)]
struct PosterData<'a> {
    title: &'a str,
    topic: Option<&'a str>,
    notice: Option<&'static str>,
}

#[derive(Serialize)]
struct TopicData<'a> {
    id: &'a str,
    title: &'a str,
}

/// Returns the poster of the year in which the month lies.
pub(super) fn year(job: &Job, diagnostics: &mut Diagnostics) -> Vec<Artifact> {
    if !job.engine.theme().files.contains_key(LAYOUT) || job.carriage.stays.is_empty() {
        return Vec::new();
    }
    let data = data(job);
    let what = job.deeds().pick("全年安排", "plan of the year");
    let title = format!("{what} {}", data.year);
    match job.set(LAYOUT, &title, &data, &Files::new()) {
        Ok(pdf) => vec![job.month_artifact("year.pdf", &pdf)],
        Err(failure) => {
            diagnostics.push(failure.diagnostic(LAYOUT, None));
            Vec::new()
        }
    }
}

/// The days of one year.
#[derive(Clone, Copy)]
struct Year {
    first: Date,
    last: Date,
}

impl Year {
    /// Cuts a span to the year and counts its days from the year's first.
    fn cut(self, from: Date, to: Date) -> Option<(i32, i32)> {
        let (from, to) = (from.max(self.first), to.min(self.last));
        let day = |date: Date| (date - self.first).get_days();
        (from <= to).then(|| (day(from), day(to)))
    }
}

fn data<'a>(job: &'a Job<'a>) -> YearData<'a> {
    let site = job.site;
    let first = job.month.first().first_of_year();
    let year = Year {
        first,
        last: first.last_of_year(),
    };
    let boards: Vec<BoardData> = site
        .boards
        .iter()
        .map(|board| board_data(job, board, year))
        .collect();
    let hangs = |topic: &str| {
        let mut stays = job.carriage.stays.iter();
        stays.any(|stay| poster(job, stay).topic == Some(topic))
    };
    let topics = site.settings.topics.iter().filter(|it| hangs(&it.id));
    YearData {
        version: VERSION,
        language: &site.settings.language,
        tokens: &job.engine.theme().tokens,
        phrases: job.engine.theme().phrases_of("poster"),
        site: SiteData::of(&site.settings),
        year: first.year(),
        days: (year.last - year.first).get_days() + 1,
        months: months(job, year),
        off: off(job, year),
        campaigns: campaigns(job, year),
        topics: topics
            .map(|topic| TopicData {
                id: &topic.id,
                title: &topic.title,
            })
            .collect(),
        boards,
    }
}

fn months(job: &Job, year: Year) -> Vec<MonthData> {
    let months = Period::overlapping(Cadence::Month, year.first, year.last);
    let month = |month: Period| {
        let (first, last) = (month.first(), month.last());
        let mut changes: Vec<i8> = job
            .carriage
            .within(first, last)
            // Screens change by themselves; nobody walks there.
            .filter(|change| change.board.kind != BoardKind::Screen)
            .map(|change| change.day.day())
            .collect();
        changes.dedup();
        let days = job.site.calendar.between(first, last);
        let begins = days.into_iter().filter(|day| first <= day.span.first);
        let marks = begins.map(|day| MarkData {
            title: day.title,
            day: day.span.first.day(),
            until: (day.span.last != day.span.first)
                .then(|| (day.span.last.month(), day.span.last.day())),
            tentative: day.tentative,
        });
        MonthData {
            month: first.month(),
            start: (first - year.first).get_days(),
            days: last.day(),
            changes,
            marks: marks.collect(),
        }
    };
    months.into_iter().map(month).collect()
}

/// Returns the spans of holidays; none where the year's table is not known.
fn off(job: &Job, year: Year) -> Vec<SpanData> {
    let holidays = &job.site.calendar.holidays;
    let mut spans: Vec<(Date, Date)> = Vec::new();
    for day in year
        .first
        .series(1.day())
        .take_while(|day| *day <= year.last)
    {
        if holidays.is_working(day) != Ok(false) {
            continue;
        }
        match spans.last_mut() {
            Some((_, last)) if last.saturating_add(1.day()) == day => *last = day,
            _ => spans.push((day, day)),
        }
    }
    let long = |(first, last): &(Date, Date)| (*last - *first).get_days() + 1 >= HOLIDAYS;
    let span = |(first, last): (Date, Date)| {
        let (from, to) = year.cut(first, last)?;
        let label = format!(
            "{}.{}–{}.{}",
            first.month(),
            first.day(),
            last.month(),
            last.day()
        );
        Some(SpanData { from, to, label })
    };
    spans.into_iter().filter(long).filter_map(span).collect()
}

/// Returns the campaigns of the year in lanes, so that none lies on another.
fn campaigns<'a>(job: &Job<'a>, year: Year) -> Vec<CampaignData<'a>> {
    let pages = job.site.pages.iter();
    let told = pages.filter(|page| page.approval != Approval::Draft);
    let mut spans: Vec<_> = told
        .filter_map(|page| {
            let campaign = page.campaign.as_ref()?;
            let (from, to) = year.cut(campaign.from, campaign.to)?;
            Some((from, to, page))
        })
        .collect();
    spans.sort_by_key(|(from, to, page)| (*from, *to, &page.id));
    let mut lanes: Vec<i32> = Vec::new();
    let mut campaigns = Vec::new();
    for (from, to, page) in spans {
        // A short one takes the room that its title needs.
        let end = to.max(from + 26);
        let free = lanes.iter().position(|last| *last < from);
        let lane = free.unwrap_or_else(|| {
            lanes.push(end);
            lanes.len() - 1
        });
        lanes[lane] = end;
        campaigns.push(CampaignData {
            title: &page.title,
            topic: page.topic(),
            from,
            to,
            lane,
        });
    }
    campaigns
}

fn board_data<'a>(job: &'a Job<'a>, board: &'a Board, year: Year) -> BoardData<'a> {
    let weekly = board.cadence == Cadence::Week;
    let mut numbers = super::numbers(board);
    let rows = board.free_slots().map(|slot| {
        let stays = job.carriage.stays.iter();
        let hangs = stays.filter(|stay| stay.board.id == board.id && stay.hanging.slot == slot.id);
        let bars = hangs.filter_map(|stay| {
            let (from, to) = year.cut(stay.from(), stay.to)?;
            let poster = poster(job, stay);
            Some(BarData { from, to, poster })
        });
        RowData {
            number: numbers.remove(slot.id.as_str()).unwrap_or_default(),
            title: slot.title.as_deref(),
            size: slot.area.size().to_string(),
            bars: if weekly { Vec::new() } else { bars.collect() },
        }
    });
    BoardData {
        title: &board.title,
        kind: match board.kind {
            BoardKind::Board => "board",
            BoardKind::Window => "window",
            BoardKind::Screen => "screen",
        },
        places: board.places.len(),
        cadence: match board.cadence {
            Cadence::Month => "month",
            Cadence::Fortnight => "fortnight",
            Cadence::Week => "week",
        },
        rows: rows.collect(),
        cells: match weekly {
            true => cells(job, board, year),
            false => Vec::new(),
        },
    }
}

/// Returns the posters of each month, each in the month in which it goes up.
fn cells<'a>(job: &'a Job<'a>, board: &Board, year: Year) -> Vec<Vec<PosterData<'a>>> {
    let months = Period::overlapping(Cadence::Month, year.first, year.last);
    let cell = |month: &Period| {
        let mut posters: Vec<PosterData> = Vec::new();
        let stays = job.carriage.stays.iter();
        for stay in stays.filter(|stay| stay.board.id == board.id) {
            let begins = stay.from().max(year.first);
            let poster = poster(job, stay);
            let here = month.first() <= begins && begins <= month.last() && begins <= stay.to;
            if here && !posters.contains(&poster) {
                posters.push(poster);
            }
        }
        posters
    };
    months.iter().map(cell).collect()
}

fn poster<'a>(job: &Job<'a>, stay: &Stay<'a>) -> PosterData<'a> {
    let id = &stay.hanging.poster;
    let page = job.site.page(id);
    PosterData {
        title: page.map_or(id, |page| &page.title),
        topic: page.and_then(|page| page.topic()),
        notice: page
            .and_then(|page| page.notice.as_ref())
            .map(|notice| notice.kind.name()),
    }
}

//! What a month asks for before anything is written: boards that run short of posters nobody has
//! seen there, days and campaigns that fall in it, notices that run out.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Hanging, Plan};
use crate::calendar::{CalendarDay, Period};
use crate::measure::Fits;
use crate::site::{Approval, Board, BoardKind, Page, Site};

/// What to know of a month before planning it.
#[derive(Debug, Clone)]
pub struct Brief<'a> {
    /// The month.
    pub month: Period,
    /// The boards that run short, in walking order.
    pub short: Vec<Short<'a>>,
    /// Environmental and local days in it; those whose date is still to be announced are tentative.
    pub days: Vec<CalendarDay>,
    /// Campaigns that share a day with it.
    pub campaigns: Vec<&'a Page>,
    /// Posters that hang and run out in it, with their last day.
    pub ending: Vec<(&'a Page, Date)>,
}

/// A board with fewer new posters than slots.
#[derive(Debug, Clone)]
pub struct Short<'a> {
    /// The board.
    pub board: &'a Board,
    /// How many hangings begin on it in the month.
    pub n_hangings: usize,
    /// How many of these it has never shown before.
    pub n_fresh: usize,
    /// How many of its slots stay empty for a whole period.
    pub n_empty: usize,
    /// Posters that it could take in the month and has never shown, by topic; those that hang in
    /// the month are among them.
    pub unseen: Vec<(String, usize)>,
}

/// Gathers what `month` asks for.
pub fn brief<'a>(site: &'a Site, fits: &Fits, plan: &Plan, month: Period) -> Brief<'a> {
    let short = site
        .boards
        .iter()
        .map(|board| supply(site, fits, plan, month, board));
    let campaigns = site.pages.iter().filter(|page| {
        let campaign = page.campaign.as_ref();
        campaign.is_some_and(|campaign| month.overlaps(campaign.from, campaign.to))
    });
    Brief {
        month,
        // Nobody writes for a month that is over.
        short: short
            .filter(|short| site.today <= month.last() && short.is_short())
            .collect(),
        days: site.calendar.between(month.first(), month.last()),
        campaigns: campaigns.collect(),
        ending: ending(site, plan, month),
    }
}

impl Short<'_> {
    /// A screen is watched for seconds: what it repeats bores nobody who waits for a slot. Where
    /// enough were never shown, that others hang again is a choice.
    fn is_short(&self) -> bool {
        let n_unseen: usize = self.unseen.iter().map(|(_, n)| n).sum();
        let is_screen = self.board.kind == BoardKind::Screen;
        let repeats = self.n_fresh < self.n_hangings && n_unseen < self.n_hangings;
        self.n_empty > 0 || (!is_screen && repeats)
    }
}

fn supply<'a>(
    site: &'a Site,
    fits: &Fits,
    plan: &Plan,
    month: Period,
    board: &'a Board,
) -> Short<'a> {
    let begins = |hanging: &&Hanging| {
        hanging.board == board.id && month.first() <= hanging.from && hanging.from <= month.last()
    };
    let hangings: Vec<&Hanging> = plan.hangings.iter().filter(begins).collect();
    let fresh = hangings
        .iter()
        .filter(|hanging| is_new(plan, board, &hanging.poster, hanging.from));
    let mut unseen: BTreeMap<String, usize> = BTreeMap::new();
    for page in &site.pages {
        let offered =
            could_hang(fits, board, page, month) && is_new(plan, board, &page.id, month.first());
        if let Some(topic) = page.topic().filter(|_| offered) {
            *unseen.entry(topic.to_owned()).or_default() += 1;
        }
    }
    Short {
        board,
        n_hangings: hangings.len(),
        n_fresh: fresh.count(),
        n_empty: empty(board, plan, month),
        unseen: unseen.into_iter().collect(),
    }
}

/// Tells whether a board has not shown a poster before `day`.
fn is_new(plan: &Plan, board: &Board, poster: &str, day: Date) -> bool {
    let mut before = plan.of_poster(poster);
    !before.any(|hanging| hanging.board == board.id && hanging.from < day)
}

fn could_hang(fits: &Fits, board: &Board, page: &Page, month: Period) -> bool {
    let wish = page.poster.as_ref();
    page.approval != Approval::Draft
        && wish.is_some_and(|wish| wish.welcomes(board))
        && page.date.is_none_or(|date| date <= month.last())
        && page.expires.is_none_or(|last| month.first() <= last)
        && (page.season.as_ref())
            .is_none_or(|season| !season.between(month.first(), month.last()).is_empty())
        && board
            .free_slots()
            .any(|slot| fits.fits(&page.id, &board.id, &slot.id))
}

/// Counts the slots of `board` in which nothing hangs for a whole period of the month.
fn empty(board: &Board, plan: &Plan, month: Period) -> usize {
    let periods = Period::overlapping(board.cadence, month.first(), month.last());
    let mut n = 0;
    for period in periods {
        let bare = |id: &str| plan.in_period(&board.id, id, period).next().is_none();
        n += board.free_slots().filter(|slot| bare(&slot.id)).count();
    }
    n
}

/// Returns what hangs in the month and is over within it.
fn ending<'a>(site: &'a Site, plan: &Plan, month: Period) -> Vec<(&'a Page, Date)> {
    let mut ending: BTreeMap<(Date, &str), &Page> = BTreeMap::new();
    for hanging in &plan.hangings {
        let Some(page) = site.page(&hanging.poster) else {
            continue;
        };
        let posting = page.notice.as_ref().and_then(|notice| notice.posting);
        let last = posting.map(|posting| posting.last).or(page.expires);
        let last = last.or(page.assumed_end());
        if let Some(last) = last.filter(|last| month.first() <= *last && *last <= month.last())
            && hanging.from <= month.last()
            && month.first() <= hanging.to
        {
            ending.insert((last, &page.id), page);
        }
    }
    let ending = ending.into_iter();
    ending.map(|((last, _), page)| (page, last)).collect()
}

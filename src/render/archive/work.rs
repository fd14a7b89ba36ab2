//! Campaigns with their stages, duties and figures: what was asked for and what was done.

use jiff::civil::Date;

use crate::rotation::ledger::Record;
use crate::site::{Campaign, Duty, Figure, Page, Site, Stage};

/// A campaign or staged work plan.
pub struct CampaignKept<'a> {
    /// Its page.
    pub page: &'a Page,
    /// Its days and stages.
    pub campaign: &'a Campaign,
    /// How many posters of its topics were hung in its days, within the span.
    pub n_hung: usize,
}

/// A duty that comes round.
pub struct DutyKept<'a> {
    /// The page that gives it.
    pub page: &'a Page,
    /// The duty.
    pub duty: &'a Duty,
    /// Its rounds within the span.
    pub rounds: Vec<Round>,
}

/// One round of a duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Round {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// How often it is to be done.
    pub required: usize,
    /// How often it was done.
    pub done: usize,
}

/// A figure that a page reports.
pub struct FigureKept<'a> {
    /// The page.
    pub page: &'a Page,
    /// The figure.
    pub figure: &'a Figure,
}

impl DutyKept<'_> {
    /// Returns how often it is to be done in the rounds that have begun by `day`, and how often it
    /// was done.
    pub fn sums(&self, day: Date) -> (usize, usize) {
        let begun = || self.rounds.iter().filter(|round| round.from <= day);
        let required = begun().map(|round| round.required).sum();
        (required, begun().map(|round| round.done).sum())
    }

    /// Tells whether a round that is over by `day` was done too seldom.
    pub fn is_short(&self, day: Date) -> bool {
        let mut over = self.rounds.iter().filter(|round| round.to < day);
        over.any(|round| round.done < round.required)
    }
}

/// Returns campaigns that share a day with `from..=to`, by their first day; a staged work plan
/// counts by its stages too.
pub(super) fn campaigns<'a>(
    site: &'a Site,
    records: &[Record],
    from: Date,
    to: Date,
) -> Vec<CampaignKept<'a>> {
    let kept = |page: &'a Page| {
        let campaign = page.campaign.as_ref()?;
        let due = |stage: &Stage| from <= stage.due && stage.due <= to;
        let within = campaign.from <= to && from <= campaign.to;
        (within || campaign.stages.iter().any(due)).then(|| CampaignKept {
            page,
            campaign,
            n_hung: records
                .iter()
                .filter(|record| serves(site, record, page, campaign))
                .count(),
        })
    };
    let mut campaigns: Vec<_> = site.pages.iter().filter_map(kept).collect();
    campaigns.sort_by_key(|kept| (kept.campaign.from, &kept.page.id));
    campaigns
}

/// Tells whether a poster hung for a campaign: it is the campaign's own, or of a topic that it
/// pulls forward, on one of its days.
fn serves(site: &Site, record: &Record, page: &Page, campaign: &Campaign) -> bool {
    let hung = &record.hung;
    let pulled = site.page(&hung.poster).is_some_and(|it| campaign.pulls(it));
    (hung.poster == page.id || pulled) && hung.from <= campaign.to && campaign.from <= hung.to
}

/// Returns duties with their rounds that end within `from..=to`, or that last longer than these
/// days and hold them all, in the order of pages.
pub(super) fn duties(site: &Site, from: Date, to: Date) -> Vec<DutyKept<'_>> {
    let mut kept = Vec::new();
    for page in &site.pages {
        for duty in &page.duties {
            // What the site does not know of was before its time.
            let begins = site.settings.rotation.begins;
            let is_asked = |it: &Round| it.done > 0 || begins.is_none_or(|day| day <= it.to);
            let rounds: Vec<Round> = (from.year()..=to.year())
                .flat_map(|year| duty.rounds(year))
                .filter(|(first, last)| {
                    from <= *last && *last <= to || *first <= from && to <= *last
                })
                .map(|(first, last)| Round {
                    from: first,
                    to: last,
                    required: usize::try_from(duty.times).unwrap_or(usize::MAX),
                    done: duty.n_done(first, last.min(site.today)),
                })
                .filter(is_asked)
                .collect();
            if !rounds.is_empty() {
                kept.push(DutyKept { page, duty, rounds });
            }
        }
    }
    kept
}

/// Returns the figures of pages that were current within `from..=to`.
pub(super) fn figures(site: &Site, from: Date, to: Date) -> Vec<FigureKept<'_>> {
    let current = |page: &&Page| {
        let campaign = page.campaign.as_ref();
        let first = campaign.map(|it| it.from).or(page.date);
        let last = campaign.map(|it| it.to).or(page.expires);
        // A page without a last day reports of the year of its date.
        first.is_none_or(|day| day <= to)
            && match last {
                Some(day) => from <= day,
                None => first.is_none_or(|day| from.year() <= day.year()),
            }
    };
    let pages = site.pages.iter().filter(current);
    pages
        .flat_map(|page| {
            page.figures
                .iter()
                .map(move |figure| FigureKept { page, figure })
        })
        .collect()
}

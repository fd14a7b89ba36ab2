//! What each section's list holds, in its order: found once, as every page of a long list asks.

use std::collections::BTreeMap;

use super::on_web::OnWeb;
use crate::render::web::facts::lists;
use crate::site::{Page, Section, Sort};

/// From how many guides on a list is set in groups by topic.
const GROUPED_FROM: usize = 9;

/// What a section's list holds.
#[derive(Debug, Default)]
pub(in crate::render::web) struct Listing<'a> {
    /// Its pages of boards.
    pub boards: Vec<&'a str>,
    /// Its campaigns.
    pub campaigns: Vec<&'a str>,
    /// All its other pages; topic by topic where they are set in groups, so that a group goes on
    /// over two pages of the list rather than beginning anew on each.
    pub plain: Vec<&'a str>,
    /// Whether these are set in groups by topic: they are many, and each has one.
    pub is_grouped: bool,
    /// All its pages, for the list of the section above.
    pub all: Vec<&'a str>,
    /// The sections below that have something to show; newest first where it lists by date.
    pub below: Vec<&'a Section>,
}

/// What the sections hold, by id.
#[derive(Debug, Default)]
pub(in crate::render::web) struct Listings<'a> {
    by_section: BTreeMap<&'a str, Listing<'a>>,
    nothing: Listing<'a>,
}

impl<'a> Listings<'a> {
    pub(in crate::render::web) fn new(on_web: &OnWeb<'a>) -> Self {
        let of = |section: &'a Section| (section.id.as_str(), Listing::new(on_web, section));
        Self {
            by_section: on_web.site.sections.iter().map(of).collect(),
            nothing: Listing::default(),
        }
    }

    /// Returns what `section` holds.
    pub(in crate::render::web) fn of(&self, section: &Section) -> &Listing<'a> {
        let found = self.by_section.get(section.id.as_str());
        found.unwrap_or(&self.nothing)
    }

    /// Returns over how many pages a section's list goes: its own pages and those of the sections
    /// below, which it shows too. Boards and campaigns stand on the first.
    pub(in crate::render::web) fn n_lists(&self, section: &Section) -> usize {
        let own = self.of(section);
        let below = own.below.iter().map(|child| self.of(child).all.len());
        let n = own.plain.len() + below.sum::<usize>();
        lists::count(n, section.pagination)
    }
}

impl<'a> Listing<'a> {
    fn new(on_web: &OnWeb<'a>, section: &'a Section) -> Self {
        let mut own = Self {
            below: below(on_web, section),
            ..Self::default()
        };
        for id in &section.pages {
            let Some(page) = on_web.page(id) else {
                continue;
            };
            own.all.push(id);
            if page.board.is_some() {
                own.boards.push(id);
            } else if page.campaign.is_some() {
                own.campaigns.push(id);
            } else {
                own.plain.push(id);
            }
        }
        let topics = &on_web.site.settings.topics;
        let place = |id: &&str| {
            let topic = on_web.page(id).and_then(Page::topic)?;
            topics.iter().position(|known| known.id == topic)
        };
        own.is_grouped =
            own.plain.len() >= GROUPED_FROM && own.plain.iter().all(|id| place(id).is_some());
        if own.is_grouped {
            own.plain.sort_by_key(place);
        }
        own
    }
}

fn below<'a>(on_web: &OnWeb<'a>, section: &'a Section) -> Vec<&'a Section> {
    let mut below: Vec<&Section> = section
        .sections
        .iter()
        .filter(|id| on_web.shows_section(id))
        .filter_map(|id| on_web.site.section(id))
        .collect();
    let newest = |section: &&Section| {
        let dates = section.pages.iter().filter_map(|id| on_web.page(id)?.date);
        dates.max()
    };
    match section.sort {
        Sort::Date => below.sort_by_key(|section| std::cmp::Reverse(newest(section))),
        Sort::Oldest => below.sort_by_key(newest),
        Sort::Title | Sort::Order => {}
    }
    below
}

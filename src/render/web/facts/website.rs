//! The tables of the website in one language, made once: what every view is made from.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::Arc;

use super::guides::guides;
use super::languages::Languages;
use super::listing::Listings;
use super::neighbours::{Neighbours, neighbours};
use super::on_web::OnWeb;
use super::terms::Terms;
use super::visibility::Visibility;
use super::walls::Walls;
use crate::poster::Posters;
use crate::render::web::text::words::Words;
use crate::rotation::{Plan, Portions};
use crate::site::{Page, Site};

/// All tables. What is on the web, and where, it says itself ([`OnWeb`]).
pub(in crate::render::web) struct Facts<'a> {
    on_web: OnWeb<'a>,
    pub plan: &'a Plan,
    /// Which of several sheets hangs where.
    pub portions: Portions,
    pub words: Words,
    /// What hangs now and next, board by board.
    pub walls: Walls<'a>,
    /// The languages of the website.
    pub languages: Arc<Languages>,
    /// Topics and the site's own taxonomies, with the pages that are on the web.
    pub terms: Terms<'a>,
    neighbours: Neighbours<'a>,
    /// What the sections' lists hold.
    pub listings: Listings<'a>,
    /// Evergreen pages on the web by their first topic, in their order.
    guides: BTreeMap<&'a str, Vec<&'a Page>>,
}

impl<'a> Deref for Facts<'a> {
    type Target = OnWeb<'a>;

    fn deref(&self) -> &OnWeb<'a> {
        &self.on_web
    }
}

impl<'a> Facts<'a> {
    pub(in crate::render::web) fn new(
        site: &'a Site,
        plan: &'a Plan,
        posters: &'a Posters,
        words: Words,
        visibility: Visibility,
    ) -> Self {
        let on_web = OnWeb::new(site, visibility);
        let portions = plan.portions(site);
        let is_published = |page: &Page| on_web.is_published(&page.id);
        let is_listed = |page: &&Page| !page.is_section && page.board.is_none();
        let listed: Vec<&Page> = on_web.pages().filter(is_listed).collect();
        let terms = || Terms::new(site, &listed, &words);
        let others = || {
            let neighbours = neighbours(site, |id| on_web.own_page(id));
            let guides = guides(site, &is_published);
            (neighbours, guides, Listings::new(&on_web))
        };
        let (terms, (neighbours, guides, listings)) = rayon::join(terms, others);
        Self {
            plan,
            walls: Walls::new(site, plan, &portions, posters),
            portions,
            languages: Arc::default(),
            terms,
            neighbours,
            listings,
            guides,
            words,
            on_web,
        }
    }

    /// Returns the pages before and after the page `id` in its section.
    pub(in crate::render::web) fn neighbours(
        &self,
        id: &str,
    ) -> (Option<&'a str>, Option<&'a str>) {
        self.neighbours.get(id).copied().unwrap_or_default()
    }

    /// Returns the evergreen pages of `topic`.
    pub(in crate::render::web) fn guides(&self, topic: &str) -> &[&'a Page] {
        self.guides.get(topic).map_or(&[], Vec::as_slice)
    }
}

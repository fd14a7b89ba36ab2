//! What is done at a board, in words that sheets, calendar and workbook share.

use std::collections::BTreeMap;

use crate::diag::Language;
use crate::rotation::Carriage;
use crate::rotation::carry::{Kind, Onward, Source, Stay};
use crate::site::{Board, Make, Site, Slot};
use crate::typeset::Portion;

/// Returns the number that staff know each slot by: its id where all ids are numbers, else its
/// place in the file, from 1.
pub(in crate::render) fn numbers(board: &Board) -> BTreeMap<&str, String> {
    let is_number = |id: &str| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
    let given = board.slots.iter().all(|slot| is_number(&slot.id));
    let number = |at: usize, slot: &Slot| match given {
        true => slot.id.clone(),
        false => (at + 1).to_string(),
    };
    let slots = board.slots.iter().enumerate();
    slots
        .map(|(at, slot)| (slot.id.as_str(), number(at, slot)))
        .collect()
}

/// Words for what is done.
#[derive(Clone, Copy)]
pub(in crate::render) struct Deeds<'a> {
    pub site: &'a Site,
    pub carriage: &'a Carriage<'a>,
}

impl<'a> Deeds<'a> {
    /// Tells whether the site speaks Chinese.
    pub(in crate::render) fn is_chinese(&self) -> bool {
        self.site.settings.message_language() == Language::Chinese
    }

    /// Returns the words of the site's language.
    pub(in crate::render) fn pick<'t>(&self, chinese: &'t str, english: &'t str) -> &'t str {
        match self.is_chinese() {
            true => chinese,
            false => english,
        }
    }

    /// Returns the poster's title, or its id where its page is gone.
    pub(in crate::render) fn title(&self, poster: &'a str) -> &'a str {
        self.site
            .page(poster)
            .map_or(poster, |page| page.title.as_str())
    }

    /// Names what hangs: the poster's title, and which of its sheets where it has several.
    pub(in crate::render) fn name(&self, kind: Kind) -> String {
        let page = self.site.page(kind.poster);
        let title = page.map_or(kind.poster, |page| &page.title);
        Portion::behind(kind.portion, title, self.site.settings.message_language())
    }

    /// Names what is printed, with the money that pays for it where its page names one.
    pub(in crate::render) fn paid(&self, kind: Kind) -> String {
        let wish = self
            .site
            .page(kind.poster)
            .and_then(|page| page.poster.as_ref());
        let name = self.name(kind);
        match (
            wish.and_then(|wish| wish.funds.as_deref()),
            self.is_chinese(),
        ) {
            (Some(funds), true) => format!("{name}（{funds}）"),
            (Some(funds), false) => format!("{name} ({funds})"),
            (None, _) => name,
        }
    }

    /// Says what copies are made of, where a board asks for more than paper.
    pub(in crate::render) fn make(&self, make: &Make) -> Option<String> {
        make.words(self.pick("，", ", "))
    }

    /// Returns the number of the slot in which `stay` hangs.
    pub(in crate::render) fn number(&self, stay: &Stay) -> String {
        let slot = &stay.hanging.slot;
        let mut numbers = numbers(stay.board);
        numbers
            .remove(slot.as_str())
            .unwrap_or_else(|| slot.clone())
    }

    /// Names a slot on its own board: 第3格.
    pub(in crate::render) fn slot(&self, stay: &Stay) -> String {
        let number = self.number(stay);
        match self.is_chinese() {
            true => format!("第{number}格"),
            false => format!("slot {number}"),
        }
    }

    /// Names a slot with its board, which is left out where it is `here`.
    pub(in crate::render) fn spot(&self, number: usize, here: &Board) -> String {
        let stay = &self.carriage.stays[number];
        match (stay.board.id == here.id, self.is_chinese()) {
            (true, _) => self.slot(stay),
            (false, true) => format!("{}{}", stay.board.title, self.slot(stay)),
            (false, false) => format!("{}, {}", stay.board.title, self.slot(stay)),
        }
    }

    /// Says where the copies of `stay` come from, each source with its number of copies.
    pub(in crate::render) fn sources(&self, stay: &Stay) -> Vec<(String, usize)> {
        let said = |&(source, n): &(Source, usize)| {
            let words = match source {
                Source::Moved(from) => {
                    let spot = self.spot(from, stay.board);
                    format!("{}{spot}", self.pick("移自", "moved from "))
                }
                Source::Stored(from) => {
                    let spot = self.spot(from, stay.board);
                    match self.is_chinese() {
                        true => format!("库存，上次挂在{spot}"),
                        false => format!("from the store, last in {spot}"),
                    }
                }
                Source::Received => self.pick("上级发的", "received").to_owned(),
                Source::Printed => self.pick("新印", "printed new").to_owned(),
                Source::Missing => self.pick("还缺，要向上级要", "missing").to_owned(),
            };
            (words, n)
        };
        stay.sources.iter().map(said).collect()
    }

    /// Says where the copies of `stay` go, each way with its number of copies.
    pub(in crate::render) fn onward(&self, stay: &Stay) -> Vec<(String, usize)> {
        let said = |&(onward, n): &(Onward, usize)| {
            let words = match onward {
                Onward::Moved(to) => {
                    let spot = self.spot(to, stay.board);
                    format!("{}{spot}", self.pick("移到", "moves to "))
                }
                Onward::Kept(to) => {
                    let day = self.carriage.stays[to].from();
                    let spot = self.spot(to, stay.board);
                    match self.is_chinese() {
                        true => format!("收好，{}月{}日挂{spot}", day.month(), day.day()),
                        false => format!("keep for {day}, {spot}"),
                    }
                }
                Onward::Done => self.pick("不再用", "no longer needed").to_owned(),
            };
            (words, n)
        };
        stay.onward.iter().map(said).collect()
    }

    /// Joins ways with their numbers of copies, which one sheet alone does without.
    pub(in crate::render) fn joined(&self, ways: &[(String, usize)], copies: usize) -> String {
        let counted = |(words, n): &(String, usize)| match (copies > 1, self.is_chinese()) {
            (false, _) => words.clone(),
            (true, true) => format!("{words}（{n}份）"),
            (true, false) => format!("{words} ({n})"),
        };
        let ways: Vec<String> = ways.iter().map(counted).collect();
        ways.join(self.pick("；", "; "))
    }
}

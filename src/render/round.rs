//! The page that goes round with whoever changes the boards: one file for a phone, which works
//! without network and makes what `post` takes.
//!
//! A page a day. The website has those of the last fortnight, this month and the next, where their codes on the
//! change-over sheets lead; beside the sheets lies the same page as a file, for sites that have no
//! address. Neither names a person. On the website it tells no title before the page's own day.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;
use serde_json::{Value, json};

use super::days::month_day;
use super::export::{Deeds, numbers};
use super::web::{Visibility, custom_properties, escape};
use super::{Artifact, Output};
use crate::calendar::{Cadence, Period};
use crate::rotation::carry::{ChangeOver, Stay};
use crate::rotation::round::{REASONS, poster_key, site_key};
use crate::rotation::{Carriage, Plan};
use crate::site::{Board, Page, Site};
use crate::theme::Theme;
use crate::typeset::Portion;

/// The theme's files of it.
const PAGE: &str = "round/round.html";
const STYLE: &str = "round/round.css";
const SCRIPT: &str = "round/round.js";
const WORKER: &str = "round/worker.js";
/// The folder of the website that holds the pages.
const FOLDER: &str = "r";
/// For how many days after a change-over the website has its page.
const LATE: i32 = 14;

/// Returns the pages of the website, and the worker that keeps them.
pub(crate) fn website(
    site: &Site,
    theme: &Theme,
    plan: &Plan,
    visibility: Visibility,
) -> Vec<Artifact> {
    if !has(theme) || site.boards.is_empty() {
        return Vec::new();
    }
    let carriage = Carriage::new(site, plan);
    let (first, last) = span(site.today);
    let maker = Maker {
        site,
        theme,
        carriage: &carriage,
        shows: &|page| visibility.shows(page, site.today),
    };
    let mut files: Vec<(String, Vec<u8>)> = days(&carriage, first, last)
        .into_iter()
        .map(|day| (path(day), maker.page(day).into_bytes()))
        .collect();
    if let Some(worker) = theme.files.get(WORKER).filter(|_| !files.is_empty()) {
        files.push((format!("{FOLDER}/worker.js"), worker.to_vec()));
    }
    let artifact = |(path, bytes): (String, Vec<u8>)| Artifact {
        output: Output::Web,
        path,
        content: std::sync::Arc::<[u8]>::from(bytes).into(),
    };
    files.into_iter().map(artifact).collect()
}

/// Returns the pages of a month with their days, all titles in them.
pub(super) fn of_month(
    site: &Site,
    theme: &Theme,
    carriage: &Carriage,
    month: Period,
) -> Vec<(Date, String)> {
    if !has(theme) {
        return Vec::new();
    }
    let maker = Maker {
        site,
        theme,
        carriage,
        shows: &|_| true,
    };
    let days = days(carriage, month.first(), month.last()).into_iter();
    days.map(|day| (day, maker.page(day))).collect()
}

/// Returns the address of the page of `day` with the place of `board` on it; `None` where the site
/// has no address, its theme no such page, or the website not of that day.
pub(super) fn address(site: &Site, theme: &Theme, day: Date, board: &Board) -> Option<String> {
    let (first, last) = span(site.today);
    let is_there = has(theme) && first <= day && day <= last;
    let base = site.settings.base_url.as_deref().filter(|_| is_there)?;
    // Only letters that need no escape make a code short.
    let is_plain = board
        .id
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let place = if is_plain {
        format!("#{}", board.id)
    } else {
        String::new()
    };
    Some(format!(
        "{}/{FOLDER}/{day}/{place}",
        base.trim_end_matches('/')
    ))
}

/// Returns the days whose pages the website has: those of this month and the next, and of late
/// change-overs.
fn span(today: Date) -> (Date, Date) {
    let month = Period::containing(Cadence::Month, today);
    let first = today.saturating_sub(LATE.days()).min(month.first());
    (first, month.next().last())
}

fn has(theme: &Theme) -> bool {
    [PAGE, STYLE, SCRIPT]
        .iter()
        .all(|path| theme.files.contains_key(*path))
}

fn path(day: Date) -> String {
    format!("{FOLDER}/{day}/index.html")
}

fn days(carriage: &Carriage, first: Date, last: Date) -> Vec<Date> {
    let mut days: Vec<Date> = carriage
        .within(first, last)
        .map(|change| change.day)
        .collect();
    days.dedup();
    days
}

/// What a page is told.
#[derive(Serialize)]
struct Data<'a> {
    site: String,
    day: Date,
    words: &'a Value,
    reasons: [&'static str; 5],
    boards: Vec<BoardData<'a>>,
}

#[derive(Serialize)]
struct BoardData<'a> {
    id: &'a str,
    title: &'a str,
    place: &'a str,
    several: bool,
    places: Vec<Value>,
    slots: Vec<SlotData<'a>>,
    stays: Vec<Value>,
}

#[derive(Serialize)]
struct SlotData<'a> {
    slot: &'a str,
    name: String,
    down: Option<Value>,
    up: Option<Value>,
}

struct Maker<'a> {
    site: &'a Site,
    theme: &'a Theme,
    carriage: &'a Carriage<'a>,
    shows: &'a dyn Fn(&Page) -> bool,
}

impl Maker<'_> {
    fn page(&self, day: Date) -> String {
        let words = self.theme.phrases_of("round");
        let word = |key: &str| words.get(key).and_then(Value::as_str).unwrap_or_default();
        let day_words = month_day(day, self.site.settings.message_language());
        let title = word("title").replace("{day}", &day_words);
        let changes: Vec<&ChangeOver> = self.carriage.within(day, day).collect();
        let data = Data {
            site: site_key(self.site),
            day,
            words: &words,
            reasons: REASONS,
            boards: changes
                .iter()
                .map(|it| self.board(it, word("slot"), word("new_sheet")))
                .collect(),
        };
        let data = serde_json::to_string(&data).expect("only text, numbers and lists of them");
        let file = |path: &str| {
            let bytes = self.theme.files.get(path).map_or(&[][..], |file| file);
            String::from_utf8_lossy(bytes).into_owned()
        };
        let bar = self
            .theme
            .tokens
            .get("color")
            .and_then(|color| color.get("bar")?.as_str());
        let style = custom_properties(&self.theme.tokens) + &file(STYLE);
        fill(
            &file(PAGE),
            &[
                ("language", &self.site.settings.language),
                ("title", &escape(&title)),
                ("site", &escape(&self.site.settings.title)),
                ("bar", bar.unwrap_or("#000000")),
                ("no_script", &escape(word("no_script"))),
                ("style", &style),
                ("script", &file(SCRIPT)),
                ("data", &data.replace('<', "\\u003c")),
            ],
        )
    }

    fn board<'b>(&'b self, change: &'b ChangeOver, slot_word: &str, new: &str) -> BoardData<'b> {
        let board = change.board;
        let numbers = numbers(board);
        let deeds = Deeds {
            site: self.site,
            carriage: self.carriage,
        };
        let stays = &self.carriage.stays;
        let name = |slot: &str| {
            let number = numbers.get(slot).map_or(slot, String::as_str);
            slot_word.replace("{n}", number)
        };
        let sheet = |stay: &Stay, way: String| {
            let poster = &stay.hanging.poster;
            let page = self.site.page(poster);
            let title = match page {
                Some(page) if (self.shows)(page) => page.title.as_str(),
                Some(_) => new,
                None => poster,
            };
            let language = self.site.settings.message_language();
            let title = Portion::behind(stay.kind().portion, title, language);
            json!({ "title": title, "key": poster_key(poster), "way": way })
        };
        let of = |numbers: &[usize], slot: &str| {
            let mut all = numbers.iter().map(|&number| &stays[number]);
            all.find(|stay| stay.hanging.slot == slot)
        };
        let places = board.places.iter();
        let slots = board.slots.iter().filter_map(|slot| {
            let (down, up) = (of(&change.down, &slot.id), of(&change.up, &slot.id));
            (down.is_some() || up.is_some()).then(|| SlotData {
                slot: &slot.id,
                name: name(&slot.id),
                down: down.map(|it| sheet(it, deeds.joined(&deeds.onward(it), it.copies))),
                up: up.map(|it| sheet(it, deeds.joined(&deeds.sources(it), it.copies))),
            })
        });
        let unmoved = change.stays.iter().map(|&number| {
            let stay = &stays[number];
            let mut sheet = sheet(stay, String::new());
            sheet["slot"] = json!(stay.hanging.slot);
            sheet["name"] = json!(name(&stay.hanging.slot));
            sheet
        });
        BoardData {
            id: &board.id,
            title: &board.title,
            place: &board.place,
            several: board.places.len() > 1,
            places: places
                .map(|place| json!({ "id": place.id, "title": place.title }))
                .collect(),
            slots: slots.collect(),
            stays: unmoved.collect(),
        }
    }
}

/// Puts texts in the place of `{name}`; what they hold is left alone.
fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut parts = template.split('{');
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let known = part.split_once('}').and_then(|(name, rest)| {
            let value = values.iter().find(|(known, _)| *known == name)?;
            Some((value.1, rest))
        });
        match known {
            Some((value, rest)) => filled.push_str(&format!("{value}{rest}")),
            None => filled.push_str(&format!("{{{part}")),
        }
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn what_is_put_in_is_not_filled_again() {
        assert_eq!(
            fill("<p>{a} {b} {c}", &[("a", "{b}"), ("b", "x{")]),
            "<p>{b} x{ {c}"
        );
    }
}

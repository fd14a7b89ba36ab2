//! An independent judge of plans.
//!
//! It recomputes every hard rule from site, fits and plan alone and shares no code with the
//! planner, so that a mistake there cannot hide here. Tests use it on thousands of plans.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{Hanging, Origin, Plan};
use crate::calendar::Period;
use crate::measure::{Fit, Fits};
use crate::site::{Approval, Board, BoardKind, Page, PosterWish, Site, Slot};

/// Returns each breach of a hard rule in words. What is on record is never a breach itself; what
/// was planned must also agree with it.
pub fn breaches(site: &Site, fits: &Fits, plan: &Plan) -> Vec<String> {
    let mut found = Vec::new();
    for (index, hanging) in plan.hangings.iter().enumerate() {
        if hanging.origin == Origin::Planned {
            let mut say = |what: &str| found.push(format!("{}: {what}", show(hanging)));
            alone(site, fits, hanging, &mut say);
            let others = plan.hangings.iter().enumerate();
            for (_, other) in
                others.filter(|(at, other)| *at != index && other.board == hanging.board)
            {
                if !is_rest(site, plan, hanging, other) {
                    beside(site, (fits, plan), hanging, other, &mut say);
                }
            }
        }
    }
    found
}

/// Tells whether two hangings are one poster in one slot before and after what it gave way to: from
/// the first to the last, day by day, nothing hangs there but what outranks it or is on record, and
/// itself again in between.
fn is_rest(site: &Site, plan: &Plan, a: &Hanging, b: &Hanging) -> bool {
    let is_here = |it: &&Hanging| (&it.board, &it.slot) == (&a.board, &a.slot);
    if a.poster != b.poster || !is_here(&b) {
        return false;
    }
    let (early, late) = if a.from < b.from { (a, b) } else { (b, a) };
    let own = rank(site, &a.poster);
    let mut before = early;
    loop {
        let Ok(next) = before.to.tomorrow() else {
            return false;
        };
        let mut here = plan.hangings.iter().filter(is_here);
        let Some(after) = here.find(|it| it.from == next && it.from <= it.to) else {
            return false;
        };
        if after == late {
            return before.poster != late.poster;
        }
        let is_self = after.poster == a.poster;
        let gave_way = after.origin != Origin::Planned || rank(site, &after.poster) > own;
        if after.to >= late.from || !(gave_way || is_self && before.poster != a.poster) {
            return false;
        }
        before = after;
    }
}

/// Says who gives way to whom: guides to notices, these to what must hang, that to what is urgent, and
/// all to a posting period. What has no page gives way to nothing.
fn rank(site: &Site, poster: &str) -> u8 {
    let Some(page) = site.pages.iter().find(|page| page.id == poster) else {
        return 4;
    };
    if page.notice.as_ref().is_some_and(|it| it.posting.is_some()) {
        return 4;
    }
    let wish = page.poster.as_ref();
    let everywhere = wish.is_some_and(|wish| wish.everywhere);
    match (is_guide(page), is_urgent(page), everywhere) {
        (true, ..) => 0,
        (false, true, _) => 3,
        (false, false, true) => 2,
        (false, false, false) => 1,
    }
}

/// Tells whether a notice is urgent by its own word, or important and over within a week.
fn is_urgent(page: &Page) -> bool {
    let important = page.poster.as_ref().is_some_and(|wish| wish.priority >= 3);
    let days = page.date.zip(page.expires);
    let soon = days.is_some_and(|(from, to)| (to - from).get_days() < 7);
    (page.urgent).unwrap_or(important && soon && page.event.is_none())
}

/// Returns page and board of each demand that the plan does not meet.
pub fn unmet(site: &Site, fits: &Fits, plan: &Plan) -> Vec<(String, String)> {
    let mut unmet = Vec::new();
    for page in &site.pages {
        let Some(wish) = &page.poster else { continue };
        let posting = page.notice.as_ref().and_then(|notice| notice.posting);
        if page.approval != Approval::Approved || (posting.is_none() && !wish.everywhere) {
            continue;
        }
        let named = |board: &&Board| is_for(wish, board);
        let boards: Vec<&Board> = site.boards.iter().filter(named).collect();
        let fails: Vec<&&Board> = boards
            .iter()
            .filter(|board| !is_met(fits, plan, page, board))
            .collect();
        let one_is_enough = !wish.everywhere && wish.boards.is_empty();
        if one_is_enough && fails.len() < boards.len() {
            continue;
        }
        let takes = |board: &&&Board| {
            let slots = board.slots.iter().filter(|slot| slot.fixed.is_none());
            let mut slots = slots.map(|slot| {
                let fit = fits.get(&page.id, &board.id, &slot.id);
                matches!(fit, Some(Fit::Fits | Fit::Several(_)))
            });
            !wish.boards.is_empty() || slots.any(|fits| fits)
        };
        let fails = fails.into_iter().filter(takes);
        unmet.extend(fails.map(|board| (page.id.clone(), board.id.clone())));
    }
    unmet
}

/// Returns board, slot and period of each planned spot in which nothing hangs for a whole period.
pub fn empty_slots(site: &Site, plan: &Plan) -> Vec<(String, String, Period)> {
    let mut empty = Vec::new();
    for board in &site.boards {
        for period in plan.periods(site, &board.id) {
            for slot in board.slots.iter().filter(|slot| slot.fixed.is_none()) {
                if plan.in_period(&board.id, &slot.id, period).next().is_none() {
                    empty.push((board.id.clone(), slot.id.clone(), period));
                }
            }
        }
    }
    empty
}

fn show(hanging: &Hanging) -> String {
    let Hanging {
        board,
        slot,
        from,
        to,
        poster,
        ..
    } = hanging;
    format!("{poster} on {board}/{slot} {from}..{to}")
}

/// What can be said of one hanging by itself.
fn alone(site: &Site, fits: &Fits, hanging: &Hanging, say: &mut dyn FnMut(&str)) {
    if hanging.to < hanging.from {
        say("ends before it begins");
    }
    let board = site.boards.iter().find(|board| board.id == hanging.board);
    let Some(board) = board else {
        return say("no such board");
    };
    match board.slots.iter().find(|slot| slot.id == hanging.slot) {
        None => say("no such slot"),
        Some(slot) if slot.fixed.is_some() => say("a fixed slot"),
        Some(_) => {}
    }
    let page = site.pages.iter().find(|page| page.id == hanging.poster);
    let Some((page, wish)) = page.and_then(|page| Some((page, page.poster.as_ref()?))) else {
        return say("no such poster");
    };
    if page.approval != Approval::Approved {
        say("a draft");
    }
    if !fits.fits(&page.id, &board.id, &hanging.slot) && !is_of_several(fits, board, hanging) {
        say("does not fit");
    }
    if !is_for(wish, board) {
        say("a board that its page does not name");
    }
    dates(page, (hanging, site.today), say);
}

/// Tells whether the slot is one of those in which the poster hangs on several sheets.
fn is_of_several(fits: &Fits, board: &Board, hanging: &Hanging) -> bool {
    board.slots.iter().any(|first| {
        let Some(Fit::Several(n)) = fits.get(&hanging.poster, &board.id, &first.id) else {
            return false;
        };
        let run = board.run(first, *n).unwrap_or_default();
        run.iter().any(|slot| slot.id == hanging.slot)
    })
}

/// Tells whether nothing but several sheets shows a page on paper: it hangs for a month as a notice does.
fn runs_on(site: &Site, fits: &Fits, page: &Page) -> bool {
    let slots = site
        .boards
        .iter()
        .flat_map(|board| board.slots.iter().map(move |slot| (board, slot)));
    let fit = |(board, slot): (&Board, &Slot)| fits.get(&page.id, &board.id, &slot.id);
    let is_several = slots
        .clone()
        .any(|it| matches!(fit(it), Some(Fit::Several(_))));
    let mut on_paper = slots.filter(|(board, _)| board.kind != BoardKind::Screen);
    is_several && !on_paper.any(|it| matches!(fit(it), Some(Fit::Fits)))
}

/// Tells whether the sheets of one poster do not hang whole: all of them, side by side, to the same day.
fn parted(fits: &Fits, plan: &Plan, board: &Board, hanging: &Hanging) -> bool {
    let siblings = |slot: &&Slot| {
        plan.hangings.iter().any(|it| {
            // What was wanting of a set may come later.
            let days = it.to == hanging.to && it.from <= hanging.to;
            it.board == board.id && it.slot == slot.id && it.poster == hanging.poster && days
        })
    };
    let whole = |first: &Slot| match fits.get(&hanging.poster, &board.id, &first.id) {
        Some(Fit::Several(n)) => (board.run(first, *n)).is_some_and(|run| {
            run.iter().any(|slot| slot.id == hanging.slot) && run.iter().all(siblings)
        }),
        _ => false,
    };
    !board.slots.iter().any(whole)
}

/// Tells whether a poster is for a board, its area and those who pass by.
fn is_for(wish: &PosterWish, board: &Board) -> bool {
    let ids: Vec<&str> = wish.boards.iter().map(|id| id.value.as_str()).collect();
    if !ids.is_empty() && !ids.contains(&board.id.as_str()) {
        return false;
    }
    let areas: Vec<Option<&str>> = wish
        .areas
        .iter()
        .map(|it| Some(it.value.as_str()))
        .collect();
    if !areas.is_empty() && !areas.contains(&board.area.as_deref()) {
        return false;
    }
    let met = |them: &String| wish.audience.iter().any(|it| it.value == *them);
    wish.audience.is_empty() || board.audience.is_empty() || board.audience.iter().any(met)
}

fn dates(page: &Page, (hanging, today): (&Hanging, Date), say: &mut dyn FnMut(&str)) {
    if let Some(posting) = page.notice.as_ref().and_then(|notice| notice.posting) {
        // Who hears of it late hangs it late.
        let late = posting.first.max(today);
        let begins = [posting.first, late].contains(&hanging.from);
        if !begins || hanging.to != posting.last {
            say("not for its posting period");
        }
        return;
    }
    if page.date.is_some_and(|date| hanging.from < date) {
        say("before its date");
    }
    if (page.expires.or(page.assumed_end())).is_some_and(|last| last < hanging.to) {
        say("after its last day");
    }
}

/// What can be said of a planned hanging beside any other on the same board.
fn beside(
    site: &Site,
    (fits, plan): (&Fits, &Plan),
    hanging: &Hanging,
    other: &Hanging,
    say: &mut dyn FnMut(&str),
) {
    let meets = hanging.from <= other.to && other.from <= hanging.to;
    if meets && hanging.slot == other.slot {
        say(&format!("overlaps {}", show(other)));
    }
    let Some(board) = site.boards.iter().find(|board| board.id == hanging.board) else {
        return;
    };
    if hanging.poster == other.poster {
        if meets && hanging.slot != other.slot && is_of_several(fits, board, hanging) {
            if parted(fits, plan, board, hanging) {
                say("not whole, or not side by side");
            }
        } else if meets {
            say("twice on the board");
        } else if !periods(board, hanging).is_disjoint(&periods(board, other)) {
            say("twice in a period");
        } else if periods_between(board, hanging, other) < board.repeat_after {
            say(&format!("returns too soon beside {}", show(other)));
        }
        return;
    }
    let page = |id: &str| site.pages.iter().find(|page| page.id == id);
    let (Some(page), Some(other_page)) = (page(&hanging.poster), page(&other.poster)) else {
        return;
    };
    let same_topic = page.topic().is_some() && page.topic() == other_page.topic();
    let rotates = |page| is_guide(page) && !runs_on(site, fits, page);
    if meets && same_topic && rotates(page) && rotates(other_page) {
        say(&format!("shares topic and days with {}", show(other)));
    }
}

/// Tells whether nothing limits a page to two months or less.
fn is_guide(page: &Page) -> bool {
    let posting = page.notice.as_ref().is_some_and(|it| it.posting.is_some());
    let event = page.event.as_ref();
    let last = (page.expires)
        .or(page.campaign.as_ref().map(|it| it.to))
        .or(event.map(|it| it.until.unwrap_or(it.date)))
        .or(page.assumed_end());
    let short = page
        .date
        .zip(last)
        .is_some_and(|(from, to)| (to - from).get_days() < 62);
    !posting && !short && !page.is_public_notice()
}

fn periods(board: &Board, hanging: &Hanging) -> BTreeSet<Period> {
    let mut period = Period::containing(board.cadence, hanging.from);
    let mut periods = BTreeSet::new();
    while period.first() <= hanging.to {
        periods.insert(period);
        period = period.next();
    }
    periods
}

/// Counts the whole periods of the board between two hangings that share no day; two periods that
/// follow each other have none between them.
fn periods_between(board: &Board, a: &Hanging, b: &Hanging) -> usize {
    let (early, late) = if a.to < b.from { (a, b) } else { (b, a) };
    let mut period = Period::containing(board.cadence, early.to).next();
    let until: Date = late.from;
    let mut count = 0;
    while period.last() < until {
        count += 1;
        period = period.next();
    }
    count
}

fn is_met(fits: &Fits, plan: &Plan, page: &Page, board: &Board) -> bool {
    let hangings: Vec<&Hanging> = plan
        .hangings
        .iter()
        .filter(|hanging| hanging.poster == page.id && hanging.board == board.id)
        .collect();
    let Some((first, last)) = plan.planned else {
        return true;
    };
    let meets = |from: Date, to: Date| {
        let mut hangings = hangings.iter();
        hangings.any(|hanging| hanging.from <= to && from <= hanging.to)
    };
    if let Some(posting) = page.notice.as_ref().and_then(|notice| notice.posting) {
        let outside = posting.last < first || last < posting.first;
        return outside || meets(posting.first, posting.last);
    }
    let (from, to) = (
        page.date.unwrap_or(Date::MIN),
        page.expires.unwrap_or(Date::MAX),
    );
    if to < first || last < from || meets(first, last) {
        return true;
    }
    // Nothing is owed where no whole period is left for something that rotates.
    let short = page.date.is_some() && page.expires.is_some() && (to - from).get_days() < 62;
    let fits_a_period = Period::overlapping(board.cadence, first, last)
        .into_iter()
        .any(|period| from <= period.first() && period.last() <= to);
    let takes = board
        .slots
        .iter()
        .any(|slot| fits.fits(&page.id, &board.id, &slot.id));
    !takes || (!short && !fits_a_period)
}

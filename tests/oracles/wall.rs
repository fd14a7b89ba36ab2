//! The wall rule over a whole year: of the sample's plan, and of those of the instances S and M, whose
//! posters and boards are made of the sample's.
//!
//! What is broken is counted on every board on every day on which something comes up or down, and by an exact
//! assignment of each board by itself how little could have been. The plan's points are those that it has
//! without the rule. `cargo test --release --test oracles wall:: -- --nocapture` shows the figures.

use std::collections::{BTreeMap, BTreeSet};

use greenboard::cache::Cache;
use greenboard::pipeline::plan_inputs;
use greenboard::poster::wall::{COLOURWAYS, Fault, Hung, Manner, decided, told};
use greenboard::read::{DiskInputs, read};
use greenboard::rotation::anneal::{Effort, greedy, score, solve};
use greenboard::rotation::{Hanging, Origin, Plan, plan};
use greenboard::site::{Area, Board, Page, Site, Size, Slot, site};
use greenboard::theme::Theme;
use greenboard::typeset::{Ground, Shade};
use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::rotation::format::Bench;
use super::{TODAY, root};

fn inputs() -> DiskInputs {
    DiskInputs::new(root(), Some(TODAY.parse().expect("a day")))
}

fn theme(site: &Site) -> Theme {
    Theme::load(&site.settings, &BTreeMap::new(), &mut Default::default())
}

/// The sample, with its theme and the plan of its year.
fn sample() -> (Site, Theme, Plan) {
    let ground = plan_inputs(&inputs(), &Cache::default(), &|_| {}).value;
    let ground = ground.expect("the sample can be planned");
    let plan = plan(&ground.site, &ground.fits, &ground.records).value;
    let theme = theme(&ground.site);
    (ground.site, theme, plan)
}

/// The sample with the posters and boards of an instance, and the plan that the solver makes of it.
fn made(name: &str) -> (Site, Theme, Plan) {
    let file = root().join("tests/rotation").join(name);
    let text = std::fs::read(&file).expect("the instance is there");
    let bench: Bench = serde_json::from_slice(&text).expect("it is an instance");
    let instance = bench.instance();
    let solution = solve(&instance, &greedy(&instance), Effort::Quick);
    assert_eq!(score(&instance, &solution.assignment).violations, []);
    let tree = read(&inputs()).value.expect("the sample has settings");
    let mut site = site(&tree).value;
    let theme = theme(&site);
    let material: Vec<Page> = (site.pages.iter())
        .filter(|page| page.poster.as_ref().is_some_and(|it| it.layout.is_some()))
        .cloned()
        .collect();
    let items = 0..bench.items.len();
    let item = |at: usize| {
        let mut page = material[at % material.len()].clone();
        page.id = poster(at);
        page
    };
    site.pages = items.map(item).collect();
    let gate = site.board("east-gate").expect("it is there").clone();
    let boards = bench.boards.iter().enumerate();
    site.boards = boards
        .map(|(at, board)| board_of(&gate, at, board.cls, board.slots))
        .collect();
    let mut hangings = Vec::new();
    for (period, boards) in bench.plan(&solution.assignment).iter().enumerate() {
        let from = date(2027, 1, 1) + i64::try_from(period).expect("few").months();
        for (at, items) in boards.iter().enumerate() {
            let board = &site.boards[at];
            let sheets = items.iter().zip(&board.slots);
            hangings.extend(sheets.map(|(item, slot)| hanging(board, slot, from, *item as usize)));
        }
    }
    let plan = Plan {
        hangings,
        ..Plan::default()
    };
    (site, theme, plan)
}

fn poster(at: usize) -> String {
    format!("item-{at:04}")
}

fn hanging(board: &Board, slot: &Slot, from: Date, item: usize) -> Hanging {
    Hanging {
        board: board.id.clone(),
        slot: slot.id.clone(),
        from,
        to: from.last_of_month(),
        poster: poster(item),
        origin: Origin::Planned,
    }
}

/// A board with slots of one size in two rows.
fn board_of(like: &Board, at: usize, class: usize, slots: usize) -> Board {
    let size = [
        Size::new(210.0, 297.0),
        Size::new(297.0, 420.0),
        Size::new(420.0, 594.0),
    ][class];
    let across = slots.div_ceil(2);
    let slot = |n: usize| Slot {
        id: (n + 1).to_string(),
        at: (
            50.0 + (n % across) as f64 * (size.width + 40.0),
            50.0 + (n / across) as f64 * (size.height + 40.0),
        ),
        area: Area::Sheet {
            size,
            visible: size,
        },
        fixed: None,
        ..like.slots[1].clone()
    };
    Board {
        id: format!("board-{at:02}"),
        title: format!("{at}号栏"),
        slots: (0..slots).map(slot).collect(),
        ..like.clone()
    }
}

/// What of the rule is broken on a wall, or could be at least: neighbours of one skeleton, and all else.
type Broken = (usize, usize);

/// Counts what is broken, in the words of the rule and not by the program's own count.
fn broken(wall: &Hung, grounds: &[Ground]) -> Broken {
    let skeletons = (wall.sheets.iter()).map(|it| it.design.map(|it| it.skeleton));
    let of_grounds = wall.sheets.iter().map(|it| it.design.map(|it| it.ground));
    (
        alike(wall, &skeletons.collect::<Vec<_>>(), true),
        coloured(wall, &of_grounds.collect::<Vec<_>>(), grounds),
    )
}

/// How many neighbours are alike, as far as the rule asks it of them.
fn alike(wall: &Hung, chosen: &[Option<u8>], built: bool) -> usize {
    let asks = |at: usize| matches!(wall.sheets[at].manner, Manner::Free | Manner::Calm);
    let same = |(a, b): &&(usize, usize)| {
        let (one, other) = (&wall.sheets[*a], &wall.sheets[*b]);
        // Layouts that have but one skeleton have it each in its own way.
        let own = (one.manner == Manner::Calm || other.manner == Manner::Calm)
            && one.layout != other.layout;
        chosen[*a].is_some()
            && chosen[*a] == chosen[*b]
            && asks(*a)
            && asks(*b)
            && one.page != other.page
            && !(built && own)
    };
    wall.near.iter().filter(same).count()
}

/// What the colours of a wall break: alike neighbours, whites over half, no dark or bright one where two might be,
/// colourways over three.
fn coloured(wall: &Hung, chosen: &[Option<u8>], grounds: &[Ground]) -> usize {
    let n = wall.sheets.len();
    if n < 2 {
        return 0;
    }
    let ground = |at: usize| chosen[at].map(|it| &grounds[usize::from(it)]);
    let is_white = |at: &usize| match wall.sheets[*at].manner {
        Manner::Plain => true,
        Manner::Finished => false,
        _ => ground(*at).is_none_or(|it| it.shade == Shade::White),
    };
    let whites = (0..n).filter(is_white).count();
    let asked = (0..n).filter(|at| matches!(wall.sheets[*at].manner, Manner::Free | Manner::Calm));
    let asked: Vec<&Ground> = asked.filter_map(ground).collect();
    // Of a file from outside nobody here knows whether it is dark or bright.
    let is_known = (wall.sheets.iter()).all(|it| it.manner != Manner::Finished);
    let lacks = |shade: Shade| usize::from(is_known && asked.iter().all(|it| it.shade != shade));
    let dark = if wall.glass { 0 } else { lacks(Shade::Dark) };
    let shades = match asked.len() {
        // All are plain by rule: nothing is asked of them.
        0 => return 0,
        1 if wall.glass => lacks(Shade::Bright),
        1 => dark.min(lacks(Shade::Bright)),
        _ => dark + lacks(Shade::Bright),
    };
    let ways: BTreeSet<&str> = (asked.iter())
        .filter(|it| !it.for_days.is_empty())
        .map(|it| it.name.as_str())
        .collect();
    alike(wall, chosen, false)
        + whites.saturating_sub(n / 2)
        + shades
        + ways.len().saturating_sub(COLOURWAYS)
}

/// The least that can be broken on a wall whose settled sheets stay as they are, found by trying all that
/// breaks nothing, then one rule, and so on.
fn least(wall: &Hung, grounds: &[Ground]) -> Broken {
    let choices = |of: &dyn Fn(usize) -> (Option<u8>, Vec<u8>)| -> Vec<Vec<Option<u8>>> {
        let each = (0..wall.sheets.len()).map(|at| match of(at) {
            (now, _) if wall.sheets[at].is_settled => vec![now],
            (_, all) if all.is_empty() => vec![None],
            (_, all) => all.into_iter().map(Some).collect(),
        });
        each.collect()
    };
    let sheet = |at: usize| &wall.sheets[at];
    let built = choices(&|at| {
        (
            sheet(at).design.map(|it| it.skeleton),
            sheet(at).skeletons.clone(),
        )
    });
    let shown = choices(&|at| {
        (
            sheet(at).design.map(|it| it.ground),
            sheet(at).grounds.clone(),
        )
    });
    // What is not chosen yet breaks nothing by itself, but for shades that are still to come.
    let so_far = |chosen: &[Option<u8>]| alike(wall, chosen, false);
    (
        fewest(&built, &|chosen| alike(wall, chosen, true), &|chosen| {
            alike(wall, chosen, true)
        }),
        fewest(&shown, &so_far, &|chosen| coloured(wall, chosen, grounds)),
    )
}

/// The fewest breaks of any choice: `so_far` of a part, `whole` of all.
fn fewest(
    choices: &[Vec<Option<u8>>],
    so_far: &dyn Fn(&[Option<u8>]) -> usize,
    whole: &dyn Fn(&[Option<u8>]) -> usize,
) -> usize {
    let mut most = 0;
    loop {
        let mut chosen = vec![None; choices.len()];
        let mut looks = 0;
        if can(choices, so_far, whole, &mut chosen, 0, most, &mut looks) {
            return most;
        }
        most += 1;
    }
}

/// Whether the rest can be chosen with at most so many breaks.
fn can(
    choices: &[Vec<Option<u8>>],
    so_far: &dyn Fn(&[Option<u8>]) -> usize,
    whole: &dyn Fn(&[Option<u8>]) -> usize,
    chosen: &mut [Option<u8>],
    at: usize,
    most: usize,
    looks: &mut usize,
) -> bool {
    *looks += 1;
    assert!(
        *looks < 20_000_000,
        "a wall of {} sheets is too large to be judged",
        choices.len()
    );
    if at == choices.len() {
        return whole(chosen) <= most;
    }
    for choice in &choices[at] {
        chosen[at] = *choice;
        if so_far(chosen) <= most && can(choices, so_far, whole, chosen, at + 1, most, looks) {
            return true;
        }
    }
    chosen[at] = None;
    false
}

/// Counts over all walls; what might have been kept and was not is an error, as is what is not told.
#[track_caller]
fn judged(name: &str, (site, theme, plan): (Site, Theme, Plan)) {
    let before = plan.clone();
    let clock = std::time::Instant::now();
    let decided = decided(&site, &plan, &theme);
    let took = clock.elapsed();
    assert_eq!(
        plan, before,
        "the rule moves nothing: the plan's points are the same"
    );
    let grounds = Ground::all(&theme.tokens);
    let (mut counts, mut all, mut fewest) = (BTreeMap::new(), 0, 0);
    let mut avoidable = Vec::new();
    let mut silent = BTreeSet::new();
    for wall in &decided.walls {
        let faults = wall.faults(&theme);
        let (is, might) = (broken(wall, &grounds), least(wall, &grounds));
        assert_eq!(faults.is_empty(), is == (0, 0), "{wall:?}: {faults:?}");
        all += is.0 + is.1;
        fewest += might.0 + might.1;
        for fault in &faults {
            *counts.entry(kind(*fault)).or_insert(0) += 1;
        }
        if is.0 > might.0 || is.1 > might.1 {
            avoidable.push(format!(
                "{} {}: {is:?}, might be {might:?}: {faults:?}",
                wall.board, wall.from
            ));
        }
        if !faults.is_empty() && wall.to >= site.today {
            silent.insert(wall.board.as_str());
        }
    }
    let said = told(&site, &theme, &decided.walls).sorted();
    println!(
        "{name}: {} walls, {} sheets on them; {all} breaks {counts:?}, {fewest} that no choice avoids; \
         {} boards told; decided in {took:.2?}",
        decided.walls.len(),
        decided
            .walls
            .iter()
            .map(|it| it.sheets.len())
            .sum::<usize>(),
        said.len(),
    );
    assert_eq!(said.len(), silent.len(), "{said:?}");
    // A sheet looks the same on all its boards: what one wall could do by itself, two cannot always.
    let together = decided.walls.len() / 100;
    assert!(
        avoidable.len() <= together,
        "{name}: {} of them\n{}",
        avoidable.len(),
        avoidable.join("\n")
    );
}

fn kind(fault: Fault) -> &'static str {
    match fault {
        Fault::Skeleton(..) => "same skeleton",
        Fault::Ground(..) => "same ground",
        Fault::White(_) => "over half white",
        Fault::NoDark => "none dark",
        Fault::NoBright => "none bright",
        Fault::Colourways(_) => "colourways",
    }
}

#[test]
fn the_wall_rule_is_kept_or_told_over_the_sample_s_year() {
    judged("sample", sample());
}

#[test]
fn the_wall_rule_is_kept_or_told_over_a_year_of_s() {
    judged("S", made("S.json"));
}

#[test]
fn the_wall_rule_is_kept_or_told_over_a_year_of_m() {
    judged("M", made("M.json"));
}

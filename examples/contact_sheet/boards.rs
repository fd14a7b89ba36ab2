//! The boards of a site as they hang, drawn small beside each other.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use greenboard::cache::Cache;
use greenboard::pipeline::plan_inputs;
use greenboard::poster::wall::designs;
use greenboard::read::DiskInputs;
use greenboard::rotation::{Plan, plan};
use greenboard::site::{Area, Board, Site};
use greenboard::typeset::{Designs, Engine, Files, Manuscript};
use jiff::civil::Date;

use super::alike::{Look, variety};
use super::{TODAY, Wish, engine};

/// The designs that the plan of the site gives its pages on sheets of any size.
pub fn designs_of(wish: &Wish, engine: &Engine) -> Designs {
    let Some(folder) = wish.site.as_ref().filter(|_| wish.design.is_none()) else {
        return Designs::new();
    };
    let inputs = DiskInputs::new(folder, Some(TODAY));
    let Some(ground) = plan_inputs(&inputs, &Cache::default(), &|_| {}).value else {
        return Designs::new();
    };
    let plan = plan(&ground.site, &ground.fits, &ground.records).value;
    designs(&ground.site, &plan, engine.theme())
}

/// Draws every board of paper on the first day of `months`, parted by commas.
pub fn draw(months: &str, wish: &Wish) {
    let folder = wish.site.clone().unwrap_or_else(|| ".".into());
    let inputs = DiskInputs::new(&folder, Some(TODAY));
    let cache = Cache::default();
    let ground = plan_inputs(&inputs, &cache, &|_| {}).value.expect("a site");
    let site = ground.site;
    let engine = engine(&site);
    let plan = plan(&site, &ground.fits, &ground.records).value;
    let engine = {
        let made = designs(&site, &plan, engine.theme());
        engine.with_designs(made)
    };
    std::fs::create_dir_all(&wish.out).expect("the folder can be made");
    for month in months.split(',') {
        let day: Date = format!("{month}-01").parse().expect("a month");
        month_of(&site, &engine, &plan, day, &wish.out, &cache, wish.width);
    }
}

fn month_of(
    site: &Site,
    engine: &Engine,
    plan: &Plan,
    day: Date,
    out: &Path,
    cache: &Cache,
    width: u32,
) {
    let mut files = Files::new();
    let mut drawn = Vec::new();
    for board in &site.boards {
        if board
            .slots
            .iter()
            .any(|it| matches!(it.area, Area::Screen { .. }))
        {
            continue;
        }
        let (data, looks) = board_of(site, engine, plan, (board, day), &mut files, cache);
        if looks.len() > 1 {
            let variety = variety(&looks);
            println!(
                "{day} {}: {} sheets, {} with a near twin, as good as {:.1}",
                board.id, variety.sheets, variety.twins, variety.effective
            );
        }
        drawn.push(data);
    }
    let data = serde_json::to_vec(&serde_json::json!({ "boards": drawn })).expect("plain data");
    let compiled = engine.compile("/theme/boards-drawn.typ", data, &files);
    let compiled = compiled.unwrap_or_else(|failure| panic!("{failure:?}"));
    let size = compiled.page_size();
    let area = Area::Sheet {
        size,
        visible: size,
    };
    let png = compiled
        .png(&area, width)
        .unwrap_or_else(|failure| panic!("{failure:?}"));
    let path = out.join(format!("boards-{:04}-{:02}.png", day.year(), day.month()));
    std::fs::write(&path, &png.bytes).expect("the file can be written");
    println!("{}", path.display());
}

fn board_of(
    site: &Site,
    engine: &Engine,
    plan: &Plan,
    (board, day): (&Board, Date),
    files: &mut BTreeMap<String, Arc<[u8]>>,
    cache: &Cache,
) -> (serde_json::Value, Vec<Look>) {
    let mut sheets = Vec::new();
    let mut looks = Vec::new();
    for hanging in plan.on(board, day) {
        let found = board.slot(&hanging.slot).zip(site.page(&hanging.poster));
        let Some((slot, page)) = found else { continue };
        let Some(wish) = &page.poster else { continue };
        let Ok(manuscript) = Manuscript::new(site, engine, page, wish) else {
            continue;
        };
        let spot = engine.spot(&page.id, board, slot);
        let Ok(Some(sheet)) = manuscript.set(&spot, manuscript.set_key(&spot), cache) else {
            continue;
        };
        let path = format!("/{}-{}.png", board.id, slot.id);
        files.insert(path.clone(), sheet.preview.clone());
        looks.push(Look::of(&sheet.preview));
        let size = slot.area.visible();
        sheets.push(serde_json::json!({
            "path": path, "x": slot.at.0, "y": slot.at.1, "width": size.width, "height": size.height,
        }));
    }
    let data = serde_json::json!({
        "title": board.title, "width": board.size.width, "height": board.size.height, "sheets": sheets,
    });
    (data, looks)
}

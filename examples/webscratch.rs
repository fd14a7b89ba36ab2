use greenboard::{calendar::Period, diag::*, poster::*, read, render::web, rotation::*, site, theme::Theme, typeset::*};
use std::{collections::*, sync::Arc};
fn main() {
    let out = std::env::args().nth(1).unwrap();
    let today: jiff::civil::Date = std::env::args().nth(2).unwrap().parse().unwrap();
    let with_posters = std::env::args().nth(3).is_none();
    let inputs = read::DiskInputs::new(std::path::Path::new("."), Some(today));
    let tree = read::read(&inputs);
    let tree = tree.value.unwrap();
    let made = site::site(&tree);
    for d in made.diagnostics.sorted() { eprintln!("{:?} {:?}", d.code, d.render(Language::Chinese).message); }
    let site = made.value;
    let mut diags = Diagnostics::default();
    let theme = Arc::new(Theme::load(&site.settings, &tree.theme_files, &mut diags));
    for d in diags.sorted() { eprintln!("{:?} {:?}", d.code, d.render(Language::Chinese).message); }
    // a naive plan
    let mut plan = Plan::default();
    let posters: Vec<_> = site.pages.iter().filter(|p| p.poster.is_some()).collect();
    for (bi, board) in site.boards.iter().enumerate() {
        let mut period = Period::containing(board.cadence, jiff::civil::date(today.year(), 1, 1));
        let mut turn = bi * 5;
        while period.first().year() <= today.year() && period.first() < jiff::civil::date(today.year()+1,2,1) || period.first().year() < today.year() {
            let mut used = BTreeSet::new();
            for slot in board.free_slots() {
                let notice = posters.iter().find(|p| p.notice.is_some() && !used.contains(&p.id) && p.date.is_some_and(|d| d <= period.last()) && p.expires.is_some_and(|e| e >= period.first()) && p.date.is_some_and(|d| d >= period.first()) && p.poster.as_ref().unwrap().file.is_none());
                let guides: Vec<_> = posters.iter().filter(|p| p.notice.is_none() && p.campaign.is_none()).collect();
                let page = notice.copied().unwrap_or_else(|| { turn += 1; guides[(turn * 7) % guides.len()] });
                if !used.insert(&page.id) { continue; }
                plan.hangings.push(Hanging { board: board.id.clone(), slot: slot.id.clone(), from: period.first(), to: period.last(), poster: page.id.clone(), origin: Origin::Planned });
            }
            period = period.next();
        }
    }
    let mut set = Posters::default();
    if with_posters {
        let engine = Engine::new(theme.clone());
        let memo = Memo::default();
        for board in &site.boards {
            let p = Period::containing(board.cadence, today);
            let days: BTreeSet<_> = [today, p.next().first()].into();
            for day in days { for h in plan.on(board, day) {
                let page = site.page(&h.poster).unwrap();
                let Ok(m) = Manuscript::new(&site, &engine, page, page.poster.as_ref().unwrap()) else { continue };
                let slot = board.slot(&h.slot).unwrap();
                match m.set(&Spot::of(board, slot), &memo) {
                    Ok(Some(s)) => { set.0.insert(Variant { page: page.id.clone(), board: board.id.clone(), slot: slot.id.clone() }, Arc::new(Poster { pdf: s.pdf.clone(), preview: s.preview.clone(), screen: s.screen.clone(), size: s.size, preview_px: s.preview_px, hash: s.name.short(), body_height: None })); }
                    Ok(None) => {}
                    Err(e) => eprintln!("{} {:?}", page.id, e.diagnostic("x", None).args),
                }
            } }
        }
    }
    let options = web::WebOptions::default();
    let t = std::time::Instant::now();
    let done = web::web(&site, &theme, &plan, &set, &options);
    eprintln!("{} files in {:?}", done.value.len(), t.elapsed());
    for d in done.diagnostics.sorted() { let r = d.render(Language::Chinese); eprintln!("{:?} {} {:?}", d.code, r.message, d.at.map(|a| (a.path().to_string(), a.line_column()))); }
    for a in done.value { let p = std::path::Path::new(&out).join(&a.path); std::fs::create_dir_all(p.parent().unwrap()).unwrap(); std::fs::write(p, &a.bytes[..]).unwrap(); }
}

//! Sets every poster of a site once, as PDF and nothing else: what `benches/compare.py` compares
//! with other typesetters.
//!
//! ```text
//! cargo run --release --example posters -- SITE OUT
//! ```
//!
//! Each page's poster is fitted to the first slot of a board that takes it. No plan is made, no
//! preview drawn, no sheet for keepers set.

#![expect(
    clippy::disallowed_methods,
    reason = "a tool for whoever measures, no part of a build"
)]

use std::path::PathBuf;
use std::sync::Arc;

use greenboard::cache::Cache;
use greenboard::diag::Diagnostics;
use greenboard::read::{DiskInputs, read};
use greenboard::site::{Page, Site, site};
use greenboard::theme::Theme;
use greenboard::typeset::{Engine, Files, Manuscript, Spot};
use jiff::civil::Date;

/// What the program itself allocates with.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const TODAY: Date = Date::constant(2026, 11, 5);

fn main() {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(folder), Some(out)) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: posters SITE OUT");
        std::process::exit(2);
    };
    let inputs = DiskInputs::new(&folder, Some(TODAY));
    let tree = read(&inputs).value.expect("a site");
    let site = site(&tree).value;
    let mut diagnostics = Diagnostics::default();
    let theme = Theme::load(&site.settings, &tree.theme_files, &mut diagnostics);
    let engine = Engine::new(Arc::new(theme));
    std::fs::create_dir_all(&out).expect("the folder can be made");
    let pages: Vec<&Page> = site.pages.iter().filter(|it| it.poster.is_some()).collect();
    engine.each(&pages, |page| {
        let pdf = pdf(&site, &engine, page);
        let name = format!("{}.pdf", page.id.replace('/', "-"));
        std::fs::write(out.join(name), pdf).expect("the file can be written");
    });
}

/// Sets the poster of `page` as PDF.
fn pdf(site: &Site, engine: &Engine, page: &Page) -> Arc<[u8]> {
    let wish = page.poster.as_ref().expect("pages with posters only");
    let board = site.boards.iter().find(|board| wish.welcomes(board));
    let board = board.expect("a board takes it");
    let manuscript = Manuscript::new(site, engine, page, wish).expect("it can be set");
    let layout = wish.layout.as_ref().expect("it has a layout");
    let main = format!("posters/{}.typ", layout.value);
    let spot = Spot::of(board, &board.slots[0]);
    let paper = manuscript.paper(&main, &spot, &Files::default(), &Cache::default());
    let paper = paper.expect("it can be set");
    let fits = paper.fit.as_ref().is_some_and(|fit| fit.fits);
    assert!(fits, "{} does not fit", page.id);
    paper.pdf.into()
}

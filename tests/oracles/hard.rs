//! Sixty random pages that are hard to set, on A3 and A2: set well, as another reader of PDFs sees it,
//! or refused; and none is refused that an A2 would hold at arm's length.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use greenboard::cache::Cache;
use greenboard::diag::Diagnostics;
use greenboard::read::{DiskInputs, read};
use greenboard::site::{Area, Light, Site, Size, site};
use greenboard::theme::Theme;
use greenboard::typeset::{Engine, Look, Manuscript, Spot};
use jiff::civil::Date;
use tempfile::TempDir;

use super::{asks, oracles};

/// Width and height in mm, and from how far it is read in m.
const SHAPES: [(&str, f64, f64, f64); 2] = [("a3", 297.0, 420.0, 1.0), ("a2", 420.0, 594.0, 1.5)];
const COUNT: &str = "60";
const SEED: &str = "20261129";

#[test]
fn random_hard_pages_are_set_well() {
    let folder = TempDir::new().expect("a temporary folder can be made");
    let python = oracles().join(".venv/bin/python");
    let writer = [&folder.path().to_string_lossy(), COUNT, SEED];
    asks(Command::new(&python).arg("hard_pages.py").args(writer));
    let site = built(folder.path());
    let (files, refused) = set(&site, folder.path());
    let mut check = Command::new(&python);
    check
        .arg(oracles().join("sheets_check.py"))
        .arg("--site")
        .arg(folder.path());
    let told = check.args(&files).output().expect("the checker runs");
    let said = String::from_utf8_lossy(&told.stderr);
    let told = String::from_utf8_lossy(&told.stdout);
    let faulty: Vec<&str> = told.lines().filter(|it| it.contains(".pdf {")).collect();
    assert!(told.contains("'sheets'"), "it has not looked: {told}{said}");
    assert!(faulty.is_empty(), "{}", faulty.join("\n"));
    let all = files.len() + refused.len();
    assert!(
        refused.len() * 100 <= 3 * all,
        "of {all} sheets {refused:?} are refused"
    );
}

fn built(folder: &Path) -> Site {
    let inputs = DiskInputs::new(folder, Some(Date::constant(2026, 11, 24)));
    let tree = read(&inputs).value.expect("the site has settings");
    site(&tree).value
}

/// Sets all pages in all shapes as PDF files, and names those that find no room.
fn set(site: &Site, folder: &Path) -> (Vec<String>, Vec<String>) {
    let theme = Theme::load(
        &site.settings,
        &Default::default(),
        &mut Diagnostics::default(),
    );
    let engine = Engine::new(Arc::new(theme));
    let cache = Cache::default();
    let (mut files, mut refused) = (Vec::new(), Vec::new());
    for page in &site.pages {
        let Some(wish) = &page.poster else { continue };
        let manuscript = Manuscript::new(site, &engine, page, wish).expect("it has a layout");
        for (name, width, height, distance) in SHAPES {
            let size = Size::new(width, height);
            let spot = Spot {
                area: Area::Sheet {
                    size,
                    visible: size,
                },
                distance,
                light: Light::Good,
                glass: false,
                look: Look::default(),
                design: None,
                portion: None,
            };
            let sheet = manuscript.set(&spot, manuscript.set_key(&spot), &cache);
            let sheet = sheet.expect("the layout works").expect("a layout sets");
            if sheet.fit.as_ref().is_some_and(|fit| !fit.fits) {
                refused.push(format!("{} {name}", page.id));
                continue;
            }
            let file = folder.join(format!("{}-{name}.pdf", page.id.replace('/', "-")));
            std::fs::write(&file, &sheet.pdf).expect("it can be written");
            files.push(file.to_string_lossy().into_owned());
        }
    }
    (files, refused)
}

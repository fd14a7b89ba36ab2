//! Sets every layout in every shape with real and with hard texts, and lays all of them out on
//! one picture, for whoever draws or judges layouts.
//!
//! ```text
//! cargo run --release --example contact_sheet -- [--layout NAME]… [--shape NAME]… [--case NAME]…
//!     [--office] [--bleed MM] [--distance M] [--pdf] [--list] [--site FOLDER] [--out FOLDER]
//!     [--width PX] [--neighbours N]
//! cargo run --release --example contact_sheet -- --boards MONTH [--site FOLDER] [--out FOLDER]
//! cargo run --release --example contact_sheet -- --docs
//! ```
//!
//! It tells how alike the sheets of each shape are. `--design SKELETON/GROUND` sets all of them so.
//! The second form draws the site's boards as they hang on the first of the month.
//! The third makes `docs/images/contact.jpg`: every layout in every shape, with a text of
//! the sample and with all hard ones, small.
//!
//! Without `--site` the texts are the hard ones of `cases.rs`; with it those of that site.
//!
//! The theme's files are read from `themes/fresh` of the working folder and lie over those in
//! the binary, so a change to a layout shows without compiling. Every sheet becomes a PNG in the
//! folder (`target/contact` unless told), all together `contact.png`; a line a sheet tells how
//! the text fitted, and a line a shape how many were refused.
//!
//! `--neighbours N`: so many slots of each shape hang side by side, so that long words may run on over as many
//! sheets, as on a board of a site. Each of them becomes a PNG, and what is refused has room on no number of them.

#![expect(
    clippy::disallowed_methods,
    reason = "a tool for whoever draws layouts, no part of a build"
)]

mod alike;
mod boards;
mod cases;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use greenboard::cache::Cache;
use greenboard::diag::{Diagnostics, SitePath};
use greenboard::read::{DiskInputs, Inputs, MemoryInputs, read};
use greenboard::site::{Area, Light, Page, Site, Size, site};
use greenboard::theme::Theme;
use greenboard::typeset::{
    Design, Designs, Edition, Engine, FitReport, Ground, Look, Manuscript, Portion, Setting, Spot,
    sheet_size,
};
use image::codecs::jpeg::JpegEncoder;
use jiff::civil::Date;

/// The contact sheet of the guide.
const DOCS: &str = "docs/images/contact.jpg";
const CONTACT: &str = include_str!("contact.typ");
const BOARDS: &str = include_str!("boards.typ");
const TODAY: Date = Date::constant(2026, 11, 24);
/// A shape: its name, width and height in mm, what a frame hides on each side, and from how far
/// it is read in metres.
const SHAPES: [(&str, f64, f64, f64, f64); 12] = [
    ("a5", 148.0, 210.0, 0.0, 0.5),
    ("a4", 210.0, 297.0, 0.0, 0.7),
    ("a3", 297.0, 420.0, 10.0, 1.0),
    ("a2", 420.0, 594.0, 10.0, 1.5),
    ("a1", 594.0, 841.0, 0.0, 2.0),
    ("600x900", 600.0, 900.0, 0.0, 2.0),
    ("800x2000", 800.0, 2000.0, 0.0, 2.0),
    ("1200x2400", 1200.0, 2400.0, 0.0, 3.0),
    ("a4h", 297.0, 210.0, 0.0, 0.7),
    ("a2h", 594.0, 420.0, 10.0, 1.5),
    ("2400x1200", 2400.0, 1200.0, 0.0, 3.0),
    ("screen", 3200.0, 1800.0, 0.0, 6.0),
];

fn main() {
    let wish = Wish::read();
    if let Some(month) = &wish.boards {
        return boards::draw(month, &wish);
    }
    let sites = wish.sites();
    let engine = engine(&sites[0]);
    let designs = boards::designs_of(&wish, &engine);
    std::fs::create_dir_all(&wish.out).expect("the folder can be made");
    let cache = Cache::default();
    let mut cells = Vec::new();
    for site in &sites {
        let pages: Vec<_> = site.pages.iter().filter(|it| wish.wants_page(it)).collect();
        if wish.list {
            pages.iter().for_each(|page| println!("{}", page.id));
            continue;
        }
        cells.extend(cells_of(site, &engine, pages, &designs, (&wish, &cache)));
    }
    for cell in &cells {
        println!("{}", cell.line());
    }
    for shape in &SHAPES {
        told(shape.0, &cells);
    }
    if wish.docs {
        // Texts of one layout beside each other, the sample's first.
        cells.sort_by(|a, b| a.layout.cmp(&b.layout));
    }
    if !wish.list {
        contact(&engine, &cells, &wish);
    }
}

/// Says how alike the sheets of a shape are.
fn told(shape: &str, cells: &[Cell]) {
    let sheets = cells.iter().filter(|cell| cell.shape == shape);
    let (n, refused) = (sheets.clone().count(), sheets.clone());
    let refused = refused.filter(|cell| cell.picture.is_none()).count();
    if n > 0 {
        println!("{shape}: {refused} of {n} refused");
    }
    let looks: Vec<_> = sheets
        .filter_map(|cell| Some(alike::Look::of(&cell.picture.as_ref()?.0)))
        .collect();
    if looks.len() > 1 {
        let variety = alike::variety(&looks);
        println!(
            "{shape}: {} sheets, {} with a near twin, as good as {:.1} unlike ones",
            variety.sheets, variety.twins, variety.effective
        );
    }
}

/// Sets `pages` in all shapes that are wanted.
fn cells_of(
    site: &Site,
    engine: &Engine,
    pages: Vec<&Page>,
    designs: &Designs,
    (wish, cache): (&Wish, &Cache),
) -> Vec<Cell> {
    let shapes = SHAPES.iter().filter(|shape| wish.wants_shape(shape.0));
    let shapes: Vec<_> = shapes.collect();
    let mut seen = BTreeSet::new();
    let mut jobs = Vec::new();
    for page in pages {
        let poster = page.poster.as_ref().expect("a case has a poster");
        let layout = poster.layout.as_ref().map(|layout| &layout.value);
        let is_hard = page.id.starts_with("cases/");
        if wish.docs && !is_hard && !seen.insert(layout) {
            continue;
        }
        match Manuscript::new(site, engine, page, poster) {
            Ok(manuscript) => jobs.push(manuscript),
            Err(diagnostic) => println!("{}: {diagnostic:?}", page.id),
        }
    }
    let jobs: Vec<_> = jobs
        .iter()
        .flat_map(|job| shapes.iter().map(move |shape| (job, *shape)))
        .collect();
    engine.each(&jobs, |(job, shape)| {
        let design = wish.design(engine.theme());
        // That of this size, or of the nearest one that the plan has.
        let size = sheet_size(Size::new(shape.1, shape.2));
        let page = &job.page().id;
        let design = design.or_else(|| {
            let all = designs.iter().filter(|((id, _), _)| id == page);
            let near = all.min_by_key(|((_, (width, _)), _)| width.abs_diff(size.0));
            near.map(|(_, design)| *design)
        });
        let mut made = cell(job, shape, design, (wish, cache));
        if let Some(design) = design {
            let theme = engine.theme();
            let skeleton = &theme.skeletons()[usize::from(design.skeleton)];
            let ground = &Ground::all(&theme.tokens)[usize::from(design.ground)].name;
            made.said += &format!(" {skeleton}/{ground}");
        }
        made
    })
}

/// What is asked for.
struct Wish {
    layouts: Vec<String>,
    shapes: Vec<String>,
    cases: Vec<String>,
    look: Look,
    /// From how far all shapes are read, where it is not as is usual for each.
    distance: Option<f64>,
    pdf: bool,
    list: bool,
    docs: bool,
    out: PathBuf,
    site: Option<PathBuf>,
    width: u32,
    /// Skeleton and ground of all sheets.
    design: Option<String>,
    /// The month whose boards are drawn.
    boards: Option<String>,
    /// How many slots of one size hang side by side.
    neighbours: usize,
}

impl Wish {
    fn read() -> Self {
        let mut wish = Self {
            layouts: Vec::new(),
            shapes: Vec::new(),
            cases: Vec::new(),
            look: Look::default(),
            distance: None,
            pdf: false,
            list: false,
            docs: false,
            out: "target/contact".into(),
            site: None,
            width: 2400,
            design: None,
            boards: None,
            neighbours: 1,
        };
        let mut arguments = std::env::args().skip(1);
        while let Some(name) = arguments.next() {
            let mut value = || arguments.next().expect("a value follows");
            match name.as_str() {
                "--layout" => wish.layouts.push(value()),
                "--shape" => wish.shapes.push(value()),
                "--case" => wish.cases.push(value()),
                "--office" => wish.look.edition = Edition::Office,
                "--bleed" => wish.look.bleed = value().parse().expect("millimetres"),
                "--distance" => wish.distance = Some(value().parse().expect("metres")),
                "--pdf" => wish.pdf = true,
                "--list" => wish.list = true,
                "--docs" => (wish.docs, wish.width) = (true, 1800),
                "--site" => wish.site = Some(value().into()),
                "--out" => wish.out = value().into(),
                "--design" => wish.design = Some(value()),
                "--boards" => wish.boards = Some(value()),
                "--neighbours" => wish.neighbours = value().parse().expect("a number"),
                "--width" => wish.width = value().parse().expect("pixels"),
                // Cargo's own, when it runs examples as tests.
                _ => panic!("unknown: {name}"),
            }
        }
        wish
    }

    /// The design that all sheets have.
    fn design(&self, theme: &Theme) -> Option<Design> {
        let (skeleton, ground) = self.design.as_ref()?.split_once('/')?;
        let skeletons = theme.skeletons();
        let grounds = Ground::all(&theme.tokens);
        let number = |at: Option<usize>| u8::try_from(at.expect("the theme has it")).expect("few");
        Some(Design {
            skeleton: number(skeletons.iter().position(|it| it == skeleton)),
            ground: number(grounds.iter().position(|it| it.name == ground)),
        })
    }

    fn wants_shape(&self, name: &str) -> bool {
        self.shapes.is_empty() || self.shapes.iter().any(|shape| shape == name)
    }

    fn wants_page(&self, page: &Page) -> bool {
        let Some(layout) = page.poster.as_ref().and_then(|wish| wish.layout.as_ref()) else {
            return false;
        };
        let case = page.id.rsplit('/').next().unwrap_or_default();
        let case = case.split_once('-').map_or(case, |(_, case)| case);
        (self.layouts.is_empty() || self.layouts.contains(&layout.value))
            && (self.cases.is_empty()
                || self
                    .cases
                    .iter()
                    .any(|name| name == case || page.id.contains(name.as_str())))
    }

    /// The sites whose texts are set.
    fn sites(&self) -> Vec<Site> {
        if self.docs {
            return vec![
                built(&DiskInputs::new(Path::new("."), Some(TODAY))),
                built(&hard()),
            ];
        }
        vec![match &self.site {
            Some(folder) => built(&DiskInputs::new(folder, Some(TODAY))),
            None => built(&hard()),
        }]
    }
}

/// The site of all hard cases.
fn hard() -> MemoryInputs {
    let files = cases::files().into_iter();
    files.fold(MemoryInputs::new(TODAY), |inputs, (path, bytes)| {
        inputs.with(&path, bytes)
    })
}

fn built(inputs: &dyn Inputs) -> Site {
    let tree = read(inputs).value.expect("the site has settings");
    let built = site(&tree);
    for diagnostic in built.diagnostics.sorted() {
        if diagnostic.severity() == greenboard::diag::Severity::Error {
            println!("{diagnostic:?}");
        }
    }
    built.value
}

fn engine(site: &Site) -> Engine {
    let mut files = BTreeMap::new();
    below(Path::new("themes/fresh"), &mut files);
    let contact = SitePath::new("themes/fresh/contact.typ").expect("a path");
    files.insert(contact, Arc::from(CONTACT.as_bytes()));
    let boards = SitePath::new("themes/fresh/boards-drawn.typ").expect("a path");
    files.insert(boards, Arc::from(BOARDS.as_bytes()));
    let mut diagnostics = Diagnostics::default();
    let theme = Theme::load(&site.settings, &files, &mut diagnostics);
    diagnostics
        .sorted()
        .iter()
        .for_each(|it| println!("{it:?}"));
    Engine::new(Arc::new(theme))
}

fn below(folder: &Path, files: &mut BTreeMap<SitePath, Arc<[u8]>>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            below(&path, files);
        } else if let (Some(name), Ok(bytes)) =
            (path.to_str().and_then(SitePath::new), std::fs::read(&path))
        {
            files.insert(name, bytes.into());
        }
    }
}

/// A sheet as a PNG and its size in pixels.
type Picture = (Arc<[u8]>, (u32, u32));

/// One sheet.
struct Cell {
    layout: String,
    case: String,
    shape: &'static str,
    said: String,
    picture: Option<Picture>,
}

impl Cell {
    fn line(&self) -> String {
        format!(
            "{:10} {:28} {:10} {}",
            self.layout, self.case, self.shape, self.said
        )
    }
}

fn cell(
    manuscript: &Manuscript,
    shape: &(&'static str, f64, f64, f64, f64),
    design: Option<Design>,
    (wish, cache): (&Wish, &Cache),
) -> Cell {
    let &(name, width, height, hidden, distance) = shape;
    let area = match name {
        "screen" => Area::Screen {
            width_px: 1920,
            height_px: 1080,
            width,
        },
        _ => Area::Sheet {
            size: Size::new(width, height),
            visible: Size::new(width - 2.0 * hidden, height - 2.0 * hidden),
        },
    };
    let spot = Spot {
        area,
        distance: wish.distance.unwrap_or(distance),
        light: Light::Good,
        glass: false,
        look: Look::default(),
        design,
        portion: None,
    };
    let spot = spot.with(wish.look);
    let page = manuscript.page();
    let Setting::Layout(layout) = manuscript.setting() else {
        panic!("{} is finished", page.id);
    };
    let mut cell = Cell {
        layout: layout.clone(),
        case: page.id.clone(),
        shape: name,
        said: String::new(),
        picture: None,
    };
    let fit = manuscript.measure(&spot, manuscript.measure_key(&spot), cache);
    let n_sheets = |fit: &FitReport| fit.sheets.filter(|n| !fit.fits && *n <= wish.neighbours);
    match fit {
        Err(failure) => cell.said = format!("FAILED {failure:?}"),
        Ok(fit) if n_sheets(&fit).is_some() => {
            let of = n_sheets(&fit).unwrap_or_default();
            for number in 1..=of {
                let portion = Some(Portion { number, of });
                drawn(
                    &mut cell,
                    manuscript,
                    &Spot { portion, ..spot },
                    (wish, cache),
                );
            }
        }
        Ok(fit) if !fit.fits => {
            let cut = manuscript.cut(&fit);
            cell.said = format!(
                "cut {} of {:?} from “{}”",
                cut.characters, cut.part, cut.from
            );
        }
        Ok(_) => drawn(&mut cell, manuscript, &spot, (wish, cache)),
    }
    cell
}

/// Sets the sheet and writes it into files; of several the first stands for all.
fn drawn(cell: &mut Cell, manuscript: &Manuscript, spot: &Spot, (wish, cache): (&Wish, &Cache)) {
    match manuscript.set(spot, manuscript.set_key(spot), cache) {
        Ok(Some(sheet)) => {
            let fit = sheet.fit.as_ref().expect("a layout tells");
            let of = spot.portion.map_or(1, |it| it.of);
            let mut said = format!("body {:.1} mm", fit.body);
            if of > 1 {
                said += &format!(" on {of} sheets");
            }
            for finding in &sheet.findings {
                said += &format!(" {finding:?}");
            }
            if !fit.fits {
                said = "MEASURED TO FIT, DOES NOT".to_owned();
            }
            let number = spot.portion.map(|it| format!("-{}", it.number));
            let number = number.unwrap_or_default();
            let stem = format!("{}-{}{number}", cell.case.replace('/', "-"), cell.shape);
            let write = |ending, bytes: &[u8]| {
                let path = wish.out.join(format!("{stem}.{ending}"));
                std::fs::write(path, bytes).expect("the file can be written");
            };
            write("png", &sheet.preview);
            if wish.pdf {
                write("pdf", &sheet.pdf);
            }
            let picture = if wish.docs {
                &sheet.thumbnail
            } else {
                &sheet.preview
            };
            cell.said = match cell.picture {
                Some(_) => format!("{} | {said}", cell.said),
                None => said,
            };
            cell.picture
                .get_or_insert((picture.clone(), sheet.preview_px));
        }
        Ok(None) => unreachable!("a layout sets"),
        Err(failure) => cell.said = format!("FAILED {failure:?}"),
    }
}

/// Draws all sheets on one: a row a case, in the order of shapes.
fn contact(engine: &Engine, cells: &[Cell], wish: &Wish) {
    let mut files = BTreeMap::new();
    let mut rows: Vec<(String, Vec<serde_json::Value>)> = Vec::new();
    for (at, cell) in cells.iter().enumerate() {
        let path = cell.picture.as_ref().map(|(bytes, _)| {
            let path = format!("/sheet-{at}.png");
            files.insert(path.clone(), bytes.clone());
            path
        });
        let size = cell.picture.as_ref().map_or((3, 4), |(_, size)| *size);
        let entry = serde_json::json!({
            "path": path, "width": size.0, "height": size.1,
            "shape": cell.shape, "said": cell.said,
        });
        match rows.last_mut().filter(|(case, _)| *case == cell.case) {
            Some((_, row)) => row.push(entry),
            None => rows.push((cell.case.clone(), vec![entry])),
        }
    }
    let data = serde_json::to_vec(&serde_json::json!({ "rows": rows, "small": wish.docs }))
        .expect("plain data");
    let compiled = engine.compile("/theme/contact.typ", data, &files);
    let compiled = compiled.unwrap_or_else(|failure| panic!("{failure:?}"));
    let size = compiled.page_size();
    let area = Area::Sheet {
        size,
        visible: size,
    };
    let png = compiled
        .png(&area, wish.width)
        .unwrap_or_else(|failure| panic!("{failure:?}"));
    let path = wish.out.join("contact.png");
    std::fs::write(&path, &png.bytes).expect("the file can be written");
    println!("{}", path.display());
    if wish.docs {
        let picture = image::load_from_memory(&png.bytes).expect("it was just drawn");
        let mut bytes = Vec::new();
        let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 66);
        encoder
            .encode_image(&picture.into_rgb8())
            .expect("it is not too large");
        std::fs::write(DOCS, bytes).expect("the file can be written");
        println!("{DOCS}");
    }
}

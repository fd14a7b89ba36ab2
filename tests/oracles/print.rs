//! Print shops and office printers: boxes, accessibility, codes at ten sizes, and tiles that come
//! together.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use super::{TODAY, asks, oracles, root};

/// Sheets from A5 to the largest: width and height in mm, and how far off they are read in m.
const SIZES: [(f64, f64, f64); 10] = [
    (148.0, 210.0, 0.5),
    (210.0, 297.0, 0.7),
    (297.0, 420.0, 1.0),
    (420.0, 594.0, 1.5),
    (420.0, 570.0, 1.5),
    (500.0, 700.0, 1.5),
    (600.0, 900.0, 2.0),
    (841.0, 594.0, 2.0),
    (800.0, 2000.0, 2.0),
    (1200.0, 2400.0, 3.0),
];
/// Points in a millimetre.
const POINTS: f64 = 72.0 / 25.4;
/// Pixels in a millimetre of what is rendered to be compared.
const PIXELS: usize = 5;

/// A site with a board a size, each with the same poster, built; `ways` is what each board prints.
fn built(sizes: &[(f64, f64, f64)], ways: &str, settings: &str) -> TempDir {
    let folder = TempDir::new().expect("a temporary folder can be made");
    let write = |path: &str, text: String| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("it has one")).expect("it can be made");
        std::fs::write(path, text).expect("it can be written");
    };
    write(
        "greenboard.yaml",
        format!("format: 1\ntitle: 绿板\nbase_url: https://a.example/\n{settings}"),
    );
    write("content/_index.md", "---\ntitle: 绿板\n---\n".into());
    write(
        "content/living/leak.md",
        "---\ntitle: 查马桶漏水\ntopics: [water]\nposter:\n  layout: guide\n  \
         lead: 五分钟见分晓\n  everywhere: true\n---\n1. 揭开水箱盖\n2. 滴几滴色素\n3. 五分钟后看\n"
            .into(),
    );
    for (at, (width, height, distance)) in sizes.iter().enumerate() {
        write(
            &format!("content/boards/b{at}.md"),
            format!(
                "---\ntitle: {at}号栏\nsize: {width}x{height}mm\ndistance: {distance}\n\
                 print: [{ways}]\nrepeat_after: 0\nslots:\n  - {{ id: \"1\", at: [0, 0], size: {width}x{height}mm }}\n---\n"
            ),
        );
    }
    let output = Command::new(env!("CARGO_BIN_EXE_greenboard"))
        .args(["build", "--quiet", "--today", "2026-11-05", "--root"])
        .arg(folder.path())
        .output()
        .expect("the program runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    folder
}

fn sheet(site: &TempDir, at: usize, way: &str) -> PathBuf {
    let name = format!("print/2026-11/b{at}/{way}1-leak.pdf");
    let path = site.path().join(name);
    assert!(path.exists(), "{} is not there", path.display());
    path
}

/// Returns the sides of the box `name` in points: left, bottom, right, top.
fn sides(info: &str, name: &str) -> [f64; 4] {
    let line = info.lines().find_map(|line| line.strip_prefix(name));
    let line = line.unwrap_or_else(|| panic!("no {name} in {info}"));
    let numbers = line.trim_start_matches(':').split_whitespace();
    let numbers: Vec<f64> = numbers.filter_map(|side| side.parse().ok()).collect();
    numbers.try_into().expect("a box has four sides")
}

#[test]
fn the_shops_sheets_are_right_at_ten_sizes() {
    let site = built(&SIZES, "shop", "");
    for (at, (width, height, _)) in SIZES.into_iter().enumerate() {
        let pdf = sheet(&site, at, "shop/");
        let info = asks(Command::new("pdfinfo").arg("-box").arg(&pdf));
        let trim = sides(&info, "TrimBox");
        let bleed = sides(&info, "BleedBox");
        for (long, box_of, extra) in [
            (width, [trim[0], trim[2]], 0.0),
            (height, [trim[1], trim[3]], 0.0),
            (width, [bleed[0], bleed[2]], 6.0),
            (height, [bleed[1], bleed[3]], 6.0),
        ] {
            let off = (box_of[1] - box_of[0]) / POINTS - long - extra;
            assert!(off.abs() < 0.1, "{width}×{height}: {off} mm off\n{info}");
        }
        asks(Command::new("qpdf").arg("--check").arg(&pdf));
        let fonts = asks(Command::new("pdffonts").arg(&pdf));
        assert!(fonts.lines().count() > 2, "{fonts}");
        for font in fonts.lines().skip(2) {
            assert!(
                font.contains("yes yes yes") && !font.contains("Type 3"),
                "{font}"
            );
        }
        asks(
            Command::new(oracles().join(".venv/bin/outloud"))
                .arg("-q")
                .arg(&pdf),
        );
        let shot = site.path().join("shot");
        // The code stands in the lowest third; the whole of the largest sheet is too much to read.
        let top = (height * 2.0 / 3.0 / 25.4 * 150.0).round().to_string();
        asks(
            Command::new("pdftoppm")
                .args(["-r", "150", "-gray", "-singlefile", "-y", &top])
                .args([&pdf, &shot]),
        );
        let code = asks(
            Command::new("zbarimg")
                .args(["--quiet", "--raw"])
                .arg(shot.with_extension("pgm")),
        );
        assert!(code.starts_with("https://a.example/q/"), "{code}");
    }
}

/// How much darker or lighter than both its fields an edge may be, of 255: what a block below a drawing shows.
const HAIR: u8 = 14;

/// A grey picture.
struct Picture {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

impl Picture {
    /// Renders page `page` of `pdf`.
    fn of(pdf: &Path, page: usize) -> Self {
        let dpi = (PIXELS as f64 * 25.4).to_string();
        let page = page.to_string();
        let output = Command::new("pdftoppm")
            .args(["-r", &dpi, "-gray", "-f", &page, "-l", &page])
            .arg(pdf)
            .output()
            .expect("pdftoppm runs; tests/run installs it");
        let bytes = output.stdout;
        let mut fields = bytes.splitn(4, |byte| byte.is_ascii_whitespace());
        let mut number =
            || -> Option<usize> { std::str::from_utf8(fields.next()?).ok()?.parse().ok() };
        assert!(bytes.starts_with(b"P5"), "pdftoppm writes PGM");
        number();
        let (width, height) = (number().expect("a width"), number().expect("a height"));
        let pixels = bytes[bytes.len() - width * height..].to_vec();
        Self {
            width,
            height,
            pixels,
        }
    }

    fn at(&self, x: usize, y: usize) -> u8 {
        self.pixels[y * self.width + x]
    }

    /// Tells whether some pixel at most one away from `x`, `y` is as dark as `grey`, or whether
    /// `grey` lies between two of them, as at an edge; about so, as a field below another shows by a
    /// hair where both end.
    fn has_near(&self, x: usize, y: usize, grey: u8) -> bool {
        let xs = x.saturating_sub(1)..=(x + 1).min(self.width - 1);
        let near = xs.flat_map(|x| {
            let ys = y.saturating_sub(1)..=(y + 1).min(self.height - 1);
            ys.map(move |y| self.at(x, y))
        });
        let (low, high) = near.fold((255, 0), |(low, high): (u8, u8), it| {
            (low.min(it), high.max(it))
        });
        low.saturating_sub(HAIR) <= grey && grey <= high.saturating_add(HAIR)
    }
}

#[test]
fn tiles_cut_and_joined_are_the_poster_again() {
    // 8 mm stay white round each tile, 10 mm lie on the neighbour; see tiles.rs.
    let (margin, overlap) = (8 * PIXELS, 10 * PIXELS);
    let site = built(&[(420.0, 594.0, 1.5)], "tiles", "print: { paper: A4 }\n");
    let whole = Picture::of(&sheet(&site, 0, ""), 1);
    let tiles = sheet(&site, 0, "tiles/");
    // Lying A4 takes it in eight tiles of 215 × 156 mm.
    let (columns, rows) = (2, 4);
    let (step_x, step_y) = (215 * PIXELS - overlap, 156 * PIXELS - overlap);
    let info = asks(Command::new("pdfinfo").arg(&tiles));
    assert!(
        info.contains(&format!("Pages:           {}", columns * rows + 1)),
        "{info}"
    );
    let mut compared = 0;
    for row in 0..rows {
        for column in 0..columns {
            let page = Picture::of(&tiles, 2 + row * columns + column);
            let (left, top) = (column * step_x, row * step_y);
            let (wide, high) = (step_x + overlap, step_y + overlap);
            for y in (0..high.min(whole.height - top)).skip(1) {
                for x in (0..wide.min(whole.width - left)).skip(1) {
                    let grey = page.at(margin + x, margin + y);
                    let (x, y) = (left + x, top + y);
                    assert!(
                        whole.has_near(x, y, grey),
                        "row {row}, column {column}: {grey} at {x}, {y}"
                    );
                    compared += 1;
                }
            }
        }
    }
    assert!(
        compared > whole.width * whole.height,
        "only {compared} pixels were compared"
    );
}

/// By shape and colour at once; bounds a little worse than what was measured, 6 and 14.
#[test]
fn the_posters_of_a_year_do_not_look_alike() {
    let folder = TempDir::new().expect("a temporary folder can be made");
    let mut build = Command::new(env!("CARGO_BIN_EXE_greenboard"));
    build.args(["build", "--quiet", "--only", "print", "--today", TODAY]);
    build.args((1..=12).flat_map(|month| ["--month".to_owned(), format!("2026-{month:02}")]));
    build.arg("--root").arg(root());
    build.arg("--print").arg(folder.path());
    asks(&mut build);
    let mut judge = Command::new(oracles().join(".venv/bin/python"));
    judge.arg("variety.py").arg(folder.path());
    asks(judge.args(["--most-twins", "10", "--least", "13"]));
}

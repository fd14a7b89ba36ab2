//! Small websites in, what visitors get out.

use crate::cache::Cache;
use crate::diag::Diagnostics;
use crate::photo::Format;
use crate::photo::testing::{LATITUDE, phone_photo};
use crate::poster::Posters;
use crate::render::web::{WebOptions, web};
use crate::rotation::Plan;
use crate::theme::Theme;
use crate::typeset::Engine;
use crate::typeset::testing::{TestSite, fresh, lines};

use super::*;

/// What visitors get of a tiny site.
struct Delivered {
    files: Files,
    said: String,
}

impl Delivered {
    fn of(site: TestSite) -> Self {
        Self::with(site, fresh(), deliver)
    }

    fn with(
        site: TestSite,
        engine: &Engine,
        finish: fn(Vec<Artifact>, &Tools) -> Warned<Vec<Artifact>>,
    ) -> Self {
        let site = site.build();
        let (plan, posters) = (Plan::default(), Posters::default());
        let options = WebOptions::default();
        let website = web(&site, engine.theme(), &plan, &posters, &options);
        let tools = Tools {
            site: &site,
            engine,
            cache: &Cache::default(),
            spool: &options.spool,
        };
        let done = finish(website.value, &tools);
        let mut diagnostics: Diagnostics = website.diagnostics;
        diagnostics.extend(done.diagnostics);
        Self {
            files: (done.value.into_iter())
                .map(|artifact| (artifact.path.clone(), artifact.bytes()))
                .collect(),
            said: lines(diagnostics),
        }
    }

    #[track_caller]
    fn text(&self, path: &str) -> String {
        assert_eq!(self.said, "");
        let known = || self.files.keys().collect::<Vec<_>>();
        let file = self.files.get(path);
        let file = file.unwrap_or_else(|| panic!("no {path} among {:?}", known()));
        String::from_utf8_lossy(file).into_owned()
    }

    /// Returns the names of the files below `folder`, their hashes as `#`.
    fn names(&self, folder: &str) -> String {
        let names = self
            .files
            .keys()
            .filter_map(|path| path.strip_prefix(folder));
        let plain = |name: &str| {
            let parts = name.split('.').map(|part| {
                let is_hash = part.len() == 8 && part.bytes().all(|b| b.is_ascii_hexdigit());
                if is_hash { "#" } else { part }
            });
            parts.collect::<Vec<_>>().join(".")
        };
        names.map(plain).collect::<Vec<_>>().join(" ")
    }
}

fn with_photo(body: &str) -> TestSite {
    TestSite::with_gate()
        .file("content/pictures/门.jpg", phone_photo(1200, 800))
        .page("tap", "date: 2026-11-01", body)
}

#[test]
fn a_photo_stands_upright_in_versions_that_tell_no_place() {
    let site = with_photo("![门](/pictures/门.jpg)").file("static/own.jpg", phone_photo(64, 48));
    let done = Delivered::of(site);
    let html = done.text("living/tap/index.html");
    let image = html
        .split("<img")
        .skip(1)
        .find(|rest| rest.contains("门"))
        .expect("it has one");
    let image = image.split('>').next().unwrap_or_default();
    let named = image.split('.').map(|part| match part.len() {
        8 => "#",
        _ => part,
    });
    insta::assert_snapshot!(named.collect::<Vec<_>>().join("."), @r#" src="../../assets/pictures/picture-800.#.webp" alt="门" width="800" height="1200" loading="lazy" decoding="async" srcset="../../assets/pictures/picture-480.#.webp 480w, ../../assets/pictures/picture-800.#.webp 800w" sizes="auto, (min-width: 640px) 36rem, 100vw""#);
    // Nothing calls for the file itself: feeds show the same version.
    assert!(!done.files.contains_key("pictures/门.jpg"));
    assert!(
        done.text("atom.xml")
            .contains("https://wutongli.example/assets/pictures/picture-800.")
    );
    for (path, bytes) in &done.files {
        let tells = |mark: &[u8]| bytes.windows(mark.len()).any(|part| part == mark);
        assert!(
            !tells(&LATITUDE) && !tells(b"GPSL"),
            "{path} tells the place"
        );
    }
}

#[test]
fn a_photo_that_a_link_leads_to_stays_whole() {
    let body = "[![门](/pictures/门.jpg)](/pictures/门.jpg)";
    let done = Delivered::of(with_photo(body));
    // The file lies on its side, as it came.
    assert_eq!(
        crate::photo::size(&done.files["pictures/门.jpg"]),
        Some((1200, 800))
    );
}

#[test]
fn what_turns_out_to_be_damaged_is_named_with_its_line() {
    // A head and an end, and nothing between.
    let damaged = b"\x89PNG\r\n\x1a\n\0\0\0\x0DIHDR\0\0\0\x02\0\0\0\x02\x08\x02\0\0\0\0\0\0\0\0\0\0\0IEND\0\0\0\0";
    let site = || {
        TestSite::with_gate()
            .file("content/pictures/a.png", damaged)
            .page("tap", "date: 2026-11-01", "水。\n\n![甲](/pictures/a.png)")
    };
    let expected = "error G263 content/living/tap.md:7:16 图片 `pictures/a.png` 坏了，打不开";
    for finish in [preview, deliver] {
        let said = Delivered::with(site(), fresh(), finish).said;
        assert!(
            said.starts_with(expected) && said.matches("G263").count() == 1,
            "{said}"
        );
    }
}

#[test]
fn moving_pictures_stay_as_they_are_and_old_formats_become_new_ones() {
    let moving = [
        &b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xFF\xFF\xFF"[..],
        b"\x2C\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0",
        b"\x2C\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0;",
    ]
    .concat();
    let mut scan = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_fn(600, 40, |x, _| image::Rgb([(x % 256) as u8, 9, 90]))
        .write_to(&mut scan, image::ImageFormat::Bmp)
        .expect("memory takes any picture");
    let site = TestSite::with_gate()
        .file("content/living/a.gif", &moving)
        .file("content/living/b.bmp", scan.into_inner())
        .page("tap", "date: 2026-11-01", "![甲](a.gif)\n\n![乙](b.bmp)");
    let done = Delivered::of(site);
    assert_eq!(*done.files["living/a.gif"], *moving);
    assert!(!done.files.contains_key("living/b.bmp"));
    assert!(
        done.text("living/tap/index.html")
            .contains("assets/pictures/b-600.")
    );
}

#[test]
fn titles_bring_their_font_and_text_brings_it_where_the_site_wants_it() {
    let settings = |more: &str| {
        let settings = "format: 1\ntitle: 绿板\nbase_url: https://wutongli.example/\n";
        TestSite::with_gate()
            .file("greenboard.yaml", format!("{settings}{more}"))
            .page("tap", "date: 2026-11-01", "关紧水龙头。")
    };
    let done = Delivered::of(settings(""));
    assert_eq!(
        done.names("assets/fonts/"),
        "title-900-1.#.woff2 title-900-2.#.woff2"
    );
    assert_eq!(done.names("assets/share/").split(' ').count(), 8);
    let style = done.files.keys().find(|path| path.ends_with(".css"));
    let style = done.text(style.expect("there is one"));
    let face = style.split("@font-face").nth(1).expect("it names the font");
    let face = face.split('}').next().unwrap_or_default();
    let is_part = |part: &&str| part.len() != 8 && !part.is_empty();
    let face: Vec<&str> = face.split(['.', ';']).filter(is_part).collect();
    insta::assert_snapshot!(face.join(";").trim(), @r#"{font-family:"theme-title";font-weight:900;font-display:swap;src:url("fonts/title-900-1;woff2") format("woff2");unicode-range:U+677f,U+7eff"#);

    let done = Delivered::of(settings("web_fonts: all\nshare_pictures: false\n"));
    assert_eq!(
        done.names("assets/fonts/text-"),
        "400-1.#.woff2 400-2.#.woff2 400-3.#.woff2 700-1.#.woff2 700-2.#.woff2 700-3.#.woff2"
    );
    assert_eq!(done.names("assets/share/"), "");
    assert!(!done.text("living/tap/index.html").contains("og:image"));

    let done = Delivered::of(settings("web_fonts: 不用\n"));
    assert_eq!(done.names("assets/fonts/"), "");
    assert!(!done.text(style_of(&done)).contains("--face-title:"));
}

fn style_of(done: &Delivered) -> &str {
    let mut paths = done.files.keys();
    paths
        .find(|path| path.ends_with(".css"))
        .expect("there is one")
}

#[test]
fn a_font_that_cannot_be_cut_is_named() {
    let mut theme = Theme::clone(fresh().theme());
    theme.tokens["web"]["title"]["file"] = "fonts/none.ttf".into();
    theme.tokens["web"]["text"] = serde_json::json!([{ "file": "theme.yaml", "weight": 400 }]);
    let engine = Engine::new(Arc::new(theme));
    let site = TestSite::with_gate().file(
        "greenboard.yaml",
        "format: 1\ntitle: 绿板\nweb_fonts: all\nlanguage: zh-CN\n",
    );
    insta::assert_snapshot!(Delivered::with(site, &engine, preview).said, @r"
    error G520 themes/fresh/tokens.yaml:1:1 主题的网页字体 `fonts/none.ttf` 用不了（没有这个文件） [tokens.yaml 的 web.title、web.text 里写主题的 TrueType 字体（.ttf），或者在 greenboard.yaml 里写 web_fonts: none]
    error G520 themes/fresh/tokens.yaml:1:1 主题的网页字体 `theme.yaml` 用不了（它不是字体文件） [tokens.yaml 的 web.title、web.text 里写主题的 TrueType 字体（.ttf），或者在 greenboard.yaml 里写 web_fonts: none]
    ");
}

#[test]
fn pages_can_be_passed_on_with_a_picture_of_their_title() {
    let done = Delivered::of(with_photo("水。"));
    let html = done.text("living/tap/index.html");
    let image = html
        .split("og:image\" content=\"https://wutongli.example/")
        .nth(1);
    let image = image.and_then(|rest| rest.split('"').next());
    let png = &done.files[image.expect("it names a picture")];
    assert_eq!(Format::of(png), Some(Format::Png));
    assert_eq!(crate::photo::size(png), Some((1200, 630)));
    assert!(png.len() < 60_000, "{} bytes", png.len());
    assert!(!done.text("404.html").contains("og:image"));
}

#[test]
fn files_are_short_named_by_what_is_in_them_and_packed_where_the_site_wants_it() {
    let site = TestSite::with_gate().file(
        "greenboard.yaml",
        "format: 1\ntitle: 绿板\nlanguage: zh-CN\ncompress: true\n",
    );
    let done = Delivered::of(site);
    let names = done.names("assets/");
    assert!(
        names.contains("style.#.css style.#.css.br style.#.css.gz"),
        "{names}"
    );
    let html = done.text("index.html");
    assert!(html.contains("href=\"assets/style.") && !html.contains("assets/style.css"));
    assert!(!html.contains("\n    <"), "indents are gone");
    let headers = done.text("_headers");
    assert!(headers.contains("style-src 'self' 'sha256-") && headers.contains("/assets/style."));
    let same = Delivered::of(TestSite::with_gate().file(
        "greenboard.yaml",
        "format: 1\ntitle: 绿板\nlanguage: zh-CN\ncompress: true\n",
    ));
    assert!(done.files == same.files, "equal sites give equal bytes");
}

#[test]
fn unknown_words_of_the_settings_are_errors() {
    use crate::read::{MemoryInputs, read};
    let inputs = MemoryInputs::new(jiff::civil::date(2026, 11, 5)).with(
        "greenboard.yaml",
        "format: 1\ntitle: 绿板\nweb_fonts: title\ncompress: 也许\n",
    );
    let tree = read(&inputs).value.expect("it can be read");
    insta::assert_snapshot!(lines(crate::site::site(&tree).diagnostics), @r"
    error G112 greenboard.yaml:3:12 `web_fonts` 里没有 `title` 这一项 [是不是想写 `titles`？; 可以写：titles、all、none、标题、全部、不用]
    error G110 greenboard.yaml:4:11 `compress` 的值 `也许` 不对，要写：是或否 [例如 `true`]
    ");
}

#[test]
fn further_languages_call_the_files_of_the_main_one() {
    let settings = "format: 1\ntitle: 绿板\nlanguage: zh-CN\nlanguages: [en]\n";
    let site = TestSite::with_gate()
        .file("greenboard.yaml", settings)
        .file("content/_index.en.md", "---\ntitle: Court\n---\n");
    let done = Delivered::of(site);
    assert_eq!(done.names("en/assets/"), "");
    let page = done.text("en/index.html");
    let style = format!("href=\"../{}\"", style_of(&done));
    assert!(page.contains(&style), "{page}");
    assert!(page.contains("src=\"../assets/elder."), "{page}");
}

//! What a website has beside its pages: feeds, calendar, sitemap, pictures, posters and the files
//! of theme and site.

use std::sync::Arc;

use super::build::{self, Build};
use super::{
    Files, Originals, calendar, changes, feed, next_change, notices, quiz, rotation, screen,
    screens, sitemap, sorting, wall,
};
use crate::diag::{Code, Diagnostic, Diagnostics, SitePath, Source, Span};
use crate::read::Asset;
use crate::render::export::{self, Deeds, Reader};
use crate::rotation::Carriage;
use crate::site::{LinkTarget, Page, Shortcode};
use crate::theme::Theme;

/// Adds feeds, calendar, what hangs where, sitemap and robots.txt.
pub(super) fn add_listings(build: &Build, files: &mut Files) {
    feed::add(build, files);
    let mut add =
        |path: &str, text: String| files.insert(path.to_owned(), Arc::from(text.into_bytes()));
    add("robots.txt", sitemap::robots(build));
    if !build.site.boards.is_empty() {
        let carriage = Carriage::new(build.site, build.plan);
        add(screens::PATH, screens::boards(build, &carriage));
        add(CALENDAR, calendar_file(build, &carriage));
    }
    for (board, page) in screen::screens(build) {
        add(
            &screen::slides_url(page),
            screen::script(board, page, build),
        );
    }
    let mut generated = vec![calendar::URL.to_owned()];
    if notices::has_any(build) {
        generated.push(notices::URL.to_owned());
    }
    if !build.site.boards.is_empty() {
        generated.push(rotation::URL.to_owned());
    }
    if !build.site.items.is_empty() {
        generated.extend([sorting::URL.to_owned(), quiz::URL.to_owned()]);
        generated.extend(sorting::bins_without_page(build).map(sorting::bin_url));
    }
    if let Some(change) = next_change(build.site, build.plan, build.visibility) {
        add(changes::PATH, format!("{}\n", change.date));
    }
    for (path, xml) in sitemap::sitemap(build, &generated) {
        add(&path, xml);
    }
}

/// Where the calendar lies below the website's root.
const CALENDAR: &str = "calendar.ics";

/// Returns the calendar of what is on the web.
fn calendar_file(build: &Build, carriage: &Carriage) -> String {
    let settings = &build.site.settings;
    let deeds = Deeds {
        site: build.site,
        carriage,
    };
    let reader = Reader {
        names: settings.publish_names,
        shows: &|page| build.is_published(&page.id),
    };
    let host = crate::render::host(settings).unwrap_or("greenboard");
    let events = export::events(&deeds, &reader);
    export::ics(&settings.title, host, &events)
}

/// Adds the theme's own files, the site's, the pictures that pages cite and the posters that
/// hang now or next.
pub(super) fn add_files(
    build: &Build,
    theme: &Theme,
    files: &mut Files,
    originals: &mut Originals,
) {
    for (path, bytes) in theme.below("static") {
        if let Some(name) = path
            .strip_prefix("static/")
            .filter(|name| !name.ends_with(".css") && path != screen::WORKER)
        {
            files.insert(format!("assets/{name}"), Arc::from(&**bytes));
        }
    }
    let mut add = |path: String, file: &Asset| match is_text(&path) {
        true => {
            files.insert(path, file.bytes());
        }
        false => {
            files.remove(&path);
            originals.insert(path, file.clone());
        }
    };
    for (path, file) in given(build) {
        add(build.shared(build::public_path(path)), file);
    }
    let boards = build.site.boards.iter();
    let shown = boards.filter(|board| build.is_published(&board.page));
    for map in shown.filter_map(|board| board.map.as_ref()) {
        if let Some(file) = build.site.assets.get(&map.file) {
            add(build::public_path(&map.file).to_owned(), file);
        }
    }
    if let Some(worker) = theme.files.get(screen::WORKER) {
        for (_, page) in screen::screens(build) {
            files.insert(screen::worker_url(page), Arc::from(&**worker));
        }
    }
    for sheet in build.walls.all() {
        if let Some(poster) = sheet.poster.filter(|_| build.is_published(&sheet.page.id))
            && let Some(picture) = &poster.screen
        {
            files.insert(wall::screen_path(poster), picture.clone());
        }
        if let Some(poster) = sheet.poster.filter(|_| build.is_published(&sheet.page.id)) {
            files.insert(
                build.shared(&wall::preview_path(poster)),
                poster.preview.clone(),
            );
            let pdf = wall::pdf_path(sheet.page, poster);
            files.insert(build.shared(&pdf), poster.pdf.clone());
        }
    }
    let shown = |draft: &&wall::Draft| build.is_published(&draft.page.id);
    for draft in build.walls.drafts().iter().filter(shown) {
        let poster = draft.poster;
        files.insert(
            build.shared(&wall::preview_path(poster)),
            poster.preview.clone(),
        );
        let pdf = wall::pdf_path(draft.page, poster);
        files.insert(build.shared(&pdf), poster.pdf.clone());
    }
}

/// Returns the files that the site gives as they are, and those that pages cite.
fn given<'a>(build: &Build<'a>) -> impl Iterator<Item = (&'a SitePath, &'a Asset)> {
    let site = build.site;
    let cited = build.pages().flat_map(cited_files);
    let cited = cited.filter_map(|path| site.assets.get_key_value(path));
    site.statics.iter().chain(cited)
}

/// Tells what goes out with those files although it may not be meant to. Each is read for it.
pub(super) fn told(build: &Build) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    for (path, file) in given(build) {
        tell(path, file, &mut diagnostics);
    }
    diagnostics
}

/// Tells whether a file may hold text, which making a website ready reads and changes.
fn is_text(path: &str) -> bool {
    const ENDINGS: [&str; 14] = [
        "html",
        "htm",
        "css",
        "js",
        "mjs",
        "json",
        "xml",
        "txt",
        "svg",
        "webmanifest",
        "ics",
        "csv",
        "md",
        "map",
    ];
    let name = path.rsplit('/').next().unwrap_or(path);
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    // What has no ending, such as `_redirects`, tells a host something.
    ending.is_empty()
        || ENDINGS
            .iter()
            .any(|known| ending.eq_ignore_ascii_case(known))
}

/// Tells what goes out with a file although it may not be meant to.
fn tell(path: &SitePath, file: &Asset, diagnostics: &mut Diagnostics) {
    for told in file.told() {
        let (what, remedy) = told.words();
        let code = match told.is_gone() {
            true => Code::TakenAway,
            false => Code::GoesOut,
        };
        let told = Diagnostic::new(code).at(Span::file(&Source::new(path.clone(), "")));
        diagnostics.push(told.with("what", what).with("remedy", remedy));
    }
}

/// Returns the files that a page shows or links to.
pub(super) fn cited_files(page: &Page) -> impl Iterator<Item = &SitePath> {
    let linked = page.links.values().filter_map(|link| match link {
        LinkTarget::File(path) => Some(path),
        LinkTarget::Page { .. } => None,
    });
    let picture = page.picture.as_ref().map(|picture| &picture.file);
    let given = page.shortcodes.values().flat_map(Shortcode::files);
    picture
        .into_iter()
        .chain(given)
        .chain(page.images.values())
        .chain(linked)
}

//! What a website has beside its pages: feeds, calendar, sitemap, pictures, posters and the files
//! of theme and site.

use std::sync::Arc;

use crate::diag::{Code, Diagnostic, Diagnostics, SitePath, Source, Span};
use crate::read::Asset;
use crate::render::export::{self, Deeds, Reader};
use crate::render::web::facts::on_web::OnWeb;
use crate::render::web::facts::on_web::public_path;
use crate::render::web::facts::pictures::cited_files;
use crate::render::web::facts::walls;
use crate::render::web::facts::website::Facts;
use crate::render::web::files::changes::{self, next_change};
use crate::render::web::files::{boards, feed, sitemap};
use crate::render::web::output::{Files, Originals};
use crate::render::web::view::{calendar, notices, quiz, rotation, screen, sorting};
use crate::rotation::Carriage;
use crate::theme::Theme;

/// Adds feeds, calendar, what hangs where, sitemap and robots.txt.
pub(in crate::render::web) fn add_listings(facts: &Facts, files: &mut Files) {
    feed::add(facts, files);
    let mut add =
        |path: &str, text: String| files.insert(path.to_owned(), Arc::from(text.into_bytes()));
    add("robots.txt", sitemap::robots(facts));
    if !facts.site.boards.is_empty() {
        let carriage = Carriage::new(facts.site, facts.plan);
        add(boards::PATH, boards::boards(facts, &carriage));
        add(CALENDAR, calendar_file(facts, &carriage));
    }
    for (board, page) in screen::screens(facts) {
        add(
            &screen::slides_url(page),
            screen::script(board, page, facts),
        );
    }
    let mut generated = vec![calendar::URL.to_owned()];
    if notices::has_any(facts) {
        generated.push(notices::URL.to_owned());
    }
    if !facts.site.boards.is_empty() {
        generated.push(rotation::URL.to_owned());
    }
    if !facts.site.items.is_empty() {
        generated.extend([sorting::URL.to_owned(), quiz::URL.to_owned()]);
        generated.extend(sorting::bins_without_page(facts).map(sorting::bin_url));
    }
    if let Some(change) = next_change(facts.site, facts.plan, facts.visibility) {
        add(changes::PATH, format!("{}\n", change.date));
    }
    for (path, xml) in sitemap::sitemap(facts, &generated) {
        add(&path, xml);
    }
}

/// Where the calendar lies below the website's root.
const CALENDAR: &str = "calendar.ics";

/// Returns the calendar of what is on the web.
fn calendar_file(on_web: &OnWeb, carriage: &Carriage) -> String {
    let settings = &on_web.site.settings;
    let deeds = Deeds {
        site: on_web.site,
        carriage,
    };
    let reader = Reader {
        names: settings.publish_names,
        shows: &|page| on_web.is_published(&page.id),
    };
    let host = crate::render::links::host(settings).unwrap_or("greenboard");
    let events = export::events(&deeds, &reader);
    export::ics(&settings.title, host, &events)
}

/// Adds the theme's own files, the site's, the pictures that pages cite and the posters that
/// hang now or next.
pub(in crate::render::web) fn add_files(
    facts: &Facts,
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
    for (path, file) in given(facts) {
        add(facts.shared(public_path(path)), file);
    }
    let boards = facts.site.boards.iter();
    let shown = boards.filter(|board| facts.is_published(&board.page));
    for map in shown.filter_map(|board| board.map.as_ref()) {
        if let Some(file) = facts.site.assets.get(&map.file) {
            add(public_path(&map.file).to_owned(), file);
        }
    }
    if let Some(worker) = theme.files.get(screen::WORKER) {
        for (_, page) in screen::screens(facts) {
            files.insert(screen::worker_url(page), Arc::from(&**worker));
        }
    }
    for sheet in facts.walls.all() {
        if let Some(poster) = sheet.poster.filter(|_| facts.is_published(&sheet.page.id))
            && let Some(picture) = &poster.screen
        {
            files.insert(walls::screen_path(poster), picture.clone());
        }
        if let Some(poster) = sheet.poster.filter(|_| facts.is_published(&sheet.page.id)) {
            files.insert(
                facts.shared(&walls::preview_path(poster)),
                poster.preview.clone(),
            );
            let pdf = walls::pdf_path(sheet.page, poster);
            files.insert(facts.shared(&pdf), poster.pdf.clone());
        }
    }
    let shown = |draft: &&walls::Draft| facts.is_published(&draft.page.id);
    for draft in facts.walls.drafts().iter().filter(shown) {
        let poster = draft.poster;
        files.insert(
            facts.shared(&walls::preview_path(poster)),
            poster.preview.clone(),
        );
        let pdf = walls::pdf_path(draft.page, poster);
        files.insert(facts.shared(&pdf), poster.pdf.clone());
    }
}

/// Returns the files that the site gives as they are, and those that pages cite.
fn given<'a>(on_web: &OnWeb<'a>) -> impl Iterator<Item = (&'a SitePath, &'a Asset)> {
    let site = on_web.site;
    let cited = on_web.pages().flat_map(cited_files);
    let cited = cited.filter_map(|path| site.assets.get_key_value(path));
    site.statics.iter().chain(cited)
}

/// Tells what goes out with those files although it may not be meant to. Each is read for it.
pub(in crate::render::web) fn told(on_web: &OnWeb) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    for (path, file) in given(on_web) {
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

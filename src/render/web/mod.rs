//! The website: site, plan and posters into HTML, a style sheet, feed and sitemap.
//!
//! Each kind of page has a file here that makes the small values its template reads; templates,
//! style and words are the theme's. All links are relative with `index.html` spelt out, so that
//! the pages work from a disk and below any path; no page asks another host for anything. Pages
//! are made side by side, and come out ordered by path.

mod blame;
mod board;
mod build;
mod calendar;
mod changes;
mod css;
mod feed;
mod foreign;
#[cfg(test)]
mod generator_tests;
mod holdings;
mod home;
mod html;
mod languages;
mod linked;
mod links;
mod lists;
mod neighbours;
mod notices;
mod page;
mod pages;
mod paper;
mod past;
mod picture;
mod posting;
mod quiz;
mod redirect;
mod results;
mod rotation;
mod screen;
mod screens;
mod search;
mod section;
mod share;
mod short;
mod shortcode;
mod sitemap;
mod sorting;
mod spelling;
mod template;
mod terms;
#[cfg(test)]
mod tests;
mod timeline;
mod view;
mod wall;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;
use serde::Serialize;
use tera::{Context, Value};

use super::export::{self, Deeds, Reader};
use super::{Artifact, Output};
use crate::diag::{Code, Diagnostic, Diagnostics, SitePath, Warned};
use crate::poster::Posters;
use crate::rotation::{Carriage, Plan};
use crate::site::{Bin, Board, LinkTarget, Page, Section, Shortcode, Site};
use crate::theme::Theme;
use build::Build;
pub use changes::{Change, Reason, Why, next_change};
use feed::FeedLink;
use languages::Languages;
pub(super) use links::{below, pretty};
use template::Templates;
use terms::{Shelf, Taxonomy};
use view::LinkView;
use words::Words;

/// How a website is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WebOptions {
    /// Which pages it shows.
    pub visibility: Visibility,
}

/// Which pages a website shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Visibility {
    /// What is approved and has begun.
    #[default]
    Published,
    /// That, and what nobody has approved yet, with a mark on it.
    Drafts,
    /// What is approved, begun or not.
    Future,
    /// Everything, with a mark on what nobody has approved yet.
    Preview,
}

impl Visibility {
    /// Tells whether it shows what nobody has approved yet.
    pub fn shows_drafts(self) -> bool {
        matches!(self, Self::Drafts | Self::Preview)
    }

    /// Tells whether it shows what has not begun yet.
    pub fn shows_future(self) -> bool {
        matches!(self, Self::Future | Self::Preview)
    }

    /// Tells whether it shows `page` on the day `today`.
    fn shows(self, page: &Page, today: Date) -> bool {
        (self.shows_drafts() || page.is_approved())
            && (self.shows_future() || page.date.is_none_or(|date| date <= today))
    }
}

/// Makes the website.
pub fn web(
    site: &Site,
    theme: &Theme,
    plan: &Plan,
    posters: &Posters,
    options: &WebOptions,
) -> Warned<Vec<Artifact>> {
    let mut diagnostics = Diagnostics::default();
    let words = |language: &str| Words::new(theme.phrases_in(language, "web"));
    let further = languages::further(site, words);
    let mut builds: Vec<Build> = Vec::new();
    for site in std::iter::once(site).chain(&further) {
        let words = words(&site.settings.language);
        builds.push(Build::new(site, plan, posters, words, options));
    }
    let languages = Arc::new(Languages::new(&builds, generated));
    let mut files = BTreeMap::new();
    for build in &mut builds {
        build.languages = languages.clone();
        let made = website(build, theme);
        diagnostics.extend(made.diagnostics);
        files.extend(
            made.value
                .into_iter()
                .map(|(path, bytes)| (build.place(&path), bytes)),
        );
        // A template that fails does so in every language.
        if diagnostics.has_errors() {
            break;
        }
    }
    let artifact = |(path, bytes)| Artifact {
        output: Output::Web,
        path,
        bytes,
    };
    Warned {
        value: files.into_iter().map(artifact).collect(),
        diagnostics,
    }
}

/// Makes the website in one language; paths are counted from its own root.
fn website(build: &mut Build, theme: &Theme) -> Warned<Files> {
    let mut diagnostics = Diagnostics::default();
    let mut files = BTreeMap::new();
    let templates = Templates::load(theme).map(Arc::new);
    build.templates = templates.as_ref().ok().cloned();
    let build = &*build;
    match templates {
        Ok(templates) => {
            let style = css::style_sheet(theme);
            let maker = Maker::new(build, &templates, theme, &style);
            let jobs = jobs(build);
            report_taken_addresses(build, &jobs, &mut diagnostics);
            let made: Vec<_> = jobs.par_iter().map(|job| maker.make(job)).collect();
            for page in made {
                match page {
                    Ok((path, html)) => {
                        files.insert(path, Arc::from(html.into_bytes()));
                    }
                    Err(diagnostic) => diagnostics.push(diagnostic),
                }
            }
            let version = search::add_index(build, &mut files);
            match maker.search(&version) {
                Ok((path, html)) => {
                    files.insert(path, Arc::from(html.into_bytes()));
                }
                Err(diagnostic) => diagnostics.push(diagnostic),
            }
            files.insert(css::PATH.to_owned(), Arc::from(style.into_bytes()));
        }
        Err(diagnostic) => diagnostics.push(diagnostic),
    }
    add_listings(build, &mut files);
    let is_main = build.site.translated_from.is_none();
    files.retain(|path, _| is_main || !WHOLE.contains(&path.as_str()));
    add_files(build, theme, &mut files);
    if is_main {
        // The site may bring lines of its own.
        redirect::add_lines(build, &mut files);
    }
    if let Ok(mut faults) = build.faults.lock() {
        diagnostics.extend(std::mem::take(&mut *faults));
    }
    Warned {
        value: files,
        diagnostics,
    }
}

/// Files that the website has once, whatever its languages.
const WHOLE: [&str; 3] = ["robots.txt", screens::PATH, changes::PATH];

/// The files of a website by their path.
type Files = BTreeMap<String, Arc<[u8]>>;

/// A page to be made.
enum Job<'a, 'b> {
    /// The home page.
    Home(&'a Page),
    /// A page of content.
    Page(&'a Page),
    /// A section, with its page where it has one.
    Section(&'a Section, Option<&'a Page>),
    /// Where a section's list goes on: its page from 2 on.
    SectionMore(&'a Section, Option<&'a Page>, usize),
    /// The terms of a taxonomy.
    Taxonomy(&'b Taxonomy<'a>),
    /// A page of a term's list.
    Term(&'b Taxonomy<'a>, &'b Shelf<'a>, usize),
    /// An old address that leads to its page.
    Alias(&'a Page, &'a str),
    /// The year's rotation.
    Rotation,
    /// All sorting items.
    SortingGuide,
    /// The items of a bin that has no page of its own in the content.
    Bin(Bin),
    /// Questions about the sorting items.
    Quiz,
    /// The calendar, month by month.
    Calendar,
    /// The public notices with the days left.
    PublicNotices,
    /// The full-screen page of a screen, with the page about it.
    Screen(&'a Board, &'a Page),
    /// What a host shows for an address that does not exist.
    NotFound,
    /// A short address that leads to its page.
    Short(&'a Page),
}

fn jobs<'a, 'b>(build: &'b Build<'a>) -> Vec<Job<'a, 'b>> {
    let mut jobs = vec![Job::NotFound];
    for page in build.pages() {
        // Codes on posters lead to the main language.
        if build.site.translated_from.is_none() {
            jobs.push(Job::Short(page));
        }
        match (page.id.as_str(), page.is_section) {
            ("", _) => jobs.push(Job::Home(page)),
            (_, false) => jobs.push(Job::Page(page)),
            (_, true) => {}
        }
    }
    for section in build
        .site
        .sections
        .iter()
        .filter(|section| !section.id.is_empty() && build.speaks(&section.language))
    {
        let page = build.page(&section.id).filter(|page| page.is_section);
        jobs.push(Job::Section(section, page));
        let more = 2..=build.holdings.n_lists(section);
        jobs.extend(more.map(|number| Job::SectionMore(section, page, number)));
    }
    for taxonomy in build.terms.all() {
        jobs.push(Job::Taxonomy(taxonomy));
        for shelf in &taxonomy.terms {
            let numbers = 1..=terms::n_lists(shelf, build);
            jobs.extend(numbers.map(|number| Job::Term(taxonomy, shelf, number)));
        }
    }
    jobs.extend(redirect::all(build).map(|(page, alias)| Job::Alias(page, alias)));
    if !build.site.boards.is_empty() {
        jobs.push(Job::Rotation);
    }
    if !build.site.items.is_empty() {
        jobs.push(Job::SortingGuide);
        jobs.push(Job::Quiz);
        jobs.extend(sorting::bins_without_page(build).map(Job::Bin));
    }
    jobs.push(Job::Calendar);
    if notices::has_any(build) {
        jobs.push(Job::PublicNotices);
    }
    jobs.extend(screen::screens(build).map(|(board, page)| Job::Screen(board, page)));
    jobs
}

impl Job<'_, '_> {
    /// Returns the output file, where the program itself chooses it.
    fn generated(&self, build: &Build) -> Option<String> {
        match self {
            Self::Rotation => Some(rotation::URL.to_owned()),
            Self::SortingGuide => Some(sorting::URL.to_owned()),
            Self::Bin(bin) => Some(sorting::bin_url(*bin)),
            Self::Quiz => Some(quiz::URL.to_owned()),
            Self::Calendar => Some(calendar::URL.to_owned()),
            Self::PublicNotices => Some(notices::URL.to_owned()),
            Self::Screen(_, page) => Some(screen::url(page)),
            Self::NotFound => Some("404.html".to_owned()),
            Self::Short(page) => Some(short::url(page)),
            Self::SectionMore(section, _, number) => {
                Some(pages::url(&build.section_url(section), *number))
            }
            Self::Taxonomy(taxonomy) => Some(terms::url(taxonomy)),
            Self::Term(_, shelf, number) => Some(pages::url(&shelf.url(), *number)),
            Self::Home(_) | Self::Page(_) | Self::Section(..) | Self::Alias(..) => None,
        }
    }
}

/// Returns the output files of a language's website that are not a page's of content.
fn generated(build: &Build) -> Vec<String> {
    let jobs = jobs(build);
    let file = |job: &Job| match job {
        Job::Section(section, None) => Some(build.section_url(section)),
        job => job.generated(build),
    };
    let search = std::iter::once(search::URL.to_owned());
    jobs.iter().filter_map(file).chain(search).collect()
}

/// Reports pages of content that stand where the program puts a page of its own.
fn report_taken_addresses(build: &Build, jobs: &[Job], diagnostics: &mut Diagnostics) {
    let own = jobs.iter().filter_map(|job| job.generated(build));
    let mut own: BTreeSet<String> = own.map(|url| url.to_lowercase()).collect();
    own.insert(search::URL.to_owned());
    redirect::report_taken(build, &own, diagnostics);
    for page in build.pages() {
        if let Some(url) = own.get(&page.url.to_lowercase()) {
            let taken = Diagnostic::new(Code::SameUrl)
                .at(page.title_span.clone())
                .with("url", &page.url)
                .with("other", url);
            diagnostics.push(taken);
        }
    }
}

/// Makes pages out of views and templates.
struct Maker<'a, 'b> {
    build: &'b Build<'a>,
    templates: &'b Templates,
    style: &'b str,
    site: Value,
    words: Value,
    nav: Value,
    options: Value,
    /// The colour of the browser's own bar: `light` and `dark`.
    bar: Value,
    data: Value,
}

/// What the frame of every page says of it.
#[derive(Debug, Serialize)]
struct Head {
    id: String,
    title: String,
    description: String,
    url: String,
    canonical: Option<String>,
    /// The id of the section right below the home page that it belongs to.
    section: Option<String>,
    crumbs: Vec<LinkView>,
    /// `draft` or `review` where nobody has approved it yet.
    draft: Option<&'static str>,
    /// The feeds that it belongs to.
    feeds: Vec<FeedLink>,
    /// The pages before and after it, where it is one of several of a list.
    previous: Option<String>,
    next: Option<String>,
    /// What search engines read of it, ready for a script element.
    linked: Option<String>,
    /// Where it stands on the web, for paper.
    short: Option<paper::Short>,
    /// The whole address of the picture for those who pass the page on.
    share: Option<String>,
}

impl<'a, 'b> Maker<'a, 'b> {
    fn new(build: &'b Build<'a>, templates: &'b Templates, theme: &Theme, style: &'b str) -> Self {
        Self {
            build,
            templates,
            style,
            site: Value::from_serializable(&section::SiteView::new(build)),
            words: Value::from_serializable(build.words.all()),
            nav: Value::from_serializable(&section::nav(build)),
            options: Value::from_serializable(&theme.options),
            bar: Value::from_serializable(&css::bar(&theme.tokens)),
            data: Value::from_serializable(&build.site.data.values),
        }
    }

    fn make(&self, job: &Job) -> Result<(String, String), Diagnostic> {
        let build = self.build;
        match job {
            Job::Home(page) => {
                let mut context = self.context(self.head_of(page));
                home::fill(&mut context, page, build);
                self.render("home.html", &page.url, &context)
            }
            Job::Page(page) => {
                let mut context = self.context(self.head_of(page));
                let template = match page.board.as_deref().and_then(|id| build.site.board(id)) {
                    Some(board) => {
                        board::fill(&mut context, page, board, build);
                        "board.html"
                    }
                    None => {
                        page::fill(&mut context, page, build);
                        "page.html"
                    }
                };
                self.render(template, &page.url, &context)
            }
            Job::Section(section, page) => {
                let url = build.section_url(section);
                let head = match page {
                    Some(page) => self.head_of(page),
                    None => self.head(&section.title, &url, Some(&section.id)),
                };
                let last = build.holdings.n_lists(section);
                let head = Head {
                    feeds: self.feeds(feed::links_of_section(section, build)),
                    ..head.among(&url, 1, last, build)
                };
                let mut context = self.context(head);
                section::fill(&mut context, section, *page, 1, build);
                self.render("section.html", &url, &context)
            }
            Job::SectionMore(section, page, number) => self.section_more(section, *page, *number),
            Job::Taxonomy(taxonomy) => self.taxonomy(taxonomy),
            Job::Term(taxonomy, shelf, number) => self.term(taxonomy, shelf, *number),
            Job::Alias(page, alias) => {
                let mut context = self.context(self.head(&page.title, alias, None));
                redirect::fill(&mut context, page, alias, build);
                self.render("short.html", alias, &context)
            }
            Job::Rotation => {
                let title = build.words.get("rotation_title");
                let mut context = self.context(self.head(title, rotation::URL, Some("boards")));
                rotation::fill(&mut context, build);
                self.render("rotation.html", rotation::URL, &context)
            }
            Job::SortingGuide => {
                let title = build.words.get("guide_title");
                let mut context = self.context(self.head(title, sorting::URL, Some("sorting")));
                sorting::fill(&mut context, build);
                self.render("sorting.html", sorting::URL, &context)
            }
            Job::Bin(bin) => {
                let url = sorting::bin_url(*bin);
                let mut context = self.context(self.head(bin.name(), &url, Some("sorting")));
                sorting::fill_bin(&mut context, *bin, build);
                self.render("bin.html", &url, &context)
            }
            Job::Quiz => {
                let title = build.words.get("quiz_title");
                let mut context = self.context(self.head(title, quiz::URL, Some("sorting")));
                quiz::fill(&mut context, build);
                self.render("quiz.html", quiz::URL, &context)
            }
            Job::Calendar => {
                let title = build.words.get("calendar_title");
                let mut context = self.context(self.head(title, calendar::URL, None));
                calendar::fill(&mut context, build);
                self.render("calendar.html", calendar::URL, &context)
            }
            Job::PublicNotices => {
                let title = build.words.get("public_title");
                let section = Some(notices::SECTION);
                let mut context = self.context(self.head(title, notices::URL, section));
                notices::fill(&mut context, build);
                self.render("notices.html", notices::URL, &context)
            }
            Job::Screen(board, page) => {
                let url = screen::url(page);
                let mut context = self.context(self.head(&board.title, &url, None));
                screen::fill(&mut context, board, page, build);
                self.render("screen.html", &url, &context)
            }
            Job::NotFound => self.not_found(),
            Job::Short(page) => {
                let url = short::url(page);
                let mut context = self.context(self.head(&page.title, &url, None));
                short::fill(&mut context, page, build);
                self.render("short.html", &url, &context)
            }
        }
    }

    /// Makes the page on which one searches the index of that version.
    fn search(&self, version: &str) -> Result<(String, String), Diagnostic> {
        let title = self.build.words.get("search_title");
        let mut context = self.context(self.head(title, search::URL, None));
        search::fill(&mut context, self.build, version);
        self.render("search.html", search::URL, &context)
    }

    /// Makes the page for addresses that do not exist. A host shows it at any depth, so it
    /// brings its style along and calls everything by its whole address, where there is one.
    fn not_found(&self) -> Result<(String, String), Diagnostic> {
        let title = self.build.words.get("not_found_title");
        let mut context = self.context(self.head(title, "404.html", None));
        context.insert("style", self.style);
        if let Some(root) = self.build.base_url() {
            context.insert("root", root);
        }
        self.render("404.html", "404.html", &context)
    }

    fn render(
        &self,
        template: &str,
        url: &str,
        context: &Context,
    ) -> Result<(String, String), Diagnostic> {
        let html = self.templates.render(template, context)?;
        Ok((url.to_owned(), foreign::mark(html, url, self.build)))
    }

    fn context(&self, head: Head) -> Context {
        let mut context = Context::new();
        context.insert_value("site", self.site.clone());
        context.insert_value("t", self.words.clone());
        context.insert_value("nav", self.nav.clone());
        context.insert_value("theme", self.options.clone());
        context.insert_value("bar", self.bar.clone());
        context.insert_value("data", self.data.clone());
        context.insert("root", &links::root(&head.url));
        let languages = &self.build.languages;
        let here = (head.id.as_str(), head.url.as_str());
        context.insert("languages", &languages.switch(self.build, here.0, here.1));
        context.insert(
            "alternates",
            &languages.alternates(self.build, here.0, here.1),
        );
        context.insert("page", &head);
        context
    }

    fn head(&self, title: &str, url: &str, section: Option<&str>) -> Head {
        let parent = section.and_then(|id| self.build.site.section(id));
        let crumbs = parent.map(|section| section::crumb(self.build, section));
        Head {
            id: url.to_owned(),
            title: title.to_owned(),
            description: self.build.site.settings.description.clone(),
            url: url.to_owned(),
            canonical: self.build.absolute(url),
            section: section.map(str::to_owned),
            crumbs: crumbs.into_iter().collect(),
            draft: None,
            feeds: self.feeds(Vec::new()),
            previous: None,
            next: None,
            linked: None,
            short: None,
            share: share::picture(self.build, url, None),
        }
    }

    fn head_of(&self, page: &Page) -> Head {
        let top = page.section.split('/').next().filter(|top| !top.is_empty());
        let crumbs = section::crumbs(self.build, page);
        Head {
            id: page.id.clone(),
            title: page.title.clone(),
            description: page.summary.clone(),
            url: page.url.clone(),
            canonical: self.build.absolute(&page.url),
            section: top.map(str::to_owned),
            linked: linked::of_page(page, &crumbs, self.build),
            crumbs,
            draft: view::draft(page),
            feeds: self.feeds(Vec::new()),
            previous: None,
            next: None,
            short: paper::Short::of(self.build, page),
            share: share::picture(self.build, &page.url, page.topic()),
        }
    }
}

/// Adds feeds, calendar, what hangs where, sitemap and robots.txt.
fn add_listings(build: &Build, files: &mut Files) {
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
    if let Some(xml) = sitemap::sitemap(build, &generated) {
        add("sitemap.xml", xml);
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
fn add_files(build: &Build, theme: &Theme, files: &mut Files) {
    for (path, bytes) in theme.below("static") {
        if let Some(name) = path
            .strip_prefix("static/")
            .filter(|name| !name.ends_with(".css") && path != screen::WORKER)
        {
            files.insert(format!("assets/{name}"), Arc::from(&**bytes));
        }
    }
    for (path, bytes) in &build.site.statics {
        files.insert(build.shared(build::public_path(path)), bytes.clone());
    }
    for path in build.pages().flat_map(cited_files) {
        if let Some(bytes) = build.site.assets.get(path) {
            files.insert(build.shared(build::public_path(path)), bytes.clone());
        }
    }
    let maps = build
        .site
        .boards
        .iter()
        .filter(|board| build.is_published(&board.page));
    for map in maps.filter_map(|board| board.map.as_ref()) {
        if let Some(bytes) = build.site.assets.get(&map.file) {
            files.insert(build::public_path(&map.file).to_owned(), bytes.clone());
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

/// Returns the files that a page shows or links to.
fn cited_files(page: &Page) -> impl Iterator<Item = &SitePath> {
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

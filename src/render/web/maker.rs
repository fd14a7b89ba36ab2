//! Making pages: the views of each kind, in the frame that all share, through its template.

mod lists;

use serde::Serialize;
use tera::{Context, Value};

use super::build::Build;
use super::engine::template::Templates;
use super::engine::{css, foreign};
use super::files::feed::{self, FeedLink};
use super::files::search;
use super::html::Rendered;
use super::job::Job;
use super::texts::{article, linked};
use super::view::values::{self, LinkView};
use super::view::{
    board, calendar, home, notices, page, paper, quiz, redirect, rotation, screen, section, share,
    short, sorting,
};
use crate::diag::Diagnostic;
use crate::render::links;
use crate::site::Page;
use crate::theme::Theme;

/// Makes pages out of views and templates.
pub(super) struct Maker<'a, 'b> {
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
    pub(super) fn new(
        build: &'b Build<'a>,
        templates: &'b Templates,
        theme: &Theme,
        style: &'b str,
    ) -> Self {
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

    pub(super) fn make(&self, job: &Job) -> Result<(String, String), Diagnostic> {
        let build = self.build;
        match job {
            Job::Home(page) => {
                let mut context = self.context(self.head_of(page));
                home::fill(&mut context, page, self.text(page), build, &build.cards);
                self.render("home.html", &page.url, &context)
            }
            Job::Page(page) => {
                let mut context = self.context(self.head_of(page));
                let template = match page.board.as_deref().and_then(|id| build.site.board(id)) {
                    Some(board) => {
                        let text = self.text(page);
                        board::fill(&mut context, (page, board), &text.html, build);
                        "board.html"
                    }
                    None => {
                        let text = self.text(page);
                        page::fill(&mut context, page, text, build, &build.cards);
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
                let last = build.listings.n_lists(section);
                let head = Head {
                    feeds: self.feeds(feed::links_of_section(section, build)),
                    ..head.among(&url, 1, last, build)
                };
                let mut context = self.context(head);
                let text = page.map(|page| self.text(page));
                section::fill(&mut context, section, *page, 1, text, build, &build.cards);
                self.render("section.html", &url, &context)
            }
            Job::SectionMore(section, page, number) => self.section_more(section, *page, *number),
            Job::Taxonomy(at) => self.taxonomy(&build.terms.all()[*at]),
            Job::Term(place, number) => self.term(*place, *number),
            Job::Alias(page, alias) if !build.delivery().short_addresses => {
                Ok((alias.to_string(), redirect::plain(page, alias)))
            }
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
                let mut context =
                    self.context(self.head(&build.words.bin(*bin), &url, Some("sorting")));
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
    pub(super) fn search(&self, version: &str) -> Result<(String, String), Diagnostic> {
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

    /// Renders the text of a page; what its blocks had to say is kept with the build.
    fn text(&self, page: &Page) -> Rendered {
        let build = self.build;
        let mut text = article::text(page, build, build.templates.as_deref());
        let said = std::mem::take(&mut text.faults);
        if !said.is_empty()
            && let Ok(mut faults) = build.faults.lock()
        {
            faults.extend(said.into_iter().collect());
        }
        text
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
            draft: values::draft(page),
            feeds: self.feeds(Vec::new()),
            previous: None,
            next: None,
            short: paper::Short::of(self.build, page),
            share: share::picture(self.build, &page.url, page.topic()),
        }
    }
}

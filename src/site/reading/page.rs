//! Reading a page's front matter and text.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::campaign::campaign;
use super::context::Context;
use super::duty::duties;
use super::event::{self, check_days, event};
use super::figure::figures;
use super::keys::keys_of;
use super::notice::notice;
use super::place::{Kind, Location, short_id, url};
use super::season::season;
use super::terms::terms;
use super::topics::topics;
use super::website::pagination;
use super::{BoardFile, address, indicator, poster, posting_rules, privacy, read_board, weekday};
use crate::diag::{Code, Diagnostics, SitePath, Source, Span, Spanned, words};
use crate::read::{Fields, MarkdownFile, Reader, blank, yaml};
use crate::site::board::Board;
use crate::site::given::{Focus, Picture};
use crate::site::markdown;
use crate::site::page::{Approval, Page, PageContent, Signatures};
use crate::site::poster_wish::PosterWish;
use crate::site::settings::Settings;
use crate::site::sorting::Bin;
use crate::site::website::WebWish;
use crate::site::{Section, Sort};

/// What stands for a last day where there is none.
const LASTING: [&str; 3] = ["常年", "长期", "never"];

/// How far a page has come, as it is written.
const STATUSES: &[(&str, Approval)] = &[
    ("draft", Approval::Draft),
    ("草稿", Approval::Draft),
    ("review", Approval::Review),
    ("待审", Approval::Review),
    ("approved", Approval::Approved),
    ("已签发", Approval::Approved),
];
const SORTS: &[(&str, Sort)] = &[
    ("date", Sort::Date),
    ("日期", Sort::Date),
    ("oldest", Sort::Oldest),
    ("从旧到新", Sort::Oldest),
    ("title", Sort::Title),
    ("标题", Sort::Title),
    ("order", Sort::Order),
    ("顺序", Sort::Order),
];

/// What a Markdown file turned out to be.
#[derive(Debug, Clone)]
pub(in crate::site) struct PageFile {
    /// Its page.
    pub page: Page,
    /// Its section, where it is an `_index.md`.
    pub section: Option<Section>,
    /// Its board, where it lies in `content/boards/`.
    pub board: Option<Board>,
}

/// Reads a Markdown file that stands for `path`: its own path, without a language.
pub(in crate::site) fn read_page(
    file: &MarkdownFile,
    path: &SitePath,
    ctx: &Context,
) -> (Option<PageFile>, Diagnostics) {
    let reader = Reader::with_days(&file.source, ctx.settings.days_as(ctx.today));
    let place = Location::of(path);
    let own = own_keys(ctx.settings);
    let fields = Fields::open_with(
        &reader,
        &file.front,
        words("front-matter"),
        keys_of(&place.kind),
        &own,
    );
    let page = fields.map(|fields| build(file, &fields, &place, ctx));
    (page, reader.finish())
}

/// Returns the home page of a site that has none: its title and its description.
pub(in crate::site) fn home(settings: &Settings) -> MarkdownFile {
    let entry = |name: &str, value: &str| {
        let key = yaml::Key {
            name: name.to_owned(),
            range: 0..0,
        };
        let value = yaml::Node {
            value: yaml::Value::Scalar(value.to_owned()),
            range: 0..0,
        };
        (key, value)
    };
    let front = [
        ("title", &settings.title),
        ("summary", &settings.description),
    ];
    let given = front
        .into_iter()
        .filter(|(_, value)| !value.trim().is_empty());
    let place = SitePath::fixed("content/_index.md");
    MarkdownFile {
        source: Source::new(place.clone(), ""),
        place,
        front: Arc::new(yaml::Node {
            value: yaml::Value::Map(given.map(|(name, value)| entry(name, value)).collect()),
            range: 0..0,
        }),
        body: 0..0,
        has_blanks: false,
        key: None,
    }
}

/// Returns the keys of the site's own: its taxonomies.
pub(super) fn own_keys(settings: &Settings) -> Vec<(&str, &str)> {
    let taxonomies = settings.website.taxonomies.iter();
    taxonomies.map(|it| (&*it.id, &*it.title)).collect()
}

/// Reads how far a page has come; one with something left to fill in is a draft.
pub(super) fn approval(fields: &Fields, text: &str, kind: &Kind) -> Approval {
    let status = fields.word("status", STATUSES).unwrap_or_default();
    match *kind == Kind::Page && blank::is_in(text) {
        true => Approval::Draft,
        false => status,
    }
}

/// Tells whether a title stands in “ ” as a whole: its writer may have meant YAML's quotes, or a name
/// that is written so, as “光盘行动”.
fn is_quoted(title: &Spanned<String>) -> bool {
    let written = title.span.source.text.get(title.span.range.clone());
    let inner = written.and_then(|it| it.strip_prefix('“')?.strip_suffix('”'));
    inner.is_some_and(|inner| !inner.contains(['“', '”']))
}

/// Takes the strokes out of a title that say where lines end, and returns where they stood: between
/// two characters, as in 睡前抄表|查暗漏. One with a blank beside it is a stroke.
pub(super) fn broken(title: &str) -> (String, Vec<usize>) {
    let (mut whole, mut breaks) = (String::new(), Vec::new());
    let mut characters = title.chars().peekable();
    while let Some(character) = characters.next() {
        let meets = |it: Option<char>| it.is_some_and(|it| !it.is_whitespace() && !is_stroke(it));
        let parts = is_stroke(character)
            && meets(whole.chars().next_back())
            && meets(characters.peek().copied());
        match parts {
            true => breaks.push(whole.len()),
            false => whole.push(character),
        }
    }
    (whole, breaks)
}

fn is_stroke(character: char) -> bool {
    matches!(character, '|' | '｜')
}

fn build(file: &MarkdownFile, fields: &Fields, place: &Location, ctx: &Context) -> PageFile {
    let reader = fields.reader();
    let title = fields.required_text("title", words("example-title"));
    let title_span = title
        .as_ref()
        .map_or_else(|| fields.span("title"), |title| title.span.clone());
    if let Some(title) = title.as_ref().filter(|title| is_quoted(title)) {
        reader.report(Code::QuotedTitle, &title.span.range, |d| {
            d.with("title", &title.value)
        });
    }
    // Without one the page cannot be built; its file's name spares mistakes that are none.
    let title = title.map_or_else(|| place.id.clone(), |title| title.value);
    let (title, title_breaks) = broken(&title);
    let mut diagnostics = Diagnostics::default();
    let mut body = markdown::parse(&file.source, file.body.clone(), &mut diagnostics);
    let part = poster::take_part(&mut body).unwrap_or_else(|range| {
        reader.report(Code::PosterMark, &range, |d| d);
        None
    });
    let raw = ctx.settings.website.raw_html;
    markdown::settle(&mut body, &file.source, raw, &mut diagnostics);
    for diagnostic in diagnostics.sorted() {
        reader.push(diagnostic);
    }
    let text = &file.source.text;
    if place.kind != Kind::Page {
        // A home page and a board are always there: what is not ready of them is left out.
        body.blocks
            .retain(|block| !blank::is_in(&text[block.range.clone()]));
    }
    let date = fields.date("date");
    let (mut wish, posting) = poster::read_poster(fields, ctx, date);
    if let Some(wish) = &mut wish {
        wish.part = part;
        poster::report_raw_html(&body, wish, reader);
    }
    let id = fields
        .text("id")
        .map_or_else(|| place.id.clone(), |id| id.value);
    let order = fields.integer("order", -100_000..=100_000).unwrap_or(0);
    let summary = fields.text("summary").map(|text| text.value);
    let is_lasting = |text: &Spanned<String>| LASTING.contains(&text.value.trim());
    let lasting = fields.text("expires").as_ref().is_some_and(is_lasting);
    let expires = match lasting {
        true => None,
        false => fields.date("expires"),
    };
    check_days(fields, date, expires, posting);
    weekday::check(reader, file, date.unwrap_or(ctx.today));
    event::check_folder(fields, date, &file.source.path);
    let event = event(fields);
    let days = posting_rules::Days {
        date,
        expires,
        posting,
        event: event.as_ref().map(|event| event.date),
    };
    posting_rules::check(fields, ctx, &title, days);
    let section = (place.kind == Kind::Section).then(|| Section {
        id: place.section.clone(),
        title: title.clone(),
        language: ctx.settings.language.clone(),
        sort: fields.word("sort", SORTS).unwrap_or_default(),
        pagination: pagination(fields).unwrap_or(ctx.settings.website.pagination),
        order,
        parent: None,
        pages: Vec::new(),
        sections: Vec::new(),
    });
    let board_id = SitePath::new(&id)
        .map(|path| path.file_name().to_owned())
        .unwrap_or_default();
    let board = (place.kind == Kind::Board)
        .then(|| {
            read_board(
                &BoardFile {
                    fields,
                    page: &id,
                    id: &board_id,
                    title: &title,
                    order,
                    map: picture(fields, ctx, "map", "map_alt"),
                },
                ctx.settings,
            )
        })
        .flatten();
    let notice = if place.kind == Kind::Board {
        None
    } else {
        notice(fields, posting, &ctx.settings.organisation)
    };
    privacy::check(reader, ctx.settings);
    let page = PageContent {
        formerly: fields
            .texts("formerly")
            .into_iter()
            .map(|text| text.value)
            .collect(),
        path: file.source.path.clone(),
        url: url(fields, place, &title, ctx.settings.website.slugs),
        language: ctx.settings.language.clone(),
        section: place.section.clone(),
        short_id: short_id(&id),
        is_section: place.kind == Kind::Section,
        summary: summary.unwrap_or_else(|| markdown::summary(&body)),
        date,
        expires,
        lasting,
        urgent: fields.flag("urgent"),
        season: season(fields, &ctx.settings.seasons),
        topics: topics(fields, &ctx.settings.topics)
            .into_iter()
            .map(|topic| topic.value)
            .collect(),
        order,
        picture: picture(fields, ctx, "picture", "picture_alt"),
        notice,
        event,
        campaign: campaign(fields, ctx),
        board: board.as_ref().map(|board| board.id.clone()),
        items: fields.texts("items"),
        bin: bin(fields, ctx.settings),
        figures: figures(fields),
        indicators: indicator::list(fields),
        duties: duties(fields, ctx.settings, date),
        approval: approval(fields, text, &place.kind),
        signatures: Signatures {
            drafted: fields.text("drafted").map(|text| text.value),
            reviewed: fields.text("reviewed").map(|text| text.value),
            issued: fields.text("issued").map(|text| text.value),
        },
        web: WebWish {
            terms: terms(fields, &ctx.settings.website),
            aliases: address::aliases(fields, ctx.settings),
            contents: fields.flag("toc"),
        },
        poster: wish,
        body: body.into(),
        images: BTreeMap::new(),
        links: BTreeMap::new(),
        shortcodes: BTreeMap::new(),
        span: Span::file(&file.source),
        title,
        title_span,
        title_breaks,
        id,
    };
    let page = Page::from(page);
    let open = page.date.zip(page.assumed_end());
    if let Some((from, to)) = open.filter(|_| !says_its_end(fields)) {
        reader.report(Code::NoEnd, &fields.span("kind").range, |d| {
            d.with("title", &page.title)
                .with("from", from)
                .with("to", to)
        });
    }
    let is_finished = |wish: &PosterWish| wish.file.is_some() || wish.received.is_some();
    if page.notice.is_some()
        && page.body.blocks.is_empty()
        && !page.poster.as_ref().is_some_and(is_finished)
    {
        reader.report(Code::EmptyNotice, &page.title_span.range, |d| {
            d.with("title", &page.title)
        });
    }
    if let Some(bad) = crate::site::refused(&page.url) {
        let slug = fields.node("slug").map(|_| fields.span("slug"));
        reader.push(bad.at(slug.unwrap_or_else(|| page.span.clone())));
    }
    PageFile {
        page,
        section,
        board,
    }
}

/// Tells whether a page writes when it is over, though it may have written it wrong.
fn says_its_end(fields: &Fields) -> bool {
    let posting = match fields.node("poster").map(|node| &node.value) {
        Some(yaml::Value::Map(entries)) => {
            (entries.iter()).any(|(key, _)| matches!(key.name.as_str(), "posting" | "公示期"))
        }
        _ => false,
    };
    posting
        || ["expires", "event", "to"]
            .iter()
            .any(|key| fields.node(key).is_some())
}

/// Reads a picture under `key`, and its words under `alt_key`.
pub(super) fn picture(
    fields: &Fields,
    ctx: &Context,
    key: &'static str,
    alt_key: &'static str,
) -> Option<Picture> {
    let text = fields.text(key)?;
    let Some(file) = ctx.asset(&text) else {
        ctx.missing_image(fields.reader(), &text);
        return None;
    };
    let alt = fields.text(alt_key).map(|alt| alt.value);
    if alt.is_none() {
        fields
            .reader()
            .report(Code::MissingAlt, &text.span.range, |d| {
                d.with("image", &text.value).with("key", alt_key)
            });
    }
    let focus = (key == "picture").then(|| focus(fields)).flatten();
    Some(Picture {
        file,
        alt: alt.unwrap_or_default(),
        focus,
    })
}

/// Reads where in the picture what matters stands: `30% 40%`, from the left and from the top.
fn focus(fields: &Fields) -> Option<Focus> {
    fields.parsed("focus", words("focus"), "50% 40%", |text| {
        let mut shares = text
            .split([' ', ',', '，', '、'])
            .filter(|it| !it.is_empty());
        let mut share = || {
            let percent = shares.next()?.trim_end_matches(['%', '％']);
            let percent = percent.parse::<u16>().ok().filter(|it| *it <= 100)?;
            Some(percent * 10)
        };
        let (x, y) = (share()?, share()?);
        shares.next().is_none().then_some(Focus { x, y })
    })
}

fn bin(fields: &Fields, settings: &Settings) -> Option<Bin> {
    let word = fields.text("bin")?;
    let bin = settings.bin(&word);
    if bin.is_none() {
        fields.unknown_word("bin", &word, Bin::ALL.iter().map(|bin| bin.name()));
    }
    bin
}

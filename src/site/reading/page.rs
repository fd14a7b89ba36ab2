//! Reading a page's front matter and text.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use jiff::civil::Date;
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use super::{BoardFile, board, poster, read_board};
use crate::calendar::Calendar;
use crate::diag::{Code, Diagnostics, SitePath, Span, Spanned, nearest};
use crate::read::{CONTENT, Fields, Form::*, Key, Keys, MarkdownFile, Reader};
use crate::site::board::Board;
use crate::site::markdown;
use crate::site::page::{
    Approval, Campaign, Event, Figure, Notice, NoticeKind, Page, Picture, Posting, Signatures,
    Stage,
};
use crate::site::settings::Settings;
use crate::site::sorting::Bin;
use crate::site::topic::{self, Topic};
use crate::site::{Section, Sort};

const KEYS: Keys = &[
    ("title", &["标题"], Text),
    ("date", &["日期"], Day),
    ("expires", &["截止", "截止日期"], Day),
    ("topics", &["主题", "话题"], Texts),
    ("summary", &["摘要"], Text),
    ("picture", &["图片", "配图"], Text),
    ("picture_alt", &["图片说明"], Text),
    ("order", &["顺序"], Whole),
    ("kind", &["文种"], Text),
    ("number", &["文号"], Text),
    ("signed", &["落款"], Text),
    ("objections", &["异议受理"], Text),
    ("event", &["活动"], Map(EVENT)),
    ("items", &["物品"], Texts),
    ("bin", &["桶"], Text),
    ("status", &["状态"], Text),
    ("drafted", &["拟稿"], Text),
    ("reviewed", &["审核"], Text),
    ("issued", &["签发"], Text),
    ("poster", &["海报"], Map(poster::KEYS)),
    ("slug", &["网址名"], Text),
    ("id", &["编号"], Text),
    ("formerly", &["曾用编号"], Texts),
    ("from", &["开始"], Day),
    ("to", &["结束"], Day),
    ("pulls", &["带动主题"], Texts),
    ("stages", &["阶段"], Maps(STAGE)),
    ("figures", &["数字"], Maps(FIGURE)),
];
const SECTION: Keys = &[("sort", &["排序"], Text)];
const EVENT: Keys = &[
    ("date", &["日期"], Day),
    ("until", &["结束"], Day),
    ("time", &["时间"], Text),
    ("place", &["地点"], Text),
];
const STAGE: Keys = &[
    ("title", &["名称"], Text),
    ("due", &["截止"], Day),
    ("who", &["负责人"], Text),
    ("text", &["内容"], Text),
    ("done", &["完成"], Day),
    ("proof", &["佐证"], Text),
];
const FIGURE: Keys = &[
    ("label", &["名称"], Text),
    ("value", &["数"], Text),
    ("unit", &["单位"], Text),
    ("before", &["上次"], Text),
    ("source", &["出处"], Text),
];
const KINDS: &[(&str, NoticeKind)] = &[
    ("公示", NoticeKind::PublicNotice),
    ("通知", NoticeKind::Instruction),
    ("公告", NoticeKind::Announcement),
    ("活动", NoticeKind::Activity),
    ("提示", NoticeKind::Reminder),
];
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
    ("title", Sort::Title),
    ("标题", Sort::Title),
    ("order", Sort::Order),
    ("顺序", Sort::Order),
];

/// What reading a page needs beside its file.
pub(in crate::site) struct Context<'a> {
    /// The settings.
    pub settings: &'a Settings,
    /// For posting periods.
    pub calendar: &'a Calendar,
    /// Pictures and other files that may be cited.
    pub assets: &'a BTreeMap<SitePath, Arc<[u8]>>,
    /// The page's own folder.
    pub folder: SitePath,
}

impl Context<'_> {
    /// Finds the file that `link` names: beside the page, or from `content/` with a leading `/`.
    pub(in crate::site) fn asset(&self, link: &str) -> Option<SitePath> {
        let path = self.folder.resolve(&SitePath::fixed(CONTENT), link)?;
        self.assets.contains_key(&path).then_some(path)
    }

    /// Reports a picture or file that is not there.
    pub(in crate::site) fn missing_image(&self, reader: &Reader, text: &Spanned<String>) {
        let folder = self.folder.as_str();
        let below = |path: &'_ SitePath| path.strip(folder).map(str::to_owned);
        let beside: Vec<String> = self.assets.keys().filter_map(below).collect();
        let rooted: Vec<String> = self
            .assets
            .keys()
            .filter_map(|path| path.strip(CONTENT).map(|rest| format!("/{rest}")))
            .collect();
        let known = if text.starts_with('/') {
            &rooted
        } else {
            &beside
        };
        reader.report(Code::MissingImage, &text.span.range, |d| {
            d.with("image", &text.value)
                .with_some("nearest", nearest(text, known.iter().map(String::as_str)))
        });
    }
}

/// What a Markdown file turned out to be.
pub(in crate::site) struct PageFile {
    /// Its page.
    pub page: Page,
    /// Its section, where it is an `_index.md`.
    pub section: Option<Section>,
    /// Its board, where it lies in `content/boards/`.
    pub board: Option<Board>,
}

/// Reads a Markdown file.
pub(in crate::site) fn read_page(
    file: &MarkdownFile,
    ctx: &Context,
) -> (Option<PageFile>, Diagnostics) {
    let reader = Reader::new(&file.source);
    let place = Location::of(&file.source.path);
    let fields = Fields::open(&reader, &file.front, "信息栏", keys_of(&place.kind));
    let page = fields.map(|fields| build(file, &fields, &place, ctx));
    (page, reader.finish())
}

/// Which of the three kinds of Markdown files it is.
#[derive(PartialEq, Eq)]
pub(in crate::site) enum Kind {
    /// Any page.
    Page,
    /// A section's `_index.md`.
    Section,
    /// A board's file.
    Board,
}

/// Returns the keys that a file of that kind may have.
pub(in crate::site) fn keys_of(kind: &Kind) -> Keys {
    static SECTION_KEYS: LazyLock<Vec<Key>> = LazyLock::new(|| [KEYS, SECTION].concat());
    // A board's `kind` is another than a notice's.
    static BOARD_KEYS: LazyLock<Vec<Key>> = LazyLock::new(|| {
        let own = KEYS.iter().filter(|(name, ..)| *name != "kind").copied();
        own.chain(board::KEYS.iter().copied()).collect()
    });
    match kind {
        Kind::Page => KEYS,
        Kind::Section => &SECTION_KEYS,
        Kind::Board => &BOARD_KEYS,
    }
}

/// What a file's path says.
struct Location {
    id: String,
    section: String,
    kind: Kind,
}

impl Location {
    fn of(path: &SitePath) -> Self {
        let below = path.strip(CONTENT).unwrap_or(path.as_str());
        let below = below.rsplit_once('.').map_or(below, |(stem, _)| stem);
        let below: String = below.nfc().collect();
        let folder = below
            .rsplit_once('/')
            .map_or("", |(folder, _)| folder)
            .to_owned();
        if path.stem() == "_index" {
            return Self {
                id: folder.clone(),
                section: folder,
                kind: Kind::Section,
            };
        }
        let kind = if folder == "boards" {
            Kind::Board
        } else {
            Kind::Page
        };
        Self {
            id: below,
            section: folder,
            kind,
        }
    }
}

fn build(file: &MarkdownFile, fields: &Fields, place: &Location, ctx: &Context) -> PageFile {
    let reader = fields.reader();
    let title = fields.required_text("title", "title: 冬季取暖安全");
    let title_span = title
        .as_ref()
        .map_or_else(|| fields.span("title"), |title| title.span.clone());
    let title = title.map(|title| title.value).unwrap_or_default();
    let mut diagnostics = Diagnostics::default();
    let mut body = markdown::parse(&file.source, file.body.clone(), &mut diagnostics);
    for diagnostic in diagnostics.sorted() {
        reader.push(diagnostic);
    }
    let part = poster::take_part(&mut body).unwrap_or_else(|range| {
        reader.report(Code::PosterMark, &range, |d| d);
        None
    });
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
    let expires = fields.date("expires");
    check_days(fields, date, expires, posting);
    let section = (place.kind == Kind::Section).then(|| Section {
        id: place.section.clone(),
        title: title.clone(),
        sort: fields.word("sort", SORTS).unwrap_or_default(),
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
                },
                ctx.settings,
            )
        })
        .flatten();
    let notice = if place.kind == Kind::Board {
        None
    } else {
        notice(fields, posting)
    };
    let page = Page {
        formerly: fields
            .texts("formerly")
            .into_iter()
            .map(|text| text.value)
            .collect(),
        path: file.source.path.clone(),
        url: url(fields, place),
        section: place.section.clone(),
        short_id: short_id(&id),
        is_section: place.kind == Kind::Section,
        summary: summary.unwrap_or_else(|| markdown::summary(&body)),
        date,
        expires,
        topics: topics(fields, &ctx.settings.topics)
            .into_iter()
            .map(|topic| topic.value)
            .collect(),
        order,
        picture: picture(fields, ctx),
        notice,
        event: event(fields),
        campaign: campaign(fields, ctx),
        board: board.as_ref().map(|board| board.id.clone()),
        items: fields.texts("items"),
        bin: bin(fields),
        figures: figures(fields),
        indicators: Vec::new(),
        duties: Vec::new(),
        approval: fields.word("status", STATUSES).unwrap_or_default(),
        signatures: Signatures {
            drafted: fields.text("drafted").map(|text| text.value),
            reviewed: fields.text("reviewed").map(|text| text.value),
            issued: fields.text("issued").map(|text| text.value),
        },
        poster: wish,
        body,
        images: BTreeMap::new(),
        links: BTreeMap::new(),
        span: Span::file(&file.source),
        title,
        title_span,
        id,
    };
    PageFile {
        page,
        section,
        board,
    }
}

/// Makes the output path: the folder, then the slug or the file's stem.
fn url(fields: &Fields, place: &Location) -> String {
    let slug = fields.parsed(
        "slug",
        "不含空格和符号的名字",
        "winter-heating",
        |slug| {
            let usable = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
            (!slug.is_empty() && slug.chars().all(usable)).then(|| slug.nfc().collect::<String>())
        },
    );
    let own = match (slug, &place.kind) {
        (Some(slug), Kind::Section) => {
            parent(&place.section).map_or(slug.clone(), |up| join(up, &slug))
        }
        (None, Kind::Section) => place.section.clone(),
        (Some(slug), _) => join(&place.section, &slug),
        (None, _) => place.id.clone(),
    };
    join(&own, "index.html")
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() {
        name.to_owned()
    } else {
        format!("{folder}/{name}")
    }
}

fn parent(folder: &str) -> Option<&str> {
    folder.rsplit_once('/').map(|(up, _)| up)
}

/// Makes seven characters that name a page, without those that are easily confused.
fn short_id(id: &str) -> String {
    const LETTERS: &[u8; 30] = b"abcdefghjkmnpqrstuvwxyz2345679";
    let digest = Sha256::digest(id.as_bytes());
    let letter = |byte: &u8| char::from(LETTERS[usize::from(*byte) % LETTERS.len()]);
    digest.iter().take(7).map(letter).collect()
}

/// Reads `topics`, reporting those that do not exist.
pub(super) fn topics(fields: &Fields, known: &[Topic]) -> Vec<Spanned<String>> {
    named_topics(fields, "topics", known)
}

fn named_topics(fields: &Fields, key: &'static str, known: &[Topic]) -> Vec<Spanned<String>> {
    let mut topics = Vec::new();
    for text in fields.texts(key) {
        match topic::find(known, &text) {
            Some(topic) => topics.push(Spanned {
                value: topic.id.clone(),
                span: text.span,
            }),
            None => {
                let names = known
                    .iter()
                    .flat_map(|topic| [topic.id.as_str(), &topic.title]);
                fields.unknown_word(key, &text, names);
            }
        }
    }
    let mut seen = BTreeSet::new();
    topics.retain(|topic| seen.insert(topic.value.clone()));
    topics
}

fn picture(fields: &Fields, ctx: &Context) -> Option<Picture> {
    let text = fields.text("picture")?;
    let Some(file) = ctx.asset(&text) else {
        ctx.missing_image(fields.reader(), &text);
        return None;
    };
    let alt = fields.text("picture_alt").map(|alt| alt.value);
    if alt.is_none() {
        fields
            .reader()
            .report(Code::MissingAlt, &text.span.range, |d| {
                d.with("image", &text.value)
            });
    }
    Some(Picture {
        file,
        alt: alt.unwrap_or_default(),
    })
}

fn notice(fields: &Fields, posting: Option<Posting>) -> Option<Notice> {
    let kind = fields.word("kind", KINDS);
    if kind == Some(NoticeKind::Announcement) {
        fields
            .reader()
            .report(Code::NoticeKind, &fields.span("kind").range, |d| d);
    }
    let number = fields.text("number");
    if let Some(number) = number.as_ref().filter(|number| !is_document_number(number)) {
        fields
            .reader()
            .report(Code::NoticeNumber, &number.span.range, |d| {
                d.with("number", &number.value)
            });
    }
    Some(Notice {
        kind: kind?,
        number: number.map(|number| number.value),
        signed: fields.text("signed").map(|text| text.value),
        objections: fields.text("objections").map(|text| text.value),
        posting,
    })
}

/// Recognises 梧社居〔2026〕12号: six-pointed brackets, no 第, no leading zero.
/// Source: 党政机关公文格式 GB/T 9704-2012, 7.2.5.
fn is_document_number(text: &str) -> bool {
    let parts = || {
        let (office, rest) = text.split_once('〔')?;
        let (year, rest) = rest.split_once('〕')?;
        Some((office, year, rest.strip_suffix('号')?))
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    parts().is_some_and(|(office, year, number)| {
        !office.is_empty()
            && year.len() == 4
            && digits(year)
            && digits(number)
            && !number.starts_with('0')
    })
}

fn figures(fields: &Fields) -> Vec<Figure> {
    let figure = |figure: &Fields| {
        let label = figure.required_text("label", "label: 修好漏水");
        let value = figure.required_text("value", "value: 137");
        let plain = |key| figure.text(key).map(|text| text.value);
        Some(Figure {
            label: label?.value,
            value: value?.value,
            unit: plain("unit"),
            before: plain("before"),
            source: plain("source"),
            numerator: None,
            denominator: None,
            target: None,
            indicator: None,
        })
    };
    let figures = fields.list("figures", FIGURE);
    figures.iter().filter_map(figure).collect()
}

fn event(fields: &Fields) -> Option<Event> {
    let event = fields.fields("event", EVENT)?;
    if event.node("date").is_none() {
        event.missing("date", "date: 2026-11-21");
    }
    let date = event.date("date")?;
    let until = event.date("until");
    if let Some(until) = until.filter(|until| *until < date) {
        let range = event.span("until").range;
        event.reader().report(Code::EndsBeforeStart, &range, |d| {
            d.with("first", date).with("last", until)
        });
    }
    Some(Event {
        date,
        until,
        time: event.text("time").map(|text| text.value),
        place: event.text("place").map(|text| text.value),
    })
}

fn campaign(fields: &Fields, ctx: &Context) -> Option<Campaign> {
    let pulls = named_topics(fields, "pulls", &ctx.settings.topics);
    let stages: Vec<Stage> = fields
        .list("stages", STAGE)
        .iter()
        .filter_map(stage)
        .collect();
    let (from, to) = (fields.date("from"), fields.date("to"));
    if fields.node("from").is_some() != fields.node("to").is_some() {
        let (key, example) = if from.is_none() {
            ("from", "from: 2026-04-01")
        } else {
            ("to", "to: 2026-04-30")
        };
        fields.missing(key, example);
    }
    let first = from.or_else(|| stages.iter().map(|stage| stage.due).min())?;
    let last = to.or_else(|| stages.iter().map(|stage| stage.due).max())?;
    if last < first {
        let range = fields.span("to").range;
        fields.reader().report(Code::EndsBeforeStart, &range, |d| {
            d.with("first", first).with("last", last)
        });
    }
    let pulls = pulls.into_iter().map(|topic| topic.value).collect();
    Some(Campaign {
        from: first,
        to: last,
        pulls,
        stages,
    })
}

fn stage(fields: &Fields) -> Option<Stage> {
    let title = fields.required_text("title", "title: 制定方案");
    if fields.node("due").is_none() {
        fields.missing("due", "due: 2026-05-31");
    }
    let due = fields.date("due");
    let text = |key| fields.text(key).map(|text| text.value);
    Some(Stage {
        who: text("who"),
        text: text("text"),
        done: fields.date("done"),
        proof: text("proof"),
        indicator: None,
        span: fields.reader().span(&fields.range),
        due: due?,
        title: title?.value,
    })
}

fn bin(fields: &Fields) -> Option<Bin> {
    let word = fields.text("bin")?;
    let bin = Bin::from_word(&word);
    if bin.is_none() {
        fields.unknown_word("bin", &word, Bin::ALL.iter().map(|bin| bin.name()));
    }
    bin
}

fn check_days(
    fields: &Fields,
    date: Option<Date>,
    expires: Option<Date>,
    posting: Option<Posting>,
) {
    let reader = fields.reader();
    let range = fields.span("expires").range;
    if let Some((first, last)) = date.zip(expires).filter(|(first, last)| last < first) {
        reader.report(Code::EndsBeforeStart, &range, |d| {
            d.with("first", first).with("last", last)
        });
    }
    if let Some((posting, expires)) = posting
        .zip(expires)
        .filter(|(posting, last)| posting.last > *last)
    {
        reader.report(Code::PostingOutlastsPage, &range, |d| {
            d.with("posting", posting.last).with("expires", expires)
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn document_numbers_follow_the_standard() {
        assert!(is_document_number("梧社居〔2026〕12号"));
        for wrong in [
            "梧社居[2026]12号",
            "梧社居〔2026〕第12号",
            "梧社居〔2026〕012号",
            "〔2026〕1号",
            "梧社居〔26〕1号",
        ] {
            assert!(!is_document_number(wrong), "{wrong}");
        }
    }

    #[test]
    fn short_ids_never_change() {
        assert_eq!(short_id("living/toilet-leak").len(), 7);
        assert_eq!(short_id("a"), short_id("a"));
        assert_ne!(short_id("a"), short_id("b"));
    }
}

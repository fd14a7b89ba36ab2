//! Reading `poster:`.

use std::ops::Range;

use jiff::civil::Date;

use super::context::Context;
use super::posting::posting;
use crate::diag::{Code, Fills, Spanned, words};
use crate::read::yaml::{Key, Node, Value};
use crate::read::{Fields, Form::*, Keys, Reader, find_word, values};
use crate::site::given::GivenOption;
use crate::site::markdown::markup::{Piece, pieces};
use crate::site::markdown::{self, Block, BlockKind, Document, InlineKind, PosterMark};
use crate::site::page::Posting;
use crate::site::poster_wish::{Leaflet, PosterWish};

/// The keys of `poster:`.
pub(super) const KEYS: Keys = &[
    ("layout", &["模板"], Text),
    ("file", &["文件"], Text),
    ("received", &["收到份数"], Whole),
    ("lead", &["导语"], Text),
    ("short", &["短标题"], Text),
    ("figure", &["大数字"], Text),
    ("code", &["扫码"], Text),
    ("funds", &["经费来源"], Text),
    ("options", &["设置"], Free),
    ("leaflet", &["传单"], Texts),
    ("size", &["尺寸"], Text),
    ("priority", &["优先级"], Whole),
    ("everywhere", &["各处都挂"], Flag),
    ("at_least", &["至少几块"], Whole),
    ("areas", &["片区"], Texts),
    ("audience", &["人群"], Texts),
    ("boards", &["张贴于"], Texts),
    ("posting", &["公示期"], Text),
];

/// The layouts of the themes that come along, by their Chinese names; others are called by their
/// own.
pub(super) const LAYOUTS: &[(&str, &str)] = &[
    ("做法", "guide"),
    ("指南", "guide"),
    ("通知公示", "notice"),
    ("通知", "notice"),
    ("公示", "notice"),
    ("公文样式", "formal"),
    ("公文", "formal"),
    ("垃圾分类", "sorting"),
    ("分类", "sorting"),
    ("清单", "checklist"),
    ("问答", "qa"),
    ("集中宣传", "campaign"),
    ("本月日历", "month"),
    ("月历", "month"),
    ("工作安排", "plan"),
    ("数字", "numbers"),
    ("人和事", "story"),
    ("故事", "story"),
];
/// What can be taken in in passing, in characters.
const MOST_SHORT: usize = 12;
/// The longest figure that can be set as large as a picture, with its unit, in characters.
const MOST_FIGURE: usize = 10;
const LEAFLETS: &[(&str, Leaflet)] = &[
    ("A5", Leaflet::A5),
    ("A6", Leaflet::A6),
    ("three-fold", Leaflet::ThreeFold),
    ("三折页", Leaflet::ThreeFold),
];

/// Reads the wish for a poster and the posting period that it names.
pub(super) fn read_poster(
    fields: &Fields,
    ctx: &Context,
    first: Option<Date>,
) -> (Option<PosterWish>, Option<Posting>) {
    let Some(poster) = fields.fields("poster", KEYS) else {
        return (None, None);
    };
    let file = poster.text("file").and_then(|text| {
        let file = ctx.asset(&text.value);
        if file.is_none() {
            ctx.missing_image(fields.reader(), &text);
        }
        file.map(|value| Spanned {
            value,
            span: text.span,
        })
    });
    let layout = poster.text("layout").map(|text| Spanned {
        value: find_word(&text, LAYOUTS).map_or(text.value, str::to_owned),
        span: text.span,
    });
    let received = poster.parsed("received", words("copies"), "20", |text| {
        let number = values::whole(text.trim_end_matches("copies"))?;
        u32::try_from(number).ok()
    });
    if layout.is_none() && poster.node("file").is_none() && received.is_none() {
        poster.missing("layout", "layout: guide");
    }
    let priority = poster.integer("priority", 0..=3);
    let at_least = poster.integer("at_least", 1..=500);
    let wish = PosterWish {
        layout,
        file,
        received: received.filter(|n| *n > 0),
        lead: poster.text("lead").map(|text| text.value),
        short: short(&poster),
        figure: figure(&poster),
        code: code(&poster),
        funds: poster.text("funds").map(|text| text.value),
        options: options(&poster, "options", "{ ground: white }"),
        leaflets: leaflets(&poster),
        size: poster.size("size"),
        priority: priority.map_or(1, |n| u8::try_from(n).unwrap_or(1)),
        everywhere: poster.flag("everywhere").unwrap_or(false),
        at_least: at_least.map_or(0, |n| usize::try_from(n).unwrap_or(0)),
        areas: poster.texts("areas"),
        audience: poster.texts("audience"),
        boards: poster.texts("boards"),
        part: None,
        span: fields.span("poster"),
    };
    (Some(wish), posting(&poster, ctx, first))
}

/// Reads where the code leads: the whole address of a page elsewhere.
fn code(poster: &Fields) -> Option<String> {
    let example = "https://www.wjx.cn/vm/abcdef.aspx";
    poster.parsed("code", words("web-page"), example, |text| {
        let text = text.trim();
        let rest = (text.strip_prefix("https://")).or_else(|| text.strip_prefix("http://"))?;
        let is_plain = |c: char| !c.is_whitespace() && !"\"<>".contains(c);
        (!rest.is_empty() && rest.chars().all(is_plain)).then(|| text.to_owned())
    })
}

/// Reads the short line for passers-by, which is no longer than they can take in.
fn short(poster: &Fields) -> Option<String> {
    poster.parsed(
        "short",
        words("short-line"),
        words("example-short"),
        |text| {
            let text = text.trim();
            (text.chars().count() <= MOST_SHORT).then(|| text.to_owned())
        },
    )
}

/// Reads the figure that is set as large as a picture.
fn figure(poster: &Fields) -> Option<String> {
    poster.parsed("figure", words("big-figure"), "26℃", |text| {
        let text = text.trim();
        (text.chars().count() <= MOST_FIGURE).then(|| text.to_owned())
    })
}

/// Reads the forms of leaflets: `leaflet: [A6, three-fold]`.
fn leaflets(poster: &Fields) -> Vec<Leaflet> {
    let form = |text: &Spanned<String>| {
        let known = find_word(text, LEAFLETS);
        if known.is_none() {
            poster.unknown_word("leaflet", text, LEAFLETS.iter().map(|(word, _)| *word));
        }
        known
    };
    let forms = poster.texts("leaflet");
    forms.iter().filter_map(form).collect()
}

/// Reads names of the theme's choosing with their values, such as the settings of a layout; which
/// there are, the theme knows.
pub(super) fn options(fields: &Fields, key: &'static str, example: impl Fills) -> Vec<GivenOption> {
    let Some(node) = fields.node(key) else {
        return Vec::new();
    };
    let reader = fields.reader();
    let Value::Map(entries) = &node.value else {
        let value = match &node.value {
            Value::Scalar(text) => text,
            _ => "[…]",
        };
        fields.bad_value(key, &node.range, value, words("a-mapping"), example);
        return Vec::new();
    };
    let option = |(name, node): &(Key, Node)| {
        let value = fields.scalar(&name.name, node)?;
        let name = Spanned {
            value: name.name.clone(),
            span: reader.span(&name.range),
        };
        Some(GivenOption { name, value })
    };
    entries.iter().filter_map(option).collect()
}

/// Takes the lines `<!-- poster -->` and `<!-- /poster -->` out of the text and returns the
/// bytes between them; `Err` gives the place of a mark that has no partner.
pub(super) fn take_part(document: &mut Document) -> Result<Option<Range<usize>>, Range<usize>> {
    let mark = |block: &Block| match &block.kind {
        BlockKind::Html { text } => markdown::poster_mark(text),
        _ => None,
    };
    let mut open: Option<Range<usize>> = None;
    let mut part = None;
    let mut wrong = None;
    for block in &document.blocks {
        match (mark(block), &open) {
            (None, _) => {}
            (Some(PosterMark::Start), None) if part.is_none() => open = Some(block.range.clone()),
            (Some(PosterMark::End), Some(start)) => {
                part = Some(start.end..block.range.start);
                open = None;
            }
            (Some(_), _) => wrong = wrong.or(Some(block.range.clone())),
        }
    }
    document.blocks.retain(|block| mark(block).is_none());
    match wrong.or(open) {
        Some(place) => Err(place),
        None => Ok(part),
    }
}

/// Reports raw HTML that stands where the poster shows it: a sheet cannot. Of an element the tag
/// that begins it stands for both, and a place to link to shows nothing anyway.
pub(super) fn report_raw_html(document: &Document, wish: &PosterWish, reader: &Reader) {
    let shown = |range: &Range<usize>| {
        wish.layout.is_some()
            && wish
                .part
                .as_ref()
                .is_none_or(|part| part.start <= range.start && range.end <= part.end)
    };
    let report = |text: &str, range: &Range<usize>| {
        if shown(range) && !is_silent(text) {
            let start: String = text.trim().chars().take(40).collect();
            reader.report(Code::RawHtmlOnPoster, range, |d| d.with("html", start));
        }
    };
    markdown::walk_blocks(document, &mut |block| {
        if let BlockKind::Html { text } = &block.kind {
            report(text, &block.range);
        }
    });
    markdown::walk(document, &mut |inline| {
        if let InlineKind::Html { text } = &inline.kind {
            report(text, &inline.range);
        }
    });
}

/// Tells whether raw HTML shows nothing by itself: ends, and empty places to link to.
fn is_silent(html: &str) -> bool {
    pieces(html).all(|piece| match piece {
        Piece::Text(text) => text.trim().is_empty(),
        Piece::Tag(tag) => {
            let is_place = tag.is("a") && tag.attribute("href").is_none();
            tag.is_end || is_place
        }
        Piece::Raw(_) | Piece::Comment(_) => true,
    })
}

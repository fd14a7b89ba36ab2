//! Reading `poster:` and the posting period.

use std::ops::Range;

use jiff::civil::Date;

use super::calendar::split_span;
use super::page::Context;
use crate::diag::{Code, Fills, Spanned, words};
use crate::read::yaml::{Key, Node, Value};
use crate::read::{Fields, Form::*, Keys, Reader, values};
use crate::site::markdown::markup::{Piece, pieces};
use crate::site::markdown::{self, Block, BlockKind, Document, InlineKind, PosterMark};
use crate::site::page::{GivenOption, Leaflet, PosterWish, Posting};

/// The keys of `poster:`.
pub(super) const KEYS: Keys = &[
    ("layout", &["模板"], Text),
    ("file", &["文件"], Text),
    ("received", &["收到份数"], Whole),
    ("lead", &["导语"], Text),
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
    let layout = poster.text("layout");
    let received = poster.parsed("received", words("copies"), "20", |text| {
        text.trim_end_matches("copies")
            .trim_end_matches(['份', '张'])
            .trim()
            .parse()
            .ok()
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

/// Reads the forms of leaflets: `leaflet: [A6, three-fold]`.
fn leaflets(poster: &Fields) -> Vec<Leaflet> {
    let form = |text: &Spanned<String>| {
        let known = LEAFLETS.iter().find(|(word, _)| *word == text.value);
        if known.is_none() {
            poster.unknown_word("leaflet", text, LEAFLETS.iter().map(|(word, _)| *word));
        }
        known.map(|(_, form)| *form)
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

/// Reads `7 working days`, `7个工作日`, `10 days`, `10天` or `2026-11-03 to 2026-11-12`.
fn posting(fields: &Fields, ctx: &Context, first: Option<Date>) -> Option<Posting> {
    let text = fields.text("posting")?;
    let range = text.span.range.clone();
    if let Some((from, to)) = split_span(&text) {
        let (Some(first), Some(last)) = (values::date(from), values::date(to)) else {
            fields
                .reader()
                .report(Code::BadDate, &range, |d| d.with("value", &text.value));
            return None;
        };
        if last < first {
            fields.reader().report(Code::EndsBeforeStart, &range, |d| {
                d.with("first", first).with("last", last)
            });
            return None;
        }
        return Some(Posting {
            first,
            last,
            working_days: None,
        });
    }
    let Some((number, working)) = count(&text) else {
        fields.bad_value(
            "posting",
            &range,
            &text.value,
            words("posting"),
            words("example-posting"),
        );
        return None;
    };
    let Some(first) = first else {
        fields.missing("date", "date: 2026-11-03");
        return None;
    };
    let first_day_counts = ctx.settings.rotation.first_day_counts;
    if !working {
        let days = i64::from(number) - i64::from(first_day_counts);
        let last = first.checked_add(jiff::ToSpan::days(days)).ok()?;
        return Some(Posting {
            first,
            last,
            working_days: None,
        });
    }
    match ctx
        .calendar
        .holidays
        .posting(first, number, first_day_counts)
    {
        Ok(last) => Some(Posting {
            first,
            last,
            working_days: Some(number),
        }),
        Err(missing) => {
            let example = format!("{first} to …");
            let year = missing.year;
            let table = format!("holidays: {{ {year}: {{ off: [{year}-01-01], work: [] }} }}");
            fields.reader().report(Code::NoHolidayTable, &range, |d| {
                d.with("year", year)
                    .with("example", example)
                    .with("table", table)
            });
            None
        }
    }
}

/// Reads a number of days and whether only working days count.
fn count(text: &str) -> Option<(u32, bool)> {
    let plain: String = text.chars().map(values::half_width).collect();
    let digits = plain.trim().find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = plain.trim().split_at(digits);
    let number = number.parse().ok().filter(|n| (1..=250).contains(n))?;
    match unit.trim() {
        "working days" | "working day" | "个工作日" | "工作日" => Some((number, true)),
        "days" | "day" | "天" | "日" | "个自然日" | "自然日" => Some((number, false)),
        _ => None,
    }
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

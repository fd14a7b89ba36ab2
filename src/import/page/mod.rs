//! What a document says of itself: title, document number, kind, signature, date; and its headings.
//!
//! Office notices follow a form (GB/T 9704-2012): the title large in the middle, the number above it,
//! the office and the day at the end, at the right. What the form takes is taken off the text.

mod captions;
mod event;
mod frames;
mod gist;
mod headings;
mod masthead;
mod padding;
mod signature;

use jiff::civil::Date;

use super::blanks::is_blank;
use super::losses::quoted;
use super::model::{Align, Block, Doc, Paragraph, Piece, Role, Run};
use crate::read::values;
pub(super) use captions::captions;
pub(super) use event::Event;
use frames::{part_frame, part_tables};
use gist::gist;
use headings::{attachments, headings, is_attachment, leading, quotes, tell_colours};
use padding::unpad;
use signature::{part_days, posting, take_colophon, take_signature};

/// The least size of a title's letters in points.
const TITLE: f32 = 15.5;
/// How many characters a line may have that is a heading.
const HEADING: usize = 40;
/// How many paragraphs at the beginning may belong to the head.
const TOP: usize = 10;
/// Kinds of notices by words of their titles; the last word counts.
const KINDS: [(&str, &str); 25] = [
    ("公示", "公示"),
    ("公告", "公告"),
    ("通知", "通知"),
    ("通告", "通告"),
    ("通报", "通报"),
    ("告示", "通知"),
    ("预告", "通知"),
    ("工作安排", "通知"),
    ("活动方案", "活动"),
    ("活动安排", "活动"),
    ("活动预告", "活动"),
    ("倡议书", "倡议书"),
    ("倡议", "倡议书"),
    ("告知书", "告知书"),
    ("公开信", "提示"),
    ("一封信", "提示"),
    ("温馨提示", "温馨提示"),
    ("友情提示", "提示"),
    ("提示", "提示"),
    ("提醒", "提示"),
    ("须知", "提示"),
    ("承诺书", "提示"),
    ("邀请函", "通知"),
    ("招募令", "通知"),
    ("招募", "通知"),
];

/// Kinds as a page shows them before the number.
const SIGNS: [&str; 4] = ["公示", "通知", "公告", "提示"];

/// What a document says of itself.
#[derive(Debug, Default, Clone, PartialEq)]
pub(super) struct Head {
    pub title: String,
    pub number: Option<String>,
    pub kind: Option<&'static str>,
    pub signed: Option<String>,
    pub date: Option<Date>,
    /// How long it hangs, as written.
    pub posting: Option<String>,
    /// What it is about, where one of its sentences says so.
    pub summary: Option<String>,
    /// When and where something takes place.
    pub event: Option<Event>,
    /// Whether it is an issue of a bulletin: it tells, and asks nothing of anybody.
    pub is_bulletin: bool,
}

/// A document that nobody may publish, by the words on it.
#[derive(Debug, PartialEq)]
pub(super) struct Classified(pub String);

/// Takes from `doc` what it says of itself; `name` is its file's, for a title where it has none; a day
/// without a year is the one next to those in the text, or to `today`.
///
/// # Errors
/// Where it is marked as secret.
pub(super) fn head(doc: &mut Doc, name: &str, today: Date) -> Result<Head, Classified> {
    let mut head = Head::default();
    part_frame(doc);
    unpad(doc);
    part_tables(doc);
    part_days(doc, today);
    take_top(doc, &mut head, today)?;
    if head.title.is_empty() {
        head.title = own_title(doc).unwrap_or_else(|| file_title(name));
    }
    head.kind = head.kind.or_else(|| kind(&head.title));
    take_signature(doc, &mut head, today);
    head.date = head.date.or(doc.day);
    take_colophon(doc);
    if head.kind == Some("公示") {
        head.posting = posting(doc, head.date);
    }
    if head.kind.is_some() {
        head.summary = gist(doc);
    }
    if head.kind != Some("公示") && !head.is_bulletin {
        head.event = event::event(doc, head.date.unwrap_or(today));
    }
    headings(doc);
    attachments(doc);
    quotes(doc);
    tell_colours(doc);
    Ok(head)
}

fn paragraph(block: &Block) -> Option<&Paragraph> {
    match block {
        Block::Paragraph(it) => Some(it),
        _ => None,
    }
}

/// Takes the blocks at the places `gone` out.
fn remove(doc: &mut Doc, gone: &[usize]) {
    let mut at = 0;
    doc.blocks.retain(|_| {
        at += 1;
        !gone.contains(&(at - 1))
    });
}

/// Returns a text without any blanks, as a title with typed blanks between its characters means it.
fn solid(text: &str) -> String {
    let mut out = String::new();
    let mut gap = false;
    for c in text.chars() {
        if is_blank(c) {
            gap = true;
            continue;
        }
        let parts =
            gap && c.is_ascii_alphanumeric() && out.ends_with(|c: char| c.is_ascii_alphanumeric());
        if parts {
            out.push(' ');
        }
        gap = false;
        out.push(c);
    }
    out
}

fn take_top(doc: &mut Doc, head: &mut Head, today: Date) -> Result<(), Classified> {
    let mut gone: Vec<usize> = Vec::new();
    let mut title_size = 0.0_f32;
    let mut notes: Vec<usize> = Vec::new();
    let mut seen = 0;
    for at in 0..doc.blocks.len() {
        let Some(it) = paragraph(&doc.blocks[at]) else {
            // A red line under a letterhead.
            if matches!(doc.blocks[at], Block::Rule) && head.title.is_empty() {
                gone.push(at);
                continue;
            }
            break;
        };
        if it.is_empty() {
            continue;
        }
        seen += 1;
        if seen > TOP {
            break;
        }
        let text = solid(&it.text());
        if text.is_empty() {
            break;
        }
        if let Some(mark) = secret(&text) {
            return Err(Classified(mark));
        }
        let place = it.place.clone();
        if head.title.is_empty() && seen == 1 && is_attachment(it) {
            doc.losses
                .left_out(quoted("import-mark-above", &text), &place);
            gone.push(at);
            continue;
        }
        if let Some((number, rest)) = number(&it.text()) {
            head.number = Some(number);
            head.kind = SIGNS.into_iter().find(|sign| text.starts_with(sign));
            if !rest.is_empty() {
                doc.losses
                    .left_out(quoted("import-rest-of-number", &rest), &place);
            }
            gone.push(at);
            continue;
        }
        if head.title.is_empty() && (head.is_bulletin || masthead::is_name(it)) {
            let day = masthead::issued(it, today);
            let is_of_it = !head.is_bulletin && goes_on(doc, at);
            let is_maker = head.is_bulletin && masthead::is_maker(&text);
            if is_of_it || is_maker || masthead::is_issue(&text) || day.is_some() {
                head.is_bulletin = true;
                head.date = head.date.or(day);
                doc.losses
                    .left_out(quoted("import-letterhead", &text), &place);
                gone.push(at);
                continue;
            }
        }
        let is_red = it.pieces.iter().all(|piece| match piece {
            Piece::Text(run) => run.look.red || run.text.trim().is_empty(),
            _ => true,
        });
        let is_letterhead =
            it.size >= 20.0 && it.align == Align::Centre && (is_red || text.ends_with("文件"));
        if is_letterhead && head.title.is_empty() && kind(&text).is_none() && goes_on(doc, at) {
            doc.losses
                .left_out(quoted("import-letterhead", &text), &place);
            gone.push(at);
            continue;
        }
        let is_large = it.size >= TITLE && it.align == Align::Centre;
        let is_title = it.role == Role::Title || is_large && it.mark.is_none();
        let goes_on = !head.title.is_empty() && it.size + 1.9 > title_size && !is_day_below(&text);
        if is_title && (head.title.is_empty() || goes_on && gone.last() == Some(&(at - 1))) {
            title_size = title_size.max(it.size);
            head.title.push_str(&titled(&it.text()));
            notes.extend(it.pieces.iter().filter_map(|piece| match piece {
                Piece::Note(at) => Some(*at),
                _ => None,
            }));
            gone.push(at);
            continue;
        }
        // ——关于加装电梯
        let is_second = text.starts_with("——") && it.align == Align::Centre;
        if is_second && !head.title.is_empty() && text.chars().count() <= HEADING {
            head.title.push_str(&text);
            gone.push(at);
            continue;
        }
        if !head.title.is_empty() && is_day_below(&text) && it.align == Align::Centre {
            head.date = day(text.trim_matches(['（', '）', '(', ')']));
            gone.push(at);
            continue;
        }
        if head.title.is_empty()
            && it.align == Align::Right
            && seen <= 2
            && text.chars().count() < 20
        {
            // An issue number or a remark above the title.
            continue;
        }
        break;
    }
    remove(doc, &gone);
    say_notes(doc, &notes);
    Ok(())
}

/// Says the notes of a title below it, in brackets as laws do: a title of a page has none.
fn say_notes(doc: &mut Doc, notes: &[usize]) {
    let mut said = Vec::new();
    for at in notes {
        let blocks = std::mem::take(&mut doc.notes[*at]);
        let words: Vec<String> = (blocks.iter().filter_map(paragraph))
            .map(|it| it.words().trim_end_matches('。').to_owned())
            .filter(|it| !it.is_empty())
            .collect();
        if !words.is_empty() {
            let text = format!("（{}）", words.join("。"));
            said.push(Block::Paragraph(Paragraph {
                pieces: vec![Piece::Text(Run {
                    text,
                    ..Run::default()
                })],
                ..Paragraph::default()
            }));
        }
    }
    doc.blocks.splice(0..0, said);
}

/// Returns a line of a title without blanks between its characters; one between two phrases of four
/// characters and more stays: 文明过节　绿色祭扫.
fn titled(text: &str) -> String {
    let words: Vec<&str> = text.split(is_blank).filter(|it| !it.is_empty()).collect();
    let is_phrase = |it: &&str| it.chars().count() >= 4 && it.chars().all(|c| c > '\u{2FFF}');
    let wide = ['\u{3000}', '\t'];
    let is_wide = text.contains(wide) || text.contains("  ");
    match words.len() > 1 && is_wide && words.iter().all(is_phrase) {
        true => words.join("\u{3000}"),
        false => solid(text),
    }
}

/// Tells whether what stands behind a letterhead looks like what is headed: a number or a title.
fn goes_on(doc: &Doc, at: usize) -> bool {
    let rest = doc.blocks[at + 1..].iter().filter_map(paragraph);
    let mut rest = rest.filter(|it| !it.is_empty()).take(3);
    rest.any(|it| number(&it.text()).is_some() || it.align == Align::Centre && it.size >= TITLE)
}

fn is_day_below(text: &str) -> bool {
    let inner = text.trim_matches(['（', '）', '(', ')']);
    day(inner).is_some()
}

/// Finds the marks that forbid to publish a paper: 机密★1年, 内部资料.
fn secret(text: &str) -> Option<String> {
    let levels = ["绝密", "机密", "秘密"];
    let is_level = |level: &&str| {
        text.strip_prefix(*level)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['★', '☆', '*', '—', '-']))
    };
    let inner = [
        "内部资料",
        "内部文件",
        "内部使用",
        "不得外传",
        "注意保密",
        "不予公开",
        "此件不公开",
    ];
    let short = text.chars().count() < 20;
    let found = levels.iter().any(is_level) || short && inner.iter().any(|it| text.contains(it));
    found.then(|| text.to_owned())
}

/// Reads a document number, in the brackets of the standard; returns what else stands on its line.
fn number(text: &str) -> Option<(String, String)> {
    let plain = solid(text);
    let brackets = [
        ('〔', '〕'),
        ('[', ']'),
        ('【', '】'),
        ('（', '）'),
        ('(', ')'),
        ('［', '］'),
    ];
    let (at, open, close) = brackets.iter().find_map(|(open, close)| {
        let at = plain.find(*open)?;
        let year = plain[at + open.len_utf8()..].split(*close).next()?;
        let is_year =
            year.len() == 4 && year.starts_with("20") && year.bytes().all(|b| b.is_ascii_digit());
        is_year.then_some((at, *open, *close))
    })?;
    // A sign of the kind may stand before it.
    let office = &plain[..at];
    let office = SIGNS
        .iter()
        .find_map(|kind| office.strip_prefix(kind))
        .unwrap_or(office);
    let year = &plain[at + open.len_utf8()..at + open.len_utf8() + 4];
    let rest = plain[at..].split_once(close)?.1;
    let (n, rest) = rest.split_once('号')?;
    let n = n.trim_start_matches('第').trim_start_matches('0');
    let is_number = !n.is_empty() && n.len() < 6 && n.bytes().all(|b| b.is_ascii_digit());
    let is_office = !office.is_empty()
        && office.chars().count() <= 16
        && !office.contains(['，', '。', '《', '：', '、']);
    (is_number && is_office && rest.chars().count() < 24)
        .then(|| (format!("{office}〔{year}〕{n}号"), rest.to_owned()))
}

/// Finds the title of a document that does not set one large: its only first heading, or a short first
/// line.
fn own_title(doc: &mut Doc) -> Option<String> {
    let at = doc
        .blocks
        .iter()
        .position(|block| paragraph(block).is_none_or(|it| !it.is_empty()))?;
    let it = paragraph(&doc.blocks[at])?;
    let text = solid(&it.words());
    let level = |block: &Block| match paragraph(block)?.role {
        Role::Heading(level) => Some(level),
        _ => None,
    };
    let own = level(&doc.blocks[at]);
    let is_only = own.is_some_and(|own| {
        doc.blocks
            .iter()
            .filter_map(level)
            .filter(|level| *level <= own)
            .count()
            == 1
    });
    let has_more = doc.blocks[at + 1..]
        .iter()
        .any(|block| paragraph(block).is_none_or(|it| !it.is_empty()));
    let n = text.chars().count();
    let is_short = n > 0
        && n <= HEADING
        && !text.ends_with(['。', '；', '：', '，', '.', ';', ':', ',', '、']);
    let has_link = it
        .pieces
        .iter()
        .any(|piece| !matches!(piece, Piece::Text(_)));
    let is_line = own.is_none()
        && !has_link
        && is_short
        && has_more
        && it.mark.is_none()
        && leading(&it.words()).is_none();
    (is_only || is_line).then(|| {
        doc.blocks.remove(at);
        text
    })
}

/// Makes a title of a file's name.
fn file_title(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    stem.replace('_', " ").trim().to_owned()
}

/// Tells the kind of notice by its title.
pub(super) fn kind(title: &str) -> Option<&'static str> {
    let end = title.trim_end_matches(['）', ')', '！', '!']);
    let found = KINDS.iter().filter_map(|(word, kind)| {
        let at = end.rfind(word)?;
        // Behind it there may be a remark in brackets, or a number.
        let rest = &end[at + word.len()..];
        let is_end = rest.is_empty() || rest.starts_with(['（', '(', '〔', '—', '·', ' ']);
        is_end.then_some((at + word.len(), word.len(), *kind))
    });
    // Of two that end alike the longer one says more: 温馨提示, 提示.
    let found = found.max_by_key(|(end, length, _)| (*end, *length));
    found.map(|(.., kind)| kind)
}

/// Reads a day that a line says and nothing else.
fn day(text: &str) -> Option<Date> {
    let plain: String = text.chars().filter(|c| !is_blank(*c)).collect();
    let starts = plain.starts_with(['2', '二', '１', '２']);
    (starts && plain.chars().count() <= 14)
        .then(|| values::date(&plain))
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::captions::told;
    use super::*;

    #[test]
    fn document_numbers_are_known_in_any_brackets() {
        let own = |text: &str| number(text).map(|it| it.0);
        let standard = Some("梧社居〔2026〕12号".to_owned());
        for text in [
            "梧社居〔2026〕12号",
            "梧社居[2026]第012号",
            "梧社居【2026】12 号　签发人：孙明",
            "梧社居（2026）12号",
        ] {
            assert_eq!(own(text), standard, "{text}");
        }
        for text in [
            "〔2026〕12号",
            "根据街道〔2026〕5号文件，现将有关事项通知如下，请遵照执行，抓紧落实到位。",
            "12号楼",
        ] {
            assert_eq!(own(text), None, "{text}");
        }
    }

    #[test]
    fn the_kind_is_the_last_word_of_the_title() {
        for (title, is) in [
            ("关于冬季取暖安全的通知", Some("通知")),
            ("关于楼道改造公示的通知", Some("通知")),
            ("评优结果公示（第二批）", Some("公示")),
            ("致全体居民的一封信", Some("提示")),
            ("通知公示栏管理办法", None),
        ] {
            assert_eq!(kind(title), is, "{title}");
        }
    }

    #[test]
    fn words_that_programs_make_up_for_pictures_are_none() {
        for made in [
            "图片 1",
            "Picture 3",
            "IMG_2031.jpg",
            "图片包含 文本 描述已自动生成",
            "C:\\a.png",
            "f0a9c1d2e3b4958677",
        ] {
            assert_eq!(told(made), None, "{made}");
        }
        assert_eq!(told("楼道\n清扫前").as_deref(), Some("楼道 清扫前"));
    }

    #[test]
    fn papers_with_a_secret_s_mark_are_known() {
        for mark in ["机密★1年", "秘密", "内部资料注意保存"] {
            assert!(secret(mark).is_some(), "{mark}");
        }
        assert_eq!(secret("秘密花园开放的通知"), None);
    }
}

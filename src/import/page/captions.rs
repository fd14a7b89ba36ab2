//! Pictures with the words below them, and lines that are paragraphs of their own.

use super::{paragraph, remove};
use crate::import::blanks::is_blank;
use crate::import::model::{Align, Block, Doc, Paragraph, Piece, Role, words_of};

/// Takes the words below each picture that has none of its own as the words for those who cannot see
/// it; below a picture that stands alone they go with it.
pub(in crate::import) fn captions(doc: &mut Doc) {
    part_pictures(doc);
    part_lines(doc);
    let mut gone = Vec::new();
    for at in 0..doc.blocks.len() {
        let Some(it) = paragraph(&doc.blocks[at]) else {
            continue;
        };
        let pictures = it.pictures();
        let mut below = doc.blocks.iter().enumerate().skip(at + 1);
        let below = below.find(|(_, block)| paragraph(block).is_none_or(|it| !it.is_empty()));
        let below = below.and_then(|(at, block)| Some((at, paragraph(block)?)));
        let below = below.filter(|(_, it)| it.role == Role::Caption || is_caption(it));
        let caption = below.map(|(_, it)| it.words());
        if let (Some((at, below)), Some(text)) = (below, &caption)
            && let Some(parts) = parts(below, text, pictures.len())
        {
            for (picture, part) in pictures.iter().zip(parts) {
                doc.pictures[*picture].caption = part;
            }
            gone.push(at);
        }
        if let [only] = pictures[..]
            && it.words().is_empty()
            && let Some((at, below)) = below
            && below.pieces.iter().all(|it| matches!(it, Piece::Text(_)))
            && doc.pictures[only].caption.is_empty()
        {
            let words = counted(&below.text());
            // 图1　3栋 keeps its wide blank: 图1 3栋 reads as 13.
            let blank = if words.contains('\u{3000}') {
                "\u{3000}"
            } else {
                " "
            };
            doc.pictures[only].caption = words.split_whitespace().collect::<Vec<_>>().join(blank);
            gone.push(at);
        }
        for (n, picture) in pictures.iter().enumerate() {
            let own = told(&doc.pictures[*picture].alt);
            let parted = Some(doc.pictures[*picture].caption.as_str());
            let parted = parted.filter(|it| pictures.len() > 1 && !it.is_empty());
            let shared = || {
                let words = without_count(caption.as_deref()?);
                // One line for several pictures: which of them it is, those who cannot see must be told.
                Some(match pictures.len() {
                    1 => words,
                    all => format!("{words}（{}/{all}）", n + 1),
                })
            };
            let alt = own.or_else(|| parted.map(without_count)).or_else(shared);
            doc.pictures[*picture].alt = alt.unwrap_or_default();
        }
    }
    remove(doc, &gone);
    part_captioned(doc);
    for picture in &mut doc.pictures {
        picture.alt = told(&picture.alt).unwrap_or_default();
    }
}

/// Parts a line below several pictures into the words of each: 图1 清扫前　　图2 清扫后, 清扫前　　清扫后.
/// `None` where it does not say one thing of each.
fn parts(below: &Paragraph, text: &str, n: usize) -> Option<Vec<String>> {
    let is_plain = below.pieces.iter().all(|it| matches!(it, Piece::Text(_)));
    if n < 2 || !is_plain {
        return None;
    }
    let count = |text: &str| {
        let rest = text
            .strip_prefix('图')
            .map(|it| it.trim_start_matches(is_blank));
        rest.is_some_and(|it| it.starts_with(|c: char| c.is_ascii_digit()))
    };
    // Where each begins that has its own number; else at wide blanks.
    let starts = text
        .char_indices()
        .map(|(at, _)| at)
        .filter(|at| count(&text[*at..]));
    let starts: Vec<usize> = starts.collect();
    let by_count = (starts.first() == Some(&0)).then(|| {
        let ends = starts.iter().skip(1).copied().chain([text.len()]);
        (starts.iter().zip(ends))
            .map(|(from, to)| text[*from..to].to_owned())
            .collect::<Vec<_>>()
    });
    let by_gap = || {
        let wide = text.replace(['\t', '\u{3000}'], "  ");
        let parts = wide.split("  ").map(str::trim).filter(|it| !it.is_empty());
        parts.map(str::to_owned).collect::<Vec<_>>()
    };
    let found = by_count
        .filter(|it| it.len() == n)
        .or_else(|| Some(by_gap()))?;
    let clean = |it: &String| {
        let it = counted(it.trim_matches(|c: char| is_blank(c) || "，；、,;".contains(c)));
        it.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    (found.len() == n).then(|| found.iter().map(clean).collect())
}

/// Gives pictures of one line that have words of their own below them a paragraph each, so that the
/// words stand below the right one.
fn part_captioned(doc: &mut Doc) {
    let mut blocks = Vec::with_capacity(doc.blocks.len());
    for block in std::mem::take(&mut doc.blocks) {
        let Block::Paragraph(it) = block else {
            blocks.push(block);
            continue;
        };
        let own = it.pictures();
        let parts = own.len() > 1
            && it.words().is_empty()
            && (it.pieces.iter()).all(|it| matches!(it, Piece::Picture(_) | Piece::Text(_)))
            && own.iter().all(|at| !doc.pictures[*at].caption.is_empty());
        match parts {
            true => blocks.extend(own.into_iter().map(|at| {
                Block::Paragraph(Paragraph {
                    pieces: vec![Piece::Picture(at)],
                    ..it.clone()
                })
            })),
            false => blocks.push(Block::Paragraph(it)),
        }
    }
    doc.blocks = blocks;
}

/// Returns the words of a caption, its number close to its sign: 图 1 is 图1.
fn counted(text: &str) -> String {
    // An arrow up to the picture says nothing below it.
    let text = text.trim_start_matches(|c: char| is_blank(c) || "▲△↑▼◆".contains(c));
    let Some(sign) = text.chars().next().filter(|c| matches!(c, '图' | '表')) else {
        return text.to_owned();
    };
    let rest = text[sign.len_utf8()..].trim_start_matches(is_blank);
    match rest.starts_with(|c: char| c.is_ascii_digit()) {
        true => format!("{sign}{rest}"),
        false => text.to_owned(),
    }
}

/// Makes paragraphs of lines that begin with a number behind a forced line end.
pub(super) fn part_lines(doc: &mut Doc) {
    let is_number = |pieces: &[Piece]| {
        let mut text = String::new();
        words_of(pieces, &mut text);
        let text = text.trim_start_matches(is_blank);
        let bare = text
            .trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
        bare.len() < text.len() && bare.starts_with(['.', '、', '．', ')', '）'])
            || text.starts_with(['（', '①', '②', '③', '④', '⑤'])
    };
    let mut blocks = Vec::with_capacity(doc.blocks.len());
    for block in std::mem::take(&mut doc.blocks) {
        let Block::Paragraph(it) = block else {
            blocks.push(block);
            continue;
        };
        let lines: Vec<&[Piece]> = it
            .pieces
            .split(|piece| matches!(piece, Piece::Break))
            .collect();
        let parts = it.mark.is_none()
            && it.role == Role::Body
            && lines.iter().skip(1).any(|it| is_number(it));
        match parts {
            true => blocks.extend(lines.into_iter().map(|pieces| {
                Block::Paragraph(Paragraph {
                    pieces: pieces.to_vec(),
                    ..it.clone()
                })
            })),
            false => blocks.push(Block::Paragraph(it)),
        }
    }
    doc.blocks = blocks;
}

/// Gives large pictures between words a paragraph of their own, behind the words.
pub(super) fn part_pictures(doc: &mut Doc) {
    let is_large = |at: usize| doc.pictures[at].size.is_none_or(|(_, height)| height > 1.2);
    let mut blocks = Vec::with_capacity(doc.blocks.len());
    for block in std::mem::take(&mut doc.blocks) {
        let Block::Paragraph(mut it) = block else {
            blocks.push(block);
            continue;
        };
        let large: Vec<usize> = it
            .pictures()
            .into_iter()
            .filter(|at| is_large(*at))
            .collect();
        if large.is_empty() || it.words().is_empty() {
            blocks.push(Block::Paragraph(it));
            continue;
        }
        let leads = matches!(it.pieces.first(), Some(Piece::Picture(at)) if large.contains(at));
        it.pieces
            .retain(|piece| !matches!(piece, Piece::Picture(at) if large.contains(at)));
        let own = large.into_iter().map(|at| {
            Block::Paragraph(Paragraph {
                place: it.place.clone(),
                pieces: vec![Piece::Picture(at)],
                ..Paragraph::default()
            })
        });
        let own: Vec<Block> = own.collect();
        let words = std::iter::once(Block::Paragraph(it));
        match leads {
            true => blocks.extend(own.into_iter().chain(words)),
            false => blocks.extend(words.chain(own)),
        }
    }
    doc.blocks = blocks;
}

pub(super) fn is_caption(it: &Paragraph) -> bool {
    let text = it.words();
    let is_counted = text.strip_prefix('图').is_some_and(|rest| {
        rest.trim_start()
            .starts_with(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
    });
    // A heading below a picture is none of its words; HTML gives headings no size.
    it.role == Role::Body
        && it.mark.is_none()
        && (is_counted || it.align == Align::Centre && it.size < 14.0)
        && text.chars().count() <= 30
        && !text.is_empty()
        && it.pictures().is_empty()
        && !text.ends_with(['。', '：'])
}

/// Returns a caption without its number: 图1 清扫前.
pub(super) fn without_count(caption: &str) -> String {
    let caption = caption.trim_start_matches(|c: char| is_blank(c) || "▲△↑▼◆".contains(c));
    let rest = caption
        .trim_start_matches('图')
        .trim_start_matches(is_blank);
    let is_number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十-.".contains(c);
    let rest = rest.trim_start_matches(is_number);
    // What follows may begin with a number of its own: 图1 3栋二单元.
    let rest = rest.trim_start_matches(|c: char| is_blank(c) || "．：:、".contains(c));
    match caption.starts_with('图') && !rest.is_empty() {
        true => rest.to_owned(),
        false => caption.to_owned(),
    }
}

/// Returns the words for a picture, unless a program made them up: file names, `图片 1`.
pub(super) fn told(alt: &str) -> Option<String> {
    let alt = alt.split_whitespace().collect::<Vec<_>>().join(" ");
    let lower = alt.to_lowercase();
    let names = [
        "图片",
        "picture",
        "image",
        "图形",
        "img",
        "图像",
        "descript",
        "文本框",
        "logo",
    ];
    let is_counted = names.iter().any(|name| {
        lower.strip_prefix(name).is_some_and(|rest| {
            rest.trim()
                .chars()
                .all(|c| c.is_ascii_digit() || "_-() ".contains(c))
        })
    });
    let endings = [
        ".jpg", ".jpeg", ".png", ".gif", ".bmp", ".wmf", ".emf", ".webp", ".tif", ".svg",
    ];
    let is_file = endings.iter().any(|ending| lower.ends_with(ending));
    let is_made = [
        "已自动生成",
        "automatically generated",
        "中度可信度",
        "低可信度",
        "高可信度",
    ]
    .iter()
    .any(|it| lower.contains(it));
    let is_path = lower.contains(":\\") || lower.starts_with("http") || is_hash(&lower);
    (!alt.is_empty() && !is_counted && !is_file && !is_made && !is_path).then_some(alt)
}

pub(super) fn is_hash(text: &str) -> bool {
    text.len() >= 16
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
        && text.bytes().any(|b| b.is_ascii_digit())
}

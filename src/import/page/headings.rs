//! Which lines are headings, by their styles, their numbers or their weight.

use super::{HEADING, paragraph};
use crate::import::blanks::is_blank;
use crate::import::losses::counted;
use crate::import::model::{Align, Block, Doc, Look, Paragraph, Piece, Role, Run};

/// The least size of the letters of a title behind the first, in points: the form's text has 16.
const NEXT_TITLE: f32 = 20.0;

/// Takes off quotations and captions the slant and weight that their style gives to all of them.
pub(super) fn quotes(doc: &mut Doc) {
    for block in &mut doc.blocks {
        let Block::Paragraph(it) = block else {
            continue;
        };
        let all = |is: fn(&Look) -> bool, it: &Paragraph| {
            it.pieces.iter().all(|piece| match piece {
                Piece::Text(run) => is(&run.look) || run.text.trim().is_empty(),
                _ => true,
            })
        };
        if !matches!(it.role, Role::Quote | Role::Caption) {
            continue;
        }
        let (bold, italic) = (all(|look| look.bold, it), all(|look| look.italic, it));
        for piece in &mut it.pieces {
            if let Piece::Text(run) = piece {
                run.look.bold &= !bold;
                run.look.italic &= !italic;
            }
        }
    }
}

/// Lists that colours are lost, once, at the first place.
pub(super) fn tell_colours(doc: &mut Doc) {
    let is_coloured = |it: &&Paragraph| {
        it.pieces.iter().any(|piece| matches!(piece, Piece::Text(run) if run.look.coloured && !run.text.trim().is_empty()))
    };
    let found: Vec<&Paragraph> = doc
        .blocks
        .iter()
        .filter_map(paragraph)
        .filter(is_coloured)
        .collect();
    if let Some(first) = found.first() {
        let (place, n) = (first.place.clone(), found.len());
        doc.losses.lost(counted("import-colours", n), &place);
    }
}

/// Tells whether a line only says which attachment begins: 附件1.
pub(super) fn is_attachment(it: &Paragraph) -> bool {
    let text = it.words();
    let rest = text
        .strip_prefix("附件")
        .or_else(|| text.strip_prefix("附表"));
    let rest = rest.map(|it| it.trim_matches(|c: char| is_blank(c) || c == '：' || c == ':'));
    let is_plain = it.pieces.iter().all(|it| matches!(it, Piece::Text(_)));
    let rest = rest.filter(|_| is_plain);
    rest.is_some_and(|it| {
        it.chars().count() <= 2
            && it
                .chars()
                .all(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
    })
}

/// Makes one heading of 附件1 and the title in the middle below it.
pub(super) fn attachments(doc: &mut Doc) {
    let is_title = |it: &Paragraph| {
        let n = it.words().chars().count();
        (1..=HEADING).contains(&n) && it.align == Align::Centre && it.pictures().is_empty()
    };
    let seen: Vec<usize> = (0..doc.blocks.len())
        .filter(|at| paragraph(&doc.blocks[*at]).is_none_or(|it| !it.is_empty()))
        .collect();
    let pairs: Vec<(usize, usize)> = (seen.windows(2))
        .map(|it| (it[0], it[1]))
        .filter(|(mark, title)| {
            let pair = paragraph(&doc.blocks[*mark]).zip(paragraph(&doc.blocks[*title]));
            pair.is_some_and(|(mark, title)| is_attachment(mark) && is_title(title))
        })
        .collect();
    for (mark, title) in pairs.into_iter().rev() {
        // The title's own pieces stay: notes and links may be among them.
        let Block::Paragraph(above) = doc.blocks.remove(mark) else {
            continue;
        };
        if let Block::Paragraph(it) = &mut doc.blocks[title - 1] {
            let words = above.words();
            let text = format!("{}　", words.trim_end_matches(['：', ':']));
            it.role = Role::Heading(2);
            it.mark = None;
            let text = Run {
                text,
                ..Run::default()
            };
            it.pieces.insert(0, Piece::Text(text));
        }
    }
}

/// A level that a line's typed number gives it: 1 for 一、, 2 for （一）.
pub(super) fn leading(text: &str) -> Option<u8> {
    let text = text.trim_start_matches(is_blank);
    let is_han = |c: char| "一二三四五六七八九十".contains(c);
    if let Some(rest) = text.strip_prefix('第') {
        let rest = rest.trim_start_matches(|c: char| is_han(c) || c.is_ascii_digit());
        let is_chapter =
            rest.starts_with('章') || rest.starts_with("部分") || rest.starts_with('节');
        return is_chapter.then_some(1);
    }
    let bare = text.trim_start_matches(is_han);
    if bare.len() < text.len() && bare.starts_with(['、', '．', '.']) {
        return Some(1);
    }
    let inner = text.strip_prefix(['（', '('])?;
    let bare = inner.trim_start_matches(is_han);
    (bare.len() < inner.len() && bare.starts_with(['）', ')'])).then_some(2)
}

/// Makes headings of the lines that are such.
pub(super) fn headings(doc: &mut Doc) {
    let styled: Vec<u8> = {
        let mut all: Vec<u8> = (doc.blocks.iter().filter_map(paragraph))
            .filter_map(|it| match it.role {
                Role::Heading(level) if !it.is_empty() => Some(level),
                _ => None,
            })
            .collect();
        all.sort_unstable();
        all.dedup();
        all
    };
    let is_line = |it: &Paragraph| {
        let text = it.text();
        let text = text.trim_matches(is_blank);
        let n = text.chars().count();
        n <= HEADING
            && !text.contains('\n')
            && !text.ends_with(['。', '；', '：', '，', '！', ';', ',', '.', ':'])
    };
    let typed = |block: &Block| {
        let it = paragraph(block)?;
        let is_plain =
            it.role == Role::Body && it.align != Align::Right && it.pictures().is_empty();
        leading(&it.text()).filter(|_| is_plain && is_line(it))
    };
    let blocks: Vec<usize> = (0..doc.blocks.len())
        .filter(|at| paragraph(&doc.blocks[*at]).is_none_or(|it| !it.is_empty()))
        .collect();
    let levels: Vec<Option<u8>> = blocks.iter().map(|at| typed(&doc.blocks[*at])).collect();
    // Lines in a row are a list.
    let is_list = |level: u8| {
        let all = levels.iter().filter(|it| **it == Some(level)).count();
        let pairs = levels
            .windows(2)
            .filter(|it| it[0] == Some(level) && it[1] == Some(level));
        all > 1 && pairs.count() * 2 >= all || levels.last() == Some(&Some(level)) && all == 1
    };
    let used: Vec<u8> = [1, 2]
        .into_iter()
        .filter(|it| levels.contains(&Some(*it)) && !is_list(*it))
        .collect();
    let base = u8::try_from(styled.len()).unwrap_or(0);
    // Another notice in the same document.
    let is_title = |it: &Paragraph| {
        it.role == Role::Body
            && it.align == Align::Centre
            && it.size >= NEXT_TITLE
            && it.mark.is_none()
            && it.pictures().is_empty()
            && is_line(it)
    };
    let bold = bold_headings(doc, &blocks);
    for (index, at) in blocks.iter().enumerate() {
        let Block::Paragraph(it) = &mut doc.blocks[*at] else {
            continue;
        };
        if let Role::Heading(level) = it.role {
            let rank = styled.iter().position(|it| *it == level).unwrap_or(0);
            it.role = match u8::try_from(rank + 2) {
                Ok(rank) if it.text().chars().count() <= 80 => Role::Heading(rank.min(6)),
                _ => Role::Body,
            };
        } else if let Some(rank) =
            levels[index].and_then(|level| used.iter().position(|it| *it == level))
        {
            it.role = Role::Heading((base + u8::try_from(rank).unwrap_or(0) + 2).min(6));
        } else if is_title(it) || bold.contains(at) && used.is_empty() && styled.is_empty() {
            it.role = Role::Heading(2);
        } else if it.role == Role::Title {
            it.role = Role::Body;
        }
    }
}

/// Finds short lines over other text, heavy or in a field of colour, where there are several.
pub(super) fn bold_headings(doc: &Doc, blocks: &[usize]) -> Vec<usize> {
    let is_bold = |at: usize| {
        paragraph(&doc.blocks[at]).is_some_and(|it| {
            let text = it.words();
            let n = text.chars().count();
            let is_heavy = it.pieces.iter().all(|piece| match piece {
                Piece::Text(run) => {
                    run.look.bold || run.look.on_ground || run.text.trim().is_empty()
                }
                _ => false,
            });
            it.role == Role::Body
                && it.mark.is_none()
                && (2..=20).contains(&n)
                && is_heavy
                && it.align != Align::Right
                && !text.ends_with(['。', '；', '：', '，', '！', ':', ';', '.', '!'])
        })
    };
    let found: Vec<usize> = (blocks.windows(2))
        .filter(|it| is_bold(it[0]) && !is_bold(it[1]))
        .map(|it| it[0])
        .collect();
    let all = blocks.iter().filter(|at| is_bold(**at)).count();
    match found.len() >= 2 && found.len() == all {
        true => found,
        false => Vec::new(),
    }
}

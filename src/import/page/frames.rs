//! Tables that only hold things in their places: a title in a cell across the top, one row of words or
//! pictures side by side.

use super::padding::is_name;
use super::{day, paragraph};
use crate::import::model::{Align, Block, Cell, Doc, Paragraph, Piece, Role, Run, Table};

/// How many characters words side by side have at most to stand on one line.
const LINE: usize = 60;
/// How many characters the words below a picture have at most.
const CAPTION: usize = 40;
/// From so many on names in cells are a list.
const NAMES: usize = 6;

/// Takes what stands in one cell across the top of a first table out of it: a title, for the most part.
pub(super) fn part_frame(doc: &mut Doc) {
    let is_seen = |block: &Block| paragraph(block).is_none_or(|it| !it.is_empty());
    let Some(at) = doc.blocks.iter().position(is_seen) else {
        return;
    };
    let Block::Table(table) = &mut doc.blocks[at] else {
        return;
    };
    let is_frame = table.rows.len() > 1
        && matches!(&table.rows[0][..], [cell] if cell.columns > 1)
        && table.rows[1].iter().all(|cell| !cell.goes_on);
    if is_frame {
        let row = table.rows.remove(0);
        let blocks = row.into_iter().flat_map(|cell| cell.blocks);
        doc.blocks.splice(at..at, blocks.collect::<Vec<_>>());
    }
}

/// Makes text of tables whose first row is no head: of a single row, of pictures with their words, of
/// nothing but names.
pub(super) fn part_tables(doc: &mut Doc) {
    let mut blocks = Vec::with_capacity(doc.blocks.len());
    for block in std::mem::take(&mut doc.blocks) {
        match block {
            Block::Table(table) if is_gallery(&table) => blocks.extend(gallery(table)),
            Block::Table(mut table) if table.rows.len() == 1 && !is_form(&table.rows[0]) => {
                blocks.extend(side_by_side(table.rows.remove(0)));
            }
            Block::Table(table) => match names(&table) {
                Some(names) => blocks.push(Block::Paragraph(names)),
                None => blocks.push(Block::Table(table)),
            },
            block => blocks.push(block),
        }
    }
    doc.blocks = blocks;
}

/// Returns the names of a table of several rows that holds nothing else, as one list.
fn names(table: &Table) -> Option<Paragraph> {
    let seen = table.rows.iter().flatten().filter(|cell| is_seen(cell));
    let cells: Vec<&Paragraph> = seen.map(only).collect::<Option<_>>()?;
    let is_list =
        cells.len() >= NAMES && table.rows.len() > 1 && cells.iter().all(|it| is_name(&it.words()));
    let first = cells.first().filter(|_| is_list)?;
    let text: Vec<String> = cells.iter().map(|it| it.words()).collect();
    Some(Paragraph {
        align: Align::Left,
        pieces: vec![Piece::Text(Run {
            text: text.join("、"),
            ..Run::default()
        })],
        ..(*first).clone()
    })
}

/// Tells whether a table holds pictures and their words alone: rows of pictures, below each at most one
/// row of words.
fn is_gallery(table: &Table) -> bool {
    let kinds: Vec<Option<bool>> = table.rows.iter().map(|row| has_pictures(row)).collect();
    let is_below = |at: usize| {
        at > 0 && kinds[at - 1] == Some(true) && table.rows[at].len() == table.rows[at - 1].len()
    };
    kinds.contains(&Some(true))
        && table.rows.len() * table.rows[0].len() > 1
        && (0..kinds.len()).all(|at| match kinds[at] {
            Some(true) => true,
            Some(false) => is_below(at),
            None => false,
        })
        && (table.rows.len() > 1 || table.rows[0].iter().all(is_seen))
}

/// Tells whether the cells of a row hold pictures, with a line of words at most, or a line of words; `None`
/// where they hold other things, or both stand side by side.
fn has_pictures(row: &[Cell]) -> Option<bool> {
    let mut kinds = row.iter().filter(|cell| is_seen(cell)).map(|cell| {
        let words = |block: &Block| paragraph(block).map(|it| it.words().chars().count());
        let n: Option<usize> = cell.blocks.iter().map(words).sum();
        let has = |block: &Block| paragraph(block).is_some_and(|it| !it.pictures().is_empty());
        n.filter(|n| *n <= CAPTION)
            .map(|_| cell.blocks.iter().any(has))
    });
    let first = kinds.next()??;
    kinds.all(|kind| kind == Some(first)).then_some(first)
}

/// Returns the pictures of a table one after another, each with the words below it.
fn gallery(table: Table) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut rows = table.rows.into_iter().peekable();
    while let Some(row) = rows.next() {
        let is_words = |row: &Vec<Cell>| has_pictures(row) == Some(false);
        let mut below = rows.next_if(is_words).unwrap_or_default().into_iter();
        for cell in row {
            let words = below.next().map(|it| it.blocks).unwrap_or_default();
            for block in cell.blocks.into_iter().chain(words) {
                if let Block::Paragraph(mut it) = block {
                    if it.pictures().is_empty() && !it.is_empty() {
                        it.role = Role::Caption;
                    }
                    blocks.push(Block::Paragraph(it));
                }
            }
        }
    }
    blocks
}

/// Tells whether somebody is to write into a row: it has cells with words and others without anything.
fn is_form(row: &[Cell]) -> bool {
    let seen: Vec<&Cell> = row.iter().filter(|cell| is_seen(cell)).collect();
    let has_pictures = seen.iter().any(|cell| only(cell).is_none());
    seen.len() < row.len() && seen.len() > 1 && !has_pictures
}

fn is_seen(cell: &Cell) -> bool {
    let empty = |block: &Block| matches!(block, Block::Paragraph(it) if it.is_empty());
    !cell.blocks.iter().all(empty)
}

/// Returns the only paragraph of a cell that holds nothing but a line of words.
fn only(cell: &Cell) -> Option<&Paragraph> {
    let mut seen = cell
        .blocks
        .iter()
        .filter(|block| paragraph(block).is_none_or(|it| !it.is_empty()));
    let it = seen.next().and_then(paragraph)?;
    let is_line = it.mark.is_none()
        && it.pictures().is_empty()
        && !it.pieces.iter().any(|piece| matches!(piece, Piece::Break));
    (is_line && seen.next().is_none()).then_some(it)
}

/// Returns the blocks of cells that stand side by side: short words on one line.
fn side_by_side(row: Vec<Cell>) -> Vec<Block> {
    let row: Vec<Cell> = row.into_iter().filter(is_seen).collect();
    let lines: Option<Vec<&Paragraph>> = row.iter().map(only).collect();
    let length = |it: &&Paragraph| it.words().chars().count() + 1;
    let is_line = |lines: &&Vec<&Paragraph>| {
        // The office and the day are looked for as lines of their own.
        lines.iter().map(length).sum::<usize>() <= LINE
            && lines.iter().all(|it| day(&it.words()).is_none())
    };
    if let Some(lines) = lines.as_ref().filter(is_line) {
        let mut joined = Paragraph {
            align: Align::Left,
            pieces: Vec::new(),
            ..lines.first().map(|it| (*it).clone()).unwrap_or_default()
        };
        for line in lines {
            if !joined.pieces.is_empty() {
                let text = "\u{3000}".to_owned();
                joined.pieces.push(Piece::Text(Run {
                    text,
                    ..Run::default()
                }));
            }
            joined.pieces.extend(line.pieces.iter().cloned());
        }
        return vec![Block::Paragraph(joined)];
    }
    let signs = |cell: &Cell| only(cell).is_some_and(|it| day(&it.words()).is_some());
    let is_signature = row.iter().any(signs);
    let mut blocks: Vec<Block> = row.into_iter().flat_map(|cell| cell.blocks).collect();
    for block in &mut blocks {
        if let Block::Paragraph(it) = block
            && is_signature
        {
            it.align = Align::Right;
        }
    }
    blocks
}

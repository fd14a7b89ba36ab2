//! Pasted words: a line is a paragraph, lines with tabs between their words are a table.

use super::blanks::is_blank;
use super::losses::{Place, near};
use super::model::{Block, Cell, Doc, Paragraph, Piece, Run, Table};

/// Reads a text.
pub(super) fn read(text: &str) -> Doc {
    let mut doc = Doc::default();
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut n_tables = 0;
    let lines: Vec<&str> = text.lines().collect();
    for (at, line) in lines.iter().enumerate() {
        let columns = tabs(line);
        let goes_on = columns > 0
            && (at
                .checked_sub(1)
                .is_some_and(|at| tabs(lines[at]) == columns)
                || lines.get(at + 1).is_some_and(|next| tabs(next) == columns));
        if goes_on {
            rows.push(line.split('\t').map(|it| cell(it, at)).collect());
            continue;
        }
        close(&mut doc, &mut rows, &mut n_tables);
        if line.chars().any(|c| !is_blank(c)) {
            doc.blocks.push(Block::Paragraph(paragraph(line, at)));
        }
    }
    close(&mut doc, &mut rows, &mut n_tables);
    doc
}

fn close(doc: &mut Doc, rows: &mut Vec<Vec<Cell>>, n_tables: &mut usize) {
    if rows.is_empty() {
        return;
    }
    *n_tables += 1;
    doc.blocks.push(Block::Table(Table {
        number: *n_tables,
        rows: std::mem::take(rows),
    }));
}

/// Counts the tabs between words of a line.
fn tabs(line: &str) -> usize {
    line.trim_matches(is_blank).matches('\t').count()
}

fn paragraph(line: &str, at: usize) -> Paragraph {
    let run = Run {
        text: line.to_owned(),
        ..Run::default()
    };
    Paragraph {
        place: if near(line).is_empty() {
            Place::Whole
        } else {
            Place::Line(at + 1)
        },
        pieces: vec![Piece::Text(run)],
        ..Paragraph::default()
    }
}

fn cell(text: &str, at: usize) -> Cell {
    Cell {
        blocks: vec![Block::Paragraph(paragraph(text, at))],
        columns: 1,
        goes_on: false,
    }
}

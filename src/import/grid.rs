//! Tables as a page can hold them: a head and rows of as many cells, cells that were joined parted.

use super::losses::Place;
use super::markdown::{Writer, spaced};
use super::model::{Block, Cell, Paragraph, Piece, Run, Table, words_of};
use crate::diag::words;
use crate::read::data::levels;

/// A table as rows of equal length; a cell is the index of what it says.
struct Grid<'t> {
    cells: Vec<&'t Cell>,
    rows: Vec<Vec<Option<usize>>>,
    /// How many columns and rows each of `cells` takes.
    spans: Vec<(usize, usize)>,
}

impl<'t> Grid<'t> {
    fn of(table: &'t Table) -> Self {
        let width = table
            .rows
            .iter()
            .map(|row| row.iter().map(|it| it.columns).sum());
        let width: usize = width.max().unwrap_or(0);
        let mut grid = Self {
            cells: Vec::new(),
            rows: Vec::new(),
            spans: Vec::new(),
        };
        for row in &table.rows {
            let mut line: Vec<Option<usize>> = Vec::with_capacity(width);
            for cell in row {
                let above = grid
                    .rows
                    .last()
                    .and_then(|row| row.get(line.len()).copied())
                    .flatten();
                let at = match above.filter(|_| cell.goes_on) {
                    Some(above) => {
                        grid.spans[above].1 += 1;
                        above
                    }
                    None => {
                        grid.cells.push(cell);
                        grid.spans.push((cell.columns, 1));
                        grid.cells.len() - 1
                    }
                };
                line.extend((0..cell.columns).map(|_| Some(at)));
            }
            line.resize(width, None);
            grid.rows.push(line);
        }
        grid
    }

    /// Tells whether a row is one joined cell.
    fn is_one(&self, row: &[Option<usize>]) -> bool {
        row.len() > 1 && row[0].is_some() && row.iter().all(|it| *it == row[0])
    }

    /// Returns how many rows the head takes: more than one where a cell of the first takes several
    /// columns, and others several rows or have nothing below them.
    fn head(&self) -> usize {
        let Some(first) = self.rows.first() else {
            return 0;
        };
        let parted = first.iter().flatten().any(|at| self.spans[*at].0 > 1);
        let deep = first.iter().flatten().map(|at| self.spans[*at].1).max();
        // A group of rows is no head: only where another cell takes several columns too.
        match deep {
            Some(1) if parted && self.rows.len() > 2 && self.is_below(0) => 2,
            Some(deep) if parted && deep < self.rows.len() => deep,
            _ => 1,
        }
    }

    /// Tells whether the row below `row` only parts its joined cells.
    fn is_below(&self, row: usize) -> bool {
        let is_empty = |at: &Option<usize>| at.is_none_or(|at| is_empty(&self.cells[at].blocks));
        let mut pairs = self.rows[row].iter().zip(&self.rows[row + 1]);
        pairs.all(|(above, below)| {
            let is_wide = above.is_some_and(|at| self.spans[at].0 > 1);
            is_wide != is_empty(below)
        })
    }

    /// Returns the names of the columns, of the first `n` rows.
    fn names(&self, n: usize, texts: &[String]) -> Vec<String> {
        let width = self.rows.first().map_or(0, Vec::len);
        let name = |column: usize| {
            let mut above: Vec<usize> = self.rows[..n]
                .iter()
                .filter_map(|row| row[column])
                .collect();
            above.dedup();
            match above[..] {
                [only] => texts[only].clone(),
                _ => {
                    let texts: Vec<String> = above
                        .iter()
                        .map(|at| texts[*at].replace("<br>", ""))
                        .collect();
                    levels::joined(texts.iter().map(String::as_str))
                }
            }
        };
        (0..width).map(name).collect()
    }
}

fn is_empty(blocks: &[Block]) -> bool {
    let mut blocks = blocks.iter();
    blocks.all(|block| matches!(block, Block::Paragraph(it) if it.is_empty()))
}

impl Writer<'_> {
    /// Writes a table; a first row that is one cell becomes a line above.
    pub fn table(&mut self, table: &Table) -> String {
        let mut grid = Grid::of(table);
        let place = Place::Table(table.number);
        let mut out = String::new();
        while grid.rows.len() > 1 && grid.is_one(&grid.rows[0]) {
            let row = grid.rows.remove(0);
            let at = row[0].unwrap_or(0);
            // A cell over several rows is said once.
            grid.rows
                .retain(|row| !row.iter().all(|it| *it == Some(at)));
            out += &self.blocks(&grid.cells[at].blocks);
            out.push_str("\n\n");
        }
        let is_joined = |(columns, rows): &(usize, usize)| *columns > 1 || *rows > 1;
        let used: Vec<usize> = grid.rows.iter().flatten().flatten().copied().collect();
        if used.iter().any(|at| is_joined(&grid.spans[*at])) {
            self.losses.changed(words("import-merged"), &place);
        }
        let n_head = grid.head();
        let in_head: Vec<usize> = grid
            .rows
            .iter()
            .take(n_head)
            .flatten()
            .flatten()
            .copied()
            .collect();
        let mut texts = Vec::with_capacity(grid.cells.len());
        for (at, cell) in grid.cells.iter().enumerate() {
            texts.push(self.cell(cell, &place, in_head.contains(&at)));
        }
        let width = grid.rows.first().map_or(0, Vec::len);
        if width == 0 {
            return out.trim_end().to_owned();
        }
        let head = grid.names(n_head, &texts);
        let mut line = |cells: &[String]| {
            out.push_str(&format!("| {} |\n", cells.join(" | ")));
        };
        line(&head);
        line(&vec!["---".to_owned(); width]);
        for row in &grid.rows[n_head..] {
            line(&filled(&grid, row, &texts));
        }
        out.trim_end().to_owned()
    }

    /// Writes a cell on one line; one of the head is heavy by itself.
    fn cell(&mut self, cell: &Cell, place: &Place, is_head: bool) -> String {
        let mut lines = Vec::new();
        for paragraph in flattened(&cell.blocks) {
            let number = match &paragraph.mark {
                Some(mark) if mark.is_bullet => "·".to_owned(),
                Some(mark) => spaced(&mark.text),
                None => String::new(),
            };
            let place = if paragraph.place == Place::Whole {
                place
            } else {
                &paragraph.place
            };
            let words = self.words(&paragraph.pieces, place, is_head, true);
            let words = words.replace("\\\n", "<br>").replace('|', "\\|");
            let line = format!("{number}{words}");
            if !line.trim().is_empty() {
                lines.push(line);
            }
        }
        lines.join("<br>")
    }
}

/// Returns the cells of a row: what spans columns is said in each, but a remark across the whole row,
/// and what fills a row behind its name, once.
fn filled(grid: &Grid, row: &[Option<usize>], texts: &[String]) -> Vec<String> {
    let last = row.last().copied().flatten();
    let kinds = {
        let mut kinds: Vec<_> = row.iter().flatten().collect();
        kinds.dedup();
        kinds.len()
    };
    // A name of the row, such as 合计, is said once too.
    let once =
        |at: usize| grid.spans[at].0 > 1 && (Some(at) == last && kinds <= 2 || Some(at) == row[0]);
    let mut cells = Vec::with_capacity(row.len());
    for (column, at) in row.iter().enumerate() {
        let Some(at) = *at else {
            cells.push(String::new());
            continue;
        };
        let is_first = column == 0 || row[column - 1] != Some(at);
        cells.push(match is_first || !once(at) {
            true => texts[at].clone(),
            false => String::new(),
        });
    }
    cells
}

/// Returns the words of paragraphs as one line.
fn line_of(paragraphs: &[Paragraph]) -> String {
    let words = paragraphs.iter().map(|paragraph| {
        let mut text = String::new();
        words_of(&paragraph.pieces, &mut text);
        text.trim().to_owned()
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Returns the paragraphs of a cell; a table in it as a line for each row.
fn flattened(blocks: &[Block]) -> Vec<Paragraph> {
    let mut all = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(it) => all.push(it.clone()),
            Block::Rule => {}
            Block::Table(table) => {
                for row in &table.rows {
                    let (mut texts, mut pictures) = (Vec::new(), Vec::new());
                    for cell in row {
                        // Once: looked at twice, tables within tables would take twice as long with
                        // each that holds another.
                        let inner = flattened(&cell.blocks);
                        texts.push(line_of(&inner));
                        pictures.extend(inner.iter().flat_map(Paragraph::pictures));
                    }
                    texts.retain(|text| !text.is_empty());
                    let text = texts.join("　");
                    let pictures = pictures.into_iter().map(Piece::Picture);
                    let words = Piece::Text(Run {
                        text,
                        ..Run::default()
                    });
                    all.push(Paragraph {
                        pieces: std::iter::once(words).chain(pictures).collect(),
                        ..Paragraph::default()
                    });
                }
            }
        }
    }
    all
}

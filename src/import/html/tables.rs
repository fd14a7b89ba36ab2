//! Tables of web pages.

use super::dom::Id;
use super::{Around, Walk};
use crate::import::losses::Place;
use crate::import::model::{Block, Cell, Table};
use crate::import::refusal::Refused;

/// How many columns a table may have, and how many cells.
const WIDEST: usize = 400;
const MOST: usize = 200_000;

impl Walk<'_> {
    pub(super) fn table(&mut self, id: Id, around: &Around) -> Result<(), Refused> {
        self.flush();
        let is_inner = self.in_cell.is_some();
        if !is_inner {
            self.n_tables += 1;
        }
        let number = self.n_tables;
        let mut rows = Vec::new();
        self.find_rows(id, &mut rows);
        let mut table = Table {
            number,
            rows: Vec::new(),
        };
        // For each column how many rows more a cell from above takes, and how many columns.
        let mut hanging: Vec<(usize, usize)> = Vec::new();
        let mut n_cells = 0;
        for row in rows {
            let of_row = Around {
                look: around.look,
                ..self.inner(row, "tr", around)
            };
            let mut cells: Vec<Cell> = Vec::new();
            let mut column = 0;
            let own: Vec<Id> = (self.page.children(row).iter().copied())
                .filter(|it| matches!(self.page.name(*it), Some("td" | "th")))
                .collect();
            let mut own = own.into_iter();
            loop {
                if let Some((left, columns)) = hanging.get_mut(column).filter(|it| it.0 > 0) {
                    *left -= 1;
                    let columns = (*columns).max(1);
                    cells.push(Cell {
                        columns,
                        goes_on: true,
                        ..Cell::default()
                    });
                    column += columns;
                    continue;
                }
                let Some(cell) = own.next() else {
                    // Cells that hang below the end of a shorter row.
                    match (column..hanging.len()).find(|it| hanging[*it].0 > 0) {
                        Some(next) => {
                            cells.extend((column..next).map(|_| Cell {
                                columns: 1,
                                ..Cell::default()
                            }));
                            column = next;
                            continue;
                        }
                        None => break,
                    }
                };
                let span = |key: &str| self.span(cell, key);
                let (columns, deep) = (span("colspan")?, span("rowspan")?);
                n_cells += columns;
                if column + columns > WIDEST || n_cells > MOST {
                    return Err(Refused::Wide);
                }
                hanging.resize(hanging.len().max(column + columns), (0, 0));
                hanging[column] = (deep - 1, columns);
                let place = Place::Cell(number, table.rows.len() + 1, cells.len() + 1);
                let blocks = self.cell(cell, place, &of_row)?;
                cells.push(Cell {
                    blocks,
                    columns,
                    goes_on: false,
                });
                column += columns;
            }
            if !cells.is_empty() {
                table.rows.push(cells);
            }
        }
        match &mut table.rows[..] {
            [] => {}
            [row] if row.len() == 1 => self.blocks.append(&mut row[0].blocks),
            _ => self.blocks.push(Block::Table(table)),
        }
        Ok(())
    }

    fn span(&self, cell: Id, key: &str) -> Result<usize, Refused> {
        let span = self.page.get(cell, key).map(str::trim);
        match span.map(str::parse::<usize>) {
            None | Some(Err(_)) => Ok(1),
            Some(Ok(span)) if key == "colspan" && span > WIDEST => Err(Refused::Wide),
            Some(Ok(span)) => Ok(span.clamp(1, 65_534)),
        }
    }

    fn find_rows(&self, id: Id, rows: &mut Vec<Id>) {
        for child in self.page.children(id) {
            match self.page.name(*child) {
                Some("tr") => rows.push(*child),
                Some("thead" | "tbody" | "tfoot") => self.find_rows(*child, rows),
                _ => {}
            }
        }
    }

    fn cell(&mut self, id: Id, place: Place, around: &Around) -> Result<Vec<Block>, Refused> {
        let outer = self.in_cell.clone();
        self.in_cell = Some(outer.clone().unwrap_or(place));
        let blocks = std::mem::take(&mut self.blocks);
        // Of its own looks only what tells whether its letters are seen.
        let own = self.inner(id, "td", around);
        let inner = Around {
            look: around.look,
            has_ground: own.has_ground,
            is_white: own.is_white,
            ..Around::default()
        };
        self.children(id, &inner)?;
        self.flush();
        self.in_cell = outer;
        Ok(std::mem::replace(&mut self.blocks, blocks))
    }
}

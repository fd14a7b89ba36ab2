//! Tables with their spans.

use super::walk::Walk;
use crate::diag::words;
use crate::import::losses::{Place, quoted};
use crate::import::model::{Block, Cell, Table};
use crate::import::refusal::Refused;
use crate::import::xml::Element;

/// How many columns a table may have; Word allows 63.
const WIDEST: usize = 400;
/// How many cells all tables may have, joined ones counted as what they were.
const MOST: usize = 400_000;
/// How deep tables may lie in tables.
const DEEPEST: usize = 12;

impl<'s> Walk<'s> {
    /// Reads a table; one of a single cell is a frame around its blocks.
    pub fn table(&mut self, element: &'s Element) -> Result<Vec<Block>, Refused> {
        if self.depth >= DEEPEST {
            return Err(Refused::Deep);
        }
        let outer = (self.place.clone(), self.is_shaded);
        if self.depth == 0 {
            self.n_tables += 1;
        } else if !self.is_note && matches!(self.place, Place::Cell(..)) {
            self.doc.losses.changed(words("import-nested"), &outer.0);
        }
        let number = self.n_tables;
        // A table's style may lay any ground.
        let style = element.child("tblPr").and_then(|it| it.child("tblStyle"));
        self.is_shaded |= style.is_some();
        let mut table = Table {
            number,
            rows: Vec::new(),
        };
        self.rows(&element.children, &mut table)?;
        (self.place, self.is_shaded) = outer;
        if let [row] = &mut table.rows[..]
            && let [cell] = &mut row[..]
        {
            return Ok(std::mem::take(&mut cell.blocks));
        }
        Ok(vec![Block::Table(table)])
    }

    fn rows(&mut self, children: &'s [Element], table: &mut Table) -> Result<(), Refused> {
        for child in children {
            match &*child.name {
                "tr" => self.row(child, table)?,
                "sdt" => {
                    if let Some(content) = child.child("sdtContent") {
                        self.rows(&content.children, table)?;
                    }
                }
                "ins" | "customXml" | "moveTo" => self.rows(&child.children, table)?,
                "del" => self.deleted(child),
                _ => {}
            }
        }
        Ok(())
    }

    fn row(&mut self, element: &'s Element, table: &mut Table) -> Result<(), Refused> {
        let properties = element.child("trPr");
        let says = |name: &str| properties.is_some_and(|it| it.flag(name) == Some(true));
        let at = table.rows.len() + 1;
        let place = match self.depth {
            0 => Place::Cell(table.number, at, 1),
            _ => self.place.clone(),
        };
        if says("hidden") {
            let text = super::spoken(element);
            self.doc
                .losses
                .left_out(quoted("import-hidden", &text), &place);
            return Ok(());
        }
        if properties.is_some_and(|it| it.child("del").is_some()) {
            self.place = place;
            self.deleted(element);
            return Ok(());
        }
        if properties.is_some_and(|it| it.child("ins").is_some()) {
            self.n_added += 1;
        }
        let skipped = |name: &str| {
            let n = properties.and_then(|it| it.child(name)?.number::<usize>("val"));
            n.unwrap_or(0)
        };
        let mut cells = Vec::new();
        for _ in 0..skipped("gridBefore").min(WIDEST) {
            cells.push(Cell {
                columns: 1,
                ..Cell::default()
            });
        }
        self.cells(&element.children, table.number, at, &mut cells)?;
        if cells.iter().map(|cell| cell.columns).sum::<usize>() > WIDEST {
            return Err(Refused::Wide);
        }
        self.n_cells += cells.iter().map(|cell| cell.columns).sum::<usize>();
        if self.n_cells > MOST {
            return Err(Refused::Large);
        }
        table.rows.push(cells);
        Ok(())
    }

    fn cells(
        &mut self,
        children: &'s [Element],
        table: usize,
        row: usize,
        cells: &mut Vec<Cell>,
    ) -> Result<(), Refused> {
        for child in children {
            match &*child.name {
                "tc" if child
                    .child("tcPr")
                    .is_some_and(|it| it.child("cellDel").is_some()) =>
                {
                    let place = Place::Cell(table, row, cells.len() + 1);
                    let outer = match self.depth {
                        0 => std::mem::replace(&mut self.place, place),
                        _ => self.place.clone(),
                    };
                    self.deleted(child);
                    self.place = outer;
                }
                "tc" => {
                    let place = Place::Cell(table, row, cells.len() + 1);
                    let cell = self.cell(child, place)?;
                    // The old way to join cells: one goes on from the one at its left.
                    let joins = child.child("tcPr").and_then(|it| it.value("hMerge"));
                    match cells.last_mut() {
                        Some(last) if joins == Some("continue") => last.columns += cell.columns,
                        _ => cells.push(cell),
                    }
                }
                "sdt" => {
                    if let Some(content) = child.child("sdtContent") {
                        self.cells(&content.children, table, row, cells)?;
                    }
                }
                "customXml" | "ins" => self.cells(&child.children, table, row, cells)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn cell(&mut self, element: &'s Element, place: Place) -> Result<Cell, Refused> {
        let properties = element.child("tcPr");
        let span = properties.and_then(|it| it.child("gridSpan")?.get("val"));
        let columns = match span.map(|it| it.trim().parse::<usize>()) {
            None => 1,
            Some(Ok(span)) if span <= WIDEST => span.max(1),
            Some(Ok(_)) => return Err(Refused::Wide),
            Some(Err(_)) if span.is_some_and(|it| it.trim().len() > 4) => {
                return Err(Refused::Wide);
            }
            Some(Err(_)) => 1,
        };
        let merge = properties.and_then(|it| it.child("vMerge"));
        let goes_on = merge.is_some_and(|it| it.get("val").is_none_or(|it| it == "continue"));
        let ground = properties.and_then(|it| it.child("shd")?.get("fill"));
        let is_shaded = ground.is_some_and(|it| !matches!(it, "auto" | "FFFFFF" | "ffffff"));
        let outer = (self.place.clone(), self.is_shaded, self.depth);
        if self.depth == 0 {
            self.place = place;
        }
        self.is_shaded |= is_shaded;
        self.depth += 1;
        let blocks = self.blocks(&element.children)?;
        (self.place, self.is_shaded, self.depth) = outer;
        Ok(Cell {
            blocks: if goes_on { Vec::new() } else { blocks },
            columns,
            goes_on,
        })
    }
}

//! A sheet's cells with their places in the file.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::cells::{At, at, attribute};

/// How many cells may lie under wider or higher ones.
const MOST_COVERED: usize = 1_000_000;

/// One cell.
#[derive(Debug, Clone, Default)]
pub(super) struct Cell {
    /// Where its element stands.
    pub range: Range<usize>,
    /// Its style, as the file writes it.
    pub style: Option<String>,
    /// What it shows, as far as it is text or a number.
    pub text: String,
    /// Whether a formula computes it.
    pub is_computed: bool,
    /// Where the formula's last result stands.
    pub result: Option<Range<usize>>,
}

/// One sheet.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    /// Its name.
    pub name: String,
    /// The part that holds it.
    pub part: String,
    /// The part's text.
    pub xml: String,
    /// The cells that have an element.
    pub cells: BTreeMap<At, Cell>,
    /// What is written into cells.
    pub written: BTreeMap<At, Written>,
    /// The elements of rows: where each begins, where its end tag begins, and whether it has one.
    pub rows: BTreeMap<u32, (Range<usize>, bool)>,
    /// Where the end tag of all rows begins; none where there are no rows.
    pub end: Option<usize>,
    /// Cells that lie under another one that is wider or higher, by their own place.
    covered: BTreeMap<At, At>,
}

/// What a cell is to show.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Written {
    /// Words.
    Text(String),
    /// A number.
    Number(f64),
}

impl Sheet {
    /// Reads it; `None` where it is damaged or too large.
    pub fn read(name: String, part: String, xml: String, strings: &[String]) -> Option<Self> {
        let mut sheet = Self {
            name,
            part,
            xml: String::new(),
            cells: BTreeMap::new(),
            written: BTreeMap::new(),
            rows: BTreeMap::new(),
            end: None,
            covered: BTreeMap::new(),
        };
        let mut reader = Reader::from_str(&xml);
        let position = |reader: &Reader<&[u8]>| usize::try_from(reader.buffer_position()).ok();
        let mut row = (0, 0);
        let mut open: Option<(At, Cell, String)> = None;
        let mut within = String::new();
        let mut value_from = 0;
        loop {
            let start = position(&reader)?;
            let event = reader.read_event().ok()?;
            let end = position(&reader)?;
            match event {
                Event::Eof => break,
                Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "row" => {
                    let number: u32 = match attribute(&tag, "r") {
                        Some(number) => number.parse().ok()?,
                        None => row.0 + 2,
                    };
                    row = (number.checked_sub(1)?, start);
                    let is_empty = xml.as_bytes().get(end.checked_sub(2)?) == Some(&b'/');
                    if is_empty {
                        sheet.rows.insert(row.0, (start..end, false));
                    }
                }
                Event::End(tag) if tag.local_name().as_ref() == "row" => {
                    sheet.rows.insert(row.0, (row.1..start, true));
                }
                Event::End(tag) if tag.local_name().as_ref() == "sheetData" => {
                    // What is written has no prefix.
                    if tag.name().as_ref() != "sheetData" {
                        return None;
                    }
                    sheet.end = Some(start);
                }
                Event::Start(tag) if tag.local_name().as_ref() == "c" => {
                    let place = at(&attribute(&tag, "r")?)?;
                    let cell = Cell {
                        range: start..start,
                        style: attribute(&tag, "s"),
                        ..Cell::default()
                    };
                    open = Some((place, cell, attribute(&tag, "t").unwrap_or_default()));
                }
                Event::Empty(tag) if tag.local_name().as_ref() == "c" => {
                    let cell = Cell {
                        range: start..end,
                        style: attribute(&tag, "s"),
                        ..Cell::default()
                    };
                    sheet.cells.insert(at(&attribute(&tag, "r")?)?, cell);
                }
                Event::End(tag) if tag.local_name().as_ref() == "c" => {
                    let (place, mut cell, kind) = open.take()?;
                    cell.range.end = end;
                    if kind == "s" {
                        let number: usize = cell.text.trim().parse().ok()?;
                        cell.text.clone_from(strings.get(number)?);
                    }
                    sheet.cells.insert(place, cell);
                }
                Event::Start(tag) => {
                    tag.local_name().as_ref().clone_into(&mut within);
                    value_from = start;
                    if within == "f"
                        && let Some((_, cell, _)) = &mut open
                    {
                        cell.is_computed = true;
                    }
                }
                Event::Empty(tag) if tag.local_name().as_ref() == "f" => {
                    if let Some((_, cell, _)) = &mut open {
                        cell.is_computed = true;
                    }
                }
                Event::Empty(tag) if tag.local_name().as_ref() == "mergeCell" => {
                    sheet.cover(&attribute(&tag, "ref")?);
                    if sheet.covered.len() > MOST_COVERED {
                        return None;
                    }
                }
                Event::End(tag) => {
                    if tag.local_name().as_ref() == "v"
                        && let Some((_, cell, _)) = &mut open
                    {
                        cell.result = Some(value_from..end).filter(|_| cell.is_computed);
                    }
                    within.clear();
                }
                Event::GeneralRef(entity) if within == "v" || within == "t" => {
                    if let Some((_, cell, _)) = &mut open {
                        let named = format!("&{};", &*entity);
                        cell.text
                            .push_str(&quick_xml::escape::unescape(&named).ok()?);
                    }
                }
                Event::Text(text) if within == "v" || within == "t" => {
                    if let Some((_, cell, _)) = &mut open {
                        cell.text.push_str(&text);
                    }
                }
                _ => {}
            }
        }
        sheet.xml = xml;
        Some(sheet)
    }

    fn cover(&mut self, range: &str) {
        let Some((Some(first), Some(last))) = range.split_once(':').map(|(a, b)| (at(a), at(b)))
        else {
            return;
        };
        // A whole column may be joined; only what stands near matters.
        for row in first.0..=last.0.min(first.0 + 500) {
            for column in first.1..=last.1.min(first.1 + 100) {
                if (row, column) != first {
                    self.covered.insert((row, column), first);
                }
            }
        }
    }

    /// Returns what a cell shows, or is to show.
    pub fn text(&self, at: At) -> &str {
        match self.written.get(&at) {
            Some(Written::Text(text)) => text,
            Some(Written::Number(_)) => "0",
            None => self.cells.get(&at).map_or("", |cell| cell.text.trim()),
        }
    }

    /// Tells whether a cell is there to be filled: empty, not computed, not under another.
    pub fn is_free(&self, at: At) -> bool {
        let computed = self.cells.get(&at).is_some_and(|cell| cell.is_computed);
        self.text(at).is_empty() && !computed && !self.covered.contains_key(&at)
    }

    /// Returns the cell to the right of `at`, past what is joined with it.
    pub fn right_of(&self, at: At) -> At {
        let mut next = (at.0, at.1 + 1);
        while self.covered.get(&next) == Some(&at) {
            next.1 += 1;
        }
        next
    }

    /// Returns the last row that has a cell.
    pub fn last_row(&self) -> u32 {
        self.cells.keys().map(|at| at.0).max().unwrap_or(0)
    }

    /// Writes into a cell.
    pub fn put(&mut self, at: At, written: Written) {
        self.written.insert(at, written);
    }

    /// Returns all places that have words, in their order.
    pub fn spoken(&self) -> Vec<(At, String)> {
        let spoken = self.cells.iter().filter(|(_, cell)| !cell.is_computed);
        let spoken = spoken.map(|(at, cell)| (*at, cell.text.trim().to_owned()));
        spoken.filter(|(_, text)| !text.is_empty()).collect()
    }

    /// Returns the rows that have words.
    pub fn spoken_rows(&self) -> BTreeSet<u32> {
        self.spoken().into_iter().map(|(at, _)| at.0).collect()
    }
}

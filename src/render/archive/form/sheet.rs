//! A sheet's cells with their places in the file.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::rc::Rc;

use quick_xml::Reader;
use quick_xml::events::Event;
use unicode_width::UnicodeWidthStr as _;

use super::cells::{At, at, attribute};
use super::styles::Styles;

/// The highest row of a spreadsheet, in points.
const HIGHEST: f64 = 409.0;
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
    /// How the styles of the book show what is in a cell.
    styles: Rc<Styles>,
    /// Columns from one to another with their width, in characters.
    widths: Vec<(u32, u32, f64)>,
    /// The width of all other columns.
    width: f64,
    /// Rows with a height of their own, in points.
    heights: BTreeMap<u32, f64>,
    /// The height of all other rows.
    height: f64,
}

/// What a cell is to show.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Written {
    /// Words.
    Text(String),
    /// A number.
    Number(f64),
    /// A share of one: a number where the cell shows per cent, words elsewhere.
    Share(f64),
}

/// Says a share of one: `92%`, `90.3%`.
pub(super) fn percent(share: f64) -> String {
    format!("{}%", (share * 1000.0).round() / 10.0)
}

impl Sheet {
    /// Reads it; `None` where it is damaged or too large.
    pub fn read(
        name: String,
        part: String,
        xml: String,
        strings: &[String],
        styles: &Rc<Styles>,
    ) -> Option<Self> {
        let mut sheet = Self {
            name,
            part,
            xml: String::new(),
            cells: BTreeMap::new(),
            written: BTreeMap::new(),
            rows: BTreeMap::new(),
            end: None,
            covered: BTreeMap::new(),
            styles: styles.clone(),
            widths: Vec::new(),
            width: 8.43,
            heights: BTreeMap::new(),
            height: 15.0,
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
                    let height = attribute(&tag, "ht").and_then(|it| it.parse().ok());
                    sheet.heights.extend(height.map(|height| (row.0, height)));
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
                Event::Empty(tag) if tag.local_name().as_ref() == "col" => {
                    let number = |name| attribute(&tag, name)?.parse::<f64>().ok();
                    let whole = |name| attribute(&tag, name)?.parse::<u32>().ok();
                    if let (Some(first), Some(last), Some(width)) =
                        (whole("min"), whole("max"), number("width"))
                    {
                        sheet.widths.push((first, last, width));
                    }
                }
                Event::Empty(tag) if tag.local_name().as_ref() == "sheetFormatPr" => {
                    let number = |name| attribute(&tag, name)?.parse::<f64>().ok();
                    sheet.width = number("defaultColWidth").unwrap_or(sheet.width);
                    sheet.height = number("defaultRowHeight").unwrap_or(sheet.height);
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
            Some(Written::Number(_) | Written::Share(_)) => "0",
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

    /// Tells whether a cell shows numbers in per cent.
    pub fn is_percent(&self, at: At) -> bool {
        self.style(at)
            .is_some_and(|style| self.styles.is_percent(style))
    }

    fn style(&self, at: At) -> Option<usize> {
        self.cells.get(&at)?.style.as_deref()?.parse().ok()
    }

    /// Returns the height that a row needs for what is written into it, in points; `None` where it
    /// has room. Where a cell shows all in one line, or reaches over several rows, none grows.
    pub fn grown(&self, row: u32) -> Option<f64> {
        let now = self.heights.get(&row).copied().unwrap_or(self.height);
        let needs = |at: &At| match self.is_wrapped(*at) {
            // A line of the form's own size, and what stands above and below.
            true => {
                let lines = lines(self.text(*at), self.room(*at));
                f64::from(lines) * self.height.max(14.0) + 2.0
            }
            false => 0.0,
        };
        let row = (row, 0)..(row + 1, 0);
        let written = self.written.range(row.clone()).map(|(at, _)| needs(at));
        let grows = written.fold(0.0, f64::max) > now;
        // A height that is given holds for what stood there before too.
        let all = self.cells.range(row.clone()).map(|(at, _)| at);
        let all = all
            .chain(self.written.range(row).map(|(at, _)| at))
            .map(needs);
        grows.then(|| all.fold(0.0, f64::max).min(HIGHEST))
    }

    fn is_wrapped(&self, at: At) -> bool {
        let is_wrapped = self
            .style(at)
            .is_some_and(|style| self.styles.is_wrapped(style));
        let is_high = self.covered.get(&(at.0 + 1, at.1)) == Some(&at);
        is_wrapped && !is_high
    }

    /// Returns the width of a cell with those that it is joined with, in characters.
    fn room(&self, at: At) -> f64 {
        let end = self.right_of(at).1;
        let width = |column: u32| {
            let mut widths = self.widths.iter();
            let own = widths.find(|(first, last, _)| (*first..=*last).contains(&(column + 1)));
            own.map_or(self.width, |(.., width)| *width)
        };
        (at.1..end).map(width).sum()
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

/// Returns how many lines a text takes in so many characters, of which Chinese ones take two.
fn lines(text: &str, room: f64) -> u32 {
    let room = (room - 1.0).max(2.0);
    let lines = text.split('\n').map(|line| {
        let width = u32::try_from(line.width()).unwrap_or(u32::MAX);
        // Fonts of offices are a little wider than the digits that columns are measured by.
        let lines = (f64::from(width) * 1.05 / room).ceil().max(1.0);
        lines.min(HIGHEST)
    });
    let lines: f64 = lines.sum();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a few lines of a cell"
    )]
    let lines = lines.min(HIGHEST) as u32;
    lines
}

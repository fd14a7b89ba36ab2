//! A workbook's cells with their places in the file, so that some can be written and all else stays
//! byte for byte.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read, Write};
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipArchive, ZipWriter};

/// The largest part that is unpacked.
const MOST: u64 = 32 << 20;

/// A row and a column, both from 0.
pub(super) type At = (u32, u32);

/// One cell.
#[derive(Debug, Clone, Default)]
pub(super) struct Cell {
    /// Where its element stands.
    range: Range<usize>,
    /// Its style, as the file writes it.
    style: Option<String>,
    /// What it shows, as far as it is text or a number.
    pub text: String,
    /// Whether a formula computes it.
    pub is_computed: bool,
    /// Where the formula's last result stands.
    result: Option<Range<usize>>,
}

/// One sheet.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    /// Its name.
    pub name: String,
    part: String,
    xml: String,
    /// The cells that have an element.
    pub cells: BTreeMap<At, Cell>,
    /// What is written into cells.
    written: BTreeMap<At, Written>,
    /// The elements of rows: where each begins, where its end tag begins, and whether it has one.
    rows: BTreeMap<u32, (Range<usize>, bool)>,
    /// Where the end tag of all rows begins; none where there are no rows.
    end: Option<usize>,
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

/// A workbook.
#[derive(Debug, Clone)]
pub(super) struct Book<'a> {
    bytes: &'a [u8],
    /// Its sheets.
    pub sheets: Vec<Sheet>,
    /// Names and the sheet and cell that each means.
    pub names: Vec<(String, String, At)>,
}

impl<'a> Book<'a> {
    /// Reads it; `None` where it is no workbook of this kind, or too large.
    pub fn read(bytes: &'a [u8]) -> Option<Self> {
        let mut zip = ZipArchive::new(Cursor::new(bytes)).ok()?;
        let book = part(&mut zip, "xl/workbook.xml")?;
        let targets = targets(&part(&mut zip, "xl/_rels/workbook.xml.rels")?)?;
        let strings = match zip.index_for_name("xl/sharedStrings.xml") {
            Some(_) => shared(&part(&mut zip, "xl/sharedStrings.xml")?)?,
            None => Vec::new(),
        };
        let (listed, names) = listed(&book)?;
        let mut sheets = Vec::new();
        for (name, id) in listed {
            let target = targets.get(&id)?;
            let path = match target.strip_prefix('/') {
                Some(whole) => whole.to_owned(),
                None => format!("xl/{target}"),
            };
            if !path.starts_with("xl/worksheets/") {
                continue;
            }
            let xml = part(&mut zip, &path)?;
            sheets.push(Sheet::read(name, path, xml, &strings)?);
        }
        Some(Self {
            bytes,
            sheets,
            names,
        })
    }

    /// Returns the file with what was written; parts in which nothing was are copied as they are.
    pub fn write(&self) -> Option<Vec<u8>> {
        let mut zip = ZipArchive::new(Cursor::new(self.bytes)).ok()?;
        let mut out = ZipWriter::new(Cursor::new(Vec::new()));
        for index in 0..zip.len() {
            let file = zip.by_index_raw(index).ok()?;
            let name = file.name().ok()?.into_owned();
            let sheet = self.sheets.iter().find(|sheet| sheet.part == name);
            match sheet.and_then(Sheet::edited) {
                Some(xml) => {
                    let time = file
                        .last_modified()
                        .unwrap_or_else(DateTime::default_for_write);
                    let options = SimpleFileOptions::default().last_modified_time(time);
                    drop(file);
                    out.start_file(name, options).ok()?;
                    out.write_all(xml.as_bytes()).ok()?;
                }
                None => out.raw_copy_file(file).ok()?,
            }
        }
        Some(out.finish().ok()?.into_inner())
    }
}

fn part(zip: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Option<String> {
    let file = zip.by_name(name).ok()?;
    let mut bytes = Vec::new();
    file.take(MOST + 1).read_to_end(&mut bytes).ok()?;
    let is_whole = u64::try_from(bytes.len()).is_ok_and(|n| n <= MOST);
    let text = String::from_utf8(bytes).ok().filter(|_| is_whole)?;
    // The reader leaves the mark out of its count of bytes, by which cells are edited.
    Some(match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    })
}

fn attribute(tag: &BytesStart, name: &str) -> Option<String> {
    let mut all = tag.attributes().flatten();
    let found = all.find(|it| it.key.local_name().as_ref() == name)?;
    quick_xml::escape::unescape(&found.value)
        .ok()
        .map(std::borrow::Cow::into_owned)
}

/// The parts that relations lead to, by their ids.
fn targets(xml: &str) -> Option<BTreeMap<String, String>> {
    let mut reader = Reader::from_str(xml);
    let mut found = BTreeMap::new();
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) | Event::Empty(tag)
                if tag.local_name().as_ref() == "Relationship" =>
            {
                found.insert(attribute(&tag, "Id")?, attribute(&tag, "Target")?);
            }
            Event::Eof => return Some(found),
            _ => {}
        }
    }
}

/// A sheet's name and relation.
type Listed = Vec<(String, String)>;
/// A name, its sheet and cell.
type Names = Vec<(String, String, At)>;

fn listed(xml: &str) -> Option<(Listed, Names)> {
    let mut reader = Reader::from_str(xml);
    let (mut sheets, mut names) = (Vec::new(), Vec::new());
    let mut name = None;
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "sheet" => {
                sheets.push((attribute(&tag, "name")?, attribute(&tag, "id")?));
            }
            Event::Start(tag) if tag.local_name().as_ref() == "definedName" => {
                name = attribute(&tag, "name");
            }
            Event::Text(text) => {
                let text: &str = &text;
                if let Some((sheet, at)) = cell_of(text)
                    && let Some(name) = name.take()
                {
                    names.push((name, sheet, at));
                }
            }
            Event::End(tag) if tag.local_name().as_ref() == "definedName" => name = None,
            Event::Eof => return Some((sheets, names)),
            _ => {}
        }
    }
}

/// Reads `汇总!$B$5` and `'十月 汇总'!$B$5:$D$5`, of which the first cell counts.
fn cell_of(text: &str) -> Option<(String, At)> {
    let (sheet, cells) = text.rsplit_once('!')?;
    let sheet = sheet.trim_matches('\'').replace("''", "'");
    let first = cells.split(':').next()?.replace('$', "");
    Some((sheet, at(&first)?))
}

/// Reads `B5`.
fn at(text: &str) -> Option<At> {
    let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
    let mut column = 0u32;
    for letter in text[..letters].bytes() {
        column = column
            .checked_mul(26)?
            .checked_add(u32::from(letter - b'A') + 1)?;
    }
    let row: u32 = text[letters..].parse().ok()?;
    // As many as a sheet of Excel has.
    let is_there = row <= 1_048_576 && column <= 16_384;
    is_there.then_some((row.checked_sub(1)?, column.checked_sub(1)?))
}

/// Writes `B5`.
pub(super) fn name_of((row, column): At) -> String {
    let mut letters = Vec::new();
    let mut n = column + 1;
    while n > 0 {
        letters.push(b'A' + u8::try_from((n - 1) % 26).unwrap_or(0));
        n = (n - 1) / 26;
    }
    letters.reverse();
    format!("{}{}", String::from_utf8_lossy(&letters), row + 1)
}

fn shared(xml: &str) -> Option<Vec<String>> {
    let mut reader = Reader::from_str(xml);
    let mut strings: Vec<String> = Vec::new();
    let (mut is_text, mut is_sound) = (false, false);
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) if tag.local_name().as_ref() == "si" => strings.push(String::new()),
            Event::Empty(tag) if tag.local_name().as_ref() == "si" => strings.push(String::new()),
            Event::Start(tag) if tag.local_name().as_ref() == "rPh" => is_sound = true,
            Event::End(tag) if tag.local_name().as_ref() == "rPh" => is_sound = false,
            Event::Start(tag) if tag.local_name().as_ref() == "t" => is_text = !is_sound,
            Event::End(tag) if tag.local_name().as_ref() == "t" => is_text = false,
            Event::Text(text) if is_text => {
                strings.last_mut()?.push_str(&text);
            }
            Event::GeneralRef(entity) if is_text => {
                let named = format!("&{};", &*entity);
                strings
                    .last_mut()?
                    .push_str(&quick_xml::escape::unescape(&named).ok()?);
            }
            Event::Eof => return Some(strings),
            _ => {}
        }
    }
}

impl Sheet {
    fn read(name: String, part: String, xml: String, strings: &[String]) -> Option<Self> {
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

    /// Returns the sheet with what was written; results of formulas go, so that whoever opens it
    /// computes them anew. `None` where nothing changes.
    fn edited(&self) -> Option<String> {
        let stale = |cell: &&Cell| cell.result.is_some();
        if self.written.is_empty() && !self.cells.values().any(|cell| stale(&cell)) {
            return None;
        }
        let mut edits: Vec<(Range<usize>, String)> = Vec::new();
        for cell in self.cells.values() {
            edits.extend(cell.result.clone().map(|range| (range, String::new())));
        }
        let mut new: BTreeMap<u32, Vec<(u32, String)>> = BTreeMap::new();
        for (at, written) in &self.written {
            let cell = self.cells.get(at);
            let style = cell.and_then(|cell| cell.style.as_deref());
            let element = element(*at, style, written);
            match cell {
                Some(cell) => edits.push((cell.range.clone(), element)),
                None => new.entry(at.0).or_default().push((at.1, element)),
            }
        }
        for (row, cells) in new {
            edits.extend(self.added(row, cells)?);
        }
        edits.sort_by_key(|(range, _)| (range.start, range.end));
        let mut xml = String::with_capacity(self.xml.len() + 4096);
        let mut at = 0;
        for (range, text) in edits {
            xml.push_str(self.xml.get(at..range.start)?);
            xml.push_str(&text);
            at = range.end;
        }
        xml.push_str(self.xml.get(at..)?);
        Some(xml)
    }

    /// Returns the edits that put cells into a row that lacks them.
    fn added(&self, row: u32, cells: Vec<(u32, String)>) -> Option<Vec<(Range<usize>, String)>> {
        let all: String = cells.iter().map(|(_, cell)| cell.as_str()).collect();
        let Some((range, has_end)) = self.rows.get(&row) else {
            let after = self
                .rows
                .range(row..)
                .next()
                .map(|(_, (range, _))| range.start);
            let place = after.or(self.end)?;
            return Some(vec![(
                place..place,
                format!("<row r=\"{}\">{all}</row>", row + 1),
            )]);
        };
        if !has_end {
            let tag = self.xml.get(range.clone())?.trim_end_matches("/>");
            return Some(vec![(range.clone(), format!("{tag}>{all}</row>"))]);
        }
        let before = |column: u32| {
            let mut later = self.cells.range((row, column)..(row + 1, 0));
            later.next().map_or(range.end, |(_, cell)| cell.range.start)
        };
        Some(
            cells
                .into_iter()
                .map(|(column, cell)| (before(column)..before(column), cell))
                .collect(),
        )
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

fn element(at: At, style: Option<&str>, written: &Written) -> String {
    let name = name_of(at);
    let style = style
        .map(|style| format!(" s=\"{style}\""))
        .unwrap_or_default();
    match written {
        Written::Number(number) => format!("<c r=\"{name}\"{style}><v>{number}</v></c>"),
        Written::Text(text) => {
            let text = quick_xml::escape::escape(text);
            format!(
                "<c r=\"{name}\"{style} t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>"
            )
        }
    }
}

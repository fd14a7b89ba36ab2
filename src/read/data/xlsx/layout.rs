//! What a workbook hides and merges: read from its sheets' XML, for no reader of cells tells.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

/// The most that the parts of a workbook may unpack to together: a cell takes some ten bytes.
const LARGEST: u64 = 256 << 20;

/// The most tables of a sheet that are looked for.
const MOST_TABLES: usize = 100;

/// How a sheet is laid out; rows and columns count from 0.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Layout {
    hidden_rows: BTreeSet<u32>,
    /// Columns from–to, with whether they are hidden.
    columns: Vec<(u32, u32, bool)>,
    /// Whether columns that are not listed are hidden.
    hides_others: bool,
    pub(super) merges: Vec<Merge>,
    /// Cells whose ground is painted by a rule or as a table, whatever their own style says.
    painted: Vec<Merge>,
    /// The relations of the tables on the sheet, until they are looked up.
    tables: Vec<String>,
    /// Cells whose formula has never been computed.
    pub(super) uncounted: Vec<(u32, u32)>,
}

/// Cells that are one: from–to, both inclusive.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Merge {
    pub(super) rows: (u32, u32),
    pub(super) columns: (u32, u32),
}

impl Layout {
    pub(super) fn hides_row(&self, row: u32) -> bool {
        self.hidden_rows.contains(&row)
    }

    pub(super) fn hides_column(&self, column: u32) -> bool {
        let listed = |&&(first, last, _): &&(u32, u32, bool)| (first..=last).contains(&column);
        let found = self.columns.iter().find(listed);
        found.map_or(self.hides_others, |(.., is_hidden)| *is_hidden)
    }

    /// Tells whether a cell may stand on another ground than its own style says.
    pub(super) fn is_painted(&self, row: u32, column: u32) -> bool {
        self.painted.iter().any(|range| range.holds(row, column))
    }
}

impl Merge {
    /// Reads a range, `A1:D9`, or a single cell.
    fn read(range: &str) -> Option<Self> {
        let (first, last) = range.split_once(':').unwrap_or((range, range));
        let (a, b) = (place(first)?, place(last)?);
        Some(Self {
            rows: (a.0.min(b.0), a.0.max(b.0)),
            columns: (a.1.min(b.1), a.1.max(b.1)),
        })
    }

    fn holds(&self, row: u32, column: u32) -> bool {
        (self.rows.0..=self.rows.1).contains(&row)
            && (self.columns.0..=self.columns.1).contains(&column)
    }
}

/// Why a workbook cannot be looked through.
#[derive(Debug)]
pub(super) enum Broken {
    /// It unpacks to more than this many megabytes.
    TooLarge(u64),
    /// Its package cannot be read.
    Parts,
}

impl<E: std::error::Error> From<E> for Broken {
    fn from(_: E) -> Self {
        Self::Parts
    }
}

/// Reads the layouts of all sheets, by name.
pub(super) fn layouts(bytes: &[u8]) -> Result<BTreeMap<String, Layout>, Broken> {
    let mut parts = Parts::open(bytes)?;
    let workbook = parts.target("_rels/.rels", |_, kind| kind.ends_with("/officeDocument"))?;
    let workbook = workbook.unwrap_or_else(|| "xl/workbook.xml".to_owned());
    let (folder, file) = workbook.rsplit_once('/').unwrap_or(("", &workbook));
    let relations = format!("{folder}/_rels/{file}.rels");
    let mut named = Vec::new();
    parts.each(&workbook, |event| {
        if let Event::Start(tag) | Event::Empty(tag) = event
            && tag.local_name().as_ref() == "sheet"
        {
            let name = attribute(tag, "name").unwrap_or_default();
            named.push((name, attribute(tag, "id").unwrap_or_default()));
        }
    })?;
    let mut layouts = BTreeMap::new();
    for (name, id) in named {
        if let Some(part) = parts.target(&relations, |it, _| it == id)? {
            let mut sheet = Sheet::default();
            parts.each(&part, |event| sheet.event(event))?;
            parts.find_tables(&part, &mut sheet.layout)?;
            layouts.insert(name, sheet.layout);
        }
    }
    Ok(layouts)
}

/// The parts of the package by their names in small letters.
struct Parts<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    names: BTreeMap<String, usize>,
}

impl<'a> Parts<'a> {
    fn open(bytes: &'a [u8]) -> Result<Self, Broken> {
        let mut archive = ZipArchive::new(Cursor::new(bytes))?;
        let mut names = BTreeMap::new();
        let mut size = 0_u64;
        for at in 0..archive.len() {
            let part = archive.by_index_raw(at)?;
            size = size.saturating_add(part.size());
            names.insert(part.name()?.replace('\\', "/").to_lowercase(), at);
        }
        match size > LARGEST {
            true => Err(Broken::TooLarge(LARGEST >> 20)),
            false => Ok(Self { archive, names }),
        }
    }

    /// Tells `look` of each event of a part; of none where there is no such part.
    fn each(&mut self, part: &str, mut look: impl FnMut(&Event)) -> Result<(), Broken> {
        let Some(at) = self.names.get(&part.to_lowercase()) else {
            return Ok(());
        };
        let file = self.archive.by_index(*at)?.take(LARGEST);
        let mut reader = Reader::from_reader(BufReader::new(file));
        events(&mut reader, &mut look)
    }

    /// Finds where the tables on the sheet `part` lie.
    fn find_tables(&mut self, part: &str, layout: &mut Layout) -> Result<(), Broken> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let relations = format!("{folder}/_rels/{file}.rels");
        for id in std::mem::take(&mut layout.tables).iter().take(MOST_TABLES) {
            let Some(table) = self.target(&relations, |it, _| it == id)? else {
                continue;
            };
            self.each(&inside(&table), |event| {
                if let Event::Start(tag) | Event::Empty(tag) = event
                    && tag.local_name().as_ref() == "table"
                {
                    let range = attribute(tag, "ref").and_then(|it| Merge::read(&it));
                    layout.painted.extend(range);
                }
            })?;
        }
        Ok(())
    }

    /// Finds the part that the relation of that id and kind in `relations` leads to.
    fn target(
        &mut self,
        relations: &str,
        wanted: impl Fn(&str, &str) -> bool,
    ) -> Result<Option<String>, Broken> {
        let folder = relations
            .split("_rels/")
            .next()
            .unwrap_or_default()
            .to_owned();
        let mut found = None;
        self.each(relations.trim_start_matches('/'), |event| {
            if let Event::Start(tag) | Event::Empty(tag) = event
                && tag.local_name().as_ref() == "Relationship"
            {
                let id = attribute(tag, "Id").unwrap_or_default();
                let kind = attribute(tag, "Type").unwrap_or_default();
                if wanted(&id, &kind) {
                    found = attribute(tag, "Target");
                }
            }
        })?;
        Ok(found.map(|target| match target.strip_prefix('/') {
            Some(whole) => whole.to_owned(),
            None => format!("{folder}{target}")
                .trim_start_matches('/')
                .to_owned(),
        }))
    }
}

/// Returns the name of a part without steps upwards: `xl/worksheets/../tables/table1.xml`.
fn inside(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn events(reader: &mut Reader<impl BufRead>, look: &mut impl FnMut(&Event)) -> Result<(), Broken> {
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer)? {
            Event::Eof => return Ok(()),
            event => look(&event),
        }
    }
}

/// Returns the value of the attribute `name`, whatever its namespace.
fn attribute(tag: &BytesStart, name: &str) -> Option<String> {
    let mut all = tag.attributes().flatten();
    let found = all.find(|it| it.key.local_name().as_ref() == name)?;
    let plain = quick_xml::escape::unescape(&found.value);
    plain.ok().map(|text| text.into_owned())
}

/// A sheet being looked through.
#[derive(Default)]
struct Sheet {
    layout: Layout,
    /// The row and column that come next where a tag does not say.
    row: u32,
    column: u32,
    cell: OpenCell,
}

/// A cell that has begun.
#[derive(Default)]
struct OpenCell {
    at: (u32, u32),
    has_formula: bool,
    has_value: bool,
    is_text: bool,
    in_value: bool,
}

impl Sheet {
    fn event(&mut self, event: &Event) {
        match event {
            Event::Start(tag) => self.begin(tag),
            Event::Empty(tag) => {
                self.begin(tag);
                self.end(tag.local_name().as_ref());
            }
            Event::End(tag) => self.end(tag.local_name().as_ref()),
            Event::Text(text) if self.cell.in_value => {
                self.cell.has_value |= !text.trim().is_empty();
            }
            _ => {}
        }
    }

    fn begin(&mut self, tag: &BytesStart) {
        match tag.local_name().as_ref() {
            "sheetFormatPr" => self.layout.hides_others = is_nothing(tag, "defaultColWidth", 0.3),
            "col" => self.columns(tag),
            "row" => {
                let given = number(tag, "r").and_then(|row: u32| row.checked_sub(1));
                self.row = given.unwrap_or(self.row);
                self.column = 0;
                if is_hidden(tag) || is_nothing(tag, "ht", 1.0) {
                    self.layout.hidden_rows.insert(self.row);
                }
            }
            "c" => {
                let given = attribute(tag, "r").and_then(|it| place(&it));
                let at = given.unwrap_or((self.row, self.column));
                self.column = at.1.saturating_add(1);
                self.cell = OpenCell {
                    at,
                    is_text: attribute(tag, "t").as_deref() == Some("str"),
                    ..OpenCell::default()
                };
            }
            "f" => self.cell.has_formula = true,
            "v" => self.cell.in_value = true,
            "is" => self.cell.has_value = true,
            "mergeCell" => {
                let range = attribute(tag, "ref").unwrap_or_default();
                self.layout.merges.extend(Merge::read(&range));
            }
            "conditionalFormatting" => {
                let ranges = attribute(tag, "sqref").unwrap_or_default();
                let ranges = ranges.split_whitespace().filter_map(Merge::read);
                self.layout.painted.extend(ranges);
            }
            "tablePart" => self.layout.tables.extend(attribute(tag, "id")),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        let cell = &mut self.cell;
        match name {
            "row" => self.row = self.row.saturating_add(1),
            "v" => cell.in_value = false,
            "c" if cell.has_formula && !cell.has_value && !cell.is_text => {
                self.layout.uncounted.push(cell.at);
            }
            _ => {}
        }
    }

    fn columns(&mut self, tag: &BytesStart) {
        let ends = number::<u32>(tag, "min").zip(number::<u32>(tag, "max"));
        let is_hidden = is_hidden(tag) || is_nothing(tag, "width", 0.3);
        let ends = ends.and_then(|(min, max)| Some((min.checked_sub(1)?, max.checked_sub(1)?)));
        self.layout
            .columns
            .extend(ends.map(|(min, max)| (min, max, is_hidden)));
    }
}

fn is_hidden(tag: &BytesStart) -> bool {
    attribute(tag, "hidden").is_some_and(|it| matches!(&*it, "1" | "true"))
}

/// Tells whether a width or height is so small that nothing shows.
fn is_nothing(tag: &BytesStart, name: &str, least: f64) -> bool {
    number::<f64>(tag, name).is_some_and(|size| size < least)
}

fn number<T: std::str::FromStr>(tag: &BytesStart, name: &str) -> Option<T> {
    attribute(tag, name)?.trim().parse().ok()
}

/// Reads the name of a cell, `B3`, as row and column from 0.
fn place(name: &str) -> Option<(u32, u32)> {
    let name = name.replace('$', "");
    let cut = name.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = name.split_at(cut);
    let column = letters.bytes().try_fold(0_u32, |sum, letter| {
        let worth = letter.to_ascii_uppercase().checked_sub(b'A')?;
        (worth < 26).then_some(sum.checked_mul(26)?.checked_add(u32::from(worth) + 1)?)
    })?;
    Some((
        row.parse::<u32>().ok()?.checked_sub(1)?,
        column.checked_sub(1)?,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(xml: &str) -> Layout {
        let mut sheet = Sheet::default();
        let mut reader = Reader::from_reader(xml.as_bytes());
        events(&mut reader, &mut |event| sheet.event(event)).expect("it is XML");
        sheet.layout
    }

    #[test]
    fn hidden_rows_and_columns_are_found_however_they_are_hidden() {
        let found = layout(
            r#"<worksheet><cols><col min="2" max="3" width="9" hidden="1"/>
            <col min="5" max="5" width="0" customWidth="1"/><col min="6" max="6" width="9" hidden="false"/></cols>
            <sheetData><row r="1"/><row r="3" hidden="true"/><row ht="0" customHeight="1"/><row ht="14.2"/></sheetData>
            <mergeCells count="1"><mergeCell ref="A1:$B$2"/></mergeCells></worksheet>"#,
        );
        let columns: Vec<u32> = (0..7).filter(|it| found.hides_column(*it)).collect();
        let rows: Vec<u32> = (0..7).filter(|it| found.hides_row(*it)).collect();
        assert_eq!((columns, rows), (vec![1, 2, 4], vec![2, 3]));
        let merge = Merge {
            rows: (0, 1),
            columns: (0, 1),
        };
        assert_eq!(found.merges, [merge]);
        let narrow = layout(
            r#"<w><sheetFormatPr defaultColWidth="0"/><cols><col min="1" max="1" width="9"/></cols></w>"#,
        );
        assert!(!narrow.hides_column(0) && narrow.hides_column(1));
    }

    #[test]
    fn formulas_without_a_result_are_found() {
        let found = layout(
            r#"<w><sheetData><row r="2"><c r="A2"><f>1+1</f><v></v></c><c><f>1</f><v>1</v></c>
            <c t="str"><f>""</f><v></v></c><c><f>1</f></c><c><v>3</v></c></row></sheetData></w>"#,
        );
        assert_eq!(found.uncounted, [(1, 0), (1, 3)]);
    }
}

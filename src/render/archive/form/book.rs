//! A workbook as a package: its sheets and names are read, some cells written, and all else stays byte
//! for byte.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::rc::Rc;
use std::sync::Arc;

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipArchive, ZipWriter};

use super::cells::{At, attribute, cell_of};
use super::sheet::Sheet;
use super::styles::Styles;

/// The largest part that is unpacked.
const MOST: u64 = 32 << 20;

/// A form that is to be filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// The file's name.
    pub name: String,
    /// The file.
    pub bytes: Arc<[u8]>,
    /// Whether it is one of ours, which is handed out empty too.
    pub is_example: bool,
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
        let styles = match zip.index_for_name("xl/styles.xml") {
            Some(_) => Styles::read(&part(&mut zip, "xl/styles.xml")?),
            None => Styles::default(),
        };
        let styles = Rc::new(styles);
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
            sheets.push(Sheet::read(name, path, xml, &strings, &styles)?);
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

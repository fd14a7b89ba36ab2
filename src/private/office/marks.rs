//! What tells something within a part: elements and attributes by their names.
//!
//! Changes that were neither accepted nor rejected go out as if they were accepted, which is what
//! their writer sees when the marks are hidden; that is told.

use std::borrow::Cow;
use std::collections::BTreeSet;

use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesStart, BytesText, Event};
use quick_xml::{Reader, Writer};

use super::{Form, parts};
use crate::private::{Told, without_folders};

/// Elements that go with all that is in them.
const GONE: [&str; 32] = [
    // What was said of it.
    "commentRangeStart",
    "commentRangeEnd",
    "commentReference",
    "annotation-end",
    // Who wrote it, where and from what.
    "rsids",
    "attachedTemplate",
    "mailMerge",
    "docVars",
    "trackRevisions",
    "dataBinding",
    "fileSharing",
    "absPath",
    "revisionPtr",
    "customWorkbookViews",
    "customSheetViews",
    // How it was before.
    "pPrChange",
    "rPrChange",
    "sectPrChange",
    "tblPrChange",
    "tblPrExChange",
    "trPrChange",
    "tcPrChange",
    "tblGridChange",
    "numberingChange",
    "moveFromRangeStart",
    "moveFromRangeEnd",
    "moveToRangeStart",
    "moveToRangeEnd",
    "tracked-changes",
    "change-start",
    "change-end",
    "change",
];
/// What was deleted or moved away.
const DELETED: [&str; 2] = ["del", "moveFrom"];
/// What was added or moved here: it stays, the mark goes.
const ADDED: [&str; 2] = ["ins", "moveTo"];
/// What says in OFD who made it; its day and its id must stand.
const OF_OFD: [&str; 6] = [
    "Author",
    "Creator",
    "CreatorVersion",
    "Keywords",
    "Subject",
    "CustomDatas",
];
/// Attributes that name a person.
const NAMING: [&str; 9] = [
    "author",
    "initials",
    "refreshedBy",
    "lastModifiedBy",
    "userName",
    "userId",
    "dateUtc",
    "ed",
    "edGrp",
];

/// A part and what is known of its file.
pub(super) struct Part<'a> {
    pub form: Form,
    /// Its path.
    pub name: &'a str,
    /// The parts that are left out.
    pub gone: &'a BTreeSet<String>,
    /// The ids by which it calls them.
    pub lost: &'a BTreeSet<String>,
}

/// Returns the ids by which the part `source` calls those that are left out, as its list says.
pub(super) fn lost(list: &[u8], source: &str, gone: &BTreeSet<String>) -> BTreeSet<String> {
    let mut reader = Reader::from_reader(list);
    let mut lost = BTreeSet::new();
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Eof => break,
            Event::Start(start) | Event::Empty(start) => {
                let target = value(&start, "Target").unwrap_or_default();
                if gone.contains(&parts::resolved(source, &target)) {
                    lost.extend(value(&start, "Id"));
                }
            }
            _ => {}
        }
    }
    lost
}

/// Returns the part without what tells something; `None` where it stays as it is.
pub(super) fn clean(
    bytes: &[u8],
    part: &Part,
    told: &mut BTreeSet<Told>,
) -> quick_xml::Result<Option<Vec<u8>>> {
    let mut reader = Reader::from_reader(bytes);
    reader.config_mut().check_end_names = false;
    let mut writer = Writer::new(Vec::with_capacity(bytes.len()));
    let mut cleaner = Cleaner {
        part,
        told,
        is_changed: false,
        skipped: 0,
        open: Vec::new(),
    };
    loop {
        let event = reader.read_event()?;
        if matches!(event, Event::Eof) {
            break;
        }
        if let Some(event) = cleaner.step(event) {
            writer.write_event(event)?;
        }
    }
    Ok(cleaner.is_changed.then(|| writer.into_inner()))
}

/// How an element that is open is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Kept,
    /// It is left out, what is in it stays.
    Unwrapped,
    /// Its words are a command, such as the path of a picture.
    Command,
}

struct Cleaner<'a, 'b> {
    part: &'a Part<'a>,
    told: &'b mut BTreeSet<Told>,
    is_changed: bool,
    /// How deep within an element that goes.
    skipped: usize,
    open: Vec<Open>,
}

impl Cleaner<'_, '_> {
    fn step<'e>(&mut self, event: Event<'e>) -> Option<Event<'e>> {
        if self.skipped > 0 {
            match event {
                Event::Start(_) => self.skipped += 1,
                Event::End(_) => self.skipped -= 1,
                _ => {}
            }
            return None;
        }
        match event {
            Event::Start(start) => {
                let fate = self.fate(&start);
                if fate == Fate::Gone {
                    self.is_changed = true;
                    self.skipped = 1;
                    return None;
                }
                let local = local(&start);
                self.open.push(match fate {
                    Fate::Unwrapped => Open::Unwrapped,
                    _ if local == "instrText" => Open::Command,
                    _ => Open::Kept,
                });
                self.is_changed |= fate == Fate::Unwrapped;
                (fate == Fate::Kept).then(|| Event::Start(self.attributes(start)))
            }
            Event::Empty(start) => {
                let fate = self.fate(&start);
                self.is_changed |= fate != Fate::Kept;
                (fate == Fate::Kept).then(|| Event::Empty(self.attributes(start)))
            }
            Event::End(end) => match self.open.pop() {
                Some(Open::Unwrapped) => None,
                _ => Some(Event::End(end)),
            },
            Event::Comment(_) => {
                self.is_changed = true;
                None
            }
            Event::Text(text) if self.open.last() == Some(&Open::Command) => {
                Some(Event::Text(self.command(text)))
            }
            event => Some(event),
        }
    }

    /// Shortens the paths in a command.
    fn command<'e>(&mut self, text: BytesText<'e>) -> BytesText<'e> {
        match shortened(&text) {
            Some(short) => {
                self.is_changed = true;
                BytesText::from_escaped(short)
            }
            None => text,
        }
    }

    fn fate(&mut self, start: &BytesStart) -> Fate {
        let name = local(start);
        let name = name.as_str();
        let is_word = self.part.name.starts_with("word/");
        self.tell(name, start);
        if is_word && DELETED.contains(&name) {
            self.told.insert(Told::Revisions);
            return Fate::Gone;
        }
        if is_word && ADDED.contains(&name) {
            self.told.insert(Told::Revisions);
            return Fate::Unwrapped;
        }
        if name == "tracked-changes" {
            self.told.insert(Told::Revisions);
        }
        let is_gone = match name {
            "Relationship" => {
                let id = value(start, "Id").unwrap_or_default();
                let source = parts::source_of(self.part.name).unwrap_or_default();
                let target = value(start, "Target").unwrap_or_default();
                !id.is_empty() && self.part.gone.contains(&parts::resolved(&source, &target))
            }
            "Override" => {
                let part = value(start, "PartName").unwrap_or_default();
                self.part.gone.contains(part.trim_start_matches('/'))
            }
            "file-entry" => {
                let part = value(start, "full-path").unwrap_or_default();
                self.part.gone.contains(&part)
            }
            "config-item" => value(start, "name").is_some_and(|it| it.starts_with("Printer")),
            // Formulas have elements of that name too.
            "annotation" => start.name().as_ref().starts_with("office:"),
            // A page goes on without its printer, see the attributes.
            "pageSetup" => false,
            name if self.part.form == Form::Ofd => {
                self.part.name == "OFD.xml" && OF_OFD.contains(&name)
            }
            name => GONE.contains(&name) || self.calls_what_is_gone(start),
        };
        if is_gone { Fate::Gone } else { Fate::Kept }
    }

    fn calls_what_is_gone(&self, start: &BytesStart) -> bool {
        let is_lost = |it: &Attribute| self.is_lost(it);
        start.attributes().flatten().any(|it| is_lost(&it))
    }

    fn is_lost(&self, attribute: &Attribute) -> bool {
        attribute.key.prefix().is_some()
            && attribute.key.local_name().as_ref() == "id"
            && self.part.lost.contains(&*attribute.value)
    }

    /// Tells of what stays.
    fn tell(&mut self, name: &str, start: &BytesStart) {
        let is = |key: &str, wanted: &[&str]| {
            value(start, key).is_some_and(|it| wanted.contains(&it.as_str()))
        };
        let hidden = match name {
            "sheet" if is("state", &["hidden", "veryHidden"]) => value(start, "name"),
            "sld" if is("show", &["0", "false"]) => {
                let last = self.part.name.rsplit('/').next().unwrap_or_default();
                Some(last.trim_end_matches(".xml").to_owned())
            }
            "row" | "col" if self.part.name.starts_with("xl/") && is("hidden", &["1", "true"]) => {
                let last = self.part.name.rsplit('/').next().unwrap_or_default();
                Some(format!("{} ({name})", last.trim_end_matches(".xml")))
            }
            _ => None,
        };
        if let Some(hidden) = hidden {
            let known = self.told.iter().find_map(|it| match it {
                Told::Hidden(names) => Some(names.clone()),
                _ => None,
            });
            let mut names = known.unwrap_or_default();
            self.told.remove(&Told::Hidden(names.clone()));
            if !names.contains(&hidden) {
                names.push(hidden);
            }
            self.told.insert(Told::Hidden(names));
        }
    }

    /// Leaves out the attributes that tell something, and folders of those that name a file.
    fn attributes<'e>(&mut self, start: BytesStart<'e>) -> BytesStart<'e> {
        let tells = |it: &Attribute| self.tells(it);
        let is_path = |it: &Attribute| short(it).is_some();
        if !start
            .attributes()
            .flatten()
            .any(|it| tells(&it) || is_path(&it))
        {
            return start;
        }
        self.is_changed = true;
        let mut new = BytesStart::new(start.name().as_ref().to_owned());
        for attribute in start.attributes().flatten() {
            if self.tells(&attribute) {
                continue;
            }
            // Both are written as they stood in the file.
            new.push_attribute(Attribute {
                key: attribute.key,
                value: short(&attribute).map_or(attribute.value.clone(), Cow::Owned),
            });
        }
        new
    }

    fn tells(&self, attribute: &Attribute) -> bool {
        let key = attribute.key.local_name();
        let key = key.as_ref();
        let is_word = self.part.name.starts_with("word/");
        is_word && key.starts_with("rsid")
            || self.part.form == Form::Microsoft && NAMING.contains(&key)
            || self.is_lost(attribute)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Kept,
    Unwrapped,
    Gone,
}

fn local(start: &BytesStart) -> String {
    start.local_name().as_ref().to_owned()
}

/// Returns the value of the attribute with the local name `key`, as it is written.
fn value(start: &BytesStart, key: &str) -> Option<String> {
    let mut all = start.attributes().flatten();
    let found = all.find(|it| it.key.local_name().as_ref() == key)?;
    Some(found.value.into_owned())
}

/// Returns the value of an attribute without folders of somebody's computer.
fn short(attribute: &Attribute) -> Option<String> {
    let text = &*attribute.value;
    match without_folders(text) {
        Some(short) => Some(short.to_owned()),
        None if attribute.key.local_name().as_ref() == "instr" => shortened(text),
        None => None,
    }
}

/// Returns a command without the folders of the paths in it.
fn shortened(command: &str) -> Option<String> {
    let quote = if command.contains("&quot;") {
        "&quot;"
    } else {
        "\""
    };
    let parts: Vec<&str> = command.split(quote).collect();
    let short: Vec<&str> = (parts.iter())
        .map(|part| without_folders(part).unwrap_or(part))
        .collect();
    (short != parts).then(|| short.join(quote))
}

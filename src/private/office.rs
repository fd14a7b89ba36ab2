//! Files of office programs (DOCX, XLSX, PPTX, ODT, ODS, ODP, OFD): folders packed as ZIP, whose
//! parts tell who wrote them, on which machine, what was said of them and what they were before.
//!
//! Parts that only tell are left out, and what leads to them; of the others only what tells is.
//! What nothing changes in is copied as it is packed.

mod marks;
mod parts;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _, Write as _};
use std::sync::Arc;

use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipArchive, ZipWriter};

use super::Told;
use crate::photo::Format;
use marks::Part;

/// The most bytes of a part, unpacked.
const MOST: u64 = 256 << 20;
/// How many files may be packed into each other.
const DEEPEST: usize = 2;

/// What kind of folder is packed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Office Open XML.
    Microsoft,
    /// OpenDocument.
    Open,
    /// OFD (GB/T 33190).
    Ofd,
}

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// Returns the file cleaned; `None` where it stays as it is.
pub(super) fn clean(bytes: &[u8], told: &mut BTreeSet<Told>, depth: usize) -> Option<Vec<u8>> {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
        told.insert(Told::Damaged);
        return None;
    };
    let names: Vec<String> = (0..archive.len())
        .filter_map(|at| name(&mut archive, at))
        .collect();
    let is_locked = |at: usize, archive: &mut Archive| {
        archive.by_index_raw(at).is_ok_and(|part| part.encrypted())
    };
    if (0..archive.len()).any(|at| is_locked(at, &mut archive)) {
        told.insert(Told::Locked);
        return None;
    }
    let Some(form) = form(&names) else {
        let files = names.into_iter().filter(|name| !name.ends_with('/'));
        told.insert(Told::Holds(files.collect()));
        return None;
    };
    if names.iter().any(|name| parts::is_seal(name)) {
        told.insert(Told::Signed);
        return None;
    }
    parts::tell(form, &names, told);
    let mut package = Package {
        form,
        gone: names
            .iter()
            .filter(|it| parts::is_telling(it))
            .cloned()
            .collect(),
        relations: BTreeMap::new(),
        told,
        depth,
        is_changed: !archive.comment().is_empty(),
    };
    match package.rewritten(&mut archive) {
        Ok(clean) => package.is_changed.then_some(clean),
        Err(_) => {
            told.insert(Told::Damaged);
            None
        }
    }
}

fn form(names: &[String]) -> Option<Form> {
    let has = |name: &str| names.iter().any(|it| it == name);
    match () {
        () if has("[Content_Types].xml") => Some(Form::Microsoft),
        () if has("META-INF/manifest.xml") && has("content.xml") => Some(Form::Open),
        () if has("OFD.xml") => Some(Form::Ofd),
        () => None,
    }
}

struct Package<'a> {
    form: Form,
    /// The parts that are left out.
    gone: BTreeSet<String>,
    /// Of each part, the ids by which it calls those that are left out.
    relations: BTreeMap<String, BTreeSet<String>>,
    told: &'a mut BTreeSet<Told>,
    depth: usize,
    is_changed: bool,
}

impl Package<'_> {
    fn rewritten(&mut self, archive: &mut Archive) -> ZipResult<Vec<u8>> {
        self.find_notes(archive)?;
        self.find_relations(archive)?;
        let mut out = ZipWriter::new(Cursor::new(Vec::new()));
        for at in 0..archive.len() {
            let name = name(archive, at).unwrap_or_default();
            if self.gone.contains(&name) {
                self.is_changed = true;
                continue;
            }
            match self.part(archive, at, &name)? {
                Some(changed) => {
                    self.is_changed = true;
                    out.start_file(&name, SimpleFileOptions::DEFAULT)?;
                    out.write_all(&changed)?;
                }
                None => {
                    let part = archive.by_index_raw(at)?;
                    out.raw_copy_file_touch(part, DateTime::default(), None)?;
                }
            }
        }
        Ok(out.finish()?.into_inner())
    }

    /// Returns the part `name` cleaned; `None` where it stays as it is.
    fn part(&mut self, archive: &mut Archive, at: usize, name: &str) -> ZipResult<Option<Vec<u8>>> {
        let is_picture = parts::is_picture(name);
        let is_package = parts::is_package(name);
        if !is_picture && !is_package && !parts::is_xml(name) {
            return Ok(None);
        }
        let bytes = unpacked(archive, at)?;
        if is_picture {
            return Ok(self.picture(bytes));
        }
        if is_package {
            let is_zip = bytes.starts_with(b"PK") && self.depth < DEEPEST;
            if !is_zip {
                let last = name.rsplit('/').next().unwrap_or(name);
                self.told.insert(Told::Holds(vec![last.to_owned()]));
                return Ok(None);
            }
            return Ok(clean(&bytes, self.told, self.depth + 1));
        }
        let none = BTreeSet::new();
        let part = Part {
            form: self.form,
            name,
            gone: &self.gone,
            lost: self.relations.get(name).unwrap_or(&none),
        };
        let clean = marks::clean(&bytes, &part, self.told);
        clean.map_err(|error| std::io::Error::other(error).into())
    }

    fn picture(&mut self, bytes: Vec<u8>) -> Option<Vec<u8>> {
        let bytes: Arc<[u8]> = bytes.into();
        let clean = match Format::by_mark(&bytes) {
            // Another format under the same name would not be shown.
            Some(Format::Bmp | Format::Tiff) => return None,
            _ => {
                let cleaned = super::cleaned(&bytes);
                self.told.extend(cleaned.told);
                cleaned.bytes
            }
        };
        (clean != bytes).then(|| clean.to_vec())
    }

    /// Finds the drawings that are only the frames of remarks.
    fn find_notes(&mut self, archive: &mut Archive) -> ZipResult<()> {
        for at in 0..archive.len() {
            let name = name(archive, at).unwrap_or_default();
            if !name.starts_with("xl/") || !name.ends_with(".vml") {
                continue;
            }
            let drawing = String::from_utf8_lossy(&unpacked(archive, at)?).into_owned();
            let kinds: Vec<&str> = drawing.split("ObjectType=").skip(1).collect();
            let is_note = |kind: &&str| kind.trim_start_matches(['"', '\'']).starts_with("Note");
            if !kinds.is_empty() && kinds.iter().all(is_note) {
                self.gone.insert(name);
            }
        }
        Ok(())
    }

    /// Finds the ids by which parts call those that are left out.
    fn find_relations(&mut self, archive: &mut Archive) -> ZipResult<()> {
        for at in 0..archive.len() {
            let name = name(archive, at).unwrap_or_default();
            let Some(source) = parts::source_of(&name) else {
                continue;
            };
            let list = unpacked(archive, at)?;
            let lost = marks::lost(&list, &source, &self.gone);
            self.relations.insert(source, lost);
        }
        Ok(())
    }
}

/// Returns the name of a part; programs of old wrote them in GBK.
fn name(archive: &mut Archive, at: usize) -> Option<String> {
    let part = archive.by_index_raw(at).ok()?;
    let raw = part.name_raw();
    let name = std::str::from_utf8(raw).map(str::to_owned);
    Some(name.unwrap_or_else(|_| encoding_rs::GB18030.decode(raw).0.into_owned()))
}

fn unpacked(archive: &mut Archive, at: usize) -> ZipResult<Vec<u8>> {
    let mut bytes = Vec::new();
    archive
        .by_index(at)?
        .take(MOST + 1)
        .read_to_end(&mut bytes)?;
    match bytes.len() as u64 > MOST {
        true => Err(std::io::Error::other("too large").into()),
        false => Ok(bytes),
    }
}

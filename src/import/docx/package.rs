//! The package that a DOCX is: parts by name, and what each part calls others.
//!
//! Sizes are bounded before anything is unpacked and while it is: what a package claims of itself
//! need not be true.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::import::refusal::Refused;
use crate::import::xml::{self, Element};

/// The most bytes of a part of XML; the text of a thousand pages with their looks has as much.
const MOST_XML: u64 = 24 << 20;
/// The most bytes of a picture.
const MOST_PICTURE: u64 = 64 << 20;
/// The most bytes of all parts.
const MOST: u64 = 512 << 20;
/// The most parts.
const MOST_PARTS: usize = 20_000;
/// How many times its packed size a large part of XML may have.
const MOST_TIMES: u64 = 400;
/// How many times its packed size a large part of another kind may have.
const PACKED_TIMES: u64 = 100;

/// The package.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    names: BTreeMap<String, usize>,
}

/// What a part calls another part or an address.
#[derive(Debug, Clone)]
pub(super) struct Relation {
    /// What it is, by the last word of its kind: `image`, `hyperlink`.
    pub kind: String,
    /// The part's name, or the address.
    pub target: String,
    /// Whether it is an address.
    pub is_outside: bool,
}

impl<'a> Package<'a> {
    /// Opens it.
    ///
    /// # Errors
    /// Where it is no package, or a dangerous one.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Refused> {
        let failed = |error: ZipError| match error {
            ZipError::InvalidArchive(_) => Refused::Cut,
            _ => Refused::Broken,
        };
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(failed)?;
        if archive.len() > MOST_PARTS {
            return Err(Refused::Large);
        }
        let (mut names, mut size) = (BTreeMap::new(), 0_u64);
        for at in 0..archive.len() {
            let part = archive.by_index_raw(at).map_err(failed)?;
            if part.encrypted() {
                return Err(Refused::Locked);
            }
            let name = part.name().map_err(|_| Refused::Broken)?.replace('\\', "/");
            if name.split('/').any(|it| it == "..") || name.starts_with('/') {
                return Err(Refused::Escapes);
            }
            let is_xml = name.ends_with(".xml") || name.ends_with(".rels");
            let times = part.size() / part.compressed_size().max(1);
            let is_bomb = match is_xml {
                true => part.size() > MOST_XML || part.size() > 4 << 20 && times > MOST_TIMES,
                // Pictures are packed already.
                false => part.size() > 8 << 20 && times > PACKED_TIMES,
            };
            if is_bomb {
                return Err(Refused::Large);
            }
            size = size.saturating_add(part.size());
            names.insert(name.to_lowercase(), at);
        }
        match size > MOST {
            true => Err(Refused::Large),
            false => Ok(Self { archive, names }),
        }
    }

    /// Returns a part's bytes; `None` where there is no such part.
    ///
    /// # Errors
    /// Where it is damaged or too large.
    pub fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, Refused> {
        self.up_to(name, MOST_PICTURE)
    }

    fn up_to(&mut self, name: &str, most: u64) -> Result<Option<Vec<u8>>, Refused> {
        let Some(at) = self.names.get(&name.to_lowercase()) else {
            return Ok(None);
        };
        let part = self.archive.by_index(*at).map_err(|_| Refused::Broken)?;
        let mut bytes = Vec::new();
        let read = part.take(most + 1).read_to_end(&mut bytes);
        read.map_err(|_| Refused::Cut)?;
        match bytes.len() as u64 > most {
            true => Err(Refused::Large),
            false => Ok(Some(bytes)),
        }
    }

    /// Reads a part as XML; `None` where there is no such part.
    ///
    /// # Errors
    /// Where it is damaged or dangerous.
    pub fn xml(&mut self, name: &str) -> Result<Option<Element>, Refused> {
        let bytes = self.up_to(name, MOST_XML)?;
        bytes.map(|bytes| xml::parse(&bytes)).transpose()
    }

    /// Returns what the part `name` calls others, by id.
    ///
    /// # Errors
    /// Where the list is damaged.
    pub fn relations(&mut self, name: &str) -> Result<BTreeMap<String, Relation>, Refused> {
        let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
        let list = match folder {
            "" => format!("_rels/{file}.rels"),
            folder => format!("{folder}/_rels/{file}.rels"),
        };
        let list = self.xml(&list)?;
        let list = list.map_or_else(Vec::new, |list| list.children);
        let relation = |it: Element| {
            let target = it.get("Target")?.to_owned();
            let is_outside = it.get("TargetMode") == Some("External");
            let kind = it.get("Type")?.rsplit('/').next()?.to_owned();
            let target = match is_outside {
                true => target,
                false => resolved(folder, &target),
            };
            let id = it.get("Id")?.to_owned();
            Some((
                id,
                Relation {
                    kind,
                    target,
                    is_outside,
                },
            ))
        };
        Ok(list.into_iter().filter_map(relation).collect())
    }
}

/// Resolves a part's name, written in a part of `folder`.
fn resolved(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let whole = match target.strip_prefix('/') {
        Some(whole) => whole.to_owned(),
        None => format!("{folder}/{target}"),
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in whole.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

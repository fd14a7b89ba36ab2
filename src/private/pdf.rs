//! PDF: without who made it, what was said of it, what is attached to it, what it runs and what it
//! was before.
//!
//! The pages' own streams pass through untouched, but for photos in them, which are JPEG files with
//! all that a telephone writes. Whether the pages are the same is checked by another reader; where
//! they are not, the file stays as it was and that is told.

use std::collections::BTreeSet;

use flate2::read::ZlibDecoder;
use hayro_syntax::Pdf;
use lopdf::{Dictionary, Document, Object, ObjectId, SaveOptions, Stream};
use std::io::Read as _;

use super::{Told, without_folders};
use crate::photo;

/// Entries that tell of a file's making, wherever they stand.
const TELLING: [&[u8]; 7] = [
    b"Metadata",
    b"PieceInfo",
    b"AF",
    b"Thumb",
    b"LastModified",
    b"SpiderInfo",
    b"AA",
];
/// Entries of a mark on a page that tell who made it, when, and what is said of it.
const OF_MARKS: [&[u8]; 9] = [
    b"T",
    b"Subj",
    b"M",
    b"CreationDate",
    b"NM",
    b"Popup",
    b"IRT",
    b"ExData",
    b"Sound",
];
/// Marks that are words about a page and not on it.
const REMARKS: [&[u8]; 4] = [b"Text", b"Popup", b"FileAttachment", b"Sound"];
/// Marks that are drawn on a page, by a person with a name.
const DRAWN: [&[u8]; 14] = [
    b"FreeText",
    b"Line",
    b"Square",
    b"Circle",
    b"Polygon",
    b"PolyLine",
    b"Highlight",
    b"Underline",
    b"Squiggly",
    b"StrikeOut",
    b"Stamp",
    b"Caret",
    b"Ink",
    b"Redact",
];
/// Actions that run something or leave the document for the reader's own computer.
const RUNNING: [&[u8]; 6] = [
    b"JavaScript",
    b"Launch",
    b"ImportData",
    b"SubmitForm",
    b"GoToE",
    b"Rendition",
];
/// The reader takes no deeper objects.
const DEEPEST: usize = 110;
/// The most bytes that a photo packed twice may have.
const MOST: u64 = 256 << 20;

/// Returns the file cleaned; `None` where it stays as it is.
pub(super) fn clean(bytes: &[u8], told: &mut BTreeSet<Told>) -> Option<Vec<u8>> {
    if is_locked(bytes) {
        told.insert(Told::Locked);
        return None;
    }
    let Some(document) = read(bytes) else {
        told.insert(Told::Damaged);
        return None;
    };
    let layers = layers_off(&document);
    if !layers.is_empty() {
        told.insert(Told::Layers(layers));
    }
    let catalog = document.catalog();
    let form =
        catalog.and_then(|catalog| document.dereference(catalog.get(b"AcroForm")?)?.1.as_dict());
    if form.is_ok_and(|form| form.has(b"XFA")) {
        told.insert(Told::Form);
    }
    if document.objects.values().any(is_seal) {
        told.insert(Told::Signed);
        return None;
    }
    let cleaner = Cleaner::new(document, bytes);
    if cleaner.is_portfolio() {
        told.insert(Told::Holds(cleaner.attached()));
    }
    cleaner.finish(bytes, told)
}

/// Reads a file whose trailer says where its pages are. Of one that does not, each reader guesses
/// something else.
fn read(bytes: &[u8]) -> Option<Document> {
    let document = Document::load_mem(bytes).ok()?;
    document.catalog().is_ok().then_some(document)
}

/// Returns the file cleaned whatever it is sealed with, for its page alone goes on.
pub(super) fn bare(bytes: &[u8]) -> Option<Vec<u8>> {
    let document = read(bytes)?;
    Cleaner::new(document, bytes).finish(bytes, &mut BTreeSet::new())
}

/// Returns the names of the layers of the PDF `bytes` that are switched off: whoever takes a page of
/// it alone sees them too.
pub fn hidden_layers(bytes: &[u8]) -> Vec<String> {
    let document = Document::load_mem(bytes);
    document.map_or_else(|_| Vec::new(), |document| layers_off(&document))
}

fn layers_off(document: &Document) -> Vec<String> {
    let dict_at = |dict: &Dictionary, key: &[u8]| {
        let value = dict.get(key).and_then(|value| document.dereference(value));
        value.and_then(|(_, value)| value.as_dict().cloned())
    };
    let list_at = |dict: &Dictionary, key: &[u8]| -> Vec<ObjectId> {
        let value = dict.get(key).and_then(|value| document.dereference(value));
        let list = value.and_then(|(_, value)| value.as_array().cloned());
        let ids = list.into_iter().flatten();
        ids.filter_map(|it| it.as_reference().ok()).collect()
    };
    let layers = document
        .catalog()
        .and_then(|catalog| dict_at(catalog, b"OCProperties"));
    let Ok(layers) = layers else {
        return Vec::new();
    };
    let shown = dict_at(&layers, b"D").unwrap_or_default();
    let off = match name(&shown, b"BaseState") {
        b"OFF" => {
            let on = list_at(&shown, b"ON");
            let all = list_at(&layers, b"OCGs");
            all.into_iter().filter(|id| !on.contains(id)).collect()
        }
        _ => list_at(&shown, b"OFF"),
    };
    let named = |id: ObjectId| {
        let layer = document.get_object(id).and_then(Object::as_dict).ok()?;
        let name = layer.get(b"Name").and_then(lopdf::decode_text_string);
        Some(name.unwrap_or_else(|_| "?".to_owned()))
    };
    off.into_iter().filter_map(named).collect()
}

/// Tells whether the file is encrypted, if only against printing and copying: the reader opens
/// such a one without a word.
fn is_locked(bytes: &[u8]) -> bool {
    const KEY: &[u8] = b"/Encrypt";
    let calls = |rest: &[u8]| {
        let rest = rest.trim_ascii_start();
        rest.starts_with(b"<<") || rest.first().is_some_and(u8::is_ascii_digit)
    };
    let mut places = bytes.windows(KEY.len()).enumerate();
    places.any(|(at, it)| it == KEY && calls(&bytes[at + KEY.len()..]))
}

/// Recognises a signature that was made.
fn is_seal(object: &Object) -> bool {
    let is_one = |dict: &Dictionary| dict.has(b"ByteRange") && dict.has(b"Contents");
    match object {
        Object::Dictionary(dict) => {
            is_one(dict)
                || dict
                    .iter()
                    .any(|(key, value)| key == b"V" && is_seal(value))
        }
        _ => false,
    }
}

fn name<'a>(dict: &'a Dictionary, key: &[u8]) -> &'a [u8] {
    dict.get(key).and_then(Object::as_name).unwrap_or_default()
}

struct Cleaner {
    document: Document,
    /// Actions that must not be, where they are objects of their own.
    running: BTreeSet<ObjectId>,
    /// Remarks that go.
    remarks: BTreeSet<ObjectId>,
    is_changed: bool,
    /// Whether its objects lie in streams, which makes a file a third as large.
    is_packed: bool,
    has_redactions: bool,
}

impl Cleaner {
    fn new(document: Document, bytes: &[u8]) -> Self {
        let is_kind = |object: &Object, kind: &[u8]| object.type_name().is_ok_and(|it| it == kind);
        let is_linear = (document.objects.values()).any(|it| is_kind(it, b"Linearized"));
        let n_ends = bytes.windows(9).filter(|it| *it == b"startxref").count();
        let behind = bytes.windows(5).rposition(|it| it == b"%%EOF");
        let behind = behind.map_or(0, |at| bytes.len() - at - 5);
        let has_earlier = n_ends > if is_linear { 2 } else { 1 };
        Self {
            is_packed: document.objects.values().any(|it| is_kind(it, b"ObjStm")),
            is_changed: has_earlier || behind > 2 || !bytes.starts_with(b"%PDF-"),
            running: BTreeSet::new(),
            remarks: BTreeSet::new(),
            has_redactions: false,
            document,
        }
    }

    /// Tells whether the file is a folder of others, its page only a cover.
    fn is_portfolio(&self) -> bool {
        let catalog = self.document.catalog();
        catalog.is_ok_and(|catalog| catalog.has(b"Collection"))
    }

    /// Returns the names of the attached files.
    fn attached(&self) -> Vec<String> {
        let mut names = BTreeSet::new();
        for object in self.document.objects.values() {
            gather_attached(object, &mut names, 0);
        }
        names.into_iter().collect()
    }

    fn finish(mut self, original: &[u8], told: &mut BTreeSet<Told>) -> Option<Vec<u8>> {
        let attached = self.attached();
        let keeps_attached = self.is_portfolio();
        self.find();
        let mut objects = std::mem::take(&mut self.document.objects);
        for (id, object) in &mut objects {
            if self.remarks.contains(id) {
                // A tag may still point at it.
                *object = Object::Null;
                self.is_changed = true;
                continue;
            }
            self.scrub(object, 0);
        }
        self.document.objects = objects;
        self.scrub_catalog(keeps_attached);
        let mut trailer = std::mem::take(&mut self.document.trailer);
        self.is_changed |= trailer.remove(b"Info").is_some();
        self.document.trailer = trailer;
        let n_gone = self.prune();
        if self.has_redactions {
            told.insert(Told::Redactions);
        }
        if !self.is_changed && n_gone == 0 {
            return None;
        }
        // What is counted is what is left: the next to read it counts the same.
        let numbers = self.document.objects.keys().map(|(number, _)| *number);
        self.document.max_id = numbers.max().unwrap_or_default();
        let options = SaveOptions {
            use_object_streams: self.is_packed,
            use_xref_streams: self.is_packed,
            ..SaveOptions::default()
        };
        let mut clean = Vec::with_capacity(original.len());
        let saved = self.document.save_with_options(&mut clean, options);
        if saved.is_err() || pages(original).is_none_or(|them| pages(&clean) != Some(them)) {
            told.insert(Told::Damaged);
            return None;
        }
        if !attached.is_empty() && !keeps_attached {
            told.insert(Told::Detached(attached));
        }
        Some(clean)
    }

    /// Removes what nothing leads to; returns how much of it was no book-keeping of the file.
    fn prune(&mut self) -> usize {
        let kept: [&[u8]; 3] = [b"ObjStm", b"XRef", b"Linearized"];
        let is_book = |object: &Object| object.type_name().is_ok_and(|it| kept.contains(&it));
        let is_book_of = |id: &ObjectId| self.document.objects.get(id).is_some_and(is_book);
        let books: Vec<ObjectId> = (self.document.objects.keys().copied())
            .filter(is_book_of)
            .collect();
        let gone = self.document.prune_objects();
        gone.iter().filter(|id| !books.contains(id)).count()
    }

    /// Finds actions and remarks that are objects of their own.
    fn find(&mut self) {
        let mut marks = BTreeSet::new();
        for (id, object) in &self.document.objects {
            let Ok(dict) = object.as_dict() else { continue };
            if runs(dict) {
                self.running.insert(*id);
            }
            if let Ok(annotations) = dict.get(b"Annots") {
                let annotations = self.document.dereference(annotations);
                let annotations = annotations.and_then(|(_, it)| it.as_array());
                let refs = annotations.into_iter().flatten();
                marks.extend(refs.filter_map(|it| it.as_reference().ok()));
            }
        }
        for id in marks {
            let dict = self.document.get_object(id).and_then(Object::as_dict);
            if dict.is_ok_and(|dict| REMARKS.contains(&name(dict, b"Subtype"))) {
                self.remarks.insert(id);
            }
        }
    }

    fn scrub(&mut self, object: &mut Object, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        match object {
            Object::Array(items) => {
                let n_before = items.len();
                let remarks = &self.remarks;
                items.retain(|item| !is_remark(item, remarks));
                self.is_changed |= items.len() != n_before;
                items
                    .iter_mut()
                    .for_each(|item| self.scrub(item, depth + 1));
            }
            Object::Dictionary(dict) => self.scrub_dict(dict, depth),
            Object::Stream(stream) => {
                self.scrub_dict(&mut stream.dict, depth);
                self.is_changed |= clean_photo(stream).is_some();
            }
            _ => {}
        }
    }

    fn scrub_dict(&mut self, dict: &mut Dictionary, depth: usize) {
        for key in TELLING {
            self.is_changed |= dict.remove(key).is_some();
        }
        for key in [&b"A"[..], b"OpenAction", b"Next", b"PA"] {
            let is_running = |value: &Object| match value {
                Object::Reference(id) => self.running.contains(id),
                Object::Dictionary(action) => runs(action),
                _ => false,
            };
            if dict.get(key).is_ok_and(is_running) {
                dict.remove(key);
                self.is_changed = true;
            }
        }
        let subtype = name(dict, b"Subtype").to_vec();
        if dict.has(b"Rect") && DRAWN.contains(&&*subtype) {
            self.has_redactions |= subtype == b"Redact";
            // What is written on the page is seen; what is said of a mark is not.
            let said: &[&[u8]] = match &*subtype {
                b"FreeText" => &[],
                _ => &[b"Contents", b"RC"],
            };
            for key in OF_MARKS.iter().chain(said) {
                self.is_changed |= dict.remove(key).is_some();
            }
        }
        if name(dict, b"Type") == b"Thread" {
            self.is_changed |= dict.remove(b"I").is_some();
        }
        for (key, value) in dict.iter_mut() {
            let is_place = matches!(&key[..], b"F" | b"UF" | b"URI" | b"Title" | b"Alt");
            if let Some(short) = short(value).filter(|_| is_place) {
                *value = short;
                self.is_changed = true;
            }
            self.scrub(value, depth + 1);
        }
    }

    fn scrub_catalog(&mut self, keeps_attached: bool) {
        let Ok(catalog) = self.document.catalog() else {
            return;
        };
        let names = catalog.get(b"Names").cloned();
        let Ok(catalog) = self.document.catalog_mut() else {
            return;
        };
        let mut gone = catalog.remove(b"Legal").is_some();
        gone |= catalog.remove(b"Perms").is_some();
        gone |= catalog.remove(b"DSS").is_some();
        let scrub = |names: &mut Dictionary| {
            let mut gone = names.remove(b"JavaScript").is_some();
            for key in [&b"IDS"[..], b"URLS"] {
                gone |= names.remove(key).is_some();
            }
            gone | (!keeps_attached && names.remove(b"EmbeddedFiles").is_some())
        };
        match names {
            Ok(Object::Reference(id)) => {
                let names = self.document.get_object_mut(id);
                gone |= names.and_then(Object::as_dict_mut).is_ok_and(scrub);
            }
            Ok(Object::Dictionary(_)) => {
                let names = catalog.get_mut(b"Names").and_then(Object::as_dict_mut);
                gone |= names.is_ok_and(scrub);
            }
            _ => {}
        }
        self.is_changed |= gone;
    }
}

/// Returns the last part of what is a path on somebody's computer.
fn short(value: &Object) -> Option<Object> {
    let text = lopdf::decode_text_string(value).ok()?;
    without_folders(&text).map(lopdf::text_string)
}

/// Recognises an action that runs something, or leads to a file of somebody's computer.
fn runs(action: &Dictionary) -> bool {
    let is_local = |key: &[u8]| action.get(key).is_ok_and(|it| short(it).is_some());
    match name(action, b"S") {
        b"URI" => is_local(b"URI"),
        b"GoToR" => is_local(b"F"),
        kind => RUNNING.contains(&kind),
    }
}

/// Recognises a remark in a page's list of marks.
fn is_remark(item: &Object, remarks: &BTreeSet<ObjectId>) -> bool {
    match item {
        Object::Reference(id) => remarks.contains(id),
        Object::Dictionary(dict) => dict.has(b"Rect") && REMARKS.contains(&name(dict, b"Subtype")),
        _ => false,
    }
}

/// Adds the names of the files that `object` attaches.
fn gather_attached(object: &Object, names: &mut BTreeSet<String>, depth: usize) {
    if depth > DEEPEST {
        return;
    }
    match object {
        Object::Dictionary(dict) => {
            if dict.has(b"EF") {
                let said = [&b"UF"[..], b"F"].into_iter();
                let mut said =
                    said.filter_map(|key| lopdf::decode_text_string(dict.get(key).ok()?).ok());
                let said = said.next().unwrap_or_else(|| "?".to_owned());
                names.insert(without_folders(&said).unwrap_or(&said).to_owned());
            }
            for (_, value) in dict {
                gather_attached(value, names, depth + 1);
            }
        }
        Object::Array(items) => {
            for item in items {
                gather_attached(item, names, depth + 1);
            }
        }
        _ => {}
    }
}

/// Cleans the photo that a stream is; `None` where it is none or stays as it is.
fn clean_photo(stream: &mut Stream) -> Option<()> {
    let filters = match stream.dict.get(b"Filter").ok()? {
        Object::Name(name) => vec![name.clone()],
        Object::Array(names) => {
            let names = names.iter().map(|name| name.as_name().map(<[u8]>::to_vec));
            names.collect::<Result<_, _>>().ok()?
        }
        _ => return None,
    };
    let filters: Vec<&[u8]> = filters.iter().map(Vec::as_slice).collect();
    let photo = match filters[..] {
        [b"DCTDecode" | b"DCT"] => photo::without_metadata(&stream.content.as_slice().into()),
        [b"JPXDecode"] => super::boxes::without_remarks(&stream.content)?.into(),
        [b"FlateDecode" | b"Fl", b"DCTDecode" | b"DCT"] => {
            let mut photo = Vec::new();
            let reader = ZlibDecoder::new(&stream.content[..]);
            reader.take(MOST).read_to_end(&mut photo).ok()?;
            let clean = photo::without_metadata(&photo.as_slice().into());
            if *clean == *photo {
                return None;
            }
            stream
                .dict
                .set("Filter", Object::Name(b"DCTDecode".to_vec()));
            stream.dict.remove(b"DecodeParms");
            clean
        }
        _ => return None,
    };
    if *photo == *stream.content {
        return None;
    }
    stream.dict.set("Length", i64::try_from(photo.len()).ok()?);
    stream.content = photo.to_vec();
    Some(())
}

/// Returns the pages' sizes and how many bytes are drawn on each, as another reader reads them.
fn pages(bytes: &[u8]) -> Option<Vec<(String, usize)>> {
    let pdf = Pdf::new(bytes.to_vec()).ok()?;
    let page = |page: &hayro_syntax::page::Page| {
        let (width, height) = page.render_dimensions();
        let drawn = page.page_stream().map_or(0, <[u8]>::len);
        (format!("{width:.2}×{height:.2}"), drawn)
    };
    let pages: Vec<_> = pdf.pages().iter().map(page).collect();
    (!pages.is_empty()).then_some(pages)
}

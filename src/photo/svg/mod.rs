//! Drawings (SVG) as everyone may see them: without scripts, without what leads elsewhere, without
//! what tells of their author's machine.
//!
//! A drawing is a small page: it can run scripts, fetch pictures and fonts, and carries what the
//! drawing program remembers, folders of the author among it. All of it goes, and what is missed
//! then is told in [`Remarks`]. One that has nothing of this stays as it is, to the byte.

mod base64;
mod css;
mod text;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use quick_xml::NsReader;
use quick_xml::escape::{escape, unescape_with};
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};

use super::Fault;

const SVG: &str = "http://www.w3.org/2000/svg";
const XHTML: &str = "http://www.w3.org/1999/xhtml";
const XLINK: &str = "http://www.w3.org/1999/xlink";
const MATHML: &str = "http://www.w3.org/1998/Math/MathML";

/// Elements that run, fetch or tell something.
const DROPPED: &[&str] = &[
    "script", "iframe", "object", "embed", "link", "meta", "base", "form", "audio", "video",
    "applet", "handler", "listener", "metadata",
];
/// No drawing nests deeper; one that does is made to break programs.
const DEEPEST: usize = 500;

/// What of a drawing is missed on paper.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Remarks {
    /// Words of web pages within the drawing (`foreignObject`), which only browsers show.
    pub words: bool,
    /// Pictures and files elsewhere that it calls for; no page shows them either.
    pub outside: BTreeSet<String>,
    /// The fonts of its text, each time by preference.
    pub fonts: BTreeSet<Vec<String>>,
}

/// Tells what of the drawing `bytes` is missed on paper; `None` where it is no drawing.
pub fn remarks(bytes: &[u8]) -> Option<Remarks> {
    let text = text::of(bytes)?;
    cleaned(&text, 0).ok().map(|cleaned| cleaned.remarks)
}

/// Returns the drawing without what nobody else needs; `None` where it stays as it is or is no
/// drawing.
pub(super) fn clean(bytes: &[u8]) -> Option<Vec<u8>> {
    let text = text::of(bytes)?;
    let cleaned = cleaned(&text, 0).ok()?;
    let is_same = !cleaned.is_changed && text.as_bytes() == bytes;
    (!is_same).then(|| cleaned.text.into_bytes())
}

/// Says why `bytes`, which is no photo, is no drawing either.
pub(super) fn fault(bytes: &[u8]) -> Option<Fault> {
    let Some(text) = text::of(bytes) else {
        return Some(Fault::Broken("no picture".to_owned()));
    };
    cleaned(&text, 0).err().map(Fault::Broken)
}

/// A drawing, cleaned.
struct Cleaned {
    text: String,
    is_changed: bool,
    remarks: Remarks,
}

/// Cleans a drawing that lies `depth` others deep.
fn cleaned(text: &str, depth: usize) -> Result<Cleaned, String> {
    let mut reader = NsReader::from_str(text);
    let mut cleaner = Cleaner {
        depth,
        entities: BTreeMap::new(),
        out: String::with_capacity(text.len()),
        is_changed: false,
        remarks: Remarks::default(),
        fonts: BTreeSet::new(),
        open: Vec::new(),
        skipped: 0,
        has_text: false,
        has_root: false,
    };
    loop {
        let event = reader.read_event().map_err(|error| error.to_string())?;
        if matches!(event, Event::Eof) {
            break;
        }
        cleaner.step(event, &reader)?;
    }
    if !cleaner.has_root || !cleaner.open.is_empty() || cleaner.skipped > 0 {
        return Err("unexpected end".to_owned());
    }
    if cleaner.has_text {
        cleaner.remarks.fonts = std::mem::take(&mut cleaner.fonts);
    }
    Ok(Cleaned {
        text: cleaner.out,
        is_changed: cleaner.is_changed,
        remarks: cleaner.remarks,
    })
}

/// An element that is open.
struct Open {
    name: String,
    kind: Kind,
}

enum Kind {
    Plain,
    /// A style, as it stands in the file.
    Style(String),
    /// A title or description, which nobody sees but tells.
    Told,
    /// A page within the drawing.
    Page {
        has_words: bool,
    },
    /// Alternatives, of which a program takes the first that it knows.
    Switch {
        has_words: bool,
        has_other: bool,
    },
}

struct Cleaner {
    depth: usize,
    entities: BTreeMap<String, String>,
    out: String,
    is_changed: bool,
    remarks: Remarks,
    fonts: BTreeSet<Vec<String>>,
    open: Vec<Open>,
    /// How many elements are open within one that is dropped, itself counted.
    skipped: usize,
    has_text: bool,
    has_root: bool,
}

impl Cleaner {
    fn step(&mut self, event: Event, reader: &NsReader<&[u8]>) -> Result<(), String> {
        match event {
            Event::Start(start) => self.start(&start, reader, false)?,
            Event::Empty(start) => self.start(&start, reader, true)?,
            Event::End(_) if self.skipped > 0 => self.skipped -= 1,
            Event::End(_) => self.end(),
            Event::Text(text) if self.skipped == 0 => self.text(&text),
            Event::CData(data) if self.skipped == 0 => {
                self.is_changed = true;
                let text = escape(data.into_inner()).into_owned();
                self.text(&text);
            }
            Event::GeneralRef(name) if self.skipped == 0 => self.reference(&name)?,
            Event::DocType(text) => {
                self.is_changed = true;
                self.entities = text::entities(&text);
            }
            Event::Comment(_) | Event::PI(_) => self.is_changed = true,
            Event::Decl(decl) => {
                // What is written anew is UTF-8.
                let is_other = decl.encoding().and_then(Result::ok);
                let is_other = is_other.is_some_and(|it| !it.eq_ignore_ascii_case("utf-8"));
                match is_other {
                    true => self.is_changed = true,
                    false => self.out.push_str(&format!("<?{}?>", &*decl)),
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn start(
        &mut self,
        start: &BytesStart,
        reader: &NsReader<&[u8]>,
        is_empty: bool,
    ) -> Result<(), String> {
        if self.open.len() + self.skipped >= DEEPEST {
            return Err("too deep".to_owned());
        }
        if self.skipped > 0 {
            self.skipped += usize::from(!is_empty);
            return Ok(());
        }
        let (space, name) = reader.resolver().resolve_element(start.name());
        let name = name.into_inner();
        let is_root = !self.has_root;
        if !self.is_known_space(&space, is_root) || self.is_dropped(start, name) {
            self.is_changed = true;
            self.skipped = usize::from(!is_empty);
            return Ok(());
        }
        if is_root && name != "svg" {
            return Err("no drawing".to_owned());
        }
        self.has_root = true;
        self.out.push('<');
        self.out.push_str(start.name().into_inner());
        if is_root && space == ResolveResult::Unbound {
            // Without its name no browser takes it for a drawing.
            self.is_changed = true;
            self.out.push_str(&format!(" xmlns=\"{SVG}\""));
        }
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|error| error.to_string())?;
            self.attribute(name, &attribute)?;
        }
        self.out.push_str(if is_empty { "/>" } else { ">" });
        self.note(name);
        if !is_empty {
            self.open.push(Open {
                name: start.name().into_inner().to_owned(),
                kind: match name {
                    "style" => Kind::Style(String::new()),
                    "title" | "desc" => Kind::Told,
                    "foreignObject" => Kind::Page { has_words: false },
                    "switch" => Kind::Switch {
                        has_words: false,
                        has_other: false,
                    },
                    _ => Kind::Plain,
                },
            });
        }
        Ok(())
    }

    fn is_known_space(&self, space: &ResolveResult, is_root: bool) -> bool {
        match space {
            ResolveResult::Bound(Namespace(space)) => {
                let space = self.with_entities(space);
                [SVG, XHTML, MATHML].contains(&&*space)
            }
            ResolveResult::Unbound => is_root || !self.out.is_empty(),
            ResolveResult::Unknown(_) => false,
        }
    }

    fn is_dropped(&self, start: &BytesStart, name: &str) -> bool {
        // What changes in time may change an address or a script.
        let changes = matches!(
            name,
            "set" | "animate" | "animateTransform" | "animateMotion"
        );
        let target = || {
            let target = start.try_get_attribute("attributeName").ok().flatten();
            let target = target.map(|it| it.value.trim().to_ascii_lowercase());
            target.is_some_and(|it| it.starts_with("on") || it.ends_with("href"))
        };
        DROPPED.contains(&name) || (changes && target())
    }

    /// Notes what an element means for those around it.
    fn note(&mut self, name: &str) {
        let in_page = self.in_page();
        if !in_page && matches!(name, "text" | "tspan") {
            self.has_text = true;
        }
        if let Some(Open {
            kind: Kind::Switch { has_other, .. },
            ..
        }) = self.open.last_mut()
            && name != "foreignObject"
        {
            *has_other = true;
        }
    }

    fn in_page(&self) -> bool {
        let mut open = self.open.iter();
        open.any(|open| matches!(open.kind, Kind::Page { .. }))
    }

    fn end(&mut self) {
        let Some(open) = self.open.pop() else {
            return;
        };
        if let Kind::Style(style) = &open.kind {
            let plain = self.with_entities(style).into_owned();
            let kept = self.css(&plain);
            match kept == plain {
                true => self.out.push_str(style),
                false => self.out.push_str(&escape(kept)),
            }
        }
        self.out.push_str(&format!("</{}>", open.name));
        let words = match open.kind {
            Kind::Page { has_words } => has_words,
            Kind::Switch {
                has_words,
                has_other,
            } => has_words && !has_other,
            _ => false,
        };
        if !words {
            return;
        }
        match self.open.last_mut().map(|open| &mut open.kind) {
            Some(Kind::Switch { has_words, .. } | Kind::Page { has_words }) => *has_words = true,
            _ => self.remarks.words = true,
        }
    }

    /// Writes text as it stands in the file.
    fn text(&mut self, text: &str) {
        if !text.trim().is_empty()
            && let Some(open) = self
                .open
                .iter_mut()
                .rev()
                .find(|open| matches!(open.kind, Kind::Page { .. }))
        {
            open.kind = Kind::Page { has_words: true };
        }
        match self.open.last_mut().map(|open| &mut open.kind) {
            Some(Kind::Style(style)) => style.push_str(text),
            Some(Kind::Told) if text::is_path(text) => self.is_changed = true,
            _ => self.out.push_str(text),
        }
    }

    /// Writes a character that the file names.
    fn reference(&mut self, name: &str) -> Result<(), String> {
        let is_usual = name.starts_with('#') || ["lt", "gt", "amp", "quot", "apos"].contains(&name);
        if is_usual {
            self.text(&format!("&{name};"));
            return Ok(());
        }
        self.is_changed = true;
        let known = self.entities.get(name).ok_or_else(|| format!("&{name};"))?;
        let known = escape(known.as_str()).into_owned();
        self.text(&known);
        Ok(())
    }

    fn attribute(&mut self, element: &str, attribute: &Attribute) -> Result<(), String> {
        let key = attribute.key.into_inner();
        let value = unescape_with(&attribute.value, |name| self.entity(name));
        let value = value.map_err(|error| error.to_string())?.into_owned();
        match self.kept(element, key, &value) {
            Some(kept) => {
                let is_same = kept == value && !attribute.value.contains('&');
                let (written, quote) = match attribute.value.contains('"') {
                    true => (escape(&*kept), '"'),
                    false if is_same => (Cow::Borrowed(&*attribute.value), '"'),
                    false => (escape(&*kept), '"'),
                };
                self.is_changed |= kept != value;
                self.out
                    .push_str(&format!(" {key}={quote}{written}{quote}"));
            }
            None => self.is_changed = true,
        }
        Ok(())
    }

    fn entity(&self, name: &str) -> Option<&str> {
        let usual = match name {
            "lt" => "<",
            "gt" => ">",
            "amp" => "&",
            "quot" => "\"",
            "apos" => "'",
            name => self.entities.get(name)?,
        };
        Some(usual)
    }

    fn with_entities<'t>(&self, text: &'t str) -> Cow<'t, str> {
        unescape_with(text, |name| self.entity(name)).unwrap_or(Cow::Borrowed(text))
    }

    /// Returns what of an attribute's value is kept.
    fn kept(&mut self, element: &str, key: &str, value: &str) -> Option<String> {
        let (prefix, name) = match key.split_once(':') {
            Some((prefix, name)) => (Some(prefix), name),
            None => (None, key),
        };
        let same = || Some(value.to_owned());
        match (prefix, name) {
            (Some("xmlns"), _) | (None, "xmlns") => {
                return [SVG, XHTML, XLINK, MATHML]
                    .contains(&value)
                    .then(|| value.to_owned());
            }
            (Some("xml"), "space" | "lang") => return same(),
            (Some("xlink") | None, "href") | (None, "src") => return self.address(element, value),
            (Some("xlink"), _) => {}
            (Some(_), _) => return None,
            // A program keeps its own file of the drawing there.
            (None, "content" | "srcset" | "srcdoc" | "action" | "formaction" | "ping") => {
                return None;
            }
            // Browsers have done with it, and printing takes it at its word.
            (None, "requiredFeatures") => return None,
            (None, name)
                if name
                    .get(..2)
                    .is_some_and(|on| on.eq_ignore_ascii_case("on")) =>
            {
                return None;
            }
            (None, "style") => return Some(self.css(value)),
            (None, "font-family") => {
                self.fonts.insert(css::families(value));
            }
            _ => {}
        }
        if value.contains("url(") {
            return Some(self.css(value));
        }
        let is_harmless = !runs(value) && (name == "d" || !text::is_path(value));
        is_harmless.then(|| value.to_owned())
    }

    /// Returns an address that stays within the drawing, or that a reader may follow.
    fn address(&mut self, element: &str, value: &str) -> Option<String> {
        let address = value.trim();
        if address.starts_with('#') || address.is_empty() {
            return Some(value.to_owned());
        }
        if element == "a" {
            let leads = ["https://", "http://", "mailto:", "tel:"];
            return leads
                .iter()
                .any(|scheme| address.starts_with(scheme))
                .then(|| value.to_owned());
        }
        if address.starts_with("data:") {
            return self.data(address);
        }
        self.remarks.outside.insert(text::name(address));
        None
    }

    /// Returns a picture within the drawing, cleaned like others.
    fn data(&mut self, address: &str) -> Option<String> {
        let (kind, bytes) = base64::data(address)?;
        if let Some(text) = text::of(&bytes) {
            let inner = (self.depth < 2).then(|| cleaned(&text, self.depth + 1).ok())??;
            self.remarks.outside.extend(inner.remarks.outside);
            self.remarks.words |= inner.remarks.words;
            return Some(match inner.is_changed {
                true => base64::address("image/svg+xml", inner.text.as_bytes()),
                false => address.to_owned(),
            });
        }
        let bytes = bytes.into();
        // A giant within would take as much memory as one by itself.
        let Ok(clean) = super::for_paper(&super::without_metadata(&bytes)) else {
            self.remarks.outside.insert(kind);
            return None;
        };
        Some(match clean == bytes {
            true => address.to_owned(),
            false => base64::address(&kind, &clean),
        })
    }

    fn css(&mut self, text: &str) -> String {
        let style = css::clean(text, &mut |address| match address {
            it if it.starts_with('#') => Some(it.to_owned()),
            it if it.starts_with("data:") => Some(it.to_owned()),
            it => {
                self.remarks.outside.insert(text::name(it));
                None
            }
        });
        self.fonts.extend(css::fonts(&style));
        self.is_changed |= style != text;
        style
    }
}

/// Tells whether a value is an address that runs something.
fn runs(value: &str) -> bool {
    let letters = value
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control());
    let start: String = letters.take(11).collect();
    let start = start.to_ascii_lowercase();
    start.starts_with("javascript:") || start.starts_with("vbscript:")
}

#[cfg(test)]
mod tests;

//! The parts of an office file as trees of elements, within bounds.
//!
//! Names are without their namespace: no two that matter share one. What could be a trap, a document
//! type or a tower of elements, ends the reading.

use std::collections::BTreeSet;
use std::rc::Rc;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::refusal::Refused;

/// How deep elements may lie; a table in a table in a text box takes forty.
const DEEPEST: usize = 256;
/// How many elements there may be: a thousand pages have half as many.
const MOST: usize = 400_000;
/// The elements whose text is of use.
const SPOKEN: [&str; 6] = [
    "t",
    "delText",
    "instrText",
    "creator",
    "lastModifiedBy",
    "Company",
];

/// An element.
#[derive(Debug, Default)]
pub(super) struct Element {
    /// Its name without namespace.
    pub name: Rc<str>,
    attributes: Vec<(Rc<str>, Box<str>)>,
    /// What it holds.
    pub children: Vec<Element>,
    /// Its words.
    pub text: String,
}

impl Element {
    /// Returns the value of an attribute, whatever its namespace.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| &**key == name);
        found.map(|(_, value)| &**value)
    }

    /// Returns an attribute as a number.
    pub fn number<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.get(name)?.trim().parse().ok()
    }

    /// Returns the first child of that name.
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| &*child.name == name)
    }

    /// Returns the attribute `val` of the child of that name.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.child(name)?.get("val")
    }

    /// Tells whether the child of that name is there and does not say no.
    pub fn flag(&self, name: &str) -> Option<bool> {
        let child = self.child(name)?;
        Some(!matches!(
            child.get("val"),
            Some("0" | "false" | "off" | "none")
        ))
    }

    /// Calls `look` with each element below, outermost first, until it says that it has had enough of
    /// one; of two renderings of one thing only the first is seen.
    pub fn each<'a>(&'a self, look: &mut impl FnMut(&'a Element) -> bool) {
        for child in &self.children {
            if look(child) {
                let chosen = chosen(child).unwrap_or(child);
                chosen.each(look);
            }
        }
    }

    /// Returns the first element of that name below.
    pub fn find<'a>(&'a self, name: &str) -> Option<&'a Element> {
        let mut found = None;
        self.each(&mut |element| {
            if found.is_none() && &*element.name == name {
                found = Some(element);
            }
            found.is_none()
        });
        found
    }
}

/// Returns the rendering that counts of several, where `element` holds such.
pub(super) fn chosen(element: &Element) -> Option<&Element> {
    if &*element.name != "AlternateContent" {
        return None;
    }
    let choices = element.children.iter().filter(|it| !it.children.is_empty());
    choices.min_by_key(|it| match &*it.name {
        "Choice" => 0,
        "Fallback" => 1,
        _ => 2,
    })
}

/// Reads a part.
///
/// # Errors
/// Where it is no XML, holds a document type, or goes beyond the bounds.
pub(super) fn parse(bytes: &[u8]) -> Result<Element, Refused> {
    let utf8;
    let bytes = match bytes {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => {
            utf8 = crate::read::decode(bytes).map_err(|_| Refused::Broken)?;
            utf8.text.as_bytes()
        }
        _ => bytes,
    };
    let mut reader = Reader::from_reader(bytes);
    reader.config_mut().check_end_names = false;
    let mut tree = Tree::default();
    loop {
        match reader.read_event().map_err(|_| Refused::Broken)? {
            Event::Eof => return tree.finish(),
            Event::DocType(_) => return Err(Refused::Doctype),
            Event::Start(start) => tree.open(&start)?,
            Event::Empty(start) => {
                tree.open(&start)?;
                tree.close();
            }
            Event::End(_) => tree.close(),
            Event::Text(text) => tree.say(&text),
            Event::CData(text) => tree.say(&text),
            Event::GeneralRef(name) => tree.say(&reference(&name)?),
            _ => {}
        }
    }
}

#[derive(Default)]
struct Tree {
    names: BTreeSet<Rc<str>>,
    open: Vec<Element>,
    n_elements: usize,
    root: Option<Element>,
}

impl Tree {
    fn open(&mut self, start: &BytesStart) -> Result<(), Refused> {
        self.n_elements += 1;
        if self.open.len() >= DEEPEST {
            return Err(Refused::Deep);
        }
        if self.n_elements > MOST {
            return Err(Refused::Large);
        }
        let name = self.name(start.local_name().as_ref());
        let mut attributes = Vec::new();
        for attribute in start.attributes().flatten() {
            let key = attribute.key;
            if key.as_ref().starts_with("xmlns") {
                continue;
            }
            let value = quick_xml::escape::unescape(&attribute.value);
            let value = value.map_err(|_| Refused::Broken)?;
            attributes.push((self.name(key.local_name().as_ref()), value.into()));
        }
        self.open.push(Element {
            name,
            attributes,
            ..Element::default()
        });
        Ok(())
    }

    fn name(&mut self, name: &str) -> Rc<str> {
        match self.names.get(name) {
            Some(known) => known.clone(),
            None => {
                let name: Rc<str> = name.into();
                self.names.insert(name.clone());
                name
            }
        }
    }

    fn close(&mut self) {
        if let Some(done) = self.open.pop() {
            match self.open.last_mut() {
                Some(parent) => parent.children.push(done),
                None => self.root = self.root.take().or(Some(done)),
            }
        }
    }

    fn say(&mut self, text: &str) {
        if let Some(element) = self.open.last_mut()
            && SPOKEN.contains(&&*element.name)
        {
            element.text.push_str(text);
        }
    }

    fn finish(self) -> Result<Element, Refused> {
        match self.open.is_empty() {
            true => self.root.ok_or(Refused::Broken),
            false => Err(Refused::Cut),
        }
    }
}

/// Says what `&name;` stands for.
fn reference(name: &quick_xml::events::BytesRef) -> Result<String, Refused> {
    if let Some(c) = name.resolve_char_ref().map_err(|_| Refused::Broken)? {
        return Ok(c.to_string());
    }
    let known = quick_xml::escape::resolve_predefined_entity(name);
    known.map(str::to_owned).ok_or(Refused::Broken)
}

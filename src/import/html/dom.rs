//! HTML as a browser reads it, as a tree.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use html5ever::interface::{ElemName, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink as _};
use html5ever::{Attribute, LocalName, Namespace, ParseOpts, QualName, parse_document};

use crate::import::refusal::Refused;

/// The most nodes of a page.
const MOST: usize = 400_000;
/// How many elements may be open at once.
const TOWER: usize = 1_000;
/// The most bytes of a page, pictures in it among them.
const LARGEST: usize = 32 << 20;

/// A node, by its place in the tree.
pub(super) type Id = usize;

/// What a node is.
#[derive(Debug)]
pub(super) enum Kind {
    /// The page, a remark, or what has no meaning here.
    Other,
    /// An element.
    Element {
        name: Rc<QualName>,
        attributes: Vec<(String, String)>,
    },
    /// Words.
    Text(String),
}

#[derive(Debug)]
struct Node {
    kind: Kind,
    parent: Option<Id>,
    children: Vec<Id>,
}

/// A page.
#[derive(Debug)]
pub(super) struct Page {
    nodes: Vec<Node>,
}

impl Page {
    /// Reads a page.
    ///
    /// # Errors
    /// Where it is larger than any page.
    pub fn read(text: &str) -> Result<Self, Refused> {
        if text.len() > LARGEST {
            return Err(Refused::Large);
        }
        if is_tower(text) {
            return Err(Refused::Deep);
        }
        let sink = Sink::default();
        let parser = parse_document(sink, ParseOpts::default());
        let sink = parser.one(StrTendril::from(text));
        let nodes = sink.nodes.into_inner();
        match sink.is_full.get() {
            true => Err(Refused::Large),
            false => Ok(Self { nodes }),
        }
    }

    /// Returns the page itself.
    pub fn root(&self) -> Id {
        0
    }

    pub fn children(&self, id: Id) -> &[Id] {
        &self.nodes[id].children
    }

    /// Returns the words of a text.
    pub fn text(&self, id: Id) -> Option<&str> {
        match &self.nodes[id].kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the name of an element.
    pub fn name(&self, id: Id) -> Option<&str> {
        match &self.nodes[id].kind {
            Kind::Element { name, .. } => Some(&name.local),
            _ => None,
        }
    }

    /// Returns an attribute of an element.
    pub fn get(&self, id: Id, key: &str) -> Option<&str> {
        let Kind::Element { attributes, .. } = &self.nodes[id].kind else {
            return None;
        };
        let found = attributes.iter().find(|(it, _)| it == key);
        found.map(|(_, value)| value.as_str())
    }

    /// Returns a part of the `style` of an element, in small letters.
    pub fn style(&self, id: Id, key: &str) -> Option<String> {
        let style = self.get(id, "style")?;
        let parts = style.rsplit(';').filter_map(|it| it.split_once(':'));
        let found = { parts }.find(|(it, _)| it.trim().eq_ignore_ascii_case(key));
        found.map(|(_, value)| {
            value
                .trim()
                .trim_end_matches("!important")
                .trim()
                .to_lowercase()
        })
    }

    /// Returns all words below a node.
    pub fn words(&self, id: Id) -> String {
        let mut text = String::new();
        let mut rest = vec![id];
        while let Some(id) = rest.pop() {
            if let Some(own) = self.text(id) {
                text.push_str(own);
            }
            if !matches!(self.name(id), Some("script" | "style")) {
                rest.extend(self.children(id).iter().rev());
            }
        }
        text
    }

    /// Finds the first element of which `is` is true.
    pub fn find(&self, is: impl Fn(&Self, Id) -> bool) -> Option<Id> {
        let mut rest = vec![self.root()];
        while let Some(id) = rest.pop() {
            if is(self, id) {
                return Some(id);
            }
            rest.extend(self.children(id).iter().rev());
        }
        None
    }
}

/// Tells whether elements lie in each other without end: the parser looks through all that are open
/// at each tag.
fn is_tower(text: &str) -> bool {
    // Those that end by themselves.
    let short = [
        "br", "img", "hr", "input", "meta", "link", "col", "wbr", "source", "area", "p", "li",
        "td", "tr", "th", "dd", "dt", "option",
    ];
    let mut depth = 0_usize;
    for part in text.split('<').skip(1) {
        let end = part.find(|c: char| !c.is_ascii_alphanumeric());
        let name = part[..end.unwrap_or(part.len())].to_ascii_lowercase();
        let closes_itself = part.split('>').next().is_some_and(|tag| tag.ends_with('/'));
        if part.starts_with('/') {
            depth = depth.saturating_sub(1);
        } else if !name.is_empty() && !short.contains(&&*name) && !closes_itself {
            depth += 1;
        }
        if depth > TOWER {
            return true;
        }
    }
    false
}

/// Builds the tree.
struct Sink {
    nodes: RefCell<Vec<Node>>,
    is_full: Cell<bool>,
}

impl Default for Sink {
    fn default() -> Self {
        let root = Node {
            kind: Kind::Other,
            parent: None,
            children: Vec::new(),
        };
        Self {
            nodes: RefCell::new(vec![root]),
            is_full: Cell::new(false),
        }
    }
}

/// The name of an element, held while the parser looks at it.
#[derive(Debug)]
pub(super) struct Name(Rc<QualName>);

impl ElemName for Name {
    fn ns(&self) -> &Namespace {
        &self.0.ns
    }

    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}

impl Sink {
    fn add(&self, kind: Kind) -> Id {
        let mut nodes = self.nodes.borrow_mut();
        if nodes.len() > MOST {
            self.is_full.set(true);
        }
        nodes.push(Node {
            kind,
            parent: None,
            children: Vec::new(),
        });
        nodes.len() - 1
    }

    /// Puts a node or words at the place `at` among the children of `parent`.
    fn put(&self, parent: Id, at: usize, child: NodeOrText<Id>) {
        let child = match child {
            NodeOrText::AppendNode(child) => {
                self.remove(child);
                child
            }
            NodeOrText::AppendText(text) => {
                let before = at
                    .checked_sub(1)
                    .map(|at| self.nodes.borrow()[parent].children[at]);
                if let Some(before) = before
                    && let Kind::Text(words) = &mut self.nodes.borrow_mut()[before].kind
                {
                    words.push_str(&text);
                    return;
                }
                self.add(Kind::Text(text.to_string()))
            }
        };
        // Beyond the bound the page is refused; its tree need not be whole.
        if self.is_full.get() {
            return;
        }
        let mut nodes = self.nodes.borrow_mut();
        nodes[child].parent = Some(parent);
        let at = at.min(nodes[parent].children.len());
        nodes[parent].children.insert(at, child);
    }

    fn remove(&self, child: Id) {
        let mut nodes = self.nodes.borrow_mut();
        if let Some(parent) = nodes[child].parent.take() {
            nodes[parent].children.retain(|it| *it != child);
        }
    }
}

impl TreeSink for Sink {
    type Handle = Id;
    type Output = Self;
    type ElemName<'a> = Name;

    fn finish(self) -> Self {
        self
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Id {
        0
    }

    fn elem_name<'a>(&'a self, target: &'a Id) -> Name {
        match &self.nodes.borrow()[*target].kind {
            Kind::Element { name, .. } => Name(name.clone()),
            _ => Name(Rc::new(QualName::new(
                None,
                Namespace::default(),
                LocalName::default(),
            ))),
        }
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, _: ElementFlags) -> Id {
        let attributes = attrs
            .into_iter()
            .map(|it| (it.name.local.to_string(), it.value.to_string()));
        self.add(Kind::Element {
            name: Rc::new(name),
            attributes: attributes.collect(),
        })
    }

    fn create_comment(&self, _: StrTendril) -> Id {
        self.add(Kind::Other)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Id {
        self.add(Kind::Other)
    }

    fn append(&self, parent: &Id, child: NodeOrText<Id>) {
        let at = self.nodes.borrow()[*parent].children.len();
        self.put(*parent, at, child);
    }

    fn append_based_on_parent_node(&self, element: &Id, before: &Id, child: NodeOrText<Id>) {
        let has_parent = self.nodes.borrow()[*element].parent.is_some();
        match has_parent {
            true => self.append_before_sibling(element, child),
            false => self.append(before, child),
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Id) -> Id {
        *target
    }

    fn same_node(&self, x: &Id, y: &Id) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Id, child: NodeOrText<Id>) {
        if let NodeOrText::AppendNode(child) = &child {
            self.remove(*child);
        }
        let parent = self.nodes.borrow()[*sibling].parent;
        if let Some(parent) = parent {
            let at = {
                let nodes = self.nodes.borrow();
                nodes[parent].children.iter().position(|it| it == sibling)
            };
            self.put(parent, at.unwrap_or(usize::MAX), child);
        }
    }

    fn add_attrs_if_missing(&self, target: &Id, attrs: Vec<Attribute>) {
        if let Kind::Element { attributes, .. } = &mut self.nodes.borrow_mut()[*target].kind {
            for attr in attrs {
                let key = attr.name.local.to_string();
                if !attributes.iter().any(|(it, _)| *it == key) {
                    attributes.push((key, attr.value.to_string()));
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &Id) {
        self.remove(*target);
    }

    fn reparent_children(&self, node: &Id, parent: &Id) {
        let children = std::mem::take(&mut self.nodes.borrow_mut()[*node].children);
        let mut nodes = self.nodes.borrow_mut();
        for child in &children {
            nodes[*child].parent = Some(*parent);
        }
        nodes[*parent].children.extend(children);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_read_as_browsers_read_it() {
        let page = Page::read("<p>一<p>二<table><tr><td>格<b>重<i>斜</b>后").expect("it is small");
        let n = |name: &str| {
            (0..page.nodes.len())
                .filter(|id| page.name(*id) == Some(name))
                .count()
        };
        assert_eq!((n("p"), n("tbody"), n("td")), (2, 1, 1));
        assert_eq!(page.words(page.root()), "一二格重斜后");
    }
}

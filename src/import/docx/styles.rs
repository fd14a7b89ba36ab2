//! Styles: what a paragraph and its words look like where nothing is said of them.

use std::collections::BTreeMap;

use crate::import::model::{Align, Height, Role};
use crate::import::xml::Element;

/// How many styles may stand on each other.
const DEEPEST: usize = 24;

/// The looks of words, as far as something is said of each.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    pub bold: Option<bool>,
    pub italic: Option<bool>,
    pub struck: Option<bool>,
    pub underlined: Option<bool>,
    /// Hidden.
    pub hidden: Option<bool>,
    /// In points.
    pub size: Option<f32>,
    /// Six hexadecimal digits, or `auto`.
    pub colour: Option<String>,
    /// Whether the colour was given to the words themselves.
    pub own_colour: bool,
    /// Whether something lies behind them.
    pub shaded: Option<bool>,
    pub height: Option<Height>,
    /// The font of Latin letters and signs.
    pub font: Option<String>,
}

/// The looks of a paragraph, as far as something is said of each.
#[derive(Debug, Clone, Default)]
pub(super) struct Looks {
    pub align: Option<Align>,
    /// From 0; 9 is plain text.
    pub outline: Option<u8>,
    /// The list; 0 is none.
    pub list: Option<u32>,
    pub level: Option<u8>,
    /// In points.
    pub indent: Option<f32>,
    pub shaded: Option<bool>,
    pub role: Option<Role>,
    /// How deep its style's list lies in others, by the style's name.
    pub depth: Option<u8>,
    pub words: Words,
}

/// All styles.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: BTreeMap<String, Style>,
    default: Option<String>,
    basic: Looks,
}

#[derive(Debug)]
struct Style {
    based_on: Option<String>,
    looks: Looks,
}

impl Styles {
    /// Reads the part.
    pub fn read(part: &Element) -> Self {
        let mut styles = Self::default();
        if let Some(basic) = part.child("docDefaults") {
            styles.basic.words = words(basic.find("rPr"));
            let words = std::mem::take(&mut styles.basic.words);
            styles.basic = Looks {
                words,
                ..looks(basic.find("pPr"))
            };
        }
        for style in part.children.iter().filter(|it| &*it.name == "style") {
            let Some(id) = style.get("styleId") else {
                continue;
            };
            let is_paragraph = style.get("type") == Some("paragraph");
            let is_default = matches!(style.get("default"), Some("1" | "true"));
            if is_paragraph && is_default {
                styles.default = Some(id.to_owned());
            }
            let mut looks = looks(style.child("pPr"));
            looks.words = words(style.child("rPr"));
            looks.role = style.value("name").and_then(role);
            looks.depth = style.value("name").and_then(depth);
            let based_on = style.value("basedOn").map(str::to_owned);
            styles
                .by_id
                .insert(id.to_owned(), Style { based_on, looks });
        }
        styles
    }

    /// Returns what the style `id`, or the usual one, says, and the styles that it stands on, the
    /// nearest first.
    pub fn paragraph(&self, id: Option<&str>) -> (Looks, Vec<String>) {
        let id = id.filter(|id| self.by_id.contains_key(*id));
        let id = id.or(self.default.as_deref());
        let chain = self.chain(id);
        let mut looks = Looks::default();
        for id in &chain {
            looks.fill(&self.by_id[id].looks);
        }
        looks.fill(&self.basic);
        (looks, chain)
    }

    /// Returns what the style `id` of words says.
    pub fn words(&self, id: &str) -> Words {
        let mut words = Words::default();
        for id in self.chain(Some(id)) {
            words.fill(&self.by_id[&id].looks.words);
        }
        words
    }

    fn chain(&self, id: Option<&str>) -> Vec<String> {
        let mut chain: Vec<String> = Vec::new();
        let mut next = id.map(str::to_owned);
        while let Some(id) = next.filter(|_| chain.len() < DEEPEST) {
            let Some(style) = self.by_id.get(&id) else {
                break;
            };
            next = style.based_on.clone();
            chain.push(id);
        }
        chain
    }
}

impl Looks {
    /// Takes from `other` what nothing is said of.
    pub fn fill(&mut self, other: &Self) {
        self.align = self.align.or(other.align);
        self.outline = self.outline.or(other.outline);
        self.level = match self.list {
            Some(_) => self.level,
            None => self.level.or(other.level),
        };
        self.list = self.list.or(other.list);
        self.indent = self.indent.or(other.indent);
        self.shaded = self.shaded.or(other.shaded);
        self.role = self.role.or(other.role);
        self.depth = self.depth.or(other.depth);
        self.words.fill(&other.words);
    }
}

impl Words {
    /// Takes from `other` what nothing is said of.
    pub fn fill(&mut self, other: &Self) {
        self.bold = self.bold.or(other.bold);
        self.italic = self.italic.or(other.italic);
        self.struck = self.struck.or(other.struck);
        self.underlined = self.underlined.or(other.underlined);
        self.hidden = self.hidden.or(other.hidden);
        self.size = self.size.or(other.size);
        self.shaded = self.shaded.or(other.shaded);
        self.height = self.height.or(other.height);
        self.colour = self.colour.take().or_else(|| other.colour.clone());
        self.font = self.font.take().or_else(|| other.font.clone());
    }
}

/// Knows a style by its name, which is the same in every language of the program; WPS gives ids like
/// `2`.
fn role(name: &str) -> Option<Role> {
    let name = name.trim().to_lowercase();
    let heading = ["heading ", "heading", "标题 "].into_iter();
    let level = heading.filter_map(|it| name.strip_prefix(it)?.trim().parse().ok());
    if let Some(level @ 1..=9) = { level }.next() {
        return Some(Role::Heading(level));
    }
    Some(match name.as_str() {
        "title" | "标题" => Role::Title,
        "caption" | "题注" => Role::Caption,
        "quote" | "intense quote" | "quotations" | "block text" | "引用" | "明显引用" => {
            Role::Quote
        }
        "preformatted text" | "html preformatted" => Role::Code,
        "normal" | "正文" => Role::Body,
        _ => return None,
    })
}

/// Knows how deep a list of a style lies in others: `List Bullet 2` in one.
fn depth(name: &str) -> Option<u8> {
    let name = name.trim().to_lowercase();
    let kinds = ["list bullet ", "list number ", "列表项目符号 ", "列表编号 "].into_iter();
    let nth = { kinds }.find_map(|kind| name.strip_prefix(kind)?.trim().parse::<u8>().ok());
    nth.filter(|nth| (2..=5).contains(nth)).map(|nth| nth - 1)
}

/// Reads `w:rPr`.
pub(super) fn words(part: Option<&Element>) -> Words {
    let Some(part) = part else {
        return Words::default();
    };
    let shaded = part.child("shd").map(is_shaded);
    let marked = part.value("highlight").map(|it| it != "none");
    let fonts = part.child("rFonts");
    let font = fonts.and_then(|it| it.get("ascii").or_else(|| it.get("hAnsi")));
    Words {
        // Dots below characters are how Chinese stresses.
        bold: dotted(part).or_else(|| part.flag("b")),
        italic: part.flag("i"),
        struck: part.flag("strike").or_else(|| part.flag("dstrike")),
        underlined: part.child("u").map(|it| it.get("val") != Some("none")),
        hidden: part.flag("vanish").or_else(|| part.flag("webHidden")),
        size: half_points(part.value("sz").or_else(|| part.value("szCs"))),
        colour: part.value("color").map(str::to_owned),
        own_colour: false,
        shaded: marked.filter(|it| *it).or(shaded),
        height: part.value("vertAlign").map(|it| match it {
            "superscript" => Height::Raised,
            "subscript" => Height::Lowered,
            _ => Height::Line,
        }),
        font: font.map(str::to_owned),
    }
}

fn dotted(part: &Element) -> Option<bool> {
    part.value("em").filter(|it| *it != "none").map(|_| true)
}

fn is_shaded(shade: &Element) -> bool {
    let is_colour = |it: &str| !matches!(it, "auto" | "" | "FFFFFF" | "ffffff");
    shade.get("fill").is_some_and(is_colour) || shade.get("val").is_some_and(|it| it == "solid")
}

fn half_points(text: Option<&str>) -> Option<f32> {
    text?.trim().parse::<f32>().ok().map(|it| it / 2.0)
}

/// Reads `w:pPr`, but for the looks of words.
pub(super) fn looks(part: Option<&Element>) -> Looks {
    let Some(part) = part else {
        return Looks::default();
    };
    let list = part.child("numPr");
    let indent = part.child("ind").and_then(|it| {
        let left = ["left", "start"]
            .iter()
            .find_map(|name| it.number::<f32>(name));
        let chars = ["leftChars", "startChars"].iter();
        let chars = { chars }
            .find_map(|name| it.number::<f32>(name))
            .map(|it| it * 2.1);
        left.map(|it| it / 20.0).or(chars)
    });
    Looks {
        align: part.value("jc").map(|it| match it {
            "center" => Align::Centre,
            "right" | "end" => Align::Right,
            _ => Align::Left,
        }),
        outline: part.child("outlineLvl").and_then(|it| it.number("val")),
        list: list.map(|it| {
            it.child("numId")
                .and_then(|it| it.number("val"))
                .unwrap_or(u32::MAX)
        }),
        level: list.and_then(|it| it.child("ilvl")?.number("val")),
        indent,
        shaded: part.child("shd").map(is_shaded),
        role: None,
        depth: None,
        words: Words::default(),
    }
    .without_empty_list()
}

impl Looks {
    /// A list of which only the level is given has its number from the style below.
    fn without_empty_list(mut self) -> Self {
        self.list = self.list.filter(|it| *it != u32::MAX);
        self
    }
}

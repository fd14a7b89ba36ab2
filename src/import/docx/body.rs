//! The walk through a document's text, block by block.

use super::styles::{self, Looks};
use super::walk::Walk;
use super::{inlines, spoken};
use crate::diag::words;
use crate::import::losses::{Place, counted, listed, near, quoted};
use crate::import::model::{Block, Doc, Paragraph, Role};
use crate::import::refusal::Refused;
use crate::import::xml::{self, Element};

/// How many pieces of text and blocks a document may have.
const MOST: usize = 400_000;

impl<'s> Walk<'s> {
    /// Reads blocks.
    pub fn blocks(&mut self, children: &'s [Element]) -> Result<Vec<Block>, Refused> {
        let mut blocks = Vec::new();
        for child in children {
            match &*child.name {
                "p" => blocks.extend(self.paragraph(child)?),
                "tbl" => blocks.extend(self.table(child)?),
                "sdt" => blocks.extend(self.control(child)?),
                "ins" | "moveTo" => {
                    self.n_added += 1;
                    blocks.extend(self.blocks(&child.children)?);
                }
                "customXml" | "smartTag" | "sdtContent" => {
                    blocks.extend(self.blocks(&child.children)?);
                }
                // What is moved away stands elsewhere.
                "del" => self.deleted(child),
                "AlternateContent" => {
                    if let Some(chosen) = xml::chosen(child) {
                        blocks.extend(self.blocks(&chosen.children)?);
                    }
                }
                "oMathPara" | "oMath" => {
                    let mut paragraph = Paragraph {
                        place: self.place.clone(),
                        ..Paragraph::default()
                    };
                    self.formula(child, &mut paragraph);
                    blocks.push(Block::Paragraph(paragraph));
                }
                "altChunk" => {
                    let place = self.place.clone();
                    self.doc.losses.lost(words("import-chunk"), &place);
                }
                _ => {}
            }
        }
        match self.n_paragraphs > MOST {
            true => Err(Refused::Large),
            false => Ok(blocks),
        }
    }

    /// Reads a content control: its content, unless it only shows what is to be typed.
    fn control(&mut self, control: &'s Element) -> Result<Vec<Block>, Refused> {
        let Some(content) = control.child("sdtContent") else {
            return Ok(Vec::new());
        };
        if self.is_left_out(control) {
            return Ok(Vec::new());
        }
        self.blocks(&content.children)
    }

    fn paragraph(&mut self, element: &'s Element) -> Result<Vec<Block>, Refused> {
        self.n_paragraphs += 1;
        if self.depth == 0 {
            self.n_counted += 1;
            self.place = Place::Paragraph(self.n_counted, near(&spoken(element)));
        }
        let properties = element.child("pPr");
        let (looks, chain) = self.looks(properties);
        let mut paragraph = Paragraph {
            place: self.place.clone(),
            align: looks.align.unwrap_or_default(),
            indent: looks.indent.unwrap_or(0.0),
            role: role(&looks),
            pieces: std::mem::take(&mut self.carried),
            ..Paragraph::default()
        };
        let is_shaded = self.is_shaded;
        self.is_shaded |= looks.shaded == Some(true);
        inlines::walk(self, &element.children, &looks.words, &mut paragraph)?;
        self.is_shaded = is_shaded;
        self.settle_pages(&mut paragraph);
        let boxes = self.boxes()?;
        let end = properties.and_then(|it| it.child("rPr"));
        let end_deleted =
            end.is_some_and(|it| it.child("del").is_some() || it.child("moveFrom").is_some());
        if end_deleted {
            self.carried = paragraph.pieces;
            return Ok(boxes);
        }
        if let Some(list) = looks.list.filter(|list| *list > 0) {
            let level = looks.level.or_else(|| self.numbers.level_of(list, &chain));
            let mark = self.numbers.next(list, level.unwrap_or(0));
            paragraph.mark = mark.filter(|mark| mark.is_bullet || !mark.text.is_empty());
            // Each depth of Word's own styles is a list by itself.
            if let Some((mark, depth)) = paragraph.mark.as_mut().zip(looks.depth) {
                mark.level = mark.level.max(depth);
            }
        }
        if paragraph.role == Role::Body && is_contents(&chain) && is_led(&paragraph) {
            self.doc
                .losses
                .left_out(words("import-contents"), &paragraph.place);
            return Ok(boxes);
        }
        let mut blocks = vec![Block::Paragraph(paragraph)];
        if has_line(element) {
            blocks.push(Block::Rule);
        }
        blocks.extend(boxes);
        Ok(blocks)
    }

    /// Reads what the boxes beside a paragraph hold; it follows the paragraph.
    fn boxes(&mut self) -> Result<Vec<Block>, Refused> {
        let mut all = Vec::new();
        for content in std::mem::take(&mut self.boxes) {
            let place = self.place.clone();
            let (depth, shaded) = (self.depth, self.is_shaded);
            // The ground of a box is its own affair.
            (self.depth, self.is_shaded) = (depth + 1, true);
            let blocks = self.blocks(&content.children)?;
            (self.depth, self.is_shaded) = (depth, shaded);
            self.place = place.clone();
            let first = blocks.iter().find_map(|block| match block {
                Block::Paragraph(it) if !it.is_empty() => Some(it.words()),
                _ => None,
            });
            if let Some(first) = first {
                let what = quoted("import-box", &first);
                self.doc.losses.changed(what, &place);
            }
            all.extend(blocks);
        }
        Ok(all)
    }

    /// Returns how a paragraph looks, and the styles that it stands on.
    fn looks(&self, properties: Option<&Element>) -> (Looks, Vec<String>) {
        let style = properties.and_then(|it| it.value("pStyle"));
        let (own, chain) = self.source.styles.paragraph(style);
        let mut looks = styles::looks(properties);
        // A level alone changes that of the style's list.
        let level = looks.level;
        looks.fill(&own);
        looks.level = level.or(looks.level);
        (looks, chain)
    }

    /// Returns what is left over when the text is over.
    pub fn last(&mut self) -> Option<Block> {
        let pieces = std::mem::take(&mut self.carried);
        (!pieces.is_empty()).then(|| {
            Block::Paragraph(Paragraph {
                place: self.place.clone(),
                pieces,
                ..Paragraph::default()
            })
        })
    }

    /// Ends the walk: reads the notes, and lists what is told once.
    pub fn finish(mut self, blocks: Vec<Block>) -> Result<(Doc, Vec<(usize, String)>), Refused> {
        self.doc.blocks = blocks;
        self.is_note = true;
        self.depth = 1;
        for (is_end, id) in std::mem::take(&mut self.notes) {
            let part = match is_end {
                true => &self.source.endnotes,
                false => &self.source.footnotes,
            };
            let notes = part.as_ref().map_or(&[][..], |part| &part.children);
            let note = notes.iter().find(|it| it.get("id") == Some(&id));
            self.place = Place::Part("import-at-notes");
            let blocks = note.map_or(Ok(Vec::new()), |note| self.blocks(&note.children))?;
            self.doc.notes.push(blocks);
        }
        if self.n_added > 0 {
            let added = counted("import-added", self.n_added);
            self.doc.losses.changed(added, &Place::Whole);
        }
        if !self.numbers.unknown.is_empty() {
            let unknown = listed("import-number-forms", &self.numbers.unknown);
            self.doc.losses.changed(unknown, &Place::Whole);
        }
        Ok((self.doc, self.wanted))
    }
}

fn role(looks: &Looks) -> Role {
    match (looks.role, looks.outline) {
        (Some(role), _) if role != Role::Body => role,
        (_, Some(level)) if level < 9 => Role::Heading(level + 1),
        _ => Role::Body,
    }
}

/// Tells whether a paragraph has a style of a list of contents.
fn is_contents(chain: &[String]) -> bool {
    chain
        .iter()
        .take(1)
        .any(|id| id.to_uppercase().starts_with("TOC"))
}

/// Tells whether dots or a blank lead to a page's number at the end.
fn is_led(paragraph: &Paragraph) -> bool {
    paragraph
        .text()
        .trim_end()
        .ends_with(|c: char| c.is_ascii_digit())
}

/// Tells whether a paragraph is a line across the page.
fn has_line(element: &Element) -> bool {
    let mut has = false;
    element.each(&mut |it| {
        has |= matches!(it.get("hr"), Some("t" | "true" | "1"));
        !has && &*it.name != "txbxContent"
    });
    has
}

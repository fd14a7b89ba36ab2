//! What of a page's text a poster shows.

use super::pictures::Pictures;
use crate::site::markdown::{Block, BlockKind, Document, Inline, InlineKind};
use crate::site::{Page, PosterWish, Site};

/// Returns the part of the text that the poster shows, its images pointing into the layouts'
/// world, and the pictures that they show.
///
/// Raw HTML is left out, which `site` has said already; an image that is not there becomes its
/// words.
pub(crate) fn poster_part(site: &Site, page: &Page, wish: &PosterWish) -> (Document, Pictures) {
    let mut body = Document::clone(&page.body);
    if let Some(part) = &wish.part {
        let inside = |block: &Block| part.start <= block.range.start && block.range.end <= part.end;
        body.blocks.retain(inside);
    }
    prepared(site, page, body)
}

/// Returns the whole text in the same way.
pub(super) fn whole_text(site: &Site, page: &Page) -> (Document, Pictures) {
    prepared(site, page, Document::clone(&page.body))
}

fn prepared(site: &Site, page: &Page, mut body: Document) -> (Document, Pictures) {
    let mut pictures = Pictures::default();
    keep_cited(&mut body);
    let footnotes = body.footnotes.iter_mut().map(|note| &mut note.blocks);
    for blocks in std::iter::once(&mut body.blocks).chain(footnotes) {
        drop_html(blocks);
        for_each_run(blocks, &mut |run| {
            run.retain(|inline| !matches!(inline.kind, InlineKind::Html { .. }));
            for inline in run.iter_mut() {
                point_image(site, page, inline, &mut pictures);
            }
            drop_indents(run);
        });
        lift_pictures(blocks);
    }
    (body, pictures)
}

/// Keeps the footnotes that the text cites, or one of them another, and numbers them anew in the
/// order in which the sheet cites them: of a part the first may be the page's third.
fn keep_cited(body: &mut Document) {
    let written = std::mem::take(&mut body.footnotes);
    let mut order = Vec::new();
    for_each_run(&mut body.blocks, &mut |run| cite(run, &mut order));
    while let Some(number) = order.get(body.footnotes.len()) {
        let Some(note) = number.checked_sub(1).and_then(|at| written.get(at)) else {
            break;
        };
        let mut note = note.clone();
        for_each_run(&mut note.blocks, &mut |run| cite(run, &mut order));
        body.footnotes.push(note);
    }
    renumber(&mut body.blocks, &order);
    for note in &mut body.footnotes {
        renumber(&mut note.blocks, &order);
    }
}

/// Adds to `order` the page's numbers of the footnotes that `run` cites and it does not hold yet.
fn cite(run: &[Inline], order: &mut Vec<usize>) {
    for inline in run {
        match &inline.kind {
            InlineKind::FootnoteMark { number, .. } if !order.contains(number) => {
                order.push(*number);
            }
            InlineKind::Emphasis { inlines }
            | InlineKind::Strong { inlines }
            | InlineKind::Strikethrough { inlines }
            | InlineKind::Link { inlines, .. } => cite(inlines, order),
            _ => {}
        }
    }
}

/// Gives every mark the place of its footnote in `order`, from 1.
fn renumber(blocks: &mut [Block], order: &[usize]) {
    for_each_run(blocks, &mut |run| {
        for inline in run {
            if let InlineKind::FootnoteMark { number, .. } = &mut inline.kind {
                let place = order.iter().position(|it| it == number);
                *number = place.map_or(0, |place| place + 1);
            }
        }
    });
}

fn point_image(site: &Site, page: &Page, inline: &mut Inline, pictures: &mut Pictures) {
    let InlineKind::Image { target, alt, .. } = &mut inline.kind else {
        return;
    };
    let file = page.images.get(target.as_str());
    match file.and_then(|path| pictures.add(site, path)) {
        Some(path) => *target = path,
        None => {
            let text = std::mem::take(alt);
            inline.kind = InlineKind::Text { text };
        }
    }
}

/// Drops the blanks with which a line begins: where lines begin is for the layout to say, alike for
/// all. Writers of Chinese type two wide ones before each paragraph.
fn drop_indents(run: &mut Vec<Inline>) {
    let mut begins = true;
    run.retain_mut(|inline| {
        let was_begin =
            std::mem::replace(&mut begins, matches!(inline.kind, InlineKind::LineBreak));
        let InlineKind::Text { text } = &mut inline.kind else {
            return true;
        };
        if was_begin {
            *text = text.trim_start().to_owned();
            begins = text.is_empty();
        }
        !text.is_empty()
    });
}

/// Gives photos that stand in a line of text a paragraph of their own: in the line they would be no
/// larger than a letter. Drawings may be signs among the words.
fn lift_pictures(blocks: &mut Vec<Block>) {
    for block in std::mem::take(blocks) {
        let mut block = block;
        for inner in inner_blocks(&mut block.kind) {
            lift_pictures(inner);
        }
        let range = block.range.clone();
        match block.kind {
            BlockKind::Paragraph { inlines } => {
                let parts = parted(inlines).into_iter();
                blocks.extend(parts.map(|inlines| Block {
                    kind: BlockKind::Paragraph { inlines },
                    range: range.clone(),
                }));
            }
            _ => blocks.push(block),
        }
    }
}

/// Parts a paragraph's inlines into those before, of and after each photo.
fn parted(inlines: Vec<Inline>) -> Vec<Vec<Inline>> {
    let is_alone = inlines.len() == 1;
    let mut parts: Vec<Vec<Inline>> = vec![Vec::new()];
    for inline in inlines {
        match picture(&inline).cloned() {
            Some(found) if is_alone || is_photo(&found) => {
                parts.extend([vec![found], Vec::new()]);
            }
            _ => parts.last_mut().expect("it has one").push(inline),
        }
    }
    for part in &mut parts {
        while let Some(InlineKind::LineBreak) = part.last().map(|it| &it.kind) {
            part.pop();
        }
        while let Some(InlineKind::LineBreak) = part.first().map(|it| &it.kind) {
            part.remove(0);
        }
        drop_indents(part);
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// Returns the image that `inline` is, also where it is linked or emphasised.
fn picture(inline: &Inline) -> Option<&Inline> {
    match &inline.kind {
        InlineKind::Image { .. } => Some(inline),
        InlineKind::Link { inlines, .. }
        | InlineKind::Strong { inlines }
        | InlineKind::Emphasis { inlines } => match inlines.as_slice() {
            [only] => picture(only),
            _ => None,
        },
        _ => None,
    }
}

fn is_photo(inline: &Inline) -> bool {
    let InlineKind::Image { target, .. } = &inline.kind else {
        return false;
    };
    let ending = target.rsplit('.').next().unwrap_or_default();
    !ending.eq_ignore_ascii_case("svg")
}

fn drop_html(blocks: &mut Vec<Block>) {
    blocks.retain(|block| !matches!(block.kind, BlockKind::Html { .. }));
    for block in blocks {
        for inner in inner_blocks(&mut block.kind) {
            drop_html(inner);
        }
    }
}

/// Returns the lists of blocks directly within a block.
fn inner_blocks(kind: &mut BlockKind) -> Vec<&mut Vec<Block>> {
    match kind {
        BlockKind::List { items, .. } => items.iter_mut().map(|item| &mut item.blocks).collect(),
        BlockKind::Quote { blocks }
        | BlockKind::Alert { blocks, .. }
        | BlockKind::Directive { blocks, .. } => vec![blocks],
        BlockKind::Definitions { entries } => entries
            .iter_mut()
            .flat_map(|entry| &mut entry.definitions)
            .collect(),
        _ => Vec::new(),
    }
}

/// Calls `visit` with every run of inlines, outer ones first.
fn for_each_run(blocks: &mut [Block], visit: &mut dyn FnMut(&mut Vec<Inline>)) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Heading { inlines, .. } | BlockKind::Paragraph { inlines } => {
                visit_run(inlines, visit);
            }
            BlockKind::Table { head, rows, .. } => {
                for cell in head.iter_mut().chain(rows.iter_mut().flatten()) {
                    visit_run(cell, visit);
                }
            }
            BlockKind::Definitions { entries } => {
                for entry in entries {
                    visit_run(&mut entry.term, visit);
                }
            }
            _ => {}
        }
        for inner in inner_blocks(&mut block.kind) {
            for_each_run(inner, visit);
        }
    }
}

fn visit_run(run: &mut Vec<Inline>, visit: &mut dyn FnMut(&mut Vec<Inline>)) {
    visit(run);
    for inline in run {
        match &mut inline.kind {
            InlineKind::Emphasis { inlines }
            | InlineKind::Strong { inlines }
            | InlineKind::Strikethrough { inlines }
            | InlineKind::Link { inlines, .. } => visit_run(inlines, visit),
            _ => {}
        }
    }
}

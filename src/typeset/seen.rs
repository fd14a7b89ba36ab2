//! What is seen of a page's text: characters that only say where lines may break are gone.
//!
//! Layouts bind words and figures with joiners (U+2060) and let addresses break at zero-width
//! blanks (U+200B). Both have done their work once the lines are set. Left in, they would be copied
//! out of the PDF with an address that then leads nowhere, and no search would find a date.

use typst::layout::{Em, Frame, FrameItem};
use typst::model::Document;
use typst::text::{Glyph, TextItem};
use typst_layout::{Page, PagedDocument};

/// The characters that nobody sees.
const UNSEEN: [char; 2] = ['\u{200b}', '\u{2060}'];

/// Returns `document` without the characters that nobody sees.
pub(super) fn seen(document: PagedDocument) -> PagedDocument {
    let frames: Vec<_> = (document.pages().iter())
        .map(|page| seen_frame(&page.frame))
        .collect();
    if frames.iter().all(Option::is_none) {
        return document;
    }
    let pages = document.pages().iter().zip(frames);
    let pages = pages.map(|(page, frame)| Page {
        frame: frame.unwrap_or_else(|| page.frame.clone()),
        ..page.clone()
    });
    PagedDocument::new(pages.collect(), document.info().clone())
}

/// Returns `text` without the characters that nobody sees.
pub(super) fn seen_text(text: &str) -> String {
    text.replace(UNSEEN, "")
}

/// Returns `frame` with the text that is seen; `None` where that is all of it.
fn seen_frame(frame: &Frame) -> Option<Frame> {
    let change = |item: &FrameItem| match item {
        FrameItem::Group(group) => {
            let inner = seen_frame(&group.frame)?;
            let mut group = group.clone();
            group.frame = inner;
            Some(FrameItem::Group(group))
        }
        FrameItem::Text(run) => seen_run(run).map(FrameItem::Text),
        _ => None,
    };
    let changes: Vec<_> = frame.items().map(|(_, item)| change(item)).collect();
    if changes.iter().all(Option::is_none) {
        return None;
    }
    let mut changed = Frame::new(frame.size(), frame.kind());
    if frame.has_baseline() {
        changed.set_baseline(frame.baseline());
    }
    for ((at, item), change) in frame.items().zip(changes) {
        changed.push(*at, change.unwrap_or_else(|| item.clone()));
    }
    Some(changed)
}

fn seen_run(run: &TextItem) -> Option<TextItem> {
    if !run.text.contains(UNSEEN) {
        return None;
    }
    let mut kept: Vec<Glyph> = Vec::with_capacity(run.glyphs.len());
    for glyph in &run.glyphs {
        if !seen_text(&run.text[glyph.range()]).is_empty() {
            kept.push(glyph.clone());
        } else if let Some(before) = kept.last_mut() {
            // Its width is nothing but what justification put there.
            before.x_advance += glyph.x_advance;
        } else if glyph.x_advance != Em::zero() {
            return None;
        }
    }
    for glyph in &mut kept {
        let place = |at: u16| {
            let before = &run.text[..usize::from(at)];
            u16::try_from(seen_text(before).len()).unwrap_or(at)
        };
        glyph.range = place(glyph.range.start)..place(glyph.range.end);
    }
    Some(TextItem {
        text: seen_text(&run.text).into(),
        glyphs: kept,
        ..run.clone()
    })
}

#[cfg(test)]
mod tests {
    use super::super::Files;
    use super::super::testing::engine;

    #[test]
    fn what_nobody_sees_is_gone_and_the_rest_stands_where_it_stood() {
        let text = "11\u{2060}月\u{2060}8\u{2060}日到shi.gov.cn/\u{200b}www.\u{200b}a。";
        let set = |text: &str| {
            let file = format!(
                "#set page(width: 200mm, height: 50mm)\n#set text(lang: \"zh\", \
                 font: \"Noto Sans SC\")\n#\"{text}\""
            );
            let set = engine().compile_own("/test.typ", &file, Vec::new(), &Files::new());
            set.unwrap_or_else(|failure| panic!("{failure:?}"))
        };
        let (bound, plain) = (set(text), set(&super::seen_text(text)));
        assert_eq!(bound.text(), plain.text());
        let drawn = |set: &super::super::Compiled| {
            let size = crate::site::Size::new(200.0, 50.0);
            let drawn = set.draw_part((0.0, 0.0), size, 2.0);
            drawn.unwrap_or_else(|failure| panic!("{failure:?}")).rgba
        };
        assert!(drawn(&bound) == drawn(&plain));
    }
}

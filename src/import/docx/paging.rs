//! Numbers of the paper's pages in the text: a web page has none.

use std::ops::Range;

use super::walk::Walk;
use crate::diag::words;
use crate::import::blanks::is_blank;
use crate::import::letters::{letters, take_out};
use crate::import::model::{Paragraph, Piece};

/// Stands in the text for a number that a field counts; no character that anybody writes.
pub(super) const PAGE: char = '\u{FDD0}';
/// What stands around such a number and means nothing without it.
const AROUND: &str = "第共总页/-—–―－_~～·.,，。、|（）()[]【】";
/// What ends a part of a sentence.
const STOPS: &str = "，、；,;";

impl Walk<'_> {
    /// Takes the numbers of pages out of a paragraph, with the words around that count pages: all of one
    /// that is nothing else, 第 3 页 of another.
    pub fn settle_pages(&mut self, paragraph: &mut Paragraph) {
        let text = letters(&paragraph.pieces);
        let is_marked = text.contains(&PAGE);
        if !is_marked && (self.depth > 0 || !is_typed(&text)) {
            return;
        }
        let gone: Vec<_> = match is_only(&text) {
            true => std::iter::once(0..text.len()).collect(),
            false => (0..text.len())
                .filter(|at| text[*at] == PAGE)
                .map(|at| around(&text, at))
                .collect(),
        };
        take_out(&mut paragraph.pieces, &gone);
        if !paragraph
            .pieces
            .iter()
            .any(|piece| !matches!(piece, Piece::Break))
        {
            paragraph.pieces.clear();
        }
        let place = self.place.clone();
        self.doc
            .losses
            .left_out(words("import-page-number"), &place);
    }
}

fn solid(text: &[char]) -> String {
    text.iter().filter(|c| !is_blank(**c)).collect()
}

/// Tells whether a line is a page's number that was typed: 第 1 页 共 3 页, — 2 —.
fn is_typed(text: &[char]) -> bool {
    let solid = solid(text);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let counted = |text: &str, sign: char| {
        let inner = text.strip_prefix(sign).and_then(|it| it.strip_suffix('页'));
        inner.is_some_and(digits)
    };
    let dashes = ['-', '—', '–', '－'];
    let inner = solid.strip_prefix(dashes);
    let inner = inner.and_then(|it| it.strip_suffix(dashes));
    let parts: Vec<&str> = solid.split_inclusive('页').collect();
    inner.is_some_and(digits)
        || match parts[..] {
            [one] => counted(one, '第'),
            [one, all] => {
                counted(one, '第') && counted(all.trim_start_matches(['，', ',', '/']), '共')
            }
            _ => false,
        }
}

/// Tells whether nothing else is said.
fn is_only(text: &[char]) -> bool {
    let rest = text
        .iter()
        .filter(|c| !(is_blank(**c) || **c == PAGE || c.is_ascii_digit() || AROUND.contains(**c)));
    let rest: String = rest.collect::<String>().to_lowercase();
    ["", "page", "pageof", "of", "p"].contains(&rest.as_str())
}

/// Returns what goes with the number at `at`: 第 and 页 around it, and a stop that would be left over.
fn around(text: &[char], at: usize) -> Range<usize> {
    let back = |from: usize| {
        from - text[..from]
            .iter()
            .rev()
            .take_while(|c| is_blank(**c))
            .count()
    };
    let on = |to: usize| to + text[to..].iter().take_while(|c| is_blank(**c)).count();
    let (mut from, mut to) = (at, at + 1);
    if text.get(on(to)) == Some(&'页') {
        to = on(to) + 1;
        if back(from) > 0 && "第共".contains(text[back(from) - 1]) {
            from = back(from) - 1;
        }
    }
    let before = back(from).checked_sub(1).map(|at| text[at]);
    let after = text.get(on(to)).copied();
    let is_stop = |c: char| STOPS.contains(c);
    let ends = after.is_none_or(|c| is_stop(c) || "。！？）\n".contains(c));
    if before.is_some_and(is_stop) && ends {
        from = back(from) - 1;
    } else if before.is_none_or(|c| c == '\n') && after.is_some_and(is_stop) {
        to = on(to) + 1;
    }
    from..to
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settled(text: &str) -> String {
        let text: Vec<char> = text.replace('#', &PAGE.to_string()).chars().collect();
        if is_only(&text) {
            return String::new();
        }
        let marks = (0..text.len()).filter(|at| text[*at] == PAGE);
        let gone: Vec<_> = marks.map(|at| around(&text, at)).collect();
        let is_kept = |at: &usize| !gone.iter().any(|it| it.contains(at));
        (0..text.len()).filter(is_kept).map(|at| text[at]).collect()
    }

    #[test]
    fn words_that_count_pages_go_with_the_number() {
        for (text, left) in [
            ("第 # 页 共 # 页", ""),
            ("— # —", ""),
            ("Page # of #", ""),
            ("见清单，第#页。", "见清单。"),
            ("第 # 页，完毕。", "完毕。"),
            ("换门禁，共#页方案已贴出。", "换门禁，方案已贴出。"),
            ("编号#", "编号"),
        ] {
            assert_eq!(settled(text), left, "{text}");
        }
    }

    #[test]
    fn typed_numbers_of_pages_are_known_by_their_whole_line() {
        let typed = |text: &str| is_typed(&text.chars().collect::<Vec<_>>());
        for text in [
            "第 1 页 共 3 页",
            "第1页，共3页",
            "— 2 —",
            "- 12 -",
            "第3页",
        ] {
            assert!(typed(text), "{text}");
        }
        for text in ["第3页是名单", "共3页", "2026", "-5℃", "—", "第页"] {
            assert!(!typed(text), "{text}");
        }
    }
}

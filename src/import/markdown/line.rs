//! The pieces of a paragraph on one line, signs around what has a look.

use crate::import::blanks::is_blank;
use crate::import::escape::{Care, escaped};
use crate::import::model::{Height, Look, Piece, Run};
use crate::import::scripts::{lowered, raised};

/// How a line is written.
pub(super) struct Line<'a> {
    pub picture: &'a dyn Fn(usize) -> String,
    pub note: &'a dyn Fn(usize) -> String,
    pub care: Care,
    /// Whether it is a heading, which is heavy by itself.
    pub heading: bool,
}

/// Whether words have a look, and the signs before and behind those that do.
type Sign = (fn(&Look) -> bool, &'static str, &'static str);

/// The signs around words of a look, outermost first.
const SIGNS: [Sign; 4] = [
    (|look| look.struck, "~~", "~~"),
    (|look| look.bold, "**", "**"),
    (|look| look.italic, "*", "*"),
    (|look| look.underlined, "<u>", "</u>"),
];

impl Line<'_> {
    pub fn write(&self, pieces: &[Piece], starts: bool) -> String {
        let mut out = String::new();
        let mut open: Vec<usize> = Vec::new();
        let mut is_start = starts;
        for (at, piece) in pieces.iter().enumerate() {
            let Piece::Text(run) = piece else {
                self.close(&mut open, 0, &mut out);
                match piece {
                    Piece::Break => out.push_str("\\\n"),
                    Piece::Picture(at) => out.push_str(&(self.picture)(*at)),
                    Piece::Note(at) => out.push_str(&(self.note)(*at)),
                    Piece::Link { target, pieces } => {
                        let words = self.write(&plain_links(pieces), false);
                        let address = address(target);
                        match address.contains(['(', ')']) {
                            true => out.push_str(&format!("[{words}](<{address}>)")),
                            false => out.push_str(&format!("[{words}]({address})")),
                        }
                    }
                    Piece::Ruby { base, sound } => {
                        let (base, sound) = (plain_html(base), plain_html(sound));
                        out.push_str(&format!("<ruby>{base}<rt>{sound}</rt></ruby>"));
                    }
                    Piece::Text(_) => {}
                }
                is_start = matches!(piece, Piece::Break) && starts;
                continue;
            };
            let wanted = self.wanted(&run.look);
            let keep = open.iter().zip(&wanted).take_while(|(a, b)| a == b).count();
            // Signs stand close to their words.
            let inner = run.text.trim_matches(is_blank);
            let lead = &run.text[..run.text.len() - run.text.trim_start_matches(is_blank).len()];
            let tail = &run.text[run.text.trim_end_matches(is_blank).len()..];
            self.close(&mut open, keep, &mut out);
            out.push_str(lead);
            for sign in &wanted[keep..] {
                out.push_str(SIGNS[*sign].1);
                open.push(*sign);
            }
            out.push_str(&self.run(run, inner, is_start && open.is_empty()));
            let next = pieces.get(at + 1).and_then(|it| match it {
                Piece::Text(run) => Some(self.wanted(&run.look)),
                _ => None,
            });
            if !tail.is_empty() || next.is_none() {
                let stays = next.map_or(0, |next| {
                    open.iter().zip(&next).take_while(|(a, b)| a == b).count()
                });
                self.close(&mut open, stays, &mut out);
            }
            out.push_str(tail);
            is_start = false;
        }
        self.close(&mut open, 0, &mut out);
        out
    }

    fn wanted(&self, look: &Look) -> Vec<usize> {
        if self.care == Care::Plain {
            return Vec::new();
        }
        let is_used = |at: &usize| SIGNS[*at].0(look) && !(self.heading && SIGNS[*at].1 == "**");
        (0..SIGNS.len()).filter(is_used).collect()
    }

    fn close(&self, open: &mut Vec<usize>, keep: usize, out: &mut String) {
        while open.len() > keep {
            if let Some(sign) = open.pop() {
                out.push_str(SIGNS[sign].2);
            }
        }
    }

    fn run(&self, run: &Run, inner: &str, is_start: bool) -> String {
        let (own, tag) = match run.look.height {
            Height::Line => (None, ""),
            Height::Raised => (raised(inner), "sup"),
            Height::Lowered => (lowered(inner), "sub"),
        };
        match own {
            Some(own) => own,
            None if run.look.code && !inner.contains('`') => format!("`{inner}`"),
            None if tag.is_empty() || inner.is_empty() => escaped(inner, self.care, is_start),
            None => format!("<{tag}>{}</{tag}>", escaped(inner, self.care, false)),
        }
    }
}

/// Returns the words of a link without the line below them, which every link has.
pub(super) fn plain_links(pieces: &[Piece]) -> Vec<Piece> {
    let mut pieces = pieces.to_vec();
    for piece in &mut pieces {
        if let Piece::Text(run) = piece {
            run.look.underlined = false;
        }
    }
    pieces
}

pub(super) fn plain_html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// Writes an address so that it can stand between angle brackets.
pub(super) fn address(target: &str) -> String {
    let one = |c: char| match c {
        '<' | '>' | '\\' => format!("%{:02X}", u32::from(c)),
        c if c.is_whitespace() || c.is_control() => "%20".to_owned(),
        c => c.to_string(),
    };
    target.trim().chars().map(one).collect()
}

//! Tables as the editor keeps them, on a telephone's width.

use super::article::{IN_CELL, Writer};
use crate::render::whole::{em, parts};
use crate::site::markdown::{Alignment, Inline, plain};

/// How wide the text is on a telephone, in letters of a table.
const PHONE: usize = 24;
/// How many letters a column has at most that is not broken.
const WHOLE: usize = 8;
/// From so many columns on, a table is moved sideways rather than squeezed.
const MANY: usize = 7;
/// The width of an article on a telephone, in pixels.
const ROOM: f64 = 343.0;

impl Writer<'_> {
    pub fn table(
        &mut self,
        alignments: &[Alignment],
        head: &[Vec<Inline>],
        rows: &[Vec<Vec<Inline>>],
    ) {
        let n_columns = rows
            .iter()
            .map(Vec::len)
            .chain([head.len()])
            .max()
            .unwrap_or(0);
        let whole = whole_columns(head, rows, n_columns);
        let is_wide = n_columns >= MANY;
        let (size, inset) = match n_columns {
            0..=3 => (15, "8px 8px"),
            4 => (14, "7px 5px"),
            _ => (13, "6px 4px"),
        };
        // What stays whole may need letters a little smaller.
        let size = match least_width(head, rows, &whole) * f64::from(size) {
            needs if needs > ROOM - 12.0 * n_columns as f64 && !is_wide => size.min(13),
            _ => size,
        };
        let wide = match is_wide {
            true => format!("min-width:{}px;", 76 * n_columns),
            false => String::new(),
        };
        if is_wide {
            self.push("<section style=\"margin:18px 0;overflow-x:auto;\">");
        }
        let margin = if is_wide { "0" } else { "18px 0" };
        self.push(&format!(
            "<table style=\"width:100%;{wide}margin:{margin};border-collapse:collapse;font-size:{size}px;line-height:1.5;\"><tbody>\n"
        ));
        let line = self.look.line.clone();
        let cell_style = |at: usize| {
            let align = match alignments.get(at) {
                Some(Alignment::Center) => "text-align:center;",
                Some(Alignment::Right) => "text-align:right;",
                _ => "text-align:left;",
            };
            let wrap = if whole.get(at) == Some(&true) {
                "white-space:nowrap;"
            } else {
                ""
            };
            format!("padding:{inset};border:1px solid {line};{align}{wrap}vertical-align:middle;")
        };
        if head.iter().any(|cell| !cell.is_empty()) {
            let (pine, on_pine) = (self.look.pine.clone(), self.look.on_pine.clone());
            self.push("<tr>");
            for at in 0..n_columns {
                let words = head.get(at).map(|cell| self.cell(cell)).unwrap_or_default();
                self.push(&format!(
                    "<th style=\"{}background-color:{pine};color:{on_pine};font-weight:bold;\">{words}</th>",
                    cell_style(at)
                ));
            }
            self.push("</tr>\n");
        }
        for (number, row) in rows.iter().enumerate() {
            let ground = match number % 2 {
                1 => format!("background-color:{};", self.look.dew),
                _ => String::new(),
            };
            self.push("<tr>");
            for at in 0..n_columns {
                let words = row.get(at).map(|cell| self.cell(cell)).unwrap_or_default();
                self.push(&format!(
                    "<td style=\"{}{ground}\">{words}</td>",
                    cell_style(at)
                ));
            }
            self.push("</tr>\n");
        }
        self.push("</tbody></table>\n");
        if is_wide {
            self.push("</section>\n");
        }
    }
}

/// Returns how wide a table is at least, in em: of each column its widest cell, or what of it stays on
/// one line.
fn least_width(head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>], whole: &[bool]) -> f64 {
    let column = |at: usize| {
        let cells = rows
            .iter()
            .filter_map(|row| row.get(at))
            .chain(head.get(at));
        let width = |cell: &Vec<Inline>| {
            let text = plain(cell);
            match whole.get(at) == Some(&true) {
                true => em(&text),
                false => (parts(&text, IN_CELL).iter())
                    .filter(|it| it.is_whole)
                    .map(|it| em(it.text))
                    .fold(0.0, f64::max),
            }
        };
        cells.map(width).fold(1.0, f64::max)
    };
    (0..whole.len()).map(column).sum()
}

/// Tells of each column whether its cells stay on one line: the narrowest as far as the others keep
/// half of a telephone.
fn whole_columns(head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>], n: usize) -> Vec<bool> {
    let width = |cell: &Vec<Inline>| {
        let wide = |c: char| if c.is_ascii() { 1 } else { 2 };
        plain(cell).chars().map(wide).sum::<usize>().div_ceil(2)
    };
    let most = |at: usize| {
        let cells = rows
            .iter()
            .filter_map(|row| row.get(at))
            .chain(head.get(at));
        cells.map(width).max().unwrap_or(0)
    };
    let mut widths: Vec<(usize, usize)> = (0..n).map(|at| (most(at), at)).collect();
    widths.sort_unstable();
    let total: usize = widths.iter().map(|(width, _)| width + 1).sum();
    let room = if total <= PHONE { PHONE } else { PHONE / 2 };
    let mut whole = vec![false; n];
    let mut used = 0;
    for (width, at) in widths {
        used += width + 1;
        whole[at] = width <= WHOLE && used <= room;
    }
    whole
}

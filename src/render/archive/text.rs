//! A paper as text, for the terminal and to be sent in a message.

use unicode_width::UnicodeWidthStr;

use super::paper::{Block, Cell, Paper, Table};

/// Writes `paper` in lines.
pub fn text(paper: &Paper) -> String {
    let mut out = format!("{}\n{}\n", paper.title, paper.organisation);
    for fact in &paper.facts {
        out.push_str(&format!("{}：{}\n", fact.name, fact.value));
    }
    for block in &paper.blocks {
        add(&mut out, block);
    }
    out
}

fn add(out: &mut String, block: &Block) {
    match block {
        Block::Heading(heading) => {
            let mark = if heading.level == 1 { "\n\n" } else { "\n" };
            out.push_str(&format!("{mark}{}\n", heading.text));
        }
        Block::Text { text } | Block::Note { text } => out.push_str(&format!("{text}\n")),
        Block::Numbers { numbers } => {
            let said: Vec<String> = numbers
                .iter()
                .map(|number| format!("{} {}", number.label, number.value))
                .collect();
            out.push_str(&format!("{}\n", said.join("，")));
        }
        Block::Table(table) => out.push_str(&columns(table)),
        Block::Photos { photos } => {
            for photo in photos {
                out.push_str(&format!("照片：{}\n", photo.caption.replace('\n', "　")));
            }
        }
        Block::Gaps { lines } => lines
            .iter()
            .for_each(|line| out.push_str(&format!("缺 {line}\n"))),
        Block::Verbatim { lines } => lines
            .iter()
            .for_each(|line| out.push_str(&format!("  {line}\n"))),
        Block::Sign { names } => {
            let lines: Vec<String> = names
                .iter()
                .map(|name| format!("{name}：________"))
                .collect();
            out.push_str(&format!("\n{}\n", lines.join("　")));
        }
        Block::Break => {}
    }
}

/// Sets a table in columns, two spaces apart; cells that only give a page are left out.
fn columns(table: &Table) -> String {
    let shown: Vec<usize> = (0..table.columns.len())
        .filter(|at| !table.rows.iter().all(|row| row[*at].page))
        .collect();
    let head: Vec<&str> = shown
        .iter()
        .map(|at| table.columns[*at].title.as_str())
        .collect();
    let words = |row: &'_ Vec<Cell>| -> Vec<String> {
        let cell = |at: &usize| {
            row[*at]
                .text
                .trim()
                .replace("\n（", "（")
                .replace('\n', "；")
        };
        shown.iter().map(cell).collect()
    };
    let mut rows: Vec<Vec<String>> = vec![head.into_iter().map(str::to_owned).collect()];
    rows.extend(table.rows.iter().map(words));
    let widths: Vec<usize> = (0..shown.len())
        .map(|at| rows.iter().map(|row| row[at].width()).max().unwrap_or(0))
        .collect();
    let mut out = String::new();
    for row in &rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            line.push_str(cell);
            line.push_str(&" ".repeat(width - cell.width() + 2));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

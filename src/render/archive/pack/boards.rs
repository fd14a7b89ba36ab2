//! The boards' part: period by period what was planned, what hung, and the photos.

use super::board_anchor;
use crate::render::archive::keepsakes::Keepsakes;
use crate::render::archive::kept::{BoardKept, Evidence, Line, PeriodKept};
use crate::render::archive::paper::{Block, Cell, Paper, Table};
use crate::render::archive::photos;
use crate::render::archive::words::{day, span};

pub(super) fn boards(paper: &mut Paper, evidence: &Evidence, keepsakes: &Keepsakes) {
    paper.blocks.push(Block::Break);
    paper.part("宣传栏台账", "boards");
    paper.note("安排按定稿（plan.lock.yaml）；挂出、日期和更换人按台账（ledger）。版面一栏是总览图上的格号。");
    for (at, board) in evidence.boards.iter().enumerate() {
        if at > 0 {
            paper.blocks.push(Block::Break);
        }
        paper.heading(2, board.title.clone(), board_anchor(&board.id));
        paper.text(about(board));
        for period in &board.periods {
            of_period(paper, evidence, board, period, keepsakes);
        }
    }
}

fn about(board: &BoardKept) -> String {
    let Some(known) = board.board else {
        return "这块宣传栏现在已经不在网站里，台账照录。".to_owned();
    };
    let mut parts = vec![known.place.clone()];
    if known.places.len() > 1 {
        parts.push(format!("{}处", known.places.len()));
    }
    if let Some(keeper) = &known.keeper {
        parts.push(format!("管理人：{keeper}"));
    }
    parts.push(format!("应换{}期", board.periods.len()));
    parts.join("；") + "。"
}

fn of_period(
    paper: &mut Paper,
    evidence: &Evidence,
    board: &BoardKept,
    period: &PeriodKept,
    keepsakes: &Keepsakes,
) {
    paper.heading(
        3,
        period.period.title(),
        format!("board-{}-{}", board.id, period.period),
    );
    if period
        .lines
        .iter()
        .all(|line| line.hung.is_none() && line.planned.is_empty())
    {
        paper.gaps(vec!["这一期没有台账，也没有定稿".to_owned()]);
        paper.photos(photos::of_period(board, period, keepsakes));
        return;
    }
    let mut table = Table::new(&[
        ("版面", 20),
        ("安排", 34),
        ("挂出", 38),
        ("日期", 26),
        ("更换人", 13),
        ("照片", 8),
    ]);
    for line in &period.lines {
        table.row(line_row(evidence, line));
    }
    if period.lines.iter().all(|line| line.planned.is_empty()) {
        // An empty column would only ask for more.
        table.columns.remove(1);
        table.rows.iter_mut().for_each(|row| drop(row.remove(1)));
    }
    paper.table(table, "");
    for (on, note) in &period.notes {
        paper.note(format!("{}　{note}", day(*on)));
    }
    paper.photos(photos::of_period(board, period, keepsakes));
}

fn line_row(evidence: &Evidence, line: &Line) -> [Cell; 6] {
    let planned = match line.planned.is_empty() {
        true => "—".to_owned(),
        false => line.planned.join("；"),
    };
    let Some(record) = &line.hung else {
        let said = if line.missed {
            "没有挂"
        } else {
            "没有台账"
        };
        return [
            line.name.as_str().into(),
            planned.into(),
            Cell::missing(said),
            "—".into(),
            "—".into(),
            "—".into(),
        ];
    };
    let mut title = evidence.hung(&record.hung);
    for note in &record.notes {
        title.push_str(&format!("\n注：{note}"));
    }
    [
        line.name.as_str().into(),
        planned.into(),
        Cell::strong(title),
        span(record.hung.from, record.hung.to).into(),
        Cell::or_missing(record.by.as_deref(), "没有写"),
        record.photos.len().to_string().into(),
    ]
}

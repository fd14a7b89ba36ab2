//! The office's scoring table: row by row, what proves an indicator, the own score with its reason,
//! what is missing and who mends it till when.

use super::cells::{At, name_of};
use super::sheet::{Sheet, Written, percent};
use super::values::plain;
use crate::render::archive::gap::{Gap, GapKind};
use crate::render::archive::indicators::gaps_of;
use crate::render::archive::kept::{Evidence, Indicator, Wording};
use crate::rotation::diary::{Score, cited};

/// Heads of the column of numbers.
const NUMBER: [&str; 6] = ["指标号", "编号", "序号", "指标编号", "条款", "指标"];
/// Heads of the column that says how many points there are.
const POINTS: [&str; 4] = ["分值", "满分", "标准分", "分数"];
/// Heads of the column of what is asked.
const ASKED: [&str; 9] = [
    "指标内容",
    "评价内容",
    "评分标准",
    "测评内容",
    "考核内容",
    "内容",
    "要求",
    "标准",
    "项目",
];
/// Heads of the column that says how it is looked at.
const METHOD: [&str; 5] = ["评分方法", "测评方法", "检查方法", "考核方法", "方法"];
/// How many gaps a cell names.
const MOST_GAPS: usize = 3;

/// What a column is for, and its heads.
const COLUMNS: [(Column, &[&str]); 6] = [
    (Column::Score, &["自评分", "自评得分", "自评", "得分"]),
    (
        Column::Reason,
        &[
            "自评说明",
            "扣分原因",
            "扣分说明",
            "评分说明",
            "说明",
            "理由",
        ],
    ),
    (
        Column::Proof,
        &[
            "佐证材料",
            "证明材料",
            "材料",
            "档案材料",
            "完成情况",
            "工作情况",
        ],
    ),
    (Column::Gaps, &["缺项", "存在问题", "不足", "问题"]),
    (Column::Who, &["责任人", "整改责任人", "负责人"]),
    (Column::Due, &["整改期限", "整改时限", "期限", "完成时限"]),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Score,
    Reason,
    Proof,
    Gaps,
    Who,
    Due,
}

/// A scoring table in a sheet.
pub(super) struct Table {
    head: u32,
    number: u32,
    points: Option<u32>,
    asked: Option<u32>,
    method: Option<u32>,
    columns: Vec<(Column, u32)>,
}

/// What came of it.
#[derive(Default)]
pub(super) struct Scored {
    /// What was written where.
    pub lines: Vec<String>,
    /// The indicators of the table for which there is nothing.
    pub bare: Vec<String>,
    /// Rows whose own score is more than there are points.
    pub over: Vec<String>,
}

/// Finds the table of a sheet: a row with a number's head and two of the others, score or proof among
/// them.
pub(super) fn table(sheet: &Sheet) -> Option<Table> {
    let spoken = sheet.spoken();
    sheet.spoken_rows().into_iter().find_map(|row| {
        let heads = || spoken.iter().filter(|(at, _)| at.0 == row);
        let find = |names: &[&str]| {
            let found = heads().find(|(_, text)| names.contains(&plain(text).as_str()));
            found.map(|(at, _)| at.1)
        };
        // A table may have 序号 too: the names stand in the order in which they are meant.
        let number = NUMBER.iter().find_map(|name| find(&[name]))?;
        let columns = COLUMNS.iter();
        let columns: Vec<_> = columns
            .filter_map(|(it, names)| Some((*it, find(names)?)))
            .collect();
        // A list of problems has a number, who and till when too.
        let is_scored = |(it, _): &(Column, u32)| matches!(it, Column::Score | Column::Proof);
        (columns.len() >= 2 && columns.iter().any(is_scored)).then(|| Table {
            head: row,
            number,
            points: find(&POINTS),
            asked: ASKED.iter().find_map(|name| find(&[name])),
            method: find(&METHOD),
            columns,
        })
    })
}

/// Returns what the table says, by number.
pub(super) fn wordings(sheet: &Sheet, table: &Table) -> Vec<(String, Wording)> {
    let text = |row, column: Option<u32>| {
        let text = column.map_or("", |column| sheet.text((row, column)));
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let rows = table.head + 1..=sheet.last_row();
    let worded = rows.filter_map(|row| {
        let number = number_of(sheet.text((row, table.number)));
        let wording = Wording {
            asked: text(row, table.asked),
            points: text(row, table.points),
            method: text(row, table.method),
        };
        (!number.is_empty()).then_some((number, wording))
    });
    worded.collect()
}

/// Fills the table.
pub(super) fn fill(sheet: &mut Sheet, table: &Table, evidence: &Evidence) -> Scored {
    let mut scored = Scored::default();
    for row in table.head + 1..=sheet.last_row() {
        let number = number_of(sheet.text((row, table.number)));
        if number.is_empty() {
            continue;
        }
        let indicator = evidence.indicators.iter().find(|it| it.number == number);
        // A later line takes the place of an earlier one.
        let mut scores = evidence.diary.scores.iter().rev();
        let score = scores.find(|score| score.indicator == number);
        let has_proof = indicator.is_some_and(|it| !it.kinds().is_empty());
        if !has_proof && score.is_none() {
            scored.bare.push(number.clone());
        }
        let points = table
            .points
            .and_then(|at| sheet.text((row, at)).parse::<f64>().ok());
        if let (Some(points), Some(score)) = (points, score)
            && score.score > points
        {
            scored.over.push(number.clone());
        }
        for (column, at) in &table.columns {
            let Some((written, from)) = cell(*column, evidence, indicator, score) else {
                continue;
            };
            put(
                sheet,
                (row, *at),
                written,
                &number,
                &from,
                &mut scored.lines,
            );
        }
    }
    scored
}

fn put(
    sheet: &mut Sheet,
    at: At,
    written: Written,
    number: &str,
    from: &str,
    lines: &mut Vec<String>,
) {
    if !sheet.is_free(at) {
        return;
    }
    let said = match &written {
        Written::Text(text) => text.clone(),
        Written::Number(number) => number.to_string(),
        Written::Share(share) => percent(*share),
    };
    lines.push(format!(
        "{}!{} {number} = {said} ← {from}",
        sheet.name,
        name_of(at)
    ));
    sheet.put(at, written);
}

/// Returns a number as pages write it: `2.1` of `2.1、`, `（2.1）` and of the figure 2.1.
fn number_of(text: &str) -> String {
    let text = text.trim_matches(|c: char| c.is_whitespace() || "（）()、.．".contains(c));
    let is_number = text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || ".-".contains(c));
    // A spreadsheet keeps 2.3 as 2.2999999999999998.
    if text.len() > 15
        && let Ok(number) = text.parse::<f64>()
    {
        return number.to_string();
    }
    if is_number {
        text.to_owned()
    } else {
        String::new()
    }
}

fn cell(
    column: Column,
    evidence: &Evidence,
    indicator: Option<&Indicator>,
    score: Option<&Score>,
) -> Option<(Written, String)> {
    let from = score.map(|score| cited(&score.span)).unwrap_or_default();
    let text = |text: String| Written::Text(text);
    match column {
        Column::Score => Some((Written::Number(score?.score), from)),
        Column::Reason => Some((text(score?.reason.clone()?), from)),
        Column::Who => Some((text(score?.who.clone()?), from)),
        Column::Due => Some((text(score?.due?.to_string()), from)),
        Column::Proof => {
            let kinds = indicator?.kinds();
            let said = (!kinds.is_empty()).then(|| format!("{kinds}（见 evidence.pdf）"));
            let lines = indicator?.lines.iter();
            let lines: Vec<String> = lines.map(|(file, line)| format!("{file}:{line}")).collect();
            Some((text(said?), lines.join("、")))
        }
        Column::Gaps => {
            let gaps = gaps_of(evidence, indicator?);
            let line = |gap: &&Gap| match gap.kind {
                // The row says which one it is.
                GapKind::Indicator => "还没有材料".to_owned(),
                _ => gap.line(),
            };
            let mut said: Vec<String> = gaps.iter().take(MOST_GAPS).map(line).collect();
            if gaps.len() > MOST_GAPS {
                said.push(format!("另有{}项", gaps.len() - MOST_GAPS));
            }
            let said = (!said.is_empty()).then(|| said.join("；"));
            let rows = indicator?.gaps.iter().map(|place| (place + 1).to_string());
            let rows: Vec<String> = rows.collect();
            let from = format!("迎检材料缺项表第{}项", rows.join("、"));
            Some((text(said?), from))
        }
    }
}

//! What was counted, and what lines of one label come to.
//!
//! A share, such as what a questionnaire found, is written as its two counts: 276 of 300 answers.
//! Lines of it are summed count by count, so that the share of a year is that of all answers; shares
//! alone make no sum, and the last one stands.

use jiff::civil::Date;

use super::values::{MOST, attached, plain, required_day};
use crate::diag::{Code, SitePath, Span};
use crate::read::{Fields, Form, Keys};

/// The keys of a count.
pub(super) const COUNT: Keys = &[
    ("label", &["名称"], Form::Text),
    ("value", &["数"], Form::Number),
    ("unit", &["单位"], Form::Text),
    ("numerator", &["分子"], Form::Whole),
    ("denominator", &["分母"], Form::Whole),
    ("target", &["目标"], Form::Text),
    ("day", &["日期"], Form::Day),
    ("source", &["出处"], Form::Text),
    ("sheet", &["原表"], Form::Text),
    ("indicator", &["指标"], Form::Text),
    ("note", &["备注"], Form::Text),
];

/// Something that was counted; lines of one label and unit are summed.
#[derive(Debug, Clone, PartialEq)]
pub struct Count {
    /// What.
    pub label: String,
    /// How many, or how much; of a share what it comes to in per cent.
    pub value: f64,
    /// Of what, such as 户 or 吨.
    pub unit: Option<String>,
    /// Of a share the two counts: how many of how many.
    pub share: Option<(i64, i64)>,
    /// What is asked for, as written: `90%`.
    pub target: Option<String>,
    /// The day, or the first of the file's month.
    pub day: Date,
    /// Where the number comes from.
    pub source: Option<String>,
    /// What it was counted from, such as the table of the answers.
    pub sheet: Option<SitePath>,
    /// The indicator that it serves.
    pub indicator: Option<String>,
    /// A remark.
    pub note: Option<String>,
    /// Where it is written.
    pub span: Span,
}

/// What lines of one label and unit come to.
#[derive(Debug, Clone)]
pub struct Sum<'d> {
    /// What.
    pub label: &'d str,
    /// Of what; nothing where no line says.
    pub unit: &'d str,
    /// How many, or how much; of a share what it comes to in per cent.
    pub value: f64,
    /// Of a share the two counts.
    pub share: Option<(i64, i64)>,
    /// What is asked for, by the last line.
    pub target: Option<&'d str>,
    /// The lines that count.
    pub lines: Vec<&'d Count>,
}

impl Count {
    /// Says it with its unit: `126户`, `92%`.
    pub fn said(&self) -> String {
        said(
            self.value,
            self.share,
            self.unit.as_deref().unwrap_or_default(),
        )
    }

    /// Tells whether it is a share.
    pub fn is_share(&self) -> bool {
        self.share.is_some() || self.unit.as_deref().is_some_and(is_percent)
    }
}

impl Sum<'_> {
    /// Tells whether it is a share.
    pub fn is_share(&self) -> bool {
        self.share.is_some() || is_percent(self.unit)
    }

    /// Says it with its unit: `214户`, `92%`.
    pub fn said(&self) -> String {
        said(self.value, self.share, self.unit)
    }
}

fn said(value: f64, share: Option<(i64, i64)>, unit: &str) -> String {
    match share {
        Some(_) => format!("{}%", tenths(value)),
        None => format!("{value}{unit}"),
    }
}

/// Returns what the lines come to, by label and unit.
pub(super) fn sums(counts: &[Count]) -> Vec<Sum<'_>> {
    let mut sums: Vec<Sum> = Vec::new();
    for count in counts {
        let unit = count.unit.as_deref().unwrap_or_default();
        let unit = if count.share.is_some() { "%" } else { unit };
        let same = |sum: &&mut Sum| {
            sum.label == count.label
                && sum.unit == unit
                && sum.share.is_some() == count.share.is_some()
        };
        match sums.iter_mut().find(same) {
            Some(sum) => sum.add(count),
            None => sums.push(Sum {
                label: &count.label,
                unit,
                value: count.value,
                share: count.share,
                target: count.target.as_deref(),
                lines: vec![count],
            }),
        }
    }
    sums.sort_by_key(|sum| (sum.label, sum.unit));
    sums
}

impl<'d> Sum<'d> {
    fn add(&mut self, count: &'d Count) {
        self.target = count.target.as_deref().or(self.target);
        match (self.share, count.share) {
            (Some((part, whole)), Some((more, all))) => {
                let share = (part.saturating_add(more), whole.saturating_add(all));
                self.share = Some(share);
                self.value = percent(share);
                self.lines.push(count);
            }
            _ if is_percent(self.unit) => {
                self.value = count.value;
                self.lines = vec![count];
            }
            _ => {
                // What was summed has no more digits than its parts.
                self.value = ((self.value + count.value) * 1e6).round() / 1e6;
                self.lines.push(count);
            }
        }
    }
}

fn is_percent(unit: &str) -> bool {
    matches!(unit, "%" | "％")
}

#[expect(clippy::cast_precision_loss, reason = "counts of one community")]
fn percent((part, whole): (i64, i64)) -> f64 {
    100.0 * part as f64 / whole as f64
}

/// Rounds to tenths, half up.
fn tenths(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// Reads a count.
pub(super) fn count(fields: &Fields, month: Option<Date>) -> Option<Count> {
    let label = fields.required_text("label", "label: 入户宣传");
    let share = share(fields, label.as_ref().map_or("", |label| &label.value));
    let keys = ["value", "numerator", "denominator"];
    if keys.iter().all(|key| fields.node(key).is_none()) {
        fields.missing("value", "value: 126");
    }
    let value = match share {
        Some(share) => Some(percent(share)),
        None => fields.number("value", 0.0..=1e9, &["%"]),
    };
    let day = match (fields.node("day"), month) {
        (None, Some(month)) => Some(month),
        _ => required_day(fields, "day"),
    };
    let sheet = fields.text("sheet");
    Some(Count {
        label: label?.value,
        value: value?,
        unit: plain(fields, "unit"),
        share,
        target: plain(fields, "target"),
        day: day?,
        source: plain(fields, "source"),
        sheet: sheet.and_then(|name| attached(fields, "sheet", &name.value)),
        indicator: plain(fields, "indicator"),
        note: plain(fields, "note"),
        span: fields.reader().span(&fields.range),
    })
}

/// Reads the two counts of a share; a value beside them must be what they come to.
fn share(fields: &Fields, label: &str) -> Option<(i64, i64)> {
    let given = |key| fields.node(key).is_some();
    if given("numerator") != given("denominator") {
        match given("numerator") {
            true => fields.missing("denominator", "denominator: 300"),
            false => fields.missing("numerator", "numerator: 276"),
        }
        return None;
    }
    if !given("numerator") {
        return None;
    }
    let part = fields.integer("numerator", 0..=MOST);
    let whole = fields.integer("denominator", 1..=MOST);
    let (part, whole) = part.zip(whole)?;
    let report = |code, key| {
        let range = fields.span(key).range;
        fields.reader().report(code, &range, |d| {
            let d = d.with("label", label).with("numerator", part);
            let stated = fields.text("value").map(|text| text.value);
            d.with("denominator", whole)
                .with_some("value", stated)
                .with("computed", format!("{}%", tenths(percent((part, whole)))))
        });
    };
    if part > whole {
        report(Code::FigureShare, "numerator");
        return None;
    }
    if let Some(value) = fields.number("value", 0.0..=1e9, &["%"])
        && (value - percent((part, whole))).abs() > 0.5
    {
        report(Code::FigureValue, "value");
        return None;
    }
    Some((part, whole))
}

//! Reading results in figures, and whether a share agrees with what it is a share of.

use super::indicator;
use crate::diag::{Code, words};
use crate::read::{Fields, Form::*, Keys, values};
use crate::site::page::Figure;

/// The keys of a figure.
pub(super) const FIGURE: Keys = &[
    ("label", &["名称"], Text),
    ("value", &["数"], Text),
    ("unit", &["单位"], Text),
    ("before", &["上次"], Text),
    ("source", &["出处"], Text),
    ("numerator", &["分子"], Whole),
    ("denominator", &["分母"], Whole),
    ("target", &["目标"], Text),
    ("indicator", &["指标"], Text),
];
/// Counts larger than this are slips.
const MOST: i64 = 1_000_000_000_000;

/// Reads `figures:` of a page.
pub(super) fn figures(fields: &Fields) -> Vec<Figure> {
    let figures = fields.list("figures", FIGURE);
    figures.iter().filter_map(figure).collect()
}

fn figure(fields: &Fields) -> Option<Figure> {
    let label = fields.required_text("label", words("example-label"));
    let value = fields.required_text("value", "value: 137");
    let plain = |key| fields.text(key).map(|text| text.value);
    let figure = Figure {
        label: label?.value,
        value: value?.value,
        unit: plain("unit"),
        before: plain("before"),
        source: plain("source"),
        numerator: count(fields, "numerator", 0),
        denominator: count(fields, "denominator", 1),
        target: plain("target"),
        indicator: indicator::one(fields),
    };
    check(fields, &figure);
    Some(figure)
}

/// Reads a whole number from `least` on, with or without commas.
fn count(fields: &Fields, key: &'static str, least: i64) -> Option<i64> {
    let expected = words("whole-at-least").with("least", least);
    fields.parsed(key, expected, "276", |text| {
        let number = values::whole(text)?;
        (least..=MOST).contains(&number).then_some(number)
    })
}

fn check(fields: &Fields, figure: &Figure) {
    let given = |key| fields.node(key).is_some();
    if given("numerator") && !given("denominator") {
        fields.missing("denominator", "denominator: 300");
    }
    if given("denominator") && !given("numerator") {
        fields.missing("numerator", "numerator: 276");
    }
    let Some((numerator, denominator)) = figure.numerator.zip(figure.denominator) else {
        return;
    };
    if numerator > denominator {
        let range = fields.span("numerator").range;
        fields.reader().report(Code::FigureShare, &range, |d| {
            d.with("label", &figure.label)
                .with("numerator", numerator)
                .with("denominator", denominator)
        });
        return;
    }
    if let Some(computed) = contradiction(figure, numerator, denominator) {
        let range = fields.span("value").range;
        fields.reader().report(Code::FigureValue, &range, |d| {
            d.with("label", &figure.label)
                .with("value", &figure.value)
                .with("numerator", numerator)
                .with("denominator", denominator)
                .with("computed", computed)
        });
    }
}

/// Returns what the value should be where it is neither the share nor the numerator; words such
/// as 九成多 are taken as given.
fn contradiction(figure: &Figure, numerator: i64, denominator: i64) -> Option<String> {
    let value: String = figure.value.chars().map(values::half_width).collect();
    let value = value.replace([',', ' '], "");
    let unit = figure.unit.as_deref().unwrap_or_default();
    let (number, percent) = match value.strip_suffix('%') {
        Some(number) => (number, true),
        None => (value.as_str(), matches!(unit, "%" | "％")),
    };
    let digits = number.split_once('.').map_or(0, |(_, digits)| digits.len());
    let stated = Decimal::parse(number)?;
    let share = Decimal::share(numerator, denominator, percent, digits);
    if stated == share || (!percent && stated == Decimal::whole(numerator, digits)) {
        return None;
    }
    let sign = if value.ends_with('%') { "%" } else { "" };
    Some(if percent {
        format!("{}{sign}", share.text())
    } else {
        numerator.to_string()
    })
}

/// A number with so many digits behind the point.
#[derive(PartialEq, Eq)]
struct Decimal {
    units: i128,
    digits: usize,
}

impl Decimal {
    fn parse(text: &str) -> Option<Self> {
        let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
        let usable = (1..=13).contains(&whole.len())
            && rest.len() <= 6
            && (whole.bytes().chain(rest.bytes())).all(|byte| byte.is_ascii_digit());
        let units = usable.then(|| format!("{whole}{rest}").parse().ok())??;
        Some(Self {
            units,
            digits: rest.len(),
        })
    }

    fn whole(number: i64, digits: usize) -> Self {
        let units = i128::from(number) * power(digits);
        Self { units, digits }
    }

    /// Rounds a share to so many digits, half up.
    fn share(numerator: i64, denominator: i64, percent: bool, digits: usize) -> Self {
        let hundred = if percent { 100 } else { 1 };
        let (top, below) = (i128::from(numerator) * hundred, i128::from(denominator));
        let units = (2 * top * power(digits) + below) / (2 * below);
        Self { units, digits }
    }

    fn text(&self) -> String {
        let (whole, rest) = (
            self.units / power(self.digits),
            self.units % power(self.digits),
        );
        match self.digits {
            0 => whole.to_string(),
            digits => format!("{whole}.{rest:0digits$}"),
        }
    }
}

/// Ten to the power of `digits`, of which [`Decimal::parse`] allows six.
fn power(digits: usize) -> i128 {
    (0..digits.min(6)).fold(1, |power, _| power * 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(value: &str, unit: Option<&str>, numerator: i64, denominator: i64) -> String {
        let figure = Figure {
            label: "满意率".into(),
            value: value.into(),
            unit: unit.map(str::to_owned),
            before: None,
            source: None,
            numerator: Some(numerator),
            denominator: Some(denominator),
            target: None,
            indicator: None,
        };
        let computed = contradiction(&figure, numerator, denominator);
        computed.unwrap_or_else(|| "agrees".into())
    }

    #[test]
    fn a_share_is_rounded_as_finely_as_it_is_written() {
        assert_eq!(verdict("92%", None, 265, 288), "agrees");
        assert_eq!(verdict("92.0％", None, 265, 288), "agrees");
        assert_eq!(verdict("92", Some("%"), 265, 288), "agrees");
        assert_eq!(verdict("93%", None, 265, 288), "92%");
        assert_eq!(verdict("92.5%", None, 265, 288), "92.0%");
        assert_eq!(verdict("67%", None, 2, 3), "agrees");
        assert_eq!(verdict("66%", None, 2, 3), "67%");
    }

    #[test]
    fn a_count_is_the_numerator_itself() {
        assert_eq!(verdict("2,040", Some("公斤"), 2040, 3000), "agrees");
        assert_eq!(verdict("265", Some("份"), 265, 288), "agrees");
        assert_eq!(verdict("266", Some("份"), 265, 288), "265");
        assert_eq!(verdict("0.62", Some("公斤"), 744, 1200), "agrees");
    }

    #[test]
    fn words_are_taken_as_given() {
        assert_eq!(verdict("九成多", None, 265, 288), "agrees");
    }
}

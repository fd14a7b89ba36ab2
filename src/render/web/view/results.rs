//! Results in figures and duties that come round, as a page shows them.

use jiff::civil::Date;
use serde::Serialize;

use crate::render::web::facts::website::Facts;
use crate::render::web::text::words::Words;
use crate::site::{Duty, Every, Figure, Page};

/// A result in figures.
#[derive(Debug, Serialize)]
pub(in crate::render::web) struct FigureView {
    label: String,
    value: String,
    unit: Option<String>,
    before: Option<String>,
    source: Option<String>,
    target: Option<String>,
    /// Of how many, where it is a share.
    share: Option<ShareView>,
}

/// A share of a whole.
#[derive(Debug, Serialize)]
struct ShareView {
    numerator: String,
    denominator: String,
    /// How much of the bar is filled, in thousandths.
    part: i64,
    /// Where on the bar the target stands, in thousandths; only where it is a percentage.
    target: Option<i64>,
}

/// A duty with what was done in its year up to today.
#[derive(Debug, Serialize)]
pub(in crate::render::web) struct DutyView {
    title: String,
    who: Option<String>,
    /// How often it is asked for, such as 每月3次.
    asked: String,
    /// The year that is counted.
    year: i16,
    /// How often it was done.
    n_done: usize,
    /// How often it should have been done in the rounds that are over.
    n_asked: usize,
    /// The rounds that are over and were not kept, in words.
    short: Option<String>,
    /// How often it was done in the round that is going on, such as 2/3.
    present: Option<String>,
}

pub(in crate::render::web) fn figures(page: &Page) -> Vec<FigureView> {
    page.figures.iter().map(figure).collect()
}

fn figure(figure: &Figure) -> FigureView {
    let share = figure.numerator.zip(figure.denominator);
    FigureView {
        label: figure.label.clone(),
        value: figure.value.clone(),
        unit: figure.unit.clone(),
        before: figure.before.clone(),
        source: figure.source.clone(),
        target: figure.target.clone(),
        share: share.map(|(numerator, denominator)| ShareView {
            numerator: grouped(numerator),
            denominator: grouped(denominator),
            part: numerator.saturating_mul(1000) / denominator.max(1),
            target: figure.target.as_deref().and_then(percentage),
        }),
    }
}

/// Writes a count with commas, such as 41,250.
fn grouped(count: i64) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Reads the percentage that a target such as `90%以上` names, in thousandths.
fn percentage(target: &str) -> Option<i64> {
    let (number, _) = target.split_once(['%', '％'])?;
    let number: String = number.chars().filter(|c| c.is_ascii_digit()).collect();
    let percent: i64 = number.parse().ok()?;
    (percent <= 100).then_some(percent * 10)
}

/// Returns the page's duties; those that begin after today are left for later.
pub(in crate::render::web) fn duties(page: &Page, facts: &Facts) -> Vec<DutyView> {
    let duties = page.duties.iter();
    duties.filter_map(|own| duty(own, facts)).collect()
}

fn duty(duty: &Duty, facts: &Facts) -> Option<DutyView> {
    let (words, today) = (&facts.words, facts.today());
    let year = duty.to.map_or(today, |to| to.min(today)).year();
    let begun: Vec<(Date, Date)> = (duty.rounds(year).into_iter())
        .filter(|(first, _)| *first <= today)
        .collect();
    let (first, _) = *begun.first()?;
    let times = usize::try_from(duty.times).unwrap_or(usize::MAX);
    let (over, present): (Vec<_>, Vec<_>) = begun.iter().partition(|(_, last)| *last < today);
    let short: Vec<String> = (over.iter())
        .filter(|(first, last)| duty.n_done(*first, *last) < times)
        .map(|(first, last)| {
            let done = duty.n_done(*first, *last);
            // A name stays with its count.
            format!("{}\u{a0}{done}/{times}", round(duty.every, *first, words))
        })
        .collect();
    let n = duty.times.to_string();
    Some(DutyView {
        title: duty.title.clone(),
        who: (duty.who.clone()).filter(|_| facts.site.settings.publish_names),
        asked: words.fill(asked(duty.every), &[("n", &n)]),
        year,
        n_done: duty.n_done(first, today),
        n_asked: over.len().saturating_mul(times),
        short: (!short.is_empty()).then(|| short.join(words.get("duty_and"))),
        present: (present.first())
            .map(|(first, _)| format!("{}/{times}", duty.n_done(*first, today))),
    })
}

/// Names the phrase that says how often a duty comes round.
fn asked(every: Every) -> &'static str {
    match every {
        Every::Week => "duty_week",
        Every::Month => "duty_month",
        Every::Quarter => "duty_quarter",
        Every::Year => "duty_year",
    }
}

/// Names a round by its first day.
fn round(every: Every, first: Date, words: &Words) -> String {
    match every {
        Every::Week => words.fill("duty_round_week", &[("date", &words.date(first).short)]),
        Every::Month => words.month(first.month()),
        Every::Quarter => {
            let n = ((first.month() + 2) / 3).to_string();
            words.fill("duty_round_quarter", &[("n", &n)])
        }
        Every::Year => first.year().to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_grouped_by_thousands() {
        let grouped: Vec<_> = [0, 265, 41_250, 1_000_000].map(grouped).into();
        assert_eq!(grouped, ["0", "265", "41,250", "1,000,000"]);
    }

    #[test]
    fn a_target_stands_on_the_bar_where_it_is_a_percentage() {
        assert_eq!(percentage("90%"), Some(900));
        assert_eq!(percentage("90％以上"), Some(900));
        assert_eq!(percentage("不低于30%"), Some(300));
        assert_eq!(percentage("120%"), None);
        assert_eq!(percentage("18项"), None);
    }
}

//! What should have been done by today: stages of work plans, and duties that come round.
//!
//! A stage can still be finished, so one that is late is a warning until it is. A round of a duty
//! that went by cannot be made up honestly, so it is a note, and the archive names it.

use jiff::civil::Date;

use super::duty::{Duty, Every};
use super::page::{Approval, Page, Stage};
use crate::diag::{Code, Diagnostic, Diagnostics, Value};

/// How many rounds a message names.
const NAMED: usize = 8;

/// Reports what is not done, and what nothing shows to be done. Drafts are left alone.
pub(super) fn check(pages: &[Page], today: Date, diagnostics: &mut Diagnostics) {
    let begun = pages.iter().filter(|it| it.approval != Approval::Draft);
    for page in begun {
        let stages = page.campaign.iter().flat_map(|campaign| &campaign.stages);
        for found in stages.filter_map(|stage| check_stage(stage, today)) {
            diagnostics.push(found);
        }
        for found in page.duties.iter().filter_map(|it| check_duty(it, today)) {
            diagnostics.push(found);
        }
    }
}

fn check_stage(stage: &Stage, today: Date) -> Option<Diagnostic> {
    let report = |code| {
        let diagnostic = Diagnostic::new(code).at(stage.span.clone());
        let diagnostic = diagnostic
            .with("stage", &stage.title)
            .with("due", stage.due);
        diagnostic.with_some("done", stage.done)
    };
    match stage.done {
        Some(done) if today < done => Some(report(Code::StageAhead)),
        Some(_) if stage.proof.is_none() && stage.due < today => Some(report(Code::StageUnproved)),
        None if stage.due < today => Some(report(Code::StageLate)),
        _ => None,
    }
}

fn check_duty(duty: &Duty, today: Date) -> Option<Diagnostic> {
    let first = duty.from.unwrap_or(today).year();
    let last = duty.to.unwrap_or(today).min(today).year();
    let ended = (first..=last)
        .flat_map(|year| duty.rounds(year))
        .filter(|(_, last)| *last < today);
    let short: Vec<String> = ended.filter_map(|round| short(duty, round)).collect();
    if short.is_empty() {
        return None;
    }
    let diagnostic = Diagnostic::new(Code::DutyShort).at(duty.span.clone());
    let diagnostic = diagnostic.with("duty", &duty.title).with("n", short.len());
    Some(diagnostic.with("rounds", Value::first_of(NAMED, short)))
}

/// Names a round that was done too seldom, with how often it was done of how often it should.
fn short(duty: &Duty, (first, last): (Date, Date)) -> Option<String> {
    let (done, times) = (duty.n_done(first, last), duty.times);
    let is_short = u32::try_from(done).is_ok_and(|done| done < times);
    let name = match duty.every {
        Every::Week => first.to_string(),
        Every::Month => first.strftime("%Y-%m").to_string(),
        Every::Quarter => format!("{}-Q{}", first.year(), (first.month() + 2) / 3),
        Every::Year => first.year().to_string(),
    };
    is_short.then(|| format!("{name} {done}/{times}"))
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use crate::diag::Language;
    use crate::read::{MemoryInputs, read};

    /// What is said on `today` of a page with this front matter.
    fn said(today: &str, front: &str) -> String {
        let page = format!("---\ntitle: 创建\n{front}---\n做。\n");
        let inputs = MemoryInputs::new(today.parse().expect("a test's own day"))
            .with("greenboard.yaml", "format: 1\ntitle: 小院\n")
            .with("content/plan.md", &page);
        let tree = read(&inputs).value.expect("the site has settings");
        let said = crate::site::site(&tree).diagnostics.sorted();
        let line = |it: crate::diag::Diagnostic| {
            let said = it.render(Language::Chinese);
            format!("{:?} {}\n", it.severity(), said.message)
        };
        said.into_iter().map(line).collect()
    }

    #[test]
    fn a_stage_is_late_from_the_day_after_it_was_due() {
        let front = "stages: [{ title: 制定方案, due: 2026-05-31 }]\n";
        assert_eq!(said("2026-05-31", front), "");
        assert_snapshot!(said("2026-06-01", front), @"Warning “制定方案”应当在 2026-05-31 前做完，还没有写完成");
    }

    #[test]
    fn a_stage_that_is_done_wants_a_proof_once_its_day_is_past() {
        let front = "stages: [{ title: 制定方案, due: 2026-05-31, done: 2026-05-28 }]\n";
        assert_snapshot!(said("2026-05-27", front), @"Note “制定方案”的完成日期 2026-05-28 还没到，到那天才算做完");
        assert_eq!(said("2026-05-31", front), "");
        assert_snapshot!(said("2026-06-01", front), @"Warning “制定方案”写了 2026-05-28 完成，没有写凭据");
        let proved = front.replace("05-28 }", "05-28, proof: 回执 }");
        assert_eq!(said("2026-06-01", &proved), "");
    }

    #[test]
    fn a_duty_s_rounds_are_counted_once_they_are_over() {
        let front = "duties: [{ title: 河道巡查, every: 月, times: 3, from: 2026-01-10, \
            done: [2026-01-11, 2026-01-20, 2026-01-30, 2026-02-01] }]\n";
        assert_eq!(said("2026-02-28", front), "");
        assert_snapshot!(said("2026-04-01", front), @"Note “河道巡查”有 2 期没有做够：2026-02 1/3、2026-03 0/3");
    }

    #[test]
    fn drafts_are_left_alone() {
        let front = "status: draft\nstages: [{ title: 制定方案, due: 2026-05-31 }]\n";
        assert_eq!(said("2026-06-01", front), "");
    }
}

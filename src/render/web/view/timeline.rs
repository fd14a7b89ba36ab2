//! Staged work plans as timelines that know today.

use jiff::civil::Date;
use serde::Serialize;

use crate::render::web::facts::website::Facts;
use crate::render::web::text::words::DateView;
use crate::render::web::view::values::days_between;
use crate::site::{Campaign, Stage};

/// The stages of a plan with today among them.
#[derive(Debug, Serialize)]
pub(in crate::render::web) struct TimelineView {
    stages: Vec<StageView>,
    today: DateView,
    /// Before which stage today stands, from 0; as many as there are stages where it stands
    /// behind all. None where the plan has not begun or is over.
    at: Option<usize>,
    /// What was due and is not done.
    late: Vec<LateView>,
}

/// A stage that is overdue.
#[derive(Debug, Serialize)]
struct LateView {
    title: String,
    /// For how many days.
    days: i32,
}

/// How far a stage of a plan has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum StageState {
    Done,
    /// The first that is not done.
    Present,
    Later,
    /// Not done on its day.
    Late,
}

/// A stage of a staged work plan.
#[derive(Debug, Serialize)]
struct StageView {
    title: String,
    due: DateView,
    state: StageState,
    /// For how many days it is overdue.
    days_late: i32,
    who: Option<String>,
    text: Option<String>,
    done: Option<DateView>,
    proof: Option<String>,
}

/// Tells whether a plan with stages is carried out on `day`.
fn is_running(campaign: &Campaign, day: Date) -> bool {
    let due = campaign.stages.iter().map(|stage| stage.due).max();
    let last = due.map_or(campaign.to, |due| due.max(campaign.to));
    campaign.from <= day && day <= last
}

/// Tells whether a timeline says what day it is: while the plan is carried out, and as long as a
/// stage is late.
pub(in crate::render::web) fn tells_today(campaign: &Campaign, day: Date) -> bool {
    let is_late = |stage: &Stage| stage.done_by(day).is_none() && stage.due < day;
    !campaign.stages.is_empty()
        && (is_running(campaign, day) || campaign.stages.iter().any(is_late))
}

impl TimelineView {
    /// Shows the stages of a campaign that has some.
    pub(in crate::render::web) fn new(campaign: Option<&Campaign>, facts: &Facts) -> Option<Self> {
        let campaign = campaign.filter(|campaign| !campaign.stages.is_empty())?;
        let stages = &campaign.stages;
        let today = facts.today();
        let is_open = |stage: &Stage| stage.done_by(today).is_none();
        let present = stages.iter().position(is_open);
        let view = |(at, stage)| stage_view(stage, Some(at) == present, facts);
        let late = |stage: &&Stage| is_open(stage) && stage.due < today;
        let is_running = is_running(campaign, today);
        Some(Self {
            stages: stages.iter().enumerate().map(view).collect(),
            today: facts.words.date(today),
            at: is_running.then(|| place(stages, today)),
            late: stages
                .iter()
                .filter(late)
                .map(|stage| LateView {
                    title: stage.title.clone(),
                    days: days_between(stage.due, today),
                })
                .collect(),
        })
    }
}

/// Returns before which stage `today` stands.
fn place(stages: &[Stage], today: Date) -> usize {
    let next = stages.iter().position(|stage| today <= stage.due);
    next.unwrap_or(stages.len())
}

fn stage_view(stage: &Stage, is_present: bool, facts: &Facts) -> StageView {
    let today = facts.today();
    let done = stage.done_by(today);
    let state = match (done, stage.due < today, is_present) {
        (Some(_), ..) => StageState::Done,
        (None, true, _) => StageState::Late,
        (None, false, true) => StageState::Present,
        (None, false, false) => StageState::Later,
    };
    let named = facts.site.settings.publish_names;
    StageView {
        title: stage.title.clone(),
        due: facts.words.date(stage.due),
        state,
        days_late: days_between(stage.due, today).max(0),
        who: stage.who.clone().filter(|_| named),
        text: stage.text.clone(),
        done: done.map(|date| facts.words.date(date)),
        proof: (stage.proof.clone()).filter(|_| done.is_some()),
    }
}

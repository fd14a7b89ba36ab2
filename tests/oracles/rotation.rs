//! A script that shares nothing with the solver scores its plans.

use std::process::Command;

use greenboard::rotation::anneal::{Effort, bound, greedy, score, solve};
use tempfile::TempDir;

use super::{asks, root};

#[path = "../../examples/rotation_bench/format.rs"]
pub(super) mod format;

/// Solves an instance, lets the script score plan and start, and returns objective and bound.
#[track_caller]
fn judged(name: &str) -> (i64, i64) {
    let file = root().join("tests/rotation").join(name);
    let text = std::fs::read(&file).expect("the instance is there");
    let bench: format::Bench = serde_json::from_slice(&text).expect("it is an instance");
    let instance = bench.instance();
    let start = greedy(&instance);
    let solution = solve(&instance, &start, Effort::Thorough);
    let folder = TempDir::new().expect("a temporary folder can be made");
    for assignment in [&start, &solution.assignment] {
        let plan = folder.path().join("plan.json");
        let json = serde_json::to_vec(&bench.plan(assignment)).expect("a plan is JSON");
        std::fs::write(&plan, json).expect("it can be written");
        let said = asks(
            Command::new("python3")
                .arg("score.py")
                .arg(&file)
                .arg(&plan),
        );
        let score = score(&instance, assignment);
        let ours = format!(
            "objective {} copies {} uncovered {} violations {}",
            score.objective,
            score.sheets,
            score.uncovered,
            score.violations.len()
        );
        assert_eq!(said.trim(), ours, "{name}");
        assert_eq!(score.violations, []);
    }
    let bound = bound(&instance, solution.objective);
    (solution.objective, bound)
}

#[test]
fn plan_of_s_is_worth_what_the_script_says() {
    let (objective, bound) = judged("S.json");
    assert!(objective >= 5_881 && bound >= 5_903, "{objective} {bound}");
}

#[test]
fn plan_of_m_is_worth_what_the_script_says() {
    let (objective, bound) = judged("M.json");
    assert!(
        objective >= 45_000 && bound >= 45_249,
        "{objective} {bound}"
    );
}

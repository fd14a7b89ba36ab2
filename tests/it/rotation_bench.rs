//! The solver on the small instance that others solved too; `tests/oracles` has the larger one.

use greenboard::rotation::anneal::{Effort, bound, greedy, score, solve};

#[path = "../../examples/rotation_bench/format.rs"]
mod format;

#[test]
fn small_instance_is_solved_as_well_as_promised() {
    let text = include_str!("../rotation/S.json");
    let bench: format::Bench = serde_json::from_str(text).expect("S is an instance");
    let instance = bench.instance();
    let solution = solve(&instance, &greedy(&instance), Effort::Thorough);
    let score = score(&instance, &solution.assignment);
    assert_eq!(score.violations, []);
    assert_eq!(score.uncovered, 0);
    assert_eq!(score.objective, solution.objective);
    // 5,903 is the best there is, as HiGHS has proved.
    assert!(
        (5_881..=5_903).contains(&score.objective),
        "{}",
        score.objective
    );
    assert!(bound(&instance, score.objective) >= 5_903);
    let plan = bench.plan(&solution.assignment);
    let n_shown: usize = plan.iter().flatten().map(Vec::len).sum();
    assert_eq!(n_shown, solution.assignment.iter().flatten().count());
}

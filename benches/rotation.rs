//! The solver of the rotation plan: what it reaches on instances of all sizes, and how fast.
//!
//! The table comes once, before anything is timed again and again; `cargo bench --bench rotation`
//! takes some minutes. The bound of the largest instance is left out.

use std::hint::black_box;
use std::time::Instant;

use criterion::{Criterion, criterion_group, criterion_main};
use greenboard::rotation::anneal::{Effort, Instance, bound, greedy, score, solve};

#[path = "../examples/rotation_bench/format.rs"]
mod format;
#[path = "../examples/rotation_bench/make.rs"]
mod make;

const S: &str = include_str!("../tests/rotation/S.json");
const M: &str = include_str!("../tests/rotation/M.json");

fn read(text: &str) -> format::Bench {
    serde_json::from_str(text).expect("it is an instance")
}

/// Solves an instance thoroughly and prints a line on it.
fn line(name: &str, bench: &format::Bench, bounded: bool) {
    let instance = bench.instance();
    let begin = Instant::now();
    let solution = solve(&instance, &greedy(&instance), Effort::Thorough);
    let seconds = begin.elapsed().as_secs_f64();
    let score = score(&instance, &solution.assignment);
    assert_eq!(score.violations, []);
    let shown: usize = bench
        .plan(&solution.assignment)
        .iter()
        .flatten()
        .map(Vec::len)
        .sum();
    let bound = if bounded {
        let bound = bound(&instance, solution.objective);
        let gap = 100.0 * (bound - solution.objective) as f64 / bound as f64;
        format!("bound {bound} ({gap:.2} %)")
    } else {
        String::new()
    };
    let (objective, sheets) = (solution.objective, score.sheets);
    println!("{name}: {objective} in {seconds:.1} s, {shown} showings, {sheets} sheets {bound}");
}

fn quick(instance: &Instance) -> i64 {
    solve(instance, &greedy(instance), Effort::Quick).objective
}

fn bench(c: &mut Criterion) {
    line("S", &read(S), true);
    line("M", &read(M), true);
    line("100 × 52", &make::make(100, 52, 500), true);
    line("1,000 × 52", &make::make(1_000, 52, 500), false);
    let mut group = c.benchmark_group("rotation");
    group.sample_size(10);
    for (name, text) in [("S", S), ("M", M)] {
        let instance = read(text).instance();
        group.bench_function(format!("{name}, quick"), |b| {
            b.iter(|| quick(black_box(&instance)));
        });
        group.bench_function(format!("{name}, bound"), |b| {
            b.iter(|| bound(black_box(&instance), 0));
        });
    }
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);

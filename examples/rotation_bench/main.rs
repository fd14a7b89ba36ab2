//! Solves a benchmark instance of the rotation plan, to be judged by any other solver.
//!
//! ```text
//! cargo run --release --example rotation_bench -- INSTANCE.json PLAN.json
//! cargo run --release --example rotation_bench -- --make 100x52x500 INSTANCE.json PLAN.json
//! ```
//!
//! Writes the plan (`plan[period][board]`: a list of items by number) and prints objective,
//! sheets, bound, gap, seconds and peak memory. `tests/oracles/score.py INSTANCE PLAN` scores
//! such a plan by itself. `--make BOARDSxPERIODSxITEMS` first makes an instance of that size and
//! writes it to INSTANCE.json; `--no-bound` leaves the bound out, `--quick` searches as long as
//! an ordinary build does. `--replan N` makes N edits of each kind instead and tells what mending
//! costs against searching anew; no plan is written then.

#![expect(
    clippy::disallowed_methods,
    reason = "a tool for whoever judges the solver, no part of a build"
)]

mod format;
mod make;
mod replan;

use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context, bail};
use format::Bench;
use greenboard::rotation::anneal::{Effort, bound, greedy, score, solve};

fn main() -> anyhow::Result<()> {
    let task = Task::from_arguments(std::env::args().skip(1))?;
    let bench = task.bench()?;
    let instance = bench.instance();
    if let Some(n) = task.replan {
        replan::measure(&instance, n);
        return Ok(());
    }
    let watch = Watch::start();
    let solution = solve(&instance, &greedy(&instance), task.effort);
    let solving = watch.read();
    let score = score(&instance, &solution.assignment);
    let plan = serde_json::to_vec(&bench.plan(&solution.assignment))?;
    std::fs::write(&task.plan, plan)?;
    println!(
        "objective {} copies {} uncovered {} violations {}",
        score.objective,
        score.sheets,
        score.uncovered,
        score.violations.len()
    );
    println!("solved    {solving}");
    if task.bound {
        let watch = Watch::start();
        let bound = bound(&instance, score.objective);
        let gap = 100.0 * (bound - score.objective) as f64 / bound as f64;
        println!("bound     {bound} gap {gap:.2} %, {}", watch.read());
    }
    if let Some(peak) = peak_memory() {
        println!("memory    {peak} at the peak");
    }
    Ok(())
}

/// What is asked for.
struct Task {
    instance: PathBuf,
    plan: PathBuf,
    make: Option<(usize, usize, usize)>,
    effort: Effort,
    bound: bool,
    /// How many edits of each kind.
    replan: Option<usize>,
}

impl Task {
    fn from_arguments(mut arguments: impl Iterator<Item = String>) -> anyhow::Result<Self> {
        let mut files = Vec::new();
        let (mut make, mut effort, mut bound) = (None, Effort::Thorough, true);
        let mut replan = None;
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--make" => make = Some(size(&arguments.next().unwrap_or_default())?),
                "--quick" => effort = Effort::Quick,
                "--no-bound" => bound = false,
                "--replan" => replan = Some(arguments.next().unwrap_or_default().parse()?),
                _ => files.push(PathBuf::from(argument)),
            }
        }
        let Ok([instance, plan]) = <[PathBuf; 2]>::try_from(files) else {
            bail!(
                "rotation_bench [--make 100x52x500] [--quick] [--no-bound] [--replan N] INSTANCE PLAN"
            );
        };
        Ok(Self {
            instance,
            plan,
            make,
            effort,
            bound,
            replan,
        })
    }

    fn bench(&self) -> anyhow::Result<Bench> {
        if let Some((boards, periods, items)) = self.make {
            let made = make::make(boards, periods, items);
            std::fs::write(&self.instance, serde_json::to_vec(&made)?)?;
        }
        let name = self.instance.display();
        let text = std::fs::read(&self.instance).with_context(|| format!("cannot read {name}"))?;
        serde_json::from_slice(&text).with_context(|| format!("{name} is no instance"))
    }
}

/// Reads `100x52x500`: boards, periods, items, none of them 0.
fn size(text: &str) -> anyhow::Result<(usize, usize, usize)> {
    let numbers: Option<Vec<usize>> = text.split('x').map(|n| n.parse().ok()).collect();
    match numbers.as_deref() {
        Some(&[boards, periods, items]) if boards * periods * items > 0 => {
            Ok((boards, periods, items))
        }
        _ => bail!("--make wants BOARDSxPERIODSxITEMS, such as 100x52x500, not `{text}`"),
    }
}

/// Measures time on the wall, and of the processor where the system tells.
struct Watch {
    wall: Instant,
    cpu: Option<f64>,
}

impl Watch {
    fn start() -> Self {
        Self {
            wall: Instant::now(),
            cpu: cpu_seconds(),
        }
    }

    fn read(&self) -> String {
        let wall = self.wall.elapsed().as_secs_f64();
        match (self.cpu, cpu_seconds()) {
            (Some(before), Some(now)) => format!("{wall:.2} s, {:.2} s of CPU", now - before),
            _ => format!("{wall:.2} s"),
        }
    }
}

/// Returns the seconds that the thread has computed: all of them, as the solver has one thread.
fn cpu_seconds() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds: f64 = text.split_whitespace().next()?.parse().ok()?;
    Some(nanoseconds / 1e9)
}

fn peak_memory() -> Option<String> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: u64 = line.split_whitespace().next()?.parse().ok()?;
    Some(format!("{} MiB", kib.div_ceil(1024)))
}

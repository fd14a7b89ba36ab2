//! Builds and other commands that are killed, run out of room or are refused by the system.
//!
//! `kills.py` says what it tries; here a share of it, with `--ignored` all.

use std::process::Command;

#[test]
fn what_is_cut_short_is_old_or_new_and_healed() {
    run(&[]);
}

#[test]
#[ignore = "takes an hour; run by hand before a release"]
fn what_is_cut_short_anywhere_is_old_or_new_and_healed() {
    run(&["--full"]);
}

fn run(args: &[&str]) {
    let output = Command::new("python3")
        .arg(crate::root().join("tests/oracles/kills.py"))
        .arg(env!("CARGO_BIN_EXE_greenboard"))
        .args(args)
        .output()
        .expect("python3 runs");
    let told = String::from_utf8_lossy(&output.stdout);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}{said}");
}

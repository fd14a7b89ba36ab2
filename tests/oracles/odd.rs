//! What people hand in by mistake: some 180 odd inputs, each on a small site of its own.
//!
//! None may be silent (a page that says something else, and no word of it), hang, end the program
//! or take more than a gigabyte. `odd.py` prints a verdict for each.

use std::process::Command;

#[test]
fn odd_inputs_are_right_or_told() {
    let script = crate::root().join("tests/oracles/odd.py");
    let output = Command::new("python3")
        .arg(script)
        .arg(env!("CARGO_BIN_EXE_greenboard"))
        .output()
        .expect("python3 runs");
    let told = String::from_utf8_lossy(&output.stdout);
    let at_fault = told.lines().filter(|line| {
        ["silent", "hang", "abort", "memory"].contains(&line.split(' ').next().unwrap_or_default())
    });
    let at_fault: Vec<&str> = at_fault.collect();
    assert!(
        output.status.success() && at_fault.is_empty(),
        "{at_fault:#?}\n{}",
        told.lines().last().unwrap_or_default()
    );
}

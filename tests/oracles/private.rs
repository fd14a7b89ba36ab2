//! Files of other programs, published: without what is private, and whole.

use std::process::Command;

#[test]
fn files_of_other_programs_stay_whole_without_what_is_private() {
    let python = crate::oracles().join(".venv/bin/python");
    let output = Command::new(python)
        .arg(crate::oracles().join("private.py"))
        .arg(env!("CARGO_BIN_EXE_greenboard"))
        .output()
        .expect("python3 runs");
    assert!(
        output.status.success(),
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

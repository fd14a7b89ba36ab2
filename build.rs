//! Names the program by all that it is built of, for what it keeps from run to run, and tells Cargo
//! that the theme and the sample travel in the binary.

#![expect(clippy::disallowed_methods, reason = "it reads what is compiled")]

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::io;
use std::path::Path;

/// What decides which bytes the program makes: its sources, the versions of its libraries and the
/// theme that travels in it.
const SOURCES: [&str; 4] = ["src", "themes", "Cargo.lock", "Cargo.toml"];
/// What travels in it besides.
const CARGO: [&str; 2] = ["cities", "content"];

fn main() -> io::Result<()> {
    let mut hasher = DefaultHasher::new();
    for path in SOURCES {
        println!("cargo:rerun-if-changed={path}");
        add(Path::new(path), &mut hasher)?;
    }
    for path in CARGO {
        println!("cargo:rerun-if-changed={path}");
    }
    println!("cargo:rustc-env=GREENBOARD_BUILD={:016x}", hasher.finish());
    Ok(())
}

/// Adds a file, or all files of a folder, to what `hasher` has seen.
fn add(path: &Path, hasher: &mut DefaultHasher) -> io::Result<()> {
    if !path.is_dir() {
        path.to_string_lossy().hash(hasher);
        fs::read(path)?.hash(hasher);
        return Ok(());
    }
    let mut below = Vec::new();
    for entry in fs::read_dir(path)? {
        below.push(entry?.path());
    }
    below.sort();
    below.iter().try_for_each(|path| add(path, hasher))
}

//! What is said where a file cannot be had.

use insta::assert_snapshot;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;

use super::*;
use crate::diag::Language;

/// A site of whose files another program keeps one to itself.
struct Locked(MemoryInputs, &'static str);

impl Inputs for Locked {
    fn list(&self, dir: &SitePath) -> Result<Vec<SitePath>, FileError> {
        self.0.list(dir)
    }

    fn read(&self, file: &SitePath) -> Result<Arc<[u8]>, FileError> {
        match file.as_str() == self.1 {
            true => Err(FileError::Other("另一个程序正在使用此文件".to_owned())),
            false => self.0.read(file),
        }
    }

    fn today(&self, timezone: &TimeZone) -> Date {
        self.0.today(timezone)
    }

    fn machine_fonts(&self, wanted: &WantedFonts) -> Vec<Arc<[u8]>> {
        self.0.machine_fonts(wanted)
    }
}

#[test]
fn a_file_that_another_program_holds_is_named() {
    let inputs = MemoryInputs::new(date(2026, 11, 5))
        .with("greenboard.yaml", "format: 1\ntitle: 小院\n")
        .with("content/_index.md", "---\ntitle: 小院\n---\n");
    let read = read(&Locked(inputs, "content/_index.md"));
    let said = read.diagnostics.sorted();
    let said = said.iter().map(|one| {
        let path = one.at.as_ref().map(|at| at.path().as_str());
        format!(
            "{}: {}",
            path.unwrap_or("-"),
            one.render(Language::Chinese).message
        )
    });
    assert_snapshot!(said.collect::<Vec<_>>().join("\n"), @"content/_index.md: 读不了这个文件（别的程序正开着它）");
}

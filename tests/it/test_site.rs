//! A site in a folder of its own, and the program run on it with nothing from outside.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// A site being tested.
pub struct TestSite {
    folder: TempDir,
}

/// What a run of the program gave.
#[must_use = "look at what came of it"]
pub struct Run {
    /// The exit code.
    pub code: i32,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

impl TestSite {
    /// Makes the smallest site that prints: a home page, one guide, one board of one slot.
    pub fn minimal() -> Self {
        Self::empty()
            .write("greenboard.yaml", "format: 1\ntitle: 小院\nbase_url: https://xiaoyuan.example/\n")
            .write("content/_index.md", "---\ntitle: 小院\n---\n欢迎。\n")
            .write(
                "content/living/_index.md",
                "---\ntitle: 绿色生活\n---\n身边的做法。\n",
            )
            .write("content/boards/_index.md", "---\ntitle: 宣传栏\n---\n院里的栏。\n")
            .write(
                "content/living/tap.md",
                "---\ntitle: 关紧水龙头\ndate: 2026-01-01\ntopics: [water]\nposter:\n  layout: guide\n  lead: 出门前看一眼\n---\n1. **拧紧**每个水龙头。\n2. **听一听**有没有滴水声。\n3. **报修**打物业电话。\n",
            )
            .write(
                "content/boards/gate.md",
                "---\ntitle: 大门宣传栏\nkind: board\nplace: 大门\nsize: 500x600mm\nrepeat_after: 0\nslots:\n  - { id: \"1\", at: [50, 50], size: A3 }\n---\n大门里。\n",
            )
    }

    /// Makes an empty folder.
    pub fn empty() -> Self {
        Self {
            folder: TempDir::new().expect("a temporary folder can be made"),
        }
    }

    /// Returns the site's folder.
    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file.
    #[track_caller]
    pub fn write(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        self.put(path, content);
        self
    }

    /// Writes a file of a site that is in use.
    #[track_caller]
    pub fn put(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.root().join(path);
        std::fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("made");
        std::fs::write(path, content).expect("written");
    }

    /// Replaces words in a file.
    #[track_caller]
    pub fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} does not contain {from}");
        self.put(path, text.replace(from, to));
    }

    /// Removes a file.
    #[track_caller]
    pub fn remove(&self, path: &str) {
        std::fs::remove_file(self.root().join(path)).expect("removed");
    }

    /// Reads a file as text.
    #[track_caller]
    pub fn read(&self, path: &str) -> String {
        let path = self.root().join(path);
        std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// Returns what lies inside `<main>` of a page.
    #[track_caller]
    pub fn main_of(&self, page: &str) -> String {
        let html = self.read(&format!("public/{page}"));
        let start = html.find("<main").expect("the page has a <main>");
        let end = html.find("</main>").expect("<main> is closed");
        html[start..end].to_owned()
    }

    /// Runs the program in the site with `--today 2026-11-10`.
    pub fn run(&self, args: &[&str]) -> Run {
        self.run_with(args, &[("TZ", "UTC")])
    }

    /// Runs the program with these variables and no others.
    pub fn run_with(&self, args: &[&str], variables: &[(&str, &str)]) -> Run {
        let mut command = program(self.root());
        command.args(args).envs(variables.iter().copied());
        if !args.contains(&"--today") {
            command.args(["--today", "2026-11-10"]);
        }
        Run::from(command.output().expect("the program runs"))
    }

    /// Builds the site; it must go well.
    #[track_caller]
    pub fn build(&self) {
        let run = self.run(&["build"]);
        assert_eq!(run.code, 0, "{}\n{}", run.stdout, run.stderr);
    }

    /// Builds the site, whether or not anything changed since the last build; it must go well.
    #[track_caller]
    pub fn build_anew(&self) {
        self.remove(".greenboard/last.json");
        self.build();
    }

    /// Returns all files below `folder` with their content.
    pub fn files(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let base = self.root().join(folder);
        files_below(&base)
            .into_iter()
            .map(|path| {
                let name = path.strip_prefix(&base).expect("it lies below");
                let name = name.to_string_lossy().replace('\\', "/");
                (name, std::fs::read(&path).expect("read"))
            })
            .collect()
    }
}

/// Prepares the program, without the surroundings' variables.
pub fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_greenboard"));
    command
        .current_dir(folder)
        .env_clear()
        .env("HOME", "/nonexistent")
        .env("NO_COLOR", "1");
    command
}

fn files_below(base: &Path) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(base)
        .sort_by_file_name()
        .into_iter()
        .filter_map(Result::ok);
    entries
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| entry.into_path())
        .collect()
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

impl Run {
    /// Returns the messages, without the summary that goes to standard output.
    pub fn messages(&self) -> &str {
        self.stderr.trim_end()
    }
}

//! The site's data files: `data/*.yaml`, `.json`, `.csv`, `.toml` and `.xlsx` as plain values.
//!
//! `data/fees.csv` is called `fees`, `data/sports/halls.yaml` is `sports.halls`. Tables become
//! lists of rows, each a mapping from the column's head to the cell, so that a template and a
//! `:::table` read every kind of file alike. What is broken is reported with file and line, in a
//! workbook with sheet and cell.

mod csv;
mod rows;
mod text;
mod xlsx;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Map, Value};
use unicode_normalization::UnicodeNormalization;

use crate::diag::{Code, Diagnostic, Diagnostics, SitePath, Source, Span, Words, words};

/// The folder of the data files.
pub const DATA: &str = "data";

/// How large a data file may be: far more than anyone types, far less than a machine's memory.
const LARGEST: usize = 16 << 20;

/// What the site's data files say.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Data {
    /// All values, those of a folder in a mapping of its name.
    pub values: Map<String, Value>,
    /// The files by their names, such as `sports.halls`.
    pub files: BTreeMap<String, SitePath>,
}

impl Data {
    /// Returns the value of the file or folder `name`, such as `sports.halls`.
    pub fn get(&self, name: &str) -> Option<&Value> {
        let mut parts = name.split('.');
        let first = self.values.get(parts.next()?)?;
        parts.try_fold(first, |value, part| value.get(part))
    }

    /// Puts the value of `path` in its place; gives the file that stands in the way back.
    fn put(&mut self, path: &SitePath, value: Value) -> Result<(), SitePath> {
        let parts = parts(path);
        let name = parts.join(".");
        let clash = self.files.iter().find(|(other, _)| {
            let under = |a: &str, b: &str| a == b || a.starts_with(&format!("{b}."));
            under(other, &name) || under(&name, other)
        });
        if let Some((_, other)) = clash {
            return Err(other.clone());
        }
        let Some((last, folders)) = parts.split_last() else {
            return Ok(());
        };
        let mut place = &mut self.values;
        for folder in folders {
            let inner = place.entry(folder.clone()).or_insert_with(empty);
            let Value::Object(inner) = inner else {
                return Ok(());
            };
            place = inner;
        }
        place.insert(last.clone(), value);
        self.files.insert(name, path.clone());
        Ok(())
    }
}

fn empty() -> Value {
    Value::Object(Map::new())
}

/// Returns the parts of a data file's name.
fn parts(path: &SitePath) -> Vec<String> {
    let below = path.strip(DATA).unwrap_or(path.as_str());
    let stem = below.rsplit_once('.').map_or(below, |(stem, _)| stem);
    stem.split('/').map(|part| part.nfc().collect()).collect()
}

/// The forms of data files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Yaml,
    Json,
    Toml,
    Csv,
    Xlsx,
    /// A table of another office program, which nobody here can read.
    Foreign,
}

impl Form {
    /// Returns the form by a file's ending; other files in the folder are left alone.
    fn of(path: &SitePath) -> Option<Self> {
        match path.extension().to_ascii_lowercase().as_str() {
            "yaml" | "yml" => Some(Self::Yaml),
            "json" => Some(Self::Json),
            "toml" => Some(Self::Toml),
            "csv" => Some(Self::Csv),
            "xlsx" => Some(Self::Xlsx),
            "xls" | "et" | "ods" | "numbers" => Some(Self::Foreign),
            _ => None,
        }
    }
}

/// Why a data file cannot be used, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Fault {
    place: Place,
    /// What is wrong, in our words.
    advice: Option<Words>,
    /// What is wrong, in the parser's words.
    cause: Option<String>,
}

/// A place in a data file.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    /// A byte of its text.
    Byte(usize),
    /// A cell of a workbook: its row from 1, and the sheet and cell as one reads them.
    Cell { row: usize, name: String },
}

impl Fault {
    fn told(place: Place, advice: Words) -> Self {
        Self {
            place,
            advice: Some(advice),
            cause: None,
        }
    }

    fn parser(place: Place, cause: impl ToString) -> Self {
        Self {
            place,
            advice: None,
            cause: Some(cause.to_string()),
        }
    }

    /// Says it of the file `source`.
    fn diagnostic(self, source: &Arc<Source>) -> Diagnostic {
        let broken = Diagnostic::new(Code::BrokenData)
            .with_some("advice", self.advice)
            .with_some("cause", self.cause);
        match self.place {
            Place::Byte(at) => broken.at(Span::new(source, at..at)),
            Place::Cell { row, name } => {
                // A workbook has no text; as many empty lines give the row's number.
                let text = "\n".repeat(row.saturating_sub(1));
                let end = text.len();
                let rows = Source::new(source.path.clone(), text);
                broken.at(Span::new(&rows, end..end)).with("cell", name)
            }
        }
    }
}

/// Adds the file `path` to `data`; `source` decodes its text and reports where it cannot.
pub(super) fn add(
    data: &mut Data,
    path: &SitePath,
    bytes: &[u8],
    source: impl FnOnce() -> Option<Arc<Source>>,
    diagnostics: &mut Diagnostics,
) {
    let Some(form) = Form::of(path) else {
        return;
    };
    let plain = Source::new(path.clone(), "");
    let start = || Place::Byte(0);
    let (source, read) = match form {
        _ if bytes.len() > LARGEST => {
            let advice = words("data-too-large");
            (plain, Err(Fault::told(start(), advice)))
        }
        Form::Foreign => {
            let advice = words("data-foreign");
            (plain, Err(Fault::told(start(), advice)))
        }
        Form::Xlsx => (plain, xlsx::read(bytes)),
        Form::Yaml | Form::Json | Form::Toml | Form::Csv => {
            let Some(source) = source() else { return };
            let read = match form {
                Form::Json => text::json(&source.text),
                Form::Toml => text::toml(&source.text),
                Form::Csv => csv::read(&source.text),
                _ => text::yaml(&source.text),
            };
            (source, read)
        }
    };
    match read {
        Err(fault) => diagnostics.push(fault.diagnostic(&source)),
        Ok(value) => {
            if let Err(other) = data.put(path, value) {
                let same = Diagnostic::new(Code::SameData)
                    .at(Span::file(&source))
                    .with("name", parts(path).join("."));
                diagnostics.push(same.with("other", other));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::diag::Language;

    /// Reads files and tells what came of it, then what was wrong.
    fn told(files: &[(&str, &str)]) -> String {
        let mut data = Data::default();
        let mut diagnostics = Diagnostics::default();
        for (path, text) in files {
            let path = SitePath::new(path).expect("a test's own path");
            let source = || Some(Source::new(path.clone(), *text));
            add(&mut data, &path, text.as_bytes(), source, &mut diagnostics);
        }
        let mut out = serde_json::to_string(&data.values).expect("plain values");
        for one in diagnostics.sorted() {
            let said = one.render(Language::Chinese);
            let line = said.line.unwrap_or(0);
            out += &format!("\n{} 第{line}行：{}", said.code, said.message);
            out.extend(said.hints.iter().map(|hint| format!(" / {hint}")));
        }
        out
    }

    #[test]
    fn every_form_gives_the_same_values() {
        let read = told(&[
            (
                "data/a.yaml",
                "- 名称: 旧沙发\n  元: 30\n  上门: true\n  号: \"007\"\n  备注：\n",
            ),
            (
                "data/b.json",
                "[{\"名称\": \"旧沙发\", \"元\": 30, \"上门\": true}]",
            ),
            ("data/c.csv", "\u{feff}名称,元\n旧沙发,30\n\n\"大,柜\",50\n"),
            (
                "data/fees/d.toml",
                "fee = 30\nday = 2026-11-01\n[[lists]]\na = 1.5\n",
            ),
            ("data/README.md", "说明"),
        ]);
        assert_snapshot!(read, @r#"{"a":[{"名称":"旧沙发","元":30,"上门":true,"号":"007","备注":null}],"b":[{"名称":"旧沙发","元":30,"上门":true}],"c":[{"名称":"旧沙发","元":"30"},{"名称":"大,柜","元":"50"}],"fees":{"d":{"day":"2026-11-01","fee":30,"lists":[{"a":1.5}]}}}"#);
    }

    #[test]
    fn broken_files_are_named_with_their_line() {
        assert_snapshot!(told(&[("data/a.yaml", "甲: 1\n乙: [1\n")]), @"
        {}
        G273 第2行：这个数据文件从这里起读不懂 / `[` 没有和它成对的 `]`
        ");
        assert_snapshot!(told(&[("data/a.yaml", "甲: 1\n甲: 2\n")]), @"
        {}
        G273 第2行：这个数据文件从这里起读不懂 / `甲` 写了两次
        ");
        assert_snapshot!(told(&[("data/b.json", "{\n  \"a\": 1,\n}")]), @"
        {}
        G273 第3行：这个数据文件从这里起读不懂 / 程序的原话：trailing comma at line 3 column 1
        ");
        assert_snapshot!(told(&[("data/c.csv", "名称,元\n旧沙发,30,多\n")]), @"
        {}
        G273 第2行：这个数据文件从这里起读不懂 / 这一行比表头多：表头只有 2 列；格子里的逗号要用引号括起来
        ");
        assert_snapshot!(told(&[("data/c.csv", "名称,名称\n")]), @"
        {}
        G273 第1行：这个数据文件从这里起读不懂 / 表头里有两列都叫“名称”，改掉一个
        ");
        assert_snapshot!(told(&[("data/d.toml", "a = 1\nb =\n")]), @"
        {}
        G273 第2行：这个数据文件从这里起读不懂 / 程序的原话：string values must be quoted, expected literal string
        ");
        assert_snapshot!(told(&[("data/e.xls", "x")]), @"
        {}
        G273 第1行：这个数据文件从这里起读不懂 / 这种表格读不了，请用“另存为”存成 .xlsx 或 .csv
        ");
        assert_snapshot!(told(&[("data/e.xlsx", "x")]), @"
        {}
        G273 第1行：这个数据文件从这里起读不懂 / 程序的原话：Zip error: invalid Zip archive: Could not find EOCD
        ");
    }

    #[test]
    fn two_files_of_one_name_are_reported() {
        let said = told(&[("data/a.csv", "甲\n1\n"), ("data/a.json", "1")]);
        assert_snapshot!(said, @r#"
        {"a":[{"甲":"1"}]}
        G275 第1行：两个数据文件都叫 `a`：还有 data/a.csv / 给其中一个改文件名
        "#);
        let said = told(&[("data/a.json", "{}"), ("data/a/b.json", "1")]);
        assert_snapshot!(said, @r#"
        {"a":{}}
        G275 第1行：两个数据文件都叫 `a.b`：还有 data/a.json / 给其中一个改文件名
        "#);
    }

    #[test]
    fn values_are_found_by_their_whole_name() {
        let mut data = Data::default();
        let path = SitePath::fixed("data/a/b.json");
        data.put(&path, serde_json::json!({ "c": 1 }))
            .expect("there is room");
        assert_eq!(data.get("a.b.c"), Some(&serde_json::json!(1)));
        assert_eq!(data.get("a.x"), None);
    }
}

//! The site's data files: `data/*.yaml`, `.json`, `.csv`, `.toml` and `.xlsx` as plain values.
//!
//! `data/fees.csv` is called `fees`, `data/sports/halls.yaml` is `sports.halls`. Tables become
//! lists of rows, each a mapping from the column's head to the cell, so that a template and a
//! `:::table` read every kind of file alike. What is broken is reported with file and line, in a
//! workbook with sheet and cell.

pub(super) mod csv;
pub(crate) mod levels;
mod rows;
mod text;
mod xlsx;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::{Map, Value};
use unicode_normalization::UnicodeNormalization;

use crate::diag::{
    Code, Diagnostic, Diagnostics, Fills, SitePath, Source, Span, Value as Said, words,
};

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
    /// Names of files that could not be read, which was reported.
    pub broken: BTreeSet<String>,
    /// Where the rows of tables begin, by the table's name, such as `fees` or `fees.Sheet1`.
    rows: BTreeMap<String, Vec<Span>>,
    /// Names with the only sheet that shows, as `fees.Sheet1`, and what they stand for.
    alone: BTreeMap<String, String>,
}

impl Data {
    /// Returns the value of the file or folder `name`, such as `sports.halls`.
    pub fn get(&self, name: &str) -> Option<&Value> {
        find(&self.values, self.short(name))
    }

    /// Returns where the rows of the table `name` begin; of tables that know it.
    pub fn rows(&self, name: &str) -> Option<&[Span]> {
        self.rows.get(self.short(name)).map(Vec::as_slice)
    }

    fn short<'a>(&'a self, name: &'a str) -> &'a str {
        self.alone.get(name).map_or(name, String::as_str)
    }

    /// Tells whether `name` is of a file that could not be read.
    pub fn is_broken(&self, name: &str) -> bool {
        let under = |file: &String| name == file || name.starts_with(&format!("{file}."));
        self.broken.iter().any(under)
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

/// Finds `name` in `map`; sheets may have dots in their names, as `11.2` has.
fn find<'a>(map: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    map.get(name).or_else(|| {
        let mut cuts = name.rmatch_indices('.');
        cuts.find_map(|(at, _)| find(map.get(&name[..at])?.as_object()?, &name[at + 1..]))
    })
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
    /// The words of the message; each names what is wrong and brings the hint that goes with it.
    args: Args,
}

/// Words that fill a message.
type Args = Vec<(&'static str, Said)>;

/// A place in a data file.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    /// A byte of its text.
    Byte(usize),
    /// A cell of a workbook: its row from 1, and the sheet and cell as one reads them.
    Cell { row: usize, name: String },
}

impl Fault {
    fn told(place: Place, name: &'static str, value: impl Fills) -> Self {
        Self {
            place,
            args: vec![(name, value.value())],
        }
    }

    fn with(mut self, name: &'static str, value: impl Fills) -> Self {
        self.args.push((name, value.value()));
        self
    }

    /// Says by the phrase `key` how a file of its kind is written; the parser's own words are for
    /// those who program.
    fn grammar(place: Place, key: &'static str) -> Self {
        Self::told(place, "grammar", words(key))
    }

    /// Says it of the file `source`.
    fn diagnostic(mut self, source: &Arc<Source>) -> Diagnostic {
        let span = match self.place {
            Place::Byte(at) => Span::new(source, at..at),
            Place::Cell { row, name } => {
                self.args.push(("cell", name.value()));
                let rows = rows_of(&source.path, row);
                let end = rows.text.len();
                Span::new(&rows, end..end)
            }
        };
        said(Code::BrokenData, self.args).at(span)
    }
}

fn said(code: Code, args: Args) -> Diagnostic {
    let fill = |told: Diagnostic, (name, value)| told.with(name, value);
    args.into_iter().fold(Diagnostic::new(code), fill)
}

/// Stands for a workbook, which has no text, up to the row `last`: an empty line for each, so
/// that the byte n is the row n, counted from 0.
fn rows_of(path: &SitePath, last: usize) -> Arc<Source> {
    Source::new(path.clone(), "\n".repeat(last.saturating_sub(1)))
}

/// What a data file says.
#[derive(Debug, Default)]
struct Found {
    value: Value,
    /// Its tables: the sheet's name where there are several, and the byte at which each row
    /// begins; in a workbook the row's number from 0.
    tables: Vec<(Option<String>, Vec<usize>)>,
    /// The name of its only sheet that shows.
    alone: Option<String>,
    /// What is worth saying of it.
    notes: Vec<(Code, Args)>,
}

impl From<Value> for Found {
    fn from(value: Value) -> Self {
        Self {
            value,
            ..Self::default()
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
    let (source, read) = match parsed(path, form, bytes, source) {
        Some((source, Ok(found))) => (source, found),
        failed => {
            data.broken.insert(parts(path).join("."));
            let fault = failed.and_then(|(source, read)| Some((source, read.err()?)));
            diagnostics.extend(
                fault
                    .map(|(source, fault)| fault.diagnostic(&source))
                    .into_iter()
                    .collect(),
            );
            return;
        }
    };
    for (code, args) in read.notes {
        diagnostics.push(said(code, args).at(Span::file(&source)));
    }
    if let Err(other) = data.put(path, read.value) {
        let same = Diagnostic::new(Code::SameData)
            .at(Span::file(&source))
            .with("name", parts(path).join("."));
        diagnostics.push(same.with("other", other));
        return;
    }
    let name = parts(path).join(".");
    if let Some(sheet) = read.alone {
        data.alone.insert(format!("{name}.{sheet}"), name);
    }
    let last = read.tables.iter().flat_map(|(_, rows)| rows).max();
    let rows = match form {
        Form::Xlsx => rows_of(path, last.map_or(1, |last| last + 2)),
        _ => source,
    };
    for (sheet, places) in read.tables {
        let name = parts(path).into_iter().chain(sheet).collect::<Vec<_>>();
        let spans = places.into_iter().map(|at| Span::new(&rows, at..at));
        data.rows.insert(name.join("."), spans.collect());
    }
}

/// Reads a file of the form `form`; `None` where its text cannot be decoded, which was reported.
fn parsed(
    path: &SitePath,
    form: Form,
    bytes: &[u8],
    source: impl FnOnce() -> Option<Arc<Source>>,
) -> Option<(Arc<Source>, Result<Found, Fault>)> {
    let plain = Source::new(path.clone(), "");
    let start = Place::Byte(0);
    Some(match form {
        _ if bytes.len() > LARGEST => (plain, Err(Fault::told(start, "megabytes", LARGEST >> 20))),
        Form::Foreign => (plain, Err(Fault::told(start, "foreign", path.extension()))),
        Form::Xlsx => (plain, xlsx::read(bytes)),
        Form::Yaml | Form::Json | Form::Toml | Form::Csv => {
            let source = source()?;
            let read = match form {
                Form::Json => text::json(&source.text).map(Found::from),
                Form::Toml => text::toml(&source.text).map(Found::from),
                Form::Csv => csv::read(&source.text),
                _ => text::yaml(&source.text).map(Found::from),
            };
            (source, read)
        }
    })
}

/// A table that stands in for a list written by hand: its rows as texts by column, each with the
/// place where it begins.
#[derive(Debug)]
pub struct Listed {
    /// The file, or a stand-in for one without text.
    pub source: Arc<Source>,
    /// The rows.
    pub rows: Vec<(Map<String, Value>, usize)>,
}

/// Reads a CSV or XLSX file of one table outside `data/`; `None` where it cannot be read, which
/// is reported.
pub(super) fn listed(
    path: &SitePath,
    bytes: &[u8],
    source: impl FnOnce() -> Option<Arc<Source>>,
    diagnostics: &mut Diagnostics,
) -> Option<Listed> {
    let (source, read) = parsed(path, Form::of(path)?, bytes, source)?;
    let found = match read {
        Ok(found) => found,
        Err(fault) => {
            diagnostics.push(fault.diagnostic(&source));
            return None;
        }
    };
    for (code, args) in found.notes {
        diagnostics.push(said(code, args).at(Span::file(&source)));
    }
    // Of a workbook the first sheet counts; people keep others beside it.
    let (_, places) = found.tables.into_iter().next().unwrap_or_default();
    let values = match found.value {
        Value::Array(rows) => rows,
        Value::Object(sheets) => match sheets.into_iter().next() {
            Some((_, Value::Array(rows))) => rows,
            _ => Vec::new(),
        },
        _ => Vec::new(),
    };
    let source = match Form::of(path) {
        Some(Form::Xlsx) => rows_of(path, places.last().map_or(1, |last| last + 2)),
        _ => source,
    };
    let row = |(value, at)| match value {
        Value::Object(row) => Some((row, at)),
        _ => None,
    };
    let rows = values.into_iter().zip(places).filter_map(row).collect();
    Some(Listed { source, rows })
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
        G273 第2行：这个数据文件从这里起读不懂 / `甲` 写了两次，留下一个
        ");
        assert_snapshot!(told(&[("data/b.json", "{\n  \"a\": 1,\n}")]), @"
        {}
        G273 第3行：这个数据文件从这里起读不懂 / 看看这一处和前面：文字和名称都加英文双引号，两项之间一个英文逗号，最后一项后面没有逗号，括号要成对
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
        G273 第2行：这个数据文件从这里起读不懂 / 每一行写成 名称 = 内容；内容是文字的，加英文双引号
        ");
        assert_snapshot!(told(&[("data/e.xls", "x")]), @"
        {}
        G273 第1行：这个数据文件从这里起读不懂 / 读不了 .xls 文件；在 WPS 里用“另存为”存成 .xlsx 或 .csv
        ");
        assert_snapshot!(told(&[("data/e.xlsx", "x")]), @"
        {}
        G273 第1行：这个数据文件从这里起读不懂 / 这个文件名字是 .xlsx，里面不是：多半设了打开密码，或者是老格式改了名字；在 WPS 里打开，去掉密码，再另存为 .xlsx
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
        let path = SitePath::fixed("data/fees.xlsx");
        data.put(&path, serde_json::json!({ "11.2": [1] }))
            .expect("there is room");
        assert_eq!(data.get("fees.11.2"), Some(&serde_json::json!([1])));
        data.broken.insert("list".to_owned());
        data.alone.insert("a.b.Sheet1".to_owned(), "a.b".to_owned());
        assert_eq!(data.get("a.b.Sheet1"), data.get("a.b"));
        assert!(data.is_broken("list.Sheet1") && !data.is_broken("lists"));
    }
}

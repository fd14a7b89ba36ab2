//! Every message of the catalogue is drawn by a small bad input and gone once its remedy is done
//! as it says; what it says is in one language.
//!
//! The cases stand in `remedies/*.yaml`. Each changes the site of [`base`], and mends it again.

mod made;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use greenboard::cache::Cache;
use greenboard::diag::{Code, Diagnostic, Language, SitePath};
use greenboard::pipeline::{self, Options, Step};
use greenboard::read::{FileError, Inputs, MemoryInputs, WantedFonts};
use greenboard::site::Bin;
use serde::Deserialize;

/// Codes that no site in memory draws, each with the reason and the test that shows it.
const ELSEWHERE: [(&str, &str); 63] = [
    ("G116", "links of the file system; files.rs"),
    (
        "G311",
        "what passes the checks of pictures and fails in Typst; typeset/tests.rs",
    ),
    (
        "G321",
        "a built-in form that sets badly would be a bug; render/print/tests.rs breaks one",
    ),
    ("G316", "a PDF without its fonts; bad_input/posters.rs"),
    ("G319", "said in previews; measure/tests.rs"),
    ("G421", "said by `post`; rotation/ledger/tests/entries.rs"),
    ("G422", "said by `post`; post.rs"),
    (
        "G423",
        "said by `post`; remedies.rs: a_ledger_in_another_encoding",
    ),
    ("G424", "said by `post`; post.rs"),
    ("G425", "mended by `ledger --repair`; post.rs"),
    ("G426", "mended by moving lines by hand; post.rs"),
    ("G427", "said by `post`; rotation/round/tests.rs"),
    ("G428", "said by `post`; tests/oracles/rounds.rs"),
    ("G429", "said by `post`; rotation/round/tests.rs"),
    ("G430", "said by `post`; post.rs"),
    ("G431", "said by `report`; papers.rs"),
    ("G432", "said by `report`; papers.rs"),
    ("G433", "said by `report`; render/archive/form/tests.rs"),
    ("G434", "said by `report`; render/archive/form/tests.rs"),
    ("G435", "said by `report`; render/archive/form/tests.rs"),
    ("G436", "said by `report`; render/archive/form/tests.rs"),
    ("G437", "said by `report`; render/archive/form/tests.rs"),
    ("G438", "said by `archive`; render/archive/form/tests.rs"),
    ("G439", "said by `archive`; render/archive/form/tests.rs"),
    ("G440", "said by `post`; rotation/round/tests.rs"),
    ("G523", "ends the program; tests/oracles/odd.py"),
    ("G524", "ends the program; themes.rs"),
    ("G601", "said on writing; build.rs"),
    ("G602", "said on writing; write/tests.rs"),
    ("G603", "said on writing; write/tests.rs"),
    ("G604", "said on writing; write/tests.rs"),
    ("G605", "said on writing; write/tests.rs"),
    ("G606", "said on writing; write/tests.rs"),
    ("G607", "said on writing; write/tests.rs"),
    ("G608", "said on writing; write/tests.rs"),
    ("G609", "said by `undo`; workspace.rs"),
    ("G632", "a file that is cleaned; private.rs"),
    ("G661", "said by `share`; share/tests.rs"),
    ("G662", "said by `share`; share/tests.rs"),
    ("G663", "said by `share`; share/tests.rs"),
    ("G664", "said by `share`; share/tests.rs"),
    ("G665", "said by `share`; share/tests.rs"),
    ("G666", "said by `share`; share/tests.rs"),
    ("G667", "said by `share`; share/tests.rs"),
    ("G668", "said by `share`; share/tests.rs"),
    ("G669", "said by `share`; share/tests.rs"),
    ("G670", "said by `share`; share/tests.rs"),
    ("G671", "said by `share`; share/tests.rs"),
    ("G672", "said by `share`; share/tests.rs"),
    ("G673", "said by `share`; share/tests.rs"),
    ("G674", "said by `share`; share/tests.rs"),
    ("G701", "said by `import`; import/hostile.rs"),
    ("G702", "said by `import`; import/hostile.rs"),
    ("G703", "said by `import`; import/hostile.rs"),
    ("G704", "said by `import`; import/docx/30-secret"),
    ("G711", "said by `import`; import/docx"),
    ("G712", "said by `import`; import/docx"),
    ("G713", "said by `import`; import/docx"),
    ("G714", "said by `import`; import/docx/12-seal"),
    ("G715", "said by `import`; import/trees"),
    ("G716", "said by `import`; import/way.rs"),
    ("G717", "said by `import`; import/way.rs"),
    ("G901", "a bug of the program; serve/tests.rs"),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    code: String,
    /// The day of the walk, where it matters.
    today: Option<String>,
    bad: BTreeMap<String, Change>,
    /// What a hint says to type, and what the remedy holds therefore.
    #[serde(default)]
    typed: Vec<String>,
    /// What the hint in English says to type, where it is something else.
    typed_en: Option<Vec<String>>,
    /// What is changed in the bad site; absent where the message asks for nothing.
    mend: Option<BTreeMap<String, Change>>,
    /// What the mended site still says: other things, which the case is not about.
    #[serde(default)]
    still: Vec<String>,
}

/// What becomes of a file.
#[derive(Deserialize)]
#[serde(untagged)]
enum Change {
    Gone(()),
    Text(String),
    Made(Made),
    Swaps(BTreeMap<String, String>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Made {
    made: String,
}

/// The site that cases change: a home page, one guide, one board of one slot.
fn base(today: &str) -> MemoryInputs {
    let today = today.parse().expect("a test's own day");
    MemoryInputs::new(today)
        .with("greenboard.yaml", "format: 1\ntitle: 小院\n")
        .with("content/_index.md", "---\ntitle: 小院\n---\n欢迎。\n")
        .with("content/living/_index.md", "---\ntitle: 绿色生活\n---\n身边的做法。\n")
        .with("content/boards/_index.md", "---\ntitle: 宣传栏\n---\n院里的栏。\n")
        .with(
            "content/living/tap.md",
            "---\ntitle: 关紧水龙头\ndate: 2026-01-01\ntopics: [water]\nposter:\n  layout: guide\n---\n出门前看一眼。\n\n1. 拧紧每个水龙头。\n2. 听一听有没有滴水声。\n",
        )
        .with(
            "content/boards/gate.md",
            "---\ntitle: 大门宣传栏\nkind: board\nplace: 大门\nsize: 500x600mm\nrepeat_after: 0\nslots:\n  - { id: \"1\", at: [50, 50], size: A3 }\n---\n大门里。\n",
        )
}

/// Files in memory, some of which cannot be read.
struct Files(MemoryInputs);

impl Inputs for Files {
    fn list(&self, dir: &SitePath) -> Result<Vec<SitePath>, FileError> {
        self.0.list(dir)
    }

    fn read(&self, file: &SitePath) -> Result<Arc<[u8]>, FileError> {
        let bytes = self.0.read(file)?;
        match bytes.starts_with(made::UNREADABLE) {
            true => Err(FileError::Other(
                "Permission denied (os error 13)".to_owned(),
            )),
            false => Ok(bytes),
        }
    }

    fn today(&self, timezone: &jiff::tz::TimeZone) -> jiff::civil::Date {
        self.0.today(timezone)
    }

    fn machine_fonts(&self, wanted: &WantedFonts) -> Vec<Arc<[u8]>> {
        self.0.machine_fonts(wanted)
    }
}

fn cases() -> Vec<Case> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/remedies");
    let files = std::fs::read_dir(folder).expect("the cases are there");
    let mut all = Vec::new();
    for file in files {
        let path = file.expect("it can be listed").path();
        if path.extension().is_none_or(|it| it != "yaml") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("it is text");
        let cases: Vec<Case> = serde_yaml::from_str(&text)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        all.extend(cases);
    }
    all
}

/// Writes out each `⟦3 text⟧`: the text three times, `#` being the number of the time.
fn expanded(text: &str) -> String {
    let Some((before, rest)) = text.split_once('⟦') else {
        return text.to_owned();
    };
    let (inner, after) = rest.split_once('⟧').expect("the bracket is closed");
    let (times, inner) = inner.split_once(' ').expect("a number comes first");
    let times: usize = times.parse().expect("a number comes first");
    let repeated = (1..=times).map(|n| inner.replace('#', &n.to_string()));
    format!(
        "{before}{}{}",
        repeated.collect::<String>(),
        expanded(after)
    )
}

/// Makes `changes` of the files.
fn changed(
    mut inputs: MemoryInputs,
    changes: &BTreeMap<String, Change>,
) -> Result<MemoryInputs, String> {
    for (name, change) in changes {
        let path = SitePath::new(name).expect("a test's own path");
        let bytes: Vec<u8> = match change {
            Change::Gone(()) => {
                inputs.files.remove(&path).ok_or(format!("no {name}"))?;
                continue;
            }
            Change::Text(text) => expanded(text).into_bytes(),
            Change::Made(Made { made }) => made::made(made),
            Change::Swaps(swaps) => {
                let old = inputs.files.get(&path).ok_or(format!("no {name}"))?;
                let mut text = String::from_utf8_lossy(old).into_owned();
                for (old, new) in swaps {
                    let old = &expanded(old);
                    if !text.contains(old) {
                        return Err(format!("{name} has no {old:?}"));
                    }
                    text = text.replacen(old, &expanded(new), 1);
                }
                text.into_bytes()
            }
        };
        inputs.files.insert(path, bytes.into());
    }
    Ok(inputs)
}

/// How far a site is walked.
const STEPS: [Option<Step>; 3] = [Some(Step::Read), Some(Step::Plan), None];

/// Returns what is said of a site on the way to `last`.
fn walk(inputs: &MemoryInputs, last: Option<Step>, cache: &Cache) -> Vec<Diagnostic> {
    let files = Files(inputs.clone());
    if last == Some(Step::Read) {
        let read = greenboard::read::read(&files);
        let mut said = read.diagnostics;
        if let Some(tree) = read.value {
            said.extend(greenboard::site::site(&tree).diagnostics);
        }
        return said.sorted();
    }
    let options = Options {
        last,
        ..Options::default()
    };
    pipeline::run(&files, &options, cache, &|_| {})
        .diagnostics
        .sorted()
}

fn codes(said: &[Diagnostic]) -> BTreeSet<&'static str> {
    said.iter().map(|it| it.code.id()).collect()
}

fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}')
}

/// Returns the Chinese of an English text that is neither quoted nor a word of the site or the name
/// of a bin.
fn chinese_in(text: &str, inputs: &MemoryInputs) -> Vec<String> {
    let outside = text.split('`').step_by(2).collect::<Vec<_>>().join("\n");
    let runs = outside
        .split(|c| !is_chinese(c))
        .filter(|run| !run.is_empty());
    let is_bin = |run: &str| {
        let called = |bin: Bin| bin.name() == run || bin.city_names().any(|(_, name)| name == run);
        Bin::ALL.into_iter().any(called)
    };
    let is_of_site = |run: &str| {
        is_bin(run)
            || inputs.files.iter().any(|(path, bytes)| {
                path.as_str().contains(run) || String::from_utf8_lossy(bytes).contains(run)
            })
    };
    runs.filter(|run| !is_of_site(run))
        .map(str::to_owned)
        .collect()
}

/// Returns an English sentence in a Chinese text: three words in a row that are neither quoted nor
/// of the site.
fn english_in(text: &str, inputs: &MemoryInputs) -> Option<String> {
    let outside = text.split('`').step_by(2).collect::<Vec<_>>().join("\n");
    let words: Vec<&str> = outside.split(' ').collect();
    let is_word = |word: &&str| word.len() > 1 && word.chars().all(|c| c.is_ascii_lowercase());
    let found = words
        .windows(3)
        .find(|three| three.iter().all(is_word))?
        .join(" ");
    let is_of_site = inputs
        .files
        .values()
        .any(|bytes| String::from_utf8_lossy(bytes).contains(&found));
    (!is_of_site && !outside.contains("greenboard ")).then_some(found)
}

/// Returns what is wrong with the language of a message.
fn mixed(said: &Diagnostic, inputs: &MemoryInputs) -> Vec<String> {
    let english = said.render(Language::English);
    let chinese = said.render(Language::Chinese);
    let all = |it: greenboard::diag::Rendered| [vec![it.message], it.hints].concat();
    let mut wrong = Vec::new();
    for text in all(english) {
        let found = chinese_in(&text, inputs);
        if !found.is_empty() {
            wrong.push(format!("English: {text}"));
        }
    }
    for text in all(chinese) {
        let quoted = text.starts_with('`') && text.ends_with('`');
        if !quoted && !text.contains(is_chinese) || english_in(&text, inputs).is_some() {
            wrong.push(format!("Chinese: {text}"));
        }
    }
    wrong
}

/// Judges one case; what is wrong with it.
fn judged(case: &Case, cache: &Cache) -> Result<(), String> {
    let today = case.today.as_deref().unwrap_or("2026-11-10");
    let bad = changed(base(today), &case.bad)?;
    let (last, said) = STEPS
        .into_iter()
        .map(|last| (last, walk(&bad, last, cache)))
        .find(|(_, said)| codes(said).contains(case.code.as_str()))
        .ok_or_else(|| {
            let said = walk(&bad, None, cache);
            let all = said.iter().map(|it| it.render(Language::Chinese).message);
            format!("not drawn, but {:?}", all.collect::<Vec<_>>())
        })?;
    for one in &said {
        let wrong = mixed(one, &bad);
        if !wrong.is_empty() {
            return Err(format!("mixes languages: {wrong:#?}"));
        }
    }
    let told: Vec<&Diagnostic> = said.iter().filter(|it| it.code.id() == case.code).collect();
    let hints = |language| {
        let all = told.iter().flat_map(|it| it.render(language).hints);
        all.collect::<Vec<_>>().join("\n")
    };
    let (chinese, english) = (hints(Language::Chinese), hints(Language::English));
    let texts: Vec<&str> = (case.mend.iter().flat_map(BTreeMap::values))
        .flat_map(|change| match change {
            Change::Text(text) => vec![text.as_str()],
            Change::Swaps(swaps) => swaps.values().map(String::as_str).collect(),
            _ => Vec::new(),
        })
        .collect();
    for typed in &case.typed {
        let is_named = case
            .mend
            .iter()
            .flat_map(BTreeMap::keys)
            .any(|path| path.contains(typed.as_str()));
        if !chinese.contains(typed.as_str())
            || !is_named && !texts.iter().any(|text| text.contains(typed.as_str()))
        {
            return Err(format!(
                "does not say `{typed}`, or the remedy has it not: {chinese}"
            ));
        }
    }
    for typed in case.typed_en.as_ref().unwrap_or(&case.typed) {
        if !english.contains(typed.as_str()) {
            return Err(format!("does not say `{typed}` in English: {english}"));
        }
    }
    let Some(mend) = &case.mend else {
        return match chinese.is_empty() {
            true => Ok(()),
            false => Err(format!("has a remedy that is not tried: {chinese}")),
        };
    };
    for one in &told {
        if let Some(fix) = one.fix() {
            is_fixed(case, &bad, &fix, last, cache)?;
        }
    }
    let mended = changed(bad.clone(), mend)?;
    let left = walk(&mended, last, cache);
    let left: Vec<String> = (left.iter())
        .filter(|it| !case.still.iter().any(|code| code == it.code.id()))
        .map(|it| format!("{} {}", it.code.id(), it.render(Language::Chinese).message))
        .collect();
    match left.is_empty() {
        true => Ok(()),
        false => Err(format!("its remedy ({chinese}) leaves {left:#?}")),
    }
}

/// Tells whether the fix that a message carries takes one of its kind away.
fn is_fixed(
    case: &Case,
    bad: &MemoryInputs,
    fix: &greenboard::diag::Fix,
    last: Option<Step>,
    cache: &Cache,
) -> Result<(), String> {
    let count = |inputs: &MemoryInputs| {
        walk(inputs, last, cache)
            .iter()
            .filter(|it| it.code.id() == case.code)
            .count()
    };
    let mut fixed = bad.clone();
    for rename in &fix.renames {
        let file = fixed.files.remove(&rename.from).ok_or("no such file")?;
        fixed.files.insert(rename.to.clone(), file);
    }
    if let Some(edit) = fix.edits.first() {
        let path = edit.at.path().clone();
        let text = greenboard::read::decode(&fixed.files[&path]).map_err(|_| "it is no text")?;
        let text = fix.applied(&text.text).ok_or("its edits overlap")?;
        fixed.files.insert(path, text.into_bytes().into());
    }
    match count(&fixed) < count(bad) {
        true => Ok(()),
        false => Err("its own fix changes nothing".to_owned()),
    }
}

#[test]
fn a_ledger_in_another_encoding_is_not_added_to() {
    let site = crate::test_site::TestSite::minimal()
        .write("ledger/2026-11.yaml", made::made("gb18030-page"));
    let path = SitePath::fixed("ledger/2026-11.yaml");
    let held = greenboard::write::hold(site.root()).expect("the disk is free");
    let add = || greenboard::write::append_lines(&held, &path, "", &["- {v: 1}".to_owned()]);
    assert_eq!(add().expect_err("it is refused").code.id(), "G423");
    site.put("ledger/2026-11.yaml", made::made("utf8-page"));
    add().expect("it is added");
}

#[test]
fn every_message_is_drawn_and_its_remedy_works() {
    let cases = cases();
    let cache = Cache::default();
    let only = std::env::var("REMEDY").ok();
    let wanted = |case: &&Case| {
        only.as_ref()
            .is_none_or(|only| case.code.starts_with(only.as_str()))
    };
    let judged = cases.iter().filter(wanted).filter_map(|case| {
        let wrong = judged(case, &cache).err()?;
        Some(format!("{}: {wrong}", case.code))
    });
    let wrong: Vec<String> = judged.collect();
    let known: BTreeSet<&str> = (cases.iter().map(|it| it.code.as_str()))
        .chain(ELSEWHERE.iter().map(|(code, _)| *code))
        .collect();
    let without: Vec<&str> = (Code::ALL.iter().map(|code| code.id()))
        .filter(|code| !known.contains(code))
        .collect();
    assert!(
        wrong.is_empty() && without.is_empty(),
        "{}\n\nwithout a case: {without:?}",
        wrong.join("\n\n")
    );
    let twice = ELSEWHERE
        .iter()
        .filter(|(code, _)| cases.iter().any(|case| case.code == *code));
    assert_eq!(twice.count(), 0, "a code that has a case needs no excuse");
}

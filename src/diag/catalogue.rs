//! The messages of every code, in Chinese and English.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::fix::RenderedEdit;
use super::language::Language;
use super::value::{fill, harmless};
use super::{Code, Diagnostic, Severity};

/// A diagnostic put into words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rendered {
    /// The stable id, such as `G107`.
    pub code: Cow<'static, str>,
    /// How grave it is.
    pub severity: Severity,
    /// The file, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The line, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// The column in characters, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hints: Vec<String>,
    /// The changes that `check --fix` makes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fix: Vec<RenderedEdit>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    severity: Severity,
    zh: Wording,
    en: Wording,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wording {
    says: String,
    #[serde(default)]
    hints: Vec<String>,
}

static CATALOGUE: LazyLock<BTreeMap<String, Entry>> = LazyLock::new(|| {
    serde_yaml::from_str(include_str!("catalogue.yaml")).expect("the catalogue is tested")
});

fn entry(code: Code) -> &'static Entry {
    CATALOGUE
        .get(code.id())
        .expect("a test checks that every code has an entry")
}

pub(super) fn severity(code: Code) -> Severity {
    entry(code).severity
}

pub(super) fn render(diagnostic: &Diagnostic, language: Language) -> Rendered {
    let entry = entry(diagnostic.code);
    let wording = match language {
        Language::Chinese => &entry.zh,
        Language::English => &entry.en,
    };
    let place = diagnostic
        .at
        .as_ref()
        .map(|span| (span.path().to_string(), span.line_column()));
    let filled = |text: &str| {
        let text = fill(text, &diagnostic.args, language)?;
        Some(harmless(&text).into_owned())
    };
    Rendered {
        code: diagnostic.code.id().into(),
        severity: entry.severity,
        line: place.as_ref().map(|(_, (line, _))| *line),
        column: place.as_ref().map(|(_, (_, column))| *column),
        file: place.map(|(file, _)| harmless(&file).into_owned()),
        message: filled(&wording.says).unwrap_or_else(|| wording.says.clone()),
        hints: wording.hints.iter().filter_map(|it| filled(it)).collect(),
        fix: diagnostic.fix().map_or_else(Vec::new, |fix| fix.rendered()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_its_words_and_no_words_lack_a_code() {
        let codes: Vec<_> = Code::ALL.iter().map(|code| code.id()).collect();
        let entries: Vec<_> = CATALOGUE.keys().map(String::as_str).collect();
        assert_eq!(codes, entries);
    }

    #[test]
    fn both_languages_use_the_same_placeholders() {
        for (id, entry) in CATALOGUE.iter() {
            let names = |wording: &Wording| {
                let all = format!("{}{}", wording.says, wording.hints.concat());
                let mut names: Vec<_> = all
                    .split('{')
                    .skip(1)
                    .filter_map(|part| Some(part.split_once('}')?.0.to_owned()))
                    .collect();
                names.sort();
                names.dedup();
                names
            };
            assert_eq!(names(&entry.zh), names(&entry.en), "{id}");
        }
    }

    #[test]
    fn a_hint_without_its_word_is_left_out() {
        let bare = Diagnostic::new(Code::UnknownKey).with("key", "标提");
        assert_eq!(bare.render(Language::Chinese).hints, Vec::<String>::new());
        let hinted = bare.with("nearest", "标题");
        assert_eq!(
            hinted.render(Language::Chinese).hints,
            ["是不是想写 `标题`？"]
        );
    }

    /// Returns a text without what is typed as it stands, and without its blanks.
    fn prose(text: &str) -> String {
        let outside = text.split('`').step_by(2).collect::<Vec<_>>().join(" ");
        let blanks = outside
            .split('{')
            .map(|part| part.split_once('}').map_or(part, |it| it.1));
        let prose = blanks.collect::<Vec<_>>().join(" ");
        prose
            .replace("<!-- poster -->", "")
            .replace("<!-- /poster -->", "")
    }

    fn is_chinese(c: char) -> bool {
        matches!(c, '\u{3000}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}')
    }

    /// Tells whether a Chinese text goes on in English: three words in a row that are no command.
    fn goes_on_in_english(prose: &str) -> bool {
        let words: Vec<&str> = prose.split(' ').collect();
        let is_word = |word: &&str| word.len() > 1 && word.chars().all(|c| c.is_ascii_lowercase());
        let command = prose.contains("greenboard ");
        !command && words.windows(3).any(|three| three.iter().all(is_word))
    }

    #[test]
    fn no_message_mixes_languages() {
        for (id, entry) in CATALOGUE.iter() {
            for text in std::iter::once(&entry.en.says).chain(&entry.en.hints) {
                assert!(!prose(text).contains(is_chinese), "{id}: {text}");
            }
            for text in std::iter::once(&entry.zh.says).chain(&entry.zh.hints) {
                let blank = text.starts_with('{') && text.ends_with('}');
                assert!(blank || text.contains(is_chinese), "{id}: {text}");
                assert!(!goes_on_in_english(&prose(text)), "{id}: {text}");
            }
        }
    }

    #[test]
    fn no_message_speaks_as_programs_do() {
        let jargon = ["YAML", "解析", "键", "路径", "编译", "参数", "字段", "非法"];
        for (id, entry) in CATALOGUE.iter() {
            for text in std::iter::once(&entry.zh.says).chain(&entry.zh.hints) {
                for word in jargon {
                    assert!(!text.contains(word), "{id}: `{word}` in {text}");
                }
            }
        }
    }
}

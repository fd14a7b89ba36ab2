//! What fills the placeholders of a message.
//!
//! A message is said in the reader's language, and so must be what stands in it. A name or a value
//! that the user wrote is the same in both; everything else is a phrase of `words.yaml`, named by
//! its key, and put into words only when the message is.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::{Language, Spanned};

/// How many of a long list are named; the nearest to what was written come first.
const NAMED: usize = 6;

/// What fills a placeholder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// What the user wrote, or a number: the same in both languages.
    Text(String),
    /// A phrase of the catalogue.
    Words(Words),
    /// Those of the words that the program knows which come nearest to one, with the language's comma
    /// between; most of them have a name in each language.
    Known {
        /// The word.
        word: String,
        /// All that are known.
        known: Vec<String>,
    },
    /// Several, with the language's comma between; `more` are not named.
    List {
        /// Those that are named.
        named: Vec<Value>,
        /// How many are not.
        more: usize,
    },
}

/// A phrase of `words.yaml` with what fills it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Words {
    key: &'static str,
    args: Vec<(&'static str, Value)>,
}

/// Names the phrase `key` of `words.yaml`.
pub fn words(key: &'static str) -> Words {
    debug_assert!(WORDS.contains_key(key), "words.yaml lacks `{key}`");
    Words {
        key,
        args: Vec::new(),
    }
}

impl Words {
    /// Fills the placeholder `{name}` of the phrase.
    pub fn with(mut self, name: &'static str, value: impl Fills) -> Self {
        self.args.push((name, value.value()));
        self
    }

    /// Says it.
    pub fn say(&self, language: Language) -> String {
        let wording = WORDS.get(self.key);
        let text = wording.map_or("", |wording| wording.in_language(language));
        fill(text, &self.args, language).unwrap_or_else(|| text.to_owned())
    }
}

impl Value {
    /// Names the words of `known` that come nearest to `word`: all where they are few.
    pub fn nearest_of<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        let mut all: Vec<&str> = Vec::new();
        for name in known {
            if !all.contains(&name) {
                all.push(name);
            }
        }
        let more = all.len().saturating_sub(NAMED);
        if more > 0 {
            all.sort_by_key(|name| super::near::distance(word, name));
            all.truncate(NAMED);
        }
        let named = all.into_iter().map(|name| Self::Text(name.to_owned()));
        Self::List {
            named: named.collect(),
            more,
        }
    }

    /// Names all of `values`.
    pub fn list<V: Fills>(values: impl IntoIterator<Item = V>) -> Self {
        Self::List {
            named: values.into_iter().map(Fills::value).collect(),
            more: 0,
        }
    }

    /// Names the first `most` of `values`, and says how many there are where they are more.
    pub fn first_of<V: Fills>(most: usize, values: impl IntoIterator<Item = V>) -> Self {
        let mut values = values.into_iter();
        let named = values.by_ref().take(most).map(Fills::value).collect();
        let more = values.count();
        Self::List { named, more }
    }

    /// Says it.
    pub fn say(&self, language: Language) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Words(words) => words.say(language),
            Self::Known { word, known } => {
                let plain = known.iter().filter(|name| name.is_ascii());
                let plain: Vec<&str> = plain.map(String::as_str).collect();
                match (language, &plain[..]) {
                    (Language::Chinese, _) | (_, []) => {
                        Self::nearest_of(word, known.iter().map(String::as_str)).say(language)
                    }
                    _ => Self::nearest_of(word, plain).say(language),
                }
            }
            Self::List { named, more } => {
                let named: Vec<String> = named.iter().map(|value| value.say(language)).collect();
                let (comma, rest) = match language {
                    Language::Chinese => ("、", format!("……（一共 {} 个）", named.len() + more)),
                    Language::English => (", ", format!(", … ({} in all)", named.len() + more)),
                };
                let text = named.join(comma);
                match more {
                    0 => text,
                    _ => text + &rest,
                }
            }
        }
    }
}

/// Puts what the system says into words, where it is one of the few things that happen.
pub fn system_words(said: &str) -> Value {
    let says = |parts: &[&str]| parts.iter().any(|part| said.contains(part));
    // The same number means something else on Windows and elsewhere.
    let code = |on_windows: &[u32], elsewhere: &[u32]| {
        let codes = if cfg!(windows) { on_windows } else { elsewhere };
        let is = |code: &u32| said.contains(&format!("os error {code})"));
        codes.iter().any(is)
    };
    if says(&["ermission denied", "Access is denied", "拒绝访问"]) || code(&[5], &[1, 13]) {
        words("system-denied").value()
    } else if says(&["being used", "正在使用", "Text file busy"]) || code(&[32], &[26]) {
        words("system-in-use").value()
    } else if says(&["No space left", "空间不足"]) || code(&[39, 112], &[28, 122]) {
        words("system-full").value()
    } else if says(&["Read-only"]) || code(&[19], &[30]) {
        words("system-read-only").value()
    } else if says(&["too long"]) || code(&[206], &[36]) {
        words("system-long-name").value()
    } else if says(&["Input/output error"]) || code(&[23, 1117], &[5]) {
        words("system-broken").value()
    } else if says(&["not found", "No such file"]) {
        words("system-missing").value()
    } else {
        words("system-says").with("said", said).value()
    }
}

/// Shows control characters as signs, line ends and tabs left out: what stands in a file, or in its
/// name, must not command the terminal that it is told on.
pub fn harmless(text: &str) -> Cow<'_, str> {
    let commands = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    if !text.contains(commands) {
        return Cow::Borrowed(text);
    }
    let sign = |c: char| match u32::from(c) {
        _ if !commands(c) => c,
        code @ 0..0x20 => char::from_u32(0x2400 + code).unwrap_or('\u{fffd}'),
        0x7f => '\u{2421}',
        _ => '\u{fffd}',
    };
    text.chars().map(sign).collect()
}

/// What can fill a placeholder: anything that shows itself, and phrases.
pub trait Fills {
    /// Turns it into a value.
    fn value(self) -> Value;
}

impl<T: ToString> Fills for T {
    fn value(self) -> Value {
        Value::Text(self.to_string())
    }
}

impl Fills for &Spanned<String> {
    fn value(self) -> Value {
        Value::Text(self.value.clone())
    }
}

impl Fills for Words {
    fn value(self) -> Value {
        Value::Words(self)
    }
}

impl Fills for Value {
    fn value(self) -> Value {
        self
    }
}

/// Puts `args` into the placeholders of `text`; `None` where one has no value.
pub(super) fn fill(
    text: &str,
    args: &[(&'static str, Value)],
    language: Language,
) -> Option<String> {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        // `{{` is a brace.
        if let Some(after) = after.strip_prefix('{') {
            filled.push('{');
            rest = after;
            continue;
        }
        let (name, after) = after.split_once('}')?;
        let (_, value) = args.iter().find(|(known, _)| *known == name)?;
        filled.push_str(&value.say(language));
        rest = after;
    }
    filled.push_str(rest);
    Some(filled)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wording {
    zh: String,
    en: String,
}

impl Wording {
    fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Chinese => &self.zh,
            Language::English => &self.en,
        }
    }
}

static WORDS: LazyLock<BTreeMap<String, Wording>> = LazyLock::new(|| {
    serde_yaml::from_str(include_str!("words.yaml")).expect("the phrases are tested")
});

#[cfg(test)]
mod tests {
    use super::*;

    fn blanks(text: &str) -> Vec<&str> {
        let parts = text.split('{').skip(1);
        let mut names: Vec<&str> = parts
            .filter_map(|part| Some(part.split_once('}')?.0))
            .filter(|name| name.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
            .collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn phrases_have_the_same_blanks_in_both_languages() {
        for (key, wording) in WORDS.iter() {
            // A name may be another one in each language.
            let named = key == "by-language";
            assert!(named || blanks(&wording.zh) == blanks(&wording.en), "{key}");
        }
    }

    #[test]
    fn nothing_that_is_told_commands_the_terminal() {
        assert_eq!(harmless("绿\n\t板"), "绿\n\t板");
        assert_eq!(harmless("\u{1b}[31m绿\r\u{7f}\u{9b}"), "␛[31m绿␍␡\u{fffd}");
    }

    #[test]
    #[cfg(unix)]
    fn the_systems_numbers_mean_what_they_mean_here() {
        let say = |code| {
            let said = std::io::Error::from_raw_os_error(code).to_string();
            system_words(&said).say(Language::Chinese)
        };
        insta::assert_snapshot!([5, 13, 28, 26, 30].map(say).join("；"), @"读写出错，盘可能坏了或没有接好；没有权限；磁盘满了；别的程序正开着它；这个盘只能读，不能写");
    }

    #[test]
    fn a_long_list_begins_with_what_is_nearest() {
        let known = ["甲", "title", "b", "c", "d", "tile", "e", "f"];
        let list = Value::nearest_of("titel", known);
        assert_eq!(
            list.say(Language::English),
            "title, tile, e, 甲, b, c, … (8 in all)"
        );
        let few = Value::nearest_of("c", ["b", "c"]);
        assert_eq!(few.say(Language::Chinese), "b、c");
    }

    #[test]
    fn phrases_are_said_in_the_reader_s_language() {
        let said = words("whole-from-to")
            .with("least", 1)
            .with("most", words("none"));
        assert_eq!(said.say(Language::Chinese), "1 到 （无） 的整数");
        assert_eq!(
            said.say(Language::English),
            "a whole number from 1 to (none)"
        );
        assert_eq!(
            words("ledger-line").say(Language::English),
            "a line should be written as `- {v: 1, id: …}`"
        );
    }

    #[test]
    fn english_phrases_have_no_chinese() {
        let chinese = |c: char| matches!(c, '\u{3000}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}');
        for (key, wording) in WORDS.iter() {
            // An example may show a word that is Chinese by its nature.
            let shown = key.starts_with("example-");
            assert!(
                shown || !wording.en.contains(chinese),
                "{key}: {}",
                wording.en
            );
        }
    }
}

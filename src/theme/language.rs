//! The languages that a theme speaks: one file of words each, which serves its neighbours too.

use std::collections::BTreeSet;

use super::Layer;
use crate::diag::{Code, Diagnostic, Span};

/// The folder of the files.
const FOLDER: &str = "i18n";
/// Places whose Chinese is written in traditional characters.
const TRADITIONAL: [&str; 4] = ["hant", "tw", "hk", "mo"];

/// Returns the file with the words of `language`.
fn file(language: &str) -> String {
    format!("{FOLDER}/{language}.yaml")
}

/// Returns the language whose words serve `language`: itself, or else the one which its readers
/// read with ease, as `zh-Hant` for `zh-HK` and `en` for `en-GB`.
pub(super) fn for_readers_of(language: &str, exists: impl Fn(&str) -> bool) -> Option<String> {
    let mut parts = language.split('-');
    let first = parts.next().unwrap_or_default().to_ascii_lowercase();
    let is_traditional = |part: &str| TRADITIONAL.contains(&part.to_ascii_lowercase().as_str());
    let neighbour = match first.as_str() {
        "zh" if parts.any(is_traditional) => "zh-Hant",
        "zh" => "zh-CN",
        other => other,
    };
    let mut both = [language, neighbour].into_iter();
    let found = both.find(|language| exists(&file(language)));
    found.map(str::to_owned)
}

/// Reports a language of which the theme has no words.
pub(super) fn unknown(language: &str, at: &Span, layers: &[Layer]) -> Diagnostic {
    let files = layers.iter().flat_map(|layer| layer.files.keys());
    let known = files.filter_map(|path| {
        let name = path.strip_prefix(FOLDER)?.strip_prefix('/')?;
        name.strip_suffix(".yaml")
    });
    let known: BTreeSet<&str> = known.collect();
    let known = Vec::from_iter(known);
    Diagnostic::new(Code::LanguageUnknown)
        .at(at.clone())
        .with("tag", language)
        .one_of(language, known.iter().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_share_their_words() {
        let known = ["i18n/zh-CN.yaml", "i18n/zh-Hant.yaml", "i18n/en.yaml"];
        let of = |language| for_readers_of(language, |path| known.contains(&path));
        assert_eq!(of("zh-CN").as_deref(), Some("zh-CN"));
        assert_eq!(of("zh").as_deref(), Some("zh-CN"));
        assert_eq!(of("zh-SG").as_deref(), Some("zh-CN"));
        for tag in ["zh-Hant", "zh-TW", "zh-HK", "zh-Hant-MO"] {
            assert_eq!(of(tag).as_deref(), Some("zh-Hant"), "{tag}");
        }
        assert_eq!(of("en-GB").as_deref(), Some("en"));
        assert_eq!(of("ja"), None);
    }
}

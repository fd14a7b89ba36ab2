//! What a notice is about, in the office's own words: of the sentence that announces the rest, the part
//! that decides something.

use super::paragraph;
use crate::import::blanks::is_blank;
use crate::import::model::{Doc, Paragraph};

/// How many paragraphs at the beginning may announce.
const FIRST: usize = 5;
/// The fewest and the most characters of a gist.
const LENGTH: std::ops::RangeInclusive<usize> = 8..=60;
/// How clauses begin that give reasons.
const REASONS: [&str; 11] = [
    "为", "根据", "按照", "依据", "经", "因", "由于", "鉴于", "随着", "结合", "在",
];
/// What stands in clauses that only say that something follows.
const PROMISES: [&str; 8] = [
    "如下",
    "现予",
    "特此",
    "有关事项",
    "有关事宜",
    "现公示",
    "现公告",
    "予以公示",
];
/// What stands in a clause that decides.
const DECIDES: [&str; 14] = [
    "决定", "定于", "将于", "将对", "拟将", "拟对", "拟评", "拟在", "计划", "开展", "举行", "召开",
    "组织", "将在",
];

/// Finds it: the whole clauses behind the reasons and before the promise that more follows.
pub(super) fn gist(doc: &Doc) -> Option<String> {
    let texts = doc
        .blocks
        .iter()
        .filter_map(paragraph)
        .map(Paragraph::words);
    let mut texts = texts.filter(|text| !text.is_empty()).take(FIRST);
    texts.find_map(|text| {
        let sentences: Vec<&str> = text.split(['。', '！', '；', '\n']).collect();
        let before = std::iter::once(None).chain(sentences.iter().map(Some));
        let mut pairs = sentences.iter().zip(before);
        pairs.find_map(|(sentence, before)| {
            // 街道决定……。现将有关事项通知如下：
            announced(sentence)
                .or_else(|| promises_alone(sentence).then(|| decided(before?)).flatten())
        })
    })
}

fn is_promise(clause: &str) -> bool {
    PROMISES.iter().any(|it| clause.contains(it))
}

/// Tells whether a sentence only says that something follows.
fn promises_alone(sentence: &str) -> bool {
    let first = sentence.split('，').next().unwrap_or_default();
    is_promise(first)
}

/// Returns what a sentence decides, behind its reasons.
fn decided(sentence: &str) -> Option<String> {
    let sentence: String = sentence.chars().filter(|c| !is_blank(*c)).collect();
    let clauses: Vec<&str> = sentence.split('，').collect();
    of_clauses(&clauses)
}

fn of_clauses(clauses: &[&str]) -> Option<String> {
    let is_reason = |clause: &&&str| REASONS.iter().any(|it| clause.starts_with(it));
    let said = &clauses[clauses.iter().take_while(is_reason).count()..];
    let decides = said
        .iter()
        .position(|clause| DECIDES.iter().any(|it| clause.contains(it)))?;
    let text = said[decides..].join("，");
    LENGTH
        .contains(&text.chars().count())
        .then(|| format!("{text}。"))
}

fn announced(sentence: &str) -> Option<String> {
    let sentence: String = sentence.chars().filter(|c| !is_blank(*c)).collect();
    let sentence = sentence.trim_end_matches(['：', ':']);
    let clauses: Vec<&str> = sentence.split('，').collect();
    let end = clauses.iter().position(|it| is_promise(it))?;
    of_clauses(&clauses[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clause_that_decides_is_the_gist() {
        for (sentence, gist) in [
            (
                "为保障居民安全，街道决定12月集中开展楼道清理行动，现将有关事项通知如下：",
                Some("街道决定12月集中开展楼道清理行动。"),
            ),
            (
                "经个人申请、居民代表评议，拟将下列家庭纳入最低生活保障，现予公示",
                Some("拟将下列家庭纳入最低生活保障。"),
            ),
            ("为迎接元旦，根据《条例》第三条，现将有关事项通知如下", None),
            ("11月28日晚上停水，请提前存水", None),
        ] {
            assert_eq!(announced(sentence).as_deref(), gist, "{sentence}");
        }
    }
}

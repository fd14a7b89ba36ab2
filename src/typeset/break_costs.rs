//! What it costs to break a title or lead after each of its characters: nothing behind a comma, much
//! within a word, and no break at all where marks or figures belong together.

use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

use super::words::{Word, words};

/// What may not begin a line.
const CLOSING: &str = "，。、；：！？”’）》」』】〕…—%％℃";
/// What may not end a line.
const OPENING: &str = "“‘（《「『【〔";
/// What keeps its neighbours, beside letters and digits.
const JOINING: &str = ".,:/%-–—℃\u{2060}\u{a0}";
/// Breaking within a word costs as much as a layout would rather set smaller type for.
const WITHIN: f64 = 60.0;
/// Breaking where the sense runs on: after “and”, before “beside”.
const CLINGS: f64 = 40.0;
/// Breaking within a title or quotation in marks, and within one too long for a line.
const QUOTED: f64 = 60.0;
const QUOTED_LONG: f64 = 30.0;
/// The longest quotation that a line holds, in characters.
const QUOTATION: usize = 14;
/// What joins two words: no line ends with it.
const AND: &str = "和及与或并";
/// Prepositions: a line rather begins with them than ends.
const PREPOSITIONS: &str = "对将为由把从向在给按自于被让";
/// Words of place that follow what they belong to.
const PLACES: [&str; 20] = [
    "旁", "上", "下", "里", "内", "外", "中", "前", "后", "时", "期间", "附近", "之间", "以上",
    "以下", "以内", "旁边", "里面", "前后", "左右",
];
/// What an office is, behind the name of its place: 梧桐路街道办事处.
const OFFICES: [&str; 14] = [
    "办事处",
    "委员会",
    "居委会",
    "居民委员会",
    "派出所",
    "管委会",
    "业委会",
    "服务中心",
    "人民政府",
    "工作站",
    "办公室",
    "监督所",
    "支队",
    "大队",
];
/// What a place is, behind its name.
const DISTRICTS: &str = "省市区县镇乡村路街巷弄里苑";
/// What belongs to the word before it.
const PARTICLES: [&str; 7] = ["的", "了", "着", "过", "吗", "呢", "吧"];

/// Splits `text` into characters with their marks.
pub(super) fn clusters(text: &str) -> Vec<&str> {
    let mut starts = Vec::new();
    let mut after_joiner = false;
    for (at, character) in text.char_indices() {
        let is_mark = character == '\u{200d}'
            || character.general_category_group() == GeneralCategoryGroup::Mark;
        if at == 0 || !(is_mark || after_joiner) {
            starts.push(at);
        }
        after_joiner = character == '\u{200d}';
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|(from, to)| &text[*from..to])
        .collect()
}

/// Returns the character of a cluster, without its marks.
pub(super) fn first(cluster: &str) -> char {
    cluster.chars().next().expect("a cluster has a character")
}

/// Tells whether it is a Chinese character.
pub(super) fn is_chinese(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9fff}' | '\u{3007}') || character >= '\u{20000}'
}

/// Says what a break after each cluster costs; `None` where it would part a word.
pub(super) fn phrase_costs(clusters: &[&str], lexicon: &[&str]) -> Vec<Option<f64>> {
    let words = word_costs(clusters, lexicon);
    let within = |at: usize| {
        let next = clusters.get(at + 1)?;
        let cost = pair_cost(clusters[at], next, words[at])?;
        // In a quotation only where it is too long for a line.
        (cost < WITHIN).then_some(cost + QUOTED)
    };
    let costs = costs_beside(clusters, &words).into_iter().enumerate();
    let cost =
        |(at, cost): (usize, Option<f64>)| cost.filter(|it| *it < WITHIN).or_else(|| within(at));
    costs.map(cost).collect()
}

/// Says what a break after each cluster costs.
pub(super) fn costs(clusters: &[&str], lexicon: &[&str]) -> Vec<Option<f64>> {
    costs_beside(clusters, &word_costs(clusters, lexicon))
}

/// Says what a break after each cluster costs that for the words alone costs as much as `words` say.
fn costs_beside(clusters: &[&str], words: &[f64]) -> Vec<Option<f64>> {
    let quoted = quoted(clusters);
    // 2 小时: the space belongs to the figure.
    let counts = |at: usize| {
        let figure = at.checked_sub(1).map(|at| first(clusters[at]));
        clusters[at] == " " && figure.is_some_and(|it| it.is_ascii_digit())
    };
    let pair = |at: usize| match clusters.get(at + 1) {
        Some(next) if counts(at) && is_chinese(first(next)) => Some(WITHIN),
        Some(next) => pair_cost(clusters[at], next, words[at]).map(|cost| cost + quoted[at]),
        None => Some(words[at]),
    };
    (0..clusters.len()).map(pair).collect()
}

/// Says what a break after each cluster costs for being within 《》 or “”.
fn quoted(clusters: &[&str]) -> Vec<f64> {
    let mut costs = vec![0.0; clusters.len()];
    let mut open = None;
    for (at, cluster) in clusters.iter().enumerate() {
        match (*cluster, open) {
            ("《" | "“", None) => open = Some(at),
            ("》" | "”", Some(from)) => {
                let cost = match at - from - 1 <= QUOTATION {
                    true => QUOTED,
                    false => QUOTED_LONG,
                };
                costs[from..at].fill(cost);
                open = None;
            }
            _ => {}
        }
    }
    costs
}

/// Says what the words alone make a break after each cluster cost.
fn word_costs(clusters: &[&str], lexicon: &[&str]) -> Vec<f64> {
    let characters: Vec<char> = clusters.iter().map(|it| first(it)).collect();
    let mut costs = vec![WITHIN; clusters.len()];
    let mut start = 0;
    let mut before: Option<(Word, &[char])> = None;
    for word in words(&characters, lexicon) {
        let now = (word, &characters[start..start + word.length]);
        if let Some(before) = before {
            costs[start - 1] = between(before, now);
        }
        start += word.length;
        before = Some(now);
    }
    costs
}

/// Says what a break between two words costs.
///
/// Weights set by hand and confirmed on titles that they were not set by; a search for better
/// ones on known titles did worse on others.
fn between((left, first): (Word, &[char]), (right, next): (Word, &[char])) -> f64 {
    let is =
        |word: &[char], list: &[&str]| list.iter().any(|it| it.chars().eq(word.iter().copied()));
    let one_of = |word: &[char], list: &str| word.len() == 1 && list.contains(word[0]);
    let is_single = |word: &[char]| word.len() == 1 && is_chinese(word[0]);
    let is_adverb = left.part == 'd' && !is(first, &["的"]);
    if is(next, &PARTICLES) {
        return WITHIN;
    }
    // 梧桐路街道办事处, 清源市: what a place or an office is belongs to its name.
    if left.part == 'n' && (is(next, &OFFICES) || one_of(next, DISTRICTS)) {
        return CLINGS;
    }
    // 办事处／关于清理: a title breaks before it.
    if is(next, &["关于"]) {
        return 1.0;
    }
    if one_of(first, AND) || one_of(first, PREPOSITIONS) || is(next, &PLACES) {
        return CLINGS;
    }
    if is_adverb {
        return 20.0;
    }
    // A numeral belongs to its verb: 摸一遍.
    if left.part == 'v' && is_single(first) && right.part == 'm' {
        return 26.0;
    }
    // 开炉前, 出门时: there the clause ends.
    if is(first, &["前", "后", "时"]) {
        return 4.0;
    }
    if is(first, &["关于"]) {
        return 3.0;
    }
    if one_of(next, AND) {
        return 1.0;
    }
    if is(first, &["的"]) || one_of(next, PREPOSITIONS) {
        return 2.0;
    }
    let kinds = match (left.part, right.part) {
        ('v', 'n') => 14.0,
        ('n', 'n') => 10.0,
        ('n', 'v') => 4.0,
        _ => 8.0,
    };
    let single = if is_single(first) || is_single(next) {
        10.0
    } else {
        0.0
    };
    kinds + single + if left.part == 'm' { 6.0 } else { 0.0 }
}

/// Says what a break between two clusters costs that for the words costs `word`.
fn pair_cost(cluster: &str, next: &str, word: f64) -> Option<f64> {
    let (left, right) = (first(cluster), first(next));
    let joins = |it: char| it.is_ascii_alphanumeric() || JOINING.contains(it);
    let glued = |it: char| matches!(it, '\u{2060}' | '\u{a0}');
    if CLOSING.contains(right)
        || right == ' '
        || OPENING.contains(left)
        || (joins(left) && joins(right))
        || glued(left)
        || glued(right)
    {
        return None;
    }
    // 11月3日, 上午8:30, 梧桐路18号.
    let is_dated = "年月午早晚路街弄巷第".contains(left) && right.is_ascii_digit();
    Some(if is_dated || left.is_ascii_digit() && is_chinese(right) {
        WITHIN
    } else if "，；：！？ ".contains(left) {
        0.0
    } else if "、—·".contains(left) {
        3.0
    } else if "》”）".contains(left) || "《“（".contains(right) {
        2.0
    } else {
        word
    })
}

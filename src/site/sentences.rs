//! Sentences as offices write them: what they decide, what only gives reasons, what only announces.

/// What clauses begin with that only say by whom or why.
pub(crate) const REASONS: [&str; 8] = ["经", "为", "根据", "按照", "因", "由于", "鉴于", "如果"];
/// What clauses begin with that only announce what follows.
const ANNOUNCES: [&str; 6] = ["现将", "现就", "现予", "现公示", "现公告", "特此"];

/// Ends a sentence without the clauses that promise what a message leaves out: 已达到标准，现将名单公示如下。
/// is 已达到标准。 `None` where nothing is left but by whom or why.
pub(crate) fn told(sentence: &str) -> Option<String> {
    let is_promise = |clause: &str| {
        clause.ends_with("如下") || ANNOUNCES.iter().any(|it| clause.starts_with(it))
    };
    let body = sentence.trim_end_matches(['。', '：', ':']);
    let clauses: Vec<&str> = body.split('，').collect();
    let kept = clauses.iter().rposition(|clause| !is_promise(clause));
    let kept = kept.map_or(0, |at| at + 1);
    if kept == clauses.len() {
        return Some(ended(sentence));
    }
    let last = clauses[..kept].last()?;
    let is_reason = REASONS.iter().any(|it| last.starts_with(it));
    (!is_reason).then(|| ended(&clauses[..kept].join("，")))
}

/// Tells whether clauses only say by whom or why.
pub(crate) fn is_reason(clauses: &str) -> bool {
    REASONS.iter().any(|it| clauses.starts_with(it)) && clauses.ends_with('，')
}

/// What ends a sentence.
pub(crate) const ENDS: [char; 5] = ['。', '！', '？', '!', '?'];

/// Parts a text into sentences, each with its end; what follows 如下： is another.
pub(crate) fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split_inclusive(ENDS);
    let parts = parts.flat_map(|it| it.split_inclusive("如下："));
    parts.map(str::trim).filter(|it| !it.is_empty())
}

/// Tells whether a text announces what follows it: …，现将有关事项通知如下：
pub(crate) fn announces(text: &str) -> bool {
    let last = text.trim_end_matches(['。', '：', ':']);
    let last = last.rsplit(['，', '。']).next().unwrap_or(last);
    last.ends_with("如下") || ANNOUNCES.iter().any(|it| last.starts_with(it))
}

/// Ends a sentence where it has no end of its own: a heading, an item of a list.
pub(crate) fn ended(sentence: &str) -> String {
    let is_chinese = sentence
        .chars()
        .any(|c| ('\u{3400}'..='\u{9FFF}').contains(&c));
    let body = sentence.trim_end_matches(['；', '，', '、', '：', ';', ',', ':']);
    match body.ends_with(ENDS) || body.ends_with(['.', '…', '”', '）']) {
        true => format!("{body}{}", if is_chinese { "" } else { " " }),
        false => format!("{body}{}", if is_chinese { "。" } else { ". " }),
    }
}

//! Signs of a text that Markdown would take for its own.

/// How carefully signs are escaped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Care {
    /// Only those that surely mean something.
    Little,
    /// All.
    Much,
    /// All, and no emphasis.
    Plain,
}

/// Escapes `text`, which begins a paragraph where `starts`.
pub(super) fn escaped(text: &str, care: Care, starts: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        let is_first = starts && at == 0;
        match care {
            Care::Little if !means(c, next, is_first) => out.push(c),
            Care::Much | Care::Plain if is_first && "＃＞｜：＊－".contains(c) => {
                out.push_str(&format!("&#{};", u32::from(c)))
            }
            Care::Much | Care::Plain if !c.is_ascii_punctuation() || is_harmless(c) => out.push(c),
            Care::Much | Care::Plain if !may_mean(&text[..at], c, next, starts) => out.push(c),
            _ => out.extend(['\\', c]),
        }
    }
    out
}

/// Tells whether `c` surely means something to Markdown before `next`.
fn means(c: char, next: Option<char>, is_first: bool) -> bool {
    match c {
        '\\' => next.is_some_and(|c| c.is_ascii_punctuation()),
        '`' => true,
        '<' => next.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')),
        '&' => next.is_some_and(|c| c.is_ascii_alphabetic() || c == '#'),
        '[' => next == Some('^'),
        '#' | '>' => is_first,
        _ => false,
    }
}

/// Tells whether a sign may mean something where it stands: behind `before` and before `next`.
fn may_mean(before: &str, c: char, next: Option<char>, starts: bool) -> bool {
    match c {
        // One alone parts hours and minutes.
        ':' => next == Some(':') || before.ends_with(':'),
        // Brackets belong to a link behind a square one alone, and that is escaped.
        '(' | ')' => false,
        '=' | '+' | '-' => starts && before.trim().is_empty(),
        '!' => next == Some('['),
        // The number that a line begins with is one of the text, and stays what it is.
        '.' => false,
        _ => true,
    }
}

/// Tells whether a sign never means anything by itself within a line.
fn is_harmless(c: char) -> bool {
    matches!(
        c,
        '%' | '"' | '\'' | ',' | ';' | '?' | '@' | '$' | '/' | '^'
    )
}

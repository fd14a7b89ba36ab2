//! Files without what only their makers read: remarks, white space.

use std::borrow::Cow;
use std::sync::Arc;

use rayon::prelude::*;

use super::{ASSETS, Files};

/// Shortens the theme's style sheets and scripts.
pub(super) fn assets(files: &mut Files) {
    let theirs = files
        .par_iter()
        .filter(|(path, _)| path.starts_with(ASSETS));
    let shorter: Vec<(String, Arc<[u8]>)> = theirs
        .filter_map(|(path, bytes)| {
            let text = std::str::from_utf8(bytes).ok()?;
            let short = match path.rsplit_once('.')?.1 {
                "css" => css(text),
                "js" => js(text),
                _ => return None,
            };
            Some((path.clone(), Arc::from(short.into_bytes())))
        })
        .collect();
    files.extend(shorter);
}

/// Shortens a style sheet; one that is not understood stays as it is.
pub(super) fn css(text: &str) -> String {
    minifier::css::minify(text).map_or_else(|_| text.to_owned(), |short| short.to_string())
}

/// Shortens a script: remarks on lines of their own, indents and empty lines go.
///
/// No more, as telling a division from a pattern takes a parser, and what is left packs well. A
/// script with template literals, whose line ends count, stays as it is.
fn js(text: &str) -> String {
    if text.contains('`') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut in_remark = false;
    for line in text.lines().map(str::trim) {
        let was_in_remark = in_remark;
        if in_remark || line.starts_with("/*") {
            in_remark = !line.contains("*/");
            // What follows a remark on its line is not looked for.
            let ends = line.ends_with("*/") && line.matches("*/").count() == 1;
            if in_remark || ends {
                continue;
            }
        }
        if !was_in_remark && (line.is_empty() || line.starts_with("//")) {
            continue;
        }
        out.push_str(line);
        out.push('\n');
    }
    out
}

/// Where words touch the tag of an element beside which white space shows nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Borders {
    pub before: bool,
    pub after: bool,
}

/// Shortens words between tags: each run of white space to one space, and none where a border is.
pub(super) fn text(text: &str, borders: Borders) -> Cow<'_, str> {
    let is_space = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0C');
    let is_short = !text.contains(['\t', '\n', '\r', '\x0C']) && !text.contains("  ");
    let touches =
        text.starts_with(is_space) && borders.before || text.ends_with(is_space) && borders.after;
    if is_short && !touches {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match is_space(c) {
            true if out.ends_with(' ') => {}
            true => out.push(' '),
            false => out.push(c),
        }
    }
    let mut short = out.as_str();
    if borders.before {
        short = short.trim_start_matches(' ');
    }
    if borders.after {
        short = short.trim_end_matches(' ');
    }
    Cow::Owned(short.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn style_sheets_keep_their_meaning() {
        let long = ".a > .b, .c :hover:not(:has(.x .y)) {\n  width: calc(100% - var(--x) * 2);\n  \
            & .n { margin: 0 }\n}\n@media (width >= 640px) and (prefers-color-scheme: dark) { p { content: \"a  b\" } }";
        insta::assert_snapshot!(css(long), @r#".a>.b,.c :hover:not(:has(.x .y)){width:calc(100% - var(--x) * 2);& .n{margin:0}}@media (width>=640px) and (prefers-color-scheme:dark){p{content:"a  b"}}"#);
    }

    #[test]
    fn scripts_lose_remarks_and_indents_alone() {
        let long = "// A remark.\n(function () {\n  /* two\n     lines */\n  var a = b // left\n    / c;\n\n  return \"// no\";\n})();\n";
        insta::assert_snapshot!(js(long), @r#"
        (function () {
        var a = b // left
        / c;
        return "// no";
        })();
        "#);
        assert_eq!(js("a = `\n  // b`"), "a = `\n  // b`");
    }
}

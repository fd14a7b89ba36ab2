//! Characters that nobody sees: what copying from WeChat, Word and web pages leaves between letters.
//!
//! They hide marks from the parser, break addresses in two and names into unlike ones, so a text is
//! read without them.

use super::cjk;
use super::marked::Edit;

/// Breaks of a line and of a paragraph as Word and web pages have them.
pub(super) const BREAKS: [char; 4] = ['\u{b}', '\u{85}', '\u{2028}', '\u{2029}'];

/// Tells whether a character turns the direction of the writing behind it.
fn turns(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Tells whether a character shows nothing and means nothing here.
pub(super) fn is_invisible(c: char) -> bool {
    let is_control = c.is_control() && !matches!(c, '\n' | '\t' | '\r') && !BREAKS.contains(&c);
    let is_empty = matches!(c, '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}' | '\u{200E}' | '\u{200F}'
        | '\u{2060}'..='\u{2064}' | '\u{206A}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFC}');
    is_control || is_empty || turns(c)
}

/// Returns the edits that take what nobody sees out of `text`.
pub(super) fn edits(text: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut before = None;
    for (at, c) in text.char_indices() {
        // Emoji and some scripts are joined with them.
        let joins = matches!(c, '\u{200C}' | '\u{200D}');
        let is_stray = joins && before.is_none_or(|c: char| c.is_ascii() || cjk::is_cjk(c));
        if is_stray || is_invisible(c) {
            edits.push(Edit {
                range: at..at + c.len_utf8(),
                with: String::new(),
            });
        } else {
            before = Some(c);
        }
    }
    edits
}

#[cfg(test)]
mod tests {
    use super::super::dump::dump;

    #[test]
    fn what_nobody_sees_is_no_part_of_a_text() {
        insta::assert_snapshot!(dump("\u{FEFF}## 节\u{200B}水\n\n\u{200B}- 关\u{AD}灯，[见\u{2060}这里](a\u{200B}.md)、`a\u{FEFF}b`"), @r#"
        h2 #节水: 节水
        list
          item
            p: 关灯，<a a.md "">见这里</a>、<code>ab</code>
        "#);
    }

    #[test]
    fn what_joins_emoji_stays() {
        assert_eq!(
            dump("一家👨\u{200D}👩，来\u{200D}吧"),
            "p: 一家👨\u{200D}👩，来吧\n"
        );
    }

    #[test]
    fn breaks_of_other_programs_break_lines() {
        insta::assert_snapshot!(dump("甲\u{b}乙\u{2028}丙\u{c}丁"), @"p: 甲<br>乙<br>丙丁");
    }
}

//! Splitting a Markdown file into front matter and text.

use std::ops::Range;

use super::values::is_unseen;

/// Where front matter and text lie.
#[derive(Debug, PartialEq, Eq)]
pub struct Split {
    /// The YAML between the lines of three hyphens.
    pub front: Range<usize>,
    /// The Markdown behind them.
    pub body: Range<usize>,
}

/// What front matter lacks.
#[derive(Debug, PartialEq, Eq)]
pub enum Missing {
    /// The first line of three hyphens.
    Start,
    /// The last line of three hyphens.
    End,
}

/// Splits `text`; blank lines before the front matter are let pass.
///
/// # Errors
/// Where one of the two lines of hyphens is missing.
pub fn split(text: &str) -> Result<Split, Missing> {
    let mut lines = Lines { text, at: 0 };
    let opening = std::iter::from_fn(|| lines.next()).find(|(line, _)| !line.trim().is_empty());
    let (_, opening) = opening
        .filter(|(line, _)| is_fence(line))
        .ok_or(Missing::Start)?;
    let start = opening.end;
    while let Some((line, range)) = lines.next() {
        if is_fence(line) {
            return Ok(Split {
                front: start..range.start,
                body: range.end..text.len(),
            });
        }
    }
    Err(Missing::End)
}

/// Recognises `---`, also as an input method or a word processor writes it: `———`, `－－－`, `—-`;
/// blanks and what nobody sees around it pass.
fn is_fence(line: &str) -> bool {
    let is_shown = |c: &char| !c.is_whitespace() && !is_unseen(*c, None);
    let shown: Vec<char> = line.chars().filter(is_shown).collect();
    // A single hyphen begins an entry of a list.
    let width = |c: &char| match c {
        '-' | '‐' | '‑' => 1,
        '－' | '–' => 2,
        '—' | '―' | '─' => 3,
        _ => -100,
    };
    shown.iter().map(width).sum::<i32>() >= 3
}

struct Lines<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Lines<'a> {
    fn next(&mut self) -> Option<(&'a str, Range<usize>)> {
        let rest = &self.text[self.at..];
        let line = rest.split_inclusive('\n').next()?;
        let range = self.at..self.at + line.len();
        self.at = range.end;
        Some((line, range))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Result<(&str, &str), Missing> {
        split(text).map(|split| (&text[split.front], &text[split.body]))
    }

    #[test]
    fn front_matter_is_what_stands_between_the_hyphens() {
        assert_eq!(
            parts("---\ntitle: 水\n---\n正文\n---\n"),
            Ok(("title: 水\n", "正文\n---\n"))
        );
        assert_eq!(parts("\n\n--- \n---"), Ok(("", "")));
        for fence in [
            "----",
            "——",
            "—-",
            "－－－",
            "–––",
            "\u{feff}---",
            "　---　",
            "\u{200b}---",
        ] {
            let text = format!("{fence}\n标题: 水\n{fence}\n正文");
            assert_eq!(parts(&text), Ok(("标题: 水\n", "正文")), "{fence}");
        }
        assert_eq!(
            parts("———\n标题: 水\n———\n正文"),
            Ok(("标题: 水\n", "正文"))
        );
    }

    #[test]
    fn what_is_missing_is_said() {
        assert_eq!(parts(""), Err(Missing::Start));
        assert_eq!(parts("# 标题\n---\n"), Err(Missing::Start));
        assert_eq!(parts("--\n标题: 水\n--\n"), Err(Missing::Start));
        assert_eq!(parts("---\ntitle: 水\n"), Err(Missing::End));
    }
}

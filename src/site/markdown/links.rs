//! Links as they are typed: with brackets of full width, with blanks and brackets in the name of the
//! file, with Chinese quotes around the title.

use std::ops::Range;

use super::lines;
use super::mends::Mends;

/// Endings of pictures, by which `！［…］（…）` is one.
const PICTURES: [&str; 9] = [
    "jpg", "jpeg", "png", "gif", "webp", "svg", "bmp", "heic", "avif",
];

/// Mends the links of `text` that the parser took for words; `verbatim` are code, HTML and what it
/// took for links, in order.
pub(super) fn mend(text: &str, verbatim: &[Range<usize>], mends: &mut Mends) {
    let is_taken = |at: usize| verbatim.iter().any(|range| range.contains(&at));
    let mut done = 0;
    for (at, c) in text.char_indices() {
        if at < done || !matches!(c, '(' | '（') {
            continue;
        }
        let Some(link) = Link::read(text, at).filter(|_| !is_taken(at)) else {
            continue;
        };
        if link.start >= done {
            done = link.end;
            link.mend(text, mends);
        }
    }
}

/// A link or picture that is written otherwise than Markdown has it.
struct Link<'a> {
    /// Where it begins, with its `!`.
    start: usize,
    end: usize,
    is_picture: bool,
    words: Range<usize>,
    target: &'a str,
    title: Option<&'a str>,
}

impl<'a> Link<'a> {
    /// Reads the link whose target stands in the bracket at `bracket`.
    fn read(text: &'a str, bracket: usize) -> Option<Self> {
        let line = text[..bracket].rfind('\n').map_or(0, |at| at + 1);
        let before = text[line..bracket].trim_end_matches([' ', '　']);
        let inner = before.strip_suffix([']', '】', '］'])?;
        let open = opening(inner)?;
        let words = open + inner[open..].chars().next()?.len_utf8();
        let words = line + words..line + inner.len();
        let end = text[bracket..]
            .find('\n')
            .map_or(text.len(), |at| bracket + at);
        let (target, title, length) = target(&text[bracket..end])?;
        let start = line + open;
        let sign = text[line..start].chars().next_back();
        let is_picture = sign == Some('!') || (sign == Some('！') && is_picture(target));
        let is_task = text[words.clone()].trim().is_empty() && !is_picture;
        (!is_task && sign != Some('\\')).then(|| Self {
            start: start - sign.filter(|_| is_picture).map_or(0, char::len_utf8),
            end: bracket + length,
            is_picture,
            words,
            target,
            title,
        })
    }

    fn mend(&self, text: &str, mends: &mut Mends) {
        let sign = if self.is_picture { "!" } else { "" };
        let wants_brackets =
            self.target.contains([' ', '(', ')', '\t']) || self.target.contains(lines::is_blank);
        let target = match wants_brackets {
            true => format!("<{}>", self.target),
            false => self.target.to_owned(),
        };
        let title = self
            .title
            .map(|title| format!(" \"{}\"", title.replace('"', "\\\"")));
        let begins = format!("{sign}[");
        let ends = format!("]({target}{})", title.unwrap_or_default());
        let before = self.start..self.words.start;
        let behind = self.words.end..self.end;
        if text[before.clone()] != begins || text[behind.clone()] != ends {
            mends.replace(before, begins);
            mends.replace(behind, ends);
        }
    }
}

/// Finds the bracket that opens what ends with `inner`, on the same line.
fn opening(inner: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, c) in inner.char_indices().rev() {
        match c {
            ']' | '】' | '］' => depth += 1,
            '[' | '【' | '［' if depth == 0 => return Some(at),
            '[' | '【' | '［' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Reads `（target “title”）` and returns how long it is.
fn target(text: &str) -> Option<(&str, Option<&str>, usize)> {
    let open = text.chars().next()?.len_utf8();
    let mut depth = 0;
    let mut last = None;
    for (at, c) in text.char_indices() {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => {
                depth -= 1;
                let found = parted(&text[open..at])
                    .map(|(target, title)| (target, title, at + c.len_utf8()));
                if depth == 0 && found.is_some() {
                    return found;
                }
                if depth == 0 {
                    return None;
                }
                // Where the brackets of a name are no pair, its ending ends it.
                last = last.or(found);
            }
            _ => {}
        }
    }
    last
}

/// Splits a title off.
fn parted(inner: &str) -> Option<(&str, Option<&str>)> {
    let inner = inner.trim();
    let inner_of = |text: &'_ str| -> Option<usize> {
        let close = text.chars().next_back()?;
        let open = match close {
            '"' | '\'' => close,
            '”' => '“',
            _ => return None,
        };
        let rest = text[..text.len() - close.len_utf8()].rfind(open)?;
        text[..rest].ends_with(lines::is_blank).then_some(rest)
    };
    let (target, title) = match inner_of(inner) {
        Some(at) => {
            let title = inner[at..].trim_matches(['"', '\'', '“', '”']);
            (inner[..at].trim(), Some(title))
        }
        None => (inner, None),
    };
    let target = target
        .strip_prefix('<')
        .and_then(|it| it.strip_suffix('>'))
        .unwrap_or(target);
    is_target(target).then_some((target, title))
}

/// Tells whether words in brackets are an address rather than a remark.
fn is_target(target: &str) -> bool {
    if target.is_empty() || target.contains(['<', '>', '，', '。', '；']) {
        return false;
    }
    let begins = [
        "/", "./", "../", "#", "http://", "https://", "mailto:", "tel:", "www.",
    ];
    let file = target.split(['#', '?']).next().unwrap_or(target);
    let ending = file.rsplit_once('.').map(|(_, ending)| ending);
    let is_ending = |ending: &str| {
        (1..=8).contains(&ending.len())
            && ending.bytes().all(|c| c.is_ascii_alphanumeric())
            && ending.bytes().any(|c| c.is_ascii_alphabetic())
    };
    begins.iter().any(|begin| target.starts_with(begin)) || ending.is_some_and(is_ending)
}

fn is_picture(target: &str) -> bool {
    let ending = target
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| PICTURES.contains(&ending.as_str()))
}

#[cfg(test)]
mod tests {
    use super::super::dump::line;

    #[test]
    fn brackets_of_full_width_make_links_and_pictures() {
        let link = "见<a meter.md \"\">抄水表</a>。";
        for text in [
            "见[抄水表]（meter.md）。",
            "见[抄水表](meter.md）。",
            "见[抄水表]（meter.md)。",
            "见【抄水表】（meter.md）。",
            "见［抄水表］(meter.md)。",
            "见[抄水表] (meter.md)。",
        ] {
            assert_eq!(line(text), link, "{text}");
        }
        for text in [
            "![东门]（a.jpg）",
            "！[东门]（a.jpg）",
            "![东门](a.jpg）",
            "!【东门】(a.jpg)",
        ] {
            assert_eq!(line(text), "<img a.jpg \"\" \"东门\">", "{text}");
        }
    }

    #[test]
    fn names_with_blanks_and_brackets_are_names() {
        assert_eq!(
            line("![门](东门 照片.jpg)"),
            "<img 东门 照片.jpg \"\" \"门\">"
        );
        assert_eq!(
            line("![箱](IMG (1).jpg)、[表](报名 表.docx)"),
            "<img IMG (1).jpg \"\" \"箱\">、<a 报名 表.docx \"\">表</a>"
        );
        assert_eq!(
            line("![门]（西门（新）.jpg）"),
            "<img 西门（新）.jpg \"\" \"门\">"
        );
        assert_eq!(line("![门](IMG (1.jpg)"), "<img IMG (1.jpg \"\" \"门\">");
        assert_eq!(
            line("![门](东　门.jpg “早上”)"),
            "<img 东　门.jpg \"早上\" \"门\">"
        );
        assert_eq!(line("[页](b c.md#甲 乙)"), "<a b c.md#甲 乙 \"\">页</a>");
        assert_eq!(
            line("**[表](a b.md)**"),
            "<strong><a a b.md \"\">表</a></strong>"
        );
    }

    #[test]
    fn remarks_in_brackets_and_code_stay_words() {
        for text in [
            "【通知】（第3期）",
            "[注]（见下，a.md）",
            "名单[1]（公示）",
            "\\[甲](b c.md)",
        ] {
            assert_eq!(line(text), text.replace('\\', ""));
        }
        assert_eq!(line("`[甲]（a.md）`"), "<code>[甲]（a.md）</code>");
        assert_eq!(line("[好](a.md)"), "<a a.md \"\">好</a>");
    }
}

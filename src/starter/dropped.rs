//! Pictures of the sample that somebody deleted: the lines that name them may go too.

use super::sample;
use crate::diag::{Code, Diagnostic, Fix, Span};

/// Gives a message of a missing picture its remedy, where the picture came with the sample and its
/// line holds nothing else: that line goes, with the one of its words.
pub fn without_picture(told: Diagnostic) -> Diagnostic {
    let fix = match (&told.at, told.code) {
        (Some(at), Code::MissingImage) if told.fix().is_none() => at.span().and_then(without),
        _ => None,
    };
    match fix {
        Some(fix) => told.with_fix(fix),
        None => told,
    }
}

fn without(at: &Span) -> Option<Fix> {
    let text = &at.source.text;
    let start = text[..at.range.start].rfind('\n').map_or(0, |end| end + 1);
    let mut lines = text[start..].split_inclusive('\n');
    let line = lines.next()?;
    let (key, name) = parts(line.trim())?;
    let is_sample = name.strip_prefix('/').is_some_and(sample::has);
    let words = key.map(|key| format!("{key}_alt:"));
    let next = lines.next().filter(|next| {
        let next = next.trim_start();
        words.as_ref().is_some_and(|words| next.starts_with(words))
    });
    let end = start + line.len() + next.map_or(0, str::len);
    is_sample.then(|| Fix::put(Span::new(&at.source, start..end), ""))
}

/// Splits a line that holds a picture and nothing else: `picture: /a.svg` in its key and the name,
/// `![words](/a.svg)`.
fn parts(line: &str) -> Option<(Option<&str>, &str)> {
    if let Some(picture) = line.strip_prefix("![") {
        let (_, name) = picture.strip_suffix(')')?.split_once("](")?;
        return Some((None, name.split(' ').next()?));
    }
    let (key, name) = line.split_once(": ")?;
    let is_key = key.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    is_key.then_some((Some(key), name.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{SitePath, Source};

    fn left(text: &str, image: &str) -> Option<String> {
        let source = Source::new(SitePath::fixed("content/a.md"), text);
        let at = text.find(image).expect("it is named");
        let told = Diagnostic::new(Code::MissingImage).at(Span::new(&source, at..at + image.len()));
        without_picture(told).fix()?.applied(text)
    }

    #[test]
    fn the_lines_of_a_sample_picture_go() {
        let front = "---\ntitle: 水\npicture: /pictures/tap.svg\npicture_alt: 水龙头\n---\n字。\n";
        assert_eq!(
            left(front, "/pictures/tap.svg").as_deref(),
            Some("---\ntitle: 水\n---\n字。\n")
        );
        let body = "字。\n\n![水龙头](/pictures/tap.svg \"拧紧\")\n";
        assert_eq!(left(body, "![水").as_deref(), Some("字。\n\n"));
    }

    #[test]
    fn other_pictures_and_lines_with_more_stay() {
        for text in [
            "picture: /pictures/own.svg\n",
            "字![水龙头](/pictures/tap.svg)\n",
            "poster: { picture: /pictures/tap.svg }\n",
        ] {
            assert_eq!(left(text, "/pictures/"), None, "{text}");
        }
    }
}

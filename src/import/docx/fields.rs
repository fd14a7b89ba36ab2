//! Fields: what Word computes, and what of it is words of the text.

use crate::import::xml::Element;

/// A field that has begun.
#[derive(Debug, Default)]
pub(super) struct Field {
    /// What it computes, as it is written.
    pub code: String,
    /// Whether its result has begun.
    pub is_result: bool,
    /// Of a box to be ticked: whether it is.
    pub ticked: Option<bool>,
    /// The paragraph in which its result begins and how many pieces stand before it.
    pub begins: (usize, usize),
}

/// What becomes of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Use {
    /// Its result is text.
    Result,
    /// Its result is a link.
    Link(String),
    /// A list of contents, which every page makes by itself.
    Contents,
    /// The number of the page that is read, or of all.
    Page,
    /// The number of the page where something stands: text, though of the paper alone.
    PageOf,
    /// A box to be ticked.
    Tick,
    /// These characters, drawn into each other.
    Drawn(String),
}

impl Field {
    /// Begins with `w:fldChar`.
    pub fn begin(element: &Element) -> Self {
        let ticked = element.find("checkBox").map(|it| {
            let set = it.flag("checked").or_else(|| it.flag("default"));
            set.unwrap_or(false)
        });
        Self {
            ticked,
            ..Self::default()
        }
    }

    /// Tells what becomes of it.
    pub fn usage(&self) -> Use {
        let mut words = self.code.split_whitespace();
        let name = words.next().unwrap_or_default().to_uppercase();
        match name.as_str() {
            "TOC" => Use::Contents,
            "PAGE" | "NUMPAGES" | "SECTIONPAGES" => Use::Page,
            "PAGEREF" => Use::PageOf,
            "FORMCHECKBOX" => Use::Tick,
            "EQ" => Use::Drawn(drawn(self.code.trim().get(2..).unwrap_or_default())),
            "HYPERLINK" => {
                let rest = self.code.trim().get(9..).unwrap_or_default();
                let is_inside = rest.trim_start().starts_with("\\l");
                let target = rest.split('"').nth(1).unwrap_or_default();
                match target.is_empty() || is_inside {
                    true => Use::Result,
                    false => Use::Link(target.to_owned()),
                }
            }
            _ => Use::Result,
        }
    }
}

/// Writes on one line what `EQ` draws: `\o\ac(○,3)` is ③.
fn drawn(code: &str) -> String {
    let code = code.trim();
    let inner = code.split_once('(').map_or("", |(_, rest)| rest);
    let inner = inner.rsplit_once(')').map_or(inner, |(inner, _)| inner);
    let parts: Vec<&str> = inner.split([',', '，']).map(str::trim).collect();
    let lower = code.to_lowercase();
    let circled = |text: &str| {
        let n: u32 = text.parse().ok()?;
        let at = n.checked_sub(1).filter(|at| *at < 20)?;
        char::from_u32(u32::from('①') + at).map(String::from)
    };
    match parts[..] {
        ["○" | "〇" | "◯" | "O", text] => {
            circled(text).unwrap_or_else(|| format!("（{text}）"))
        }
        ["□" | "☐", "√" | "✓"] => "☑".to_owned(),
        [over, under] if lower.starts_with("\\f") => format!("{over}/{under}"),
        [text] if lower.starts_with("\\r") => format!("√{text}"),
        _ => parts.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usage(code: &str) -> Use {
        let code = code.to_owned();
        Field {
            code,
            ..Field::default()
        }
        .usage()
    }

    #[test]
    fn fields_are_known_by_their_first_word() {
        let link = Use::Link("https://a.example/".to_owned());
        assert_eq!(usage(" HYPERLINK \"https://a.example/\" \\o \"x\" "), link);
        assert_eq!(usage("HYPERLINK \\l \"_Toc1\""), Use::Result);
        assert_eq!(usage("eq \\o\\ac(○,3)"), Use::Drawn("③".to_owned()));
        assert_eq!(usage("EQ \\f(1,2)"), Use::Drawn("1/2".to_owned()));
        assert_eq!(usage(" toc \\o"), Use::Contents);
    }
}

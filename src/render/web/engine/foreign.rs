//! Marks what stands on a page in another language than the page's own (WCAG 3.1.2), in the HTML
//! that came out, whichever template wrote it.
//!
//! Where nobody has translated a title, a place or a thing, a page shows the original. A language
//! that is not written in Chinese characters tells these by the characters themselves; a link
//! that leaves for another language's pages says so in `hreflang`.

use crate::render::links;
use crate::render::web::facts::website::Facts;

/// Languages that are written with Chinese characters themselves.
const WRITES_HAN: [&str; 5] = ["zh", "yue", "wuu", "ja", "ko"];
/// Elements that end where they begin.
const VOID: [&str; 13] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];
/// Elements whose content is copied as it stands: no `span` may stand in them.
const OPAQUE: [&str; 6] = ["script", "style", "title", "textarea", "select", "svg"];

/// Marks the page that goes to `url`.
pub(in crate::render::web) fn mark(html: String, url: &str, facts: &Facts) -> String {
    let own = facts.site.settings.language.as_str();
    let writes_han = WRITES_HAN.contains(&primary(own));
    if writes_han && !facts.has_languages() {
        return html;
    }
    let original = facts.site.translated_from.as_deref().unwrap_or(own);
    let marker = Marker {
        facts,
        url,
        own,
        writes_han,
        chinese: match primary(original) {
            "zh" => original,
            _ => "zh",
        },
    };
    marker.page(&html)
}

/// Returns the first part of a tag: the language without script and place.
fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or_default()
}

/// The class of what holds the text of a page as somebody wrote it.
const ARTICLE: &str = "prose";

/// An element that is open.
#[derive(Debug, Clone, Copy, Default)]
struct Element<'h> {
    name: &'h str,
    /// Whether the language of what it holds is marked already.
    marked: bool,
    /// Whether it is part of an article.
    is_article: bool,
}

struct Marker<'a> {
    facts: &'a Facts<'a>,
    url: &'a str,
    own: &'a str,
    writes_han: bool,
    /// The tag of what is written in Chinese characters.
    chinese: &'a str,
}

impl Marker<'_> {
    fn page(&self, html: &str) -> String {
        let mut out = String::with_capacity(html.len() + html.len() / 16);
        let mut open: Vec<Element> = Vec::new();
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            let (text, tag) = rest.split_at(at);
            let inside = open.last().copied().unwrap_or_default();
            self.text(text, inside.marked, &mut out);
            let tag = &tag[..tag_length(tag)];
            rest = &rest[at + tag.len()..];
            let name = name(tag);
            if tag.starts_with("</") {
                if let Some(at) = open.iter().rposition(|opened| opened.name == name) {
                    open.truncate(at);
                }
                out.push_str(tag);
                continue;
            }
            self.tag(tag, name, inside.is_article, &mut out);
            if OPAQUE.contains(&name) && !tag.ends_with("/>") {
                let end = rest.find(&format!("</{name}")).unwrap_or(rest.len());
                out.push_str(&rest[..end]);
                rest = &rest[end..];
            } else if !name.is_empty() && !VOID.contains(&name) && !tag.ends_with("/>") {
                let class = attribute(tag, "class").unwrap_or_default();
                open.push(Element {
                    name,
                    marked: attribute(tag, "lang").map_or(inside.marked, |lang| lang != self.own),
                    is_article: inside.is_article || class.split(' ').any(|it| it == ARTICLE),
                });
            }
        }
        self.text(rest, false, &mut out);
        out
    }

    /// Copies a start tag, with `hreflang` where it leads to another language and `lang` where it
    /// shows a picture that is described in Chinese.
    fn tag(&self, tag: &str, name: &str, is_article: bool, out: &mut String) {
        let added = match name {
            "a" if attribute(tag, "hreflang").is_none() => attribute(tag, "href")
                .and_then(|href| self.leads_to(href))
                .map(|language| {
                    // A title in simplified characters is told from traditional ones by its link
                    // alone; the words of a link in an article are the article's.
                    let is_title =
                        self.writes_han && !is_article && attribute(tag, "lang").is_none();
                    let lang = if is_title {
                        format!(" lang=\"{language}\"")
                    } else {
                        String::new()
                    };
                    format!(" hreflang=\"{language}\"{lang}")
                }),
            "img" if !self.writes_han && attribute(tag, "lang").is_none() => attribute(tag, "alt")
                .filter(|alt| alt.contains(is_han))
                .map(|_| format!(" lang=\"{}\"", self.chinese)),
            _ => None,
        };
        let cut = tag.len() - if tag.ends_with("/>") { 2 } else { 1 };
        match added {
            Some(added) => {
                out.push_str(&tag[..cut]);
                out.push_str(&added);
                out.push_str(&tag[cut..]);
            }
            None => out.push_str(tag),
        }
    }

    /// Returns the language of the page that `href` leads to, where it is another one.
    fn leads_to(&self, href: &str) -> Option<&str> {
        let file = href.split(['#', '?']).next()?;
        let from_root = file.strip_prefix(&links::root(self.url))?;
        if !file.ends_with(".html") {
            return None;
        }
        let folder = self.facts.folder();
        let path = match from_root.strip_prefix("../") {
            Some(shared) if !folder.is_empty() => shared.to_owned(),
            _ => format!("{folder}{from_root}"),
        };
        let language = self.facts.languages.language_of(&path)?;
        (language != self.own).then_some(language)
    }

    /// Copies words, runs of Chinese characters marked.
    fn text(&self, text: &str, marked: bool, out: &mut String) {
        if self.writes_han || marked || !text.contains(is_han) {
            out.push_str(text);
            return;
        }
        let mut rest = text;
        while let Some((before, run, after)) = next_run(rest) {
            out.push_str(before);
            out.push_str(&format!("<span lang=\"{}\">{run}</span>", self.chinese));
            rest = after;
        }
        out.push_str(rest);
    }
}

/// Splits off the next run: from a Chinese character or bracket to the last one before a letter of
/// another script, figures and signs between them included.
fn next_run(text: &str) -> Option<(&str, &str, &str)> {
    let first = text.find(is_han)?;
    // An opening bracket or quotation mark goes with what it opens.
    let opens = |c: char| "《〈「『（【“‘".contains(c);
    let begin = text[..first].trim_end_matches(opens).len();
    let mut end = first;
    for (at, c) in text[first..].char_indices() {
        if is_han(c) || is_wide_sign(c) {
            end = first + at + c.len_utf8();
        } else if c.is_alphabetic() || c == '&' {
            break;
        }
    }
    Some((&text[..begin], &text[begin..end], &text[end..]))
}

/// Tells whether `c` is a Chinese character.
fn is_han(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{2FDF}' | '\u{3005}'..='\u{3007}' | '\u{3400}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Tells whether `c` is a sign of Chinese text.
fn is_wide_sign(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{303F}' | '\u{FF01}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF20}'
        | '”' | '’')
}

/// Returns the length of the tag or comment that `html` begins with.
fn tag_length(html: &str) -> usize {
    if html.starts_with("<!--") {
        return html.find("-->").map_or(html.len(), |end| end + 3);
    }
    let mut quote = None;
    for (at, c) in html.char_indices() {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            (None, '>') => return at + 1,
            _ => {}
        }
    }
    html.len()
}

/// Returns the name of the element that a tag opens or closes; nothing for comments.
fn name(tag: &str) -> &str {
    let inner = tag.trim_start_matches(['<', '/']);
    let end = inner.find(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    &inner[..end.unwrap_or(inner.len())]
}

/// Returns the value of an attribute written with double quotes.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let begin = format!(" {name}=\"");
    let at = tag.find(&begin)? + begin.len();
    tag[at..].split('"').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(text: &str) -> Vec<&str> {
        let mut rest = text;
        let mut runs = Vec::new();
        while let Some((_, run, after)) = next_run(rest) {
            runs.push(run);
            rest = after;
        }
        runs
    }

    #[test]
    fn a_run_holds_what_belongs_to_chinese_words() {
        assert_eq!(runs("Hangs on 东门宣传栏 3号 until 12"), ["东门宣传栏 3号"]);
        assert_eq!(runs("the bin 《厨余垃圾》, green"), ["《厨余垃圾》"]);
        assert_eq!(runs("LED灯 and 水银温度计。"), ["灯", "水银温度计。"]);
        assert_eq!(runs("A — B"), Vec::<&str>::new());
    }

    #[test]
    fn tags_are_read_to_their_end() {
        assert_eq!(tag_length("<a title=\"a > b\" href='x'>c</a>"), 26);
        assert_eq!(tag_length("<!-- a > b --> c"), 14);
        assert_eq!(name("</h2>"), "h2");
        assert_eq!(name("<!-- x -->"), "");
        assert_eq!(
            attribute("<a data-lang=\"x\" lang=\"en\">", "lang"),
            Some("en")
        );
    }
}

//! What a built page shows: the words of its main part, block by block.
//!
//! Words are visible where they stand in `<main>` and not in something that is `hidden`, that is
//! no text (scripts, styles, drawings' names) or that stands in for what a browser shows
//! (`noscript`, the inside of a video). A block is what no element but an inline one interrupts:
//! a phrase may run on over `<strong>` and line ends of the source, and ends with its paragraph.

use std::mem;

use super::tag::{Tag, decode};

/// Elements that a phrase runs through.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
    "ins", "kbd", "mark", "picture", "q", "ruby", "s", "samp", "small", "source", "span", "strong",
    "sub", "sup", "time", "u", "var", "wbr",
];
/// Elements whose inside nobody reads as text.
const SILENT: &[&str] = &[
    "audio", "canvas", "desc", "iframe", "noscript", "object", "rp", "rt", "script", "select",
    "style", "template", "textarea", "title", "video",
];
/// Elements that have no inside.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];
/// Elements whose inside is no markup.
const RAW: &[&str] = &["script", "style", "textarea", "title"];
/// Parts of a page that lead elsewhere.
const LEADING: &[&str] = &["aside", "footer", "nav"];

/// The visible words of a page, in blocks.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Visible {
    /// The words of `<title>`, which stand on no page.
    pub name: String,
    /// The first heading of the first level.
    pub title: Vec<String>,
    /// The other headings.
    pub headings: Vec<String>,
    /// Everything else but `links`.
    pub text: Vec<String>,
    /// What stands in the path, in side notes, and blocks that are links and nothing else.
    pub links: Vec<String>,
}

/// Reads the visible words of a built page.
pub(super) fn visible(html: &str) -> Visible {
    let mut reader = Reader {
        whole: !html.contains("<main"),
        ..Reader::default()
    };
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        reader.words(&rest[..at]);
        rest = &rest[at..];
        rest = match (rest.strip_prefix("<!--"), Tag::read(rest)) {
            (Some(comment), _) => after(comment, "-->"),
            (None, Some((tag, rest))) => reader.tag(&tag, rest),
            (None, None) if rest.starts_with("<!") || rest.starts_with("<?") => after(rest, ">"),
            (None, None) => {
                reader.words("<");
                &rest[1..]
            }
        };
    }
    reader.words(rest);
    reader.end_block();
    reader.visible
}

fn after<'t>(text: &'t str, end: &str) -> &'t str {
    text.find(end).map_or("", |at| &text[at + end.len()..])
}

#[derive(Default)]
struct Reader {
    visible: Visible,
    /// Whether the page has no main part, so that all of it counts.
    whole: bool,
    /// The elements that are open, and whether each is hidden itself.
    open: Vec<(String, bool)>,
    block: String,
    /// Whether all words of the block are a link's.
    is_link: bool,
}

impl Reader {
    /// Takes a tag in and returns what is left of `rest` behind it.
    fn tag<'t>(&mut self, tag: &Tag, rest: &'t str) -> &'t str {
        let name = tag.name.as_str();
        if !INLINE.contains(&name) {
            self.end_block();
        }
        if tag.closes {
            if let Some(at) = self.open.iter().rposition(|(open, _)| open == name) {
                self.open.truncate(at);
            }
            return rest;
        }
        if RAW.contains(&name) {
            let (inside, rest) = rest.split_at(find_close(rest, name).unwrap_or(rest.len()));
            if name == "title" && self.visible.name.is_empty() {
                self.visible.name = decode(inside).trim().to_owned();
            }
            return rest;
        }
        let is_void = VOID.contains(&name) || (tag.self_closing && self.is_in(&["svg", "math"]));
        if !is_void {
            let silent = tag.hidden || SILENT.contains(&name);
            self.open.push((tag.name.clone(), silent));
        }
        rest
    }

    fn is_in(&self, names: &[&str]) -> bool {
        self.open
            .iter()
            .any(|(name, _)| names.contains(&name.as_str()))
    }

    /// Takes words in, white space as one space.
    fn words(&mut self, text: &str) {
        let is_read = (self.whole || self.is_in(&["main"])) && !self.open.iter().any(|open| open.1);
        if !is_read {
            return;
        }
        let is_linked = self.is_in(&["a"]);
        for character in decode(text).chars() {
            if character.is_whitespace() {
                if !self.block.is_empty() && !self.block.ends_with(' ') {
                    self.block.push(' ');
                }
            } else if !is_nothing(character) {
                self.is_link = is_linked && (self.is_link || self.block.is_empty());
                self.block.push(character);
            }
        }
    }

    fn end_block(&mut self) {
        let block = mem::take(&mut self.block);
        let block = block.trim_end();
        if block.is_empty() {
            return;
        }
        let is_title = self.is_in(&["h1"]) && self.visible.title.is_empty();
        let blocks = if is_title {
            &mut self.visible.title
        } else if self.is_in(&["h1", "h2", "h3", "h4", "h5", "h6"]) {
            &mut self.visible.headings
        } else if self.is_link || self.is_in(LEADING) {
            &mut self.visible.links
        } else {
            &mut self.visible.text
        };
        blocks.push(block.to_owned());
    }
}

fn find_close(text: &str, name: &str) -> Option<usize> {
    let is_close = |&(at, _): &(usize, &str)| {
        let word = text.get(at + 2..at + 2 + name.len());
        word.is_some_and(|word| word.eq_ignore_ascii_case(name))
    };
    text.match_indices("</").find(is_close).map(|(at, _)| at)
}

/// Tells whether a character shows nothing and parts nothing.
fn is_nothing(character: char) -> bool {
    matches!(
        character,
        '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the blocks of text of a main part that holds `html`.
    fn text(html: &str) -> Vec<String> {
        visible(&format!("<p>头</p><main>{html}</main><p>尾</p>")).text
    }

    #[test]
    fn a_phrase_runs_through_inline_elements_and_ends_with_its_block() {
        assert_eq!(
            text("<p>充电<strong>电池</strong>投\n  <a href='>'>红桶</a></p><p>末</p>"),
            ["充电电池投 红桶", "末"]
        );
        assert_eq!(text("<li>甲<li>乙<br>丙"), ["甲", "乙", "丙"]);
    }

    #[test]
    fn what_nobody_sees_is_left_out() {
        let html = "<p hidden>藏<b>着</b></p><div hidden><p>也</p></div><!-- <p>注</p> --><script>'<p>码'</script>\
            <noscript><p>无</p></noscript><svg><title>名</title><path d=''/><text>党建</text></svg><p>见\u{200B}到</p>";
        assert_eq!(text(html), ["党建", "见到"]);
    }

    #[test]
    fn titles_headings_and_what_leads_elsewhere_stand_apart() {
        let page = "<title>水 · 绿板</title><body><nav>页眉</nav><main><nav><ol><li>首页</li></ol></nav>\
            <h1>关水</h1><h2><a>先看</a></h2><p>a&lt;b&nbsp;&#26085;&#x672C;</p><p><a>目录</a></p><p><a>见</a>此</p><aside><h2>旁</h2><p>同一主题</p></aside></main>";
        let shown = visible(page);
        assert_eq!(shown.name, "水 · 绿板");
        assert_eq!(shown.title, ["关水"]);
        assert_eq!(shown.headings, ["先看", "旁"]);
        assert_eq!(shown.text, ["a<b 日本", "见此"]);
        assert_eq!(shown.links, ["首页", "目录", "同一主题"]);
    }

    #[test]
    fn broken_markup_loses_no_words() {
        assert_eq!(text("<p>1 < 2</i> 三<"), ["1 < 2 三<"]);
        assert_eq!(visible("<p>没有主体<b").text, ["没有主体<b"]);
    }
}

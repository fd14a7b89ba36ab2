//! YAML as a tree in which every key and value knows its place.
//!
//! Used for all that staff write, so that any later stage can name file and line. Scalars stay
//! text: what `2026` means is decided by who reads the key. A full-width colon after a key is
//! taken for a colon; an input method leaves it there too easily to be worth an error.

use std::ops::Range;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError};

use crate::diag::{Words, words};

/// How deep values may be nested, against files that mean harm.
const MAX_DEPTH: usize = 32;

/// A value and its bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Its bytes in the whole file.
    pub range: Range<usize>,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing after the colon.
    Null,
    /// Text, as it means after quotes and escapes.
    Scalar(String),
    /// A list.
    List(Vec<Node>),
    /// Keys with their values in the order of the file.
    Map(Vec<(Key, Node)>),
}

/// A key and its bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct Key {
    /// The key.
    pub name: String,
    /// Its bytes in the whole file.
    pub range: Range<usize>,
}

/// Why a text is no YAML, and where.
#[derive(Debug, Clone, PartialEq)]
pub struct YamlError {
    /// The parser's words, or ours.
    pub cause: String,
    /// The byte in the whole file.
    pub at: usize,
}

impl YamlError {
    /// Says what is wrong in words that somebody who never heard of YAML can act on.
    pub fn words(&self) -> Words {
        let says = |parts: &[&str]| parts.iter().any(|part| self.cause.contains(part));
        words(if says(&["trailing content after double-quoted"]) {
            "yaml-trailing"
        } else if says(&["quoted scalar"]) {
            "yaml-quote"
        } else if says(&["']'", "'}'", "bracket", "flow construct"]) {
            "yaml-bracket"
        } else if says(&["':'", "mapping values"]) {
            "yaml-colon"
        } else if says(&["tab"]) {
            "yaml-tab"
        } else if says(&[
            "unexpected character",
            "anchor",
            "alias",
            "tag",
            "directive",
            "block scalar",
        ]) {
            "yaml-sign"
        } else if says(&["second document", "document"]) {
            "yaml-second"
        } else if says(&["nested", "recursion"]) {
            "yaml-deep"
        } else if says(&["key must be a word"]) {
            "yaml-key"
        } else if says(&[
            "expected key",
            "indentation",
            "simple key",
            "block collection",
        ]) {
            "yaml-indent"
        } else {
            "yaml-other"
        })
    }
}

/// Parses the bytes `range` of `text`.
///
/// # Errors
/// Where they are no YAML, use aliases, or nest deeper than anyone writes by hand.
pub fn parse(text: &str, range: Range<usize>) -> Result<Node, YamlError> {
    let yaml = with_ascii_colons(&text[range.clone()]);
    let places = Places::new(&yaml, range.start);
    let mut composer = Composer {
        parser: Parser::new_from_str(&yaml),
        places: &places,
    };
    composer.document()
}

/// Replaces a full-width colon after a key by a colon and two spaces, which is as many bytes.
fn with_ascii_colons(yaml: &str) -> String {
    let mut out = String::with_capacity(yaml.len());
    for line in yaml.split_inclusive('\n') {
        match line.split_once('：') {
            Some((key, rest)) if is_bare_key(key) => {
                out.push_str(key);
                out.push_str(":  ");
                out.push_str(rest);
            }
            _ => out.push_str(line),
        }
    }
    out
}

/// Tells whether the start of a line is a key and nothing else.
fn is_bare_key(start: &str) -> bool {
    let key = start.trim_start().trim_start_matches("- ").trim();
    !key.is_empty()
        && key
            .chars()
            .all(|c| c.is_alphanumeric() || c == '_' || c == '-')
}

/// Turns the parser's lines and columns into bytes of the whole file.
struct Places<'a> {
    lines: Vec<&'a str>,
    starts: Vec<usize>,
}

impl<'a> Places<'a> {
    fn new(yaml: &'a str, offset: usize) -> Self {
        let lines: Vec<&str> = yaml.split_inclusive('\n').collect();
        let starts = lines.iter().scan(offset, |at, line| {
            let start = *at;
            *at += line.len();
            Some(start)
        });
        Self {
            starts: starts.collect(),
            lines,
        }
    }

    fn byte(&self, marker: &Marker) -> usize {
        let index = marker.line().saturating_sub(1);
        match (self.lines.get(index), self.starts.get(index)) {
            (Some(line), Some(start)) => {
                start
                    + line
                        .chars()
                        .take(marker.col())
                        .map(char::len_utf8)
                        .sum::<usize>()
            }
            _ => match (self.lines.last(), self.starts.last()) {
                (Some(line), Some(start)) => start + line.len(),
                _ => 0,
            },
        }
    }

    fn error(&self, error: &ScanError) -> YamlError {
        YamlError {
            cause: error.info().to_owned(),
            at: self.byte(error.marker()),
        }
    }
}

struct Composer<'a> {
    parser: Parser<'a, saphyr_parser::StrInput<'a>>,
    places: &'a Places<'a>,
}

impl<'a> Composer<'a> {
    fn next(&mut self) -> Result<(Event<'a>, Range<usize>), YamlError> {
        match self.parser.next_event() {
            Some(Ok((event, span))) => Ok((
                event,
                self.places.byte(&span.start)..self.places.byte(&span.end),
            )),
            Some(Err(error)) => Err(self.places.error(&error)),
            None => Ok((Event::StreamEnd, 0..0)),
        }
    }

    fn document(&mut self) -> Result<Node, YamlError> {
        loop {
            let (event, range) = self.next()?;
            match event {
                Event::StreamStart | Event::DocumentStart(_) | Event::Nothing => {}
                Event::StreamEnd | Event::DocumentEnd => {
                    return Ok(Node {
                        value: Value::Null,
                        range,
                    });
                }
                event => {
                    let node = self.node(event, range, 0)?;
                    self.end()?;
                    return Ok(node);
                }
            }
        }
    }

    /// Reads to the end, so that an error behind the first value is found too.
    fn end(&mut self) -> Result<(), YamlError> {
        loop {
            match self.next()? {
                (Event::StreamEnd, _) => return Ok(()),
                (Event::DocumentEnd | Event::Nothing, _) => {}
                (_, range) => {
                    return Err(YamlError {
                        cause: "a second document".into(),
                        at: range.start,
                    });
                }
            }
        }
    }

    fn node(
        &mut self,
        event: Event<'a>,
        range: Range<usize>,
        depth: usize,
    ) -> Result<Node, YamlError> {
        let refuse = |cause: &str| {
            Err(YamlError {
                cause: cause.into(),
                at: range.start,
            })
        };
        if depth > MAX_DEPTH {
            return refuse("nested too deeply");
        }
        match event {
            Event::Scalar(text, style, _, _) => {
                let plain = style == ScalarStyle::Plain;
                let value = match text.as_ref() {
                    "" | "~" | "null" if plain => Value::Null,
                    text => Value::Scalar(text.to_owned()),
                };
                Ok(Node { value, range })
            }
            Event::SequenceStart(..) => self.list(range, depth),
            Event::MappingStart(..) => self.map(range, depth),
            Event::Alias(_) => refuse("aliases (*name) are not used here"),
            _ => refuse("a value is missing"),
        }
    }

    fn list(&mut self, start: Range<usize>, depth: usize) -> Result<Node, YamlError> {
        let mut items = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, range) => {
                    return Ok(Node {
                        value: Value::List(items),
                        range: start.start..range.end,
                    });
                }
                (event, range) => items.push(self.node(event, range, depth + 1)?),
            }
        }
    }

    fn map(&mut self, start: Range<usize>, depth: usize) -> Result<Node, YamlError> {
        let mut entries = Vec::new();
        loop {
            let (event, range) = self.next()?;
            if event == Event::MappingEnd {
                return Ok(Node {
                    value: Value::Map(entries),
                    range: start.start..range.end,
                });
            }
            let Node {
                value: Value::Scalar(name),
                range,
            } = self.node(event, range, depth + 1)?
            else {
                return Err(YamlError {
                    cause: "a key must be a word".into(),
                    at: start.start,
                });
            };
            let (event, value_range) = self.next()?;
            let value = self.node(event, value_range, depth + 1)?;
            entries.push((Key { name, range }, value));
        }
    }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;

    /// Writes each key with its value and the very text at its place.
    fn places(yaml: &str) -> String {
        let text = format!("前言\n{yaml}");
        let start = "前言\n".len();
        match parse(&text, start..text.len()) {
            Ok(node) => show(&node, &text),
            Err(error) => format!(
                "error at {:?}: {}",
                &text[error.at..].chars().take(6).collect::<String>(),
                error.cause
            ),
        }
    }

    fn show(node: &Node, text: &str) -> String {
        match &node.value {
            Value::Null => "nothing".into(),
            Value::Scalar(value) => format!("{value} <{}>", &text[node.range.clone()]),
            Value::List(items) => {
                let items: Vec<_> = items.iter().map(|item| show(item, text)).collect();
                format!("[{}]", items.join(", "))
            }
            Value::Map(entries) => {
                let entry = |(key, value): &(Key, Node)| {
                    assert_eq!(key.name, text[key.range.clone()]);
                    format!("{}: {}", key.name, show(value, text))
                };
                format!(
                    "{{{}}}",
                    entries.iter().map(entry).collect::<Vec<_>>().join("; ")
                )
            }
        }
    }

    #[test]
    fn values_know_their_places_behind_chinese() {
        assert_snapshot!(places("# 注释\n标题: 冬季取暖 # 说明\ntopics: [air, '水']\nposter:\n  lead: \"查\\t烟道\"\ndraft:\n"),
            @r#"{标题: 冬季取暖 <冬季取暖>; topics: [air <air>, 水 <'水'>]; poster: {lead: 查	烟道 <"查\t烟道">}; draft: nothing}"#);
    }

    #[test]
    fn a_full_width_colon_after_a_key_is_a_colon() {
        assert_snapshot!(places("标题：冬季：取暖\n- 日期：2026-11-01"), @r#"error at "日期：202": while parsing a block mapping, did not find expected key"#);
        assert_snapshot!(places("标题：冬季：取暖\nposter：\n  layout：guide\n"),
            @"{标题: 冬季：取暖 <冬季：取暖>; poster: {layout: guide <guide>}}");
    }

    #[test]
    fn what_is_no_yaml_says_where() {
        assert_snapshot!(places("a: [1, 2\nb: 3"), @r#"error at ": 3": illegal placement of ':' indicator"#);
        assert_snapshot!(places("a: &x 1\nb: *x"), @r#"error at "*x": aliases (*name) are not used here"#);
    }

    #[test]
    fn depth_is_bounded() {
        let deep = format!("{}1{}", "[".repeat(100), "]".repeat(100));
        assert_eq!(
            parse(&deep, 0..deep.len()).unwrap_err().cause,
            "nested too deeply"
        );
    }
}

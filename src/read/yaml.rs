//! YAML as a tree in which every key and value knows its place.
//!
//! Used for all that staff write, so that any later stage can name file and line. Scalars stay
//! text: what `2026` means is decided by who reads the key. What people type that YAML does not
//! take is made into what it takes by `typed`.

use std::ops::Range;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError};

pub use super::bad_yaml::{Cause, YamlError};
use super::typed::{Typed, as_yaml};
use super::values::{is_wide, seen};

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

/// Parses the bytes `range` of `text`.
///
/// # Errors
/// Where they cannot be understood, or nest deeper than anyone writes by hand: the first place.
pub fn parse(text: &str, range: Range<usize>) -> Result<Node, YamlError> {
    let nothing = YamlError::grammar("nothing", range.start);
    parse_all(text, range).map_err(|errors| errors.into_iter().next().unwrap_or(nothing))
}

/// Parses the bytes `range` of `text`.
///
/// # Errors
/// Where they cannot be understood, or nest deeper than anyone writes by hand: all places that are
/// known.
pub fn parse_all(text: &str, range: Range<usize>) -> Result<Node, Vec<YamlError>> {
    let typed = as_yaml(text, range);
    if !typed.faults.is_empty() {
        return Err(typed.faults);
    }
    let mut composer = Composer {
        parser: Parser::new_from_str(&typed.yaml),
        typed: &typed,
        text,
    };
    composer.document().map_err(|error| vec![error])
}

struct Composer<'a> {
    parser: Parser<'a, saphyr_parser::StrInput<'a>>,
    typed: &'a Typed,
    /// The whole file.
    text: &'a str,
}

impl<'a> Composer<'a> {
    fn range(&self, start: &Marker, end: &Marker) -> Range<usize> {
        let first = self.typed.start(start.index());
        first..first.max(self.typed.end(end.index()))
    }

    fn error(&self, error: &ScanError) -> YamlError {
        YamlError::grammar(error.info(), self.typed.start(error.marker().index()))
    }

    fn next(&mut self) -> Result<(Event<'a>, Range<usize>), YamlError> {
        match self.parser.next_event() {
            Some(Ok((event, span))) => Ok((event, self.range(&span.start, &span.end))),
            Some(Err(error)) => Err(self.error(&error)),
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
                    return Err(YamlError::grammar("a second document", range.start));
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
        let refuse = |cause: &str| Err(YamlError::grammar(cause, range.start));
        if depth > MAX_DEPTH {
            return refuse("nested too deeply");
        }
        match event {
            Event::Scalar(text, style, _, _) => {
                let plain = style == ScalarStyle::Plain;
                let value = match text.as_ref() {
                    "" | "~" | "null" if plain => Value::Null,
                    _ if style == ScalarStyle::Folded => {
                        Value::Scalar(folded(&self.text[range.clone()]))
                    }
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
                return Err(YamlError::grammar("a key must be a word", start.start));
            };
            let (event, value_range) = self.next()?;
            let value = self.node(event, value_range, depth + 1)?;
            entries.push((Key { name, range }, value));
        }
    }
}

/// Joins the lines of each paragraph, Chinese without a blank.
fn folded(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    let mut is_open = false;
    for line in text.lines() {
        let line = seen(line.trim());
        if line.is_empty() {
            joined.push('\n');
            is_open = false;
            continue;
        }
        let last = joined.chars().next_back().filter(|_| is_open);
        let blank = |last: char| !is_wide(last) && !line.starts_with(is_wide);
        joined.extend(last.is_some_and(blank).then_some(' '));
        joined.push_str(&line);
        is_open = true;
    }
    joined
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
        assert_snapshot!(places("a: [1, 2\nb: 3"), @r#"error at "[1, 2\n": a bracket without its partner"#);
        assert_snapshot!(places("a: &x 1\nb: *x"), @"{a: &x 1 <&x 1>; b: *x <*x>}");
    }

    #[test]
    fn depth_is_bounded() {
        let deep = format!("{}1{}", "[".repeat(100), "]".repeat(100));
        assert_eq!(
            parse(&deep, 0..deep.len()).unwrap_err().cause,
            Cause::Grammar("nested too deeply".into())
        );
    }
}

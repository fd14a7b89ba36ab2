//! The ledger: what in fact hung, one line an event.
//!
//! ```yaml
//! format: 1
//! events:
//! - {v: 1, id: 2026-10-01/east-gate/1, kind: hung, board: east-gate, slot: "1", poster: living/tap, from: 2026-10-01, to: 2026-10-31, by: 陈立}
//! - {v: 1, id: 2026-10-09/1, kind: corrected, of: 2026-10-01/east-gate/1, board: east-gate, slot: "2", poster: living/tap, from: 2026-10-01, to: 2026-10-31, by: 陈立}
//! - {v: 1, id: 2026-10-20/1, kind: removed, of: 2026-10-09/1, to: 2026-10-19, by: 陈立}
//! ```
//!
//! The whole file is YAML, yet each event is read by itself: a line that is broken spoils no
//! other, and to add an event is to add a line. Lines are never changed: `corrected` puts another
//! line in the place of the one that it names; `removed` gives its true last day, or, without
//! `to`, says that it never hung. A page or board that is gone since is no mistake: history
//! stays.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;

use crate::diag::{Code, Diagnostic, Diagnostics, Source, Span};
use crate::read::values;
use crate::read::yaml::{self, Node, Value};

/// The newest format of ledger files, and of their lines, that this program knows.
const FORMAT: u32 = 1;

const KEYS: [&str; 13] = [
    "v", "id", "kind", "of", "board", "slot", "poster", "from", "to", "by", "photos", "text",
    "note",
];

/// One line of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its own id, unique in the ledger.
    pub id: String,
    /// What happened.
    pub deed: Deed,
    /// Who did it.
    pub by: Option<String>,
    /// Hashes of the photos that prove it.
    pub photos: Vec<String>,
    /// The hash of the poster's text as it hung.
    pub text: Option<String>,
    /// A remark.
    pub note: Option<String>,
    /// Where the line stands.
    pub span: Span,
}

/// What an event says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// A poster was hung.
    Hung(Hung),
    /// What the event of that id said was wrong; it was thus.
    Corrected {
        /// The event that was wrong.
        of: String,
        /// What hung.
        hung: Hung,
    },
    /// A poster came down.
    Removed {
        /// The event that hung it.
        of: String,
        /// Its last day; `None` where it never hung.
        last: Option<Date>,
    },
}

/// What hung where, from when to when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hung {
    /// The board's id.
    pub board: String,
    /// The slot's id.
    pub slot: String,
    /// The page's id.
    pub poster: String,
    /// First day.
    pub from: Date,
    /// Last day, as intended until it comes down.
    pub to: Date,
}

/// Reads a ledger file; each line that is wrong is reported and left out.
pub fn parse(source: &Arc<Source>, diagnostics: &mut Diagnostics) -> Vec<Event> {
    let mut events = Vec::new();
    let mut format = None;
    let mut at = 0;
    for line in source.text.split_inclusive('\n') {
        let trimmed = line.trim();
        let start = at + line.len() - line.trim_start().len();
        let range = start..start + trimmed.len();
        at += line.len();
        if trimmed.is_empty() || trimmed.starts_with('#') || trimmed == "events:" {
            continue;
        }
        if let Some(number) = trimmed.strip_prefix("format:") {
            format = Some(number.trim());
            report_newer(source, number.trim(), &range, diagnostics);
            continue;
        }
        match event(source, &range) {
            Ok(event) => events.push(event),
            Err(cause) => diagnostics.push(bad(Span::new(source, range), cause)),
        }
    }
    if format.is_none() && !events.is_empty() {
        let missing = Diagnostic::new(Code::MissingKey).at(Span::file(source));
        diagnostics.push(missing.with("key", "format").with("example", "format: 1"));
    }
    events
}

/// Follows the events to what hung, in the order of the files; lines that contradict others are
/// reported and left out.
pub fn hangings(events: &[Event], diagnostics: &mut Diagnostics) -> Vec<Hung> {
    let mut known: BTreeMap<&str, Option<(&Event, Hung)>> = BTreeMap::new();
    for event in events {
        match follow(event, &mut known) {
            Ok(now) => {
                known.insert(&event.id, now);
            }
            Err(cause) => diagnostics.push(bad(event.span.clone(), cause)),
        }
    }
    let mut hung: Vec<(&Event, Hung)> = known.into_values().flatten().collect();
    hung.sort_by(|(_, a), (_, b)| (&a.board, &a.slot, a.from).cmp(&(&b.board, &b.slot, b.from)));
    let mut kept: Vec<Hung> = Vec::new();
    for (event, next) in hung {
        match kept.last() {
            Some(last)
                if last.board == next.board && last.slot == next.slot && next.from <= last.to =>
            {
                let cause = format!(
                    "{}第{}格在 {} 还挂着 `{}`；先补一行 kind: removed，写明它哪天取下",
                    next.board, next.slot, next.from, last.poster
                );
                diagnostics.push(bad(event.span.clone(), cause));
            }
            _ => kept.push(next),
        }
    }
    kept
}

/// Returns what `event` leaves hanging, after taking away what it replaces.
fn follow<'e>(
    event: &'e Event,
    known: &mut BTreeMap<&str, Option<(&'e Event, Hung)>>,
) -> Result<Option<(&'e Event, Hung)>, String> {
    if known.contains_key(event.id.as_str()) {
        return Err(format!("编号 `{}` 前面用过了", event.id));
    }
    let replaced = |of: &str| match known.get(of) {
        Some(Some((_, hung))) => Ok(hung.clone()),
        Some(None) => Err(format!("`{of}` 已经更正或取下过")),
        None => Err(format!("前面没有编号为 `{of}` 的一行")),
    };
    let (of, now) = match &event.deed {
        Deed::Hung(hung) => (None, Some(hung.clone())),
        Deed::Corrected { of, hung } => {
            replaced(of)?;
            (Some(of), Some(hung.clone()))
        }
        Deed::Removed { of, last: None } => {
            replaced(of)?;
            (Some(of), None)
        }
        Deed::Removed {
            of,
            last: Some(last),
        } => {
            let hung = replaced(of)?;
            if *last < hung.from {
                let from = hung.from;
                return Err(format!("取下的日子 {last} 早于挂上的日子 {from}"));
            }
            (Some(of), Some(Hung { to: *last, ..hung }))
        }
    };
    if let Some(old) = of.and_then(|of| known.get_mut(of.as_str())) {
        *old = None;
    }
    Ok(now.map(|hung| (event, hung)))
}

fn report_newer(
    source: &Arc<Source>,
    number: &str,
    range: &Range<usize>,
    diagnostics: &mut Diagnostics,
) {
    match number.parse::<u32>() {
        Ok(1..=FORMAT) => {}
        Ok(newer) if newer > FORMAT => {
            let newer = Diagnostic::new(Code::NewerFormat).with("format", number);
            diagnostics.push(
                newer
                    .with("known", FORMAT)
                    .at(Span::new(source, range.clone())),
            );
        }
        _ => diagnostics.push(bad(
            Span::new(source, range.clone()),
            format!("`format: {number}` 应当是 `format: {FORMAT}`"),
        )),
    }
}

fn bad(span: Span, cause: String) -> Diagnostic {
    Diagnostic::new(Code::BadLedger)
        .at(span)
        .with("cause", cause)
}

fn event(source: &Arc<Source>, range: &Range<usize>) -> Result<Event, String> {
    let Some(rest) = source.text[range.clone()].strip_prefix('-') else {
        return Err("每一行应当写成 `- {v: 1, id: …}`".into());
    };
    let start = range.end - rest.trim_start().len();
    let node = yaml::parse(&source.text, start..range.end)
        .map_err(|error| format!("这一行不完整，或者括号、引号没有配对（{}）", error.cause))?;
    let line = Line::of(&node)?;
    match line.text("v")?.parse::<u32>() {
        Ok(1..=FORMAT) => {}
        _ => return Err(format!("`v` 应当是 {FORMAT}，更新的版本这个程序还不认识")),
    }
    let of = || line.text("of").map(str::to_owned);
    let deed = match line.text("kind")? {
        "hung" => Deed::Hung(line.hung()?),
        "corrected" => Deed::Corrected {
            of: of()?,
            hung: line.hung()?,
        },
        "removed" => Deed::Removed {
            of: of()?,
            last: line.optional("to")?.map(|_| line.date("to")).transpose()?,
        },
        other => {
            return Err(format!("`kind: {other}` 应当是 hung、corrected 或 removed"));
        }
    };
    let owned = |key| Ok::<_, String>(line.optional(key)?.map(str::to_owned));
    Ok(Event {
        id: line.text("id")?.to_owned(),
        deed,
        by: owned("by")?,
        photos: line.texts("photos")?,
        text: owned("text")?,
        note: owned("note")?,
        span: Span::new(source, range.clone()),
    })
}

/// The keys and values of one line.
struct Line<'a>(BTreeMap<&'a str, &'a Node>);

impl<'a> Line<'a> {
    fn of(node: &'a Node) -> Result<Self, String> {
        let Value::Map(entries) = &node.value else {
            return Err("每一行应当写成 `- {v: 1, id: …}`".into());
        };
        let mut line = BTreeMap::new();
        for (key, value) in entries {
            if !KEYS.contains(&key.name.as_str()) {
                return Err(format!("不认识的项 `{}`", key.name));
            }
            if line.insert(key.name.as_str(), value).is_some() {
                return Err(format!("`{}` 写了两次", key.name));
            }
        }
        Ok(Self(line))
    }

    fn optional(&self, key: &str) -> Result<Option<&'a str>, String> {
        match self.0.get(key).map(|node| &node.value) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Scalar(text)) => Ok(Some(text)),
            Some(_) => Err(format!("`{key}` 应当是一段文字")),
        }
    }

    fn text(&self, key: &str) -> Result<&'a str, String> {
        let text = self.optional(key)?.filter(|text| !text.is_empty());
        text.ok_or_else(|| format!("缺 `{key}`"))
    }

    fn texts(&self, key: &str) -> Result<Vec<String>, String> {
        let Some(Value::List(items)) = self.0.get(key).map(|node| &node.value) else {
            return Ok(self.optional(key)?.map(str::to_owned).into_iter().collect());
        };
        let text = |item: &Node| match &item.value {
            Value::Scalar(text) => Ok(text.clone()),
            _ => Err(format!("`{key}` 应当是一列文字")),
        };
        items.iter().map(text).collect()
    }

    fn date(&self, key: &str) -> Result<Date, String> {
        let text = self.text(key)?;
        values::date(text).ok_or_else(|| format!("`{key}: {text}` 不是日期"))
    }

    fn hung(&self) -> Result<Hung, String> {
        let hung = Hung {
            board: self.text("board")?.to_owned(),
            slot: self.text("slot")?.to_owned(),
            poster: self.text("poster")?.to_owned(),
            from: self.date("from")?,
            to: self.date("to")?,
        };
        if hung.to < hung.from {
            return Err(format!("最后一天 {} 早于第一天 {}", hung.to, hung.from));
        }
        Ok(hung)
    }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::diag::{Language, SitePath};

    const HEAD: &str = "format: 1\nevents:\n";

    fn read(lines: &str) -> String {
        let path = SitePath::fixed("ledger/2026-10.yaml");
        let source = Source::new(path, format!("{HEAD}{lines}"));
        let mut diagnostics = Diagnostics::default();
        let events = parse(&source, &mut diagnostics);
        let hung = hangings(&events, &mut diagnostics);
        let hung = hung.iter().map(|hung| {
            format!(
                "{}/{} {}..{} {}\n",
                hung.board, hung.slot, hung.from, hung.to, hung.poster
            )
        });
        let said = diagnostics.sorted();
        let said = said.iter().map(|diagnostic| {
            let said = diagnostic.render(Language::Chinese);
            format!(
                "{} 第{}行 {}\n",
                said.code,
                said.line.unwrap_or(0),
                said.message
            )
        });
        hung.chain(said).collect()
    }

    const FIRST: &str = "- {v: 1, id: a, kind: hung, board: east, slot: \"1\", poster: living/tap, from: 2026-10-01, to: 2026-10-31, by: 陈立, photos: [ab12, cd34]}\n";

    #[test]
    fn lines_follow_each_other_to_what_hung() {
        assert_snapshot!(read(FIRST), @"east/1 2026-10-01..2026-10-31 living/tap");
        assert_snapshot!(read(&format!("{FIRST}\
            - {{v: 1, id: b, kind: corrected, of: a, board: east, slot: \"2\", poster: living/tap, from: 2026-10-02, to: 2026-10-31}}\n\
            - {{v: 1, id: c, kind: removed, of: b, to: 2026-10-19, note: 被风刮坏}}\n\
            - {{v: 1, id: d, kind: hung, board: gone, slot: \"1\", poster: gone/too, from: 2026-10-01, to: 2026-10-31}}\n")), @"
        east/2 2026-10-02..2026-10-19 living/tap
        gone/1 2026-10-01..2026-10-31 gone/too
        ");
        assert_snapshot!(read(&format!("{FIRST}- {{v: 1, id: b, kind: removed, of: a}}\n")), @"");
    }

    #[test]
    fn a_bad_line_is_named_and_spoils_no_other() {
        assert_snapshot!(read(&format!("- {{v: 1, id: x, kind: hung\n\
            {FIRST}\n# 备注\n\
            - {{v: 1, id: y, kind: hung, board: east, slot: \"2\", poster: p, from: 2026-10-32, to: 2026-10-31}}\n\
            - {{v: 1, id: y, kind: hung, board: east, slot: \"2\", poster: p, from: 2026-10-30, to: 2026-10-01}}\n\
            - {{v: 2, id: y, kind: hung}}\n\
            - {{v: 1, id: y, kind: hanged}}\n\
            - {{v: 1, id: y, kind: hung, borad: east}}\n\
            今天挂了三张\n")), @"
        east/1 2026-10-01..2026-10-31 living/tap
        G404 第3行 台账这一行有问题：这一行不完整，或者括号、引号没有配对（while parsing a flow mapping, did not find expected ',' or '}'）
        G404 第7行 台账这一行有问题：`from: 2026-10-32` 不是日期
        G404 第8行 台账这一行有问题：最后一天 2026-10-01 早于第一天 2026-10-30
        G404 第9行 台账这一行有问题：`v` 应当是 1，更新的版本这个程序还不认识
        G404 第10行 台账这一行有问题：`kind: hanged` 应当是 hung、corrected 或 removed
        G404 第11行 台账这一行有问题：不认识的项 `borad`
        G404 第12行 台账这一行有问题：每一行应当写成 `- {v: 1, id: …}`
        ");
    }

    #[test]
    fn a_line_that_contradicts_another_is_named() {
        assert_snapshot!(read(&format!("{FIRST}{FIRST}\
            - {{v: 1, id: b, kind: hung, board: east, slot: \"1\", poster: p, from: 2026-10-20, to: 2026-11-30}}\n\
            - {{v: 1, id: c, kind: removed, of: nothing}}\n\
            - {{v: 1, id: d, kind: removed, of: a, to: 2026-09-01}}\n")), @"
        east/1 2026-10-01..2026-10-31 living/tap
        G404 第4行 台账这一行有问题：编号 `a` 前面用过了
        G404 第5行 台账这一行有问题：east第1格在 2026-10-20 还挂着 `living/tap`；先补一行 kind: removed，写明它哪天取下
        G404 第6行 台账这一行有问题：前面没有编号为 `nothing` 的一行
        G404 第7行 台账这一行有问题：取下的日子 2026-09-01 早于挂上的日子 2026-10-01
        ");
    }
}

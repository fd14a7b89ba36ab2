//! Calendars for other programs (RFC 5545): whole days alone, so that no time zone is needed.
//!
//! Written here and not by a library, because equal events must give equal bytes: nothing is
//! random, and the stamp that each event must carry is its own first day.

use crate::digest::short;
use jiff::ToSpan;
use jiff::civil::Date;

/// The most octets of a line, without its end.
const LINE: usize = 75;

/// Something on one day or several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::render) struct Event {
    /// What kind of thing it is, such as `change`.
    pub kind: &'static str,
    /// What it is, so that it keeps its name when it moves: an id of the site.
    pub of: String,
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
    /// What it is called.
    pub title: String,
    /// What it is about, several lines.
    pub text: String,
    /// Where it is.
    pub place: Option<String>,
    /// The whole address of its page.
    pub url: Option<String>,
    /// What it belongs to, for people.
    pub category: String,
    /// When to remind of it.
    pub alarm: Option<Alarm>,
}

/// When to remind of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::render) struct Alarm {
    /// So many days before its last one, at nine in the morning.
    pub days_before_last: u32,
}

/// Writes a calendar called `name`; `host` makes its events' names unique in the world.
pub(in crate::render) fn write(name: &str, host: &str, events: &[Event]) -> String {
    let mut lines = Lines::default();
    lines.plain("BEGIN:VCALENDAR");
    lines.plain("VERSION:2.0");
    lines.plain("PRODID:-//Greenboard//Greenboard//ZH");
    lines.plain("CALSCALE:GREGORIAN");
    lines.words("NAME", name);
    lines.words("X-WR-CALNAME", name);
    for event in events {
        event.write(&mut lines, host);
    }
    lines.plain("END:VCALENDAR");
    lines.text
}

impl Event {
    fn write(&self, lines: &mut Lines, host: &str) {
        let after = self.last.saturating_add(1.day());
        lines.plain("BEGIN:VEVENT");
        lines.plain(&format!("UID:{}@{host}", self.name()));
        lines.plain(&format!("DTSTAMP:{}T000000Z", compact(self.first)));
        lines.plain(&format!("DTSTART;VALUE=DATE:{}", compact(self.first)));
        lines.plain(&format!("DTEND;VALUE=DATE:{}", compact(after)));
        lines.words("SUMMARY", &self.title);
        if !self.text.is_empty() {
            lines.words("DESCRIPTION", &self.text);
        }
        if let Some(place) = self.place.as_ref().filter(|place| !place.is_empty()) {
            lines.words("LOCATION", place);
        }
        if let Some(url) = &self.url {
            lines.plain(&format!("URL:{url}"));
        }
        lines.words("CATEGORIES", &self.category);
        // It takes nobody's time; days full of bars stay free for meetings.
        lines.plain("TRANSP:TRANSPARENT");
        if let Some(alarm) = self.alarm {
            lines.plain("BEGIN:VALARM");
            lines.plain("ACTION:DISPLAY");
            lines.words("DESCRIPTION", &self.title);
            // From the end, which is the midnight behind the last day, back to nine o'clock.
            let days = alarm.days_before_last;
            lines.plain(&format!("TRIGGER;RELATED=END:-P{days}DT15H"));
            lines.plain("END:VALARM");
        }
        lines.plain("END:VEVENT");
    }

    /// Returns a name that follows from what the event is alone.
    fn name(&self) -> String {
        let name = short(format!("{}\n{}", self.kind, self.of), 20);
        format!("{}-{name}", self.kind)
    }
}

fn compact(day: Date) -> String {
    day.strftime("%Y%m%d").to_string()
}

/// Lines, folded and ended as the format asks.
#[derive(Default)]
struct Lines {
    text: String,
}

impl Lines {
    /// Adds `NAME:text` with what must be escaped escaped.
    fn words(&mut self, name: &str, text: &str) {
        let mut line = format!("{name}:");
        for c in text.chars() {
            match c {
                '\\' | ';' | ',' => line.extend(['\\', c]),
                '\n' => line.push_str("\\n"),
                c if c.is_control() => {}
                c => line.push(c),
            }
        }
        self.plain(&line);
    }

    /// Adds a line. A fold never splits a character: it comes before the one that would pass
    /// the limit, and its space counts.
    fn plain(&mut self, line: &str) {
        let mut used = 0;
        for c in line.chars() {
            if used + c.len_utf8() > LINE {
                self.text.push_str("\r\n ");
                used = 1;
            }
            self.text.push(c);
            used += c.len_utf8();
        }
        self.text.push_str("\r\n");
    }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;
    use proptest::prelude::*;

    use super::*;

    fn event() -> Event {
        Event {
            kind: "posting",
            of: "notices/2026-11/bin-room-costs".into(),
            first: Date::constant(2026, 11, 3),
            last: Date::constant(2026, 11, 12),
            title: "公示：桶站费用".into(),
            text: "两块栏；东门, 西门\n期满取下".into(),
            place: Some("东门".into()),
            url: Some("https://wutongli.example/".into()),
            category: "公示".into(),
            alarm: Some(Alarm {
                days_before_last: 1,
            }),
        }
    }

    #[test]
    fn an_event_says_days_words_and_when_to_remind() {
        let text = write("绿板", "wutongli.example", &[event()]);
        assert!(!text.replace("\r\n", "").contains(['\r', '\n']));
        assert_snapshot!(text.replace("\r\n", "\n"), @r"
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//Greenboard//Greenboard//ZH
        CALSCALE:GREGORIAN
        NAME:绿板
        X-WR-CALNAME:绿板
        BEGIN:VEVENT
        UID:posting-3e8d71b97536916070dc@wutongli.example
        DTSTAMP:20261103T000000Z
        DTSTART;VALUE=DATE:20261103
        DTEND;VALUE=DATE:20261113
        SUMMARY:公示：桶站费用
        DESCRIPTION:两块栏；东门\, 西门\n期满取下
        LOCATION:东门
        URL:https://wutongli.example/
        CATEGORIES:公示
        TRANSP:TRANSPARENT
        BEGIN:VALARM
        ACTION:DISPLAY
        DESCRIPTION:公示：桶站费用
        TRIGGER;RELATED=END:-P1DT15H
        END:VALARM
        END:VEVENT
        END:VCALENDAR
        ");
    }

    /// Reads the value of a property back, by the rules of RFC 5545 3.1 and 3.3.11.
    fn read_back(written: &str, name: &str) -> Option<String> {
        let text = written.replace("\r\n ", "");
        let line = text
            .split("\r\n")
            .find_map(|line| line.strip_prefix(&format!("{name}:")))?;
        let mut value = String::new();
        let mut chars = line.chars();
        while let Some(c) = chars.next() {
            match c {
                '\\' => value.push(match chars.next()? {
                    'n' => '\n',
                    c => c,
                }),
                c => value.push(c),
            }
        }
        Some(value)
    }

    proptest! {
        #[test]
        fn any_text_comes_back_and_no_line_is_too_long(text in "([一-龥]|[ -~]|\n|🌱){1,200}") {
            let written = write("绿板", "greenboard", &[Event { text: text.clone(), ..event() }]);
            for line in written.split("\r\n") {
                prop_assert!(line.len() <= LINE);
            }
            prop_assert_eq!(read_back(&written, "DESCRIPTION"), Some(text));
        }
    }
}

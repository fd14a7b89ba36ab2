//! How the styles of a workbook show what is in a cell.

use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::cells::attribute;

/// The numbers of the formats for per cent that every workbook has.
const PERCENT: [&str; 2] = ["9", "10"];

/// How cells of each style show what is in them.
#[derive(Debug, Default)]
pub(super) struct Styles {
    wrapped: BTreeSet<usize>,
    percent: BTreeSet<usize>,
}

impl Styles {
    /// Reads `xl/styles.xml`; what it does not say, or not well, is taken as plain.
    pub fn read(xml: &str) -> Self {
        let mut styles = Self::default();
        let mut formats: BTreeSet<String> = PERCENT.map(str::to_owned).into();
        let mut reader = Reader::from_str(xml);
        let (mut within, mut next) = (false, 0);
        while let Ok(event) = reader.read_event() {
            match event {
                Event::Eof => break,
                Event::Start(tag) if tag.local_name().as_ref() == "cellXfs" => within = true,
                Event::End(tag) if tag.local_name().as_ref() == "cellXfs" => within = false,
                Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                    "numFmt" => {
                        let code = attribute(&tag, "formatCode").unwrap_or_default();
                        let number = attribute(&tag, "numFmtId").filter(|_| code.contains('%'));
                        formats.extend(number);
                    }
                    "xf" if within => {
                        let number = attribute(&tag, "numFmtId").unwrap_or_default();
                        if formats.contains(&number) {
                            styles.percent.insert(next);
                        }
                        next += 1;
                    }
                    "alignment" if within => {
                        let wraps = attribute(&tag, "wrapText");
                        if matches!(wraps.as_deref(), Some("1" | "true")) {
                            styles.wrapped.insert(usize::saturating_sub(next, 1));
                        }
                    }
                    _ => {}
                },
                _ => {}
            }
        }
        styles
    }

    /// Tells whether a cell of the style breaks its lines.
    pub fn is_wrapped(&self, style: usize) -> bool {
        self.wrapped.contains(&style)
    }

    /// Tells whether a cell of the style shows numbers in per cent.
    pub fn is_percent(&self, style: usize) -> bool {
        self.percent.contains(&style)
    }
}

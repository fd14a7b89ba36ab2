//! `own.yaml`: what of the sample's files is true of the sample alone.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;

use super::community::{Community, blank};
use crate::diag::SitePath;

const FILE: &str = include_str!("own.yaml");

/// What to leave out, and what to say instead.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Own {
    /// Files, and folders that end in `/`.
    leave_out: Vec<String>,
    phones: Vec<Phone>,
    /// Pairs of the sample's words and those of every community.
    words: Vec<(String, String)>,
    /// Headings before which pages end, by file.
    cut: BTreeMap<String, String>,
    /// Such pairs by file.
    files: BTreeMap<String, Vec<(String, String)>>,
}

/// A telephone of the sample.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Phone {
    /// The number that the sample has.
    sample: String,
    /// Which of the community's it is.
    key: String,
    /// What is said without a number.
    otherwise: String,
    /// The page that is of no use without it.
    blank_in: Option<String>,
}

impl Own {
    /// Reads the file in the binary.
    ///
    /// # Panics
    /// Never: a test reads it.
    pub(super) fn read() -> Self {
        serde_yaml::from_str(FILE).expect("a file of our own is well formed")
    }

    /// Tells whether new sites do without a file of the sample.
    pub(super) fn leaves_out(&self, path: &SitePath) -> bool {
        let path = path.as_str();
        self.leave_out.iter().any(|it| match it.ends_with('/') {
            true => path.starts_with(it.as_str()),
            false => path == it,
        })
    }

    /// Returns the text of a file with what every community can say in place of the sample's.
    /// What stays of the sample's dates is `begun`.
    pub(super) fn adapted(
        &self,
        path: &SitePath,
        text: &str,
        community: &Community,
        begun: Date,
    ) -> String {
        let mut text = text.to_owned();
        if let Some((kept, _)) =
            (self.cut.get(path.as_str())).and_then(|heading| text.split_once(heading.as_str()))
        {
            text = format!("{}\n", kept.trim_end());
        }
        let pairs = self.files.get(path.as_str()).into_iter().flatten();
        for (old, new) in pairs.chain(&self.words) {
            text = text.replace(old, new);
        }
        for phone in &self.phones {
            text = phone.put_in(path, &text, community);
        }
        match path.extension() {
            "md" => without_links(&dated(&text, begun)),
            _ => text,
        }
    }
}

impl Phone {
    fn put_in(&self, path: &SitePath, text: &str, community: &Community) -> String {
        let is_needed = self.blank_in.as_deref() == Some(path.as_str());
        match community.telephone(&self.key) {
            Some(number) => text.replace(&self.sample, number),
            None if is_needed => text.replace(&self.sample, &blank(&self.otherwise)),
            None => {
                // Chinese words want no blanks around them, as figures do.
                let mut parts = text.split(&self.sample);
                let mut text = parts.next().unwrap_or_default().to_owned();
                for part in parts {
                    text.truncate(text.trim_end_matches(' ').len());
                    text.push_str(&self.otherwise);
                    text.push_str(part.trim_start_matches(' '));
                }
                text
            }
        }
    }
}

/// Dates a page: the sample's day is not the community's, and without one the plan would begin
/// before the site.
fn dated(text: &str, begun: Date) -> String {
    let line = |line: &str| match line.starts_with("date: ") {
        true => format!("date: {begun}\n"),
        false => line.to_owned(),
    };
    text.split_inclusive('\n').map(line).collect()
}

/// Leaves of links to other pages their words: whoever deletes a page has no other to mend.
fn without_links(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((words, after)) = next_link(rest) {
        plain.push_str(&rest[..words.start - 1]);
        plain.push_str(&rest[words]);
        rest = &rest[after..];
    }
    plain.push_str(rest);
    plain
}

/// Finds the next `[words](page.md)`: the bytes of its words, and where it ends.
fn next_link(text: &str) -> Option<(std::ops::Range<usize>, usize)> {
    let mut from = 0;
    while let Some(middle) = text[from..].find("](").map(|at| from + at) {
        let end = middle + text[middle..].find(')')?;
        let target = &text[middle + 2..end];
        let start = text[..middle].rfind('[')? + 1;
        if target.ends_with(".md") && !target.contains(char::is_whitespace) {
            return Some((start..middle, end + 1));
        }
        from = end;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(text: &str, community: &Community) -> String {
        let path = SitePath::fixed("content/living/x.md");
        Own::read().adapted(&path, text, community, Date::constant(2026, 11, 1))
    }

    #[test]
    fn a_telephone_is_the_communitys_or_words() {
        let text = "打 5550 0116 登记，5550 0117。\n";
        let none = Community::default();
        assert_eq!(page(text, &none), "打社区电话登记，物业电话。\n");
        let one = Community {
            phone: Some("0571-8888 8888".to_owned()),
            ..none
        };
        assert_eq!(page(text, &one), "打 0571-8888 8888 登记，物业电话。\n");
    }

    #[test]
    fn pages_stand_alone_and_begin_with_the_site() {
        let text = "---\ntitle: 甲\ndate: 2025-09-01\n---\n看[乙](b.md)和[丙](../c.md)，![图](d.svg)，[网](https://e.cn/)。\n";
        assert_eq!(
            page(text, &Community::default()),
            "---\ntitle: 甲\ndate: 2026-11-01\n---\n看乙和丙，![图](d.svg)，[网](https://e.cn/)。\n"
        );
    }

    /// The sample changes; what is said in the stead of its words must follow.
    #[test]
    fn all_that_is_replaced_stands_in_the_sample() {
        let own = Own::read();
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let read = |path: &str| {
            let text = crate::starter::sample::sample_text(path);
            text.unwrap_or_else(|| panic!("own.yaml: the sample has no {path}"))
        };
        for (path, pairs) in &own.files {
            let text = read(path);
            for (old, _) in pairs {
                assert!(
                    text.contains(old.as_str()),
                    "own.yaml, {path}: 样板里没有“{old}”"
                );
            }
        }
        for (path, heading) in &own.cut {
            assert!(
                read(path).contains(heading.as_str()),
                "own.yaml, {path}: {heading}"
            );
        }
        for path in &own.leave_out {
            assert!(root.join(path).exists(), "own.yaml: {path} is not there");
        }
    }
}

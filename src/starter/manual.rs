//! The guide for staff, as it travels with a new site: the files of `docs/` that are for them.

use std::borrow::Cow;

use super::NewFile;
use crate::diag::SitePath;

/// The folder of a site that holds the guide.
pub const MANUAL: &str = "使用手册";

/// The guide's list of features names the program's own tests, which no site has.
const FEATURES: &str = "features.md";

macro_rules! pages {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../docs/", $name)))),*]
    };
}

/// Every page of the guide, by its name.
const PAGES: &[(&str, &str)] = pages![
    "README.md",
    "archive.md",
    "boards.md",
    "commands.md",
    "data.md",
    "hosting.md",
    "import.md",
    "languages.md",
    "messages.md",
    "month.md",
    "pages.md",
    "pictures.md",
    "printing.md",
    "rotation.md",
    "search.md",
    "settings.md",
    "share.md",
    "sorting.md",
    "start.md",
    "themes.md",
    "website.md",
];

/// Returns the guide as files of a site.
pub(super) fn manual() -> impl Iterator<Item = NewFile> {
    PAGES.iter().filter_map(|(name, text)| {
        // Pictures stay at home.
        let stays = |line: &&str| !line.contains(FEATURES) && !line.starts_with("![");
        let kept = text.lines().filter(stays);
        let text = kept.fold(String::new(), |text, line| text + line + "\n");
        Some(NewFile {
            path: SitePath::new(&format!("{MANUAL}/{name}"))?,
            bytes: Cow::Owned(text.into_bytes()),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_guide_travels_and_its_links_lead_within_it() {
        let docs = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
        let entries = std::fs::read_dir(docs).expect("it is there");
        let mut names: Vec<String> = entries
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .filter(|name| name.ends_with(".md") && name != FEATURES)
            .collect();
        names.sort();
        let own: Vec<&str> = PAGES.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, own);
        for file in manual() {
            let text = String::from_utf8(file.bytes.to_vec()).expect("text");
            // Links within code are examples; a fence ends with one of as many signs.
            let mut fence: Option<&str> = None;
            let prose = text.lines().filter(|line| {
                let signs = &line[..line.len() - line.trim_start_matches('`').len()];
                match (signs.len() >= 3, fence) {
                    (true, None) => fence = Some(signs),
                    (true, Some(open)) if open == signs => fence = None,
                    _ => return fence.is_none(),
                }
                false
            });
            let words = prose.flat_map(|line| line.split('`').step_by(2));
            for link in words.flat_map(|words| words.split("](").skip(1)) {
                let link = link.split([')', '#']).next().unwrap_or_default();
                let is_page = link.ends_with(".md") && !link.contains('/');
                assert!(!is_page || own.contains(&link), "{}: {link}", file.path);
            }
        }
    }
}

//! What was meant by a link that leads nowhere: the page or file of a similar name wherever it
//! lies, or an address of the web or of mail that lacks its beginning.

use crate::diag::{SitePath, nearest};

use super::target::{decode, is_external, relative};

/// Endings of names of websites that people write without `https://`.
const DOMAINS: [&str; 9] = [
    "cn", "com", "edu", "gov", "info", "mil", "net", "org", "top",
];

/// Tells whether an image would be fetched from another website.
pub(super) fn is_remote(target: &str) -> bool {
    let target = target.trim_start().to_ascii_lowercase();
    ["http:", "https:", "//"]
        .iter()
        .any(|begin| target.starts_with(begin))
}

/// Tells whether a link runs something, or leads to a file of the writer's own computer.
pub(super) fn is_unfit(target: &str) -> bool {
    let target = target.trim_start().to_ascii_lowercase();
    let runs = ["javascript:", "vbscript:", "data:", "blob:", "file:"];
    let mut chars = target.chars();
    let is_drive = chars.next().is_some_and(|c| c.is_ascii_alphabetic())
        && chars.next() == Some(':')
        && matches!(chars.next(), Some('\\' | '/'));
    is_drive || target.starts_with("\\\\") || runs.iter().any(|scheme| target.starts_with(scheme))
}

/// Returns the whole address that was meant by `target`: `mailto:a@b.cn`, `https://www.x.cn`,
/// `tel:55550116`; `None` where it is none.
pub(super) fn address(target: &str) -> Option<String> {
    let half = |c: char| match c {
        '：' => ':',
        '／' => '/',
        '．' | '。' => '.',
        '＠' => '@',
        '　' => ' ',
        c => c,
    };
    let target: String = decode(target).chars().map(half).collect();
    let target = target.trim();
    if is_external(target) {
        return Some(target.to_owned());
    }
    let host = target.split(['/', '?', '#']).next().unwrap_or_default();
    if let Some((name, host)) = target.split_once('@') {
        let is_mail = !name.is_empty() && host.contains('.') && !target.contains(['/', ' ']);
        return is_mail.then(|| format!("mailto:{target}"));
    }
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '-' | ' ' | '+' | '(' | ')');
    let digits: String = target
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == '+')
        .collect();
    if digits.len() >= 5 && target.chars().all(is_number) {
        return Some(format!("tel:{digits}"));
    }
    let ending = host
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_ascii_lowercase());
    let is_host = ending.is_some_and(|ending| DOMAINS.contains(&&*ending));
    let is_web = is_host || host.to_ascii_lowercase().starts_with("www.");
    (is_web && !host.starts_with('.')).then(|| format!("https://{target}"))
}

/// Finds the page that `link` means, by its name or its title, or by the `words` of the link where
/// they are a title; of several the one nearest to `folder`.
pub(super) fn page<'a>(
    link: &str,
    words: &str,
    pages: impl Iterator<Item = (&'a str, &'a SitePath)> + Clone,
    folder: &SitePath,
) -> Option<&'a SitePath> {
    let named = || pages.clone().map(|(_, path)| (name(path.as_str()), path));
    let meant = name(link);
    closest(meant, named(), folder)
        .or_else(|| closest(meant, pages.clone(), folder))
        .or_else(|| {
            let titled = pages.clone().filter(|(title, _)| *title == words.trim());
            titled
                .map(|(_, path)| path)
                .min_by_key(|path| way(folder, path))
        })
}

/// Finds the file that `link` means, by its name whatever its ending and capitals.
pub(super) fn file<'a>(
    link: &str,
    files: impl Iterator<Item = &'a SitePath> + Clone,
    folder: &SitePath,
) -> Option<&'a SitePath> {
    let meant = link.rsplit('/').next().unwrap_or_default();
    let same = files
        .clone()
        .filter(|path| path.file_name().to_lowercase() == meant.to_lowercase());
    let stem = meant.rsplit_once('.').map_or(meant, |(stem, _)| stem);
    same.min_by_key(|path| way(folder, path))
        .or_else(|| closest(stem, files.map(|path| (path.stem(), path)), folder))
}

/// Finds the path whose name is nearest to `meant`; of several the one nearest to `folder`.
fn closest<'a>(
    meant: &str,
    named: impl Iterator<Item = (&'a str, &'a SitePath)> + Clone,
    folder: &SitePath,
) -> Option<&'a SitePath> {
    let found = nearest(meant, named.clone().map(|(name, _)| name))?;
    let all = named.filter(|(name, _)| *name == found);
    all.map(|(_, path)| path)
        .min_by_key(|path| way(folder, path))
}

/// Returns how far it is from a file of `folder` to `path`, for ordering.
fn way(folder: &SitePath, path: &SitePath) -> (usize, String) {
    let way = relative(folder, path);
    (way.matches('/').count(), way)
}

/// Returns what a file is called: its name without its ending, or its folder's of an `_index.md`.
fn name(path: &str) -> &str {
    let path = path.trim_end_matches('/');
    let (folder, own) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = own
        .strip_suffix(".md")
        .or_else(|| own.strip_suffix(".html"));
    match stem.unwrap_or(own) {
        "_index" | "index" | "README" => folder.rsplit('/').next().unwrap_or_default(),
        stem => stem,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_without_its_beginning_is_completed() {
        for (written, meant) in [
            ("wutongli@example.org", Some("mailto:wutongli@example.org")),
            ("www.example.org", Some("https://www.example.org")),
            (
                "www.example.org/a/b.html?c=1",
                Some("https://www.example.org/a/b.html?c=1"),
            ),
            ("shiliuyuan.gov.cn", Some("https://shiliuyuan.gov.cn")),
            ("https：//example.org", Some("https://example.org")),
            ("5550-0116", Some("tel:55500116")),
            ("../living/tap.md", None),
            ("2026-11/x.md", None),
            ("12345.md", None),
            ("a@b", None),
            ("#here", None),
        ] {
            assert_eq!(address(written).as_deref(), meant, "{written}");
        }
    }

    #[test]
    fn a_page_is_found_by_its_name_or_its_title_and_never_by_its_folders() {
        let paths = [
            ("空调滤网", "content/living/ac-filter.md"),
            ("旧衣回收", "content/sorting/clothes.md"),
            ("电池", "content/sorting/battery.md"),
            ("电池", "content/notices/2026-11/battery.md"),
            ("绿色生活", "content/living/_index.md"),
        ]
        .map(|(title, path)| (title, SitePath::fixed(path)));
        let folder = SitePath::fixed("content/living");
        let meant = |link: &str, words: &str| {
            let pages = paths.iter().map(|(title, path)| (*title, path));
            page(link, words, pages, &folder).map(|path| relative(&folder, path))
        };
        for (link, words, found) in [
            ("old-clothes", "旧衣", None),
            ("../living/old-clothes.md", "旧衣", None),
            ("batery.md", "", Some("../sorting/battery.md")),
            ("battery.md", "", Some("../sorting/battery.md")),
            ("旧衣回收", "", Some("../sorting/clothes.md")),
            ("jiuyi.md", "旧衣回收", Some("../sorting/clothes.md")),
            ("/livin/", "", Some("_index.md")),
        ] {
            assert_eq!(meant(link, words).as_deref(), found, "{link}");
        }
    }

    #[test]
    fn a_file_is_found_in_another_folder_and_with_other_capitals() {
        let files = ["content/a.png", "content/living/IMG_20261101.JPG"].map(SitePath::fixed);
        let folder = SitePath::fixed("content/notices");
        let meant = |link: &str| {
            let found = file(link, files.iter(), &folder);
            found.map(|path| relative(&folder, path))
        };
        assert_eq!(meant("a.png").as_deref(), Some("../a.png"));
        assert_eq!(
            meant("img_20261101.jpg").as_deref(),
            Some("../living/IMG_20261101.JPG")
        );
        assert_eq!(meant("没有.png"), None);
    }

    #[test]
    fn links_that_run_or_stay_at_home_are_told_from_those_that_lead_somewhere() {
        for link in [
            r"C:\文件\a.docx",
            "d:/a.docx",
            r"\\server\a",
            "file:///C:/a",
            " JavaScript:x()",
        ] {
            assert!(is_unfit(link), "{link}");
        }
        for link in [
            "a.docx",
            "https://a.cn",
            "mailto:a@b.cn",
            "/a",
            "b:c",
            "weixin://dl",
        ] {
            assert!(!is_unfit(link), "{link}");
        }
    }

    #[test]
    fn pictures_of_other_websites_are_told_from_own_ones() {
        assert!(is_remote("https://x.cn/a.png") && is_remote("//x.cn/a") && is_remote("HTTP://x"));
        assert!(!is_remote("a.png") && !is_remote("data:image/png;base64,"));
    }
}

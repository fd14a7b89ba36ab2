//! Addresses within the site: from page to page, written so that they work from a disk and
//! below any path of a host.

use crate::site::Settings;
pub(in crate::render) use crate::site::address::{encode, pretty};

/// Returns the way from the output file `from` to the output file `to`, both below the
/// website's root: relative, with `index.html` spelt out.
pub(super) fn relative(from: &str, to: &str) -> String {
    let folder: Vec<&str> = parts_of_folder(from);
    let target: Vec<&str> = to.split('/').collect();
    let most = folder.len().min(target.len() - 1);
    let shared = (0..most).take_while(|&at| folder[at] == target[at]).count();
    let ups = "../".repeat(folder.len() - shared);
    encode(&format!("{ups}{}", target[shared..].join("/")))
}

/// Returns the way from the output file `from` to the website's root: empty or `../` some times.
pub(super) fn root(from: &str) -> String {
    "../".repeat(parts_of_folder(from).len())
}

/// Returns the whole address of `path` below `root`; each `../` at its beginning goes up a folder.
pub(in crate::render) fn below(root: &str, path: &str) -> String {
    let (mut root, mut path) = (root, path);
    while let Some(rest) = path.strip_prefix("../") {
        let up = root.trim_end_matches('/').rfind('/');
        root = up.map_or(root, |at| &root[..=at]);
        path = rest;
    }
    format!("{root}{path}")
}

/// Returns the whole address of the website's file `url`, where the website has an address.
pub(super) fn address(settings: &Settings, url: &str) -> Option<String> {
    let base = settings.base_url.as_deref()?;
    Some(below(base, &pretty(url)))
}

/// Returns the host of the website, where it has an address.
pub(super) fn host(settings: &Settings) -> Option<&str> {
    let rest = settings.base_url.as_deref()?.split_once("://")?.1;
    let host = rest.split(['/', ':']).next();
    host.filter(|host| !host.is_empty())
}

fn parts_of_folder(file: &str) -> Vec<&str> {
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    folder.split('/').filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_relative_with_the_index_spelt_out() {
        let way = |from, to| relative(from, to);
        assert_eq!(
            way("index.html", "living/tap/index.html"),
            "living/tap/index.html"
        );
        assert_eq!(
            way("living/tap/index.html", "index.html"),
            "../../index.html"
        );
        assert_eq!(
            way("living/tap/index.html", "living/bag/index.html"),
            "../bag/index.html"
        );
        assert_eq!(
            way("living/tap/index.html", "living/tap/index.html"),
            "index.html"
        );
        assert_eq!(
            way("living/index.html", "living/tap/index.html"),
            "tap/index.html"
        );
        assert_eq!(
            way("q/ab/index.html", "assets/style.css"),
            "../../assets/style.css"
        );
    }

    #[test]
    fn a_whole_address_goes_up_where_a_path_does() {
        assert_eq!(
            below("https://a.cn/en/", "living/"),
            "https://a.cn/en/living/"
        );
        assert_eq!(below("https://a.cn/en/", "../p.svg"), "https://a.cn/p.svg");
    }

    #[test]
    fn a_page_knows_its_way_to_the_root() {
        assert_eq!(root("index.html"), "");
        assert_eq!(root("living/tap/index.html"), "../../");
    }

    #[test]
    fn chinese_names_spaces_and_signs_are_encoded() {
        assert_eq!(encode("绿/a b#?%.html"), "%E7%BB%BF/a%20b%23%3F%25.html");
    }

    #[test]
    fn hosts_serve_folders() {
        assert_eq!(pretty("living/tap/index.html"), "living/tap/");
        assert_eq!(pretty("404.html"), "404.html");
    }
}

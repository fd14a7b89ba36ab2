//! What a page shows and calls for, as far as post-processing wants to know.

use std::collections::BTreeSet;

use percent_encoding::percent_decode_str;

use crate::site::markdown::markup::{Piece, Tag, pieces, unescape};

/// What stands on a page.
#[derive(Debug, Default)]
pub(super) struct PageReferences {
    /// Files that it shows as pictures.
    pub pictures: BTreeSet<String>,
    /// Files that its links lead to, pages left out.
    pub linked: BTreeSet<String>,
    /// Style sheets, scripts and icons that it calls.
    pub called: BTreeSet<String>,
    /// The characters of its titles: headings of the first level, and what else the class
    /// `title-face` has.
    pub titles: BTreeSet<char>,
    /// All characters that it shows, where that is asked for.
    pub text: BTreeSet<char>,
    /// What is shown where somebody passes it on.
    pub share: Option<Share>,
}

/// What is shown of a page where somebody passes it on.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Share {
    /// The picture's file.
    pub picture: String,
    /// The page's title.
    pub title: String,
    /// The website's name.
    pub site: String,
    /// The section.
    pub section: String,
}

/// The class of what is set in the font of titles, beside `h1`.
const TITLE_CLASS: &str = "title-face";

impl PageReferences {
    /// Looks at the page `path`; `base` is the website's address. All characters of its text are
    /// wanted where a font is cut for them.
    pub fn on(path: &str, html: &str, base: Option<&str>, wants_text: bool) -> Self {
        let mut looker = Looker {
            found: Self::default(),
            share: Share::default(),
            path,
            base,
            wants_text,
            title: None,
        };
        pieces(html).for_each(|piece| looker.look(piece));
        let mut references = looker.found;
        references.share = Some(looker.share).filter(|share| !share.picture.is_empty());
        references
    }
}

struct Looker<'a> {
    found: PageReferences,
    share: Share,
    path: &'a str,
    base: Option<&'a str>,
    wants_text: bool,
    /// The element of a title that is open, and how many of its name are.
    title: Option<(&'a str, usize)>,
}

impl<'a> Looker<'a> {
    fn look(&mut self, piece: Piece<'a>) {
        match piece {
            Piece::Text(text) => {
                if self.title.is_none() && !self.wants_text {
                    return;
                }
                let text = unescape(text);
                let shown = || text.chars().filter(|c| !c.is_whitespace());
                if self.title.is_some() {
                    self.found.titles.extend(shown());
                }
                if self.wants_text {
                    self.found.text.extend(shown());
                }
            }
            Piece::Tag(tag) => {
                self.follow_title(tag);
                if !tag.is_end {
                    self.look_at(tag);
                }
            }
            Piece::Raw(_) | Piece::Comment(_) => {}
        }
    }

    fn follow_title(&mut self, tag: Tag<'a>) {
        match (self.title, tag.is_end) {
            (Some((name, depth)), is_end) if tag.is(name) => {
                let depth = if is_end { depth - 1 } else { depth + 1 };
                self.title = (depth > 0).then_some((name, depth));
            }
            (None, false) => {
                let classes = tag.attribute("class");
                let is_title = tag.is("h1")
                    || classes.is_some_and(|it| it.split(' ').any(|class| class == TITLE_CLASS));
                self.title = is_title.then_some((tag.name, 1));
            }
            _ => {}
        }
    }

    fn look_at(&mut self, tag: Tag) {
        let file = |name: &str| resolve(self.path, &tag.attribute(name)?, self.base);
        match tag.name.to_ascii_lowercase().as_str() {
            "img" if !tag.is_exact() => self.found.pictures.extend(file("src")),
            "a" if !leads_to_page(tag) => self.found.linked.extend(file("href")),
            "script" => self.found.called.extend(file("src")),
            "link" if calls(tag) => self.found.called.extend(file("href")),
            "meta" => self.look_at_meta(tag),
            _ => {}
        }
    }

    fn look_at_meta(&mut self, tag: Tag) {
        let (Some(property), Some(content)) = (tag.attribute("property"), tag.attribute("content"))
        else {
            return;
        };
        match &*property {
            "og:image" => {
                let picture = resolve(self.path, &content, self.base);
                self.share.picture = picture.unwrap_or_default();
            }
            "og:title" => self.share.title = content.into_owned(),
            "og:site_name" => self.share.site = content.into_owned(),
            "article:section" => self.share.section = content.into_owned(),
            _ => {}
        }
    }
}

/// Tells whether a link leads to a page, as most do: nobody asks for these.
fn leads_to_page(tag: Tag) -> bool {
    let address = tag.attribute("href").unwrap_or_default();
    let path = address.split(['#', '?']).next().unwrap_or_default();
    path.ends_with(".html") || path.is_empty()
}

/// Tells whether a `<link>` calls a file that a browser fetches for showing the page.
pub(super) fn calls(tag: Tag) -> bool {
    let rel = tag.attribute("rel").unwrap_or_default();
    rel.split_ascii_whitespace()
        .any(|rel| ["stylesheet", "icon", "preload", "modulepreload"].contains(&rel))
}

/// Returns the file of the website that `address` leads to from the page `path`; `None` where it
/// leads elsewhere.
pub(super) fn resolve(path: &str, address: &str, base: Option<&str>) -> Option<String> {
    let address = address.split(['?', '#']).next().unwrap_or_default();
    let own = base.and_then(|base| address.strip_prefix(base));
    let (mut parts, address): (Vec<&str>, &str) = match own {
        Some(below) => (Vec::new(), below),
        None if address.is_empty() || address.starts_with('/') => return None,
        None if address.split('/').next()?.contains(':') => return None,
        None => {
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            (
                folder.split('/').filter(|it| !it.is_empty()).collect(),
                address,
            )
        }
    };
    for part in address.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    let path = parts.join("/");
    let path = percent_decode_str(&path).decode_utf8().ok()?;
    Some(path.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_to_files_of_the_website() {
        let base = Some("https://a.example/b/");
        let to = |address| resolve("living/tap/index.html", address, base);
        assert_eq!(
            to("../../a%20b/%E7%BB%BF.jpg?x#y").as_deref(),
            Some("a b/绿.jpg")
        );
        assert_eq!(to("https://a.example/b/c.png").as_deref(), Some("c.png"));
        for elsewhere in [
            "https://b.example/",
            "/c.png",
            "data:image/png",
            "#a",
            "../../../c",
            "",
        ] {
            assert_eq!(to(elsewhere), None, "{elsewhere}");
        }
    }

    #[test]
    fn a_page_is_looked_at() {
        let html = "<head><title>no</title><link rel=\"stylesheet\" href=\"s.css\">\
            <link rel=\"canonical\" href=\"c.html\">\
            <meta property=\"og:image\" content=\"https://a.example/o.png\">\
            <meta property=\"og:title\" content=\"A &amp; B\"></head>\
            <h1>绿<b>板</b></h1><p>水</p><h2 class=\"x title-face\">电</h2>\
            <a href=\"a.jpg\"><img src=\"b.jpg\"></a><script src=\"s.js\">火</script>";
        let references = PageReferences::on("index.html", html, Some("https://a.example/"), true);
        let list = |set: &BTreeSet<String>| set.iter().cloned().collect::<Vec<_>>().join(" ");
        assert_eq!(list(&references.called), "s.css s.js");
        assert_eq!(list(&references.linked), "a.jpg");
        assert_eq!(list(&references.pictures), "b.jpg");
        assert_eq!(references.titles.iter().collect::<String>(), "板电绿");
        assert_eq!(references.text.iter().collect::<String>(), "板水电绿");
        let share = references.share.expect("it can be passed on");
        assert_eq!(
            (share.picture.as_str(), share.title.as_str()),
            ("o.png", "A & B")
        );
    }
}

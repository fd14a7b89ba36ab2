//! Pages as visitors get them: photos in several versions, files by their new names, white space
//! that nobody sees gone.

use std::collections::BTreeMap;

use super::STYLE;
use super::fonts::SHEET;
use super::pictures::Picture;
use super::references::{calls, resolve};
use super::shorten;
use super::stamp::Stamps;
use crate::site::markdown::markup::{Piece, Tag, pieces};

/// How wide a picture stands in a page where its template does not say. A browser that lays a late
/// picture out before it loads it knows better (`auto`).
const SIZES: &str = "auto, (min-width: 640px) 36rem, 100vw";

/// What pages are rewritten by.
pub(super) struct Rewriter<'a> {
    pub pictures: &'a BTreeMap<String, Picture>,
    pub stamps: &'a Stamps,
    /// Whether there is a style sheet of fonts, which every page calls that calls the theme's.
    pub has_fonts: bool,
    /// The website's address.
    pub base: Option<&'a str>,
}

impl Rewriter<'_> {
    /// Rewrites the page `path`.
    pub fn page(&self, path: &str, html: &str) -> String {
        let pieces: Vec<Piece> = pieces(html)
            .filter(|piece| !matches!(piece, Piece::Comment(_)))
            .collect();
        let mut writer = Writer {
            rewriter: self,
            path,
            out: String::with_capacity(html.len()),
            in_picture: false,
            kept: 0,
        };
        for (at, piece) in pieces.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|at| pieces.get(at));
            writer.write(piece, before, pieces.get(at + 1));
        }
        writer.out
    }
}

struct Writer<'a> {
    rewriter: &'a Rewriter<'a>,
    path: &'a str,
    out: String,
    /// Whether the page itself offers several versions here.
    in_picture: bool,
    /// How many elements are open that show white space as it is.
    kept: usize,
}

impl Writer<'_> {
    fn write(&mut self, piece: &Piece, before: Option<&Piece>, after: Option<&Piece>) {
        match piece {
            Piece::Text(text) if self.kept > 0 => self.out.push_str(text),
            Piece::Text(text) => {
                let borders = shorten::Borders {
                    before: is_border(before),
                    after: is_border(after),
                };
                self.out.push_str(&shorten::text(text, borders));
            }
            Piece::Raw(text) => match before {
                Some(Piece::Tag(tag)) if tag.is("style") => {
                    self.out.push_str(&shorten::css(text));
                }
                _ => self.out.push_str(text),
            },
            Piece::Tag(tag) => self.tag(tag),
            Piece::Comment(_) => {}
        }
    }

    fn tag(&mut self, tag: &Tag) {
        if tag.is("pre") {
            self.kept = match tag.is_end {
                true => self.kept.saturating_sub(1),
                false => self.kept + 1,
            };
        }
        if tag.is("picture") {
            self.in_picture = !tag.is_end;
        }
        let address = match tag.name.to_ascii_lowercase().as_str() {
            _ if tag.is_end => None,
            "script" => Some("src"),
            "link" if calls(*tag) => Some("href"),
            "img" if !self.in_picture && !tag.is_exact() => return self.picture(tag),
            _ => None,
        };
        let renamed = address.and_then(|attribute| self.renamed(tag, attribute));
        self.out.push_str(renamed.as_deref().unwrap_or(tag.text));
        if address == Some("href") && self.rewriter.has_fonts && self.is_style(tag) {
            let fonts = format!("<link rel=\"stylesheet\" href=\"{}{SHEET}\">", self.root());
            self.out.push_str(&fonts);
        }
    }

    /// Returns the tag with the file's new name in the attribute `name`, where it has one.
    fn renamed(&self, tag: &Tag, name: &str) -> Option<String> {
        let address = tag.attribute(name)?;
        let file = resolve(self.path, &address, self.rewriter.base)?;
        let new = self.rewriter.stamps.get(&file)?;
        let new = match self.rewriter.base.filter(|base| address.starts_with(*base)) {
            Some(base) => format!("{base}{new}"),
            None => format!("{}{new}", self.root()),
        };
        let at = tag.text.rfind(&*address)?;
        Some([&tag.text[..at], &new, &tag.text[at + address.len()..]].concat())
    }

    /// Tells whether the tag calls the theme's style sheet.
    fn is_style(&self, tag: &Tag) -> bool {
        let file = tag.attribute("href");
        let file = file.and_then(|address| resolve(self.path, &address, self.rewriter.base));
        let stamps = self.rewriter.stamps;
        let is_same =
            |file: &str| stamps.contains_key(STYLE) && stamps.get(file) == stamps.get(STYLE);
        file.is_some_and(|file| file == STYLE || is_same(&file))
    }

    /// Returns the way from the page to the website's root.
    fn root(&self) -> String {
        "../".repeat(self.path.matches('/').count())
    }

    /// Writes an image with all its versions.
    fn picture(&mut self, tag: &Tag) {
        let address = tag.attribute("src").unwrap_or_default();
        let file = resolve(self.path, &address, None);
        let picture = file.and_then(|file| self.rewriter.pictures.get(&file));
        let Some(picture) = picture else {
            // A width without versions to choose from says nothing.
            return match tag.attribute("srcset") {
                None if tag.attribute("sizes").is_some() => self.image(tag, None),
                _ => self.out.push_str(tag.text),
            };
        };
        let is_lazy = tag.attribute("loading").is_some_and(|it| it == "lazy");
        let sizes = tag.attribute("sizes");
        let sizes = sizes.as_deref().unwrap_or(SIZES);
        let sizes = match is_lazy {
            true => sizes,
            false => sizes.trim_start_matches("auto, "),
        };
        let root = self.root();
        let files = picture.files.iter();
        let set: Vec<String> = files
            .map(|(file, width)| format!("{root}{file} {width}w"))
            .collect();
        let chosen = format!(" srcset=\"{}\" sizes=\"{sizes}\"", set.join(", "));
        let usual = format!("{root}{}", picture.usual());
        self.image(
            tag,
            Some(Versions {
                usual: &usual,
                chosen: &chosen,
                size: picture.size,
            }),
        );
    }

    /// Writes an image, where there are several with the choice among them; with its size where it
    /// lacks one.
    fn image(&mut self, tag: &Tag, versions: Option<Versions>) {
        self.out.push_str("<img");
        let attributes = tag.attributes();
        for (name, value) in attributes.filter(|(name, _)| !name.eq_ignore_ascii_case("sizes")) {
            let value = match &versions {
                Some(versions) if name.eq_ignore_ascii_case("src") => versions.usual,
                _ => value,
            };
            let quote = if value.contains('"') { '\'' } else { '"' };
            self.out.push_str(&format!(" {name}={quote}{value}{quote}"));
        }
        if let Some(versions) = versions {
            self.out.push_str(versions.chosen);
            let (width, height) = versions.size;
            if tag.attribute("width").is_none() && tag.attribute("height").is_none() {
                self.out
                    .push_str(&format!(" width=\"{width}\" height=\"{height}\""));
            }
        }
        self.out.push('>');
    }
}

/// What an image is written with.
struct Versions<'a> {
    usual: &'a str,
    /// The attributes that offer the choice.
    chosen: &'a str,
    size: (u32, u32),
}

/// Elements beside whose tags white space shows nothing.
const BORDERS: &[&str] = &[
    "!doctype",
    "address",
    "article",
    "aside",
    "base",
    "blockquote",
    "body",
    "br",
    "caption",
    "circle",
    "col",
    "colgroup",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "g",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "legend",
    "li",
    "link",
    "main",
    "meta",
    "nav",
    "ol",
    "optgroup",
    "option",
    "p",
    "path",
    "pre",
    "rect",
    "section",
    "source",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "track",
    "ul",
];

fn is_border(piece: Option<&Piece>) -> bool {
    match piece {
        None => true,
        Some(Piece::Tag(tag)) => BORDERS.iter().any(|name| tag.is(name)),
        Some(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewritten(path: &str, html: &str) -> String {
        let file = |kind: &str, width: u32| (format!("assets/pictures/a-{width}.1.{kind}"), width);
        let pictures = BTreeMap::from([(
            "living/a.jpg".to_owned(),
            Picture {
                size: (4000, 3000),
                files: vec![file("webp", 480), file("webp", 960)],
            },
        )]);
        let stamp = |name: &str, ending: &str| {
            let named = |name: String| format!("assets/{name}.{ending}");
            (named(name.to_owned()), named(format!("{name}.ab12")))
        };
        let stamps = Stamps::from([stamp("style", "css"), stamp("fresh", "js")]);
        let rewriter = Rewriter {
            pictures: &pictures,
            stamps: &stamps,
            has_fonts: true,
            base: None,
        };
        rewriter.page(path, html)
    }

    #[test]
    fn a_photo_comes_in_several_versions() {
        let html = "<p><img src=\"../a.jpg\" alt=\"猫 &quot;A&quot;\" loading=\"lazy\"> 猫</p>\n";
        insta::assert_snapshot!(rewritten("living/cat/index.html", html), @r#"<p><img src="../../assets/pictures/a-960.1.webp" alt="猫 &quot;A&quot;" loading="lazy" srcset="../../assets/pictures/a-480.1.webp 480w, ../../assets/pictures/a-960.1.webp 960w" sizes="auto, (min-width: 640px) 36rem, 100vw" width="4000" height="3000"> 猫</p>"#);
        let exact = "<img src=\"../a.jpg\" alt=\"\" data-exact>";
        assert_eq!(rewritten("living/cat/index.html", exact), exact);
        // A page that offers versions itself is left alone.
        let own = "<picture><source srcset=\"b.webp\"><img src=\"../a.jpg\" alt=\"\"></picture>";
        assert_eq!(rewritten("living/cat/index.html", own), own);
    }

    #[test]
    fn files_are_called_by_their_new_names() {
        let html = "<link rel=\"stylesheet\" href=\"../assets/style.css\">\
                    <link rel=\"alternate\" href=\"../assets/style.css\">\
                    <script src=\"../assets/fresh.js\" defer></script>";
        insta::assert_snapshot!(rewritten("living/index.html", html), @r#"<link rel="stylesheet" href="../assets/style.ab12.css"><link rel="stylesheet" href="../assets/fonts.css"><link rel="alternate" href="../assets/style.css"><script src="../assets/fresh.ab12.js" defer></script>"#);
    }

    #[test]
    fn white_space_goes_where_nobody_sees_it() {
        let html = "<ul>\n  <li>一  <b>二</b> 三 </li>\n  <li> <a>四</a>\n<a>五</a> </li>\n</ul>\n\
                    <!-- 记 --><pre>\n  六\n    七 <b> 八</b>\n</pre>\n<textarea>\n 九 </textarea> <i>十</i>";
        insta::assert_snapshot!(rewritten("index.html", html), @r"
        <ul><li>一 <b>二</b> 三</li><li><a>四</a> <a>五</a></li></ul><pre>
          六
            七 <b> 八</b>
        </pre><textarea>
         九 </textarea> <i>十</i>
        ");
    }
}

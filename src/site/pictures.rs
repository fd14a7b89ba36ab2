//! The pictures that the website shows or gives away: each can be used, or is reported once, where
//! it is first cited.
//!
//! What is seen here is what a file's head and end tell. A damage within is found by whoever
//! decodes it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::language::{Translation, Translations};
use super::page::{LinkTarget, Page};
use super::{Board, Shortcode};
use crate::diag::{Code, Diagnostic, Diagnostics, SitePath, Source, Span, Value};
use crate::photo::{Fault, Format, Remarks};
use crate::read::{Asset, Tree};

/// How pictures' names end.
const ENDINGS: [&str; 15] = [
    "jpg", "jpeg", "jfif", "png", "apng", "webp", "gif", "bmp", "dib", "tif", "tiff", "heic",
    "heif", "avif", "svg",
];

/// What a page wants with a picture.
struct Use {
    at: Span,
    is_shown: bool,
    on_paper: bool,
}

/// Looks at every picture that is shown or given away.
pub(super) fn check(
    pages: &[Page],
    translations: &Translations,
    boards: &[Board],
    tree: &Tree,
    diagnostics: &mut Diagnostics,
) {
    let mut uses: BTreeMap<&SitePath, Use> = BTreeMap::new();
    let translated = translations.values().flatten();
    let translated = translated.map(|Translation { page, .. }| page);
    for page in pages.iter().chain(translated) {
        let on_paper = page
            .poster
            .as_ref()
            .is_some_and(|wish| wish.layout.is_some());
        let own = page.picture.iter().map(|picture| &picture.file);
        let maps = boards.iter().filter(|board| board.page == page.id);
        let maps = maps
            .filter_map(|board| board.map.as_ref())
            .map(|map| &map.file);
        for file in own.chain(page.images.values()) {
            note(&mut uses, page, file, (true, on_paper));
        }
        for file in maps {
            note(&mut uses, page, file, (true, false));
        }
        let linked = page.links.values().filter_map(|link| match link {
            LinkTarget::File(path) => Some(path),
            LinkTarget::Page { .. } => None,
        });
        let given = page.shortcodes.values().flat_map(Shortcode::files);
        for file in linked.chain(given).filter(|file| is_picture(file)) {
            note(&mut uses, page, file, (false, false));
        }
    }
    for file in tree.statics.keys().filter(|file| is_picture(file)) {
        uses.entry(file).or_insert_with(|| Use {
            at: Span::file(&Source::new(file.clone(), "")),
            is_shown: false,
            on_paper: false,
        });
    }
    for (file, wanted) in uses {
        let asset = tree.assets.get(file).or_else(|| tree.statics.get(file));
        for found in asset
            .into_iter()
            .flat_map(|asset| look(file, asset, &wanted))
        {
            diagnostics.push(found.at(wanted.at.clone()));
        }
    }
}

/// Notes that `page` shows `file`, or leads to it.
fn note<'a>(
    uses: &mut BTreeMap<&'a SitePath, Use>,
    page: &Page,
    file: &'a SitePath,
    (is_shown, on_paper): (bool, bool),
) {
    let place = uses.entry(file).or_insert_with(|| {
        let source: &Arc<Source> = &page.span.source;
        let name = file.file_name();
        let range = source.text.find(name).map(|at| at..at + name.len());
        Use {
            at: range.map_or_else(|| page.span.clone(), |range| Span::new(source, range)),
            is_shown: true,
            on_paper: false,
        }
    });
    place.is_shown &= is_shown;
    place.on_paper |= on_paper;
}

fn is_picture(file: &SitePath) -> bool {
    let ending = file.extension().to_ascii_lowercase();
    ENDINGS.contains(&ending.as_str())
}

/// Says what is to be said of a picture.
fn look(file: &SitePath, asset: &Asset, wanted: &Use) -> Vec<Diagnostic> {
    let glance = asset.glance();
    let path = file.as_str();
    if glance.is_pdf {
        return Vec::new();
    }
    if let Some(fault) = &glance.fault {
        return vec![refused_picture(path, fault)];
    }
    // Who only leads to it gives the file away as it is.
    if let Some(old @ (Format::Bmp | Format::Tiff)) = glance.format
        && !wanted.is_shown
    {
        return vec![refused_picture(path, &Fault::Format(old))];
    }
    let mut found = Vec::new();
    if wanted.on_paper && glance.is_moving {
        found.push(Diagnostic::new(Code::MovingPicture).with("path", path));
    }
    if glance.remarks.is_some() && !file.extension().eq_ignore_ascii_case("svg") {
        // Browsers go by the ending of a drawing.
        let drawing = Diagnostic::new(Code::BadPhoto).with("path", path);
        return vec![drawing.with("really", "svg")];
    }
    let Some(Remarks { words, outside, .. }) = &glance.remarks else {
        return found;
    };
    if *words && wanted.on_paper {
        found.push(Diagnostic::new(Code::DrawingWords).with("path", path));
    }
    if !outside.is_empty() {
        let missed = Diagnostic::new(Code::DrawingOutside).with("path", path);
        found.push(missed.with("files", Value::list(outside)));
    }
    found
}

/// Says why the picture at `path` cannot be used.
pub fn refused_picture(path: &str, fault: &Fault) -> Diagnostic {
    let said = |code| Diagnostic::new(code).with("path", path);
    match fault {
        Fault::Empty => said(Code::EmptyPicture),
        Fault::Cut => said(Code::CutPicture),
        Fault::Rare => said(Code::RarePicture),
        Fault::Broken(_) => said(Code::BadPhoto),
        Fault::Format(format) => {
            said(Code::PhotoFormat).with("format", format.ending().to_uppercase())
        }
        Fault::TooLarge {
            size: (width, height),
            most,
        } => said(Code::PictureTooLarge)
            .with("width", width)
            .with("height", height)
            .with("most", most / 1_000_000 * 1_000_000),
    }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use crate::photo::testing::phone_photo;
    use crate::read::{MemoryInputs, read};
    use crate::typeset::testing::lines;

    /// Says what is wrong with a picture on a page with a poster.
    fn said(name: &str, content: &[u8]) -> String {
        let inputs = MemoryInputs::new(jiff::civil::date(2026, 11, 5))
            .with("greenboard.yaml", "format: 1\ntitle: 绿板\n")
            .with("content/_index.md", "---\ntitle: 绿板\n---\n")
            .with("content/living/_index.md", "---\ntitle: 指南\n---\n")
            .with(
                "content/living/a.md",
                format!("---\ntitle: 甲\ndate: 2026-11-01\nposter: {{ layout: guide }}\n---\n![门]({name})\n"),
            )
            .with(&format!("content/living/{name}"), content);
        let tree = read(&inputs).value.expect("it can be read");
        lines(crate::site::site(&tree).diagnostics)
    }

    #[test]
    fn pictures_that_cannot_be_used_say_what_to_do() {
        let photo = phone_photo(64, 48);
        assert_eq!(said("a.jpg", &photo), "");
        assert_snapshot!(said("a.jpg", b""), @"error G265 content/living/a.md:6:6 图片 `content/living/a.jpg` 是空的，里面什么也没有 [多半是没有拷完：从手机或相机里重新拷一份]");
        assert_snapshot!(said("a.jpg", &photo[..photo.len() / 2]), @"error G266 content/living/a.md:6:6 图片 `content/living/a.jpg` 不完整，后面缺了一段 [多半是没有拷完或没有下载完：重新拷一份，或者换一张]");
        assert_snapshot!(said("a.jpg", b"<html>404</html>"), @"error G263 content/living/a.md:6:6 图片 `content/living/a.jpg` 坏了，打不开 [用看图软件打开它另存一份，或者换一张]");
        let rare = include_bytes!("../photo/samples/arithmetic.jpg");
        assert_snapshot!(said("a.jpg", rare), @"error G267 content/living/a.md:6:6 图片 `content/living/a.jpg` 是一种少见的 JPG，浏览器看不了，也印不出来 [用看图软件打开它，另存成普通的 JPG]");
        let giant = b"GIF89a\xFF\xFF\xFF\xFF\0\0\0;";
        assert_snapshot!(said("a.gif", giant), @"error G262 content/living/a.md:6:6 图片 `content/living/a.gif` 太大：65535×65535 像素，这种图片最多收 64000000 像素 [用看图软件调整大小再存，长边 8000 像素够印一米宽的海报]");
    }

    #[test]
    fn a_phones_own_format_is_refused_whatever_its_name_says() {
        let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic";
        assert!(said("a.heic", heic).contains("G264"));
        assert!(said("a.jpg", heic).contains("HEIC 格式"));
        assert!(said("a.avif", b"\0\0\0\x18ftypavif\0\0\0\0").contains("AVIF 格式"));
    }

    #[test]
    fn old_formats_are_shown() {
        let scan = image::RgbImage::new(4, 3);
        let mut bmp = std::io::Cursor::new(Vec::new());
        scan.write_to(&mut bmp, image::ImageFormat::Bmp)
            .expect("it is written");
        assert_eq!(said("a.bmp", bmp.get_ref()), "");
    }

    #[test]
    fn what_paper_does_not_show_is_told() {
        let moving = [
            &b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xFF\xFF\xFF"[..],
            b"\x2C\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0",
            b"\x2C\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0;",
        ]
        .concat();
        assert_snapshot!(said("a.gif", &moving), @"warning G258 content/living/a.md:6:6 图片 `content/living/a.gif` 会动，印在纸上只有第一张 [几步都要让人看到的，把每一步存成一张图片，分开放进正文]");
        let drawing = |body: &str| {
            let drawing = format!("<svg xmlns='http://www.w3.org/2000/svg'>{body}</svg>");
            said("a.svg", drawing.as_bytes())
        };
        let words = "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>字</p></foreignObject>";
        assert_snapshot!(drawing(words), @"warning G259 content/living/a.md:6:6 图片 `content/living/a.svg` 里的字，网页上看得见，印不到海报上 [在画图的软件里导出 PNG（宽 3000 像素以上），或者导出 SVG 时让文字转成图形（有的软件叫“转曲”）]");
        assert_snapshot!(drawing("<image href='file:///C:/Users/wang/门.png'/>"), @"warning G260 content/living/a.md:6:6 图片 `content/living/a.svg` 里用了别处的文件，网页和海报上都看不到它：门.png [在画图的软件里把它“嵌入”图片，或者整张导出 PNG]");
    }
}

//! Fonts that drawings name and that are not there.

use std::collections::BTreeSet;

use super::{Engine, Manuscript, pictures};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};

/// Names that leave the choice to whoever shows the drawing.
const GENERIC: [&str; 8] = [
    "serif",
    "sans-serif",
    "monospace",
    "cursive",
    "fantasy",
    "system-ui",
    "inherit",
    "initial",
];

/// Reports the fonts of the poster's drawings for which another must stand in.
pub fn missing_in_drawings(engine: &Engine, manuscript: &Manuscript) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    for (path, glance) in manuscript.shown_pictures().glances() {
        let fonts = glance.remarks.iter().flat_map(|it| &it.fonts);
        let missing: BTreeSet<&String> = fonts
            .filter(|list| !list.iter().any(|name| is_there(engine, name)))
            .filter_map(|list| list.first())
            .collect();
        let name = pictures::picture_of(manuscript.site(), path);
        for font in missing {
            let missed = Diagnostic::new(Code::DrawingFont)
                .at(place(manuscript, name))
                .with("path", name)
                .with("font", font);
            diagnostics.push(missed);
        }
    }
    diagnostics
}

fn is_there(engine: &Engine, name: &str) -> bool {
    GENERIC.contains(&name.to_ascii_lowercase().as_str()) || engine.family(name).is_some()
}

fn place(manuscript: &Manuscript, name: &str) -> Span {
    let source = &manuscript.page().span.source;
    let name = name.rsplit('/').next().unwrap_or(name);
    let at = source.text.find(name).map(|at| at..at + name.len());
    Span::new(source, at.unwrap_or(0..0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typeset::testing::{TestSite, fresh, lines};

    fn said(text: &str) -> String {
        let drawing =
            format!("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>{text}</svg>");
        let site = TestSite::with_gate()
            .file("content/living/map.svg", drawing)
            .page("leak", "poster: { layout: guide }", "![图](map.svg)")
            .build();
        let page = site.page("living/leak").expect("the page is there");
        let wish = page.poster.as_ref().expect("it has a poster");
        let manuscript = Manuscript::new(&site, fresh(), page, wish);
        let manuscript = manuscript.unwrap_or_else(|_| panic!("it can be set"));
        lines(missing_in_drawings(fresh(), &manuscript))
    }

    #[test]
    fn a_font_that_is_not_there_is_told_unless_the_author_leaves_the_choice() {
        insta::assert_snapshot!(said("<text font-family='华文行楷'>字</text>"), @"warning G261 content/living/leak.md:5:6 图片 `content/living/map.svg` 里的字用的是“华文行楷”，这里没有这种字体，海报上换成了别的字体 [在画图的软件里把文字转成图形（有的软件叫“转曲”）再导出，或者导出 PNG; 也可以把这种字体的文件（.ttf、.otf）放进网站的 `fonts/`]");
        assert_eq!(said("<text font-family='华文行楷, serif'>字</text>"), "");
        assert_eq!(said("<text font-family='Noto Sans SC'>字</text>"), "");
    }
}

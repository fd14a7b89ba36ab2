//! The text of a page for its own place, with its `:::` blocks.

use super::blocks;
use super::holder::Holder;
use crate::render::web::engine::template::Templates;
use crate::render::web::facts::website::Facts;
use crate::render::web::html::targets::{Base, PageTargets};
use crate::render::web::html::{self, ImageSource, Rendered, Targets, Writer};
use crate::site::Page;
use crate::site::markdown::{Block, BlockKind};

/// Renders the text of `page`; without `templates`, blocks are plain.
pub(in crate::render::web) fn text(
    page: &Page,
    facts: &Facts,
    templates: Option<&Templates>,
) -> Rendered {
    let article = Article {
        facts,
        templates,
        targets: PageTargets {
            on_web: facts,
            page,
            base: Base::Page(&page.url),
        },
    };
    html::render(&page.body, &article, &facts.words)
}

struct Article<'a> {
    facts: &'a Facts<'a>,
    templates: Option<&'a Templates>,
    targets: PageTargets<'a>,
}

impl Targets for Article<'_> {
    fn link(&self, target: &str) -> Option<String> {
        self.targets.link(target)
    }

    fn image(&self, target: &str) -> ImageSource {
        self.targets.image(target)
    }

    fn shortcode(&self, block: &Block, writer: &mut Writer) -> Option<String> {
        let BlockKind::Directive { blocks, .. } = &block.kind else {
            return None;
        };
        let page = self.targets.page;
        let holder = Holder {
            facts: self.facts,
            targets: &self.targets,
            url: &page.url,
            code: page.shortcodes.get(&block.range.start)?,
            blocks,
        };
        blocks::html(&holder, self.templates?, writer)
    }
}

//! Where links and images of one page's text lead.

use super::writer::{ImageSource, Targets};
use crate::diag::SitePath;
use crate::render::links;
use crate::render::web::facts::on_web::{OnWeb, public_path};
use crate::site::{LinkTarget, Page};

/// How a text's links are written.
pub(in crate::render::web) enum Base<'a> {
    /// From the output file of that name.
    Page(&'a str),
    /// Whole, below that address.
    Absolute(&'a str),
}

/// Links and images of one page's text.
pub(in crate::render::web) struct PageTargets<'a> {
    pub on_web: &'a OnWeb<'a>,
    pub page: &'a Page,
    pub base: Base<'a>,
}

impl PageTargets<'_> {
    fn file(&self, path: &SitePath) -> String {
        let url = self.on_web.shared(public_path(path));
        match self.base {
            Base::Page(from) => links::relative(from, &url),
            Base::Absolute(root) => links::below(root, &links::encode(&url)),
        }
    }

    fn page_link(&self, id: &str, anchor: Option<&str>) -> Option<String> {
        let page = self.on_web.page(id).map(|page| page.url.clone());
        let url = page.or_else(|| self.on_web.across(id))?;
        let anchor = anchor.filter(|anchor| !anchor.is_empty());
        let anchor = anchor.map_or(String::new(), |anchor| {
            format!("#{}", links::encode(anchor))
        });
        let href = match self.base {
            Base::Page(from) if from == url && !anchor.is_empty() => String::new(),
            Base::Page(from) => links::relative(from, &url),
            Base::Absolute(root) => links::below(root, &links::pretty(&url)),
        };
        Some(format!("{href}{anchor}"))
    }
}

impl Targets for PageTargets<'_> {
    fn link(&self, target: &str) -> Option<String> {
        match self.page.links.get(target) {
            Some(LinkTarget::Page { id, anchor }) => self.page_link(id, anchor.as_deref()),
            Some(LinkTarget::File(path)) => Some(self.file(path)),
            None => {
                let scheme = target.trim_start().to_ascii_lowercase();
                let runs = ["javascript:", "vbscript:", "data:"];
                let is_fit = !runs.iter().any(|own| scheme.starts_with(own));
                is_fit.then(|| target.to_owned())
            }
        }
    }

    fn image(&self, target: &str) -> ImageSource {
        match self.page.images.get(target) {
            Some(path) => ImageSource {
                src: self.file(path),
                size: self.on_web.picture_size(path),
            },
            None => ImageSource {
                src: target.to_owned(),
                size: None,
            },
        }
    }
}

//! What reading a page needs beside its file.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::calendar::Calendar;
use crate::diag::{Code, SitePath, Spanned};
use crate::read::{Asset, CONTENT, Reader};
use crate::site::near;
use crate::site::settings::Settings;
use crate::site::target::relative;

/// What reading a page needs beside its file.
pub(in crate::site) struct Context<'a> {
    /// The settings.
    pub settings: &'a Settings,
    /// The day of the build.
    pub today: Date,
    /// For posting periods.
    pub calendar: &'a Calendar,
    /// Pictures and other files that may be cited.
    pub assets: &'a BTreeMap<SitePath, Asset>,
    /// The page's own folder.
    pub folder: SitePath,
}

impl Context<'_> {
    /// Finds the file that `link` names: beside the page, or from `content/` with a leading `/`.
    pub(in crate::site) fn asset(&self, link: &str) -> Option<SitePath> {
        let path = self.folder.resolve(&SitePath::fixed(CONTENT), link)?;
        self.assets.contains_key(&path).then_some(path)
    }

    /// Reports a picture or file that is not there.
    pub(in crate::site) fn missing_image(&self, reader: &Reader, text: &Spanned<String>) {
        let found = near::file(text, self.assets.keys(), &self.folder);
        reader.report(Code::MissingImage, &text.span.range, |d| {
            d.with("image", &text.value).meant_path(
                text,
                found.map(|path| relative(&self.folder, path)),
                &(self.assets.keys())
                    .map(|path| relative(&self.folder, path))
                    .collect::<Vec<_>>(),
            )
        });
    }
}

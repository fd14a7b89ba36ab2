//! Why a manuscript cannot be set: the layout, or which of its pictures.

use serde::Serialize;

use super::super::{Failure, Setting, pictures};
use super::{Manuscript, json};
use crate::diag::{Code, Diagnostic, Span};

/// Sets one picture alone.
const PICTURE: &str = "#image(json(\"/data.json\").path)";
const PICTURE_MAIN: &str = "/outside/picture.typ";

impl Manuscript<'_> {
    /// Says that the layout failed, or which picture is at fault.
    pub fn failed(&self, failure: &Failure) -> Diagnostic {
        let layout = match &self.setting {
            Setting::Layout(layout) => layout.as_str(),
            _ => "outside",
        };
        let place = self.wish.layout.as_ref().map(|layout| layout.span.clone());
        let place = place.unwrap_or_else(|| self.wish.span.clone());
        match self.bad_picture() {
            Some(diagnostic) => diagnostic,
            None => failure.diagnostic(layout, Some(place)),
        }
    }

    /// Finds the first picture that cannot be set, by setting each alone.
    fn bad_picture(&self) -> Option<Diagnostic> {
        let set = |path: &String| {
            let data = json(&PictureTrial { path });
            let mut compiled =
                self.engine
                    .compile_own(PICTURE_MAIN, PICTURE, data, self.files())?;
            compiled.pdf("", "")
        };
        let (path, _) = self
            .files()
            .keys()
            .find_map(|path| Some((path, set(path).err()?)))?;
        let name = pictures::picture_of(self.site, path);
        let source = &self.page.span.source;
        let file_name = name.rsplit('/').next().unwrap_or(name);
        let at = source
            .text
            .find(file_name)
            .map(|at| at..at + file_name.len());
        let bad = Diagnostic::new(Code::BadPicture)
            .at(Span::new(source, at.unwrap_or(0..0)))
            .with("image", name);
        Some(bad)
    }
}

/// What is given to try a picture.
#[derive(Serialize)]
struct PictureTrial<'a> {
    path: &'a str,
}

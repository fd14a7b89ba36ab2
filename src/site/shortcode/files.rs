//! Blocks that show or give away a file of the site's own.

use super::plain::{self, Plain};
use super::read::{Reading, Understood};
use super::{Resolver, ShortcodeKind, Video};
use crate::diag::{Code, SitePath, Spanned, words};
use crate::site::target::is_external;

/// The endings of films that browsers play.
const FILMS: [&str; 3] = ["mp4", "webm", "m4v"];

impl Resolver<'_> {
    pub(super) fn video(&self, reading: Reading) -> Understood {
        let example = words("example-video");
        let Some(src) = reading.required("src", example) else {
            return reading.nothing();
        };
        if self.lies_outside(&src, "video") {
            return reading.nothing();
        }
        let ending = src
            .rsplit('.')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        if !FILMS.contains(&ending.as_str()) {
            self.reader.report(Code::VideoKind, &src.span.range, |d| {
                d.with("file", &src.value)
            });
        }
        let captions = self.captions(&reading, &src);
        let picture = reading.fields.text("picture");
        let alt = reading.fields.text("alt").map(|alt| alt.value);
        let alt = alt.or_else(|| reading.title.clone()).unwrap_or_default();
        let name = reading.title.clone().unwrap_or_else(|| file_name(&src));
        let shown = picture.as_ref().map(|picture| {
            let plain = Plain::at(&picture.span.range);
            plain.paragraph(vec![plain.image(&picture.value, alt)])
        });
        let plain = Plain::at(&src.span.range);
        let words = vec![plain.link(&src.value, name), plain.text("（视频）")];
        let before = shown.into_iter().chain([plain.paragraph(words)]).collect();
        match self.known.file(&self.page.path.parent(), &src) {
            // The link in the plain blocks is reported as broken.
            None => (before, None),
            Some(file) => {
                let video = Video {
                    file,
                    picture: picture.map(|picture| picture.value),
                    captions,
                };
                reading.around(before, Vec::new(), ShortcodeKind::Video(video))
            }
        }
    }

    /// Finds a film's captions, or reports that it has none.
    fn captions(&self, reading: &Reading, src: &Spanned<String>) -> Option<SitePath> {
        let silent = reading.fields.flag("silent").unwrap_or(false);
        let Some(captions) = reading.fields.text("captions") else {
            if !silent {
                let range = &src.span.range;
                self.reader
                    .report(Code::NoCaptions, range, |d| d.with("file", &src.value));
            }
            return None;
        };
        let file = self.known.file(&self.page.path.parent(), &captions);
        if file.is_none() {
            let range = &captions.span.range;
            self.reader
                .report(Code::BrokenLink, range, |d| d.with("link", &captions.value));
        }
        file
    }

    /// Reports a file of another host.
    fn lies_outside(&self, file: &Spanned<String>, name: &str) -> bool {
        let outside = is_external(file);
        if outside {
            self.reader
                .report(Code::FileOutside, &file.span.range, |d| {
                    d.with("name", name).with("file", &file.value)
                });
        }
        outside
    }

    pub(super) fn attachment(&self, reading: Reading) -> Understood {
        let Some(src) = reading.required("src", words("example-attachment")) else {
            return reading.nothing();
        };
        if self.lies_outside(&src, "attachment") {
            return reading.nothing();
        }
        let plain = Plain::at(&src.span.range);
        let name = reading.title.clone().unwrap_or_else(|| file_name(&src));
        let mut words = vec![plain.link(&src.value, name)];
        let Some(file) = self.known.file(&self.page.path.parent(), &src) else {
            return (vec![plain.paragraph(words)], None);
        };
        let size = self.known.bytes(&file).map_or(0, |bytes| bytes.len());
        let kind = file.extension().to_uppercase();
        words.push(plain.text(format!("（{kind}，{}）", plain::size(size))));
        let line = plain.paragraph(words);
        reading.around(
            vec![line],
            Vec::new(),
            ShortcodeKind::Attachment { file, size },
        )
    }
}

fn file_name(link: &str) -> String {
    link.rsplit('/').next().unwrap_or(link).to_owned()
}

//! A picture or a PDF by itself: a picture is put with the others, a PDF becomes a finished poster.

use std::sync::Arc;

use super::losses::{Losses, Place};
use super::model::Picture;
use super::{Brought, Planned, Wish, picture, place};
use crate::diag::{Code, Diagnostic, SitePath, words};
use crate::private;
use crate::starter;

/// Millimetres in a point.
const POINT: f64 = 25.4 / 72.0;

fn stem(name: &str) -> &str {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    last.rsplit_once('.').map_or(last, |(stem, _)| stem)
}

/// Plans a picture, made ready, among those that several pages show.
pub(super) fn image(bytes: &[u8], name: &str, wish: &Wish) -> Brought {
    let one = Picture {
        bytes: bytes.to_vec(),
        ..Picture::default()
    };
    let place = Place::File(name.to_owned());
    let mut losses = Losses::default();
    let ready = match picture::ready(&one) {
        Ok(ready) => ready,
        Err(what) => {
            let told = Diagnostic::new(Code::ForeignKind);
            return Brought::refused(told.with("file", name).with("remedy", what));
        }
    };
    if ready.is_smaller {
        losses.changed(words("import-smaller"), &place);
    }
    let given: Arc<[u8]> = bytes.into();
    let is_same = *given == *ready.bytes;
    if !is_same {
        losses.changed(words("import-picture-cleaned"), &place);
    }
    let slug = wish
        .slug
        .map_or_else(|| place::slug(stem(name), name), str::to_owned);
    let path = SitePath::new(&format!("content/pictures/{slug}.{}", ready.ending));
    let link = format!("/pictures/{slug}.{}", ready.ending);
    let files = path.map(|path| Planned {
        path,
        bytes: ready.bytes,
        what: words("import-is-shared-picture").with("link", link),
        is_frame: false,
    });
    Brought {
        files: files.into_iter().collect(),
        told: losses.0,
        has_seal: false,
    }
}

/// Plans a finished poster made of a PDF, and its page.
pub(super) fn pdf(bytes: &[u8], name: &str, wish: &Wish) -> Brought {
    let given: Arc<[u8]> = bytes.into();
    let place = Place::File(name.to_owned());
    let mut losses = Losses::default();
    for told in &private::cleaned(&given).told {
        let (what, remedy) = told.words();
        let said = words("import-tells")
            .with("what", what)
            .with("remedy", remedy);
        losses.lost(said, &place);
    }
    let pages = sizes(&given);
    if pages.is_empty() {
        let told = Diagnostic::new(Code::UnsafeImport);
        return Brought::refused(
            told.with("file", name)
                .with("cause", words("import-broken")),
        );
    }
    let (width, height) = pages[0];
    let title = stem(name);
    let slug = wish
        .slug
        .map_or_else(|| place::slug(title, name), str::to_owned);
    let date = wish.site.today;
    let Some(frames) = place::frames(starter::Kind::Notice, &slug, date, wish) else {
        return Brought::refused(Diagnostic::new(Code::NothingToImport).with("file", name));
    };
    let file = format!("{slug}.pdf");
    let size = format!("{width:.0}x{height:.0}mm");
    let text = match pages.len() {
        1 => format!(
            "---\ntitle: {}\ndate: {date}\nposter:\n  file: {file}\n---\n",
            starter::scalar(title)
        ),
        _ => format!(
            "---\ntitle: {}\ndate: {date}\n---\n::附件{{文件={file} 标题=\"{}\"}}\n",
            starter::scalar(title),
            title.replace('"', "”")
        ),
    };
    let key = if pages.len() == 1 {
        "import-is-poster"
    } else {
        "import-is-attachment"
    };
    let own = Planned {
        path: frames[0].path.clone(),
        bytes: text.into_bytes(),
        what: words(key)
            .with("title", title)
            .with("n", pages.len())
            .with("size", size),
        is_frame: false,
    };
    let beside = Planned {
        path: own
            .path
            .parent()
            .join(&file)
            .expect("a slug leads nowhere else"),
        bytes: bytes.to_vec(),
        what: words("import-is-pdf"),
        is_frame: false,
    };
    let sections = place::sections(frames);
    Brought {
        files: [own, beside].into_iter().chain(sections).collect(),
        told: losses.0,
        has_seal: false,
    }
}

/// Returns the sizes of a PDF's pages in millimetres.
fn sizes(bytes: &Arc<[u8]>) -> Vec<(f64, f64)> {
    let read = std::panic::catch_unwind(|| {
        let pdf = hayro_syntax::Pdf::new(bytes.to_vec()).ok()?;
        let sizes = pdf.pages().iter().take(2_000).map(|page| {
            let (width, height) = page.render_dimensions();
            (f64::from(width) * POINT, f64::from(height) * POINT)
        });
        Some(sizes.collect::<Vec<_>>())
    });
    read.ok().flatten().unwrap_or_default()
}

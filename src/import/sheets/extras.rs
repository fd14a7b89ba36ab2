//! What a workbook holds beside its cells: pictures, charts and remarks. None of it comes along, and all of
//! it is named.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use crate::import::losses::{Losses, Place, counted};

/// The most bytes of remarks that are looked through.
const LARGEST: u64 = 8 << 20;

/// Lists them.
pub(super) fn tell(bytes: &[u8], losses: &mut Losses) {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
        return;
    };
    let (mut pictures, mut charts, mut remarks) = (0, 0, 0);
    for at in 0..archive.len() {
        let Ok(part) = archive.by_index(at) else {
            continue;
        };
        let Ok(name) = part.name().map(|it| it.replace('\\', "/").to_lowercase()) else {
            continue;
        };
        let below = name.strip_prefix("xl/").unwrap_or_default();
        if below.starts_with("media/") {
            pictures += 1;
        } else if below.starts_with("charts/chart") {
            charts += 1;
        } else if below.contains("comments")
            && below.ends_with(".xml")
            && !below.contains("threaded")
        {
            let mut text = String::new();
            // What is cut off is told all the same.
            let _ = part.take(LARGEST).read_to_string(&mut text);
            remarks += text.matches("<comment ").count() + text.matches("<x:comment ").count();
        }
    }
    let book = Place::Whole;
    if remarks > 0 {
        losses.left_out(counted("import-comments", remarks), &book);
    }
    if pictures > 0 {
        losses.lost(counted("import-book-pictures", pictures), &book);
    }
    if charts > 0 {
        losses.lost(counted("import-book-charts", charts), &book);
    }
}

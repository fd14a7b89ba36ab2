//! Reading how the website is made ready for visitors.

use crate::read::Fields;
use crate::site::settings::{Delivery, WebFonts};

/// The words of `web_fonts:`.
const WEB_FONTS: &[(&str, WebFonts)] = &[
    ("titles", WebFonts::Titles),
    ("all", WebFonts::All),
    ("none", WebFonts::None),
    ("标题", WebFonts::Titles),
    ("全部", WebFonts::All),
    ("不用", WebFonts::None),
];

/// Reads `web_fonts`, `compress` and `share_pictures`.
pub(super) fn delivery(fields: &Fields) -> Delivery {
    let default = Delivery::default();
    Delivery {
        web_fonts: fields.word("web_fonts", WEB_FONTS).unwrap_or_default(),
        compress: fields.flag("compress").unwrap_or(default.compress),
        share_pictures: fields
            .flag("share_pictures")
            .unwrap_or(default.share_pictures),
    }
}

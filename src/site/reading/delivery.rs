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

/// Reads `web_fonts`, and what can be switched on and off.
pub(super) fn delivery(fields: &Fields) -> Delivery {
    let default = Delivery::default();
    let flag = |key, default| fields.flag(key).unwrap_or(default);
    Delivery {
        web_fonts: fields.word("web_fonts", WEB_FONTS).unwrap_or_default(),
        compress: flag("compress", default.compress),
        share_pictures: flag("share_pictures", default.share_pictures),
        search: flag("search", default.search),
        short_addresses: flag("short_addresses", default.short_addresses),
    }
}

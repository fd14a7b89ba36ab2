//! Signs that no font has and the theme draws.

use std::collections::BTreeSet;

use super::engine::Engine;
use crate::site::{Page, PosterWish};

/// Signs that the theme draws where no font has them: figures below and above the line, boxes and
/// ticks, and the pictures that people type.
pub(super) const DRAWN: &str =
    "₀₁₂₃₄₅₆₇₈₉ₓ₊₋⁰⁵⁶⁷⁸⁹ⁿ⁺⁻☐☑☒✔✕✅❌✗✘⭕❗❓➡ℹ✉⏰⚡⛔♿❤☔❄📞📱📍📅📢🔔💡🔋🔥💧🌳🌱🗑🚫🚭🚲🛵🏠";

/// Returns the signs of the poster that no font has and the theme draws.
pub(super) fn drawn(engine: &Engine, page: &Page, wish: &PosterWish, text: &str) -> String {
    let texts = texts_of(page).chain([text]).chain(wish.lead.as_deref());
    let texts = texts.chain(wish.short.as_deref());
    let signs: BTreeSet<char> = texts
        .flat_map(str::chars)
        .filter(|sign| DRAWN.contains(*sign) && !engine.has_glyph(*sign))
        .collect();
    signs.into_iter().collect()
}

/// Returns what a page shows beside its text: title, notice, event.
pub(super) fn texts_of(page: &Page) -> impl Iterator<Item = &str> {
    let notice = page.notice.as_ref();
    let event = page.event.as_ref();
    std::iter::once(page.title.as_str())
        .chain(notice.and_then(|notice| notice.number.as_deref()))
        .chain(notice.and_then(|notice| notice.signed.as_deref()))
        .chain(notice.and_then(|notice| notice.objections.as_deref()))
        .chain(event.and_then(|event| event.time.as_deref()))
        .chain(event.and_then(|event| event.place.as_deref()))
}

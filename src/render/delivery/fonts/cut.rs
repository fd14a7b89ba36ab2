//! A font cut down to some characters, as WOFF2.

use std::collections::BTreeSet;
use std::sync::Arc;

use read_fonts::FontRef;
use read_fonts::collections::IntSet;
use read_fonts::types::{GlyphId, NameId, Tag};
use skera::{DEFAULT_DROP_TABLES, DEFAULT_LAYOUT_FEATURES, Plan, SubsetFlags, subset_font};
use ttf2woff2::{BrotliQuality, EncodeOptions, encode_with_options};

use crate::cache::{Cache, CacheKey};

/// Of 0 to 11; each font is cut once and sent often.
const QUALITY: u8 = 11;

/// Returns what `font`, a TrueType font, has for `characters`; cuts it where no earlier build did.
///
/// # Errors
/// Where the font cannot be cut, in the library's words.
pub(super) fn woff2(
    font: &[u8],
    characters: &BTreeSet<char>,
    cache: &Cache,
) -> Result<Arc<[u8]>, String> {
    let text: String = characters.iter().collect();
    let key = CacheKey::of(&[b"cut font", text.as_bytes(), font]);
    cache.bytes(key, || {
        let cut = cut(font, characters)?;
        let options = EncodeOptions {
            quality: BrotliQuality::from(QUALITY),
            transform_glyf_loca: true,
            ..EncodeOptions::default()
        };
        encode_with_options(&cut, options).map_err(|error| error.to_string())
    })
}

fn cut(font: &[u8], characters: &BTreeSet<char>) -> Result<Vec<u8>, String> {
    let font = FontRef::new(font).map_err(|error| error.to_string())?;
    let unicodes: IntSet<u32> = characters.iter().map(|c| u32::from(*c)).collect();
    let drop: IntSet<Tag> = DEFAULT_DROP_TABLES.iter().copied().collect();
    let features: IntSet<Tag> = DEFAULT_LAYOUT_FEATURES.iter().copied().collect();
    let plan = Plan::new(
        &IntSet::<GlyphId>::empty(),
        &unicodes,
        &font,
        SubsetFlags::SUBSET_FLAGS_NO_HINTING,
        &drop,
        &IntSet::all(),
        &features,
        &IntSet::<NameId>::empty(),
        &IntSet::<u16>::empty(),
    );
    subset_font(&font, &plan).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::embedded;

    #[test]
    fn a_cut_font_has_the_characters_and_weighs_little() {
        let font = &embedded()["fonts/NotoSansSC-Black.ttf"];
        let characters: BTreeSet<char> = "绿板梧桐里社区0123".chars().collect();
        let ttf = cut(font, &characters).expect("it can be cut");
        let face = ttf_parser::Face::parse(&ttf, 0).expect("it is a font");
        assert!(characters.iter().all(|c| face.glyph_index(*c).is_some()));
        assert!(face.glyph_index('水').is_none());
        let woff2 = woff2(font, &characters, &Cache::default()).expect("it packs");
        assert!(
            woff2.starts_with(b"wOF2") && woff2.len() < 4000,
            "{}",
            woff2.len()
        );
    }
}

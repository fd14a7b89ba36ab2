//! The picture beside a page's title where somebody passes its address on.

use serde::Serialize;
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

use super::lines::Ways;
use super::raster::Raster;
use super::{Engine, Failure, Files, Png};
use crate::area::Area;
use crate::cache::CacheKey;

/// The theme's sheets: beside a link, and over an article.
const SHEET: &str = "sheets/share.typ";
const COVER: &str = "sheets/cover.typ";
/// The version of its data.
const VERSION: u32 = 1;
/// Where such a picture stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CardShape {
    /// Beside a link.
    Link,
    /// Over an article of a WeChat account, alone or first of several.
    Banner,
    /// Beside an article of a WeChat account that is not the first.
    Square,
}

impl CardShape {
    /// Returns the size in pixels that services ask for.
    pub fn pixels(self) -> (u32, u32) {
        match self {
            Self::Link => (1200, 630),
            Self::Banner => (900, 383),
            Self::Square => (200, 200),
        }
    }

    fn sheet(self) -> &'static str {
        match self {
            Self::Link => SHEET,
            Self::Banner | Self::Square => COVER,
        }
    }
}

/// What such a picture says.
#[derive(Debug, Clone, Copy)]
pub struct ShareCard<'a> {
    /// The page's title.
    pub title: &'a str,
    /// The website's name.
    pub site: &'a str,
    /// The section, or nothing.
    pub section: &'a str,
    /// The topic's id, whose motif is drawn.
    pub topic: &'a str,
    /// The language tag.
    pub language: &'a str,
}

/// A picture ready to be set.
pub struct ShareSetting<'a> {
    engine: &'a Engine,
    shape: CardShape,
    data: Vec<u8>,
    key: CacheKey,
}

#[derive(Serialize)]
struct ShareData<'a> {
    version: u32,
    language: &'a str,
    tokens: &'a RawValue,
    page: PageData<'a>,
    ways: &'a Ways,
    site: &'a str,
    section: &'a str,
    topic: &'a str,
    seed: u32,
    /// Pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<(u32, u32)>,
}

#[derive(Serialize)]
struct PageData<'a> {
    title: &'a str,
}

impl Engine {
    /// Makes the picture of `card` ready to be set.
    pub fn share(&self, card: &ShareCard) -> ShareSetting<'_> {
        self.cover(card, CardShape::Link)
    }

    /// Makes the picture of `card` in another shape ready to be set.
    pub fn cover(&self, card: &ShareCard, shape: CardShape) -> ShareSetting<'_> {
        let seed = Sha256::digest(card.title.as_bytes());
        let data = ShareData {
            version: VERSION,
            language: card.language,
            tokens: &self.told.tokens,
            page: PageData { title: card.title },
            ways: &self.known.ways(card.title, self.words(), &[]),
            site: card.site,
            section: card.section,
            topic: card.topic,
            // Positive, as the sheet reckons with it.
            seed: u32::from_be_bytes([0, seed[0], seed[1], seed[2]]),
            size: (shape != CardShape::Link).then(|| shape.pixels()),
        };
        let data = serde_json::to_vec(&data).expect("only text, numbers and lists of them");
        ShareSetting {
            key: CacheKey::of(&[shape.sheet().as_bytes(), self.fingerprint(), &data]),
            engine: self,
            shape,
            data,
        }
    }
}

impl ShareSetting<'_> {
    /// Returns the key of all that goes into it.
    pub fn key(&self) -> CacheKey {
        self.key
    }

    /// Sets it.
    ///
    /// # Errors
    /// Where the theme's sheet fails.
    pub fn png(&self) -> Result<Png, Box<Failure>> {
        self.drawn()?.png()
    }

    /// Sets it as a JPEG.
    ///
    /// # Errors
    /// Where the theme's sheet fails.
    pub fn jpeg(&self) -> Result<Vec<u8>, Box<Failure>> {
        self.drawn()?.jpeg(96)
    }

    fn drawn(&self) -> Result<Raster, Box<Failure>> {
        let main = Engine::theme_path(self.shape.sheet());
        let set = self
            .engine
            .compile(&main, self.data.clone(), &Files::new())?;
        let (width_px, height_px) = self.shape.pixels();
        let area = Area::Screen {
            width_px,
            height_px,
            // At 96 pixels an inch.
            width: f64::from(width_px) * 25.4 / 96.0,
        };
        set.draw(&area, width_px)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typeset::testing;

    #[test]
    fn titles_of_all_lengths_are_set_at_the_size_that_services_want() {
        let long = "一个长得没有道理的标题，".repeat(12);
        for title in [
            "水",
            "五分钟查马桶漏水",
            "Water-saving tips for every household",
            &long,
        ] {
            let card = ShareCard {
                title,
                site: "梧桐里社区绿板",
                section: "绿色生活",
                topic: "water",
                language: "zh-CN",
            };
            let png = testing::fresh().share(&card).png();
            let png = png.unwrap_or_else(|failure| panic!("{title}: {failure:?}"));
            assert_eq!(png.size, CardShape::Link.pixels(), "{title}");
            for shape in [CardShape::Banner, CardShape::Square] {
                let jpeg = testing::fresh().cover(&card, shape).jpeg();
                let jpeg = jpeg.unwrap_or_else(|failure| panic!("{title}: {failure:?}"));
                let size = image::load_from_memory(&jpeg).map(|it| (it.width(), it.height()));
                assert_eq!(size.ok(), Some(shape.pixels()), "{title}");
            }
        }
    }
}

//! The long picture of a page, for groups: as wide as a telephone shows, in parts where it is long.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::data::{Mode, Parts, PosterData, Qr, bins};
use super::lines::{self, Breaks};
use super::pictures::Pictures;
use super::raster::Raster;
use super::{Compiled, Engine, Failure, Look, Spot, body};
use crate::area::Area;
use crate::cache::{Cache, CacheKey};
use crate::site::{Light, LinkTarget, Page, ShortcodeKind, Site};

/// The theme's sheet.
const SHEET: &str = "sheets/long.typ";
/// How wide it is, in pixels: what telephones show without shrinking it.
pub const LONG_WIDTH: u32 = 1080;
/// How high a part is at most: with its width 9.7 megapixels, which WeChat leaves as they are.
const MOST_HEIGHT: u32 = 9000;
/// How large a file is at most where letters stay sharp, in bytes.
const MOST_BYTES: usize = 1 << 20;
/// The qualities of a JPEG that are tried; below the last letters smear.
const QUALITIES: [u8; 3] = [92, 88, 84];

/// A part of a long picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LongPart {
    /// The file.
    pub bytes: Vec<u8>,
    /// `png` or `jpg`.
    pub ending: String,
    /// Width and height in pixels.
    pub size: (u32, u32),
}

/// Sets the long picture of `page`.
///
/// # Errors
/// Where the theme's sheet fails, or a picture in it.
pub fn long(
    site: &Site,
    engine: &Engine,
    page: &Page,
    cache: &Cache,
) -> Result<Vec<LongPart>, Box<Failure>> {
    let ready = Ready::new(site, engine, page);
    cache.value(ready.key, || {
        ready.set(engine)?.draw_all()?.iter().map(encoded).collect()
    })
}

/// A page ready to be set.
struct Ready {
    data: Vec<u8>,
    pictures: Pictures,
    key: CacheKey,
}

impl Ready {
    fn set(&self, engine: &Engine) -> Result<Compiled, Box<Failure>> {
        let main = Engine::theme_path(SHEET);
        engine.compile(&main, self.data.clone(), self.pictures.files())
    }

    fn new(site: &Site, engine: &Engine, page: &Page) -> Self {
        let (body, mut pictures) = body::whole_text(site, page);
        let picture = page.picture.as_ref();
        let picture = picture.and_then(|it| pictures.add(site, &it.file));
        let wish = page.poster.as_ref();
        let lead = wish.and_then(|wish| wish.lead.as_deref());
        let layout = wish.and_then(|wish| wish.layout.as_ref());
        let ways = |text: &str| engine.known.ways(text, engine.words(), &[]);
        let code = Qr::of(site, page, false);
        let parts = Parts {
            tokens: &engine.told.tokens,
            phrases: &engine.told.phrases,
            page,
            lead,
            short: None,
            figure: None,
            design: None,
            picture: picture.as_deref(),
            body: &body,
            qr: code.as_ref(),
            bins: &bins(site, page),
            breaks: &Breaks {
                title_em: lines::width(&page.title),
                title: ways(&page.title),
                lead: lead.map_or_else(Arc::default, ways),
                short: Arc::default(),
            },
            signs: "",
            options: &serde_json::Map::new(),
            wants_month: layout.is_some_and(|layout| layout.value == "month"),
        };
        let spot = Spot {
            area: Area::Screen {
                width_px: LONG_WIDTH,
                height_px: MOST_HEIGHT,
                width: f64::from(LONG_WIDTH) * 25.4 / 72.0,
            },
            distance: 1.0,
            light: Light::Good,
            glass: false,
            look: Look::default(),
            design: None,
            portion: None,
        };
        let words = engine.theme().phrases_of("share");
        let data = LongData {
            poster: PosterData::new(Mode::Set, site, &spot, parts),
            words: &words,
            codes: codes(site, page),
        };
        let data = serde_json::to_vec(&data).expect("only text, numbers and lists of them");
        let key = CacheKey::of(&[
            SHEET.as_bytes(),
            engine.fingerprint(),
            &pictures.key().0,
            &data,
        ]);
        Self {
            data,
            pictures,
            key,
        }
    }
}

/// What the sheet is given: all that a poster is, and words of its own.
#[derive(Serialize)]
struct LongData<'a> {
    #[serde(flatten)]
    poster: PosterData<'a>,
    words: &'a serde_json::Value,
    codes: BTreeMap<&'a str, Qr>,
}

/// Returns the codes in the text by the targets of their links: those that lead to pages and to other
/// sites.
fn codes<'a>(site: &Site, page: &'a Page) -> BTreeMap<&'a str, Qr> {
    let targets = page
        .shortcodes
        .values()
        .filter_map(|code| match &code.kind {
            ShortcodeKind::Qr { target } => Some(target.as_str()),
            _ => None,
        });
    let code = |target: &'a str| {
        let code = match page.links.get(target) {
            Some(LinkTarget::Page { id, .. }) => Qr::of(site, site.page(id)?, false),
            Some(LinkTarget::File(_)) => None,
            None => Qr::to(target.to_owned(), false),
        };
        Some((target, code?))
    };
    targets.filter_map(code).collect()
}

/// Encodes a part in few bytes: type on flat grounds as a PNG; else, or where that is large, as a
/// JPEG of the best quality that is small enough.
fn encoded(drawn: &Raster) -> Result<LongPart, Box<Failure>> {
    let part = |bytes, ending: &str| LongPart {
        bytes,
        ending: ending.to_owned(),
        size: drawn.size,
    };
    let png = drawn.png()?;
    if png.bytes.len() <= MOST_BYTES {
        return Ok(part(png.bytes, "png"));
    }
    let mut smallest = None;
    for quality in QUALITIES {
        let jpeg = drawn.jpeg_of(quality, 72)?;
        let fits = jpeg.len() <= MOST_BYTES;
        smallest = Some(jpeg);
        if fits {
            break;
        }
    }
    Ok(part(smallest.unwrap_or(png.bytes), "jpg"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typeset::testing::{TestSite, fresh};

    #[test]
    fn no_letter_is_smaller_than_telephones_show_it() {
        let body = "各位居民：\n\n## 日子\n\n| 楼栋 | 安检 | 停电 | 联系人 | 电话 |\n\
            | --- | --- | --- | --- | --- |\n| 1至8号楼 | 12月7日上午 | 12月14日14:00–16:00 | 何志远 | 5550 0116 |\n\n\
            1. **关**电视。\n   - 拔插头\n2. 等。\n\n> [!WARNING]\n> 不开灯。\n\n```\nabc\n```\n";
        let front = "date: 2026-11-01\nsummary: 一句话。\nkind: 公示\nnumber: 梧社居〔2026〕1号\n\
            objections: 周海宁，5550 0116\nposter:\n  layout: notice\n  lead: 看一看\n  posting: 5 working days";
        let site = TestSite::with_gate().page("a", front, body);
        let site = site.build();
        let page = site.page("living/a").expect("it is there");
        let set = Ready::new(&site, fresh(), page).set(fresh());
        let set = set.unwrap_or_else(|failure| panic!("{failure:?}"));
        assert!(set.least_type() >= 36.0, "{} px", set.least_type());
    }
}

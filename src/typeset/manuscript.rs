//! A page made ready to be set.

mod fault;
pub(super) mod output;
mod refusal;
mod several;

use std::sync::{Arc, OnceLock};

use serde::Serialize;
use serde_json::Value;

use super::data::{BinData, Mode, Parts, PortionData, PosterData, Qr, bins, mark};
use super::design::DesignData;
use super::lines::{self, Breaks};
use super::pictures::Pictures;
use super::qr;
use super::setting::{Setting, setting};
use super::signs;
use super::{
    BigFigure, Compiled, Edition, Engine, Failure, Files, FitReport, Part, Sheet, Spot, body,
};
use crate::cache::{Cache, CacheKey};
use crate::diag::{Code, Diagnostic};
use crate::site::markdown::{self, Document, InlineKind};
use crate::site::{Page, PosterWish, Site};
use crate::theme::{self, LayoutInfo, SettingKind};

/// The wrapper of finished files, and its name in the layouts' world.
const OUTSIDE: &str = include_str!("outside.typ");
const OUTSIDE_MAIN: &str = "/outside/main.typ";
/// The layout of strips in a theme.
const STRIP: &str = "strip";
/// A page with all that its poster needs, apart from the spot.
pub struct Manuscript<'a> {
    site: &'a Site,
    engine: &'a Engine,
    page: &'a Page,
    wish: &'a PosterWish,
    setting: Setting,
    body: Document,
    bins: Vec<BinData<'a>>,
    picture: Option<String>,
    pictures: Pictures,
    pictures_key: CacheKey,
    text: String,
    codes: Codes,
    breaks: Breaks,
    figure: Option<BigFigure>,
    signs: String,
    options: serde_json::Map<String, Value>,
    wants_month: bool,
}

/// The codes of the page's address, made where one is wanted: that costs more than all other data
/// of a sheet.
#[derive(Default)]
struct Codes {
    open: OnceLock<Option<Arc<Qr>>>,
    glass: OnceLock<Option<Arc<Qr>>>,
}

impl<'a> Manuscript<'a> {
    /// Makes `page`, whose poster is to be as `wish` says, ready for `engine`.
    ///
    /// # Errors
    /// Where the theme lacks the layout or the finished file cannot be used.
    pub fn new(
        site: &'a Site,
        engine: &'a Engine,
        page: &'a Page,
        wish: &'a PosterWish,
    ) -> Result<Self, Box<Diagnostic>> {
        let setting = setting(site, engine, page, wish)?;
        let info = match &setting {
            Setting::Layout(layout) => engine.theme().layouts.get(layout),
            Setting::Outside(_) | Setting::Received => None,
        };
        let options = match info {
            Some(info) => with_families(engine, info, options(info, wish)?),
            None => serde_json::Map::new(),
        };
        let (body, mut pictures) = body::poster_part(site, page, wish);
        let picture = page.picture.as_ref();
        let picture = picture.and_then(|it| pictures.add(site, &it.file));
        if let (Setting::Outside(_), Some(file)) = (&setting, &wish.file) {
            let asset = site.assets.get(&file.value);
            pictures = Pictures::finished(asset.expect("it was just looked at"));
        }
        let bins = bins(site, page);
        let mut text = markdown::plain_text(&body).replace('\n', "");
        markdown::walk(&body, &mut |inline| {
            if let InlineKind::Image { title, .. } = &inline.kind {
                text.push_str(title);
            }
        });
        let items = bins.iter().flat_map(|bin| &bin.items);
        text.extend(items.flat_map(|item| [item.name, item.first.unwrap_or("")]));
        let stages = page.campaign.iter().flat_map(|campaign| &campaign.stages);
        text.extend(stages.flat_map(|it| [it.title.as_str(), it.text.as_deref().unwrap_or("")]));
        let figures = page.figures.iter();
        text.extend(figures.flat_map(|it| [it.label.as_str(), &it.value]));
        Ok(Self {
            site,
            engine,
            page,
            wish,
            setting,
            body,
            bins,
            picture,
            pictures_key: pictures.key(),
            pictures,
            signs: signs::drawn(engine, page, wish, &text),
            text,
            codes: Codes::default(),
            breaks: breaks(engine, page, wish),
            figure: BigFigure::of(page, wish),
            options,
            wants_month: info.is_some_and(|info| info.needs.iter().any(|key| key == "month")),
        })
    }

    /// Returns the site.
    pub(super) fn site(&self) -> &'a Site {
        self.site
    }

    /// Returns its pictures.
    pub(super) fn shown_pictures(&self) -> &Pictures {
        &self.pictures
    }

    /// Returns its pictures as they are set.
    fn files(&self) -> &Files {
        self.pictures.files()
    }

    /// Returns the page.
    pub fn page(&self) -> &'a Page {
        self.page
    }

    /// Returns what its poster wants to be.
    pub fn wish(&self) -> &'a PosterWish {
        self.wish
    }

    /// Returns how it comes about.
    pub fn setting(&self) -> &Setting {
        &self.setting
    }

    /// Returns the words that the poster shows beside its title.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the key of all that goes into measuring it for `spot`.
    pub fn measure_key(&self, spot: &Spot) -> CacheKey {
        self.key(&self.data(Mode::Measure, spot))
    }

    /// Tries the poster for `spot` at its floor size; a finished file fits or not by its size.
    /// `key` is its [`measure_key`](Self::measure_key) there.
    ///
    /// # Errors
    /// Where the layout fails.
    pub fn measure(
        &self,
        spot: &Spot,
        key: CacheKey,
        cache: &Cache,
    ) -> Result<FitReport, Box<Failure>> {
        let Setting::Layout(layout) = &self.setting else {
            return Ok(FitReport {
                version: super::data::VERSION,
                fits: true,
                body: 0.0,
                overflow: 0.0,
                part: Part::Body,
                table: None,
                distance: None,
                standing: false,
                sheets: None,
                fewest: None,
                last: None,
            });
        };
        cache.value(key, || {
            let main = self.main(layout, spot);
            let data = self.data(Mode::Measure, spot);
            let fit = self.engine.compile(&main, data, self.files())?.fit()?;
            if fit.fits {
                Ok(fit)
            } else {
                self.relieved(spot, fit)
            }
        })
    }

    /// Returns the key of all that goes into the sheet for `spot`.
    pub fn set_key(&self, spot: &Spot) -> CacheKey {
        self.key(&self.data(Mode::Set, spot))
    }

    /// Sets the poster for `spot`; `None` where only copies came from outside. `key` is its
    /// [`set_key`](Self::set_key) there.
    ///
    /// # Errors
    /// Where the layout fails, or a picture in it.
    pub fn set(
        &self,
        spot: &Spot,
        key: CacheKey,
        cache: &Cache,
    ) -> Result<Option<Arc<Sheet>>, Box<Failure>> {
        if self.setting == Setting::Received {
            return Ok(None);
        }
        let sheet = Sheet::cached(cache, key, || {
            let (mut compiled, fit) = self.compile(spot)?;
            Sheet::new(&mut compiled, &self.page.title, spot, fit, key)
        });
        sheet.map(|sheet| Some(Arc::new(sheet)))
    }

    fn compile(&self, spot: &Spot) -> Result<(Compiled, Option<FitReport>), Box<Failure>> {
        let data = self.data(Mode::Set, spot);
        let Setting::Layout(layout) = &self.setting else {
            let wrapper = self
                .engine
                .compile_own(OUTSIDE_MAIN, OUTSIDE, data, self.files())?;
            return Ok((wrapper, None));
        };
        if let Some(portion) = spot.portion
            && let Some(sheet) = self.portion(spot, portion)?
        {
            return Ok(sheet);
        }
        let main = self.main(layout, spot);
        let compiled = self.engine.compile(&main, data, self.files())?;
        let fit = compiled.fit()?;
        if !fit.fits
            && let Some(plainer) = self.plainer(spot)?
        {
            return Ok(plainer);
        }
        Ok((compiled, Some(fit)))
    }

    /// Returns the file that sets it for `spot`: on a strip all layouts are one.
    fn main(&self, layout: &str, spot: &Spot) -> String {
        let has_strip = self.engine.theme().layouts.contains_key(STRIP);
        Engine::layout_path(match spot.area.is_strip() && has_strip {
            true => STRIP,
            false => layout,
        })
    }

    /// Sets it and keeps the document.
    #[cfg(test)]
    pub(super) fn compile_for_test(&self, spot: &Spot) -> super::Compiled {
        let compiled = self.compile(spot);
        compiled.unwrap_or_else(|failure| panic!("{failure:?}")).0
    }

    /// Returns the layout's data.
    #[cfg(test)]
    pub(super) fn data_for_test(&self, spot: &Spot) -> Value {
        serde_json::from_slice(&self.data(Mode::Set, spot)).expect("it was just written")
    }

    /// Returns what of its data does not depend on the spot but for the edition and the code.
    fn parts(&self, spot: &Spot) -> Parts<'_> {
        let told = &self.engine.told;
        Parts {
            tokens: match spot.look.edition {
                Edition::Colour => &told.tokens,
                Edition::Office => &told.office_tokens,
            },
            phrases: match self.wish.code {
                Some(_) => &told.phrases_elsewhere,
                None => &told.phrases,
            },
            page: self.page,
            lead: self.wish.lead.as_deref(),
            short: self.wish.short.as_deref(),
            figure: self.figure.as_ref(),
            design: (spot.design).and_then(|design| DesignData::of(design, self.engine.theme())),
            picture: self.picture.as_deref(),
            body: &self.body,
            bins: &self.bins,
            breaks: &self.breaks,
            signs: &self.signs,
            options: &self.options,
            wants_month: self.wants_month,
            qr: self.code(spot.glass),
        }
    }

    fn code(&self, glass: bool) -> Option<&Qr> {
        let code = match glass {
            true => &self.codes.glass,
            false => &self.codes.open,
        };
        let code = code.get_or_init(|| {
            let own = || qr::address(self.site, self.page);
            let address = self.wish.code.clone().or_else(own)?;
            self.engine.known.code(address, glass)
        });
        code.as_deref()
    }

    fn data(&self, mode: Mode, spot: &Spot) -> Vec<u8> {
        match &self.setting {
            Setting::Outside(_) => {
                self.outside_data(spot, self.pictures.first().unwrap_or_default())
            }
            _ => json(&PosterData::new(mode, self.site, spot, self.parts(spot))),
        }
    }

    /// Returns the data of a finished file that lies at `file`.
    fn outside_data(&self, spot: &Spot, file: &str) -> Vec<u8> {
        json(&OutsideData {
            width: spot.area.size().width,
            height: spot.area.size().height,
            file,
            alt: &self.page.title,
            mark: mark(self.site, self.page),
        })
    }

    /// Returns the data of all of several sheets, with type of the size `step` on the share `low` of their height.
    fn portion_data(&self, spot: &Spot, of: usize, (step, low): (usize, f64)) -> Vec<u8> {
        let mut data = PosterData::new(Mode::Set, self.site, spot, self.parts(spot));
        data.portion = Some(PortionData {
            number: 0,
            of,
            step,
            low,
            letter: self.page.is_stamped(),
        });
        json(&data)
    }

    fn key(&self, data: &[u8]) -> CacheKey {
        let layout = match &self.setting {
            Setting::Layout(layout) => layout.as_bytes(),
            _ => b"",
        };
        CacheKey::of(&[
            self.engine.fingerprint(),
            &self.pictures_key.0,
            layout,
            data,
        ])
    }
}

/// What the wrapper of finished files is given.
#[derive(Serialize)]
struct OutsideData<'a> {
    width: f64,
    height: f64,
    file: &'a str,
    alt: &'a str,
    mark: Option<&'static str>,
}

/// Returns every setting of a layout with its value: the page's, or the theme's default.
fn options(
    layout: &LayoutInfo,
    wish: &PosterWish,
) -> Result<serde_json::Map<String, Value>, Box<Diagnostic>> {
    let (options, wrong) = theme::set(&layout.settings, &wish.options, Code::UnknownKey);
    match wrong.into_iter().next() {
        Some(wrong) => Err(Box::new(wrong)),
        None => Ok(options),
    }
}

/// Returns `options` with families by the names that Typst gives them.
fn with_families(
    engine: &Engine,
    layout: &LayoutInfo,
    mut options: serde_json::Map<String, Value>,
) -> serde_json::Map<String, Value> {
    let settings = layout.settings.iter();
    for setting in settings.filter(|setting| setting.kind == SettingKind::Font) {
        let family = options.get(&setting.name).and_then(Value::as_str);
        if let Some(family) = family.and_then(|family| engine.family(family)) {
            options.insert(setting.name.clone(), family.into());
        }
    }
    options
}

fn breaks(engine: &Engine, page: &Page, wish: &PosterWish) -> Breaks {
    let ways = |text: &str, asked: &[usize]| engine.known.ways(text, engine.words(), asked);
    let of_all = |text: Option<&str>| text.map_or_else(Arc::default, |text| ways(text, &[]));
    Breaks {
        title_em: lines::width(&page.title),
        title: ways(&page.title, &page.title_breaks),
        lead: of_all(wish.lead.as_deref()),
        short: of_all(wish.short.as_deref()),
    }
}

fn json(data: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(data).expect("only text, numbers and lists of them")
}

//! Stage 5: posters, rendered once for web and print.
//!
//! In: site, theme, plan and the months to print. Out: [`Posters`], each a one-page PDF with
//! its picture. Who wants a poster borrows it from here.

#[cfg(test)]
mod tests;
pub mod wall;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::cache::{Cache, CacheKey};
use crate::diag::{Code, Diagnostic, Diagnostics, Warned, words};
use crate::rotation::{Hanging, Portions};
use crate::site::{Board, BoardKind, Site, Size, Slot};
use crate::typeset::{Engine, Failure, Finding, Manuscript, Portion, Sheet, Spot};

/// Body type lower than this is hard to read: mm of height for each metre of distance.
///
/// Source: art-direction, "Legibility is judged by role".
const COMFORTABLE: f64 = 7.5;

/// Sets every poster in `wanted`; those of equal page and spot once.
///
/// What only arrived as copies has nothing to set and is left out, as is what fails.
pub fn render(
    site: &Site,
    engine: &Engine,
    wanted: &BTreeSet<Variant>,
    cache: &Cache,
) -> Warned<Posters> {
    let mut diagnostics = Diagnostics::default();
    let manuscripts = manuscripts(site, engine, wanted, &mut diagnostics);
    let mut jobs = BTreeMap::new();
    let mut orders = Vec::new();
    for variant in wanted {
        let Some(order) = Order::new(site, engine, &manuscripts, variant) else {
            continue;
        };
        let key = order.manuscript.set_key(&order.spot);
        jobs.entry(key).or_insert((order.manuscript, order.spot));
        orders.push((key, order));
    }
    let sheets = run(engine, jobs, cache);
    let mut posters = Posters::default();
    for (key, order) in orders {
        match &sheets[&key] {
            Ok(Some(sheet)) => {
                diagnostics.extend(order.remarks(sheet, cache));
                if sheet.fit.as_ref().is_none_or(|fit| fit.fits) {
                    let poster = Arc::new(Poster::of(sheet));
                    posters.0.insert(order.variant.clone(), poster);
                }
            }
            Ok(None) => {}
            Err(failure) => diagnostics.push(order.manuscript.failed(failure)),
        }
    }
    Warned {
        value: posters,
        diagnostics,
    }
}

/// What came out, by the key of what went in.
type Sheets = BTreeMap<CacheKey, Result<Option<Arc<Sheet>>, Box<Failure>>>;

fn run(engine: &Engine, jobs: BTreeMap<CacheKey, (&Manuscript, Spot)>, cache: &Cache) -> Sheets {
    let jobs: Vec<_> = jobs.into_iter().collect();
    let set = |(key, (manuscript, spot)): &(CacheKey, (&Manuscript, Spot))| {
        (*key, manuscript.set(spot, *key, cache))
    };
    engine.each(&jobs, set).into_iter().collect()
}

/// Makes the pages of `wanted` ready, by their ids.
fn manuscripts<'a>(
    site: &'a Site,
    engine: &'a Engine,
    wanted: &BTreeSet<Variant>,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<&'a str, Manuscript<'a>> {
    let ids: BTreeSet<&str> = wanted.iter().map(|variant| variant.page.as_str()).collect();
    let pages = ids.into_iter().filter_map(|id| site.page(id));
    let pages: Vec<_> = pages
        .filter_map(|page| Some((page, page.poster.as_ref()?)))
        .collect();
    let ready = engine.each(&pages, |(page, wish)| {
        Manuscript::new(site, engine, page, wish)
    });
    let mut manuscripts = BTreeMap::new();
    for ((page, _), ready) in pages.into_iter().zip(ready) {
        match ready {
            Ok(manuscript) => {
                manuscripts.insert(page.id.as_str(), manuscript);
            }
            Err(diagnostic) => diagnostics.push(*diagnostic),
        }
    }
    manuscripts
}

/// A variant with all that it names, found.
struct Order<'a> {
    variant: &'a Variant,
    board: &'a Board,
    slot: &'a Slot,
    spot: Spot,
    manuscript: &'a Manuscript<'a>,
}

impl<'a> Order<'a> {
    /// Finds what `variant` names; `None` where something is gone, which the plan has reported.
    fn new(
        site: &'a Site,
        engine: &Engine,
        manuscripts: &'a BTreeMap<&str, Manuscript<'a>>,
        variant: &'a Variant,
    ) -> Option<Self> {
        let board = site.board(&variant.board)?;
        let slot = board.slot(&variant.slot)?;
        Some(Self {
            variant,
            board,
            slot,
            spot: Spot {
                portion: variant.portion,
                ..engine.spot(&variant.page, board, slot)
            },
            manuscript: manuscripts.get(variant.page.as_str())?,
        })
    }

    /// Says what is to be said of the finished sheet.
    fn remarks(&self, sheet: &Sheet, cache: &Cache) -> Diagnostics {
        let mut diagnostics = Diagnostics::default();
        if sheet.fit.as_ref().is_none_or(|fit| fit.fits) {
            diagnostics.extend(self.preflight(sheet));
        }
        let Some(fit) = &sheet.fit else {
            return diagnostics;
        };
        if !fit.fits {
            let too_long = self.manuscript.too_long(self.board, self.slot, fit, cache);
            // It hangs alone, and has grown since.
            let several = fit
                .sheets
                .filter(|n| self.board.run(self.slot, *n).is_some());
            let grown = several.map(|_| &self.manuscript.page().path);
            let too_long = too_long.with_some("several", several);
            diagnostics.push(too_long.with_some("grown", grown));
        } else if let Some(n) = fit.sheets {
            if self.spot.portion.is_some_and(|it| it.number == 1) {
                let several = Diagnostic::new(Code::SetOnSeveral)
                    .at(self.manuscript.wish().span.clone())
                    .with("title", &self.manuscript.page().title)
                    .with("board", &self.board.title)
                    .with("slot", &self.slot.id)
                    .with("n", n)
                    .with(
                        "how",
                        words(match self.board.kind {
                            BoardKind::Screen => "shown-in-turn",
                            _ => "side-by-side",
                        }),
                    );
                diagnostics.push(several);
            }
        } else if let Some(at) = fit.distance {
            let closer = Diagnostic::new(Code::SetForNearer)
                .at(self.manuscript.wish().span.clone())
                .with("title", &self.manuscript.page().title)
                .with("board", &self.board.title)
                .with("slot", &self.slot.id)
                .with("at", format_args!("{:.1}", at))
                .with("distance", self.board.distance);
            diagnostics.push(closer);
        } else if fit.standing {
            let standing = Diagnostic::new(Code::TitleStanding)
                .at(self.manuscript.page().title_span.clone())
                .with("title", &self.manuscript.page().title)
                .with("board", &self.board.title)
                .with("slot", &self.slot.id);
            diagnostics.push(standing);
        } else if fit.body < COMFORTABLE * self.board.distance {
            let small = Diagnostic::new(Code::SmallBody)
                .at(self.manuscript.wish().span.clone())
                .with("title", &self.manuscript.page().title)
                .with("board", &self.board.title)
                .with("height", format_args!("{:.1}", fit.body))
                .with("distance", self.board.distance);
            diagnostics.push(small);
        }
        diagnostics
    }
}

impl Order<'_> {
    /// Says what a print shop's preflight would find.
    fn preflight(&self, sheet: &Sheet) -> Diagnostics {
        let mut diagnostics = Diagnostics::default();
        let at = |code| {
            Diagnostic::new(code)
                .at(self.manuscript.wish().span.clone())
                .with("title", &self.manuscript.page().title)
                .with("board", &self.board.title)
                .with("slot", &self.slot.id)
        };
        for finding in &sheet.findings {
            let Finding::Coarse {
                alt,
                pixels,
                wanted,
                dpi,
            } = finding
            else {
                let layout = self.manuscript.wish().layout.as_ref();
                let fault = at(Code::Preflight).with("cause", finding.words());
                diagnostics.push(fault.with_some("layout", layout.map(|it| &it.value)));
                continue;
            };
            let size = |(width, height): (u32, u32)| format!("{width}×{height}");
            let coarse = at(Code::CoarsePicture)
                .with("dpi", format_args!("{dpi:.0}"))
                .with("pixels", size(*pixels))
                .with("wanted", size(*wanted));
            let alt = Some(alt).filter(|alt| !alt.is_empty());
            diagnostics.push(coarse.with_some("alt", alt));
        }
        diagnostics
    }
}

/// What is set: a page in a slot. Equal slots share one [`Poster`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Variant {
    /// The page's id.
    pub page: String,
    /// The board's id.
    pub board: String,
    /// The slot's id.
    pub slot: String,
    /// Which of several sheets of the page.
    pub portion: Option<Portion>,
}

impl Variant {
    /// Names what hangs, told apart by `portions`.
    pub fn of(hanging: &Hanging, portions: &Portions) -> Self {
        Self {
            page: hanging.poster.clone(),
            board: hanging.board.clone(),
            slot: hanging.slot.clone(),
            portion: portions.of(hanging),
        }
    }
}

/// A poster, set.
#[derive(Debug)]
pub struct Poster {
    /// The PDF: one page of the slot's whole size.
    pub pdf: Arc<[u8]>,
    /// A PNG, [`PREVIEW_WIDTH`](crate::typeset::PREVIEW_WIDTH) pixels wide, or
    /// [`PREVIEW_WIDTH_LANDSCAPE`](crate::typeset::PREVIEW_WIDTH_LANDSCAPE) where it is wider
    /// than high; of the visible part only.
    pub preview: Arc<[u8]>,
    /// The preview at a third of its size, for overviews.
    pub thumbnail: Arc<[u8]>,
    /// A screen's PNG at its own pixels.
    pub screen: Option<Arc<[u8]>>,
    /// The whole size in mm.
    pub size: Size,
    /// The preview's size in pixels.
    pub preview_px: (u32, u32),
    /// The key of what went in: twelve hexadecimal digits.
    pub hash: String,
    /// The height of body type in mm; `None` for finished files.
    pub body_height: Option<f64>,
}

impl Poster {
    fn of(sheet: &Sheet) -> Self {
        Self {
            pdf: sheet.pdf.clone(),
            preview: sheet.preview.clone(),
            thumbnail: sheet.thumbnail.clone(),
            screen: sheet.screen.clone(),
            size: sheet.size,
            preview_px: sheet.preview_px,
            hash: sheet.key.short(),
            body_height: sheet.fit.as_ref().map(|fit| fit.body),
        }
    }
}

/// All posters of a run.
#[derive(Debug, Clone, Default)]
pub struct Posters(pub BTreeMap<Variant, Arc<Poster>>);

impl Posters {
    /// Returns how many different sheets were set; equal slots share one.
    pub fn n_sheets(&self) -> usize {
        let hashes: BTreeSet<&str> = self.0.values().map(|poster| poster.hash.as_str()).collect();
        hashes.len()
    }

    /// Returns the poster of what hangs, told apart by `portions`.
    pub fn get(&self, hanging: &Hanging, portions: &Portions) -> Option<&Arc<Poster>> {
        self.0.get(&Variant::of(hanging, portions))
    }
}

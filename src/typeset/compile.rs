//! One run of Typst, and what can be made of its result.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde::{Deserialize, Serialize};
use typst::foundations::{Bytes, Label, Smart};
use typst::introspection::{Introspector, MetadataElem};
use typst::layout::{Abs, Frame, Point};
use typst::model::{Document, DocumentInfo};
use typst::syntax::Source;
use typst::utils::{PicoStr, Scalar};
use typst::visualize::Color;
use typst_layout::{Page, PagedDocument};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};
use typst_render::RenderOptions;

use super::Finding;
use super::engine::{Engine, file_id};
use super::failure::Failure;
use super::inspect;
use super::raster::{Png, Raster};
use super::reduced::reduced;
use super::seen::seen;
use super::spot::Spot;
use super::world::Desk;
use crate::site::{Area, Millimetres, Size};

/// Typst's own cache is swept once in so many runs: looking through it costs as much as a tenth
/// of a run, and the other threads wait meanwhile; each run more between sweeps holds 4 MB. The
/// parsed theme is used by each and stays; what belongs to one poster goes when a sweep or two found
/// it unused.
const SWEEP_EVERY: usize = 4;
/// How many sweeps a result outlives its last use.
const CACHE_AGE: usize = 1;

/// The files of one sheet by their path in the layouts' world, such as `/assets/a.svg`.
pub type Files = BTreeMap<String, Arc<[u8]>>;

/// What a layout says about how its text fitted: the `<fit>` metadata.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FitReport {
    /// The version of this contract, 1.
    pub version: u32,
    /// Whether it could be set at the floor or above.
    pub fits: bool,
    /// The height of body type in mm.
    pub body: f64,
    /// Where it does not fit: the share of the body that found no room at the floor, 0 to 1.
    #[serde(default)]
    pub overflow: f64,
    /// Where it does not fit: what found no room.
    #[serde(default)]
    pub part: Part,
    /// Where it does not fit: a table that is too wide for its columns to stand beside each other.
    #[serde(default)]
    pub table: Option<WideTable>,
    /// For readers how far away it is set, in metres, where that is nearer than its board's.
    #[serde(default)]
    pub distance: Option<f64>,
    /// Whether its title is only read by who stands before it.
    #[serde(default)]
    pub standing: bool,
    /// On how many sheets of this size it has room, where one is too small.
    #[serde(default)]
    pub sheets: Option<usize>,
    /// On how few it has room with the least type, where these are fewer: a screen may have no more in a row.
    #[serde(default)]
    pub fewest: Option<usize>,
    /// How full the last of several sheets is, 0 to 1.
    #[serde(default)]
    pub last: Option<f64>,
}

/// A table that is too wide for its sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct WideTable {
    /// How many columns it has.
    pub columns: u32,
    /// How many of them there is room for.
    pub fit: u32,
}

/// A part of a poster's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// The text.
    #[default]
    Body,
    /// The title.
    Title,
    /// The one line below it.
    Lead,
}

/// A document, set.
pub struct Compiled {
    document: PagedDocument,
    /// Whether its text can be tagged in a PDF: not where it is a part of one.
    is_whole: bool,
}

impl Engine {
    /// Sets the theme's file `main` with `data` as `/data.json` and `files` beside it.
    ///
    /// # Errors
    /// Where the layout fails, with the place in the theme's file.
    pub fn compile(
        &self,
        main: &str,
        data: Vec<u8>,
        files: &Files,
    ) -> Result<Compiled, Box<Failure>> {
        self.run(main, None, data, files)
    }

    /// Sets `text`, a Typst file of the program's own, under the name `main`.
    pub(super) fn compile_own(
        &self,
        main: &str,
        text: &str,
        data: Vec<u8>,
        files: &Files,
    ) -> Result<Compiled, Box<Failure>> {
        self.run(main, Some(text), data, files)
    }

    fn run(
        &self,
        main: &str,
        own: Option<&str>,
        data: Vec<u8>,
        files: &Files,
    ) -> Result<Compiled, Box<Failure>> {
        let id = file_id(main).ok_or_else(|| Failure::new(format!("{main}: no such file")))?;
        let mut known = BTreeMap::new();
        let all = files
            .iter()
            .map(|(path, bytes)| (path.as_str(), Bytes::new(bytes.clone())));
        for (path, bytes) in all.chain([("/data.json", Bytes::new(data))]) {
            if let Some(id) = file_id(path) {
                known.insert(id.into_raw(), bytes);
            }
        }
        let desk = Desk {
            engine: self,
            main: id,
            own_main: own.map(|text| Source::new(id, text.to_owned())),
            files: known,
        };
        let set = || guarded(|| typst::compile::<PagedDocument>(&desk).output);
        let result = match self.brought(main) {
            Some(file) => crate::guard::doing(&file, set),
            None => set(),
        };
        sweep();
        match result? {
            Ok(mut document) => {
                let authors = self.author.iter().map(|author| author.as_str().into());
                document.info_mut().author = authors.collect();
                Ok(Compiled::of(seen(document)))
            }
            Err(errors) => Err(Failure::of_typst(&desk, &errors)),
        }
    }
}

impl Compiled {
    /// Returns how many pages there are.
    pub fn n_pages(&self) -> usize {
        self.document.pages().len()
    }

    /// Returns the size of the first page in mm.
    pub fn page_size(&self) -> Size {
        self.first_page().map_or(Size::new(0.0, 0.0), |page| {
            let size = page.frame.size();
            Size::new(size.x.to_mm(), size.y.to_mm())
        })
    }

    /// Looks the first page over as it was set for `spot`.
    pub fn findings(&self, spot: &Spot) -> Vec<Finding> {
        let page = self.first_page();
        page.map_or(Vec::new(), |page| inspect::findings(page, spot))
    }

    /// Looks all pages over for letters on letters, on pictures, on codes, or off the paper.
    pub fn collisions(&self) -> Vec<Finding> {
        let pages = self.document.pages().iter();
        pages.flat_map(inspect::collisions).collect()
    }

    /// Reads what the layout says about its fit.
    ///
    /// # Errors
    /// Where it says nothing, or not in the agreed form.
    pub fn fit(&self) -> Result<FitReport, Box<Failure>> {
        let label = Label::new(PicoStr::intern("fit")).expect("the name is not empty");
        let found = self.document.introspector().query_label(label);
        let found = found.map_err(|error| Failure::new(format!("<fit>: {error}")))?;
        let metadata = found.to_packed::<MetadataElem>();
        let metadata = metadata.ok_or_else(|| Failure::new("<fit>: not metadata".to_owned()))?;
        serde_json::to_value(&metadata.value)
            .and_then(serde_json::from_value)
            .map_err(|error| Failure::new(format!("<fit>: {error}")))
    }

    /// Makes a tagged PDF titled `title`, with no date, whose id follows from `ident`.
    ///
    /// It is PDF/UA-1, for everyone, wherever that can be: a finished file from outside may lack
    /// what the standard wants, and is then tagged as well as it can be; one of several sheets of a
    /// text has no tags, as paragraphs run on from one to the next.
    ///
    /// # Errors
    /// Where a picture cannot be put into a PDF.
    pub fn pdf(&mut self, title: &str, ident: &str) -> Result<Vec<u8>, Box<Failure>> {
        let info = self.document.info_mut();
        info.title = Some(title.into());
        info.date = Smart::Custom(None);
        let for_all = PdfStandards::new(&[PdfStandard::Ua_1]);
        let mut options = PdfOptions {
            ident: Smart::Custom(ident.to_owned()),
            creator: Smart::Custom(Some("Greenboard".to_owned())),
            standards: match self.is_whole {
                true => for_all.expect("one standard does not contradict itself"),
                false => PdfStandards::default(),
            },
            tagged: self.is_whole,
            ..PdfOptions::default()
        };
        let mut result = guarded(|| typst_pdf::pdf(&self.document, &options))?;
        if result.is_err() {
            options.standards = PdfStandards::default();
            result = guarded(|| typst_pdf::pdf(&self.document, &options))?;
        }
        sweep();
        result.map_err(|errors| Failure::of_export(&errors))
    }

    /// Draws what can be seen of the first page, `width` pixels wide, as a PNG.
    ///
    /// # Errors
    /// Where there is no page, or too large a picture.
    pub fn png(&self, area: &Area, width: u32) -> Result<Png, Box<Failure>> {
        let drawn = self.draw(area, width)?;
        drawn.png()
    }

    /// Draws what can be seen of the first page, `width` pixels wide.
    ///
    /// # Errors
    /// Where there is no page, or too large a picture.
    pub(super) fn draw(&self, area: &Area, width: u32) -> Result<Raster, Box<Failure>> {
        let visible = area.visible();
        let whole = self.page_size();
        let at = (
            (whole.width - visible.width) / 2.0,
            (whole.height - visible.height) / 2.0,
        );
        let per_mm = f64::from(width) / visible.width;
        self.draw_part(at, visible, per_mm)
    }

    /// Draws what of the first page is `size` large and begins at `at`, in mm from its upper left
    /// corner, with `per_mm` pixels in a millimetre.
    ///
    /// # Errors
    /// Where there is no page, or too large a picture.
    pub(super) fn draw_part(
        &self,
        at: (Millimetres, Millimetres),
        size: Size,
        per_mm: f64,
    ) -> Result<Raster, Box<Failure>> {
        let page = self
            .first_page()
            .ok_or_else(|| Failure::new("no page".to_owned()))?;
        self.draw_page(page, at, size, per_mm)
    }

    fn draw_page(
        &self,
        page: &Page,
        at: (Millimetres, Millimetres),
        size: Size,
        per_mm: f64,
    ) -> Result<Raster, Box<Failure>> {
        let mut page = cropped(page, at, size);
        let per_pt = per_mm / Abs::mm(1.0).to_pt();
        let options = RenderOptions {
            pixel_per_pt: Scalar::new(per_pt),
            render_bleed: false,
        };
        let pixels = guarded(|| {
            if let Some(reduced) = reduced(&page.frame, per_pt) {
                page.frame = reduced;
            }
            typst_render::render(&page, &options)
        })?;
        let size = (pixels.width(), pixels.height());
        Ok(Raster {
            rgba: pixels.take(),
            size,
        })
    }

    /// Draws all pages, a pixel a point.
    ///
    /// # Errors
    /// Where a page is too large a picture.
    pub(super) fn draw_all(&self) -> Result<Vec<Raster>, Box<Failure>> {
        let draw = |page: &Page| {
            let size = page.frame.size();
            let whole = Size::new(size.x.to_mm(), size.y.to_mm());
            self.draw_page(page, (0.0, 0.0), whole, Abs::mm(1.0).to_pt())
        };
        self.document.pages().iter().map(draw).collect()
    }

    /// Returns the text of all pages in the order of drawing; each run ends its line.
    #[cfg(test)]
    pub fn text(&self) -> String {
        let mut text = String::new();
        for page in self.document.pages() {
            collect_text(&page.frame, &mut text);
        }
        text
    }

    /// Returns the least size of type on all pages, in points.
    #[cfg(test)]
    pub fn least_type(&self) -> f64 {
        let pages = self.document.pages().iter();
        pages
            .map(|page| least_type(&page.frame))
            .fold(f64::MAX, f64::min)
    }

    /// Keeps the page `at` alone, where paragraphs begin on the page before or end on the next.
    pub(super) fn only(self, at: usize) -> Self {
        let pages = self.document.pages().iter().skip(at).take(1);
        let pages = pages.cloned().collect();
        Self {
            document: PagedDocument::new(pages, self.document.info().clone()),
            is_whole: false,
        }
    }

    /// Puts outlines in the place of its type.
    pub(super) fn outlined(&self) -> Self {
        let page = |page: &Page| Page {
            frame: super::outlines::outlined(&page.frame),
            ..page.clone()
        };
        let pages = self.document.pages().iter().map(page).collect();
        self.remade(PagedDocument::new(pages, self.info()))
    }

    /// Takes a document that was put together otherwise.
    pub(super) fn of(document: PagedDocument) -> Self {
        Self {
            document,
            is_whole: true,
        }
    }

    /// Takes a document that was made of this one, page by page.
    pub(super) fn remade(&self, document: PagedDocument) -> Self {
        Self {
            document,
            is_whole: self.is_whole,
        }
    }

    /// Returns what is known about the document.
    pub(super) fn info(&self) -> DocumentInfo {
        self.document.info().clone()
    }

    pub(super) fn first_page(&self) -> Option<&Page> {
        self.document.pages().first()
    }
}

/// Forgets all that Typst remembers of its runs. A preview that has set its sheets keeps none of it
/// while it waits: what is made again comes from the site's cache.
pub fn forget() {
    typst::comemo::evict(0);
}

/// Forgets what Typst has not used for some time.
fn sweep() {
    static RUNS: AtomicUsize = AtomicUsize::new(1);
    if RUNS
        .fetch_add(1, Ordering::Relaxed)
        .is_multiple_of(SWEEP_EVERY)
    {
        typst::comemo::evict(CACHE_AGE);
    }
}

/// Cuts the page down to what is `size` large and begins at `at`; a page without a ground gets a
/// white one, as paper has.
fn cropped(page: &Page, at: (Millimetres, Millimetres), size: Size) -> Page {
    let size = typst::layout::Size::new(Abs::mm(size.width), Abs::mm(size.height));
    let mut frame = Frame::hard(size);
    let origin = Point::new(-Abs::mm(at.0), -Abs::mm(at.1));
    frame.push_frame(origin, page.frame.clone());
    Page {
        frame,
        fill: Smart::Custom(Some(page.fill_or_white().unwrap_or(Color::WHITE.into()))),
        ..page.clone()
    }
}

/// Runs `work`, part of which reads pictures from outside; a panic in there is a failure of this
/// sheet and not of the program.
fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, Box<Failure>> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let said = panic
            .downcast_ref::<&str>()
            .map(|said| (*said).to_owned())
            .or_else(|| panic.downcast_ref::<String>().cloned());
        Failure::new(said.unwrap_or_else(|| "panic".to_owned()))
    })
}

#[cfg(test)]
fn collect_text(frame: &Frame, text: &mut String) {
    use typst::layout::FrameItem;
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => collect_text(&group.frame, text),
            FrameItem::Text(run) => {
                text.push_str(&run.text);
                text.push('\n');
            }
            _ => {}
        }
    }
}

#[cfg(test)]
fn least_type(frame: &Frame) -> f64 {
    use typst::layout::FrameItem;
    let sizes = frame.items().map(|(_, item)| match item {
        FrameItem::Group(group) => least_type(&group.frame),
        FrameItem::Text(run) => run.size.to_pt(),
        _ => f64::MAX,
    });
    sizes.fold(f64::MAX, f64::min)
}

//! The data of a layout: what `/data.json` holds, version 1.
//!
//! The names here are a contract with the Typst layouts of every theme; a change that is not
//! an addition needs a new version.

use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

use crate::area::{Area, Millimetres, Size};
use crate::diag::Language;
use crate::site::markdown::Document;
use crate::site::{
    Approval, Bin, Campaign, Event, Figure, Light, Notice, Page, Posting, Settings, Site, Stage,
};

pub use super::day::Day;
pub use super::month::{MarkKind, MonthData};
pub use super::qr::{Qr, address};

use super::design::DesignData;
use super::lines::{Breaks, Ways};
use super::{BigFigure, Edition, Spot};

/// The version of the contract.
pub const VERSION: u32 = 1;

/// All that a layout for posters is given.
#[derive(Debug, Serialize)]
pub struct PosterData<'a> {
    /// [`VERSION`].
    pub version: u32,
    /// Whether to set the sheet or only to try the floor size.
    pub mode: Mode,
    /// The language tag of the sheet.
    pub language: &'a str,
    /// The sheet.
    pub sheet: SheetData,
    /// How far away people stand, in metres.
    pub distance: f64,
    /// How well the place is lit: `good` or `poor`.
    pub light: &'static str,
    /// Whether it hangs behind glass.
    pub glass: bool,
    /// `tokens.yaml` as it is.
    pub tokens: &'a RawValue,
    /// The theme's words, part `poster`.
    pub phrases: &'a RawValue,
    /// Who speaks.
    pub site: SiteData<'a>,
    /// The page.
    pub page: PageData<'a>,
    /// The part of its text that the poster shows.
    pub body: &'a Document,
    /// The bins of a sorting poster.
    pub bins: &'a [BinData<'a>],
    /// The code of its web page.
    pub qr: Option<&'a Qr>,
    /// All settings of the layout, with the theme's defaults for those that the page leaves out.
    pub options: &'a serde_json::Map<String, Value>,
    /// What it is printed for: `colour` or `office`.
    pub edition: Edition,
    /// Signs in its texts that no font has and the theme draws.
    pub signs: &'a str,
    /// What is written across a sheet that must not hang yet: 草稿 or 待审.
    pub mark: Option<&'static str>,
    /// Which of several sheets it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub portion: Option<PortionData>,
}

/// Which of several sheets of a poster it is.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct PortionData {
    /// Which one, from 1; 0 where all are set together.
    pub number: usize,
    /// How many there are.
    pub of: usize,
    /// The size of its type, in steps above the least.
    pub step: usize,
    /// How much of a sheet's height the words take at most.
    pub low: f64,
    /// Whether it is a letter as offices send them; else it keeps the colours of its sheet.
    pub letter: bool,
}

/// What a layout is to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// Set the sheet.
    Set,
    /// Say only whether it fits at the floor size.
    Measure,
}

/// A sheet; lengths in mm.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SheetData {
    /// The whole width.
    pub width: Millimetres,
    /// The whole height.
    pub height: Millimetres,
    /// What can be seen, centred in the whole.
    pub visible: Size,
    /// How far the ground runs on beyond the cut on each side.
    pub bleed: Millimetres,
    /// The pixels of a screen.
    pub screen: Option<Pixels>,
}

/// The size of a screen in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Pixels {
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
}

impl SheetData {
    /// Describes `area`.
    pub fn of(area: &Area) -> Self {
        let size = area.size();
        let screen = match *area {
            Area::Sheet { .. } => None,
            Area::Screen {
                width_px,
                height_px,
                ..
            } => Some(Pixels {
                width: width_px,
                height: height_px,
            }),
        };
        Self {
            width: size.width,
            height: size.height,
            visible: area.visible(),
            bleed: 0.0,
            screen,
        }
    }
}

/// Who speaks on a sheet.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "named as in the settings")]
pub struct SiteData<'a> {
    pub title: &'a str,
    pub organisation: &'a str,
    pub city: Option<&'a str>,
    pub phone: Option<&'a str>,
    pub address: Option<&'a str>,
    pub hours: Option<&'a str>,
}

impl<'a> SiteData<'a> {
    /// Takes what sheets show of the settings.
    pub fn of(settings: &'a Settings) -> Self {
        Self {
            title: &settings.title,
            organisation: &settings.organisation,
            city: settings.city.as_deref(),
            phone: settings.contact.phone.as_deref(),
            address: settings.contact.address.as_deref(),
            hours: settings.contact.hours.as_deref(),
        }
    }
}

/// A page as its poster shows it.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "named as in the front matter")]
pub struct PageData<'a> {
    pub id: &'a str,
    pub title: &'a str,
    /// The title's width in em, about.
    pub title_em: f64,
    /// The ways to break the title, by the number of lines from one to four.
    pub title_lines: &'a Ways,
    pub lead: Option<&'a str>,
    /// The ways to break the lead.
    pub lead_lines: &'a Ways,
    /// The title in a few words, for passers-by.
    pub short: Option<&'a str>,
    /// The ways to break it.
    pub short_lines: &'a Ways,
    /// A number that may be set as large as a picture.
    pub figure: Option<&'a BigFigure>,
    /// Skeleton and ground that set it apart from its neighbours.
    pub design: Option<DesignData>,
    pub topic: Option<&'a str>,
    /// A number that follows from the id, for what varies from sheet to sheet.
    pub seed: u32,
    pub date: Option<Day>,
    pub expires: Option<Day>,
    pub notice: Option<NoticeData<'a>>,
    pub event: Option<EventData<'a>>,
    pub picture: Option<PictureData<'a>>,
    pub campaign: Option<CampaignData<'a>>,
    pub figures: Vec<FigureData<'a>>,
    pub month: Option<MonthData>,
}

/// A span of days with its stages.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "named as in the front matter")]
pub struct CampaignData<'a> {
    pub from: Day,
    pub to: Day,
    pub stages: Vec<StageData<'a>>,
}

/// One stage of a staged work plan; who is in charge only where the site publishes names.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "named as in the front matter")]
pub struct StageData<'a> {
    pub title: &'a str,
    pub due: Day,
    pub text: Option<&'a str>,
    pub who: Option<&'a str>,
    pub done: Option<Day>,
}

/// A result in figures.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "named as in the front matter")]
pub struct FigureData<'a> {
    pub label: &'a str,
    pub value: &'a str,
    pub unit: Option<&'a str>,
    pub before: Option<&'a str>,
    pub source: Option<&'a str>,
}

/// What makes a page a notice.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "named as in the front matter")]
pub struct NoticeData<'a> {
    pub kind: &'static str,
    pub number: Option<&'a str>,
    pub signed: &'a str,
    pub objections: Option<&'a str>,
    pub official: bool,
    pub posting: Option<PostingData>,
}

/// A posting period with all its days.
#[derive(Debug, Serialize)]
pub struct PostingData {
    /// First day.
    pub first: Day,
    /// Last day.
    pub last: Day,
    /// How many working days were asked for, where it was asked in these.
    pub working_days: Option<u32>,
    /// How many days of the calendar were asked for, where it was asked in these.
    pub calendar_days: Option<u32>,
    /// Every day of it.
    pub days: Vec<PostingDay>,
}

/// One day of a posting period.
#[derive(Debug, Serialize)]
pub struct PostingDay {
    /// The day.
    pub date: Day,
    /// Whether people work on it.
    pub works: bool,
    /// Whether it counts towards the period.
    pub counts: bool,
}

/// When and where something takes place.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "named as in the front matter")]
pub struct EventData<'a> {
    pub date: Day,
    pub until: Option<Day>,
    pub time: Option<&'a str>,
    pub place: Option<&'a str>,
}

/// A picture.
#[derive(Debug, Serialize)]
pub struct PictureData<'a> {
    /// Its path in the layouts' world.
    pub path: &'a str,
    /// What it shows.
    pub alt: &'a str,
    /// Where what matters stands in it: shares of its width and height.
    pub focus: Option<[f64; 2]>,
}

/// A bin of a sorting poster.
#[derive(Debug, Serialize)]
pub struct BinData<'a> {
    /// Its name in tokens and file names.
    pub key: &'static str,
    /// What it is called here.
    pub name: &'a str,
    /// Its English name by the national standard.
    pub english: &'static str,
    /// What cities call it.
    pub also: Vec<&'static str>,
    /// What goes into it.
    pub items: Vec<ItemData<'a>>,
}

/// A thing in a bin.
#[derive(Debug, Serialize)]
pub struct ItemData<'a> {
    /// Its name.
    pub name: &'a str,
    /// What to do with it first.
    pub first: Option<&'a str>,
}

impl<'a> PosterData<'a> {
    /// Puts the data of one sheet together.
    pub(super) fn new(mode: Mode, site: &'a Site, spot: &Spot, parts: Parts<'a>) -> Self {
        Self {
            version: VERSION,
            mode,
            language: &site.settings.language,
            sheet: SheetData {
                bleed: spot.look.bleed,
                ..SheetData::of(&spot.area)
            },
            distance: spot.distance,
            light: match spot.light {
                Light::Good => "good",
                Light::Poor => "poor",
            },
            glass: spot.glass,
            tokens: parts.tokens,
            phrases: parts.phrases,
            site: SiteData::of(&site.settings),
            page: page_data(site, &parts),
            body: parts.body,
            bins: parts.bins,
            qr: parts.qr,
            options: parts.options,
            edition: spot.look.edition,
            signs: parts.signs,
            mark: mark(site, parts.page),
            portion: spot.portion.map(|it| PortionData {
                number: it.number,
                of: it.of,
                step: 0,
                low: 1.0,
                letter: parts.page.is_stamped(),
            }),
        }
    }
}

/// What of a sheet's data does not depend on its spot.
pub(super) struct Parts<'a> {
    pub(super) tokens: &'a RawValue,
    pub(super) phrases: &'a RawValue,
    pub(super) page: &'a Page,
    pub(super) lead: Option<&'a str>,
    pub(super) short: Option<&'a str>,
    pub(super) figure: Option<&'a BigFigure>,
    pub(super) design: Option<DesignData>,
    pub(super) picture: Option<&'a str>,
    pub(super) body: &'a Document,
    pub(super) bins: &'a [BinData<'a>],
    pub(super) qr: Option<&'a Qr>,
    pub(super) breaks: &'a Breaks,
    pub(super) signs: &'a str,
    pub(super) options: &'a serde_json::Map<String, Value>,
    /// Whether the layout wants the days of the page's month.
    pub(super) wants_month: bool,
}

fn page_data<'a>(site: &'a Site, parts: &Parts<'a>) -> PageData<'a> {
    let page = parts.page;
    let language = site.settings.message_language();
    let day = |date: Option<Date>| date.map(|date| Day::of(date, language));
    let alt = page.picture.as_ref().map(|picture| picture.alt.as_str());
    let focus = page.picture.as_ref().and_then(|picture| picture.focus);
    let focus = focus.map(|at| [f64::from(at.x) / 1000.0, f64::from(at.y) / 1000.0]);
    PageData {
        id: &page.id,
        title: &page.title,
        title_em: parts.breaks.title_em,
        title_lines: &parts.breaks.title,
        lead: parts.lead,
        lead_lines: &parts.breaks.lead,
        short: parts.short,
        short_lines: &parts.breaks.short,
        figure: parts.figure,
        design: parts.design.clone(),
        topic: page.topic(),
        seed: seed(&page.id),
        date: day(page.date),
        expires: day(page.expires),
        notice: page.notice.as_ref().map(|notice| notice_data(site, notice)),
        event: page.event.as_ref().map(|event| event_data(event, language)),
        picture: parts
            .picture
            .zip(alt)
            .map(|(path, alt)| PictureData { path, alt, focus }),
        campaign: (page.campaign.as_ref()).map(|campaign| campaign_data(site, campaign)),
        figures: page.figures.iter().map(figure_data).collect(),
        month: (page.date)
            .filter(|_| parts.wants_month)
            .map(|date| MonthData::of(site, date)),
    }
}

fn campaign_data<'a>(site: &Site, campaign: &'a Campaign) -> CampaignData<'a> {
    let language = site.settings.message_language();
    let stage = |stage: &'a Stage| StageData {
        title: &stage.title,
        due: Day::of(stage.due, language),
        text: stage.text.as_deref(),
        who: (stage.who.as_deref()).filter(|_| site.settings.publish_names),
        done: stage.done.map(|date| Day::of(date, language)),
    };
    CampaignData {
        from: Day::of(campaign.from, language),
        to: Day::of(campaign.to, language),
        stages: campaign.stages.iter().map(stage).collect(),
    }
}

fn figure_data(figure: &Figure) -> FigureData<'_> {
    FigureData {
        label: &figure.label,
        value: &figure.value,
        unit: figure.unit.as_deref(),
        before: figure.before.as_deref(),
        source: figure.source.as_deref(),
    }
}

/// What is written across the sheet of a page that is not approved.
pub(super) fn mark(site: &Site, page: &Page) -> Option<&'static str> {
    let language = site.settings.message_language();
    match (page.approval, language) {
        (Approval::Approved, _) => None,
        (Approval::Draft, Language::Chinese) => Some("草稿"),
        (Approval::Draft, Language::English) => Some("DRAFT"),
        (Approval::Review, Language::Chinese) => Some("待审"),
        (Approval::Review, Language::English) => Some("NOT APPROVED"),
    }
}

fn notice_data<'a>(site: &'a Site, notice: &'a Notice) -> NoticeData<'a> {
    NoticeData {
        kind: notice.kind.name(),
        number: notice.number.as_deref(),
        signed: notice
            .signed
            .as_deref()
            .unwrap_or(&site.settings.organisation),
        objections: notice.objections.as_deref(),
        official: notice.is_official(),
        posting: notice.posting.map(|posting| posting_data(site, posting)),
    }
}

fn posting_data(site: &Site, posting: Posting) -> PostingData {
    let language = site.settings.message_language();
    let first_day_counts = site.settings.rotation.first_day_counts;
    let day = |date: Date| {
        let works = site.calendar.works(date);
        PostingDay {
            date: Day::of(date, language),
            works,
            counts: (date != posting.first || first_day_counts)
                && (works || posting.working_days.is_none()),
        }
    };
    PostingData {
        first: Day::of(posting.first, language),
        last: Day::of(posting.last, language),
        working_days: posting.working_days,
        calendar_days: posting.calendar_days,
        days: posting
            .first
            .series(jiff::ToSpan::day(1))
            .take_while(|date| *date <= posting.last)
            .map(day)
            .collect(),
    }
}

fn event_data(event: &Event, language: Language) -> EventData<'_> {
    EventData {
        date: Day::of(event.date, language),
        until: event.until.map(|date| Day::of(date, language)),
        time: event.time.as_deref(),
        place: event.place.as_deref(),
    }
}

/// Returns the bins that the page's poster shows: one, or all four where it names items; each
/// with the items that the page names.
pub(super) fn bins<'a>(site: &'a Site, page: &Page) -> Vec<BinData<'a>> {
    let named = |bin: Bin| {
        let items = page.items.iter().filter_map(|name| site.item(name));
        items.filter(move |item| item.bin == bin)
    };
    let shown: &[Bin] = match &page.bin {
        Some(bin) => std::slice::from_ref(bin),
        None if page.items.is_empty() => &[],
        None => &Bin::FOUR,
    };
    shown
        .iter()
        .map(|bin| bin_data(&site.settings, *bin, named(*bin)))
        .collect()
}

fn bin_data<'a>(
    settings: &'a Settings,
    bin: Bin,
    items: impl Iterator<Item = &'a crate::site::SortingItem>,
) -> BinData<'a> {
    let item = |item: &'a crate::site::SortingItem| ItemData {
        name: &item.name,
        first: item.first.as_deref(),
    };
    let own = settings.bin_name(bin);
    BinData {
        key: bin.key(),
        name: settings.bin_name(bin),
        english: english(bin),
        also: bin
            .city_names()
            .map(|(_, name)| name)
            .filter(|name| *name != own)
            .collect(),
        items: items.map(item).collect(),
    }
}

/// Returns the English name by GB/T 19095-2019, which knows the four bins; our words for the
/// others.
fn english(bin: Bin) -> &'static str {
    match bin {
        Bin::Recyclable => "Recyclable",
        Bin::Hazardous => "Hazardous Waste",
        Bin::Food => "Food Waste",
        Bin::Residual => "Residual Waste",
        Bin::Bulky => "Bulky Waste",
        Bin::Renovation => "Renovation Waste",
    }
}

fn seed(id: &str) -> u32 {
    let digest = Sha256::digest(id);
    // 31 bits: a positive number in any layout's arithmetic.
    u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]]) >> 1
}

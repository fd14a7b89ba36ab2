//! `greenboard.yaml`.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use moxcms::ColorProfile;

use super::given::GivenOption;
use super::sorting::{Bin, BinLook};
use crate::area::{Millimetres, Size};
use crate::calendar::NamedSeason;
use crate::diag::{Language, Span, Spanned};
use crate::read::DaysAs;

/// The site's settings.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The site's name.
    pub title: String,
    /// Who speaks: the committee's full name.
    pub organisation: String,
    /// One sentence about the site.
    pub description: String,
    /// The city, for what differs from city to city.
    pub city: Option<String>,
    /// The address of the site, ending in `/`; without one no QR codes are printed.
    pub base_url: Option<String>,
    /// The language tag of pages and sheets, such as `zh-CN`.
    pub language: String,
    /// Where it is said, or where the file begins.
    pub language_span: Span,
    /// The further languages of the website.
    pub languages: Vec<FurtherLanguage>,
    /// The time zone that decides which day it is.
    pub timezone: TimeZone,
    /// The theme's name.
    pub theme: Spanned<String>,
    /// What the theme's options are set to; which there are, the theme knows.
    pub theme_options: Vec<GivenOption>,
    /// Where the website is registered.
    pub filing: Filing,
    /// How residents reach the committee.
    pub contact: Contact,
    /// How posters rotate.
    pub rotation: Rotation,
    /// How posters are printed.
    pub printing: Printing,
    /// What the site calls some days of the year, such as its own 供暖期.
    pub seasons: Vec<NamedSeason>,
    /// The topics that pages may name: those of every site and the site's own.
    pub topics: Vec<super::topic::Topic>,
    /// How the website is laid out.
    pub website: super::website::Website,
    /// Whether fonts of the machine stand in where neither the site nor the theme has what is
    /// wanted: sheets then differ from machine to machine.
    pub machine_fonts: bool,
    /// Where things can go in the city, in the order in which bins stand.
    pub bins: Vec<Bin>,
    /// What the city calls them and how they look, where it is not as everywhere.
    pub bin_looks: BTreeMap<Bin, BinLook>,
    /// Whether names of keepers and people in charge are published.
    pub publish_names: bool,
    /// How the website is made ready for visitors.
    pub delivery: Delivery,
    /// Who works on the boards; where it is given, other names in charge are mistakes.
    pub people: Vec<Person>,
    /// The shops that print and mount.
    pub shops: Vec<Shop>,
    /// Where the file begins.
    pub span: Span,
}

impl Settings {
    /// Returns the language of messages.
    pub fn message_language(&self) -> Language {
        Language::from_tag(&self.language).unwrap_or_default()
    }

    /// Returns what days of the site's files are read by.
    pub fn days_as(&self, today: Date) -> DaysAs {
        DaysAs {
            zone: Some(self.timezone.clone()),
            today: Some(today),
        }
    }

    /// Returns what a bin is called in the site's language.
    pub fn bin_name(&self, bin: Bin) -> &str {
        let look = self.bin_looks.get(&bin);
        let own = look.and_then(|look| look.name.as_deref());
        own.unwrap_or(bin.name())
    }

    /// Understands the name of a bin: the site's own, the standard's, a city's or its key.
    pub fn bin(&self, word: &str) -> Option<Bin> {
        let own = Bin::ALL.into_iter().find(|bin| self.bin_name(*bin) == word);
        own.or_else(|| Bin::from_word(word))
    }
}

/// A further language of the website, with what the site is called in it: `languages:` in the
/// settings. What is absent is said as in the main language.
#[derive(Debug, Clone, PartialEq)]
pub struct FurtherLanguage {
    /// The tag, such as `en`: in file names, and the website's folder.
    pub tag: String,
    /// The site's name.
    pub title: Option<String>,
    /// Who speaks.
    pub organisation: Option<String>,
    /// One sentence about the site.
    pub description: Option<String>,
    /// The city.
    pub city: Option<String>,
    /// Address.
    pub address: Option<String>,
    /// Office hours.
    pub hours: Option<String>,
    /// Names of topics.
    pub topics: Vec<super::topic::Topic>,
    /// Names of taxonomies and of their terms.
    pub taxonomies: Vec<super::website::Taxonomy>,
    /// Where it is listed.
    pub span: Span,
}

/// How residents reach the committee.
#[derive(Debug, Clone, Default)]
pub struct Contact {
    /// Telephone.
    pub phone: Option<String>,
    /// Address.
    pub address: Option<String>,
    /// Office hours.
    pub hours: Option<String>,
}

/// 备案: where a website in China is registered; its number stands at the foot of every page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filing {
    /// Of the ministry of industry, such as 沪ICP备12345678号-1.
    pub icp: Option<String>,
    /// Of the police, such as 沪公网安备31010602000001号.
    pub police: Option<String>,
}

/// How the website is made ready for visitors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delivery {
    /// What of the theme's fonts visitors load.
    pub web_fonts: WebFonts,
    /// Whether packed copies stand beside text files.
    pub compress: bool,
    /// Whether each page has a picture for those who pass it on.
    pub share_pictures: bool,
    /// Whether one can search it.
    pub search: bool,
    /// Whether each page has a short address, which QR codes carry.
    pub short_addresses: bool,
}

impl Default for Delivery {
    fn default() -> Self {
        Self {
            web_fonts: WebFonts::default(),
            compress: false,
            share_pictures: true,
            search: true,
            short_addresses: true,
        }
    }
}

/// What of the theme's fonts visitors load.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WebFonts {
    /// The font of titles; text is set in what the device has.
    #[default]
    Titles,
    /// The fonts of titles and text.
    All,
    /// None.
    None,
}

/// How posters rotate.
#[derive(Debug, Clone)]
pub struct Rotation {
    /// In how many of a board's periods after it hung a poster may not return.
    pub repeat_after: usize,
    /// Whether the day on which a posting period begins counts; by default it does not.
    pub first_day_counts: bool,
    /// The day on which the site's boards were first hung, where it is known: nothing is planned
    /// before it.
    pub begins: Option<Date>,
    /// After so many days without anything new a board counts as neglected; 0 for never.
    pub renew: i32,
    /// So many days earlier or later an evergreen may change where its keeper comes by anyway: what
    /// a trip is worth. 0 lets every change be on its own day.
    pub join: i32,
    /// What the planner weighs.
    pub weights: Weights,
    /// How long things must be posted here, besides what the program knows.
    pub posting: Vec<PostingRule>,
}

/// How long what a notice is about must be posted, or told before: `rotation.posting`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostingRule {
    /// Words of the title, one of which is enough.
    pub about: Vec<String>,
    /// How long.
    pub term: Term,
    /// Where that is written.
    pub source: String,
}

/// How long a notice must be posted at least.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Term {
    /// So many days of the calendar.
    Days(u32),
    /// So many working days.
    WorkingDays(u32),
    /// It is dated so many days before what it calls to.
    Before(u32),
}

/// What the planner weighs, in points: `rotation.weights:` in the settings.
///
/// The hard rules are no weights: nothing buys a breach of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weights {
    /// One step of priority, in one period.
    pub priority: i64,
    /// How many times priority counts within a campaign that pulls the topic forward.
    pub season: i64,
    /// A guide that hangs for a period out of its season; for some days of it, their share.
    pub off_season: i64,
    /// The first time that a board shows a poster.
    pub first_show: i64,
    /// A guide beside a notice of its topic on one board, for a period; for some days of it, their
    /// share.
    pub beside: i64,
    /// Each showing of one topic on a board beyond its fair share of the planned days.
    pub topic_excess: i64,
    /// Each day of a slot that a topic lacks of its least share of a quarter.
    pub share: i64,
    /// A slot that stays empty for a period; for some days of it, their share.
    pub empty: i64,
    /// One yuan of printing.
    pub yuan: i64,
    /// A hanging of the published plan that stays as it is. A change of the next days costs up
    /// to four times as much.
    pub keep: i64,
    /// A notice that came after the plan was published, on its first board, once more for each
    /// step of priority.
    pub notice: i64,
}

impl Default for Weights {
    /// Weighed on the sample and on the instances of `tests/rotation`.
    fn default() -> Self {
        Self {
            priority: 4,
            season: 3,
            off_season: 900,
            first_show: 6,
            beside: 6,
            topic_excess: 2,
            share: 2,
            empty: 1000,
            yuan: 2,
            keep: 20,
            notice: 100,
        }
    }
}

/// 分: a hundredth of a yuan.
pub type Fen = i64;

/// Someone who works on the boards: `people:` in the settings. Not published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The name.
    pub name: String,
    /// What they do, such as 宣传员.
    pub role: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
}

/// A shop that prints or mounts: `shops:` in the settings. Not published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shop {
    /// Its name.
    pub name: String,
    /// What it makes, such as 写真、KT板.
    pub makes: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
}

/// How posters are printed: `print:` in the settings.
#[derive(Debug, Clone, PartialEq)]
pub struct Printing {
    /// The largest paper of the office's own printer, upright. What is larger is set for a print
    /// shop, and in tiles for this paper.
    pub paper: Size,
    /// How far neighbouring tiles lie on each other, in mm.
    pub overlap: Millimetres,
    /// How far grounds run on beyond the cut of what goes to a print shop, in mm.
    pub bleed: Millimetres,
    /// What large pictures are printed on; a larger one is cut into pieces.
    pub material: Material,
    /// Whether what goes to a print shop is in the four inks of its press.
    pub cmyk: bool,
    /// The profile of the shop's press.
    pub profile: Option<Profile>,
    /// Whether type becomes outlines for the shop.
    pub outlines: bool,
    /// How far grounds run on beyond the cut of pictures, in mm.
    pub picture_bleed: Millimetres,
    /// What a printed sheet costs.
    pub prices: Prices,
    /// Where the money comes from, such as 社区宣传经费.
    pub funds: Option<String>,
    /// What may be spent on printing in a month.
    pub budget: Option<Fen>,
}

/// What printed sheets cost: `print.prices:` in the settings.
#[derive(Debug, Clone, PartialEq)]
pub struct Prices {
    /// Prices of a sheet by its size, upright; the smallest that a sheet lies on counts.
    pub sheets: Vec<(Size, Fen)>,
    /// The price of a square metre, for what is larger than all of these.
    pub square_metre: Fen,
}

impl Default for Prices {
    /// What a copy shop of a Chinese city asks for colour in 2026: an assumption that a site
    /// should replace by its own.
    fn default() -> Self {
        Self {
            sheets: vec![
                (Size::new(210.0, 297.0), 100),
                (Size::new(297.0, 420.0), 200),
                (Size::new(420.0, 594.0), 1500),
            ],
            square_metre: 4000,
        }
    }
}

impl Prices {
    /// Returns the price of one sheet of `size`.
    pub fn of(&self, size: &Size) -> Fen {
        let listed = self.sheets.iter().filter(|(sheet, _)| size.lies_on(sheet));
        let listed = listed.map(|(_, price)| *price).min();
        listed.unwrap_or_else(|| self.by_area(size))
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "a sheet has far less than 2^63 mm², and a price is far below 2^53"
    )]
    fn by_area(&self, size: &Size) -> Fen {
        let square_mm = (size.width * size.height).round() as i64;
        square_mm.saturating_mul(self.square_metre) / 1_000_000
    }
}

/// 色彩特性文件: an ICC profile of a press.
#[derive(Debug, Clone)]
pub struct Profile {
    /// The file's name without its ending.
    pub name: String,
    /// The file.
    pub bytes: Arc<[u8]>,
    /// The file, read.
    pub colours: Arc<ColorProfile>,
}

impl PartialEq for Profile {
    fn eq(&self, other: &Self) -> bool {
        (&self.name, &self.bytes) == (&other.name, &other.bytes)
    }
}

/// What a shop prints large pictures on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Material {
    /// 板: foam or plastic board of 1.2 × 2.4 m.
    #[default]
    Board,
    /// 卷: film or cloth off a roll 1.5 m wide.
    Roll,
}

impl Material {
    /// Returns how wide and how long it is, in mm.
    ///
    /// Source: the sizes that Chinese shops stock.
    pub fn size(self) -> (Millimetres, Millimetres) {
        match self {
            Self::Board => (1200.0, 2400.0),
            Self::Roll => (1500.0, f64::INFINITY),
        }
    }
}

impl Default for Printing {
    /// An A3 printer; 10 mm to glue; 3 mm of bleed, as most print shops ask for.
    fn default() -> Self {
        Self {
            paper: Size::new(297.0, 420.0),
            overlap: 10.0,
            bleed: 3.0,
            material: Material::Board,
            cmyk: false,
            profile: None,
            picture_bleed: 0.0,
            outlines: false,
            prices: Prices::default(),
            funds: None,
            budget: None,
        }
    }
}

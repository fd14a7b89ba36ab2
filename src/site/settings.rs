//! `greenboard.yaml`.

use std::sync::Arc;

use jiff::tz::TimeZone;
use moxcms::ColorProfile;

use crate::area::{Millimetres, Size};
use crate::diag::{Language, Span};

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
    /// The time zone that decides which day it is.
    pub timezone: TimeZone,
    /// The theme's name.
    pub theme: String,
    /// How residents reach the committee.
    pub contact: Contact,
    /// How posters rotate.
    pub rotation: Rotation,
    /// How posters are printed.
    pub printing: Printing,
    /// The topics that pages may name: those of every site and the site's own.
    pub topics: Vec<super::topic::Topic>,
    /// Whether fonts of the machine stand in where neither the site nor the theme has what is
    /// wanted: sheets then differ from machine to machine.
    pub machine_fonts: bool,
    /// Whether names of keepers and people in charge are published.
    pub publish_names: bool,
    /// Where the file begins.
    pub span: Span,
}

impl Settings {
    /// Returns the language of messages.
    pub fn message_language(&self) -> Language {
        Language::from_tag(&self.language).unwrap_or_default()
    }
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

/// How posters rotate.
#[derive(Debug, Clone)]
pub struct Rotation {
    /// In how many of a board's periods after it hung a poster may not return.
    pub repeat_after: usize,
    /// Whether the day on which a posting period begins counts; by default it does not.
    pub first_day_counts: bool,
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
            outlines: false,
        }
    }
}

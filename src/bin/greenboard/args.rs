//! The command line: what can be asked for.
//!
//! The doc comments are the help in English; `help.zh.yaml` holds it in Chinese, and a test
//! keeps the two in step.

use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{ArgAction, Parser, Subcommand, ValueEnum};
use greenboard::calendar::Period;
use greenboard::diag::Language;
use greenboard::import::As;
use greenboard::render::Output;
use greenboard::render::web::Visibility;
use greenboard::share::What;
use greenboard::site;
use greenboard::starter::Kind;
use jiff::civil::Date;

use crate::values::{date, language, month, period, url, year};

/// Markdown in; a community's website, notice-board posters and rotation plan out
#[derive(Debug, Parser)]
#[command(
    name = "greenboard",
    version,
    disable_help_subcommand = true,
    disable_help_flag = true,
    disable_version_flag = true
)]
pub struct Args {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What every command takes.
#[derive(Debug, clap::Args)]
pub struct Global {
    /// The site's folder [default: the nearest one upward with a greenboard.yaml]
    #[arg(display_order = 101, long, global = true, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// The day to build for, such as 2026-11-23 [default: today]
    #[arg(display_order = 102, long, global = true, value_name = "DATE", value_parser = date)]
    pub today: Option<Date>,
    /// Say only what is wrong
    #[arg(display_order = 103, short, long, global = true)]
    pub quiet: bool,
    /// Print one JSON object for machines
    #[arg(display_order = 104, long, global = true)]
    pub json: bool,
    /// The language of messages: zh or en [default: the site's]
    #[arg(display_order = 105, long, global = true, value_parser = language, value_name = "LANG")]
    pub lang: Option<Language>,
    /// Print help
    #[arg(display_order = 106, short, long, global = true, action = ArgAction::Help)]
    help: Option<bool>,
    /// Print version
    #[arg(display_order = 107, short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
}

/// What to do; without a command, build.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Build website, prints and plan
    Build(Build),
    /// Check everything and write nothing
    Check(Check),
    /// Show what hangs where and when
    Plan(Plan),
    /// Pin a poster, take one off, or put a board out of use for some days
    Change(Change),
    /// Gather all that an urgent notice takes: who hangs it where, its sheets, its words
    Urgent(Urgent),
    /// Enter in the ledger what was hung, by whom, with photos
    Post(Post),
    /// Take lines of one number in the ledger out of each other's way
    Ledger(Ledger),
    /// Show what should hang now, what is overdue and what runs out
    Status(Status),
    /// Preview in the browser, following every change
    Serve(Serve),
    /// Start a site of your own
    Init(Init),
    /// Create a notice, guide, board, campaign or theme to fill in
    New(New),
    /// Bring in Word, Excel, pictures, pasted text and folders of other generators
    Import(Import),
    /// Take back the last change that a command made in your files
    Undo(Undo),
    /// Print a JSON Schema of what staff write, for editors
    Schema(Schema),
    /// Write the brief of a month for the office above
    Report(Report),
    /// Put a year's evidence together for the inspector
    Archive(Archive),
    /// Write the sheet for a colleague who takes over
    Handover(Handover),
    /// Make what goes to the WeChat account, to groups and screens
    Share(Share),
}

impl Default for Command {
    fn default() -> Self {
        Self::Build(Build::default())
    }
}

#[derive(Debug, Default, clap::Args)]
pub struct Check {
    /// Mend what can be mended without asking, and show each line that changed
    #[arg(long)]
    pub fix: bool,
    /// With --fix: show the changes and write nothing
    #[arg(long, requires = "fix")]
    pub dry_run: bool,
}

#[derive(Debug, Default, clap::Args)]
pub struct Undo {}

#[derive(Debug, Default, clap::Args)]
pub struct Ledger {
    /// Make later lines of one number remarks, or give them a number of their own
    #[arg(long)]
    pub repair: bool,
}

#[derive(Debug, Default, clap::Args)]
pub struct Build {
    /// A month to print, such as 2026-12; may be repeated [default: this month, from the 20th the next too]
    #[arg(long, value_name = "MONTH", value_parser = month)]
    pub month: Vec<Period>,
    /// The only output to make
    #[arg(long, value_enum)]
    pub only: Option<Only>,
    /// Where the website goes [default: public]
    #[arg(long, value_name = "DIR")]
    pub public: Option<PathBuf>,
    /// Where the prints go [default: print]
    #[arg(long, value_name = "DIR")]
    pub print: Option<PathBuf>,
    /// Show on the website what nobody has approved yet, with a mark
    #[arg(long)]
    pub drafts: bool,
    /// Show on the website what has not begun yet
    #[arg(long)]
    pub future: bool,
}

#[derive(Debug, clap::Args)]
pub struct Plan {
    /// A month such as 2026-12, or a board's own period [default: all that is planned]
    #[arg(value_parser = period)]
    pub period: Option<Period>,
    /// Write the plan to plan.lock.yaml: from then on it is what is carried out
    #[arg(long)]
    pub publish: bool,
    /// Choose anew what is published for days to come, where that pays
    #[arg(long, conflicts_with_all = ["why", "insert"])]
    pub anew: bool,
    /// Find room for this urgent page, moving as few sheets as can be
    #[arg(long, value_name = "FILE", conflicts_with = "why")]
    pub insert: Option<PathBuf>,
    /// Tell why a slot shows what it shows, such as east-gate/3
    #[arg(long, value_name = "BOARD/SLOT")]
    pub why: Option<String>,
}

#[derive(Debug, clap::Args)]
pub struct Change {
    /// What is to be otherwise
    #[arg(value_enum)]
    pub how: How,
    /// The page to pin or to take off, by file or id
    pub poster: Option<String>,
    /// The board or the slot, such as east-gate or east-gate/3 [default for what is off: all boards]
    #[arg(long, value_name = "BOARD/SLOT")]
    pub at: Option<String>,
    /// From which day on, such as 2026-12-01 [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub from: Option<Date>,
    /// To which day, such as 2026-12-31
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub to: Date,
    /// Who decided it
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
}

/// What is to be otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum How {
    /// The poster hangs in the slot
    Pin,
    /// The poster hangs nowhere, or not on the board
    Off,
    /// The board or the slot is out of use
    Closed,
}

#[derive(Debug, clap::Args)]
pub struct Urgent {
    /// The notice, by file or id
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

#[derive(Debug, clap::Args)]
pub struct Post {
    /// The period that was hung, such as 2026-12, or the file that a phone sent from the round
    #[arg(value_name = "PERIOD|FILE", value_parser = posted, required_unless_present_any = ["correct", "lost"])]
    pub what: Option<Posted>,
    /// A board that was changed; may be repeated [default: all]
    #[arg(long, value_name = "BOARD")]
    pub board: Vec<String>,
    /// The day of the change-over, such as 2026-12-03 [default: as planned]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub on: Option<Date>,
    /// Who hung it
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// What differed from the plan, such as east-gate/3=living/tap, or east-gate/3=- for nothing; may be repeated
    #[arg(long, value_name = "BOARD/SLOT=POSTER")]
    pub except: Vec<String>,
    /// A photo, such as east-gate=IMG_1.jpg, from afar first; may be repeated
    #[arg(long, value_name = "BOARD=FILE")]
    pub photo: Vec<String>,
    /// A folder of photos, shared out among the boards in walking order
    #[arg(long, value_name = "DIR")]
    pub photos: Option<PathBuf>,
    /// What is to be remembered
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
    /// Correct the ledger line of this id: with --poster, --never or --until
    #[arg(long, value_name = "ID")]
    pub correct: Option<String>,
    /// Correction: the poster that hung in truth
    #[arg(long, value_name = "POSTER", requires = "correct")]
    pub poster: Option<String>,
    /// Correction: it never hung
    #[arg(long, requires = "correct")]
    pub never: bool,
    /// Correction: its true last day
    #[arg(long, value_name = "DATE", value_parser = date, requires = "correct")]
    pub until: Option<Date>,
    /// Sheets lost or spoilt, such as living/tap=2; may be repeated
    #[arg(long, value_name = "POSTER=COPIES")]
    pub lost: Vec<String>,
    /// The size of the lost sheets, such as A3
    #[arg(long, value_name = "SIZE", requires = "lost")]
    pub size: Option<String>,
    /// The slot of the board in which the lost sheets hung, where a poster has several
    #[arg(long, value_name = "SLOT", requires = "lost", requires = "board")]
    pub slot: Option<String>,
}

/// What is entered: a period as planned, or what a phone sent.
#[derive(Debug, Clone)]
pub enum Posted {
    /// A period.
    Period(Period),
    /// A file.
    File(PathBuf),
}

/// Reads a period, or the name of a file.
fn posted(text: &str) -> Result<Posted, &'static str> {
    match period(text) {
        Ok(period) => Ok(Posted::Period(period)),
        Err(_) if text.ends_with(".txt") || PathBuf::from(text).is_file() => {
            Ok(Posted::File(text.into()))
        }
        Err(wrong) => Err(wrong),
    }
}

#[derive(Debug, clap::Args)]
pub struct Status {
    /// A day: what hung on it, by the ledger [default: how things stand today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub on: Option<Date>,
    /// A board; may be repeated [default: all]
    #[arg(long, value_name = "BOARD")]
    pub board: Vec<String>,
}

#[derive(Debug, clap::Args)]
pub struct Schema {
    /// Of what
    #[arg(value_parser = PossibleValuesParser::new(site::Schema::ALL.map(|(name, _)| name)))]
    pub of: String,
}

#[derive(Debug, clap::Args)]
pub struct Report {
    /// The month, such as 2026-11 [default: this month]
    #[arg(long, value_name = "MONTH", value_parser = month)]
    pub month: Option<Period>,
    /// The office's own form, an XLSX, to be filled with the month
    #[arg(long, value_name = "FILE")]
    pub into: Option<PathBuf>,
    #[command(flatten)]
    pub out: Out,
}

#[derive(Debug, clap::Args)]
pub struct Archive {
    /// The year, such as 2026 [default: this year]
    #[arg(value_parser = year)]
    pub year: Option<i16>,
    /// The inspector's scoring table, an XLSX, to be filled
    #[arg(long, value_name = "FILE")]
    pub into: Option<PathBuf>,
    #[command(flatten)]
    pub out: Out,
}

#[derive(Debug, clap::Args)]
pub struct Handover {
    /// Who takes over
    #[arg(long, value_name = "NAME")]
    pub to: Option<String>,
    #[command(flatten)]
    pub out: Out,
}

#[derive(Debug, clap::Args)]
pub struct Share {
    /// What to make [default: all]
    #[arg(value_parser = PossibleValuesParser::new(
        What::ALL.map(What::name).into_iter().chain(["all"])), default_value = "all", hide_default_value = true)]
    pub what: String,
    /// The page, such as notices/2026-12/flue
    pub page: Option<String>,
    /// All that is new in a month, such as 2026-12
    #[arg(long, value_name = "MONTH", value_parser = month, conflicts_with = "page")]
    pub month: Option<Period>,
    /// Where the files go [default: share]
    #[arg(long = "out", value_name = "DIR")]
    pub folder: Option<PathBuf>,
}

/// Where papers go.
#[derive(Debug, clap::Args)]
pub struct Out {
    /// Where the files go [default: archive]
    #[arg(long = "out", value_name = "DIR")]
    pub folder: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub struct Serve {
    /// The port; the next free one where it is taken
    #[arg(long, default_value_t = 1111, hide_default_value = true)]
    pub port: u16,
    /// Open the browser
    #[arg(long)]
    pub open: bool,
    /// Show drafts, and nothing that has not begun yet [default: both]
    #[arg(long)]
    pub drafts: bool,
    /// Show what has not begun yet, and no drafts [default: both]
    #[arg(long)]
    pub future: bool,
    /// Show what everyone sees: neither drafts nor what has not begun
    #[arg(long, conflicts_with_all = ["drafts", "future"])]
    pub published: bool,
}

impl Build {
    /// Returns which pages the website shows.
    pub fn visibility(&self) -> Visibility {
        match (self.drafts, self.future) {
            (false, false) => Visibility::Published,
            (true, false) => Visibility::Drafts,
            (false, true) => Visibility::Future,
            (true, true) => Visibility::Preview,
        }
    }
}

impl Serve {
    /// Returns which pages the preview shows; everything where nothing is asked for.
    pub fn visibility(&self) -> Visibility {
        match (self.drafts, self.future, self.published) {
            (_, _, true) => Visibility::Published,
            (true, false, _) => Visibility::Drafts,
            (false, true, _) => Visibility::Future,
            _ => Visibility::Preview,
        }
    }
}

#[derive(Debug, clap::Args)]
pub struct Init {
    /// The new folder
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// The community's name, such as 石榴园社区
    #[arg(long)]
    pub name: Option<String>,
    /// The city, such as 明州市
    #[arg(long)]
    pub city: Option<String>,
    /// The website's address; posters carry no QR code without one
    #[arg(long, value_parser = url)]
    pub url: Option<String>,
    /// The committee's telephone
    #[arg(long)]
    pub phone: Option<String>,
    /// Where the committee is
    #[arg(long)]
    pub address: Option<String>,
    /// Its office hours
    #[arg(long)]
    pub hours: Option<String>,
    /// The property management's telephone
    #[arg(long)]
    pub property_phone: Option<String>,
    /// Where bulky waste is booked by telephone
    #[arg(long)]
    pub bulky_phone: Option<String>,
    /// No guidance: settings, sections, one board and the form of one notice
    #[arg(long)]
    pub empty: bool,
}

#[derive(Debug, clap::Args)]
pub struct New {
    /// What to write
    #[arg(value_enum)]
    pub kind: NewKind,
    /// Its title
    pub title: String,
    /// The file's name without ending [default: spelt from the title]
    #[arg(long)]
    pub slug: Option<String>,
    /// The topic, such as water
    #[arg(long)]
    pub topic: Option<String>,
    /// Its first day [default: today]
    #[arg(long, value_parser = date)]
    pub date: Option<Date>,
}

#[derive(Debug, clap::Args)]
pub struct Import {
    /// The files or folders [default: what is pasted to standard input]
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Show what would be written, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// What it is to become [default: told by what is in it]
    #[arg(long = "as", value_enum, value_name = "KIND")]
    pub kind: Option<ImportKind>,
    /// The new file's name without ending [default: spelt from the title]
    #[arg(long)]
    pub slug: Option<String>,
    /// Take the picture of a red seal too
    #[arg(long)]
    pub seal: bool,
}

/// What a file becomes that is brought in; Chinese words are taken as well.
#[derive(Debug, Clone, Copy)]
pub enum ImportKind {
    Notice,
    Guide,
    Items,
    Data,
}

impl ValueEnum for ImportKind {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Notice, Self::Guide, Self::Items, Self::Data]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let (name, chinese) = match self {
            Self::Notice => ("notice", "通知"),
            Self::Guide => ("guide", "指南"),
            Self::Items => ("items", "物品"),
            Self::Data => ("data", "数据"),
        };
        Some(PossibleValue::new(name).alias(chinese))
    }
}

impl From<ImportKind> for As {
    fn from(kind: ImportKind) -> Self {
        match kind {
            ImportKind::Notice => Self::Notice,
            ImportKind::Guide => Self::Guide,
            ImportKind::Items => Self::Items,
            ImportKind::Data => Self::Data,
        }
    }
}

/// One of the outputs.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Only {
    Web,
    Print,
}

impl From<Only> for Output {
    fn from(only: Only) -> Self {
        match only {
            Only::Web => Self::Web,
            Only::Print => Self::Print,
        }
    }
}

/// What `new` makes; Chinese words are taken as well.
#[derive(Debug, Clone, Copy)]
pub enum NewKind {
    Notice,
    Guide,
    Board,
    Campaign,
    Theme,
}

impl ValueEnum for NewKind {
    fn value_variants<'a>() -> &'a [Self] {
        &[
            Self::Notice,
            Self::Guide,
            Self::Board,
            Self::Campaign,
            Self::Theme,
        ]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let (name, chinese) = match self {
            Self::Notice => ("notice", "通知"),
            Self::Guide => ("guide", "指南"),
            Self::Board => ("board", "宣传栏"),
            Self::Campaign => ("campaign", "集中宣传"),
            Self::Theme => ("theme", "主题"),
        };
        Some(PossibleValue::new(name).alias(chinese))
    }
}

impl From<NewKind> for Kind {
    fn from(kind: NewKind) -> Self {
        match kind {
            NewKind::Notice => Self::Notice,
            NewKind::Guide => Self::Guide,
            NewKind::Board => Self::Board,
            NewKind::Campaign => Self::Campaign,
            NewKind::Theme => Self::Theme,
        }
    }
}

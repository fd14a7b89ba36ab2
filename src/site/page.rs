//! Pages: one Markdown file each.

use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::Date;

use super::given::Picture;
use super::markdown::Document;
use super::poster_wish::PosterWish;
use super::{Bin, Duty, Shortcode, WebWish};
use crate::calendar::Season;
use crate::diag::{SitePath, Span, Spanned};

/// One Markdown file. A copy has all in common with what it was copied from until one of them is
/// changed, so that a preview hands out ten thousand of them at each save.
#[derive(Debug, Clone)]
pub struct Page(Arc<PageContent>);

impl Deref for Page {
    type Target = PageContent;

    fn deref(&self) -> &PageContent {
        &self.0
    }
}

impl DerefMut for Page {
    fn deref_mut(&mut self) -> &mut PageContent {
        Arc::make_mut(&mut self.0)
    }
}

impl From<PageContent> for Page {
    fn from(content: PageContent) -> Self {
        Self(Arc::new(content))
    }
}

impl From<Page> for PageContent {
    fn from(page: Page) -> Self {
        Arc::unwrap_or_clone(page.0)
    }
}

/// What a [`Page`] says, and what was found out about it.
#[derive(Debug, Clone)]
pub struct PageContent {
    /// The path below `content/` without ending, such as `living/toilet-leak`; a section's page
    /// has the section's id.
    pub id: String,
    /// Ids that it had before.
    pub formerly: Vec<String>,
    /// The file.
    pub path: SitePath,
    /// The output file, such as `living/toilet-leak/index.html`.
    pub url: String,
    /// The language tag of its text.
    pub language: String,
    /// The id of the section that it belongs to; a section's own page belongs to itself.
    pub section: String,
    /// Seven characters that name the page in short addresses (`/q/SHORTID/`).
    pub short_id: String,
    /// Whether it is a section's own page.
    pub is_section: bool,
    /// The title.
    pub title: String,
    /// One sentence for lists; cut from the text where the file gives none.
    pub summary: String,
    /// The first day.
    pub date: Option<Date>,
    /// The last day on lists and boards.
    pub expires: Option<Date>,
    /// Whether it says of itself that it holds for good.
    pub lasting: bool,
    /// Whether it is urgent, where it says so: all but posting periods gives way to it.
    pub urgent: Option<bool>,
    /// The days of the year on which it is worth showing; its topic's, or any, where absent.
    pub season: Option<Season>,
    /// Topics; the first counts for rotation.
    pub topics: Vec<String>,
    /// Place among its siblings.
    pub order: i64,
    /// Its picture, resolved, with words for those who cannot see it.
    pub picture: Option<Picture>,
    /// What makes it a notice.
    pub notice: Option<Notice>,
    /// When and where something takes place.
    pub event: Option<Event>,
    /// The span of days and stages that make it a campaign.
    pub campaign: Option<Campaign>,
    /// The board that it describes.
    pub board: Option<String>,
    /// Sorting items that its poster shows, by their names.
    pub items: Vec<Spanned<String>>,
    /// The bin that its poster shows.
    pub bin: Option<Bin>,
    /// The results that it reports.
    pub figures: Vec<Figure>,
    /// The inspector's numbers of the indicators that it serves, such as `2.3`.
    pub indicators: Vec<String>,
    /// The duties that come round.
    pub duties: Vec<Duty>,
    /// How far it has come.
    pub approval: Approval,
    /// Who drafted, reviewed and issued it. Not published.
    pub signatures: Signatures,
    /// What it wants of the website.
    pub web: WebWish,
    /// What its poster wants to be.
    pub poster: Option<PosterWish>,
    /// The text; a preview has it in common with earlier ones.
    pub body: Arc<Document>,
    /// Images that the text cites, as written, resolved to files.
    pub images: BTreeMap<String, SitePath>,
    /// Links within the site that the text cites, as written, resolved.
    pub links: BTreeMap<String, LinkTarget>,
    /// What the `:::` blocks of the text mean, by the byte at which each begins.
    pub shortcodes: BTreeMap<usize, Shortcode>,
    /// Where the file begins.
    pub span: Span,
    /// Where the title stands.
    pub title_span: Span,
    /// Bytes of the title at which its writer wants it broken into lines.
    pub title_breaks: Vec<usize>,
}

/// The layout of notices as offices send them.
const FORMAL: &str = "formal";

/// How many days after its first a notice is taken to hold that does not say when it is over.
const ASSUMED_DAYS: i32 = 29;

impl Page {
    /// Tells whether no file says it: the home page of a site that has none.
    pub fn is_made_up(&self) -> bool {
        self.span.source.text.is_empty()
    }

    /// Tells whether its poster is a notice as offices send it, of which a stamped edition is made.
    pub fn is_stamped(&self) -> bool {
        let layout = self.poster.as_ref().and_then(|wish| wish.layout.as_ref());
        self.notice.is_some() && layout.is_some_and(|layout| layout.value == FORMAL)
    }

    /// Tells whether it may hang on several sheets side by side, where its layout can part its words. What rotates does
    /// so from its day on, so it must have one.
    pub fn may_run_on(&self) -> bool {
        let has_layout = || {
            self.poster
                .as_ref()
                .is_some_and(|wish| wish.layout.is_some())
        };
        self.is_stamped() || self.date.is_some() && has_layout()
    }

    /// Returns the topic that counts for rotation.
    pub fn topic(&self) -> Option<&str> {
        self.topics.first().map(String::as_str)
    }

    /// Tells whether the page is on lists and boards on `day`.
    pub fn is_current(&self, day: Date) -> bool {
        self.date.is_none_or(|date| date <= day) && self.expires.is_none_or(|last| day <= last)
    }

    /// Returns the day until which a notice hangs that does not say when it is over; `None` for
    /// what says so, or has nothing to say on a certain day.
    pub fn assumed_end(&self) -> Option<Date> {
        let notice = self.notice.as_ref().filter(|_| self.poster.is_some())?;
        let says = self.lasting
            || self.expires.is_some()
            || notice.posting.is_some()
            || self.event.is_some()
            || self.campaign.is_some();
        let first = self.date.filter(|_| !says)?;
        Some(first.saturating_add(ASSUMED_DAYS.days()))
    }

    /// Returns the last day on which the page has something to say: a posting period, an
    /// invitation or a campaign ends by itself.
    pub fn last_day(&self) -> Option<Date> {
        let posting = self.notice.as_ref().and_then(|notice| notice.posting);
        let event = self.event.as_ref();
        posting
            .map(|posting| posting.last)
            .or(self.expires)
            .or_else(|| self.campaign.as_ref().map(|campaign| campaign.to))
            .or_else(|| event.map(|event| event.until.unwrap_or(event.date)))
            .or_else(|| self.assumed_end())
    }

    /// Tells whether the page may hang and be read: somebody has approved it.
    pub fn is_approved(&self) -> bool {
        self.approval == Approval::Approved
    }

    /// Tells whether the page is on the web on `day`: begun, and not a draft.
    pub fn is_public(&self, day: Date) -> bool {
        self.is_approved() && self.date.is_none_or(|date| date <= day)
    }

    /// Tells whether it is a 公示, which the one-poster-per-topic rule leaves alone.
    pub fn is_public_notice(&self) -> bool {
        self.notice
            .as_ref()
            .is_some_and(|notice| notice.kind == NoticeKind::PublicNotice)
    }
}

/// What a link within the site leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkTarget {
    /// A page, and a heading in it.
    Page {
        /// The page's id.
        id: String,
        /// The heading's anchor, without `#`.
        anchor: Option<String>,
    },
    /// A file that is published as it is.
    File(SitePath),
}

/// 拟稿、审核、签发: names with dates, as written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Signatures {
    /// 拟稿.
    pub drafted: Option<String>,
    /// 审核.
    pub reviewed: Option<String>,
    /// 签发.
    pub issued: Option<String>,
}

/// How far a page has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Approval {
    /// 草稿: seen by nobody else.
    Draft,
    /// 待审: waiting for approval.
    Review,
    /// 已签发: may be published and printed.
    #[default]
    Approved,
}

/// What makes a page a notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Its kind.
    pub kind: NoticeKind,
    /// 文号.
    pub number: Option<String>,
    /// 落款: who signs; the organisation where absent.
    pub signed: Option<String>,
    /// Who takes objections, and how.
    pub objections: Option<String>,
    /// The posting period, both days included, where it has one.
    pub posting: Option<Posting>,
}

impl Notice {
    /// Tells whether an office says it in its own name: such words stand on white paper, whatever
    /// the block of colour over or beside them.
    pub fn is_official(&self) -> bool {
        self.posting.is_some() || self.kind.is_formal()
    }
}

/// A posting period, counted out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posting {
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
    /// How many working days were asked for, where it was asked in these.
    pub working_days: Option<u32>,
    /// How many days of the calendar were asked for, where it was asked in these.
    pub calendar_days: Option<u32>,
}

/// The kind of a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoticeKind {
    /// 公示: invites objections.
    PublicNotice,
    /// 通知: instructs.
    Instruction,
    /// 公告: announces; hardly ever a residents' committee's.
    Announcement,
    /// 通告: binds those whom it names; of bodies with power to.
    Order,
    /// 通报: tells how something was done, or judged.
    Circular,
    /// 告知书: tells one person, or all, what they have to know.
    Letter,
    /// 责任状: what somebody answers for, signed by both sides.
    Pledge,
    /// 倡议书: asks, and binds nobody.
    Appeal,
    /// 表扬: praises.
    Praise,
    /// 活动: invites.
    Activity,
    /// 提示: reminds.
    Reminder,
    /// 温馨提示: reminds, in a friendlier word.
    Hint,
}

impl NoticeKind {
    /// Tells whether only offices use it, in their own name.
    fn is_formal(self) -> bool {
        matches!(
            self,
            Self::PublicNotice
                | Self::Instruction
                | Self::Announcement
                | Self::Order
                | Self::Circular
                | Self::Letter
                | Self::Pledge
        )
    }

    /// Returns the key of its name among the theme's words for the website.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::PublicNotice => "kind_public_notice",
            Self::Instruction => "kind_instruction",
            Self::Announcement => "kind_announcement",
            Self::Order => "kind_order",
            Self::Circular => "kind_circular",
            Self::Letter => "kind_letter",
            Self::Pledge => "kind_pledge",
            Self::Appeal => "kind_appeal",
            Self::Praise => "kind_praise",
            Self::Activity => "kind_activity",
            Self::Reminder => "kind_reminder",
            Self::Hint => "kind_hint",
        }
    }

    /// Returns its Chinese name.
    pub fn name(self) -> &'static str {
        match self {
            Self::PublicNotice => "公示",
            Self::Instruction => "通知",
            Self::Announcement => "公告",
            Self::Order => "通告",
            Self::Circular => "通报",
            Self::Letter => "告知书",
            Self::Pledge => "责任状",
            Self::Appeal => "倡议书",
            Self::Praise => "表扬",
            Self::Activity => "活动",
            Self::Reminder => "提示",
            Self::Hint => "温馨提示",
        }
    }
}

/// When and where something takes place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The day.
    pub date: Date,
    /// The last day, where it lasts longer.
    pub until: Option<Date>,
    /// The hour, as written.
    pub time: Option<String>,
    /// Where.
    pub place: Option<String>,
}

/// A span of days that pulls topics, pages and what is in season forward.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Campaign {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// The topics that it pulls forward.
    pub pulls: Vec<String>,
    /// The pages that it pulls forward, by id.
    pub pulls_pages: Vec<Spanned<String>>,
    /// The seasons whose pages it pulls forward, by name.
    pub pulls_seasons: Vec<String>,
    /// The stages of a staged work plan.
    pub stages: Vec<Stage>,
}

impl Campaign {
    /// Tells whether it pulls a page forward.
    pub fn pulls(&self, page: &Page) -> bool {
        let season = page.season.as_ref();
        let named =
            |name: &String| season.is_some_and(|it| it.name.split('、').any(|it| it == name));
        page.topic()
            .is_some_and(|topic| self.pulls.iter().any(|it| it == topic))
            || self.pulls_pages.iter().any(|it| it.value == page.id)
            || self.pulls_seasons.iter().any(named)
    }

    /// Tells whether it pulls anything forward.
    pub fn pulls_any(&self) -> bool {
        !(self.pulls.is_empty() && self.pulls_pages.is_empty() && self.pulls_seasons.is_empty())
    }
}

/// One stage of a staged work plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// Its name.
    pub title: String,
    /// Its deadline.
    pub due: Date,
    /// Who is in charge. Not published unless the site says so.
    pub who: Option<String>,
    /// What is to be done.
    pub text: Option<String>,
    /// When it was done.
    pub done: Option<Date>,
    /// What proves it.
    pub proof: Option<String>,
    /// The inspector's number of the indicator that it serves.
    pub indicator: Option<String>,
    /// Where it is written.
    pub span: Span,
}

impl Stage {
    /// Returns the day on which it was done, where that is not after `day`: who writes a day that
    /// is to come has not done it yet.
    pub fn done_by(&self, day: Date) -> Option<Date> {
        self.done.filter(|done| *done <= day)
    }
}

/// A result in figures, such as 修好漏水 137 户.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// What was counted.
    pub label: String,
    /// The number, as written: `137`, `2,040`, `92%`.
    pub value: String,
    /// What it counts, such as 户.
    pub unit: Option<String>,
    /// The number of the time before, as written.
    pub before: Option<String>,
    /// Where it comes from, such as 大件登记本.
    pub source: Option<String>,
    /// What was counted of [`Figure::denominator`], such as 276 of 300 answers.
    pub numerator: Option<i64>,
    /// Of how many.
    pub denominator: Option<i64>,
    /// What is asked for, as written: `90%`.
    pub target: Option<String>,
    /// The inspector's number of the indicator that it serves.
    pub indicator: Option<String>,
}

//! What a `:::` block stands for, once it is understood.

use std::ops::Range;

use jiff::civil::Date;

use super::markdown::AlertKind;
use crate::diag::SitePath;

/// A `:::` block, understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Shortcode {
    /// What it is.
    pub kind: ShortcodeKind,
    /// The title that it was given.
    pub title: Option<String>,
    /// Which of the block's plain blocks the author wrote between its lines.
    pub own: Range<usize>,
}

/// What a `:::` block is.
#[derive(Debug, Clone, PartialEq)]
pub enum ShortcodeKind {
    /// 提示框: words in a box.
    Callout(AlertKind),
    /// 步骤: a list of steps.
    Steps,
    /// 分栏: blocks side by side, parted by rules.
    Columns,
    /// 图: a picture with its caption.
    Figure {
        /// The picture that the first plain block holds; one among the author's own where absent.
        is_named: bool,
        /// Whether it is set as wide as the page.
        is_wide: bool,
    },
    /// 图集: pictures in rows.
    Gallery,
    /// 视频: a film of the site's own.
    Video(Video),
    /// 附件: a file to take away.
    Attachment {
        /// The file.
        file: SitePath,
        /// Its size in bytes.
        size: usize,
    },
    /// 表格: a data file as a table, which is the last plain block.
    Table,
    /// 二维码: the code of an address.
    Qr {
        /// The address as a link of the text.
        target: String,
    },
    /// 物品: what goes into which bin, by names.
    Item(Vec<String>),
    /// 宣传栏: what hangs on a board, by its id.
    Board(String),
    /// 倒计时: the days to a day.
    Countdown(Date),
    /// 时间线: the stages of a page, by its id.
    Timeline(String),
}

/// A film with what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Video {
    /// The film.
    pub file: SitePath,
    /// The picture before it runs, as a link of the text.
    pub picture: Option<String>,
    /// Its captions.
    pub captions: Option<SitePath>,
}

impl Shortcode {
    /// Returns the files that it shows or gives away besides pictures.
    pub fn files(&self) -> impl Iterator<Item = &SitePath> {
        let (first, second) = match &self.kind {
            ShortcodeKind::Video(video) => (Some(&video.file), video.captions.as_ref()),
            ShortcodeKind::Attachment { file, .. } => (Some(file), None),
            _ => (None, None),
        };
        first.into_iter().chain(second)
    }
}

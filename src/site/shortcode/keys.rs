//! The keys between the braces of a `:::` block.

use crate::read::{Form::*, Keys};

const TITLE: (&str, &[&str], crate::read::Form) = ("title", &["标题"], Text);

const BOX: Keys = &[TITLE];
const CALLOUT: Keys = &[TITLE, ("kind", &["类型"], Text)];
const FIGURE: Keys = &[
    ("src", &["图片", "文件"], Text),
    ("alt", &["图片说明", "说明"], Text),
    ("title", &["标题", "图注"], Text),
    ("wide", &["宽"], Flag),
];
const VIDEO: Keys = &[
    ("src", &["文件"], Text),
    ("picture", &["封面", "图片"], Text),
    ("alt", &["图片说明", "说明"], Text),
    ("captions", &["字幕"], Text),
    ("silent", &["无声"], Flag),
    TITLE,
];
const ATTACHMENT: Keys = &[("src", &["文件"], Text), TITLE];
const TABLE: Keys = &[("data", &["数据"], Text), ("columns", &["列"], Text), TITLE];
const QR: Keys = &[("to", &["链接", "网址"], Text), TITLE];
const ITEM: Keys = &[("name", &["名称"], Text)];
const BOARD: Keys = &[("id", &["编号"], Text), TITLE];
const COUNTDOWN: Keys = &[("to", &["到", "日期"], Day), TITLE];
const TIMELINE: Keys = &[("page", &["页面"], Text), TITLE];

/// Returns the keys that the block `name` may have.
pub(super) fn of(name: &str) -> Keys {
    match name {
        "callout" => CALLOUT,
        "figure" => FIGURE,
        "video" => VIDEO,
        "attachment" => ATTACHMENT,
        "table" => TABLE,
        "qr" => QR,
        "item" => ITEM,
        "board" => BOARD,
        "countdown" => COUNTDOWN,
        "timeline" => TIMELINE,
        _ => BOX,
    }
}

//! The keys that the front matter of each kind of file may have.

use std::sync::LazyLock;

use super::place::Kind;
use super::{board, campaign, duty, event, figure, poster};
use crate::read::{Form::*, Key, Keys};

const KEYS: Keys = &[
    ("title", &["标题"], Text),
    ("date", &["日期"], Day),
    ("expires", &["截止", "截止日期"], LastDay),
    ("topics", &["主题", "话题"], Texts),
    ("urgent", &["紧急", "加急"], Flag),
    ("season", &["季节", "当季"], Texts),
    ("summary", &["摘要"], Text),
    ("picture", &["图片", "配图"], Text),
    ("picture_alt", &["图片说明"], Text),
    ("focus", &["图片重点"], Text),
    ("order", &["顺序"], Whole),
    ("kind", &["文种"], Text),
    ("number", &["文号"], Text),
    ("signed", &["落款"], Text),
    ("objections", &["异议受理"], Text),
    ("event", &["活动"], Map(event::KEYS)),
    ("items", &["物品"], Texts),
    ("bin", &["桶"], Text),
    ("status", &["状态"], Text),
    ("drafted", &["拟稿"], Text),
    ("reviewed", &["审核"], Text),
    ("issued", &["签发"], Text),
    ("poster", &["海报"], Map(poster::KEYS)),
    ("slug", &["网址名"], Text),
    ("aliases", &["别名", "旧网址"], Texts),
    ("toc", &["目录"], Flag),
    ("id", &["编号"], Text),
    ("formerly", &["曾用编号"], Texts),
    ("from", &["开始"], Day),
    ("to", &["结束"], Day),
    ("pulls", &["带动主题", "带动"], Texts),
    ("stages", &["阶段"], Maps(campaign::STAGE)),
    ("figures", &["数字"], Maps(figure::FIGURE)),
    ("duties", &["例行工作"], Maps(duty::DUTY)),
    ("indicator", &["指标"], Texts),
];
const SECTION: Keys = &[
    ("sort", &["排序"], Text),
    ("pagination", &["每页篇数", "分页"], Whole),
];

/// Returns the keys that a file of that kind may have.
pub(in crate::site) fn keys_of(kind: &Kind) -> Keys {
    static SECTION_KEYS: LazyLock<Vec<Key>> = LazyLock::new(|| [KEYS, SECTION].concat());
    // A board's `kind` is another than a notice's.
    static BOARD_KEYS: LazyLock<Vec<Key>> = LazyLock::new(|| {
        let own = KEYS.iter().filter(|(name, ..)| *name != "kind").copied();
        own.chain(board::KEYS.iter().copied()).collect()
    });
    match kind {
        Kind::Page => KEYS,
        Kind::Section => &SECTION_KEYS,
        Kind::Board => &BOARD_KEYS,
    }
}

/// Tells whether `word` is a key of any file's front matter.
pub(super) fn is_key(word: &str) -> bool {
    let keys = [Kind::Section, Kind::Board].map(|kind| keys_of(&kind));
    let is_called = |(name, others, _): &Key| *name == word || others.contains(&word);
    keys.into_iter().flatten().any(is_called)
}

//! What a form may ask for: single values by name, and lists by the heads of their columns, each
//! with the lines of the book that it comes from.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::sheet::Written;
use crate::calendar::{Cadence, Period};
use crate::diag::Span;
use crate::render::archive::copies;
use crate::render::archive::kept::Evidence;
use crate::render::archive::places::{InPlace, counted as counted_places};
use crate::rotation::diary::{Count, cited};

/// A value with where it comes from.
#[derive(Debug, Clone)]
pub(super) struct Known {
    /// What is written.
    pub written: Written,
    /// The lines of the book.
    pub from: Vec<String>,
}

/// A list: its columns' heads, and its rows.
#[derive(Debug, Clone)]
pub(super) struct List {
    /// What it is called.
    pub name: &'static str,
    /// Heads that mean a column, by column.
    pub heads: Vec<&'static [&'static str]>,
    /// The rows; a cell may have nothing to say.
    pub rows: Vec<(Vec<Option<Written>>, String)>,
}

/// All that a form may ask for.
pub(super) struct Values {
    /// By name, as [`plain`] leaves it.
    pub single: BTreeMap<String, Known>,
    /// The lists.
    pub lists: Vec<List>,
    /// The names of what the diary counted: what finds no place is told.
    pub counted: Vec<String>,
}

/// Returns a head as forms write it without blanks, colons, units and marks: `活动场次（场）：` is
/// `活动场次`.
pub(super) fn plain(head: &str) -> String {
    let head = head
        .split(['（', '(', '【', '['])
        .next()
        .unwrap_or_default();
    let dropped = |c: char| c.is_whitespace() || "：:*＊、/".contains(c);
    head.chars().filter(|c| !dropped(*c)).collect()
}

/// Cites lines in their order, each once.
fn in_order<'s>(spans: impl Iterator<Item = &'s Span>) -> Vec<String> {
    let mut spans: Vec<&Span> = spans.collect();
    spans.sort_by_key(|span| (span.path().as_str(), span.range.start));
    spans.dedup();
    spans.into_iter().map(cited).collect()
}

/// Cites a line of the diary with where its number comes from.
fn sourced(count: &Count) -> String {
    let source = count.source.as_deref();
    let source = source.map(|it| format!("（{it}）")).unwrap_or_default();
    format!("{}{source}", cited(&count.span))
}

fn day(date: Date) -> Written {
    Written::Text(date.to_string())
}

fn text(text: Option<&String>) -> Option<Written> {
    text.map(|text| Written::Text(text.clone()))
}

/// Returns what the evidence of a month has.
pub(super) fn values(evidence: &Evidence) -> Values {
    let mut values = Values {
        single: BTreeMap::new(),
        lists: vec![
            activities(evidence),
            problems(evidence),
            notices(evidence),
            places(evidence),
        ],
        counted: Vec::new(),
    };
    values.of_month(evidence);
    values.of_hangings(evidence);
    values.of_diary(evidence);
    values.of_pages(evidence);
    values
}

impl Values {
    /// Adds a value under several names; the first that is known counts.
    fn add(&mut self, names: &[&str], written: Written, from: Vec<String>) {
        for name in names {
            let known = Known {
                written: written.clone(),
                from: from.clone(),
            };
            self.single.entry(plain(name)).or_insert(known);
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "counts of one community")]
    fn count(&mut self, names: &[&str], n: usize, from: Vec<String>) {
        self.add(names, Written::Number(n as f64), from);
    }

    fn of_month(&mut self, evidence: &Evidence) {
        let month = Period::containing(Cadence::Month, evidence.from);
        let settings = vec!["greenboard.yaml".to_owned()];
        let organisation = evidence.site.settings.organisation.clone();
        let names = ["填报单位", "社区名称", "单位名称", "报送单位"];
        self.add(&names, Written::Text(organisation), settings);
        // A year's form has no month.
        if month.last() == evidence.to {
            let names = ["月份", "填报月份", "报送月份", "统计月份"];
            self.add(&names, Written::Text(month.title()), Vec::new());
        }
        let names = ["填报日期", "报送日期", "填表日期"];
        self.add(&names, day(evidence.site.today), Vec::new());
    }

    fn of_hangings(&mut self, evidence: &Evidence) {
        let begun = |from: Date| evidence.from <= from && from <= evidence.to;
        let new: Vec<_> = (evidence.records.iter())
            .filter(|record| begun(record.hung.from))
            .collect();
        let lines = in_order(new.iter().map(|record| &record.span));
        let names = ["新挂", "张贴宣传品", "新挂出", "宣传栏换新"];
        self.count(&names, new.len(), lines.clone());
        let mut boards: Vec<&str> = new.iter().map(|record| &*record.hung.board).collect();
        boards.sort_unstable();
        boards.dedup();
        self.count(
            &["更换宣传栏", "更换宣传栏块数"],
            boards.len(),
            lines.clone(),
        );
        let photos = evidence.boards.iter().flat_map(|board| &board.periods);
        let photos = photos.flat_map(|period| &period.photos);
        let boards = evidence.site.boards.len();
        self.count(
            &["宣传栏", "宣传栏块数", "宣传栏数"],
            boards,
            vec!["content/boards/".into()],
        );
        self.count(
            &["照片", "照片数"],
            evidence.n_photos(),
            in_order(photos.map(|(event, _)| &event.span)),
        );
        let posted = evidence.notices.iter();
        let mut from: Vec<String> = posted.map(|kept| kept.page.path.to_string()).collect();
        let posted = evidence.notices.iter().flat_map(|kept| &kept.records);
        from.extend(in_order(posted.map(|record| &record.span)));
        self.count(&["公示", "公示件数"], evidence.notices.len(), from);
        let until = evidence.until();
        let printed = copies::printed(evidence.site, evidence.plan, evidence.from, until);
        let sheets: usize = printed.iter().map(|copies| copies.sheets).sum();
        self.count(
            &["印制张数", "宣传品印制", "印制宣传品"],
            sheets,
            std::iter::once("按台账推算".to_owned())
                .chain(lines)
                .collect(),
        );
    }

    fn of_diary(&mut self, evidence: &Evidence) {
        let diary = &evidence.diary;
        let lines = |spans: Vec<&Span>| in_order(spans.into_iter());
        let held = || diary.activities.iter();
        let all = lines(held().map(|it| &it.span).collect());
        self.count(
            &["活动场次", "开展活动", "宣传活动", "活动次数"],
            held().count(),
            all,
        );
        let number = |n: i64| usize::try_from(n).unwrap_or(0);
        let counted = held().filter(|it| it.came.is_some());
        let came = counted.clone().filter_map(|it| it.came).map(number).sum();
        let names = [
            "参加人数",
            "参加人次",
            "参与人次",
            "活动参加人次",
            "参与人数",
        ];
        self.count(&names, came, lines(counted.map(|it| &it.span).collect()));
        let helped = held().filter(|it| it.volunteers.is_some());
        let n = helped
            .clone()
            .filter_map(|it| it.volunteers)
            .map(number)
            .sum();
        let names = ["志愿者人次", "志愿者", "志愿者人数"];
        self.count(&names, n, lines(helped.map(|it| &it.span).collect()));
        let found = diary.problems.iter().filter(|it| it.day >= evidence.from);
        let mended = (diary.problems.iter())
            .filter(|it| it.done.is_some_and(|done| done <= evidence.until()));
        let open =
            (diary.problems.iter()).filter(|it| it.done.is_none_or(|done| done > evidence.until()));
        for (names, some) in [
            (
                &["发现问题", "问题件数", "问题数"][..],
                found.collect::<Vec<_>>(),
            ),
            (
                &["已整改", "整改件数", "完成整改", "整改完成"],
                mended.collect(),
            ),
            (&["未整改", "正在整改"], open.collect()),
        ] {
            let from = lines(some.iter().map(|it| &it.span).collect());
            self.count(names, some.len(), from);
        }
        let sums = diary.sums();
        for sum in &sums {
            let label = sum.label;
            self.single.remove(&plain(label));
            self.counted.push(label.to_owned());
            if sums.iter().filter(|it| it.label == label).count() > 1 {
                // Tonnes and bins make no sum; that it is not filled in is told.
                continue;
            }
            let written = match sum.is_share() {
                true => Written::Share(sum.value / 100.0),
                false => Written::Number(sum.value),
            };
            let from: Vec<String> = sum.lines.iter().map(|it| sourced(it)).collect();
            self.add(&[label], written, from.clone());
            if let Some((part, whole)) = sum.share {
                for (name, n) in [("分子", part), ("分母", whole)] {
                    self.count(&[&format!("{label}{name}")], number(n), from.clone());
                }
            }
        }
        self.counted.dedup();
    }

    /// Adds what pages report, as they write it.
    fn of_pages(&mut self, evidence: &Evidence) {
        for kept in &evidence.figures {
            let value = kept.figure.value.replace([',', '，'], "");
            let share = value.trim().strip_suffix(['%', '％']);
            let share = share.and_then(|it| it.trim().parse::<f64>().ok());
            let written = match (share, value.trim().parse()) {
                (Some(share), _) => Written::Share(share / 100.0),
                (None, Ok(number)) => Written::Number(number),
                (None, Err(_)) => Written::Text(kept.figure.value.clone()),
            };
            let from = vec![kept.page.path.to_string()];
            self.add(&[&kept.figure.label], written, from);
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of one activity")]
fn activities(evidence: &Evidence) -> List {
    let number = |n: Option<i64>| n.map(|n| Written::Number(n as f64));
    let row = |it: &crate::rotation::diary::Activity| {
        let row = vec![
            Some(Written::Text(it.title.clone())),
            Some(day(it.day)),
            text(it.place.as_ref()),
            number(it.came),
            number(it.volunteers),
            text(it.by.as_ref()),
            text(it.note.as_ref().or(it.source.as_ref())),
        ];
        (row, cited(&it.span))
    };
    List {
        name: "活动",
        heads: vec![
            &["活动名称", "活动内容", "活动主题", "活动"],
            &["日期", "时间", "活动时间", "活动日期"],
            &["地点", "活动地点"],
            &["人数", "参加人数", "参与人数", "参加人次", "参与人次"],
            &["志愿者", "志愿者人数", "志愿者人次"],
            &["负责人", "组织人", "经手人"],
            &["备注", "说明"],
        ],
        rows: evidence.diary.activities.iter().map(row).collect(),
    }
}

fn problems(evidence: &Evidence) -> List {
    let until = evidence.until();
    let row = |it: &crate::rotation::diary::Problem| {
        let done = it.done_by(until);
        let state = it.outcome(until).to_owned();
        let row = vec![
            Some(Written::Text(it.title.clone())),
            text(it.place.as_ref()),
            Some(day(it.day)),
            text(it.who.as_ref()),
            it.due.map(day),
            done.map(day),
            Some(Written::Text(state)),
            text(it.source.as_ref()),
        ];
        (row, cited(&it.span))
    };
    List {
        name: "问题",
        heads: vec![
            &["问题", "存在问题", "问题描述", "问题内容"],
            &["地点", "点位", "位置"],
            &["发现日期", "发现时间", "日期"],
            &["责任人", "责任单位", "整改责任人"],
            &["期限", "整改期限", "整改时限"],
            &["完成日期", "完成时间", "整改日期"],
            &["整改情况", "结果", "整改结果", "处理结果", "整改措施"],
            &["来源", "问题来源"],
        ],
        rows: evidence.diary.problems.iter().map(row).collect(),
    }
}

/// What hung of each topic in which place.
#[expect(clippy::cast_precision_loss, reason = "counts of one community")]
fn places(evidence: &Evidence) -> List {
    let number = |n: usize| Some(Written::Number(n as f64));
    let row = |it: InPlace| {
        let row = vec![
            Some(Written::Text(it.topic.to_owned())),
            Some(Written::Text(it.board.to_owned())),
            number(it.posters),
            number(it.times * it.spots),
        ];
        (row, "台账，见迎检材料“主题点位”".to_owned())
    };
    List {
        name: "主题",
        heads: vec![
            &["宣传主题", "公益广告主题", "主题"],
            &["点位", "位置", "张贴地点", "张贴位置", "宣传栏"],
            &["种数", "品种", "件数"],
            &["张次", "张数", "数量", "幅数"],
        ],
        rows: counted_places(evidence).into_iter().map(row).collect(),
    }
}

/// The notices of every kind that were hung within the month.
fn notices(evidence: &Evidence) -> List {
    let rows = super::super::tables::hung_notices(evidence).into_iter();
    let row = |it: super::super::tables::HungNotice| {
        let row = vec![
            Some(Written::Text(it.title.to_owned())),
            Some(Written::Text(it.kind.to_owned())),
            Some(day(it.from)),
            Some(Written::Text(it.boards.join("、"))),
        ];
        (row, in_order(it.lines.into_iter()).join("、"))
    };
    List {
        name: "通知",
        heads: vec![
            &["通知名称", "通知标题", "公示名称", "标题"],
            &["文种", "类别", "种类"],
            &["张贴日期", "张贴时间", "日期"],
            &["张贴地点", "张贴位置", "宣传栏"],
        ],
        rows: rows.map(row).collect(),
    }
}

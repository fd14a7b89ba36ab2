//! 工作记录: what was done besides hanging sheets, `ledger/work/2026-10.yaml`, a line each.
//!
//! ```yaml
//! format: 1
//! activities:
//! - {day: 2026-10-18, title: 旧物交换, place: 中心广场, came: 46, volunteers: 8, by: 王芳, source: 签到表第1页, sheet: sign-in.jpg, photos: [swap.jpg]}
//! figures:
//! - {label: 入户宣传, value: 126, unit: 户, day: 2026-10-20, source: 入户登记本第3页}
//! - {label: 居民满意率, numerator: 276, denominator: 300, target: 90%, source: 10月问卷, sheet: answers.xlsx}
//! problems:
//! - {day: 2026-10-09, title: 桶满外溢, place: 5号楼垃圾房, who: 物业, due: 2026-10-12, done: 2026-10-11, result: 每天加一次清运, source: 居民来电, before: [full.jpg], after: [clean.jpg]}
//! scores:
//! - {indicator: 2.3, score: 4, reason: 少一个月的照片, who: 王芳, due: 2026-11-30}
//! ```
//!
//! Attachments lie in `ledger/work/files/`; like all of the ledger they never go on the web. Papers
//! sum the lines up and cite each by file and line.

mod count;
mod values;

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use crate::diag::{Code, Diagnostics, SitePath, Source, Span};
use crate::read::{Fields, Form, Keys, Reader, yaml};
use count::COUNT;
pub use count::{Count, Sum};
pub use values::FILES;
use values::{MOST, attached, plain, required_day};

/// The newest form of the file that this program knows.
const FORMAT: i64 = 1;

const KEYS: Keys = &[
    ("format", &["格式"], Form::Whole),
    ("activities", &["活动"], Form::Maps(ACTIVITY)),
    ("figures", &["数据"], Form::Maps(COUNT)),
    ("problems", &["问题"], Form::Maps(PROBLEM)),
    ("scores", &["自评"], Form::Maps(SCORE)),
];
const ACTIVITY: Keys = &[
    ("day", &["日期"], Form::Day),
    ("title", &["名称"], Form::Text),
    ("place", &["地点"], Form::Text),
    ("came", &["人数"], Form::Whole),
    ("volunteers", &["志愿者"], Form::Whole),
    ("by", &["经手人"], Form::Text),
    ("source", &["出处"], Form::Text),
    ("sheet", &["签到表"], Form::Text),
    ("photos", &["照片"], Form::Texts),
    ("indicator", &["指标"], Form::Text),
    ("note", &["备注"], Form::Text),
];
const PROBLEM: Keys = &[
    ("day", &["日期"], Form::Day),
    ("title", &["名称"], Form::Text),
    ("place", &["地点"], Form::Text),
    ("who", &["责任人"], Form::Text),
    ("due", &["期限"], Form::Day),
    ("done", &["完成"], Form::Day),
    ("result", &["结果"], Form::Text),
    ("source", &["出处"], Form::Text),
    ("before", &["整改前"], Form::Texts),
    ("after", &["整改后"], Form::Texts),
    ("indicator", &["指标"], Form::Text),
    ("note", &["备注"], Form::Text),
];

const SCORE: Keys = &[
    ("indicator", &["指标"], Form::Text),
    ("score", &["得分"], Form::Number),
    ("reason", &["理由"], Form::Text),
    ("who", &["责任人"], Form::Text),
    ("due", &["期限"], Form::Day),
];

/// What was done besides hanging sheets, in the order of the files.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Diary {
    /// Activities that were held.
    pub activities: Vec<Activity>,
    /// What was counted.
    pub counts: Vec<Count>,
    /// What was wrong, and how it ended.
    pub problems: Vec<Problem>,
    /// The own scores of the inspector's indicators.
    pub scores: Vec<Score>,
}

/// An activity that was held.
#[derive(Debug, Clone, PartialEq)]
pub struct Activity {
    /// The day.
    pub day: Date,
    /// What it was.
    pub title: String,
    /// Where.
    pub place: Option<String>,
    /// How many came.
    pub came: Option<i64>,
    /// How many helped.
    pub volunteers: Option<i64>,
    /// Who held it.
    pub by: Option<String>,
    /// Where the numbers come from.
    pub source: Option<String>,
    /// The sign-in sheet.
    pub sheet: Option<SitePath>,
    /// Photos.
    pub photos: Vec<SitePath>,
    /// The indicator that it serves.
    pub indicator: Option<String>,
    /// A remark.
    pub note: Option<String>,
    /// Where it is written.
    pub span: Span,
}

/// Something that was wrong.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// The day on which it was found.
    pub day: Date,
    /// What.
    pub title: String,
    /// Where.
    pub place: Option<String>,
    /// Who mends it.
    pub who: Option<String>,
    /// Till when.
    pub due: Option<Date>,
    /// When it was mended.
    pub done: Option<Date>,
    /// How it ended.
    pub result: Option<String>,
    /// Where it was heard of.
    pub source: Option<String>,
    /// Photos of before.
    pub before: Vec<SitePath>,
    /// Photos of after.
    pub after: Vec<SitePath>,
    /// The indicator that it serves.
    pub indicator: Option<String>,
    /// A remark.
    pub note: Option<String>,
    /// Where it is written.
    pub span: Span,
}

/// The own score of an indicator.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// The inspector's number.
    pub indicator: String,
    /// The points that one gives oneself.
    pub score: f64,
    /// Why not all.
    pub reason: Option<String>,
    /// Who mends it.
    pub who: Option<String>,
    /// Till when.
    pub due: Option<Date>,
    /// The first day of the file's month, where its name is one.
    pub day: Option<Date>,
    /// Where it is written.
    pub span: Span,
}

impl Problem {
    /// Returns when it was mended, as far as was known on `until`.
    pub fn done_by(&self, until: Date) -> Option<Date> {
        self.done.filter(|done| *done <= until)
    }

    /// Says how it stood on `until`: how it ended, where it had.
    pub fn outcome(&self, until: Date) -> &str {
        match (self.done_by(until), &self.result) {
            (Some(_), Some(result)) => result,
            (Some(_), None) => "已整改",
            (None, _) => "正在整改",
        }
    }
}

impl Diary {
    /// Returns all files that its lines attach, in their order.
    pub fn attachments(&self) -> Vec<&SitePath> {
        let held = self.activities.iter();
        let held = held.flat_map(|it| it.sheet.iter().chain(&it.photos));
        let counted = self.counts.iter().filter_map(|it| it.sheet.as_ref());
        let wrong = self.problems.iter();
        held.chain(counted)
            .chain(wrong.flat_map(|it| it.before.iter().chain(&it.after)))
            .collect()
    }

    /// Returns what its counts come to, by label and unit.
    pub fn sums(&self) -> Vec<Sum<'_>> {
        count::sums(&self.counts)
    }

    /// Returns the files that its lines stand in.
    pub fn files(&self) -> BTreeSet<&SitePath> {
        let spans = (self.activities.iter().map(|it| &it.span))
            .chain(self.counts.iter().map(|it| &it.span))
            .chain(self.problems.iter().map(|it| &it.span))
            .chain(self.scores.iter().map(|it| &it.span));
        spans.map(Span::path).collect()
    }

    /// Returns what falls within `from..=to`.
    #[must_use]
    pub fn within(&self, from: Date, to: Date) -> Self {
        let is_in = |day: Date| from <= day && day <= to;
        // What is not mended yet is every later month's matter too.
        let is_open = |it: &Problem| it.day < from && it.done.is_none_or(|done| done >= from);
        let all = self.clone();
        Self {
            activities: all
                .activities
                .into_iter()
                .filter(|it| is_in(it.day))
                .collect(),
            counts: all.counts.into_iter().filter(|it| is_in(it.day)).collect(),
            problems: (all.problems.into_iter())
                .filter(|it| is_in(it.day) || is_open(it) && it.day <= to)
                .collect(),
            scores: all
                .scores
                .into_iter()
                .filter(|it| it.day.is_none_or(is_in))
                .collect(),
        }
    }
}

/// Says where a line stands: file and line.
pub fn cited(span: &Span) -> String {
    let (line, _) = span.source.line_column(span.range.start);
    format!("{}:{line}", span.path())
}

/// Adds what a file says; what is wrong in it is reported and left out.
pub fn read(source: &Arc<Source>, diary: &mut Diary, diagnostics: &mut Diagnostics) {
    let node = match yaml::parse(&source.text, 0..source.text.len()) {
        Ok(node) => node,
        Err(error) => {
            diagnostics.push(error.diagnostic(source));
            return;
        }
    };
    let reader = Reader::new(source);
    let month = format!("{}-01", source.path.stem()).parse().ok();
    if let Some(fields) = Fields::open(&reader, &node, source.path.as_str(), KEYS) {
        fields.check_format(FORMAT);
        for fields in fields.list("activities", ACTIVITY) {
            diary.activities.extend(activity(&fields));
        }
        for fields in fields.list("figures", COUNT) {
            diary.counts.extend(count::count(&fields, month));
        }
        for fields in fields.list("problems", PROBLEM) {
            diary.problems.extend(problem(&fields));
        }
        for fields in fields.list("scores", SCORE) {
            diary.scores.extend(score(&fields, month));
        }
    }
    diagnostics.extend(reader.finish());
}

fn activity(fields: &Fields) -> Option<Activity> {
    let title = fields.required_text("title", "title: 旧物交换");
    let day = required_day(fields, "day");
    let number = |key| fields.node(key).and_then(|_| fields.integer(key, 0..=MOST));
    let (came, volunteers) = (number("came"), number("volunteers"));
    let sheet = fields.text("sheet");
    Some(Activity {
        day: day?,
        title: title?.value,
        place: plain(fields, "place"),
        came,
        volunteers,
        by: plain(fields, "by"),
        source: plain(fields, "source"),
        sheet: sheet.and_then(|name| attached(fields, "sheet", &name.value)),
        photos: files(fields, "photos"),
        indicator: plain(fields, "indicator"),
        note: plain(fields, "note"),
        span: fields.reader().span(&fields.range),
    })
}

fn problem(fields: &Fields) -> Option<Problem> {
    let title = fields.required_text("title", "title: 桶满外溢");
    let day = required_day(fields, "day");
    let (due, done) = (fields.date("due"), fields.date("done"));
    if let (Some(day), Some(done)) = (day, done)
        && done < day
    {
        let range = fields.span("done").range;
        fields.reader().report(Code::EndsBeforeStart, &range, |d| {
            d.with("first", day).with("last", done)
        });
        return None;
    }
    Some(Problem {
        day: day?,
        title: title?.value,
        place: plain(fields, "place"),
        who: plain(fields, "who"),
        due,
        done,
        result: plain(fields, "result"),
        source: plain(fields, "source"),
        before: files(fields, "before"),
        after: files(fields, "after"),
        indicator: plain(fields, "indicator"),
        note: plain(fields, "note"),
        span: fields.reader().span(&fields.range),
    })
}

fn score(fields: &Fields, day: Option<Date>) -> Option<Score> {
    let indicator = fields.required_text("indicator", "indicator: \"2.3\"");
    if fields.node("score").is_none() {
        fields.missing("score", "score: 4");
    }
    let score = fields.number("score", 0.0..=1000.0, &["分"]);
    Some(Score {
        indicator: indicator?.value,
        score: score?,
        reason: plain(fields, "reason"),
        who: plain(fields, "who"),
        due: fields.date("due"),
        day,
        span: fields.reader().span(&fields.range),
    })
}

fn files(fields: &Fields, key: &'static str) -> Vec<SitePath> {
    let names = fields.texts(key);
    let names = names.iter().map(|name| name.value.as_str());
    names
        .filter_map(|name| attached(fields, key, name))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Language;

    fn diary(text: &str) -> (Diary, String) {
        let source = Source::new(SitePath::fixed("ledger/work/2026-10.yaml"), text);
        let (mut diary, mut told) = (Diary::default(), Diagnostics::default());
        read(&source, &mut diary, &mut told);
        let told = told.sorted();
        let told = told.iter().map(|it| it.render(Language::Chinese).message);
        (diary, told.collect::<Vec<_>>().join("\n"))
    }

    #[test]
    fn lines_are_read_in_both_languages_and_attachments_stay_below_their_folder() {
        let (diary, told) = diary(
            "格式: 1\n活动:\n- {日期: 2026-10-18, 名称: 旧物交换, 人数: 46, 照片: [a.jpg, 2026-10/b.jpg], 签到表: s.jpg}\n\
             figures:\n- {label: 入户宣传, value: 126, unit: 户}\n\
             问题:\n- {日期: 2026-10-09, 名称: 桶满外溢, 期限: 2026-10-12}\n",
        );
        assert_eq!(told, "");
        let files: Vec<&str> = diary
            .attachments()
            .iter()
            .map(|path| path.as_str())
            .collect();
        assert_eq!(
            files,
            [
                "ledger/work/files/s.jpg",
                "ledger/work/files/a.jpg",
                "ledger/work/files/2026-10/b.jpg"
            ]
        );
        assert_eq!(diary.counts[0].day.to_string(), "2026-10-01");
        assert_eq!(cited(&diary.problems[0].span), "ledger/work/2026-10.yaml:7");
    }

    #[test]
    fn what_is_wrong_is_told_and_left_out() {
        let (diary, told) = diary(
            "format: 1\nactivities:\n- {title: 没有日期}\n- {day: 2026-10-18, title: 甲, came: 很多}\n\
             problems:\n- {day: 2026-10-09, title: 乙, done: 2026-10-01}\n\
             figures:\n- {label: 丙, value: -5}\n",
        );
        assert_eq!(diary.activities.len(), 1);
        assert!(diary.problems.is_empty() && diary.counts.is_empty());
        insta::assert_snapshot!(told, @"
        缺少 `day`
        `came` 的值 `很多` 不对，要写：0 到 1000000 的整数
        结束的日期 2026-10-01 早于开始的日期 2026-10-09
        `value` 的值 `-5` 不对，要写：0 到 1000000000 的数
        ");
    }

    #[test]
    fn shares_are_summed_by_their_counts() {
        let (diary, told) = diary(
            "format: 1\nfigures:\n- {label: 满意率, numerator: 276, denominator: 300, target: 90%, source: 问卷}\n\
             - {名称: 满意率, 分子: 40, 分母: 50, 出处: 入户问卷}\n- {label: 知晓率, value: 93, unit: \"%\"}\n\
             - {label: 知晓率, value: 95%, unit: \"%\"}\n- {label: 入户, value: 1.1, unit: 户}\n\
             - {label: 入户, value: 2.2, unit: 户}\n",
        );
        assert_eq!(told, "");
        let said = |sum: &Sum| format!("{} {} {:?}", sum.label, sum.said(), sum.share);
        let sums: Vec<String> = diary.sums().iter().map(said).collect();
        assert_eq!(
            sums,
            [
                "入户 3.3户 None",
                "满意率 90.3% Some((316, 350))",
                "知晓率 95% None"
            ]
        );
        let (diary, told) = self::diary(
            "format: 1\nfigures:\n- {label: 甲, numerator: 301, denominator: 300}\n\
             - {label: 乙, value: 95, numerator: 276, denominator: 300}\n- {label: 丙, numerator: 276}\n",
        );
        assert!(diary.counts.iter().all(|it| it.share.is_none()));
        insta::assert_snapshot!(told, @"
        “甲”的分子 301 大于分母 300
        “乙”写的是 95，按分子 276、分母 300 算是 92%
        缺少 `denominator`
        ");
    }

    #[test]
    fn a_file_of_a_newer_program_is_told() {
        let (_, told) = diary("format: 2\n");
        assert_eq!(told, "这个文件的格式版本是 2，本程序只认识到 1");
    }

    #[test]
    fn what_is_not_mended_is_the_next_months_matter_too() {
        let (diary, _) = diary(
            "format: 1\nproblems:\n- {day: 2026-08-09, title: 甲, done: 2026-08-20}\n- {day: 2026-08-09, title: 乙}\n\
             - {day: 2026-10-09, title: 丙, done: 2026-11-02}\n",
        );
        let of = |month: &str| {
            let first: Date = format!("{month}-01").parse().expect("a month");
            let within = diary.within(first, first.last_of_month()).problems;
            within.into_iter().map(|it| it.title).collect::<String>()
        };
        assert_eq!(
            [of("2026-08"), of("2026-09"), of("2026-10"), of("2026-11")],
            ["甲乙", "乙", "乙丙", "乙丙"]
        );
    }
}

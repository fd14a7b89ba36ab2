//! How things stand, in words.

use insta::assert_snapshot;

use super::*;
use crate::diag::{SitePath, Source};
use crate::rotation::testing::{date, site as tiny};
use crate::rotation::text::Spoken;
use crate::rotation::{Records, plan, published as lock_file};
use crate::site::page::Campaign;
use crate::site::{Done, Every, Stage};

const SITE: &str = "board east 3 slots repeat=0
     board led 1 slots week screen repeat=0
     poster bins sorting
     poster lamps energy
     poster taps water
     poster costs neighbours posting=2026-11-20..2026-12-04 boards=east
     poster heat air from=2026-12-01 to=2026-12-12 everywhere";

const LEDGER: &str = "\
- {v: 1, id: n1, kind: hung, board: east, slot: \"1\", poster: costs, from: 2026-11-20, to: 2026-12-04, by: 陈立}
- {v: 1, id: d2, kind: hung, board: east, slot: \"2\", poster: heat, from: 2026-12-01, to: 2026-12-12, by: 陈立}
- {v: 1, id: o1, kind: hung, board: gone, slot: \"1\", poster: fans, from: 2026-11-01, to: 2026-11-30, by: 刘姐}
";

const LOCK: &str = "\
- {board: east, slot: \"3\", from: 2026-11-01, to: 2026-11-30, poster: lamps}
- {board: east, slot: \"3\", from: 2026-12-01, to: 2026-12-31, poster: taps}
";

fn stand(today: &str) -> (Site, Plan, Records) {
    let (mut site, fits) = tiny(&format!("today {today}\n{SITE}"));
    let mut diagnostics = Diagnostics::default();
    let file = |path, text: String| Source::new(SitePath::fixed(path), text);
    let ledger_file = file("ledger/a.yaml", format!("{}{LEDGER}", ledger::HEAD));
    let lock = file("plan.lock.yaml", format!("format: 1\nhangings:\n{LOCK}"));
    let records = Records {
        ledger: ledger::parse(&ledger_file, &mut diagnostics),
        published: Some(lock_file::read(&lock, &site, &mut diagnostics)),
        ..Records::default()
    };
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let plan = plan(&site, &fits, &records).value;
    let span = site.pages[0].span.clone();
    site.pages[0].campaign = Some(Campaign {
        from: date("2026-10-01"),
        to: date("2026-12-31"),
        pulls: Vec::new(),
        pulls_pages: Vec::new(),
        pulls_seasons: Vec::new(),
        stages: vec![Stage {
            title: "摸底".into(),
            due: date("2026-11-15"),
            who: Some("赵敏".into()),
            text: None,
            done: None,
            proof: None,
            indicator: None,
            span: span.clone(),
        }],
    });
    site.pages[0].duties = vec![Duty {
        title: "河道巡查".into(),
        every: Every::Month,
        times: 2,
        who: None,
        from: Some(date("2026-10-01")),
        to: None,
        indicator: None,
        done: vec![Done {
            day: date("2026-11-02"),
            proof: None,
        }],
        span,
    }];
    (site, plan, records)
}

#[test]
fn what_should_hang_and_what_is_late_is_told() {
    let (site, plan, records) = stand("2026-12-08");
    let status = status(&site, &plan, &records);
    let boards: Vec<&Board> = site.boards.iter().collect();
    assert_snapshot!(text(&Spoken::of(&site), &status, &boards), @"
    east (east)
      1  bins  12-08–12-31  安排，台账还没有记
      2  heat  12-01–12-12  已挂
      3  taps  12-01–01-31  定稿，台账还没有记

    led (led)
      1  heat  12-01–12-12  安排，台账还没有记

    该记台账的
      east  第3格，2026-11-01 起     greenboard post 2026-11 --board east --by 姓名
      east  第1、3格，2026-12-01 起  greenboard post 2026-12 --board east --by 姓名
      led   第1格，2026-12-01 起     greenboard post 2026-W49 --board led --by 姓名

    过了最后一天，还没有记取下的
      east  第1格  costs  到 2026-12-04

    7 天内到期的
      east  第2格  heat  到 2026-12-12
      led   第1格  heat  到 2026-12-12

    过了期限的阶段
      2026-11-15  摸底  bins  赵敏

    没有做够的常规工作
      2026-11-01–11-30  河道巡查  要 2 次，做了 1 次；今年不够的共 2 期
    ");
}

#[test]
fn what_hung_on_a_day_is_the_ledgers_to_say() {
    let (site, _, records) = stand("2026-12-08");
    let told = |day: &str| {
        let known = hung(&site, &records, published(&records), date(day));
        hung_text(&Spoken::of(&site), &known, date(day))
    };
    assert_snapshot!(told("2026-11-25"), @"
    2026-11-25

    east (east)
      1  costs     11-20–12-04  台账 n1               陈立
      2  没有记录
      3  lamps     11-01–11-30  只有安排，台账没有记

    led (led)
      1  没有记录

    gone (gone)
      1  fans  11-01–11-30  台账 o1  刘姐
    ");
    assert_snapshot!(told("2026-03-14"), @"
    2026-03-14

    east (east)
      1  没有记录
      2  没有记录
      3  没有记录

    led (led)
      1  没有记录
    ");
}

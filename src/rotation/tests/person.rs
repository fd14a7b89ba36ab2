//! What a person would hang: nothing bare for a few days, no stubs, no subject twice, and no
//! campaign that is over for a reason.

use super::super::testing::{plan, site};
use super::super::{Hanging, Plan, Published, Records, check, ledger};
use crate::diag::{Diagnostics, SitePath, Source};

/// What hangs in a slot on one of the days of a month.
fn slot(plan: &Plan, place: (&str, &str), month: &str) -> Vec<String> {
    let (first, last) = (format!("{month}-01"), format!("{month}-31"));
    let here = plan.hangings.iter().filter(|it| {
        let days = it.from.to_string() <= last && first <= it.to.to_string();
        (it.board.as_str(), it.slot.as_str()) == place && days
    });
    here.map(|it| format!("{}..{} {}", it.from, it.to, it.poster))
        .collect()
}

fn planned(text: &str, records: &Records) -> Plan {
    let (site, fits) = site(text);
    let plan = plan(&site, &fits, records).value;
    assert_eq!(check::breaches(&site, &fits, &plan), [""; 0]);
    plan
}

/// Plans where nothing counts but what a poster is worth.
fn plain(text: &str) -> Plan {
    let (mut site, fits) = site(text);
    let weights = &mut site.settings.rotation.weights;
    (weights.first_show, weights.topic_excess, weights.yuan) = (0, 0, 0);
    let plan = plan(&site, &fits, &Records::default()).value;
    assert_eq!(check::breaches(&site, &fits, &plan), [""; 0]);
    plan
}

/// Returns the records of a ledger with these lines.
fn hung(lines: &[&str]) -> Records {
    let text = format!("format: 1\nevents:\n{}\n", lines.join("\n"));
    let file = Source::new(SitePath::fixed("ledger/2026-11.yaml"), text);
    let mut diagnostics = Diagnostics::default();
    let ledger = ledger::parse(&file, &mut diagnostics);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    Records {
        ledger,
        ..Records::default()
    }
}

const GATE: &str = "today 2026-11-20
     board gate 1 slots repeat=1
     poster bins sorting
     poster lamps energy
     poster taps water
     poster costs neighbours posting=2026-12-07..2026-12-14 boards=gate";
const BINS: &str = "- {v: 1, id: a, kind: hung, board: gate, slot: \"1\", poster: bins, \
     from: 2026-11-01, to: 2026-11-30}";

#[test]
fn what_hangs_stays_until_a_posting_period_begins() {
    let expected = [
        "2026-11-01..2026-12-06 bins",
        "2026-12-07..2026-12-14 costs",
    ];
    let by_ledger = planned(GATE, &hung(&[BINS]));
    let december = slot(&by_ledger, ("gate", "1"), "2026-12");
    assert_eq!(december[..2], expected);
    let line = Hanging {
        board: "gate".into(),
        slot: "1".into(),
        from: super::super::testing::date("2026-11-01"),
        to: super::super::testing::date("2026-11-30"),
        poster: "bins".into(),
        origin: super::super::Origin::Published,
    };
    let published = Records {
        published: Some(Published {
            hangings: vec![line],
            ..Published::default()
        }),
        ..Records::default()
    };
    let by_lock = planned(GATE, &published);
    let december = slot(&by_lock, ("gate", "1"), "2026-12");
    assert_eq!(december[..2], expected);
}

#[test]
fn what_came_down_does_not_stay() {
    let down = "- {v: 1, id: b, kind: removed, of: a, to: 2026-11-30}";
    let plan = planned(GATE, &hung(&[BINS, down]));
    let november = slot(&plan, ("gate", "1"), "2026-11");
    assert_eq!(november, ["2026-11-01..2026-11-30 bins"]);
}

#[test]
fn a_screen_shows_no_stubs() {
    let plan = planned(
        "today 2026-11-20
         board led 1 slots week screen repeat=0
         poster bins sorting
         poster lamps energy
         poster taps water
         poster tea neighbours from=2026-12-01 to=2026-12-05",
        &Records::default(),
    );
    assert!(plan.of_poster("tea").count() == 1);
    for hanging in plan.hangings.iter().filter(|it| it.poster != "tea") {
        let days = (hanging.to - hanging.from).get_days() + 1;
        assert!(days >= 4 || hanging.from.day() == 1, "{hanging:?}");
    }
}

#[test]
fn a_guide_hangs_beside_a_notice_of_its_topic_only_where_nothing_else_fits() {
    let text = "today 2026-11-01
         board east 2 slots repeat=0
         board west 1 slots repeat=0
         poster stove air from=2026-11-01 to=2026-11-30 boards=east everywhere
         poster flue air priority=2";
    let november = |text: &str| slot(&plain(text), ("east", "2"), "2026-11");
    let with_another = november(&format!("{text}\nposter bins sorting priority=1"));
    assert_eq!(with_another, ["2026-11-01..2026-11-30 bins"]);
    assert_eq!(november(text).len(), 1, "an empty slot is worse");
}

#[test]
fn a_campaign_counts_for_as_many_days_as_it_lasts() {
    let january = |days: &str| {
        let plan = plain(&format!(
            "board east 1 slots repeat=0
             poster bins sorting priority=2
             poster rats pests
             campaign pests {days}"
        ));
        slot(&plan, ("east", "1"), "2026-01").concat()
    };
    assert!(january("2026-01-02..2026-01-30").ends_with("rats"));
    assert!(january("2026-01-10..2026-01-14").ends_with("bins"));
}

#[test]
fn no_topic_goes_without_its_share_of_a_quarter() {
    let shown = |share: i64| {
        let mut text = String::from("today 2026-11-01\nboard east 1 slots week screen repeat=0\n");
        for (topic, priority) in [("sorting", 3), ("water", 3), ("travel", 0)] {
            for n in 0..3 {
                text += &format!("poster {topic}{n} {topic} priority={priority}\n");
            }
        }
        let (mut site, fits) = site(&text);
        site.settings.rotation.weights.topic_excess = 0;
        site.settings.rotation.weights.first_show = 0;
        site.settings.topics = crate::site::topic::built_in();
        for topic in &mut site.settings.topics {
            topic.share = share;
        }
        let plan = plan(&site, &fits, &Records::default()).value;
        assert_eq!(check::breaches(&site, &fits, &plan), [""; 0]);
        let shares = super::super::shares::shares(&site, &plan);
        let travel = shares.topics.iter().find(|it| it.topic == "绿色出行");
        travel.expect("it has guides").percent.clone()
    };
    assert_eq!(shown(0), [0, 0]);
    // January alone is too short for a quarter.
    assert!(shown(10)[0] >= 10, "{:?}", shown(10));
}

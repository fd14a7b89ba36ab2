//! What phones send: whole, cut, forged, doubled; what the ledger is told.

use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use insta::assert_snapshot;

use super::*;
use crate::diag::{Diagnostics, Language, SitePath, Source};
use crate::photo::testing::phone_photo;
use crate::rotation::ledger::{self, Event};
use crate::rotation::plan::Plan;
use crate::rotation::testing::{plan_of, site as site_of};
use crate::site::Site;

fn site() -> Site {
    site_of(
        "today 2026-12-03
         board windows 1 slots places=4
         board east 2 slots fixed=2
         poster lamps energy
         poster taps water
         poster doors air",
    )
    .0
}

fn plan() -> Plan {
    plan_of(
        "windows/1 2026-11-01..2026-11-30 taps
         windows/1 2026-12-01..2026-12-31 lamps
         east/1 2026-11-01..2026-12-31 doors",
    )
}

/// The body of a round of four windows: two done, one of them with the old sheet torn, one closed,
/// one not ticked; on the board in the east a sheet is gone.
fn body() -> String {
    let (lamps, taps, doors) = (poster_key("lamps"), poster_key("taps"), poster_key("doors"));
    format!(
        r#"{{"site":"{}","day":"2026-12-01","on":"2026-12-02","id":"a1b2-1","by":"赵敏","boards":[
        {{"board":"windows","slots":[
          {{"slot":"1","job":"down","key":"{taps}","said":{{"yes":["1"],"torn":["2"]}}}},
          {{"slot":"1","job":"up","key":"{lamps}","said":{{"yes":["1","2"],"closed":["3"]}}}}]}},
        {{"board":"east","slots":[{{"slot":"1","job":"stays","key":"{doors}","said":{{"gone":["1"]}}}}]}}]}}"#,
        site_key(&site())
    )
}

fn sealed(json: &str) -> Vec<u8> {
    format!(
        "{MARK} 1 {:08x}\n{json}\n",
        crc32fast::hash(json.as_bytes())
    )
    .into_bytes()
}

fn events(lines: &str) -> Vec<Event> {
    let path = SitePath::fixed("ledger/2026-12.yaml");
    let source = Source::new(path, format!("{}{lines}", ledger::HEAD));
    let mut wrong = Diagnostics::default();
    let events = ledger::parse(&source, &mut wrong);
    ledger::history(&events, &mut wrong);
    assert!(wrong.is_empty(), "{wrong:?}");
    events
}

/// Returns why a file is refused, or what is wrong with it, or the lines that it makes behind
/// `lines`.
fn told(bytes: &[u8], lines: &str) -> String {
    let refused = |words| {
        let said = crate::diag::Diagnostic::new(crate::diag::Code::BadRound).with("cause", words);
        said.render(Language::Chinese).message
    };
    let round = match parse(bytes) {
        Ok(round) => round,
        Err(cause) => return refused(cause),
    };
    let (site, plan, events) = (site(), plan(), events(lines));
    if let Some(event) = earlier(&events, &round) {
        return format!("before: {}", event.id);
    }
    let judged = judge(&site, &plan, &round);
    let has_errors = judged.diagnostics.has_errors();
    let said = judged.diagnostics.sorted();
    let mut text: Vec<String> = said
        .iter()
        .map(|it| it.render(Language::Chinese).message)
        .collect();
    if !has_errors {
        let request = request(&plan, &round, &judged.value, round.by.clone());
        let reason = |answer: Option<&str>| answer.unwrap_or("nothing").to_owned();
        let mut wrong = Diagnostics::default();
        let parts = (&round, &judged.value, &request);
        let entry = enter(&site, &plan, &events, parts, &reason, &mut wrong);
        assert!(wrong.is_empty(), "{wrong:?}");
        text.extend(entry.events.iter().map(Event::line));
        text.push(format!("{} known", entry.known));
    }
    text.join("\n").replace("{v: 1, id: ", "{")
}

fn lines_of(text: &str) -> String {
    let lines = text.lines().filter(|line| line.starts_with("- "));
    lines
        .map(|line| format!("{}\n", line.replacen("- {", "- {v: 1, id: ", 1)))
        .collect()
}

#[test]
fn a_round_becomes_lines_and_its_gaps_are_named() {
    assert_snapshot!(told(&sealed(&body()), ""), @r#"
    - {"2026-12-02/windows/1", kind: hung, board: windows, slot: "1", poster: lamps, from: 2026-12-02, to: 2026-12-31, by: 赵敏, round: a1b2-1}
    - {"2026-12-01/windows/1/2/lost", kind: lost, poster: taps, board: windows, size: A3, copies: 1, on: 2026-12-02, by: 赵敏, round: a1b2-1}
    - {"2026-12-01/windows/1/3/absent", kind: absent, board: windows, slot: "1", poster: lamps, place: "3", on: 2026-12-02, by: 赵敏, note: closed, round: a1b2-1}
    - {"2026-12-01/windows/1/4/absent", kind: absent, board: windows, slot: "1", poster: lamps, place: "4", on: 2026-12-02, by: 赵敏, note: nothing, round: a1b2-1}
    - {"2026-12-01/east/1/1/lost", kind: lost, poster: doors, board: east, size: A3, copies: 1, on: 2026-12-02, by: 赵敏, round: a1b2-1}
    - {"2026-12-01/east/1/1/absent", kind: absent, board: east, slot: "1", poster: doors, place: "1", on: 2026-12-02, by: 赵敏, note: gone, round: a1b2-1}
    0 known
    "#);
}

#[test]
fn what_was_only_taken_down_hangs_nothing() {
    let only = body().replace(
        &format!(
            r#",
          {{"slot":"1","job":"up","key":"{}","said":{{"yes":["1","2"],"closed":["3"]}}}}"#,
            poster_key("lamps")
        ),
        "",
    );
    assert!(!only.contains(r#""job":"up""#));
    let told = told(&sealed(&only), "");
    assert!(told.contains("kind: lost, poster: taps"), "{told}");
    assert!(!told.contains("kind: hung"), "{told}");
}

#[test]
fn the_same_file_is_entered_once_and_a_later_one_adds_what_is_new() {
    let first = lines_of(&told(&sealed(&body()), ""));
    assert_snapshot!(told(&sealed(&body()), &first), @"before: 2026-12-02/windows/1");
    let later = body()
        .replace("a1b2-1", "a1b2-2")
        .replace(
            r#""yes":["1","2"],"closed":["3"]"#,
            r#""yes":["1","2","3","4"]"#,
        )
        .replace("\"on\":\"2026-12-02\"", "\"on\":\"2026-12-03\"");
    assert_snapshot!(told(&sealed(&later), &first), @r#"
    - {"2026-12-01/windows/1/3/absent/removed", kind: removed, of: "2026-12-01/windows/1/3/absent", to: 2026-12-02, by: 赵敏, round: a1b2-2}
    - {"2026-12-01/windows/1/4/absent/removed", kind: removed, of: "2026-12-01/windows/1/4/absent", to: 2026-12-02, by: 赵敏, round: a1b2-2}
    4 known
    "#);
}

#[test]
fn a_place_that_goes_without_once_more_is_entered_and_ends_again() {
    let turn = |n: u8, day: u8, said: &str| {
        body()
            .replace("a1b2-1", &format!("a1b2-{n}"))
            .replace(r#""yes":["1","2"],"closed":["3"]"#, said)
            .replace(
                "\"on\":\"2026-12-02\"",
                &format!("\"on\":\"2026-12-0{day}\""),
            )
    };
    let all = r#""yes":["1","2","3","4"]"#;
    let without = r#""yes":["1","2","4"],"closed":["3"]"#;
    let mut lines = lines_of(&told(&sealed(&body()), ""));
    let mut new = Vec::new();
    for (n, day, said) in [(2, 3, all), (3, 3, without), (4, 3, all)] {
        let more = lines_of(&told(&sealed(&turn(n, day, said)), &lines));
        let ids = more
            .lines()
            .map(|line| line.split('"').nth(1).unwrap_or_default().to_owned());
        new.extend(ids.filter(|id| id.contains("/3/")));
        lines += &more;
    }
    assert_eq!(
        new,
        [
            "2026-12-01/windows/1/3/absent/removed",
            "2026-12-01/windows/1/3/absent-2",
            "2026-12-01/windows/1/3/absent-2/removed",
        ]
    );
}

#[test]
fn a_message_is_the_same_file_among_other_words() {
    let json = body();
    let packed = BASE64_URL_SAFE_NO_PAD.encode(&json);
    let (head, tail) = packed.split_at(90);
    let sum = crc32fast::hash(json.as_bytes());
    let message = format!("何志远 9:41\n【换栏回执】\n{MARK} 1 {sum:08x} {head}\n{tail}.\n收到！");
    assert_eq!(parse(message.as_bytes()), parse(&sealed(&json)));
    let cut = message.replace(".\n收到！", "");
    assert_snapshot!(told(cut.as_bytes(), ""), @"这份换栏回执不能记：不完整，或者半路上被改过、截断过");
    assert_snapshot!(told(format!("{message}{message}").as_bytes(), ""), @"这份换栏回执不能记：里面有好几份，请分开存，一份一份记");
}

#[test]
fn what_is_cut_or_changed_is_refused() {
    let whole = sealed(&body());
    for end in [0, 5, 20, 30, 200, whole.len() - 3] {
        let refused = told(&whole[..end], "");
        assert!(refused.contains("不能记"), "{end}: {refused}");
    }
    let text = String::from_utf8(whole).expect("it is text");
    let changed = text.replace("赵敏", "钱进");
    assert_snapshot!(told(changed.as_bytes(), ""), @"这份换栏回执不能记：不完整，或者半路上被改过、截断过");
    assert_snapshot!(told(text.replace("round 1", "round 2").as_bytes(), ""), @"这份换栏回执不能记：是更新的绿板做的；把这台电脑上的绿板也换成新的");
    assert_snapshot!(told(b"\xFF\xFE not ours", ""), @"这份换栏回执不能记：这不是换栏回执");
    assert_snapshot!(told(&sealed("{\"site\": 5}"), ""), @"这份换栏回执不能记：里面的内容不是那一页写的样子");
    assert_snapshot!(told(&sealed(&body().replace("a1b2-1", "../../etc")), ""), @"这份换栏回执不能记：里面的姓名、编号或者照片不是那一页做出来的样子");
}

#[test]
fn what_is_forged_is_held_against_site_and_plan() {
    let forged = |from: &str, to: &str| told(&sealed(&body().replace(from, to)), "");
    assert_snapshot!(forged(&site_key(&site()), "00000000"), @"这份换栏回执不能记：是别的网站的页面做出来的");
    assert_snapshot!(forged("\"board\":\"windows\"", "\"board\":\"moon\""), @"这份换栏回执不能记：没有 moon 这块宣传栏");
    assert_snapshot!(forged("\"closed\":[\"3\"]", "\"closed\":[\"9\"]"), @"这份换栏回执不能记：windows没有 9 这个点位，或者同一处答了两次");
    assert_snapshot!(forged("\"closed\":[\"3\"]", "\"closed\":[\"2\"]"), @"这份换栏回执不能记：windows没有 2 这个点位，或者同一处答了两次");
    assert_snapshot!(forged("\"closed\"", "\"eaten\""), @"这份换栏回执不能记：有一个答案这一页没有给过：eaten");
    assert_snapshot!(forged(&poster_key("doors"), "12345678"), @"这份换栏回执不能记：east第1格写的那一张，网站里没有");
    assert_snapshot!(forged("\"on\":\"2026-12-02\"", "\"on\":\"2026-12-09\""), @"这份换栏回执不能记：写的是 2026-12-09 换的，那天还没有到");
    assert_snapshot!(forged("\"on\":\"2026-12-02\"", "\"on\":\"2025-12-02\""), @"这份换栏回执不能记：写的是 2025-12-02 换的，离排定的 2026-12-01 太远");
    assert_snapshot!(forged("\"slot\":\"1\",\"job\":\"stays\"", "\"slot\":\"2\",\"job\":\"stays\""), @"这份换栏回执不能记：east没有第2格，或者那一格不归绿板管");
    let photo =
        r#""photos":[{"place":"1","taken":"2026-12-02T09:05:00","jpeg":"bm8gcGhvdG8="}],"slots""#;
    assert_snapshot!(forged("\"slots\"", photo), @"
    这份换栏回执不能记：east的第 1 张照片打不开，或者不是这块栏的点位
    这份换栏回执不能记：windows的第 1 张照片打不开，或者不是这块栏的点位
    ");
    // What the plan does not have is told, and entered as it hangs.
    assert_snapshot!(forged(&poster_key("lamps"), &poster_key("doors")), @r#"
    windows第1格挂的是 `doors`《doors》，安排表 2026-12-01 那天排的不是它；照手机说的记
    - {"2026-12-02/windows/1", kind: hung, board: windows, slot: "1", poster: doors, from: 2026-12-02, to: 2026-12-31, by: 赵敏, round: a1b2-1}
    - {"2026-12-01/windows/1/2/lost", kind: lost, poster: taps, board: windows, size: A3, copies: 1, on: 2026-12-02, by: 赵敏, round: a1b2-1}
    - {"2026-12-01/windows/1/3/absent", kind: absent, board: windows, slot: "1", poster: doors, place: "3", on: 2026-12-02, by: 赵敏, note: closed, round: a1b2-1}
    - {"2026-12-01/windows/1/4/absent", kind: absent, board: windows, slot: "1", poster: doors, place: "4", on: 2026-12-02, by: 赵敏, note: nothing, round: a1b2-1}
    - {"2026-12-01/east/1/1/lost", kind: lost, poster: doors, board: east, size: A3, copies: 1, on: 2026-12-02, by: 赵敏, round: a1b2-1}
    - {"2026-12-01/east/1/1/absent", kind: absent, board: east, slot: "1", poster: doors, place: "1", on: 2026-12-02, by: 赵敏, note: gone, round: a1b2-1}
    0 known
    "#);
}

#[test]
fn a_photo_keeps_its_time() {
    let jpeg = BASE64_STANDARD.encode(phone_photo(64, 48));
    let photo = format!(
        r#""photos":[{{"place":"1","taken":"2026-12-02T09:05:00","jpeg":"{jpeg}"}}],"slots""#
    );
    let json = body().replacen("\"slots\"", &photo, 1);
    let round = parse(&sealed(&json)).expect("it is whole");
    let (site, plan) = (site(), plan());
    let judged = judge(&site, &plan, &round);
    assert!(judged.diagnostics.is_empty(), "{:?}", judged.diagnostics);
    let (board, place, _, bytes) = &judged.value.photos[0];
    assert_eq!((board.id.as_str(), place.as_str()), ("windows", "1"));
    let taken = crate::photo::taken(bytes).map(|taken| taken.to_string());
    assert_eq!(taken.as_deref(), Some("2026-12-02T09:05:00"));
}

#[test]
fn a_screens_record_becomes_a_line_a_day() {
    let (site, plan) = (site(), plan());
    let board = site.board("east").expect("it is there");
    let record = "\u{feff}东门屏播放日志\n序号,播放时间,节目名称,时长\n\
        1,2026-12-01 07:00:00,1-doors-2026-11-01.png,12\n2,2026-12-01 07:00:12,\"1-doors,2026.png\",12\n\
        3,2026/12/2 07:00,1-doors.png,12\n4,2026/12/2 07:01,房产广告.mp4,12\n";
    let played = played(record, &site, &plan, board).expect("it is one");
    assert_eq!(played.unknown.iter().collect::<Vec<_>>(), ["房产广告.mp4"]);
    let entry = entry(&played, &[], (&site, &plan, board), "赵敏", "played-1.csv");
    let lines: Vec<String> = entry.events.iter().map(Event::line).collect();
    assert_snapshot!(lines.join("\n"), @r#"
    - {v: 1, id: "2026-12-01/east/played", kind: seen, board: east, on: 2026-12-01, by: 赵敏, note: "播放记录：doors2次（played-1.csv）"}
    - {v: 1, id: "2026-12-02/east/played", kind: seen, board: east, on: 2026-12-02, by: 赵敏, note: "播放记录：doors1次（played-1.csv）"}
    "#);
    let again = super::entry(
        &played,
        &entry.events,
        (&site, &plan, board),
        "赵敏",
        "played-1.csv",
    );
    assert_eq!((again.events.len(), again.known), (0, 2));
    // A count a file and day; what was due and not shown is named.
    let counted = super::played(
        "日期\t文件名\t播放次数\n2026-12-01\t别的.png\t40\n2026-12-01\tdoors.png\t412\n",
        &site,
        &plan,
        board,
    );
    assert_eq!(
        counted.expect("it is one").days[&"2026-12-01".parse().expect("a day")]["doors"],
        412
    );
    let shown = std::collections::BTreeMap::new();
    let missing = missing("2026-12-01".parse().expect("a day"), &shown, &plan, board);
    assert_eq!(missing.into_iter().collect::<Vec<_>>(), ["doors"]);
    for (text, said) in [
        ("今天放了三张\n", "played-none"),
        ("播放时间,节目\n2027-01-01,doors.png\n", "played-later"),
    ] {
        let wrong = super::played(text, &site, &plan, board).expect_err(said);
        assert!(format!("{wrong:?}").contains(said), "{wrong:?}");
    }
}

#[test]
fn a_notice_of_several_pictures_counts_where_all_of_them_were_shown() {
    let text = "board led 3 slots screen
         poster costs neighbours posting=2026-11-09..2026-12-18
         several costs led 2";
    let (mut site, _) = crate::rotation::testing::site(text);
    site.today = "2026-12-03".parse().expect("a day");
    let plan = crate::rotation::testing::plan_of(
        "led/1 2026-11-09..2026-12-18 costs
         led/2 2026-11-09..2026-12-18 costs",
    );
    let board = site.board("led").expect("it is there");
    let counted = |lines: &str| {
        let text = format!("日期,节目名称,播放次数\n{lines}");
        let played = played(&text, &site, &plan, board).expect("it is one");
        let days = played.days.into_values();
        days.flat_map(|day| day.into_values()).collect::<Vec<u64>>()
    };
    // Those of the program's own player, of files put into another one, and of a film that has both.
    assert_eq!(
        counted("2026-12-01,costs（第1/2张）,40\n2026-12-01,costs（第2/2张）,39\n"),
        [39]
    );
    assert_eq!(
        counted("2026-12-01,1-costs.png,40\n2026-12-01,2-costs.png,41\n"),
        [40]
    );
    assert_eq!(counted("2026-12-01,costs.mp4,40\n"), [40]);
    assert_eq!(counted("2026-12-01,costs（第1/2张）,40\n"), [0; 0]);
}

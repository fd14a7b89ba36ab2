//! What hangs nowhere is told, with its reason and a way that exists.

use insta::assert_snapshot;

use super::super::testing::{plan, site};
use super::super::{Records, insertion};
use crate::diag::{Code, Language};
use crate::measure::Fit;
use crate::typeset::{Cut, Part};

/// Says what is told of posters that hang nowhere.
fn told(lines: &str) -> String {
    let (site, fits) = site(lines);
    let planned = plan(&site, &fits, &Records::default());
    let mut out = Vec::new();
    for one in planned.diagnostics.sorted() {
        let said = one.render(Language::Chinese);
        if ["G405", "G406", "G407", "G409", "G410"].contains(&&*said.code) {
            out.push(format!("{} {}", said.code, said.message));
            out.extend(said.hints.iter().map(|hint| format!("  ? {hint}")));
        }
    }
    out.join("\n")
}

#[test]
fn an_evergreen_that_hangs_nowhere_says_why() {
    assert_snapshot!(told(
        "today 2026-01-10
         board east 1 slots repeat=0
         poster bins sorting priority=3
         poster dull water priority=0
         poster past air from=2025-03-01 to=2025-03-31
         poster draft air draft
         poster wide trees
         misfit wide east 1",
    ), @"
    G405 “wide”没有一块宣传栏挂它：它能上的宣传栏，没有一格放得下它
    G407 “dull”排好的日子里一次也不挂：别的更要紧；最接近的是east，还差 8 分，`priority` 每高一级加 4 分
    G409 “draft”还是草稿，不挂
      ? 签发以后，把 `status:` 那一行改成 `status: approved`，或者删掉
    ");
}

#[test]
fn a_notice_that_finds_no_slot_says_what_would_come_down_for_it() {
    assert_snapshot!(told(
        "today 2026-03-02
         board east 1 slots repeat=0
         poster first water from=2026-03-02 to=2026-03-31 priority=3
         poster second air from=2026-03-02 to=2026-03-20",
    ), @"
    G405 “second”没有一块宣传栏挂它：east：放得下它的 1 格这几天都排给了别的宣传品
      ? 现在就要挂上：greenboard plan --insert test.md --publish（为它取下《first》）
    ");
}

#[test]
fn no_notice_is_kept_off_by_its_topic() {
    let lines = "today 2026-03-02
         board east 2 slots repeat=0
         poster first air from=2026-03-02 to=2026-03-31 everywhere
         poster second air from=2026-03-02 to=2026-03-20";
    assert_eq!(told(lines), "");
}

#[test]
fn a_notice_on_screens_alone_is_told_of() {
    let lines = "today 2026-03-02
         board east 1 slots repeat=0
         board led 2 slots week screen repeat=0
         poster first water from=2026-03-02 to=2026-03-31 priority=3
         poster second air from=2026-03-02 to=2026-03-20";
    assert_snapshot!(told(lines), @"
    G406 “second”只在led上播，没有一块纸的宣传栏挂它：east：放得下它的 1 格这几天都排给了别的宣传品
      ? 要贴到纸的宣传栏上：在 `poster:` 下面加一行 `boards: [east]`，再运行 greenboard plan --insert test.md --publish（为它取下《first》）
      ? 只上屏就够了，在 `poster:` 下面写明屏的编号，例如 `boards: [led]`，就不再提醒
    ");
    assert_eq!(told(&lines.replace("03-20", "03-20 boards=led")), "");
}

#[test]
fn a_screen_that_refuses_does_not_hide_why_paper_does() {
    let (site, mut fits) = site(
        "today 2026-03-02
         board east 1 slots repeat=0
         board led 1 slots week screen repeat=0
         poster first water posting=2026-03-02..2026-03-18 boards=led
         poster second air posting=2026-03-02..2026-03-18",
    );
    let cut = Cut {
        characters: 40,
        part: Part::Body,
        from: "其余的话".to_owned(),
        table: None,
    };
    let place = ("second".to_owned(), "east".to_owned(), "1".to_owned());
    fits.0.insert(place, Fit::TooLong(vec![cut]));
    let planned = plan(&site, &fits, &Records::default());
    let said = planned.diagnostics.sorted();
    let said = said.iter().find(|one| one.code == Code::CannotHang);
    let said = said.expect("it is said").render(Language::Chinese);
    assert_snapshot!(format!("{}\n{}", said.message, said.hints[0]), @"
    “second”要在2026年第10周至2026年第12周挂上led，但是挂不上：同时要挂《first》和它一共 2 张，放得下它的只有 1 格
    纸的宣传栏也没有挂它：east：太长，请删去约 40 个字
    ");
}

#[test]
fn more_boards_than_there_are_is_said_so() {
    let (mut site, fits) = site(
        "today 2026-03-02
         board east 1 slots repeat=0
         poster first water",
    );
    for page in &mut site.pages {
        let wish = page.poster.as_mut().expect("it has one");
        wish.at_least = 3;
    }
    let planned = plan(&site, &fits, &Records::default());
    let said = planned.diagnostics.sorted();
    let said = said.iter().find(|one| one.code == Code::TooFewBoards);
    assert_eq!(
        said.expect("it is said").render(Language::Chinese).message,
        "“first”至少要挂 3 块宣传栏，能挂它的只有 1 块"
    );
}

#[test]
fn the_way_that_is_told_exists() {
    let (site, fits) = site(
        "today 2026-03-02
         board east 1 slots repeat=0
         poster first water from=2026-03-02 to=2026-03-31 priority=3
         poster second air from=2026-03-02 to=2026-03-20 boards=east",
    );
    let found = insertion(&site, &fits, &Records::default(), "second").value;
    let found = found.expect("it has days left");
    assert_eq!(found.hangings.len(), 1);
    assert_eq!(found.hangings[0].instead_of[0].poster, "first");
}

#[test]
fn posters_of_a_site_without_boards_are_told_of_once() {
    assert_snapshot!(told(
        "today 2026-03-02
         poster first water
         poster second air",
    ), @"
    G410 网站还没有宣传栏，2 篇的海报没有地方挂
      ? 加一块：greenboard new board 东门宣传栏
    ");
}

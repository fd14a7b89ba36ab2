//! What users get wrong: a Chinese message with file and line, exit 1, the last good output
//! untouched.

use insta::assert_snapshot;

use crate::test_site::TestSite;

/// Builds a good site, spoils it, and returns what a second build says.
#[track_caller]
fn message_after(spoil: impl FnOnce(&TestSite)) -> String {
    let site = TestSite::minimal();
    site.build();
    let before = (site.files("public"), site.files("print"));
    spoil(&site);
    let run = site.run(&["build"]);
    assert_eq!(run.code, 1, "{}\n{}", run.stdout, run.stderr);
    assert!(
        before == (site.files("public"), site.files("print")),
        "the old output was touched"
    );
    run.messages().to_owned()
}

#[test]
fn unknown_key() {
    assert_snapshot!(message_after(|site| site.edit("content/living/tap.md", "topics:", "topcs:")), @r#"
    错误 G107：不认识的键 `topcs`
      → content/living/tap.md:4:1
      提示：是不是想写 `topics`？
    共 1 处错误。什么也没有写，上一次的结果还在。
    "#);
}

#[test]
fn bad_date() {
    assert_snapshot!(message_after(|site| site.edit("content/living/tap.md", "2026-01-01", "2026-02-30")), @r#"
    错误 G111：`2026-02-30` 不是一个日期
      → content/living/tap.md:3:7
      提示：日期这样写：2026-11-01、2026/11/1 或 2026年11月1日
    共 1 处错误。什么也没有写，上一次的结果还在。
    "#);
}

#[test]
fn missing_image() {
    let spoil = |site: &TestSite| site.edit("content/_index.md", "欢迎。", "![水龙头](tap.png)");
    assert_snapshot!(message_after(spoil), @r#"
    错误 G205：找不到图片 `tap.png`
      → content/_index.md:4:1
      提示：把图片放在这个文件旁边，名字写成一样（连大小写）
    共 1 处错误。什么也没有写，上一次的结果还在。
    "#);
}

#[test]
fn broken_link() {
    let spoil =
        |site: &TestSite| site.edit("content/_index.md", "欢迎。", "见[水](living/tab.md)。");
    assert_snapshot!(message_after(spoil), @r#"
    错误 G203：链接 `living/tab.md` 找不到对应的文件
      → content/_index.md:4:2
      提示：是不是想写 `living/tap.md`？
    共 1 处错误。什么也没有写，上一次的结果还在。
    "#);
}

#[test]
fn two_pages_with_one_address() {
    let spoil = |site: &TestSite| {
        site.put(
            "content/living/drip.md",
            "---\ntitle: 滴水\nslug: tap\n---\n听。\n",
        );
    };
    assert_snapshot!(message_after(spoil), @r#"
    错误 G201：这一页与 content/living/drip.md 的网址相同：living/tap/index.html
      → content/living/tap.md:2:8
      提示：给其中一页改文件名，或写 `slug: 另一个名字`
    共 1 处错误。什么也没有写，上一次的结果还在。
    "#);
}

#[test]
fn a_board_without_a_slot() {
    let spoil = |site: &TestSite| {
        site.edit(
            "content/boards/gate.md",
            "slots:\n  - { id: \"1\", at: [50, 50], size: A3 }\n",
            "",
        );
    };
    assert_snapshot!(message_after(spoil), @r#"
    错误 G209：宣传栏“大门宣传栏”没有版面
      → content/boards/gate.md:2:1
      提示：在 `slots:` 下面至少写一格：编号 id、左边和上边的毫米数 at、尺寸 size
    共 1 处错误。什么也没有写，上一次的结果还在。
    "#);
}

#[test]
fn a_board_that_cannot_be_read_is_no_unknown_board() {
    let said = message_after(|site| {
        site.edit("content/boards/gate.md", "size: 500x600mm", "size: 大");
        site.edit(
            "content/living/tap.md",
            "layout: guide",
            "layout: guide\n  boards: [gate]",
        );
    });
    assert!(said.contains("G110") && !said.contains("G211"), "{said}");
}

#[test]
fn more_sheets_than_a_board_holds() {
    let spoil = |site: &TestSite| {
        let slots = "slots:\n  - { id: \"1\", at: [50, 50], size: A3 }\n";
        site.edit("content/boards/gate.md", slots, "slots: 30 x A3\n");
    };
    assert_snapshot!(message_after(spoil), @r#"
    错误 G110：`slots` 的值 `30 x A3` 不对：应当是放得下的张数：这里最多 1 张 A3
      → content/boards/gate.md:7:8
      提示：例如 `1 x A3`
    共 1 处错误。什么也没有写，上一次的结果还在。
    "#);
}

#[test]
fn a_slot_outside_its_panel() {
    let spoil = |site: &TestSite| {
        let slots = "slots:\n  - { id: \"1\", at: [50, 50], size: A3 }\n";
        let panel = "panels:\n  - title: 左扇\n    at: [0, 0]\n    size: 300x300mm\n    \
            slots: [{ id: \"9\", at: [10, 10], size: A3 }]\n";
        site.edit("content/boards/gate.md", slots, panel);
    };
    assert_snapshot!(message_after(spoil), @r#"
    错误 G210：版面 9 的位置不对：从栏板的左上角量，它的右边到 307 mm、下边到 430 mm，栏板只有 300×300 mm
      → content/boards/gate.md:11:13
      提示：按毫米量好左边、上边的距离，再改 `at:`
    共 1 处错误。什么也没有写，上一次的结果还在。
    "#);
}

#[test]
fn a_press_profile_that_is_none() {
    let spoil = |site: &TestSite| {
        site.put("profiles/press.icc", "四色");
        let print = "print: { colour: cmyk, profile: profiles/press.icc }\n";
        let settings = format!("{}{print}", site.read("greenboard.yaml"));
        site.put("greenboard.yaml", settings);
    };
    assert_snapshot!(message_after(spoil), @r#"
    错误 G315：印刷用的特性文件 `profiles/press.icc` 不能用：它不是 ICC 特性文件
      → greenboard.yaml:4:33
      提示：向印刷店要他们机器的 ICC 文件，放进 `profiles/`，写成 `profile: profiles/文件名.icc`；没有就删掉这一行
    共 1 处错误。什么也没有写，上一次的结果还在。
    "#);
}

#[test]
fn a_banner_over_a_slot() {
    let spoil = |site: &TestSite| {
        let header = "header: { at: [0, 0], size: 300x100mm }\nslots:";
        site.edit("content/boards/gate.md", "slots:", header);
    };
    assert_snapshot!(message_after(spoil), @r#"
    错误 G210：版面 栏头 的位置不对：与第 1 格重叠
      → content/boards/gate.md:7:9
      提示：按毫米量好左边、上边的距离，再改 `at:`
    共 1 处错误。什么也没有写，上一次的结果还在。
    "#);
}

#[test]
fn a_poster_too_long_for_its_slot() {
    let spoil = |site: &TestSite| {
        let long = "每天出门之前，先把厨房和卫生间的水龙头都看一遍。".repeat(60);
        site.edit(
            "content/living/tap.md",
            "1. **拧紧**每个水龙头。",
            &format!("1. {long}"),
        );
    };
    assert_snapshot!(message_after(spoil), @r#"
    错误 G303：“关紧水龙头”在哪一块宣传栏都放不下：最宽松的是大门宣传栏第1格，也要删去约 430 个字
      → content/living/tap.md:6:3
      提示：删短 <!-- poster --> 与 <!-- /poster --> 之间的文字；放不下的从“每天出门之前，先”开始
    共 1 处错误。什么也没有写，上一次的结果还在。
    "#);
}

#[test]
fn unknown_layout() {
    assert_snapshot!(message_after(|site| site.edit("content/living/tap.md", "layout: guide", "layout: giude")), @r#"
    错误 G301：没有名为 `giude` 的海报模板
      → content/living/tap.md:6:11
      提示：是不是想写 `guide`？
      提示：可以写：campaign、checklist、formal、guide、month、notice、numbers、plan、qa、sorting、story
    共 1 处错误。什么也没有写，上一次的结果还在。
    "#);
}

#[test]
fn a_layout_that_no_page_asks_for() {
    let said =
        message_after(|site| site.edit("content/living/tap.md", "layout: guide", "layout: strip"));
    assert!(
        said.contains("错误 G301：没有名为 `strip` 的海报模板"),
        "{said}"
    );
}

#[test]
fn broken_yaml() {
    assert_snapshot!(message_after(|site| site.edit("content/living/tap.md", "topics: [water]", "topics: [water")), @r#"
    错误 G104：从这里起读不懂
      → content/living/tap.md:5:7
      提示：看看这一行和上一行：括号和引号要成对，冒号后面要有空格，缩进要对齐
      提示：解析程序的原话：illegal placement of ':' indicator
    共 1 处错误。什么也没有写，上一次的结果还在。
    "#);
}

#[test]
fn a_file_that_is_no_text() {
    let spoil = |site: &TestSite| {
        site.put(
            "content/living/photo.md",
            b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        )
    };
    assert_snapshot!(message_after(spoil), @r#"
    错误 G102：这个文件不是文字，读不出来
      → content/living/photo.md:1:1
      提示：如果是 Word 或 WPS 文档，请另存为“纯文本”；如果是图片或 PDF，请换回它原来的扩展名
    共 1 处错误。什么也没有写，上一次的结果还在。
    "#);
}

/// Makes the page of the minimal site a public notice with these lines.
fn public_notice(site: &TestSite, lines: &str) {
    site.edit(
        "content/living/tap.md",
        "topics: [water]\n",
        &format!("topics: [water]\nkind: 公示\n{lines}"),
    );
}

#[test]
fn unknown_person() {
    let spoil = |site: &TestSite| {
        let settings = site.read("greenboard.yaml");
        let people = "people: [{ name: 林晓芸 }, { name: 陈立 }]\n";
        site.put("greenboard.yaml", format!("{settings}{people}"));
        site.edit(
            "content/boards/gate.md",
            "place: 大门",
            "place: 大门\nkeeper: 林小芸",
        );
    };
    assert_snapshot!(message_after(spoil), @"
    错误 G225：名单里没有“林小芸”这个人
      → content/boards/gate.md:5:9
      提示：是不是想写“林晓芸”？
      提示：名单里有：林晓芸、陈立
      提示：是新来的，就在 greenboard.yaml 的 people 下面加一行 `- name: 林小芸`
    共 1 处错误。什么也没有写，上一次的结果还在。
    ");
}

#[test]
fn an_identity_card_number_in_a_public_notice() {
    let spoil = |site: &TestSite| {
        public_notice(site, "");
        site.edit(
            "content/living/tap.md",
            "报修",
            "张某（11010519491231002X）报修",
        );
    };
    let said = message_after(spoil);
    assert!(!said.contains("19491231"), "{said}");
    assert_snapshot!(said, @"
    错误 G229：公示里有身份证号（110…2X）
      → content/living/tap.md:12:9
      提示：删掉它；要分清同名的人，写出生年份，或者中间用 * 遮住
    共 1 处错误。什么也没有写，上一次的结果还在。
    ");
}

#[test]
fn a_posting_period_that_ends_before_it_begins() {
    let spoil = |site: &TestSite| {
        public_notice(site, "");
        let posting = "layout: guide\n  posting: 2026-11-12 to 2026-11-03";
        site.edit("content/living/tap.md", "layout: guide", posting);
    };
    assert_snapshot!(message_after(spoil), @"
    错误 G214：结束的日期 2026-11-03 早于开始的日期 2026-11-12
      → content/living/tap.md:8:12
    共 1 处错误。什么也没有写，上一次的结果还在。
    ");
}

#[test]
fn a_document_number_of_the_wrong_form() {
    let spoil = |site: &TestSite| public_notice(site, "number: 小社居[2026]第012号\n");
    assert_snapshot!(message_after(spoil), @"
    错误 G217：文号 `小社居[2026]第012号` 的写法不对
      → content/living/tap.md:6:9
      提示：这样写：梧社居〔2026〕12号（六角括号，不写“第”，序号前不加 0）
    共 1 处错误。什么也没有写，上一次的结果还在。
    ");
}

#[test]
fn working_days_in_a_year_without_a_table() {
    let spoil = |site: &TestSite| {
        public_notice(site, "");
        site.edit("content/living/tap.md", "2026-01-01", "2029-02-08");
        site.edit(
            "content/living/tap.md",
            "layout: guide",
            "layout: guide\n  posting: 7个工作日",
        );
    };
    assert_snapshot!(message_after(spoil), @"
    错误 G220：2029 年的法定节假日和调休还没有数据，算不出工作日
      → content/living/tap.md:8:12
      提示：等国务院办公厅发布后，照通知写进 content/calendar.yaml：`holidays: { 2029: { off: [2029-01-01], work: [] } }`
      提示：或者自己数好，直接写起止日期：`2029-02-08 to …`
    共 1 处错误。什么也没有写，上一次的结果还在。
    ");
}

#[test]
fn a_figure_that_contradicts_itself() {
    let spoil = |site: &TestSite| {
        let figure = "figures: [{ label: 满意率, value: 95%, numerator: 265, denominator: 288 }]\n";
        site.edit(
            "content/living/tap.md",
            "topics:",
            &format!("{figure}topics:"),
        );
    };
    assert_snapshot!(message_after(spoil), @"
    错误 G228：“满意率”写的是 95%，按分子 265、分母 288 算是 92%
      → content/living/tap.md:4:32
      提示：改成 `value: 92%`，或者改分子、分母
    共 1 处错误。什么也没有写，上一次的结果还在。
    ");
}

#[test]
fn an_area_that_no_board_has() {
    let spoil = |site: &TestSite| {
        let areas = "layout: guide\n  areas: [东片]";
        site.edit("content/living/tap.md", "layout: guide", areas);
    };
    assert_snapshot!(message_after(spoil), @"
    错误 G226：没有哪块宣传栏的 `area` 是 `东片`
      → content/living/tap.md:7:11
      提示：或者在宣传栏的文件里加一行 `area: 东片`
    共 1 处错误。什么也没有写，上一次的结果还在。
    ");
}

#[test]
fn a_price_that_is_none() {
    let spoil = |site: &TestSite| {
        let settings = site.read("greenboard.yaml");
        let print = "print: { prices: { A3: 两元 } }\nrotation: { weights: { empty: -1 } }\n";
        site.put("greenboard.yaml", format!("{settings}{print}"));
    };
    assert_snapshot!(message_after(spoil), @"
    错误 G110：`A3` 的值 `两元` 不对：应当是元数，最多两位小数
      → greenboard.yaml:4:24
      提示：例如 `1.5`
    错误 G110：`empty` 的值 `-1` 不对：应当是0 到 100000 的整数
      → greenboard.yaml:5:31
      提示：例如 `0`
    共 2 处错误。什么也没有写，上一次的结果还在。
    ");
}

#[test]
fn all_mistakes_are_told_at_once() {
    let spoil = |site: &TestSite| {
        site.edit(
            "content/living/tap.md",
            "layout: guide",
            "layout: giude\n  prioritty: 9",
        );
        site.edit("content/boards/gate.md", "size: 500x600mm", "size: 大");
        site.edit("content/_index.md", "欢迎。", "![](a.png)[b](b.md)");
    };
    assert_snapshot!(message_after(spoil), @r#"
    错误 G205：找不到图片 `a.png`
      → content/_index.md:4:1
      提示：把图片放在这个文件旁边，名字写成一样（连大小写）
    错误 G203：链接 `b.md` 找不到对应的文件
      → content/_index.md:4:11
    错误 G110：`size` 的值 `大` 不对：应当是纸张名或毫米数
      → content/boards/gate.md:5:7
      提示：例如 `A3`
    错误 G301：没有名为 `giude` 的海报模板
      → content/living/tap.md:6:11
      提示：是不是想写 `guide`？
      提示：可以写：campaign、checklist、formal、guide、month、notice、numbers、plan、qa、sorting、story
    错误 G107：不认识的键 `prioritty`
      → content/living/tap.md:7:3
      提示：是不是想写 `priority`？
    共 5 处错误。什么也没有写，上一次的结果还在。
    "#);
}

#[test]
fn a_block_that_names_what_is_not_there() {
    let spoil = |site: &TestSite| {
        site.put("data/fees.csv", "东西,元\n沙发,30,多\n");
        site.edit(
            "content/living/tap.md",
            "1. **拧紧**",
            "::board{编号=gat}\n\n::itm{name=电池}\n\n1. **拧紧**",
        );
    };
    assert_snapshot!(message_after(spoil), @"
    错误 G211：没有编号为 `gat` 的宣传栏
      → content/living/tap.md:9:12
      提示：是不是想写 `gate`？
      提示：已有：gate
    错误 G206：没有名为 `:::itm` 的块
      → content/living/tap.md:11:1
      提示：是不是想写 `:::item`？
      提示：可以写：note、说明、tip、小办法、callout、提示框、steps、步骤、columns、分栏、figure、图、gallery、图集、video、视频、attachment、附件、table、表格、表、qr、二维码、item、物品、board、宣传栏、countdown、倒计时、timeline、时间线
    错误 G273：这个数据文件从这里起读不懂
      → data/fees.csv:2:1
      提示：这一行比表头多：表头只有 2 列；格子里的逗号要用引号括起来
    共 3 处错误。什么也没有写，上一次的结果还在。
    ");
}

#[test]
fn hours_of_a_screen_that_are_none() {
    let spoil = |site: &TestSite| {
        let board = "---\ntitle: 屏\nkind: screen\nsize: 1920x1080\nwidth: 3m\nhours: 白天\nslots: 2\n---\n";
        site.put("content/boards/led.md", board.replace("3m", "3200mm"));
    };
    assert_snapshot!(message_after(spoil), @"
    错误 G110：`hours` 的值 `白天` 不对：应当是从几点到几点
      → content/boards/led.md:6:8
      提示：例如 `7:00–21:30`
    共 1 处错误。什么也没有写，上一次的结果还在。
    ");
}

//! What staff write about prices, people, duties and figures, read back.

mod keys;

use insta::assert_snapshot;

use crate::diag::Language;
use crate::read::{MemoryInputs, read};
use crate::site::{Site, site};

/// A site of these settings, one board and one page; with what was said of it.
fn read_site(settings: &str, board: &str, page: &str) -> (Site, String) {
    let inputs = MemoryInputs::new("2026-11-10".parse().expect("a day"))
        .with(
            "greenboard.yaml",
            format!("format: 1\ntitle: 小院\n{settings}"),
        )
        .with(
            "content/boards/gate.md",
            format!("---\ntitle: 大门\nslots: A3\n{board}---\n"),
        )
        .with(
            "content/tap.md",
            format!("---\ntitle: 水龙头\n{page}---\n拧紧。\n"),
        );
    let tree = read(&inputs).value.expect("the site has settings");
    let understood = site(&tree);
    let line = |it: crate::diag::Diagnostic| {
        let said = it.render(Language::Chinese);
        let place = said.file.zip(said.line);
        let place = place.map_or("?".into(), |(file, line)| format!("{file}:{line}"));
        format!("{} {place} {}\n", said.code, said.message)
    };
    let said = understood
        .diagnostics
        .sorted()
        .into_iter()
        .map(line)
        .collect();
    (understood.value, said)
}

fn said(settings: &str, board: &str, page: &str) -> String {
    read_site(settings, board, page).1
}

#[test]
fn prices_are_in_yuan_and_kept_in_fen() {
    let shown = |settings: &str| {
        let (site, said) = read_site(settings, "", "");
        let printing = site.settings.printing;
        let sheets = printing.prices.sheets.iter();
        let sheets: Vec<_> = sheets.map(|(size, fen)| format!("{size} {fen}")).collect();
        format!(
            "{}; {} per m²; {:?} a month from {:?}\n{said}",
            sheets.join(", "),
            printing.prices.square_metre,
            printing.budget,
            printing.funds
        )
    };
    assert_snapshot!(shown("print: { prices: { A4: 0.8, 900x600mm: 25, square_metre: 38 }, funds: 宣传经费, budget: 300 }\n"), @r#"A4 80, 600×900 mm 2500; 3800 per m²; Some(30000) a month from Some("宣传经费")"#);
    assert_snapshot!(shown("打印：\n  价格：\n    A3：2元\n    每平方米：45.5\n  每月预算：￥600\n"), @"A3 200; 4550 per m²; Some(60000) a month from None");
    assert_snapshot!(shown("print: { prices: { square_metre: 50 } }\n"), @"A4 100, A3 200, A2 1500; 5000 per m²; None a month from None");
    assert_snapshot!(shown("print: { prices: { A9: 1, A3: 两元, 297x420mm: 2 } }\n"), @"
    A3 0, A3 200; 4000 per m²; None a month from None
    G110 greenboard.yaml:3 `prices` 的值 `A9` 不对，要写：纸张名、毫米数或“每平方米”
    G110 greenboard.yaml:3 `A3` 的值 `两元` 不对，要写：元数，最多两位小数
    G108 greenboard.yaml:3 `297x420mm` 写了两次
    ");
}

#[test]
fn weights_are_bounded_and_the_rest_stay_as_they_are() {
    let shown = |settings: &str| {
        let (site, said) = read_site(settings, "", "");
        format!("{:?}\n{said}", site.settings.rotation.weights)
    };
    assert_snapshot!(shown("rotation: { weights: { priority: 6, keep: 0 } }\n"), @"Weights { priority: 6, season: 3, off_season: 900, first_show: 6, beside: 6, topic_excess: 2, share: 2, empty: 1000, yuan: 2, keep: 0, notice: 100 }");
    assert_snapshot!(shown("轮换: { 权重: { 集中宣传倍数: 5, 空格: 10 } }\n"), @"Weights { priority: 4, season: 5, off_season: 900, first_show: 6, beside: 6, topic_excess: 2, share: 2, empty: 10, yuan: 2, keep: 20, notice: 100 }");
    assert_snapshot!(shown("rotation: { weights: { season: 0, yuan: 贵, colour: 1 } }\n"), @"
    Weights { priority: 4, season: 3, off_season: 900, first_show: 6, beside: 6, topic_excess: 2, share: 2, empty: 1000, yuan: 2, keep: 20, notice: 100 }
    G110 greenboard.yaml:3 `season` 的值 `0` 不对，要写：1 到 10 的整数
    G110 greenboard.yaml:3 `yuan` 的值 `贵` 不对，要写：0 到 1000 的整数
    G107 greenboard.yaml:3 不认识 `colour` 这一项
    ");
}

#[test]
fn people_are_known_by_name_wherever_somebody_is_in_charge() {
    let people =
        "people:\n  - { name: 陈立, role: 宣传员, phone: 5550 0116 }\n  - { 姓名: 赵敏 }\n";
    let page = "duties: [{ title: 巡河, every: 月, from: 2026-11-01, who: 陈力 }]\n\
        stages: [{ title: 方案, due: 2026-12-31, who: 陈立、赵敏 }]\n";
    assert_snapshot!(said(people, "keeper: 老何\n", page), @"
    G225 content/boards/gate.md:4 名单里没有“老何”这个人
    G225 content/tap.md:3 名单里没有“陈力”这个人
    ");
    assert_eq!(
        said("", "keeper: 老何\n", page),
        "",
        "where nobody is listed, anybody will do"
    );
    assert_snapshot!(said("people: [{ name: 陈立 }, { name: 陈立 }]\n", "", ""), @"G202 greenboard.yaml:3 编号 `陈立` 已经用在 people 里的另一个人");
}

#[test]
fn areas_and_audiences_are_those_that_boards_name() {
    let board = "area: 东片\naudience: [家长, 老人]\n";
    let page = "poster: { layout: guide, at_least: 2, areas: [东偏], audience: [家长, 学生] }\n";
    assert_snapshot!(said("", board, page), @"
    G226 content/tap.md:3 没有哪块宣传栏的 `area` 是 `东偏`
    G226 content/tap.md:3 没有哪块宣传栏的 `audience` 是 `学生`
    ");
    let chinese = "海报: { 模板: guide, 至少几块: 1, 片区: 东片, 人群: 老人 }\n";
    let (site, said) = read_site("", "片区: 东片\n人群: 老人\n", chinese);
    assert_eq!(said, "");
    let wish = site
        .page("tap")
        .and_then(|page| page.poster.as_ref())
        .expect("it has a poster");
    assert_eq!(
        (wish.at_least, wish.areas.len(), wish.audience.len()),
        (1, 1, 1)
    );
}

#[test]
fn duties_come_round_and_say_when_they_were_done() {
    let page = "例行工作:\n  - 名称: 巡河\n    每: 每月\n    次数: 3\n    开始: 2026-11-01\n    \
        指标: 3.10\n    完成: [2026年11月9日, { 日期: 2026-11-03, 佐证: 记录第2页 }]\n";
    let (site, said) = read_site("", "", page);
    assert_eq!(said, "");
    let duty = &site.page("tap").expect("it is there").duties[0];
    let done: Vec<_> = duty
        .done
        .iter()
        .map(|it| format!("{} {:?}", it.day, it.proof))
        .collect();
    assert_snapshot!(format!("{:?} {} {:?} {}", duty.every, duty.times, duty.indicator, done.join(", ")), @r#"Month 3 Some("3.10") 2026-11-03 Some("记录第2页"), 2026-11-09 None"#);
}

#[test]
fn a_duty_begins_with_its_page_where_it_names_no_day() {
    let page = "date: 2026-09-15\nduties: [{ title: 巡河, every: 月 }]\n";
    assert_snapshot!(said("", "", page), @"G235 content/tap.md:4 “巡河”有 2 期没有做够：2026-09 0/1、2026-10 0/1");
}

#[test]
fn a_duty_that_cannot_be_read_says_what_to_type() {
    let page = "duties:\n  - { title: 巡河, every: 每天 }\n  - { title: 开会 }\n  \
        - { title: 检查, every: 周, times: 0, from: 2026-05-01, to: 2026-04-01, indicator: 二, \
        done: [昨天, { proof: 照片 }] }\n";
    assert_snapshot!(said("", "", page), @"
    G112 content/tap.md:4 `every` 里没有 `每天` 这一项
    G109 content/tap.md:5 缺少 `every`
    G110 content/tap.md:6 `times` 的值 `0` 不对，要写：1 到 366 的整数
    G214 content/tap.md:6 结束的日期 2026-04-01 早于开始的日期 2026-05-01
    G110 content/tap.md:6 `indicator` 的值 `二` 不对，要写：检查细则里的指标编号，用点隔开的数字
    G111 content/tap.md:6 `昨天` 不是一个日期
    G109 content/tap.md:6 缺少 `day`
    ");
}

#[test]
fn indicators_are_numbers_with_points() {
    let (site, found) = read_site("", "", "indicator: [2.3, 4.10, 2.3]\n");
    assert_eq!(found, "");
    assert_eq!(
        site.page("tap").expect("it is there").indicators,
        ["2.3", "4.10"]
    );
    assert_snapshot!(said("", "", "指标: [2.3.a, ２．４]\n"), @"G110 content/tap.md:3 `indicator` 的值 `2.3.a` 不对，要写：检查细则里的指标编号，用点隔开的数字");
}

#[test]
fn figures_that_contradict_themselves_are_refused() {
    let page = "figures:\n  \
        - { label: 满意率, value: 93%, numerator: 265, denominator: 288 }\n  \
        - { label: 办结, value: 100%, numerator: 42, denominator: 41 }\n  \
        - { label: 分子, value: 1, numerator: 1 }\n  \
        - { 名称: 清理, 数: 213, 分子: 213, 分母: \"2,370\", 目标: 全部, 出处: 照片, 指标: 3.6 }\n";
    assert_snapshot!(said("", "", page), @"
    G228 content/tap.md:4 “满意率”写的是 93%，按分子 265、分母 288 算是 92%
    G227 content/tap.md:5 “办结”的分子 42 大于分母 41
    G109 content/tap.md:6 缺少 `denominator`
    ");
}

#[test]
fn numbers_of_persons_are_found_in_every_page() {
    let page =
        |kind: &str| format!("kind: {kind}\nsummary: 张某，13800138000，11010519491231002X\n");
    assert_snapshot!(said("", "", &page("公示")), @"
    G230 content/tap.md:4 这里像是有私人手机号（138…00），会登在网上、挂在墙上
    G229 content/tap.md:4 这里有身份证号（110…2X），会登在网上、挂在墙上
    ");
    assert!(said("", "", &page("通知")).contains("G229"));
    let own = said("contact: { phone: 138 0013 8000 }\n", "", &page("公示"));
    assert!(
        !own.contains("G230"),
        "the office's own number is public: {own}"
    );
}

#[test]
fn a_year_without_a_table_of_holidays_is_said_until_the_site_gives_one() {
    let page = "date: 2029-05-07\nkind: 公示\nposter: { layout: notice, posting: 7个工作日 }\n";
    assert_snapshot!(said("", "", page), @"G220 content/tap.md:5 2029 年的法定节假日和调休还没有数据，算不出工作日");
    let inputs = MemoryInputs::new("2029-05-01".parse().expect("a day"))
        .with("greenboard.yaml", "format: 1\ntitle: 小院\n")
        .with(
            "content/calendar.yaml",
            "节假日: { 2029: { 放假: [2029-05-08 至 2029-05-09], 上班: [2029-05-12] } }\n",
        )
        .with(
            "content/tap.md",
            format!("---\ntitle: 水\n{page}---\n水。\n"),
        );
    let tree = read(&inputs).value.expect("the site has settings");
    let understood = site(&tree);
    assert!(
        understood.diagnostics.is_empty(),
        "{:?}",
        understood.diagnostics
    );
    let notice = understood
        .value
        .page("tap")
        .and_then(|page| page.notice.clone())
        .expect("a notice");
    // 10, 11, the worked Saturday 12, then 14 to 17.
    let last = notice.posting.expect("a posting period").last;
    assert_eq!(last.to_string(), "2029-05-17");
}

#[test]
fn a_taxonomy_is_a_key_of_the_site_s_own() {
    let settings = "taxonomies:\n  - id: readers\n    title: 写给谁\n    terms: [{ id: elders, title: 老人 }, { id: parents, title: 家长 }]\n";
    let (site, words) = read_site(settings, "", "写给谁: [老人, parents, 老人]\n");
    assert_eq!(words, "");
    let page = site.page("tap").expect("the page is there");
    let terms: Vec<&str> = page.web.terms["readers"]
        .iter()
        .map(|it| it.id.as_str())
        .collect();
    assert_eq!(terms, ["elders", "parents"]);
    assert_snapshot!(said(settings, "", "写给谁: [老入]\n"), @"G112 content/tap.md:3 `写给谁` 里没有 `老入` 这一项");
    assert_snapshot!(said(settings, "", "写给: [老人]\n"), @"G107 content/tap.md:3 不认识 `写给` 这一项");
}

#[test]
fn a_taxonomy_must_not_be_called_like_another_key() {
    let taken = "taxonomies: [{ id: topics, title: 别的 }, { id: a, title: 标题 }, { id: a-b, title: 好 }, { id: a-b, title: 也好 }, { id: 坏, title: 坏 }, { title: 缺 }]\n";
    assert_snapshot!(said(taken, "", ""), @r"
    G240 greenboard.yaml:3 分类法不能叫 `topics`：文件开头已经有这一项，或者别的分类法也叫这个
    G240 greenboard.yaml:3 分类法不能叫 `标题`：文件开头已经有这一项，或者别的分类法也叫这个
    G240 greenboard.yaml:3 分类法不能叫 `a-b`：文件开头已经有这一项，或者别的分类法也叫这个
    G110 greenboard.yaml:3 `id` 的值 `坏` 不对，要写：英文小写字母、数字和 -
    G109 greenboard.yaml:3 缺少 `id`
    ");
    let terms =
        "taxonomies: [{ id: a, title: 甲, terms: [{ id: x, title: 子 }, { id: x, title: 丑 }] }]\n";
    assert_snapshot!(said(terms, "", ""), @"G202 greenboard.yaml:3 编号 `x` 已经用在 子");
    assert_snapshot!(said("taxonomies: [{ id: a, title: 甲 }]\n", "", "甲: [！]\n"), @"G243 content/tap.md:3 “！”里没有能放进网址的字");
}

#[test]
fn old_addresses_are_of_this_website_and_free() {
    assert_snapshot!(said("base_url: https://x.example/\n", "", "aliases: [https://y.example/a, '/?p=1', /, ok, https://x.example/fine/]\n"), @r"
    G241 content/tap.md:3 `https://y.example/a` 不是这个网站以前的网址
    G241 content/tap.md:3 `/?p=1` 不是这个网站以前的网址
    G241 content/tap.md:3 `/` 不是这个网站以前的网址
    ");
    assert_snapshot!(said("", "", "别名: [/tap/, /boards/gate]\n"), @r"
    G242 content/tap.md:3 旧网址 `tap/index.html` 上已经有 content/tap.md
    G242 content/tap.md:3 旧网址 `boards/gate/index.html` 上已经有 content/boards/gate.md
    ");
}

#[test]
fn lists_addresses_and_contents_are_set_within_bounds() {
    assert_snapshot!(said("pagination: 501\nslugs: pingyin\ntoc: { levels: 4, form: 2 }\n", "", "toc: 也许\n"), @r"
    G110 content/tap.md:3 `toc` 的值 `也许` 不对，要写：是或否
    G110 greenboard.yaml:3 `pagination` 的值 `501` 不对，要写：0 到 500 的整数
    G112 greenboard.yaml:4 `slugs` 里没有 `pingyin` 这一项
    G110 greenboard.yaml:5 `levels` 的值 `4` 不对，要写：1 到 3 的整数
    G107 greenboard.yaml:5 不认识 `form` 这一项
    ");
    assert_snapshot!(said("slugs: 拼音\n", "", "slug: ok\n"), @"");
    assert_eq!(
        said("slugs: 汉字\n分页: 0\n目录: { 显示: 否 }\n", "", ""),
        ""
    );
}

/// What is said of these sorting items under these settings.
fn said_of_items(settings: &str, items: &str) -> String {
    let inputs = MemoryInputs::new("2026-11-10".parse().expect("a day"))
        .with(
            "greenboard.yaml",
            format!("format: 1\ntitle: 小院\n{settings}"),
        )
        .with("content/sorting/items.yaml", items);
    let understood = site(&read(&inputs).value.expect("the site has settings"));
    let line = |it: crate::diag::Diagnostic| {
        let said = it.render(Language::Chinese);
        let line = said.line.unwrap_or(0);
        let hint = said.hints.first().map_or("", String::as_str);
        format!("{} {line} {} [{hint}]\n", said.code, said.message)
    };
    let said = understood.diagnostics.sorted().into_iter();
    said.map(line).collect()
}

#[test]
fn a_thing_goes_where_the_city_lets_it() {
    let items = "- { name: 沙发, bin: 大件垃圾 }\n- name: 砖头\n  bin: 装修垃圾\n";
    assert_snapshot!(said_of_items("sorting: { bins: [可回收物, 大件垃圾] }\n", items), @"G255 3 本市没有“装修垃圾”这一类 [按 greenboard.yaml 的 sorting.bins，可以写：可回收物、大件垃圾]");
    assert_snapshot!(said_of_items("分类: { 桶: [可收物, 其他] }\n", ""), @"G112 3 `bins` 里没有 `可收物` 这一项 [是不是想写 `可回收物`？]");
    assert_eq!(said_of_items("", items), "");
}

#[test]
fn a_bin_is_called_what_its_city_calls_it() {
    let items =
        "- { name: 湿巾, bin: 其他垃圾, cities: { 上海: 干拉圾, 杭州: 湿垃圾, 苏州: 湿垃圾 } }\n";
    assert_snapshot!(said_of_items("", items), @"
    G256 1 上海没有叫“干拉圾”的桶 [是不是想写“干垃圾”？]
    G256 1 杭州没有叫“湿垃圾”的桶 [是不是想写“厨余垃圾”？]
    ");
    let items = "- { name: 菜叶, bin: 易腐垃圾 }\n- { name: 剩饭, bin: 湿垃圾 }\n";
    assert_snapshot!(said_of_items("city: 上海市\n", items), @"G256 1 上海市没有叫“易腐垃圾”的桶 [是不是想写“厨余垃圾”？]");
    assert_eq!(said_of_items("city: 澜州市\n", items), "");
}

#[test]
fn a_misspelt_key_is_one_fault() {
    let items = "- { nmae: 干电池, bin: 其他垃圾 }\n";
    assert_snapshot!(said_of_items("", items), @"G107 1 不认识 `nmae` 这一项 [是不是想写 `name`？]");
}

#[test]
fn remarks_for_colleagues_are_no_part_of_a_value() {
    let (site, said) = read_site("", "", "summary: 拧紧<!-- 待核 -->\n");
    assert_eq!(said, "");
    assert_eq!(site.page("tap").expect("it is there").summary, "拧紧");
}

#[test]
fn a_name_belongs_to_one_thing_and_every_thing_to_a_bin() {
    let items = "- { name: 干电池, bin: 其他垃圾, also: [AA电池] }\n- name: 五号\n  bin: 其他垃圾\n  also: [ＡＡ 电池]\n- name: 盒子\n";
    assert_snapshot!(said_of_items("", items), @"
    G212 2 “ＡＡ 电池”同时是 干电池 的名字 [同一个叫法只能属于一样东西]
    G109 5 缺少 `bin` [加一行 `bin: 可回收物`]
    ");
}

#[test]
fn ten_things_are_the_most_mistaken() {
    let item = |at| format!("- {{ name: 第{at}样, bin: 其他垃圾, common_mistake: true }}\n");
    let items = |count| (0..count).map(item).collect::<String>();
    assert_eq!(said_of_items("", &items(10)), "");
    assert_snapshot!(said_of_items("", &items(12)), @"G257 11 标了易错的有 12 样，网页只列前 10 样 [留下最容易投错的 10 样，别的去掉 `common_mistake: true`]");
}

#[test]
fn what_people_call_things_is_taken() {
    let board = "kind: “宣传栏”\ndistance: 150厘米\nframe: 1厘米\n周期：半月\n点位：1号楼、2号楼\n间隔期数：两期\n";
    let page =
        "主题：分类、节水，节能\n文种：公示\n日期：2026年11月3日（周二）\n状态：已签发\n海报：\n";
    let poster = [
        "模板：通知",
        "尺寸：30x42厘米",
        "优先级：３",
        "各处都挂：要",
        "公示期：七个工作日",
        "传单：Ａ６、三折页",
    ];
    let poster = poster.map(|line| format!("　　{line}\n")).concat();
    let page = &format!("{page}{poster}");
    let (site, said) = read_site("", board, page);
    assert_eq!(said, "");
    let board = &site.boards[0];
    let places: Vec<&str> = board.places.iter().map(|place| place.id.as_str()).collect();
    assert_eq!(places, ["1号楼", "2号楼"]);
    assert_eq!((board.distance, board.repeat_after), (1.5, 2));
    assert_eq!(board.slots[0].area.visible().width, 277.0);
    let page = site
        .pages
        .iter()
        .find(|page| page.id == "tap")
        .expect("it is read");
    assert_eq!(page.topics, ["sorting", "water", "energy"]);
    let wish = page.poster.as_ref().expect("it has a poster");
    assert_eq!(
        wish.layout.as_ref().map(|layout| layout.value.as_str()),
        Some("notice")
    );
    assert_eq!(
        wish.size.map(|size| size.to_string()),
        Some("300×420 mm".into())
    );
    assert_eq!(
        (wish.priority, wish.everywhere, wish.leaflets.len()),
        (3, true, 2)
    );
    let posting = page
        .notice
        .as_ref()
        .and_then(|notice| notice.posting)
        .expect("it is posted");
    assert_eq!(
        (posting.last.to_string(), posting.working_days),
        ("2026-11-12".into(), Some(7))
    );
}

#[test]
fn topics_are_parted_in_every_way_that_people_part_them() {
    for list in [
        "[sorting, water]",
        "分类、节水",
        "分类，节水",
        "分类 节水",
        "[分类，节水]",
        "［分类，节水］",
        "\n- 垃圾分类\n- 节水护水",
        "sorting;water",
        "“分类”、“节水”",
    ] {
        let (site, said) = read_site("", "", &format!("topics: {list}\n"));
        assert_eq!(said, "", "{list}");
        let page = site
            .pages
            .iter()
            .find(|page| page.id == "tap")
            .expect("it is read");
        assert_eq!(page.topics, ["sorting", "water"], "{list}");
    }
    assert_snapshot!(said("", "", "topics: 分类、节木\n"), @"G112 content/tap.md:3 `topics` 里没有 `节木` 这一项");
}

#[test]
fn days_have_two_sides_that_agree() {
    assert_snapshot!(said("", "", "date: 2026-11-30\nexpires: 2026年11月3日\n"), @"G214 content/tap.md:4 结束的日期 2026-11-03 早于开始的日期 2026-11-30");
    assert_snapshot!(said("", "", "date: 1926-11-30\nevent: { date: 2026-12-05, time: 12月5日（周五）9点 }\n"), @"
    G125 content/tap.md:3 1926 年离今年（2026 年）太远了：`1926-11-30`
    G126 content/tap.md:4 日期和星期对不上：12月5日（周五）
    ");
}

//! Blocks in, plain blocks out.

use insta::assert_snapshot;
use jiff::civil::date;

use crate::diag::Language;
use crate::read::{MemoryInputs, read};
use crate::site::markdown::{AlertKind, BlockKind, plain_text};
use crate::site::{Site, site};

const STAGES: &str = "from: 2026-01-01\nto: 2026-12-31\nstages:\n  \
    - { title: 制定方案, due: 2026-03-31 }\n  - { title: 验收, due: 2026-11-30 }";

/// Understands a small site with this text on `living/tap.md`; what was wrong comes with it.
fn understood(text: &str) -> (Site, String) {
    let board = "---\ntitle: 东门宣传栏\nplace: 东门岗亭\nsize: 600x600mm\nslots: A3\n---\n";
    let items = "- { name: 电池, bin: 有害垃圾, also: [干电池], do: 电极贴胶带, why: 会漏液 }\n\
        - { name: 菜叶, bin: 厨余垃圾 }\n";
    let inputs = MemoryInputs::new(date(2026, 1, 5))
        .with("greenboard.yaml", "format: 1\ntitle: 小院\n")
        .with("content/_index.md", "---\ntitle: 小院\n---\n")
        .with("content/boards/east-gate.md", board)
        .with("content/sorting/items.yaml", items)
        .with(
            "content/campaigns/year.md",
            format!("---\ntitle: 创建\n{STAGES}\n---\n"),
        )
        .with(
            "content/living/a.png",
            include_bytes!("../../photo/samples/original.png"),
        )
        .with("content/living/film.mp4", "x".repeat(2048))
        .with("content/living/film.vtt", "WEBVTT")
        .with("content/living/form.pdf", "x".repeat(70_000))
        .with("data/fees.csv", "东西,元\n沙发,30\n衣柜,8.5\n")
        .with("data/two.json", "{\"甲\": [{\"a\": 1}]}")
        .with(
            "content/living/tap.md",
            format!("---\ntitle: 关水\n---\n{text}\n"),
        );
    let tree = read(&inputs);
    let mut diagnostics = tree.diagnostics;
    let built = site(&tree.value.expect("it has settings"));
    diagnostics.extend(built.diagnostics);
    let said = diagnostics.sorted().into_iter().map(|one| {
        let words = one.render(Language::Chinese);
        let (line, column) = (words.line.unwrap_or(0), words.column.unwrap_or(0));
        let hints: String = words
            .hints
            .iter()
            .map(|hint| format!("\n  ? {hint}"))
            .collect();
        format!("{line}:{column} {} {}{hints}\n", words.code, words.message)
    });
    (built.value, said.collect())
}

/// Returns what the text says in plain words; nothing may be wrong.
#[track_caller]
fn plain(text: &str) -> String {
    let (site, said) = understood(text);
    assert_eq!(said, "");
    plain_text(&site.page("living/tap").expect("it is there").body)
}

/// Returns what is wrong with the text, which begins on line 4.
fn wrong(text: &str) -> String {
    understood(text).1
}

#[test]
fn every_block_says_in_plain_words_what_it_stands_for() {
    assert_snapshot!(plain("::item{name=干电池、菜叶}"), @"
    电池：有害垃圾。电极贴胶带。会漏液。
    菜叶：厨余垃圾。
    ");
    assert_snapshot!(plain("::board{id=east-gate}"), @"东门宣传栏：东门岗亭");
    assert_snapshot!(plain("::countdown{to=2027年1月1日 title=离元旦}"), @"离元旦：2027年1月1日");
    assert_snapshot!(plain("::timeline{page=/campaigns/year.md}"), @"
    创建
    制定方案：2026年3月31日前
    验收：2026年11月30日前
    ");
    assert_snapshot!(plain("::table{data=fees title=收费}"), @"
    收费
    东西
    元
    沙发
    30
    衣柜
    8.5
    ");
    assert_snapshot!(plain("::table{data=fees columns=“元=多少元”}"), @"
    多少元
    30
    8.5
    ");
    assert_snapshot!(plain("::qr{to=/boards/east-gate.md}\n::qr{title=这一页}"), @"
    东门宣传栏
    这一页
    ");
    assert_snapshot!(plain("::attachment{src=form.pdf title=报名表}"), @"报名表（PDF，69 KB）");
    assert_snapshot!(plain("::video{src=film.mp4 captions=film.vtt picture=a.png title=洗滤网}"), @"
    洗滤网
    洗滤网（视频）
    ");
    assert_snapshot!(plain("::figure{src=a.png alt=水龙头 title=拧紧 wide}"), @"
    水龙头
    拧紧
    ");
    assert_snapshot!(plain(":::callout{kind=当心 title=别混用}\n洁厕液。\n:::"), @"
    别混用
    洁厕液。
    ");
    assert_snapshot!(plain(":::图集{标题=两张}\n![甲](a.png)\n:::"), @"
    两张
    甲
    ");
}

#[test]
fn keys_are_checked_as_those_of_front_matter_are() {
    assert_snapshot!(wrong("字\n\n::item{nam=电池}"), @"
    6:8 G107 不认识 `nam` 这一项
      ? 是不是想写 `name`？
    ");
    assert_snapshot!(wrong("::item"), @"
    4:1 G270 `:::item` 缺少 `name`
      ? 在大括号里写上，例如 `::item{name=电池}`
    ");
    assert_snapshot!(wrong("::countdown{to=元旦}"), @"
    4:16 G111 `元旦` 不是一个日期
      ? 日期这样写：2026-11-01、2026/11/1 或 2026年11月1日
    ");
    assert_snapshot!(wrong(":::callout{kind=当新}\n字\n:::"), @"
    4:17 G112 `kind` 里没有 `当新` 这一项
      ? 是不是想写 `当心`？
      ? 可以写：当心、说明、要紧、危险、tip、小办法……（一共 10 个）
    ");
    assert_snapshot!(wrong("::attachment{src=form.pdf src=form.pdf}"), @"
    4:27 G108 `src` 写了两次
      ? 留下一个，删掉另一个
    ");
}

#[test]
fn what_a_block_names_must_be_there() {
    assert_snapshot!(wrong("::item{name=电驰}"), @"
    4:13 G213 分类指南里没有“电驰”
      ? 是不是想写“电池”？
      ? 先在 content/sorting/items.yaml 里加上它
    ");
    assert_snapshot!(wrong("::board{id=east-gat}"), @"
    4:12 G211 没有编号为 `east-gat` 的宣传栏
      ? 是不是想写 `east-gate`？
      ? 已有：east-gate
    ");
    assert_snapshot!(wrong("::table{data=fee}"), @"
    4:14 G272 data 文件夹里没有 `fee`
      ? 是不是想写 `fees`？
      ? 已有：fees、two
      ? `data/fees.csv` 写成 `fees`，`data/sports/halls.yaml` 写成 `sports.halls`
    ");
    assert_snapshot!(wrong("::table{data=fees columns=元钱}"), @"
    4:27 G112 `columns` 里没有 `元钱` 这一项
      ? 是不是想写 `元`？
      ? 可以写：东西、元
    ");
    assert_snapshot!(wrong("::table{data=two}"), @"
    4:14 G274 `two` 排不成表格：它不是一行一项的列表
      ? 表格要一行一项，每项有同样的几列；CSV 和 XLSX 都是这样
      ? 有几张工作表的，写 `data=two.甲`
    ");
    assert_snapshot!(wrong("::timeline"), @"
    4:1 G277 “关水”没有分步的 `stages`，画不出时间线
      ? 在大括号里写有 `stages` 的那一篇，例如 `page=/campaigns/year.md`
      ? 或者在那一篇的信息栏里加 `stages`
    ");
    assert_snapshot!(wrong("::timeline{page=/campaigns/yaer.md}"), @"
    4:17 G203 链接 `/campaigns/yaer.md` 找不到对应的文件
      ? 是不是想写 `../campaigns/year.md`？
    ");
    assert_snapshot!(wrong("::qr{to=../boards/west.md}"), @"
    4:9 G203 链接 `../boards/west.md` 找不到对应的文件
      ? 看看名字是不是写对了、文件在不在；不要了，就把它去掉
    ");
}

#[test]
fn files_lie_in_the_site_and_can_be_played() {
    assert_snapshot!(wrong("::video{src=https://a.example/b.mp4}"), @"
    4:13 G276 `:::video` 的文件要放在网站里，不能写别处的网址：`https://a.example/b.mp4`
      ? 把文件下载下来，放在这一篇旁边，写文件名；外面的网页用 [文字](网址) 链过去
    ");
    assert_snapshot!(wrong("::video{src=film.mp4}"), @"
    4:13 G278 视频 `film.mp4` 没有字幕，听不见的人看不懂
      ? 加上 `captions=字幕.vtt`；片里没有人说话的，写 `silent`（无声）
    ");
    assert_snapshot!(wrong("::video{src=film.avi silent}"), @"
    4:13 G203 链接 `film.avi` 找不到对应的文件
      ? 看看名字是不是写对了、文件在不在；不要了，就把它去掉
    4:13 G279 浏览器放不了 `film.avi` 这种视频
      ? 用剪辑软件另存成 .mp4（H.264）或 .webm
    ");
    assert_snapshot!(wrong("::attachment{src=from.pdf}"), @"
    4:18 G203 链接 `from.pdf` 找不到对应的文件
      ? 看看名字是不是写对了、文件在不在；不要了，就把它去掉
    ");
    assert_snapshot!(wrong("::figure{src=b.png alt=水}"), @"
    4:14 G205 找不到图片 `b.png`
      ? 把图片放在这个文件旁边，名字写成一样（连大小写）
      ? 不要这张图了，把写着它的那一行删掉；下一行是 `picture_alt` 的，一起删
    ");
    assert_snapshot!(wrong("::figure{src=a.png}"), @"
    4:14 G218 图片 `a.png` 没有文字说明
      ? 在 `src=a.png` 后面空一格，加上 `alt=一个拆平的纸箱`，写图里有什么
    ");
}

#[test]
fn empty_blocks_are_reported() {
    assert_snapshot!(wrong("::figure"), @"
    4:1 G271 `:::figure` 里没有图片
      ? 例如：::figure{src=tap.jpg alt=拧紧的水龙头 title=每晚看一眼}
    ");
    assert_snapshot!(wrong(":::gallery\n字\n:::"), @"
    4:1 G271 `:::gallery` 里没有图片
      ? 例如：两行之间每行写一张 ![说明](a.jpg)
    ");
    assert_snapshot!(wrong("::columns"), @"
    4:1 G271 `:::columns` 里没有文字
      ? 例如：分栏的内容写在 :::columns 和 ::: 之间，两栏之间另起一行写 ***
    ");
}

#[test]
fn a_box_says_of_what_kind_it_is_wherever_it_is_set() {
    let (site, _) = understood(":::提示框{类型=当心}\n别碰。\n:::\n\n:::步骤\n1. 关水\n:::");
    let page = site.page("living/tap").expect("it is there");
    let tone = |at: usize| match &page.body.blocks[at].kind {
        BlockKind::Directive { tone, .. } => *tone,
        other => panic!("{other:?}"),
    };
    assert_eq!((tone(0), tone(1)), (Some(AlertKind::Warning), None));
}

#[test]
fn pictures_of_a_gallery_stand_each_by_itself() {
    let (site, _) = understood(":::gallery\n![甲](a.png)\n![乙](a.png)\n:::");
    let page = site.page("living/tap").expect("it is there");
    let BlockKind::Directive { blocks, .. } = &page.body.blocks[0].kind else {
        panic!("{:?}", page.body.blocks);
    };
    assert_eq!(blocks.len(), 2);
}

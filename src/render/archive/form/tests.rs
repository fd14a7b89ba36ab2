//! A form as an office makes it, filled: cells by name, by mark, by head; lists; what is left.

use std::io::{Cursor, Read};
use std::sync::LazyLock;

use calamine::{Data, Reader, Xlsx};
use insta::assert_snapshot;
use rust_xlsxwriter::{Format, Formula, Workbook};

use super::*;
use crate::diag::Language;
use crate::render::archive::tests::{Files, OCTOBER, october};
use crate::render::archive::{Made, Wanted};

const DIARY: &str = "format: 1\nactivities:\n\
    - {day: 2026-10-18, title: 旧物交换, place: 中心广场, came: 46, volunteers: 8, source: 签到表第1页, photos: [a.jpg]}\n\
    - {day: 2026-10-25, title: 分类讲座, place: 会议室, came: 31, source: 签到表第2页}\n\
    figures:\n\
    - {label: 入户宣传, value: 80, unit: 户, source: 入户登记本第3页}\n\
    - {label: 入户宣传, value: 46, unit: 户, source: 入户登记本第5页}\n\
    - {label: 厨余垃圾, value: 3.42, unit: 吨, source: 10月清运单}\n\
    - {label: 旧衣物, value: 12, unit: 公斤, source: 回收箱记录}\n\
    problems:\n\
    - {day: 2026-10-09, title: 桶满外溢, place: 5号楼垃圾房, who: 物业, due: 2026-10-12, done: 2026-10-11, result: 每天加一次清运 & 换大桶}\n\
    - {day: 2026-10-20, title: 楼道堆物, place: 3号楼, who: 赵敏, due: 2026-10-25}\n";

/// A form with a name, a mark, heads, two lists, a sum and a picture of its own. It is made once, as
/// it says when it was.
fn template() -> Vec<u8> {
    static MADE: LazyLock<Vec<u8>> = LazyLock::new(made);
    MADE.clone()
}

fn made() -> Vec<u8> {
    let mut book = Workbook::new();
    let bold = Format::new().set_bold();
    let sheet = book.add_worksheet();
    sheet.set_name("月报 表").expect("a name");
    let texts = [
        (0, 0, "街道宣传工作月报"),
        (1, 0, "填报单位："),
        (1, 3, "月份"),
        (2, 0, "活动场次（场）"),
        (2, 3, "入户宣传（户）"),
        (3, 0, "厨余垃圾（吨）"),
        (3, 3, "{不认得的}"),
        (4, 0, "两项合计"),
        (6, 0, "序号"),
        (6, 1, "活动名称"),
        (6, 2, "时间"),
        (6, 3, "参加人数"),
        (7, 0, "1"),
        (8, 0, "2"),
        (10, 0, "问题描述"),
        (10, 1, "整改期限"),
        (10, 2, "整改情况"),
        (12, 0, "注：本表每月5日前报"),
    ];
    for (row, column, text) in texts {
        sheet
            .write_with_format(row, column, text, &bold)
            .expect("written");
    }
    sheet
        .merge_range(2, 0, 2, 1, "活动场次（场）", &bold)
        .expect("joined");
    sheet.write_blank(2, 2, &bold).expect("written");
    let sum = Formula::new("=C3+E3").set_result("0");
    sheet.write_formula(4, 1, sum).expect("written");
    sheet
        .write_formula(4, 2, Formula::new("=1+1").set_result("2"))
        .expect("written");
    book.define_name("参加人次", "='月报 表'!$G$3")
        .expect("a name");
    book.save_to_buffer().expect("saved")
}

fn filled() -> (Made, String) {
    let files = Files::new(OCTOBER)
        .with("ledger/work/2026-10.yaml", DIARY)
        .with(
            "ledger/work/files/a.jpg",
            crate::photo::testing::phone_photo(60, 40),
        );
    let form = Form {
        name: "街道月报.xlsx".into(),
        bytes: template().into(),
        is_example: false,
    };
    let made = files.make_into(&october(), Some(&form));
    let said = made.diagnostics.sorted();
    let said = said.iter().map(|it| it.render(Language::Chinese).message);
    (
        made.value.expect("it is made"),
        said.collect::<Vec<_>>().join("\n"),
    )
}

fn file(made: &Made, name: &str) -> std::sync::Arc<[u8]> {
    let mut files = made.artifacts.iter();
    let found = files.find(|it| it.path.ends_with(name));
    found.expect("it is there").bytes()
}

#[test]
fn a_form_is_filled_and_every_figure_says_whence() {
    let (made, said) = filled();
    assert_snapshot!(said, @"
    `街道月报.xlsx` 里的这些名字不认得，照原样留着：不认得的
    `街道月报.xlsx` 的问题表行数不够，还有 1 行没有填进去
    工作记录里的这些数，`街道月报.xlsx` 没有地方填：旧衣物
    ");
    let sources = String::from_utf8(file(&made, "依据.txt").to_vec()).expect("a text");
    assert_snapshot!(sources, @"
    月报 表!G3 参加人次 = 77 ← ledger/work/2026-10.yaml:3、ledger/work/2026-10.yaml:4
    月报 表!B8 活动 ← ledger/work/2026-10.yaml:3
    月报 表!B9 活动 ← ledger/work/2026-10.yaml:4
    月报 表!A12 问题 ← ledger/work/2026-10.yaml:11
    月报 表!B2 填报单位： = 梧桐里社区居民委员会 ← greenboard.yaml
    月报 表!E2 月份 = 2026年10月
    月报 表!C3 活动场次（场） = 2 ← ledger/work/2026-10.yaml:3、ledger/work/2026-10.yaml:4
    月报 表!E3 入户宣传（户） = 126 ← ledger/work/2026-10.yaml:6（入户登记本第3页）、ledger/work/2026-10.yaml:7（入户登记本第5页）
    月报 表!B4 厨余垃圾（吨） = 3.42 ← ledger/work/2026-10.yaml:8（10月清运单）
    ");
    let mut book: Xlsx<_> =
        Xlsx::new(Cursor::new(file(&made, "街道月报.xlsx").to_vec())).expect("a workbook");
    let range = book.worksheet_range("月报 表").expect("its sheet");
    let text: Vec<String> = (range.rows())
        .map(|row| {
            let shown = row.iter().map(|cell| match cell {
                Data::Empty => String::new(),
                other => other.to_string(),
            });
            shown
                .collect::<Vec<_>>()
                .join(" | ")
                .trim_end_matches([' ', '|'])
                .to_owned()
        })
        .collect();
    assert_snapshot!(text.join("\n"), @"
    街道宣传工作月报
    填报单位： | 梧桐里社区居民委员会 |  | 月份 | 2026年10月
    活动场次（场） |  | 2 | 入户宣传（户） | 126 |  | 77
    厨余垃圾（吨） | 3.42 |  | {不认得的}
    两项合计

    序号 | 活动名称 | 时间 | 参加人数
    1 | 旧物交换 | 2026-10-18 | 46
    2 | 分类讲座 | 2026-10-25 | 31

    问题描述 | 整改期限 | 整改情况
    桶满外溢 | 2026-10-12 | 每天加一次清运 & 换大桶
    注：本表每月5日前报
    ");
}

#[test]
fn all_other_parts_stay_byte_for_byte() {
    let (made, _) = filled();
    let new = file(&made, "街道月报.xlsx");
    let old = template();
    let mut old = zip::ZipArchive::new(Cursor::new(&old[..])).expect("a package");
    let mut new = zip::ZipArchive::new(Cursor::new(&new[..])).expect("a package");
    assert_eq!(old.len(), new.len());
    for index in 0..old.len() {
        let mut before = old.by_index(index).expect("a part");
        let mut after = new.by_index(index).expect("a part");
        let name = before.name().expect("a name").into_owned();
        assert_eq!(name, after.name().expect("a name"));
        if name == "xl/worksheets/sheet1.xml" {
            continue;
        }
        let (mut was, mut is) = (Vec::new(), Vec::new());
        before.read_to_end(&mut was).expect("read");
        after.read_to_end(&mut is).expect("read");
        assert!(was == is, "{name}");
    }
}

#[test]
fn what_is_no_form_is_told() {
    let fill = |bytes: Vec<u8>| {
        let form = Form {
            name: "表.xlsx".into(),
            bytes: bytes.into(),
            is_example: false,
        };
        let made = Files::new(OCTOBER).make_into(&october(), Some(&form));
        let said = made.diagnostics.sorted();
        let said = said.iter().map(|it| it.render(Language::Chinese).message);
        said.collect::<Vec<_>>().join("\n")
    };
    assert_snapshot!(fill(b"PK no package".to_vec()), @"填不了 `表.xlsx`：它不是能读的 XLSX");
    let whole = template();
    assert_snapshot!(fill(whole[..whole.len() / 2].to_vec()), @"填不了 `表.xlsx`：它不是能读的 XLSX");
    let mut empty = Workbook::new();
    empty
        .add_worksheet()
        .write(0, 0, "别的表")
        .expect("written");
    assert_snapshot!(fill(empty.save_to_buffer().expect("saved")), @"`表.xlsx` 里没有认得的格子，什么也没有填");
}

#[test]
fn a_scoring_table_of_forty_indicators_is_filled() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, texts) in [
        ["绿色社区评分表", "", "", "", "", "", "", ""],
        [
            "编号",
            "评价内容",
            "分值",
            "自评分",
            "扣分原因",
            "佐证材料",
            "缺项",
            "整改期限",
        ],
    ]
    .iter()
    .enumerate()
    {
        let row = u32::try_from(row).expect("few rows");
        sheet
            .write_row(row, 0, texts.iter().copied())
            .expect("written");
    }
    for n in 0..40u32 {
        let number = f64::from(n / 8 + 1) + f64::from(n % 8 + 1) / 10.0;
        let texts = ["", "做到了没有", "5"];
        sheet.write_row(n + 2, 0, texts).expect("written");
        sheet.write(n + 2, 0, number).expect("written");
        sheet.write(n + 2, 2, 5).expect("written");
    }
    let scores = "format: 1\nscores:\n- {indicator: 1.1, score: 5}\n\
        - {indicator: 4.2, score: 3, reason: 绿化率没有台账, who: 赵敏, due: 2026-12-15}\n\
        - {indicator: 3.1, score: 6}\n";
    let form = Form {
        name: "评分表.xlsx".into(),
        bytes: book.save_to_buffer().expect("saved").into(),
        is_example: false,
    };
    let files = Files::new(OCTOBER).with("ledger/work/2026-11.yaml", scores);
    let made = files.make_into(&Wanted::Archive(Some(2026)), Some(&form));
    let said = made.diagnostics.sorted();
    let said = said.iter().map(|it| it.render(Language::Chinese).message);
    assert_snapshot!(said.collect::<Vec<_>>().join("\n"), @"
    `评分表.xlsx` 里这些指标还没有材料：1.3、1.4、1.5、1.6、1.7、1.8、2.2、2.4、2.5、2.6、2.7、2.8、3.2、3.3、3.4、3.5、3.6、3.7、3.8、4.3、4.4、4.5、4.6、4.7、4.8、5.1、5.2、5.3、5.4、5.5、5.6、5.7、5.8
    `评分表.xlsx` 里这些指标的自评比分值还高：3.1
    ");
    let made = made.value.expect("it is made");
    let sources = String::from_utf8(file(&made, "依据.txt").to_vec()).expect("a text");
    assert_snapshot!(sources, @"
    Sheet1!D3 1.1 = 5 ← ledger/work/2026-11.yaml:3
    Sheet1!F3 1.1 = 2篇内容（创建绿色社区、楼道粉刷费用）；3个阶段（组织实施、自查申请等）（见 evidence.pdf） ← content/campaigns/green.md:1、ledger/2026-10.yaml:5
    Sheet1!G3 1.1 = 《楼道粉刷费用》在东门宣传栏：公示期10月9日—16日，10月14日起没有挂，少3天；创建绿色社区：“组织实施”10月19日完成，没有写证明；创建绿色社区：“自查申请”应在10月31日前完成，没有完成也没有证明 ← 迎检材料缺项表第1、12、13项
    Sheet1!F4 1.2 = 1个阶段（制定方案）（见 evidence.pdf） ← content/campaigns/green.md:1
    Sheet1!G5 1.3 = 还没有材料 ← 迎检材料缺项表第18项
    Sheet1!G6 1.4 = 还没有材料 ← 迎检材料缺项表第19项
    Sheet1!G7 1.5 = 还没有材料 ← 迎检材料缺项表第20项
    Sheet1!G8 1.6 = 还没有材料 ← 迎检材料缺项表第21项
    Sheet1!G9 1.7 = 还没有材料 ← 迎检材料缺项表第22项
    Sheet1!G10 1.8 = 还没有材料 ← 迎检材料缺项表第23项
    Sheet1!F11 2.1 = 1块宣传栏（东门宣传栏）（见 evidence.pdf） ← ledger/2026-10.yaml:3、ledger/2026-10.yaml:5
    Sheet1!G11 2.1 = 东门宣传栏：2026年1月没有台账；东门宣传栏：2026年2月没有台账；东门宣传栏：2026年3月没有台账；另有9项 ← 迎检材料缺项表第2、3、4、5、6、7、8、9、10、11、15、16项
    Sheet1!G12 2.2 = 还没有材料 ← 迎检材料缺项表第24项
    Sheet1!F13 2.3 = 1篇内容（五分钟查马桶漏水）（见 evidence.pdf） ← ledger/2026-10.yaml:3
    Sheet1!G14 2.4 = 还没有材料 ← 迎检材料缺项表第25项
    Sheet1!G15 2.5 = 还没有材料 ← 迎检材料缺项表第26项
    Sheet1!G16 2.6 = 还没有材料 ← 迎检材料缺项表第27项
    Sheet1!G17 2.7 = 还没有材料 ← 迎检材料缺项表第28项
    Sheet1!G18 2.8 = 还没有材料 ← 迎检材料缺项表第29项
    Sheet1!D19 3.1 = 6 ← ledger/work/2026-11.yaml:5
    Sheet1!F19 3.1 = 1项经常性工作（河道巡查）（见 evidence.pdf） ← content/campaigns/green.md:1
    Sheet1!G19 3.1 = 河道巡查：10月1日—31日应做2次，做了1次 ← 迎检材料缺项表第14项
    Sheet1!G20 3.2 = 还没有材料 ← 迎检材料缺项表第30项
    Sheet1!G21 3.3 = 还没有材料 ← 迎检材料缺项表第31项
    Sheet1!G22 3.4 = 还没有材料 ← 迎检材料缺项表第32项
    Sheet1!G23 3.5 = 还没有材料 ← 迎检材料缺项表第33项
    Sheet1!G24 3.6 = 还没有材料 ← 迎检材料缺项表第34项
    Sheet1!G25 3.7 = 还没有材料 ← 迎检材料缺项表第35项
    Sheet1!G26 3.8 = 还没有材料 ← 迎检材料缺项表第36项
    Sheet1!F27 4.1 = 1项数据（满意率92%，276/300）（见 evidence.pdf） ← content/campaigns/green.md:1
    Sheet1!D28 4.2 = 3 ← ledger/work/2026-11.yaml:4
    Sheet1!E28 4.2 = 绿化率没有台账 ← ledger/work/2026-11.yaml:4
    Sheet1!F28 4.2 = 1项数据（绿化覆盖率31%）（见 evidence.pdf） ← content/campaigns/green.md:1
    Sheet1!G28 4.2 = 绿化覆盖率：31%，没有分子、分母和出处 ← 迎检材料缺项表第17项
    Sheet1!H28 4.2 = 2026-12-15 ← ledger/work/2026-11.yaml:4
    Sheet1!G29 4.3 = 还没有材料 ← 迎检材料缺项表第37项
    Sheet1!G30 4.4 = 还没有材料 ← 迎检材料缺项表第38项
    Sheet1!G31 4.5 = 还没有材料 ← 迎检材料缺项表第39项
    Sheet1!G32 4.6 = 还没有材料 ← 迎检材料缺项表第40项
    Sheet1!G33 4.7 = 还没有材料 ← 迎检材料缺项表第41项
    Sheet1!G34 4.8 = 还没有材料 ← 迎检材料缺项表第42项
    Sheet1!G35 5.1 = 还没有材料 ← 迎检材料缺项表第43项
    Sheet1!G36 5.2 = 还没有材料 ← 迎检材料缺项表第44项
    Sheet1!G37 5.3 = 还没有材料 ← 迎检材料缺项表第45项
    Sheet1!G38 5.4 = 还没有材料 ← 迎检材料缺项表第46项
    Sheet1!G39 5.5 = 还没有材料 ← 迎检材料缺项表第47项
    Sheet1!G40 5.6 = 还没有材料 ← 迎检材料缺项表第48项
    Sheet1!G41 5.7 = 还没有材料 ← 迎检材料缺项表第49项
    Sheet1!G42 5.8 = 还没有材料 ← 迎检材料缺项表第50项
    ");
}

#[test]
fn tables_to_begin_with_are_filled_like_any_other() {
    for name in names() {
        let form = public(&name).expect("it is there");
        let wordings = wordings(std::slice::from_ref(&form));
        assert!(wordings.len() >= 12, "{name} has {}", wordings.len());
        let is_told = |it: &Wording| !it.asked.is_empty() && !it.method.is_empty();
        assert!(wordings.values().all(is_told), "{name}");
        let number = wordings.keys().next().expect("it has numbers").clone();
        let scores =
            format!("format: 1\nscores:\n- {{indicator: {number}, score: 2, reason: 差一样}}\n");
        let files = Files::new(OCTOBER).with("ledger/work/2026-11.yaml", scores);
        let made = files.make_into(&Wanted::Archive(Some(2026)), Some(&form));
        let made = made.value.expect("it is made");
        let sources = String::from_utf8(file(&made, "依据.txt").to_vec()).expect("a text");
        assert!(sources.contains("差一样"), "{name}: {sources}");
        assert_eq!(file(&made, "空表.xlsx"), form.bytes);
        // The paper follows the table.
        let asked = &wordings[&number].asked;
        assert!(made.text.contains(asked.as_str()), "{name}: {}", made.text);
        assert!(made.text.contains("指标没有材料"), "{name}");
    }
    assert_eq!(public("没有这张"), None);
}

#[test]
fn rows_grow_and_shares_are_numbers_where_a_cell_shows_per_cent() {
    let mut book = Workbook::new();
    let wrapped = Format::new().set_text_wrap();
    let per_cent = Format::new().set_num_format("0.0%");
    let sheet = book.add_worksheet();
    for (row, head) in [(0, "满意率"), (1, "居民满意率"), (2, "居民满意率分母")] {
        sheet.write(row, 0, head).expect("written");
    }
    sheet.write_blank(0, 1, &wrapped).expect("written");
    sheet.write_blank(1, 1, &per_cent).expect("written");
    let heads = ["通知名称", "文种", "张贴地点"];
    sheet.write_row(4, 0, heads).expect("written");
    for column in 0..3 {
        sheet.write_blank(5, column, &wrapped).expect("written");
    }
    sheet.set_row_height(5, 16).expect("set");
    let form = Form {
        name: "表.xlsx".into(),
        bytes: book.save_to_buffer().expect("saved").into(),
        is_example: false,
    };
    let diary = "format: 1\nfigures:\n\
        - {label: 满意率, numerator: 276, denominator: 300, source: 问卷}\n\
        - {label: 居民满意率, numerator: 276, denominator: 300, source: 问卷}\n";
    let files = Files::new(OCTOBER).with("ledger/work/2026-10.yaml", diary);
    let made = files.make_into(&october(), Some(&form)).value;
    let made = made.expect("it is made");
    let xlsx = file(&made, "表.xlsx");
    let mut zip = zip::ZipArchive::new(Cursor::new(&*xlsx)).expect("a package");
    let mut xml = String::new();
    let mut part = zip
        .by_name("xl/worksheets/sheet1.xml")
        .expect("it is there");
    part.read_to_string(&mut xml).expect("it is text");
    assert!(xml.contains(">92%</t>"), "{xml}");
    assert!(xml.contains("<v>0.92</v>"), "{xml}");
    assert!(xml.contains("<v>300</v>"), "{xml}");
    // 东门宣传栏 is wider than a column of eight digits.
    let row = xml
        .split("<row ")
        .find(|row| row.starts_with("r=\"6\""))
        .expect("the row");
    assert!(
        row.split('>')
            .next()
            .is_some_and(|tag| tag.contains("ht=\"32\" customHeight=\"1\"")),
        "{row}"
    );
}

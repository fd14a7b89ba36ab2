//! Workbooks: what the office program shows is what is published, and nothing hidden is.

use greenboard::read::MemoryInputs;
use insta::assert_snapshot;
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use super::{brought, empty, read_site, told, wrong};

fn book(fill: impl FnOnce(&mut Worksheet) -> Result<(), XlsxError>) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(book.add_worksheet()).expect("it can be filled");
    book.save_to_buffer().expect("it can be saved")
}

fn rows(sheet: &mut Worksheet, rows: &[&[&str]]) -> Result<(), XlsxError> {
    rows_from(sheet, 0, rows)
}

fn rows_from(sheet: &mut Worksheet, first: u32, rows: &[&[&str]]) -> Result<(), XlsxError> {
    for (row, cells) in (first..).zip(rows) {
        for (column, cell) in (0..).zip(*cells) {
            sheet.write(row, column, *cell)?;
        }
    }
    Ok(())
}

fn said(name: &str, bytes: Vec<u8>, inputs: &MemoryInputs) -> String {
    let brought = brought(name, bytes, &read_site(inputs));
    let mut said = told(&brought);
    for one in wrong(&brought, &[], false) {
        said += &format!("check: {one}\n");
    }
    said
}

fn table(name: &str, cells: &[&[&str]]) -> String {
    said(name, book(|sheet| rows(sheet, cells)), &empty())
}

#[test]
fn numbers_are_as_the_program_shows_them() {
    let bytes = book(|sheet| {
        rows(
            sheet,
            &[
                &["项目", "价", "占比", "时长", "日期", "编号", "合计"],
                &["扫把"],
            ],
        )?;
        let with = |code: &str| Format::new().set_num_format(code);
        sheet.write_with_format(1, 1, 1200.5, &with("¥#,##0.00"))?;
        sheet.write_with_format(1, 2, 0.356, &with("0.0%"))?;
        sheet.write_with_format(1, 3, 1.25, &with("[h]:mm"))?;
        sheet.write_with_format(1, 4, 46350, &with("yyyy\"年\"m\"月\"d\"日\""))?;
        sheet.write_with_format(1, 5, 7, &with("000"))?;
        sheet
            .write_formula(1, 6, rust_xlsxwriter::Formula::new("=1+2").set_result("3"))
            .map(drop)
    });
    assert_snapshot!(said("费用.xlsx", bytes, &empty()), @r#"
    ==> data/费用.csv (数据表（1 行），在内容里写 ::表格{数据=费用} 就排出来)
    项目,价,占比,时长,日期,编号,合计
    扫把,"¥1,200.50",35.6%,30:00,2026年11月24日,007,3
    "#);
}

#[test]
fn nothing_hidden_comes_along() {
    let bytes = book(|sheet| {
        rows(
            sheet,
            &[
                &["东西", "电话", "价"],
                &["沙发", "13800000000", "30"],
                &["藏行", "x", "99"],
                &["床垫", "y", "50"],
            ],
        )?;
        sheet.set_row_hidden(2)?;
        sheet.set_column_hidden(1).map(drop)
    });
    assert_snapshot!(said("大件.xlsx", bytes, &empty()), @"
    ==> data/大件.csv (数据表（2 行），在内容里写 ::表格{数据=大件} 就排出来)
    东西,价
    沙发,30
    床垫,50
    ! G236 表格里隐藏的工作表、行、列，和看不见的字（与底色一样、小得看不清）没有放到网上：Sheet1 3、Sheet1 B
    ");
    let mut two = Workbook::new();
    rows(
        two.add_worksheet().set_name("打印").expect("named"),
        &[&["纸", "价"], &["A4", "0.1"]],
    )
    .expect("filled");
    rows(
        two.add_worksheet().set_name("场地").expect("named"),
        &[&["室", "价"], &["大", "9"]],
    )
    .expect("filled");
    let hidden = two.add_worksheet().set_name("内部").expect("named");
    rows(hidden, &[&["谁"], &["王芳"]]).expect("filled");
    hidden.set_hidden(true);
    assert_snapshot!(said("价目.xlsx", two.save_to_buffer().expect("saved"), &empty()), @"
    ==> data/价目/打印.csv (数据表（1 行），在内容里写 ::表格{数据=价目.打印} 就排出来)
    纸,价
    A4,0.1
    ==> data/价目/场地.csv (数据表（1 行），在内容里写 ::表格{数据=价目.场地} 就排出来)
    室,价
    大,9
    ! G236 表格里隐藏的工作表、行、列，和看不见的字（与底色一样、小得看不清）没有放到网上：内部
    ");
}

#[test]
fn letters_that_nobody_sees_do_not_come_along() {
    use rust_xlsxwriter::{Color, Table};
    let bytes = book(|sheet| {
        let white = Format::new().set_font_color(Color::White);
        let on_green = white.clone().set_background_color(Color::Green);
        let black = Format::new()
            .set_font_color(Color::Black)
            .set_background_color(Color::Black);
        let tiny = Format::new().set_font_size(1);
        for (column, head) in (0..).zip(["东西", "电话", "价"]) {
            sheet.write_with_format(0, column, head, &on_green)?;
        }
        rows_from(
            sheet,
            1,
            &[
                &["沙发", "", "30"],
                &["床垫", "", "50"],
                &["柜子", "", "20"],
            ],
        )?;
        sheet.write_with_format(1, 1, "13800000000", &white)?;
        sheet.write_with_format(2, 1, "13900000000", &black)?;
        sheet
            .write_with_format(3, 1, "13700000000", &tiny)
            .map(drop)
    });
    assert_snapshot!(said("大件.xlsx", bytes, &empty()), @"
    ==> data/大件.csv (数据表（3 行），在内容里写 ::表格{数据=大件} 就排出来)
    东西,电话,价
    沙发,,30
    床垫,,50
    柜子,,20
    ! G236 表格里隐藏的工作表、行、列，和看不见的字（与底色一样、小得看不清）没有放到网上：Sheet1 B2 B3 B4
    ");
    // A table paints the ground of its head itself.
    let table = book(|sheet| {
        rows(sheet, &[&["", ""], &["沙发", "30"]])?;
        sheet.add_table(0, 0, 1, 1, &Table::new())?;
        let white = Format::new().set_font_color(Color::White);
        sheet.write_with_format(0, 0, "东西", &white)?;
        sheet.write_with_format(0, 1, "价", &white).map(drop)
    });
    let said = said("大件.xlsx", table, &empty());
    assert!(said.contains("东西,价") && !said.contains("G236"), "{said}");
}

#[test]
fn a_sheet_of_one_line_is_no_table() {
    let mut book = Workbook::new();
    let first = book.add_worksheet().set_name("说明").expect("named");
    rows(first, &[&["本表由物业填写。"]]).expect("filled");
    let fees = book.add_worksheet().set_name("停车费").expect("named");
    rows(fees, &[&["车位", "月费"], &["地面", "150"]]).expect("filled");
    let said = said("费用.xlsx", book.save_to_buffer().expect("saved"), &empty());
    assert_snapshot!(said, @"
    ==> data/费用.csv (数据表（1 行），在内容里写 ::表格{数据=费用} 就排出来)
    车位,月费
    地面,150
    ! G712 全文：这几张工作表没有成行的数据，没有导入：说明
    ");
}

#[test]
fn joined_cells_are_filled_and_titles_told() {
    let bytes = book(|sheet| {
        sheet.merge_range(0, 0, 0, 2, "2026年收费表", &Format::new())?;
        rows(
            sheet,
            &[&[], &["类", "项", "价"], &["", "甲", "1"], &["", "乙", "2"]],
        )?;
        sheet
            .merge_range(2, 0, 3, 0, "打印", &Format::new())
            .map(drop)
    });
    assert_snapshot!(said("收费.xlsx", bytes, &empty()), @"
    ==> data/收费.csv (数据表（2 行），在内容里写 ::表格{数据=收费} 就排出来)
    类,项,价
    打印,甲,1
    打印,乙,2
    ! G238 最上面合并的一格“2026年收费表”当作整张表的标题，没有放进表格
    ");
}

#[test]
fn sorting_items_are_known_by_their_heads() {
    let cells: &[&[&str]] = &[
        &["物品名称", "垃圾类别", "又名", "备注", "编号"],
        &["大骨头", "其它垃圾", "筒骨、猪骨", "太硬", "1"],
        &["菜叶", "厨余", "", "", "2"],
        &["旧电池", "有害垃圾", "", "", "3"],
        &["怪东西", "不知道", "", "", "4"],
        &["玻璃瓶", "可回收", "酒瓶", "", "5"],
    ];
    assert_snapshot!(table("清单.xlsx", cells), @"
    ==> content/sorting/items.csv (分类物品，4 样)
    名称,类别,别名,为什么
    大骨头,其他垃圾,筒骨、猪骨,太硬
    菜叶,厨余垃圾,,
    旧电池,有害垃圾,,
    玻璃瓶,可回收物,酒瓶,
    ! G712 全文：这些物品的类别认不出，没有导入：怪东西
    ! G712 全文：这几列没有用上：编号
    ");
    let there = empty().with(
        "content/sorting/items.yaml",
        "- name: 大骨头\n  bin: 其他垃圾\n- name: 酒瓶\n  bin: 可回收物\n",
    );
    let bytes = book(|sheet| rows(sheet, cells));
    let said = told(&brought("清单.xlsx", bytes, &read_site(&there)));
    assert_snapshot!(said, @"
    ==> content/sorting/items.csv (分类物品，3 样)
    名称,类别
    菜叶,厨余垃圾
    旧电池,有害垃圾
    玻璃瓶,可回收物
    ! G712 全文：已经有的物品没有再导入：大骨头
    ! G712 全文：这些物品的类别认不出，没有导入：怪东西
    ! G712 全文：这些别名别的物品已经用了，没有导入：酒瓶
    ! G712 全文：这几列没有用上：编号
    ");
}

#[test]
fn boards_become_pages() {
    assert_snapshot!(table("宣传栏.xlsx", &[
        &["栏名", "位置", "尺寸", "版面", "纸张", "观看距离", "管理人", "备注"],
        &["东门宣传栏", "东门岗亭北侧", "2400x1200mm", "8张", "A3", "1.5米", "王芳", "新"],
        &["3号楼橱窗", "3号楼门厅", "", "一张A4", "", "", "", ""],
        &["看不清的栏", "西门", "", "很多", "", "", "", ""],
    ]), @r#"
    ==> content/boards/dongmen-xuanchuanlan.md (宣传栏“东门宣传栏”)
    ---
    title: 东门宣传栏
    kind: board
    place: 东门岗亭北侧
    order: 1
    size: 2400x1200mm
    distance: 1.5
    keeper: 王芳
    slots: 8 x A3
    ---
    ==> content/boards/3-haolou-chuchuang.md (宣传栏“3号楼橱窗”)
    ---
    title: "3号楼橱窗"
    kind: window
    place: "3号楼门厅"
    order: 2
    slots: 1 x A4
    ---
    ! G712 全文：看不出这几块栏有几格、多大，没有导入：看不清的栏
    ! G712 全文：这几列没有用上：备注
    "#);
}

#[test]
fn duties_and_plans_become_pages() {
    assert_snapshot!(table("2026年例行工作.xlsx", &[
        &["序号", "工作内容", "频次", "责任人"],
        &["1", "沿河巡查", "每月3次", "刘洋"],
        &["2", "消防演练", "每季度一次", ""],
        &["3", "半年总结", "每半年", "孙明"],
    ]), @r#"
    ==> content/campaigns/2026-nianli-xinggongzuo.md (例行工作《2026年例行工作》)
    ---
    title: "2026年例行工作"
    date: 2026-01-01
    duties:
      - title: 沿河巡查
        every: month
        times: 3
        who: 刘洋
      - title: 消防演练
        every: quarter
    ---
    ! G712 全文：看不出这几项多久一次，没有导入：半年总结
    "#);
    assert_snapshot!(table("2026年12月工作安排.xlsx", &[
        &["时间", "活动内容", "地点", "负责人"],
        &["12月5日", "志愿者日", "中心花园", "王芳"],
        &["2026-12-18至12-20", "冬至活动", "", ""],
        &["另定", "总结", "", ""],
    ]), @r#"
    ==> content/campaigns/2026-nian-12-yuegongzuo-anpai.md (分步的工作《2026年12月工作安排》)
    ---
    title: "2026年12月工作安排"
    date: 2026-11-29
    stages:
      - title: 志愿者日
        due: 2026-12-05
        who: 王芳
        text: 中心花园
      - title: 冬至活动
        due: 2026-12-20
    ---
    ! G712 全文：看不出这几项是哪天，没有导入：总结
    "#);
}

#[test]
fn comma_separated_values_of_any_encoding() {
    let (gbk, _, _) = encoding_rs::GB18030.encode("东西,元\r\n沙发,30\r\n\"大,柜\",50\r\n");
    assert_snapshot!(said("大件.csv", gbk.into_owned(), &empty()), @r#"
    ==> data/大件.csv (数据表（2 行），在内容里写 ::表格{数据=大件} 就排出来)
    东西,元
    沙发,30
    "大,柜",50
    ! G103 这个文件不是用 UTF-8 编码存的，先按 GB18030 读了
    "#);
}

#[test]
fn tables_that_are_too_large_are_refused_with_the_place() {
    let wide = book(|sheet| sheet.write(0, 16_383, "远").map(drop));
    let far = book(|sheet| sheet.write(1_048_575, 0, "远").map(drop));
    let text = said("宽.xlsx", wide, &empty()) + &said("长.xlsx", far, &empty());
    assert_snapshot!(text, @"
    ! G273 这个数据文件从这里起读不懂
    ! G273 这个数据文件从这里起读不懂
    ");
}

#[test]
fn what_was_done_is_no_plan() {
    assert_snapshot!(table("志愿服务.xlsx", &[
        &["编号", "活动", "日期", "时长", "花费", "人数", "照片"],
        &["1", "清河岸", "11月7日", "2:00", "50", "12", "有"],
    ]), @"
    ==> data/志愿服务.csv (数据表（1 行），在内容里写 ::表格{数据=志愿服务} 就排出来)
    编号,活动,日期,时长,花费,人数,照片
    1,清河岸,11月7日,2:00,50,12,有
    ");
}

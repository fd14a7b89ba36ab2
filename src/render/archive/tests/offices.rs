//! DOCX and XLSX, which offices edit, read back.

use super::*;

#[test]
fn docx_holds_words_tables_and_photos() {
    let made = with_keepsakes(&photo()).made(&Wanted::Archive(Some(2026)));
    let docx = file(&made, "evidence.docx");
    let document = part(docx, "word/document.xml");
    assert_tags_match(&document);
    for path in [
        "word/styles.xml",
        "word/footer1.xml",
        "docProps/core.xml",
        "[Content_Types].xml",
    ] {
        assert_tags_match(&part(docx, path));
    }
    for words in [
        "梧桐里社区居民委员会",
        "指标 2.3",
        "滴一滴色素。",
        "2026年10月1日</w:t>",
        "东门宣传栏　陈立　远景",
    ] {
        assert!(document.contains(words), "{words} is missing");
    }
    let cited = document.matches("r:embed=\"i1\"").count();
    assert_eq!(cited, 1);
    let relations = part(docx, "word/_rels/document.xml.rels");
    assert!(relations.contains("Id=\"i1\"") && relations.contains("media/image1.jpg"));
}

#[test]
fn words_of_the_user_cannot_break_the_xml() {
    let line = "- {v: 1, id: a, kind: hung, board: gate, slot: \"1\", poster: living/leak, from: 2026-10-01, to: 2026-10-31, by: \"<b>&\\\"\", note: \"a\\u0007b]]>\"}\n";
    let made = Files::new(line).made(&Wanted::Archive(Some(2026)));
    let document = part(file(&made, "evidence.docx"), "word/document.xml");
    assert_tags_match(&document);
    assert!(document.contains("&lt;b&gt;&amp;&quot;") && document.contains("ab]]&gt;"));
}

/// Checks that every tag is closed in its turn and that no mark stands by itself.
fn assert_tags_match(xml: &str) {
    let mut open: Vec<&str> = Vec::new();
    for piece in xml.split('<').skip(1) {
        let (tag, rest) = piece.split_once('>').expect("every tag ends");
        assert!(
            rest.chars().all(|c| c >= ' ' || "\t\r\n".contains(c)),
            "{rest:?}"
        );
        let name = tag
            .trim_start_matches('/')
            .split([' ', '/'])
            .next()
            .unwrap_or_default();
        match tag {
            _ if tag.starts_with('?') || tag.ends_with('/') => {}
            _ if tag.starts_with('/') => assert_eq!(open.pop(), Some(name), "{xml}"),
            _ => open.push(name),
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

/// Returns the rows of a sheet as text.
fn sheet(made: &Made, name: &str) -> String {
    let bytes = Cursor::new(file(made, "evidence.xlsx").to_vec());
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(bytes).expect("a workbook");
    let range = book.worksheet_range(name).expect("the sheet is there");
    let cell = |cell: &Data| match cell {
        Data::DateTime(day) => day.as_f64().to_string(),
        other => other.to_string(),
    };
    range
        .rows()
        .map(|row| row.iter().map(cell).collect::<Vec<_>>().join(" | ") + "\n")
        .collect()
}

#[test]
fn the_workbook_is_read_back() {
    let made = Files::new(OCTOBER).made(&Wanted::Archive(Some(2026)));
    assert_snapshot!(sheet(&made, "公示通知"), @"
    标题 | 类别 | 文号 | 公示期 | 第一天 | 最后一天 | 宣传栏 | 挂上 | 取下 | 足期
    楼道粉刷费用 | 公示 | 梧社居〔2026〕12号 | 10月9日—16日 | 46304 | 46311 | 东门宣传栏 | 46304 | 46308 | 不足
    ");
    assert_snapshot!(sheet(&made, "经常性工作"), @"
    指标 | 工作 | 要求 | 负责人 | 开始 | 结束 | 应做 | 做了 | 缺 | 日期和证明
    3.1 | 河道巡查 | 每月2次 | 赵敏 | 46296 | 46326 | 2 | 1 | 1次 | 2026-10-12 巡查记录第1页
    3.1 | 河道巡查 | 每月2次 | 赵敏 | 46327 | 46356 | 2 | 0 | 未到期 |
    ");
    assert_snapshot!(sheet(&made, "数据"), @"
    指标 | 数据 | 结果 | 单位 | 分子 | 分母 | 要求 | 上次 | 出处 | 内容
    4.1 | 满意率 | 92% |  | 276 | 300 | 90% |  | 入户问卷 | 创建绿色社区
    4.2 | 绿化覆盖率 | 31% |  |  |  |  |  | 没有出处 | 创建绿色社区
    ");
}

//! Habits of those who type documents, one by one: what stands on paper for its look alone, and what a
//! page says instead.

use super::{brought, empty, packed, read_site, told};

const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;
const NAMES: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;

/// Brings a document of such blocks in; returns the page without its front matter, and all of it.
fn read(blocks: &str) -> (String, String) {
    let document = format!("<w:document {NAMES}><w:body>{blocks}</w:body></w:document>");
    let parts = [("_rels/.rels", RELATIONS), ("word/document.xml", &document)];
    let parts = parts.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
    let all = told(&brought("来文.docx", packed(&parts), &read_site(&empty())));
    let page = all.split("\n! ").next().unwrap_or_default();
    let body = page.splitn(3, "---\n").nth(2).unwrap_or_default();
    (body.trim_end().to_owned(), all)
}

fn body(blocks: &str) -> String {
    read(blocks).0
}

fn set(text: &str, align: &str, size: u32) -> String {
    let (align, size) = (format!(r#"<w:jc w:val="{align}"/>"#), 2 * size);
    format!(
        r#"<w:p><w:pPr>{align}</w:pPr><w:r><w:rPr><w:sz w:val="{size}"/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r></w:p>"#
    )
}

fn title(text: &str) -> String {
    set(text, "center", 22)
}

fn line(text: &str) -> String {
    set(text, "left", 16)
}

fn right(text: &str) -> String {
    set(text, "right", 16)
}

/// A table of cells: `2>` before the text takes two columns, `^` goes on from above, `v` begins that.
fn table(rows: &[&[&str]]) -> String {
    let cell = |text: &&str| {
        let (marks, text) = match *text {
            "^" => ("<w:vMerge/>", ""),
            text if text.starts_with("2>") => (r#"<w:gridSpan w:val="2"/>"#, &text[2..]),
            text if text.starts_with("v") => (r#"<w:vMerge w:val="restart"/>"#, &text[1..]),
            text => ("", text),
        };
        format!("<w:tc><w:tcPr>{marks}</w:tcPr>{}</w:tc>", line(text))
    };
    let row = |row: &&[&str]| format!("<w:tr>{}</w:tr>", row.iter().map(cell).collect::<String>());
    format!(
        "<w:tbl>{}</w:tbl>",
        rows.iter().map(row).collect::<String>()
    )
}

fn field(code: &str, result: &str) -> String {
    format!(r#"<w:fldSimple w:instr=" {code} "><w:r><w:t>{result}</w:t></w:r></w:fldSimple>"#)
}

fn words(text: &str) -> String {
    format!(r#"<w:r><w:t xml:space="preserve">{text}</w:t></w:r>"#)
}

#[test]
fn a_head_of_two_levels_names_each_column_by_both() {
    let joined = table(&[
        &["v序号", "2>收入（元）", "v备注"],
        &["^", "停车", "广告", "^"],
        &["1", "300", "40", "无"],
    ]);
    assert_eq!(
        body(&(title("收支") + &joined)),
        "| 序号 | 收入·停车（元） | 收入·广告（元） | 备注 |\n| --- | --- | --- | --- |\n| 1 | 300 | 40 | 无 |"
    );
    // Nobody joined the cells beside it.
    let open = table(&[
        &["姓名", "2>时间"],
        &["", "上午", "下午"],
        &["王芳", "8点", "2点"],
    ]);
    assert_eq!(
        body(&(title("值班") + &open)),
        "| 姓名 | 时间·上午 | 时间·下午 |\n| --- | --- | --- |\n| 王芳 | 8点 | 2点 |"
    );
}

#[test]
fn numbers_of_pages_are_no_text() {
    let paragraph = |inner: &str| format!("<w:p>{inner}</w:p>");
    let (page, pages) = (field("PAGE", "2"), field("NUMPAGES", "3"));
    let blocks = [
        title("纪要"),
        line("一件事。"),
        paragraph(&format!(
            "{}{page}{}{pages}{}",
            words("第 "),
            words(" 页 共 "),
            words(" 页")
        )),
        paragraph(&format!("{}{page}{}", words("— "), words(" —"))),
        line("- 3 -"),
        paragraph(&format!(
            "{}{page}{}",
            words("方案在第"),
            words("页，请看。")
        )),
        paragraph(&format!(
            "{}{}{}",
            words("见第"),
            field("PAGEREF a", "5"),
            words("页。")
        )),
    ];
    let (text, all) = read(&blocks.concat());
    assert_eq!(text, "一件事。\n\n方案在，请看。\n\n见第5页。");
    assert_eq!(all.matches("没有导入页码").count(), 4, "{all}");
    assert!(all.contains("写着纸上的页码"), "{all}");
}

#[test]
fn tables_that_only_hold_things_in_place_are_text() {
    let blocks = [
        title("招募"),
        line("合唱团招人。"),
        table(&[&["联系人：王芳", "电话：5550 0116"]]),
        table(&[&["王　芳", "刘洋", "孙　明"], &["李强", "欧阳文华", "赵敏"]]),
        table(&[&["梧桐里社区居委会", "2026年12月1日"]]),
    ];
    let (text, all) = read(&blocks.concat());
    assert_eq!(
        text,
        "合唱团招人。\n\n联系人：王芳　电话：5550 0116\n\n王芳、刘洋、孙明、李强、欧阳文华、赵敏"
    );
    assert!(all.contains("signed: 梧桐里社区居委会"), "{all}");
    assert!(all.contains("date: 2026-12-01"), "{all}");
    // What is to be filled in stays a table, and so does what has a head.
    let form = [title("登记"), table(&[&["姓名", "", "电话", ""]])].concat();
    assert!(body(&form).starts_with("| 姓名 |  | 电话 |  |"));
    let days = [
        title("菜单"),
        table(&[&["周一", "周二", "周三"], &["鱼", "面", "饭"]]),
    ]
    .concat();
    assert!(body(&days).starts_with("| 周一 | 周二 | 周三 |"));
}

#[test]
fn blanks_that_fill_words_up_are_taken_out() {
    let blocks = [
        title("会　议　通　知"),
        line("时　　间：12月8日"),
        line("主 持 人：周　海"),
        line("王　芳　　王小明　　刘　洋"),
        line("1.\t先报名"),
        line("（1）　再领表"),
        table(&[
            &["姓　名", "性别"],
            &["李　强", "男　女"],
            &["签字", "年　月　日"],
        ]),
    ];
    assert_eq!(
        body(&blocks.concat()),
        "时间：12月8日\n\n主持人：周海\n\n王芳　王小明　刘洋\n\n1. 先报名\n\n（1）再领表\n\n\
         | 姓名 | 性别 |\n| --- | --- |\n| 李强 | 男　女 |\n| 签字 | 年　月　日 |"
    );
}

#[test]
fn titles_are_what_they_say() {
    let of = |blocks: &[String]| {
        let all = read(&blocks.concat()).1;
        let line = all.lines().find_map(|line| line.strip_prefix("title: "));
        line.unwrap_or_default().to_owned()
    };
    let rest = line("请大家来。");
    assert_eq!(
        of(&[
            title("文明过节　绿色祭扫"),
            title("倡　议　书"),
            rest.clone()
        ]),
        "文明过节　绿色祭扫倡议书"
    );
    assert_eq!(
        of(&[
            title("给业主的一封信"),
            set("——关于加装电梯", "center", 16),
            rest.clone()
        ]),
        "给业主的一封信——关于加装电梯"
    );
    assert_eq!(
        of(&[line("附件1"), title("报名表"), rest.clone()]),
        "报名表"
    );
    let two = [title("停水通知"), rest.clone(), title("停气通知"), rest];
    assert_eq!(
        body(&two.concat()),
        "请大家来。\n\n## 停气通知\n\n请大家来。"
    );
}

#[test]
fn who_signs_is_known_without_a_year_and_on_one_line() {
    let of = |blocks: &[String]| {
        let all = read(&blocks.concat()).1;
        let wanted = |line: &&str| line.starts_with("date: ") || line.starts_with("signed: ");
        all.lines().filter(wanted).collect::<Vec<_>>().join(" ")
    };
    let head = [title("会议通知"), line("定于2026年12月8日开会。")].concat();
    assert_eq!(
        of(&[head.clone(), right("街道党政办"), right("12月4日")]),
        "date: 2026-12-04 signed: 街道党政办"
    );
    assert_eq!(
        of(&[head.clone(), right("梧桐里社区居委会　　2026年12月1日")]),
        "date: 2026-12-01 signed: 梧桐里社区居委会"
    );
    assert_eq!(
        of(&[head, right("业主大会筹备组（章）"), right("2026年12月1日")]),
        "date: 2026-12-01 signed: 业主大会筹备组"
    );
}

#[test]
fn what_nobody_sees_on_paper_is_left_out() {
    let look = |look: &str, text: &str| {
        format!("<w:p><w:r><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r></w:p>")
    };
    let blocks = [
        title("通知"),
        look(r#"<w:sz w:val="2"/>"#, "小得看不见"),
        look(r#"<w:color w:val="FEFEFE"/>"#, "几乎是白的"),
        look(r#"<w:em w:val="dot"/>"#, "要紧"),
    ];
    let (text, all) = read(&blocks.concat());
    assert_eq!(text, "**要紧**");
    assert!(
        all.contains("小得看不见的文字") && all.contains("白色的文字"),
        "{all}"
    );
}

#[test]
fn a_column_that_was_deleted_is_gone_and_what_was_moved_is_there() {
    let del = r#"<w:tcPr><w:cellDel w:id="1" w:author="x"/></w:tcPr>"#;
    let row = |a: &str, b: &str| {
        format!(
            "<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc><w:tc>{del}{}</w:tc></w:tr>",
            line(a),
            line(b),
            line("删")
        )
    };
    let moved = format!(
        r#"<w:p><w:moveFrom w:id="2" w:author="x">{0}</w:moveFrom></w:p><w:p><w:moveTo w:id="3" w:author="x">{0}</w:moveTo></w:p>"#,
        words("移走的话。")
    );
    let table = format!(
        "<w:tbl>{}{}</w:tbl>",
        row("点位", "早上"),
        row("东门", "7点")
    );
    let (text, all) = read(&[title("通知"), table, moved].concat());
    assert_eq!(
        text,
        "| 点位 | 早上 |\n| --- | --- |\n| 东门 | 7点 |\n\n移走的话。"
    );
    assert!(!all.contains("删掉的“移走"), "{all}");
}

#[test]
fn a_bulletin_has_its_day_from_its_head() {
    let head = title("石榴园社区工作简报")
        + &set("第12期（总第45期）", "center", 16)
        + &table(&[&["石榴园社区居民委员会编", "2026年11月28日"]]);
    let rest = title("三天清走楼道杂物四吨") + &line("18栋楼全部清完。");
    let (body, all) = read(&(head + &rest + &line("报：街道办事处。　送：各楼栋长。")));
    assert_eq!(body, "18栋楼全部清完。");
    assert!(
        all.contains("title: 三天清走楼道杂物四吨\ndate: 2026-11-28\n"),
        "{all}"
    );
    assert!(!all.contains("kind:") && all.contains("简报《"), "{all}");
    assert!(all.contains("红头“第12期（总第45期）”"), "{all}");
}

#[test]
fn an_activity_says_when_and_where() {
    let plan = title("冬季大扫除活动方案")
        + &line("为了干净过年，制定本方案。")
        + &line("一、活动时间")
        + &line("2026年12月5日（星期六）上午9:00—11:00")
        + &line("二、活动地点")
        + &line("小区中心广场，雨天改到活动室。")
        + &right("石榴园社区居民委员会")
        + &right("2026年11月28日");
    let (body, all) = read(&plan);
    assert!(all.contains("kind: 活动\n"), "{all}");
    assert!(all.contains("expires: 2026-12-05\n"), "{all}");
    let event = "event: { date: 2026-12-05, time: \"上午9:00—11:00\", place: 小区中心广场 }";
    assert!(all.contains(event), "{all}");
    assert!(body.contains("## 一、活动时间"), "{body}");
    // A stop of water takes place nowhere.
    let stop =
        title("关于停水的通知") + &line("停水时间：12月5日9:00至12:00。") + &line("时间：12月5日");
    assert!(!read(&stop).1.contains("event:"), "{}", read(&stop).1);
}

#[test]
fn a_decision_in_a_sentence_before_the_announcement_is_the_summary() {
    let text =
        "入冬以来火情多发。为消除隐患，街道决定从12月5日起集中检查楼道。现将有关事项通知如下：";
    let (_, all) = read(&(title("关于检查楼道的通知") + &line(text) + &line("一、范围")));
    assert!(
        all.contains("summary: 街道决定从12月5日起集中检查楼道。\n"),
        "{all}"
    );
}

#[test]
fn a_plain_text_is_signed_in_its_last_lines() {
    let text = "关于12月8日停电的通知\n\n12月8日8:00至12:00停电。\n\n石榴园社区居民委员会\n2026年12月2日\n";
    let all = told(&brought(
        "粘贴.txt",
        text.as_bytes().to_vec(),
        &read_site(&empty()),
    ));
    assert!(all.contains("date: 2026-12-02\n"), "{all}");
    assert!(all.contains("signed: 石榴园社区居民委员会\n"), "{all}");
    assert!(all.trim_end().ends_with("停电。"), "{all}");
}

#[test]
fn a_meeting_that_a_sentence_decides_has_its_day_and_place() {
    let text =
        "经研究，定于2026年12月9日（星期三）晚上7点在社区会议室召开居民代表会议，请准时参加。";
    let (_, all) = read(&(title("关于召开居民代表会议的通知") + &line(text)));
    let event = "event: { date: 2026-12-09, time: 晚上7点, place: 社区会议室 }";
    assert!(all.contains(event), "{all}");
}

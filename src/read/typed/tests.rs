//! What people type, read back with the places of the values.

use proptest::prelude::*;

use crate::read::yaml::{Cause, Node, Value, parse_all};

/// Writes keys with their values; what stands at a value's place is written where it is another.
fn read(text: &str) -> String {
    match parse_all(text, 0..text.len()) {
        Ok(node) => show(&node, text),
        Err(errors) => {
            let said = |error: &crate::read::yaml::YamlError| {
                let line = text[..error.at].matches('\n').count() + 1;
                match &error.cause {
                    Cause::Quote { line: mended } => format!("{line} quote, write {mended}"),
                    Cause::Bracket {
                        line: mended,
                        quoted,
                        ..
                    } => {
                        format!("{line} bracket, write {mended} or {quoted}")
                    }
                    cause => format!("{line} {cause}"),
                }
            };
            errors.iter().map(said).collect::<Vec<_>>().join("; ")
        }
    }
}

fn show(node: &Node, text: &str) -> String {
    match &node.value {
        Value::Null => "nothing".into(),
        Value::Scalar(value) => {
            let typed = &text[node.range.clone()];
            if typed == value {
                value.clone()
            } else {
                format!("{value} <{typed}>")
            }
        }
        Value::List(items) => {
            let items: Vec<_> = items.iter().map(|item| show(item, text)).collect();
            format!("[{}]", items.join(" | "))
        }
        Value::Map(entries) => {
            let entry = |(key, value): &(crate::read::yaml::Key, Node)| {
                format!("{} = {}", key.name, show(value, text))
            };
            format!(
                "{{{}}}",
                entries.iter().map(entry).collect::<Vec<_>>().join("; ")
            )
        }
    }
}

#[test]
fn a_value_is_the_words_that_it_is() {
    for words in [
        "全院停水 #3楼先停",
        "#3楼停水",
        "[紧急]周六停水",
        "@全体居民：周六停水",
        "\"安全\"过冬",
        "'绿色'生活",
        "“安全”过冬",
        "注意: 周六停水",
        "注意：周六停水",
        "注意:",
        "*紧急*周日停水",
        "**紧急**",
        "&紧急 周一停水",
        "!注意",
        "%5的居民",
        ">请看",
        "|请看",
        "> 请看",
        "- 请看",
        "? 为什么",
        ": 请看",
        "`水`",
        "{紧急}停水",
        "[1] [2] 两件事",
        "it's 水",
        "A: B: C",
        "3号楼 #2单元 #3单元",
        "，逗号",
        ", 逗号",
        "\\n",
        "停水--周六",
        "8:30开始",
        "停水（周六）",
        "\"一\"和\"二\"",
        "停水\"",
        "=3",
    ] {
        let expected = format!("{{title = {words}; date = 2026-11-02}}");
        assert_eq!(
            read(&format!("title: {words}\ndate: 2026-11-02\n")),
            expected
        );
        assert_eq!(
            read(&format!("title:  {words}  \ndate: 2026-11-02")),
            expected
        );
    }
}

#[test]
fn colons_blanks_and_dashes_may_have_any_width() {
    let expected = "{标题 = 停水; 海报 = {模板 = 通知; 导语 = 九点}; 主题 = [水 | 电]}";
    for text in [
        "标题: 停水\n海报:\n  模板: 通知\n  导语: 九点\n主题:\n  - 水\n  - 电\n",
        "标题：停水\n海报：\n　模板：通知\n　导语：九点\n主题：\n－ 水\n－ 电\n",
        "标题:停水\n海报:\n\t模板:通知\n\t导语:九点\n主题:\n-水\n-电\n",
        "　　标题：停水\n　　海报：\n　　　　模板：通知\n　　　　导语：九点\n　　主题：\n　　- 水\n　　- 电",
        "标题 ： 停水\n海报： { 模板：通知，导语：九点 }\n主题： [水, 电]",
        "标题: 停水\n海报: # 上墙\n  # 说明\n  模板: 通知 # 说明\n\n  导语: 九点\n主题:\n  - 水 # 说明\n  - 电\n",
        "标\u{200b}题: 停\u{2060}水\n\u{feff}海报:\u{a0}\n\u{a0}\u{a0}模板: 通知\n  导语:\u{a0}九点\n主题: [水,\u{a0}电]\n",
    ] {
        let read = read(text);
        let shown = read.replace(" <停\u{2060}水>", "");
        assert_eq!(shown, expected, "{text}");
    }
}

#[test]
fn a_line_between_two_levels_is_of_the_inner_one() {
    let expected = "{海报 = {模板 = 通知; 导语 = 九点}; 题 = 水}";
    for text in [
        "海报:\n    模板: 通知\n\t导语: 九点\n题: 水",
        "海报:\n  模板: 通知\n 导语: 九点\n题: 水",
        "海报:\n　　模板: 通知\n  导语: 九点\n题: 水",
        "  海报:\n    模板: 通知\n    导语: 九点\n题: 水",
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
    let items = "[{名称 = 甲; 类别 = 红} | {名称 = 乙; 类别 = 绿}]";
    for text in [
        "-  名称: 甲\n  类别: 红\n-  名称: 乙\n  类别: 绿",
        "- 名称: 甲\n 类别: 红\n - 名称: 乙\n  类别: 绿",
        "-\t名称: 甲\n\t类别: 红\n-\t名称: 乙\n\t类别: 绿",
    ] {
        assert_eq!(read(text), items, "{text}");
    }
    assert_eq!(
        read("slots:\n    - 甲\n  - 乙\n题: 水"),
        "{slots = [甲 | 乙]; 题 = 水}"
    );
}

#[test]
fn brackets_hold_values_that_people_type() {
    for (text, expected) in [
        (
            "event: { date: 2026-11-28, place: 广场 #3楼前 }",
            "{event = {date = 2026-11-28; place = 广场 #3楼前}}",
        ),
        (
            "event: {日期：2026-11-28，时间：上午8:30、地点：广场}",
            "{event = {日期 = 2026-11-28; 时间 = 上午8:30; 地点 = 广场}}",
        ),
        (
            "活动：｛日期：2026-11-28，地点：广场｝",
            "{活动 = {日期 = 2026-11-28; 地点 = 广场}}",
        ),
        (
            "event: { time: 8:30, place: 2号楼[东] }",
            "{event = {time = 8:30; place = 2号楼[东]}}",
        ),
        (
            "topics: [分类，节水、节能]",
            "{topics = [分类，节水、节能]}",
        ),
        (
            "topics: [*水*, &电, \"气\", '风']",
            "{topics = [*水* | &电 | 气 <\"气\"> | 风 <'风'>]}",
        ),
        (
            "items: [\"安全\"过冬, 注意: 停水]",
            "{items = [\"安全\"过冬 | 注意: 停水]}",
        ),
        ("at: [60, 80] # 毫米", "{at = [60 | 80]}"),
        (
            "slots: [{ id: \"1\" }, { id: \"2\", at: [1, 2] }]",
            "{slots = [{id = 1 <\"1\">} | {id = 2 <\"2\">; at = [1 | 2]}]}",
        ),
        (
            "topics: [\n  water, # 水\n  energy,\n]\ntitle: 水",
            "{topics = [water | energy]; title = 水}",
        ),
        (
            "event: {\n  date: 2026-11-28,\n  place: 广场\n}\ntitle: 水",
            "{event = {date = 2026-11-28; place = 广场}; title = 水}",
        ),
        ("a: []\nb: {}", "{a = []; b = {}}"),
        ("\"1\": x\n'2': y", "{1 = x; 2 = y}"),
        (
            "{ v: 1, id: 2026-10-01/east/1, by: 陈立 }",
            "{v = 1; id = 2026-10-01/east/1; by = 陈立}",
        ),
        (
            "cities: { 上海: 干垃圾, 杭州：其他垃圾 }",
            "{cities = {上海 = 干垃圾; 杭州 = 其他垃圾}}",
        ),
        (
            "print: { prices: { A3 横: 2, 600x900mm: 25 } }",
            "{print = {prices = {A3 横 = 2; 600x900mm = 25}}}",
        ),
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
}

#[test]
fn lines_that_go_on_are_joined_as_chinese_is() {
    for (text, expected) in [
        (
            "summary: 查烟道，\n  开窗缝。\ntitle: 水",
            "{summary = 查烟道，开窗缝。 <查烟道，\n  开窗缝。>; title = 水}",
        ),
        (
            "summary:\n  查烟道，\n  开窗缝。\n",
            "{summary = 查烟道，开窗缝。 <查烟道，\n  开窗缝。>}",
        ),
        (
            "summary: Look at\n  the flue # 说明\n",
            "{summary = Look at the flue # 说明 <Look at\n  the flue # 说明>}",
        ),
        (
            "items:\n  - 第一样\n    接着写\n  - 第二样",
            "{items = [第一样接着写 <第一样\n    接着写> | 第二样]}",
        ),
        (
            "text: |\n  一行: 甲\n  二行 # 乙\ntitle: 水",
            "{text = 一行: 甲\n二行 # 乙\n <一行: 甲\n  二行 # 乙\n>; title = 水}",
        ),
        (
            "text: >\n  一行\n  二行\n\n  Three\n  four\ntitle: 水",
            "{text = 一行二行\nThree four <一行\n  二行\n\n  Three\n  four\n>; title = 水}",
        ),
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
}

#[test]
fn what_cannot_be_understood_is_told_all_at_once() {
    for (text, said) in [
        (
            "title: \"冬季取暖\ndate: 2026",
            "1 quote, write title: \"冬季取暖\"",
        ),
        (
            "title: \"冬季取暖”\ndate: 2026",
            "1 quote, write title: \"冬季取暖\"",
        ),
        ("title: '冬季取暖", "1 quote, write title: '冬季取暖'"),
        (
            "topics: [water\ndate: 2026",
            "1 bracket, write topics: [water] or topics: \"[water\"",
        ),
        (
            "topics: [water】",
            "1 bracket, write topics: [water] or topics: \"[water】\"",
        ),
        (
            "event: { date: 2026-11-28",
            "1 bracket, write event: { date: 2026-11-28} or event: \"{ date: 2026-11-28\"",
        ),
        (
            "title 冬季\ndate: 2026\nsummary: 查\n开窗。",
            "1 a line without a key; 4 a line without a key",
        ),
        (
            "title: 水\n　date: 2026\n　topics: a\nkind: 通知",
            "2 a line that is indented too far",
        ),
        (
            "title: \"水\ntopics: [a\nkind 通知",
            "1 quote, write title: \"水\"; 2 bracket, write topics: [a] or topics: \"[a\"; 3 a line without a key",
        ),
        (
            "title: 水\n- a",
            "2 while parsing a block mapping, did not find expected key",
        ),
    ] {
        assert_eq!(read(text), said, "{text}");
    }
}

#[test]
fn what_yaml_means_stays() {
    for (text, expected) in [
        (
            "a: \"x: y\"\nb: 'it''s'\nc: \"\\u6c34\"",
            "{a = x: y <\"x: y\">; b = it's <'it''s'>; c = 水 <\"\\u6c34\">}",
        ),
        (
            "a: ~\nb: null\nc:\nd: ''",
            "{a = nothing; b = nothing; c = nothing; d =  <''>}",
        ),
        ("- a: 1\n  b: 2\n- a: 3", "[{a = 1; b = 2} | {a = 3}]"),
        ("-   a: 1\n    b: 2", "[{a = 1; b = 2}]"),
        ("a:\n- 1\n- - 2\n  - 3", "{a = [1 | [2 | 3]]}"),
        ("---\na: 1\n", "{a = 1}"),
        ("# 说明\n\na: 1 # x", "{a = 1}"),
        (
            "url: https://wutong.example/#top",
            "{url = https://wutong.example/#top}",
        ),
        ("a: \"C:\\图片\\水\"", "{a = C:\\图片\\水}"),
        ("", "nothing"),
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
}

proptest! {
    /// Whatever stands behind `标题：` comes back as it was typed, or is told; the line below it is
    /// never drawn in.
    #[test]
    fn a_title_comes_back_as_it_was_typed(title in "[水火 a-c1\\[\\]{}()*&!|>'\"%@`#,:：，?“”\\\\-]{1,12}") {
        let text = format!("标题：{title}\n日期：2026-11-02\n");
        match parse_all(&text, 0..text.len()) {
            Err(errors) => prop_assert!(!errors.is_empty()),
            Ok(node) => {
                let Value::Map(entries) = &node.value else {
                    return Err(TestCaseError::fail("no keys"));
                };
                prop_assert_eq!(entries.len(), 2);
                prop_assert_eq!(&entries[1].1.value, &Value::Scalar("2026-11-02".into()));
                let typed = title.trim();
                let remark = typed.find(" # ").or(typed.strip_suffix(" #").map(str::len));
                let typed = typed[..remark.unwrap_or(typed.len())].trim();
                if let Value::Scalar(value) = &entries[0].1.value {
                    let is_quoted = typed.starts_with(['"', '\'']);
                    let is_same = value == typed || (is_quoted && !value.is_empty());
                    prop_assert!(is_same || value.is_empty(), "{} became {}", typed, value);
                }
            }
        }
    }

    /// No text makes it stumble.
    #[test]
    fn any_text_is_read_or_told(text in "[水 a:：\\-\\n\\[\\]{}\"'#|>,，\u{3000}\t]{0,60}") {
        let _ = parse_all(&text, 0..text.len());
    }
}

//! The hard texts: for every layout a page a case.

/// A layout with the front matter that it needs, and the settings of its poster.
const LAYOUTS: [(&str, &str, &str); 15] = [
    ("guide", "topics: [water]", "layout: guide"),
    (
        "notice",
        PUBLIC,
        "layout: notice\n  posting: 7 working days",
    ),
    ("notice+event", EVENT, "layout: notice"),
    ("notice+plain", "kind: 通知", "layout: notice"),
    (
        "formal",
        PUBLIC,
        "layout: formal\n  posting: 7 working days",
    ),
    ("sorting", ITEMS, "layout: sorting"),
    ("sorting+bin", BIN, "layout: sorting"),
    ("checklist", "topics: [energy]", "layout: checklist"),
    ("campaign", EVENT, "layout: campaign"),
    (
        "campaign+span",
        "from: 2026-11-20\nto: 2026-12-10",
        "layout: campaign",
    ),
    ("month", "topics: [neighbours]", "layout: month"),
    ("plan", STAGES, "layout: plan"),
    ("numbers", FIGURES, "layout: numbers"),
    ("story", "topics: [trees]", "layout: story"),
    ("qa", "topics: [sorting]", "layout: qa"),
];
const PUBLIC: &str = "kind: 公示\nnumber: 梧社居〔2026〕12号\n\
    objections: 居民委员会 5550 0116，居务监督委员会 5550 0118";
const EVENT: &str = "kind: 活动\nevent: { date: 2026-11-21, time: 上午8:30, place: 2号楼前空地 }\n\
    topics: [neighbours]";
const ITEMS: &str = "topics: [sorting]\nitems: [五号电池, 大骨头, 用过的纸巾, 牛奶盒, 旧衣服, 过期药品, \
    茶叶渣, 外卖餐盒, 碎玻璃, 废荧光灯管, 菜叶, 猫砂]";
const BIN: &str = "topics: [sorting]\nbin: 厨余垃圾\nitems: [菜叶, 茶叶渣, 蛋壳, 剩饭]";
const STAGES: &str = "from: 2026-05-06\nto: 2026-12-30\nstages:\n  \
    - { title: 制定方案, due: 2026-05-31, text: 定十八项做法和每项的人、钱、时间，报街道备案。, done: 2026-05-28 }\n  \
    - { title: 组织实施, due: 2026-09-20, text: 十八项分到网格，每月25日碰头。, done: 2026-09-18 }\n  \
    - { title: 自查申请, due: 2026-10-20, text: 逐项自查，结果公示七个工作日。, done: 2026-10-20 }\n  \
    - { title: 检查验收, due: 2026-11-30, text: 检查组来看档案、走现场、发问卷。 }\n  \
    - { title: 总结表彰, due: 2026-12-30, text: 整理一年台账，感谢做事的人。 }";
const FIGURES: &str = "figures:\n  \
    - { label: 修好漏水, value: 137, unit: 户, before: 92, source: 维修登记本 }\n  \
    - { label: 大件上门, value: 612, unit: 件, before: 540, source: 大件登记本 }\n  \
    - { label: 旧衣回收, value: \"2,040\", unit: 公斤, before: \"1,875\", source: 回收箱称重单 }";

/// A case: its name, title, form of the text, and how many pictures.
const CASES: [(&str, &str, Form, usize); 11] = [
    ("normal", "五分钟查马桶漏水", Form::Length(150), 1),
    ("title4", "关灯节水", Form::Length(120), 1),
    (
        "title40",
        "关于梧桐里社区二十六号楼屋面排水管更换以及地下车库电动自行车充电棚改造项目资金使用的情况",
        Form::Length(150),
        1,
    ),
    ("short", "楼道里不放纸箱", Form::Length(30), 1),
    ("long", "冬天取暖用电怎么用才安全", Form::Length(1500), 1),
    ("table", "十一月大件垃圾清运时间表", Form::Table, 0),
    ("bare", "把水龙头拧紧再走", Form::Length(120), 0),
    ("pictures3", "一只旧轮胎的三种去处", Form::Length(150), 3),
    ("latin", "Turn Off the Tap While You Brush", Form::Latin, 1),
    ("mixed", "App 下单 2 小时上门收 E-waste", Form::Mixed, 1),
    ("rare", "㙍塬上的昪翀和喆喆", Form::Rare, 1),
];

#[derive(Clone, Copy)]
enum Form {
    /// Chinese of about so many characters.
    Length(usize),
    /// A table of twelve rows.
    Table,
    Latin,
    Mixed,
    Rare,
}

const SENTENCES: [&str; 12] = [
    "晚饭后关掉水阀，记下水表的数。",
    "往水箱里滴十滴红墨水，等五分钟再看。",
    "坑里的水变红了，就是皮塞不严，要换一个。",
    "皮塞在东门五金店有卖，两元一个，自己能换。",
    "换好以后再看一晚，水表不走就算修好。",
    "一个漏水的马桶一天白流一百多升，够三口人洗两天澡。",
    "拿不准的打5550 0116，师傅上门看，不收钱。",
    "老人独住的，楼组长周三下午去帮着看。",
    "取暖器离窗帘一米以上，人走就拔插头。",
    "插线板不串着用，摸着发烫就换新的。",
    "空调滤网拆下来冲一冲，晾干再装，一年至少两次。",
    "电动车不进楼，不在家里充电，充电棚每度一元。",
];
/// Each with the space that parts it from the next.
const LATIN: [&str; 6] = [
    "Close the main valve after dinner and note the meter. ",
    "Put ten drops of red ink into the tank and wait five minutes. ",
    "If the bowl turns red, the rubber seal leaks. ",
    "The hardware shop at the east gate sells seals for 2 yuan. ",
    "Call 5550 0116 if you are not sure; the visit is free. ",
    "Check the meter again the next morning. ",
];
const MIXED: [&str; 4] = [
    "打开 WeChat 小程序“梧桐里回收”，点 Book now，选 18:00–20:00。",
    "手机、iPad、充电宝（power bank）都收，5 kg 起上门。",
    "一台 55 英寸 LED 电视给 40 元，2026 年 12 月 31 日前加 10%。",
    "问题发到 help@wutongli.example，24 小时内回。",
];
const RARE: [&str; 3] = [
    "翀翀和喆喆在㙍上种了三棵槭树、两丛荻。",
    "垚先生说，沚边的菪和蘘都要留着，不许砍。",
    "犇家的豇豆、薅锄和笸箩放在塬下的棚里。",
];

/// Returns all files of the site of cases.
pub fn files() -> Vec<(String, Vec<u8>)> {
    let settings = "format: 1\ntitle: 梧桐里社区绿板\norganisation: 梧桐里社区居民委员会\n\
        description: 说明。\nbase_url: https://wutongli.example/\nlanguage: zh-CN\n\
        timezone: Asia/Shanghai\ntheme: fresh\ncontact:\n  phone: 5550 0116\n  \
        address: 梧桐路18号党群服务中心\n  hours: 工作日 8:30–11:30，14:00–17:30\n";
    let items = std::fs::read("content/sorting/items.yaml").unwrap_or_default();
    let mut files = vec![
        ("greenboard.yaml".to_owned(), settings.into()),
        (
            "content/_index.md".to_owned(),
            "---\ntitle: 绿板\n---\n".into(),
        ),
        (
            "content/cases/_index.md".to_owned(),
            "---\ntitle: 难题\n---\n".into(),
        ),
        (
            "content/sorting/_index.md".to_owned(),
            "---\ntitle: 分类\n---\n".into(),
        ),
        ("content/sorting/items.yaml".to_owned(), items),
    ];
    for name in PICTURES {
        let bytes = std::fs::read(format!("content/pictures/{name}")).unwrap_or_default();
        files.push((format!("content/pictures/{name}"), bytes));
    }
    for (layout, front, poster) in LAYOUTS {
        for (case, title, form, n_pictures) in CASES {
            files.push((
                format!("content/cases/{layout}-{case}.md"),
                page(layout, front, poster, title, form, n_pictures).into(),
            ));
        }
    }
    files
}

const PICTURES: [&str; 3] = ["tap.svg", "medal.svg", "inspection.svg"];

fn page(
    layout: &str,
    front: &str,
    poster: &str,
    title: &str,
    form: Form,
    n_pictures: usize,
) -> String {
    // A month in which only its own days fall: all events of the cases are in November.
    let date = match layout {
        "month" => "2026-10-01",
        _ => "2026-11-16",
    };
    let mut text = format!("---\ntitle: {title}\ndate: {date}\n{front}\n");
    if n_pictures > 0 {
        text += &format!("picture: /pictures/{}\npicture_alt: 图\n", PICTURES[0]);
    }
    let lead = match form {
        Form::Latin => "Ten drops of ink tell",
        _ => "滴几滴红墨水，五分钟见分晓",
    };
    text += &format!("poster:\n  {poster}\n  lead: {lead}\n---\n");
    text += &body(layout, form);
    for picture in PICTURES.iter().take(n_pictures).skip(1) {
        text += &format!("\n![图](/pictures/{picture})\n");
    }
    text
}

fn body(layout: &str, form: Form) -> String {
    let sentences: Vec<&str> = match form {
        Form::Length(length) => taken(length),
        Form::Latin => LATIN.to_vec(),
        Form::Mixed => MIXED.to_vec(),
        Form::Rare => RARE.to_vec(),
        Form::Table => return table(),
    };
    match layout {
        "guide" => numbered(&sentences),
        "checklist" => sentences.iter().map(|it| format!("- [ ] {it}\n")).collect(),
        "qa" => sentences
            .chunks(3)
            .map(|some| match some.split_first() {
                Some((first, rest)) if !rest.is_empty() => {
                    format!(
                        "## {}？\n\n{}\n\n",
                        first.trim_end_matches(['。', '.', ' ']),
                        rest.concat()
                    )
                }
                _ => format!("{}\n", some.concat()),
            })
            .collect(),
        _ => sentences
            .chunks(4)
            .map(|some| format!("{}\n\n", some.concat()))
            .collect(),
    }
}

fn numbered(sentences: &[&str]) -> String {
    let lines = sentences.iter().enumerate();
    lines
        .map(|(n, sentence)| format!("{}. {sentence}\n", n + 1))
        .collect()
}

/// Sentences of together about `length` characters.
fn taken(length: usize) -> Vec<&'static str> {
    let mut left = length;
    let mut sentences = Vec::new();
    for sentence in SENTENCES.iter().cycle() {
        let n = sentence.chars().count();
        if n > left && !sentences.is_empty() {
            break;
        }
        left = left.saturating_sub(n);
        sentences.push(*sentence);
    }
    sentences
}

fn table() -> String {
    let rows = (1..=12).map(|n| format!("| {n}号楼 | 11月{}日 | 上午9:00 | 东门平板车 |\n", n + 8));
    format!(
        "| 楼号 | 日子 | 时间 | 放到哪里 |\n| --- | --- | --- | --- |\n{}",
        rows.collect::<String>()
    )
}

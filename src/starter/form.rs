//! New files to fill in: a notice, a guide, a board, a campaign, a theme.
//!
//! The forms are files of their own beside this one, in Chinese and English. Each passes `check`
//! as it stands and neither goes online nor hangs before its author says so.

use std::borrow::Cow;

use jiff::civil::Date;

use super::{NewFile, is_slug};
use crate::calendar::{Cadence, Period};
use crate::diag::{Language, SitePath};
use crate::spelling;

/// What is to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// 通知公示: this month's news, in the month's folder.
    Notice,
    /// 指南: guidance that stays.
    Guide,
    /// 宣传栏.
    Board,
    /// 集中宣传.
    Campaign,
    /// 主题: a theme that lies over `fresh`.
    Theme,
}

/// What a new file shall be.
#[derive(Debug, Clone)]
pub struct Wish<'a> {
    /// What is to be written.
    pub kind: Kind,
    /// Its title.
    pub title: &'a str,
    /// Its file's name without ending; made from the title where absent.
    pub slug: Option<&'a str>,
    /// The topic's id.
    pub topic: &'a str,
    /// Its first day.
    pub date: Date,
    /// Its place among its siblings, for a board.
    pub order: i64,
    /// The language of the form.
    pub language: Language,
}

/// Why there is no such file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormError {
    /// The given name cannot be a file's.
    BadSlug,
    /// The title has nothing to make a name from.
    NoSlug,
}

/// A form in both languages.
type Form = [&'static str; 2];

const NOTICE: Form = [
    include_str!("forms/notice.zh.md"),
    include_str!("forms/notice.en.md"),
];
const GUIDE: Form = [
    include_str!("forms/guide.zh.md"),
    include_str!("forms/guide.en.md"),
];
const BOARD: Form = [
    include_str!("forms/board.zh.md"),
    include_str!("forms/board.en.md"),
];
const CAMPAIGN: Form = [
    include_str!("forms/campaign.zh.md"),
    include_str!("forms/campaign.en.md"),
];
const THEME: Form = [
    include_str!("forms/theme.zh.yaml"),
    include_str!("forms/theme.en.yaml"),
];
const TOKENS: Form = [
    include_str!("forms/tokens.zh.yaml"),
    include_str!("forms/tokens.en.yaml"),
];
const PAGE: Form = [
    include_str!("forms/page.zh.html"),
    include_str!("forms/page.en.html"),
];
const SECTION: &str = include_str!("forms/section.md");

/// Returns the file that is wished for first, then the sections above it; of those, only the
/// ones that are not there yet are to be created.
///
/// # Errors
/// Where the file can have no name.
pub fn files(wish: &Wish) -> Result<Vec<NewFile>, FormError> {
    let slug = match wish.slug {
        Some(given) if !is_slug(given) => return Err(FormError::BadSlug),
        Some(given) => given.to_owned(),
        None => Some(spelling::name(wish.title))
            .filter(|slug| is_slug(slug))
            .ok_or(FormError::NoSlug)?,
    };
    if wish.kind == Kind::Theme {
        return Ok(theme(wish, &slug));
    }
    let month = Period::containing(Cadence::Month, wish.date);
    let chinese = wish.language == Language::Chinese;
    let (form, folder, title) = match (wish.kind, chinese) {
        (Kind::Notice, true) => (NOTICE, "notices", "通知公示"),
        (Kind::Notice, false) => (NOTICE, "notices", "Notices"),
        (Kind::Guide, true) => (GUIDE, "living", "绿色生活"),
        (Kind::Guide, false) => (GUIDE, "living", "Green living"),
        (Kind::Board, true) => (BOARD, "boards", "宣传栏"),
        (Kind::Board, false) => (BOARD, "boards", "Boards"),
        (Kind::Campaign | Kind::Theme, true) => (CAMPAIGN, "campaigns", "集中宣传"),
        (Kind::Campaign | Kind::Theme, false) => (CAMPAIGN, "campaigns", "Campaigns"),
    };
    let content = SitePath::fixed(crate::read::CONTENT);
    let at = |path: &str| content.join(path).expect("these names lead nowhere else");
    let mut files = vec![(String::new(), String::new())];
    files.push((
        format!("{folder}/_index.md"),
        fill(SECTION, &[("title", title), ("order", "0")]),
    ));
    let path = if wish.kind == Kind::Notice {
        let name = if chinese {
            format!("{}年{}月", wish.date.year(), wish.date.month())
        } else {
            month.to_string()
        };
        let order = wish.date.month().to_string();
        let section = fill(SECTION, &[("title", &name), ("order", &order)]);
        files.push((format!("{folder}/{month}/_index.md"), section));
        format!("{folder}/{month}/{slug}.md")
    } else {
        format!("{folder}/{slug}.md")
    };
    files[0] = (path, filled(form[usize::from(!chinese)], wish, month));
    let file = |(path, text): (String, String)| NewFile {
        path: at(&path),
        bytes: Cow::Owned(text.into_bytes()),
    };
    Ok(files.into_iter().map(file).collect())
}

/// Returns the files of a new theme: what it extends, its colours, and a page that is still its
/// parent's.
fn theme(wish: &Wish, slug: &str) -> Vec<NewFile> {
    let language = usize::from(wish.language != Language::Chinese);
    let values = [("title", &*scalar(wish.title)), ("name", slug)];
    let folder = SitePath::fixed("themes").join(slug);
    let folder = folder.expect("a slug leads nowhere else");
    let manifest = fill(THEME[language], &values);
    let file = |(path, text): (&str, Cow<'static, str>)| NewFile {
        path: folder.join(path).expect("these names lead nowhere else"),
        bytes: Cow::Owned(text.into_owned().into_bytes()),
    };
    [
        ("theme.yaml", Cow::Owned(manifest)),
        ("tokens.yaml", Cow::Borrowed(TOKENS[language])),
        ("templates/page.html", Cow::Borrowed(PAGE[language])),
    ]
    .map(file)
    .into()
}

fn filled(form: &str, wish: &Wish, month: Period) -> String {
    fill(
        form,
        &[
            ("title", &scalar(wish.title)),
            ("date", &wish.date.to_string()),
            ("expires", &month.last().to_string()),
            ("topic", wish.topic),
            ("order", &wish.order.to_string()),
        ],
    )
}

/// Puts values into the places `{{name}}` of a form, in one walk: no value is looked into.
pub(super) fn fill(form: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(form.len());
    let mut rest = form;
    while let Some((before, after)) = rest.split_once("{{") {
        let (name, after) = after.split_once("}}").unwrap_or((after, ""));
        filled.push_str(before);
        let value = values.iter().find(|(known, _)| *known == name);
        filled.push_str(value.map_or("", |(_, value)| value));
        rest = after;
    }
    filled.push_str(rest);
    filled
}

/// Writes a text as a YAML value, in quotes where it could mean something else.
pub(crate) fn scalar(text: &str) -> String {
    let plain = text.starts_with(|c: char| c.is_alphabetic())
        && text.trim() == text
        && !text.contains([':', '#', '"', '\'', '\\', '：', '{'])
        && !text.contains(char::is_control)
        && text.chars().any(|c| !c.is_ascii_alphabetic());
    if plain {
        text.to_owned()
    } else {
        serde_json::Value::from(text).to_string()
    }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::diag::Severity;
    use crate::read::MemoryInputs;

    fn wish(kind: Kind, title: &str) -> Wish<'_> {
        Wish {
            kind,
            title,
            slug: None,
            topic: "energy",
            date: Date::constant(2026, 11, 23),
            order: 6,
            language: Language::Chinese,
        }
    }

    fn paths(wish: &Wish) -> String {
        let files = files(wish).expect("it has a name");
        files
            .iter()
            .map(|file| format!("{}\n", file.path))
            .collect()
    }

    #[test]
    fn files_go_where_their_kind_belongs() {
        assert_snapshot!(paths(&wish(Kind::Notice, "冬季取暖安全")), @"
        content/notices/2026-11/dongji-qunuan-anquan.md
        content/notices/_index.md
        content/notices/2026-11/_index.md
        ");
        assert_snapshot!(paths(&wish(Kind::Guide, "冬季取暖安全")), @"
        content/living/dongji-qunuan-anquan.md
        content/living/_index.md
        ");
    }

    #[test]
    fn a_notice_reads_like_this() {
        let files = files(&wish(Kind::Notice, "冬季取暖安全")).expect("it has a name");
        assert_snapshot!(String::from_utf8_lossy(&files[0].bytes), @"
        ---
        title: 冬季取暖安全
        # 从哪天起
        date: 2026-11-23
        # 最后一天；过了就从宣传栏上撤下，网页还留着
        expires: 2026-11-30
        # 公示、通知、活动、提示
        kind: 通知
        # 主题，第一个最要紧：sorting 垃圾分类、water 节水护水、energy 节能用电、travel 绿色出行、
        # trees 绿化与生物、air 空气与楼道、pests 防病除害、neighbours 邻里与循环
        topics: [energy]
        # 列表里的一句话，30–50 个字；写好后去掉下一行开头的 # 号
        # summary: 
        # 草稿：不上网，也不打印。写好后删掉下面这一行
        status: draft
        # 海报；只放在网上的，把 poster 和它下面缩进的几行都删掉
        poster:
          layout: notice
          # 走近先看到的一句话，10–18 个字
          lead: 在这里写最要紧的一句话
          # 0–3，数字大的先挂
          priority: 1
        ---
        在这里写开头：什么事，什么时候，在哪里。

        <!-- poster -->
        - 海报上只显示这两个标记之间的内容
        - 写三四条，一共 60–180 个字
        <!-- /poster -->

        在这里写海报上放不下的：为什么，怎么办，找谁。
        ");
        assert_snapshot!(String::from_utf8_lossy(&files[2].bytes), @"
        ---
        title: 2026年11月
        order: 11
        sort: date
        ---
        ");
    }

    #[test]
    fn every_form_is_understood_without_a_word() {
        for language in [Language::Chinese, Language::English] {
            let mut inputs = MemoryInputs::new(Date::constant(2026, 11, 23))
                .with("greenboard.yaml", "format: 1\ntitle: 小院\n")
                .with("content/_index.md", "---\ntitle: 小院\n---\n");
            let titles = [
                "冬季取暖安全",
                "提示: “#1” \\ {{date}}",
                "2026",
                "yes",
                "- a",
            ];
            for kind in [Kind::Notice, Kind::Guide, Kind::Board, Kind::Campaign] {
                for (number, title) in titles.into_iter().enumerate() {
                    let slug = format!("{}-{number}", format!("{kind:?}").to_lowercase());
                    let wish = Wish {
                        slug: Some(&slug),
                        language,
                        ..wish(kind, title)
                    };
                    for file in files(&wish).expect("it has a name") {
                        inputs = inputs.with(file.path.as_str(), file.bytes);
                    }
                }
            }
            let tree = crate::read::read(&inputs);
            assert!(tree.diagnostics.is_empty(), "{:?}", tree.diagnostics);
            let site = crate::site::site(&tree.value.expect("it is read"));
            let said: Vec<_> = site
                .diagnostics
                .iter()
                .map(|diagnostic| diagnostic.render(Language::English))
                .filter(|said| said.severity != Severity::Note)
                .collect();
            assert!(said.is_empty(), "{said:?}");
            let page = site.value.page("living/guide-0").expect("it is there");
            assert_eq!(page.title, "冬季取暖安全");
            for (number, title) in titles.into_iter().enumerate() {
                let id = format!("notices/2026-11/notice-{number}");
                assert_eq!(site.value.page(&id).expect("it is there").title, title);
            }
        }
    }

    #[test]
    fn a_new_theme_is_three_files_over_its_parent() {
        let wish = wish(Kind::Theme, "槐树院");
        assert_snapshot!(paths(&wish), @"
        themes/huaishuyuan/theme.yaml
        themes/huaishuyuan/tokens.yaml
        themes/huaishuyuan/templates/page.html
        ");
        for language in [Language::Chinese, Language::English] {
            let files = files(&Wish {
                language,
                ..wish.clone()
            })
            .expect("it has a name");
            let mut inputs = MemoryInputs::new(Date::constant(2026, 11, 23))
                .with(
                    "greenboard.yaml",
                    "format: 1\ntitle: 小院\ntheme: huaishuyuan\n",
                )
                .with("content/_index.md", "---\ntitle: 小院\n---\n");
            for file in files {
                inputs = inputs.with(file.path.as_str(), file.bytes);
            }
            let tree = crate::read::read(&inputs).value.expect("it is read");
            let site = crate::site::site(&tree);
            let mut said = site.diagnostics;
            crate::theme::Theme::load(&site.value.settings, &tree.theme_files, &mut said);
            assert!(said.is_empty(), "{said:?}");
        }
    }

    #[test]
    fn a_name_must_be_one() {
        let none = wish(Kind::Guide, "！");
        assert_eq!(files(&none), Err(FormError::NoSlug));
        let bad = Wish {
            slug: Some("../x"),
            ..none
        };
        assert_eq!(files(&bad), Err(FormError::BadSlug));
    }

    proptest::proptest! {
        #[test]
        fn a_title_comes_back_from_the_file_that_was_made(title in "[水a1 :：#\\[\\]{}\"'*&!|>%@`,，\\\\-]{1,14}") {
            use crate::read::yaml::{Value, parse};
            let text = format!("title: {}\ndate: 2026-11-23\n", scalar(&title));
            let node = parse(&text, 0..text.len()).expect("it can be read");
            let Value::Map(entries) = node.value else {
                panic!("it has keys");
            };
            proptest::prop_assert_eq!(&entries[0].1.value, &Value::Scalar(title));
        }
    }
}

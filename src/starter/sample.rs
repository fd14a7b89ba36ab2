//! The files of a new site: the sample's guidance without what is true of the sample alone, and
//! what every community says for itself.
//!
//! Three sources: `own/`, files that are written for new sites; the sample's own files, as
//! `own.yaml` says what to leave out and what to say instead; and what is known of the city
//! ([`crate::city`]). What nobody gave stands as a blank ([`crate::read::blank`]) or is left out.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_embed::Embed;

use super::community::Community;
use super::form::fill;
use super::local::Local;
use super::manual::manual;
use super::own::Own;
use super::{Kind, NewFile, Wish, files};
use crate::diag::{Language, SitePath};

/// The sample's content, as files.
#[derive(Embed)]
#[folder = "content/"]
struct Content;

/// What new sites have in its place.
#[derive(Embed)]
#[folder = "src/starter/own/"]
struct OwnFiles;

/// Tells whether the sample has a file of this path below `content/`.
pub(super) fn has(path: &str) -> bool {
    Content::get(path).is_some()
}

/// What a new site's version control leaves out.
const IGNORED: &str = "/public/\n/print/\n/.greenboard/\n";

/// Returns the files of a new site that begins on `today`.
pub fn sample(community: &Community, today: Date) -> Vec<NewFile> {
    let local = Local::new(community.city.as_deref());
    let own = Own::read();
    let values = community.values(&local);
    let mut all = empty(community, today);
    all.push(local.page());
    for name in Content::iter() {
        let folder = SitePath::fixed(crate::read::CONTENT);
        let Some((path, file)) = folder.join(&name).zip(Content::get(&name)) else {
            continue;
        };
        let hidden = path.file_name().starts_with('.');
        if hidden || is_translation(&path) || own.leaves_out(&path) {
            continue;
        }
        let bytes = match path.extension() {
            "md" | "yaml" => {
                let text = String::from_utf8_lossy(&file.data);
                let text = own.adapted(&path, &text, community, today.first_of_month());
                Cow::Owned(local.adapted(&path, filled(&text, &values)).into_bytes())
            }
            "svg" => {
                let text = String::from_utf8_lossy(&file.data);
                Cow::Owned(local.painted(&text).into_bytes())
            }
            _ => file.data,
        };
        all.push(NewFile { path, bytes });
    }
    all.sort_by(|a, b| a.path.cmp(&b.path));
    all
}

/// Returns the files of a new site without guidance: settings, sections, one board, the form of one
/// notice.
pub fn empty(community: &Community, today: Date) -> Vec<NewFile> {
    let local = Local::new(community.city.as_deref());
    let mut values = community.values(&local);
    values.insert("begins", today.to_string());
    let mut all = vec![NewFile {
        path: SitePath::fixed(".gitignore"),
        bytes: Cow::Borrowed(IGNORED.as_bytes()),
    }];
    all.extend(manual());
    for name in OwnFiles::iter() {
        let path = SitePath::new(&name).expect("a file of our own stays below the site");
        let file = OwnFiles::get(&name).expect("its name was just listed");
        let text = filled(&String::from_utf8_lossy(&file.data), &values);
        let bytes = Cow::Owned(text.into_bytes());
        all.push(NewFile { path, bytes });
    }
    let form = files(&Wish {
        kind: Kind::Notice,
        title: "通知的样子",
        slug: Some("form"),
        topic: "neighbours",
        date: today,
        order: 0,
        language: Language::Chinese,
    });
    for file in form.expect("its name is one") {
        if all.iter().all(|other| other.path != file.path) {
            all.push(file);
        }
    }
    all.sort_by(|a, b| a.path.cmp(&b.path));
    all
}

/// Tells whether a file is the sample's in another language.
fn is_translation(path: &SitePath) -> bool {
    path.extension() == "md" && path.stem().contains('.')
}

fn filled(text: &str, values: &BTreeMap<&'static str, String>) -> String {
    let values: Vec<(&str, &str)> = values.iter().map(|(key, value)| (*key, &**value)).collect();
    fill(text, &values)
}

/// Returns the text of one of the sample's files.
#[cfg(test)]
pub(super) fn sample_text(path: &str) -> Option<String> {
    let file = Content::get(path.strip_prefix("content/")?)?;
    String::from_utf8(file.data.into_owned()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = Date::constant(2026, 11, 10);

    fn community(name: &str) -> Community {
        Community {
            name: Some(name.to_owned()),
            ..Community::default()
        }
    }

    fn text(files: &[NewFile], path: &str) -> String {
        let file = files.iter().find(|file| file.path.as_str() == path);
        let file = file.unwrap_or_else(|| panic!("no {path}"));
        String::from_utf8(file.bytes.to_vec()).expect("text")
    }

    #[test]
    fn names_follow_from_the_communitys() {
        for (name, expected) in [
            ("石榴园社区", "石榴园社区 石榴园 石榴园社区居民委员会"),
            ("石榴园社区居委会", "石榴园社区 石榴园 石榴园社区居民委员会"),
            ("河湾村", "河湾村 河湾村 河湾村村民委员会"),
        ] {
            let names = community(name).names().map(|(_, value)| value);
            assert_eq!(names.join(" "), expected);
        }
    }

    #[test]
    fn what_is_given_is_written_and_the_rest_is_a_blank() {
        let none = sample(&Community::default(), TODAY);
        let settings = text(&none, "greenboard.yaml");
        for line in [
            "\n# base_url:",
            "\n# city:",
            "  phone: 【待填：社区电话】\n",
        ] {
            assert!(settings.contains(line), "{line}: {settings}");
        }
        let given = Community {
            url: Some("https://a.cn/".to_owned()),
            phone: Some("0571-87654321".to_owned()),
            address: Some("花园路: 3号".to_owned()),
            hours: Some("工作日 9:00–17:00".to_owned()),
            bulky: Some("96 123".to_owned()),
            ..community("石榴园社区")
        };
        let files = sample(&given, TODAY);
        let settings = text(&files, "greenboard.yaml");
        for line in [
            "\nbase_url: https://a.cn/\n",
            "  phone: \"0571-87654321\"\n",
            "  address: \"花园路: 3号\"\n",
            "\norganisation: 石榴园社区居民委员会\n",
        ] {
            assert!(settings.contains(line), "{line}: {settings}");
        }
        assert!(!settings.contains("待填"), "{settings}");
        assert!(text(&files, "content/sorting/sofa-pickup.md").contains("打 96 123"));
        assert!(text(&none, "content/sorting/sofa-pickup.md").contains("【待填：大件预约电话】"));
    }

    #[test]
    fn a_new_site_begins_in_one_language() {
        let files = sample(&Community::default(), TODAY);
        assert!(
            files
                .iter()
                .all(|file| !file.path.as_str().contains(".en."))
        );
    }

    /// Pictures apart, which are the business of the page that shows them.
    #[test]
    fn whoever_deletes_or_replaces_a_file_breaks_no_other() {
        let files = sample(&community("石榴园社区"), TODAY);
        let said = |changed: &SitePath, by: Option<&str>| {
            let mut inputs = crate::read::MemoryInputs::new(TODAY);
            for file in &files {
                match (file.path == *changed, by) {
                    (false, _) => inputs = inputs.with(file.path.as_str(), file.bytes.clone()),
                    (true, Some(text)) => inputs = inputs.with(file.path.as_str(), text),
                    (true, None) => {}
                }
            }
            let tree = crate::read::read(&inputs).value.expect("it has settings");
            let said = crate::site::site(&tree).diagnostics.sorted();
            let grave = said
                .into_iter()
                .filter(|it| it.severity() == crate::diag::Severity::Error);
            let grave = grave.map(|it| it.render(Language::Chinese).message);
            grave.collect::<Vec<String>>()
        };
        let is_changed = |path: &&SitePath| {
            let extension = path.extension();
            path.is_below("content") && (extension == "md" || extension == "yaml")
        };
        for path in files.iter().map(|file| &file.path).filter(is_changed) {
            assert_eq!(said(path, None), Vec::<String>::new(), "without {path}");
            if path.extension() == "md" && path.stem() != "board" {
                let other = "---\ntitle: 换了一篇\n---\n字。\n";
                assert_eq!(
                    said(path, Some(other)),
                    Vec::<String>::new(),
                    "another {path}"
                );
            }
        }
    }

    #[test]
    fn an_empty_site_has_sections_a_board_and_a_form() {
        let files = empty(&community("石榴园社区"), TODAY);
        let paths = files.iter().map(|file| file.path.as_str());
        let own = paths.filter(|path| !path.starts_with(super::super::MANUAL));
        insta::assert_snapshot!(own.collect::<Vec<_>>().join("\n"), @"
        .gitignore
        content/_index.md
        content/boards/_index.md
        content/boards/board.md
        content/calendar.yaml
        content/campaigns/_index.md
        content/living/_index.md
        content/notices/2026-11/_index.md
        content/notices/2026-11/form.md
        content/notices/_index.md
        content/sorting/_index.md
        greenboard.yaml
        ");
    }

    #[test]
    fn a_city_sorts_by_its_own_list_and_in_its_own_words() {
        let of = |city: &str| {
            let community = Community {
                city: Some(city.to_owned()),
                ..community("石榴园社区")
            };
            sample(&community, TODAY)
        };
        let (shanghai, hangzhou, unknown) = (of("上海市"), of("杭州市"), of("明州市"));
        let bins = |files: &[NewFile]| {
            let settings = text(files, "greenboard.yaml");
            let lines = settings
                .lines()
                .filter(|line| line.starts_with("    - { of:"));
            lines
                .map(|line| format!("{}\n", line.trim()))
                .collect::<String>()
        };
        insta::assert_snapshot!(bins(&shanghai), @"
        - { of: 可回收物, colour: 蓝 }
        - { of: 有害垃圾, colour: 红 }
        - { of: 厨余垃圾, name: 湿垃圾, colour: 棕 }
        - { of: 其他垃圾, name: 干垃圾, colour: 黑 }
        ");
        insta::assert_snapshot!(bins(&hangzhou), @"
        - { of: 可回收物, colour: 蓝 }
        - { of: 有害垃圾, colour: 红 }
        - { of: 厨余垃圾, name: 易腐垃圾, colour: 绿 }
        - { of: 其他垃圾, colour: 灰 }
        ");
        insta::assert_snapshot!(bins(&unknown), @"
        - { of: 可回收物, colour: 蓝 }
        - { of: 有害垃圾, colour: 红 }
        - { of: 厨余垃圾, colour: 绿 }
        - { of: 其他垃圾, colour: 黑 }
        ");
        let item = |files: &[NewFile], name: &str| {
            let items = text(files, "content/sorting/items.yaml");
            let mut parts = items
                .split("- name: ")
                .filter_map(|part| part.split_once('\n'));
            parts.find(|(own, _)| *own == name).map(|(_, rest)| {
                let bin = rest.lines().find_map(|line| line.strip_prefix("  bin: "));
                bin.expect("it has a bin").to_owned()
            })
        };
        for (name, expected) in [
            // Listed in Shanghai and Guangzhou, each with another bin.
            ("花生壳", [Some("湿垃圾"), None, None]),
            ("LED灯泡", [Some("有害垃圾"), None, None]),
            // Listed, and the same everywhere.
            (
                "大骨头",
                [Some("干垃圾"), Some("其他垃圾"), Some("其他垃圾")],
            ),
            (
                "剩菜剩饭",
                [Some("湿垃圾"), Some("易腐垃圾"), Some("厨余垃圾")],
            ),
            ("保健品", [None, None, None]),
        ] {
            let own = [&shanghai, &hangzhou, &unknown].map(|files| item(files, name));
            assert_eq!(own.each_ref().map(|it| it.as_deref()), expected, "{name}");
        }
        let page = text(&shanghai, "content/sorting/food-waste.md");
        assert!(page.contains("title: 湿垃圾投棕桶"), "{page}");
        for (files, city) in [(&shanghai, "上海市"), (&unknown, "明州市")] {
            let page = text(files, "content/sorting/city.md");
            assert!(
                page.contains(&format!("以{city}公布的分类目录为准")),
                "{page}"
            );
        }
        assert!(
            text(&hangzhou, "content/sorting/four-bins.md")
                .contains("按《杭州市生活垃圾管理条例》分。")
        );
        assert!(!text(&unknown, "content/sorting/four-bins.md").contains("条例"));
    }

    #[test]
    fn names_that_would_break_the_files_are_refused() {
        for name in ["石榴园社区", "Elm Yard", "东风·新村（北）"] {
            assert!(Community::is_name(name), "{name}");
        }
        for name in [
            "", "石", "a: b", "\"x\"", "# 社区", " 社区", "1社区", "[社区]",
        ] {
            assert!(!Community::is_name(name), "{name}");
        }
        assert!(Community::is_phone("0571-8765 4321转8"));
        assert!(!Community::is_phone("电话") && !Community::is_phone("1"));
    }
}

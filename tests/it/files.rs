//! Files as people leave them in the site's folders: all that is read shows, all else is told.

use std::sync::Arc;

use greenboard::cache::Cache;
use greenboard::diag::SitePath;
use greenboard::pipeline::{self, Options};
use greenboard::read::{Asset, DiskInputs, FileError, Inputs, WantedFonts};
use insta::assert_snapshot;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;

use crate::test_site::TestSite;

/// Checks a site and returns what is said, without the last line.
#[track_caller]
fn said(site: &TestSite) -> String {
    let run = site.run(&["check"]);
    let lines = run.messages().lines();
    lines
        .filter(|line| !line.starts_with("共 "))
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn files_that_look_meant_and_are_not_read_are_told_once() {
    let page = "---\ntitle: 停水\ntopics: [water]\n---\n停。[表](form.docx)\n";
    let site = TestSite::minimal()
        .write("content/living/water.md", page)
        .write("content/living/water - 副本.md", page)
        .write("content/living/water(1).md", page)
        .write("content/living/gas.md.txt", page)
        .write("content/living/power.txt", page)
        .write("content/living/form.docx", "PK")
        .write("content/living/notes.docx", "PK")
        .write("content/living/list.xlsx", "PK")
        .write("content/living/~$notes.docx", "")
        .write("content/living/Thumbs.db", "")
        .write("content/README.md", "给值班的人看。\n");
    let said = said(&site);
    let kinds: Vec<&str> = said.lines().filter(|line| line.contains(" G")).collect();
    assert_snapshot!(kinds.join("\n"), @r"
    警告 G118：这些文件没有用上，网站上也没有：content/README.md、content/living/list.xlsx、content/living/notes.docx
    警告 G117：文件名末尾多了 .txt，没有当成内容：content/living/gas.md.txt、content/living/power.txt
    警告 G119：像是复制出来的，没有读：content/living/water - 副本.md、content/living/water(1).md
    ");
}

#[test]
fn other_yaml_files_are_files_like_any_other() {
    let site = TestSite::minimal()
        .write("content/living/compose.yml", "{{ name }}: [\n")
        .write(
            "content/living/water.md",
            "---\ntitle: 停水\ntopics: [water]\n---\n[文件](compose.yml)\n",
        );
    site.build();
    assert!(
        site.main_of("living/water/index.html")
            .contains("compose.yml")
    );
    assert!(site.read("public/living/compose.yml").contains("name"));
}

#[test]
fn an_index_file_is_the_page_of_its_folder() {
    let site = TestSite::minimal()
        .write(
            "content/living/water/index.md",
            "---\ntitle: 停水\ntopics: [water]\n---\n![管](pipe.svg)\n",
        )
        .write(
            "content/living/water/pipe.svg",
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'/>",
        )
        .write(
            "content/news/index.md",
            "---\ntitle: 消息\n---\n都在这里。\n",
        )
        .write(
            "content/news/one.md",
            "---\ntitle: 一\ntopics: [water]\n---\n[停水](../living/water/index.md)\n",
        );
    site.build();
    assert!(site.main_of("living/water/index.html").contains("pipe"));
    assert!(site.main_of("living/index.html").contains("停水"));
    let news = site.main_of("news/index.html");
    assert!(
        news.contains("消息") && news.contains("one/index.html"),
        "{news}"
    );
    assert!(
        site.main_of("news/one/index.html")
            .contains("living/water/index.html")
    );
}

#[cfg(unix)]
#[test]
fn links_of_the_file_system_are_read_within_the_site_and_refused_beyond() {
    use std::os::unix::fs::symlink;
    let page = "---\ntitle: 停水\ntopics: [water]\n---\n停。\n";
    let site = TestSite::minimal().write("shared/12/water.md", page);
    symlink("../../shared/12", site.root().join("content/living/12")).expect("linked");
    site.build();
    assert!(site.main_of("living/12/water/index.html").contains("停。"));
    symlink("/etc", site.root().join("content/living/etc")).expect("linked");
    assert_snapshot!(said(&site), @r"
    错误 G116：这是一个快捷方式（链接），没有读它
      → content/living/etc:1:1
      提示：它指到网站文件夹外面的 /etc；把那里的文件复制进来，换掉它
    ");
}

#[test]
fn lists_of_items_are_read_as_people_keep_them() {
    for (file, list) in [
        (
            "items.csv",
            "序号,物品名称,分类,别名,备注\n1,电池,有害,纽扣电池、充电电池,放进红桶。\n2,大骨头,其它垃圾,,\n",
        ),
        (
            "items.json",
            r#"[{"name": "电池", "category": "hazardous", "aliases": "纽扣电池/充电电池", "remark": "放进红桶。"}, {"name": "大骨头", "category": "其他垃圾"}]"#,
        ),
        (
            "items.yaml",
            "- { 名称: 电池, 桶: 有害垃圾, 别名: [纽扣电池, 充电电池], 原因: 放进红桶。 }\n- { 名称: 大骨头, 桶: 其他垃圾 }\n",
        ),
    ] {
        let site = TestSite::minimal()
            .write(
                "content/sorting/_index.md",
                "---\ntitle: 分类\n---\n查一查。\n",
            )
            .write(&format!("content/sorting/{file}"), list)
            .write(
                "content/living/ask.md",
                "---\ntitle: 投哪里\ntopics: [sorting]\n---\n::物品{名称=充电电池、大骨头}\n",
            );
        site.build();
        let main = site.main_of("living/ask/index.html");
        assert!(
            main.contains("有害垃圾") && main.contains("放进红桶") && main.contains("其他垃圾"),
            "{file} {main}"
        );
    }
}

#[test]
fn a_broken_list_of_items_is_one_message() {
    let site = TestSite::minimal()
        .write(
            "content/sorting/_index.md",
            "---\ntitle: 分类\n---\n查一查。\n",
        )
        .write(
            "content/sorting/items.csv",
            "名称,怎么投,楼号\n电池,放进红桶,1\n",
        )
        .write(
            "content/living/ask.md",
            "---\ntitle: 投哪里\ntopics: [sorting]\nitems: [电池]\n---\n::物品{名称=电池}\n",
        );
    assert_snapshot!(said(&site), @r"
    错误 G273：这个数据文件从这里起读不懂
      → content/sorting/items.csv:1:1
      提示：表头里没有“类别”这一列；第一行要有“名称”和“类别”
    ");
    site.put(
        "content/sorting/items.csv",
        "名称,类别,楼号\n电池,有害垃圾,1\n",
    );
    let run = site.run(&["check"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    let note = "G239：物品表里这几列没有用上：楼号";
    assert!(run.stdout.contains(note), "{}", run.stdout);
}

#[test]
fn a_broken_data_file_is_one_message() {
    let table = "---\ntitle: 收费\ntopics: [water]\n---\n::表格{数据=fees}\n\n::表格{数据=fees}\n";
    let site = TestSite::minimal()
        .write("data/fees.csv", "项目,价\n\"清运,10\n桶,5\n")
        .write("content/living/fees.md", table)
        .write("content/living/fees2.md", table.replace("收费", "收费二"));
    assert_snapshot!(said(&site), @r"
    错误 G273：这个数据文件从这里起读不懂
      → data/fees.csv:2:1
      提示：“清运,10…”前面的引号没有关上，后面几行都算进了这一格：把前面的引号删掉，或者在这一格末尾补上引号；一格里真要写几行，格里的英文逗号改成中文逗号
    ");
}

#[test]
fn numbers_of_persons_in_a_table_name_its_file_and_row() {
    let site = TestSite::minimal()
        .write(
            "data/list.csv",
            "姓名,号码,楼\n甲,11010519491231002X,1\n乙,110105 19491231 002X,2\n",
        )
        .write(
            "content/living/list.md",
            "---\ntitle: 名单\ntopics: [water]\n---\n::表格{数据=list 列=姓名、楼}\n",
        );
    site.build();
    site.edit("content/living/list.md", " 列=姓名、楼", "");
    let said = said(&site);
    assert!(!said.contains("19491231"), "{said}");
    assert_snapshot!(said, @r"
    错误 G229：这里有身份证号（110…2X），会登在网上、挂在墙上
      → data/list.csv:2:1
      提示：在“号码”一列，表里第 1 条
      提示：这一列还有 1 处
      提示：删掉它；要分清同名的人，写出生年份，或者中间用 * 遮住
    ");
}

#[test]
fn lines_of_a_cell_stay_lines() {
    let site = TestSite::minimal()
        .write("data/fees.csv", "项目,说明\n清运,\"先约\n再搬\"\n")
        .write(
            "content/living/fees.md",
            "---\ntitle: 收费\ntopics: [water]\n---\n::表格{数据=fees}\n",
        );
    site.build();
    assert!(
        site.main_of("living/fees/index.html")
            .contains("先约<br>再搬")
    );
}

/// A site's folder out of which somebody takes a file once a build has seen it.
struct Taken<'a>(DiskInputs, &'a TestSite, &'static str);

impl Inputs for Taken<'_> {
    fn list(&self, dir: &SitePath) -> Result<Vec<SitePath>, FileError> {
        self.0.list(dir)
    }

    fn read(&self, file: &SitePath) -> Result<Arc<[u8]>, FileError> {
        self.0.read(file)
    }

    fn asset(&self, file: &SitePath) -> Result<Asset, FileError> {
        let asset = self.0.asset(file);
        if file.as_str() == self.2 {
            self.1.remove(self.2);
        }
        asset
    }

    fn today(&self, timezone: &TimeZone) -> Date {
        self.0.today(timezone)
    }

    fn machine_fonts(&self, wanted: &WantedFonts) -> Vec<Arc<[u8]>> {
        self.0.machine_fonts(wanted)
    }
}

#[test]
fn a_file_taken_away_while_a_build_runs_fails_it() {
    const FORM: &str = "content/living/form.docx";
    let site = TestSite::minimal()
        .write(
            "content/living/water.md",
            "---\ntitle: 停水\n---\n停。[表](form.docx)\n",
        )
        .write(FORM, "PK");
    let disk = DiskInputs::new(site.root(), Some(date(2026, 11, 5)));
    let inputs = Taken(disk, &site, FORM);
    let outcome = pipeline::run(&inputs, &Options::default(), &Cache::default(), &|_| {});
    let said = outcome.diagnostics.sorted();
    let gone = said.iter().filter(|it| it.code.id() == "G101");
    let gone: Vec<_> = gone
        .map(|it| it.at.as_ref().map(|at| at.path().as_str()))
        .collect();
    assert_eq!(gone, [Some(FORM)]);
    assert!(outcome.artifacts.is_empty());
}

//! Tiny sites in, pages out.

mod about;
mod addresses;
mod boards;
mod changes;
mod files;
mod languages;
mod lists;
mod sites;
mod text;

use std::collections::BTreeMap;

use jiff::civil::date;

use super::*;
use crate::diag::Language;
use crate::rotation::{Hanging, Origin};
use crate::typeset::testing::TestSite;

/// A website made of a tiny site with the theme in the binary.
pub(super) struct Website {
    pub files: BTreeMap<String, String>,
    pub said: Vec<String>,
}

impl Website {
    pub fn of(site: TestSite) -> Self {
        Self::with(site, Plan::default(), WebOptions::default())
    }

    #[track_caller]
    pub fn with(site: TestSite, plan: Plan, options: WebOptions) -> Self {
        Self::shown_by(&mut site.build(), plan, options, |_| {})
    }

    /// Makes the website with the theme as `change` leaves it.
    #[track_caller]
    fn shown_by(
        site: &mut Site,
        plan: Plan,
        options: WebOptions,
        change: impl Fn(&mut Theme),
    ) -> Self {
        let mut diagnostics = Diagnostics::default();
        let mut theme = Theme::load(&site.settings, &BTreeMap::new(), &mut diagnostics);
        change(&mut theme);
        theme.limit(&mut site.settings.delivery);
        let site = &*site;
        let made = web(site, &theme, &plan, &Posters::default(), &options);
        diagnostics.extend(made.diagnostics);
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let said = diagnostics.sorted();
        Self {
            files: made
                .value
                .iter()
                .map(|file| (file.path.clone(), text(&file.bytes())))
                .collect(),
            said: said
                .iter()
                .map(|one| one.render(Language::English).message)
                .collect(),
        }
    }

    #[track_caller]
    pub fn file(&self, path: &str) -> &str {
        assert!(self.said.is_empty(), "{:?}", self.said);
        let known = || self.files.keys().collect::<Vec<_>>();
        self.files
            .get(path)
            .unwrap_or_else(|| panic!("no {path} among {:?}", known()))
    }

    /// Returns what the first element of the class `class` holds, to the end of the tag `end`.
    #[track_caller]
    pub fn part(&self, path: &str, begin: &str, end: &str) -> &str {
        let html = self.file(path);
        let start = html
            .find(begin)
            .unwrap_or_else(|| panic!("no {begin} in {html}"));
        let length = html[start..].find(end).expect("the part ends");
        &html[start..start + length + end.len()]
    }

    /// Returns a page's article text.
    #[track_caller]
    fn text(&self, path: &str) -> &str {
        let part = self.part(path, "<article", "</article>");
        let start = part.find("<div class=\"prose\">").expect("it has text") + 19;
        part[start..]
            .split("</div>\n  </article>")
            .next()
            .unwrap_or_default()
            .trim()
    }
}

#[test]
fn a_public_notice_shows_its_days_and_who_takes_objections() {
    let front = "date: 2026-11-03\nkind: 公示\nobjections: 一楼\nposter:\n  layout: notice\n  posting: 2026-11-03 to 2026-11-09";
    let website = Website::of(TestSite::with_gate().page("costs", front, "支出。"));
    let path = "living/costs/index.html";
    insta::assert_snapshot!(website.part(path, "<span class=\"posting-bar\"", "</div>"), @r#"
    <span class="posting-bar" role="img" aria-label="从11月3日到11月9日，空心的是休息日"><span class="tick-day is-past" data-day="2026-11-03"></span><span class="tick-day is-past" data-day="2026-11-04"></span><span class="tick-day is-today" data-day="2026-11-05"></span><span class="tick-day" data-day="2026-11-06"></span><span class="tick-day is-rest" data-day="2026-11-07"></span><span class="tick-day is-rest" data-day="2026-11-08"></span><span class="tick-day" data-day="2026-11-09"></span></span>
        <time class="day is-end" datetime="2026-11-09"><span class="day-n">9</span> <span class="day-m">11月</span> <span class="day-w">星期一</span></time>
      </div>
    "#);
    insta::assert_snapshot!(website.part(path, "<p class=\"posting-state\"", "</p>"), @r#"<p class="posting-state"><span data-days-to="2026-11-09" data-days-from="2026-11-03" data-plus="1" data-left="还剩{n}天" data-before="11月3日开始公示" data-over="公示已结束">还剩5天</span></p>"#);
    insta::assert_snapshot!(website.part(path, "<p class=\"objections\"", "</p>"), @r#"<p class="objections"><strong>异议受理</strong> 一楼</p>"#);
}

#[test]
fn an_expired_page_keeps_its_address_leaves_the_home_page_and_says_so() {
    let front = "date: 2026-10-01\nexpires: 2026-10-31\nkind: 通知";
    let website = Website::of(TestSite::with_gate().page("old", front, "停水。"));
    let note = website.part("living/old/index.html", "<p class=\"notice-bar\"", "</p>");
    insta::assert_snapshot!(note, @r#"<p class="notice-bar">这一页2026年10月31日到期，已从宣传栏上撤下，留着备查。</p>"#);
    assert!(!website.file("index.html").contains("living/old"));
}

#[test]
fn names_of_people_in_charge_are_published_only_where_the_site_says_so() {
    let front = "date: 2026-01-01\nfrom: 2026-01-01\nto: 2026-12-30\nstages:\n  - { title: 方案, due: 2026-03-31, who: 周海宁 }";
    let site = || {
        TestSite::with_gate()
            .file("content/campaigns/_index.md", "---\ntitle: 集中宣传\n---\n")
            .file(
                "content/campaigns/year.md",
                format!("---\ntitle: 创建\n{front}\n---\n"),
            )
    };
    let quiet = Website::of(site());
    let path = "campaigns/year/index.html";
    assert!(!quiet.file(path).contains("周海宁"));
    insta::assert_snapshot!(quiet.part(path, "<span class=\"kind is-late\"", "</span>"), @r#"<span class="kind is-late">已到期，未完成</span>"#);
}

#[test]
fn duties_show_what_was_asked_and_what_was_done() {
    let front = "date: 2026-01-01\nduties:\n  - { title: 巡河, every: month, times: 2, who: 赵敏, \
        from: 2026-09-01, done: [2026-09-04, 2026-09-18, 2026-10-09, 2026-11-02] }\n  \
        - { title: 明年的, every: year, from: 2027-01-01 }";
    let website = Website::of(TestSite::with_gate().page("river", front, "沿河走。"));
    let path = "living/river/index.html";
    assert!(!website.file(path).contains("赵敏") && !website.file(path).contains("明年的"));
    insta::assert_snapshot!(website.part(path, "<tbody>", "</tbody>"), @r#"
    <tbody>
          <tr>
            <th scope="row">巡河</th>
            <td>每月2次</td>
            <td><strong>4次</strong><span class="duty-short">没做够：10月 1/2</span><span class="duty-present">这一期 1/2</span></td>
          </tr>
        </tbody>
    "#);
}

#[test]
fn figures_show_their_source_and_what_they_are_a_share_of() {
    let front = "date: 2026-01-01\nfigures:\n  - { label: 满意率, value: 92%, numerator: 265, \
        denominator: 288, target: 90%以上, source: 问卷 }\n  \
        - { label: 换出的书, value: 860, unit: 本, before: 790 }";
    let website = Website::of(TestSite::with_gate().page("survey", front, "问了。"));
    insta::assert_snapshot!(website.part("living/survey/index.html", "<dl>", "</dl>"), @r#"
    <dl>
        <div class="result">
          <dt>满意率</dt>
          <dd class="result-value">92%</dd>
          <dd class="result-share">
            <svg class="result-bar" viewBox="0 0 1000 16" preserveAspectRatio="none" aria-hidden="true"><rect class="result-whole" y="4" width="1000" height="8"/><rect class="result-part" y="4" width="920" height="8"/><rect class="result-target" x="900" width="8" height="16"/></svg>
            288 中有 265
          </dd><dd>目标 90%以上</dd><dd class="result-source">出处：问卷</dd>
        </div>
        <div class="result">
          <dt>换出的书</dt>
          <dd class="result-value">860<span>本</span></dd><dd>上次 790</dd>
        </div>
      </dl>
    "#);
}

#[test]
fn a_stage_is_done_from_its_day_on() {
    let front = "date: 2026-01-01\nfrom: 2026-01-01\nto: 2026-12-30\nstages:\n  - { title: 验收, due: 2026-11-30, done: 2026-11-26, proof: 签到表 }";
    let website = Website::of(TestSite::with_gate().page("year", front, "做。"));
    let page = website.file("living/year/index.html");
    assert!(
        page.contains("正在做") && !page.contains("签到表"),
        "{page}"
    );
}

#[test]
fn what_nobody_has_approved_is_seen_in_a_preview_alone() {
    let site = || TestSite::with_gate().page("tap", "date: 2026-11-01\nstatus: review", "水。");
    assert!(
        !Website::of(site())
            .files
            .contains_key("living/tap/index.html")
    );
    let preview = WebOptions {
        visibility: Visibility::Preview,
        ..WebOptions::default()
    };
    let website = Website::with(site(), Plan::default(), preview);
    insta::assert_snapshot!(website.part("living/tap/index.html", "<p class=\"draft-mark\"", "</p>"), @r#"<p class="draft-mark">待审，未发布</p>"#);
}

#[test]
fn a_board_page_tells_what_hangs_and_until_when() {
    let plan = Plan {
        hangings: vec![Hanging {
            board: "gate".into(),
            slot: "1".into(),
            from: date(2026, 11, 1),
            to: date(2026, 11, 30),
            poster: "living/tap".into(),
            origin: Origin::Planned,
        }],
        ..Plan::default()
    };
    let site =
        TestSite::with_gate().page("tap", "date: 2026-11-01\nposter:\n  layout: guide", "水。");
    let website = Website::with(site, plan, WebOptions::default());
    insta::assert_snapshot!(website.part("boards/gate/index.html", "<p class=\"hung-when\"", "</p>"), @r#"<p class="hung-when">贴到11月30日</p>"#);
    let cell = website.part("rotation/index.html", "<td>", "</td>");
    insta::assert_snapshot!(cell, @r#"
    <td><span class="cell-board">东门宣传栏</span>
              <ul>
                <li><a href="../living/tap/index.html">五分钟查马桶漏水</a></li>
              </ul></td>
    "#);
    assert!(
        website
            .file("living/tap/index.html")
            .contains("boards/gate/index.html")
    );
}

#[test]
fn the_sorting_guide_lists_things_by_the_first_letter_of_their_pinyin() {
    let items = "- { name: 纽扣电池, bin: 有害垃圾, also: [电子表电池] }\n- { name: LED灯, bin: 其他垃圾, do: 包好 }\n- { name: 菜叶, bin: 厨余垃圾 }\n";
    let site = TestSite::with_gate()
        .file("content/sorting/_index.md", "---\ntitle: 分类\n---\n")
        .file("content/sorting/items.yaml", items);
    let website = Website::of(site);
    insta::assert_snapshot!(website.part("sorting/guide/index.html", "<nav class=\"letters\"", "</nav>"), @r##"
    <nav class="letters" aria-label="按拼音首字母" data-hide>
        <ul><li><a href="#letter-C">C</a></li><li><a href="#letter-L">L</a></li><li><a href="#letter-N">N</a></li></ul>
      </nav>
    "##);
    let item = website.part("sorting/guide/index.html", "id=\"item-纽扣电池\"", "</li>");
    assert!(
        item.contains("data-typed=\"niu kou dian chi/tuo/che,dian zi biao dian chi/tuo/che\""),
        "{item}"
    );
}

/// A site whose sorting guide holds these items.
fn guide(items: &str) -> TestSite {
    TestSite::with_gate()
        .file("content/sorting/_index.md", "---\ntitle: 分类\n---\n")
        .file("content/sorting/items.yaml", items)
}

#[test]
fn a_bin_without_a_page_in_the_content_gets_one() {
    let items = "- { name: 纽扣电池, bin: 有害垃圾, do: 贴住 }\n- { name: 菜叶, bin: 厨余垃圾 }\n";
    let own = "---\ntitle: 投红桶\nbin: 有害垃圾\n---\n轻放。\n";
    let website = Website::of(guide(items).file("content/sorting/red.md", own));
    let list = |path| website.part(path, "<section class=\"bin-items\"", "</section>");
    insta::assert_snapshot!(list("sorting/red/index.html"), @r#"
    <section class="bin-items" aria-labelledby="bin-items">
      <h2 id="bin-items">这一类的1样东西</h2>
      <ul>
        <li><a href="../../sorting/guide/index.html#item-纽扣电池">纽扣电池</a><p>贴住</p></li>
      </ul>
    </section>
    "#);
    assert!(list("sorting/food/index.html").contains("菜叶"));
    let known = |path: &str| website.files.contains_key(path);
    assert!(!known("sorting/hazardous/index.html") && !known("sorting/residual/index.html"));
}

#[test]
fn the_quiz_asks_without_scripts_what_is_most_mistaken_first() {
    let items = "- { name: 菜叶, bin: 厨余垃圾 }\n- { name: 沙发, bin: 大件垃圾 }\n\
        - { name: 蛋壳, bin: 厨余垃圾, why: 薄而脆 }\n- { name: 贝壳, bin: 其他垃圾, common_mistake: true }\n";
    let website = Website::of(guide(items));
    let page = website.file("sorting/quiz/index.html");
    let asked: Vec<&str> = page.split("<summary>").skip(1).collect();
    let names = asked.iter().filter_map(|it| it.split("</").next());
    assert_eq!(names.collect::<Vec<_>>(), ["贝壳", "蛋壳", "菜叶"]);
}

#[test]
fn no_page_asks_another_host_for_anything() {
    let website = Website::of(TestSite::with_gate().page("tap", "date: 2026-11-01", "水。"));
    for (path, html) in website
        .files
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
    {
        for begin in ["src=\"http", "src=\"//", "url(http", "@import"] {
            assert!(!html.contains(begin), "{path}: {begin}");
        }
        let sheets = html.match_indices("rel=\"stylesheet\" href=\"http");
        assert_eq!(sheets.count(), 0, "{path}");
    }
}

#[test]
fn the_words_of_every_language_are_the_same_ones() {
    let keys = |language: &str| {
        let file = &crate::theme::embedded()[&format!("i18n/{language}.yaml")];
        let text = std::str::from_utf8(file).expect("words are UTF-8");
        let words: serde_json::Value = serde_yaml::from_str(text).expect("words are YAML");
        let web = words["web"]
            .as_object()
            .expect("`web` is a mapping")
            .clone();
        web.into_iter().map(|(key, _)| key).collect::<Vec<_>>()
    };
    assert_eq!(keys("zh-CN"), keys("en"));
    assert_eq!(keys("zh-CN"), keys("zh-Hant"));
}

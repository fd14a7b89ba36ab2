//! Tiny sites in, pages out.

mod about;
mod addresses;
mod boards;
mod changes;
mod languages;
mod lists;
mod sites;

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

/// Renders a page's body.
#[track_caller]
fn html(body: &str) -> String {
    let site = TestSite::with_gate().page("tap", "date: 2026-11-01", body);
    let website = Website::of(site);
    website.text("living/tap/index.html").to_owned()
}

#[test]
fn headings_have_anchors_and_tables_scopes() {
    insta::assert_snapshot!(html("## 哪种水\n\n| 水 | |\n| --- | ---: |\n| 淘米水 | 1 |"), @r#"
    <h2 id="哪种水">哪种水</h2>
    <div class="scroll" tabindex="0" role="group" aria-label="表格，可左右滑动">
    <table>
    <thead>
    <tr><th scope="col">水</th><td class="is-right"></td></tr>
    </thead>
    <tbody>
    <tr><td>淘米水</td><td class="is-right">1</td></tr>
    </tbody>
    </table>
    </div>
    "#);
}

#[test]
fn steps_tasks_definitions_and_alerts_keep_their_kind() {
    let body = "1. **关水**，等五分钟。\n2. **看**一眼。\n\n- [x] 已关\n- [ ] 未看\n\n收的\n: 菜叶\n\n> [!WARNING]\n> 别混用。";
    insta::assert_snapshot!(html(body), @r#"
    <ol class="steps">
    <li><strong>关水</strong>，等五分钟。</li>
    <li><strong>看</strong>一眼。</li>
    </ol>
    <ul class="tasks">
    <li><span class="tick is-done" role="img" aria-label="已做"></span> 已关</li>
    <li><span class="tick" role="img" aria-label="未做"></span> 未看</li>
    </ul>
    <dl>
    <dt>收的</dt>
    <dd>菜叶</dd>
    </dl>
    <div class="alert is-warning" role="note">
    <p class="alert-title">当心</p>
    <p>别混用。</p>
    </div>
    "#);
}

#[test]
fn footnotes_lead_there_and_back() {
    insta::assert_snapshot!(html("水[^a]再一次[^a]。\n\n[^a]: 自来水。"), @r##"
    <p>水<sup><a id="fnref-1" href="#fn-1" aria-label="注1">1</a></sup>再一次<sup><a id="fnref-1-2" href="#fn-1" aria-label="注1">1</a></sup>。</p>
    <section class="footnotes" aria-label="注">
    <ol>
    <li id="fn-1">自来水。 <a class="back" href="#fnref-1" aria-label="回到正文，注1">↩</a> <a class="back" href="#fnref-1-2" aria-label="回到正文，注1">↩</a></li>
    </ol>
    </section>
    "##);
}

#[test]
fn code_is_marked_by_classes_and_text_is_escaped() {
    insta::assert_snapshot!(html("```json\n{\"a\": 1}\n```\n\n`<b>` & {{ site.title }}"), @r#"
    <pre class="code" tabindex="0" role="group" aria-label="代码"><code><span class="c-source c-json"><span class="c-meta c-structure c-dictionary c-json"><span class="c-punctuation c-section c-dictionary c-begin c-json">{</span><span class="c-meta c-structure c-dictionary c-key c-json"><span class="c-string c-quoted c-double c-json"><span class="c-punctuation c-definition c-string c-begin c-json">&quot;</span>a<span class="c-punctuation c-definition c-string c-end c-json">&quot;</span></span></span><span class="c-meta c-structure c-dictionary c-value c-json"><span class="c-punctuation c-separator c-dictionary c-key-value c-json">:</span> <span class="c-constant c-numeric c-json">1</span></span><span class="c-punctuation c-section c-dictionary c-end c-json">}</span></span>
    </span></code></pre>
    <p><code>&lt;b&gt;</code> &amp; {{ site.title }}</p>
    "#);
}

#[test]
fn links_are_written_from_the_page_and_external_ones_marked() {
    let site = TestSite::with_gate()
        .page("tap", "date: 2026-11-01", "见[首页](../_index.md)、[栏](/boards/gate.md)、[这里](#a)、[外](https://example.org/?a=1&b=2)。\n\n## a")
        .page("later", "date: 2026-12-01", "")
        .page("hint", "date: 2026-11-01", "见[以后的](later.md)。");
    let website = Website::of(site);
    insta::assert_snapshot!(website.text("living/tap/index.html"), @r##"
    <p>见<a href="../../index.html">首页</a>、<a href="../../boards/gate/index.html">栏</a>、<a href="#a">这里</a>、<a href="https://example.org/?a=1&amp;b=2" rel="external noopener">外</a>。</p>
    <h2 id="a">a</h2>
    "##);
    // A page that has not begun is not on the web, and nothing leads to it.
    insta::assert_snapshot!(website.text("living/hint/index.html"), @"<p>见以后的。</p>");
    assert!(!website.files.contains_key("living/later/index.html"));
}

#[test]
fn pictures_stand_with_their_size_and_are_copied_where_they_are_cited() {
    let site = TestSite::with_gate()
        .file(
            "content/pictures/tap.svg",
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 240 180'/>",
        )
        .file("content/pictures/unused.svg", "<svg/>")
        .page("tap", "date: 2026-11-01", "![水龙头](/pictures/tap.svg)");
    let website = Website::of(site);
    insta::assert_snapshot!(website.text("living/tap/index.html"), @r#"<figure><img src="../../pictures/tap.svg" alt="水龙头" width="240" height="180" loading="lazy" decoding="async"></figure>"#);
    assert!(website.files.contains_key("pictures/tap.svg"));
    assert!(!website.files.contains_key("pictures/unused.svg"));
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
fn the_index_holds_the_pages_that_are_on_the_web() {
    let site = TestSite::with_gate()
        .page("tap", "date: 2026-11-01", "关紧**水**龙头。")
        .page("later", "date: 2026-12-01", "还没开始的。")
        .page("review", "date: 2026-11-01\nstatus: review", "没有签发的。");
    let website = Website::of(site);
    let words: String = (website.files.iter())
        .filter(|(path, _)| path.starts_with("search/data/t"))
        .map(|(_, data)| data.as_str())
        .collect();
    assert!(
        words.contains(
            "[\"living/tap/index.html\",\"指南\",3,\"五分钟查马桶漏水\",\"\",\"关紧水龙头。\"]"
        ),
        "{words}"
    );
    assert!(
        !words.contains("还没开始") && !words.contains("没有签发"),
        "{words}"
    );
    assert!(!words.contains("\"q/"));
}

#[test]
fn what_is_switched_off_is_not_made() {
    let mut site = TestSite::with_gate()
        .page("tap", "date: 2026-11-01\naliases: [/old/tap/]", "")
        .build();
    site.settings.delivery.search = false;
    site.settings.delivery.short_addresses = false;
    let nothing = WebOptions::default();
    let website = Website::shown_by(&mut site, Plan::default(), nothing, |_| {});
    let made = |folder: &str| website.files.keys().any(|path| path.starts_with(folder));
    assert!(!made("search/") && !made("q/"));
    assert!(!website.file("index.html").contains("search/index.html"));
    let old = website.file("old/tap/index.html");
    assert!(old.contains("url=../../living/tap/index.html"), "{old}");
}

#[test]
fn what_a_theme_has_but_an_empty_page_for_is_not_made() {
    let mut site = TestSite::with_gate()
        .page("tap", "date: 2026-11-01", "")
        .build();
    let website = Website::shown_by(&mut site, Plan::default(), WebOptions::default(), |theme| {
        for empty in ["templates/search.html", "templates/short.html"] {
            let file = std::sync::Arc::<[u8]>::from(&b" \n"[..]);
            theme.files.insert(empty.to_owned(), file.into());
        }
    });
    let made = |folder: &str| website.files.keys().any(|path| path.starts_with(folder));
    assert!(!made("search/") && !made("q/"));
}

#[test]
fn a_page_where_search_is_gets_named() {
    let site = TestSite::with_gate().file("content/search/_index.md", "---\ntitle: 找\n---\n");
    let website = Website::of(site);
    insta::assert_snapshot!(website.said.join("\n"), @"this page has the same address as search/index.html: search/index.html");
}

#[test]
fn a_short_address_leads_on_to_its_page() {
    let website = Website::of(TestSite::with_gate().page("tap", "date: 2026-11-01", ""));
    let short = website
        .files
        .iter()
        .find(|(path, html)| path.starts_with("q/") && html.contains("living/tap"));
    let (_, html) = short.expect("the page has a short address");
    assert!(
        html.contains("content=\"0; url=../../living/tap/index.html\""),
        "{html}"
    );
    assert!(
        html.contains("<link rel=\"canonical\" href=\"https://wutongli.example/living/tap/\">")
    );
}

#[test]
fn feed_and_sitemap_hold_dates_of_content_alone() {
    let website = Website::of(TestSite::with_gate().page(
        "tap",
        "date: 2026-11-01\nsummary: 查漏水。",
        "见[栏](/boards/gate.md)。",
    ));
    insta::assert_snapshot!(website.part("atom.xml", "<entry>", "</entry>"), @r#"
    <entry>
    <title>五分钟查马桶漏水</title>
    <id>tag:wutongli.example,2026:living/tap</id>
    <updated>2026-11-01T00:00:00+08:00</updated>
    <link href="https://wutongli.example/living/tap/"/>
    <summary>查漏水。</summary>
    <content type="html">&lt;p&gt;见&lt;a href=&quot;https://wutongli.example/boards/gate/&quot; rel=&quot;external noopener&quot;&gt;栏&lt;/a&gt;。&lt;/p&gt;
    </content>
    </entry>
    "#);
    insta::assert_snapshot!(website.part("atom.xml", "<id>", "</updated>"), @"
    <id>tag:wutongli.example,2000:</id>
    <updated>2026-11-01T00:00:00+08:00</updated>
    ");
    insta::assert_snapshot!(website.part("sitemap.xml", "  <url><loc>https://wutongli.example/living/tap", "</url>"), @"  <url><loc>https://wutongli.example/living/tap/</loc><lastmod>2026-11-01</lastmod></url>");
    insta::assert_snapshot!(website.file("robots.txt"), @"
    User-agent: *
    Allow: /

    Sitemap: https://wutongli.example/sitemap.xml
    ");
}

#[test]
fn a_page_where_the_program_puts_its_own_is_reported() {
    let site = TestSite::with_gate().file("content/rotation/_index.md", "---\ntitle: 轮换\n---\n");
    let website = Website::of(site);
    assert_eq!(website.said.len(), 1, "{:?}", website.said);
    insta::assert_snapshot!(website.said[0], @"this page has the same address as rotation/index.html: rotation/index.html");
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

#[test]
fn screens_read_what_hangs_and_when_it_changes() {
    let site =
        TestSite::with_gate().page("tap", "topics: [water]\nposter: { layout: guide }", "水");
    let hanging = |from, to| Hanging {
        board: "gate".into(),
        slot: "1".into(),
        from,
        to,
        poster: "living/tap".into(),
        origin: Origin::Planned,
    };
    let plan = Plan {
        hangings: vec![
            hanging(date(2026, 11, 1), date(2026, 11, 12)),
            hanging(date(2026, 11, 20), date(2026, 12, 31)),
            hanging(date(2027, 1, 1), date(2027, 1, 31)),
        ],
        ..Plan::default()
    };
    let website = Website::with(site, plan, WebOptions::default());
    let boards: serde_json::Value =
        serde_json::from_str(website.file("boards.json")).expect("it is JSON");
    let board = &boards["boards"][0];
    assert_eq!(board["next_change"], "2026-11-13");
    let slot = &board["slots"][0];
    assert_eq!(slot["today"]["to"], "2026-11-12");
    assert_eq!(slot["today"]["url"], "living/tap/index.html");
    let next: Vec<_> = slot["next"].as_array().expect("a list").iter().collect();
    assert_eq!(next.len(), 1, "January is too far away");
    assert_eq!(next[0]["from"], "2026-11-20");
    assert!(
        website
            .file("calendar.ics")
            .contains("SUMMARY:更换：东门宣传栏\r\n")
    );
}

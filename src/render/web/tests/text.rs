//! A page's text as HTML.

use super::*;

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

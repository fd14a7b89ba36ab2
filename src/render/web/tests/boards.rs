//! Blocks in texts, calendar, public notices, timelines, screens and the archive of boards.

use super::*;

/// Renders a body on a page of a site that has boards, items, data and files.
#[track_caller]
fn shown(body: &str) -> String {
    let items = "- { name: 电池, bin: 有害垃圾, do: 电极贴胶带, why: 会漏液 }\n";
    let site = TestSite::with_gate()
        .file("content/sorting/_index.md", "---\ntitle: 分类\n---\n")
        .file("content/sorting/items.yaml", items)
        .file(
            "content/living/a.svg",
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 240 180'/>",
        )
        .file("content/living/film.webm", "film")
        .file("content/living/film.vtt", "WEBVTT")
        .file("content/living/form.pdf", "pdf")
        .file("data/fees.csv", "东西,元\n沙发,30\n")
        .page("tap", "date: 2026-11-01", body);
    Website::of(site).text("living/tap/index.html").to_owned()
}

#[test]
fn boxes_steps_and_columns_hold_the_author_s_words() {
    insta::assert_snapshot!(shown(":::callout{kind=warning title=别混用}\n洁厕液。\n:::\n\n:::tip\n字\n:::"), @r#"
    <div class="alert is-warning" role="note">
    <p class="alert-title">别混用</p>
    <p>洁厕液。</p>
    </div>
    <div class="alert is-tip" role="note">
    <p class="alert-title">小办法</p>
    <p>字</p>
    </div>
    "#);
    insta::assert_snapshot!(shown(":::columns\n甲\n\n***\n\n乙\n\n丙\n:::"), @r#"
    <div class="columns">
    <div class="column">
    <p>甲</p>
    </div>
    <div class="column">
    <p>乙</p>
    <p>丙</p>
    </div>
    </div>
    "#);
    insta::assert_snapshot!(shown(":::steps{title=三步}\n1. 甲\n:::"), @r#"
    <div class="steps-block">
    <p class="block-title">三步</p>
    <ol>
    <li>甲</li>
    </ol>
    </div>
    "#);
}

#[test]
fn pictures_films_and_files_stand_with_their_words() {
    insta::assert_snapshot!(shown("::figure{src=a.svg alt=水龙头 title=拧紧 wide}"), @r#"
    <figure class="figure is-wide"><img src="../a.svg" alt="水龙头" width="240" height="180" loading="lazy" decoding="async">
    <figcaption><p>拧紧</p></figcaption>
    </figure>
    "#);
    insta::assert_snapshot!(shown(":::gallery{title=两处}\n![甲](a.svg \"甲处\")\n![乙](a.svg)\n:::"), @r#"
    <div class="gallery" role="group" aria-label="两处">
    <p class="block-title">两处</p>
    <ul>
    <li><figure><img src="../a.svg" alt="甲" width="240" height="180" loading="lazy" decoding="async"><figcaption>甲处</figcaption></figure></li>
    <li><figure><img src="../a.svg" alt="乙" width="240" height="180" loading="lazy" decoding="async"></figure></li>
    </ul>
    </div>
    "#);
    insta::assert_snapshot!(shown("::video{src=film.webm picture=a.svg captions=film.vtt title=洗滤网}"), @r#"
    <figure class="film">
    <video controls preload="none" playsinline width="240" height="180" poster="../a.svg" aria-label="洗滤网">
    <source src="../film.webm" type="video/webm">
    <track kind="captions" src="../film.vtt" srclang="zh-CN" label="中文字幕" default>
    <a href="../film.webm">打不开就点这里下载视频</a>
    </video>
    <figcaption><p>洗滤网</p></figcaption>
    </figure>
    "#);
    insta::assert_snapshot!(shown("::attachment{src=form.pdf title=报名表}"), @r#"
    <div class="attachment">
    <p class="attachment-line"><span class="attachment-kind" aria-hidden="true">PDF</span>
    <a href="../form.pdf" download>报名表</a>
    <span class="attachment-size">PDF · 3 B</span></p>
    </div>
    "#);
}

#[test]
fn blocks_stand_for_what_the_site_knows() {
    insta::assert_snapshot!(shown("::item{name=电池}"), @r#"
    <div class="things">
    <ul>
    <li class="thing is-hazardous"><span class="thing-bin"><svg class="icon" aria-hidden="true" focusable="false" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"><path d="M9 5V3h6v2"/><rect x="6" y="5" width="12" height="16" rx="2"/><path d="M12 9v4.5M12 17v.01"/></svg><span>有害垃圾</span></span>
    <div class="thing-text"><p class="thing-name"><a href="../../sorting/guide/index.html#item-%E7%94%B5%E6%B1%A0">电池</a></p>
    <p>先电极贴胶带</p>
    <p class="thing-why">会漏液</p>
    </div></li>
    </ul>
    </div>
    "#);
    insta::assert_snapshot!(shown("::table{data=fees title=收费}"), @r#"
    <div class="scroll" tabindex="0" role="group" aria-label="收费">
    <table class="data">
    <caption>收费</caption>
    <thead>
    <tr><th scope="col">东西</th><th scope="col" class="is-right">元</th></tr>
    </thead>
    <tbody>
    <tr><th scope="row">沙发</th><td class="is-right">30</td></tr>
    </tbody>
    </table>
    </div>
    "#);
    insta::assert_snapshot!(shown("::countdown{to=2026-11-12 title=离清扫}"), @r#"
    <div class="countdown">
    <p class="countdown-title">离清扫</p>
    <p class="countdown-days" data-days-to="2026-11-12" data-left="还有{n}天" data-today="就是今天" data-over="过去{n}天了">还有7天</p>
    <p class="countdown-date"><time datetime="2026-11-12">2026年11月12日</time> <span>星期四</span></p>
    </div>
    "#);
    insta::assert_snapshot!(shown("::board{id=gate}"), @r#"
    <div class="on-board">
    <p class="block-title"><a href="../../boards/gate/index.html">东门宣传栏</a></p>
    <p class="board-place"><svg class="icon" aria-hidden="true" focusable="false" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"><path d="M12 22c-4.5-5-7-8.5-7-12a7 7 0 0 1 14 0c0 3.5-2.5 7-7 12z"/><circle cx="12" cy="10" r="2.5"/></svg>东门</p>
    <p class="empty">这一期还没有排定。</p>
    </div>
    "#);
    let code = shown("::qr{to=https://example.org/}");
    assert!(
        code.contains("<path class=\"qr-dark\" d=\"M4 4h7v1h-7z"),
        "{code}"
    );
}

#[test]
fn files_of_blocks_are_published() {
    let site = TestSite::with_gate()
        .file("content/living/film.webm", "film")
        .file("content/living/film.vtt", "WEBVTT")
        .page(
            "tap",
            "date: 2026-11-01",
            "::video{src=film.webm captions=film.vtt}",
        );
    let website = Website::of(site);
    assert!(website.files.contains_key("living/film.webm"));
    assert!(website.files.contains_key("living/film.vtt"));
}

#[test]
fn a_timeline_has_today_between_its_stages_and_says_what_is_overdue() {
    let front = "date: 2026-01-01\nfrom: 2026-01-01\nto: 2026-12-30\nstages:\n  \
        - { title: 方案, due: 2026-03-31, done: 2026-03-20, proof: 回执 }\n  \
        - { title: 自查, due: 2026-10-20 }\n  - { title: 验收, due: 2026-11-30 }";
    let website = Website::of(TestSite::with_gate().page("year", front, "做。"));
    let path = "living/year/index.html";
    insta::assert_snapshot!(website.part(path, "<p class=\"stages-late\"", "</p>"), @r#"<p class="stages-late" role="note"><strong>有1步过期没有做完：</strong> 自查，过了16天</p>"#);
    let line = website.part(path, "<ol class=\"stages-line\"", "</ol>");
    let order: Vec<&str> = ["自查", "今天", "验收"].into_iter().collect();
    let places: Vec<usize> = order
        .iter()
        .map(|word| line.find(word).expect("it is there"))
        .collect();
    assert!(places.is_sorted(), "{line}");
}

#[test]
fn the_calendar_shows_each_month_with_what_falls_in_it() {
    let days = "days:\n  - { title: 清洁日, date: 2026-11-21, topics: [air] }\n";
    let site = TestSite::with_gate().file("content/calendar.yaml", days).page(
        "sweep",
        "date: 2026-11-01\nkind: 活动\nevent: { date: 2026-11-05, time: 上午8:30, place: 空地 }",
        "扫。",
    );
    let website = Website::of(site);
    let path = "calendar/index.html";
    insta::assert_snapshot!(website.part(path, "<ol class=\"month-days\">", "</ol>"), @r#"
    <ol class="month-days">
          <li class="month-day is-today" data-day="2026-11-05">
            <p class="month-date"><time datetime="2026-11-05"><span class="month-n">5</span> <span class="month-w">星期四</span></time></p>
            <ul>
              <li class="entry is-event is-now">
      <span class="entry-kind">活动</span>
      <span class="entry-text"><a href="../living/sweep/index.html">五分钟查马桶漏水</a> <span class="entry-fact">上午8:30</span> <span class="entry-fact">空地</span></span>
    </li>
            </ul>
          </li>
          <li class="month-day" data-day="2026-11-21">
            <p class="month-date"><time datetime="2026-11-21"><span class="month-n">21</span> <span class="month-w">星期六</span></time></p>
            <ul>
              <li class="entry is-local is-before">
      <span class="entry-kind">社区日</span>
      <span class="entry-text">清洁日</span>
    </li>
            </ul>
          </li>
        </ol>
    "#);
    let month = website.part(path, "<section class=\"month is-now\"", "</table>");
    assert!(
        month.contains("is-today\" data-day=\"2026-11-05\""),
        "{month}"
    );
    assert!(website.file(path).contains("id=\"m-2026-12\""));
    assert!(website.file(path).contains("href=\"../calendar.ics\""));
}

#[test]
fn public_notices_are_listed_with_the_days_left() {
    let notice = |first: &str, last: &str| {
        format!(
            "date: {first}\nkind: 公示\nposter:\n  layout: notice\n  posting: {first} to {last}"
        )
    };
    let site = TestSite::with_gate()
        .page("now", &notice("2026-11-03", "2026-11-09"), "支出。")
        .page("old", &notice("2026-10-08", "2026-10-14"), "旧的。");
    let website = Website::of(site);
    let path = "notices/public/index.html";
    insta::assert_snapshot!(website.part(path, "<p class=\"posting-state\"", "</p>"), @r#"<p class="posting-state"><span data-days-to="2026-11-09" data-days-from="2026-11-03" data-plus="1" data-left="还剩{n}天" data-before="11月3日开始公示" data-over="公示已结束">还剩5天</span></p>"#);
    insta::assert_snapshot!(website.part(path, "<ul class=\"public-past\"", "</ul>"), @r#"
    <ul class="public-past">
          <li><span class="span-label">10月8日—10月14日</span> <a href="../../living/old/index.html">五分钟查马桶漏水</a></li>
        </ul>
    "#);
}

#[test]
fn a_board_page_tells_what_hung_before_and_where_it_is() {
    let hanging = |from, to, origin| Hanging {
        board: "gate".into(),
        slot: "1".into(),
        from,
        to,
        poster: "living/tap".into(),
        origin,
    };
    let plan = Plan {
        hangings: vec![
            hanging(date(2026, 9, 1), date(2026, 9, 30), Origin::Ledger),
            hanging(date(2026, 10, 1), date(2026, 10, 31), Origin::Planned),
        ],
        ..Plan::default()
    };
    let board = "---\ntitle: 东门宣传栏\nplace: 东门\naddress: 梧桐路18号\nmap: /map.svg\n\
        map_alt: 东门在右边\nsize: 600x600mm\nslots: A3\n---\n";
    let site = TestSite::with_gate()
        .file("content/boards/gate.md", board)
        .file(
            "content/map.svg",
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 3'/>",
        )
        .page("tap", "date: 2026-01-01\nposter:\n  layout: guide", "水。");
    let website = Website::with(site, plan, WebOptions::default());
    let path = "boards/gate/index.html";
    insta::assert_snapshot!(website.part(path, "<section class=\"board-past\"", "</section>"), @r#"
    <section class="board-past" aria-labelledby="past">
        <h2 id="past">以前贴过</h2>
        <p class="hint">按台账记，实际贴了什么写什么。</p>
        <details open>
          <summary>2026年9月 <span class="hint">1张</span></summary>
          <ol class="past-sheets">
            <li><span class="slot-no">第1格</span>
              <span><a href="../../living/tap/index.html">五分钟查马桶漏水</a></span>
              <span class="span-label">9月1日—30日</span></li>
          </ol>
        </details>
      </section>
    "#);
    assert!(website.file(path).contains("梧桐路18号"));
    assert!(
        website
            .file(path)
            .contains("src=\"../../map.svg\" alt=\"东门在右边\"")
    );
    assert!(website.files.contains_key("map.svg"));
}

#[test]
fn a_screen_has_a_page_with_its_times_and_a_worker() {
    let board = "---\ntitle: 屏\nkind: screen\nplace: 广场\nsize: 1920x1080\nwidth: 3200mm\n\
        seconds: 9\nhours: 7:00至21:30\nslots: 2\n---\n";
    let website = Website::of(TestSite::with_gate().file("content/boards/led.md", board));
    insta::assert_snapshot!(website.part("boards/led/screen/index.html", "<main", ">"), @r#"<main class="screen" data-version="fa4eb150b9cb" data-seconds="9.0" data-timezone="Asia/Shanghai" data-on="420" data-off="1290">"#);
    insta::assert_snapshot!(website.file("boards/led/screen/slides.js"), @r#"
    greenboardSlides({
      "version": "fa4eb150b9cb",
      "seconds": 9.0,
      "hours": [
        420,
        1290
      ],
      "timezone": "Asia/Shanghai",
      "slides": []
    });
    "#);
    assert!(website.files.contains_key("boards/led/screen/worker.js"));
    assert!(!website.files.contains_key("assets/screen-worker.js"));
    assert!(
        website
            .file("boards/led/index.html")
            .contains("href=\"../../boards/led/screen/index.html\"")
    );
}

#[test]
fn data_reach_templates() {
    let site = TestSite::with_gate().file("data/fees/bulky.yaml", "- { 名称: 沙发, 元: 30 }\n");
    let site = site.build();
    assert_eq!(site.data.values["fees"]["bulky"][0]["元"], 30);
    let file = (
        "templates/404.html".to_owned(),
        Arc::<[u8]>::from(&b"{{ data.fees.bulky[0][\"\xe5\x85\x83\"] }}"[..]).into(),
    );
    let mut diagnostics = Diagnostics::default();
    let mut theme = Theme::load(&site.settings, &BTreeMap::new(), &mut diagnostics);
    theme.layers[0].files.extend([file]);
    let made = web(
        &site,
        &theme,
        &Plan::default(),
        &Posters::default(),
        &WebOptions::default(),
    );
    let page = made.value.iter().find(|file| file.path == "404.html");
    assert_eq!(&*page.expect("it is made").bytes(), b"30");
}

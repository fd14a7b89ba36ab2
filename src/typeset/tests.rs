//! What of content reaches a sheet, and how failures are told.

mod layouts;
mod narrow;
mod official;
mod pictures;
mod screens;

use insta::assert_snapshot;
use jiff::civil::Date;

use super::data::{Day, Qr};
use super::testing::{TestSite, engine, fresh, lines, paragraphs, set_body};
use super::*;
use crate::cache::{Cache, CacheKey};
use crate::diag::Language;
use crate::site::{Approval, Area, Light, Site, Size};

const A3: Spot = Spot {
    design: None,
    portion: None,
    look: Look {
        bleed: 0.0,
        edition: Edition::Colour,
    },
    area: Area::Sheet {
        size: Size::new(297.0, 420.0),
        visible: Size::new(277.0, 400.0),
    },
    distance: 1.0,
    light: Light::Good,
    glass: false,
};

fn manuscript(site: &Site) -> Manuscript<'_> {
    let page = site.page("living/leak").expect("the page is there");
    let wish = page.poster.as_ref().expect("it has a poster");
    Manuscript::new(site, engine(), page, wish).unwrap_or_else(|_| panic!("it can be set"))
}

fn site_with(text: &str) -> Site {
    let mut site = TestSite::with_gate()
        .page("leak", "poster: { layout: plain }", "")
        .build();
    set_body(&mut site, "living/leak", paragraphs(text));
    site
}

#[test]
fn nothing_in_content_is_read_as_code() {
    let text = "#panic() $a$ // @ref #set page() <fit> *b* \\ {x} [y] 'q'";
    let site = site_with(text);
    let compiled = manuscript(&site).compile_for_test(&A3);
    let said = compiled.text().replace('\n', "");
    assert!(
        said.replace(' ', "").contains(&text.replace(' ', "")),
        "{said}"
    );
    assert_eq!(compiled.n_pages(), 1);
}

#[test]
fn a_broken_picture_is_named() {
    let site = TestSite::with_gate()
        // A head and an end, and nothing between.
        .file(
            "content/living/tap.png",
            b"\x89PNG\r\n\x1a\n\0\0\0\x0DIHDR\0\0\0\x02\0\0\0\x02\x08\x02\0\0\0\0\0\0\0\0\0\0\0IEND\0\0\0\0",
        )
        .page("leak", "poster: { layout: plain }", "![水龙头](tap.png)")
        .build();
    let manuscript = manuscript(&site);
    let failure = manuscript
        .set(&A3, CacheKey([0; 32]), &Cache::default())
        .map(drop)
        .expect_err("no such picture");
    let told = [manuscript.failed(&failure)].into_iter().collect();
    let told = lines(told);
    let expected =
        "error G311 content/living/leak.md:5:8 图片 `content/living/tap.png` 画不到海报上";
    assert!(told.starts_with(expected), "{told}");
}

#[test]
fn only_the_part_between_the_marks_is_set() {
    let body = "之前[^1]\n\n<!-- poster -->\n\n**看**，好[^2]\n\n- 一<br>二\n\n<!-- /poster -->\n\n之后\n\n\
        [^1]: 甲\n\n[^2]: 乙\n";
    let site = TestSite::with_gate()
        .page("leak", "poster: { layout: plain }", body)
        .build();
    let data = manuscript(&site).data_for_test(&A3);
    let text = serde_json::to_string(&data["body"]).expect("it is JSON");
    assert_snapshot!(text, @r#"
    {"blocks":[{"type":"paragraph","inlines":[{"type":"strong","inlines":[{"type":"text","text":"看"}]},{"type":"text","text":"，好"},{"type":"footnote-mark","label":"2","number":1}]},{"type":"list","start":null,"typed":false,"tight":true,"items":[{"task":null,"number":null,"blocks":[{"type":"paragraph","inlines":[{"type":"text","text":"一"},{"type":"line-break"},{"type":"text","text":"二"}]}]}]}],"footnotes":[{"label":"2","blocks":[{"type":"paragraph","inlines":[{"type":"text","text":"乙"}]}]}]}
    "#);
}

#[test]
fn a_code_is_printed_only_for_a_page_that_will_be_public() {
    let mut site = site_with("");
    let code = |site: &Site| Qr::of(site, site.page("living/leak").expect("it is there"), false);
    let made = code(&site).expect("the site has an address");
    assert!(
        made.url.starts_with("https://wutongli.example/q/"),
        "{}",
        made.url
    );
    assert_eq!((made.size, made.modules.len()), (29, 29));
    site.settings.delivery.short_addresses = false;
    let own = code(&site).expect("the site has an address");
    assert_eq!(own.url, "https://wutongli.example/living/leak/");
    assert!(made.modules.iter().all(|row| row.len() == 29));
    // A finder pattern: seven dark modules.
    assert!(made.modules[0].starts_with("11111110"));
    site.pages
        .iter_mut()
        .for_each(|page| page.approval = Approval::Review);
    assert_eq!(code(&site), None);
    site.pages
        .iter_mut()
        .for_each(|page| page.approval = Approval::Approved);
    site.settings.base_url = None;
    assert_eq!(code(&site), None);
}

#[test]
fn days_come_apart_with_their_weekday() {
    let day = Day::of(Date::constant(2026, 11, 21), Language::Chinese);
    assert_eq!((day.weekday, day.iso.as_str()), ("星期六", "2026-11-21"));
    let day = Day::of(Date::constant(2026, 11, 22), Language::English);
    assert_eq!(day.weekday, "Sunday");
}

#[test]
fn what_is_cut_is_told_in_fives_with_the_words_where_room_ran_out() {
    let site = site_with("一二三四五六七八九十甲乙丙丁戊己庚辛壬癸");
    let manuscript = manuscript(&site);
    let report = |part, overflow| FitReport {
        version: 1,
        fits: false,
        body: 5.5,
        overflow,
        part,
        table: None,
        distance: None,
        standing: false,
        sheets: None,
        fewest: None,
        last: None,
    };
    let cut = |part, overflow| {
        let cut = manuscript.cut(&report(part, overflow));
        (cut.characters, cut.from)
    };
    assert_eq!(cut(Part::Body, 0.3), (10, "戊己庚辛壬癸".to_owned()));
    assert_eq!(cut(Part::Body, 0.0), (5, "癸".to_owned()));
    assert_eq!(cut(Part::Body, 2.0), (20, "一二三四五六七八".to_owned()));
    assert_eq!(cut(Part::Title, 0.2), (2, "漏水".to_owned()));
}

#[test]
fn the_data_is_as_agreed_with_the_layouts() {
    let site = TestSite::with_gate()
        .file(
            "content/sorting/items.yaml",
            "- { name: 旧报纸, bin: 可回收物, do: 捆好 }\n- { name: 大骨头, bin: 其他垃圾 }\n",
        )
        .page(
            "leak",
            "date: 2026-11-03\nkind: 公示\ntopics: [water]\n\
             event: { date: 2026-11-21, time: 上午8:30 }\nitems: [旧报纸, 大骨头]\n\
             poster: { layout: plain, lead: 滴一滴, posting: 2026-11-05 to 2026-11-08 }",
            "",
        )
        .build();
    let mut data = manuscript(&site).data_for_test(&A3);
    data["qr"]["modules"] = "rows".into();
    data["page"]["title_lines"] = "ways".into();
    data["page"]["lead_lines"] = "ways".into();
    insta::assert_json_snapshot!(data, @r#"
    {
      "version": 1,
      "mode": "set",
      "language": "zh-CN",
      "sheet": {
        "width": 297.0,
        "height": 420.0,
        "visible": {
          "width": 277.0,
          "height": 400.0
        },
        "bleed": 0.0,
        "screen": null
      },
      "distance": 1.0,
      "light": "good",
      "glass": false,
      "tokens": {},
      "phrases": {},
      "site": {
        "title": "绿板",
        "organisation": "梧桐里社区居民委员会",
        "city": null,
        "phone": null,
        "address": null,
        "hours": null
      },
      "page": {
        "id": "living/leak",
        "title": "五分钟查马桶漏水",
        "title_em": 8.0,
        "title_lines": "ways",
        "lead": "滴一滴",
        "lead_lines": "ways",
        "short": null,
        "short_lines": [],
        "figure": null,
        "design": null,
        "topic": "water",
        "seed": 227303268,
        "date": {
          "year": 2026,
          "month": 11,
          "day": 3,
          "weekday": "星期二",
          "iso": "2026-11-03"
        },
        "expires": null,
        "notice": {
          "kind": "公示",
          "number": null,
          "signed": "梧桐里社区居民委员会",
          "objections": null,
          "official": true,
          "posting": {
            "first": {
              "year": 2026,
              "month": 11,
              "day": 5,
              "weekday": "星期四",
              "iso": "2026-11-05"
            },
            "last": {
              "year": 2026,
              "month": 11,
              "day": 8,
              "weekday": "星期日",
              "iso": "2026-11-08"
            },
            "working_days": null,
            "calendar_days": null,
            "days": [
              {
                "date": {
                  "year": 2026,
                  "month": 11,
                  "day": 5,
                  "weekday": "星期四",
                  "iso": "2026-11-05"
                },
                "works": true,
                "counts": false
              },
              {
                "date": {
                  "year": 2026,
                  "month": 11,
                  "day": 6,
                  "weekday": "星期五",
                  "iso": "2026-11-06"
                },
                "works": true,
                "counts": true
              },
              {
                "date": {
                  "year": 2026,
                  "month": 11,
                  "day": 7,
                  "weekday": "星期六",
                  "iso": "2026-11-07"
                },
                "works": false,
                "counts": true
              },
              {
                "date": {
                  "year": 2026,
                  "month": 11,
                  "day": 8,
                  "weekday": "星期日",
                  "iso": "2026-11-08"
                },
                "works": false,
                "counts": true
              }
            ]
          }
        },
        "event": {
          "date": {
            "year": 2026,
            "month": 11,
            "day": 21,
            "weekday": "星期六",
            "iso": "2026-11-21"
          },
          "until": null,
          "time": "上午8:30",
          "place": null
        },
        "picture": null,
        "campaign": null,
        "figures": [],
        "month": null
      },
      "body": {
        "blocks": [],
        "footnotes": []
      },
      "bins": [
        {
          "key": "recyclable",
          "name": "可回收物",
          "english": "Recyclable",
          "also": [],
          "items": [
            {
              "name": "旧报纸",
              "first": "捆好"
            }
          ]
        },
        {
          "key": "hazardous",
          "name": "有害垃圾",
          "english": "Hazardous Waste",
          "also": [],
          "items": []
        },
        {
          "key": "food",
          "name": "厨余垃圾",
          "english": "Food Waste",
          "also": [
            "湿垃圾",
            "易腐垃圾"
          ],
          "items": []
        },
        {
          "key": "residual",
          "name": "其他垃圾",
          "english": "Residual Waste",
          "also": [
            "干垃圾"
          ],
          "items": [
            {
              "name": "大骨头",
              "first": null
            }
          ]
        }
      ],
      "qr": {
        "size": 29,
        "modules": "rows",
        "url": "https://wutongli.example/q/63my3zg/"
      },
      "options": {},
      "edition": "colour",
      "signs": "",
      "mark": null
    }
    "#);
}

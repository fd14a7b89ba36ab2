//! Reading `greenboard.yaml`.

use jiff::tz::TimeZone;

use super::bins::{self, bins};
use super::delivery::delivery;
use super::filing;
use super::languages::{self, languages};
use super::poster::options;
use super::posting_rules;
use super::printing::{PRINT, SiteFiles, printing};
use super::season;
use super::topics::{TOPIC, defined_topics};
use super::website::{TAXONOMY, TOC, website};
use crate::calendar::NamedSeason;
use crate::diag::{Code, Diagnostics, Span, Spanned, words};
use crate::read::{DataFile, Fields, Form::*, Keys, Reader};
use crate::site::settings::{Contact, Person, Rotation, Settings, Shop, Weights};
use crate::site::topic::{self, Topic};

/// The newest format of settings that this program knows.
const FORMAT: i64 = 1;

/// The keys of the file.
pub(super) const KEYS: Keys = &[
    ("format", &["格式"], Whole),
    ("title", &["标题", "网站名"], Text),
    ("organisation", &["单位"], Text),
    ("description", &["简介"], Text),
    ("city", &["城市"], Text),
    ("base_url", &["网址"], Text),
    ("language", &["语言"], Text),
    ("languages", &["其他语言"], TextsOr(languages::LANGUAGE)),
    ("timezone", &["时区"], Text),
    ("theme", &["主题"], Text),
    ("theme_options", &["主题设置"], Free),
    ("filing", &["备案"], Map(filing::FILING)),
    ("contact", &["联系方式"], Map(CONTACT)),
    ("rotation", &["轮换"], Map(ROTATION)),
    ("print", &["打印"], Map(PRINT)),
    ("fonts", &["字体"], Map(FONTS)),
    ("topics", &["话题"], Maps(TOPIC)),
    ("seasons", &["季节"], Maps(season::SEASON)),
    ("taxonomies", &["分类法"], Maps(TAXONOMY)),
    ("slugs", &["网址名"], Text),
    ("pagination", &["每页篇数", "分页"], Whole),
    ("toc", &["目录"], Map(TOC)),
    ("raw_html", &["网页代码"], Text),
    ("sorting", &["分类"], Map(SORTING)),
    ("people", &["人员"], Maps(PERSON)),
    ("shops", &["店家"], Maps(SHOP)),
    ("publish_names", &["公开姓名"], Flag),
    ("web_fonts", &["网页字体"], Text),
    ("compress", &["压缩"], Flag),
    ("share_pictures", &["转发图"], Flag),
    ("search", &["搜索"], Flag),
    ("short_addresses", &["短网址"], Flag),
];
const CONTACT: Keys = &[
    ("phone", &["电话"], Text),
    ("address", &["地址"], Text),
    ("hours", &["时间"], Text),
];
const ROTATION: Keys = &[
    ("repeat_after", &["间隔期数"], Whole),
    ("first_day_counts", &["首日计入"], Flag),
    ("weights", &["权重"], Map(WEIGHTS)),
    ("begins", &["开始"], Day),
    ("renew", &["更换期限"], Whole),
    ("join", &["凑一趟"], Whole),
    ("posting", &["公示期限"], Maps(posting_rules::RULE)),
];
/// How long a board may go without anything new, in days, where the site says nothing.
///
/// Source: guides to health education ask for something new at least every two months.
const TWO_MONTHS: i32 = 62;
const WEIGHTS: Keys = &[
    ("priority", &["优先级"], Whole),
    ("season", &["集中宣传倍数"], Whole),
    ("off_season", &["不当季"], Whole),
    ("first_show", &["头一次"], Whole),
    ("beside", &["挨着同主题的通知"], Whole),
    ("topic_excess", &["主题偏多"], Whole),
    ("share", &["主题偏少"], Whole),
    ("empty", &["空格"], Whole),
    ("yuan", &["每元"], Whole),
    ("keep", &["不动定稿"], Whole),
    ("notice", &["新来的通知"], Whole),
];
const SORTING: Keys = &[("bins", &["类别", "桶"], TextsOr(bins::BIN))];
const FONTS: Keys = &[("system", &["系统"], Flag)];
const PERSON: Keys = &[
    ("name", &["姓名"], Text),
    ("role", &["职务"], Text),
    ("phone", &["电话"], Text),
];
const SHOP: Keys = &[
    ("name", &["名称", "店名"], Text),
    ("makes", &["做什么"], Text),
    ("phone", &["电话"], Text),
];

/// Reads the settings; what is missing takes its default and is reported.
pub(in crate::site) fn read_settings(
    file: &DataFile,
    site_files: &SiteFiles,
) -> (Settings, Diagnostics) {
    let reader = Reader::new(&file.source);
    let empty = crate::read::yaml::Node {
        value: crate::read::yaml::Value::Null,
        range: 0..0,
    };
    let fields = Fields::open(&reader, &file.node, "greenboard.yaml", KEYS)
        .or_else(|| Fields::open(&reader, &empty, "greenboard.yaml", KEYS))
        .expect("an empty mapping opens");
    let settings = settings(&fields, Span::file(&file.source), site_files);
    (settings, reader.finish())
}

fn settings(fields: &Fields, span: Span, site_files: &SiteFiles) -> Settings {
    check_format(fields);
    let plain = |key| fields.text(key).map(|text| text.value);
    let title = fields.required_text("title", words("example-site-title"));
    let title = title.map_or_else(|| "绿板".to_owned(), |title| title.value);
    let contact = fields.fields("contact", CONTACT);
    let contact = contact.map_or_else(Contact::default, |contact| Contact {
        phone: contact.text("phone").map(|text| text.value),
        address: contact.text("address").map(|text| text.value),
        hours: contact.text("hours").map(|text| text.value),
    });
    let rotation = fields.fields("rotation", ROTATION);
    let repeat_after = rotation
        .as_ref()
        .and_then(|fields| fields.integer("repeat_after", 0..=52));
    let language = plain("language").unwrap_or_else(|| "zh-CN".into());
    let website = website(fields);
    let seasons = season::named_seasons(fields);
    let own_bins = fields.fields("sorting", SORTING);
    let (bins, bin_looks) = bins(own_bins.as_ref());
    Settings {
        languages: languages(fields, &language, &website.taxonomies),
        language,
        language_span: fields
            .node("language")
            .map_or(span.clone(), |_| fields.span("language")),
        organisation: plain("organisation").unwrap_or_else(|| title.clone()),
        description: plain("description").unwrap_or_default(),
        city: plain("city"),
        base_url: base_url(fields),
        timezone: timezone(fields),
        theme: theme(fields),
        theme_options: options(fields, "theme_options", words("example-theme-options")),
        filing: filing::read(fields),
        contact,
        rotation: Rotation {
            repeat_after: repeat_after.map_or(3, |k| usize::try_from(k).unwrap_or(3)),
            first_day_counts: (rotation.as_ref())
                .and_then(|r| r.flag("first_day_counts"))
                .unwrap_or(false),
            join: (rotation.as_ref())
                .and_then(|r| r.integer("join", 0..=7))
                .map_or(3, |days| i32::try_from(days).unwrap_or(3)),
            begins: (rotation.as_ref()).and_then(|r| r.date("begins")),
            renew: (rotation.as_ref())
                .and_then(|r| r.integer("renew", 0..=366))
                .map_or(TWO_MONTHS, |days| i32::try_from(days).unwrap_or(TWO_MONTHS)),
            weights: (rotation.as_ref())
                .and_then(|r| r.fields("weights", WEIGHTS))
                .map_or_else(Weights::default, |own| weights(&own)),
            posting: posting_rules::read(rotation.as_ref()),
        },
        printing: printing(fields, site_files),
        topics: topics(fields, &seasons),
        seasons,
        website,
        machine_fonts: fields
            .fields("fonts", FONTS)
            .and_then(|fonts| fonts.flag("system"))
            .unwrap_or(false),
        bins,
        bin_looks,
        publish_names: fields.flag("publish_names").unwrap_or(false),
        delivery: delivery(fields),
        people: people(fields),
        shops: shops(fields),
        title,
        span,
    }
}

/// Reads what the planner weighs. The bounds keep sums of a long year far from overflow.
fn weights(fields: &Fields) -> Weights {
    let default = Weights::default();
    Weights {
        priority: fields
            .integer("priority", 0..=100)
            .unwrap_or(default.priority),
        season: fields.integer("season", 1..=10).unwrap_or(default.season),
        off_season: (fields.integer("off_season", 0..=100_000)).unwrap_or(default.off_season),
        first_show: fields
            .integer("first_show", 0..=1000)
            .unwrap_or(default.first_show),
        beside: (fields.integer("beside", 0..=1000)).unwrap_or(default.beside),
        topic_excess: (fields.integer("topic_excess", 0..=1000)).unwrap_or(default.topic_excess),
        share: fields.integer("share", 0..=100).unwrap_or(default.share),
        empty: fields
            .integer("empty", 0..=100_000)
            .unwrap_or(default.empty),
        yuan: fields.integer("yuan", 0..=1000).unwrap_or(default.yuan),
        keep: fields.integer("keep", 0..=100_000).unwrap_or(default.keep),
        notice: (fields.integer("notice", 0..=100_000)).unwrap_or(default.notice),
    }
}

/// Reads who works on the boards; a name stands for one person.
fn people(fields: &Fields) -> Vec<Person> {
    let mut people: Vec<Person> = Vec::new();
    for own in fields.list("people", PERSON) {
        let plain = |key| own.text(key).map(|text| text.value);
        let (role, phone) = (plain("role"), plain("phone"));
        let Some(name) = own.required_text("name", words("example-person")) else {
            continue;
        };
        if people.iter().any(|person| person.name == name.value) {
            own.reader().report(Code::SameId, &name.span.range, |d| {
                d.with("id", &name.value)
                    .with("other", words("other-person"))
            });
            continue;
        }
        people.push(Person {
            name: name.value,
            role,
            phone,
        });
    }
    people
}

fn shops(fields: &Fields) -> Vec<Shop> {
    let shop = |own: &Fields| {
        let plain = |key| own.text(key).map(|text| text.value);
        let (makes, phone) = (plain("makes"), plain("phone"));
        let name = own.required_text("name", words("example-shop"))?.value;
        Some(Shop { name, makes, phone })
    };
    fields.list("shops", SHOP).iter().filter_map(shop).collect()
}

fn check_format(fields: &Fields) {
    if fields.node("format").is_none() {
        return fields.missing("format", "format: 1");
    }
    fields.check_format(FORMAT);
}

fn base_url(fields: &Fields) -> Option<String> {
    fields.parsed(
        "base_url",
        words("base-url"),
        "https://example.org/",
        |text| {
            let rest = text
                .strip_prefix("https://")
                .or_else(|| text.strip_prefix("http://"))?;
            let host = rest.split('/').next().filter(|host| !host.is_empty())?;
            let usable =
                !host.contains(char::is_whitespace) && !text.contains(['?', '#', '"', '<']);
            usable.then(|| format!("{}/", text.trim_end_matches('/')))
        },
    )
}

fn theme(fields: &Fields) -> Spanned<String> {
    fields.text("theme").unwrap_or_else(|| Spanned {
        value: "fresh".into(),
        span: fields.span("theme"),
    })
}

fn timezone(fields: &Fields) -> TimeZone {
    let zone = fields.parsed("timezone", words("timezone"), "Asia/Shanghai", |name| {
        TimeZone::get(name).ok()
    });
    zone.or_else(|| TimeZone::get("Asia/Shanghai").ok())
        .unwrap_or(TimeZone::UTC)
}

fn topics(fields: &Fields, seasons: &[NamedSeason]) -> Vec<Topic> {
    let mut topics = topic::built_in();
    for own in defined_topics(fields, seasons) {
        topics.retain(|topic| topic.id != own.id);
        topics.push(own);
    }
    topics
}

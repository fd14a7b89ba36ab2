//! Reading `greenboard.yaml`.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::tz::TimeZone;
use moxcms::{ColorProfile, DataColorSpace};

use crate::area::Size;
use crate::diag::{Code, Diagnostics, SitePath, Span};
use crate::read::{DataFile, Fields, Form::*, Keys, Reader};
use crate::site::settings::{Contact, Material, Printing, Profile, Rotation, Settings, Weights};
use crate::site::topic::{self, Topic};

/// The files beside the content that a site brings.
type SiteFiles = BTreeMap<SitePath, Arc<[u8]>>;

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
    ("timezone", &["时区"], Text),
    ("theme", &["主题"], Text),
    ("contact", &["联系方式"], Map(CONTACT)),
    ("rotation", &["轮换"], Map(ROTATION)),
    ("print", &["打印"], Map(PRINT)),
    ("fonts", &["字体"], Map(FONTS)),
    ("topics", &["话题"], Maps(TOPIC)),
    ("publish_names", &["公开姓名"], Flag),
];
const CONTACT: Keys = &[
    ("phone", &["电话"], Text),
    ("address", &["地址"], Text),
    ("hours", &["时间"], Text),
];
const ROTATION: Keys = &[
    ("repeat_after", &["间隔期数"], Whole),
    ("first_day_counts", &["首日计入"], Flag),
];
const PRINT: Keys = &[
    ("paper", &["纸张"], Text),
    ("overlap", &["搭接"], Number),
    ("bleed", &["出血"], Number),
    ("material", &["材料"], Text),
    ("colour", &["颜色"], Text),
    ("profile", &["特性文件"], Text),
    ("outlines", &["转曲"], Flag),
];
const FONTS: Keys = &[("system", &["系统"], Flag)];
const PAPERS: &[(&str, u8)] = &[("A3", 3), ("A4", 4)];
const MATERIALS: &[(&str, Material)] = &[
    ("board", Material::Board),
    ("板", Material::Board),
    ("roll", Material::Roll),
    ("卷", Material::Roll),
];
/// Whether colours become inks.
const COLOURS: &[(&str, bool)] = &[
    ("rgb", false),
    ("cmyk", true),
    ("RGB", false),
    ("CMYK", true),
    ("四色", true),
];
const TOPIC: Keys = &[("id", &["编号"], Text), ("title", &["名称"], Text)];

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
    let title = fields.required_text("title", "title: 梧桐里社区绿板");
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
    Settings {
        organisation: plain("organisation").unwrap_or_else(|| title.clone()),
        description: plain("description").unwrap_or_default(),
        city: plain("city"),
        base_url: base_url(fields),
        language: plain("language").unwrap_or_else(|| "zh-CN".into()),
        timezone: timezone(fields),
        theme: plain("theme").unwrap_or_else(|| "fresh".into()),
        contact,
        rotation: Rotation {
            repeat_after: repeat_after.map_or(3, |k| usize::try_from(k).unwrap_or(3)),
            first_day_counts: rotation
                .and_then(|r| r.flag("first_day_counts"))
                .unwrap_or(false),
            weights: Weights::default(),
        },
        printing: printing(fields, site_files),
        topics: topics(fields),
        machine_fonts: fields
            .fields("fonts", FONTS)
            .and_then(|fonts| fonts.flag("system"))
            .unwrap_or(false),
        publish_names: fields.flag("publish_names").unwrap_or(false),
        people: Vec::new(),
        shops: Vec::new(),
        title,
        span,
    }
}

/// Reads how posters are printed.
fn printing(fields: &Fields, site_files: &SiteFiles) -> Printing {
    let default = Printing::default();
    let Some(print) = fields.fields("print", PRINT) else {
        return default;
    };
    let paper = print.word("paper", PAPERS).and_then(Size::iso_a);
    Printing {
        paper: paper.unwrap_or(default.paper),
        overlap: print
            .number("overlap", 0.0..=40.0)
            .unwrap_or(default.overlap),
        bleed: print.number("bleed", 0.0..=20.0).unwrap_or(default.bleed),
        material: print.word("material", MATERIALS).unwrap_or_default(),
        cmyk: print.word("colour", COLOURS).unwrap_or_default(),
        profile: profile(&print, site_files),
        outlines: print.flag("outlines").unwrap_or_default(),
        prices: default.prices,
        funds: None,
        budget: None,
    }
}

/// Reads the profile of a press: a file below `profiles/` that knows four inks.
fn profile(print: &Fields, site_files: &SiteFiles) -> Option<Profile> {
    let text = print.text("profile")?;
    let path = SitePath::new(&text.value);
    let bytes = path.as_ref().and_then(|path| site_files.get(path));
    let parsed = bytes.map(|bytes| ColorProfile::new_from_slice(bytes));
    let cause = match parsed {
        None => "没有这个文件",
        Some(Err(_)) => "它不是 ICC 特性文件",
        Some(Ok(parsed)) if parsed.color_space != DataColorSpace::Cmyk => "它不是四色（CMYK）的",
        Some(Ok(parsed))
            if parsed.lut_b_to_a_colorimetric.is_none()
                && parsed.lut_b_to_a_perceptual.is_none() =>
        {
            "它只能拿来看颜色，不能拿来分色"
        }
        Some(Ok(parsed)) => {
            let name = text.value.rsplit('/').next().unwrap_or_default();
            let name = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
            return bytes.map(|bytes| Profile {
                name: name.to_owned(),
                bytes: bytes.clone(),
                colours: Arc::new(parsed),
            });
        }
    };
    (print.reader()).report(Code::BadProfile, &text.span.range, |d| {
        d.with("path", &text.value).with("cause", cause)
    });
    None
}

fn check_format(fields: &Fields) {
    if fields.node("format").is_none() {
        return fields.missing("format", "format: 1");
    }
    let Some(format) = fields.integer("format", 1..=1_000_000) else {
        return;
    };
    if format > FORMAT {
        let range = fields.span("format").range;
        fields.reader().report(Code::NewerFormat, &range, |d| {
            d.with("format", format).with("known", FORMAT)
        });
    }
}

fn base_url(fields: &Fields) -> Option<String> {
    fields.parsed(
        "base_url",
        "网站的完整地址",
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

fn timezone(fields: &Fields) -> TimeZone {
    let zone = fields.parsed("timezone", "时区名", "Asia/Shanghai", |name| {
        TimeZone::get(name).ok()
    });
    zone.or_else(|| TimeZone::get("Asia/Shanghai").ok())
        .unwrap_or(TimeZone::UTC)
}

fn topics(fields: &Fields) -> Vec<Topic> {
    let mut topics = topic::built_in();
    for own in fields.list("topics", TOPIC) {
        let id = own.required_text("id", "id: health");
        let title = own.required_text("title", "title: 健康");
        if let Some((id, title)) = id.zip(title) {
            topics.retain(|topic| topic.id != id.value);
            topics.push(Topic {
                id: id.value,
                title: title.value,
            });
        }
    }
    topics
}

//! Front matter in YAML, TOML or JSON, and what its keys become.

use jiff::civil::Date;
use serde_json::{Map, Value};

use super::{Dialect, Source, Tree};
use crate::read::values;
use crate::site::topic;
use crate::starter;

/// Keys that say the same in other words; what has no equal is counted.
const TITLE: [&str; 3] = ["title", "标题", "name"];
const DATE: [&str; 7] = [
    "date",
    "日期",
    "pubDate",
    "publishDate",
    "published_at",
    "created",
    "createTime",
];
const EXPIRES: [&str; 4] = ["expiryDate", "expires", "expirydate", "截止"];
const SUMMARY: [&str; 6] = [
    "description",
    "summary",
    "excerpt",
    "摘要",
    "subtitle",
    "desc",
];
const ORDER: [&str; 5] = ["weight", "order", "sidebar_position", "nav_order", "顺序"];
const PICTURE: [&str; 11] = [
    "cover",
    "image",
    "coverImage",
    "featured_image",
    "featureimage",
    "thumbnail",
    "banner",
    "index_img",
    "top_img",
    "banner_img",
    "header_img",
];
const ALIASES: [&str; 3] = ["aliases", "redirect_from", "alias"];
const ADDRESS: [&str; 2] = ["url", "permalink"];
/// Keys that say nothing about the text and are dropped without a word.
const SILENT: [&str; 12] = [
    "layout",
    "type",
    "lastmod",
    "updated",
    "lastUpdated",
    "comments",
    "comment",
    "abbrlink",
    "id",
    "guid",
    "outline",
    "editLink",
];

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Null => String::new(),
        Value::Array(_) | Value::Object(_) => String::new(),
        other => other.to_string(),
    }
}

fn texts(value: &Value) -> Vec<String> {
    let all = match value {
        // Hexo lists a category below another as a list in the list.
        Value::Array(list) => list.iter().flat_map(texts).collect(),
        Value::String(one) => one
            .split([',', '，'])
            .map(|it| it.trim().to_owned())
            .collect(),
        other => vec![text(other)],
    };
    all.into_iter()
        .filter(|it: &String| !it.is_empty())
        .collect()
}

/// Returns the day of a page: as it says, or as its file is called.
pub(super) fn date(front: &Map<String, Value>, old: &str) -> Option<Date> {
    let given = DATE
        .iter()
        .find_map(|key| front.get(*key).filter(|it| !it.is_null()));
    given
        .and_then(day)
        .or_else(|| values::date(stem(old).get(..10)?))
}

fn day(value: &Value) -> Option<Date> {
    let zone = jiff::tz::TimeZone::get("Asia/Shanghai").unwrap_or(jiff::tz::TimeZone::UTC);
    let text = text(value);
    values::day(&text, &zone).or_else(|| values::date(text.get(..10)?))
}

/// Writes the words of a home page that stand in its front matter alone.
fn hero(front: &Map<String, Value>) -> String {
    let get = |value: &Value, key: &str| value.get(key).map(text).unwrap_or_default();
    let mut out = String::new();
    if let Some(hero) = front.get("hero") {
        for line in [get(hero, "text"), get(hero, "tagline")]
            .iter()
            .filter(|it| !it.is_empty())
        {
            out.push_str(&format!("{line}\n\n"));
        }
    }
    for one in front
        .get("features")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        let (title, details) = (get(one, "title"), get(one, "details"));
        out.push_str(&format!("- **{title}**：{details}\n"));
    }
    out
}

impl Tree<'_> {
    /// Writes the front matter; returns it and the body, without a first heading that is the title.
    pub(super) fn front(
        &mut self,
        front: &Map<String, Value>,
        body: &str,
        source: &Source,
    ) -> (String, String) {
        let mut out = String::new();
        let mut line = |key: &str, value: &str| out.push_str(&format!("{key}: {value}\n"));
        let get = |keys: &[&str]| {
            keys.iter()
                .find_map(|key| front.get(*key))
                .filter(|it| !it.is_null())
        };
        let given = get(&TITLE).map(text).filter(|it| !it.is_empty());
        let (own, body) = first_heading(body);
        let stem = stem(&source.old);
        let name = front.get("hero").and_then(|it| it.get("name")).map(text);
        let given = given.or(name).filter(|it| !it.is_empty());
        let title = given
            .clone()
            .or(own.clone())
            .unwrap_or_else(|| stem.to_owned());
        let is_same = own
            .as_deref()
            .is_some_and(|own| given.as_deref().is_none_or(|it| it == own));
        let body = match (is_same, own) {
            (false, Some(own)) => format!("# {own}\n{body}"),
            _ => format!("{}{body}", hero(front)),
        };
        line("title", &starter::scalar(&title));
        let date = date(front, &source.old);
        if let Some(date) = date {
            line("date", &date.to_string());
        }
        if let Some(last) = get(&EXPIRES).and_then(day) {
            line("expires", &last.to_string());
        }
        if let Some(summary) = get(&SUMMARY).map(text).filter(|it| !it.is_empty()) {
            let one = summary.split_whitespace().collect::<Vec<_>>().join(" ");
            line("summary", &starter::scalar(&one));
        }
        if let Some(order) = get(&ORDER).and_then(Value::as_i64) {
            line("order", &order.to_string());
        }
        let flag = |key: &str| front.get(key).and_then(Value::as_bool);
        let is_draft = flag("draft") == Some(true)
            || flag("published") == Some(false)
            || flag("private") == Some(true)
            || flag("hidden") == Some(true)
            || source.old.starts_with("_drafts/");
        let is_locked = front.get("password").is_some_and(|it| !text(it).is_empty());
        if is_locked {
            self.tally.here("import-tree-password", "");
        }
        if is_draft || is_locked {
            line("status", "draft");
        }
        if let Some(toc) = flag("toc") {
            line("toc", &toc.to_string());
        }
        let mut aliases: Vec<String> = get(&ALIASES).map(texts).unwrap_or_default();
        aliases.extend(self.old_address(front, source, date));
        let own = self
            .moved
            .get(&source.old)
            .map(|new| new_address(new))
            .unwrap_or_default();
        aliases.iter_mut().for_each(|it| *it = rooted(it));
        aliases.retain(|it| {
            it.trim_matches('/') != own.trim_matches('/')
                && it.trim_matches('/') != format!("{own}/index.html").trim_matches('/')
        });
        aliases.dedup();
        if !aliases.is_empty() {
            let list: Vec<String> = aliases
                .iter()
                .map(|it| Value::from(it.as_str()).to_string())
                .collect();
            line("aliases", &format!("[{}]", list.join(", ")));
        }
        if let Some(picture) = self.picture(get(&PICTURE), source) {
            line("picture", &starter::scalar(&picture));
        }
        for (key, what) in [("tags", "标签"), ("categories", "分类")] {
            let singular = if key == "tags" { "tag" } else { "category" };
            let terms = front
                .get(key)
                .or_else(|| front.get(singular))
                .map(texts)
                .unwrap_or_default();
            let wanted = self.terms(key, what, &terms);
            if let Some((key, terms)) = wanted {
                let list: Vec<String> = terms
                    .iter()
                    .map(|it| Value::from(it.as_str()).to_string())
                    .collect();
                line(&key, &format!("[{}]", list.join(", ")));
            }
        }
        self.count(front);
        (out, body)
    }

    /// Says where tags or categories go: to a taxonomy of the site, or to its topics.
    fn terms(&mut self, key: &str, what: &str, terms: &[String]) -> Option<(String, Vec<String>)> {
        if terms.is_empty() {
            return None;
        }
        let taxonomies = &self.wish.site.settings.website.taxonomies;
        let own = taxonomies
            .iter()
            .find(|it| it.id == key || it.title == what || it.title == key);
        if let Some(own) = own {
            return Some((own.id.clone(), terms.to_vec()));
        }
        let topics = &self.wish.site.settings.topics;
        let known: Vec<String> = (terms.iter())
            .filter_map(|term| topic::find(topics, term))
            .map(|topic| topic.id.clone())
            .collect();
        if known.len() < terms.len() {
            self.tally.here("import-tree-terms", key);
        }
        // Topics are one key: of two lists the first counts.
        let is_free =
            key == "tags" || !self.wish.site.settings.topics.is_empty() && known.is_empty();
        (is_free && !known.is_empty()).then(|| ("topics".to_owned(), known))
    }

    fn picture(&mut self, value: Option<&Value>, source: &Source) -> Option<String> {
        let named = match value? {
            Value::Object(map) => map.get("image").or_else(|| map.get("src")).map(text)?,
            Value::Array(list) => list.first().map(text)?,
            other => text(other),
        };
        let found = self.target(&named, &source.old);
        if found.is_none() && !named.is_empty() {
            self.tally.here("import-tree-picture", "");
        }
        found
    }

    /// Counts keys that were understood and those that have no equal.
    fn count(&mut self, front: &Map<String, Value>) {
        let known = [
            &TITLE[..],
            &DATE,
            &EXPIRES,
            &SUMMARY,
            &ORDER,
            &PICTURE,
            &ALIASES,
            &ADDRESS,
        ]
        .concat();
        let others = [
            "draft",
            "published",
            "private",
            "hidden",
            "toc",
            "password",
            "tags",
            "tag",
            "categories",
            "category",
            "slug",
            "hero",
            "features",
            "permalink",
        ];
        for (key, value) in front {
            if known.contains(&key.as_str()) || others.contains(&key.as_str()) {
                self.tally.n_keys += 1;
            } else if ["author", "authors", "作者"].contains(&key.as_str()) {
                self.tally.here("import-tree-author", key);
            } else if !SILENT.contains(&key.as_str()) && !value.is_null() {
                self.tally.here("import-tree-key", key);
            } else {
                self.tally.n_keys += 1;
            }
        }
    }

    /// Returns the address that a page had, where it had another than here.
    pub(super) fn old_address(
        &self,
        front: &Map<String, Value>,
        source: &Source,
        date: Option<Date>,
    ) -> Vec<String> {
        let mut all: Vec<String> = ADDRESS
            .iter()
            .filter_map(|key| front.get(*key))
            .map(text)
            .filter(|it| it.contains('/') && !it.contains(':'))
            .collect();
        let path = source
            .old
            .rsplit_once('.')
            .map_or(source.old.as_str(), |(path, _)| path);
        let stem = stem(&source.old);
        let is_post = source.old.starts_with("_posts/") || source.old.contains("/_posts/");
        let slug = front.get("slug").map(text).filter(|it| !it.is_empty());
        let dated = |form: &str, date: Date| {
            let bare = stem
                .get(11..)
                .filter(|_| values::date(stem.get(..10).unwrap_or_default()).is_some());
            let name = slug
                .clone()
                .unwrap_or_else(|| bare.unwrap_or(stem).to_owned());
            form.replace(":year", &format!("{:04}", date.year()))
                .replace(":month", &format!("{:02}", date.month()))
                .replace(":day", &format!("{:02}", date.day()))
                .replace(":title", &name)
                .replace(":name", &name)
                .replace(":slug", &name)
        };
        match self.dialect {
            Dialect::Hexo if is_post => {
                let form = self
                    .permalink
                    .as_deref()
                    .unwrap_or(":year/:month/:day/:title/");
                all.extend(
                    date.map(|date| dated(form, date))
                        .filter(|it| !it.contains(':')),
                );
            }
            Dialect::Jekyll if is_post => {
                let form = match self.permalink.as_deref() {
                    Some("pretty") => "/:year/:month/:day/:title/",
                    Some("none") => "/:title.html",
                    Some(form) if form.contains(':') => form,
                    _ => "/:year/:month/:day/:title.html",
                };
                all.extend(
                    date.map(|date| dated(form, date))
                        .filter(|it| !it.contains(':')),
                );
            }
            Dialect::VitePress if stem != "index" && stem != "README" => {
                all.push(format!("/{path}.html"))
            }
            Dialect::Hugo => {
                if let Some(slug) = slug {
                    let folder = path
                        .rsplit_once('/')
                        .map_or(String::new(), |(folder, _)| format!("{folder}/"));
                    all.push(format!("/{folder}{slug}/"));
                }
            }
            _ => {}
        }
        all.into_iter().map(|it| rooted(&it)).collect()
    }
}

fn rooted(address: &str) -> String {
    match address.starts_with('/') || address.contains("://") {
        true => address.to_owned(),
        false => format!("/{address}"),
    }
}

/// Returns the address of a page here.
fn new_address(new: &str) -> String {
    let path = new.strip_suffix(".md").unwrap_or(new);
    let path = path
        .strip_suffix("/_index")
        .or_else(|| path.strip_suffix("/index"))
        .unwrap_or(path);
    format!("/{path}/")
}

pub(super) fn stem(old: &str) -> &str {
    let last = old.rsplit('/').next().unwrap_or(old);
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    match stem {
        // A bundle or section is called like its folder.
        "index" | "_index" | "README" => {
            let folder = old.rsplit_once('/').map_or("", |(folder, _)| folder);
            let name = folder.rsplit('/').next().unwrap_or_default();
            if name.is_empty() { stem } else { name }
        }
        _ => stem,
    }
}

/// Takes a heading of the first level off the beginning of a body.
fn first_heading(body: &str) -> (Option<String>, &str) {
    let rest = body.trim_start_matches(['\n', ' ', '\r']);
    let line = rest.lines().next().unwrap_or_default();
    match line.strip_prefix("# ") {
        Some(title) if !title.contains(['{', '[', '<', '`']) => {
            let title = title.trim().trim_end_matches('#').trim().to_owned();
            (Some(title).filter(|it| !it.is_empty()), &rest[line.len()..])
        }
        _ => (None, body),
    }
}

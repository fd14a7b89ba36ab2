//! The sample community, made the user's own by name and city.

use std::borrow::Cow;

use rust_embed::Embed;

use super::NewFile;
use crate::diag::SitePath;

/// The sample's content, as files.
#[derive(Embed)]
#[folder = "content/"]
struct Content;

/// The sample's data files.
#[derive(Embed)]
#[folder = "data/"]
struct Data;

/// The sample's settings.
const SETTINGS: &str = include_str!("../../greenboard.yaml");

/// What a new site's version control leaves out.
const IGNORED: &str = "/public/\n/print/\n/.greenboard/\n";

/// Names in the sample that stand for the user's own, the longest first.
const NAME: &str = "梧桐里社区";
const SHORT: &str = "梧桐里";
const OFFICE: &str = "梧社居";
const CITY: &str = "澜州市";
const CITY_SHORT: &str = "澜州";

/// Whose site it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Community {
    /// The community's name, such as 石榴园社区.
    pub name: String,
    /// What the committee is called in document numbers, such as 石社居; made from the name where
    /// absent.
    pub office: Option<String>,
    /// The city, such as 明州市.
    pub city: String,
    /// The site's address; posters carry no QR code without one.
    pub url: Option<String>,
}

impl Default for Community {
    fn default() -> Self {
        Self {
            name: NAME.to_owned(),
            office: None,
            city: CITY.to_owned(),
            url: None,
        }
    }
}

impl Community {
    /// Tells whether `text` can be a name in running text and in YAML without quotes.
    pub fn is_name(text: &str) -> bool {
        let usable = |c: char| c.is_alphanumeric() || " ·-（）".contains(c);
        let length = text.chars().count();
        (2..=24).contains(&length)
            && text.trim() == text
            && text.starts_with(char::is_alphabetic)
            && text.chars().all(usable)
    }

    /// Returns what stands for each name of the sample.
    fn names(&self) -> [(&'static str, String); 6] {
        let name = self.name.as_str();
        let body = name
            .strip_suffix("居民委员会")
            .or_else(|| name.strip_suffix("居委会"))
            .filter(|body| !body.is_empty())
            .unwrap_or(name);
        let short = body.strip_suffix("社区").filter(|short| !short.is_empty());
        let committee = if body.ends_with('村') {
            format!("{body}村民委员会")
        } else {
            format!("{body}居民委员会")
        };
        let office = self.office.clone().unwrap_or_else(|| {
            let first = body.chars().next().unwrap_or('社');
            format!("{first}社居")
        });
        let city = self.city.as_str();
        [
            ("梧桐里社区居民委员会", committee),
            (NAME, body.to_owned()),
            (SHORT, short.unwrap_or(body).to_owned()),
            (OFFICE, office),
            (CITY, city.to_owned()),
            (
                CITY_SHORT,
                city.strip_suffix('市').unwrap_or(city).to_owned(),
            ),
        ]
    }
}

/// Returns the files of a new site.
pub fn sample(community: &Community) -> Vec<NewFile> {
    let names = community.names();
    let mut files = vec![
        NewFile {
            path: SitePath::fixed(crate::read::SETTINGS),
            bytes: Cow::Owned(settings(community, &names).into_bytes()),
        },
        NewFile {
            path: SitePath::fixed(".gitignore"),
            bytes: Cow::Borrowed(IGNORED.as_bytes()),
        },
    ];
    let content = Content::iter().map(|name| (crate::read::CONTENT, Content::get(&name), name));
    let data = Data::iter().map(|name| (crate::read::data::DATA, Data::get(&name), name));
    for (folder, file, name) in content.chain(data) {
        let Some((path, file)) = SitePath::fixed(folder).join(&name).zip(file) else {
            continue;
        };
        if path.file_name().starts_with('.') {
            continue;
        }
        let bytes = match path.extension() {
            "md" | "yaml" | "svg" | "csv" => owned(&file.data, &names),
            _ => file.data,
        };
        files.push(NewFile { path, bytes });
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

fn owned(bytes: &[u8], names: &[(&'static str, String)]) -> Cow<'static, [u8]> {
    Cow::Owned(rename(&String::from_utf8_lossy(bytes), names).into_bytes())
}

/// Replaces the sample's address by the user's, or takes it out: a QR code must not lead to a
/// site that is not there.
fn settings(community: &Community, names: &[(&'static str, String)]) -> String {
    let line = |line: &str| match (line.starts_with("base_url:"), &community.url) {
        (true, Some(url)) => format!("base_url: {url}\n"),
        (true, None) => "# base_url: https://example.org/\n".to_owned(),
        (false, _) => format!("{line}\n"),
    };
    rename(&SETTINGS.lines().map(line).collect::<String>(), names)
}

/// Replaces all names in one walk, so that a new name is never replaced again.
fn rename(text: &str, names: &[(&'static str, String)]) -> String {
    let mut renamed = String::with_capacity(text.len());
    let mut rest = text;
    'text: while let Some(c) = rest.chars().next() {
        for (old, new) in names {
            if let Some(after) = rest.strip_prefix(old) {
                renamed.push_str(new);
                rest = after;
                continue 'text;
            }
        }
        renamed.push(c);
        rest = &rest[c.len_utf8()..];
    }
    renamed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn community(name: &str, city: &str) -> Community {
        Community {
            name: name.to_owned(),
            city: city.to_owned(),
            ..Community::default()
        }
    }

    #[test]
    fn names_follow_from_the_communitys_and_the_citys() {
        let text = "梧桐里社区居民委员会、梧桐里社区、梧桐里、梧社居〔2026〕12号、《澜州市办法》、澜州、梧桐路";
        for (name, renamed) in [
            (
                "石榴园社区",
                "石榴园社区居民委员会、石榴园社区、石榴园、石社居〔2026〕12号、《明州市办法》、明州、梧桐路",
            ),
            (
                "石榴园社区居委会",
                "石榴园社区居民委员会、石榴园社区、石榴园、石社居〔2026〕12号、《明州市办法》、明州、梧桐路",
            ),
            (
                "新梧桐里社区",
                "新梧桐里社区居民委员会、新梧桐里社区、新梧桐里、新社居〔2026〕12号、《明州市办法》、明州、梧桐路",
            ),
            (
                "河湾村",
                "河湾村村民委员会、河湾村、河湾村、河社居〔2026〕12号、《明州市办法》、明州、梧桐路",
            ),
        ] {
            assert_eq!(rename(text, &community(name, "明州市").names()), renamed);
        }
    }

    #[test]
    fn nothing_of_the_samples_own_names_is_left() {
        for file in sample(&community("石榴园社区", "明州市")) {
            let text = String::from_utf8_lossy(&file.bytes);
            for old in [SHORT, OFFICE, CITY_SHORT, "wutongli"] {
                assert!(!text.contains(old), "{} still says {old}", file.path);
            }
        }
    }

    #[test]
    fn the_address_is_the_users_or_none() {
        let settings = |url: Option<&str>| {
            let url = url.map(str::to_owned);
            let files = sample(&Community {
                url,
                ..Community::default()
            });
            let file = files
                .into_iter()
                .find(|file| file.path.as_str() == "greenboard.yaml");
            String::from_utf8(file.expect("it has settings").bytes.into_owned()).expect("text")
        };
        assert!(settings(None).contains("\n# base_url:"));
        assert!(settings(Some("https://a.cn/")).contains("\nbase_url: https://a.cn/\n"));
        assert_eq!(
            settings(None).replace(
                "# base_url: https://example.org/",
                "base_url: https://wutongli.example/"
            ),
            SETTINGS
        );
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
    }
}

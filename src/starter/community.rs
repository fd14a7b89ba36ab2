//! Whose site a new one is, and what the files of new sites say of it.

use std::collections::BTreeMap;

use super::form::scalar;
use super::local::Local;

/// What a community is called where nobody says.
const SOME: &str = "本社区";

/// Whose site it is; what is absent is left to be filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Community {
    /// The community's name, such as 石榴园社区.
    pub name: Option<String>,
    /// The city, such as 明州市.
    pub city: Option<String>,
    /// The site's address; posters carry no QR code without one.
    pub url: Option<String>,
    /// The committee's telephone.
    pub phone: Option<String>,
    /// Where the committee is.
    pub address: Option<String>,
    /// Its office hours.
    pub hours: Option<String>,
    /// The property management's telephone.
    pub property: Option<String>,
    /// Where bulky waste is booked.
    pub bulky: Option<String>,
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

    /// Tells whether `text` can be a telephone number.
    pub fn is_phone(text: &str) -> bool {
        let usable = |c: char| c.is_ascii_digit() || " -()+转".contains(c);
        let n_digits = text.chars().filter(char::is_ascii_digit).count();
        (3..=20).contains(&n_digits) && text.trim() == text && text.chars().all(usable)
    }

    /// Returns the community's name, its short form and its committee's.
    pub(super) fn names(&self) -> [(&'static str, String); 3] {
        let Some(name) = self.name.as_deref() else {
            let committee = blank("落款用的单位全称");
            return [
                ("name", SOME.to_owned()),
                ("short", SOME.to_owned()),
                ("committee", committee),
            ];
        };
        let body = name
            .strip_suffix("居民委员会")
            .or_else(|| name.strip_suffix("居委会"))
            .filter(|body| !body.is_empty())
            .unwrap_or(name);
        let short = body.strip_suffix("社区").filter(|short| !short.is_empty());
        let committee = match body.ends_with('村') {
            true => format!("{body}村民委员会"),
            false => format!("{body}居民委员会"),
        };
        [
            ("name", body.to_owned()),
            ("short", short.unwrap_or(body).to_owned()),
            ("committee", committee),
        ]
    }

    /// Returns the telephone that `own.yaml` calls `key`.
    pub(super) fn telephone(&self, key: &str) -> Option<&str> {
        let number = match key {
            "phone" => &self.phone,
            "property" => &self.property,
            "bulky" => &self.bulky,
            _ => &None,
        };
        number.as_deref()
    }

    /// Returns what stands for `{{…}}` in the files of new sites.
    pub(super) fn values(&self, local: &Local) -> BTreeMap<&'static str, String> {
        let given = |value: &Option<String>, asked| match value {
            Some(value) => scalar(value),
            None => blank(asked),
        };
        let url = self.url.as_ref();
        let url = url.map_or_else(
            || "# base_url: https://example.org/".to_owned(),
            |url| format!("base_url: {url}"),
        );
        let mut values = BTreeMap::from(self.names());
        values.extend(local.values());
        values.extend([
            ("url_line", url),
            ("phone", given(&self.phone, "社区电话")),
            ("address", given(&self.address, "社区地址")),
            ("hours", given(&self.hours, "办公时间")),
        ]);
        values
    }
}

/// Writes what is to be filled in.
pub(super) fn blank(asked: &str) -> String {
    format!("【待填：{asked}】")
}

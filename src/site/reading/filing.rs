//! Reading `filing:`, the numbers under which a website is registered.

use crate::diag::words;
use crate::read::{Fields, Form::*, Keys, values};
use crate::site::settings::Filing;

/// The keys of `filing:`.
pub(super) const FILING: Keys = &[
    ("icp", &["ICP", "网站备案"], Text),
    ("police", &["公安", "公安备案"], Text),
];

/// Reads the numbers; a slip in one would lead a reader who checks it to somebody else.
pub(super) fn read(fields: &Fields) -> Filing {
    let Some(own) = fields.fields("filing", FILING) else {
        return Filing::default();
    };
    let number = |key, expected, example, is_one: fn(&str) -> bool| {
        own.parsed(key, expected, example, |text| {
            let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
            let plain: String = plain.chars().map(values::half_width).collect();
            is_one(&plain).then_some(plain)
        })
    };
    Filing {
        icp: number("icp", words("icp"), "沪ICP备12345678号-1", is_icp),
        police: number(
            "police",
            words("police-filing"),
            "沪公网安备31010602000001号",
            is_police,
        ),
    }
}

/// Tells whether `text` has the form 沪ICP备12345678号 or 沪ICP备12345678号-1.
fn is_icp(text: &str) -> bool {
    let Some((number, site)) = without_province(text)
        .and_then(|rest| rest.strip_prefix("ICP备"))
        .and_then(|rest| rest.split_once('号'))
    else {
        return false;
    };
    let site = site.strip_prefix('-').unwrap_or("1");
    matches!(number.len(), 8..=10)
        && is_figures(number)
        && !site.is_empty()
        && is_figures(site)
        && (text.ends_with('号') || text.contains("号-"))
}

/// Tells whether `text` has the form 沪公网安备31010602000001号.
fn is_police(text: &str) -> bool {
    without_province(text)
        .and_then(|rest| rest.strip_prefix("公网安备")?.strip_suffix('号'))
        .is_some_and(|number| number.len() == 14 && is_figures(number))
}

fn without_province(text: &str) -> Option<&str> {
    let mut rest = text.chars();
    rest.next().filter(|c| {
        "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤川青藏琼宁滇黔陇秦".contains(*c)
    })?;
    Some(rest.as_str())
}

fn is_figures(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_the_form_that_the_registers_give_them() {
        for good in ["沪ICP备12345678号", "粤ICP备2026000001号-3"] {
            assert!(is_icp(good), "{good}");
        }
        for bad in [
            "ICP备12345678号",
            "沪ICP备12345678",
            "沪ICP证030173号",
            "沪ICP备1234号",
            "沪ICP备12345678号甲",
            "沪ICP备12345678号-",
        ] {
            assert!(!is_icp(bad), "{bad}");
        }
        assert!(is_police("沪公网安备31010602000001号"));
        assert!(!is_police("沪公网安备3101060200000号"));
        assert!(!is_police("公网安备31010602000001号"));
    }
}

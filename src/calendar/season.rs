//! Seasons: the days of a year on which something is worth saying, as people name them.
//!
//! `10-15 to 03-31`, `5月到9月`, `供暖期`, `立冬到立春`, `端午前后7天`, `国庆前3天`, `春节前十天到元宵节`.
//! A season that ends before it begins goes on into the next year.

use jiff::ToSpan;
use jiff::civil::Date;

use super::DaySpan;
use super::days::named;
use super::rule::{MonthDay, Rule, is_term};

/// The days of a year on which something is worth saying.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Season {
    /// As it is written.
    pub name: String,
    stretches: Vec<(Edge, Edge)>,
}

/// A name that a site gives to some days of the year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedSeason {
    /// Such as 供暖期.
    pub name: String,
    /// Its days.
    pub season: Season,
}

/// A first or last day.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Edge {
    rule: Rule,
    /// Days later; earlier where negative.
    later: i64,
}

/// What people call the seasons that follow rules of the town; a site says its own days under
/// `seasons:` where these are others.
///
/// 供暖期: 11月15日 to 3月15日 (北京市供热采暖管理办法, and most towns of the north). 汛期: 6月1日 to
/// 9月30日 (防汛条例 leaves it to each province; these days are in all of them). School terms as the
/// education offices of most towns announce them, to a week.
const BUILT_IN: [(&[&str], &str); 10] = [
    (&["供暖期", "采暖期", "取暖期", "heating"], "11-15 to 03-15"),
    (&["汛期", "雨季", "flood"], "06-01 to 09-30"),
    (
        &["学期", "上学", "开学期间", "school"],
        "02-25 to 07-05;09-01 to 01-15",
    ),
    (
        &["寒暑假", "假期", "holidays"],
        "01-16 to 02-24;07-06 to 08-31",
    ),
    (&["寒假"], "01-16 to 02-24"),
    (&["暑假"], "07-06 to 08-31"),
    (&["春", "春季", "春天", "spring"], "03-01 to 05-31"),
    (&["夏", "夏季", "夏天", "summer"], "06-01 to 08-31"),
    (&["秋", "秋季", "秋天", "autumn"], "09-01 to 11-30"),
    (&["冬", "冬季", "冬天", "winter"], "12-01 to 02-29"),
];

/// Holidays that are no environmental days, by what people call them: 全国年节及纪念日放假办法.
const HOLIDAYS: [(&[&str], (i8, i8)); 7] = [
    (&["元旦", "新年", "元旦节"], (1, 1)),
    (&["三八", "三八节", "妇女节", "三八妇女节"], (3, 8)),
    (&["五一", "五一节", "劳动节", "五一劳动节"], (5, 1)),
    (&["五四", "青年节", "五四青年节"], (5, 4)),
    (&["六一", "六一节", "儿童节", "六一儿童节"], (6, 1)),
    (&["教师节"], (9, 10)),
    (&["国庆", "国庆节", "十一"], (10, 1)),
];

/// What stands between the first and the last day.
const BETWEEN: [&str; 9] = [" to ", "到", "至", "～", "~", "—", "–", "..", " - "];

impl Season {
    /// Reads a season; `own` are the site's names, which come first. `None` where it is none.
    pub fn parse(text: &str, own: &[NamedSeason]) -> Option<Self> {
        let name: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some(known) = own.iter().find(|it| it.name == name) {
            return Some(Self {
                name,
                ..known.season.clone()
            });
        }
        let lower = name.to_lowercase();
        let built_in = BUILT_IN.iter().find(|(names, _)| names.contains(&&*lower));
        let days = built_in.map_or(name.as_str(), |(_, days)| days);
        let stretches = days.split(';').map(stretch).collect::<Option<Vec<_>>>()?;
        Some(Self { name, stretches })
    }

    /// Joins several into one.
    pub fn joined(seasons: Vec<Self>) -> Option<Self> {
        let names: Vec<&str> = seasons.iter().map(|season| &*season.name).collect();
        let name = names.join("、");
        (!seasons.is_empty()).then(|| Self {
            name,
            stretches: seasons.into_iter().flat_map(|it| it.stretches).collect(),
        })
    }

    /// Returns its days that share a day with `first..=last`, in order.
    pub fn between(&self, first: Date, last: Date) -> Vec<DaySpan> {
        // 元旦前三天 begins in the year before its day.
        let years = first.year().saturating_sub(1)..=last.year().saturating_add(1);
        let of_year = |year: i16| self.stretches.iter().filter_map(move |it| span(it, year));
        let mut spans: Vec<DaySpan> = years
            .flat_map(of_year)
            .filter(|span| span.first <= last && first <= span.last)
            .collect();
        spans.sort();
        spans
    }
}

fn span((first, last): &(Edge, Edge), year: i16) -> Option<DaySpan> {
    let begin = first.first(year)?;
    let end = last.last(year).filter(|end| begin <= *end);
    Some(DaySpan {
        first: begin,
        last: end.or_else(|| last.last(year + 1))?,
    })
}

impl Edge {
    fn first(&self, year: i16) -> Option<Date> {
        self.moved(self.rule.in_year(year).first()?.first)
    }

    fn last(&self, year: i16) -> Option<Date> {
        self.moved(self.rule.in_year(year).first()?.last)
    }

    fn moved(&self, day: Date) -> Option<Date> {
        day.checked_add(self.later.days()).ok()
    }
}

/// Reads one stretch of days.
fn stretch(text: &str) -> Option<(Edge, Edge)> {
    let text = text.trim();
    // 夏至至立秋 has the word twice.
    let cuts = BETWEEN.iter().flat_map(|word| text.match_indices(word));
    let mut halves = cuts.filter_map(|(at, word)| {
        let (first, last) = (&text[..at], &text[at + word.len()..]);
        edge(first).zip(edge(last))
    });
    halves.next().or_else(|| around(text)).or_else(|| {
        let edge = edge(text)?;
        Some((edge.clone(), edge))
    })
}

/// Reads a day with so many days before and after it: 端午前后7天, 春节前10天后15天.
fn around(text: &str) -> Option<(Edge, Edge)> {
    let (at, both) = match text.find("前后") {
        Some(at) => (at, true),
        None => (text.find(['前', '后'])?, false),
    };
    let (name, rest) = text.split_at(at);
    let rule = rule(name)?;
    let edges = |before: i64, after: i64| {
        let edge = |later| Edge {
            rule: rule.clone(),
            later,
        };
        (edge(-before), edge(after))
    };
    if both {
        let n = days(rest.strip_prefix("前后")?)?;
        return Some(edges(n, n));
    }
    match rest.strip_prefix('前') {
        None => Some(edges(0, days(rest.strip_prefix('后')?)?)),
        Some(rest) => match rest.split_once('后') {
            None => Some(edges(days(rest)?, 0)),
            Some((before, after)) => Some(edges(days(before)?, days(after)?)),
        },
    }
}

/// Reads a first or last day: 10-15, 10月15日, 5月, 立冬, 春节前10天.
fn edge(text: &str) -> Option<Edge> {
    let text = text.trim();
    if let Some(rule) = rule(text) {
        return Some(Edge { rule, later: 0 });
    }
    let at = text.find(['前', '后'])?;
    let (name, rest) = text.split_at(at);
    let (sign, rest) = match rest.strip_prefix('前') {
        Some(rest) => (-1, rest),
        None => (1, rest.strip_prefix('后')?),
    };
    Some(Edge {
        rule: rule(name)?,
        later: sign * days(rest)?,
    })
}

/// Reads what falls on a day, or a month, by its name or number.
fn rule(text: &str) -> Option<Rule> {
    let text = text.trim();
    let digits = |text: &str| text.trim().parse::<i8>().ok();
    if let Some((month, day)) = text.split_once('月') {
        let month = digits(month)?;
        let day = day.trim().trim_end_matches(['日', '号', '份', '底', '初']);
        return match day.is_empty() {
            true => Rule::month(month),
            false => Some(Rule::day(MonthDay::new(month, digits(day)?)?)),
        };
    }
    if let Some((month, day)) = text.split_once(['-', '/', '.']) {
        return Some(Rule::day(MonthDay::new(digits(month)?, digits(day)?)?));
    }
    if is_term(text) {
        return Rule::parse(&format!("term {text}"));
    }
    let holiday = HOLIDAYS.iter().find(|(names, _)| names.contains(&text));
    let day = holiday.and_then(|(_, (month, day))| MonthDay::new(*month, *day));
    day.map(Rule::day).or_else(|| named(text))
}

/// Reads 7天, 七 or 7 days: so many, up to a hundred.
fn days(text: &str) -> Option<i64> {
    const WORDS: [(&str, i64); 4] = [("一个月", 30), ("1个月", 30), ("半个月", 15), ("半月", 15)];
    // 前3天内, 前后各一周
    let text = text
        .trim()
        .trim_start_matches('各')
        .trim_end_matches(['内', '里']);
    if let Some((_, n)) = WORDS.iter().find(|(word, _)| *word == text) {
        return Some(*n);
    }
    let weeks = ["个星期", "星期", "周"];
    let weeks = weeks.iter().find_map(|word| text.strip_suffix(word));
    let (number, each) = match weeks {
        Some(number) => (number, 7),
        None => (text.trim_end_matches(['天', '日']), 1),
    };
    let number = number.trim();
    let written = || chinese(number);
    let n = number.parse::<i64>().ok().or_else(written)? * each;
    (0..=100).contains(&n).then_some(n)
}

/// Reads a number up to ninety-nine in Chinese: 三, 两, 十, 十五, 二十.
fn chinese(text: &str) -> Option<i64> {
    let digit = |text: &str| match text {
        "两" => Some(2),
        _ => {
            let mut digits = "一二三四五六七八九".chars().zip(1..);
            digits.find(|(c, _)| text == c.to_string()).map(|it| it.1)
        }
    };
    match text.split_once('十') {
        None => digit(text),
        Some((tens, ones)) => {
            let tens = if tens.is_empty() {
                Some(1)
            } else {
                digit(tens)
            };
            let ones = if ones.is_empty() {
                Some(0)
            } else {
                digit(ones)
            };
            Some(tens? * 10 + ones?)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().expect("a test's own day")
    }

    fn in_2026(text: &str) -> String {
        let season = Season::parse(text, &[]).expect(text);
        let spans = season.between(day("2026-01-01"), day("2026-12-31"));
        let shown = spans.iter().map(|it| format!("{}..{}", it.first, it.last));
        shown.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn seasons_are_read_as_people_write_them() {
        for (text, days) in [
            (
                "10-15 to 03-31",
                "2025-10-15..2026-03-31 2026-10-15..2027-03-31",
            ),
            ("5月到9月", "2026-05-01..2026-09-30"),
            ("5月1日至6月15日", "2026-05-01..2026-06-15"),
            ("3月", "2026-03-01..2026-03-31"),
            ("供暖期", "2025-11-15..2026-03-15 2026-11-15..2027-03-15"),
            ("汛期", "2026-06-01..2026-09-30"),
            ("暑假", "2026-07-06..2026-08-31"),
            (
                "立冬到立春",
                "2025-11-07..2026-02-04 2026-11-07..2027-02-04",
            ),
            ("端午前后7天", "2026-06-12..2026-06-26"),
            ("春节前10天后15天", "2026-02-07..2026-03-04"),
            ("春节前10天到元宵节", "2026-02-07..2026-03-03"),
            ("清明", "2026-04-05..2026-04-05"),
            ("国庆前3天", "2026-09-28..2026-10-01"),
            ("春节前后7天", "2026-02-10..2026-02-24"),
            ("国庆节前后各三天", "2026-09-28..2026-10-04"),
            ("五一前一周内", "2026-04-24..2026-05-01"),
            (
                "元旦前十五天到元旦",
                "2025-12-17..2026-01-01 2026-12-17..2027-01-01",
            ),
            ("六一前两周后2个星期", "2026-05-18..2026-06-15"),
            ("夏至至立秋", "2026-06-21..2026-08-07"),
            ("六五环境日前一周到六五环境日", "2026-05-29..2026-06-05"),
        ] {
            assert_eq!(in_2026(text), days, "{text}");
        }
        for text in [
            "",
            "很久",
            "13-01 to 14-01",
            "端午前后很多天",
            "国庆前一百零一天",
            "2月30日",
            "13月",
        ] {
            assert_eq!(Season::parse(text, &[]), None, "{text}");
        }
    }

    #[test]
    fn the_site_s_own_names_come_first() {
        let own = [NamedSeason {
            name: "供暖期".into(),
            season: Season::parse("10-15 to 04-15", &[]).expect("a season"),
        }];
        let season = Season::parse("供暖期", &own).expect("a season");
        let spans = season.between(day("2026-10-20"), day("2026-10-21"));
        assert_eq!(spans[0].first, day("2026-10-15"));
        assert_eq!(season.name, "供暖期");
    }
}

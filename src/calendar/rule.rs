//! Rules that say on which days of a year an environmental day falls.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use tyme4rs::tyme::lunar::LunarDay;
use tyme4rs::tyme::solar::{SOLAR_TERM_NAMES, SolarDay, SolarTerm};

use super::DaySpan;

/// When something falls in a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Rule {
    /// The same days each year.
    Days(MonthDay, MonthDay),
    /// The n-th weekday of a month, the last where `None`.
    Nth(Option<i8>, Weekday, i8),
    /// The seven days from a weekday that hold a day.
    Week(MonthDay, Weekday),
    /// A solar term, and so many days later.
    Term(isize, i64),
    /// Month and day of the Chinese calendar, and so many days later.
    Lunar(usize, usize, i64),
    /// The last Saturday of March, a week earlier where that is Holy Saturday.
    EarthHour,
    /// Published each year; the days are a guess.
    Announced(MonthDay, MonthDay),
    /// Set locally each year.
    Local,
}

/// Month and day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct MonthDay(i8, i8);

impl Rule {
    /// Reads a rule as `days.yaml` writes it.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let words: Vec<&str> = text.split_whitespace().collect();
        Some(match words[..] {
            ["fixed", day] => {
                let day = MonthDay::parse(day)?;
                Self::Days(day, day)
            }
            ["range", span] => {
                let (first, last) = parse_span(span)?;
                Self::Days(first, last)
            }
            ["nth", n, weekday, month] => {
                let n = match n {
                    "last" => None,
                    n => Some(n.parse().ok().filter(|n| (1..=4).contains(n))?),
                };
                let month = month.parse().ok().filter(|m| (1..=12).contains(m))?;
                Self::Nth(n, parse_weekday(weekday)?, month)
            }
            ["week", day, "from", weekday] => {
                Self::Week(MonthDay::parse(day)?, parse_weekday(weekday)?)
            }
            ["term", name] => Self::Term(parse_term(name)?, 0),
            ["term", name, later] => Self::Term(parse_term(name)?, later.parse().ok()?),
            ["lunar", day] => Self::lunar(day, 0)?,
            ["lunar", day, later] => Self::lunar(day, later.parse().ok()?)?,
            ["earth-hour"] => Self::EarthHour,
            ["announced", span] => {
                let (first, last) = parse_span(span)?;
                Self::Announced(first, last)
            }
            ["local"] => Self::Local,
            _ => return None,
        })
    }

    /// The same day each year.
    pub(super) fn day(day: MonthDay) -> Self {
        Self::Days(day, day)
    }

    /// A month of each year, to its last day.
    pub(super) fn month(month: i8) -> Option<Self> {
        let first = MonthDay::new(month, 1)?;
        let last = first.in_year(2024)?.last_of_month();
        Some(Self::Days(first, MonthDay(month, last.day())))
    }

    fn lunar(day: &str, later: i64) -> Option<Self> {
        let (month, day) = day.split_once('-')?;
        let (month, day) = (month.parse().ok()?, day.parse().ok()?);
        let is_usable = (1..=12).contains(&month) && (1..=29).contains(&day);
        is_usable.then_some(Self::Lunar(month, day, later))
    }

    /// Returns the days in `year`, of which a day of the Chinese calendar may have two or none;
    /// none where only others can say.
    pub(super) fn in_year(&self, year: i16) -> Vec<DaySpan> {
        match *self {
            Self::Lunar(month, day, later) => {
                let days = [year - 1, year].into_iter();
                let days = days.filter_map(|lunar| lunar_day(lunar, month, day, later));
                let spans = days.filter(|day| day.year() == year).map(|day| DaySpan {
                    first: day,
                    last: day,
                });
                spans.collect()
            }
            _ => self.once_in(year).into_iter().collect(),
        }
    }

    fn once_in(&self, year: i16) -> Option<DaySpan> {
        let one = |day| DaySpan {
            first: day,
            last: day,
        };
        match *self {
            Self::Days(first, last) | Self::Announced(first, last) => first.span_to(last, year),
            Self::Nth(n, weekday, month) => {
                let start = Date::new(year, month, 1).ok()?;
                start
                    .nth_weekday_of_month(n.unwrap_or(-1), weekday)
                    .ok()
                    .map(one)
            }
            Self::Week(day, weekday) => {
                let day = day.in_year(year)?;
                let back = day.weekday().since(weekday);
                let first = day.checked_sub(i64::from(back).days()).ok()?;
                let last = first.checked_add(6.days()).ok()?;
                Some(DaySpan { first, last })
            }
            Self::Term(index, later) => {
                let day = solar_term_day(year, index)?;
                day.checked_add(later.days()).ok().map(one)
            }
            Self::EarthHour => earth_hour(year).map(one),
            Self::Lunar(..) | Self::Local => None,
        }
    }
}

impl MonthDay {
    /// Returns the day, where some year has it.
    pub(super) fn new(month: i8, day: i8) -> Option<Self> {
        let day = Self(month, day);
        day.in_year(2024).map(|_| day)
    }

    fn parse(text: &str) -> Option<Self> {
        let (month, day) = text.split_once('-')?;
        Self::new(month.parse().ok()?, day.parse().ok()?)
    }

    /// Returns the day in `year`; the last of February where that has no 29th.
    fn in_year(self, year: i16) -> Option<Date> {
        let leap = (self.0, self.1) == (2, 29) && Date::new(year, 2, 29).is_err();
        Date::new(year, self.0, if leap { 28 } else { self.1 }).ok()
    }

    /// Returns the days from here to `last` in `year`.
    pub(super) fn span_to(self, last: Self, year: i16) -> Option<DaySpan> {
        Some(DaySpan {
            first: self.in_year(year)?,
            last: last.in_year(year)?,
        })
    }
}

/// Reads `05-22..05-28`.
pub(super) fn parse_span(text: &str) -> Option<(MonthDay, MonthDay)> {
    let (first, last) = text.split_once("..")?;
    let (first, last) = (MonthDay::parse(first)?, MonthDay::parse(last)?);
    (first <= last).then_some((first, last))
}

fn parse_weekday(text: &str) -> Option<Weekday> {
    Some(match text {
        "Mon" => Weekday::Monday,
        "Tue" => Weekday::Tuesday,
        "Wed" => Weekday::Wednesday,
        "Thu" => Weekday::Thursday,
        "Fri" => Weekday::Friday,
        "Sat" => Weekday::Saturday,
        "Sun" => Weekday::Sunday,
        _ => return None,
    })
}

/// Tells whether it is the name of a solar term.
pub(super) fn is_term(name: &str) -> bool {
    SOLAR_TERM_NAMES.contains(&name)
}

/// Returns the number of a solar term; 0 is the winter solstice of the year before.
fn parse_term(name: &str) -> Option<isize> {
    let at = SOLAR_TERM_NAMES.iter().position(|known| *known == name)?;
    let at = isize::try_from(at).ok()?;
    Some(if at == 0 { 24 } else { at })
}

/// Returns a day of the Chinese year that begins in `year`, `later` days later.
fn lunar_day(year: i16, month: usize, day: usize, later: i64) -> Option<Date> {
    let solar =
        LunarDay::from_ymd(isize::from(year), isize::try_from(month).ok()?, day).get_solar_day();
    date(&solar)?.checked_add(later.days()).ok()
}

/// Returns the first of the 24 solar terms (节气) that begins between two days, by its Chinese name.
pub fn solar_term_between(first: Date, last: Date) -> Option<(&'static str, Date)> {
    let indices = (1_isize..).take(SOLAR_TERM_NAMES.len());
    let mut terms = indices.filter_map(|index| {
        let day = solar_term_day(first.year(), index)?;
        let at = usize::try_from(index).ok()? % SOLAR_TERM_NAMES.len();
        Some((SOLAR_TERM_NAMES[at], day))
    });
    terms.find(|(_, day)| first <= *day && *day <= last)
}

fn solar_term_day(year: i16, index: isize) -> Option<Date> {
    let day = SolarTerm::from_index(isize::from(year), index)
        .get_julian_day()
        .get_solar_day();
    date(&day)
}

fn date(day: &SolarDay) -> Option<Date> {
    Date::new(
        i16::try_from(day.get_year()).ok()?,
        i8::try_from(day.get_month()).ok()?,
        i8::try_from(day.get_day()).ok()?,
    )
    .ok()
}

/// The day is moved in years in which the churches keep vigil that night: 2016, 2018, 2024, 2027.
fn earth_hour(year: i16) -> Option<Date> {
    let march = Date::new(year, 3, 1).ok()?;
    let saturday = march.nth_weekday_of_month(-1, Weekday::Saturday).ok()?;
    if saturday.checked_add(1.day()).ok()? == easter(year)? {
        return saturday.checked_sub(7.days()).ok();
    }
    Some(saturday)
}

/// Returns Easter Sunday of the Gregorian calendar: the Sunday after the church's full moon on or
/// after 21 March, which 19 years and two corrections a century decide.
fn easter(year: i16) -> Option<Date> {
    let year_number = i32::from(year);
    let century = year_number / 100;
    let golden = year_number % 19;
    let correction = century - century / 4 - (8 * century + 13) / 25;
    let mut moon = (19 * golden + correction + 15).rem_euclid(30);
    // The tables allow no full moon on 19 April, nor two on the 18th within a cycle.
    if moon == 29 || (moon == 28 && golden > 10) {
        moon -= 1;
    }
    let full_moon = Date::new(year, 3, 21).ok()?.checked_add(moon.days()).ok()?;
    full_moon.nth_weekday(1, Weekday::Sunday).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(rule: &str, year: i16) -> String {
        let spans = Rule::parse(rule).expect(rule).in_year(year);
        spans.first().map_or("?".into(), |span| {
            if span.first == span.last {
                span.first.to_string()
            } else {
                format!("{}..{}", span.first, span.last.strftime("%m-%d"))
            }
        })
    }

    #[test]
    fn easter_falls_as_the_churches_say() {
        let known = [
            "2008-03-23",
            "2011-04-24",
            "2016-03-27",
            "2018-04-01",
            "2019-04-21",
            "2024-03-31",
            "2025-04-20",
            "2026-04-05",
            "2027-03-28",
            "2038-04-25",
            "2049-04-18",
            "2076-04-19",
        ];
        for day in known {
            let day: Date = day.parse().expect("a test's own day");
            assert_eq!(easter(day.year()), Some(day));
        }
    }

    /// The days on which the sun reaches each fifteenth degree, at the time of Beijing.
    ///
    /// Source: computed from the sun's longitude by J. Meeus, Astronomical Algorithms, chapter 25;
    /// the nearest to midnight is 芒种 of 2026, by twelve minutes.
    #[test]
    fn solar_terms_of_2026_and_2027_are_where_the_sun_stands() {
        let names = "小寒 大寒 立春 雨水 惊蛰 春分 清明 谷雨 立夏 小满 芒种 夏至 \
            小暑 大暑 立秋 处暑 白露 秋分 寒露 霜降 立冬 小雪 大雪 冬至";
        let days = [
            (
                2026,
                "01-05 01-20 02-04 02-18 03-05 03-20 04-05 04-20 05-05 05-21 06-05 06-21 \
                 07-07 07-23 08-07 08-23 09-07 09-23 10-08 10-23 11-07 11-22 12-07 12-22",
            ),
            (
                2027,
                "01-05 01-20 02-04 02-19 03-06 03-21 04-05 04-20 05-06 05-21 06-06 06-21 \
                 07-07 07-23 08-08 08-23 09-08 09-23 10-08 10-23 11-07 11-22 12-07 12-22",
            ),
        ];
        for (year, days) in days {
            for (name, day) in names.split_whitespace().zip(days.split_whitespace()) {
                let day: Date = format!("{year}-{day}").parse().expect("a test's own day");
                assert_eq!(
                    solar_term_between(day, day),
                    Some((name, day)),
                    "{name} {year}"
                );
            }
        }
    }

    /// As the Hong Kong Observatory's conversion tables and the State Council's holiday notices
    /// have them.
    #[test]
    fn days_of_the_chinese_calendar_fall_where_people_keep_them() {
        let days = |rule: &str, year| -> Vec<String> {
            let spans = Rule::parse(rule).expect(rule).in_year(year).into_iter();
            spans.map(|span| span.first.to_string()).collect()
        };
        for new_year in [
            "2019-02-05",
            "2020-01-25",
            "2021-02-12",
            "2022-02-01",
            "2023-01-22",
            "2024-02-10",
            "2025-01-29",
            "2026-02-17",
            "2027-02-06",
            "2028-01-26",
            "2029-02-13",
            "2030-02-03",
            "2033-01-31",
            "2034-02-19",
        ] {
            let day: Date = new_year.parse().expect("a test's own day");
            assert_eq!(days("lunar 01-01", day.year()), [new_year]);
            let eve = day.checked_sub(1.days()).expect("there is a day before");
            assert_eq!(days("lunar 01-01 -1", day.year()), [eve.to_string()]);
        }
        for (rule, day) in [
            ("lunar 01-15", "2026-03-03"),
            ("lunar 05-05", "2024-06-10"),
            ("lunar 05-05", "2025-05-31"),
            ("lunar 05-05", "2026-06-19"),
            ("lunar 05-05", "2027-06-09"),
            ("lunar 07-07", "2025-08-29"),
            ("lunar 07-07", "2026-08-19"),
            // Behind a month that came twice.
            ("lunar 08-15", "2020-10-01"),
            ("lunar 08-15", "2023-09-29"),
            ("lunar 08-15", "2025-10-06"),
            ("lunar 08-15", "2026-09-25"),
            ("lunar 09-09", "2025-10-29"),
            ("lunar 09-09", "2026-10-18"),
            ("lunar 12-08", "2026-01-26"),
        ] {
            let date: Date = day.parse().expect("a test's own day");
            assert_eq!(days(rule, date.year()), [day], "{rule}");
        }
        // 腊八 came twice in 2022 and not at all in 2023.
        assert_eq!(days("lunar 12-08", 2022), ["2022-01-10", "2022-12-30"]);
        assert_eq!(days("lunar 12-08", 2023), [""; 0]);
    }

    #[test]
    fn earth_hour_makes_way_for_holy_saturday() {
        for (year, day) in [
            (2016, "2016-03-19"),
            (2018, "2018-03-24"),
            (2024, "2024-03-23"),
            (2026, "2026-03-28"),
            (2027, "2027-03-20"),
        ] {
            assert_eq!(on("earth-hour", year), day);
        }
    }

    #[test]
    fn each_rule_finds_its_days() {
        assert_eq!(on("week 05-15 from Sun", 2026), "2026-05-10..05-16");
        assert_eq!(on("week 05-15 from Sun", 2027), "2027-05-09..05-15");
        assert_eq!(on("week 10-16 from Mon", 2026), "2026-10-12..10-18");
        assert_eq!(on("nth 3 Sat 09", 2023), "2023-09-16");
        assert_eq!(on("nth last Fri 02", 2026), "2026-02-27");
        assert_eq!(on("term 清明", 2026), "2026-04-05");
        assert_eq!(on("term 清明 7", 2027), "2027-04-12");
        assert_eq!(on("term 立春", 2025), "2025-02-03");
        assert_eq!(on("term 冬至", 2026), "2026-12-22");
        assert_eq!(on("range 04-01..04-30", 2026), "2026-04-01..04-30");
        assert_eq!(on("local", 2026), "?");
        assert_eq!(Rule::parse("range 04-30..04-01"), None);
        assert_eq!(Rule::parse("fixed 02-30"), None);
        assert_eq!(Rule::parse("lunar 13-01"), None);
    }
}

//! Heads of several rows: what stands above a column, level by level, as one name.

/// What parts the levels of a name.
const BETWEEN: char = '·';
/// How many characters a unit in brackets has at most.
const UNIT: usize = 5;

/// Joins the levels above a column, the highest first: 时间 over 上午 is 时间·上午. A level that is said
/// twice, as by a cell of two rows, counts once; a unit stays last: 收入（元） over 停车 is 收入·停车（元）.
pub(crate) fn joined<'a>(levels: impl IntoIterator<Item = &'a str>) -> String {
    let mut name = String::new();
    for level in levels {
        let level = level.trim();
        if level.is_empty() || last_of(&name) == level || last_of(with_unit(&name).0) == level {
            continue;
        }
        if name.is_empty() {
            name.push_str(level);
            continue;
        }
        let (base, unit) = with_unit(&name);
        name = match with_unit(level).1.is_empty() {
            true => format!("{base}{BETWEEN}{level}{unit}"),
            false => format!("{name}{BETWEEN}{level}"),
        };
    }
    name
}

fn last_of(name: &str) -> &str {
    name.rsplit(BETWEEN).next().unwrap_or(name)
}

/// Parts a name from the unit in brackets at its end.
fn with_unit(name: &str) -> (&str, &str) {
    let open = name
        .char_indices()
        .rev()
        .find(|(_, c)| matches!(c, '（' | '('));
    let Some((at, _)) = open.filter(|(at, _)| *at > 0 && name.ends_with(['）', ')'])) else {
        return (name, "");
    };
    let inner = name[at..].trim_matches(['（', '(', '）', ')']);
    let is_unit = inner.chars().count() <= UNIT && !inner.chars().any(|c| c.is_ascii_digit());
    match is_unit {
        true => name.split_at(at),
        false => (name, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_parted_and_units_stay_last() {
        for (levels, name) in [
            (vec!["时间", "上午"], "时间·上午"),
            (vec!["姓名", "姓名"], "姓名"),
            (vec!["", "备注"], "备注"),
            (vec!["收入（元）", "停车", "地面"], "收入·停车·地面（元）"),
            (vec!["数量（件）", "金额（元）"], "数量（件）·金额（元）"),
            (vec!["支出（元）", "维修", "维修"], "支出·维修（元）"),
            (vec!["名单（2026年）", "姓名"], "名单（2026年）·姓名"),
        ] {
            assert_eq!(joined(levels), name);
        }
    }
}

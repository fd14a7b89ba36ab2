//! What a table is by the heads of its columns, and lists of sorting items.

use std::collections::BTreeSet;

use super::{Table, csv, tell_rows};
use crate::diag::{SitePath, words};
use crate::import::losses::Losses;
use crate::import::{Planned, Wish};
use crate::read::values::fold;
use crate::site::Bin;

/// What a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Items,
    Boards,
    Duties,
    Plan,
    Data,
}

const NAME: [&str; 10] = [
    "名称",
    "物品",
    "物品名称",
    "品名",
    "垃圾",
    "垃圾名称",
    "名字",
    "name",
    "item",
    "title",
];
const BIN: [&str; 9] = [
    "类别",
    "分类",
    "垃圾类别",
    "投放类别",
    "桶",
    "投放",
    "bin",
    "category",
    "type",
];
const ALSO: [&str; 8] = [
    "别名",
    "又名",
    "俗名",
    "别称",
    "俗称",
    "也叫",
    "其他名称",
    "aliases",
];
const DO: [&str; 6] = ["怎么投", "投放要求", "处理方法", "投放方式", "先做", "do"];
const WHY: [&str; 7] = ["为什么", "原因", "理由", "备注", "说明", "remark", "why"];
const OFTEN: [&str; 3] = ["易错", "常错", "common_mistake"];

/// Tells what a table is.
pub(super) fn kind(table: &Table) -> Kind {
    let has = |names: &[&str]| table.column(names).is_some();
    let names_bins = || {
        let column = table.column(&BIN);
        let cells = table
            .rows
            .iter()
            .map(|row| table.cell(row, column))
            .filter(|it| !it.is_empty());
        let (known, all) = cells.fold((0, 0), |(known, all), cell| {
            (known + usize::from(bin(cell).is_some()), all + 1)
        });
        all > 0 && known * 5 >= all * 4
    };
    match () {
        () if has(&NAME) && has(&BIN) && names_bins() => Kind::Items,
        () if super::boards::is_one(table) => Kind::Boards,
        () if has(&super::work::OFTEN) && has(&super::work::WHAT) => Kind::Duties,
        () if has(&super::work::DUE)
            && has(&super::work::STEP)
            && super::work::has_days(table)
            && super::work::holds_most(table) =>
        {
            Kind::Plan
        }
        () => Kind::Data,
    }
}

/// Knows a bin as people write it.
fn bin(word: &str) -> Option<Bin> {
    let word = word.trim().replace("其它", "其他");
    let stem = word
        .trim_end_matches('桶')
        .trim_end_matches("垃圾")
        .trim_end_matches('物');
    let all = [word.clone(), format!("{stem}垃圾"), format!("{stem}物")];
    all.iter().find_map(|word| Bin::from_word(word))
}

/// Plans the list of sorting items: those that the site does not have yet.
pub(super) fn items(table: &Table, wish: &Wish, losses: &mut Losses) -> Option<Planned> {
    let (name, own) = (table.column(&NAME)?, table.column(&BIN)?);
    let columns = [&ALSO[..], &DO, &WHY, &OFTEN].map(|names| table.column(names));
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for item in &wish.site.items {
        taken.insert(fold(&item.name));
        taken.extend(item.also.iter().map(|it| fold(it)));
    }
    let mut rows = vec![
        ["名称", "类别", "别名", "怎么投", "为什么", "易错"]
            .map(str::to_owned)
            .to_vec(),
    ];
    let (mut known, mut odd, mut gone) = (Vec::new(), Vec::new(), Vec::new());
    for row in &table.rows {
        let title = table.cell(row, Some(name));
        let Some(bin) = bin(table.cell(row, Some(own))) else {
            if !title.is_empty() {
                odd.push(title.to_owned());
            }
            continue;
        };
        if title.is_empty() || !taken.insert(fold(title)) {
            known.push(title.to_owned());
            continue;
        }
        let [also, first, why, often] = columns.map(|column| table.cell(row, column));
        let split = also
            .split(['、', '，', ',', ';', '；', '/', '|', '\n'])
            .map(str::trim);
        let (free, doubled): (Vec<&str>, Vec<&str>) = split
            .filter(|it| !it.is_empty())
            .partition(|it| taken.insert(fold(it)));
        gone.extend(
            doubled
                .into_iter()
                .filter(|it| fold(it) != fold(title))
                .map(str::to_owned),
        );
        rows.push(vec![
            title.to_owned(),
            bin.name().to_owned(),
            free.join("、"),
            first.to_owned(),
            why.to_owned(),
            if is_yes(often) {
                "true".to_owned()
            } else {
                String::new()
            },
        ]);
    }
    tell_rows(losses, "import-known-items", &known);
    tell_rows(losses, "import-odd-bins", &odd);
    tell_rows(losses, "import-known-names", &gone);
    let used: Vec<usize> = [Some(name), Some(own)]
        .into_iter()
        .chain(columns)
        .flatten()
        .collect();
    let unused = (0..table.head.len())
        .filter(|at| !used.contains(at))
        .map(|at| table.head[at].clone());
    tell_rows(losses, "import-unused-columns", &unused.collect::<Vec<_>>());
    // Columns that nobody filled in say nothing.
    let n = rows[0].len();
    let filled: Vec<usize> = (0..n)
        .filter(|at| *at < 2 || rows[1..].iter().any(|row| !row[*at].is_empty()))
        .collect();
    let rows: Vec<Vec<String>> = rows
        .iter()
        .map(|row| filled.iter().map(|at| row[*at].clone()).collect())
        .collect();
    (rows.len() > 1).then(|| Planned {
        path: SitePath::fixed("content/sorting/items.csv"),
        bytes: csv(&rows).into_bytes(),
        what: words("import-is-items").with("n", rows.len() - 1),
        is_frame: false,
    })
}

fn is_yes(text: &str) -> bool {
    matches!(
        text.to_lowercase().as_str(),
        "是" | "√" | "✓" | "y" | "yes" | "true" | "1" | "易错" | "对"
    )
}

//! Lists of boards: one page each.

use super::{Table, tell_rows};
use crate::diag::{SitePath, words};
use crate::import::losses::Losses;
use crate::import::{Planned, Wish};
use crate::read::values;
use crate::spelling;
use crate::starter::{self, is_slug};

const NAME: [&str; 8] = [
    "宣传栏",
    "宣传栏名称",
    "栏名",
    "名称",
    "橱窗",
    "橱窗名称",
    "点位名称",
    "栏",
];
const PLACE: [&str; 6] = ["地点", "位置", "安装位置", "所在位置", "点位", "地址"];
const SIZE: [&str; 5] = ["尺寸", "整栏尺寸", "外框尺寸", "栏尺寸", "规格"];
const SLOTS: [&str; 7] = ["版面", "格子", "格数", "版面数", "张数", "可贴", "贴几张"];
const PAPER: [&str; 4] = ["纸张", "纸", "海报尺寸", "幅面"];
const KEEPER: [&str; 5] = ["管理人", "负责人", "责任人", "维护人", "管理员"];
const DISTANCE: [&str; 2] = ["观看距离", "距离"];
const KIND: [&str; 3] = ["类型", "种类", "形式"];

/// Tells whether a table lists boards: it says what each is called, where it is and what it holds.
pub(super) fn is_one(table: &Table) -> bool {
    let has = |names: &[&str]| table.column(names).is_some();
    let column = table.column(&SLOTS);
    let holds = table.rows.iter().any(|row| {
        slots(
            table.cell(row, column),
            table.cell(row, table.column(&PAPER)),
        )
        .is_some()
    });
    has(&NAME) && has(&PLACE) && holds
}

/// Writes what a board holds as its page does: `8 x A3`.
fn slots(text: &str, paper: &str) -> Option<String> {
    let plain: String = text
        .chars()
        .map(values::half_width)
        .filter(|c| !c.is_whitespace())
        .collect();
    let upper = plain.to_uppercase();
    let digits: String = upper.chars().take_while(char::is_ascii_digit).collect();
    let count: u32 = match digits.is_empty() {
        true => values::chinese(plain.split(['张', '格', '块', '个', '幅']).next()?)?,
        false => digits.parse().ok()?,
    };
    let sizes = ["A0", "A1", "A2", "A3", "A4", "A5"];
    let paper = paper.to_uppercase();
    let size = sizes
        .iter()
        .find(|size| upper.contains(**size) || paper.contains(**size))?;
    let lies = text.contains('横') || paper.contains('横');
    (1..=200)
        .contains(&count)
        .then(|| format!("{count} x {size}{}", if lies { "横" } else { "" }))
}

/// Plans a page for each board.
pub(super) fn boards(table: &Table, wish: &Wish, losses: &mut Losses) -> Vec<Planned> {
    let [name, place, size, own, paper, keeper, distance, kind] = [
        &NAME[..],
        &PLACE,
        &SIZE,
        &SLOTS,
        &PAPER,
        &KEEPER,
        &DISTANCE,
        &KIND,
    ]
    .map(|names| table.column(names));
    let (mut files, mut odd) = (Vec::new(), Vec::new());
    let mut order = wish
        .site
        .boards
        .iter()
        .map(|board| board.order)
        .max()
        .unwrap_or(0);
    for row in &table.rows {
        let title = table.cell(row, name);
        if title.is_empty() {
            continue;
        }
        let holds = slots(table.cell(row, own), table.cell(row, paper));
        let slug = spelling::name(title);
        let (Some(holds), true) = (holds, is_slug(&slug)) else {
            odd.push(title.to_owned());
            continue;
        };
        order += 1;
        let mut text = format!("---\ntitle: {}\n", starter::scalar(title));
        let mut line = |key: &str, value: &str| {
            if !value.is_empty() {
                text.push_str(&format!("{key}: {value}\n"));
            }
        };
        let is_window = table.cell(row, kind).contains("窗") || title.contains("橱窗");
        line("kind", if is_window { "window" } else { "board" });
        let scalar = |text: &str| {
            if text.is_empty() {
                String::new()
            } else {
                starter::scalar(text)
            }
        };
        line("place", &scalar(table.cell(row, place)));
        line("order", &order.to_string());
        let whole = table.cell(row, size);
        let is_size = values::size(whole).is_some();
        line("size", if is_size { whole } else { "" });
        let metres: String = table
            .cell(row, distance)
            .chars()
            .filter(|c| c.is_ascii_digit() || *c == '.')
            .collect();
        line("distance", &metres);
        line("keeper", &scalar(table.cell(row, keeper)));
        line("slots", &holds);
        text.push_str("---\n");
        files.extend(
            SitePath::new(&format!("content/boards/{slug}.md")).map(|path| Planned {
                path,
                bytes: text.into_bytes(),
                what: words("import-is-board").with("title", title),
                is_frame: false,
            }),
        );
    }
    tell_rows(losses, "import-odd-boards", &odd);
    let used = [name, place, size, own, paper, keeper, distance, kind];
    let unused = (0..table.head.len())
        .filter(|at| !used.contains(&Some(*at)))
        .map(|at| table.head[at].clone());
    tell_rows(losses, "import-unused-columns", &unused.collect::<Vec<_>>());
    files
}

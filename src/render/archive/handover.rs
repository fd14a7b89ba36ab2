//! 交接单: what a new colleague must know to change the boards tomorrow.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::kept::Evidence;
use super::paper::{Block, Cell, Paper, Table};
use super::report::coming;
use super::words::{day, full_day, rhythm, span, weekday};
use crate::calendar::{Cadence, Period};
use crate::rotation::ledger::Record;
use crate::site::{Area, Board, BoardKind, Person, Shop};

/// Accounts that are forgotten at every handover. Only who keeps them is written here, and by
/// hand: a password in a file is soon everybody's.
const ACCOUNTS: [(&str, &str); 7] = [
    ("这台电脑的开机账号", "谁知道密码"),
    ("网站空间、域名", "登录名在哪里，哪天到期"),
    ("微信公众号、居民群", "管理员是谁，何时转"),
    ("电子屏后台", "登录名、软件在哪台电脑"),
    ("打印店的月结账户", "联系人，欠款到哪天"),
    ("宣传栏钥匙、橱窗钥匙", "几把，在谁手里"),
    ("备份用的U盘、移动硬盘", "放在哪里，最近一次备份"),
];

/// Writes the sheet for `to`, or for a colleague not named yet. The evidence need span no more
/// than today.
pub fn handover(evidence: &Evidence, history: &[Record], to: Option<&str>) -> Paper {
    let site = evidence.site;
    let today = site.today;
    let mut paper = Paper {
        kind: "交接单".to_owned(),
        title: "宣传栏工作交接单".to_owned(),
        organisation: site.settings.organisation.clone(),
        ..Paper::default()
    };
    paper.fact("日期", full_day(today));
    paper.fact("接手人", to.unwrap_or("____________"));
    paper.fact("移交人", "____________");
    boards(&mut paper, evidence);
    people(&mut paper, evidence);
    hangs(&mut paper, evidence, history);
    notices(&mut paper, evidence);
    next(&mut paper, evidence);
    files(&mut paper, evidence);
    accounts(&mut paper);
    paper.blocks.push(Block::Sign {
        names: vec!["移交人".into(), "接手人".into(), "监交人".into()],
    });
    paper
}

fn boards(paper: &mut Paper, evidence: &Evidence) {
    paper.part("宣传栏", "boards");
    let mut table = Table::new(&[
        ("宣传栏", 22),
        ("在哪里", 40),
        ("版面", 34),
        ("管理人", 14),
        ("多久换", 12),
        ("下次更换", 26),
    ]);
    for board in &evidence.site.boards {
        let next = Period::containing(board.cadence, evidence.site.today)
            .next()
            .first();
        table.row([
            Cell::strong(&board.title),
            place(board).into(),
            slots(board).into(),
            Cell::or_missing(board.keeper.as_deref(), "没有写"),
            rhythm_of(board.cadence).into(),
            format!("{}（{}）", day(next), weekday(next)).into(),
        ]);
    }
    paper.table(table, "还没有宣传栏。");
    for board in evidence
        .site
        .boards
        .iter()
        .filter(|board| board.places.len() > 1)
    {
        let places: Vec<&str> = board
            .places
            .iter()
            .map(|place| place.title.as_str())
            .collect();
        paper.note(format!(
            "{}的{}处：{}。",
            board.title,
            places.len(),
            places.join("、")
        ));
    }
}

fn rhythm_of(cadence: Cadence) -> &'static str {
    match cadence {
        Cadence::Month => "每月",
        Cadence::Fortnight => "半月",
        Cadence::Week => "每周",
    }
}

fn place(board: &Board) -> String {
    match board.places.len() {
        0 | 1 => board.place.clone(),
        n => format!("{}，共{n}处", board.place),
    }
}

/// Names the slots by size: A3×4，A2×2；固定：党建.
fn slots(board: &Board) -> String {
    let mut sizes: Vec<(String, usize)> = Vec::new();
    for slot in board.free_slots() {
        let size = match slot.area {
            Area::Screen {
                width_px,
                height_px,
                ..
            } => format!("{width_px}×{height_px}像素"),
            Area::Sheet { .. } => slot.area.size().to_string(),
        };
        match sizes.iter_mut().find(|(known, _)| *known == size) {
            Some((_, n)) => *n += 1,
            None => sizes.push((size, 1)),
        }
    }
    let unit = if board.kind == BoardKind::Screen {
        "个画面"
    } else {
        "格"
    };
    let mut parts: Vec<String> = sizes
        .into_iter()
        .map(|(size, n)| format!("{size} {n}{unit}"))
        .collect();
    let fixed: Vec<&str> = board
        .slots
        .iter()
        .filter_map(|slot| slot.fixed.as_deref())
        .collect();
    if !fixed.is_empty() {
        parts.push(format!("固定不动：{}", fixed.join("、")));
    }
    parts.join("；")
}

fn people(paper: &mut Paper, evidence: &Evidence) {
    let settings = &evidence.site.settings;
    paper.part("人和店", "people");
    let mut table = Table::new(&[("名称", 30), ("做什么", 50), ("电话", 30)]);
    for Person { name, role, phone } in &settings.people {
        table.row([
            Cell::strong(name),
            role.as_deref().unwrap_or("—").into(),
            phone.as_deref().unwrap_or("").into(),
        ]);
    }
    for Shop { name, makes, phone } in &settings.shops {
        table.row([
            Cell::strong(name),
            makes.as_deref().unwrap_or("印制").into(),
            phone.as_deref().unwrap_or("").into(),
        ]);
    }
    let keepers = settings.people.is_empty();
    if keepers {
        let mut names: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for board in &evidence.site.boards {
            if let Some(keeper) = &board.keeper {
                names.entry(keeper).or_default().push(&board.title);
            }
        }
        for (name, boards) in names {
            table.row([
                Cell::strong(name),
                format!("管理{}", boards.join("、")).into(),
                "".into(),
            ]);
        }
    }
    paper.table(
        table,
        "greenboard.yaml 里没有写 people 和 shops；在这里手写。",
    );
    if settings.shops.is_empty() {
        paper
            .note("打印店、安装店没有登记（greenboard.yaml 的 shops）：店名________　电话________");
    }
}

fn hangs(paper: &mut Paper, evidence: &Evidence, history: &[Record]) {
    paper.part("现在挂着什么", "now");
    let open = crate::rotation::ledger::open_on(history, evidence.site.today);
    let mut table = Table::new(&[
        ("宣传栏", 24),
        ("版面", 18),
        ("内容", 48),
        ("挂上", 16),
        ("挂到", 18),
        ("谁挂的", 14),
    ]);
    for record in open {
        let overdue = record.hung.to < evidence.site.today;
        let board = evidence.site.board(&record.hung.board);
        let slot = board.and_then(|board| board.slot(&record.hung.slot));
        let name = slot.and_then(|slot| slot.title.as_deref());
        let until = day(record.hung.to);
        table.row([
            evidence.board_title(&record.hung.board).into(),
            super::evidence::slot_name(&record.hung.slot, name).into(),
            Cell::strong(evidence.hung(&record.hung)),
            day(record.hung.from).into(),
            match overdue {
                true => Cell::missing(format!("{until}，该换了")),
                false => until.into(),
            },
            Cell::or_missing(record.by.as_deref(), "没有写"),
        ]);
    }
    paper.table(
        table,
        "台账里现在没有挂着的。去现场看一遍，用 greenboard post 记上。",
    );
}

fn notices(paper: &mut Paper, evidence: &Evidence) {
    paper.part("还没到期的公示和通知", "notices");
    let today = evidence.site.today;
    let mut table = Table::new(&[("标题", 48), ("文号", 24), ("公示期", 28), ("取下", 22)]);
    for page in &evidence.site.pages {
        let Some((notice, posting)) = page.notice.as_ref().and_then(|n| Some((n, n.posting?)))
        else {
            continue;
        };
        if posting.last >= today {
            table.row([
                Cell::strong(format!("{}《{}》", notice.kind.name(), page.title)),
                notice.number.as_deref().unwrap_or("—").into(),
                span(posting.first, posting.last).into(),
                format!("{}之前不能取", day(after(posting.last))).into(),
            ]);
        }
    }
    paper.table(table, "没有。");
}

fn after(date: Date) -> Date {
    date.tomorrow().unwrap_or(date)
}

fn next(paper: &mut Paper, evidence: &Evidence) {
    paper.part("接下来", "next");
    let month = Period::containing(Cadence::Month, evidence.site.today);
    let mut table = Table::new(&[("日期", 24), ("事项", 100)]);
    for (when, what) in coming(evidence, evidence.site.today, month.next().last()) {
        table.row([when.into(), what.into()]);
    }
    paper.table(table, "还没有安排。");
    let duties: Vec<String> = evidence
        .duties
        .iter()
        .map(|kept| {
            let who = kept
                .duty
                .who
                .as_deref()
                .map(|who| format!("（{who}）"))
                .unwrap_or_default();
            let rhythm = rhythm(kept.duty.every, kept.duty.times);
            format!("{}{rhythm}{who}", kept.duty.title)
        })
        .collect();
    if !duties.is_empty() {
        paper.text(format!("经常性工作：{}。", duties.join("，")));
    }
}

fn files(paper: &mut Paper, evidence: &Evidence) {
    paper.part("东西在哪里", "files");
    let mut table = Table::new(&[("文件", 34), ("是什么", 90)]);
    for (file, what) in [
        ("网站文件夹", "在哪台电脑的哪个盘：________________"),
        (
            "content",
            "所有内容：通知、做法、集中宣传、宣传栏（一块一个文件）",
        ),
        ("greenboard.yaml", "网站名、联系方式、价格、人员、打印店"),
        (
            "plan.lock.yaml",
            "定稿的更换安排；只用 greenboard plan --publish 改",
        ),
        ("ledger", "台账、照片原件、当时的文字；只加不改，每月备份"),
        ("print", "要打印的；greenboard build 重新生成"),
        ("archive", "迎检材料；greenboard archive 重新生成"),
    ] {
        table.row([Cell::strong(file), what.into()]);
    }
    if let Some(address) = &evidence.site.settings.base_url {
        table.row([Cell::strong("网址"), address.as_str().into()]);
    }
    paper.table(table, "");
}

fn accounts(paper: &mut Paper) {
    paper.part("账号和钥匙（手填，不写密码）", "accounts");
    let mut table = Table::new(&[("名称", 40), ("写明", 40), ("手填", 60)]);
    for (name, what) in ACCOUNTS {
        table.row([Cell::strong(name), what.into(), "　\n　".into()]);
    }
    paper.table(table, "");
}

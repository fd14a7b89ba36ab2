//! The status as text for the terminal.

use jiff::civil::Date;

use super::{DutyOverdue, Known, Overdue, RunOut, Should, StageOverdue, Status, Told};
use crate::diag::Language;
use crate::rotation::names::today_s_id;
use crate::rotation::plan::Hanging;
use crate::rotation::text::{Spoken, columns, name, short, state};
use crate::site::{Board, Site};
use crate::typeset::Portion;

/// The widest that a cell may be, in columns of the terminal.
const WIDEST: usize = 60;

/// Tells how things stand: what should hang, board by board, then what is to be done.
pub fn text(site: &Spoken, status: &Status, boards: &[&Board]) -> String {
    let teller = Teller::of(site);
    let mut text = String::new();
    for board in boards {
        text.push_str(&format!("{} ({})\n", board.title, board.id));
        let rows: Vec<Vec<String>> = status
            .should
            .iter()
            .filter(|should| should.board == board.id)
            .map(|should| teller.should(board, should))
            .collect();
        text.push_str(&columns(&rows, WIDEST));
        text.push('\n');
    }
    let here = |id: &str| boards.iter().any(|board| board.id == id);
    let mut part = |title: &'static str, rows: Vec<Vec<String>>| {
        if !rows.is_empty() {
            text.push_str(&format!("{title}\n{}\n", columns(&rows, WIDEST)));
        }
    };
    let late = status.overdue.iter().filter(|late| here(&late.board));
    let run_out = status.run_out.iter().filter(|late| here(&late.board));
    let ending = status.ending.iter().filter(|ending| here(&ending.board));
    part(
        teller.word("该记台账的", "Not entered in the ledger"),
        late.map(|late| teller.overdue(late)).collect(),
    );
    part(
        teller.word(
            "过了最后一天，还没有记取下的",
            "Past the last day, not taken down",
        ),
        run_out.map(|late| teller.run_out(late)).collect(),
    );
    part(
        teller.word("7 天内到期的", "Run out within 7 days"),
        ending.map(|ending| teller.run_out(ending)).collect(),
    );
    part(
        teller.word("过了期限的阶段", "Stages overdue"),
        status
            .stages
            .iter()
            .map(|late| teller.stage(late))
            .collect(),
    );
    part(
        teller.word("没有做够的常规工作", "Duties overdue"),
        status.duties.iter().map(|late| teller.duty(late)).collect(),
    );
    text
}

/// Tells what hung on a day.
pub fn hung_text(site: &Spoken, known: &[Known], day: Date) -> String {
    let teller = Teller::of(site);
    let mut text = format!("{day}\n\n");
    let mut at = 0;
    while at < known.len() {
        let id = &known[at].board;
        let same = known[at..].iter().take_while(|known| known.board == *id);
        let rows: Vec<Vec<String>> = same.map(|known| teller.known(known)).collect();
        let board = site.board(id);
        let title = board.map_or(id.as_str(), |board| &board.title);
        text.push_str(&format!("{title} ({id})\n{}\n", columns(&rows, WIDEST)));
        at += rows.len();
    }
    text
}

/// Finds the words of one language.
struct Teller<'a> {
    site: &'a Site,
    chinese: bool,
}

impl<'a> Teller<'a> {
    fn of(spoken: &Spoken<'a>) -> Self {
        Self {
            site: spoken.site,
            chinese: spoken.language == Language::Chinese,
        }
    }

    fn word(&self, chinese: &'static str, english: &'static str) -> &'static str {
        if self.chinese { chinese } else { english }
    }

    fn should(&self, board: &Board, should: &Should) -> Vec<String> {
        let slot = board.slot(&should.slot).map_or_else(String::new, name);
        match &should.hanging {
            None if should.missed => {
                let missed = self.word("没有挂，台账记了", "nothing hung, by the ledger");
                vec![slot, "—".into(), String::new(), missed.to_owned()]
            }
            None => vec![slot, "—".into()],
            Some(hanging) => vec![
                slot,
                self.sheet(&hanging.poster, should.portion),
                days(hanging.from, hanging.to),
                self.state(should, hanging).to_owned(),
            ],
        }
    }

    fn state(&self, should: &Should, hanging: &Hanging) -> &'static str {
        if should.missed {
            return self.word("没有挂，台账记了", "did not hang, by the ledger");
        }
        state(hanging, (true, self.site.today), self.chinese)
    }

    fn overdue(&self, late: &Overdue) -> Vec<String> {
        let slots = late.slots.join(self.word("、", ", "));
        let since = late.since;
        vec![
            self.board(&late.board),
            if self.chinese {
                format!("第{slots}格，{since} 起")
            } else {
                format!("slots {slots} since {since}")
            },
            format!(
                "greenboard post {} --board {} --by {}",
                late.period,
                late.board,
                self.word("姓名", "NAME")
            ),
        ]
    }

    fn run_out(&self, late: &RunOut) -> Vec<String> {
        let slot = &late.slot;
        vec![
            self.board(&late.board),
            if self.chinese {
                format!("第{slot}格")
            } else {
                format!("slot {slot}")
            },
            self.sheet(&late.poster, late.portion),
            if self.chinese {
                format!("到 {}", late.last)
            } else {
                format!("until {}", late.last)
            },
        ]
    }

    fn stage(&self, late: &StageOverdue) -> Vec<String> {
        vec![
            late.due.to_string(),
            late.title.clone(),
            self.title(&late.page),
            late.who.clone().unwrap_or_default(),
        ]
    }

    fn duty(&self, late: &DutyOverdue) -> Vec<String> {
        let (from, to) = late.round;
        let DutyOverdue {
            done,
            times,
            n_rounds,
            ..
        } = late;
        vec![
            format!("{from}–{}", short(to)),
            late.title.clone(),
            if self.chinese {
                format!("要 {times} 次，做了 {done} 次；今年不够的共 {n_rounds} 期")
            } else {
                format!("{done} of {times}; {n_rounds} rounds short this year")
            },
            late.who.clone().unwrap_or_default(),
        ]
    }

    fn known(&self, known: &Known) -> Vec<String> {
        let slot = self
            .site
            .board(&known.board)
            .and_then(|board| board.slot(&known.slot))
            .map_or_else(|| known.slot.clone(), name);
        match &known.told {
            Told::Hung(record) => {
                let by = record.by.clone().unwrap_or_default();
                let told = self.word("台账", "ledger");
                vec![
                    slot,
                    self.sheet(&record.hung.poster, known.portion),
                    days(record.hung.from, record.hung.to),
                    format!("{told} {}", record.id),
                    by,
                ]
            }
            Told::Missed(hung) => vec![
                slot,
                self.title(&hung.poster),
                days(hung.from, hung.to),
                self.word("没有挂，台账记了", "did not hang, by the ledger")
                    .into(),
            ],
            Told::Planned(hanging) => vec![
                slot,
                self.sheet(&hanging.poster, known.portion),
                days(hanging.from, hanging.to),
                self.word("只有安排，台账没有记", "planned only; not in the ledger")
                    .into(),
            ],
            Told::Nothing => vec![slot, self.word("没有记录", "nothing on record").into()],
        }
    }

    fn board(&self, id: &str) -> String {
        let board = self.site.board(id);
        board.map_or_else(|| id.to_owned(), |board| board.title.clone())
    }

    /// Names a sheet: its poster's title, and which of several sheets it is.
    fn sheet(&self, poster: &str, portion: Option<Portion>) -> String {
        let Some(portion) = portion else {
            return self.title(poster);
        };
        let language = match self.chinese {
            true => Language::Chinese,
            false => Language::English,
        };
        // The number comes first, as a long title is cut.
        format!("{} {}", portion.words(language), self.title(poster))
    }

    /// Returns the poster's title, or its id where its page is gone.
    fn title(&self, poster: &str) -> String {
        let page = self.site.page(today_s_id(self.site, poster));
        page.map_or_else(|| poster.to_owned(), |page| page.title.clone())
    }
}

fn days(from: Date, to: Date) -> String {
    format!("{}–{}", short(from), short(to))
}

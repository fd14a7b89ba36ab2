//! What staff decided otherwise: a line more in `plan.changes.yaml`, and what moves by it.

use std::path::Path;

use jiff::civil::Date;

use super::open::Workspace;
use crate::diag::{SitePath, Warned};
use crate::pipeline::PlanInputs;
use crate::read::{Inputs as _, decode, rewritten};
use crate::rotation::instructions::{self, Instruction, Kind};
use crate::rotation::{self, Change};
use crate::site::Site;
use crate::write::{Held, publish};

/// What somebody wants otherwise, as they name it.
#[derive(Debug, Clone)]
pub struct Otherwise<'a> {
    /// What is to be otherwise.
    pub kind: Kind,
    /// The page, by file or id.
    pub poster: Option<&'a str>,
    /// The board or the slot, such as `east-gate` or `east-gate/3`.
    pub at: Option<&'a str>,
    /// The first day; today where absent.
    pub from: Option<Date>,
    /// The last day.
    pub to: Date,
    /// Who decided it.
    pub by: Option<&'a str>,
    /// Why.
    pub note: Option<&'a str>,
}

/// Why it cannot be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotOtherwise {
    /// A poster is named where none can be, or none where one must be.
    Poster,
    /// There is no such page.
    NoPage(String),
    /// There is no such slot.
    NoSlot(String),
    /// It ends before it begins.
    Days(Date),
}

impl Workspace {
    /// Understands what is to be otherwise; files are named from the folder `here`.
    ///
    /// # Errors
    /// What cannot be of it.
    pub fn instruction(
        &self,
        site: &Site,
        here: &Path,
        wanted: &Otherwise,
    ) -> Result<Instruction, NotOtherwise> {
        let kind = wanted.kind;
        let poster = match (wanted.poster, kind) {
            (Some(_), Kind::Closed) | (None, Kind::Pin | Kind::Off) => {
                return Err(NotOtherwise::Poster);
            }
            (None, Kind::Closed) => None,
            (Some(file), _) => {
                let page = self.page(site, here, Path::new(file));
                let page = page.ok_or_else(|| NotOtherwise::NoPage(file.to_owned()))?;
                Some(page.id.clone())
            }
        };
        let (board, slot) = match wanted.at.map(|at| at.split_once('/').ok_or(at)) {
            Some(Ok((board, slot))) => (Some(board), Some(slot)),
            Some(Err(board)) => (Some(board), None),
            None => (None, None),
        };
        if !is_known(site, kind, board, slot) {
            let at = wanted.at.unwrap_or_default();
            return Err(NotOtherwise::NoSlot(at.to_owned()));
        }
        let from = wanted.from.unwrap_or(site.today);
        if wanted.to < from {
            return Err(NotOtherwise::Days(wanted.to));
        }
        Ok(Instruction {
            kind,
            poster,
            board: board.map(str::to_owned),
            slot: slot.map(str::to_owned),
            from,
            to: wanted.to,
            by: wanted.by.map(str::to_owned),
            note: wanted.note.map(str::to_owned),
            span: None,
        })
    }

    /// Writes a line more, and returns what moves by it.
    pub fn decide(
        &self,
        held: &Held,
        inputs: &mut PlanInputs,
        instruction: Instruction,
    ) -> Warned<Vec<Change>> {
        let path = SitePath::fixed(instructions::PATH);
        let before = self.saved().read(&path).ok();
        let text = before.as_deref().and_then(|bytes| decode(bytes).ok());
        let text = text.map(|decoded| decoded.text);
        let text = instructions::with_line(text.as_deref(), &instruction);
        let bytes = before.and_then(|before| rewritten(&before, &text));
        let bytes = bytes.unwrap_or_else(|| text.into_bytes());
        let earlier =
            rotation::plan_from(&inputs.site, &inputs.fits, &inputs.records, &self.cache).value;
        inputs.records.changes.push(instruction);
        let mut after =
            rotation::plan_from(&inputs.site, &inputs.fits, &inputs.records, &self.cache);
        let changes = rotation::changes(&inputs.site, &earlier, &after.value);
        if let Err(error) = publish(held, &path, &bytes) {
            after.diagnostics.push(error);
        }
        Warned {
            value: changes,
            diagnostics: after.diagnostics,
        }
    }
}

/// Tells whether there is such a place, and whether that kind of change can be of it.
fn is_known(site: &Site, kind: Kind, board: Option<&str>, slot: Option<&str>) -> bool {
    match (board, slot) {
        (None, _) => kind == Kind::Off,
        (Some(board), None) => kind != Kind::Pin && site.board(board).is_some(),
        (Some(board), Some(slot)) => {
            (site.board(board)).is_some_and(|board| board.free_slots().any(|it| it.id == slot))
        }
    }
}

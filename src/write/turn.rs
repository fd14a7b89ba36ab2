//! The step in which output folders get their next state, all together.
//!
//! [`Turn::begin`] puts on record which folders it will make; [`Turn::stage`] makes the next states;
//! [`Turn::carry_out`] puts on record that they are whole and lets them change places with the
//! present ones; [`Turn::settle`] keeps what others did meanwhile and clears away. Whoever is killed
//! in between leaves the record, from which [`finish_last`] takes back what was not whole and
//! finishes what was. What lies in the site is on record by its path within it: a site that is
//! copied in the middle finishes its own folders, not those of the original.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::compare::Changes;
use super::files::{self, Standing};
use super::identity;
use super::manifest::{self, FORMAT, Hashes, Manifest};
use super::stage::Stage;
use super::swap::Swap;
use super::{NOTES, State};
use crate::diag::{Code, Diagnostic, Diagnostics, Value};

/// The record of a turn under way.
const RECORD: &str = "turning.json";

/// An output folder that gets a new state.
pub(super) struct Part<'a> {
    /// Its name in the manifest.
    pub key: String,
    pub target: PathBuf,
    pub changes: Changes<'a>,
    /// The files of ours that it holds in its new state.
    pub after: Hashes,
}

impl Part<'_> {
    /// Clears away folders of ours that no record tells of, as where somebody removed our notes after
    /// a build was cut short; what is in them and not in the output is kept.
    fn clear_unrecorded(&self, root: &Path, diagnostics: &mut Diagnostics) -> io::Result<()> {
        for folder in Stage::new(&self.key, &self.target).folders() {
            if files::standing(&folder)? != Standing::Nothing {
                let swap = Swap::new(&self.key, "", &self.target, &folder, &folder)?;
                swap.rescue(root, &Manifest::default(), diagnostics)?;
                files::clear(&folder)?;
            }
        }
        Ok(())
    }
}

/// How far a turn has come, for who finds its record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Phase {
    /// The next states are being made: they go again.
    Making,
    /// They are whole: all change places, and what others did meanwhile is kept.
    Turning,
    /// All have changed places: what is left of the former states is ours, and goes.
    Clearing,
}

/// A turn of output folders from one state to the next.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Turn {
    format: u32,
    phase: Phase,
    /// Folders of ours that are gone at the end.
    ours: Vec<PathBuf>,
    /// What changes places; none before all is made.
    swaps: Vec<Swap>,
    /// What the output folders hold after it.
    after: BTreeMap<String, Hashes>,
}

impl Turn {
    /// Records the folders that will be made, and the files that the output folders hold `after` it.
    pub(super) fn begin(
        root: &Path,
        parts: &[Part],
        after: BTreeMap<String, Hashes>,
        diagnostics: &mut Diagnostics,
    ) -> Result<Self, Diagnostic> {
        for part in parts {
            part.clear_unrecorded(root, diagnostics)
                .map_err(|error| files::failed(&part.key, &error))?;
        }
        let stages = parts.iter().map(|part| Stage::new(&part.key, &part.target));
        let turn = Self {
            format: FORMAT,
            phase: Phase::Making,
            ours: stages.flat_map(|stage| stage.folders()).collect(),
            swaps: Vec::new(),
            after,
        };
        turn.save(root)?;
        Ok(turn)
    }

    /// Makes the next states.
    pub(super) fn stage(&mut self, root: &Path, parts: &[Part]) -> Result<(), Diagnostic> {
        for part in parts {
            let stage = Stage::new(&part.key, &part.target);
            let swaps = stage.fill(&part.changes).map_err(|(path, error)| {
                let path = format!("{}/{path}", part.key);
                files::failed(path.trim_end_matches('/'), &error)
            })?;
            self.swaps.extend(swaps);
        }
        self.come_to(Phase::Turning, root)
    }

    fn come_to(&mut self, phase: Phase, root: &Path) -> Result<(), Diagnostic> {
        self.phase = phase;
        self.save(root)
    }

    fn save(&self, root: &Path) -> Result<(), Diagnostic> {
        let within = |path: &Path| path.strip_prefix(root).unwrap_or(path).to_owned();
        manifest::save(root, RECORD, &self.clone().placed(within))
    }

    fn load(root: &Path) -> Result<Option<Self>, Diagnostic> {
        let turn = manifest::load::<Self>(root, RECORD)?;
        Ok(turn.map(|turn| turn.placed(|path| root.join(path))))
    }

    /// Changes every path.
    fn placed(mut self, place: impl Fn(&Path) -> PathBuf) -> Self {
        let swaps = self.swaps.iter_mut();
        let paths = swaps.flat_map(|swap| [&mut swap.target, &mut swap.staged, &mut swap.former]);
        for path in self.ours.iter_mut().chain(paths) {
            *path = place(path);
        }
        self
    }

    /// Lets all change places, or none; says which state stands.
    pub(super) fn carry_out(&self) -> Result<(), (Diagnostic, State)> {
        for (at, swap) in self.swaps.iter().enumerate() {
            if let Err(error) = swap.carry_out() {
                let done = &self.swaps[..at];
                let back = done.iter().rev().try_for_each(Swap::take_back);
                return Err(match back {
                    Ok(()) => (swap.failed(&error), State::Kept),
                    Err(_) => (self.half_turned(&error), State::HalfWay),
                });
            }
        }
        Ok(())
    }

    /// Says which folders have their next state and which have not.
    pub(super) fn half_turned(&self, error: &io::Error) -> Diagnostic {
        let named = |done: bool| {
            let swaps = self.swaps.iter();
            let swaps = swaps.filter(move |swap| swap.is_done().unwrap_or(false) == done);
            let mut named: Vec<String> = swaps.map(Swap::shown).collect();
            named.dedup();
            Value::list(named)
        };
        Diagnostic::new(Code::HalfTurned)
            .with("new", named(true))
            .with("old", named(false))
            .with("cause", files::cause(error))
    }

    /// Tells whether the folders are those that the record tells of, and not copies of them.
    fn is_of_here(&self) -> Result<bool, Diagnostic> {
        let is_here =
            |swap: &Swap| Ok(swap.is_done()? || identity::id(&swap.staged)? == swap.comes);
        for swap in &self.swaps {
            let here = is_here(swap).map_err(|error| files::failed(&swap.key, &error));
            if !here? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Keeps what others did in the former states meanwhile, and records the new ones.
    pub(super) fn settle(
        &mut self,
        root: &Path,
        diagnostics: &mut Diagnostics,
    ) -> Result<(), Diagnostic> {
        let manifest = Manifest::read(root)?;
        for swap in &self.swaps {
            swap.rescue(root, &manifest, diagnostics)
                .map_err(|error| files::failed(&swap.key, &error))?;
        }
        // Once the manifest is of the new states, the former ones can't be told from others' files.
        self.come_to(Phase::Clearing, root)?;
        manifest.settle(root, &self.after)
    }

    /// Removes the folders of ours, and the record.
    pub(super) fn clear(&self, root: &Path) -> Result<(), Diagnostic> {
        for folder in &self.ours {
            files::clear(folder).map_err(|error| files::failed(folder.display(), &error))?;
        }
        manifest::forget(root, RECORD)
    }
}

#[cfg(test)]
impl Turn {
    /// Lets the swap `at` aim at another target.
    pub(super) fn lead_astray(&mut self, at: usize, target: &Path) {
        self.swaps[at].target = target.to_owned();
    }

    /// Returns the turn that is on record.
    pub(super) fn of(root: &Path) -> Self {
        let turn = Self::load(root).expect("readable");
        turn.expect("there is one")
    }

    /// Lets the first alone change places.
    pub(super) fn carry_out_first(&self) -> io::Result<()> {
        self.swaps[0].carry_out()
    }

    /// Takes on what was staged otherwise.
    pub(super) fn take_on(&mut self, swaps: Vec<Swap>) {
        self.swaps.extend(swaps);
    }
}

/// Tells whether an earlier run left something under way.
pub(super) fn is_under_way(root: &Path) -> bool {
    root.join(NOTES).join(RECORD).exists()
}

/// Finishes what an earlier run left under way, or clears it away where it was not whole.
pub(super) fn finish_last(root: &Path, diagnostics: &mut Diagnostics) -> Result<(), Diagnostic> {
    let Some(mut turn) = Turn::load(root)? else {
        return Ok(());
    };
    manifest::known(RECORD, turn.format)?;
    match turn.phase {
        // Of a copied site: nobody can tell which of its states is which, and each is whole.
        Phase::Turning if !turn.is_of_here()? => {}
        Phase::Making => {}
        Phase::Turning => {
            for swap in &turn.swaps {
                let finished = swap.finish();
                finished.map_err(|error| files::failed(&swap.key, &error))?;
            }
            turn.settle(root, diagnostics)?;
        }
        Phase::Clearing => Manifest::read(root)?.settle(root, &turn.after)?,
    }
    turn.clear(root)
}

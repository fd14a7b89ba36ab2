//! Copies that were lost: printed again where they hung, gone from the store where they lay.

use jiff::civil::Date;

use super::super::plan::Lost;
use super::super::{Plan, Portions};
use super::lot::Lot;
use super::{Kind, Stay};

/// Copies of one kind that were lost.
pub(super) struct Loss {
    /// The board that they hung on, where the ledger says so.
    board: Option<String>,
    on: Date,
    n: usize,
}

/// Returns what was lost of a kind.
pub(super) fn losses(plan: &Plan, portions: &Portions, kind: &Kind) -> Vec<Loss> {
    let format = kind.format.size().to_string();
    let upright = format.trim_end_matches(" 横");
    let of_kind = |lost: &&Lost| {
        let size = lost.size.as_deref();
        lost.poster == kind.poster && size.is_none_or(|size| size == format || size == upright)
    };
    let told = |lost: &Lost| {
        let (board, slot) = (lost.board.as_ref()?, lost.slot.as_ref()?);
        portions.at(board, slot, &lost.poster, lost.on)
    };
    // Where nobody says which of several sheets: as many of each as make up what was lost.
    let of = |lost: &Lost| match told(lost) {
        Some(_) => 1,
        None => kind.portion.map_or(1, |portion| portion.of.max(1)),
    };
    let lost = plan.lost.iter().filter(of_kind);
    let lost = lost.filter(|lost| told(lost).is_none_or(|it| Some(it) == kind.portion));
    lost.map(|lost| Loss {
        board: lost.board.clone(),
        on: lost.on,
        n: usize::try_from(lost.copies)
            .unwrap_or(usize::MAX)
            .div_ceil(of(lost)),
    })
    .collect()
}

/// Prints again what was lost while it hung; what is left of `lost` was lost in the store.
pub(super) fn replace(stays: &mut [Stay], numbers: &[usize], lost: &mut [Loss]) {
    for loss in lost {
        for &number in numbers {
            let stay = &mut stays[number];
            let hung = stay.from() <= loss.on && loss.on <= stay.to;
            let here = (loss.board.as_ref()).is_none_or(|board| *board == stay.board.id);
            let n = loss.n.min(stay.copies);
            if hung && here && n > 0 {
                stay.replaced.push((loss.on, n));
                loss.n -= n;
            }
        }
    }
}

/// Takes out of the store what was lost there by `day`.
pub(super) fn lose(lots: &mut [Lot], lost: &mut [Loss], day: Date) {
    for loss in lost.iter_mut().filter(|loss| loss.on <= day) {
        for lot in lots.iter_mut().filter(|lot| lot.stay.is_some()) {
            let n = loss.n.min(lot.n);
            lot.n -= n;
            loss.n -= n;
        }
    }
}

//! What LED strips take of a page: the words in two codes, and the picture for each strip of the
//! site.

use std::collections::BTreeSet;

use super::{Job, What};
use crate::area::Area;
use crate::diag::Code;
use crate::render::led;
use crate::typeset::{Manuscript, Spot};

pub(super) fn make(job: &mut Job) {
    let words = led::words(job.site, job.page);
    job.add(What::Led, "led.txt", led::utf8(&words));
    job.add(What::Led, "led.gbk.txt", led::gbk(&words));
    let lacking = led::lacking(&words);
    if !lacking.is_empty() {
        let lacking: String = lacking.into_iter().collect();
        job.warn(Code::RareOnStrip, |d| d.with("characters", lacking));
    }
    pictures(job);
}

/// Draws the lamps for each size of strip that the site has.
fn pictures(job: &mut Job) {
    let (site, page) = (job.site, job.page);
    let Some(wish) = &page.poster else { return };
    let Ok(manuscript) = Manuscript::new(site, job.engine, page, wish) else {
        return;
    };
    let mut sizes = BTreeSet::new();
    let slots = site.boards.iter().flat_map(|board| {
        let strips = board.slots.iter().filter(|slot| slot.area.is_strip());
        strips.map(move |slot| (board, slot))
    });
    for (board, slot) in slots {
        let Area::Screen {
            width_px,
            height_px,
            ..
        } = slot.area
        else {
            continue;
        };
        if !sizes.insert((width_px, height_px)) {
            continue;
        }
        let spot = Spot::of(board, slot);
        let size = format!("{width_px}x{height_px}");
        let sheet = manuscript
            .measure(&spot, manuscript.measure_key(&spot), job.cache)
            .and_then(|fit| match fit.fits {
                true => manuscript
                    .set(&spot, manuscript.set_key(&spot), job.cache)
                    .map(Some),
                false => Ok(None),
            });
        match sheet {
            // All lamps would be on.
            Ok(None) => job.warn(Code::TooLongForStrip, |d| {
                d.with("strip", &board.title).with("size", &size)
            }),
            Ok(Some(sheet)) => {
                let screen = sheet.as_ref().and_then(|sheet| sheet.screen.clone());
                if let Some(bitmap) = screen.and_then(|png| led::bitmap_of(&png)) {
                    job.add(What::Led, &format!("led-{size}.bmp"), bitmap);
                }
            }
            Err(failure) => {
                let failed = manuscript.failed(&failure);
                job.diagnostics.push(failed);
            }
        }
    }
}

//! The page as a slide for a screen that takes pictures: a bracket screen, a television in a hall.

use super::{Job, What};
use crate::area::Area;
use crate::diag::Code;
use crate::site::Light;
use crate::typeset::{Look, Manuscript, Setting, Spot};

/// The size of most screens, in pixels.
const PIXELS: (u32, u32) = (1920, 1080);
/// How wide such a screen is, in mm, and how far away people stand, in metres.
const WIDTH: f64 = 1210.0;
const DISTANCE: f64 = 2.5;
/// How finely it is drawn, as the file says.
const PER_INCH: u16 = 96;

pub(super) fn make(job: &mut Job) {
    let page = job.page;
    let Some(wish) = &page.poster else {
        return job.warn(Code::NoPosterToShare, |d| d);
    };
    let manuscript = match Manuscript::new(job.site, job.engine, page, wish) {
        Ok(manuscript) => manuscript,
        Err(diagnostic) => return job.diagnostics.push(*diagnostic),
    };
    if *manuscript.setting() == Setting::Received {
        return job.warn(Code::NoPosterToShare, |d| d);
    }
    let spot = Spot {
        area: Area::Screen {
            width_px: PIXELS.0,
            height_px: PIXELS.1,
            width: WIDTH,
        },
        distance: DISTANCE,
        light: Light::Good,
        glass: false,
        look: Look::default(),
        design: None,
        portion: None,
    };
    let slide = manuscript
        .measure(&spot, manuscript.measure_key(&spot), job.cache)
        .and_then(|fit| match fit.fits {
            true => manuscript
                .picture(&spot, PIXELS.0, PER_INCH, job.cache)
                .map(Some),
            false => Ok(None),
        });
    match slide {
        Ok(Some(bytes)) => job.add(What::Screen, "slide-1920x1080.jpg", bytes),
        Ok(None) => job.warn(Code::TooLongForSlide, |d| d),
        Err(failure) => {
            let failed = manuscript.failed(&failure);
            job.diagnostics.push(failed);
        }
    }
}

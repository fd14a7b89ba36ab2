//! What is made of a manuscript beside its sheet: papers, files for a print shop, pictures.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::super::data::{Mode, PosterData};
use super::super::redrawn::redrawn;
use super::super::{
    Compiled, Engine, Failure, Files, Finding, FitReport, Form, Outside, Press, Setting, Spot,
};
use super::{Manuscript, OUTSIDE, OUTSIDE_MAIN, json};
use crate::cache::{Cache, CacheKey};
use crate::site::Size;

/// The resolutions of a picture up to A3, up to A1 and above.
const PICTURE_DPI: [u16; 3] = [300, 150, 100];

/// Files in which a sheet comes in pieces.
pub type Pieces = Vec<Arc<[u8]>>;

/// Something else than a poster, made of a page.
#[derive(Serialize, Deserialize)]
pub struct Paper {
    /// The PDF.
    pub pdf: Vec<u8>,
    /// How its text fitted, where it says so.
    pub fit: Option<FitReport>,
    /// Letters on letters or pictures, or off the paper, on any of its pages.
    pub findings: Vec<Finding>,
    /// How many pages it has.
    pub n_pages: usize,
}

impl Manuscript<'_> {
    /// Sets the theme's file `main`, which is no poster but made of the same data, on a sheet like
    /// `spot`; `extra` are files of its own.
    ///
    /// # Errors
    /// Where the file fails, or a picture in it.
    pub fn paper(
        &self,
        main: &str,
        spot: &Spot,
        extra: &Files,
        cache: &Cache,
    ) -> Result<Paper, Box<Failure>> {
        let parts = self.parts(spot);
        let data = json(&PosterData::new(Mode::Set, self.site, spot, parts));
        let ident = self.key(&data);
        let mut key: Vec<&[u8]> = vec![b"paper", main.as_bytes(), &ident.0];
        key.extend(
            extra
                .iter()
                .flat_map(|(path, bytes)| [path.as_bytes(), bytes]),
        );
        cache.value(CacheKey::of(&key), || {
            let mut files = self.files().clone();
            files.extend(
                extra
                    .iter()
                    .map(|(path, bytes)| (path.clone(), bytes.clone())),
            );
            let layout = Engine::theme_path(main);
            let mut compiled = self.engine.compile(&layout, data.clone(), &files)?;
            Ok(Paper {
                pdf: compiled.pdf(&self.page.title, &format!("{}-{main}", ident.short()))?,
                fit: compiled.fit().ok(),
                findings: compiled.collisions(),
                n_pages: compiled.n_pages(),
            })
        })
    }

    /// Sets the poster for `spot` as the `press` of a print shop takes it, named below the cut by `slug`; `None`
    /// where only copies came from outside.
    ///
    /// # Errors
    /// Where the layout fails, or a picture in it.
    pub fn shop(
        &self,
        spot: &Spot,
        slug: &str,
        press: &Press,
        cache: &Cache,
    ) -> Result<Option<Arc<[u8]>>, Box<Failure>> {
        if self.setting == Setting::Received {
            return Ok(None);
        }
        let mut spot = *spot;
        if let Setting::Outside(_) = &self.setting {
            // A finished file ends at the cut.
            spot.look.bleed = 0.0;
        }
        let mut data = self.data(Mode::Set, &spot);
        data.extend(slug.as_bytes());
        data.extend(press.fingerprint);
        let key = self.key(&data);
        let printed = cache.bytes(key, || {
            let compiled = match press.outlines {
                true => self.compile_bare(&spot)?,
                false => self.compile(&spot)?.0,
            };
            let (size, bleed) = (spot.area.size(), spot.look.bleed);
            let named = (self.page.title.as_str(), key.short());
            let pdf =
                (self.engine).shop(&compiled, size, bleed, slug, press, (named.0, &named.1))?;
            Ok(pdf)
        });
        printed.map(Some)
    }

    /// Sets the poster for `spot` with outlines in the place of type, as a part of a whole board; `None` where
    /// only copies came from outside.
    ///
    /// # Errors
    /// Where the layout fails, or a picture in it.
    pub fn outlined(&self, spot: &Spot, cache: &Cache) -> Result<Option<Arc<[u8]>>, Box<Failure>> {
        if self.setting == Setting::Received {
            return Ok(None);
        }
        let mut data = self.data(Mode::Set, spot);
        data.extend(b"outlined");
        let key = self.key(&data);
        let made = cache.bytes(key, || {
            let mut compiled = self.compile_bare(spot)?.outlined();
            compiled.pdf(&self.page.title, &key.short())
        });
        made.map(Some)
    }

    /// Sets the poster for `spot`, a finished PDF without its fonts where that can be.
    fn compile_bare(&self, spot: &Spot) -> Result<Compiled, Box<Failure>> {
        let drawn = match (&self.setting, self.files().values().next()) {
            (Setting::Outside(Outside::Pdf { .. }), Some(pdf)) => redrawn(pdf),
            _ => None,
        };
        let Some(drawn) = drawn else {
            return Ok(self.compile(spot)?.0);
        };
        let path = "/outside/file.svg";
        let files = Files::from([(path.to_owned(), drawn.into())]);
        let data = self.outside_data(spot, path);
        (self.engine).compile_own(OUTSIDE_MAIN, OUTSIDE, data, &files)
    }

    /// Draws the poster for `spot` at its real size with its bleed, as pictures of the `form` for a `press`;
    /// `None` where only copies came from outside. It is cut into `grid` columns and rows of equal pieces, given row by row.
    ///
    /// # Errors
    /// Where the layout fails, or a picture in it.
    pub fn pictures(
        &self,
        spot: &Spot,
        grid: (u32, u32),
        (form, press): (Form, &Press),
        cache: &Cache,
    ) -> Result<Option<Pieces>, Box<Failure>> {
        if self.setting == Setting::Received {
            return Ok(None);
        }
        let mut spot = *spot;
        if let Setting::Outside(_) = &self.setting {
            // A finished file ends at the cut.
            spot.look.bleed = 0.0;
        }
        let (cut, bleed) = (spot.area.size(), spot.look.bleed);
        let size = Size::new(cut.width + 2.0 * bleed, cut.height + 2.0 * bleed);
        let piece = Size::new(
            size.width / f64::from(grid.0),
            size.height / f64::from(grid.1),
        );
        let lies_on = |n| Size::iso_a(n).is_some_and(|paper| cut.lies_on(&paper));
        let [small, middle, large] = PICTURE_DPI;
        let per_inch = match (lies_on(3), lies_on(1)) {
            (true, _) => small,
            (_, true) => middle,
            _ => large,
        };
        let mut compiled = None;
        let mut pieces = Vec::new();
        for (row, column) in (0..grid.1).flat_map(|row| (0..grid.0).map(move |it| (row, it))) {
            let mut data = self.data(Mode::Set, &spot);
            data.extend(format!("{form:?} {row} {column} of {grid:?}").as_bytes());
            data.extend(press.fingerprint);
            let bytes = cache.bytes(self.key(&data), || {
                let compiled = match &compiled {
                    Some(compiled) => compiled,
                    None => compiled.insert(self.compile(&spot)?.0),
                };
                let at = (
                    f64::from(column) * piece.width,
                    f64::from(row) * piece.height,
                );
                let drawn = compiled.draw_part(at, piece, f64::from(per_inch) / 25.4)?;
                drawn.for_shop(form, per_inch, press)
            })?;
            pieces.push(bytes);
        }
        Ok(Some(pieces))
    }

    /// Draws the poster for `spot` as one JPEG `width` pixels wide, which says that so many are printed
    /// `per_inch`.
    ///
    /// # Errors
    /// Where the layout fails, or a picture in it.
    pub fn picture(
        &self,
        spot: &Spot,
        width: u32,
        per_inch: u16,
        cache: &Cache,
    ) -> Result<Arc<[u8]>, Box<Failure>> {
        let mut data = self.data(Mode::Set, spot);
        data.extend(format!("picture {width} {per_inch}").as_bytes());
        cache.bytes(self.key(&data), || {
            let drawn = self.compile(spot)?.0.draw(&spot.area, width)?;
            drawn.jpeg(per_inch)
        })
    }
}

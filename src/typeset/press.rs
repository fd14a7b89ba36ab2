//! What a print shop's press asks for beyond marks: its inks, and type as outlines.
//!
//! Layouts are set in RGB, for screens and office printers. For a press the colours of a finished
//! PDF are written anew in its [`Inks`]. Photos stay RGB: the shop's own workflow separates them.

use lopdf::{Dictionary, Document, Object, Stream};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::brush::Paint;
use super::engine::add;
use super::inks::{Cmyk, Inks};
use super::paint::repaint;
use super::{Compiled, Failure};
use crate::site::Printing;

/// What the shop asks for.
pub struct Press {
    /// Whether type becomes outlines (转曲).
    pub(super) outlines: bool,
    pub(super) inks: Option<Inks>,
    /// Names what the settings say of it; the theme's colours are in the engine's name.
    pub(super) fingerprint: [u8; 32],
}

impl Press {
    /// Makes the press of the settings, with the theme's own `tokens` for its colours.
    pub fn new(printing: &Printing, tokens: &Value) -> Self {
        let inks = printing.cmyk.then(|| Inks::new(printing, tokens));
        let mut digest = Sha256::new();
        add(
            &mut digest,
            &[u8::from(printing.outlines), u8::from(printing.cmyk)],
        );
        if printing.cmyk {
            let profile = printing.profile.as_ref();
            add(
                &mut digest,
                profile.map_or(&[], |profile| profile.bytes.as_ref()),
            );
        }
        Self {
            outlines: printing.outlines,
            inks,
            fingerprint: digest.finalize().into(),
        }
    }

    /// Tells whether type becomes outlines.
    pub fn outlines(&self) -> bool {
        self.outlines
    }

    /// Tells whether it asks for anything.
    pub fn asks(&self) -> bool {
        self.outlines || self.inks.is_some()
    }

    /// Returns what tells it from others.
    pub fn name(&self) -> &[u8] {
        &self.fingerprint
    }

    /// Makes a PDF titled `title` of what was set, whose id follows from `ident`, as it asks for.
    ///
    /// # Errors
    /// Where a picture cannot be put into a PDF.
    pub fn printed(
        &self,
        mut compiled: Compiled,
        title: &str,
        ident: &str,
    ) -> Result<Vec<u8>, Box<Failure>> {
        if self.outlines {
            compiled = compiled.outlined();
        }
        self.inked(compiled.pdf(title, ident)?)
    }

    /// Writes the colours of the finished PDF `pdf` in its inks, where it prints in inks.
    ///
    /// # Errors
    /// Where the PDF is not as our own are.
    fn inked(&self, pdf: Vec<u8>) -> Result<Vec<u8>, Box<Failure>> {
        let Some(inks) = &self.inks else {
            return Ok(pdf);
        };
        let write = || {
            let mut document = Document::load_mem(&pdf)?;
            inks.apply(&mut document)?;
            let mut bytes = Vec::new();
            document.save_to(&mut bytes)?;
            lopdf::Result::Ok(bytes)
        };
        write().map_err(|error| Failure::new(error.to_string()))
    }
}

impl Inks {
    /// Writes the colours of `document` in inks, and names the shop's profile as what they are
    /// meant for. Type in black alone is printed over what lies below it, so that no white shows round it
    /// where plates do not quite meet.
    ///
    /// # Errors
    /// Where the PDF is not as our own are.
    pub(super) fn apply(&self, document: &mut Document) -> lopdf::Result<()> {
        repaint(document, self)?;
        if let Some(profile) = &self.profile {
            let mut dictionary = Dictionary::new();
            dictionary.set("N", 4);
            let mut stream = Stream::new(dictionary, profile.bytes.to_vec());
            stream.compress()?;
            let stream = document.add_object(stream);
            let mut intent = Dictionary::new();
            intent.set("Type", "OutputIntent");
            intent.set("S", "GTS_PDFX");
            let name = || Object::string_literal(profile.name.clone());
            intent.set("OutputConditionIdentifier", name());
            intent.set("Info", name());
            intent.set("DestOutputProfile", stream);
            let catalog = document.catalog_mut()?;
            catalog.set("OutputIntents", vec![intent.into()]);
        }
        Ok(())
    }
}

/// Black ink alone.
const BLACK_ALONE: Cmyk = [0.0, 0.0, 0.0, 1.0];

impl Paint for Inks {
    fn space(&self) -> &'static str {
        "DeviceCMYK"
    }

    fn operator(&self) -> [&'static str; 2] {
        ["k", "K"]
    }

    fn shares(&self, rgb: [u8; 3]) -> Vec<f32> {
        self.of(rgb).to_vec()
    }

    fn overprints(&self, shares: &[f32]) -> bool {
        shares == BLACK_ALONE
    }
}

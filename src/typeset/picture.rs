//! A drawing or a page of a PDF as a photo, for places that take nothing else.

use serde::Serialize;

use super::{Engine, Failure, Files};

/// Sets one picture alone, `width` wide.
const PICTURE: &str = "#let d = json(\"/data.json\")\n#set page(width: auto, height: auto, margin: 0pt, fill: white)\n#image(d.path, alt: d.alt, width: d.width * 1pt)";
const MAIN: &str = "/outside/drawing.typ";

#[derive(Serialize)]
struct Trial<'a> {
    path: &'a str,
    alt: &'a str,
    width: u32,
}

impl Engine {
    /// Draws an SVG or the first page of a PDF on white, `width` pixels wide, as a JPEG.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn drawing(
        &self,
        bytes: &std::sync::Arc<[u8]>,
        alt: &str,
        width: u32,
    ) -> Result<Vec<u8>, Box<Failure>> {
        let path = match bytes.starts_with(b"%PDF") {
            true => "/assets/drawing.pdf",
            false => "/assets/drawing.svg",
        };
        let data = serde_json::to_vec(&Trial { path, alt, width }).expect("only text and a number");
        let files = Files::from([(path.to_owned(), bytes.clone())]);
        let set = self.compile_own(MAIN, PICTURE, data, &files)?;
        let drawn = set.draw_all()?;
        let first = drawn.first();
        let first = first.ok_or_else(|| Failure::new("no page".to_owned()))?;
        first.jpeg(72)
    }
}

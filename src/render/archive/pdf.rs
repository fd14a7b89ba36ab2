//! A paper as PDF: set by the theme's `sheets/paper.typ`, tagged, with titles to jump to.

use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;

use super::paper::{Block, Paper, Pictures};
use crate::cache::{Cache, CacheKey};
use crate::typeset::{Engine, Failure, Files};

/// The layout in the theme.
pub const LAYOUT: &str = "sheets/paper.typ";
/// The version of its data.
const VERSION: u32 = 1;

/// What the layout is given.
#[derive(Serialize)]
struct Data<'a> {
    version: u32,
    language: &'a str,
    tokens: &'a Value,
    paper: &'a Paper,
}

/// Sets `paper` with its `pictures`.
///
/// # Errors
/// Where the layout fails.
pub fn pdf(
    engine: &Engine,
    cache: &Cache,
    paper: &Paper,
    pictures: &Pictures,
) -> Result<Arc<[u8]>, Box<Failure>> {
    let data = Data {
        version: VERSION,
        language: "zh-CN",
        tokens: &engine.theme().tokens,
        paper,
    };
    let json = serde_json::to_vec(&data).expect("only text, numbers and lists of them");
    let files = cited(paper, pictures);
    let mut parts: Vec<&[u8]> = vec![engine.fingerprint(), LAYOUT.as_bytes(), &json];
    for (path, bytes) in &files {
        parts.extend([path.as_bytes(), bytes]);
    }
    let key = CacheKey::of(&parts);
    cache.bytes(key, || {
        let main = Engine::theme_path(LAYOUT);
        let mut compiled = engine.compile(&main, json.clone(), &files)?;
        compiled.pdf(&paper.title, &key.short())
    })
}

/// Returns the pictures that the paper cites, by their paths in the layout's world.
fn cited(paper: &Paper, pictures: &Pictures) -> Files {
    let mut files = Files::new();
    for block in &paper.blocks {
        let Block::Photos { photos } = block else {
            continue;
        };
        for photo in photos {
            if let Some(picture) = pictures.get(&photo.name) {
                files.insert(format!("/photos/{}", photo.name), picture.bytes.clone());
            }
        }
    }
    files
}

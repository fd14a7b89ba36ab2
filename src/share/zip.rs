//! The website as one archive, for those who upload it by a web form, with what to look at
//! afterwards.

use std::io::{Cursor, Write};
use std::sync::Arc;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::{Sources, notepad, words::Words};
use crate::render::{Artifact, Output};

/// The folder of the month that holds it.
pub(super) const FOLDER: &str = "website";
/// Files that are small already.
const PACKED: [&str; 9] = [
    "png", "jpg", "jpeg", "webp", "gif", "mp4", "webm", "pdf", "woff2",
];

/// Packs the website, and writes the checklist.
pub(super) fn website(sources: &Sources, words: &Words, folder: &str) -> Vec<Artifact> {
    let mut files: Vec<&Artifact> = sources
        .website
        .iter()
        .filter(|artifact| artifact.output == Output::Web)
        .collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let count = files.len().to_string();
    let bytes = pack(&files).expect("memory takes any file");
    let size = crate::site::shortcode::size_words(bytes.len());
    let settings = &sources.site.settings;
    let home = settings.base_url.as_deref().unwrap_or("");
    let mut lines = vec![words.fill("zip_head", &[("count", &count), ("size", &size)])];
    for key in ["zip_1", "zip_2", "zip_3", "zip_4", "zip_5", "zip_6"] {
        if home.is_empty() && words.get(key).contains("{home}") {
            continue;
        }
        lines.push(words.fill(key, &[("home", home)]));
    }
    let file = |name: &str, bytes: Vec<u8>| Artifact {
        output: Output::Share,
        path: format!("{folder}/{name}"),
        content: Arc::<[u8]>::from(bytes).into(),
    };
    vec![
        file("website.zip", bytes),
        file(words.get("readme_file"), notepad(&lines.join("\n"))),
    ]
}

/// Packs files at their paths, all of one day: the same files give the same archive.
fn pack(files: &[&Artifact]) -> zip::result::ZipResult<Vec<u8>> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let plain = SimpleFileOptions::default()
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    for file in files {
        let ending = file.path.rsplit('.').next().unwrap_or_default();
        let method = match PACKED.contains(&ending) {
            true => CompressionMethod::Stored,
            false => CompressionMethod::Deflated,
        };
        out.start_file(&file.path, plain.compression_method(method))?;
        out.write_all(&file.bytes())?;
    }
    Ok(out.finish()?.into_inner())
}

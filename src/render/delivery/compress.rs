//! Packed copies beside text files, for hosts that hand them out as they are.

use std::collections::BTreeMap;
use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use rayon::prelude::*;

use crate::read::{Asset, Spool, Unread};

/// What is packed; pictures and fonts are so already.
const TEXT: [&str; 10] = [
    "css",
    "html",
    "ics",
    "js",
    "json",
    "svg",
    "txt",
    "webmanifest",
    "xml",
    "csv",
];
/// Smaller files fit in one packet of the network anyway.
const LEAST: usize = 1024;
/// Of 0 to 11: the last two steps take five times as long for a twentieth.
const BROTLI_QUALITY: u32 = 9;
/// How far back repetitions are looked for, as a power of two.
const BROTLI_WINDOW: u32 = 22;

/// Returns `.br` and `.gz` of each text file of `files` that gets smaller by it.
///
/// # Errors
/// Where one of them cannot be read any more.
pub(super) fn packed(
    files: &BTreeMap<String, Asset>,
    spool: &Spool,
) -> Result<BTreeMap<String, Asset>, Unread> {
    let is_text = |path: &str| {
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
        TEXT.contains(&ending)
    };
    let texts = files.par_iter().filter(|(path, _)| is_text(path));
    let packed = texts.map(|(path, file)| {
        let bytes = file.read()?;
        Ok(copies(&bytes)
            .map(|(ending, packed)| (format!("{path}.{ending}"), spool.keep(packed)))
            .collect())
    });
    let packed: Vec<Vec<(String, Asset)>> = packed.collect::<Result<_, _>>()?;
    Ok(packed.into_iter().flatten().collect())
}

/// Packs what gets smaller by it, in each way.
fn copies(bytes: &[u8]) -> impl Iterator<Item = (&'static str, Vec<u8>)> {
    type Pack = fn(&[u8]) -> Vec<u8>;
    let ways: [(&str, Pack); 2] = [("br", brotli), ("gz", gzip)];
    let ways = ways.into_iter().filter(|_| bytes.len() >= LEAST);
    ways.map(|(ending, pack)| (ending, pack(bytes)))
        .filter(|(_, packed)| packed.len() < bytes.len())
}

fn brotli(bytes: &[u8]) -> Vec<u8> {
    let mut packed = brotli::CompressorWriter::new(Vec::new(), 4096, BROTLI_QUALITY, BROTLI_WINDOW);
    packed.write_all(bytes).expect("memory takes it");
    packed.into_inner()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    // Neither name nor time goes in, so equal files give equal bytes.
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(bytes).expect("memory takes it");
    packed.finish().expect("memory takes it")
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn packed_copies_hold_the_same_and_small_files_have_none() {
        let text = "绿板 ".repeat(500);
        let spool = Spool::default();
        let file = |path: &str, text: &str| (path.to_owned(), spool.keep(Vec::from(text)));
        let files = BTreeMap::from([
            file("index.html", &text),
            file("a.css", "p{}"),
            file("a.png", &text),
        ]);
        let files = packed(&files, &spool).expect("they are there");
        let names: Vec<&String> = files.keys().collect();
        assert_eq!(names, ["index.html.br", "index.html.gz"]);
        let mut read = String::new();
        flate2::read::GzDecoder::new(&*files["index.html.gz"].bytes())
            .read_to_string(&mut read)
            .expect("it was packed");
        assert_eq!(read, text);
        let mut read = String::new();
        brotli::Decompressor::new(&*files["index.html.br"].bytes(), 4096)
            .read_to_string(&mut read)
            .expect("it was packed");
        assert_eq!(read, text);
    }
}

//! Packed copies beside text files, for hosts that hand them out as they are.

use std::io::Write;
use std::sync::Arc;

use flate2::Compression;
use flate2::write::GzEncoder;
use rayon::prelude::*;

use super::Files;

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

/// Adds `.br` and `.gz` beside each text file that gets smaller by it.
pub(super) fn add(files: &mut Files) {
    let texts = files.par_iter().filter(|(path, bytes)| {
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
        TEXT.contains(&ending) && bytes.len() >= LEAST
    });
    let packed: Vec<(String, Arc<[u8]>)> = texts
        .flat_map_iter(|(path, bytes)| {
            let packed = [("br", brotli(bytes)), ("gz", gzip(bytes))];
            let smaller = move |(_, packed): &(&str, Vec<u8>)| packed.len() < bytes.len();
            let named = move |(ending, packed)| (format!("{path}.{ending}"), Arc::from(packed));
            packed.into_iter().filter(smaller).map(named)
        })
        .collect();
    files.extend(packed);
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
        let file = |path: &str, text: &str| (path.to_owned(), Arc::from(text.as_bytes()));
        let mut files = Files::from([
            file("index.html", &text),
            file("a.css", "p{}"),
            file("a.png", &text),
        ]);
        add(&mut files);
        let names: Vec<&String> = files.keys().collect();
        assert_eq!(
            names,
            [
                "a.css",
                "a.png",
                "index.html",
                "index.html.br",
                "index.html.gz"
            ]
        );
        let mut read = String::new();
        flate2::read::GzDecoder::new(&*files["index.html.gz"])
            .read_to_string(&mut read)
            .expect("it was packed");
        assert_eq!(read, text);
        let mut read = String::new();
        brotli::Decompressor::new(&*files["index.html.br"], 4096)
            .read_to_string(&mut read)
            .expect("it was packed");
        assert_eq!(read, text);
    }
}

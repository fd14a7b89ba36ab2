//! Nothing private goes out: marks of every kind are planted in every kind of file, a site is built,
//! and every published byte is read, unpacked too.

mod films;
mod office;
mod pdfs;
mod pictures;

use std::collections::BTreeMap;

use lopdf::Document;

use crate::photos::parts;
use crate::photos::testing::LATITUDE;
use crate::test_site::TestSite;
use films::{film, flac, mp3, opus, riff, way, webm};
use office::{docx, odt, ofd, pptx, xlsx, zip};
use pdfs::{layered_pdf, locked_pdf, packed_pdf, pdf, poster};
use pictures::{gif, jpeg, png, svg, webp};

/// What every mark begins with.
const MARK: &[u8] = b"mark-";

/// Files that must come out clean.
fn cleaned() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("a.pdf", pdf(false)),
        ("packed.pdf", packed_pdf()),
        ("a.jpg", jpeg()),
        ("a.png", png()),
        ("a.gif", gif()),
        ("a.webp", webp()),
        ("a.svg", svg()),
        ("a.docx", docx()),
        ("a.xlsx", xlsx()),
        ("a.pptx", pptx()),
        ("a.odt", odt()),
        ("a.ofd", ofd()),
        ("a.mp4", film(b"isom")),
        ("a.mov", film(b"qt  ")),
        ("a.m4a", film(b"M4A ")),
        ("a.webm", webm()),
        ("a.mp3", mp3()),
        ("a.wav", riff(b"WAVE", b"data")),
        ("a.avi", riff(b"AVI ", b"movi")),
        ("a.flac", flac()),
        ("a.opus", opus()),
    ]
}

/// Files that must be told.
fn told() -> Vec<(&'static str, Vec<u8>)> {
    let zip = zip(&[("名单/mark-zip.txt", "mark-zip-text")]);
    vec![
        ("sealed.pdf", pdf(true)),
        ("locked.pdf", locked_pdf()),
        ("a.zip", zip),
        (
            "a.doc",
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 mark-doc".to_vec(),
        ),
        ("a.rar", b"Rar!\x1A\x07\x01\0 mark-rar".to_vec()),
        ("a.7z", b"7z\xBC\xAF\x27\x1C mark-7z".to_vec()),
        ("a.psd", b"8BPS\0\x01 mark-psd".to_vec()),
        (
            "a.wmv",
            b"\x30\x26\xB2\x75\x8E\x66\xCF\x11 mark-wmv".to_vec(),
        ),
        ("broken.docx", b"PK\x03\x04 mark-broken".to_vec()),
        ("way.mp4", way()),
    ]
}

fn holds(bytes: &[u8], mark: &[u8]) -> bool {
    bytes.windows(mark.len()).any(|it| it == mark)
}

/// Returns the mark itself, for a message.
fn found(bytes: &[u8]) -> Option<String> {
    let at = bytes.windows(MARK.len()).position(|it| it == MARK)?;
    let end = (at + 40).min(bytes.len());
    Some(String::from_utf8_lossy(&bytes[at..end]).into_owned())
}

#[test]
fn every_kind_of_file_goes_out_without_its_marks_or_is_told() {
    let (cleaned, told) = (cleaned(), told());
    let all = || cleaned.iter().chain(&told);
    assert!(all().count() >= 20);
    let mut site = TestSite::minimal();
    let mut page = "---\ntitle: 下载\ndate: 2026-01-01\n---\n各种文件。\n\n".to_owned();
    for (name, bytes) in all() {
        let packed = parts(name, bytes);
        let is_marked = packed.iter().any(|it| holds(it, MARK)) || *name == "locked.pdf";
        assert!(is_marked, "{name} is planted with nothing");
        site = site.write(&format!("content/files/{name}"), bytes);
        page += &format!("- [文件 {name}](/files/{name})\n");
    }
    let site = site
        .write("content/living/files.md", page)
        .write("static/own/a.docx", docx())
        .write(
            "content/boards/gate.md",
            "---\ntitle: 大门宣传栏\nkind: board\nplace: 大门\nsize: 900x600mm\nrepeat_after: 0\nslots:\n  - { id: \"1\", at: [50, 50], size: A3 }\n  - { id: \"2\", at: [400, 50], size: A3 }\n---\n大门里。\n",
        )
        .write("content/files/poster.pdf", poster())
        .write(
            "content/living/poster.md",
            "---\ntitle: 成品\ndate: 2026-01-01\ntopics: [water]\nposter:\n  file: /files/poster.pdf\n---\n防火。\n",
        );
    let run = site.run(&["build"]);
    assert_eq!(run.code, 0, "{}\n{}", run.stdout, run.stderr);
    let said = format!("{}{}", run.stdout, run.stderr);
    let mut looked_at = 0;
    for folder in ["public", "print"] {
        for (path, bytes) in site.files(folder) {
            looked_at += 1;
            let name = path.rsplit('/').next().unwrap_or_default();
            // Names of files stand on the page and in messages.
            if told.iter().any(|(told, _)| *told == name) {
                let place = format!("content/files/{name}");
                assert!(said.contains(&place), "{name} is not told:\n{said}");
                continue;
            }
            for part in parts(&path, &bytes) {
                assert_eq!(found(&part), None, "{folder}/{path}");
                assert!(!holds(&part, &LATITUDE), "{folder}/{path} holds a place");
                let utf16: Vec<u8> = MARK.iter().flat_map(|byte| [0, *byte]).collect();
                assert!(
                    !holds(&part, &utf16),
                    "{folder}/{path} holds a mark in UTF-16"
                );
            }
        }
    }
    assert!(looked_at > 60, "only {looked_at} files");
    let public = site.files("public");
    for (name, bytes) in &told {
        assert_eq!(
            &public[&format!("files/{name}")],
            bytes,
            "{name} must not be altered"
        );
    }
    // What is seen is still there.
    for (name, mark) in SEEN {
        let file = &public[&format!("files/{name}")];
        let is_there = parts(name, file)
            .iter()
            .any(|it| holds(it, mark.as_bytes()));
        assert!(is_there, "{name} lost {mark}");
    }
    for words in [
        "G631",
        "G632",
        "hidden-sheet",
        "有修订没有处理完",
        "list.xlsx",
        "doc/xls/ppt/wps",
        "盖了电子章",
        "加了密码",
        "mark-zip.txt",
    ] {
        assert!(said.contains(words), "{words} is not said:\n{said}");
    }
}

/// Words and pictures that a file is published for.
const SEEN: [(&str, &str); 15] = [
    ("a.pdf", "(seen-page) Tj"),
    ("packed.pdf", "(seen-page) Tj"),
    ("a.svg", "seen-svg"),
    ("a.docx", "seen-added"),
    ("a.docx", "seen-docx"),
    ("a.xlsx", "seen-xlsx"),
    ("a.pptx", "seen-pptx"),
    ("a.odt", "seen-odt"),
    ("a.ofd", "seen-ofd"),
    ("a.mp4", "seen-film"),
    ("a.webm", "seen-webm"),
    ("a.mp3", "seen-mp3"),
    ("a.wav", "seen-wav"),
    ("a.flac", "seen-flac"),
    ("a.opus", "seen-opus"),
];

#[test]
fn what_is_clean_stays_to_the_byte() {
    for (name, bytes) in cleaned() {
        let once = greenboard::private::cleaned(&bytes.into());
        let twice = greenboard::private::cleaned(&once.bytes);
        assert!(once.bytes == twice.bytes, "{name} changes again");
    }
}

#[test]
fn our_own_files_name_the_organisation_and_no_one_else() {
    let site = TestSite::minimal();
    site.edit(
        "greenboard.yaml",
        "title: 小院\n",
        "title: 小院\norganisation: 小院居委会\n",
    );
    for args in [&["build"][..], &["report", "--month", "2026-11"]] {
        let run = site.run(args);
        assert_eq!(run.code, 0, "{args:?}\n{}\n{}", run.stdout, run.stderr);
    }
    let mut kinds = BTreeMap::new();
    for (path, bytes) in site.files("") {
        let ending = path.rsplit('.').next().unwrap_or_default().to_owned();
        if !["pdf", "docx", "xlsx"].contains(&ending.as_str()) {
            continue;
        }
        let is_named = match ending.as_str() {
            "pdf" => {
                let pdf = Document::load_mem(&bytes).expect("a PDF of ours can be read");
                let info = pdf.trailer.get(b"Info").and_then(|it| pdf.dereference(it));
                let info = info.and_then(|(_, it)| it.as_dict());
                let author = info.and_then(|info| info.get(b"Author"));
                let author = author.and_then(lopdf::decode_text_string);
                author.is_ok_and(|author| author == "小院居委会")
            }
            _ => parts(&path, &bytes)
                .iter()
                .any(|it| holds(it, "<dc:creator>小院居委会</dc:creator>".as_bytes())),
        };
        assert!(is_named, "{path} does not name the organisation");
        let root = site.root().to_string_lossy().into_owned();
        for part in parts(&path, &bytes) {
            for place in [
                root.as_str(),
                env!("CARGO_MANIFEST_DIR"),
                "/root/",
                "/home/",
            ] {
                assert!(!holds(&part, place.as_bytes()), "{path} names {place}");
            }
        }
        *kinds.entry(ending).or_insert(0) += 1;
    }
    assert_eq!(kinds.len(), 3, "{kinds:?}");
}

#[test]
fn layers_that_are_switched_off_are_told_and_never_printed() {
    let site = TestSite::minimal()
        .write("content/files/form.pdf", layered_pdf([595.0, 842.0]))
        .write("content/files/poster.pdf", layered_pdf([841.89, 1190.55]))
        .write(
            "content/living/files.md",
            "---\ntitle: 下载\n---\n[表](/files/form.pdf)\n",
        );
    let run = site.run(&["build"]);
    assert_eq!(run.code, 0, "{}\n{}", run.stdout, run.stderr);
    let said = run.stdout + &run.stderr;
    assert!(
        said.contains("有关掉的图层，下载的人都能打开看：底稿"),
        "{said}"
    );
    assert!(said.contains("是 XFA 表单"), "{said}");
    let site = site.write(
        "content/living/poster.md",
        "---\ntitle: 成品\ndate: 2026-01-01\ntopics: [water]\nposter:\n  file: /files/poster.pdf\n---\n防火。\n",
    );
    let run = site.run(&["build"]);
    let said = run.stdout + &run.stderr;
    assert_eq!(run.code, 1, "{said}");
    assert!(
        said.contains("有关掉的图层，会一起印出来（底稿）"),
        "{said}"
    );
}

//! A phone photo tells where it was taken; nothing that the program puts out may.

use std::io::Read;

use crate::test_site::TestSite;

#[path = "../../src/photo/testing.rs"]
pub mod testing;

use testing::{LATITUDE, phone_photo};

/// A site with one photo in every place that takes one.
pub fn site() -> TestSite {
    let slots = "slots:\n  - { id: \"1\", at: [50, 50], size: A3 }\n  - { id: \"2\", at: [400, 50], size: A3 }\n";
    let photo = phone_photo(424, 300);
    TestSite::minimal()
        .write("content/pictures/door.jpg", &photo)
        .write("content/pictures/finished.jpeg", &photo)
        // A name that says something else than the file is.
        .write("content/pictures/renamed.png", phone_photo(320, 240))
        .write("content/pictures/attached.jpg", &photo)
        .write("static/own/door.jpg", &photo)
        .write(
            "content/boards/gate.md",
            format!("---\ntitle: 大门宣传栏\nkind: board\nplace: 大门\nsize: 900x600mm\nprint: [jpg, office]\nrepeat_after: 0\n{slots}---\n大门里。\n"),
        )
        .write(
            "content/living/tap.md",
            "---\ntitle: 关紧水龙头\ndate: 2026-01-01\ntopics: [water]\npicture: /pictures/door.jpg\npicture_alt: 门\nposter:\n  layout: guide\n---\n1. **拧紧**每个水龙头。\n2. **听一听**有没有滴水声。\n\n[原图](/pictures/attached.jpg)\n",
        )
        .write(
            "content/living/door.md",
            "---\ntitle: 门\ndate: 2026-01-01\n---\n看门。\n\n![门](/pictures/renamed.png)\n",
        )
        .write(
            "content/living/fire.md",
            "---\ntitle: 楼道防火\ndate: 2026-01-01\ntopics: [neighbours]\nposter:\n  file: /pictures/finished.jpeg\n---\n防火。\n",
        )
}

#[test]
fn a_phone_photo_leaves_no_place_in_anything_that_is_put_out() {
    let site = site();
    site.build();
    site.put("walk/a.jpg", phone_photo(640, 480));
    for args in [
        &[
            "post",
            "2026-11",
            "--by",
            "陈立",
            "--photo",
            "gate=walk/a.jpg",
        ][..],
        &["archive", "2026"],
        &["report", "--month", "2026-11"],
        &["build"],
    ] {
        let run = site.run(args);
        assert_eq!(run.code, 0, "{args:?}\n{}\n{}", run.stdout, run.stderr);
    }
    let original = phone_photo(640, 480);
    let mut looked_at = 0;
    for folder in ["public", "print", "archive", ".greenboard/cache"] {
        for (path, bytes) in site.files(folder) {
            // What proves that a poster hung is kept as the camera wrote it, and handed in so.
            if folder == "archive" && bytes == original {
                continue;
            }
            looked_at += 1;
            for part in parts(&path, &bytes) {
                let tells = |mark: &[u8]| part.windows(mark.len()).any(|it| it == mark);
                assert!(!tells(&LATITUDE), "{folder}/{path} holds the place");
                assert!(!tells(b"GPSLatitude"), "{folder}/{path} names the place");
            }
        }
    }
    assert!(looked_at > 60, "only {looked_at} files");
    let public = site.files("public");
    for path in ["pictures/attached.jpg", "own/door.jpg"] {
        assert!(public.contains_key(path), "{path} is gone");
    }
    // Nothing calls for the photo itself, whose smaller versions stand for it.
    assert!(!public.contains_key("pictures/door.jpg"));
    assert!(
        public
            .keys()
            .any(|path| path.starts_with("assets/pictures/door-"))
    );
}

/// Returns a file and what is packed in it.
pub fn parts(path: &str, bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut parts = vec![bytes.to_vec()];
    if bytes.starts_with(b"%PDF") {
        let Ok(pdf) = lopdf::Document::load_mem(bytes) else {
            return parts;
        };
        for object in pdf.objects.values() {
            if let Ok(stream) = object.as_stream() {
                parts.push(stream.content.clone());
                parts.extend(stream.decompressed_content().ok());
            }
        }
    }
    if bytes.starts_with(b"PK") {
        let Ok(mut pack) = zip::ZipArchive::new(std::io::Cursor::new(bytes)) else {
            return parts;
        };
        for at in 0..pack.len() {
            let mut file = pack.by_index(at).expect("it is listed");
            let mut part = Vec::new();
            file.read_to_end(&mut part)
                .unwrap_or_else(|error| panic!("{path}: {error}"));
            parts.push(part);
        }
    }
    parts
}

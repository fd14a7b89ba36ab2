//! Nothing private goes out: marks of every kind are planted in every kind of file, a site is built,
//! and every published byte is read, unpacked too.

use std::collections::BTreeMap;
use std::io::{Cursor, Write as _};

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::photos::parts;
use crate::photos::testing::{LATITUDE, phone_photo};
use crate::test_site::TestSite;

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

fn text(words: &str) -> Object {
    Object::string_literal(words)
}

/// A PDF of one page with a mark in every place that takes one.
fn pdf_document(is_sealed: bool) -> Document {
    let mut pdf = Document::with_version("1.7");
    let stream = |dict: Dictionary, bytes: &[u8]| Object::Stream(Stream::new(dict, bytes.to_vec()));
    let xmp = |pdf: &mut Document, mark: &str| {
        let dict = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
        pdf.add_object(stream(dict, mark.as_bytes()))
    };
    let photo = |filter: Object| {
        dictionary! {
            "Type" => "XObject", "Subtype" => "Image", "Width" => 64, "Height" => 48,
            "ColorSpace" => "DeviceRGB", "BitsPerComponent" => 8, "Filter" => filter,
        }
    };
    let of_photo = xmp(&mut pdf, "mark-xmp-photo");
    let mut plain = photo("DCTDecode".into());
    plain.set("Metadata", of_photo);
    let plain = pdf.add_object(stream(plain, &jpeg()));
    let twice = photo(vec!["FlateDecode".into(), "DCTDecode".into()].into());
    let mut deflated = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    deflated.write_all(&jpeg()).expect("memory");
    let twice = pdf.add_object(stream(twice, &deflated.finish().expect("memory")));
    let content = b"BT /F1 24 Tf 60 700 Td (seen-page) Tj ET q 64 0 0 48 60 60 cm /P1 Do Q q 64 0 0 48 60 160 cm /P2 Do Q";
    let content = pdf.add_object(stream(Dictionary::new(), content));
    let file = pdf.add_object(stream(
        dictionary! { "Type" => "EmbeddedFile" },
        b"mark-attached",
    ));
    let attached = pdf.add_object(dictionary! {
        "Type" => "Filespec", "F" => text("C:\\Users\\mark-user\\list.xlsx"),
        "EF" => dictionary! { "F" => file }, "Desc" => text("mark-attached-words"),
    });
    let marks: Vec<ObjectId> = vec![
        pdf.add_object(dictionary! {
            "Type" => "Annot", "Subtype" => "Text", "Rect" => vec![10.into(), 10.into(), 30.into(), 30.into()],
            "T" => text("mark-author-remark"), "Contents" => text("mark-remark"),
        }),
        pdf.add_object(dictionary! {
            "Type" => "Annot", "Subtype" => "Highlight", "Rect" => vec![60.into(), 700.into(), 200.into(), 720.into()],
            "QuadPoints" => vec![60.into(), 720.into(), 200.into(), 720.into(), 60.into(), 700.into(), 200.into(), 700.into()],
            "C" => vec![1.into(), 1.into(), 0.into()],
            "T" => text("mark-author-highlight"), "Contents" => text("mark-said-of-highlight"),
        }),
        pdf.add_object(dictionary! {
            "Type" => "Annot", "Subtype" => "FileAttachment", "Rect" => vec![10.into(), 50.into(), 30.into(), 70.into()],
            "T" => text("mark-author-file"), "FS" => attached,
        }),
        pdf.add_object(dictionary! {
            "Type" => "Annot", "Subtype" => "Link", "Rect" => vec![10.into(), 90.into(), 30.into(), 110.into()],
            "A" => dictionary! { "S" => "URI", "URI" => text("file:///C:/Users/mark-user/a.docx") },
        }),
    ];
    let of_page = xmp(&mut pdf, "mark-xmp-page");
    let thumb = pdf.add_object(stream(Dictionary::new(), b"mark-thumb"));
    let font = dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" };
    let pages = pdf.new_object_id();
    let page = pdf.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => content,
        "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
        "Resources" => dictionary! {
            "Font" => dictionary! { "F1" => font },
            "XObject" => dictionary! { "P1" => plain, "P2" => twice },
        },
        "Annots" => marks.into_iter().map(Object::from).collect::<Vec<_>>(),
        "Metadata" => of_page, "Thumb" => thumb, "LastModified" => text("mark-day"),
        "PieceInfo" => dictionary! { "Word" => dictionary! { "Private" => text("mark-piece") } },
        "AA" => dictionary! { "O" => dictionary! { "S" => "JavaScript", "JS" => text("mark-script-page") } },
    });
    pdf.set_object(
        pages,
        dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 },
    );
    let of_file = xmp(&mut pdf, "<x:xmpmeta>mark-xmp</x:xmpmeta>");
    let script = pdf.add_object(dictionary! { "S" => "JavaScript", "JS" => text("mark-script") });
    let mut catalog = dictionary! {
        "Type" => "Catalog", "Pages" => pages, "Metadata" => of_file, "OpenAction" => script,
        "AF" => vec![attached.into()],
        "Names" => dictionary! {
            "EmbeddedFiles" => dictionary! { "Names" => vec![text("mark-name"), attached.into()] },
            "JavaScript" => dictionary! { "Names" => vec![text("mark-script-name"), script.into()] },
        },
    };
    if is_sealed {
        let seal = pdf.add_object(dictionary! {
            "Type" => "Sig", "Filter" => "Adobe.PPKLite", "Contents" => text("seal"),
            "ByteRange" => vec![0.into(), 1.into(), 2.into(), 3.into()],
        });
        let field = pdf.add_object(dictionary! { "FT" => "Sig", "T" => text("seal"), "V" => seal });
        catalog.set(
            "AcroForm",
            dictionary! { "Fields" => vec![field.into()], "SigFlags" => 3 },
        );
    }
    let catalog = pdf.add_object(catalog);
    pdf.trailer.set("Root", catalog);
    let info = pdf.add_object(dictionary! {
        "Author" => text("mark-author"), "Title" => lopdf::text_string("mark-标题"),
        "Creator" => text("mark-program"), "CreationDate" => text("D:2026mark-day"),
    });
    pdf.trailer.set("Info", info);
    pdf
}

/// The PDF, changed once more, so that the words before are still in the file.
fn pdf(is_sealed: bool) -> Vec<u8> {
    let mut document = pdf_document(is_sealed);
    document.add_object(dictionary! { "Said" => text("mark-left-over") });
    let earlier = document.add_object(dictionary! { "Said" => text("mark-earlier") });
    let catalog = document.catalog_mut().expect("there is one");
    catalog.set("Extra", earlier);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("memory");
    let update: lopdf::Result<lopdf::IncrementalDocument> = bytes.as_slice().try_into();
    let mut update = update.expect("it was just written");
    let now = dictionary! { "Said" => text("now") };
    update.new_document.set_object(earlier, now);
    let mut bytes = Vec::new();
    update.save_to(&mut bytes).expect("memory");
    bytes
}

fn packed_pdf() -> Vec<u8> {
    let mut bytes = Vec::new();
    pdf_document(false).save_modern(&mut bytes).expect("memory");
    bytes
}

/// A finished poster of A3.
fn poster() -> Vec<u8> {
    let mut pdf = pdf_document(false);
    for page in pdf.get_pages().into_values().collect::<Vec<_>>() {
        let page = pdf
            .get_object_mut(page)
            .and_then(Object::as_dict_mut)
            .expect("a page");
        page.set(
            "MediaBox",
            vec![
                0.into(),
                0.into(),
                Object::Real(841.89),
                Object::Real(1190.55),
            ],
        );
    }
    let mut bytes = Vec::new();
    pdf.save_to(&mut bytes).expect("memory");
    bytes
}

fn locked_pdf() -> Vec<u8> {
    use lopdf::{EncryptionState, EncryptionVersion, Permissions};
    let mut pdf = pdf_document(false);
    pdf.trailer.set(
        "ID",
        vec![text("0123456789abcdef"), text("0123456789abcdef")],
    );
    let version = EncryptionVersion::V2 {
        document: &pdf,
        owner_password: "owner",
        user_password: "user",
        key_length: 128,
        permissions: Permissions::all(),
    };
    let state = EncryptionState::try_from(version).expect("a state");
    pdf.encrypt(&state).expect("it is encrypted");
    let mut bytes = Vec::new();
    pdf.save_to(&mut bytes).expect("memory");
    bytes
}

/// A photo of a telephone with all that others write into one.
fn jpeg() -> Vec<u8> {
    let photo = phone_photo(64, 48);
    let segment = |marker: u8, content: &[u8]| {
        let length = u16::try_from(content.len() + 2).expect("it is short");
        [&[0xFF, marker][..], &length.to_be_bytes(), content].concat()
    };
    [
        &photo[..2],
        &segment(0xFE, b"mark-comment"),
        &segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\x0Amark-iptc"),
        &segment(0xE2, b"MPF\0mark-mpf"),
        &segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0mark-xmp"),
        &photo[2..],
        b"mark-behind",
    ]
    .concat()
}

fn png() -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, 2, 2);
    encoder.set_color(png::ColorType::Rgb);
    encoder
        .add_text_chunk("Author".into(), "mark-text".into())
        .expect("text");
    encoder
        .add_ztxt_chunk("Comment".into(), "mark-ztxt".into())
        .expect("text");
    encoder
        .add_itxt_chunk("XML:com.adobe.xmp".into(), "mark-itxt".into())
        .expect("text");
    let mut writer = encoder.write_header().expect("a head");
    writer
        .write_chunk(png::chunk::ChunkType(*b"eXIf"), b"MM\0\x2amark-exif")
        .expect("a chunk");
    writer
        .write_chunk(png::chunk::ChunkType(*b"tIME"), b"mark-ti")
        .expect("a chunk");
    writer.write_image_data(&[9; 12]).expect("pixels");
    writer.finish().expect("an end");
    [&out[..], b"mark-behind"].concat()
}

fn gif() -> Vec<u8> {
    [
        &b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xFF\xFF\xFF\x21\xFE\x0Amark-commt\0"[..],
        b"\x21\xFF\x0BXMP DataXMP\x08mark-xmp\0\x2C\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0\x3Bmark-behind",
    ]
    .concat()
}

fn webp() -> Vec<u8> {
    let picture = image::RgbImage::from_pixel(8, 8, image::Rgb([9, 99, 199]));
    let mut out = Cursor::new(Vec::new());
    picture
        .write_to(&mut out, image::ImageFormat::WebP)
        .expect("memory");
    let out = out.into_inner();
    let chunk = |name: &[u8], content: &[u8]| {
        let size = u32::try_from(content.len()).expect("it is short");
        [
            name,
            &size.to_le_bytes(),
            content,
            &vec![0; content.len() % 2],
        ]
        .concat()
    };
    let whole = [
        &b"WEBP"[..],
        &chunk(b"VP8X", &[0x0C, 0, 0, 0, 7, 0, 0, 7, 0, 0]),
        &out[12..],
        &chunk(b"EXIF", b"MM\0\x2amark-exif"),
        &chunk(b"XMP ", b"mark-xmp"),
    ]
    .concat();
    chunk(b"RIFF", &whole)
}

fn svg() -> Vec<u8> {
    "<svg xmlns='http://www.w3.org/2000/svg' xmlns:inkscape='http://www.inkscape.org/namespaces/inkscape' \
     xmlns:sodipodi='http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd' viewBox='0 0 30 20' \
     sodipodi:docname='mark-name.svg' inkscape:export-filename='/home/mark-user/a.png'>\
     <!-- mark-comment --><metadata>mark-metadata</metadata>\
     <sodipodi:namedview inkscape:window-x='mark-view'/>\
     <rect width='30' height='20' fill='#23764A' inkscape:label='mark-label'/>\
     <text x='1' y='9'>seen-svg</text></svg>"
        .into()
}

fn zip(files: &[(&str, &str)]) -> Vec<u8> {
    let files: Vec<(&str, Vec<u8>)> = files
        .iter()
        .map(|(name, text)| (*name, text.as_bytes().to_vec()))
        .collect();
    zip_of(&files)
}

fn zip_of(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        out.start_file(*name, SimpleFileOptions::DEFAULT)
            .expect("memory");
        out.write_all(bytes).expect("memory");
    }
    out.finish().expect("memory").into_inner()
}

const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

fn relations(all: &[(&str, &str, &str)]) -> String {
    let each = all.iter().map(|(id, kind, target)| {
        let mode = if target.starts_with("file:") {
            " TargetMode=\"External\""
        } else {
            ""
        };
        format!("<Relationship Id=\"{id}\" Type=\"{R}/{kind}\" Target=\"{target}\"{mode}/>")
    });
    format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{}</Relationships>",
        each.collect::<String>()
    )
}

const CORE: &str = "<cp:coreProperties xmlns:cp=\"c\" xmlns:dc=\"d\"><dc:creator>mark-author</dc:creator>\
    <cp:lastModifiedBy>mark-last</cp:lastModifiedBy></cp:coreProperties>";
const APP: &str = "<Properties><Company>mark-company</Company><Manager>mark-manager</Manager><Template>C:\\Users\\mark-user\\a.dotm</Template></Properties>";
const CUSTOM: &str = "<Properties><property name=\"mark-custom\"/></Properties>";

fn office(main: &str, rest: &[(&str, String)], media: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let types = format!(
        "<Types><Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/docProps/core.xml\" ContentType=\"c\"/>{}</Types>",
        rest.iter()
            .map(|(name, _)| format!("<Override PartName=\"/{name}\" ContentType=\"x\"/>"))
            .collect::<String>()
    );
    let top = relations(&[
        ("r1", "officeDocument", main),
        ("r2", "core-properties", "docProps/core.xml"),
        ("r3", "extended-properties", "docProps/app.xml"),
        ("r4", "custom-properties", "docProps/custom.xml"),
        ("r5", "thumbnail", "docProps/thumbnail.jpeg"),
    ]);
    let mut files: Vec<(&str, Vec<u8>)> = vec![
        ("[Content_Types].xml", types.into()),
        ("_rels/.rels", top.into()),
        ("docProps/core.xml", CORE.into()),
        ("docProps/app.xml", APP.into()),
        ("docProps/custom.xml", CUSTOM.into()),
        ("docProps/thumbnail.jpeg", jpeg()),
        ("customXml/item1.xml", "<a>mark-custom-xml</a>".into()),
    ];
    files.extend(
        rest.iter()
            .map(|(name, text)| (*name, text.clone().into_bytes())),
    );
    files.extend(media.iter().cloned());
    zip_of(&files)
}

fn docx() -> Vec<u8> {
    let body = "<w:document xmlns:w=\"w\" xmlns:pic=\"p\"><!-- mark-xml-comment --><w:body>\
        <w:p w:rsidR=\"00mark-rsid\"><w:commentRangeStart w:id=\"0\"/><w:r><w:t>seen-docx</w:t></w:r><w:commentRangeEnd w:id=\"0\"/>\
        <w:r><w:commentReference w:id=\"0\"/></w:r>\
        <w:ins w:id=\"1\" w:author=\"mark-author-ins\" w:date=\"mark-date\"><w:r><w:t>seen-added</w:t></w:r></w:ins>\
        <w:del w:id=\"2\" w:author=\"mark-author-del\"><w:r><w:delText>mark-deleted</w:delText></w:r></w:del>\
        <w:r><w:rPr><w:b/><w:rPrChange w:id=\"3\" w:author=\"mark-author-format\"><w:rPr/></w:rPrChange></w:rPr><w:t>x</w:t></w:r>\
        <w:r><w:instrText> INCLUDEPICTURE \"C:\\Users\\mark-user\\a.png\" </w:instrText></w:r>\
        <pic:cNvPr id=\"1\" name=\"a\" descr=\"C:\\Users\\mark-user\\b.jpg\"/></w:p></w:body></w:document>";
    let comments = "<w:comments xmlns:w=\"w\"><w:comment w:author=\"mark-author-comment\"><w:t>mark-said</w:t></w:comment></w:comments>";
    let settings = "<w:settings xmlns:w=\"w\" xmlns:r=\"r\"><w:attachedTemplate r:id=\"t1\"/><w:rsids><w:rsid w:val=\"mark-rsid\"/></w:rsids></w:settings>";
    office(
        "word/document.xml",
        &[
            ("word/document.xml", body.into()),
            ("word/comments.xml", comments.into()),
            (
                "word/people.xml",
                "<w15:people>mark-people</w15:people>".into(),
            ),
            ("word/settings.xml", settings.into()),
            (
                "word/_rels/document.xml.rels",
                relations(&[
                    ("r1", "comments", "comments.xml"),
                    ("r2", "people", "people.xml"),
                    ("r3", "settings", "settings.xml"),
                    ("r4", "image", "media/image1.jpg"),
                ]),
            ),
            (
                "word/_rels/settings.xml.rels",
                relations(&[(
                    "t1",
                    "attachedTemplate",
                    "file:///C:/Users/mark-user/t.dotx",
                )]),
            ),
        ],
        &[("word/media/image1.jpg", jpeg())],
    )
}

fn xlsx() -> Vec<u8> {
    let book = "<workbook xmlns:r=\"r\" xmlns:mc=\"mc\" xmlns:x15ac=\"x\"><fileSharing userName=\"mark-user\"/>\
        <mc:AlternateContent><mc:Choice Requires=\"x15\"><x15ac:absPath url=\"C:\\Users\\mark-user\\\"/></mc:Choice></mc:AlternateContent>\
        <customWorkbookViews><customWorkbookView name=\"mark-person\"/></customWorkbookViews>\
        <sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"r1\"/><sheet name=\"hidden-sheet\" sheetId=\"2\" state=\"veryHidden\" r:id=\"r2\"/></sheets></workbook>";
    let sheet = "<worksheet xmlns:r=\"r\"><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>seen-xlsx</t></is></c></row></sheetData>\
        <pageSetup paperSize=\"9\" r:id=\"p1\"/><legacyDrawing r:id=\"v1\"/></worksheet>";
    let vml = "<xml xmlns:x=\"x\"><x:ClientData ObjectType=\"Note\">mark-vml</x:ClientData></xml>";
    office(
        "xl/workbook.xml",
        &[
            ("xl/workbook.xml", book.into()),
            ("xl/_rels/workbook.xml.rels", relations(&[("r1", "worksheet", "worksheets/sheet1.xml"), ("r9", "person", "persons/person.xml")])),
            ("xl/worksheets/sheet1.xml", sheet.into()),
            ("xl/worksheets/_rels/sheet1.xml.rels", relations(&[
                ("p1", "printerSettings", "../printerSettings/printerSettings1.bin"), ("v1", "vmlDrawing", "../drawings/vmlDrawing1.vml"),
                ("c1", "comments", "../comments1.xml"), ("c2", "threadedComment", "../threadedComments/threadedComment1.xml")])),
            ("xl/comments1.xml", "<comments><authors><author>mark-author</author></authors><t>mark-said</t></comments>".into()),
            ("xl/threadedComments/threadedComment1.xml", "<a>mark-thread</a>".into()),
            ("xl/persons/person.xml", "<personList><person displayName=\"mark-person\" userId=\"mark-id\"/></personList>".into()),
            ("xl/drawings/vmlDrawing1.vml", vml.into()),
            ("xl/printerSettings/printerSettings1.bin", "\\\\mark-machine\\printer".into()),
            ("xl/revisions/userNames.xml", "<users>mark-users</users>".into()),
        ],
        &[("xl/media/image1.png", png())],
    )
}

fn pptx() -> Vec<u8> {
    let slide = "<p:sld xmlns:p=\"p\" xmlns:a=\"a\"><a:t>seen-pptx</a:t></p:sld>";
    office(
        "ppt/presentation.xml",
        &[
            (
                "ppt/presentation.xml",
                "<p:presentation xmlns:p=\"p\"/>".into(),
            ),
            (
                "ppt/_rels/presentation.xml.rels",
                relations(&[
                    ("r1", "slide", "slides/slide1.xml"),
                    ("r2", "commentAuthors", "commentAuthors.xml"),
                ]),
            ),
            ("ppt/slides/slide1.xml", slide.into()),
            (
                "ppt/commentAuthors.xml",
                "<p:cmAuthorLst><p:cmAuthor name=\"mark-author\"/></p:cmAuthorLst>".into(),
            ),
            (
                "ppt/comments/comment1.xml",
                "<p:cmLst>mark-said</p:cmLst>".into(),
            ),
            (
                "ppt/changesInfos/changesInfo1.xml",
                "<pc:chgInfo userId=\"mark-user\"/>".into(),
            ),
        ],
        &[("ppt/media/image1.jpeg", jpeg())],
    )
}

fn odt() -> Vec<u8> {
    let content = "<office:document-content xmlns:office=\"o\" xmlns:text=\"t\" xmlns:dc=\"d\"><text:tracked-changes><text:deletion><dc:creator>mark-author</dc:creator>mark-deleted</text:deletion></text:tracked-changes>\
        <text:p>seen-odt<text:change text:change-id=\"c\"/><office:annotation><dc:creator>mark-author</dc:creator>mark-said</office:annotation></text:p></office:document-content>";
    zip_of(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text".to_vec()),
        ("content.xml", content.into()),
        ("meta.xml", "<meta>mark-meta</meta>".into()),
        ("settings.xml", "<c:s xmlns:config=\"c\"><config:config-item config:name=\"PrinterName\">mark-printer</config:config-item></c:s>".into()),
        ("Thumbnails/thumbnail.png", png()),
        ("Pictures/1.jpg", jpeg()),
        ("META-INF/manifest.xml", "<manifest:manifest xmlns:manifest=\"m\"><manifest:file-entry manifest:full-path=\"meta.xml\"/></manifest:manifest>".into()),
    ])
}

fn ofd() -> Vec<u8> {
    let head = "<ofd:OFD xmlns:ofd=\"o\"><ofd:DocBody><ofd:DocInfo><ofd:DocID>1</ofd:DocID><ofd:Author>mark-author</ofd:Author><ofd:Creator>mark-program</ofd:Creator></ofd:DocInfo></ofd:DocBody></ofd:OFD>";
    zip_of(&[
        ("OFD.xml", head.into()),
        (
            "Doc_0/Pages/Page_0/Content.xml",
            "<ofd:Page xmlns:ofd=\"o\">seen-ofd</ofd:Page>".into(),
        ),
        ("Doc_0/Res/1.jpg", jpeg()),
    ])
}

fn a_box(name: &[u8], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(8 + content.len()).expect("it is short");
    [&length.to_be_bytes(), name, content].concat()
}

fn film(brand: &[u8]) -> Vec<u8> {
    let place = a_box(
        b"udta",
        &[
            a_box(b"\xA9xyz", b"mark-place"),
            a_box(b"meta", b"mark-device"),
        ]
        .concat(),
    );
    let track = a_box(b"trak", &a_box(b"udta", b"mark-track"));
    [
        a_box(b"ftyp", brand),
        a_box(b"free", b"mark-room"),
        a_box(b"uuid", b"0123456789abcdefmark-xmp"),
        a_box(
            b"moov",
            &[place, track, a_box(b"meta", b"mark-keys")].concat(),
        ),
        a_box(b"mdat", b"seen-film"),
    ]
    .concat()
}

/// A film of an action camera.
fn way() -> Vec<u8> {
    let samples = a_box(b"stsd", b"\0\0\0\0\0\0\0\x01\0\0\0\x10gpmd mark-way");
    let track = a_box(
        b"trak",
        &a_box(b"mdia", &a_box(b"minf", &a_box(b"stbl", &samples))),
    );
    [
        a_box(b"ftyp", b"isom"),
        a_box(b"moov", &track),
        a_box(b"mdat", b"mark-way"),
    ]
    .concat()
}

fn webm() -> Vec<u8> {
    let element = |id: &[u8], content: &[u8]| {
        let size = u8::try_from(content.len()).expect("it is short");
        [id, &[0x40, size], content].concat()
    };
    let info = element(
        b"\x15\x49\xA9\x66",
        &[
            element(b"\x7B\xA9", b"mark-title"),
            element(b"\x73\x84", b"mark-file"),
        ]
        .concat(),
    );
    let segment = [
        info,
        element(b"\x1F\x43\xB6\x75", b"seen-webm"),
        element(b"\x12\x54\xC3\x67", b"mark-tags"),
        element(b"\x19\x41\xA4\x69", b"mark-attached"),
    ]
    .concat();
    [
        element(b"\x1A\x45\xDF\xA3", b"webm"),
        element(b"\x18\x53\x80\x67", &segment),
    ]
    .concat()
}

fn mp3() -> Vec<u8> {
    let mut behind = b"TAGmark-id3v1".to_vec();
    behind.resize(128, 0);
    let ape = b"APETAGEX\xD0\x07\0\0\x28\0\0\0\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
    [
        &b"ID3\x04\0\0\0\0\0\x08mark-id3\xFF\xFB\x90\x64seen-mp3"[..],
        b"mark-ape",
        ape,
        &behind,
    ]
    .concat()
}

fn riff(kind: &[u8], sound: &[u8]) -> Vec<u8> {
    let piece = |name: &[u8], content: &[u8]| {
        let size = u32::try_from(content.len()).expect("it is short");
        [
            name,
            &size.to_le_bytes(),
            content,
            &vec![0; content.len() % 2],
        ]
        .concat()
    };
    let info = piece(
        b"LIST",
        &[b"INFO", &*piece(b"IART", b"mark-artist")].concat(),
    );
    piece(
        b"RIFF",
        &[
            kind,
            &*piece(sound, b"seen-wav"),
            &info,
            &piece(b"bext", b"mark-bext"),
            &piece(b"iXML", b"mark-ixml"),
            &piece(b"id3 ", b"mark-id3"),
        ]
        .concat(),
    )
}

fn flac() -> Vec<u8> {
    [&b"fLaC\0\0\0\x02ab\x04\0\0\x0Amark-names\x06\0\0\x0Cmark-picture\x82\0\0\x08mark-appseen-flac"[..]].concat()
}

fn opus() -> Vec<u8> {
    let page = |packet: &[u8]| {
        let size = u8::try_from(packet.len()).expect("it is short");
        [
            b"OggS\0\0\0\0\0\0\0\0\0\0\x01\0\0\0\0\0\0\0\0\0\0\0\x01",
            &[size][..],
            packet,
        ]
        .concat()
    };
    [
        page(b"OpusHead"),
        page(b"OpusTags\x0A\0\0\0mark-maker\x01\0\0\0\x08\0\0\0mark-tag"),
        page(b"seen-opus"),
    ]
    .concat()
}

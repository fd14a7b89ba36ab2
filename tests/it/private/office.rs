//! Documents of offices with marks.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::pictures::{jpeg, png};

pub(super) fn zip(files: &[(&str, &str)]) -> Vec<u8> {
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

pub(super) fn docx() -> Vec<u8> {
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

pub(super) fn xlsx() -> Vec<u8> {
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

pub(super) fn pptx() -> Vec<u8> {
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

pub(super) fn odt() -> Vec<u8> {
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

pub(super) fn ofd() -> Vec<u8> {
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

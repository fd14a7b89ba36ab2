//! Files that would do harm are refused at once; kinds that are not read say what to do.

use std::time::Instant;

use greenboard::diag::Language;
use insta::assert_snapshot;

use super::{brought, empty, packed, read_site};

const HEAD: &str =
    "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>";
const END: &str = "</w:body></w:document>";

fn document(body: &str) -> Vec<u8> {
    let text = format!("{HEAD}{body}{END}");
    packed(&[("word/document.xml".to_owned(), text.into_bytes())])
}

/// Says why a file is refused, and that it is at once.
fn refused(name: &str, bytes: Vec<u8>) -> String {
    let site = read_site(&empty());
    // A busy machine makes anything slow once.
    let timed = |_| {
        let begun = Instant::now();
        (brought(name, bytes.clone(), &site), begun.elapsed())
    };
    let tried = (0..4).map(timed).find(|(_, took)| took.as_millis() < 1000);
    let (brought, _) = tried.unwrap_or_else(|| panic!("{name} takes longer than a second"));
    assert!(brought.files.is_empty(), "{name} was not refused");
    let all = brought.told.iter().map(|it| it.render(Language::Chinese));
    all.map(|it| format!("{} {}\n", it.code, it.message))
        .collect()
}

#[test]
fn hostile_files_are_refused_at_once() {
    let deep = |open: &str, close: &str| {
        document(&format!("{}{}", open.repeat(10_000), close.repeat(10_000)))
    };
    let paragraph = "<w:p><w:r><w:t>字</w:t></w:r></w:p>";
    let cell = |span: &str| {
        document(&format!(
            "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"{span}\"/></w:tcPr>{paragraph}</w:tc></w:tr></w:tbl>"
        ))
    };
    let whole = document(paragraph);
    let doctype = format!(
        "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>{HEAD}<w:p><w:r><w:t>&a;</w:t></w:r></w:p>{END}"
    );
    let cases = [
        (
            "bomb.docx",
            document(&format!(
                "<w:p><w:r><w:t>{}</w:t></w:r></w:p>",
                " ".repeat(30 << 20)
            )),
        ),
        (
            "deep.docx",
            deep("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
        ),
        (
            "control.docx",
            deep("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
        ),
        (
            "doctype.docx",
            packed(&[("word/document.xml".to_owned(), doctype.into_bytes())]),
        ),
        ("wide.docx", cell("2000000000")),
        ("wider.docx", cell("99999999999999999999")),
        ("cut.docx", whole[..whole.len() / 2].to_vec()),
        (
            "escapes.docx",
            packed(&[
                (
                    "word/document.xml".to_owned(),
                    format!("{HEAD}{paragraph}{END}").into_bytes(),
                ),
                ("../../evil.sh".to_owned(), b"x".to_vec()),
            ]),
        ),
        (
            "blob.docx",
            packed(&[
                (
                    "word/document.xml".to_owned(),
                    format!("{HEAD}{paragraph}{END}").into_bytes(),
                ),
                ("word/media/image1.png".to_owned(), vec![0; 9 << 20]),
            ]),
        ),
        ("many.docx", document(&"<w:p/>".repeat(700_000))),
        (
            "span.html",
            format!(
                "<table>{}</table>",
                "<tr><td colspan=2000000000>x</td></tr>".repeat(9)
            )
            .into_bytes(),
        ),
        ("deep.html", "<div>".repeat(100_000).into_bytes()),
    ];
    let said: String = cases
        .into_iter()
        .map(|(name, bytes)| refused(name, bytes))
        .collect();
    assert_snapshot!(said, @"
    G702 `bomb.docx` 没有导入：里面的东西展开以后大得离谱，不像一份文件
    G702 `deep.docx` 没有导入：里面一层套一层，没完没了，不像一份文件
    G702 `control.docx` 没有导入：里面一层套一层，没完没了，不像一份文件
    G702 `doctype.docx` 没有导入：里面夹着会去读别的文件的东西，正常的文件没有
    G702 `wide.docx` 没有导入：里面有一张宽得离谱的表，不像一份文件
    G702 `wider.docx` 没有导入：里面有一张宽得离谱的表，不像一份文件
    G702 `cut.docx` 没有导入：文件不完整，后面一截没有了
    G702 `escapes.docx` 没有导入：里面的文件想写到别的文件夹去，正常的文件不会
    G702 `blob.docx` 没有导入：里面的东西展开以后大得离谱，不像一份文件
    G702 `many.docx` 没有导入：里面的东西展开以后大得离谱，不像一份文件
    G702 `span.html` 没有导入：里面有一张宽得离谱的表，不像一份文件
    G702 `deep.html` 没有导入：里面一层套一层，没完没了，不像一份文件
    ");
}

#[test]
fn tables_within_tables_are_read_once_each() {
    let site = read_site(&empty());
    let (open, close) = (
        "<table><tr><td>".repeat(40),
        "</td></tr></table>".repeat(40),
    );
    let nested = format!("<h1>停水通知</h1><p>周六停水。</p>{open}8时到12时{close}");
    let timed = |_| {
        let begun = Instant::now();
        let brought = brought("nested.html", nested.clone().into_bytes(), &site);
        (brought, begun.elapsed())
    };
    let tried = (0..4).map(timed).find(|(_, took)| took.as_millis() < 1000);
    let (brought, _) = tried.expect("it takes no longer than a second");
    assert!(!brought.files.is_empty(), "it is no hostile file");
}

fn utf_16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

#[test]
fn kinds_that_are_not_read_say_what_to_do() {
    let ole = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 rest".to_vec();
    let wide = utf_16("EncryptedPackage");
    let ofd = packed(&[("OFD.xml".to_owned(), b"<ofd:OFD/>".to_vec())]);
    let cases = [
        ("a.doc", ole.clone()),
        ("a.wps", ole.clone()),
        ("a.et", ole.clone()),
        ("locked.docx", [ole.clone(), wide.clone()].concat()),
        ("a.rtf", b"{\\rtf1 x}".to_vec()),
        ("a.ofd", ofd),
        ("a.heic", b"\0\0\0\x18ftypheic\0\0\0\0heicmif1".to_vec()),
        ("a.avif", b"\0\0\0\x18ftypavif\0\0\0\0avifmif1".to_vec()),
        ("locked.xlsx", [ole.clone(), wide.clone()].concat()),
        ("old.docx", [ole.clone(), utf_16("WordDocument")].concat()),
        ("old.xlsx", [ole.clone(), utf_16("Workbook")].concat()),
        ("empty.txt", b" \n".to_vec()),
        ("empty.docx", Vec::new()),
    ];
    let site = read_site(&empty());
    let said = cases.map(|(name, bytes)| {
        let brought = brought(name, bytes, &site);
        assert!(brought.is_refused(), "{name}");
        let said = brought.told[0].render(Language::Chinese);
        format!(
            "{} {} / {}\n",
            said.code,
            said.message,
            said.hints.join(" / ")
        )
    });
    assert_snapshot!(said.concat(), @"
    G701 `a.doc` 没有导入：这种文件读不了 / 用 WPS 或 Word 打开它，“另存为”，类型选 .docx，再导入那一份
    G701 `a.wps` 没有导入：这种文件读不了 / 用 WPS 打开它，“文件—另存为”，类型选“Word 文件（*.docx）”，再导入那一份
    G701 `a.et` 没有导入：这种文件读不了 / 用 WPS 或 Excel 打开它，“另存为”，类型选 .xlsx，再导入那一份
    G701 `locked.docx` 没有导入：这种文件读不了 / 文件加了密码：先用 WPS 或 Word 打开，去掉密码再保存
    G701 `a.rtf` 没有导入：这种文件读不了 / 用 WPS 或 Word 打开它，“另存为”，类型选 .docx，再导入那一份；RTF 里的图片和修订会一起带过去，存完看一眼
    G701 `a.ofd` 没有导入：这种文件读不了 / OFD 是版式文件，字的先后已经没有了。请发文件的人给 .docx；只要原样挂出来的，用 OFD 阅读器转成 PDF，再导入 PDF
    G701 `a.heic` 没有导入：这种文件读不了 / 一张 HEIC 或 AVIF 格式的照片没有带过来；在手机“设置—相机—格式”里选“兼容性最佳”再拍，或者用微信发给自己、不勾“原图”，收到的就是 JPG
    G701 `a.avif` 没有导入：这种文件读不了 / 一张 HEIC 或 AVIF 格式的照片没有带过来；在手机“设置—相机—格式”里选“兼容性最佳”再拍，或者用微信发给自己、不勾“原图”，收到的就是 JPG
    G701 `locked.xlsx` 没有导入：这种文件读不了 / 文件加了密码：先用 WPS 或 Word 打开，去掉密码再保存
    G701 `old.docx` 没有导入：这种文件读不了 / 用 WPS 或 Word 打开它，“另存为”，类型选 .docx，再导入那一份
    G701 `old.xlsx` 没有导入：这种文件读不了 / 用 WPS 或 Excel 打开它，“另存为”，类型选 .xlsx，再导入那一份
    G703 `empty.txt` 里没有能登的内容 / 看看是不是空的，或者整篇是一张图；是扫描件的，请对方发能选中文字的那一份
    G703 `empty.docx` 里没有能登的内容 / 看看是不是空的，或者整篇是一张图；是扫描件的，请对方发能选中文字的那一份
    ");
}

//! Drawings in, what everyone sees of them out.

use super::*;

#[track_caller]
fn through(drawing: &str) -> (String, Remarks) {
    let cleaned = cleaned(drawing, 0).unwrap_or_else(|cause| panic!("{cause}: {drawing}"));
    (cleaned.text, cleaned.remarks)
}

#[test]
fn a_plain_drawing_stays_as_it_is() {
    let drawing = "<?xml version=\"1.0\"?>\n<svg xmlns='http://www.w3.org/2000/svg' viewBox=\"0 0 9 9\"><g id='a'/><use href=\"#a\"/><text>3 &lt; 4</text></svg>\n";
    assert_eq!(clean(drawing.as_bytes()), None);
    assert_eq!(clean(b"no drawing"), None);
}

#[test]
fn scripts_and_what_a_program_remembers_go() {
    let (text, remarks) = through(
        "<!-- C:\\Users\\wang\\图.svg --><svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" \
         xmlns:inkscape=\"http://www.inkscape.org/namespaces/inkscape\" inkscape:export-filename=\"/home/wang/a.png\" \
         onload=\"steal()\" content=\"&lt;mxfile/&gt;\"><metadata><rdf/></metadata><inkscape:page id=\"p\"><g/></inkscape:page>\
         <script>alert(1)</script><title>D:\\稿\\图.svg</title><a xlink:href=\"javascript:x()\"><rect onclick='x()' width=\"3\"/></a>\
         <set attributeName=\"onclick\" to=\"x()\"/><a href=\"https://a.example/\"><g/></a></svg>",
    );
    insta::assert_snapshot!(text, @r#"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><title></title><a><rect width="3"/></a><a href="https://a.example/"><g/></a></svg>"#);
    assert_eq!(remarks, Remarks::default());
}

#[test]
fn what_lies_elsewhere_is_told() {
    let (text, remarks) = through(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">\
         <style>@import url(https://a.example/f.css);/* x */ r{fill:url(#g)}</style>\
         <image xlink:href=\"file:///C:/Users/wang/门.png\"/><image href=\"logo.png\"/><use href=\"#a\"/>\
         <rect fill=\"url(#g)\" filter=\"url(b.svg#f)\"/></svg>",
    );
    insta::assert_snapshot!(text, @r##"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><style> r{fill:url(#g)}</style><image/><image/><use href="#a"/><rect fill="url(#g)" filter="none"/></svg>"##);
    let outside: Vec<&str> = remarks.outside.iter().map(String::as_str).collect();
    assert_eq!(
        outside,
        ["b.svg#f", "https://a.example/f.css", "logo.png", "门.png"]
    );
}

#[test]
fn words_of_web_pages_are_told_where_nothing_stands_in_for_them() {
    let page = "<foreignObject><div xmlns=\"http://www.w3.org/1999/xhtml\" onclick=\"x()\">字<script>x()</script></div></foreignObject>";
    let has_words = |body: &str| {
        let (text, remarks) = through(&format!("<svg xmlns=\"{SVG}\">{body}</svg>"));
        assert!(!text.contains("x()"), "{text}");
        remarks.words
    };
    assert!(has_words(page));
    assert!(has_words(&format!("<switch>{page}</switch>")));
    assert!(!has_words(&format!(
        "<switch>{page}<text>字</text></switch>"
    )));
    assert!(!has_words(
        "<foreignObject><div xmlns=\"http://www.w3.org/1999/xhtml\"> </div></foreignObject>"
    ));
}

#[test]
fn fonts_of_text_are_named() {
    let fonts = |body: &str| {
        through(&format!("<svg xmlns=\"{SVG}\">{body}</svg>"))
            .1
            .fonts
    };
    let named = fonts(
        "<text font-family=\"SimHei, sans-serif\" style=\"font-family:'华文行楷'\">字</text>",
    );
    assert_eq!(
        named.into_iter().flatten().collect::<Vec<_>>(),
        ["SimHei", "sans-serif", "华文行楷"]
    );
    assert!(fonts("<rect font-family=\"SimHei\"/>").is_empty());
}

#[test]
fn a_photo_within_a_drawing_loses_its_place() {
    let photo = crate::photo::testing::phone_photo(64, 48);
    let address = base64::address("image/jpeg", &photo);
    let (text, _) = through(&format!(
        "<svg xmlns=\"{SVG}\"><image href=\"{address}\"/></svg>"
    ));
    let kept = text
        .split('"')
        .find(|part| part.starts_with("data:"))
        .expect("the photo is there");
    let (_, bytes) = base64::data(kept).expect("it is a picture");
    let latitude = crate::photo::testing::LATITUDE;
    assert!(!bytes.windows(latitude.len()).any(|part| part == latitude));
    assert_eq!(crate::photo::orientation(&bytes), Some(6));
}

#[test]
fn a_giant_within_a_drawing_comes_small() {
    let mut giant = std::io::Cursor::new(Vec::new());
    image::GrayImage::new(9000, 4000)
        .write_to(&mut giant, image::ImageFormat::Png)
        .expect("memory takes any picture");
    let address = base64::address("image/png", giant.get_ref());
    let (text, _) = through(&format!(
        "<svg xmlns=\"{SVG}\"><image href=\"{address}\"/></svg>"
    ));
    let kept = text.split('"').find(|part| part.starts_with("data:"));
    let (_, bytes) = base64::data(kept.expect("it is there")).expect("it is a picture");
    let (width, height) = crate::photo::size(&bytes).expect("it is a picture");
    assert!(width < 8000 && height < 4000, "{width}×{height}");
    let cut = base64::address("image/png", &giant.get_ref()[..60]);
    let (_, remarks) = through(&format!(
        "<svg xmlns=\"{SVG}\"><image href=\"{cut}\"/></svg>"
    ));
    assert_eq!(
        remarks.outside.into_iter().collect::<Vec<_>>(),
        ["image/png"]
    );
}

#[test]
fn names_given_by_a_document_type_are_understood() {
    let (text, _) = through(
        "<!DOCTYPE svg PUBLIC \"a\" \"b\" [ <!ENTITY ns_svg \"http://www.w3.org/2000/svg\"> <!ENTITY ns_ai \"http://ns.adobe.com/AdobeIllustrator/10.0/\"> ]>\
         <svg xmlns=\"&ns_svg;\" xmlns:i=\"&ns_ai;\" i:a=\"1\"><i:pgf>C:\\a</i:pgf><rect/></svg>",
    );
    assert_eq!(
        text,
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><rect/></svg>"
    );
}

#[test]
fn broken_drawings_say_so() {
    for broken in [
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><g>",
        "<svg><g></svg>",
        "<svg>&a;</svg>",
        &"<svg>".repeat(900),
    ] {
        assert!(
            matches!(fault(broken.as_bytes()), Some(Fault::Broken(_))),
            "{broken}"
        );
    }
    assert_eq!(fault(b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>"), None);
}

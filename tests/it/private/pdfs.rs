//! PDFs with marks.

use std::io::Write as _;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use super::pictures::jpeg;

pub(super) fn text(words: &str) -> Object {
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
pub(super) fn pdf(is_sealed: bool) -> Vec<u8> {
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

pub(super) fn packed_pdf() -> Vec<u8> {
    let mut bytes = Vec::new();
    pdf_document(false).save_modern(&mut bytes).expect("memory");
    bytes
}

/// Words on a layer that is switched off, and what was typed into a form.
pub(super) fn layered_pdf(size: [f32; 2]) -> Vec<u8> {
    let mut pdf = Document::with_version("1.7");
    let layer = dictionary! { "Type" => "OCG", "Name" => lopdf::text_string("底稿") };
    let layer = pdf.add_object(layer);
    let content = b"/OC /L BDC BT /F1 24 Tf 60 700 Td (mark-layer) Tj ET EMC";
    let content = pdf.add_object(Stream::new(Dictionary::new(), content.to_vec()));
    let form = pdf.add_object(Stream::new(
        Dictionary::new(),
        b"<xdp>mark-form</xdp>".to_vec(),
    ));
    let font = dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" };
    let pages = pdf.new_object_id();
    let page = pdf.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => content,
        "MediaBox" => vec![0.into(), 0.into(), Object::Real(size[0]), Object::Real(size[1])],
        "Resources" => dictionary! {
            "Font" => dictionary! { "F1" => font },
            "Properties" => dictionary! { "L" => layer },
        },
    });
    pdf.set_object(
        pages,
        dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 },
    );
    let catalog = pdf.add_object(dictionary! {
        "Type" => "Catalog", "Pages" => pages,
        "AcroForm" => dictionary! { "Fields" => Vec::<Object>::new(), "XFA" => form },
        "OCProperties" => dictionary! {
            "OCGs" => vec![layer.into()], "D" => dictionary! { "OFF" => vec![layer.into()] },
        },
    });
    pdf.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    pdf.save_to(&mut bytes).expect("memory");
    bytes
}

/// A finished poster of A3.
pub(super) fn poster() -> Vec<u8> {
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

pub(super) fn locked_pdf() -> Vec<u8> {
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

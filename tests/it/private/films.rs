//! Films and sound with marks.

fn a_box(name: &[u8], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(8 + content.len()).expect("it is short");
    [&length.to_be_bytes(), name, content].concat()
}

pub(super) fn film(brand: &[u8]) -> Vec<u8> {
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
pub(super) fn way() -> Vec<u8> {
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

pub(super) fn webm() -> Vec<u8> {
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

pub(super) fn mp3() -> Vec<u8> {
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

/// A piece of a RIFF file, which WebP, WAV and AVI are.
pub(super) fn piece(name: &[u8], content: &[u8]) -> Vec<u8> {
    let size = u32::try_from(content.len()).expect("it is short");
    [
        name,
        &size.to_le_bytes(),
        content,
        &vec![0; content.len() % 2],
    ]
    .concat()
}

pub(super) fn riff(kind: &[u8], sound: &[u8]) -> Vec<u8> {
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

pub(super) fn flac() -> Vec<u8> {
    [&b"fLaC\0\0\0\x02ab\x04\0\0\x0Amark-names\x06\0\0\x0Cmark-picture\x82\0\0\x08mark-appseen-flac"[..]].concat()
}

pub(super) fn opus() -> Vec<u8> {
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

//! Files of the cases that no text can hold.

use image::codecs::gif::GifEncoder;
use image::{Delay, Frame, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

/// What a file begins with that the system does not let us read.
pub const UNREADABLE: &[u8] = b"unreadable";

/// Makes the file that a case calls `name`.
pub fn made(name: &str) -> Vec<u8> {
    match name {
        "unreadable" => UNREADABLE.to_vec(),
        "empty" => Vec::new(),
        "no-text" => vec![0, 1, 2, 3, 0xFF, 0xFE, 0, 0, 0xD8, 0],
        "gb18030-page" => gb18030("---\ntitle: 关紧水龙头的办法\ndate: 2026-01-01\n---\n出门前看一眼厨房和卫生间的水龙头。\n"),
        "utf8-page" => "---\ntitle: 关紧水龙头的办法\ndate: 2026-01-01\n---\n出门前看一眼厨房和卫生间的水龙头。\n".into(),
        "png" => picture(600, ImageFormat::Png),
        "fine-png" => picture(3000, ImageFormat::Png),
        "jpg" => picture(600, ImageFormat::Jpeg),
        "cut-jpg" => picture(600, ImageFormat::Jpeg)[..3000].to_vec(),
        "broken-png" => b"<html>404</html>".to_vec(),
        "giant-png" => giant(),
        "heic" => b"\0\0\0\x18ftypheic\0\0\0\0heicmif1".to_vec(),
        "rare-jpg" => std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/src/photo/samples/arithmetic.jpg")).expect("it is there"),
        "moving-gif" => moving(),
        "hidden-xlsx" => book(|sheet| {
            prices(sheet)?;
            sheet.write_row(0, 2, ["电话", "备注"])?.write_row(1, 2, ["无", "好"])?;
            sheet.set_column_hidden(2).map(drop)
        }),
        "xlsx" => book(prices),
        "bare-xlsx" => book(|sheet| {
            prices(sheet)?;
            let odd = Format::new().set_num_format("[DBNum2][$RMB]General");
            sheet.write_with_format(1, 1, 0.3333, &odd).map(drop)
        }),
        "text-xlsx" => book(|sheet| {
            prices(sheet)?;
            sheet.write(1, 1, "1/3").map(drop)
        }),
        "titled-xlsx" => book(|sheet| {
            sheet.merge_range(0, 0, 0, 1, "小院", &Format::new())?;
            sheet.write_row(1, 0, ["物品", "元"])?.write_row(2, 0, ["沙发", "三十"]).map(drop)
        }),
        "times-xlsx" => book(|sheet| {
            let clock = Format::new().set_num_format("h:mm");
            sheet.write_row(0, 0, ["日", "开始"])?.write_row(1, 0, ["一", ""])?.write_row(2, 0, ["二", ""])?;
            sheet.write_with_format(1, 1, 0.375, &clock)?;
            sheet.write(2, 1, 0.5).map(drop)
        }),
        "told-times-xlsx" => book(|sheet| {
            let clock = Format::new().set_num_format("h:mm");
            sheet.write_row(0, 0, ["日", "开始"])?.write_row(1, 0, ["一", ""])?.write_row(2, 0, ["二", ""])?;
            sheet.write_with_format(1, 1, 0.375, &clock)?;
            sheet.write(2, 1, "0.5").map(drop)
        }),
        "a3-pdf" => pdf(842, 1191),
        "a4-pdf" => pdf(595, 842),
        other => panic!("no file is called {other}"),
    }
}

fn gb18030(text: &str) -> Vec<u8> {
    encoding_rs::GB18030.encode(text).0.into_owned()
}

fn picture(side: u32, format: ImageFormat) -> Vec<u8> {
    let shade = |n: u32| u8::try_from(n % 251).unwrap_or(0);
    let pixels = RgbImage::from_fn(side, side, |x, y| {
        Rgb([shade(x), shade(y), shade(x / 3 + y)])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    pixels
        .write_to(&mut bytes, format)
        .expect("memory takes any picture");
    bytes.into_inner()
}

/// A PNG whose head claims 100000 × 100000 pixels.
fn giant() -> Vec<u8> {
    let mut bytes = picture(8, ImageFormat::Png);
    bytes[16..20].copy_from_slice(&100_000_u32.to_be_bytes());
    bytes[20..24].copy_from_slice(&100_000_u32.to_be_bytes());
    bytes
}

fn moving() -> Vec<u8> {
    let mut bytes = Vec::new();
    let frame = |shade| {
        let pixels = RgbaImage::from_pixel(600, 600, Rgba([shade, 0, 0, 255]));
        Frame::from_parts(pixels, 0, 0, Delay::from_numer_denom_ms(200, 1))
    };
    let mut encoder = GifEncoder::new(&mut bytes);
    encoder
        .encode_frames([frame(0), frame(200)])
        .expect("memory takes any picture");
    drop(encoder);
    bytes
}

fn prices(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet
        .write_row(0, 0, ["物品", "元"])?
        .write(1, 0, "沙发")?
        .write(1, 1, 30)
        .map(drop)
}

fn book(fill: impl FnOnce(&mut Worksheet) -> Result<(), XlsxError>) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(book.add_worksheet().set_name("小院").expect("a name")).expect("written");
    book.save_to_buffer().expect("a small workbook")
}

/// A blank PDF of one page of that size in points.
fn pdf(width: u32, height: u32) -> Vec<u8> {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Resources << >> >>"
        ),
    ];
    let mut text = "%PDF-1.4\n".to_owned();
    let mut table = "0000000000 65535 f \n".to_owned();
    for (at, object) in objects.iter().enumerate() {
        table += &format!("{:010} 00000 n \n", text.len());
        text += &format!("{} 0 obj\n{object}\nendobj\n", at + 1);
    }
    let start = text.len();
    text += &format!(
        "xref\n0 4\n{table}trailer << /Size 4 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    );
    text.into_bytes()
}

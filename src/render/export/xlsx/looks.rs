//! How the cells of the workbook look: the theme's colours.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};
use serde_json::Value;

/// What Chinese offices have; others show a similar one in its place.
const FONT: &str = "微软雅黑";

/// The formats of cells.
pub(super) struct Looks {
    pub(super) title: Format,
    pub(super) head: Format,
    pub(super) label: Format,
    pub(super) text: Format,
    pub(super) centred: Format,
    pub(super) now: Format,
    pub(super) notice: Format,
    pub(super) quiet: Format,
    pub(super) day: Format,
    pub(super) number: Format,
    pub(super) money: Format,
    pub(super) total: Format,
    pub(super) total_money: Format,
}

impl Looks {
    pub(super) fn new(tokens: &Value) -> Self {
        let colour = |name: &str, other: u32| {
            let hex = tokens.pointer(&format!("/color/{name}"));
            let hex = hex.and_then(Value::as_str).unwrap_or_default();
            let number = u32::from_str_radix(hex.trim_start_matches('#'), 16);
            Color::RGB(number.unwrap_or(other))
        };
        let (ink, pine) = (colour("ink", 0x0016_281F), colour("pine", 0x000F_4A36));
        let (dew, line) = (colour("dew", 0x00DD_EBE3), colour("line", 0x00C9_D3CB));
        let plain = Format::new()
            .set_font_name(FONT)
            .set_font_size(10)
            .set_font_color(ink)
            .set_align(FormatAlign::Top);
        let text = plain
            .clone()
            .set_text_wrap()
            .set_border(FormatBorder::Thin)
            .set_border_color(line);
        let centred = text.clone().set_align(FormatAlign::Center);
        let total = text.clone().set_bold().set_background_color(dew);
        Self {
            title: plain
                .clone()
                .set_bold()
                .set_font_size(16)
                .set_font_color(pine),
            head: centred
                .clone()
                .set_bold()
                .set_font_color(colour("on-pine", 0x00FF_FFFF))
                .set_background_color(pine)
                .set_align(FormatAlign::VerticalCenter),
            label: text
                .clone()
                .set_bold()
                .set_background_color(dew)
                .set_align(FormatAlign::VerticalCenter),
            now: text
                .clone()
                .set_background_color(colour("paper", 0x00F7_F5EE)),
            notice: text.clone().set_bold().set_font_color(pine),
            quiet: plain
                .set_font_size(9)
                .set_font_color(colour("soft", 0x004C_5B53)),
            day: centred.clone().set_num_format("yyyy-mm-dd"),
            number: text
                .clone()
                .set_num_format("0")
                .set_align(FormatAlign::Right),
            money: text
                .clone()
                .set_num_format("0.00")
                .set_align(FormatAlign::Right),
            total_money: total
                .clone()
                .set_num_format("0.00")
                .set_align(FormatAlign::Right),
            total,
            centred,
            text,
        }
    }
}

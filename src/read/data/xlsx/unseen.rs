//! Cells whose letters nobody sees: of the colour of what they stand on, or too small to read. So
//! people keep in a sheet what is not to be printed.

use calamine::{Color, FillPattern, Style};

/// Two colours that differ by no more, in red, green and blue, are one to the eye.
const ALIKE: u8 = 0x0A;
/// Letters of so many points and fewer are no text that anybody reads.
const TINY: f64 = 3.0;
/// What letters stand on where a sheet says nothing.
const PAPER: Color = Color {
    alpha: 255,
    red: 255,
    green: 255,
    blue: 255,
};

/// Tells whether nobody sees the letters of a cell of that style.
pub(super) fn is_unseen(style: &Style) -> bool {
    let Some(font) = &style.font else {
        return false;
    };
    if font.size.is_some_and(|size| size <= TINY) {
        return true;
    }
    let ground = match style.fill.as_ref().map(|fill| (fill, &fill.pattern)) {
        None | Some((_, FillPattern::None)) => Some(PAPER),
        Some((fill, FillPattern::Solid)) => fill.foreground_color,
        // Of dots and lines letters of any colour stand out a little.
        Some(_) => None,
    };
    let pair = font.color.zip(ground);
    pair.is_some_and(|(ink, ground)| are_alike(ink, ground))
}

fn are_alike(a: Color, b: Color) -> bool {
    let near = |a: u8, b: u8| a.abs_diff(b) <= ALIKE;
    near(a.red, b.red) && near(a.green, b.green) && near(a.blue, b.blue)
}

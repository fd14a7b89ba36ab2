//! How a sheet differs from those beside it: the order of its parts, and its colours.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use crate::area::Size;
use crate::theme::Theme;

/// The skeleton and the ground of a sheet, by their numbers among the theme's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Design {
    /// What stands where: one of all [`skeletons`](crate::theme::Theme::skeletons).
    pub skeleton: u8,
    /// The colours: one of [`Ground::all`].
    pub ground: u8,
}

/// The designs of pages on sheets, by the ids of the pages and the sizes of the sheets.
pub type Designs = BTreeMap<(String, SheetSize), Design>;

/// A size that can be compared: width and height in tenths of a millimetre.
pub type SheetSize = (u32, u32);

/// Returns a size in tenths of a millimetre.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sheets are neither negative nor kilometres long"
)]
pub fn sheet_size(size: Size) -> SheetSize {
    let tenths = |length: f64| (length * 10.0).round() as u32;
    (tenths(size.width), tenths(size.height))
}

/// A design as layouts are given it: by names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DesignData {
    /// What stands where.
    pub skeleton: String,
    /// The colours.
    pub ground: String,
}

/// A set of colours that a sheet may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ground {
    /// Its name.
    pub name: String,
    /// How light it is.
    pub shade: Shade,
    /// Topics and days that it is for: all, where it names none.
    pub for_days: Vec<String>,
    /// The sheet's own colour: red, green, blue.
    pub base: [u8; 3],
    /// The colour of a field on it.
    pub block: [u8; 3],
}

/// How light a ground is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shade {
    /// Paper, or hardly more.
    White,
    /// A tint.
    Pale,
    /// A full colour with dark type.
    Bright,
    /// A full colour with white type.
    Dark,
}

impl DesignData {
    /// Names a design by what the theme calls its parts.
    pub(super) fn of(design: Design, theme: &Theme) -> Option<Self> {
        let grounds = Ground::all(&theme.tokens);
        Some(Self {
            skeleton: theme.skeletons().get(usize::from(design.skeleton))?.clone(),
            ground: grounds.get(usize::from(design.ground))?.name.clone(),
        })
    }
}

/// Reads `#RRGGBB`.
fn rgb(colour: &str) -> Option<[u8; 3]> {
    let number = u32::from_str_radix(colour.strip_prefix('#')?, 16).ok()?;
    let [0, red, green, blue] = number.to_be_bytes() else {
        return None;
    };
    Some([red, green, blue])
}

/// How many hues are told apart; greys follow as dark, middle and light.
pub const HUES: usize = 12;

/// Returns the number of a colour's hue, or of its grey: one of [`HUES`] + 3.
pub fn hue(colour: [u8; 3]) -> usize {
    let [red, green, blue] = colour.map(f64::from);
    let most = red.max(green).max(blue);
    let span = most - red.min(green).min(blue);
    if span < 18.0 {
        return HUES
            + match most {
                ..85.0 => 0,
                ..200.0 => 1,
                _ => 2,
            };
    }
    let channel = colour.iter().position(|it| f64::from(*it) >= most);
    let turn = match channel {
        Some(0) => (green - blue) / span,
        Some(1) => 2.0 + (blue - red) / span,
        _ => 4.0 + (red - green) / span,
    };
    (turn.rem_euclid(6.0) * 2.0) as usize % HUES
}

impl Ground {
    /// Tells whether it is white with a dark field, as official notices have it.
    pub fn is_quiet(&self) -> bool {
        let light: u32 = self.block.iter().map(|it| u32::from(*it)).sum();
        self.shade == Shade::White && light < 3 * 128
    }

    /// Reads `grounds` of a theme's tokens; what is no ground is left out.
    pub fn all(tokens: &Value) -> Vec<Self> {
        let Some(grounds) = tokens.get("grounds").and_then(Value::as_object) else {
            return Vec::new();
        };
        let read = |(name, value): (&String, &Value)| {
            let shade = match value.get("shade")?.as_str()? {
                "white" => Shade::White,
                "pale" => Shade::Pale,
                "bright" => Shade::Bright,
                "dark" => Shade::Dark,
                _ => return None,
            };
            let days = value.get("for").and_then(Value::as_array);
            let days = days.into_iter().flatten().filter_map(Value::as_str);
            let colour = |name: &str| rgb(value.get(name)?.as_str()?);
            Some(Self {
                name: name.clone(),
                shade,
                for_days: days.map(str::to_owned).collect(),
                base: colour("base")?,
                block: colour("block")?,
            })
        };
        grounds.iter().filter_map(read).collect()
    }
}

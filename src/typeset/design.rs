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

impl Ground {
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
            Some(Self {
                name: name.clone(),
                shade,
                for_days: days.map(str::to_owned).collect(),
            })
        };
        grounds.iter().filter_map(read).collect()
    }
}

//! The article's colours, from the theme's tokens, and how its parts look: styles that the editor
//! keeps.

use serde_json::Value;

/// Colours by the theme's names.
pub(super) struct Look {
    pub ink: String,
    pub soft: String,
    pub line: String,
    pub pine: String,
    pub leaf: String,
    pub dew: String,
    pub sun: String,
    pub clay: String,
    pub link: String,
    pub on_pine: String,
    tokens: Value,
}

impl Look {
    pub fn of(tokens: &Value) -> Self {
        let colour = |name: &str| {
            let colour = tokens["color"][name].as_str();
            colour.unwrap_or("#000000").to_owned()
        };
        Self {
            ink: colour("ink"),
            soft: colour("soft"),
            line: colour("line"),
            pine: colour("pine"),
            leaf: colour("leaf"),
            dew: colour("dew"),
            sun: colour("sun"),
            clay: colour("clay"),
            link: colour("link"),
            on_pine: colour("on-pine"),
            tokens: tokens.clone(),
        }
    }

    /// Returns the ground of a bin's name.
    pub fn bin(&self, key: &str) -> &str {
        let ground = self.tokens["color"]["bin-ground"][key].as_str();
        ground.unwrap_or(&self.soft)
    }

    /// Style of the whole.
    pub fn whole(&self) -> String {
        format!(
            "font-size:16px;line-height:1.8;color:{};text-align:left;word-break:break-word;",
            self.ink
        )
    }

    /// Style of a quiet panel with an edge of `edge`.
    pub fn panel(&self, edge: &str) -> String {
        format!(
            "margin:18px 0;padding:12px 14px;background-color:{};border-left:4px solid {edge};",
            self.dew
        )
    }
}

/// A paragraph's style.
pub(super) const PARAGRAPH: &str = "margin:0 0 14px;";
/// That of a line in a box.
pub(super) const LINE: &str = "margin:0;";

//! The website's style sheet: the theme's tokens as custom properties, then its own rules.

use serde_json::Value;

use crate::theme::Theme;

/// Where the style sheet lies below the website's root.
pub(super) const PATH: &str = "assets/style.css";

/// Returns the style sheet: tokens, then every `static/*.css` of the theme by name.
pub(super) fn style_sheet(theme: &Theme) -> String {
    let mut css = custom_properties(&theme.tokens);
    for (path, bytes) in theme.below("static") {
        if path.ends_with(".css") {
            css.push_str(&String::from_utf8_lossy(bytes));
            css.push('\n');
        }
    }
    css
}

/// Returns the custom properties: every leaf of `color`, `web`, `font`, `radius` and `space` is
/// one named by its path; `dark` stands for `color` where the reader's screen is dark.
fn custom_properties(tokens: &Value) -> String {
    let mut light = Vec::new();
    for (part, unit) in [
        ("color", ""),
        ("font", ""),
        ("radius", "px"),
        ("space", "rem"),
    ] {
        leaves(tokens.get(part), &format!("--{part}"), unit, &mut light);
    }
    let web = |name: &str| tokens.get("web").and_then(|web| web.get(name));
    leaves(web("size"), "--size", "rem", &mut light);
    leaves(web("leading"), "--leading", "", &mut light);
    leaves(web("measure"), "--measure", "em", &mut light);
    leaves(web("page"), "--page", "px", &mut light);
    let mut dark = Vec::new();
    leaves(tokens.get("dark"), "--color", "", &mut dark);
    format!(
        ":root {{\n  color-scheme: light dark;\n{}}}\n@media (prefers-color-scheme: dark) {{\n  :root {{\n{}  }}\n}}\n",
        declarations(&light, "  "),
        declarations(&dark, "    "),
    )
}

fn leaves(value: Option<&Value>, name: &str, unit: &str, out: &mut Vec<(String, String)>) {
    match value {
        Some(Value::Object(entries)) => {
            for (key, value) in entries {
                leaves(Some(value), &format!("{name}-{key}"), unit, out);
            }
        }
        Some(Value::Number(number)) => out.push((name.to_owned(), format!("{number}{unit}"))),
        Some(Value::String(text)) => out.push((name.to_owned(), text.clone())),
        _ => {}
    }
}

fn declarations(properties: &[(String, String)], indent: &str) -> String {
    properties
        .iter()
        .map(|(name, value)| format!("{indent}{name}: {value};\n"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_become_custom_properties_named_by_their_path() {
        let tokens = serde_json::json!({
            "color": { "paper": "#F7F5EE", "bin": { "food": "#1F7A43" } },
            "dark": { "paper": "#12201A" },
            "web": { "size": { "h1": 1.953 }, "measure": 34 },
            "radius": { "small": 4 },
            "print": { "margin": 6 },
        });
        insta::assert_snapshot!(custom_properties(&tokens), @r"
        :root {
          color-scheme: light dark;
          --color-paper: #F7F5EE;
          --color-bin-food: #1F7A43;
          --radius-small: 4px;
          --size-h1: 1.953rem;
          --measure: 34em;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --color-paper: #12201A;
          }
        }
        ");
    }
}

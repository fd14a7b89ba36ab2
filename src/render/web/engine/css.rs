//! The website's style sheet: the theme's tokens as custom properties, then its own rules.

use serde_json::Value;

use crate::theme::Theme;

/// Where the style sheet lies below the website's root.
pub(in crate::render::web) const PATH: &str = "assets/style.css";

/// Returns the style sheet: tokens and options, then every `static/*.css` of the theme by name,
/// a parent's before its children's.
pub(in crate::render::web) fn style_sheet(theme: &Theme) -> String {
    let mut css = custom_properties(&theme.tokens);
    css.push_str(&option_properties(&theme.options));
    for (path, bytes) in theme.below_by_layer("static") {
        if path.ends_with(".css") {
            css.push_str(&String::from_utf8_lossy(bytes));
            css.push('\n');
        }
    }
    css
}

/// Returns the custom properties: every leaf of `color`, `web`, `font`, `radius` and `space` is
/// one named by its path; `dark` stands for `color` where the reader's screen is dark.
pub(in crate::render) fn custom_properties(tokens: &Value) -> String {
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
    leaves(tokens.get("own"), "--own", "", &mut light);
    let mut css = String::new();
    rule(&mut css, "", ":root", "color-scheme: light dark", &light);
    for (part, media, root) in MODES {
        let mut own = Vec::new();
        leaves(tokens.get(part), "--color", "", &mut own);
        if !own.is_empty() {
            rule(&mut css, media, root, "", &own);
        }
    }
    css
}

/// Returns the colours of the browser's own bar, for light and dark.
pub(in crate::render::web) fn bar(
    tokens: &Value,
) -> std::collections::BTreeMap<&'static str, String> {
    let of = |part: &str| tokens.get(part).and_then(|part| part.get("bar")?.as_str());
    let light = of("color").unwrap_or("#FFFFFF");
    let dark = of("dark").unwrap_or(light);
    [("light", light.to_owned()), ("dark", dark.to_owned())].into()
}

/// Where each part of the tokens that stands for `color` holds: in the dark; for readers who ask
/// for more contrast, of their device or of the page; and for these in the dark.
const MODES: [(&str, &str, &str); 5] = [
    ("dark", "(prefers-color-scheme: dark)", ":root"),
    ("strong", "(prefers-contrast: more)", ":root"),
    ("strong", "", ":root.is-elder"),
    (
        "strong-dark",
        "(prefers-contrast: more) and (prefers-color-scheme: dark)",
        ":root",
    ),
    (
        "strong-dark",
        "(prefers-color-scheme: dark)",
        ":root.is-elder",
    ),
];

/// Adds a rule, within `media` where that is one.
fn rule(css: &mut String, media: &str, root: &str, first: &str, properties: &[(String, String)]) {
    let (open, indent, close) = match media {
        "" => (String::new(), "", ""),
        media => (format!("@media {media} {{\n"), "  ", "}\n"),
    };
    let inner = format!("{indent}  ");
    let first = match first {
        "" => String::new(),
        first => format!("{inner}{first};\n"),
    };
    let declared = declarations(properties, &inner);
    css.push_str(&format!(
        "{open}{indent}{root} {{\n{first}{declared}{indent}}}\n{close}"
    ));
}

/// Returns the theme's options as custom properties, those that a style sheet can use: colours,
/// numbers and choices. Yes and no are for templates, which can give a class.
fn option_properties(options: &serde_json::Map<String, Value>) -> String {
    let usable = |value: &Value| match value {
        Value::Number(_) => true,
        Value::String(text) => !text.is_empty() && text.chars().all(is_plain),
        _ => false,
    };
    let mut properties = Vec::new();
    for (name, value) in options.iter().filter(|(_, value)| usable(value)) {
        leaves(
            Some(value),
            &format!("--option-{name}"),
            "",
            &mut properties,
        );
    }
    let mut css = String::new();
    if !properties.is_empty() {
        rule(&mut css, "", ":root", "", &properties);
    }
    css
}

/// Tells whether a character of an option can stand in a style sheet without quotes.
fn is_plain(c: char) -> bool {
    c.is_alphanumeric() || "#-_.%".contains(c)
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
            "strong": { "paper": "#FFFFFF" },
            "web": { "size": { "h1": 1.953 }, "measure": 34 },
            "radius": { "small": 4 },
            "print": { "margin": 6 },
        });
        insta::assert_snapshot!(custom_properties(&tokens), @"
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
        @media (prefers-contrast: more) {
          :root {
            --color-paper: #FFFFFF;
          }
        }
        :root.is-elder {
          --color-paper: #FFFFFF;
        }
        ");
    }

    #[test]
    fn options_that_a_style_sheet_can_use_become_custom_properties() {
        let options = serde_json::json!({
            "accent": "#7A1F1F", "columns": 2, "motifs": true, "motto": "a; } body { color: red",
        });
        let options = options.as_object().expect("an object");
        insta::assert_snapshot!(option_properties(options), @"
        :root {
          --option-accent: #7A1F1F;
          --option-columns: 2;
        }
        ");
    }
}

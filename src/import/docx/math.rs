//! Formulas on one line: `(a+b)/2`, `x²`, `√2`.

use crate::import::xml::Element;

/// Writes the formula in `element`.
pub(super) fn line(element: &Element) -> String {
    let mut text = String::new();
    for child in &element.children {
        text.push_str(&part(child));
    }
    text
}

fn part(element: &Element) -> String {
    let of = |name: &str| element.child(name).map(line).unwrap_or_default();
    let grouped = |text: String| match text.chars().count() {
        0 | 1 => text,
        _ if text.chars().all(char::is_alphanumeric) => text,
        _ => format!("({text})"),
    };
    match &*element.name {
        "t" => element.text.clone(),
        "f" => format!("{}/{}", grouped(of("num")), grouped(of("den"))),
        "sSup" => format!("{}{}", of("e"), raised(&of("sup"))),
        "sSub" => format!("{}{}", of("e"), lowered(&of("sub"))),
        "sSubSup" => format!("{}{}{}", of("e"), lowered(&of("sub")), raised(&of("sup"))),
        "rad" => match of("deg") {
            degree if degree.is_empty() || degree == "2" => format!("√{}", grouped(of("e"))),
            degree => format!("{}√{}", raised(&degree), grouped(of("e"))),
        },
        "d" => format!("({})", of("e")),
        "nary" => {
            let sign = element.child("naryPr").and_then(|it| it.value("chr"));
            let sign = sign.unwrap_or("∫");
            format!(
                "{sign}{}{}{}",
                lowered(&of("sub")),
                raised(&of("sup")),
                of("e")
            )
        }
        name if name.ends_with("Pr") => String::new(),
        _ => line(element),
    }
}

fn raised(text: &str) -> String {
    super::super::scripts::raised(text).unwrap_or_else(|| match text.chars().count() {
        0 => String::new(),
        1 => format!("^{text}"),
        _ => format!("^({text})"),
    })
}

fn lowered(text: &str) -> String {
    super::super::scripts::lowered(text).unwrap_or_else(|| match text.chars().count() {
        0 => String::new(),
        1 => format!("_{text}"),
        _ => format!("_({text})"),
    })
}

//! Raised and lowered characters that Unicode has, so that m² stays m² on posters too.

const RAISED: (&str, &str) = ("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ");
const LOWERED: (&str, &str) = ("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎");

/// Returns `text` raised; `None` where a character has no raised form.
pub(super) fn raised(text: &str) -> Option<String> {
    mapped(text, RAISED)
}

/// Returns `text` lowered; `None` where a character has no lowered form.
pub(super) fn lowered(text: &str) -> Option<String> {
    mapped(text, LOWERED)
}

fn mapped(text: &str, (from, to): (&str, &str)) -> Option<String> {
    let one = |c: char| {
        let at = from.chars().position(|it| it == c)?;
        to.chars().nth(at)
    };
    let text = text.trim();
    (!text.is_empty()).then(|| text.chars().map(one).collect())?
}

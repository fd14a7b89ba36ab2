//! Styles within a drawing.

/// Returns `style` without remarks, without what it imports, and with only those addresses that
/// `keep` gives back.
pub(super) fn clean(style: &str, keep: &mut dyn FnMut(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(style.len());
    let mut rest = style;
    loop {
        let found = ["/*", "@import", "url("].into_iter();
        let found = found
            .filter_map(|mark| Some((rest.find(mark)?, mark)))
            .min();
        let Some((at, mark)) = found else {
            out.push_str(rest);
            return out;
        };
        out.push_str(&rest[..at]);
        let behind = &rest[at + mark.len()..];
        let until = |end: &str| behind.split_once(end).unwrap_or((behind, ""));
        rest = match mark {
            "/*" => until("*/").1,
            "@import" => {
                let (what, behind) = until(";");
                let plain = what.trim().trim_start_matches("url(").trim_end_matches(')');
                keep(plain.trim_matches(['"', '\'']));
                behind
            }
            _ => {
                let (address, behind) = until(")");
                let address = address.replace("&quot;", "\"").replace("&apos;", "'");
                let plain = address.trim().trim_matches(['"', '\'']);
                match keep(plain) {
                    Some(kept) => out.push_str(&format!("url({kept})")),
                    None => out.push_str("none"),
                }
                behind
            }
        };
    }
}

/// Returns the families that `style` names in each `font-family`.
pub(super) fn fonts(style: &str) -> Vec<Vec<String>> {
    let named = style.split("font-family").skip(1);
    let value = |text: &str| {
        let value = text.trim_start().strip_prefix(':')?;
        let value = value.split([';', '}']).next()?;
        Some(families(
            &value.replace("&quot;", "\"").replace("&apos;", "'"),
        ))
    };
    named.filter_map(value).collect()
}

/// Splits a list of families.
pub(super) fn families(list: &str) -> Vec<String> {
    let plain = |name: &str| {
        let name = name.trim().trim_matches(['"', '\'']).trim();
        (!name.is_empty()).then(|| name.to_owned())
    };
    list.split(',').filter_map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_lose_remarks_imports_and_addresses_elsewhere() {
        let mut outside = Vec::new();
        let style =
            "@import 'https://a.example/f.css';/* C:\\a */a{fill:url(#g);mask:url(\"b.svg#m\")}";
        let clean = clean(style, &mut |address| {
            if address.starts_with('#') {
                return Some(address.to_owned());
            }
            outside.push(address.to_owned());
            None
        });
        assert_eq!(clean, "a{fill:url(#g);mask:none}");
        assert_eq!(outside, ["https://a.example/f.css", "b.svg#m"]);
    }

    #[test]
    fn families_are_found() {
        let style = "a{font-family:'Noto Sans SC', sans-serif;fill:red}b{font-family: SimHei}";
        assert_eq!(
            fonts(style),
            [
                vec!["Noto Sans SC".to_owned(), "sans-serif".to_owned()],
                vec!["SimHei".to_owned()]
            ]
        );
    }
}

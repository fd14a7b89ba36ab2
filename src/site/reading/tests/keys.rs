//! The names of keys: every one in Chinese, and those of the guide as it writes them.

/// All keys of files, with those of the mappings below them.
fn all_keys() -> Vec<(&'static str, &'static [&'static str])> {
    use crate::read::{Form, Keys};
    fn below(keys: Keys, all: &mut Vec<(&'static str, &'static [&'static str])>) {
        for (name, others, form) in keys {
            all.push((name, others));
            match form {
                Form::Map(keys) | Form::Maps(keys) | Form::DaysOr(keys) | Form::TextsOr(keys) => {
                    below(keys, all);
                }
                _ => {}
            }
        }
    }
    use crate::site::reading::keys::keys_of;
    use crate::site::reading::place::Kind;
    let mut all = Vec::new();
    for keys in [
        crate::site::reading::settings::KEYS,
        keys_of(&Kind::Section),
        keys_of(&Kind::Board),
        crate::site::reading::calendar::KEYS,
        crate::site::reading::items::KEYS,
    ] {
        below(keys, &mut all);
    }
    all
}

#[test]
fn every_key_has_a_chinese_name() {
    for (name, others) in all_keys() {
        assert!(others.iter().any(|other| !other.is_ascii()), "{name}");
    }
}

/// The guide's tables say `| key | 中文 | …`; each Chinese name is another name of that key.
#[test]
#[expect(clippy::disallowed_methods, reason = "a test reads the guide")]
fn the_chinese_names_of_the_guide_are_taken() {
    let keys = all_keys();
    let mut seen = 0;
    for file in [
        "pages",
        "boards",
        "settings",
        "sorting",
        "website",
        "languages",
        "rotation",
    ] {
        let path = format!("{}/docs/{file}.md", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(&path).expect("the guide is there");
        let mut has_names = false;
        for line in text.lines() {
            has_names = line.starts_with('|') && (has_names || line.starts_with("| 键 | 中文 |"));
            if !has_names || !line.starts_with("| `") {
                continue;
            }
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            let names: Vec<&str> = cells[1]
                .split('`')
                .filter(|it| !it.trim().is_empty() && *it != "、")
                .collect();
            let chinese: Vec<&str> = cells[2]
                .split('、')
                .map(|it| it.trim_matches('`'))
                .collect();
            let known = |name: &str| keys.iter().filter(|key| key.0 == name).collect::<Vec<_>>();
            if names.iter().any(|name| known(name).is_empty()) {
                continue;
            }
            for (at, other) in chinese.iter().enumerate() {
                // One name, with several in Chinese; or as many of each.
                let name = if names.len() == 1 {
                    names[0]
                } else {
                    names[at]
                };
                let is_taken = known(name).iter().any(|key| key.1.contains(other));
                assert!(is_taken, "{file}: {name} is not {other}");
                seen += 1;
            }
        }
    }
    assert!(seen > 120, "only {seen} names were found");
}

#[test]
fn layouts_are_called_what_their_theme_calls_them() {
    let theme: serde_json::Value =
        serde_yaml::from_str(include_str!("../../../../themes/fresh/theme.yaml"))
            .expect("it is YAML");
    let layouts = theme["layouts"].as_object().expect("it has layouts");
    let on_walls = layouts
        .iter()
        .filter(|(name, _)| !matches!(name.as_str(), "header" | "strip"));
    for (name, layout) in on_walls {
        let title = layout["title"]["zh-CN"].as_str().expect("it has a title");
        let found = crate::read::find_word(title, crate::site::reading::poster::LAYOUTS);
        assert_eq!(found, Some(name.as_str()), "{title}");
    }
}

//! Short codes of Hugo and tags of Hexo and Jekyll.

use super::Tree;

/// Writes the first line of a callout.
pub(super) fn opened(kind: &str, title: &str) -> String {
    let title = title.replace('"', "”");
    match title.is_empty() {
        true => format!(":::callout{{kind={kind}}}"),
        false => format!(":::callout{{kind={kind} title=\"{title}\"}}"),
    }
}

/// Knows a kind of callout by any of its names.
pub(super) fn callout(name: &str) -> Option<&'static str> {
    Some(match name.to_lowercase().as_str() {
        "note" | "info" | "primary" | "default" | "simple" | "abstract" | "注" => "说明",
        "tip" | "success" | "hint" | "question" | "example" => "小办法",
        "important" => "要紧",
        "warning" | "caution" | "attention" => "当心",
        "danger" | "error" | "bug" => "危险",
        _ => return None,
    })
}

/// Translates the codes between the given signs in a line.
pub(super) fn codes(tree: &mut Tree, line: &str, signs: &[(&str, &str)], old: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    loop {
        let found = signs.iter().filter_map(|(open, close)| {
            let at = rest.find(open)?;
            let end = rest[at + open.len()..].find(close)? + at + open.len();
            Some((at, end, open.len(), close.len()))
        });
        let Some((at, end, open, close)) = found.min_by_key(|it| it.0) else {
            out.push_str(rest);
            return out;
        };
        out.push_str(&rest[..at]);
        let whole = &rest[at..end + close];
        let inner = rest[at + open..end].trim().trim_matches(['-', '/']).trim();
        let is_end = rest[at + open..end].trim().starts_with('/') || inner.starts_with("end");
        match code(tree, inner, is_end, old) {
            Some(made) => {
                tree.tally.n_blocks += 1;
                out.push_str(&made);
            }
            None => {
                let name = inner.split_whitespace().next().unwrap_or_default();
                tree.tally
                    .here("import-tree-block", &format!("{} {name}", &whole[..open]));
                // What others would take for theirs stays as words.
                out.push_str(whole);
            }
        }
        rest = &rest[end + close..];
    }
}

/// Parts the words of a code: names with values, and words alone, in quotes or not.
pub(super) fn arguments(text: &str) -> (Vec<(String, String)>, Vec<String>) {
    let (mut named, mut alone) = (Vec::new(), Vec::new());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.peek().copied() {
        if c.is_whitespace() {
            chars.next();
            continue;
        }
        let mut key = String::new();
        let mut value: Option<String> = None;
        while let Some(c) = chars.peek().copied() {
            match c {
                '"' | '\'' => {
                    chars.next();
                    let mut quoted = String::new();
                    for inner in chars.by_ref() {
                        if inner == c {
                            break;
                        }
                        quoted.push(inner);
                    }
                    match &mut value {
                        Some(value) => value.push_str(&quoted),
                        None => key.push_str(&quoted),
                    }
                }
                '=' if value.is_none() => {
                    chars.next();
                    value = Some(String::new());
                }
                c if c.is_whitespace() => break,
                c => {
                    chars.next();
                    value.as_mut().unwrap_or(&mut key).push(c);
                }
            }
        }
        match value {
            Some(value) => named.push((key, value)),
            None => alone.push(key),
        }
    }
    (named, alone)
}

/// Translates one code of Hugo, Hexo or Jekyll; `None` where it has no equal.
pub(super) fn code(tree: &mut Tree, inner: &str, is_end: bool, old: &str) -> Option<String> {
    let (name, rest) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
    let name = name.trim_start_matches("end");
    if is_end {
        return match name {
            "notice" | "callout" | "hint" | "admonition" | "alert" | "note" | "details"
            | "expand" | "info" | "tip" | "warning" | "danger" | "attention" | "pullquote" => {
                Some(":::".to_owned())
            }
            "highlight" | "codeblock" | "code" => Some("```".to_owned()),
            "blockquote" | "quote" | "cq" | "centerquote" | "raw" => Some(String::new()),
            _ => None,
        };
    }
    let (named, alone) = arguments(rest);
    let get = |key: &str| {
        named
            .iter()
            .find(|(it, _)| it == key)
            .map(|(_, value)| value.clone())
    };
    let first = alone.first().cloned().unwrap_or_default();
    let found = |tree: &Tree, link: &str| tree.target(link, old).unwrap_or_else(|| link.to_owned());
    let plain = |text: String| text.replace(['[', ']'], "");
    Some(match name {
        "figure" | "img" | "image" | "asset_img" | "asset_image" => {
            // Hexo's may begin with classes and end with a size.
            let file = get("src").or_else(|| alone.iter().find(|it| it.contains('.')).cloned())?;
            let behind: Vec<&String> = alone
                .iter()
                .skip_while(|it| **it != file)
                .skip(1)
                .filter(|it| it.parse::<u32>().is_err())
                .collect();
            let caption = get("caption")
                .or_else(|| get("title"))
                .or_else(|| behind.first().map(|it| (*it).clone()));
            let alt = get("alt").or_else(|| caption.clone()).unwrap_or_default();
            format!("![{}]({})", plain(alt), found(tree, &file))
        }
        "ref" | "relref" | "link" | "post_path" | "asset_path" => found(tree, &first),
        "post_link" | "asset_link" => {
            let words = if alone.len() > 1 {
                alone[1..].join(" ")
            } else {
                first.clone()
            };
            format!("[{}]({})", plain(words), found(tree, &first))
        }
        "notice" | "callout" | "hint" | "admonition" | "alert" | "note" => {
            let kind = get("type").or_else(|| get("context")).unwrap_or(first);
            let title = get("title")
                .or_else(|| alone.get(1).cloned())
                .unwrap_or_default();
            opened(callout(&kind).unwrap_or("说明"), &title)
        }
        "info" | "tip" | "warning" | "danger" | "attention" => {
            opened(callout(name)?, &get("title").unwrap_or_default())
        }
        "pullquote" => opened("说明", ""),
        "details" | "expand" => {
            let title = get("title").or_else(|| get("summary")).unwrap_or(first);
            format!(":::details {title}").trim_end().to_owned()
        }
        "highlight" | "codeblock" | "code" => {
            let language = get("lang")
                .map(|it| it.trim_start_matches(':').to_owned())
                .or_else(|| {
                    alone
                        .iter()
                        .find_map(|it| it.strip_prefix("lang:").map(str::to_owned))
                });
            format!(
                "```{}",
                language.unwrap_or(if name == "highlight" {
                    first
                } else {
                    String::new()
                })
            )
        }
        "blockquote" | "quote" | "cq" | "centerquote" | "raw" => String::new(),
        "youtube" | "bilibili" | "vimeo" => {
            let id = get("id").or_else(|| get("bvid")).unwrap_or(first);
            let host = match name {
                "youtube" => "https://www.youtube.com/watch?v=",
                "vimeo" => "https://vimeo.com/",
                _ => "https://www.bilibili.com/video/",
            };
            format!("[{name}]({host}{id})")
        }
        _ => return None,
    })
}

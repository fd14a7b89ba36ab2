//! The text of a page: marks and blocks of other generators in our own words.

use super::codes::{callout, codes, opened};
use super::{Dialect, Tree};

/// Translates the text of the page `old`.
pub(super) fn translated(tree: &mut Tree, body: &str, old: &str) -> String {
    let mut out = String::with_capacity(body.len());
    let mut fence: Option<String> = None;
    let mut skipped: Option<&'static str> = None;
    let body = closed_remarks(body);
    let body = [
        "{{ site.baseurl }}",
        "{{site.baseurl}}",
        "{{ site.url }}",
        "{{site.url}}",
    ]
    .iter()
    .fold(body, |body, mark| body.replace(mark, ""));
    for line in body.lines() {
        let bare = line.trim_start();
        if let Some(end) = skipped {
            if bare.contains(end) {
                skipped = None;
            }
            continue;
        }
        if let Some(open) = &fence {
            let is_end = bare.starts_with(open.as_str())
                && bare.trim_end().chars().all(|c| open.starts_with(c));
            if is_end {
                fence = None;
            }
            out.push_str(line);
            out.push('\n');
            continue;
        }
        if let Some(sign) = ["```", "~~~"].iter().find(|it| bare.starts_with(**it)) {
            let first = sign.chars().next().unwrap_or('`');
            fence = Some(bare.chars().take_while(|c| *c == first).collect());
            // Numbers of lines to mark mean nothing here.
            let cut = line.find(['{', '[']).unwrap_or(line.len());
            out.push_str(line[..cut].trim_end());
            out.push('\n');
            continue;
        }
        if tree.dialect == Dialect::VitePress
            && (bare.starts_with("<script") || bare.starts_with("<style"))
        {
            tree.tally.here("import-tree-script", "");
            let end = if bare.starts_with("<script") {
                "</script>"
            } else {
                "</style>"
            };
            if !bare.contains(end) {
                skipped = Some(end);
            }
            continue;
        }
        let line = self::line(tree, line, old);
        if let Some(line) = line {
            out.push_str(&line);
            out.push('\n');
        }
    }
    out
}

/// Ends a remark that never ends, so that it hides nothing.
fn closed_remarks(body: &str) -> String {
    let last = body.rfind("<!--");
    match last {
        Some(at) if !body[at..].contains("-->") => {
            format!("{}&lt;!--{}", &body[..at], &body[at + 4..])
        }
        _ => body.to_owned(),
    }
}

/// Translates a line; `None` where nothing of it stays.
fn line(tree: &mut Tree, line: &str, old: &str) -> Option<String> {
    let bare = line.trim();
    if [
        "<!--more-->",
        "<!-- more -->",
        "<!--more -->",
        "[[toc]]",
        "[toc]",
        "[TOC]",
        "{:toc}",
        "* TOC",
        "{% raw %}",
        "{% endraw %}",
        "<!-- truncate -->",
    ]
    .contains(&bare)
    {
        tree.tally.n_blocks += 1;
        return None;
    }
    // Attributes of blocks as kramdown writes them.
    if bare.starts_with("{:") && bare.ends_with('}') {
        tree.tally.here("import-tree-block", "{: }");
        return None;
    }
    if let Some(made) = container(tree, bare) {
        return made;
    }
    let mut text = line.to_owned();
    if text.contains("{{<") || text.contains("{{%") {
        text = codes(tree, &text, &[("{{<", ">}}"), ("{{%", "%}}")], old);
    }
    if text.contains("{%") {
        text = codes(tree, &text, &[("{%", "%}")], old);
    }
    if text.contains("{{") && tree.dialect != Dialect::Hugo {
        tree.tally.here("import-tree-block", "{{ }}");
    }
    if text.contains("<<< ") && bare.starts_with("<<<") {
        tree.tally.here("import-tree-block", "<<<");
    }
    if let Some((before, rest)) = text.split_once("[caption")
        && let Some((inner, after)) = rest
            .split_once(']')
            .and_then(|(_, it)| it.split_once("[/caption]"))
        && let Some((picture, words)) = inner.rsplit_once(')')
    {
        tree.tally.n_blocks += 1;
        text = format!("{before}{}{after}", captioned(picture, words.trim()));
    }
    // Remarks of Obsidian are for their writer alone.
    if tree.dialect == Dialect::Plain && text.matches("%%").count() == 2 {
        let parts: Vec<&str> = text.split("%%").collect();
        tree.tally.here("import-tree-remark", "");
        text = format!("{}{}", parts[0], parts[2]);
    }
    if tree.dialect == Dialect::Plain
        && bare.starts_with('#')
        && !bare.trim_start_matches('#').starts_with([' ', '#'])
    {
        text = text.replacen('#', "\\#", 1);
    }
    for code in [
        "[caption",
        "[gallery",
        "[embed",
        "[video",
        "[audio",
        "[playlist",
    ] {
        if text.contains(code) {
            tree.tally.here("import-tree-block", &format!("{code}]"));
        }
    }
    if text.contains("[[") {
        text = wiki(tree, &text, old);
    }
    (text.trim().is_empty() == line.trim().is_empty() || !text.trim().is_empty())
        .then(|| relinked(tree, &text, old))
}

/// Gives a picture that has no words of its own those below it.
fn captioned(picture: &str, words: &str) -> String {
    match picture.strip_prefix("![](") {
        Some(rest) if !words.is_empty() => format!("![{words}]({rest})"),
        _ => format!("{picture}) {words}"),
    }
}

/// Translates links of wikis: `[[page|words]]`, and `![[picture]]`.
fn wiki(tree: &mut Tree, line: &str, old: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some((before, behind)) = rest.split_once("[[")
        && let Some((inner, after)) = behind.split_once("]]")
    {
        let shows = before.ends_with('!');
        out.push_str(before.strip_suffix('!').unwrap_or(before));
        let (name, words) = inner.split_once('|').unwrap_or((inner, inner));
        let page = name.split('#').next().unwrap_or(name);
        let found = tree
            .target(&format!("{page}.md"), old)
            .or_else(|| tree.target(page, old));
        match found {
            Some(target) if shows => out.push_str(&format!("![]({})", spaced(&target))),
            Some(target) => out.push_str(&format!("[{words}]({})", spaced(&target))),
            None => {
                tree.tally.here("import-tree-link", "");
                out.push_str(words);
            }
        }
        tree.tally.n_blocks += 1;
        rest = after;
    }
    out + rest
}

/// Writes a target with blanks so that it is one.
fn spaced(target: &str) -> String {
    match target.contains([' ', '(', ')']) {
        true => format!("<{target}>"),
        false => target.to_owned(),
    }
}

/// Translates the lines around a container of VitePress: those that have no equal go, their words
/// stay.
fn container(tree: &mut Tree, bare: &str) -> Option<Option<String>> {
    let rest = bare.strip_prefix(":::")?.trim_start_matches(':').trim();
    if rest.is_empty() {
        return Some(Some(":::".to_owned()))
            .filter(|_| tree.tally.open.pop().is_none_or(|it| it))
            .or(Some(None));
    }
    let (name, title) = rest.split_once([' ', '\t']).unwrap_or((rest, ""));
    let title = title.trim().split('{').next().unwrap_or_default().trim();
    let kind = callout(name);
    let made = match kind {
        Some(kind) => Some(opened(kind, title)),
        None if name == "details" => Some(format!(":::details {title}").trim_end().to_owned()),
        None => None,
    };
    match &made {
        Some(_) => tree.tally.n_blocks += 1,
        None => tree.tally.here("import-tree-block", &format!("::: {name}")),
    }
    tree.tally.open.push(made.is_some());
    Some(made)
}

/// Rewrites the targets of links and pictures in a line to what they are here.
fn relinked(tree: &mut Tree, line: &str, old: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(at) = rest.find("](") {
        let start = at + 2;
        let Some(end) = closing(&rest[start..]) else {
            break;
        };
        out.push_str(&rest[..start]);
        let inner = &rest[start..start + end];
        let (target, title) = match inner.trim().find([' ', '\t']) {
            Some(cut) if !inner.trim_start().starts_with('<') => inner.trim().split_at(cut),
            _ => (inner.trim(), ""),
        };
        let lower = target.to_lowercase();
        let is_far = target.contains("://")
            || ["#", "mailto:", "tel:", "data:"]
                .iter()
                .any(|it| lower.starts_with(it));
        match (!is_far).then(|| tree.target(target, old)).flatten() {
            Some(new) => {
                out.push_str(&spaced(&new));
                // Sizes such as =200x100 are none here.
                if !title.trim().starts_with('=') {
                    out.push_str(title);
                }
            }
            None => out.push_str(inner),
        }
        rest = &rest[start + end..];
    }
    out + rest
}

/// Finds the bracket that closes a target.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' if depth == 0 => return Some(at),
            ')' => depth -= 1,
            _ => {}
        }
    }
    None
}

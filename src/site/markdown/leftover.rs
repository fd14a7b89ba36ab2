//! Marks of other programs that are left over in a text: they would show as they stand.

use std::ops::Range;

use memchr::memmem::Finder;
use pulldown_cmark::{Event, Tag};

use super::marked::Events;
use super::tree::Input;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};

/// Finds the first mark of a kind.
type Find = fn(&str) -> Option<Range<usize>>;

/// The kinds, each by the name that the message knows it by, with a sign that none is without.
const KINDS: [(&str, &str, Find); 9] = [
    ("shortcode", "{{", shortcode),
    ("template", "{", template),
    ("toc", "", toc),
    ("wiki", "[[", wiki),
    ("highlight", "==", |text| doubled(text, "==")),
    ("inserted", "++", |text| doubled(text, "++")),
    ("emoji", ":", emoji),
    ("admonition", " ", admonition),
    ("attributes", "{:", attributes),
];

/// Tells each kind of mark once, at its first place.
pub(super) fn tell(input: &Input, events: &Events, diagnostics: &mut Diagnostics) {
    let text = &input.source.text[input.base..];
    let text = &text[..input.marked.original(input.marked.text.len())];
    let may_be =
        text.contains(['{', '[', ':', '!', '?']) || text.contains("==") || text.contains("++");
    if !may_be {
        return;
    }
    let shown = without_code(text, input, events);
    let finders = KINDS.map(|(_, sign, _)| Finder::new(sign));
    for ((kind, _, find), finder) in KINDS.into_iter().zip(finders) {
        if finder.find(shown.as_bytes()).is_none() {
            continue;
        }
        let mut places = Vec::new();
        let mut start = 0;
        for line in shown.split_inclusive('\n') {
            let mut from = 0;
            while let Some(found) = find(&line[from..]) {
                places.push(start + from + found.start..start + from + found.end);
                from += found.end.max(found.start + 1);
            }
            start += line.len();
        }
        let Some(first) = places.first() else {
            continue;
        };
        let written: String = text[first.clone()].chars().take(40).collect();
        let at = input.base + first.start..input.base + first.end;
        let others = places.len() - 1;
        let told = Diagnostic::new(Code::LeftOver)
            .at(Span::new(input.source, at))
            .with("mark", &written)
            .with(kind, written)
            .with_some("others", (others > 0).then_some(others));
        diagnostics.push(told);
    }
}

/// Returns the text with code blanked out, byte for byte.
fn without_code(text: &str, input: &Input, events: &Events) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for (event, range) in events {
        let is_code = matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(_)));
        if is_code {
            let range = input.marked.original_range(range);
            let code = bytes[range].iter_mut().filter(|byte| **byte != b'\n');
            code.for_each(|byte| *byte = b' ');
        }
    }
    String::from_utf8(bytes).unwrap_or_default()
}

/// `{{< figure >}}`, `{{% note %}}`: Hugo.
fn shortcode(line: &str) -> Option<Range<usize>> {
    let start = line.find("{{<").into_iter().chain(line.find("{{%")).min()?;
    let end = line[start..].find("}}")?;
    Some(start..start + end + 2)
}

/// `{% note %}`, `{{ site.title }}`: Hexo, Jekyll and others.
fn template(line: &str) -> Option<Range<usize>> {
    let tag = between(line, "{%", "%}").filter(|it| !line[..it.start].ends_with('{'));
    let value =
        between(line, "{{", "}}").filter(|it| !line[it.start + 2..].starts_with(['<', '%']));
    tag.into_iter().chain(value).min_by_key(|it| it.start)
}

/// `[toc]`, `[[TOC]]`, `@[toc]`, `[[_TOC_]]`.
fn toc(line: &str) -> Option<Range<usize>> {
    let trimmed = line.trim();
    let word = trimmed
        .trim_start_matches(['@', '[', '_', '$', '{'])
        .trim_end_matches([']', '_', '}', '$']);
    let is_toc = word.eq_ignore_ascii_case("toc") && word.len() < trimmed.len();
    let start = line.len() - line.trim_start().len();
    is_toc.then(|| start..start + trimmed.len())
}

/// `[[另一页]]`, `![[图.png]]`: Obsidian and wikis.
fn wiki(line: &str) -> Option<Range<usize>> {
    between(line, "[[", "]]")
        .filter(|it| toc(line.trim()).is_none() && !line[it.clone()].contains("]("))
        // `[[1]](#one)` is a link whose words are in brackets.
        .filter(|it| !line[it.end..].starts_with(['(', '[']))
}

/// `==重点==`, `++加了++`.
fn doubled(line: &str, sign: &str) -> Option<Range<usize>> {
    let mut from = 0;
    while let Some(start) = line[from..].find(sign).map(|at| from + at) {
        let inner = &line[start + 2..];
        from = start + 2;
        let before = line[..start].chars().next_back();
        let begins = inner.starts_with(|c: char| !c.is_whitespace() && !sign.contains(c))
            && !before.is_some_and(|c| c.is_ascii_alphanumeric() || sign.contains(c));
        let Some(end) = inner.find(sign).filter(|_| begins) else {
            continue;
        };
        let ends = !inner[..end].ends_with(char::is_whitespace);
        if ends && !inner[end + 2..].starts_with(sign.chars().next().unwrap_or(' ')) {
            return Some(start..from + end + 2);
        }
    }
    None
}

/// `:smile:`.
fn emoji(line: &str) -> Option<Range<usize>> {
    let mut from = 0;
    while let Some(start) = line[from..].find(':').map(|at| from + at) {
        from = start + 1;
        let name = &line[from..];
        let length = name.find(|c: char| {
            !(c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '+' | '-'))
        })?;
        let is_apart = |c: Option<char>| {
            c.is_none_or(|c| !c.is_ascii_alphanumeric() && !matches!(c, ':' | '/'))
        };
        let is_name = length >= 3 && name.starts_with(|c: char| c.is_ascii_lowercase());
        if is_name
            && name[length..].starts_with(':')
            && is_apart(line[..start].chars().next_back())
            && is_apart(name[length + 1..].chars().next())
        {
            return Some(start..from + length + 1);
        }
    }
    None
}

/// `!!! note`: MkDocs.
fn admonition(line: &str) -> Option<Range<usize>> {
    let trimmed = line.trim();
    let name = trimmed
        .strip_prefix("!!! ")
        .or_else(|| trimmed.strip_prefix("??? "))?;
    let start = line.len() - line.trim_start().len();
    name.starts_with(|c: char| c.is_ascii_lowercase())
        .then(|| start..start + trimmed.len())
}

/// `{: .big}`: kramdown.
fn attributes(line: &str) -> Option<Range<usize>> {
    between(line, "{:", "}")
}

fn between(line: &str, open: &str, close: &str) -> Option<Range<usize>> {
    let start = line.find(open)?;
    let inner = start + open.len();
    let end = line[inner..].find(close)?;
    Some(start..inner + end + close.len())
}

#[cfg(test)]
mod tests {
    use super::super::dump::parsed;
    use crate::diag::Language;

    fn told(text: &str) -> Vec<String> {
        let (_, diagnostics) = parsed(text);
        let told = diagnostics.sorted().into_iter().map(|it| {
            let words = it.render(Language::Chinese);
            format!(
                "{}:{} {}",
                words.line.unwrap_or(0),
                words.message,
                words.hints.join(" ")
            )
        });
        told.collect()
    }

    #[test]
    fn each_kind_is_told_once() {
        let text = "{{< figure src=\"a.png\" >}} 和 {{< x >}}\n\n{% note info %}\n\n[[toc]]\n\n==高亮==\n\n\
            ++加了++ :smile:\n\n见[[另一页]]\n\n!!! note\n\n段 {: .big}\n\n{{< y >}}";
        insta::assert_snapshot!(told(text).join("\n"), @r#"
        1:`{{< figure src="a.png" >}}` 是别的软件的写法，绿板不认，会照样显示出来 `{{< figure src="a.png" >}}` 是 Hugo 的短代码：图写成 ![说明](图.jpg)，框起来的话写成 :::提示框，其余的删掉 这个文件里还有 2 处
        3:`{% note info %}` 是别的软件的写法，绿板不认，会照样显示出来 `{% note info %}` 是 Hexo 一类软件的标签：框起来的话写成 :::提示框，其余的删掉
        5:`[[toc]]` 是别的软件的写法，绿板不认，会照样显示出来 删掉 `[[toc]]`：网页自己带目录；这一页一定要目录，就在信息栏写 toc: 是
        7:`==高亮==` 是别的软件的写法，绿板不认，会照样显示出来 `==高亮==` 写成 **加粗**
        9:`++加了++` 是别的软件的写法，绿板不认，会照样显示出来 去掉 `++加了++` 两边的加号，要突出就写成 **加粗**
        9:`:smile:` 是别的软件的写法，绿板不认，会照样显示出来 `:smile:` 换成文字，或者用输入法直接打出那个符号
        11:`[[另一页]]` 是别的软件的写法，绿板不认，会照样显示出来 `[[另一页]]` 写成 [文字](文件.md)，图写成 ![说明](图.jpg)
        13:`!!! note` 是别的软件的写法，绿板不认，会照样显示出来 `!!! note` 写成 :::提示框，最后另起一行写 :::
        15:`{: .big}` 是别的软件的写法，绿板不认，会照样显示出来 删掉 `{: .big}`
        "#);
    }

    #[test]
    fn what_only_looks_like_one_is_not_told() {
        for text in [
            "`{{< x >}}` 和 `==a==`",
            "```\n{% x %}\n```",
            "a == b 和 c == d",
            "C++ 和 C++",
            "时间 8:30:00",
            "std::x::y",
            "[目录](#x)",
            "一段[[1]](#x)。",
            "1+1++",
            "======",
            "甲：乙：丙",
            "http://a.example:80/b:c",
            "{暂定}",
            "<!--more-->",
        ] {
            assert_eq!(told(text), [""; 0], "{text}");
        }
    }
}

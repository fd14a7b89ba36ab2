//! Where a document's page goes, what its pictures are called, and its front matter.

use jiff::civil::Date;

use super::markdown::{self, Shown, Writer};
use super::model::Doc;
use super::page::{Event, Head};
use super::{As, Brought, Planned, Wish};
use crate::diag::{Code, Diagnostic, Language, Words, words};
use crate::spelling;
use crate::starter::{self, Kind, NewFile, is_slug};

/// Puts a document where it belongs.
pub(super) fn placed(mut doc: Doc, head: &Head, name: &str, wish: &Wish) -> Brought {
    let mut has_seal = false;
    let ready = super::pictures(&mut doc, wish, &mut has_seal);
    let is_dated = head.is_bulletin || head.event.is_some();
    let is_notice =
        head.kind.is_some() || head.number.is_some() || head.signed.is_some() || is_dated;
    let kind = match wish.kind {
        Some(As::Notice) => Kind::Notice,
        Some(_) => Kind::Guide,
        None if is_notice => Kind::Notice,
        None => Kind::Guide,
    };
    let date = head.date.unwrap_or(wish.site.today);
    let slug = match wish.slug {
        Some(slug) => slug.to_owned(),
        None => {
            // Who signs says nothing of what it is about.
            let who = head.signed.as_deref().unwrap_or_default();
            slug(head.title.strip_prefix(who).unwrap_or(&head.title), name)
        }
    };
    let Some(frames) = frames(kind, &slug, date, wish) else {
        let told = Diagnostic::new(Code::NothingToImport);
        return Brought::refused(told.with("file", name));
    };
    let path = frames[0].path.clone();
    let folder = path.parent();
    let (mut files, mut beside) = (Vec::new(), Vec::new());
    let mut n = 0;
    for (at, made) in ready.into_iter().enumerate() {
        let picture = &doc.pictures[at];
        let mut shown = Shown {
            file: None,
            alt: picture.alt.clone(),
            caption: picture.caption.clone(),
        };
        let Some(made) = made else {
            files.push(shown);
            continue;
        };
        n += 1;
        let file = format!("{slug}-{n}.{}", made.ending);
        let path = folder.join(&file).expect("a slug leads nowhere else");
        shown.file = Some(file);
        files.push(shown);
        beside.push(Planned {
            path,
            bytes: made.bytes,
            what: words("import-is-picture"),
            is_frame: false,
        });
    }
    let body = body(&mut doc, &files);
    let text = front(head, kind, date, wish) + &body;
    let own = Planned {
        path,
        bytes: text.into_bytes(),
        what: what(head, kind),
        is_frame: false,
    };
    let sections = sections(frames);
    Brought {
        files: std::iter::once(own).chain(beside).chain(sections).collect(),
        told: doc.losses.0,
        has_seal,
    }
}

/// Plans the pages of the sections above a page; `frames` begins with the page itself.
pub(super) fn sections(frames: Vec<NewFile>) -> impl Iterator<Item = Planned> {
    frames.into_iter().skip(1).map(|it| Planned {
        path: it.path,
        bytes: it.bytes.into_owned(),
        what: words("import-is-section"),
        is_frame: true,
    })
}

fn what(head: &Head, kind: Kind) -> Words {
    let key = match kind {
        Kind::Notice if head.is_bulletin => "import-is-bulletin",
        Kind::Notice => "import-is-notice",
        _ => "import-is-guide",
    };
    words(key).with("title", &head.title)
}

/// Spells a name for a page.
pub(super) fn slug(title: &str, name: &str) -> String {
    let plain: String = title.chars().filter(|c| !c.is_control()).collect();
    let short = plain.strip_prefix("关于").unwrap_or(&plain);
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let spelt = [short, &plain, stem].into_iter().map(spelling::name);
    spelt
        .into_iter()
        .find(|it| is_slug(it))
        .unwrap_or_else(|| "page".to_owned())
}

/// Returns the page's file, still empty, and the sections above it.
pub(super) fn frames(kind: Kind, slug: &str, date: Date, wish: &Wish) -> Option<Vec<NewFile>> {
    let made = starter::files(&starter::Wish {
        kind,
        title: slug,
        slug: Some(slug),
        topic: "sorting",
        date,
        order: 1,
        language: wish.site.settings.message_language(),
    });
    made.ok()
}

/// Writes the front matter.
fn front(head: &Head, kind: Kind, date: Date, wish: &Wish) -> String {
    let language = wish.site.settings.message_language();
    // A bulletin tells what was done: it stands among the notices of its month and is none.
    let is_notice = kind == Kind::Notice && !head.is_bulletin;
    let mut out = String::from("---\n");
    let mut line = |key: &str, value: &str| out.push_str(&format!("{key}: {value}\n"));
    let title = match head.title.is_empty() {
        true => {
            if language == Language::Chinese {
                "没有标题"
            } else {
                "Untitled"
            }
        }
        false => &head.title,
    };
    line("title", &starter::scalar(title));
    line("date", &date.to_string());
    // What is over comes down by itself.
    let event = head.event.as_ref().filter(|_| is_notice);
    if let Some(event) = event {
        line("expires", &event.until.unwrap_or(event.date).to_string());
    }
    if let Some(summary) = &head.summary {
        line("summary", &starter::scalar(summary));
    }
    if is_notice {
        let default = if event.is_some() { "活动" } else { "通知" };
        line("kind", head.kind.unwrap_or(default));
    }
    if let Some(number) = head.number.as_ref().filter(|_| is_notice) {
        line("number", number);
    }
    if let Some(signed) = head.signed.as_ref().filter(|_| is_notice) {
        line("signed", &starter::scalar(signed));
    }
    if let Some(event) = event {
        line("event", &event_line(event));
    }
    if is_notice {
        line("poster", "");
        out.truncate(out.len() - 2);
        out.push_str("\n  layout: formal\n");
        if let Some(posting) = &head.posting {
            out.push_str(&format!("  posting: {}\n", starter::scalar(posting)));
        }
    }
    out + "---\n"
}

/// Writes when and where something takes place.
fn event_line(event: &Event) -> String {
    let mut parts = vec![format!("date: {}", event.date)];
    parts.extend(event.until.map(|day| format!("until: {day}")));
    let text = |key: &str, value: &Option<String>| {
        let value = value.as_deref()?;
        // Within braces a comma would end it.
        let plain = starter::scalar(value);
        let quoted = plain.starts_with(['"', '\'']) || !plain.contains([',', '{', '}', '[', ']']);
        Some(match quoted {
            true => format!("{key}: {plain}"),
            false => format!("{key}: \"{plain}\""),
        })
    };
    parts.extend(text("time", &event.time));
    parts.extend(text("place", &event.place));
    format!("{{ {} }}", parts.join(", "))
}

/// Writes the text with its notes.
pub(super) fn body(doc: &mut Doc, files: &[Shown]) -> String {
    let blocks = std::mem::take(&mut doc.blocks);
    let notes = std::mem::take(&mut doc.notes);
    let mut losses = std::mem::take(&mut doc.losses);
    let mut writer = Writer {
        files,
        losses: &mut losses,
        has_note: Vec::new(),
    };
    let on_one_line = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let notes: Vec<String> = (notes.iter())
        .map(|note| on_one_line(writer.blocks(note)))
        .collect();
    writer.has_note = notes.iter().map(|note| !note.is_empty()).collect();
    let labels: Vec<usize> = (0..notes.len()).map(|at| writer.label(at)).collect();
    let mut text = writer.blocks(&blocks);
    for (at, note) in notes
        .iter()
        .enumerate()
        .filter(|(_, note)| !note.is_empty())
    {
        text.push_str(&format!("\n\n[^{}]: {note}", labels[at]));
    }
    markdown::check(&text, &blocks, &mut losses);
    doc.losses = losses;
    let text = text.trim().to_owned();
    if text.is_empty() { text } else { text + "\n" }
}

//! The `:::` blocks of texts as a page shows them.
//!
//! Each kind of block has a template `shortcodes/NAME.html` in the theme, which reads one small
//! value called `block`. What the author wrote within the block comes to it as HTML.

use serde::Serialize;
use tera::{Context, Value};

use super::holder::Holder;
use super::views;
use crate::render::links;
use crate::render::web::engine::template::Templates;
use crate::render::web::html::Writer;
use crate::site::ShortcodeKind;

/// Returns the block as HTML; `None` where it means nothing, or its template fails, which the
/// writer is told.
pub(super) fn html(holder: &Holder, templates: &Templates, writer: &mut Writer) -> Option<String> {
    let (name, view) = holder.view(writer)?;
    let mut context = Context::new();
    context.insert("root", &links::root(holder.url));
    context.insert_value("t", Value::from_serializable(holder.facts.words.all()));
    context.insert_value("block", view);
    let rendered = templates.render(&format!("shortcodes/{name}.html"), &context);
    rendered.map_err(|fault| writer.tell(fault)).ok()
}

impl Holder<'_> {
    /// Returns the name of the block's template and what it reads; `None` where what it stands
    /// for is not on the web.
    fn view(&self, writer: &mut Writer) -> Option<(&'static str, Value)> {
        let content = match self.code.kind {
            // These take their pieces apart.
            ShortcodeKind::Columns | ShortcodeKind::Gallery => String::new(),
            _ => writer.apart(self.own()),
        };
        let shared = Shared {
            title: self.code.title.clone(),
            content,
        };
        Some(match &self.code.kind {
            ShortcodeKind::Callout(tone) => ("callout", shared.with(views::Callout::new(*tone))),
            ShortcodeKind::Steps => ("steps", shared.with(())),
            ShortcodeKind::Columns => ("columns", shared.with(self.columns(writer))),
            ShortcodeKind::Figure { is_named, is_wide } => {
                let named = is_named.then(|| self.first_image(writer)).flatten();
                ("figure", shared.with(views::Figure::new(named, *is_wide)))
            }
            ShortcodeKind::Gallery => ("gallery", shared.with(self.gallery(writer))),
            ShortcodeKind::Video(video) => ("video", shared.with(self.video(video))),
            ShortcodeKind::Attachment { file, size } => {
                ("attachment", shared.with(self.attachment(file, *size)))
            }
            ShortcodeKind::Table => ("table", shared.with(self.table()?)),
            ShortcodeKind::Qr { target } => ("qr", shared.with(self.qr(target)?)),
            ShortcodeKind::Item(names) => ("item", shared.with(self.items(names))),
            ShortcodeKind::Board(id) => ("board", shared.with(self.board(id)?)),
            ShortcodeKind::Countdown(day) => ("countdown", shared.with(self.countdown(*day))),
            ShortcodeKind::Timeline(page) => ("timeline", shared.with(self.timeline(page)?)),
        })
    }
}

/// What every block's template reads.
#[derive(Serialize)]
struct Shared {
    title: Option<String>,
    /// What the author wrote within the block, as HTML.
    content: String,
}

/// The shared values and those of one kind of block.
#[derive(Serialize)]
struct Both<T> {
    #[serde(flatten)]
    shared: Shared,
    #[serde(flatten)]
    own: T,
}

impl Shared {
    fn with(self, own: impl Serialize) -> Value {
        Value::from_serializable(&Both { shared: self, own })
    }
}

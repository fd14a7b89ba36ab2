//! Lists of web pages, and what Word sets before their items.

use super::dom::Id;
use super::{Around, Walk, looks};
use crate::import::blanks::is_blank;
use crate::import::model::{Block, Mark};
use crate::import::refusal::Refused;
use crate::read::values::is_wide;

/// A list that is open.
#[derive(Debug, Clone)]
pub(super) struct List {
    /// The next number; `None` for bullets.
    next: Option<u32>,
    /// How numbers are written: `1`, `a`, `A`, `i`, `I`.
    form: char,
}

impl Walk<'_> {
    pub(super) fn list(&mut self, id: Id, name: &str, inner: &Around) -> Result<(), Refused> {
        self.flush();
        let start = self
            .page
            .get(id, "start")
            .and_then(|it| it.trim().parse().ok());
        let form = self.page.get(id, "type").and_then(|it| it.chars().next());
        self.lists.push(List {
            next: (name == "ol").then(|| start.unwrap_or(1)),
            form: form.unwrap_or('1'),
        });
        self.children(id, inner)?;
        self.lists.pop();
        self.flush();
        Ok(())
    }

    pub(super) fn item(&mut self, id: Id, inner: &Around) -> Result<(), Refused> {
        self.flush();
        let bare = self
            .page
            .style(id, "list-style-type")
            .or_else(|| self.page.style(id, "list-style"));
        let level = u8::try_from(self.lists.len().saturating_sub(1))
            .unwrap_or(8)
            .min(8);
        let value = self
            .page
            .get(id, "value")
            .and_then(|it| it.trim().parse().ok());
        let mark = match self.lists.last_mut() {
            Some(List {
                next: Some(next),
                form,
            }) => {
                *next = value.unwrap_or(*next);
                let text = looks::number(*next, *form);
                *next = next.saturating_add(1);
                Mark {
                    text,
                    is_bullet: false,
                    level,
                }
            }
            _ => Mark {
                text: String::new(),
                is_bullet: true,
                level,
            },
        };
        self.open.mark = (bare.as_deref() != Some("none")).then_some(mark.clone());
        let n_blocks = self.blocks.len();
        self.children(id, inner)?;
        self.flush();
        // The mark belongs to the first paragraph, in whichever element it stands.
        if let Some(Block::Paragraph(first)) = self.blocks.get_mut(n_blocks)
            && first.mark.is_none()
            && bare.as_deref() != Some("none")
        {
            first.mark = Some(mark);
        }
        Ok(())
    }

    /// Tells whether an element is the number or sign that Word sets before an item.
    pub(super) fn is_mark(&self, id: Id) -> bool {
        self.page
            .style(id, "mso-list")
            .is_some_and(|it| it == "ignore")
    }

    pub(super) fn mark(&mut self, id: Id) {
        let text = self.page.words(id);
        let text = text.trim_matches(is_blank);
        let is_bullet = text.chars().count() == 1
            && !text.starts_with(|c: char| c.is_ascii_digit() || ('①'..='⒛').contains(&c))
            && !is_wide(text.chars().next().unwrap_or(' '));
        self.open.mark = (!text.is_empty()).then(|| Mark {
            text: text.to_owned(),
            is_bullet,
            level: self.open.mark.as_ref().map_or(0, |it| it.level),
        });
    }
}

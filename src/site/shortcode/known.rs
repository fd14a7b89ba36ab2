//! Blocks that stand for what the site knows: pages, boards, sorting items, data.

use super::plain::{self, Plain};
use super::read::{Reading, Understood};
use super::{Resolver, ShortcodeKind, table};
use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic, Source, Span, nearest, words};
use crate::read::CONTENT;
use crate::site::Stage;
use crate::site::markdown::{Block, BlockKind, Inline, plain};
use crate::site::page::Page;
use crate::site::reading::{Private, private};

impl Resolver<'_> {
    pub(super) fn table(&self, reading: Reading) -> Understood {
        let Some(name) = reading.required("data", words("example-table")) else {
            return reading.nothing();
        };
        let data = self.around.data();
        let columns = reading.fields.text("columns");
        let Some(value) = data.get(&name) else {
            // A file that could not be read was reported already.
            if data.is_broken(&name) {
                return reading.nothing();
            }
            let names: Vec<&str> = data.files.keys().map(String::as_str).collect();
            self.reader
                .report(Code::UnknownData, &name.span.range, |d| {
                    d.with("name", &name.value).one_of(&name, names)
                });
            return reading.nothing();
        };
        match table::table(value, &name, columns.as_ref(), &reading.plain) {
            Ok(table) => {
                self.check_privacy(&name, &table);
                let heading = reading.heading();
                reading.around(heading, vec![table], ShortcodeKind::Table)
            }
            Err(diagnostic) => {
                self.reader.push(*diagnostic);
                reading.nothing()
            }
        }
    }

    /// Reports the numbers of persons in a table, those of a column in one message.
    fn check_privacy(&self, name: &str, table: &Block) {
        let BlockKind::Table { head, rows, .. } = &table.kind else {
            return;
        };
        let data = self.around.data();
        let places = data.rows(name);
        let file = data
            .files
            .iter()
            .find(|(file, _)| name == *file || name.starts_with(&format!("{file}.")));
        let Some((_, file)) = file else { return };
        let settings = self.around.settings;
        for at in 0..head.len() {
            let cells = rows
                .iter()
                .map(|row| row.get(at).map(|it| plain(it)).unwrap_or_default());
            let found = cells.enumerate().flat_map(|(row, cell)| {
                private(&cell, settings)
                    .into_iter()
                    .map(move |it| (row, it))
            });
            let mut by_kind: BTreeMap<Code, Vec<(usize, Private)>> = BTreeMap::new();
            found.for_each(|(row, it)| by_kind.entry(it.code).or_default().push((row, it)));
            for (code, found) in by_kind {
                let Some((row, first)) = found.first() else {
                    continue;
                };
                let place = places.and_then(|places| places.get(*row).cloned());
                let place = place.unwrap_or_else(|| Span::file(&Source::new(file.clone(), "")));
                let others = found.len() - 1;
                self.reader.push(
                    Diagnostic::new(code)
                        .at(place)
                        .with("number", &first.shown)
                        .with(
                            "column",
                            head.get(at).map(|it| plain(it)).unwrap_or_default(),
                        )
                        .with("row", row + 1)
                        .with_some("others", (others > 0).then_some(others)),
                );
            }
        }
    }

    pub(super) fn qr(&self, reading: Reading) -> Understood {
        let to = reading.fields.text("to");
        let plain = to
            .as_ref()
            .map_or(reading.plain.clone(), |to| Plain::at(&to.span.range));
        // A code without an address is the page's own.
        let target = to.map_or("#".to_owned(), |to| to.value);
        let words = match (&reading.title, target.as_str()) {
            (Some(title), _) => title.clone(),
            (None, "#") => self.page.title.clone(),
            (None, target) => self.title_of(target).unwrap_or_else(|| target.to_owned()),
        };
        let line = plain.paragraph(vec![plain.link(&target, words)]);
        reading.around(vec![line], Vec::new(), ShortcodeKind::Qr { target })
    }

    fn title_of(&self, link: &str) -> Option<String> {
        self.linked(link).map(|page| page.title.clone())
    }

    /// Finds the page behind a link of this text.
    fn linked(&self, link: &str) -> Option<&Page> {
        let file = link.split('#').next().unwrap_or(link);
        let id = self.known.page(&self.page.path.parent(), file)?;
        self.pages.iter().find(|page| page.id == id)
    }

    pub(super) fn item(&self, reading: Reading) -> Understood {
        let Some(names) = reading.required("name", words("example-item-block")) else {
            return reading.nothing();
        };
        let items = self.around.items;
        let mut found = Vec::new();
        let mut lines = Vec::new();
        let plain = Plain::at(&names.span.range);
        for name in names
            .split(['、', ',', '，'])
            .map(str::trim)
            .filter(|name| !name.is_empty())
        {
            let Some(item) = items.iter().find(|item| item.is_called(name)) else {
                if !self.around.knows_items {
                    continue;
                }
                let all = items
                    .iter()
                    .flat_map(|it| std::iter::once(&it.name).chain(&it.also));
                self.reader
                    .report(Code::UnknownItem, &names.span.range, |d| {
                        d.with("item", name)
                            .with_some("nearest", nearest(name, all.map(String::as_str)))
                    });
                continue;
            };
            let said = [item.first.as_ref(), item.why.as_ref()];
            let said: String = said.into_iter().flatten().map(|it| sentence(it)).collect();
            let words = format!("：{}。{said}", self.around.settings.bin_name(item.bin));
            lines.push(vec![plain.strong(&item.name), plain.text(words)]);
            found.push(item.name.clone());
        }
        let before = match lines.len() {
            0 => Vec::new(),
            1 => lines
                .into_iter()
                .map(|line| plain.paragraph(line))
                .collect(),
            _ => vec![plain.list(lines)],
        };
        reading.around(before, Vec::new(), ShortcodeKind::Item(found))
    }

    pub(super) fn board(&self, reading: Reading) -> Understood {
        let Some(id) = reading.required("id", "::board{id=east-gate}") else {
            return reading.nothing();
        };
        let boards = self.around.boards;
        let Some(board) = boards.iter().find(|board| board.id == id.value) else {
            let known = || boards.iter().map(|board| board.id.as_str());
            let unknown = Diagnostic::new(Code::UnknownBoard)
                .at(id.span.clone())
                .with("board", &id.value)
                .one_of(&id, known());
            self.reader.push(unknown);
            return reading.nothing();
        };
        let plain = Plain::at(&id.span.range);
        let page = self.pages.iter().find(|page| page.id == board.page);
        let name = reading.title.as_ref().unwrap_or(&board.title);
        let mut words: Vec<Inline> = vec![match page.and_then(|page| page.path.strip(CONTENT)) {
            Some(path) => plain.link(format!("/{path}"), name),
            None => plain.strong(name),
        }];
        if !board.place.is_empty() {
            words.push(plain.text(format!("：{}", board.place)));
        }
        let line = plain.paragraph(words);
        reading.around(vec![line], Vec::new(), ShortcodeKind::Board(id.value))
    }

    pub(super) fn timeline(&self, reading: Reading) -> Understood {
        let named = reading.fields.text("page");
        let page = match &named {
            None => Some(self.page),
            Some(link) => self.linked(link),
        };
        let plain = named
            .as_ref()
            .map_or(reading.plain.clone(), |it| Plain::at(&it.span.range));
        let mut before = reading.heading();
        if let Some(link) = &named {
            let words = page.map_or(&link.value, |page| &page.title);
            before.push(plain.paragraph(vec![plain.link(&link.value, words)]));
        }
        let Some(page) = page else {
            // The link in the plain blocks is reported as broken.
            return (before, None);
        };
        let stages = page.campaign.iter().flat_map(|campaign| &campaign.stages);
        let line = |stage: &Stage| {
            vec![
                plain.strong(&stage.title),
                plain.text(format!("：{}前", plain::day(stage.due))),
            ]
        };
        let lines: Vec<Vec<Inline>> = stages.map(line).collect();
        if lines.is_empty() {
            self.reader.report(Code::NoStages, &plain.range, |d| {
                d.with("page", &page.title)
            });
            return reading.nothing();
        }
        before.push(plain.list(lines));
        reading.around(before, Vec::new(), ShortcodeKind::Timeline(page.id.clone()))
    }
}

/// Ends words with a full stop where they have none.
fn sentence(words: &str) -> String {
    match words.ends_with(['。', '！', '？', '.', '；']) {
        true => words.to_owned(),
        false => format!("{words}。"),
    }
}

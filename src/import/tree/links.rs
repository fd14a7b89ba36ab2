//! Links between the pages of a folder, as each generator writes them.

use super::{Dialect, Source, Tree, is_page};
use percent_encoding::percent_decode_str;

impl Tree<'_> {
    /// Remembers the addresses by which pages call each other.
    pub(super) fn find_addresses(&mut self, sources: &[Source]) {
        for source in sources.iter().filter(|it| is_page(&it.old)) {
            let path = source
                .old
                .rsplit_once('.')
                .map_or(source.old.as_str(), |(path, _)| path);
            let folder = ["/index", "/_index", "/README"]
                .iter()
                .find_map(|end| path.strip_suffix(end));
            let path = folder.unwrap_or(path);
            let mut all = vec![path.to_owned(), format!("{path}.html")];
            all.extend(path.strip_prefix("_posts/").map(str::to_owned));
            let (front, _) =
                super::read::parted(std::str::from_utf8(&source.given.bytes).unwrap_or_default());
            let front = front.unwrap_or_default();
            let date = super::front::date(&front, &source.old);
            let former = self.old_address(&front, source, date);
            all.extend(former.iter().map(|it| it.trim_matches('/').to_owned()));
            for key in ["url", "permalink", "slug"] {
                all.extend(
                    front
                        .get(key)
                        .and_then(|it| it.as_str())
                        .map(|it| it.trim_matches('/').to_owned()),
                );
            }
            for address in all {
                self.addresses
                    .entry(address.to_lowercase())
                    .or_insert_with(|| source.old.clone());
            }
        }
    }

    /// Finds the file that `link` names in the page `old`; returns how the page here calls it.
    pub(super) fn target(&self, link: &str, old: &str) -> Option<String> {
        let link = link.trim().trim_start_matches('<').trim_end_matches('>');
        let (path, rest) = match link.find(['#', '?']) {
            Some(at) => link.split_at(at),
            None => (link, ""),
        };
        let anchor = rest.find('#').map_or("", |at| &rest[at..]);
        let plain = percent_decode_str(path).decode_utf8_lossy().into_owned();
        let folder = old.rsplit_once('/').map_or("", |(folder, _)| folder);
        let stem = old.rsplit_once('.').map_or(old, |(stem, _)| stem);
        let stripped = plain.trim_start_matches("@/").trim_start_matches("~/");
        let mut bases = vec![joined(folder, stripped)];
        if let Some(root) = stripped.strip_prefix('/') {
            bases = vec![joined("", root)];
        } else if plain != stripped {
            bases = vec![joined("", stripped)];
        } else {
            // A picture lies in the folder of its post, or a page names another from the root.
            bases.push(joined(stem, stripped));
            bases.push(joined("", stripped));
            if self.dialect == Dialect::Hugo {
                bases.push(joined(folder, &format!("../{stripped}")));
            }
        }
        let found = bases
            .into_iter()
            .flatten()
            .find_map(|base| self.file_of(&base))?;
        let new = self.moved.get(&found)?;
        Some(format!("/{new}{anchor}"))
    }

    fn file_of(&self, base: &str) -> Option<String> {
        if self.moved.contains_key(base) {
            return Some(base.to_owned());
        }
        let address = base.trim_matches('/').to_lowercase();
        let address = address.strip_suffix("/index.html").unwrap_or(&address);
        self.addresses.get(address).cloned()
    }
}

/// Resolves `path` in `folder`; `None` where it leads out.
fn joined(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|it| !it.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

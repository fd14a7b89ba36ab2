//! Folders of other generators: Hugo, Hexo, Jekyll, VitePress, WordPress as Markdown, and plain
//! Markdown.
//!
//! Pages keep their names and places, so that old addresses mostly stay; where they change, the old
//! one is kept as an alias. What has an equal here is translated, what has none stays as text and is
//! counted. At the end the pages are read as a site is, and what would be an error there, such as a
//! link to a page that never was, is taken back and listed.

mod blocks;
mod codes;
mod front;
mod links;
mod read;
mod tally;
mod trial;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::beside::{self, Beside, PICTURES};
use super::losses::{Losses, Place};
use super::{Brought, Given, Planned, Wish, picture};
use crate::diag::{Code, Diagnostic, SitePath, words};
use crate::photo::Format;
use crate::site::is_device;
use tally::Tally;

/// Which generator a folder was made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    Hugo,
    Hexo,
    Jekyll,
    VitePress,
    Plain,
}

impl Dialect {
    fn name(self) -> &'static str {
        match self {
            Self::Hugo => "Hugo",
            Self::Hexo => "Hexo",
            Self::Jekyll => "Jekyll",
            Self::VitePress => "VitePress",
            Self::Plain => "Markdown",
        }
    }
}

/// A folder being brought in.
pub(super) struct Tree<'a> {
    dialect: Dialect,
    wish: &'a Wish<'a>,
    /// How addresses of posts are made, where the settings say.
    permalink: Option<String>,
    /// What becomes of each file: its old path below the content, and its new one below `content/`.
    moved: BTreeMap<String, String>,
    /// Pages by their old addresses, without slashes at both ends.
    addresses: BTreeMap<String, String>,
    tally: Tally,
}

/// A file of the folder that comes along: where it was below the content, and its bytes.
struct Source<'g> {
    old: String,
    given: &'g Given,
}

/// Makes pages of the files of a folder, whose names are paths below it.
pub(super) fn bring(files: &[Given], wish: &Wish) -> Brought {
    let dialect = dialect(files);
    let sources: Vec<Source> = files
        .iter()
        .filter_map(|given| source(dialect, files, given))
        .collect();
    let mut tree = Tree {
        dialect,
        wish,
        permalink: permalink(files),
        moved: BTreeMap::new(),
        addresses: BTreeMap::new(),
        tally: Tally::default(),
    };
    for source in &sources {
        let new = new_path(&source.old, &sources);
        tree.moved.insert(source.old.clone(), new);
    }
    tree.find_addresses(&sources);
    let mut losses = Losses::default();
    let mut planned = Vec::new();
    for source in &sources {
        match is_page(&source.old) {
            true => planned.extend(tree.page(source)),
            false => planned.extend(tree.file(source, &mut losses)),
        }
    }
    if !planned.iter().any(|it| it.path.extension() == "md") {
        let told = Diagnostic::new(Code::NothingToImport).with("file", dialect.name());
        return Brought::refused(told);
    }
    trial::mend(&mut planned, wish, &mut tree.tally);
    // The first file stands for the whole: pages one by one are not told of.
    let n_pages = planned
        .iter()
        .filter(|it| it.path.extension() == "md")
        .count();
    let summary = words("import-tree-summary")
        .with("dialect", dialect.name())
        .with("pages", n_pages)
        .with("keys", tree.tally.n_keys)
        .with("blocks", tree.tally.n_blocks);
    losses.changed(summary, &Place::Whole);
    losses.0.extend(tree.tally.finish());
    Brought {
        files: planned,
        told: losses.0,
        has_seal: false,
    }
}

/// Tells whether a file is a page by its name.
pub(super) fn is_page(path: &str) -> bool {
    let lower = path.to_lowercase();
    lower.ends_with(".md") || lower.ends_with(".markdown") || lower.ends_with(".mdx")
}

fn dialect(files: &[Given]) -> Dialect {
    let has = |name: &str| files.iter().any(|it| it.name == name);
    let below = |folder: &str| {
        files
            .iter()
            .any(|it| it.name.starts_with(folder) || it.name.contains(&format!("/{folder}")))
    };
    let hugo = [
        "hugo.toml",
        "hugo.yaml",
        "config.toml",
        "config.yaml",
        "hugo.yml",
    ]
    .iter()
    .any(|it| has(it));
    let codes = files
        .iter()
        .filter(|it| is_page(&it.name))
        .take(400)
        .any(|it| {
            let text = String::from_utf8_lossy(&it.bytes);
            text.contains("{{<") || text.contains("{{%") || text.starts_with("+++")
        });
    let tags = files
        .iter()
        .filter(|it| is_page(&it.name))
        .take(400)
        .any(|it| String::from_utf8_lossy(&it.bytes).contains("{% "));
    match () {
        () if below(".vitepress/") || below(".vuepress/") => Dialect::VitePress,
        () if hugo && below("content/") || codes => Dialect::Hugo,
        () if below("source/_posts/") => Dialect::Hexo,
        () if below("_posts/") && !below("source/") => Dialect::Jekyll,
        () if tags => Dialect::Hexo,
        () => Dialect::Plain,
    }
}

/// Finds where a file lay below the content; `None` for those of the generator itself.
fn source<'g>(dialect: Dialect, files: &[Given], given: &'g Given) -> Option<Source<'g>> {
    let has = |folder: &str| files.iter().any(|it| it.name.starts_with(folder));
    let name = given.name.as_str();
    let below = |folders: &[&str]| folders.iter().find_map(|folder| name.strip_prefix(folder));
    let old = match dialect {
        Dialect::Hugo if has("content/") => below(&["content/", "static/", "assets/"]),
        // The pages of such a folder are told by their place.
        Dialect::Plain if has("content/") => below(&["content/", "static/"]),
        Dialect::Hexo if has("source/") => below(&["source/"]),
        Dialect::VitePress => {
            let base = files.iter().find_map(|it| {
                let at = it
                    .name
                    .find(".vitepress/")
                    .or_else(|| it.name.find(".vuepress/"))?;
                Some(it.name[..at].to_owned())
            });
            let base = base.unwrap_or_default();
            let inner = name.strip_prefix(base.as_str())?;
            let open = [".vuepress/public/", "public/"]
                .iter()
                .find_map(|it| inner.strip_prefix(it));
            Some(open.unwrap_or(inner))
        }
        _ => Some(name),
    }?;
    let hidden = old
        .split('/')
        .any(|part| part.starts_with('.') || part == "node_modules");
    let own = [
        "README.md",
        "LICENSE.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "themes/",
        "layouts/",
        "scaffolds/",
        "archetypes/",
        "_includes/",
        "_layouts/",
        "_sass/",
        "_data/",
        "_site/",
        "public/",
    ];
    let is_own = dialect != Dialect::VitePress
        && dialect != Dialect::Plain
        && own
            .iter()
            .any(|it| old == *it || it.ends_with('/') && old.starts_with(it));
    let ending = old.rsplit('.').next().unwrap_or_default().to_lowercase();
    let is_wanted = is_page(old)
        || PICTURES.contains(&ending.as_str())
        || [
            "pdf", "docx", "xlsx", "pptx", "mp4", "webm", "mp3", "zip", "csv", "vtt",
        ]
        .contains(&ending.as_str());
    let is_litter = super::is_litter(old);
    let is_named = is_wanted && !hidden && !is_own && !is_litter && !old.ends_with("items.csv");
    is_named.then(|| Source {
        old: old.to_owned(),
        given,
    })
}

/// Says how addresses are made, as `_config.yml` does.
fn permalink(files: &[Given]) -> Option<String> {
    let config = files.iter().find(|it| it.name == "_config.yml")?;
    let text = String::from_utf8_lossy(&config.bytes).into_owned();
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix("permalink:"))?;
    let line = line.split(" #").next()?.trim().trim_matches(['"', '\'']);
    (!line.is_empty()).then(|| line.to_owned())
}

/// Returns the new path of a file, below `content/`.
fn new_path(old: &str, sources: &[Source]) -> String {
    let clean = |part: &str| -> String {
        let part = part.replace(|c: char| "<>:\"|?*\\".contains(c) || c.is_control(), "-");
        let part = part.trim_end_matches(['.', ' ']).trim_start_matches(' ');
        // Windows has devices of such names.
        let stem = part.split('.').next().unwrap_or(part);
        match is_device(stem) {
            true => part.replacen(stem, &format!("{stem}-"), 1),
            false => part.to_owned(),
        }
    };
    let mut parts: Vec<String> = old.split('/').map(clean).collect();
    // Folders of posts begin with a line there.
    for part in &mut parts {
        if let Some(rest) = part
            .strip_prefix('_')
            .filter(|it| ["posts", "drafts", "pages"].contains(it))
        {
            *part = rest.to_owned();
        }
    }
    if is_page(old)
        && let Some(last) = parts.last_mut()
    {
        let stem = last
            .rsplit_once('.')
            .map_or(last.as_str(), |(stem, _)| stem)
            .to_owned();
        let folder = old.rsplit_once('/').map_or("", |(folder, _)| folder);
        let has_index = sources.iter().any(|it| {
            let (inner, name) = it.old.rsplit_once('/').unwrap_or(("", &it.old));
            inner == folder && (name == "index.md" || name == "_index.md")
        });
        *last = match stem.as_str() {
            "README" | "readme" if !has_index => "_index.md".to_owned(),
            // The home page has a name of its own here.
            "index" if folder.is_empty() => "_index.md".to_owned(),
            _ => format!("{stem}.md"),
        };
    }
    let pages = parts.join("/");
    match old {
        // A page of that name among notices would be one of this program's own.
        _ if pages.starts_with("boards/") => format!("pages/{pages}"),
        _ => pages,
    }
}

impl Tree<'_> {
    /// Plans a file that is no page: pictures are made ready.
    fn file(&mut self, source: &Source, losses: &mut Losses) -> Option<Planned> {
        let new = self.moved.get(&source.old)?.clone();
        let bytes = &source.given.bytes;
        let place = Place::File(source.old.clone());
        let mut made = bytes.to_vec();
        let format = Format::by_mark(bytes);
        // What only turns and cleans keeps the file's name.
        let one = super::model::Picture {
            bytes: bytes.to_vec(),
            ..Default::default()
        };
        let ending = new.rsplit('.').next().unwrap_or_default().to_lowercase();
        if PICTURES.contains(&ending.as_str())
            && let Ok(ready) = picture::ready(&one)
            && (ready.ending == ending || ready.ending == "jpg" && ending == "jpeg")
        {
            made = ready.bytes;
        } else if matches!(format, Some(Format::Heic | Format::Avif)) {
            losses.lost(words("import-no-heic"), &place);
            return None;
        }
        Some(Planned {
            path: SitePath::new(&format!("content/{new}"))?,
            bytes: made,
            what: words("import-is-file"),
            is_frame: true,
        })
    }

    /// Plans a page.
    fn page(&mut self, source: &Source) -> Option<Planned> {
        let new = self.moved.get(&source.old)?.clone();
        let Ok(decoded) = crate::read::decode(&source.given.bytes) else {
            self.tally.odd("import-tree-no-text", "", &source.old);
            return None;
        };
        self.tally.file = source.old.clone();
        let (front, body) = read::parted(&decoded.text);
        let front = front.unwrap_or_else(|| {
            self.tally.odd("import-tree-broken-front", "", &source.old);
            Default::default()
        });
        let body = blocks::translated(self, body, &source.old);
        let (head, body) = self.front(&front, &body, source);
        Some(Planned {
            path: SitePath::new(&format!("content/{new}"))?,
            bytes: format!("---\n{head}---\n{}", body.trim_start_matches('\n')).into_bytes(),
            what: words("import-is-page"),
            is_frame: false,
        })
    }
}

/// Returns a file of a folder by itself, as a page that somebody wrote in Markdown.
pub(super) fn alone(given: &Given, wish: &Wish, beside: Beside) -> Brought {
    let name = given.name.rsplit(['/', '\\']).next().unwrap_or(&given.name);
    let own = Given {
        name: format!("pages/{}", if name.is_empty() { "page.md" } else { name }),
        bytes: Arc::clone(&given.bytes),
    };
    let text = crate::read::decode(&own.bytes).map(|it| it.text);
    let named = beside::named(&text.unwrap_or_default());
    let pictures = named.into_iter().filter_map(|name| {
        let bytes = beside(&name)?;
        let name = format!("pages/{name}");
        Some(Given { name, bytes })
    });
    let files: Vec<Given> = std::iter::once(own).chain(pictures).collect();
    bring(&files, wish)
}

//! What is wrong with a template, where, and what was meant.
//!
//! The library tells it in English, and some of it in one text of many lines; what volunteers get
//! wrong most often is said here in the words of the catalogue.

use tera::{Error, ErrorKind};

use crate::diag::{Code, Diagnostic, SitePath, Source, Span, nearest};
use crate::theme::{Layer, Theme};

/// Hands on what the library says, for whoever writes templates.
fn failed(said: &str) -> Diagnostic {
    Diagnostic::new(Code::TemplateFailed).with("cause", said.replace('`', "'"))
}

/// Where the templates of a theme lie.
#[derive(Debug)]
pub(in crate::render::web) struct Blame {
    /// What names begin with and the folder for it, the site's own first.
    folders: Vec<(String, String)>,
    /// The names of all templates, without what they begin with.
    names: Vec<String>,
}

impl Blame {
    /// Prepares to speak of the templates of `theme`, which lie in `folder` of each layer.
    pub(in crate::render::web) fn new(theme: &Theme, folder: &'static str) -> Self {
        let layers = theme.layers.iter().rev();
        let place = |layer: &Layer| {
            let whole = format!("{}/{folder}/", layer.folder);
            (format!("{}/", layer.name), whole)
        };
        let below = |(path, _): (&str, _)| {
            path.strip_prefix(folder)?
                .strip_prefix('/')
                .map(str::to_owned)
        };
        Self {
            folders: layers.map(place).collect(),
            names: theme.below(folder).filter_map(below).collect(),
        }
    }

    /// Returns what the names of each layer's templates begin with, the site's own first.
    pub(in crate::render::web) fn prefixes(&self) -> Vec<String> {
        self.folders
            .iter()
            .map(|(prefix, _)| prefix.clone())
            .collect()
    }

    /// Says that a template is no text.
    pub(in crate::render::web) fn no_text(&self, layer: &Layer, path: &str) -> Diagnostic {
        Diagnostic::new(Code::NotText).at(at(&format!("{}/{path}", layer.folder), 1))
    }

    /// Says what `error` is about; `name` is the template that was being filled, if any was.
    pub(in crate::render::web) fn of(&self, name: &str, error: &Error) -> Diagnostic {
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                let place = self.place(report.filename(), report.span().start_line);
                self.said(report.message()).at(place)
            }
            ErrorKind::MissingParent { current, parent } => {
                self.missing(parent).at(self.place(current, 1))
            }
            ErrorKind::CircularExtend {
                tpl,
                inheritance_chain: chain,
            } => self.circle(tpl, std::iter::once(tpl).chain(chain)),
            ErrorKind::CircularInclude {
                tpl,
                include_chain: chain,
            } => self.circle(tpl, chain),
            ErrorKind::Msg(text) => match located(text) {
                Some((message, file, line)) => self.said(message).at(self.place(file, line)),
                None => failed(text),
            },
            other => {
                let cause = match name {
                    "" => other.to_string(),
                    name => format!("{name}: {other}"),
                };
                failed(&cause)
            }
        }
    }

    /// Says `message` in words of ours, where it is one of those that are often met.
    fn said(&self, message: &str) -> Diagnostic {
        let quoted = message.split('`').nth(1);
        let unknown = ["template", "component", "filter", "function", "test"];
        let is_unknown = unknown
            .iter()
            .any(|kind| message.starts_with(&format!("Unknown {kind} ")));
        match quoted {
            Some(name) if is_unknown || message.starts_with("Block ") => self.missing(name),
            Some(name) if message.contains("is not defined") => {
                let known = message.rsplit_once(": ").map(|(_, list)| list);
                let names = known.into_iter().flat_map(|list| list.split(", "));
                Diagnostic::new(Code::UnknownTemplateValue)
                    .with("name", name)
                    .with_some("nearest", nearest(name, names))
                    .with_some("known", known)
            }
            _ => failed(message),
        }
    }

    fn missing(&self, name: &str) -> Diagnostic {
        let (layer, below) = match name.split_once('/') {
            Some((layer, below)) if self.names.iter().any(|known| known == below) => {
                (Some(layer), below)
            }
            _ => (None, name),
        };
        let meant = match layer {
            Some(layer) => {
                let layers = self
                    .folders
                    .iter()
                    .map(|(prefix, _)| prefix.trim_end_matches('/'));
                nearest(layer, layers).map(|layer| format!("{layer}/{below}"))
            }
            None => nearest(name, self.names.iter().map(String::as_str)).map(str::to_owned),
        };
        Diagnostic::new(Code::MissingTemplate)
            .with("name", name)
            .with_some("nearest", meant)
    }

    fn circle<'a>(&self, first: &str, chain: impl IntoIterator<Item = &'a String>) -> Diagnostic {
        let chain: Vec<&str> = chain.into_iter().map(String::as_str).collect();
        Diagnostic::new(Code::TemplateCircle)
            .at(self.place(first, 1))
            .with("circle", chain.join(" → "))
    }

    /// Names a line of the template `name`.
    fn place(&self, name: &str, line: usize) -> Span {
        let whole = self.folders.iter().find_map(|(prefix, folder)| {
            let below = name.strip_prefix(prefix.as_str())?;
            Some(format!("{folder}{below}"))
        });
        at(whole.as_deref().unwrap_or(name), line)
    }
}

/// Names a line of a file whose text is gone by now; as many empty lines keep the line's number.
pub(in crate::render::web) fn at(path: &str, line: usize) -> Span {
    let text = "\n".repeat(line.saturating_sub(1));
    let end = text.len();
    let path = SitePath::new(path).unwrap_or_else(|| SitePath::fixed("themes"));
    Span::new(&Source::new(path, text), end..end)
}

/// Finds message, file and line in a report that the library has written out.
fn located(report: &str) -> Option<(&str, &str, usize)> {
    let mut lines = report.lines();
    let message = lines.next()?.strip_prefix("error: ")?;
    let place = lines.next()?.trim_start().strip_prefix("--> ")?;
    let (rest, _) = place.rsplit_once(':')?;
    let (file, line) = rest.rsplit_once(':')?;
    Some((message, file, line.parse().ok()?))
}

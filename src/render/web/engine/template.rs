//! The theme's templates: loading them, filling them, and saying which line is wrong.

use std::collections::BTreeMap;
use std::sync::Arc;

use quick_cache::sync::Cache;
use tera::{Context, Error, Function, Kwargs, State, Tera, TeraResult, Value};

use crate::diag::Diagnostic;
use crate::guard;
use crate::read::decode;
use crate::render::web::engine::blame::{self, Blame};
use crate::render::web::html::escape;
use crate::render::web::text::words;
use crate::theme::Theme;
use crate::typeset::{lexicon, phrases, words_of};

/// How many titles are remembered as they are parted.
const TITLES: usize = 20_000;
/// The folder of a theme that holds its templates.
const FOLDER: &str = "templates";

/// All templates of a theme, checked.
#[derive(Debug)]
pub(in crate::render::web) struct Templates {
    tera: Tera,
    blame: Blame,
    /// Where a template lies, by its name; none where the theme is all our own.
    files: BTreeMap<String, String>,
}

impl Templates {
    /// Loads the templates of `theme`.
    ///
    /// A template is called `NAME/page.html`, after the layer that it is of; `page.html` is the
    /// site's, or else the theme's, or else its parent's.
    ///
    /// # Errors
    /// Where one does not parse or calls for another that is not there.
    pub(in crate::render::web) fn load(theme: &Theme) -> Result<Self, Diagnostic> {
        let mut tera = Tera::new();
        let blame = Blame::new(theme, FOLDER);
        let failed = |error: Error| blame.of("", &error);
        tera.set_fallback_prefixes(blame.prefixes())
            .map_err(failed)?;
        tera.autoescape_on(vec![".html", ".xml"]);
        tera.register_function("icon", Drawings::new(theme, "icons"));
        tera.register_function("motif", Drawings::new(theme, "templates/motifs"));
        tera.register_filter("fill", fill);
        let own: Vec<String> = (lexicon(words_of(theme)).into_iter().map(str::to_owned)).collect();
        // A title stands in lists, beside its neighbours and on boards: it is parted once.
        let known: Cache<String, Value> = Cache::new(TITLES);
        tera.register_filter("phrased", move |title: &str, _: Kwargs, _: &State| {
            let part = || Ok::<_, Error>(phrased(title, &own));
            known.get_or_insert_with(title, part)
        });
        let mut templates = Vec::new();
        let mut files = BTreeMap::new();
        let is_brought = theme.is_brought();
        for layer in &theme.layers {
            for (path, bytes) in layer.below(FOLDER) {
                let below = path.strip_prefix(FOLDER).unwrap_or(path);
                if !(below.ends_with(".html") || below.ends_with(".xml")) {
                    continue;
                }
                let Ok(decoded) = decode(bytes) else {
                    return Err(blame.no_text(layer, path));
                };
                if is_brought {
                    let name = below.trim_start_matches('/').to_owned();
                    files.insert(name, format!("{}/{path}", layer.folder));
                }
                templates.push((format!("{}{below}", layer.name), decoded.text));
            }
        }
        tera.add_raw_templates(templates).map_err(failed)?;
        Ok(Self { tera, blame, files })
    }

    /// Fills the template `name`.
    ///
    /// # Errors
    /// Where the template asks for what is not there.
    pub(in crate::render::web) fn render(
        &self,
        name: &str,
        context: &Context,
    ) -> Result<String, Diagnostic> {
        let fill = || self.tera.render(name, context);
        let filled = match self.files.get(name) {
            Some(file) => guard::doing(file, fill),
            None => fill(),
        };
        filled.map_err(|error| {
            let found = self.blame.of(name, &error);
            match self.files.get(name).filter(|_| found.at.is_none()) {
                Some(file) => found.at(blame::at(file, 1)),
                None => found,
            }
        })
    }
}

/// Fills a phrase with the arguments; see [`words::filled`].
fn fill(phrase: &str, values: Kwargs, _: &State) -> TeraResult<String> {
    Ok(words::filled(phrase, |name| {
        let value = values.get::<&Value>(name).ok().flatten();
        value.map(Value::to_string)
    }))
}

/// How many characters such a line holds.
const LINE: usize = 8;

/// Lets a title break between phrases alone; what fits into a line of any telephone is left as it is.
fn phrased(title: &str, own: &[String]) -> Value {
    if title.chars().count() <= LINE {
        return Value::from(title);
    }
    let own: Vec<&str> = own.iter().map(String::as_str).collect();
    let parts: Vec<String> = phrases(title, &own).into_iter().map(escape).collect();
    match &parts[..] {
        [] | [_] => Value::from(title),
        parts => Value::safe_string(&format!(
            "<span class=\"phrased\">{}</span>",
            parts.join("<wbr>")
        )),
    }
}

/// The theme's drawings of one folder, set into pages as inline SVG.
struct Drawings {
    folder: &'static str,
    by_name: BTreeMap<String, Arc<str>>,
}

impl Drawings {
    fn new(theme: &Theme, folder: &'static str) -> Self {
        let by_name = theme.below(folder).filter_map(|(path, bytes)| {
            let name = path.rsplit('/').next()?.strip_suffix(".svg")?;
            let class = folder.rsplit('/').next()?.trim_end_matches('s');
            let svg = inline_svg(std::str::from_utf8(bytes).ok()?, class)?;
            Some((name.to_owned(), Arc::from(svg)))
        });
        Self {
            folder,
            by_name: by_name.collect(),
        }
    }
}

impl Function<TeraResult<String>> for Drawings {
    fn call(&self, arguments: Kwargs, _: &State) -> TeraResult<String> {
        let name = arguments.must_get::<&str>("name")?;
        match (self.by_name.get(name), self.folder) {
            (Some(svg), _) => Ok(svg.to_string()),
            // A site's own topics have no motif.
            (None, "templates/motifs") => Ok(String::new()),
            (None, folder) => Err(Error::message(format!("{folder}/{name}.svg: no such file"))),
        }
    }

    fn is_safe(&self) -> bool {
        true
    }
}

/// Makes a drawing part of a page: decoration, as the words stand beside it.
fn inline_svg(svg: &str, class: &str) -> Option<String> {
    let start = svg.find("<svg")? + "<svg".len();
    let rest = svg[start..]
        .trim_end()
        .replacen(" xmlns=\"http://www.w3.org/2000/svg\"", "", 1);
    Some(format!(
        "<svg class=\"{class}\" aria-hidden=\"true\" focusable=\"false\"{rest}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Language;
    use crate::theme::{Layer, ThemeFile};

    fn theme(files_of: &[(&str, &str)]) -> Theme {
        Theme {
            name: "plain".into(),
            layers: vec![Layer {
                name: "plain".into(),
                folder: "themes/plain".into(),
                files: files(files_of),
            }],
            files: files(files_of),
            ..Theme::default()
        }
    }

    fn files(files: &[(&str, &str)]) -> BTreeMap<String, ThemeFile> {
        let file = |(path, text): &(&str, &str)| {
            let bytes: Arc<[u8]> = text.as_bytes().into();
            ((*path).to_owned(), bytes.into())
        };
        files.iter().map(file).collect()
    }

    fn said(result: Result<String, Diagnostic>) -> String {
        let diagnostic = result.expect_err("the template is wrong");
        let at = diagnostic.at.clone().expect("it has a place");
        let (line, _) = at.line_column();
        let message = diagnostic.render(Language::English).message;
        format!("{}:{line}: {message}", at.path())
    }

    #[test]
    fn values_are_escaped_and_drawings_are_not() {
        let theme = theme(&[
            (
                "templates/a.html",
                "{{ x }} {{ icon(name=\"dot\") }} {{ \"{n}天\" | fill(n=3) }}",
            ),
            (
                "icons/dot.svg",
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"/>\n",
            ),
        ]);
        let templates = Templates::load(&theme).expect("it parses");
        let mut context = Context::new();
        context.insert("x", "<b>{{ y }}");
        let html = templates.render("a.html", &context).expect("it fills");
        insta::assert_snapshot!(html, @r#"&lt;b&gt;{{ y }} <svg class="icon" aria-hidden="true" focusable="false" viewBox="0 0 1 1"/> 3天"#);
    }

    #[test]
    fn a_template_that_asks_for_nothing_known_is_named_with_its_line() {
        let theme = theme(&[("templates/a.html", "<p>\n\n{{ missing }}</p>")]);
        let templates = Templates::load(&theme).expect("it parses");
        let result = templates.render("a.html", &Context::new());
        insta::assert_snapshot!(said(result), @"themes/plain/templates/a.html:3: a web template asks for the value `missing`, which is not there");
    }

    #[test]
    fn a_template_that_does_not_parse_is_named_with_its_line() {
        let theme = theme(&[("templates/part/a.html", "<p>\n{% if %}")]);
        let result = Templates::load(&theme).map(|_| String::new());
        insta::assert_snapshot!(said(result), @"themes/plain/templates/part/a.html:2: a web template is wrong, so that no page can be made");
    }
}

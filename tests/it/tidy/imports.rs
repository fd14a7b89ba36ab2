//! Who imports whom within `src`: read from the tokens of every file, tests left out.
//!
//! A path leads to the file that defines what it names: a name that a file only hands on
//! (`use`) is followed to where it comes from. What a macro writes is not seen.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// A module's path, its crate first: `lib`, or the name of a program.
type Module = Vec<String>;

/// The files of `src` and the imports between them.
#[derive(Default)]
pub struct Imports {
    /// The file of each module; modules within a file have that file.
    files: BTreeMap<Module, String>,
    /// What each module brings in, by the name that it has there.
    names: BTreeMap<Module, BTreeMap<String, Module>>,
    /// The paths that each module's code names.
    used: Vec<(Module, Module)>,
}

impl Imports {
    /// Reads all that is reached from `src/lib.rs` and from the programs in `src/bin`.
    pub fn read(root: &Path) -> Self {
        let mut imports = Self::default();
        imports.file(root, Path::new("src/lib.rs"), &["lib".to_owned()]);
        let programs = std::fs::read_dir(root.join("src/bin")).expect("there are programs");
        for program in programs {
            let name = program.expect("it can be listed").file_name();
            let name = name.to_string_lossy().into_owned();
            let file = Path::new("src/bin").join(&name).join("main.rs");
            imports.file(root, &file, &[name]);
        }
        imports.settle();
        imports
    }

    /// Returns the imports, file to file, each once and none from a file to itself.
    pub fn between_files(&self) -> BTreeSet<(&str, &str)> {
        let used = self.used.iter().filter_map(|(by, path)| {
            let module = self.defining(path, 0)?;
            Some((&*self.files[by], &*self.files[&module]))
        });
        used.filter(|(by, of)| by != of).collect()
    }

    fn file(&mut self, root: &Path, file: &Path, module: &[String]) {
        let text = std::fs::read_to_string(root.join(file)).expect("a source file is text");
        self.files.insert(module.to_vec(), spelled(file));
        let (folder, stem) = (file.parent().expect("a folder"), file.file_stem());
        let stem = stem.expect("a name").to_string_lossy().into_owned();
        let below = match &*stem {
            "mod" | "lib" | "main" => folder.to_owned(),
            stem => folder.join(stem),
        };
        let tokens: Vec<TokenTree> = untested(parsed(&text)).into_iter().collect();
        for name in self.walk(&tokens, module) {
            let child = [module, std::slice::from_ref(&name)].concat();
            let [flat, deep] = [format!("{name}.rs"), format!("{name}/mod.rs")];
            let places: [PathBuf; 2] = [below.join(flat), below.join(deep)];
            let place = places.iter().find(|place| root.join(place).is_file());
            self.file(root, place.expect("a module has a file"), &child);
        }
    }

    /// Takes in what `tokens`, the code of `module`, names; returns the modules that lie in files
    /// of their own.
    fn walk(&mut self, tokens: &[TokenTree], module: &[String]) -> Vec<String> {
        let mut children = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            let rest = &tokens[at..];
            if is(rest, "pub") && matches!(rest.get(1), Some(TokenTree::Group(_))) {
                // Who may see it is no use of it.
                at += 2;
            } else if is(rest, "mod") && word(rest.get(1)).is_some() {
                let name = word(rest.get(1)).unwrap_or_default();
                match rest.get(2) {
                    Some(TokenTree::Group(group)) => {
                        let inner = [module, &[name]].concat();
                        let file = self.files[module].clone();
                        self.files.insert(inner.clone(), file);
                        let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
                        self.walk(&tokens, &inner);
                    }
                    _ => children.push(name),
                }
                at += 3;
            } else if is(rest, "use") {
                let end = rest.iter().position(|token| punct(token) == Some(';'));
                let end = end.unwrap_or(rest.len());
                self.tree(&rest[1..end], Vec::new(), module);
                at += end;
            } else if let (Some(path), length) = path(rest) {
                let is_inner = at > 0 && [Some('.'), Some(':')].contains(&punct(&tokens[at - 1]));
                if !is_inner && path.len() > 1 {
                    self.used.push((module.to_vec(), path));
                }
                at += length;
            } else {
                if let TokenTree::Group(group) = &tokens[at] {
                    let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
                    children.extend(self.walk(&tokens, module));
                }
                at += 1;
            }
        }
        children
    }

    /// Takes in a `use` tree that stands behind `before`.
    fn tree(&mut self, tokens: &[TokenTree], mut before: Module, module: &[String]) {
        let mut tokens = tokens.iter().peekable();
        let mut called = None;
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Ident(_) if is(std::slice::from_ref(token), "as") => {
                    called = word(tokens.next());
                }
                TokenTree::Ident(name) => before.push(name.to_string()),
                TokenTree::Group(group) => {
                    let all: Vec<TokenTree> = group.stream().into_iter().collect();
                    let branches = all.split(|token| punct(token) == Some(','));
                    for branch in branches.filter(|branch| !branch.is_empty()) {
                        self.tree(branch, before.clone(), module);
                    }
                    return;
                }
                TokenTree::Punct(sign) if sign.as_char() == '*' => {
                    self.used.push((module.to_vec(), before));
                    return;
                }
                _ => {}
            }
        }
        if before.last().is_some_and(|last| last == "self") && before.len() > 1 {
            before.pop();
        }
        let name = called
            .or_else(|| before.last().cloned())
            .unwrap_or_default();
        let own = self.names.entry(module.to_vec()).or_default();
        own.insert(name, before.clone());
        self.used.push((module.to_vec(), before));
    }
}

/// Paths can be told once all files are read.
impl Imports {
    /// Makes all paths whole, and drops those that lead out of `src`.
    fn settle(&mut self) {
        let used = std::mem::take(&mut self.used).into_iter();
        let whole = |(by, path): (Module, Module)| Some((by.clone(), self.whole(&by, &path)?));
        let used = used.filter_map(whole).collect();
        let names = self.names.iter().map(|(by, names)| {
            let names = names.iter();
            let whole =
                names.filter_map(|(name, path)| Some((name.clone(), self.whole(by, path)?)));
            (by.clone(), whole.collect())
        });
        self.names = names.collect();
        self.used = used;
    }

    /// Makes `path`, as `module` names it, whole; `None` where it leads out of `src`.
    fn whole(&self, module: &Module, path: &[String]) -> Option<Module> {
        let mut here = module.clone();
        let mut rest = path.iter().peekable();
        match rest.peek()?.as_str() {
            "crate" => {
                here.truncate(1);
                rest.next();
            }
            "greenboard" if module[0] != "lib" => {
                here = vec!["lib".to_owned()];
                rest.next();
            }
            "self" => {
                rest.next();
            }
            "super" => {
                while rest.next_if(|word| *word == "super").is_some() {
                    here.pop();
                }
            }
            first => {
                // What a `use` brings in is told there.
                let child = [&here[..], &[first.to_owned()]].concat();
                self.files.get(&child)?;
            }
        }
        here.extend(rest.cloned());
        Some(here)
    }

    /// Finds the module that defines what the whole `path` names.
    fn defining(&self, path: &[String], depth: usize) -> Option<Module> {
        let mut modules = (1..=path.len()).rev().map(|length| &path[..length]);
        let module = modules.find(|module| self.files.contains_key(*module))?;
        let Some(name) = path.get(module.len()).filter(|_| depth < 8) else {
            return Some(module.to_vec());
        };
        let handed = self.names.get(module).and_then(|names| names.get(name));
        if let Some(handed) = handed {
            let mut whole = handed.clone();
            whole.extend(path[module.len() + 1..].iter().cloned());
            return self.defining(&whole, depth + 1);
        }
        Some(module.to_vec())
    }
}

/// Returns the code of a file without its tests and without the texts in it, its words and signs
/// joined without spaces.
pub fn code(text: &str) -> String {
    fn write(tokens: TokenStream, out: &mut String) {
        for token in tokens {
            match token {
                TokenTree::Group(group) => {
                    let (open, close) = match group.delimiter() {
                        Delimiter::Parenthesis => ("(", ")"),
                        Delimiter::Brace => ("{", "}"),
                        Delimiter::Bracket => ("[", "]"),
                        Delimiter::None => ("", ""),
                    };
                    out.push_str(open);
                    write(group.stream(), out);
                    out.push_str(close);
                }
                TokenTree::Literal(_) => out.push('_'),
                token => out.push_str(&token.to_string()),
            }
        }
    }
    let mut out = String::new();
    write(untested(parsed(text)), &mut out);
    out
}

fn parsed(text: &str) -> TokenStream {
    text.parse().expect("a source file has tokens")
}

/// Leaves out the items that are there for tests alone, and attributes.
fn untested(tokens: TokenStream) -> TokenStream {
    let mut kept = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        if punct(&token) == Some('#') {
            let _ = tokens.next_if(|next| punct(next) == Some('!'));
            let Some(TokenTree::Group(attribute)) = tokens.next() else {
                continue;
            };
            if is_for_tests(&attribute) {
                // The item ends with its block, or with a semicolon.
                for token in tokens.by_ref() {
                    let is_block = matches!(&token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
                    if is_block || punct(&token) == Some(';') {
                        break;
                    }
                }
            }
            continue;
        }
        kept.push(match token {
            TokenTree::Group(group) => {
                TokenTree::Group(Group::new(group.delimiter(), untested(group.stream())))
            }
            token => token,
        });
    }
    kept.into_iter().collect()
}

/// Tells whether an attribute is `cfg(test)`, alone or among others.
fn is_for_tests(attribute: &Group) -> bool {
    let text = attribute.stream().to_string().replace(' ', "");
    text == "cfg(test)" || text.starts_with("cfg(all(test")
}

/// Reads a path such as `super::links::encode` where one begins; returns how many tokens it has.
fn path(tokens: &[TokenTree]) -> (Option<Module>, usize) {
    let Some(first) = word(tokens.first()) else {
        return (None, 1);
    };
    let mut path = vec![first];
    let mut at = 1;
    while tokens.get(at).and_then(punct) == Some(':')
        && tokens.get(at + 1).and_then(punct) == Some(':')
        && let Some(next) = word(tokens.get(at + 2))
    {
        path.push(next);
        at += 3;
    }
    (Some(path), at)
}

fn is(tokens: &[TokenTree], word: &str) -> bool {
    matches!(tokens.first(), Some(TokenTree::Ident(ident)) if ident == word)
}

fn word(token: Option<&TokenTree>) -> Option<String> {
    match token {
        Some(TokenTree::Ident(ident)) => Some(ident.to_string()),
        _ => None,
    }
}

fn punct(token: &TokenTree) -> Option<char> {
    match token {
        TokenTree::Punct(punct) => Some(punct.as_char()),
        _ => None,
    }
}

fn spelled(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

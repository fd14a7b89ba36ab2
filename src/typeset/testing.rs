//! A tiny site and a tiny theme for the tests of everything that is set.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use jiff::civil::Date;
use serde_json::json;

use super::{Engine, Files};
use crate::diag::{Code, Diagnostics, Language, SitePath};
use crate::read::{MemoryInputs, read};
use crate::site::markdown::{Block, BlockKind, Document, Inline, InlineKind};
use crate::site::{Site, site};
use crate::theme::{LayoutInfo, Theme, ThemeFile, embedded};

/// A layout that sets title and body, at 10 mm or, where it does not fit, at 5 mm, and walks
/// the tree as the real ones do.
const PLAIN: &str = include_str!("testing.typ");

/// An overview that names what hangs and shows it.
const OVERVIEW: &str = r#"
#let d = json("/data.json")
#d.board.title #d.period.title
#for slot in d.board.slots [
  #slot.number
  #if slot.hanging != none [#slot.hanging.title #if slot.hanging.thumbnail != none { image(slot.hanging.thumbnail, width: 20mm) }]
]
"#;

/// An engine over the real fonts and two layouts: `plain`, and `broken`, which fails.
pub fn engine() -> &'static Engine {
    static ENGINE: LazyLock<Engine> = LazyLock::new(|| {
        let fonts = embedded()
            .iter()
            .filter(|(path, _)| path.starts_with("fonts/") && path.ends_with(".ttf"));
        let mut files: BTreeMap<String, ThemeFile> = fonts
            .map(|(path, bytes)| (path.clone(), bytes.clone()))
            .collect();
        let mut layouts = BTreeMap::new();
        for (name, text) in [("plain", PLAIN), ("broken", "\n\n#panic(\"no\")")] {
            files.insert(
                format!("posters/{name}.typ"),
                ThemeFile::BuiltIn(text.as_bytes()),
            );
            layouts.insert(name.to_owned(), LayoutInfo::default());
        }
        files.insert(
            "boards/overview.typ".into(),
            ThemeFile::BuiltIn(OVERVIEW.as_bytes()),
        );
        Engine::new(Arc::new(Theme {
            name: "test".into(),
            files,
            tokens: json!({}),
            office_tokens: json!({}),
            phrases: json!({ "poster": {} }),
            translations: BTreeMap::new(),
            layouts,
            ..Theme::default()
        }))
    });
    &ENGINE
}

/// An engine over the theme that travels in the binary.
pub fn fresh() -> &'static Engine {
    static ENGINE: LazyLock<Engine> = LazyLock::new(|| {
        let site = TestSite::with_gate().build();
        let mut diagnostics = Diagnostics::default();
        let theme = Theme::load(&site.settings, &BTreeMap::new(), &mut diagnostics);
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        Engine::new(Arc::new(theme))
    });
    &ENGINE
}

/// Builds a site from texts; what its files say must be right.
pub struct TestSite {
    inputs: MemoryInputs,
}

impl TestSite {
    /// Starts with one board, `gate`: an A3 slot `1`, an A2 slot `2` and a fixed slot `3`.
    pub fn with_gate() -> Self {
        let settings = "format: 1\ntitle: 绿板\norganisation: 梧桐里社区居民委员会\n\
            description: 说明。\nbase_url: https://wutongli.example/\nlanguage: zh-CN\n\
            timezone: Asia/Shanghai\ntheme: fresh\n";
        let gate = "---\ntitle: 东门宣传栏\nkind: board\nplace: 东门\nsize: 2400x1200mm\n\
            distance: 1\nslots:\n  - { id: \"1\", at: [60, 80], size: A3, visible: 277x400mm }\n  \
            - { id: \"2\", at: [400, 80], size: A2, visible: 400x574mm }\n  \
            - { id: \"3\", at: [900, 80], size: A3, visible: 277x400mm, fixed: 党建 }\n---\n";
        Self {
            inputs: MemoryInputs::new(Date::constant(2026, 11, 5)),
        }
        .file("greenboard.yaml", settings)
        .file("content/_index.md", "---\ntitle: 绿板\n---\n")
        .file("content/boards/_index.md", "---\ntitle: 宣传栏\n---\n")
        .file("content/boards/gate.md", gate)
    }

    /// Adds or replaces a file.
    pub fn file(mut self, path: &str, content: impl AsRef<[u8]>) -> Self {
        let path = SitePath::new(path).expect("a test's path stays in the site");
        self.inputs.files.insert(path, content.as_ref().into());
        self
    }

    /// Adds the page `living/NAME` with `front` under its title, and `body`.
    pub fn page(self, name: &str, front: &str, body: &str) -> Self {
        let text = format!("---\ntitle: 五分钟查马桶漏水\n{front}\n---\n{body}\n");
        self.file("content/living/_index.md", "---\ntitle: 指南\n---\n")
            .file(&format!("content/living/{name}.md"), text)
    }

    /// Reads and understands the files.
    #[track_caller]
    pub fn build(self) -> Site {
        let tree = read(&self.inputs);
        let built = site(&tree.value.expect("the settings are right"));
        let said = lines(built.diagnostics);
        assert!(!said.contains("error"), "{said}");
        built.value
    }
}

/// Returns one line a diagnostic: severity, code, place, message, hints.
pub fn lines(diagnostics: Diagnostics) -> String {
    let line = |rendered: crate::diag::Rendered| {
        let place = match (rendered.file, rendered.line, rendered.column) {
            (Some(file), Some(line), Some(column)) => format!(" {file}:{line}:{column}"),
            _ => String::new(),
        };
        let hints = rendered.hints.join("; ");
        let severity = format!("{:?}", rendered.severity).to_lowercase();
        format!(
            "{severity} {}{place} {} [{hints}]\n",
            rendered.code, rendered.message
        )
    };
    let sorted = diagnostics.sorted().into_iter();
    sorted
        .map(|diagnostic| line(diagnostic.render(Language::Chinese)))
        .collect()
}

/// Tells whether `code` is among `diagnostics`.
pub fn has(diagnostics: &Diagnostics, code: Code) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.code == code)
}

/// Returns a document of paragraphs, one a line of `text`, as if they had stood in a file.
pub fn paragraphs(text: &str) -> Document {
    let paragraph = |line: &str| {
        let kind = InlineKind::Text { text: line.into() };
        let inlines = vec![Inline { kind, range: 0..0 }];
        let kind = BlockKind::Paragraph { inlines };
        Block { kind, range: 0..0 }
    };
    Document {
        blocks: text.lines().map(paragraph).collect(),
        footnotes: Vec::new(),
    }
}

/// Sets the text of the page `id`, whatever its file says.
pub fn set_body(site: &mut Site, id: &str, body: Document) {
    let page = site.pages.iter_mut().find(|page| page.id == id);
    let page = page.expect("the page is there");
    page.body = body.into();
    if let Some(wish) = &mut page.poster {
        wish.part = None;
    }
}

/// Returns a PDF of `n` empty pages of that size in mm.
pub fn pdf(width: f64, height: f64, n: usize) -> Vec<u8> {
    let text = format!(
        "#set page(width: {width}mm, height: {height}mm, fill: green)\n{}",
        "#pagebreak(weak: false)\n".repeat(n - 1)
    );
    let set = engine().compile_own("/outside/test.typ", &text, Vec::new(), &Files::new());
    let mut set = set.expect("the test's file is right");
    set.pdf("test", "test").expect("it has no pictures")
}

/// An ICC profile of a press that prints with black ink alone, as light as it should be.
pub fn grey_press() -> Vec<u8> {
    let curves = |channels: usize| (0..=255).collect::<Vec<u8>>().repeat(channels);
    let table = |channels: (u8, u8), grid: Vec<u8>| {
        let mut tag = b"mft1\0\0\0\0".to_vec();
        tag.extend([channels.0, channels.1, 2, 0]);
        for at in 0..9 {
            tag.extend(if at % 4 == 0 { 0x1_0000_u32 } else { 0 }.to_be_bytes());
        }
        tag.extend(curves(usize::from(channels.0)));
        tag.extend(grid);
        tag.extend(curves(usize::from(channels.1)));
        tag.resize(tag.len().next_multiple_of(4), 0);
        tag
    };
    // Lightness is the first of three channels, black ink the last of four.
    let to_inks = (0..8).flat_map(|at| [0, 0, 0, if at < 4 { 255 } else { 0 }]);
    let to_lab = (0..16).flat_map(|at| [if at % 2 == 0 { 255 } else { 0 }, 128, 128]);
    let to_inks = table((3, 4), to_inks.collect());
    let to_lab = table((4, 3), to_lab.collect());
    let mut header = vec![0; 128];
    header[8..12].copy_from_slice(&[2, 0x40, 0, 0]);
    header[12..24].copy_from_slice(b"prtrCMYKLab ");
    header[36..40].copy_from_slice(b"acsp");
    // The white of print: D50.
    for (at, value) in [(68, 0xF6D6_u32), (72, 0x1_0000), (76, 0xD32D)] {
        header[at..at + 4].copy_from_slice(&value.to_be_bytes());
    }
    let first = 128 + 4 + 2 * 12;
    let mut profile = header;
    profile.extend(2_u32.to_be_bytes());
    let mut at = first;
    for (name, tag) in [(b"A2B0", &to_lab), (b"B2A0", &to_inks)] {
        profile.extend(name);
        for number in [at, tag.len()] {
            profile.extend(u32::try_from(number).expect("it is small").to_be_bytes());
        }
        at += tag.len();
    }
    profile.extend(to_lab);
    profile.extend(to_inks);
    let length = u32::try_from(profile.len()).expect("it is small");
    profile[..4].copy_from_slice(&length.to_be_bytes());
    profile
}

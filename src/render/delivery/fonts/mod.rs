//! The theme's fonts, cut to the characters that pages show.
//!
//! A font of Chinese weighs 3 MB. Titles take those of its characters that titles have, in slices:
//! the first holds what the home page shows, the next ones what many pages show, and browsers
//! fetch the slices that a page needs. Running text takes what the reader's device has, or, where
//! the settings want it, the theme's own in the same way.

mod cut;
mod slices;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value;
use ttf_parser::Face as FontFace;

use super::references::PageReferences;
use super::{Files, STYLE, Tools, hash};
use crate::diag::{Code, Diagnostic, Diagnostics, Fills, SitePath, Source, Span, Words, words};
use crate::site::WebFonts;
use crate::theme::Theme;

/// Where fonts lie below the website's root.
pub(super) const FOLDER: &str = "assets/fonts";
/// The same from a style sheet.
const BELOW_STYLE: &str = "fonts";
/// The style sheet that names the cut fonts. Its name stays, as it changes with any new character
/// of a title, and every page calls it.
pub(super) const SHEET: &str = "assets/fonts.css";
/// The page whose characters come first.
const HOME: &str = "index.html";

/// A font that the theme gives the web, in `web.title` or `web.text` of its `tokens.yaml`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct Face {
    /// Its file in the theme.
    file: String,
    /// Its weight.
    weight: u16,
}

/// What a font is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Title,
    Text,
}

impl Role {
    /// Returns the key in `tokens.yaml`, which names family and custom property too.
    fn key(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Text => "text",
        }
    }

    fn shown(self, page: &PageReferences) -> &BTreeSet<char> {
        match self {
            Self::Title => &page.titles,
            Self::Text => &page.text,
        }
    }
}

/// Adds the fonts that the settings want, cut, and a style sheet that names them.
pub(super) fn add(
    files: &mut Files,
    pages: &BTreeMap<String, PageReferences>,
    tools: &Tools,
    diagnostics: &mut Diagnostics,
) {
    let mut css = String::new();
    for (role, faces) in wanted(tools, diagnostics) {
        let shown: BTreeMap<&str, &BTreeSet<char>> = pages
            .iter()
            .map(|(path, page)| (path.as_str(), role.shown(page)))
            .collect();
        for (face, font) in &faces {
            let slices = slices::slices(&shown, HOME, |c| font.has(c));
            for (number, slice) in slices.iter().enumerate() {
                // One after the other: packing takes 45 MB, however small the font.
                match cut::woff2(font.bytes, slice, tools.cache) {
                    Ok(woff2) => {
                        let number = number + 1;
                        let name = format!(
                            "{}-{}-{number}.{}.woff2",
                            role.key(),
                            face.weight,
                            hash(&[&woff2], 8)
                        );
                        css.push_str(&font_face(role, face, &name, Some(slice)));
                        files.insert(format!("{FOLDER}/{name}"), woff2);
                    }
                    Err(cause) => diagnostics.push(bad(tools.engine.theme(), face, &cause)),
                }
            }
        }
        css.push_str(&use_of(role, &faces));
    }
    if !css.is_empty() {
        files.insert(SHEET.to_owned(), css.into_bytes().into());
    }
}

/// Adds the fonts that the settings want as they are, for a preview, which comes from this
/// machine.
pub(super) fn add_whole(files: &mut Files, tools: &Tools, diagnostics: &mut Diagnostics) {
    let mut css = String::new();
    for (role, faces) in wanted(tools, diagnostics) {
        for (face, font) in &faces {
            let name = face.file.rsplit('/').next().unwrap_or_default();
            css.push_str(&font_face(role, face, name, None));
            files.insert(format!("{FOLDER}/{name}"), Arc::from(font.bytes));
        }
        css.push_str(&use_of(role, &faces));
    }
    if let Some(style) = files.get_mut(STYLE) {
        *style = [style, css.as_bytes()].concat().into();
    }
}

/// A font, read.
struct Font<'a> {
    bytes: &'a [u8],
    face: FontFace<'a>,
}

impl Font<'_> {
    fn has(&self, character: char) -> bool {
        self.face.glyph_index(character).is_some()
    }
}

/// What a role is set in.
type Faces<'a> = (Role, Vec<(Face, Font<'a>)>);

/// Returns the fonts that settings and theme want, read.
fn wanted<'a>(tools: &Tools<'a>, diagnostics: &mut Diagnostics) -> Vec<Faces<'a>> {
    let roles: &[Role] = match tools.site.settings.delivery.web_fonts {
        WebFonts::None => &[],
        WebFonts::Titles => &[Role::Title],
        WebFonts::All => &[Role::Title, Role::Text],
    };
    let theme = tools.engine.theme();
    let mut all = Vec::new();
    for role in roles {
        let mut faces = Vec::new();
        for face in named(theme, *role, diagnostics) {
            match read(theme, &face) {
                Ok(font) => faces.push((face, font)),
                Err(cause) => diagnostics.push(bad(theme, &face, cause)),
            }
        }
        if !faces.is_empty() {
            all.push((*role, faces));
        }
    }
    all
}

/// Reads what the theme's tokens say of a role: one font or several.
fn named(theme: &Theme, role: Role, diagnostics: &mut Diagnostics) -> Vec<Face> {
    let token = theme.tokens.get("web").and_then(|web| web.get(role.key()));
    let faces: Result<Vec<Face>, _> = match token {
        None => return Vec::new(),
        Some(Value::Array(faces)) => faces.iter().map(Face::deserialize).collect(),
        Some(face) => Face::deserialize(face).map(|face| vec![face]),
    };
    faces.unwrap_or_else(|error| {
        let wrong = Diagnostic::new(Code::BadTheme).at(tokens_file(theme)).with(
            "cause",
            words("its-own-words").with("said", format!("web.{}: {error}", role.key())),
        );
        diagnostics.push(wrong);
        Vec::new()
    })
}

fn read<'a>(theme: &'a Theme, face: &Face) -> Result<Font<'a>, Words> {
    let bytes: &[u8] = theme.files.get(&face.file).ok_or(words("no-such-file"))?;
    let parsed = FontFace::parse(bytes, 0).map_err(|_| words("no-font"))?;
    // The outlines of an OpenType font of the other kind would be dropped without a word.
    if parsed.tables().glyf.is_none() {
        return Err(words("no-truetype"));
    }
    Ok(Font {
        bytes,
        face: parsed,
    })
}

fn bad(theme: &Theme, face: &Face, cause: impl Fills) -> Diagnostic {
    Diagnostic::new(Code::BadWebFont)
        .at(tokens_file(theme))
        .with("file", &face.file)
        .with("cause", cause)
}

fn tokens_file(theme: &Theme) -> Span {
    let path = SitePath::new(&format!("themes/{}/tokens.yaml", theme.name));
    let path = path.unwrap_or_else(|| SitePath::fixed("themes"));
    Span::file(&Source::new(path, ""))
}

fn font_face(role: Role, face: &Face, file: &str, slice: Option<&BTreeSet<char>>) -> String {
    let (key, weight) = (role.key(), face.weight);
    let format = match file.ends_with(".woff2") {
        true => "woff2",
        false => "truetype",
    };
    let range = slice.map_or(String::new(), |slice| {
        format!(" unicode-range: {};", slices::ranges(slice))
    });
    format!(
        "@font-face {{ font-family: \"theme-{key}\"; font-weight: {weight}; font-display: swap; \
         src: url(\"{BELOW_STYLE}/{file}\") format(\"{format}\");{range} }}\n"
    )
}

/// Fonts of devices that stand in for the theme's until it is there: the bold ones for titles.
const DEVICES: [(Role, &[&str]); 2] = [
    (
        Role::Title,
        &[
            "PingFang SC Semibold",
            "PingFangSC-Semibold",
            "Microsoft YaHei Bold",
            "MicrosoftYaHei-Bold",
            "HarmonyOS Sans SC Bold",
            "MiSans Bold",
            "Noto Sans CJK SC Bold",
            "NotoSansCJKsc-Bold",
            "Source Han Sans SC Bold",
        ],
    ),
    (
        Role::Text,
        &[
            "PingFang SC",
            "PingFangSC-Regular",
            "Microsoft YaHei",
            "MicrosoftYaHei",
            "HarmonyOS Sans SC",
            "MiSans",
            "Noto Sans CJK SC",
            "NotoSansCJKsc-Regular",
            "Source Han Sans SC",
        ],
    ),
];

/// Returns the rules by which the theme's style sheet takes up a role's fonts: the custom
/// properties `--face-title` and `--face-title-weight`, or `--face-text`.
///
/// What stands in meanwhile has the height of the font, so that no line moves when it comes.
fn use_of(role: Role, faces: &[(Face, Font)]) -> String {
    let Some((face, font)) = faces.first() else {
        return String::new();
    };
    let key = role.key();
    let share = |units: i16| {
        let em = f64::from(font.face.units_per_em());
        format!("{:.1}%", 100.0 * f64::from(units) / em)
    };
    let devices = DEVICES.iter().find(|(of, _)| *of == role);
    let local: Vec<String> = devices
        .map_or(&[][..], |(_, names)| names)
        .iter()
        .map(|name| format!("local(\"{name}\")"))
        .collect();
    let weight = match role {
        Role::Title => format!(" --face-title-weight: {};", face.weight),
        Role::Text => String::new(),
    };
    format!(
        "@font-face {{ font-family: \"stand-in-{key}\"; font-weight: {}; src: {}; \
         ascent-override: {}; descent-override: {}; line-gap-override: 0%; }}\n\
         :root {{ --face-{key}: \"theme-{key}\", \"stand-in-{key}\", var(--font-fallback);{weight} }}\n",
        face.weight,
        local.join(", "),
        share(font.face.ascender()),
        share(-font.face.descender()),
    )
}

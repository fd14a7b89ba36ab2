//! The themes that travel in the binary, as the files that they consist of.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use rust_embed::Embed;

use super::{BUILT_IN, ThemeFile};

/// The files of a theme by their path below `themes/NAME/`.
pub(super) type Files = BTreeMap<String, ThemeFile>;

#[derive(Embed)]
#[folder = "themes/fresh"]
struct Fresh;

#[derive(Embed)]
#[folder = "themes/plain"]
struct Plain;

/// The names of the themes in the binary.
pub(super) const NAMES: [&str; 2] = [BUILT_IN, "plain"];

/// Returns the files of the theme `fresh`, by their path below `themes/fresh/`.
pub fn embedded() -> &'static BTreeMap<String, ThemeFile> {
    static FILES: LazyLock<Files> = LazyLock::new(files::<Fresh>);
    &FILES
}

/// Returns the files of the theme `name`, where it travels in the binary.
pub(super) fn files_of(name: &str) -> Option<&'static Files> {
    static PLAIN: LazyLock<Files> = LazyLock::new(files::<Plain>);
    match name {
        BUILT_IN => Some(embedded()),
        "plain" => Some(&PLAIN),
        _ => None,
    }
}

fn files<Theme: Embed>() -> Files {
    let file = |path: Cow<'static, str>| {
        let data = match Theme::get(&path)?.data {
            Cow::Borrowed(bytes) => ThemeFile::BuiltIn(bytes),
            Cow::Owned(bytes) => ThemeFile::Brought(bytes.into()),
        };
        Some((path.into_owned(), data))
    };
    Theme::iter().filter_map(file).collect()
}

//! Fonts of the machine, for sites that want them where their own and the theme's do not do.
//!
//! A Windows folder of fonts holds hundreds of megabytes. The database maps the files and looks
//! at their tables of names; only a font that is taken is read.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use fontdb::{Database, FaceInfo, Source, Style};
use ttf_parser::Face;

/// What is wanted of the machine's fonts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WantedFonts {
    /// Families, by any name that a font gives itself, such as `仿宋` or `FangSong`.
    pub families: BTreeSet<String>,
    /// Characters that no other font has.
    pub characters: BTreeSet<char>,
}

impl WantedFonts {
    /// Tells whether nothing is wanted.
    pub fn is_empty(&self) -> bool {
        self.families.is_empty() && self.characters.is_empty()
    }
}

/// Returns what the machine has of `wanted`.
pub(super) fn of_machine(wanted: &WantedFonts) -> Vec<Arc<[u8]>> {
    let mut database = Database::new();
    if !wanted.is_empty() {
        database.load_system_fonts();
    }
    chosen(&database, wanted)
}

/// Chooses files out of `database`, ordered by place: every one with a face of a wanted family,
/// and as few as can be for the characters. How a folder lists its files does not count.
pub(super) fn chosen(database: &Database, wanted: &WantedFonts) -> Vec<Arc<[u8]>> {
    let mut faces: Vec<&FaceInfo> = database.faces().collect();
    faces.sort_by_cached_key(|face| (is_special(face), place(face), face.index));
    let mut missing = wanted.characters.clone();
    let mut files = BTreeMap::new();
    let mut take = |face: &FaceInfo, missing: &mut BTreeSet<char>| {
        *missing = &*missing - &covered(database, face, missing);
        let bytes = database.with_face_data(face.id, |bytes, _| Arc::from(bytes));
        files.extend(bytes.map(|bytes| (place(face), bytes)));
    };
    for face in faces.iter().filter(|face| is_named(face, wanted)) {
        take(face, &mut missing);
    }
    while !missing.is_empty() {
        let counted = faces.iter().rev().map(|face| {
            let covers = covered(database, face, &missing);
            (covers.len(), face)
        });
        // Of equals it gives the last, which is the first face.
        match counted.max_by_key(|(covers, _)| *covers) {
            Some((1.., face)) => take(face, &mut missing),
            _ => break,
        }
    }
    files.into_values().collect()
}

/// Returns which of `characters` the face draws as outlines; pictures of characters do not print
/// sharp.
fn covered(database: &Database, face: &FaceInfo, characters: &BTreeSet<char>) -> BTreeSet<char> {
    if characters.is_empty() {
        return BTreeSet::new();
    }
    let covers = |bytes: &[u8], index| {
        let face = Face::parse(bytes, index).ok()?;
        let tables = face.tables();
        let is_picture = tables.colr.is_some()
            || tables.svg.is_some()
            || tables.sbix.is_some()
            || tables.cbdt.is_some();
        let is_drawn = (tables.glyf.is_some() || tables.cff.is_some()) && !is_picture;
        let has = |character: &&char| face.glyph_index(**character).is_some();
        is_drawn.then(|| characters.iter().filter(has).copied().collect())
    };
    let covers = database.with_face_data(face.id, covers);
    covers.flatten().unwrap_or_default()
}

/// Tells whether the face goes by a wanted name.
fn is_named(face: &FaceInfo, wanted: &WantedFonts) -> bool {
    let mut names = face.families.iter().map(|(name, _)| name.to_lowercase());
    names.any(|name| {
        let mut families = wanted.families.iter();
        families.any(|family| family.to_lowercase() == name)
    })
}

/// Tells whether running text would not take the face.
fn is_special(face: &FaceInfo) -> bool {
    face.style != Style::Normal || face.weight.0 != 400 || face.monospaced
}

/// Returns where the face lies.
fn place(face: &FaceInfo) -> String {
    match &face.source {
        Source::File(path) | Source::SharedFile(path, _) => path.to_string_lossy().into_owned(),
        Source::Binary(_) => face.post_script_name.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::embedded;

    /// A machine with some of the fonts that travel in the binary.
    fn machine(names: &[&str]) -> Database {
        let mut database = Database::new();
        for name in names {
            let bytes = embedded()[&format!("fonts/NotoS{name}.ttf")].to_vec();
            database.load_font_data(bytes);
        }
        database
    }

    fn sizes(database: &Database, families: &[&str], characters: &str) -> Vec<usize> {
        let wanted = WantedFonts {
            families: families.iter().map(|it| (*it).to_owned()).collect(),
            characters: characters.chars().collect(),
        };
        let files = chosen(database, &wanted);
        files.iter().map(|bytes| bytes.len()).collect()
    }

    fn size(name: &str) -> usize {
        embedded()[&format!("fonts/NotoS{name}.ttf")].len()
    }

    #[test]
    fn a_family_comes_with_all_its_faces_and_nothing_else() {
        let machine = machine(&["erifSC-Bold", "ansSC-Regular", "ansSC-Bold"]);
        let faces = [size("ansSC-Bold"), size("ansSC-Regular")];
        assert_eq!(sizes(&machine, &["NOTO sans SC"], ""), faces);
        assert!(sizes(&machine, &["仿宋"], "").is_empty());
        assert!(sizes(&machine, &[], "").is_empty());
    }

    #[test]
    fn characters_take_as_few_files_as_can_be_and_a_plain_face_first() {
        let machine = machine(&["ansSC-Bold", "ansSC-Regular"]);
        assert_eq!(sizes(&machine, &[], "梧桐里😀"), [size("ansSC-Regular")]);
        assert!(sizes(&machine, &[], "😀").is_empty());
        // What a named family has is not looked for elsewhere.
        assert_eq!(sizes(&machine, &["Noto Sans SC"], "梧").len(), 2);
    }
}

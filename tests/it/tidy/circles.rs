//! Circles among files, and among the rooms (files and folders) of each folder.

use std::collections::{BTreeMap, BTreeSet};

/// Imports between files: who, and whom.
type Edges<'a> = BTreeSet<(&'a str, &'a str)>;

/// Returns the circles between files and between the rooms of each folder, each as its members in
/// order, parted by ` ⇄ `, once.
pub fn circles(imports: &Edges) -> BTreeSet<String> {
    let mut found = groups(imports);
    let folders: BTreeSet<&str> = imports
        .iter()
        .flat_map(|(by, of)| [by, of])
        .flat_map(|file| above(file))
        .collect();
    for folder in folders {
        let room = |file: &str| room(folder, file);
        let rooms = imports
            .iter()
            .filter_map(|(by, of)| Some((room(by)?, room(of)?)));
        let rooms: BTreeSet<(String, String)> = rooms.filter(|(by, of)| by != of).collect();
        found.extend(groups(
            &rooms.iter().map(|(by, of)| (&**by, &**of)).collect(),
        ));
    }
    found
}

/// Returns the folders that hold `file`, the nearest last.
fn above(file: &str) -> impl Iterator<Item = &str> {
    file.match_indices('/').map(|(at, _)| &file[..at])
}

/// Returns what of `folder` holds `file`; a file that is called as the folder beside it is one with
/// it.
fn room(folder: &str, file: &str) -> Option<String> {
    let rest = file.strip_prefix(folder)?.strip_prefix('/')?;
    let name = rest.split('/').next()?.trim_end_matches(".rs");
    Some(format!("{folder}/{name}"))
}

/// Returns the groups of names that reach each other.
fn groups(edges: &Edges) -> BTreeSet<String> {
    let mut next: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (by, of) in edges {
        next.entry(by).or_default().push(of);
    }
    let reach = |from: &str| {
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let mut open: Vec<&str> = next.get(from).cloned().unwrap_or_default();
        while let Some(name) = open.pop() {
            if seen.insert(name) {
                open.extend(next.get(name).into_iter().flatten());
            }
        }
        seen
    };
    let all: BTreeMap<&str, BTreeSet<&str>> =
        next.keys().map(|name| (*name, reach(name))).collect();
    let group = |(name, reached): (&&str, &BTreeSet<&str>)| {
        let back = reached
            .iter()
            .filter(|other| all.get(**other).is_some_and(|it| it.contains(name)));
        let members: Vec<&str> = back.copied().collect();
        (members.len() > 1).then(|| members.join(" ⇄ "))
    };
    all.iter().filter_map(group).collect()
}

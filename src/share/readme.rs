//! What to do with each, for who finds the folder.

use std::sync::Arc;

use super::{Job, What, notepad};
use crate::render::{Artifact, Output};

/// Writes it: the same for a page whichever ways were asked for, so that making one more does not
/// forget the others.
pub(super) fn make(job: &mut Job) {
    let words = &job.words;
    let mut lines = vec![
        words.fill("readme_head", &[("title", &job.page.title)]),
        String::new(),
    ];
    for what in What::ALL {
        let key = format!("readme_{}", what.name());
        if what != What::Zip {
            lines.push(words.get(&key).to_owned());
        }
    }
    lines.push(String::new());
    lines.push(words.fill("readme_again", &[("page", &job.page.id)]));
    let path = format!("{}/{}", job.folder, words.get("readme_file"));
    job.artifacts.push(Artifact {
        output: Output::Share,
        path,
        content: Arc::<[u8]>::from(notepad(&lines.join("\n"))).into(),
    });
}

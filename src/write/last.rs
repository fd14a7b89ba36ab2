//! `.greenboard/last.json`: what the last build was asked, how the files looked that it read and
//! wrote, and what it told. Where all of that is as it was, there is nothing to build.

use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{NOTES, manifest, turn};
use crate::cache::BUILD;
use crate::read::Looks;

const NAME: &str = "last.json";

/// What a build is about to read and to write.
#[derive(Debug)]
pub struct Before {
    root: PathBuf,
    /// What was asked for, in any words that tell one request from another.
    asked: String,
    outputs: Vec<PathBuf>,
    /// How the site looks now; `None` where it cannot be looked at.
    site: Option<Looks>,
}

/// The note.
#[derive(Serialize, Deserialize)]
struct Last<T> {
    build: String,
    asked: String,
    site: Looks,
    outputs: Looks,
    told: T,
}

impl Before {
    /// Looks at the site `root` before a build that is `asked` for reads it and writes the folders
    /// `outputs`.
    pub fn look(root: &Path, asked: String, outputs: Vec<PathBuf>) -> Self {
        let site = Looks::of_site(root, &outputs);
        Self {
            root: root.to_owned(),
            asked,
            outputs,
            site,
        }
    }

    /// Returns what the last build told where it was asked the same and nothing that it read or
    /// wrote has changed since.
    pub fn last<T: DeserializeOwned>(&self) -> Option<T> {
        if turn::is_under_way(&self.root) {
            return None;
        }
        // A note that cannot be read is none.
        let last: Last<T> = manifest::load(&self.root, NAME).ok()??;
        let is_same = last.build == BUILD
            && last.asked == self.asked
            && last.site.are_still(self.site.as_ref()?)
            && last.outputs.are_still(&self.written()?);
        is_same.then_some(last.told)
    }

    /// Keeps what this build told, unless the site changed while it ran.
    pub fn keep<T: Serialize>(self, told: &T) {
        let outputs = self.written();
        let now = Looks::of_site(&self.root, &self.outputs);
        let is_still = |site: &Looks| now.is_some_and(|now| site.are_still(&now));
        let (Some(site), Some(outputs)) = (self.site.filter(is_still), outputs) else {
            return;
        };
        let last = Last {
            build: BUILD.to_owned(),
            asked: self.asked,
            site,
            outputs,
            told,
        };
        // Without it the next run builds, as it would have to.
        let _ = manifest::save(&self.root, NAME, &last);
    }

    /// Forgets the last build: what the present one told is not to be told again.
    pub fn forget(self) {
        // What stays is of no use, as the files look otherwise now.
        let _ = manifest::forget(&self.root, NAME);
    }

    /// Looks at what stands in the outputs, and at the notes of what is ours there.
    fn written(&self) -> Option<Looks> {
        let manifest = self.root.join(NOTES).join(manifest::NAME);
        let places = self.outputs.iter().map(PathBuf::as_path);
        Looks::of_outputs(places.chain([manifest.as_path()]))
    }
}

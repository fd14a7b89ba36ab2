//! What took long to make, kept from build to build: small pictures, cut fonts, pictures of
//! titles.
//!
//! Each is named by all that it depends on, so that a name says which bytes it must be. It is
//! read by way of [`Inputs`](crate::read::Inputs) and written by
//! [`write`](mod@crate::write); a file that was cut short or changed is made anew.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest, Sha256};

use crate::diag::SitePath;
use crate::typeset::{Memo, Name};

/// Where it is kept, below the site's folder.
pub const FOLDER: &str = ".greenboard/made";
/// The length of the hash that a kept file begins with.
const SEAL: usize = 32;

/// Looks a file of the site up.
type Look<'a> = dyn Fn(&SitePath) -> Option<Arc<[u8]>> + Sync + 'a;

/// What was made in this run and in earlier ones.
pub struct Made<'a> {
    memo: &'a Memo,
    kept: &'a Look<'a>,
    used: Mutex<Used>,
}

/// The names of what a run used, with the sealed bytes of what is new.
pub type Used = BTreeMap<String, Option<Arc<[u8]>>>;

impl<'a> Made<'a> {
    /// Looks things up in `memo`, and with `kept` on the disk.
    pub fn new(memo: &'a Memo, kept: &'a Look<'a>) -> Self {
        Self {
            memo,
            kept,
            used: Mutex::default(),
        }
    }

    /// Returns what `parts` are the whole cause of; makes it where nobody has yet.
    pub(super) fn get<E>(
        &self,
        parts: &[&[u8]],
        make: impl FnOnce() -> Result<Vec<u8>, E>,
    ) -> Result<Arc<[u8]>, E> {
        let mut digest = Sha256::new();
        for part in parts {
            digest.update((part.len() as u64).to_le_bytes());
            digest.update(part);
        }
        let name = Name(digest.finalize().into());
        let file: String = name.0.iter().map(|byte| format!("{byte:02x}")).collect();
        let path = SitePath::new(&format!("{FOLDER}/{file}"));
        let on_disk = || path.as_ref().and_then(|path| opened(&(self.kept)(path)?));
        let mut new = None;
        let bytes = self.memo.print(name, || match on_disk() {
            Some(bytes) => Ok(bytes),
            None => {
                let bytes = make()?;
                new = Some(sealed(&bytes));
                Ok(Arc::from(bytes))
            }
        })?;
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = used.entry(file).or_default();
        *entry = entry.take().or(new);
        Ok(bytes)
    }

    /// Returns what was used.
    pub fn used(self) -> Used {
        self.used
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

fn sealed(bytes: &[u8]) -> Arc<[u8]> {
    [Sha256::digest(bytes).as_slice(), bytes].concat().into()
}

/// Returns what a kept file holds, where it is as it was written.
fn opened(file: &[u8]) -> Option<Arc<[u8]>> {
    let (seal, bytes) = file.split_at_checked(SEAL)?;
    (Sha256::digest(bytes).as_slice() == seal).then(|| bytes.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_is_not_made_again_and_what_was_spoilt_is() {
        let nothing = |_: &SitePath| None;
        let memo = Memo::default();
        let made = Made::new(&memo, &nothing);
        let get = |made: &Made, n: u8| made.get::<()>(&[b"a"], || Ok(vec![n]));
        assert_eq!(get(&made, 1).as_deref(), Ok(&[1][..]));
        let used = made.used();
        let (name, file) = used.into_iter().next().expect("one was made");
        let file = file.expect("it is new");

        let kept = |path: &SitePath| (path.file_name() == name).then(|| file.clone());
        let memo = Memo::default();
        let made = Made::new(&memo, &kept);
        assert_eq!(get(&made, 2).as_deref(), Ok(&[1][..]));
        assert_eq!(
            made.used().get(&name),
            Some(&None),
            "there is nothing to write"
        );

        let spoilt = |_: &SitePath| Some(Arc::from(&file[..file.len() - 1]));
        let memo = Memo::default();
        assert_eq!(get(&Made::new(&memo, &spoilt), 2).as_deref(), Ok(&[2][..]));
    }
}

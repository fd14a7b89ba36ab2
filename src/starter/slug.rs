//! Names of new files.

/// How long a name may be, in bytes.
const LONGEST: usize = 180;

/// Tells whether a name given by the user can be a file's and an address's.
pub fn is_slug(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= LONGEST
        && !name.starts_with(['-', '_'])
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || c == '-' || c == '_')
        && !crate::site::is_device(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_no_file_can_have_are_refused() {
        for name in ["heat", "冬季", "a_b-2"] {
            assert!(is_slug(name), "{name}");
        }
        for name in [
            "", "_index", "-a", "a/b", "a b", "a.md", "CON", "lpt1", "..",
        ] {
            assert!(!is_slug(name), "{name}");
        }
    }
}

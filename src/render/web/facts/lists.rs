//! Lists that go on over several pages: `page/2/index.html` and so on.

/// Returns over how many pages `n` entries go, at least one.
pub(in crate::render::web) fn count(n: usize, length: Option<usize>) -> usize {
    length.map_or(1, |length| n.div_ceil(length.max(1)).max(1))
}

/// Returns the output file of the page `number` of the list that begins at `first`.
pub(in crate::render::web) fn url(first: &str, number: usize) -> String {
    let folder = first.strip_suffix("index.html").unwrap_or(first);
    match number {
        0 | 1 => first.to_owned(),
        number => format!("{folder}page/{number}/index.html"),
    }
}

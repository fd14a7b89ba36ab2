//! The part of a long list that stands on one of its pages, and the way through them.

use serde::Serialize;

use crate::render::links;
use crate::render::web::facts::lists::url;

/// How many pages beside the present one are named.
const NEAR: usize = 2;

/// Cuts one page out of lists that follow each other.
#[derive(Debug)]
pub(in crate::render::web) struct Window {
    /// Entries yet to be passed over.
    skip: usize,
    /// Entries yet to be taken.
    rest: usize,
}

impl Window {
    /// Starts the page `number`, from 1, of lists of `length` entries a page.
    pub(in crate::render::web) fn new(length: Option<usize>, number: usize) -> Self {
        match length {
            Some(length) => Self {
                skip: length.saturating_mul(number.saturating_sub(1)),
                rest: length,
            },
            None => Self {
                skip: 0,
                rest: usize::MAX,
            },
        }
    }

    /// Returns the part of the next list that stands on this page.
    pub(in crate::render::web) fn take<'l, T>(&mut self, list: &'l [T]) -> &'l [T] {
        let start = self.skip.min(list.len());
        self.skip -= start;
        let length = self.rest.min(list.len() - start);
        self.rest -= length;
        &list[start..start + length]
    }
}

/// The way through a list's pages.
#[derive(Debug, Serialize)]
pub(in crate::render::web) struct PagerView {
    number: usize,
    count: usize,
    previous: Option<String>,
    next: Option<String>,
    /// The first, the last, and those near the present one.
    steps: Vec<Step>,
}

/// A page of a list in its pager.
#[derive(Debug, Serialize)]
struct Step {
    number: usize,
    url: String,
    /// Whether pages before it are left out.
    gap: bool,
}

/// Returns the way through the list that begins at `first`; nothing where it has one page.
pub(in crate::render::web) fn pager(first: &str, number: usize, count: usize) -> Option<PagerView> {
    if count < 2 {
        return None;
    }
    let at = |number: usize| links::encode(&url(first, number));
    let is_named = |&step: &usize| step == 1 || step == count || step.abs_diff(number) <= NEAR;
    let named: Vec<usize> = (1..=count).filter(is_named).collect();
    let step = |(place, &step): (usize, &usize)| Step {
        number: step,
        url: at(step),
        gap: place > 0 && named[place - 1] + 1 < step,
    };
    Some(PagerView {
        number,
        count,
        previous: (number > 1).then(|| at(number - 1)),
        next: (number < count).then(|| at(number + 1)),
        steps: named.iter().enumerate().map(step).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::web::facts::lists::count;

    #[test]
    fn a_window_runs_over_lists_that_follow_each_other() {
        let (one, two) = ([1, 2, 3], [4, 5, 6, 7]);
        let cut = |number| {
            let mut window = Window::new(Some(2), number);
            [window.take(&one), window.take(&two)].concat()
        };
        let all: Vec<_> = (1..=4).map(cut).collect();
        assert_eq!(all, [vec![1, 2], vec![3, 4], vec![5, 6], vec![7]]);
        assert_eq!(count(7, Some(2)), 4);
        assert_eq!(Window::new(None, 1).take(&two).len(), 4);
        assert_eq!((count(7, None), count(0, Some(2))), (1, 1));
    }

    #[test]
    fn a_long_pager_leaves_out_what_is_far() {
        let pager = pager("a/index.html", 6, 12).expect("it has pages");
        let steps = pager.steps.iter();
        let steps: Vec<String> = steps
            .map(|step| format!("{}{}", if step.gap { "… " } else { "" }, step.number))
            .collect();
        assert_eq!(steps.join(" "), "1 … 4 5 6 7 8 … 12");
        assert_eq!(pager.previous.as_deref(), Some("a/page/5/index.html"));
        assert_eq!(url("a/index.html", 1), "a/index.html");
    }
}

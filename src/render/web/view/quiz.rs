//! The quiz: things whose bin is worth knowing, each with its answer. A script asks ten of them;
//! without it the page is a list of questions that open.

use serde::Serialize;
use tera::Context;

use crate::render::web::facts::website::Facts;
use crate::render::web::text::words::Words;
use crate::render::web::view::sorting;
use crate::site::{Bin, SortingItem};

/// The output file.
pub(in crate::render::web) const URL: &str = "sorting/quiz/index.html";
/// How many things are asked at most: a page that opens at once on a phone.
const QUESTIONS: usize = 120;

pub(in crate::render::web) fn fill(context: &mut Context, facts: &Facts) {
    context.insert("bins", &sorting::bins(facts));
    context.insert("questions", &questions(&facts.site.items, &facts.words));
}

/// A thing that is asked about.
#[derive(Debug, Serialize, PartialEq, Eq)]
struct Question {
    name: String,
    /// Its anchor on the guide.
    id: String,
    bin: &'static str,
    bin_name: String,
    first: Option<String>,
    why: Option<String>,
}

/// Returns the things that go into one of the four bins: the most mistaken first, then those with
/// a reason, then the rest.
fn questions(items: &[SortingItem], words: &Words) -> Vec<Question> {
    let mut asked: Vec<&SortingItem> = items
        .iter()
        .filter(|item| Bin::FOUR.contains(&item.bin))
        .collect();
    asked.sort_by_key(|item| (!item.common_mistake, item.why.is_none()));
    let question = |item: &SortingItem| Question {
        name: item.name.clone(),
        id: sorting::anchor(item),
        bin: item.bin.key(),
        bin_name: words.bin(item.bin),
        first: item.first.clone(),
        why: item.why.clone(),
    };
    asked.into_iter().take(QUESTIONS).map(question).collect()
}

//! The article for a WeChat account: one HTML page that shows it, copies it into the account's
//! editor and says what goes into its other fields; the pictures as numbered files; two covers.
//!
//! The editor keeps styles that stand in their element and little else, so the article is made of
//! sections, paragraphs, spans, tables and pictures alone. It fetches no pictures: where one stands,
//! the copy says its number, and staff put the file there.

mod article;
mod blocks;
mod drawn;
mod facts;
mod frame;
mod look;
mod table;

use super::{Job, What, cover};
use crate::diag::{Code, Value};

/// How many characters a title has at most.
const TITLE: usize = 64;
/// How many an abstract has.
const DIGEST: usize = 120;

pub(super) fn make(job: &mut Job) {
    let article = article::article(job);
    let title = job.page.title.chars().count();
    if title > TITLE {
        job.warn(Code::LongWechatTitle, |d| {
            d.with("count", title).with("most", TITLE)
        });
    }
    if !article.left_out.is_empty() {
        let left = article.left_out.iter().copied();
        let what = Value::list(left.map(crate::diag::words));
        job.warn(Code::NotInWechat, |d| d.with("what", what));
    }
    let page = frame::page(job, &article);
    job.add(What::Wechat, "article.html", page.into_bytes());
    for (at, picture) in (1..).zip(article.pictures) {
        job.add(What::Wechat, &name(at), picture.bytes);
    }
    cover::article(job);
}

/// Names the file of picture `number`.
fn name(number: usize) -> String {
    format!("picture-{number}.jpg")
}

/// Returns the abstract: the page's sentence, cut where it is too long.
fn digest(summary: &str) -> String {
    match summary.chars().count() > DIGEST {
        true => summary.chars().take(DIGEST - 1).chain(['…']).collect(),
        false => summary.to_owned(),
    }
}

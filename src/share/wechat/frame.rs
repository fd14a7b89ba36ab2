//! The page round the article: for staff, who copy from it; nothing of it goes into the editor.

use super::super::Job;
use super::article::{Article, escape};
use super::digest;
use crate::site::gist::gist;

const SCRIPT: &str = include_str!("copy.js");
const STYLE: &str = include_str!("frame.css");

/// Writes the page.
pub(super) fn page(job: &Job, article: &Article) -> String {
    let words = &job.words;
    let text = |key: &str| escape(words.get(key));
    let title = escape(&job.page.title);
    let gist = gist(job.page);
    let said = if gist.is_empty() {
        job.page.summary.clone()
    } else {
        gist
    };
    let mut fields = vec![
        ("wechat_title", job.page.title.clone()),
        ("wechat_digest", digest(&said)),
    ];
    fields.extend(job.link.clone().map(|link| ("wechat_source", link)));
    let fields: String = fields
        .iter()
        .map(|(key, value)| {
            format!(
                "<p class=\"field\"><b>{}</b><span data-field>{}</span><button type=\"button\" data-copy-field>{}</button></p>\n",
                text(key),
                escape(value),
                text("wechat_copy"),
            )
        })
        .collect();
    let steps: String = ["wechat_1", "wechat_2", "wechat_3", "wechat_4"]
        .iter()
        .filter(|key| **key != "wechat_2" || !article.pictures.is_empty())
        .map(|key| {
            let n = article.pictures.len().to_string();
            format!("<li>{}</li>\n", escape(&words.fill(key, &[("n", &n)])))
        })
        .collect();
    format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <header id=\"greenboard-tools\">\n\
         <button type=\"button\" id=\"copy\" data-done=\"{done}\" data-failed=\"{failed}\" data-picture=\"{picture}\">{copy}</button>\n\
         <ol>\n{steps}</ol>\n{fields}</header>\n\
         <main>\n<h1 id=\"activity-name\">{title}</h1>\n<div id=\"js_content\">\n{html}</div>\n</main>\n\
         <script>\n{SCRIPT}</script>\n</body>\n</html>\n",
        lang = escape(&job.page.language),
        done = text("wechat_copied"),
        failed = text("wechat_failed"),
        picture = text("picture"),
        copy = text("wechat_copy_all"),
        html = article.html,
    )
}

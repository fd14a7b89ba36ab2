//! Tests of the program as its users run it: one binary, because each links Typst again.

#![expect(
    clippy::disallowed_methods,
    reason = "tests make sites and look at what came of them"
)]

mod bad_input;
mod build;
mod cache;
mod changed;
mod files;
mod fix;
mod fuzz;
mod import;
mod init;
mod known_pages;
mod manual;
mod papers;
mod photos;
mod post;
mod private;
mod raw_html;
mod remedies;
mod remembered;
mod rotation_bench;
mod sample;
mod serve;
mod share;
mod test_site;
mod themes;
mod tidy;
mod told;
mod unchanged;
mod workspace;
mod written;

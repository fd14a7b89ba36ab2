//! Tests of the program as its users run it: one binary, because each links Typst again.

mod bad_input;
mod build;
mod sample;
mod serve;
mod test_site;
mod tidy;

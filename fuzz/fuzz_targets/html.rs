//! Runs `greenboard::fuzz::html`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| greenboard::fuzz::html(data));

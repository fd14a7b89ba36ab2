//! Runs `greenboard::fuzz::items`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| greenboard::fuzz::items(data));

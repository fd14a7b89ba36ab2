//! Runs `greenboard::fuzz::poster`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| greenboard::fuzz::poster(data));

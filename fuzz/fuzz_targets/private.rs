//! Runs `greenboard::fuzz::private`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| greenboard::fuzz::private(data));

//! Runs `greenboard::fuzz::xlsx`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| greenboard::fuzz::xlsx(data));

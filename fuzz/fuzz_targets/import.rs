//! Runs `greenboard::fuzz::import`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| greenboard::fuzz::import(data));

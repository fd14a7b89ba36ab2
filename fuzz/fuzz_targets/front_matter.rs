//! Runs `greenboard::fuzz::front_matter`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| greenboard::fuzz::front_matter(data));

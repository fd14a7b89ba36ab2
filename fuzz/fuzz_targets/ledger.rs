//! Runs `greenboard::fuzz::ledger_file`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| greenboard::fuzz::ledger_file(data));

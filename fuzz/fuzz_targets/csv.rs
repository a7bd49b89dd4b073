//! Any bytes as `csv`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| cita_fuzz::read(bytes, Some("csv")));

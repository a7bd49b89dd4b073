//! Any bytes as an archive, and its members as files.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| cita_fuzz::unpack(bytes));

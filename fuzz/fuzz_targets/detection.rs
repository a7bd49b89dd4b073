//! Any bytes, the format left to the detection.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| cita_fuzz::read(bytes, None));

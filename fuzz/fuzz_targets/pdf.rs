//! Any bytes as `pdf`.

#![no_main]

libfuzzer_sys::fuzz_target!(
    // The library that reads PDFs panics, and cita catches it: a panic by itself is no find here, one that gets out is.
    init: drop(std::panic::take_hook()),
    |bytes: &[u8]| cita_fuzz::read(bytes, Some("pdf"))
);

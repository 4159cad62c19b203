#![no_main]
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = claimdiff::article::Article::read("a.json", bytes, None);
});

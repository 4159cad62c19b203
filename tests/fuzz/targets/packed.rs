#![no_main]
use libfuzzer_sys::fuzz_target;

// The first byte chooses between a gzip file and a zip archive; the rest goes on behind the mark of either.
fuzz_target!(|bytes: &[u8]| {
    let Some((kind, rest)) = bytes.split_first() else { return };
    let mark: &[u8] = if kind % 2 == 0 { b"\x1f\x8b\x08\0" } else { b"PK\x03\x04" };
    let _ = claimdiff::article::Article::read("a", &[mark, rest].concat(), None);
});

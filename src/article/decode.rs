//! Bytes to text: size, binary formats and encodings.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::error::{Error, ErrorKind, Result};

/// Largest file in bytes, packed and unpacked. The longest news feature is under 1 MB as text and the heaviest page
/// some 5 MB; past this it is not an article.
pub const MAX_ARTICLE_BYTES: u64 = 16 << 20;

/// Bytes at the start by which UTF-16 without a byte order mark is detected.
const UTF16_SAMPLE_BYTES: usize = 4096;

/// Bytes at the start that may declare an encoding, as in the HTML standard.
const DECLARATION_BYTES: usize = 1024;

fn input_error(what: impl Into<String>, advice: &str) -> Error {
    Error::new(ErrorKind::Input, what).with_advice(advice)
}

/// The error of a file without text.
pub(super) fn no_text_error() -> Error {
    input_error("no text in it", "check that the download or export of this article worked")
}

/// Refuses files of more than [`MAX_ARTICLE_BYTES`].
pub(super) fn check_size(bytes: &[u8]) -> Result<()> {
    if bytes.len() as u64 > MAX_ARTICLE_BYTES {
        return Err(input_error(
            format!("larger than {} MiB", MAX_ARTICLE_BYTES >> 20),
            "an article is far smaller; give one article a file",
        ));
    }
    Ok(())
}

/// The text of a file, and a note where its bytes were not plain UTF-8.
///
/// # Errors
/// If the file is binary or without text.
pub(super) fn decode_text(bytes: &[u8]) -> Result<(String, Option<String>)> {
    const ADVICE: &str = "save the article as plain text, Markdown or HTML first";
    if let Some(kind) = binary_format(bytes) {
        return Err(input_error(format!("{kind}, not text"), ADVICE));
    }
    let (text, note) = match utf16_encoding(bytes) {
        Some(encoding) => decode_with(encoding, bytes),
        None => match std::str::from_utf8(bytes) {
            Ok(text) => (text.to_owned(), None),
            Err(_) if mostly_utf8(bytes) => (
                String::from_utf8_lossy(bytes).into_owned(),
                Some("damaged UTF-8: some bytes are replaced by U+FFFD".to_owned()),
            ),
            Err(_) => decode_with(declared_encoding(bytes).unwrap_or_else(|| detect_encoding(bytes)), bytes),
        },
    };
    if text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').is_empty() {
        return Err(no_text_error());
    }
    if is_binary(&text) {
        return Err(input_error("binary, not text", ADVICE));
    }
    Ok((text, note))
}

/// File formats that people mistake for text, by their first bytes.
fn binary_format(bytes: &[u8]) -> Option<&'static str> {
    const MAGIC: [(&[u8], &str); 4] = [
        (b"%PDF-", "a PDF"),
        (b"PK\x03\x04", "a zip archive or office document"),
        (b"\xd0\xcf\x11\xe0", "an old office document"),
        (b"{\\rtf", "a rich text document"),
    ];
    MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, kind)| *kind)
}

/// UTF-16 by its byte order mark, or by the positions of the zero bytes of Latin text.
fn utf16_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    match Encoding::for_bom(bytes) {
        Some((encoding, _)) => return Some(encoding).filter(|e| *e != UTF_8),
        None if bytes.len() < 4 || !bytes.len().is_multiple_of(2) => return None,
        None => {}
    }
    let sample = &bytes[..bytes.len().min(UTF16_SAMPLE_BYTES)];
    let [first, second] = [0, 1].map(|odd| sample.iter().skip(odd).step_by(2).filter(|b| **b == 0).count());
    let pairs = sample.len() / 2;
    // Latin text has a zero in nearly each pair, on one side; punctuation above U+0100 is the exception.
    if second * 2 > pairs && first * 20 < pairs {
        Some(UTF_16LE)
    } else if first * 2 > pairs && second * 20 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// A UTF-8 file with a few damaged places: at least four right multi-byte characters for each wrong one.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut right, mut wrong) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        right += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        wrong += usize::from(!chunk.invalid().is_empty());
    }
    right >= 4 * wrong
}

/// The encoding that a page or XML document declares; never UTF-8, for the bytes are not.
fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARATION_BYTES)]).to_ascii_lowercase();
    let at = if start.trim_start().starts_with("<?xml") {
        start.find("encoding=").map(|at| at + "encoding=".len())
    } else {
        start.find("<meta")?;
        start.find("charset=").map(|at| at + "charset=".len())
    };
    let label =
        start[at?..].trim_start_matches(['"', '\'']).split(['"', '\'', ' ', ';', '>', '/', '?']).next()?;
    Encoding::for_label(label.as_bytes()).filter(|e| *e != UTF_8)
}

fn detect_encoding(bytes: &[u8]) -> &'static Encoding {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, chardetng::Utf8Detection::Deny)
}

fn decode_with(encoding: &'static Encoding, bytes: &[u8]) -> (String, Option<String>) {
    let (text, _, damaged) = encoding.decode(bytes);
    let damage = if damaged { "; some bytes are damaged and replaced by U+FFFD" } else { "" };
    let note = format!("read as {}{damage}; offsets count the bytes of the text in UTF-8", encoding.name());
    (text.into_owned(), Some(note))
}

/// Text has no NUL, and other control characters only here and there.
fn is_binary(text: &str) -> bool {
    let controls = text.chars().filter(|c| c.is_control() && !c.is_whitespace()).count();
    text.contains('\0') || controls * 50 > text.chars().count()
}

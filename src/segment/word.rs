//! The words around a place where a sentence may end.

/// No word that decides anything is longer; the bound keeps the search linear.
const MAX_WORD_BYTES: usize = 64;

/// Marks that open a quotation or bracket before a word.
pub(super) const OPENERS: &[char] =
    &['"', '\'', '“', '”', '„', '«', '»', '‹', '›', '‘', '’', '‚', '(', '[', '{', '*', '_', '¿', '¡'];
/// Marks that close one.
pub(super) const CLOSERS: &[char] =
    &['"', '\'', '”', '“', '»', '«', '›', '‹', '’', '‘', ')', ']', '}', '*', '_'];

/// The word that ends at `end`: back to whitespace, an opening mark or `start`.
pub(super) fn word_before(text: &str, start: usize, end: usize) -> &str {
    let from = text.floor_char_boundary(end.saturating_sub(MAX_WORD_BYTES)).max(start);
    let piece = &text[from..end];
    let word = piece.rsplit(char::is_whitespace).next().unwrap_or("");
    let word = word.rsplit(['—', '–', '…', '"', '“', '„', '(', '[', '/']).next().unwrap_or("");
    word.trim_start_matches(OPENERS)
}

/// A word without what is elided before it: `L'art` is `art`.
pub(super) fn strip_elision(word: &str) -> &str {
    word.rsplit(['\'', '’']).next().unwrap_or(word)
}

/// The token that begins at `start`, up to whitespace.
pub(super) fn token_at(text: &str, start: usize) -> &str {
    let piece = &text[start..text.floor_char_boundary(start.saturating_add(MAX_WORD_BYTES).min(text.len()))];
    piece.split(char::is_whitespace).next().unwrap_or("")
}

/// The whole token around `at`, or a piece of it where it is very long.
pub(super) fn token_around(text: &str, at: usize) -> &str {
    let from = text.floor_char_boundary(at.saturating_sub(MAX_WORD_BYTES));
    let start = text[from..at].rfind(char::is_whitespace).map_or(from, |i| from + i);
    let piece = &text[start..text.floor_char_boundary((at + MAX_WORD_BYTES).min(text.len()))];
    let skip = piece.len() - piece.trim_start().len();
    piece[skip..].split(char::is_whitespace).next().unwrap_or("")
}

/// A token's letters in lower case up to the first apostrophe or other mark: `"It's` is `it`.
pub(super) fn plain_letters(token: &str) -> String {
    let token = token.trim_start_matches(|c: char| !c.is_alphanumeric());
    let end = token.find(|c: char| !c.is_alphanumeric() && c != '-').unwrap_or(token.len());
    token[..end].to_lowercase()
}

/// Whether a token ends in a stop or colon, closing marks aside: the next one begins something.
pub(super) fn is_closed(token: &str) -> bool {
    token.trim_end_matches(CLOSERS).ends_with(['.', '!', '?', '…', ':', ';'])
}

/// Letters with points between, such as `U.S`, `p.m`, `Ph.D`, `c.-à-d`.
pub(super) fn is_dotted(word: &str) -> bool {
    word.contains('.')
        && word.split('.').all(|part| {
            part.chars().all(|c| c.is_alphabetic() || c == '-') && matches!(part.chars().count(), 1..=3)
        })
}

/// A shortened word: few letters, small ones among them, no vowel (`Rs`, `btw`, `Hrsg`).
pub(super) fn is_consonants(word: &str) -> bool {
    (2..=4).contains(&word.chars().count())
        && word
            .chars()
            .all(|c| c.is_alphabetic() && !"aeiouyäöüéèêàâîïôûùœæ".contains(c.to_ascii_lowercase()))
        && word.chars().skip(1).any(char::is_lowercase)
}

/// A small word that ends in a vowel: words are shortened after a consonant. Only after such a word does a stop end a
/// sentence before a small letter.
pub(super) fn is_uncut(word: &str) -> bool {
    word.chars().count() >= 4
        && word.chars().all(char::is_lowercase)
        && word.ends_with(['a', 'e', 'i', 'o', 'u', 'y', 'é', 'è', 'à', 'ù', 'ä', 'ö', 'ü'])
}

/// `XIV`, `II`: two letters or more, for one is an initial.
pub(super) fn is_roman(word: &str) -> bool {
    word.len() > 1 && word.bytes().all(|b| b"IVXLC".contains(&b))
}

//! One line or block of text: its words, its length, its end and its folded form.

/// The words of a text; apostrophes, points and hyphens inside a word belong to it.
pub(super) fn split_words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && !"'.-".contains(c))
        .map(|w| w.trim_matches(['.', '-', '\'']))
        .filter(|w| !w.is_empty())
}

/// Whether a word has an ASCII digit.
pub(super) fn has_digit(word: &str) -> bool {
    word.contains(|c: char| c.is_ascii_digit())
}

/// Whether a text has more than `limit` characters, each gap between words counted as one, however it is wrapped.
pub(super) fn is_longer(text: &str, limit: usize) -> bool {
    let blank = std::iter::once(' ');
    text.split_whitespace().flat_map(|w| w.chars().chain(blank.clone())).nth(limit + 1).is_some()
}

/// Whether the last mark of a line, closing quotes and brackets aside, ends a sentence.
pub(super) fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(|c: char| "\"'”’“«»‘)]*_".contains(c) || c.is_whitespace())
        .ends_with(['.', '!', '?', '…', '。', '！', '？'])
}

/// Folded text for comparison: lower case, plain apostrophes, single blanks, no marks around.
pub(super) fn fold_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().map(|c| if c == '’' { '\'' } else { c }).flat_map(char::to_lowercase));
    }
    let inner = out.trim_matches(|c: char| !c.is_alphanumeric() && !"©(".contains(c));
    inner.to_owned()
}

//! Signs that a text differs from what its author wrote: mojibake, and marks that change its direction.

/// Fewest mojibake places for a note on a long text; in a short one, one is enough.
const MIN_MOJIBAKE_PLACES: usize = 2;

/// The notes on a text, for people.
pub(super) fn text_notes(text: &str) -> Vec<String> {
    let mut notes = Vec::new();
    let (places, first) = find_mojibake(text);
    if let Some((wrong, right)) = first.filter(|_| places >= MIN_MOJIBAKE_PLACES || text.len() < 1000) {
        notes.push(format!(
            "UTF-8 that was read as Windows-1252, in {places} places (such as \u{201c}{wrong}\u{201d} for \u{201c}{right}\u{201d}); words with it are not understood"
        ));
    }
    let turned =
        text.chars().filter(|c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')).count();
    if turned > 0 {
        notes.push(format!(
            "holds marks that turn the direction of text ({turned}), so that it may look other than it is"
        ));
    }
    notes
}

/// How many places look like UTF-8 read as Windows-1252 ("Ã¼" for "ü"), and the first: as written and as meant.
fn find_mojibake(text: &str) -> (usize, Option<(&str, char)>) {
    let (mut places, mut first) = (0, None);
    for (at, c) in text.char_indices() {
        // The first byte of a character of two or three bytes.
        let length = match u32::from(c) {
            0xc2..=0xdf => 2,
            0xe0..=0xef => 3,
            _ => continue,
        };
        let rest = &text[at..];
        let bytes: Option<Vec<u8>> = rest.chars().take(length).map(windows1252_byte).collect();
        let Some(bytes) = bytes.filter(|b| b.len() == length) else { continue };
        if let Ok(meant) = std::str::from_utf8(&bytes)
            && let Some(meant) = meant.chars().next()
        {
            let end = rest.char_indices().nth(length).map_or(rest.len(), |(end, _)| end);
            places += 1;
            first = first.or(Some((&rest[..end], meant)));
        }
    }
    (places, first)
}

/// The byte that Windows-1252 reads as this character.
fn windows1252_byte(c: char) -> Option<u8> {
    if let Ok(byte) = u8::try_from(u32::from(c)) {
        return Some(byte);
    }
    let mut buffer = [0; 4];
    let (bytes, _, lost) = encoding_rs::WINDOWS_1252.encode(c.encode_utf8(&mut buffer));
    (!lost && bytes.len() == 1).then(|| bytes[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_encoding_is_noted() {
        for (text, wrong, right) in [
            ("Die BÃ¼rger", "Ã¼", 'ü'),
            ("lâ€™Ã©tÃ©", "â€™", '’'),
            ("l\u{e2}\u{80}\u{99}eau", "\u{e2}\u{80}\u{99}", '’'),
            ("10Â â‚¬", "Â\u{a0}", '\u{a0}'),
        ] {
            let text = text.replace("Â ", "Â\u{a0}");
            assert_eq!(find_mojibake(&text).1, Some((wrong, right)), "{text}");
            assert_eq!(text_notes(&text).len(), 1);
        }
    }

    #[test]
    fn right_text_has_no_mojibake() {
        for text in
            ["Die Bürger", "l’été « à Âge »", "SÃO PAULO", "Ãnimo", "à la bête, naïve", "Ëté à 5 €", "Â«"]
        {
            let mojibake = find_mojibake(text);
            assert!(mojibake.0 == 0 || text == "Â«", "{text} {mojibake:?}");
        }
        assert!(text_notes("Ein Haus.").is_empty());
    }
}

//! Words of running text.

use unicode_segmentation::UnicodeSegmentation;

use crate::text::Span;

/// French words that are elided before a vowel: `l'homme` is two words, `aujourd'hui` one.
const ELIDED_WORDS: [&str; 14] =
    ["l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "presqu"];
/// French pronouns that follow a verb after a hyphen: `dit-il`, `a-t-elle`.
const HUNG_PRONOUNS: [&str; 6] = ["il", "ils", "elle", "elles", "t", "on"];

/// The words of a text, in order, as spans of it; punctuation and blanks are left out.
///
/// Bounds are those of Unicode (UAX #29) with three changes: a compound with hyphens is one word (`end-to-end`), an
/// elided French word is one of its own (`l'` and `homme`; `don't` stays whole), and so is a French pronoun after its
/// verb (`dit`, `il`).
pub fn word_spans(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut parts = text.unicode_word_indices().flat_map(|(at, w)| split_elision(at, w)).peekable();
    std::iter::from_fn(move || {
        let mut word = parts.next()?;
        while let Some(next) = parts.peek().copied() {
            let gap = &text[word.end..next.start];
            let hangs = HUNG_PRONOUNS.contains(&next.slice(text))
                && (next.slice(text) != "on" || ends_in_t(word.slice(text)));
            if !matches!(gap, "-" | "\u{2010}" | "\u{2011}") || hangs {
                break;
            }
            word.end = next.end;
            parts.next();
        }
        Some(word)
    })
}

/// `dit-on` and `a-t-on`, but `add-on` is one word.
fn ends_in_t(word: &str) -> bool {
    matches!(word, "t" | "dit" | "fait" | "peut" | "doit" | "est" | "sait" | "ont" | "sont")
}

/// A word cut after an elision, apostrophe with the first part.
fn split_elision(at: usize, word: &str) -> impl Iterator<Item = Span> + use<> {
    let word_span = Span::new(at, at + word.len());
    let cut = word.find(['\'', '’']).filter(|i| {
        let rest = word[*i..].trim_start_matches(['\'', '’']);
        rest.starts_with(is_french_vowel) && ELIDED_WORDS.contains(&word[..*i].to_lowercase().as_str())
    });
    let mark = cut.and_then(|i| word[i..].chars().next()).map_or(0, char::len_utf8);
    let split = cut.map_or(word_span.end, |i| at + i + mark);
    [Span::new(at, split), Span::new(split, word_span.end)].into_iter().filter(|s| !s.is_empty())
}

/// A vowel, or an h, which may be mute.
fn is_french_vowel(c: char) -> bool {
    "aeiouyhàâéèêëîïôùûœæ".contains(c.to_lowercase().next().unwrap_or(c))
}

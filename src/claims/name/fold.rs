//! Folding of spellings: case, diacritics, typographic apostrophes, sounds.

/// A letter without its diacritics, in lower case, as one or two letters.
fn strip_diacritics(c: char) -> (char, Option<char>) {
    let c = match c {
        'A'..='Z' => return (c.to_ascii_lowercase(), None),
        '\0'..='\x7f' => return (c, None),
        _ => c.to_lowercase().next().unwrap_or(c),
    };
    let one = match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => 'c',
        'ď' | 'đ' | 'ð' => 'd',
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => 'e',
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => 'g',
        'ĥ' | 'ħ' => 'h',
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => 'i',
        'ĵ' => 'j',
        'ķ' => 'k',
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => 'l',
        'ñ' | 'ń' | 'ņ' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => 'o',
        'ŕ' | 'ŗ' | 'ř' => 'r',
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => 's',
        'ţ' | 'ť' | 'ŧ' | 'ț' => 't',
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => 'u',
        'ŵ' => 'w',
        'ý' | 'ÿ' | 'ŷ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        '’' | '‘' | 'ʼ' => '\'',
        'ß' => return ('s', Some('s')),
        'æ' => return ('a', Some('e')),
        'œ' => return ('o', Some('e')),
        _ => c,
    };
    (one, None)
}

/// Whether the character only modifies the one before it.
fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}')
}

/// The letters of a word in lower case without diacritics; full stops are dropped (`U.S.` is `us`).
fn folded_letters(word: &str) -> impl Iterator<Item = char> + '_ {
    word.chars().filter(|c| *c != '.' && !is_combining(*c)).flat_map(|c| {
        let (one, two) = strip_diacritics(c);
        std::iter::once(one).chain(two)
    })
}

/// The 64-bit FNV-1a hash of the folded letters: equal for spellings that differ in case, diacritics, apostrophes and
/// full stops alone.
pub(in crate::claims) fn fold_key(word: &str) -> u64 {
    hash_letters(folded_letters(word))
}

fn hash_letters(letters: impl Iterator<Item = char>) -> u64 {
    letters.fold(0xcbf2_9ce4_8422_2325, |hash, c| (hash ^ u64::from(c as u32)).wrapping_mul(0x100_0000_01b3))
}

/// As [`fold_key`], but with diacritics: schon is not schön.
pub(in crate::claims) fn exact_key(word: &str) -> u64 {
    hash_letters(
        word.chars()
            .filter(|c| *c != '.')
            .flat_map(char::to_lowercase)
            .map(|c| if c == '’' { '\'' } else { c }),
    )
}

/// The word in lower case without diacritics; German `ae`, `oe`, `ue` count as `ä`, `ö`, `ü`.
pub(super) fn fold_word(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in folded_letters(word) {
        if !(c == 'e' && out.ends_with(['a', 'o', 'u'])) {
            out.push(c);
        }
    }
    out
}

/// Spellings of one sound in the transliterations that German, French and English use, longest first.
const SOUND_SPELLINGS: [(&str, &str); 24] = [
    ("schtsch", "sc"),
    ("shch", "sc"),
    ("chtch", "sc"),
    ("tsch", "c"),
    ("dsch", "j"),
    ("sch", "s"),
    ("tch", "c"),
    ("sh", "s"),
    ("ch", "c"),
    ("kh", "h"),
    ("dj", "j"),
    ("dh", "d"),
    ("gh", "g"),
    ("ph", "f"),
    ("th", "t"),
    ("ou", "u"),
    ("oo", "u"),
    ("ck", "k"),
    ("w", "v"),
    ("q", "k"),
    ("y", "i"),
    ("j", "i"),
    ("z", "s"),
    ("x", "ks"),
];

/// A rough transcription of the sound of a name folded by [`fold_word`]: equal for Selenskyj, Zelensky and Zelenskyy,
/// and for Poutine and Putin.
pub(super) fn fold_sound(folded: &str) -> String {
    let mut out = String::with_capacity(folded.len());
    let mut rest = folded;
    while let Some(c) = rest.chars().next() {
        if let Some((from, to)) = SOUND_SPELLINGS.iter().find(|(from, _)| rest.starts_with(from)) {
            rest = &rest[from.len()..];
            if !out.ends_with(to) {
                out.push_str(to);
            }
        } else {
            rest = &rest[c.len_utf8()..];
            if !out.ends_with(c) {
                out.push(c);
            }
        }
    }
    if out.len() > 4 && out.ends_with("ne") {
        out.pop();
    }
    if let Some(stem) = out.strip_suffix("of") {
        out = format!("{stem}ov");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_fold_alike() {
        assert_eq!(fold_word("Müller"), fold_word("MUELLER"));
        assert_eq!(fold_key("U.S."), fold_key("us"));
        assert_eq!(fold_key("Élysée"), fold_key("elyse\u{301}e"));
        for (a, b) in [("Selenskyj", "Zelensky"), ("Poutine", "Putin"), ("Netanjahu", "Nétanyahou")] {
            assert_eq!(fold_sound(&fold_word(a)), fold_sound(&fold_word(b)), "{a} {b}");
        }
        assert_ne!(fold_sound("merkel"), fold_sound("macron"));
    }
}

//! Which language an article is written in.

use crate::text::Lang;

/// A trigram count settles long before this many bytes.
const ENOUGH: usize = 4096;
/// Fewer characters than this say too little.
const LEAST: usize = 40;

/// The language of running text, or [`Lang::UND`] where it is too short or uncertain.
pub(super) fn detect<'a>(parts: impl Iterator<Item = &'a str>) -> Lang {
    let mut sample = String::new();
    for part in parts {
        sample.push_str(&part[..part.floor_char_boundary(ENOUGH)]);
        sample.push('\n');
        if sample.len() >= ENOUGH {
            break;
        }
    }
    if sample.chars().count() < LEAST {
        return Lang::UND;
    }
    whatlang::detect(&sample)
        .filter(whatlang::Info::is_reliable)
        .and_then(|info| subtag(info.lang().code()).parse().ok())
        .unwrap_or(Lang::UND)
}

/// The likeliest of the languages with claim data, for a text too short for [`detect`]; [`Lang::UND`] for one
/// without letters.
#[must_use]
pub fn guess(text: &str) -> Lang {
    let known = vec![whatlang::Lang::Eng, whatlang::Lang::Deu, whatlang::Lang::Fra];
    let found = whatlang::Detector::with_allowlist(known).detect_lang(text);
    found.and_then(|lang| subtag(lang.code()).parse().ok()).unwrap_or(Lang::UND)
}

/// The primary BCP 47 subtag of an ISO 639-3 code: the two-letter code where there is one.
fn subtag(code: &str) -> &str {
    const SHORT: [(&str, &str); 69] = [
        ("afr", "af"),
        ("aka", "ak"),
        ("amh", "am"),
        ("ara", "ar"),
        ("aze", "az"),
        ("bel", "be"),
        ("ben", "bn"),
        ("bul", "bg"),
        ("cat", "ca"),
        ("ces", "cs"),
        ("cmn", "zh"),
        ("cym", "cy"),
        ("dan", "da"),
        ("deu", "de"),
        ("ell", "el"),
        ("eng", "en"),
        ("epo", "eo"),
        ("est", "et"),
        ("fin", "fi"),
        ("fra", "fr"),
        ("guj", "gu"),
        ("heb", "he"),
        ("hin", "hi"),
        ("hrv", "hr"),
        ("hun", "hu"),
        ("hye", "hy"),
        ("ind", "id"),
        ("ita", "it"),
        ("jav", "jv"),
        ("jpn", "ja"),
        ("kan", "kn"),
        ("kat", "ka"),
        ("khm", "km"),
        ("kor", "ko"),
        ("lat", "la"),
        ("lav", "lv"),
        ("lit", "lt"),
        ("mal", "ml"),
        ("mar", "mr"),
        ("mkd", "mk"),
        ("mya", "my"),
        ("nep", "ne"),
        ("nld", "nl"),
        ("nob", "nb"),
        ("ori", "or"),
        ("pan", "pa"),
        ("pes", "fa"),
        ("pol", "pl"),
        ("por", "pt"),
        ("ron", "ro"),
        ("rus", "ru"),
        ("sin", "si"),
        ("slk", "sk"),
        ("slv", "sl"),
        ("sna", "sn"),
        ("spa", "es"),
        ("srp", "sr"),
        ("swe", "sv"),
        ("tam", "ta"),
        ("tel", "te"),
        ("tgl", "tl"),
        ("tha", "th"),
        ("tuk", "tk"),
        ("tur", "tr"),
        ("ukr", "uk"),
        ("urd", "ur"),
        ("uzb", "uz"),
        ("vie", "vi"),
        ("zul", "zu"),
    ];
    SHORT.iter().find(|(long, _)| *long == code).map_or(code, |(_, short)| short)
}

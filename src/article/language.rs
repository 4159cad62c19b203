//! Which language an article is written in.

use std::collections::BTreeMap;

use unicode_segmentation::UnicodeSegmentation;

use super::cues::cues;
use super::{Block, Role};
use crate::lang::{self, LANGUAGES};
use crate::text::Lang;

/// A trigram count settles long before this many bytes.
const ENOUGH: usize = 4096;
/// Fewer characters than this say too little.
const LEAST: usize = 40;
/// A block is found to be in another language from this many bytes on: shorter ones are mistaken too often.
const BLOCK: usize = 120;
/// Blocks that are looked at one by one.
const PARTS: usize = 100;
/// Of a block no more than this many bytes is looked at.
const BLOCK_ENOUGH: usize = 600;

/// The language of an article: declared by the caller, else that of its running text, else what the file says; and a
/// note where it is not clear.
pub(super) fn of<'a>(
    declared: Option<Lang>,
    body: impl Iterator<Item = &'a str>,
    said: Option<Lang>,
) -> (Lang, Option<String>) {
    if let Some(lang) = declared {
        return (lang, without_data(lang));
    }
    let parts: Vec<&str> = body.collect();
    let mut sample = String::new();
    for part in &parts {
        sample.push_str(&part[..part.floor_char_boundary(ENOUGH)]);
        sample.push('\n');
        if sample.len() >= ENOUGH {
            break;
        }
    }
    let short = sample.chars().count() < LEAST;
    let found = if short { None } else { detect(&sample).or_else(|| most(&parts)) };
    let found = found.or_else(|| by_common_words(&sample));
    match (found, said) {
        (Some(found), Some(said)) if found != said => {
            (found, Some(format!("the file says that its language is {said}; it reads as {found}")))
        }
        (Some(lang), _) | (None, Some(lang)) => (lang, without_data(lang)),
        (None, None) => {
            let why = if short {
                "the text is too short to tell its language"
            } else {
                "the language is not clear"
            };
            (Lang::UND, Some(format!("{why}{}", unread())))
        }
    }
}

/// The language of most of the parts, by their length, where together they are of no one.
fn most(parts: &[&str]) -> Option<Lang> {
    let mut sizes: BTreeMap<Lang, usize> = BTreeMap::new();
    for part in parts.iter().take(PARTS) {
        if let Some(lang) = detect(&part[..part.floor_char_boundary(BLOCK_ENOUGH)]) {
            *sizes.entry(lang).or_default() += part.len();
        }
    }
    let all: usize = sizes.values().sum();
    sizes.into_iter().max_by_key(|(_, size)| *size).filter(|(_, size)| size * 2 > all).map(|(lang, _)| lang)
}

/// What is to be known of an article without language data: that nothing is found would look like agreement.
fn unread() -> String {
    let known: Vec<&str> =
        LANGUAGES.iter().map(|language| lang::grammar(language.tag).name.as_str()).collect();
    let (last, others) = known.split_last().expect("there is a language");
    format!(", so its claims are not read: that needs {} or {last}", others.join(", "))
}

fn without_data(lang: Lang) -> Option<String> {
    (!lang::is_known(lang)).then(|| format!("the language is {lang}{}", unread()))
}

/// The language of a text, where it is sure.
fn detect(text: &str) -> Option<Lang> {
    let info = whatlang::detect(text).filter(whatlang::Info::is_reliable)?;
    subtag(info.lang())
}

/// Common words of one language alone that make a short text one of that language.
const COMMON: usize = 2;

/// The language of a short text, by its common words: at least [`COMMON`] and a fifth of all are of one language, and
/// four of five of those that are of any. Fewer will do where its letters look like that language too.
fn by_common_words(text: &str) -> Option<Lang> {
    let words: Vec<String> = text.unicode_words().map(|word| word.to_lowercase().replace('’', "'")).collect();
    let language = |word: &str| {
        let elided = || word.find('\'').and_then(|at| cues().common.get(&word[..=at]));
        cues().common.get(word).or_else(elided)
    };
    let mut counts: BTreeMap<Lang, usize> = BTreeMap::new();
    for lang in words.iter().filter_map(|word| language(word)) {
        *counts.entry(*lang).or_default() += 1;
    }
    let known: usize = counts.values().sum();
    let (lang, most) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    let looks_like = || subtag(whatlang::detect_lang(text)?);
    let enough = most * 5 >= words.len() || looks_like() == Some(lang);
    (most >= COMMON && most * 5 >= known * 4 && enough).then_some(lang)
}

/// Gives each block the language of its article, unless it is in another: as the file says, or by its own words.
pub(super) fn of_blocks(text: &str, blocks: &mut [Block], lang: Lang, declared: bool) {
    // Few languages are told apart in a tenth of the time of all; the answer is checked against all.
    let known = detectable();
    let own =
        whatlang::Lang::all().iter().copied().filter(|l| subtag(*l) == Some(lang) && !known.contains(l));
    let likely = known.iter().copied().chain(own).collect();
    let detector = whatlang::Detector::with_allowlist(likely);
    for block in blocks {
        let own = Some(block.lang).filter(|own| own.is_known() && !declared);
        let part = block.span.of(text);
        let part = &part[..part.floor_char_boundary(BLOCK_ENOUGH)];
        let long = part.len() >= BLOCK && block.role != Role::Boilerplate && lang.is_known() && !declared;
        let found = || {
            let likely = subtag(detector.detect_lang(part)?)?;
            if likely == lang { None } else { detect(part).filter(|found| *found == likely) }
        };
        block.lang = own.or_else(|| if long { found() } else { None }).unwrap_or(lang);
    }
}

/// The languages with data that the detector knows. Only these are found in single blocks: a rarer language is mostly a
/// mistake.
fn detectable() -> Vec<whatlang::Lang> {
    whatlang::Lang::all().iter().copied().filter(|lang| subtag(*lang).is_some_and(lang::is_known)).collect()
}

/// The likeliest of the languages with claim data, for a text too short for [`detect`]; [`Lang::UND`] for one
/// without letters.
#[must_use]
pub fn guess(text: &str) -> Lang {
    let found = whatlang::Detector::with_allowlist(detectable()).detect_lang(text);
    found.and_then(subtag).unwrap_or(Lang::UND)
}

/// The primary BCP 47 subtag of a language of the detector: the two-letter code where there is one.
fn subtag(detected: whatlang::Lang) -> Option<Lang> {
    let code = detected.code();
    let short = match code {
        // The detector names these by the code of the macrolanguage or of a member where ISO 639-1 has the other.
        "cmn" => Some("zh"),
        "pes" => Some("fa"),
        "ori" => Some("or"),
        "nep" => Some("ne"),
        _ => isolang::Language::from_639_3(code).and_then(|language| language.to_639_1()),
    };
    short.unwrap_or(code).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The language of each line, where the lines are the texts.
    fn told(text: &str) -> Lang {
        of(None, std::iter::once(text), None).0
    }

    #[test]
    fn a_short_text_is_of_the_language_of_its_common_words() {
        for (text, lang) in [
            ("Investigators did not find any technical fault.", Lang::EN),
            ("They could not be reached.", Lang::EN),
            ("Marlow library to open 60 hours a week, 12 per cent more than in 2023.", Lang::EN),
            ("Der Bauunternehmer verklagt die Stadt.", Lang::DE),
            ("Das Krankenhaus zahlte dem Unternehmen 2,4 Millionen Euro.", Lang::DE),
            ("La procédure pourrait durer des années ou plus, selon le parquet.", Lang::FR),
            ("Elle a trouvé des indices d’une falsification des résultats.", Lang::FR),
        ] {
            assert_eq!(told(text), lang, "{text}");
        }
    }

    #[test]
    fn a_short_text_in_another_language_is_of_none_of_these() {
        for text in [
            "El alcalde no quiso hablar con la prensa.",
            "Los vecinos de la ciudad esperan una respuesta.",
            "La casa e la chiesa sono chiuse, le strade no.",
            "La casa y la iglesia están cerradas.",
            "Il sindaco non ha voluto parlare con la stampa.",
            "O presidente da câmara não quis falar.",
            "De burgemeester wilde niet met de pers praten.",
            "Het bedrijf zegt dat er een fout in de software zat.",
            "Borgmesteren ville ikke tale med pressen.",
            "Borgmästaren ville inte tala med pressen om det.",
            "Burmistrz nie chciał rozmawiać z prasą.",
        ] {
            assert!(![Lang::EN, Lang::DE, Lang::FR].contains(&told(text)), "{text}");
        }
    }
}

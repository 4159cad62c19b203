//! The language of an article and of each of its blocks.

use std::collections::BTreeMap;

use unicode_segmentation::UnicodeSegmentation;

use super::block::{ArticleBlock, Role};
use super::frame_cues::frame_cues;
use crate::lang::{self, LANGUAGES};
use crate::text::Lang;

/// A trigram count settles long before this many bytes.
const SAMPLE_BYTES: usize = 4096;
/// Fewer characters are too few to detect a language.
const MIN_SAMPLE_CHARS: usize = 40;
/// A block is found to be in another language from this many bytes on: shorter ones are mistaken too often.
const MIN_BLOCK_BYTES: usize = 120;
/// Blocks whose languages are detected one by one.
const MAX_PARTS: usize = 100;
/// Bytes of a block by which its language is detected.
const BLOCK_SAMPLE_BYTES: usize = 600;

/// The language of an article: declared by the caller, else that of its running text, else that of the file's
/// metadata; and a note where it is not clear.
pub(super) fn article_language<'a>(
    declared: Option<Lang>,
    body: impl Iterator<Item = &'a str>,
    file_lang: Option<Lang>,
) -> (Lang, Option<String>) {
    if let Some(lang) = declared {
        return (lang, missing_data_note(lang));
    }
    let parts: Vec<&str> = body.collect();
    let mut sample = String::new();
    for part in &parts {
        sample.push_str(&part[..part.floor_char_boundary(SAMPLE_BYTES)]);
        sample.push('\n');
        if sample.len() >= SAMPLE_BYTES {
            break;
        }
    }
    let short = sample.chars().count() < MIN_SAMPLE_CHARS;
    let sample_lang =
        if short { None } else { detect_reliably(&sample).or_else(|| majority_language(&parts)) };
    let detected = sample_lang.or_else(|| detect_by_words(&sample));
    match (detected, file_lang) {
        (Some(detected_lang), Some(stated_lang)) if detected_lang != stated_lang => (
            detected_lang,
            Some(format!("the file says that its language is {stated_lang}; it reads as {detected_lang}")),
        ),
        (Some(lang), _) | (None, Some(lang)) => (lang, missing_data_note(lang)),
        (None, None) => {
            let why = if short {
                "the text is too short to detect its language"
            } else {
                "the language is not clear"
            };
            (Lang::UND, Some(format!("{why}{}", unread_claims_note())))
        }
    }
}

/// The language of most of the parts, by their length, where none is detected in all of them together.
fn majority_language(parts: &[&str]) -> Option<Lang> {
    let mut sizes: BTreeMap<Lang, usize> = BTreeMap::new();
    for part in parts.iter().take(MAX_PARTS) {
        if let Some(lang) = detect_reliably(&part[..part.floor_char_boundary(BLOCK_SAMPLE_BYTES)]) {
            *sizes.entry(lang).or_default() += part.len();
        }
    }
    let all: usize = sizes.values().sum();
    sizes.into_iter().max_by_key(|(_, size)| *size).filter(|(_, size)| size * 2 > all).map(|(lang, _)| lang)
}

/// The end of a note on an article without language data: that nothing is found would look like agreement.
fn unread_claims_note() -> String {
    let known: Vec<&str> =
        LANGUAGES.iter().map(|language| lang::grammar(language.tag).name.as_str()).collect();
    let (last, others) = known.split_last().expect("there is a language");
    format!(", so its claims are not read: that needs {} or {last}", others.join(", "))
}

fn missing_data_note(lang: Lang) -> Option<String> {
    (!lang::is_known(lang)).then(|| format!("the language is {lang}{}", unread_claims_note()))
}

/// The language of a text, where the detector is sure.
fn detect_reliably(text: &str) -> Option<Lang> {
    let info = whatlang::detect(text).filter(whatlang::Info::is_reliable)?;
    primary_subtag(info.lang())
}

/// Fewest words unique to one language by which a short text is of that language.
const MIN_COMMON_WORDS: usize = 2;

/// The language of a short text, by its common words: at least [`MIN_COMMON_WORDS`] and a fifth of all are of one
/// language, and four of five of those that are of any. A smaller share will do where its letters look like that
/// language too.
fn detect_by_words(text: &str) -> Option<Lang> {
    let words: Vec<String> = text.unicode_words().map(|word| word.to_lowercase().replace('’', "'")).collect();
    let mut counts: BTreeMap<Lang, usize> = BTreeMap::new();
    for lang in words.iter().filter_map(|word| common_word_language(word)) {
        *counts.entry(lang).or_default() += 1;
    }
    let known: usize = counts.values().sum();
    let (lang, most) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    let enough =
        most * 5 >= words.len() || whatlang::detect_lang(text).and_then(primary_subtag) == Some(lang);
    (most >= MIN_COMMON_WORDS && most * 5 >= known * 4 && enough).then_some(lang)
}

/// The language to which a common word is unique, with what is elided before it.
fn common_word_language(word: &str) -> Option<Lang> {
    let common = &frame_cues().common;
    let elided = || word.find('\'').and_then(|at| common.get(&word[..=at]));
    common.get(word).or_else(elided).copied()
}

/// Gives each block the language of its article, unless it is in another: as the file declares, or by its own words.
pub(super) fn assign_block_languages(text: &str, blocks: &mut [ArticleBlock], lang: Lang, declared: bool) {
    // Detection among few languages takes a tenth of the time of all; the answer is checked against all.
    let known = detectable_languages();
    let own = whatlang::Lang::all()
        .iter()
        .copied()
        .filter(|l| primary_subtag(*l) == Some(lang) && !known.contains(l));
    let likely = known.iter().copied().chain(own).collect();
    let detector = whatlang::Detector::with_allowlist(likely);
    for block in blocks {
        let own = Some(block.lang).filter(|own| own.is_known() && !declared);
        let part = block.span.slice(text);
        let part = &part[..part.floor_char_boundary(BLOCK_SAMPLE_BYTES)];
        let long =
            part.len() >= MIN_BLOCK_BYTES && block.role != Role::Boilerplate && lang.is_known() && !declared;
        block.lang = own
            .or_else(|| if long { detect_other_language(part, lang, &detector) } else { None })
            .unwrap_or(lang);
    }
}

/// The language of a block where it is surely not `lang`; `detector` knows the likely languages.
fn detect_other_language(part: &str, lang: Lang, detector: &whatlang::Detector) -> Option<Lang> {
    let likely = primary_subtag(detector.detect_lang(part)?)?;
    if likely == lang { None } else { detect_reliably(part).filter(|detected| *detected == likely) }
}

/// The languages with data that the detector knows. Only these are detected in single blocks: a rarer language is mostly
/// a mistake.
fn detectable_languages() -> Vec<whatlang::Lang> {
    whatlang::Lang::all()
        .iter()
        .copied()
        .filter(|lang| primary_subtag(*lang).is_some_and(lang::is_known))
        .collect()
}

/// The likeliest of the languages with claim data, for a text too short for sure detection; [`Lang::UND`] for one
/// without letters.
#[must_use]
pub fn guess_language(text: &str) -> Lang {
    let detected = whatlang::Detector::with_allowlist(detectable_languages()).detect_lang(text);
    detected.and_then(primary_subtag).unwrap_or(Lang::UND)
}

/// The primary BCP 47 subtag of a language of the detector: the two-letter code where there is one.
fn primary_subtag(detected: whatlang::Lang) -> Option<Lang> {
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

    /// The language of a text without metadata.
    fn detected_lang(text: &str) -> Lang {
        article_language(None, std::iter::once(text), None).0
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
            assert_eq!(detected_lang(text), lang, "{text}");
        }
    }

    #[test]
    fn a_short_text_in_a_language_without_data_is_of_no_language_with_data() {
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
            assert!(![Lang::EN, Lang::DE, Lang::FR].contains(&detected_lang(text)), "{text}");
        }
    }
}

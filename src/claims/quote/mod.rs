//! Quotations and their speakers.
//!
//! Quotation marks of all languages, nested and across paragraphs, without apostrophes. The speaker is from the same
//! sentence, or from the attribution of the quotation before; a pronoun is not resolved.

mod marks;
mod speaker;

use super::name::lexicon::{NameLexicon, class};
use super::name::token::{WordShape, tokenize_words};
use super::value::{Claim, ClaimKind, Value};
use crate::text::{Lang, Span};
use marks::QuoteSpans;

pub use marks::{MAX_QUOTE_DEPTH, MAX_UNCLOSED_BYTES};

/// The quotations in one block of text, ordered by start; a span includes the marks.
///
/// A quotation inside another is a claim of its own. Empty for a language without data.
#[must_use]
pub fn extract_quotes(text: &str, lang: Lang) -> Vec<Claim> {
    let Some(lexicon) = NameLexicon::for_language(lang) else { return Vec::new() };
    let pairs: Vec<QuoteSpans> = marks::find_quotes(text)
        .into_iter()
        .filter(|p| p.inner.slice(text).chars().filter(|c| c.is_alphanumeric()).nth(1).is_some())
        .collect();
    let mut claims = Vec::with_capacity(pairs.len());
    let mut last: Option<(Span, Option<String>)> = None;
    let mut from = 0;
    for (i, pair) in pairs.iter().enumerate() {
        let nested = pair.outer.start < from;
        let to =
            pairs[i + 1..].iter().map(|p| p.outer.start).find(|s| *s >= pair.outer.end).unwrap_or(text.len());
        let mut attribution = speaker::QuoteAttribution::default();
        if !nested {
            attribution = speaker::find_attribution(text, pair.outer, pair.inner, from, to, lexicon);
        }
        let words = clean_words(pair.inner.slice(text));
        let mut speaker = attribution.speaker.map(|s| clean_words(s.slice(text)));
        let is_whole_sentence =
            words.starts_with(char::is_uppercase) && words.ends_with(['.', '!', '?', ',', '…']);
        if !attribution.reported && !nested && is_whole_sentence {
            speaker = last
                .as_ref()
                .and_then(|(before, who)| continues_quote(text, *before, pair.outer).then(|| who.clone())?);
        }
        let is_reported = attribution.reported || speaker.is_some();
        let speech = is_speech(text, pair, &words, is_reported, attribution.direct, lexicon);
        if !nested {
            let who = if attribution.reported || speaker.is_some() { speaker.clone() } else { None };
            last = Some((pair.outer, who));
            from = pair.outer.end;
        }
        let speaker = speaker.filter(|_| speech);
        claims.push(Claim {
            kind: ClaimKind::Quote,
            span: pair.outer,
            value: Value::Quote { words, speaker, speech },
            range: None,
        });
    }
    claims
}

/// The form in which quotations are compared: lower case, single spaces, without marks inside and punctuation at the
/// end.
#[must_use]
pub fn fold_quote(words: &str) -> String {
    let plain: String = words
        .chars()
        .filter_map(|c| match c {
            '“' | '”' | '„' | '"' | '«' | '»' | '‹' | '›' | '‘' | '‚' => None,
            '’' | 'ʼ' => Some('\''),
            '–' | '—' | '‑' => Some('-'),
            _ => Some(c),
        })
        .flat_map(char::to_lowercase)
        .collect();
    let spaced = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    spaced
        .trim_matches(|c: char| matches!(c, '.' | ',' | '!' | '?' | ';' | ':' | '…' | '\'' | ' '))
        .to_owned()
}

/// The words with single spaces, without the marks that open further paragraphs.
fn clean_words(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for paragraph in words.split("\n\n") {
        let paragraph = paragraph
            .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '“' | '„' | '«' | '»' | '"'));
        for word in paragraph.split_whitespace() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
        }
    }
    out
}

/// Whether the second quotation continues the first after its attribution: “…,” said X. “…”
fn continues_quote(text: &str, before: Span, here: Span) -> bool {
    if before.end > here.start || here.start - before.end > 160 {
        return false;
    }
    let between = text[before.end..here.start].trim();
    let stops = between.matches(['.', '!', '?']).count();
    !between.contains('\n') && stops == 1 && between.ends_with('.')
}

/// Whether the quotation is speech, and not a title or a scare quote: attributed and longer than a word or two, or with
/// a finite verb.
fn is_speech(
    text: &str,
    pair: &QuoteSpans,
    words: &str,
    is_reported: bool,
    direct: bool,
    lexicon: &NameLexicon,
) -> bool {
    let inner = tokenize_words(words, lexicon);
    let verb = inner.iter().any(|w| {
        w.has_class(class::VERB) && w.shape == WordShape::Lower
            || w.has_class(class::VERB) && w.span.start == 0
    });
    let sentence = words.ends_with(['.', '!', '?', ',', '…']);
    let start = pair.outer.start;
    let mut reach = start.saturating_sub(40);
    while !text.is_char_boundary(reach) {
        reach -= 1;
    }
    let lead = tokenize_words(&text[reach..start], lexicon);
    let titled =
        lead.iter().rev().take(2).any(|w| w.has_class(class::WORK) && !w.has_class(class::REPORTING_VERB));
    let capitals = inner.iter().filter(|w| w.is_capitalised()).count();
    let title_case = !lexicon.grammar.nouns_capitalised && inner.len() > 1 && capitals * 4 >= inner.len() * 3;
    if (titled || title_case) && !(sentence && direct) {
        return false;
    }
    match inner.len() {
        0 => false,
        1 => direct,
        2 => direct || is_reported && sentence,
        3..=5 => is_reported || verb && sentence,
        6..=8 => is_reported || verb,
        _ => true,
    }
}
